//! What replies answer: denials, silences, and own acts said to be a response.
//!
//! A reply attaches to incidents, to any number of them, by the first of these rules that finds one:
//!
//! 1. **Decided**: a person or `--answers` says what it answers.
//! 2. **Scored**: a reply that tells where and when attaches to the incident whose members it scores best with on average,
//!    if that makes it more likely than not; one that names several places, to the best for each.
//! 3. **In its dispatch**: a reply without a place answers what its own dispatch told before it. A denial or a silence
//!    answers every accusation there that fits; a response the nearest accusation only. A denial whose place is written in
//!    another way than the accusation's (a village, its district) answers the accusation it directly follows.
//! 4. **At large**: a dated denial without a place, told by a dispatch that told no such accusation, attaches to the best
//!    incident of the same family of acts that is told without a place too.
//!
//! A denial or an own act that answers nothing by any of them is an incident of its own: see [`super::gathered`].
//!
//! An accusation *fits* a denial if its accused is the party for which the act is denied or one of its side (Baku accuses
//! Armenia, Stepanakert replies), its claimant is of another side, the act is the one denied, and their times can meet. A
//! denial of fire, of attacks or of any violation is general: it denies the whole family.

use std::collections::{BTreeMap, HashMap};

use super::cluster::Edge;
use super::compare::{Place, compare};
use super::row::{NONE, Part, Row};
use super::rows::Rows;
use super::sets::Sets;
use super::weights::STRANGERS;
use crate::model::{ActBase, ActFamily, Stance};

/// A reply, the incident it attaches to (by the root of its set), and the claim there that led to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Attached {
    pub(super) reply: u32,
    pub(super) root: u32,
    pub(super) to: u32,
}

/// Claims by dispatch, each in the order of the text.
#[derive(Debug)]
pub(super) struct Texts(HashMap<u32, Vec<u32>>);

impl Texts {
    pub(super) fn of(rows: &Rows) -> Self {
        let mut texts: HashMap<u32, Vec<u32>> = HashMap::new();
        for (at, row) in (0..).zip(&rows.rows) {
            if row.dispatch != NONE {
                texts.entry(row.dispatch).or_default().push(at);
            }
        }
        for claims in texts.values_mut() {
            claims.sort_by_key(|&at| rows.get(at).map(|row| row.nth));
        }
        Self(texts)
    }

    /// What a claim's dispatch tells before it, nearest first.
    fn before<'a>(&'a self, rows: &'a Rows, row: &'a Row) -> impl Iterator<Item = (u32, &'a Row)> {
        let claims = self.0.get(&row.dispatch).map_or(&[][..], Vec::as_slice);
        let earlier = claims.get(..(row.nth as usize).min(claims.len())).unwrap_or_default();
        earlier.iter().rev().filter_map(|&at| rows.get(at).map(|row| (at, row)))
    }

    /// What its dispatch tells directly after it.
    fn after<'a>(&'a self, rows: &'a Rows, row: &'a Row) -> Option<(u32, &'a Row)> {
        let at = *self.0.get(&row.dispatch)?.get(row.nth as usize + 1)?;
        rows.get(at).map(|row| (at, row))
    }
}

/// Finds own acts that are told as answers though nobody marked them so: "our units replied". An own act in arms without
/// a place answers the nearest accusation that its dispatch told before it; one with a place, the accusation by the same
/// claimant that stands directly beside it and names another place. In both, the accusation is against the act's
/// target, and their times can meet. Returns the answering act and the accusation.
pub(super) fn retorts(rows: &Rows, texts: &Texts) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    for (at, row) in (0..).zip(&rows.rows) {
        let own_act = row.stance == Stance::Acknowledges && matches!(row.part, Part::Member | Part::Reply);
        if !own_act || row.dispatch == NONE || (row.base.family() != ActFamily::Fire && !row.in_response) {
            continue;
        }
        let nearest = texts.before(rows, row).find(|(_, other)| accuses(other));
        let trigger = if row.is_placed() && !row.in_response {
            let beside = [texts.before(rows, row).next(), texts.after(rows, row)];
            beside.into_iter().flatten().find(|(_, other)| {
                other.claimant == row.claimant && compare(rows, row, other).place.0 == Place::Different
            })
        } else {
            nearest
        };
        if let Some((to, _)) = trigger.filter(|(_, other)| accuses(other) && triggers(rows, other, row)) {
            found.push((at, to));
        }
    }
    found
}

fn accuses(row: &Row) -> bool {
    row.is_member() && row.stance == Stance::Alleges
}

fn triggers(rows: &Rows, accusation: &Row, act: &Row) -> bool {
    matches!(accusation.base.family(), ActFamily::Fire | ActFamily::Violation)
        && rows.allied(accusation.accused, act.target)
        && rows.opposed(accusation.accused, act.claimant)
        && (!accusation.is_timed() || !act.is_timed() || accusation.meets(act))
}

/// Attaches every reply. `edges` are scored pairs of a reply and a member, by reply; `retorts` what [`retorts`] found.
pub(super) fn attach(rows: &Rows, texts: &Texts, sets: &Sets, edges: &[Edge], retorts: &[(u32, u32)]) -> Vec<Attached> {
    let mut sizes = vec![0; rows.rows.len()];
    for (at, _) in (0..).zip(&rows.rows).filter(|(_, row)| row.is_member()) {
        sizes.get_mut(sets.root(at) as usize).into_iter().for_each(|size| *size += 1);
    }
    let desk = Desk { rows, texts, sets, sizes };
    let mut attached = Vec::new();
    let mut rest = edges;
    for (reply, row) in rows.reconciled().filter(|(_, row)| row.part == Part::Reply) {
        rest = rest.get(rest.partition_point(|edge| edge.a < reply)..).unwrap_or_default();
        let own = rest.get(..rest.partition_point(|edge| edge.a == reply)).unwrap_or_default();
        let trigger = retorts.binary_search_by_key(&reply, |&(act, _)| act).ok().and_then(|at| retorts.get(at));
        attached.extend(desk.attach(reply, row, own, trigger.map(|&(_, to)| to)));
    }
    attached.sort_unstable();
    attached.dedup_by_key(|attached| (attached.reply, attached.root));
    attached
}

struct Desk<'a> {
    rows: &'a Rows,
    texts: &'a Texts,
    sets: &'a Sets,
    /// How many members there are in the set of each root.
    sizes: Vec<i64>,
}

impl Desk<'_> {
    fn attach(&self, reply: u32, row: &Row, edges: &[Edge], trigger: Option<u32>) -> Vec<Attached> {
        let mut found = Vec::new();
        if row.is_placed() && row.is_timed() {
            found = self.scored(reply, row, edges);
        }
        if let Some(to) = trigger {
            found.push(self.to(reply, to));
        }
        if found.is_empty() && row.stance != Stance::Acknowledges {
            let told = told_before(self.rows, self.texts, row);
            found = told.into_iter().map(|to| self.to(reply, to)).collect();
        }
        if found.is_empty() && !row.is_placed() && row.dated {
            found.extend(self.at_large(reply, row, edges));
        }
        found.retain(|attached| !self.sets.are_apart(reply, attached.root));
        found
    }

    fn to(&self, reply: u32, to: u32) -> Attached {
        Attached { reply, root: self.sets.root(to), to }
    }

    /// The incidents a reply has scores with: the average over all their members, or only those it was scored with, and the
    /// member it scores best with, best first.
    fn averages(&self, reply: u32, edges: impl Iterator<Item = Edge>, all: bool) -> Vec<(i64, Attached)> {
        let mut sums: BTreeMap<u32, (i64, i64, i32, u32)> = BTreeMap::new();
        for edge in edges {
            let sum = sums.entry(self.sets.root(edge.b)).or_insert((0, 0, i32::MIN, edge.b));
            sum.0 += i64::from(edge.score);
            sum.1 += 1;
            if edge.score > sum.2 {
                (sum.2, sum.3) = (edge.score, edge.b);
            }
        }
        let mut averages = Vec::new();
        for (root, (sum, pairs, _, to)) in sums {
            let size = self.sizes.get(root as usize).copied().filter(|_| all).unwrap_or(pairs).max(pairs);
            let average = (sum + (size - pairs) * i64::from(STRANGERS)) / size.max(1);
            averages.push((average, Attached { reply, root, to }));
        }
        averages.sort_by_key(|&(average, attached)| (std::cmp::Reverse(average), attached));
        averages
    }

    fn scored(&self, reply: u32, row: &Row, edges: &[Edge]) -> Vec<Attached> {
        let averages = self.averages(reply, edges.iter().copied(), true);
        let mut answered: Vec<u32> = Vec::new();
        let mut found = Vec::new();
        for (_, attached) in averages.into_iter().filter(|(average, _)| *average > 0) {
            let Some(to) = self.rows.get(attached.to) else { continue };
            let mine: Vec<u32> =
                self.rows.names(row).iter().copied().filter(|&name| self.rows.names_place(to, name)).collect();
            if found.is_empty() || mine.iter().any(|name| !answered.contains(name)) {
                answered.extend(mine);
                found.push(attached);
            }
        }
        found
    }

    fn at_large(&self, reply: u32, row: &Row, edges: &[Edge]) -> Option<Attached> {
        let fits = |edge: &Edge| self.rows.get(edge.b).is_some_and(|other| fits_at_large(self.rows, row, other));
        let fitting = edges.iter().copied().filter(fits);
        self.averages(reply, fitting, false).first().map(|&(_, attached)| attached)
    }
}

/// What a reply may answer of that which its dispatch told before it.
pub(super) fn told_before(rows: &Rows, texts: &Texts, row: &Row) -> Vec<u32> {
    let fitting = texts.before(rows, row).filter(|(_, other)| other.is_member() && fits(rows, row, other));
    if row.is_placed() {
        let directly = texts.before(rows, row).next().map(|(at, _)| at);
        return fitting.map(|(at, _)| at).filter(|&at| Some(at) == directly).collect();
    }
    let exact = |other: &Row| other.base == row.base && !other.is_placed();
    let all: Vec<_> = fitting.collect();
    let only_exact = all.iter().any(|(_, other)| exact(other)) && row.base == ActBase::Violation;
    all.iter().filter(|(_, other)| !only_exact || exact(other)).map(|&(at, _)| at).collect()
}

/// Whether a reply told without a place may answer what another text tells.
pub(super) fn fits_at_large(rows: &Rows, reply: &Row, told: &Row) -> bool {
    let at_large = !reply.is_placed() && reply.dated && !told.is_placed();
    at_large && told.base.family() == reply.base.family() && fits(rows, reply, told)
}

/// Whether a denial or silence can be about what an accusation or observation tells.
fn fits(rows: &Rows, reply: &Row, told: &Row) -> bool {
    let actor = if reply.accused == NONE { reply.claimant } else { reply.accused };
    let by = rows.allied(told.accused, actor) || (told.accused == NONE && rows.allied(told.target, reply.target));
    let general = matches!(reply.base, ActBase::SmallArmsFire | ActBase::Attack);
    let act = match reply.base {
        base if base == told.base => true,
        ActBase::Violation => !told.is_placed() && told.base.is_breach(),
        base => general && base.family() == told.base.family(),
    };
    let time = match (reply.dated, reply.is_timed() && told.is_timed()) {
        (true, true) => reply.meets(told),
        (false, true) => told.lo < reply.hi,
        (_, false) => !reply.dated,
    };
    by && act && time && !rows.allied(told.claimant, reply.claimant)
}
