//! `report daily`: what each accuser alleges day by day or week by week, the sides next to each other.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, Days, NaiveDate};

use crate::ledger::Counted;
use crate::model::edtf::Point;
use crate::model::text::key;
use crate::model::vocabulary::vocabulary;
use crate::model::{Edtf, Id, NumberKind, Range, Zone};
use crate::reconcile::{Claimant, Fact, Moment, PlaceName};
use crate::report::alleged::{Alleged, Kind, LeftOut};
use crate::report::arithmetic::exactly;
use crate::report::firsts::{self, Term};
use crate::report::input::{Input, Names, Statement};
use crate::report::laid::Laid;
use crate::report::notes;
use crate::report::sheet::{Cell, Column, Note, Sheet};

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
    let Laying { mut series, several, nobody } = Laying::of(&statements, per, &Grounds { by, input }, &names);
    let undated = notes::left_out("accusation", &format!("in no one {per}, or undated"), several);
    let unnamed = notes::left_out("accusation", "by nobody registered", nobody);
    let mut own: Vec<Note> = undated.into_iter().chain(unnamed).collect();
    own.extend(by.map(|_| Note::new("places", PLACES)));
    let table = Table { input, names: &names, per, by, terms: firsts::terms(input).0 };
    let rows = table.rows(&mut series, &mut own);
    Sheet {
        name: "daily",
        title: match by {
            None => format!("Alleged breaches by {per}"),
            Some(by) => format!("Alleged breaches by {per} and {by}"),
        },
        columns: table.columns(series.keys().map(|(_, party)| *party)),
        rows,
        notes: notes::under(input, COUNTS, own, &passing),
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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Ground {
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

/// Accusations laid to claimants and periods; and those that cannot be.
#[derive(Debug, Default)]
struct Laying<'a> {
    series: BTreeMap<(String, Id), Series<'a>>,
    several: Vec<Id>,
    nobody: Vec<Id>,
}

impl<'a> Laying<'a> {
    fn of(statements: &'a [Statement<'a>], per: Per, grounds: &Grounds<'_>, names: &Names<'_>) -> Self {
        let zone = grounds.input.office.zone;
        let mut laying = Self::default();
        let mut series: HashMap<Id, Series<'a>> = HashMap::new();
        for statement in statements.iter().filter(|s| Laid::of(s.fact()) == Some(Laid::Accused)) {
            let fact = statement.fact();
            match (fact.claimant, per.of(fact.when.as_ref(), zone)) {
                (Claimant::Party(party), Some(start)) => {
                    let one = series.entry(party).or_default();
                    for ground in grounds.of(fact) {
                        one.periods.entry((ground, start)).or_default().push(statement);
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

/// One claimant's accusations by period.
#[derive(Debug, Default)]
struct Series<'a> {
    periods: BTreeMap<(Ground, NaiveDate), Vec<&'a Statement<'a>>>,
    breaches: BTreeMap<(Ground, NaiveDate), (Range, Vec<Id>)>,
    /// What was left out of its numbers, by number and reason.
    left_out: BTreeMap<(&'static str, LeftOut), Vec<Id>>,
}

impl Series<'_> {
    fn leave_out(&mut self, alleged: &Alleged) {
        for (why, claims) in alleged.left_out() {
            self.left_out.entry((alleged.title(), why)).or_default().extend(claims);
        }
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

    fn rows(&self, series: &mut BTreeMap<(String, Id), Series<'_>>, notes: &mut Vec<Note>) -> Vec<Vec<Cell>> {
        let keys = series.values().flat_map(|one| one.periods.keys());
        let starts: BTreeSet<(NaiveDate, Ground)> = keys.map(|(ground, start)| (*start, ground.clone())).collect();
        let most = series.values().flat_map(|one| one.periods.values().map(Vec::len)).max().unwrap_or(0);
        let mut rows = Vec::new();
        for (start, ground) in starts {
            let mut row = vec![Cell::Time(self.per.printed(start))];
            row.extend(self.by.map(|_| Cell::text(ground.name())));
            let at = (ground, start);
            for one in series.values_mut() {
                row.extend(self.cells(&at, one, most));
            }
            rows.push(row);
        }
        for ((_, party), one) in series {
            let name = self.names.of(*party);
            let note = |((what, why), mut claims): ((&str, LeftOut), Vec<Id>)| {
                claims.sort_unstable();
                claims.dedup();
                Note::about("left_out", format!("{name}, {what}: {}", why.words()), claims)
            };
            notes.extend(std::mem::take(&mut one.left_out).into_iter().map(note));
        }
        rows
    }

    fn cells(&self, at: &(Ground, NaiveDate), series: &mut Series<'_>, most: usize) -> Vec<Cell> {
        let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let statements = series.periods.get(at).map(Vec::as_slice).unwrap_or_default();
        let claims: Vec<&Counted> = statements.iter().flat_map(|statement| statement.claims.iter().copied()).collect();
        let breaches = Alleged::of(Kind::Breaches, "breaches", &claims, self.input, self.names);
        let explosions = Alleged::of(Kind::Explosions, "explosions", &claims, self.input, self.names);
        let accusations = Cell::count(statements.iter().map(|statement| statement.fact().id).collect());
        let drawn = Cell::Bar(count(statements.len()), count(most));
        series.leave_out(&breaches);
        series.leave_out(&explosions);
        if let Cell::Amount(amount, claims) = breaches.cell() {
            series.breaches.insert(at.clone(), (amount, claims));
        }
        vec![accusations, drawn, breaches.cell(), explosions.cell(), self.change(at, series), self.running(at, series)]
    }

    fn change(&self, (ground, start): &(Ground, NaiveDate), series: &Series<'_>) -> Cell {
        let before = start.checked_sub_days(Days::new(self.per.days()));
        let told = |day: NaiveDate| series.breaches.get(&(ground.clone(), day));
        let exact = |day: NaiveDate| told(day).and_then(|(amount, _)| exactly(*amount));
        match (before.and_then(exact), exact(*start)) {
            (Some(before), Some(now)) => Cell::Change(now.saturating_sub(before)),
            _ => Cell::Unknown,
        }
    }

    /// What was alleged since the day the last truce took effect that began by the end of the period.
    fn running(&self, (ground, start): &(Ground, NaiveDate), series: &Series<'_>) -> Cell {
        let day = |utc: i64| self.input.office.zone.local(utc).map(|local| local.date());
        let end = start.checked_add_days(Days::new(self.per.days())).unwrap_or(*start);
        let begun = self.terms.iter().filter_map(|term| term.begins_at().and_then(day));
        let Some(since) = begun.filter(|day| *day < end).max() else { return Cell::Unknown };
        let counted = series
            .breaches
            .range((ground.clone(), self.per.start(since))..=(ground.clone(), *start))
            .map(|(_, counted)| counted);
        let amount = counted.clone().map(|(amount, _)| *amount).reduce(|a, b| a.plus(b).unwrap_or(a));
        let mut claims: Vec<Id> = counted.flat_map(|(_, claims)| claims.iter().copied()).collect();
        claims.sort_unstable();
        amount.map_or(Cell::Unknown, |amount| Cell::Amount(amount, claims))
    }
}

#[cfg(test)]
#[path = "daily_tests.rs"]
mod tests;
