//! `report daily`: what each accuser alleges day by day or week by week, the sides next to each other.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};

use crate::ledger::Counted;
use crate::model::edtf::Point;
use crate::model::text::key;
use crate::model::vocabulary::vocabulary;
use crate::model::{Edtf, Id, NumberKind, Range, Zone};
use crate::reconcile::{Claimant, Moment};
use crate::report::alleged::{Alleged, Kind};
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

/// Makes the report: a row for each period in which somebody accuses somebody by name.
pub fn sheet(input: &Input, per: Per) -> Sheet {
    let names = Names::new(&input.parties);
    let passing = input.passing();
    let statements = Input::statements(&passing);
    let Laying { mut series, several, nobody } = Laying::of(&statements, input.office.zone, per, &names);
    let mut notes = vec![notes::filters(input), Note::new("counts", COUNTS)];
    for (text, claims) in [
        (format!("{} accusations that lie in no one {per}, or are undated", several.len()), several),
        (format!("{} accusations by nobody registered", nobody.len()), nobody),
    ] {
        if !claims.is_empty() {
            notes.push(Note::about("left_out", text, claims));
        }
    }
    let table = Table { input, names: &names, per, terms: firsts::terms(input).0 };
    let rows = table.rows(&mut series, &mut notes);
    notes.extend(notes::made_from(input, &passing));
    Sheet {
        name: "daily",
        title: format!("Alleged breaches by {per}"),
        columns: table.columns(series.keys().map(|(_, party)| *party)),
        rows,
        notes,
        offices: input.offices.clone(),
        side_by_side: false,
    }
}

const COUNTS: &str = "a row is a period in which a registered party accuses somebody by name; a period without one is \
    not listed, and is not a zero. Accusations are counted as statements; breaches and explosions are the claimant's \
    own numbers, added as in `report parties`. The change is against the period just before, where both are exact; \
    the running total is of the periods listed since the day the last dated truce took effect";

/// Accusations laid to claimants and periods; and those that cannot be.
#[derive(Debug, Default)]
struct Laying<'a> {
    series: BTreeMap<(String, Id), Series<'a>>,
    several: Vec<Id>,
    nobody: Vec<Id>,
}

impl<'a> Laying<'a> {
    fn of(statements: &'a [Statement<'a>], zone: Zone, per: Per, names: &Names<'_>) -> Self {
        let mut laying = Self::default();
        for statement in statements.iter().filter(|s| Laid::of(s.fact()) == Some(Laid::Accused)) {
            let fact = statement.fact();
            match (fact.claimant, per.of(fact.when.as_ref(), zone)) {
                (Claimant::Party(party), Some(start)) => {
                    let one = laying.series.entry((key(&names.of(party)), party)).or_default();
                    one.periods.entry(start).or_default().push(statement);
                }
                (Claimant::Party(_), None) => laying.several.push(fact.id),
                (Claimant::Narration | Claimant::Unknown, _) => laying.nobody.push(fact.id),
            }
        }
        laying
    }
}

/// One claimant's accusations by period.
#[derive(Debug, Default)]
struct Series<'a> {
    periods: BTreeMap<NaiveDate, Vec<&'a Statement<'a>>>,
    breaches: BTreeMap<NaiveDate, (Range, Vec<Id>)>,
}

struct Table<'a> {
    input: &'a Input,
    names: &'a Names<'a>,
    per: Per,
    terms: Vec<Term>,
}

impl Table<'_> {
    fn columns(&self, parties: impl Iterator<Item = Id>) -> Vec<Column> {
        let mut columns = vec![Column::words("period", self.per.as_str())];
        for party in parties {
            let name = self.names.of(party);
            let number = self.input.offices.number(NumberKind::Party, party).to_string().to_lowercase();
            let key = |what: &str| format!("{}_{what}", number.replace('/', "_"));
            let title = |what: &str| format!("{name}: {what}");
            columns.extend(
                [
                    Column::count(key("accusations"), title("accusations")),
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
        let starts: BTreeSet<NaiveDate> = series.values().flat_map(|one| one.periods.keys().copied()).collect();
        let mut rows = Vec::new();
        for start in starts {
            let mut row = vec![Cell::Time(self.per.printed(start))];
            for ((_, party), one) in &mut *series {
                let of = format!("{} {}", self.per.printed(start), self.names.of(*party));
                row.extend(self.cells(start, one, &of, notes));
            }
            rows.push(row);
        }
        rows
    }

    fn cells(&self, start: NaiveDate, series: &mut Series<'_>, of: &str, notes: &mut Vec<Note>) -> Vec<Cell> {
        let statements = series.periods.get(&start).map(Vec::as_slice).unwrap_or_default();
        let claims: Vec<&Counted> = statements.iter().flat_map(|statement| statement.claims.iter().copied()).collect();
        let breaches = Alleged::of(Kind::Breaches, "breaches", &claims, self.input, self.names);
        let explosions = Alleged::of(Kind::Explosions, "explosions", &claims, self.input, self.names);
        notes.extend(breaches.notes(of));
        notes.extend(explosions.notes(of));
        let accusations = Cell::count(statements.iter().map(|statement| statement.fact().id).collect());
        if let Cell::Amount(amount, claims) = breaches.cell() {
            series.breaches.insert(start, (amount, claims));
        }
        vec![accusations, breaches.cell(), explosions.cell(), self.change(start, series), self.running(start, series)]
    }

    fn change(&self, start: NaiveDate, series: &Series<'_>) -> Cell {
        let before = start.checked_sub_days(Days::new(self.per.days()));
        let exact = |day: NaiveDate| series.breaches.get(&day).and_then(|(amount, _)| exactly(*amount));
        match (before.and_then(exact), exact(start)) {
            (Some(before), Some(now)) => Cell::Change(now.saturating_sub(before)),
            _ => Cell::Unknown,
        }
    }

    /// What was alleged since the day the last truce took effect that began by the end of the period.
    fn running(&self, start: NaiveDate, series: &Series<'_>) -> Cell {
        let day = |utc: i64| self.input.office.zone.local(utc).map(|local| local.date());
        let end = start.checked_add_days(Days::new(self.per.days())).unwrap_or(start);
        let begun = self.terms.iter().filter_map(|term| term.begins_at().and_then(day));
        let Some(since) = begun.filter(|day| *day < end).max() else { return Cell::Unknown };
        let counted = series.breaches.range(self.per.start(since)..=start).map(|(_, counted)| counted);
        let amount = counted.clone().map(|(amount, _)| *amount).reduce(|a, b| a.plus(b).unwrap_or(a));
        let mut claims: Vec<Id> = counted.flat_map(|(_, claims)| claims.iter().copied()).collect();
        claims.sort_unstable();
        amount.map_or(Cell::Unknown, |amount| Cell::Amount(amount, claims))
    }
}

/// A number without bounds or hedge.
fn exactly(amount: Range) -> Option<i64> {
    let n = amount.min.filter(|n| *n == amount.max.unwrap_or(u64::MAX) && amount == Range::exactly(*n))?;
    i64::try_from(n).ok()
}

#[cfg(test)]
#[path = "daily_tests.rs"]
mod tests;
