//! `report`: prints a report.

use std::thread;

use super::args::word;
use super::filter::FilterArgs;
use super::output::{Format, OutputArgs};
use super::{Context, Outcome};
use crate::error::{Error, Result};
use crate::ledger::{AsOf, Ledger, Snapshot};
use crate::model::vocabulary::vocabulary;
use crate::model::{Number, NumberKind};
use crate::report::diff::{self, Side};
use crate::report::dossier::{CARDS_MAX, dossier};
use crate::report::input::Input;
use crate::report::sheet::Sheet;
use crate::report::{
    checks, coverage, daily, explain, incidents, losses, matrix, parties, replies, sources, stated, tallied, truces,
};

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
        /// What changed between two heads.
        Diff = "diff",
        /// All of them in one page, with drawings and the incidents in full.
        All = "all",
    }
}

vocabulary! {
    /// What rows are told apart by.
    By, "grouping" {
        /// A party: `parties`.
        Party = "party",
        /// A side; a party without one stands for itself: `parties`.
        Side = "side",
        /// A place: `daily`.
        Place = "place",
        /// The outermost place: `daily`.
        Region = "region",
    }
}

vocabulary! {
    /// How long a row of `daily` is.
    Per, "period" {
        /// A day of the office's zone.
        Day = "day",
        /// A week, Monday to Sunday.
        Week = "week",
        /// As each claimant states its totals, beside the sum of their days.
        Stated = "stated",
    }
}

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Which one
    #[arg(default_value = Name::Parties.as_str(), value_parser = word::<Name>(Name::WORDS), value_name = "REPORT")]
    name: Name,
    /// What rows are told apart by: of `parties` party or side, of `daily` place or region
    #[arg(long, value_parser = word::<By>(By::WORDS))]
    by: Option<By>,
    /// How long a row of `daily` is; stated: as each claimant totals, beside the sum of those days
    #[arg(long, value_parser = word::<Per>(Per::WORDS))]
    per: Option<Per>,
    /// The earlier head of `diff`: B3, 2020-10-10
    #[arg(long, value_name = "BATCH", value_parser = as_of)]
    from: Option<AsOf>,
    /// The later head of `diff`; the newest if not given
    #[arg(long, value_name = "BATCH", value_parser = as_of)]
    to: Option<AsOf>,
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
    args.check()?;
    let forms = if args.name == Name::All { &[Format::Html] } else { Format::ALL };
    let (form, destination) = (args.output.form(forms)?, args.output.open()?);
    if args.name == Name::Diff {
        return destination.sheet(form, &opened(args, difference(args, context)?)?, context).map(|()| Outcome::Fine);
    }
    let ledger = open(args.as_of.as_ref(), context)?;
    let snapshot = ledger.snapshot()?;
    if args.lists_no_claims(form)
        && let Some(sheet) = tallied(args.name, &snapshot)?
    {
        destination.sheet(form, &sheet, context)?;
        // As below.
        std::mem::forget(sheet);
        return Ok(Outcome::Fine);
    }
    let input = read(args, &snapshot)?;
    if args.name == Name::All {
        destination.page(&dossier(&snapshot, &input, all(args, &input, &snapshot)?)?, context)?;
    } else {
        destination.sheet(form, &opened(args, sheet(args.name, args, &input, &snapshot)?)?, context)?;
    }
    // The process ends here: what was read need not be put away claim by claim.
    std::mem::forget(input);
    Ok(Outcome::Fine)
}

/// The report, or the row of it that was asked for.
fn opened(args: &Args, sheet: Sheet) -> Result<Sheet> {
    match &args.explain {
        Some(row) => explain::sheet(&sheet, row),
        None => Ok(sheet),
    }
}

/// The report from counts that are kept up, where there are such.
fn tallied(name: Name, snapshot: &Snapshot<'_>) -> Result<Option<Sheet>> {
    match name {
        Name::Parties => tallied::parties(snapshot),
        Name::Matrix => tallied::matrix(snapshot),
        Name::Daily => tallied::daily(snapshot),
        _ => Ok(None),
    }
}

impl Args {
    /// Whether all claims are counted, in the usual rows, and none is listed behind a figure.
    fn lists_no_claims(&self, form: Format) -> bool {
        let rows = matches!((self.by, self.per), (None | Some(By::Party), None | Some(Per::Day)));
        let all = !self.reviewed && self.explain.is_none() && self.filter == FilterArgs::default();
        rows && all && matches!(form, Format::Table | Format::Csv | Format::Tsv | Format::Md)
    }

    /// Refuses options that the report does not take.
    fn check(&self) -> Result<()> {
        let refused = |option: &str, takes: &str| {
            Err(Error::usage(format!("`{option}` goes with `report {takes}`, not with `report {}`", self.name)))
        };
        let daily = self.name == Name::Daily;
        if self.name == Name::All && self.explain.is_some() {
            return Err(Error::usage("`--explain` goes with one report, not with `report all`"));
        }
        match self.by {
            Some(By::Party | By::Side) if self.name != Name::Parties => return refused("--by", "parties"),
            Some(By::Place | By::Region) if !daily => return refused("--by", "daily"),
            Some(_) if self.per == Some(Per::Stated) => return Err(Error::usage("`--per stated` takes no `--by`")),
            _ => {}
        }
        if self.per.is_some() && !daily {
            return refused("--per", "daily");
        }
        if self.name == Name::Diff {
            let hint = "name the earlier head, --from B3, and the later one unless it is the newest, --to B9";
            return match (&self.from, &self.as_of) {
                (None, _) => Err(Error::usage("`report diff` needs `--from`").hint(hint)),
                (_, Some(_)) => Err(Error::usage("`report diff` takes no `--as-of`").hint(hint)),
                _ => Ok(()),
            };
        }
        if self.from.is_some() || self.to.is_some() {
            return refused(if self.from.is_some() { "--from" } else { "--to" }, "diff");
        }
        Ok(())
    }
}

/// The ledger as it stood, or stands.
fn open(then: Option<&AsOf>, context: &Context) -> Result<Ledger> {
    then.map_or_else(|| context.open_to_read(), |then| context.open_as_of(then))
}

fn read(args: &Args, snapshot: &Snapshot<'_>) -> Result<Input> {
    let chosen = args.filter.resolve(snapshot)?;
    Input::read(snapshot, &chosen.filter, args.reviewed, chosen.words)
}

fn difference(args: &Args, context: &Context) -> Result<Sheet> {
    let (from, to) = (open(args.from.as_ref(), context)?, open(args.to.as_ref(), context)?);
    let (from, to) = (from.snapshot()?, to.snapshot()?);
    let whole = |snapshot: &Snapshot<'_>| {
        let chosen = args.filter.resolve(snapshot)?;
        Input::whole(snapshot, &chosen.filter, args.reviewed, chosen.words)
    };
    let inputs = (whole(&from)?, whole(&to)?);
    diff::sheet(Side { input: &inputs.0, snapshot: &from }, Side { input: &inputs.1, snapshot: &to })
}

/// `report parties` of a whole ledger, on standard output: what `import --report` ends with.
pub fn print_parties(ledger: &Ledger, context: &mut Context) -> Result<()> {
    let input = Input::read(&ledger.snapshot()?, &crate::ledger::Filter::default(), false, Vec::new())?;
    let sheet = parties::sheet(&input, parties::By::Party);
    OutputArgs::default().open()?.sheet(Format::Table, &sheet, context)
}

/// Every report of one head, in the order of a reader who knows nothing yet. Those that look nothing up are made by
/// another thread.
fn all(args: &Args, input: &Input, snapshot: &Snapshot<'_>) -> Result<Vec<Sheet>> {
    let names = || Name::ALL.iter().filter(|name| !matches!(name, Name::All | Name::Diff));
    thread::scope(|scope| {
        let alone = scope.spawn(|| {
            let alone = |name: &Name| match name {
                Name::Incidents => Some(incidents::most_told(input, CARDS_MAX)),
                name => of_input(*name, args, input),
            };
            names().map(alone).collect::<Vec<_>>()
        });
        let looked_up = names().map(|name| looked_up(*name, input, snapshot)).collect::<Result<Vec<_>>>()?;
        let alone = alone.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Ok(alone.into_iter().zip(looked_up).filter_map(|(alone, looked_up)| alone.or(looked_up)).collect())
    })
}

fn sheet(name: Name, args: &Args, input: &Input, snapshot: &Snapshot<'_>) -> Result<Sheet> {
    let sheet = match of_input(name, args, input) {
        Some(sheet) => Some(sheet),
        None => looked_up(name, input, snapshot)?,
    };
    sheet.ok_or_else(|| Error::usage(format!("`report {name}` is no single report of one head")))
}

/// A report that is made of its input alone.
fn of_input(name: Name, args: &Args, input: &Input) -> Option<Sheet> {
    Some(match name {
        Name::Parties if args.by == Some(By::Side) => parties::sheet(input, parties::By::Side),
        Name::Parties => parties::sheet(input, parties::By::Party),
        Name::Incidents => incidents::sheet(input),
        Name::Matrix => matrix::sheet(input),
        Name::Daily => daily(args, input),
        Name::Truces => truces::sheet(input),
        Name::Losses => losses::sheet(input),
        Name::Replies | Name::Sources | Name::Checks | Name::Coverage | Name::Diff | Name::All => return None,
    })
}

/// A report for which more is read from the ledger.
fn looked_up(name: Name, input: &Input, snapshot: &Snapshot<'_>) -> Result<Option<Sheet>> {
    Ok(Some(match name {
        Name::Replies => replies::sheet(input, &snapshot.spoken()?),
        Name::Sources => sources::sheet(input, &snapshot.sources()?),
        Name::Checks => checks::sheet(input, snapshot)?,
        Name::Coverage => coverage::sheet(input, &snapshot.spoken()?),
        _ => return Ok(None),
    }))
}

fn daily(args: &Args, input: &Input) -> Sheet {
    let by = match args.by {
        Some(By::Place) => Some(daily::By::Place),
        Some(By::Region) => Some(daily::By::Region),
        _ => None,
    };
    match args.per {
        Some(Per::Stated) => stated::sheet(input),
        Some(Per::Week) => daily::sheet(input, daily::Per::Week, by),
        Some(Per::Day) | None => daily::sheet(input, daily::Per::Day, by),
    }
}
