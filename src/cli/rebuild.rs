//! `rebuild`: remakes every derived table from the facts.

use super::{Context, Outcome};
use crate::error::Result;

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Say what the derived tables were made by, and remake nothing
    #[arg(long)]
    dry_run: bool,
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    if args.dry_run {
        let head = context.open_to_read()?.snapshot()?.head()?;
        let state = match &head.derived_as_of {
            Some(batch) => format!("stale: as of {batch}"),
            None => "up to date".to_owned(),
        };
        context.print(format_args!("derived by {}; {state}", head.derived_by))?;
        return Ok(Outcome::Fine);
    }
    let mut ledger = context.open_to_rebuild()?;
    ledger.rebuild()?;
    let made_by = ledger.snapshot()?.head()?.derived_by;
    context.print(format_args!("derived tables remade by {made_by}"))?;
    Ok(Outcome::Fine)
}
