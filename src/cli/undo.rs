//! `undo`: takes back all that one command wrote, unless later entries rest on it.

use super::numbers::{find, number_of};
use super::writing::Writing;
use super::{Context, Outcome};
use crate::error::Result;
use crate::ledger::Undone;
use crate::model::{Number, NumberKind};

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The batch, such as B7
    #[arg(value_name = "BATCH", value_parser = number_of(NumberKind::Batch))]
    batch: Number,
    /// Why
    #[arg(long, value_name = "WORDS")]
    why: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let written = context.write("undo", &args.writing, |batch, _| {
        let id = find(&batch.snapshot()?, &args.batch)?;
        batch.undo(id, args.why.as_deref())
    })?;
    let (undone, what) = (&args.batch, listed(&written.value));
    match written.batch() {
        Some(batch) => context.print(format_args!("{undone} undone in {batch}: {what}"))?,
        None => context.print(format_args!("{undone} would be undone: {what}"))?,
    }
    Ok(Outcome::Fine)
}

/// "12 claims, 1 dispatch".
fn listed(undone: &Undone) -> String {
    let plural = |kind: NumberKind, count: u64| match (kind, count) {
        (kind, 1) => kind.name().to_owned(),
        (NumberKind::Batch, _) => "batches".to_owned(),
        (NumberKind::Dispatch, _) => "dispatches".to_owned(),
        (NumberKind::Party, _) => "parties".to_owned(),
        (kind, _) => format!("{}s", kind.name()),
    };
    let rows = undone.rows.iter().filter(|(_, count)| *count > 0);
    let rows: Vec<_> = rows.map(|&(kind, count)| format!("{count} {}", plural(kind, count))).collect();
    if rows.is_empty() { "nothing that bears a number".to_owned() } else { rows.join(", ") }
}
