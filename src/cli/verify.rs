//! `verify`: checks every row against its check and every batch against the chain.

use super::{Context, Outcome};
use crate::error::Result;
use crate::model::text::shown;

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {}

/// Runs the verb.
pub fn run(_args: &Args, context: &mut Context) -> Result<Outcome> {
    let verdict = context.open_to_read()?.verify()?;
    let (batches, entries) = (verdict.batches, verdict.entries);
    match &verdict.fault {
        None => {
            let batches = counted(batches, "batch", "batches");
            let entries = counted(entries, "entry", "entries");
            context.print(format_args!("sound: {batches}, {entries}, head {}", verdict.head))?;
            context.say(
                "note: this shows that nothing was changed since that head was noted elsewhere; whether the newest \
                 batches are missing, only a head kept elsewhere can tell",
            )?;
        }
        Some(fault) => {
            let amiss = context.palette.amiss;
            context.print(format_args!("{}: {}", amiss.style("not sound"), shown(fault)))?;
        }
    }
    Ok(Outcome::findings_if(verdict.fault.is_some()))
}

fn counted(count: u64, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}
