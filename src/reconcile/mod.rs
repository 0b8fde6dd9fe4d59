//! Claims in, incidents out: repeats collapse to statements, claims about one event form an incident with its set of
//! statuses, denials and other answers attach to what they answer, truce facts gather into proposed truces.
//!
//! Pure: no SQL, no clock, no terminal. A function of the claims, the registers and the decisions alone: any order of
//! arrival gives the same result.

mod blocks;
mod cluster;
mod compare;
mod components;
mod decided;
mod desk;
mod engine;
mod explain;
mod gathered;
mod letters;
pub mod name;
mod pairs;
mod parallel;
mod places;
mod rank;
mod repeats;
mod replies;
mod row;
mod rows;
mod sets;
mod status;
mod truce_index;
mod truces;
mod weights;

use std::collections::HashMap;

pub use blocks::{CAP, Cell, FullCell};
pub use desk::{Desk, Filed};
pub use explain::{Evidence, Explanation, Placed, Reason};
pub use rank::{Mix, Rank, hash_of};
pub use weights::{Answers, QUESTIONS, WEIGHTS, rows as score_table, weight};

use crate::model::{Act, ActBase, Attribution, Edtf, Extent, Figure, Grain, Id, PartyKind, Point, Range, Stance};

/// Version of the rules; a ledger reconciled by another is rebuilt.
pub const ENGINE: u32 = 2;

/// Who makes a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Claimant {
    /// A registered party.
    Party(Id),
    /// The dispatch itself.
    Narration,
    /// Somebody no register knows.
    Unknown,
}

impl Claimant {
    /// The party, if it is one.
    pub const fn party(self) -> Option<Id> {
        match self {
            Self::Party(id) => Some(id),
            Self::Narration | Self::Unknown => None,
        }
    }
}

/// When, as a pair of instants with how to read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Earliest, UTC seconds.
    pub lo: Option<i64>,
    /// First moment after the latest, UTC seconds.
    pub hi: Option<i64>,
    /// How finely it was told.
    pub grain: Grain,
    /// How to read the pair.
    pub extent: Extent,
}

/// A place a claim names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PlaceName {
    /// As written.
    pub name: String,
    /// The registered place it stands for.
    pub place: Option<Id>,
}

/// What one side lost, with the side resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Toll {
    /// The side that suffered it.
    pub side: Option<Id>,
    /// Dead.
    pub killed: Option<Range>,
    /// Hurt.
    pub wounded: Option<Range>,
    /// Missing.
    pub missing: Option<Range>,
    /// Captured.
    pub captured: Option<Range>,
    /// Whether civilian; `None`: not said.
    pub civilian: Option<bool>,
    /// Whether it totals over more than the claim's one event.
    pub total: bool,
    /// Since when such a total runs, where it runs up to when it was said.
    pub since: Option<Edtf>,
}

/// A claim as reconciliation and reports see it: names resolved to parties, times to instants.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// The claim.
    pub id: Id,
    /// Who makes it.
    pub claimant: Claimant,
    /// Its stance.
    pub stance: Stance,
    /// Whether the act is said to be a response.
    pub in_response: bool,
    /// The act.
    pub act: Act,
    /// Who is said to have done it, where that is a registered party.
    pub accused: Option<Id>,
    /// How the accused is known.
    pub attribution: Option<Attribution>,
    /// Who is on the receiving end.
    pub target: Option<Id>,
    /// When it happened.
    pub when: Option<Moment>,
    /// First moment after it was published or noted, UTC seconds, as far as known.
    pub published: Option<i64>,
    /// Where.
    pub places: Vec<PlaceName>,
    /// Coordinates, the claim's own or those of its first registered place.
    pub point: Option<Point>,
    /// Counted things.
    pub figures: Vec<Figure>,
    /// Losses.
    pub tolls: Vec<Toll>,
    /// Whether it totals over more than one event, so that it joins no incident.
    pub total: bool,
    /// Parties to a truce.
    pub parties: Vec<Id>,
    /// Mediators of a truce.
    pub mediators: Vec<Id>,
    /// The dispatch it was read in.
    pub dispatch: Option<Id>,
    /// The outlet or register it came from.
    pub source: Option<Id>,
    /// Byte offset of its quote in the dispatch: which claim came before which.
    pub offset: usize,
    /// A hash of what it says beyond all this, its dispatch's text included, by [`Mix`]: it tells claims apart in canonical
    /// order. 0 in reports, which do not ask.
    pub wording: u64,
}

#[cfg(test)]
impl Fact {
    /// A claim that tells nothing but these.
    pub(crate) fn bare(id: Id, claimant: Claimant, stance: Stance, act: ActBase) -> Self {
        Self {
            id,
            claimant,
            stance,
            in_response: false,
            act: Act::from(act),
            accused: None,
            attribution: None,
            target: None,
            when: None,
            published: None,
            places: Vec::new(),
            point: None,
            figures: Vec::new(),
            tolls: Vec::new(),
            total: false,
            parties: Vec::new(),
            mediators: Vec::new(),
            dispatch: None,
            source: None,
            offset: 0,
            wording: 0,
        }
    }
}

/// What the registers say of parties and places.
#[derive(Debug, Clone, Default)]
pub struct Registers {
    /// What each party is called, as a hash that is the same in every ledger: see [`hash_of`].
    pub party: HashMap<Id, u64>,
    /// The same of each source.
    pub source: HashMap<Id, u64>,
    /// Kind of each party.
    pub kind: HashMap<Id, PartyKind>,
    /// Side of each party that has one, by a number that is the same in every run.
    pub side: HashMap<Id, u64>,
    /// The place each place lies in.
    pub parent: HashMap<Id, Id>,
    /// Where each place lies.
    pub point: HashMap<Id, Point>,
    /// Sources that compile others' reports: they never corroborate.
    pub compilers: Vec<Id>,
}

/// What a person decided about two claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// One claim.
    pub a: Id,
    /// The other.
    pub b: Id,
    /// Whether they are about the same event.
    pub same: bool,
}

/// What persons decided; later decisions have replaced earlier ones already.
#[derive(Debug, Clone, Default)]
pub struct Decisions {
    /// Same or different events.
    pub links: Vec<Link>,
    /// Replies with what they answer.
    pub answers: Vec<(Id, Id)>,
}

/// How an incident stands: a set, not a rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(clippy::struct_excessive_bools, reason = "a set of independent flags, printed as words")]
pub struct Status {
    /// Somebody accuses somebody of it.
    pub alleged: bool,
    /// Somebody denies it, whether anybody here alleges it or not.
    pub denied: bool,
    /// Each side accuses the other of it.
    pub mutual: bool,
    /// The accused says it did it.
    pub acknowledged: bool,
    /// A third party that is neither claimant, accused, target nor on their sides itself observed it.
    pub corroborated: bool,
    /// An observer found that it did not happen so.
    pub contradicted: bool,
    /// Claimants give figures for the same thing whose ranges do not meet.
    pub figures_differ: bool,
}

/// How a reply came to be attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerKind {
    /// A person or a `--answers` said so.
    Decided,
    /// Same act, party, place and time, by rule.
    Matched,
}

/// A reply and what it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// The denial, acknowledgement, counter-claim or no-comment.
    pub reply: Id,
    /// The accusation it answers.
    pub accusation: Id,
    /// How that is known.
    pub kind: AnswerKind,
}

/// Statements of any claimants about one event.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// Its number: its earliest claim's.
    pub id: Id,
    /// Its claims, ascending.
    pub claims: Vec<Id>,
    /// How it stands.
    pub status: Status,
    /// The part of time all its dated claims leave open; the earliest to latest where they contradict each other.
    pub when: Option<Moment>,
    /// Where, if any of its claims has coordinates.
    pub point: Option<Point>,
}

/// A truce that dispatches tell of and nobody has confirmed yet.
#[derive(Debug, Clone, PartialEq)]
pub struct ProposedTruce {
    /// Its earliest claim.
    pub id: Id,
    /// Its claims, ascending.
    pub claims: Vec<Id>,
    /// Parties, by id.
    pub parties: Vec<Id>,
    /// Mediators, by id.
    pub mediators: Vec<Id>,
    /// When it was agreed.
    pub agreed: Option<Moment>,
    /// When it took effect.
    pub effective: Option<Moment>,
    /// When it ended.
    pub ended: Option<Moment>,
    /// What it is told by: its claims by kind of fact.
    pub events: Vec<TruceEvent>,
}

/// Facts of one kind about one truce: its being agreed, its beginning.
#[derive(Debug, Clone, PartialEq)]
pub struct TruceEvent {
    /// Which kind: one of the truce acts.
    pub act: ActBase,
    /// Its claims, ascending.
    pub claims: Vec<Id>,
    /// When it happened.
    pub when: Option<Moment>,
}

/// Two decisions that cannot both be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Contradiction {
    /// The claims said to be the same event; not followed.
    pub same: (Id, Id),
    /// The claims said to be different events, which the others would bring together; followed.
    pub different: (Id, Id),
}

/// What reconciliation looked at, for `rebuild --stats`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// Claims read.
    pub claims: u64,
    /// Pairs the indexes brought up.
    pub candidates: u64,
    /// Pairs kept for clustering.
    pub kept: u64,
    /// Cells into which more than [`CAP`] claims fall.
    pub full_cells: u64,
    /// How many claims come after the first [`CAP`] of a full cell: later claims were not compared with those by that cell.
    pub passed_over: u64,
    /// How many components there are of each size, smallest first; those of one claim are left out.
    pub components: Vec<(u64, u64)>,
    /// How many incidents there are of each number of claims, smallest first.
    pub incidents: Vec<(u64, u64)>,
}

/// Where a claim is found by later ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filing {
    /// The cell.
    pub cell: Cell,
    /// The claim.
    pub claim: Rank,
}

/// What reconciliation concludes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// For each claim that repeats an earlier statement, by claim: the claim and the statement's first claim.
    pub repeats: Vec<(Id, Id)>,
    /// Incidents in order of their ids.
    pub incidents: Vec<Incident>,
    /// Replies, by reply and accusation.
    pub answers: Vec<Answer>,
    /// Proposed truces in order of their ids.
    pub truces: Vec<ProposedTruce>,
    /// Claims that can have to do with each other's conclusions: each claim that has any such with one of its component
    /// that stands for it.
    pub components: Vec<(Id, Id)>,
    /// Decisions that cannot be followed together, by claims.
    pub contradictions: Vec<Contradiction>,
    /// What was looked at.
    pub stats: Stats,
}

/// Reconciles. The order of `facts` does not matter.
pub fn reconcile(facts: &[Fact], registers: &Registers, decisions: &Decisions) -> Outcome {
    let mut desk = Desk::new(registers);
    for fact in facts {
        desk.add(fact);
    }
    desk.conclude(decisions)
}

/// Gathers truce facts into proposed truces; other claims are passed over.
pub fn truces(facts: &[Fact], registers: &Registers) -> Vec<ProposedTruce> {
    truces::gather(facts, registers)
}
