//! What accusers allege in numbers against a party: violations, dead, wounded.

use crate::ledger::Counted;
use crate::model::{Id, Range};
use crate::report::input::{Input, Names};
use crate::report::sheet::{Cell, Note};
use crate::report::sums::{Entry, Total, total};
use crate::tally::numbers::{Kind, Over, Why, in_other_units, numbers};

/// The kinds with their keys and titles.
pub const KINDS: [(Kind, &str, &str); 3] = [
    (Kind::Breaches, "breaches_alleged", "breaches alleged"),
    (Kind::Killed, "killed_alleged", "killed, as alleged"),
    (Kind::Wounded, "wounded_alleged", "wounded, as alleged"),
];

/// What claims allege in one kind of number.
#[derive(Debug)]
pub struct Alleged {
    title: &'static str,
    total: Total,
    other_units: Vec<Id>,
}

impl Alleged {
    /// Adds up what accusing claims say.
    pub fn of(kind: Kind, title: &'static str, claims: &[&Counted], input: &Input, names: &Names<'_>) -> Self {
        Self::adding(kind, title, claims, (input, names), |_| true)
    }

    /// The same, as if no claim gave a number over a window.
    pub fn of_events(kind: Kind, title: &'static str, claims: &[&Counted], input: &Input, names: &Names<'_>) -> Self {
        let is_window =
            |over: &Over| matches!(over, Over::Window(moment) if moment.lo.is_some() && moment.hi.is_some());
        Self::adding(kind, title, claims, (input, names), |over| !is_window(over))
    }

    fn adding(
        kind: Kind,
        title: &'static str,
        claims: &[&Counted],
        (input, names): (&Input, &Names<'_>),
        adds: impl Fn(&Over) -> bool,
    ) -> Self {
        let allied = |a, b| names.allied(a, b);
        let entries = claims.iter().flat_map(|counted| {
            let numbers = numbers(kind, &counted.fact, input.office.zone, &allied);
            numbers
                .into_iter()
                .filter(|(_, over)| adds(over))
                .map(|(amount, over)| entry(counted, amount, over))
                .collect::<Vec<_>>()
        });
        let total = total(entries, &input.registers);
        let mut other_units: Vec<Id> = if kind == Kind::Breaches {
            let other = claims.iter().filter(|counted| in_other_units(&counted.fact));
            other.map(|counted| counted.fact.id).collect()
        } else {
            Vec::new()
        };
        other_units.sort_unstable();
        Self { title, total, other_units }
    }

    /// The sum with the claims behind it.
    pub fn cell(&self) -> Cell {
        self.amount().map_or(Cell::Unknown, |(amount, claims)| Cell::Amount(amount, claims))
    }

    /// The same; nothing where it is unknown.
    pub fn amount(&self) -> Option<(Range, Vec<Id>)> {
        self.total.amount.map(|amount| (amount, self.total.claims.clone()))
    }

    /// What was left out, and why.
    pub fn notes(&self, of: &str) -> Vec<Note> {
        let note = |(why, claims): (Why, &[Id])| {
            Note::about("left_out", format!("{of}, {}: {}", self.title, why.words()), claims.to_vec())
        };
        self.left_out().map(note).collect()
    }

    /// The claims left out, by reason.
    pub fn left_out(&self) -> impl Iterator<Item = (Why, &[Id])> {
        let total = self.total.left_out.iter().map(|(why, claims)| (*why, claims.as_slice()));
        let others = Some((Why::OtherUnits, self.other_units.as_slice()));
        total.chain(others.filter(|(_, claims)| !claims.is_empty()))
    }
}

/// A number of a claim, to be added.
pub fn entry(counted: &Counted, amount: Range, over: Over) -> Entry<'_> {
    Entry { fact: &counted.fact, statement: counted.statement, incident: counted.incident, amount, over }
}
