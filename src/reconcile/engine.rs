//! The steps in their order: decisions, candidates, scores, repeats, clusters, replies, incidents.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::blocks::{Index, Keys, keys};
use super::cluster::{Edge, Sets, grow};
use super::compare::compare;
use super::decided::decide;
use super::replies::{Attached, Texts, attach, retorts};
use super::row::{NONE, Part, Row, Rows};
use super::status::{Case, compilers, counters, status};
use super::weights::{STRANGERS, weigh};
use super::{Answer, AnswerKind, Decisions, Incident, Moment, Outcome, Registers, Stats, repeats};
use crate::model::{Extent, Grain, Id, Stance};

/// Scored pairs: of members, and of a reply (first) and a member.
#[derive(Default)]
struct Pairs {
    members: Vec<Edge>,
    replies: Vec<Edge>,
    /// All compared pairs (earlier, later), by the later.
    compared: Vec<(u32, u32)>,
    stats: Stats,
}

/// Runs over settled rows.
pub(super) fn run(mut rows: Rows, registers: &Registers, decisions: &Decisions) -> Outcome {
    let texts = Texts::of(&rows);
    let retorts = retorts(&rows, &texts);
    for &(act, _) in &retorts {
        if let Some(row) = rows.rows.get_mut(act as usize) {
            row.part = Part::Reply;
        }
    }
    let mut decided = decide(&rows, decisions);
    let pairs = pairs(&rows);
    let first = repeats::gather(&rows, pairs.compared.iter().copied(), &mut decided);
    grow(&mut decided.sets, &pairs.members, &decided.constraints, &HashSet::new());
    let attached = attach(&rows, &texts, &mut decided.sets, &decided.constraints, &pairs.replies, &retorts);
    let gathered = Gathered::of(&rows, &mut decided.sets, attached, &decided.answers);
    let repeated = repeated(&rows, &first);
    let repeats: HashSet<Id> = repeated.iter().map(|&(claim, _)| claim).collect();
    let compilers = compilers(&rows, registers);
    let case = |root: u32| Case {
        rows: &rows,
        members: gathered.members(&rows, root),
        replies: gathered.replies(&rows, root),
        repeats: &repeats,
        compilers: &compilers,
    };
    let mut incidents: Vec<Incident> = gathered.incidents.keys().filter_map(|&root| incident(&case(root))).collect();
    incidents.sort_by_key(|incident| incident.id);
    Outcome {
        answers: gathered.answers(&rows),
        incidents,
        repeats: repeated,
        truces: Vec::new(),
        contradictions: decided.contradictions,
        stats: pairs.stats,
    }
}

fn pairs(rows: &Rows) -> Pairs {
    let keys: Vec<Keys> = rows.rows.iter().map(|row| keys(rows, row)).collect();
    let index = Index::of(&keys);
    let mut pairs = Pairs::default();
    pairs.stats.claims = rows.rows.len() as u64;
    pairs.stats.full_keys = index.full as u64;
    pairs.stats.passed_over = index.passed_over;
    let mut candidates = Vec::new();
    for ((at, row), keys) in (0..).zip(&rows.rows).zip(&keys) {
        index.candidates(at, keys, &mut candidates);
        pairs.stats.candidates += candidates.len() as u64;
        for &other in &candidates {
            let Some(earlier) = rows.get(other) else { continue };
            pairs.score(rows, (other, earlier), (at, row));
        }
    }
    pairs.replies.sort_by_key(|edge| (edge.a, edge.b));
    pairs.stats.kept = (pairs.members.len() + pairs.replies.len()) as u64;
    pairs
}

impl Pairs {
    fn score(&mut self, rows: &Rows, (a, earlier): (u32, &Row), (b, later): (u32, &Row)) {
        self.compared.push((a, b));
        let members = (earlier.part == Part::Member, later.part == Part::Member);
        let replies = (earlier.part == Part::Reply, later.part == Part::Reply);
        if !(members.0 || replies.0) || !(members.1 || replies.1) || (replies.0 && replies.1) {
            return;
        }
        let score = weigh(&compare(rows, earlier, later)).sum();
        if score > STRANGERS {
            match replies {
                (true, _) => self.replies.push(Edge { a, b, score }),
                (_, true) => self.replies.push(Edge { a: b, b: a, score }),
                _ => self.members.push(Edge { a, b, score }),
            }
        }
    }
}

fn repeated(rows: &Rows, first: &[u32]) -> Vec<(Id, Id)> {
    let pairs = (0..).zip(first).filter(|(at, first)| at != *first);
    pairs.filter_map(|(at, &first)| rows.id(at).zip(rows.id(first))).collect()
}

/// Members and replies of every incident.
struct Gathered {
    /// By root of its set.
    incidents: BTreeMap<u32, Vec<u32>>,
    attached: Vec<Attached>,
    decided: BTreeSet<(u32, u32)>,
}

impl Gathered {
    fn of(rows: &Rows, sets: &mut Sets, mut attached: Vec<Attached>, decided: &[(u32, u32)]) -> Self {
        let mut incidents: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (at, row) in (0..).zip(&rows.rows).filter(|(_, row)| row.is_member()) {
            let _ = row;
            incidents.entry(sets.root(at)).or_default().push(at);
        }
        // A reply that a person linked as the same event, or said to answer, attaches there.
        for (at, row) in (0..).zip(&rows.rows).filter(|(_, row)| row.part == Part::Reply) {
            let _ = row;
            let root = sets.root(at);
            if let Some(&to) = incidents.get(&root).and_then(|members| members.first()) {
                attached.push(Attached { reply: at, root, to });
            }
        }
        // A decision about an answer takes the place of what rules found for that reply.
        let settled: BTreeSet<u32> = decided.iter().map(|&(reply, _)| reply).collect();
        attached.retain(|attached| !settled.contains(&attached.reply));
        for &(reply, to) in decided {
            attached.push(Attached { reply, root: sets.root(to), to });
        }
        // An answer nobody could place is an own act like any other.
        let placed: BTreeSet<u32> = attached.iter().map(|attached| attached.reply).collect();
        for (at, row) in (0..).zip(&rows.rows) {
            if row.part == Part::Reply && row.stance == Stance::Acknowledges && !placed.contains(&at) {
                incidents.entry(sets.root(at)).or_default().push(at);
            }
        }
        attached.sort_unstable();
        attached.dedup();
        Self { incidents, attached, decided: decided.iter().copied().collect() }
    }

    fn members<'a>(&self, rows: &'a Rows, root: u32) -> Vec<&'a Row> {
        self.incidents.get(&root).into_iter().flatten().filter_map(|&at| rows.get(at)).collect()
    }

    fn replies<'a>(&self, rows: &'a Rows, root: u32) -> Vec<&'a Row> {
        let mut replies: Vec<u32> =
            self.attached.iter().filter(|attached| attached.root == root).map(|attached| attached.reply).collect();
        replies.sort_unstable();
        replies.dedup();
        replies.into_iter().filter_map(|at| rows.get(at)).collect()
    }

    /// Every reply with the claims it answers: of the incidents it attaches to, the claims about the party it speaks of.
    fn answers(&self, rows: &Rows) -> Vec<Answer> {
        let mut answers = BTreeMap::new();
        let mut put = |reply: u32, to: u32, kind: AnswerKind| {
            if let Some(pair) = rows.id(reply).zip(rows.id(to)).filter(|(reply, to)| reply != to) {
                let slot = answers.entry(pair).or_insert(kind);
                if kind == AnswerKind::Decided {
                    *slot = kind;
                }
            }
        };
        for attached in &self.attached {
            if self.decided.contains(&(attached.reply, attached.to)) {
                put(attached.reply, attached.to, AnswerKind::Decided);
                continue;
            }
            put(attached.reply, attached.to, AnswerKind::Matched);
            let Some(reply) = rows.get(attached.reply) else { continue };
            for &to in self.incidents.get(&attached.root).into_iter().flatten() {
                if rows.get(to).is_some_and(|told| answers_to(rows, reply, told)) {
                    put(attached.reply, to, AnswerKind::Matched);
                }
            }
        }
        for members in self.incidents.values() {
            for (n, &a) in members.iter().enumerate() {
                for &b in members.iter().skip(n + 1) {
                    let (Some(x), Some(y)) = (rows.get(a), rows.get(b)) else { continue };
                    if counters(rows, x, y) {
                        put(a, b, AnswerKind::Matched);
                        put(b, a, AnswerKind::Matched);
                    }
                    if acknowledges(rows, x, y) {
                        put(a, b, AnswerKind::Matched);
                    }
                    if acknowledges(rows, y, x) {
                        put(b, a, AnswerKind::Matched);
                    }
                }
            }
        }
        answers.into_iter().map(|((reply, accusation), kind)| Answer { reply, accusation, kind }).collect()
    }
}

/// Whether a reply that attaches to an incident is about this claim of it.
fn answers_to(rows: &Rows, reply: &Row, told: &Row) -> bool {
    if reply.stance == Stance::Acknowledges {
        return told.stance == Stance::Alleges && rows.allied(told.accused, reply.target);
    }
    let actor = if reply.accused == NONE { reply.claimant } else { reply.accused };
    told.stance != Stance::Observes
        && (rows.allied(told.accused, actor) || told.accused == NONE)
        && !rows.allied(told.claimant, reply.claimant)
}

/// Whether an own act is what an accusation is about.
fn acknowledges(rows: &Rows, act: &Row, accusation: &Row) -> bool {
    act.stance == Stance::Acknowledges
        && accusation.stance == Stance::Alleges
        && rows.allied(act.accused, accusation.accused)
        && !rows.allied(act.claimant, accusation.claimant)
}

fn incident(case: &Case) -> Option<Incident> {
    let claims: Vec<Id> = case.members.iter().map(|row| row.id).collect();
    Some(Incident {
        id: claims.first().copied()?,
        status: status(case),
        when: when(&case.members),
        point: case.members.iter().find_map(|row| row.point),
        claims,
    })
}

/// What the dated members leave open: the time they share, told as finely as the finest; where they contradict each other,
/// the earliest to the latest.
fn when(members: &[&Row]) -> Option<Moment> {
    let dated = || members.iter().filter(|row| row.dated && row.is_timed());
    let shared = (dated().map(|row| row.lo).max()?, dated().map(|row| row.hi).min()?);
    let all = (dated().map(|row| row.lo).min()?, dated().map(|row| row.hi).max()?);
    let (lo, hi) = if shared.0 < shared.1 { shared } else { all };
    let grain = dated().map(|row| row.grain).min().unwrap_or(Grain::Day);
    Some(Moment { lo: Some(lo), hi: Some(hi), grain, extent: Extent::Within })
}
