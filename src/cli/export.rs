//! `export`: writes claims, registers and what is concluded from them, for other programs.

use std::path::{Path, PathBuf};

use super::args::word;
use super::numbers::{find, number_of};
use super::output::OutputArgs;
use super::{Context, Outcome};
use crate::error::{Error, Result};
use crate::export::{ExportForm, Thing, export};
use crate::model::{Number, NumberKind};

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// What to export
    #[arg(value_name = "THING", value_parser = word::<Thing>(Thing::WORDS))]
    thing: Thing,
    /// The form; -o FILE tells it by its ending, and JSON lines are without loss
    #[arg(long, value_name = "FORM", value_parser = word::<ExportForm>(ExportForm::WORDS), help_heading = "Output")]
    format: Option<ExportForm>,
    /// Write to FILE instead of standard output (`-`)
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Only what came after this batch
    #[arg(long, value_name = "B12", value_parser = number_of(NumberKind::Batch))]
    since: Option<Number>,
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let form = form(args)?;
    let output = OutputArgs { format: None, output: args.output.clone() };
    let destination = output.open()?;
    if form == ExportForm::Xlsx && destination.is_stdout() && context.terminals.output {
        return Err(Error::usage("a workbook is nothing for a terminal").hint("name a file with -o FILE.xlsx"));
    }
    let ledger = context.open_to_read()?;
    let snapshot = ledger.snapshot()?;
    let after = args.since.as_ref().map(|number| find(&snapshot, number)).transpose()?;
    let mut done = Ok(Vec::new());
    let written = destination.write(context, |out| {
        done = export(&snapshot, args.thing, after, form, out);
        // What failed is told by `done`; this keeps a part of a file from appearing.
        done.as_ref().map(|_| ()).map_err(|_| std::io::ErrorKind::Other.into())
    });
    let left_out = done?;
    written?;
    if !left_out.is_empty() {
        context
            .say(format_args!("left out, for want of a column: {}; --format jsonl has them", left_out.join(", ")))?;
    }
    Ok(Outcome::Fine)
}

/// The form asked for, or told by the file's ending; else JSON lines.
fn form(args: &Args) -> Result<ExportForm> {
    let Some(path) = args.output.as_deref().filter(|_| args.format.is_none()) else {
        return Ok(args.format.unwrap_or(ExportForm::Jsonl));
    };
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    match ending.as_deref() {
        None | Some("ndjson") => Ok(ExportForm::Jsonl),
        Some(ending) => ending.parse().map_err(|_| no_ending(path)),
    }
}

fn no_ending(path: &Path) -> Error {
    let name = path.display().to_string();
    Error::usage(format!("the ending of {} tells no form", crate::error::quoted(&name)))
        .hint(format!("add --format, one of: {}", ExportForm::WORDS.join(", ")))
}
