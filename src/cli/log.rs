//! `log`: lists what was written, command by command, newest last.

use super::output::{Format, OutputArgs};
use super::{Context, Outcome};
use crate::error::Result;
use crate::ledger::Logged;
use crate::model::Zone;
use crate::report::sheet::{Cell, Column, Note, Sheet};

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The newest so many batches only
    #[arg(short = 'n', long, value_name = "COUNT", allow_negative_numbers = true)]
    last: Option<usize>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let (form, destination) = (args.output.form(Format::ALL)?, args.output.open()?);
    let ledger = context.open_to_read()?;
    let zone = ledger.office().zone;
    let mut batches = ledger.snapshot()?.log()?;
    let older = args.last.map_or(0, |last| batches.len().saturating_sub(last));
    batches.drain(..older);
    let mut sheet = sheet(&batches, zone, form);
    if older > 0 {
        let batches = if older == 1 { "1 older batch is" } else { &format!("{older} older batches are") };
        sheet.notes.push(Note::new("left_out", format!("{batches} left out")));
    }
    destination.sheet(form, &sheet, context)?;
    Ok(Outcome::Fine)
}

fn sheet(batches: &[Logged], zone: Zone, form: Format) -> Sheet {
    let row = |batch: &Logged| {
        vec![
            Cell::Text(batch.number.to_string()),
            recorded(batch.recorded_at, zone),
            Cell::text(batch.made_by.clone()),
            Cell::Text(batch.verb.clone()),
            Cell::Count(batch.entries, Vec::new()),
            Cell::text(remark(batch)),
            Cell::Text(batch.program.clone()),
            Cell::Text(hash(&batch.hash, form).to_owned()),
        ]
    };
    Sheet {
        name: "log",
        title: "Batches".to_owned(),
        columns: vec![
            Column::words("batch", "batch"),
            Column::words("recorded_at", "recorded at"),
            Column::words("made_by", "by"),
            Column::words("verb", "verb"),
            Column::count("entries", "entries"),
            Column::words("remark", "remark"),
            Column::words("program", "program"),
            Column::words("hash", "hash"),
        ],
        rows: batches.iter().map(row).collect(),
        notes: vec![Note::new("zone", format!("times are in {zone}; names are self-declared"))],
        ..Sheet::default()
    }
}

/// A table for people shows the beginning: enough to compare by eye.
fn hash(hash: &str, form: Format) -> &str {
    const SHOWN: usize = 12;
    let short = matches!(form, Format::Table | Format::Md);
    if short { hash.get(..SHOWN).unwrap_or(hash) } else { hash }
}

fn recorded(at: i64, zone: Zone) -> Cell {
    match zone.local(at) {
        Some(local) => Cell::Time(local.format("%Y-%m-%dT%H:%M:%S").to_string()),
        None => Cell::Unknown,
    }
}

fn remark(batch: &Logged) -> Option<String> {
    match (&batch.undone_by, &batch.undoes) {
        (Some(by), _) => Some(format!("undone by {by}")),
        (None, Some((undone, Some(why)))) => Some(format!("undoes {undone}: {why}")),
        (None, Some((undone, None))) => Some(format!("undoes {undone}")),
        (None, None) => None,
    }
}
