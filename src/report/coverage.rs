//! `report coverage`: of which days each claimant said something, reported nothing, kept silent, or was not heard.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use crate::ledger::{Counted, Spoken};
use crate::model::edtf::Point;
use crate::model::text::key;
use crate::model::{ActBase, Edtf, Id, NumberKind, PartyKind, Stance, Unit};
use crate::reconcile::{Claimant, Fact};
use crate::report::input::{Input, Names};
use crate::report::notes;
use crate::report::sheet::{Cell, Column, Sheet};

const COUNTS: &str = "a row is a day that a claim is about, by its own date, else the day it was made; days of which nobody \
    says anything stand together in one row. Nothing collected: this ledger holds no claim of that claimant about the \
    day; it may have spoken all the same. Reported zero: it counted, and found none. Could not observe: a monitor \
    tells of obstruction and of nothing else. In a total: the day lies in a longer window it counted over";

/// Windows longer than this say nothing of their single days.
const LONGEST: u64 = 31;

/// Makes the report: a row a day, a column a claimant, alphabetical. `spoken` tells when claims were made.
pub fn sheet(input: &Input, spoken: &Spoken) -> Sheet {
    let names = Names::new(&input.parties);
    let passing = input.passing();
    let mut heard: BTreeMap<NaiveDate, BTreeMap<Id, Vec<Said>>> = BTreeMap::new();
    let mut claimants: BTreeSet<Id> = BTreeSet::new();
    let (mut untimed, mut nobody) = (Vec::new(), Vec::new());
    for counted in &passing {
        let Claimant::Party(party) = counted.fact.claimant else {
            nobody.push(counted.fact.id);
            continue;
        };
        claimants.insert(party);
        let Some(days) = days(counted, spoken, input) else {
            untimed.push(counted.fact.id);
            continue;
        };
        let what = What::of(&counted.fact, days.len() > 1, input);
        for day in days {
            heard.entry(day).or_default().entry(party).or_default().push((what, counted.fact.id));
        }
    }
    let own = [
        notes::left_out("claim", "about no one day or window of up to a month", untimed),
        notes::left_out("claim", "by nobody registered", nobody),
    ];
    let mut parties: Vec<Id> = claimants.into_iter().collect();
    parties.sort_by_cached_key(|party| (key(&names.of(*party)), *party));
    Sheet {
        name: "coverage",
        title: "Of which days this ledger has heard".to_owned(),
        columns: columns(&parties, &names, input),
        rows: rows(&heard, &parties),
        notes: notes::under(input, COUNTS, own.into_iter().flatten().collect(), notes::made_from(input, &passing)),
        offices: input.offices.clone(),
        side_by_side: false,
    }
}

/// What a claim says of a day, with the claim.
type Said = (What, Id);

fn columns(parties: &[Id], names: &Names<'_>, input: &Input) -> Vec<Column> {
    let mut columns = vec![Column::words("day", "day")];
    for party in parties {
        let number = input.offices.number(NumberKind::Party, *party).to_string().to_lowercase().replace('/', "_");
        columns.push(Column::words(number.clone(), names.of(*party)));
        columns.push(Column::count(format!("{number}_claims"), format!("{}: claims", names.of(*party))).aside());
    }
    columns
}

fn rows(heard: &BTreeMap<NaiveDate, BTreeMap<Id, Vec<Said>>>, parties: &[Id]) -> Vec<Vec<Cell>> {
    let nobody = BTreeMap::new();
    let mut rows = Vec::new();
    let mut expected: Option<NaiveDate> = None;
    for (day, said) in heard {
        if let Some(from) = expected.filter(|from| from < day) {
            rows.push(row(from, day.pred_opt().unwrap_or(from), &nobody, parties));
        }
        rows.push(row(*day, *day, said, parties));
        expected = day.succ_opt();
    }
    rows
}

fn row(from: NaiveDate, to: NaiveDate, said: &BTreeMap<Id, Vec<Said>>, parties: &[Id]) -> Vec<Cell> {
    let mut row = vec![Cell::Time(Edtf::between(Point::day(from), Point::day(to)).to_string())];
    for party in parties {
        let claims = said.get(party).map(Vec::as_slice).unwrap_or_default();
        let words: BTreeSet<What> = claims.iter().map(|(what, _)| *what).collect();
        row.push(standing(&words));
        row.push(Cell::count(claims.iter().map(|(_, claim)| *claim).collect()));
    }
    row
}

/// What claims say of a day, the telling before the silent; that a monitor could not observe stands only where nothing
/// else does.
fn standing(words: &BTreeSet<What>) -> Cell {
    let told = |what: &&What| **what != What::CouldNotObserve || words.len() == 1;
    if words.is_empty() {
        Cell::Word("nothing collected")
    } else {
        Cell::Words(words.iter().filter(told).map(|what| what.words()).collect())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Something,
    Zero,
    InATotal,
    NoComment,
    CouldNotObserve,
}

impl What {
    fn of(fact: &Fact, several_days: bool, input: &Input) -> Self {
        let monitor = |id: Id| input.registers.kind.get(&id) == Some(&PartyKind::Monitor);
        let by_monitor = matches!(fact.claimant, Claimant::Party(id) if monitor(id));
        let counted = |unit: Unit| !matches!(unit, Unit::Person | Unit::Building | Unit::Vehicle);
        let mut counts = fact.figures.iter().filter(|figure| counted(figure.unit)).peekable();
        let zero = counts.peek().is_some() && counts.all(|figure| figure.amount.is_zero());
        match fact.stance {
            Stance::NoComment => Self::NoComment,
            Stance::Observes if by_monitor && fact.act.base == ActBase::Obstruction => Self::CouldNotObserve,
            Stance::Alleges | Stance::Observes if zero => Self::Zero,
            _ if several_days => Self::InATotal,
            _ => Self::Something,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Something => "said something",
            Self::Zero => "reported zero",
            Self::InATotal => "in a total",
            Self::NoComment => "did not comment",
            Self::CouldNotObserve => "could not observe",
        }
    }
}

/// The days a claim is about: all of its window, or the one day that holds its time, else the one on which it was made.
fn days(counted: &Counted, spoken: &Spoken, input: &Input) -> Option<Vec<NaiveDate>> {
    let fact = &counted.fact;
    let bounds = match fact.when {
        Some(when) => (when.lo, when.hi),
        None => spoken.of(fact.id)?,
    };
    let day = |utc: i64| input.office.zone.local(utc).map(|local| local.date());
    let (first, last) = (day(bounds.0?)?, day(bounds.1?.checked_sub(1)?)?);
    let more = u64::try_from(last.signed_duration_since(first).num_days()).ok()?;
    let window = fact.when.is_some_and(|when| when.extent == crate::model::Extent::Throughout);
    if more > 0 && (!window || more >= LONGEST) {
        return None;
    }
    (0..=more).map(|n| first.checked_add_days(Days::new(n))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{ARMENIA, AZERBAIJAN, OSCE, Turned, accusation, claim, input};

    fn words(sheet: &Sheet, day: &str, party: &str) -> Cell {
        let at = sheet.columns.iter().position(|column| column.title == party).unwrap();
        sheet.rows.iter().find(|row| row[0] == Cell::Time(day.into())).unwrap()[at].clone()
    }

    #[test]
    fn silence_zero_and_gap_are_four_different_things() {
        let observed = |id, act| claim(id, Claimant::Party(OSCE), Stance::Observes, act);
        let sheet = sheet(
            &input(vec![
                accusation(1, ARMENIA, AZERBAIJAN).when("2020-10-10"),
                observed(2, ActBase::Violation).when("2020-10-10").figure("0 violation"),
                claim(3, Claimant::Party(AZERBAIJAN), Stance::NoComment, ActBase::Shelling).when("2020-10-10"),
                observed(4, ActBase::Obstruction).when("2020-10-11"),
                accusation(5, ARMENIA, AZERBAIJAN)
                    .throughout("2020-10-14/2020-10-16")
                    .figure("9 violation 2020-10-14/2020-10-16"),
                accusation(6, ARMENIA, AZERBAIJAN).when("2020"),
            ]),
            &Spoken::default(),
        );
        assert_eq!(words(&sheet, "2020-10-10", "Armenia"), Cell::Words(vec!["said something"]));
        assert_eq!(words(&sheet, "2020-10-10", "OSCE"), Cell::Words(vec!["reported zero"]));
        assert_eq!(words(&sheet, "2020-10-10", "Azerbaijan"), Cell::Words(vec!["did not comment"]));
        assert_eq!(words(&sheet, "2020-10-11", "OSCE"), Cell::Words(vec!["could not observe"]));
        assert_eq!(words(&sheet, "2020-10-11", "Armenia"), Cell::Word("nothing collected"));
        assert_eq!(words(&sheet, "2020-10-12/2020-10-13", "Armenia"), Cell::Word("nothing collected"));
        assert_eq!(words(&sheet, "2020-10-15", "Armenia"), Cell::Words(vec!["in a total"]));
        assert_eq!(sheet.notes.iter().find(|note| note.key == "left_out").unwrap().claims, [Id(6)]);
    }
}
