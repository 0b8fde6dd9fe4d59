//! `report daily`: what each accuser alleges day by day or week by week, the sides next to each other.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, Days, NaiveDate};

use crate::ledger::Counted;
use crate::model::edtf::Point;
use crate::model::text::key;
use crate::model::vocabulary::vocabulary;
use crate::model::{Edtf, Id, NumberKind, Range, Zone};
use crate::reconcile::{Claimant, Fact, Moment, PlaceName};
use crate::report::alleged::Alleged;
use crate::report::firsts::{self, Term};
use crate::report::followed::Followed;
use crate::report::input::{Input, Names, Statement};
use crate::report::notes;
use crate::report::sheet::{Cell, Column, Note, Sheet};
use crate::tally::counts::Listed;
use crate::tally::laid::Laid;
use crate::tally::numbers::{Kind, Why};

vocabulary! {
    /// How long a row of `daily` is.
    Per, "period" {
        /// A day of the office's zone.
        Day = "day",
        /// A week, Monday to Sunday.
        Week = "week",
    }
}

impl Per {
    /// The first day of the period a day lies in.
    fn start(self, day: NaiveDate) -> NaiveDate {
        let since = match self {
            Self::Day => 0,
            Self::Week => u64::from(day.weekday().num_days_from_monday()),
        };
        day.checked_sub_days(Days::new(since)).unwrap_or(day)
    }

    const fn days(self) -> u64 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
        }
    }

    fn printed(self, start: NaiveDate) -> String {
        let last = start.checked_add_days(Days::new(self.days().saturating_sub(1))).unwrap_or(start);
        Edtf::between(Point::day(start), Point::day(last)).to_string()
    }

    /// The one period that a moment lies in. `None`: it has no bounds, or lies in several.
    fn of(self, moment: Option<&Moment>, zone: Zone) -> Option<NaiveDate> {
        let (lo, hi) = moment.and_then(|moment| moment.lo.zip(moment.hi))?;
        let day = |utc: i64| zone.local(utc).map(|local| self.start(local.date()));
        let first = day(lo)?;
        (day(hi.checked_sub(1)?)? == first).then_some(first)
    }
}

vocabulary! {
    /// By what grounds rows of `daily` are told apart.
    By, "grouping" {
        /// Each place named, under its registered name.
        Place = "place",
        /// The outermost registered place that holds it.
        Region = "region",
    }
}

/// Makes the report: a row for each period in which somebody accuses somebody by name; `by` place or region, one for
/// each of them.
pub fn sheet(input: &Input, per: Per, by: Option<By>) -> Sheet {
    let names = Names::new(&input.parties);
    let passing = input.passing();
    let statements = Input::statements(&passing);
    let laying = Laying::of(&statements, per, &Grounds { by, input }, &names);
    let apart = [laying.several, laying.nobody].map(|claims| claims.into_iter().collect());
    let series = laying.series.into_iter().map(|(of, periods)| (of, Series::of(periods, input, &names))).collect();
    of_series(input, (per, by), series, apart, notes::made_from(input, &passing))
}

/// The sheet of series; accusations in no one period, and by nobody registered, stand apart.
pub(super) fn of_series(
    input: &Input,
    (per, by): (Per, Option<By>),
    series: BTreeMap<(String, Id), Series>,
    [several, nobody]: [Listed; 2],
    made_from: Vec<Note>,
) -> Sheet {
    let names = Names::new(&input.parties);
    let undated = notes::listed_out("accusation", &format!("in no one {per}, or undated"), several);
    let unnamed = notes::listed_out("accusation", "by nobody registered", nobody);
    let mut own: Vec<Note> = undated.into_iter().chain(unnamed).collect();
    own.extend(by.map(|_| Note::new("places", PLACES)));
    let table = Table { input, names: &names, per, by, terms: firsts::terms(input).0 };
    let rows = table.rows(&series);
    let columns = table.columns(series.keys().map(|(_, party)| *party));
    own.extend(series.into_iter().flat_map(|((_, party), one)| one.notes(names.of(party))));
    Sheet {
        name: "daily",
        title: match by {
            None => format!("Alleged breaches by {per}"),
            Some(by) => format!("Alleged breaches by {per} and {by}"),
        },
        columns,
        rows,
        notes: notes::under(input, COUNTS, own, made_from),
        offices: input.offices.clone(),
        side_by_side: false,
    }
}

const COUNTS: &str = "a row is a period in which a registered party accuses somebody by name; a period without one is \
    not listed, and is not a zero. Accusations are counted as statements; breaches and explosions are the claimant's \
    own numbers, added as in `report parties`. The change is against the period just before, where both are exact; \
    the running total is of the periods listed since the day the last dated truce took effect";

const PLACES: &str = "an accusation that names several places stands in the row of each of them, so that rows of one period \
    are not to be added";

/// Where an accusation is laid, in the order of rows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Ground {
    /// A place.
    Place {
        /// What sorts it.
        key: String,
        /// Its name.
        name: String,
    },
    /// Nowhere told, or rows are not told apart by place.
    Untold,
}

impl Ground {
    /// No ground comes before it.
    pub(super) const FIRST: Self = Self::Place { key: String::new(), name: String::new() };

    fn name(&self) -> Option<&str> {
        match self {
            Self::Place { name, .. } => Some(name),
            Self::Untold => None,
        }
    }
}

/// How accusations are laid to grounds.
struct Grounds<'a> {
    by: Option<By>,
    input: &'a Input,
}

impl Grounds<'_> {
    fn of(&self, fact: &Fact) -> BTreeSet<Ground> {
        let named = |place: &PlaceName| {
            let name = place.place.and_then(|id| self.name(id)).unwrap_or_else(|| place.name.clone());
            Ground::Place { key: key(&name), name }
        };
        let mut grounds: BTreeSet<Ground> = fact.places.iter().filter(|_| self.by.is_some()).map(named).collect();
        if grounds.is_empty() {
            grounds.insert(Ground::Untold);
        }
        grounds
    }

    /// The registered name of a place, or of the outermost one that holds it.
    fn name(&self, mut place: Id) -> Option<String> {
        let parents = &self.input.registers.parent;
        if self.by == Some(By::Region) {
            // A register that goes in circles ends the search.
            for _ in 0..parents.len() {
                let Some(parent) = parents.get(&place) else { break };
                place = *parent;
            }
        }
        self.input.places.get(&place).cloned()
    }
}

/// A row: the first day of its period, and its ground.
pub(super) type At = (NaiveDate, Ground);

/// Accusations laid to claimants and periods; and those that cannot be.
#[derive(Debug, Default)]
struct Laying<'a> {
    series: BTreeMap<(String, Id), BTreeMap<At, Vec<&'a Statement<'a>>>>,
    several: Vec<Id>,
    nobody: Vec<Id>,
}

impl<'a> Laying<'a> {
    fn of(statements: &'a [Statement<'a>], per: Per, grounds: &Grounds<'_>, names: &Names<'_>) -> Self {
        let zone = grounds.input.office.zone;
        let mut laying = Self::default();
        let mut series: HashMap<Id, BTreeMap<At, Vec<&'a Statement<'a>>>> = HashMap::new();
        for statement in statements.iter().filter(|s| Laid::of(s.fact()) == Some(Laid::Accused)) {
            let fact = statement.fact();
            match (fact.claimant, per.of(fact.when.as_ref(), zone)) {
                (Claimant::Party(party), Some(start)) => {
                    let one = series.entry(party).or_default();
                    for ground in grounds.of(fact) {
                        one.entry((start, ground)).or_default().push(statement);
                    }
                }
                (Claimant::Party(_), None) => laying.several.push(fact.id),
                (Claimant::Narration | Claimant::Unknown, _) => laying.nobody.push(fact.id),
            }
        }
        laying.series = series.into_iter().map(|(party, one)| ((key(&names.of(party)), party), one)).collect();
        laying
    }
}

/// What a claimant tells of a period, with the claims behind it where they are at hand.
#[derive(Debug, Default)]
pub(super) struct OfPeriod {
    pub(super) statements: (u64, Vec<Id>),
    pub(super) breaches: Option<(Range, Vec<Id>)>,
    pub(super) explosions: Option<(Range, Vec<Id>)>,
}

/// One claimant's accusations by period.
#[derive(Debug, Default)]
pub(super) struct Series {
    pub(super) periods: BTreeMap<At, OfPeriod>,
    /// What was left out of its numbers, by number and reason.
    pub(super) left_out: BTreeMap<(Kind, Why), Listed>,
}

impl Series {
    fn of(periods: BTreeMap<At, Vec<&Statement<'_>>>, input: &Input, names: &Names<'_>) -> Self {
        let mut left_out: BTreeMap<(Kind, Why), Vec<Id>> = BTreeMap::new();
        let mut of_period = |statements: Vec<&Statement<'_>>| {
            let claims: Vec<&Counted> =
                statements.iter().flat_map(|statement| statement.claims.iter().copied()).collect();
            let [breaches, explosions] = [Kind::Breaches, Kind::Explosions].map(|kind| {
                let alleged = Alleged::of(kind, kind.as_str(), &claims, input, names);
                for (why, claims) in alleged.left_out() {
                    left_out.entry((kind, why)).or_default().extend(claims);
                }
                alleged.amount()
            });
            let statements: Vec<Id> = statements.iter().map(|statement| statement.fact().id).collect();
            OfPeriod { statements: (statements.len() as u64, statements), breaches, explosions }
        };
        let periods = periods.into_iter().map(|(at, statements)| (at, of_period(statements))).collect();
        let listed = |mut claims: Vec<Id>| {
            claims.sort_unstable();
            claims.dedup();
            claims.into_iter().collect()
        };
        Self { periods, left_out: left_out.into_iter().map(|(key, claims)| (key, listed(claims))).collect() }
    }

    fn notes(self, name: String) -> impl Iterator<Item = Note> {
        self.left_out.into_iter().map(move |((kind, why), listed)| {
            Note::listing("left_out", format!("{name}, {kind}: {}", why.words()), listed)
        })
    }
}

struct Table<'a> {
    input: &'a Input,
    names: &'a Names<'a>,
    per: Per,
    by: Option<By>,
    terms: Vec<Term>,
}

impl Table<'_> {
    fn columns(&self, parties: impl Iterator<Item = Id>) -> Vec<Column> {
        let mut columns = vec![Column::words("period", self.per.as_str())];
        columns.extend(self.by.map(|by| Column::words(by.as_str(), by.as_str())));
        for party in parties {
            let name = self.names.of(party);
            let number = self.input.offices.number(NumberKind::Party, party).to_string().to_lowercase();
            let key = |what: &str| format!("{}_{what}", number.replace('/', "_"));
            let title = |what: &str| format!("{name}: {what}");
            columns.extend(
                [
                    Column::count(key("accusations"), title("accusations")),
                    Column::bar(key("bar"), title("accusations drawn")),
                    Column::amount(key("breaches"), title("breaches")),
                    Column::amount(key("explosions"), title("of which explosions")),
                    Column::count(key("change"), title("change")),
                    Column::amount(key("since_truce"), title("since the truce")),
                ]
                .map(|column| column.of(name.clone())),
            );
        }
        columns
    }

    fn rows(&self, series: &BTreeMap<(String, Id), Series>) -> Vec<Vec<Cell>> {
        let starts: BTreeSet<&At> = series.values().flat_map(|one| one.periods.keys()).collect();
        let most = series.values().flat_map(|one| one.periods.values().map(|of| of.statements.0)).max().unwrap_or(0);
        let begun = self.begun();
        let mut followed: Vec<Followed<'_>> = series.values().map(Followed::new).collect();
        let mut rows = Vec::with_capacity(starts.len());
        for at in starts {
            let (start, ground) = at;
            let end = start.checked_add_days(Days::new(self.per.days())).unwrap_or(*start);
            let since = begun.iter().rev().find(|day| **day < end).map(|day| self.per.start(*day));
            let before = start.checked_sub_days(Days::new(self.per.days()));
            let mut row = Vec::with_capacity(2 + followed.len() * 6);
            row.push(Cell::Time(self.per.printed(*start)));
            row.extend(self.by.map(|_| Cell::text(ground.name())));
            for one in &mut followed {
                row.extend(one.cells(at, before, since, most));
            }
            rows.push(row);
        }
        rows
    }

    /// The days on which truces took effect, ascending.
    fn begun(&self) -> Vec<NaiveDate> {
        let day = |utc: i64| self.input.office.zone.local(utc).map(|local| local.date());
        let mut begun: Vec<NaiveDate> = self.terms.iter().filter_map(|term| term.begins_at().and_then(day)).collect();
        begun.sort_unstable();
        begun
    }
}

#[cfg(test)]
#[path = "daily_tests.rs"]
mod tests;
