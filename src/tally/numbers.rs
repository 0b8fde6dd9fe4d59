//! The numbers that accusing claims give, what they are counted over, and how versions of one number go together.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::vocabulary::vocabulary;
use crate::model::{Edtf, Extent, Hedge, Id, Range, Span, Unit, When, Zone};
use crate::reconcile::{Claimant, Fact, Moment, Toll};

vocabulary! {
    /// What is added up.
    Kind, "kind of number" {
        /// Figures in violations.
        Breaches = "breaches",
        /// Figures in explosions.
        Explosions = "explosions",
        /// Dead of others than the accused.
        Killed = "killed",
        /// Wounded of others than the accused.
        Wounded = "wounded",
    }
}

/// What an amount is counted over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// The claim's one event.
    Event,
    /// Everything in a window.
    Window(Moment),
    /// Something nothing else may be added to.
    Apart(Why),
}

vocabulary! {
    /// Why a claim's number was left out of a total.
    Why, "reason" {
        /// The claimant gave another number for the same thing later.
        Superseded = "superseded",
        /// A total that stands may hold it already.
        Covered = "covered",
        /// It runs from a date up to when it was said.
        Running = "running",
        /// It is a part of another figure.
        Part = "part",
        /// It totals over a time nobody tells.
        Untimed = "untimed",
        /// The sum would be larger than a ledger can hold.
        TooLarge = "too-large",
        /// It counts something else.
        OtherUnits = "other-units",
    }
}

impl Why {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Superseded => "replaced by the same claimant's later number for the same event",
            Self::Covered => "may be counted already in a total over the same time",
            Self::Running => "a running total since a date",
            Self::Part => "a part of another figure",
            Self::Untimed => "a total over an untold time",
            Self::TooLarge => "too large to add",
            Self::OtherUnits => "counted in other units than violations",
        }
    }
}

/// Whether two parties are one or stand on one side.
pub type Allied<'a> = &'a dyn Fn(Id, Id) -> bool;

/// The numbers of a kind that a claim gives, each with what it is counted over.
pub fn numbers(kind: Kind, fact: &Fact, zone: Zone, allied: Allied<'_>) -> Vec<(Range, Over)> {
    match kind {
        Kind::Breaches => figures(fact, Unit::Violation, zone),
        Kind::Explosions => figures(fact, Unit::Explosion, zone),
        Kind::Killed => lost(fact, allied, |toll| toll.killed),
        Kind::Wounded => lost(fact, allied, |toll| toll.wounded),
    }
}

/// Whether a claim counts in other units than violations.
pub fn in_other_units(fact: &Fact) -> bool {
    fact.figures.iter().any(|figure| figure.unit != Unit::Violation)
}

fn figures(fact: &Fact, unit: Unit, zone: Zone) -> Vec<(Range, Over)> {
    let figures = fact.figures.iter().filter(|figure| figure.unit == unit);
    figures
        .map(|figure| {
            let over = match figure.span {
                Span::Event => Over::Event,
                Span::Window(edtf) => window(fact, Some(resolved(edtf, zone, Extent::Throughout))),
                Span::Since(_) => Over::Apart(Why::Running),
                Span::PartOf(_, whole) if whole == unit => Over::Apart(Why::Part),
                // "212, of them 84 explosions": what is a part of the breaches is all of the explosions.
                Span::PartOf(..) => window(fact, None),
            };
            (figure.amount, over)
        })
        .collect()
}

/// The window a claim's total is counted over: its own time if that is one, else the one the figure names.
pub fn window(fact: &Fact, named: Option<Moment>) -> Over {
    let own = fact.when.filter(|when| when.extent == Extent::Throughout && when.lo.is_some() && when.hi.is_some());
    match own.or(named) {
        Some(moment) => Over::Window(moment),
        None => Over::Apart(Why::Untimed),
    }
}

/// A date as a moment.
pub fn resolved(edtf: Edtf, zone: Zone, extent: Extent) -> Moment {
    moment(&When::resolve(edtf, zone, extent, None))
}

/// A time as reconciliation holds it.
pub fn moment(when: &When) -> Moment {
    Moment { lo: when.lo, hi: when.hi, grain: when.grain(), extent: when.extent }
}

/// The first and the last day of a zone that a moment has a part of. `None`: it has no bounds.
pub fn days(moment: &Moment, zone: Zone) -> Option<(NaiveDate, NaiveDate)> {
    let day = |utc: i64| zone.local(utc).map(|local| local.date());
    let (lo, hi) = moment.lo.zip(moment.hi)?;
    Some((day(lo)?, day(hi.checked_sub(1)?)?))
}

/// How one kind of loss is read from a toll.
pub type Lost = fn(&Toll) -> Option<Range>;

/// The kinds of loss.
pub const LOSSES: [(&str, Lost); 4] = [
    ("killed", |toll| toll.killed),
    ("wounded", |toll| toll.wounded),
    ("missing", |toll| toll.missing),
    ("captured", |toll| toll.captured),
];

/// What a toll counts over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The claim's one event.
    Event,
    /// The claim's window.
    Window,
    /// From a date up to when it was said.
    Running,
}

impl Reach {
    /// Every reach.
    pub const ALL: [Self; 3] = [Self::Event, Self::Window, Self::Running];

    /// That of a toll.
    pub const fn of(toll: &Toll) -> Self {
        match (toll.total, toll.since) {
            (false, _) => Self::Event,
            (true, None) => Self::Window,
            (true, Some(_)) => Self::Running,
        }
    }

    /// How an amount of this reach is added.
    pub fn over(self, fact: &Fact) -> Over {
        match self {
            Self::Event => Over::Event,
            Self::Window => window(fact, None),
            Self::Running => Over::Apart(Why::Running),
        }
    }
}

/// Losses of others than the accused and its side: of the claim's event, and over longer times.
fn lost(fact: &Fact, allied: Allied<'_>, count: Lost) -> Vec<(Range, Over)> {
    if fact.tolls.is_empty() {
        return Vec::new();
    }
    let of = |reach: Reach| Some((others_losses(fact, reach, allied, count)?, reach.over(fact)));
    Reach::ALL.into_iter().filter_map(of).collect()
}

/// The losses of all sides but the accused and its own.
fn others_losses(fact: &Fact, reach: Reach, allied: Allied<'_>, count: Lost) -> Option<Range> {
    let own = |side: Option<Id>| side.zip(fact.accused).is_some_and(|(side, accused)| allied(side, accused));
    let tolls = || fact.tolls.iter().filter(|toll| Reach::of(toll) == reach && !own(toll.side));
    let mut sides: Vec<Option<Id>> = tolls().map(|toll| toll.side).collect();
    sides.sort_unstable();
    sides.dedup();
    let of_side = |side| of_one_side(tolls().filter(|toll| toll.side == side), count);
    sides.into_iter().filter_map(of_side).reduce(|a, b| a.plus(b).unwrap_or(a))
}

/// What a claim says one side lost: what is not told to be civilian or military is the whole, where there is such; else
/// the parts together.
pub fn of_one_side<'a>(tolls: impl Iterator<Item = &'a Toll>, count: impl Fn(&Toll) -> Option<Range>) -> Option<Range> {
    let (mut whole, mut parts) = (Vec::new(), Vec::new());
    for toll in tolls {
        if let Some(amount) = count(toll) {
            if toll.civilian.is_none() { whole.push(amount) } else { parts.push(amount) }
        }
    }
    let told = if whole.is_empty() { parts } else { whole };
    told.into_iter().reduce(|a, b| a.plus(b).unwrap_or(a))
}

/// A version of a number: who gives it, and when.
pub trait Version: Copy {
    /// The claim.
    fn claim(&self) -> Id;
    /// Who makes it.
    fn claimant(&self) -> Claimant;
    /// The statement it belongs to.
    fn statement(&self) -> Id;
    /// First moment after it was published, UTC seconds.
    fn published(&self) -> Option<i64>;
    /// The number.
    fn amount(&self) -> Range;
}

/// The versions of one number that stand, by claim: the latest of each claimant. Claims that said otherwise before are
/// handed over.
pub fn latest<V: Version>(mut versions: Vec<V>, mut superseded: impl FnMut(Id)) -> Vec<V> {
    if versions.len() < 2 {
        return versions;
    }
    versions.sort_by_key(|version| (version.published(), version.claim()));
    // Nobody knows whether two unknown claimants are one.
    let who = |version: &V| {
        let claimant = version.claimant();
        (claimant, (claimant == Claimant::Unknown).then_some(version.statement()))
    };
    let mut latest: BTreeMap<(Claimant, Option<Id>), V> = BTreeMap::new();
    for version in versions {
        let before = latest.insert(who(&version), version);
        if let Some(before) = before.filter(|before| before.amount() != version.amount()) {
            superseded(before.claim());
        }
    }
    let mut stand: Vec<V> = latest.into_values().collect();
    stand.sort_by_key(Version::claim);
    stand
}

/// The range that holds both: different claimants' numbers for one thing.
pub fn spanning(a: Range, b: Range) -> Range {
    if a == b {
        return a;
    }
    let min = a.min.unwrap_or(0).min(b.min.unwrap_or(0));
    let max = a.max.zip(b.max).map(|(a, b)| a.max(b));
    let hedge = match max {
        None => Hedge::AtLeast,
        Some(_) if a.hedge == Hedge::About || b.hedge == Hedge::About => Hedge::About,
        Some(_) => Hedge::Exact,
    };
    Range { min: Some(min), max, hedge }
}
