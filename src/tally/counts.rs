//! Counts that are kept up: each record can be added and taken away.

use std::collections::BTreeMap;

use crate::model::vocabulary::vocabulary;
use crate::model::{Hedge, Id, Range};
use crate::reconcile::Claimant;
use crate::tally::fate::FATES;
use crate::tally::laid::Laid;
use crate::tally::made::Made;
use crate::tally::numbers::{Kind, Why};
use crate::tally::record::{Day, Of, Once, Record};

/// What a ledger's claims come to, or the parts of it that were asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counts {
    /// What is of no one party.
    pub whole: Whole,
    /// What is of each party.
    pub parties: BTreeMap<Id, OfParty>,
    /// What each claimant tells of each day.
    pub days: BTreeMap<(Day, Id), OfDay>,
}

/// Counts of no one party.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Whole {
    /// Live claims.
    pub claims: u64,
    /// Unreviewed drafts among them.
    pub drafts: u64,
    /// Statements that stand in no row of some report, by reason.
    pub apart: [Listed; Apart::ALL.len()],
}

vocabulary! {
    /// Why a statement stands in no row of some report.
    Apart, "reason" {
        /// The dispatch's own words.
        Narrated = "narrated",
        /// By a claimant no party bears.
        Unknown = "unknown",
        /// An accusation of nobody registered.
        Unnamed = "unnamed",
        /// An accusation by nobody registered.
        Nobody = "nobody",
        /// An accusation in no one day, or undated.
        Undated = "undated",
    }
}

impl Whole {
    /// The statements that stand apart for a reason.
    pub fn apart(&self, why: Apart) -> Listed {
        self.apart.get(why as usize).cloned().unwrap_or_default()
    }
}

/// Counts of a party.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OfParty {
    /// Statements it makes, by what they do.
    pub made: [u64; Made::ALL.len()],
    /// Statements that lay acts to it, by how.
    pub laid: [u64; Laid::ALL.len()],
    /// Accusations of it by accuser.
    pub accusers: BTreeMap<Claimant, Accused>,
    /// What is alleged against it in numbers, by kind.
    pub sums: [Sum; Kind::ALL.len()],
    /// Claims left out of these, and of what it tells of days itself.
    pub left: BTreeMap<(Role, Kind, Why), Listed>,
}

vocabulary! {
    /// What a party is to a number.
    Role, "role" {
        /// It is alleged against it.
        Accused = "accused",
        /// It tells it of a day.
        Claimant = "claimant",
    }
}

/// Accusations of one party by one claimant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Accused {
    /// How many statements.
    pub statements: u64,
    /// How many incidents they are about.
    pub incidents: u64,
    /// What became of them, as [`FATES`].
    pub fates: [u64; FATES.len()],
}

/// What a claimant tells of a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OfDay {
    /// Accusations.
    pub statements: u64,
    /// Breaches.
    pub breaches: Sum,
    /// Explosions.
    pub explosions: Sum,
}

/// Claims that are counted, the first of them listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// How many there are.
    pub count: u64,
    /// The first ones, ascending: at least as many as reports list, while there are.
    pub first: Vec<Id>,
}

/// So many first claims are kept: some may go before others have to be looked for.
const KEPT: usize = 64;
/// So many are needed.
const LISTED: usize = 30;

/// Ranges that are added up, so that each can be taken away again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many ranges of each hedge.
    pub hedged: [u64; Hedge::ALL.len()],
    /// How many without an upper bound.
    pub open: u64,
    /// Lower bounds together.
    pub min: u128,
    /// Upper bounds together.
    pub max: u128,
    /// Numbers over windows, which cannot be added without looking at the others.
    pub windows: u64,
}

/// Whether something comes or goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It is added.
    Comes,
    /// It is taken away.
    Goes,
}

impl Turn {
    const fn of(self, count: &mut u64, by: u64) {
        *count = match self {
            Self::Comes => count.saturating_add(by),
            Self::Goes => count.saturating_sub(by),
        };
    }
}

impl Counts {
    /// Adds a record that is kept with a claim, or takes it away.
    pub fn turn(&mut self, claim: Id, record: &Record, turn: Turn) {
        match record {
            Record::Statement(once) => self.statement(claim, once, turn),
            Record::Number(of, kind, amount) => {
                self.sum(*of, *kind).into_iter().for_each(|sum| sum.turn(*amount, turn));
            }
            Record::Window(of, kind) => {
                self.sum(*of, *kind).into_iter().for_each(|sum| turn.of(&mut sum.windows, 1));
            }
            Record::Left { accused, by, kind, why } => {
                for (party, role) in [(accused, Role::Accused), (by, Role::Claimant)] {
                    let Some(party) = party else { continue };
                    self.parties.entry(*party).or_default().leave(role, *kind, *why, claim, turn);
                }
            }
        }
    }

    fn statement(&mut self, claim: Id, once: &Once, turn: Turn) {
        turn.of(&mut self.whole.claims, once.claims);
        turn.of(&mut self.whole.drafts, once.drafts);
        for why in apart(once) {
            self.whole.apart.get_mut(why as usize).into_iter().for_each(|listed| listed.turn(claim, turn));
        }
        if let Some(party) = once.claimant.party() {
            let made = &mut self.parties.entry(party).or_default().made;
            made.get_mut(once.made as usize).into_iter().for_each(|count| turn.of(count, 1));
        }
        if let Some((accused, laid)) = once.accused.zip(once.laid) {
            let of = self.parties.entry(accused).or_default();
            of.laid.get_mut(laid as usize).into_iter().for_each(|count| turn.of(count, 1));
            if laid == Laid::Accused {
                let accuser = of.accusers.entry(once.claimant).or_default();
                accuser.turn(once, turn);
                if accuser.statements == 0 {
                    of.accusers.remove(&once.claimant);
                }
            }
        }
        if let Some((claimant, day)) = once.claimant.party().zip(once.day) {
            let of_day = self.days.entry((day, claimant)).or_default();
            turn.of(&mut of_day.statements, 1);
        }
    }

    fn sum(&mut self, of: Of, kind: Kind) -> Option<&mut Sum> {
        match of {
            Of::Accused(party) => self.parties.entry(party).or_default().sums.get_mut(kind as usize),
            Of::Day(claimant, day) => {
                let of_day = self.days.entry((day, claimant)).or_default();
                Some(if kind == Kind::Breaches { &mut of_day.breaches } else { &mut of_day.explosions })
            }
        }
    }

    /// Every list.
    pub fn lists(&self) -> impl Iterator<Item = &Listed> {
        self.whole.apart.iter().chain(self.parties.values().flat_map(|of| of.left.values()))
    }

    /// Takes the lists from counts of the same claims.
    pub fn list_as(&mut self, all: &Self) {
        self.whole.apart.clone_from(&all.whole.apart);
        for (party, of) in &mut self.parties {
            of.left = all.parties.get(party).map(|all| all.left.clone()).unwrap_or_default();
        }
    }
}

/// The reasons for which a statement stands apart.
fn apart(once: &Once) -> impl Iterator<Item = Apart> {
    let accuses = once.laid == Some(Laid::Accused);
    let by_party = once.claimant.party().is_some();
    let reasons = [
        (Apart::Narrated, once.claimant == Claimant::Narration),
        (Apart::Unknown, once.claimant == Claimant::Unknown),
        (Apart::Unnamed, accuses && once.accused.is_none()),
        (Apart::Nobody, accuses && !by_party),
        (Apart::Undated, accuses && by_party && once.day.is_none()),
    ];
    reasons.into_iter().filter(|(_, is)| *is).map(|(why, _)| why)
}

impl OfParty {
    fn leave(&mut self, role: Role, kind: Kind, why: Why, claim: Id, turn: Turn) {
        let listed = self.left.entry((role, kind, why)).or_default();
        listed.turn(claim, turn);
        if listed.count == 0 {
            self.left.remove(&(role, kind, why));
        }
    }

    /// Whether nothing is counted.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl OfDay {
    /// Whether nothing is counted.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Accused {
    fn turn(&mut self, once: &Once, turn: Turn) {
        turn.of(&mut self.statements, 1);
        turn.of(&mut self.incidents, once.incidents);
        for (count, (_, _, is)) in self.fates.iter_mut().zip(FATES) {
            turn.of(count, u64::from(is(&once.fate)));
        }
    }

    /// How many of them something became of.
    pub fn of(&self, key: &str) -> u64 {
        let of = self.fates.iter().zip(FATES).find(|(_, (name, ..))| *name == key);
        of.map_or(0, |(count, _)| *count)
    }
}

/// All of them, in whatever order they come: statements do not come by their first live claims.
impl FromIterator<Id> for Listed {
    fn from_iter<I: IntoIterator<Item = Id>>(claims: I) -> Self {
        let mut first: Vec<Id> = claims.into_iter().collect();
        first.sort_unstable();
        Self { count: first.len() as u64, first }
    }
}

impl Listed {
    fn turn(&mut self, claim: Id, turn: Turn) {
        match turn {
            Turn::Comes => self.add(claim),
            Turn::Goes => {
                self.count = self.count.saturating_sub(1);
                self.first.retain(|first| *first != claim);
            }
        }
    }

    /// Adds claims that are not counted yet.
    pub fn extend(&mut self, claims: impl IntoIterator<Item = Id>) {
        claims.into_iter().for_each(|claim| self.add(claim));
    }

    fn add(&mut self, claim: Id) {
        let whole = self.first.len() as u64 == self.count;
        self.count += 1;
        match self.first.binary_search(&claim) {
            Err(at) if at < self.first.len() || (whole && at < KEPT) => self.first.insert(at, claim),
            _ => return,
        }
        self.first.truncate(KEPT);
    }

    /// Whether more claims are needed than are kept.
    pub fn is_short(&self) -> bool {
        self.first.len() < LISTED && (self.first.len() as u64) < self.count
    }
}

impl Sum {
    fn turn(&mut self, range: Range, turn: Turn) {
        self.hedged.get_mut(range.hedge as usize).into_iter().for_each(|count| turn.of(count, 1));
        turn.of(&mut self.open, u64::from(range.max.is_none()));
        let (min, max) = (u128::from(range.min.unwrap_or(0)), u128::from(range.max.unwrap_or(0)));
        (self.min, self.max) = match turn {
            Turn::Comes => (self.min.saturating_add(min), self.max.saturating_add(max)),
            Turn::Goes => (self.min.saturating_sub(min), self.max.saturating_sub(max)),
        };
    }

    /// What the ranges come to, as [`Range::plus`] adds them; nothing where there is none. `Err`: that cannot be told from
    /// the ranges alone.
    pub fn amount(&self) -> Result<Option<Range>, Entangled> {
        let (min, max) = (u64::try_from(self.min).ok(), u64::try_from(self.max).ok());
        let (Some(min), Some(max), 0) = (min, max, self.windows) else { return Err(Entangled) };
        if min.max(max) > Range::LIMIT {
            return Err(Entangled);
        }
        let many = self.hedged.iter().sum::<u64>() > 1;
        let told = |hedge: &&Hedge| self.hedged.get(**hedge as usize).is_some_and(|count| *count > 0);
        let Some(only) = Hedge::ALL.iter().find(told) else { return Ok(None) };
        let max = (self.open == 0).then_some(max);
        let hedge = match max {
            _ if !many => *only,
            None => Hedge::AtLeast,
            Some(_) if told(&&Hedge::About) => Hedge::About,
            Some(_) => Hedge::Exact,
        };
        Ok(Some(Range { min: Some(min), max, hedge }))
    }
}

/// A number that cannot be told without looking at the claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entangled;
