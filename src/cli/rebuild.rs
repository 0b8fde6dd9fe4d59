//! `rebuild`: remakes every derived table from the facts.

use super::{Context, Outcome};
use crate::error::Result;
use crate::ledger::Rebuilt;
use crate::reconcile::CAP;

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Say what the derived tables were made by, and remake nothing
    #[arg(long)]
    dry_run: bool,
    /// Say what reconciliation looked at, what it passed over, and how long each step took
    #[arg(long, conflicts_with = "dry_run")]
    stats: bool,
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
    let rebuilt = ledger.rebuild()?;
    let made_by = ledger.snapshot()?.head()?.derived_by;
    context.print(format_args!("derived tables remade by {made_by}"))?;
    if args.stats {
        lines(&rebuilt).into_iter().try_for_each(|line| context.print(line))?;
    }
    Ok(Outcome::Fine)
}

fn lines(rebuilt: &Rebuilt) -> Vec<String> {
    let stats = &rebuilt.stats;
    let sizes = |counts: &[(u64, u64)]| {
        let each: Vec<_> = counts.iter().map(|(size, count)| format!("{count} of {size}")).collect();
        if each.is_empty() { "none".to_owned() } else { each.join(", ") }
    };
    let mut lines = vec![
        format!("claims reconciled: {}", stats.claims),
        format!("pairs compared: {}, of them scored near enough to count: {}", stats.candidates, stats.kept),
        format!(
            "cells over the cap of {CAP} claims: {}, claims passed over there: {}",
            stats.full_cells, stats.passed_over
        ),
        format!("components of several claims, by size: {}", sizes(&stats.components)),
        format!("incidents, by claims: {}", sizes(&stats.incidents)),
    ];
    lines.extend(rebuilt.steps.iter().map(|(step, took)| format!("{step}: {} ms", took.as_millis())));
    lines
}
