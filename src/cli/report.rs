//! `report`: prints a report.

use super::args::word;
use super::filter::FilterArgs;
use super::output::{Format, OutputArgs};
use super::{Context, Outcome};
use crate::error::{Error, Result};
use crate::ledger::{AsOf, Ledger, Snapshot};
use crate::model::vocabulary::vocabulary;
use crate::model::{Number, NumberKind};
use crate::report::daily::Per;
use crate::report::dossier::dossier;
use crate::report::input::Input;
use crate::report::parties::By;
use crate::report::sheet::Sheet;
use crate::report::{checks, coverage, daily, explain, incidents, losses, matrix, parties, replies, sources, truces};

vocabulary! {
    /// Which report.
    Name, "report" {
        /// What each party claims, what is laid to it, and what became of that.
        Parties = "parties",
        /// Who accuses whom, and what became of that.
        Matrix = "matrix",
        /// What each accuser alleges, period by period.
        Daily = "daily",
        /// What became of each truce, party by party.
        Truces = "truces",
        /// What each claimant says each side lost.
        Losses = "losses",
        /// How each party answers what it is accused of, and after how long.
        Replies = "replies",
        /// One row an incident.
        Incidents = "incidents",
        /// What each outlet carries, what it carries first, and who is read in it alone.
        Sources = "sources",
        /// Where a party's own numbers do not agree.
        Checks = "checks",
        /// Of which days each claimant said something, reported nothing, kept silent, or was not heard.
        Coverage = "coverage",
        /// All of them in one page, with drawings and the incidents in full.
        All = "all",
    }
}

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Which one
    #[arg(default_value = Name::Parties.as_str(), value_parser = word::<Name>(Name::WORDS), value_name = "REPORT")]
    name: Name,
    /// What `parties` counts for
    #[arg(long, value_parser = word::<By>(By::WORDS))]
    by: Option<By>,
    /// How long a row of `daily` is
    #[arg(long, value_parser = word::<Per>(Per::WORDS))]
    per: Option<Per>,
    /// Open a row: list the claims behind each of its figures. A row is named by its first words, with slashes between
    /// them where one does not tell it: Armenia, Armenia/Azerbaijan, 2020-10-11
    #[arg(long, value_name = "ROW")]
    explain: Option<String>,
    /// The ledger as it stood after this batch, or at the end of this date: B9, 2020-10-12
    #[arg(long, value_name = "BATCH", value_parser = as_of)]
    as_of: Option<AsOf>,
    /// Leave out what an extractor read and nobody has reviewed
    #[arg(long)]
    reviewed: bool,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Parses a batch's number or a date.
fn as_of(text: &str) -> Result<AsOf> {
    match text.parse::<Number>() {
        Ok(number) if number.kind == NumberKind::Batch => Ok(AsOf::Batch(number)),
        _ => Ok(AsOf::Date(text.parse()?)),
    }
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    if args.by.is_some() && args.name != Name::Parties {
        return Err(Error::usage(format!("`--by` goes with `report parties`, not with `report {}`", args.name)));
    }
    if args.per.is_some() && args.name != Name::Daily {
        return Err(Error::usage(format!("`--per` goes with `report daily`, not with `report {}`", args.name)));
    }
    if args.name == Name::All && args.explain.is_some() {
        return Err(Error::usage("`--explain` goes with one report, not with `report all`"));
    }
    let forms = if args.name == Name::All { &[Format::Html] } else { Format::ALL };
    let (form, destination) = (args.output.form(forms)?, args.output.open()?);
    let ledger = match &args.as_of {
        Some(then) => context.open_as_of(then)?,
        None => context.open_to_read()?,
    };
    let snapshot = ledger.snapshot()?;
    let chosen = args.filter.resolve(&snapshot)?;
    let input = Input::read(&snapshot, &chosen.filter, args.reviewed, chosen.words)?;
    if args.name == Name::All {
        destination.page(&dossier(&snapshot, &input, all(args, &input, &snapshot)?)?, context)?;
        return Ok(Outcome::Fine);
    }
    let mut sheet = sheet(args.name, args, &input, &snapshot)?;
    if let Some(row) = &args.explain {
        sheet = explain::sheet(&sheet, row)?;
    }
    destination.sheet(form, &sheet, context)?;
    Ok(Outcome::Fine)
}

/// `report parties` of a whole ledger, on standard output: what `import --report` ends with.
pub fn print_parties(ledger: &Ledger, context: &mut Context) -> Result<()> {
    let input = Input::read(&ledger.snapshot()?, &crate::ledger::Filter::default(), false, Vec::new())?;
    let sheet = parties::sheet(&input, By::Party);
    OutputArgs::default().open()?.sheet(Format::Table, &sheet, context)
}

/// Every report, in the order of a reader who knows nothing yet.
fn all(args: &Args, input: &Input, snapshot: &Snapshot<'_>) -> Result<Vec<Sheet>> {
    let names = Name::ALL.iter().filter(|name| **name != Name::All);
    names.map(|name| sheet(*name, args, input, snapshot)).collect()
}

fn sheet(name: Name, args: &Args, input: &Input, snapshot: &Snapshot<'_>) -> Result<Sheet> {
    Ok(match name {
        Name::Parties | Name::All => parties::sheet(input, args.by.unwrap_or(By::Party)),
        Name::Incidents => incidents::sheet(input),
        Name::Matrix => matrix::sheet(input),
        Name::Losses => losses::sheet(input),
        Name::Replies => replies::sheet(input, &snapshot.spoken()?),
        Name::Sources => sources::sheet(input, &snapshot.sources()?),
        Name::Coverage => coverage::sheet(input, &snapshot.spoken()?),
        Name::Checks => checks::sheet(input, snapshot)?,
        Name::Truces => truces::sheet(input),
        Name::Daily => daily::sheet(input, args.per.unwrap_or(Per::Day)),
    })
}
