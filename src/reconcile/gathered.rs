//! Members and replies of every incident, put together from clusters and attachments.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::parallel::in_parts;
use super::replies::Attached;
use super::row::{NONE, Part, Row};
use super::rows::Rows;
use super::sets::Sets;
use super::status::{Case, counters, status};
use super::{Answer, AnswerKind, Incident, Moment};
use crate::model::{Extent, Grain, Id, Stance};

/// The incidents of a run before their status is known.
pub(super) struct Gathered {
    /// Root of its set and member, by both.
    members: Vec<(u32, u32)>,
    /// By reply.
    attached: Vec<Attached>,
    /// Root of the incident and reply, by both, each once.
    replies: Vec<(u32, u32)>,
    decided: BTreeSet<(u32, u32)>,
}

/// The entries of a list of pairs, sorted by the first of each, that begin with `root`.
fn under(list: &[(u32, u32)], root: u32) -> &[(u32, u32)] {
    let from = list.partition_point(|&(of, _)| of < root);
    let rest = list.get(from..).unwrap_or_default();
    rest.get(..rest.partition_point(|&(of, _)| of == root)).unwrap_or_default()
}

impl Gathered {
    pub(super) fn of(rows: &Rows, sets: &Sets, mut attached: Vec<Attached>, decided: &[(u32, u32)]) -> Self {
        let of_part = |part: Part| rows.reconciled().filter(move |(_, row)| row.part == part);
        let mut members: Vec<(u32, u32)> = of_part(Part::Member).map(|(at, _)| (sets.root(at), at)).collect();
        members.sort_unstable();
        // A reply that a person linked as the same event, or said to answer, attaches there.
        for (at, _) in of_part(Part::Reply) {
            let root = sets.root(at);
            let first = under(&members, root).first();
            attached.extend(first.map(|&(_, to)| Attached { reply: at, root, to }));
        }
        // A decision about an answer takes the place of what rules found for that reply.
        let settled: HashSet<u32> = decided.iter().map(|&(reply, _)| reply).collect();
        attached.retain(|attached| !settled.contains(&attached.reply));
        attached.extend(decided.iter().map(|&(reply, to)| Attached { reply, root: sets.root(to), to }));
        // What answers nothing that is told here stands for itself: an own act like any other, and the denial of
        // what somebody must have alleged elsewhere. A silence is about nothing of its own.
        let placed: HashSet<u32> = attached.iter().map(|attached| attached.reply).collect();
        let alone = of_part(Part::Reply).filter(|(at, row)| row.stance != Stance::NoComment && !placed.contains(at));
        members.extend(alone.map(|(at, _)| (sets.root(at), at)));
        members.sort_unstable();
        attached.sort_unstable();
        attached.dedup();
        let mut replies: Vec<(u32, u32)> = attached.iter().map(|attached| (attached.root, attached.reply)).collect();
        replies.sort_unstable();
        replies.dedup();
        Self { members, attached, replies, decided: decided.iter().copied().collect() }
    }

    /// Each incident's members.
    fn groups(&self) -> Vec<&[(u32, u32)]> {
        self.members.chunk_by(|a, b| a.0 == b.0).collect()
    }

    /// The incidents with their status, by their ids.
    pub(super) fn incidents(&self, rows: &Rows, repeats: &HashSet<Id>, compilers: &HashSet<u32>) -> Vec<Incident> {
        let groups = self.groups();
        let found = in_parts(groups.len(), |range| {
            let groups = groups.get(range).unwrap_or_default();
            let incident = |members: &&[(u32, u32)]| {
                let root = members.first()?.0;
                let pick = |list: &[(u32, u32)]| list.iter().filter_map(|&(_, at)| rows.get(at)).collect();
                incident(&Case {
                    rows,
                    members: pick(members),
                    replies: pick(under(&self.replies, root)),
                    repeats,
                    compilers,
                })
            };
            groups.iter().filter_map(incident).collect::<Vec<_>>()
        });
        let mut incidents: Vec<Incident> = found.into_iter().flatten().collect();
        incidents.sort_unstable_by_key(|incident| incident.id);
        incidents
    }

    /// Every reply with the claims it answers: of the incidents it attaches to, the claims about the party it speaks of.
    pub(super) fn answers(&self, rows: &Rows) -> Vec<Answer> {
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
            for &(_, to) in under(&self.members, attached.root) {
                if rows.get(to).is_some_and(|told| answers_to(rows, reply, told)) {
                    put(attached.reply, to, AnswerKind::Matched);
                }
            }
        }
        for members in self.groups() {
            for (a, b) in
                members.iter().enumerate().flat_map(|(n, a)| members.iter().skip(n + 1).map(move |b| (a.1, b.1)))
            {
                let (Some(x), Some(y)) = (rows.get(a), rows.get(b)) else { continue };
                let mutual = counters(rows, x, y);
                if mutual || acknowledges(rows, x, y) {
                    put(a, b, AnswerKind::Matched);
                }
                if mutual || acknowledges(rows, y, x) {
                    put(b, a, AnswerKind::Matched);
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
    let mut claims: Vec<Id> = case.members.iter().map(|row| row.id).collect();
    claims.sort_unstable();
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
