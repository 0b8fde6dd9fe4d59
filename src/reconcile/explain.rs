//! Why the claims of an incident are held to be about one event, and why their nearest neighbours are not among them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::cluster::Edge;
use super::compare::compare;
use super::engine::Compared;
use super::weights::{STRANGERS, answers, rows as score_table, weight};
use crate::model::Id;

/// What speaks for two claims being about one event, and what against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The claim it is compared with.
    pub with: Id,
    /// The sum, in hundredths of a doubling of the odds.
    pub score: i32,
    /// Question, answer and what the answer is worth; those worth nothing are left out.
    pub parts: Vec<(&'static str, String, i32)>,
}

/// Why a claim is where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// A person said so.
    Decided,
    /// It repeats a statement, or is repeated.
    Repeats,
    /// It agrees with the others on average; or, left out, it does not.
    Average,
    /// It would agree, and agrees better with others.
    BetterElsewhere,
    /// It is the only one.
    Alone,
}

/// A claim of an incident, or near it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The claim.
    pub claim: Id,
    /// Why it is there, or not.
    pub reason: Reason,
    /// The average score over all (other) claims of the incident.
    pub average: i32,
    /// The claim of the incident it agrees with best.
    pub best: Option<Evidence>,
}

/// Why an incident is what it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Explanation {
    /// What holds each claim, by claim.
    pub held: Vec<Placed>,
    /// The nearest that were left out, nearest first.
    pub left_out: Vec<Placed>,
}

/// How many that were left out are told.
const NEAREST: usize = 5;

/// Scores of a claim with the claims of the incident.
#[derive(Default)]
struct Scores {
    sum: i64,
    pairs: i64,
    /// Best score, and the claim it is with.
    best: Option<(i32, Reverse<u32>)>,
}

impl Scores {
    fn add(&mut self, score: i32, with: u32) {
        self.sum += i64::from(score);
        self.pairs += 1;
        self.best = self.best.max(Some((score, Reverse(with))));
    }

    /// The average over so many pairs; those never scored count as strangers.
    fn average(&self, pairs: usize) -> i32 {
        let pairs = i64::try_from(pairs).unwrap_or(i64::MAX).max(self.pairs).max(1);
        let average = (self.sum + (pairs - self.pairs) * i64::from(STRANGERS)) / pairs;
        i32::try_from(average).unwrap_or(STRANGERS)
    }
}

/// Explains an incident of these claims.
pub(super) fn explain(compared: &Compared<'_>, claims: &BTreeSet<Id>) -> Explanation {
    let rows = compared.rows;
    let members: BTreeSet<u32> = claims.iter().filter_map(|&claim| rows.at(claim)).collect();
    let mut scores: BTreeMap<u32, Scores> = members.iter().map(|&member| (member, Scores::default())).collect();
    for &Edge { a, b, score } in compared.pairs.members.iter().chain(&compared.pairs.replies) {
        for (one, other) in [(a, b), (b, a)] {
            if members.contains(&other) {
                scores.entry(one).or_default().add(score, other);
            }
        }
    }
    let mut explanation = Explanation::default();
    for (&at, scores) in &scores {
        let Some(claim) = rows.id(at) else { continue };
        let inside = members.contains(&at);
        let average = scores.average(members.len() - usize::from(inside));
        let reason = if inside { held(compared, &members, at) } else { left_out(compared, &members, at, average) };
        let best = scores.best.and_then(|(_, with)| evidence(compared, at, with.0));
        let placed = Placed { claim, reason, average, best };
        if inside { &mut explanation.held } else { &mut explanation.left_out }.push(placed);
    }
    explanation.left_out.sort_by_key(|placed| (Reverse(placed.average), placed.claim));
    explanation.left_out.truncate(NEAREST);
    explanation
}

fn held(compared: &Compared<'_>, members: &BTreeSet<u32>, at: u32) -> Reason {
    let with_member = |pairs: &[(u32, u32)]| {
        pairs.iter().any(|&(a, b)| (a == at && members.contains(&b)) || (b == at && members.contains(&a)))
    };
    match () {
        () if members.len() == 1 => Reason::Alone,
        () if with_member(&compared.decided.same) => Reason::Decided,
        () if with_member(&compared.pairs.again) => Reason::Repeats,
        () => Reason::Average,
    }
}

fn left_out(compared: &Compared<'_>, members: &BTreeSet<u32>, at: u32, average: i32) -> Reason {
    match () {
        () if members.iter().any(|&member| compared.decided.sets.are_apart(member, at)) => Reason::Decided,
        () if average > 0 => Reason::BetterElsewhere,
        () => Reason::Average,
    }
}

fn evidence(compared: &Compared<'_>, at: u32, with: u32) -> Option<Evidence> {
    let rows = compared.rows;
    let (one, other) = (rows.get(at)?, rows.get(with)?);
    let table = score_table();
    let answers = answers(&compare(rows, one, other));
    let parts = answers.iter().filter_map(|&row| {
        let (question, answer) = table.get(usize::from(row))?.clone();
        Some((question, answer, weight(row))).filter(|(.., weight)| *weight != 0)
    });
    Some(Evidence { with: other.id, score: answers.iter().map(|&row| weight(row)).sum(), parts: parts.collect() })
}
