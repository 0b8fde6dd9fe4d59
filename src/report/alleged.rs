//! What accusers allege in numbers against a party: violations, dead, wounded.

use crate::ledger::Counted;
use crate::model::{Extent, Id, Range, Span, Unit};
use crate::reconcile::{Fact, Toll};
use crate::report::input::{Input, Names};
use crate::report::sheet::{Cell, Note};
use crate::report::sums::{Entry, Over, Total, Why, total, window};
use crate::report::times;

/// What is added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Figures in violations.
    Breaches,
    /// Figures in explosions.
    Explosions,
    /// Dead of others than the accused.
    Killed,
    /// Wounded of others than the accused.
    Wounded,
}

/// The kinds with their keys and titles.
pub const KINDS: [(Kind, &str, &str); 3] = [
    (Kind::Breaches, "breaches_alleged", "breaches alleged"),
    (Kind::Killed, "killed_alleged", "killed, as alleged"),
    (Kind::Wounded, "wounded_alleged", "wounded, as alleged"),
];

/// Why a claim adds nothing to a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// It was not to be added.
    Of(Why),
    /// It counts something else.
    OtherUnits,
}

impl LeftOut {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Of(why) => why.words(),
            Self::OtherUnits => "counted in other units than violations",
        }
    }
}

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
        let entries = claims.iter().flat_map(|counted| match kind {
            Kind::Breaches => figures(counted, Unit::Violation, input),
            Kind::Explosions => figures(counted, Unit::Explosion, input),
            Kind::Killed => lost(counted, names, |toll| toll.killed),
            Kind::Wounded => lost(counted, names, |toll| toll.wounded),
        });
        let total = total(entries, &input.registers);
        let other = |counted: &&&Counted| counted.fact.figures.iter().any(|figure| figure.unit != Unit::Violation);
        let mut other_units: Vec<Id> = if kind == Kind::Breaches {
            claims.iter().filter(other).map(|counted| counted.fact.id).collect()
        } else {
            Vec::new()
        };
        other_units.sort_unstable();
        Self { title, total, other_units }
    }

    /// The sum with the claims behind it.
    pub fn cell(&self) -> Cell {
        self.total.amount.map_or(Cell::Unknown, |amount| Cell::Amount(amount, self.total.claims.clone()))
    }

    /// What was left out, and why.
    pub fn notes(&self, of: &str) -> Vec<Note> {
        let note = |(why, claims): (LeftOut, &[Id])| {
            Note::about("left_out", format!("{of}, {}: {}", self.title, why.words()), claims.to_vec())
        };
        self.left_out().map(note).collect()
    }

    /// The claims left out, by reason.
    pub fn left_out(&self) -> impl Iterator<Item = (LeftOut, &[Id])> {
        let total = self.total.left_out.iter().map(|(why, claims)| (LeftOut::Of(*why), claims.as_slice()));
        let others = Some((LeftOut::OtherUnits, self.other_units.as_slice()));
        total.chain(others.filter(|(_, claims)| !claims.is_empty()))
    }

    /// What it is called in notes.
    pub const fn title(&self) -> &'static str {
        self.title
    }
}

fn figures<'a>(counted: &'a Counted, unit: Unit, input: &Input) -> Vec<Entry<'a>> {
    let fact = &counted.fact;
    let named = |edtf| Some(times::resolved(edtf, input.office.zone, Extent::Throughout));
    fact.figures
        .iter()
        .filter(|figure| figure.unit == unit)
        .map(|figure| {
            let over = match figure.span {
                Span::Event => Over::Event,
                Span::Window(edtf) => window(fact, named(edtf)),
                Span::Since(_) => Over::Apart(Why::Running),
                Span::PartOf(_, whole) if whole == unit => Over::Apart(Why::Part),
                // "212, of them 84 explosions": what is a part of the breaches is all of the explosions.
                Span::PartOf(..) => window(fact, None),
            };
            entry(counted, figure.amount, over)
        })
        .collect()
}

/// A number of a claim, to be added.
pub fn entry(counted: &Counted, amount: Range, over: Over) -> Entry<'_> {
    Entry { fact: &counted.fact, statement: counted.statement, incident: counted.incident, amount, over }
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
fn lost<'a>(counted: &'a Counted, names: &Names<'_>, count: Lost) -> Vec<Entry<'a>> {
    let fact = &counted.fact;
    if fact.tolls.is_empty() {
        return Vec::new();
    }
    let of = |reach: Reach| Some(entry(counted, others_losses(fact, reach, names, count)?, reach.over(fact)));
    Reach::ALL.into_iter().filter_map(of).collect()
}

/// The losses of all sides but the accused and its own.
fn others_losses(fact: &Fact, reach: Reach, names: &Names<'_>, count: Lost) -> Option<Range> {
    let own = |side: Option<Id>| side.zip(fact.accused).is_some_and(|(side, accused)| names.allied(side, accused));
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
