//! A party's own numbers beside each other: series of like numbers, and where they do not agree.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Days, NaiveDate};

use crate::ledger::Counted;
use crate::model::text::key;
use crate::model::{Edtf, Extent, Hedge, Id, Range, Span, Unit, Zone};
use crate::reconcile::{Claimant, Fact, Moment};
use crate::report::input::{Input, Names};
use crate::tally::numbers::{LOSSES, Reach, days, of_one_side, resolved};

/// What numbers of one series count. Only such are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counts {
    /// Figures of a unit.
    Figure(Unit),
    /// Dead, wounded, missing, captured of one side.
    Loss(&'static str, Option<Id>),
}

/// A series: one claimant's numbers of one thing, laid to one party, at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Series {
    /// Who tells them.
    pub claimant: Id,
    /// Whom the acts are laid to.
    pub accused: Option<Id>,
    /// What is counted.
    pub counts: Counts,
    /// Which of the lists of places, in their order.
    places: usize,
}

/// A number of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The claim.
    pub claim: Id,
    /// The number.
    pub amount: Range,
    /// What it is counted over.
    pub over: Stretch,
    /// First moment after it was published, UTC seconds; equal ones by claim.
    pub published: Option<i64>,
    /// The dispatch it was read in, and where.
    pub read: Option<(Id, usize)>,
    /// The incident it is about.
    pub incident: Option<Id>,
}

/// What numbers count, in words: `violations by Azerbaijan`, `killed of Armenia`.
pub fn counted(counts: Counts, accused: Option<Id>, names: &Names<'_>) -> String {
    let by = accused.map(|id| format!(" by {}", names.of(id))).unwrap_or_default();
    match counts {
        Counts::Figure(unit) => format!("{unit}s{by}"),
        Counts::Loss(loss, Some(side)) => format!("{loss} of {}", names.of(side)),
        Counts::Loss(loss, None) => format!("{loss}{by}"),
    }
}

/// A number without bounds or hedge.
pub fn exactly(amount: Range) -> Option<i64> {
    let n = amount.min.filter(|_| amount.min == amount.max && amount.hedge == Hedge::Exact)?;
    i64::try_from(n).ok()
}

/// What a number is counted over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stretch {
    /// One event.
    Event,
    /// Whole days, the first and the last.
    Days(NaiveDate, NaiveDate),
    /// From a date up to a day.
    Since(Option<Edtf>, Option<NaiveDate>),
}

/// The series among some claims, in their order, each by publication.
pub fn series(claims: &[&Counted], input: &Input) -> Vec<(Series, Vec<Reading>)> {
    let places = Places::of(claims);
    let mut series: HashMap<Series, Vec<Reading>, foldhash::fast::FixedState> = HashMap::default();
    for counted in claims {
        let Claimant::Party(claimant) = counted.fact.claimant else { continue };
        let places = places.rank(&counted.fact);
        for (counts, amount, over) in readings(&counted.fact, input.office.zone) {
            let of = Series { claimant, accused: counted.fact.accused, counts, places };
            series.entry(of).or_default().push(Reading {
                claim: counted.fact.id,
                amount,
                over,
                published: counted.fact.published,
                read: counted.fact.dispatch.map(|dispatch| (dispatch, counted.fact.offset)),
                incident: counted.incident,
            });
        }
    }
    let mut series: Vec<(Series, Vec<Reading>)> = series.into_iter().collect();
    series.sort_unstable_by_key(|(of, _)| *of);
    for (_, readings) in &mut series {
        readings.sort_by_key(|reading| (reading.published, reading.claim));
    }
    series
}

/// The places that claims name, each list of them once.
#[derive(Debug)]
struct Places<'a> {
    /// The rank of each list, told by its names as they are written.
    ranks: HashMap<Vec<&'a str>, usize, foldhash::fast::FixedState>,
}

impl<'a> Places<'a> {
    fn of(claims: &[&'a Counted]) -> Self {
        let mut ranks: HashMap<Vec<&'a str>, usize, foldhash::fast::FixedState> = HashMap::default();
        for counted in claims {
            ranks.entry(Self::written(&counted.fact)).or_default();
        }
        let keys = |written: &[&str]| {
            let mut keys: Vec<String> = written.iter().copied().map(key).collect();
            keys.sort_unstable();
            keys
        };
        // Lists that differ in spelling or order alone are one.
        let lists: BTreeSet<Vec<String>> = ranks.keys().map(|written| keys(written)).collect();
        let lists: HashMap<Vec<String>, usize> = lists.into_iter().zip(0..).collect();
        for (written, rank) in &mut ranks {
            *rank = lists.get(&keys(written)).copied().unwrap_or_default();
        }
        Self { ranks }
    }

    fn written(fact: &Fact) -> Vec<&str> {
        fact.places.iter().map(|place| place.name.as_str()).collect()
    }

    fn rank(&self, fact: &Fact) -> usize {
        self.ranks.get(&Self::written(fact)).copied().unwrap_or_default()
    }
}

fn readings(fact: &Fact, zone: Zone) -> Vec<(Counts, Range, Stretch)> {
    let own = fact.when.filter(|when| when.extent == Extent::Throughout);
    let up_to = fact.when.and_then(|when| days(&when, zone)).map(|(_, last)| last);
    let window = |moment: Option<Moment>| {
        moment.and_then(|moment| days(&moment, zone)).map(|(first, last)| Stretch::Days(first, last))
    };
    let mut found = Vec::new();
    for figure in &fact.figures {
        let over = match figure.span {
            Span::Event => Some(Stretch::Event),
            Span::Window(edtf) => window(own.or_else(|| Some(resolved(edtf, zone, Extent::Throughout)))),
            Span::Since(since) => Some(Stretch::Since(since, up_to)),
            Span::PartOf(..) => None,
        };
        found.extend(over.map(|over| (Counts::Figure(figure.unit), figure.amount, over)));
    }
    for (name, count) in LOSSES {
        for (side, reach) in reaches(fact) {
            let tolls = || fact.tolls.iter().filter(|toll| toll.side == side && Reach::of(toll) == reach);
            let over = match reach {
                Reach::Event => Some(Stretch::Event),
                Reach::Window => window(own),
                Reach::Running => Some(Stretch::Since(tolls().find_map(|toll| toll.since), up_to)),
            };
            let told = over.zip(of_one_side(tolls(), count));
            found.extend(told.map(|(over, amount)| (Counts::Loss(name, side), amount, over)));
        }
    }
    found
}

/// The sides and reaches of a claim's tolls, each once.
fn reaches(fact: &Fact) -> Vec<(Option<Id>, Reach)> {
    let mut reaches: Vec<(Option<Id>, Reach)> = Vec::new();
    for toll in &fact.tolls {
        let reach = (toll.side, Reach::of(toll));
        if !reaches.contains(&reach) {
            reaches.push(reach);
        }
    }
    reaches
}

/// "About" leaves room for a tenth either way: reporters round to two figures.
const ABOUT: u64 = 10;

/// Whether two numbers may be one.
pub fn meet(a: Range, b: Range) -> bool {
    let (a, b) = (bounds(a), bounds(b));
    a.0 <= b.1 && b.0 <= a.1
}

/// Whether every number of the first is above every number of the second.
pub fn above(a: Range, b: Range) -> bool {
    bounds(a).0 > bounds(b).1
}

fn bounds(range: Range) -> (u64, u64) {
    let (min, max) = (range.min.unwrap_or(0), range.max.unwrap_or(u64::MAX));
    let room = |n: u64| if range.hedge == Hedge::About { n / ABOUT } else { 0 };
    (min.saturating_sub(room(min)), max.saturating_add(room(max)))
}

/// The days from one to another, both among them; none where they are too many to have been counted singly.
pub fn each_day(first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    /// Longer windows are not compared with single days.
    const LONGEST: u64 = 366;
    let more = u64::try_from(last.signed_duration_since(first).num_days()).unwrap_or(u64::MAX);
    if more >= LONGEST {
        return Vec::new();
    }
    (0..=more).filter_map(|n| first.checked_add_days(Days::new(n))).collect()
}

/// A claimant's numbers for single days: of each the latest.
pub fn daily(readings: &[Reading]) -> BTreeMap<NaiveDate, Reading> {
    let mut daily = BTreeMap::new();
    for reading in readings {
        if let Stretch::Days(first, last) = reading.over
            && first == last
        {
            daily.insert(first, *reading);
        }
    }
    daily
}
