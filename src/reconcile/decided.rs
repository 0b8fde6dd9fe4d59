//! What persons decided, turned into what clusters must obey.
//!
//! *Same* decisions put claims into one set before anything is scored; *different* decisions keep claims apart whatever
//! their score. Where they contradict each other (A same as B, B same as C, A different from C) keeping apart wins, for a
//! wrong union says more than a missing one: the *same* decisions are followed in the order of their claims, and one that
//! would bring together what is to be kept apart is passed over and reported.

use super::rows::Rows;
use super::sets::Sets;
use super::{Contradiction, Decisions};
use crate::model::Id;

/// Decisions over the claims of a run.
#[derive(Debug)]
pub(super) struct Decided {
    /// What must go together, and what must stay apart.
    pub(super) sets: Sets,
    pub(super) contradictions: Vec<Contradiction>,
    /// Reply and what it answers, by places, ascending.
    pub(super) answers: Vec<(u32, u32)>,
    /// Claims said to be about one event, whether that could be followed or not.
    pub(super) same: Vec<(u32, u32)>,
}

/// Reads decisions; those about claims that are not here concern nobody.
pub(super) fn decide(rows: &Rows, decisions: &Decisions) -> Decided {
    let places = |a: Id, b: Id| rows.at(a).zip(rows.at(b));
    let mut same = Vec::new();
    let mut apart = Vec::new();
    for link in &decisions.links {
        if let Some((a, b)) = places(link.a, link.b).filter(|(a, b)| a != b) {
            if link.same { &mut same } else { &mut apart }.push((a.min(b), a.max(b)));
        }
    }
    for list in [&mut same, &mut apart] {
        list.sort_unstable();
        list.dedup();
    }
    let mut sets = Sets::new(rows.rows.len());
    for &(a, b) in &apart {
        sets.keep_apart(a, b);
    }
    let mut contradictions = Vec::new();
    for &(a, b) in &same {
        match broken(&sets, &apart, a, b) {
            None => sets.join(a, b),
            Some(different) => contradictions.extend(contradiction(rows, (a, b), different)),
        }
    }
    contradictions.sort_unstable();
    let mut answers: Vec<_> = decisions.answers.iter().filter_map(|&(reply, to)| places(reply, to)).collect();
    answers.sort_unstable();
    answers.dedup();
    Decided { sets, contradictions, answers, same }
}

/// The *different* decision that joining these two would break, if there is one.
fn broken(sets: &Sets, apart: &[(u32, u32)], a: u32, b: u32) -> Option<(u32, u32)> {
    if !sets.are_apart(a, b) {
        return None;
    }
    let (a, b) = (sets.root(a), sets.root(b));
    apart.iter().copied().find(|&(x, y)| {
        let (x, y) = (sets.root(x), sets.root(y));
        (x, y) == (a, b) || (x, y) == (b, a)
    })
}

fn contradiction(rows: &Rows, same: (u32, u32), different: (u32, u32)) -> Option<Contradiction> {
    let ids = |(a, b): (u32, u32)| rows.id(a).zip(rows.id(b)).map(|(a, b)| (a.min(b), a.max(b)));
    Some(Contradiction { same: ids(same)?, different: ids(different)? })
}

impl Decided {
    /// Puts two claims into one set unless a decision keeps any of what they stand with apart; says whether it did.
    pub(super) fn join(&mut self, a: u32, b: u32) -> bool {
        let free = !self.sets.are_apart(a, b);
        if free {
            self.sets.join(a, b);
        }
        free
    }
}
