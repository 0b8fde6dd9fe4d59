//! `review`: lists what extractors read and nobody has looked at, and takes a person's verdict on it.

use clap::Subcommand;

use super::filter::{Chosen, FilterArgs};
use super::output::{Format, OutputArgs};
use super::{Context, Outcome, amend};
use crate::error::Result;
use crate::ledger::{Filter, Snapshot};
use crate::model::text::shown;
use crate::report::review::{Draft, sheet};

mod confidence;
mod verdict;

use confidence::Confidence;

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Subcommand)]
enum Verb {
    /// Let drafts count as a person's claims
    Accept(Box<verdict::Accept>),
    /// Let drafts not count any more
    Reject(Box<verdict::Reject>),
    /// Correct a draft: a person's claim takes its place
    Amend(Box<amend::Args>),
}

/// Which drafts.
#[derive(Debug, Clone, Default, clap::Args)]
struct Which {
    /// Drafts of this confidence, as their extractor measures it: 0.9+, <0.5, 0.5-0.8
    #[arg(long, value_name = "RANGE", help_heading = "Which claims", value_parser = super::args::parsed::<Confidence>)]
    confidence: Option<Confidence>,
    #[command(flatten)]
    filter: FilterArgs,
}

impl Which {
    /// The live drafts that pass, in the order in which they were read, and what chose them.
    fn drafts(&self, snapshot: &Snapshot<'_>) -> Result<(Vec<Draft>, Chosen)> {
        let mut chosen = self.filter.resolve(snapshot)?;
        if let Some(confidence) = self.confidence {
            chosen.words.push(format!("confidence {confidence}"));
        }
        let filter = Filter { draft: Some(true), ..chosen.filter.clone() };
        let mut drafts = Draft::read(snapshot, &filter)?;
        drafts.retain(|draft| self.confidence.is_none_or(|range| range.holds(draft.claim.confidence)));
        Ok((drafts, chosen))
    }
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    match &args.verb {
        None => list(args, context),
        Some(Verb::Accept(args)) => verdict::accept(args, context),
        Some(Verb::Reject(args)) => verdict::reject(args, context),
        Some(Verb::Amend(args)) => amend::run(args, context),
    }
}

fn list(args: &Args, context: &mut Context) -> Result<Outcome> {
    let (form, destination) = (args.output.form(Format::ALL)?, args.output.open()?);
    let ledger = context.open_to_read()?;
    let snapshot = ledger.snapshot()?;
    let (drafts, chosen) = args.which.drafts(&snapshot)?;
    let filters = chosen.line();
    if drafts.is_empty() {
        say_none(&filters, context)?;
        return Ok(Outcome::Findings);
    }
    destination.sheet(form, &sheet(&snapshot, &drafts, &filters)?, context)?;
    Ok(Outcome::Fine)
}

fn say_none(filters: &str, context: &mut Context) -> Result<()> {
    context.say(format_args!("no unreviewed draft passes the filters: {}", shown(filters)))
}
