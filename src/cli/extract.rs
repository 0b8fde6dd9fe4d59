//! `extract`: prints the claims that dispatches make, as JSON lines, without any ledger; or, `--again`, reads the
//! dispatches of the ledger once more.

use std::path::PathBuf;

use super::again;
use super::numbers::number_of;
use super::output::{Destination, Format, OutputArgs};
use super::reading::{Reading, say_unknown};
use super::writing::Writing;
use super::{Context, Outcome};
use crate::error::{Error, Result};
use crate::extract::Extractor;
use crate::import::files::{self, Found};
use crate::import::{Hints, UnknownActors, claim_schema};
use crate::model::{Number, NumberKind, PartyBook, Zone};

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Texts, and folders of .txt files; `-` for standard input
    #[arg(required_unless_present_any = ["schema", "again"])]
    files: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    /// Print the JSON schema of a claim instead
    #[arg(long, conflicts_with_all = ["files", "again"])]
    schema: bool,
    /// Read the ledger's dispatches (or this one) once more, with today's words and parties: drafts that nobody has
    /// reviewed are replaced
    #[arg(
        long,
        value_name = "D5",
        num_args = 0..=1,
        value_parser = number_of(NumberKind::Dispatch),
        conflicts_with_all = ["files", "parties", "lang", "received", "source", "format", "output"],
    )]
    #[allow(clippy::option_option, reason = "the option is missing, or bare, or with a value")]
    again: Option<Option<Number>>,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    if let Some(dispatch) = &args.again {
        return again::run(dispatch.as_ref(), args.reading.own_words()?, &args.writing, context);
    }
    if args.writing.by.is_some() || args.writing.dry_run || args.writing.clock_may_lag {
        return Err(Error::usage("without --again nothing is written")
            .hint("leave out --by, --dry-run and --clock-may-lag, or add --again"));
    }
    if args.schema {
        return print_schema(&args.output, context);
    }
    args.output.form(&[Format::Jsonl])?;
    let destination = args.output.open()?;
    let found = files::find(&args.files, files::TEXTS);
    let parties = PartyBook::new(args.reading.parties(&found)?);
    let extractor =
        Extractor::new(&parties, args.writing.tz.unwrap_or(Zone::UTC))?.with_words(args.reading.own_words()?);
    let done = print_claims(&extractor, found, &args.reading.hints(), destination, context)?;
    say_unknown(&done.unknown, context)?;
    say_refused(done.refused, done.read, context)
}

fn print_schema(output: &OutputArgs, context: &mut Context) -> Result<Outcome> {
    output.form(&[Format::Json])?;
    let schema = claim_schema();
    output.open()?.write(context, |out| writeln!(out, "{schema:#}"))?;
    Ok(Outcome::Fine)
}

/// What reading came to.
struct Done {
    read: usize,
    refused: Vec<Error>,
    unknown: UnknownActors,
}

fn print_claims(
    extractor: &Extractor,
    found: Found,
    hints: &Hints,
    destination: Destination,
    context: &mut Context,
) -> Result<Done> {
    let mut done = Done { read: 0, refused: found.refused, unknown: UnknownActors::default() };
    destination.write(context, |out| {
        for path in &found.texts {
            let dispatch = match files::read_text(path, hints) {
                Ok(dispatch) => dispatch,
                Err(error) => {
                    done.refused.push(error);
                    continue;
                }
            };
            let extraction = extractor.extract(&dispatch);
            for claim in &extraction.claims {
                serde_json::to_writer(&mut *out, claim)?;
                out.write_all(b"\n")?;
            }
            done.unknown.add(extraction.unknown);
            done.read += 1;
        }
        Ok(())
    })?;
    Ok(done)
}

/// Says what was refused. Where nothing could be read, that is the verb's error.
fn say_refused(mut refused: Vec<Error>, read: usize, context: &mut Context) -> Result<Outcome> {
    let last = if read == 0 { refused.pop() } else { None };
    for error in &refused {
        context.say_error(error)?;
    }
    match last {
        Some(error) => Err(error),
        None if read == 0 => Err(nothing_here()),
        None => Ok(Outcome::findings_if(!refused.is_empty())),
    }
}

/// The error of files and folders that hold no text.
pub fn nothing_here() -> Error {
    Error::not_found("there is no text here").hint("name text files, or folders with .txt files")
}
