//! The steps in their order: candidates, scores, decisions, repeats, components, clusters, replies, incidents.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::blocks::{FullCell, Index};
use super::cluster::{Edge, grow};
use super::components::Components;
use super::decided::{Decided, decide};
use super::gathered::Gathered;
use super::pairs::Pairs;
use super::replies::{Texts, attach, fits_at_large, retorts, told_before};
use super::row::Part;
use super::rows::Rows;
use super::status::compilers;
use super::{Cell, Decisions, Outcome, Registers, repeats};
use crate::model::Id;

/// Claims in canonical order, filed where those that come later look for them.
#[derive(Debug)]
pub(super) struct Laid {
    pub(super) rows: Rows,
    pub(super) index: Index,
    texts: Texts,
    /// Own acts that answer without saying so, and the accusations they answer.
    retorts: Vec<(u32, u32)>,
}

impl Laid {
    /// Files settled rows. Where they are some of many, `full` are the full cells of all.
    pub(super) fn of(mut rows: Rows, full: Option<&[FullCell]>) -> Self {
        let texts = Texts::of(&rows);
        let retorts = retorts(&rows, &texts);
        for &(act, _) in &retorts {
            if let Some(row) = rows.rows.get_mut(act as usize) {
                row.part = Part::Reply;
            }
        }
        let index = Index::of(&rows, full);
        Self { rows, index, texts, retorts }
    }

    /// Hands over every filing, by cell and then by claim.
    pub(super) fn filings<E>(&self, mut take: impl FnMut(Cell, Id) -> Result<(), E>) -> Result<(), E> {
        // Ids beside each other, for rows are asked for in any order.
        let ids: Vec<Id> = self.rows.rows.iter().map(|row| row.id).collect();
        let mut claims: Vec<Id> = Vec::new();
        for filed in self.index.filed().chunk_by(|(a, _), (b, _)| a == b) {
            let Some(&(cell, _)) = filed.first() else { continue };
            claims.clear();
            claims.extend(filed.iter().filter_map(|&(_, at)| ids.get(at as usize)));
            claims.sort_unstable();
            claims.iter().try_for_each(|&claim| take(cell, claim))?;
        }
        Ok(())
    }
}

/// Candidates scored, and what ties claims to each other.
#[derive(Debug)]
pub(super) struct Compared<'a> {
    pub(super) rows: &'a Rows,
    pub(super) pairs: Pairs,
    pub(super) decided: Decided,
    pub(super) components: Components,
    laid: &'a Laid,
    /// For each claim the first of its statement.
    first: Vec<u32>,
}

impl<'a> Compared<'a> {
    pub(super) fn of(laid: &'a Laid, decisions: &Decisions) -> Self {
        let rows = &laid.rows;
        let pairs = Pairs::of(rows, &laid.index);
        let mut decided = decide(rows, decisions);
        let first = repeats::gather(rows.rows.len(), &pairs.again, &mut decided);
        let ties = ties(laid, &pairs, &decided);
        let components = Components::of_ties(rows.rows.len(), ties.into_iter());
        Self { rows, pairs, decided, components, laid, first }
    }

    /// Draws the conclusions.
    pub(super) fn conclude(mut self, registers: &Registers) -> Outcome {
        grow(&mut self.decided.sets, &self.components, &mut self.pairs.members);
        let sets = &self.decided.sets;
        let rows = self.rows;
        let attached = attach(rows, &self.laid.texts, sets, &self.pairs.replies, &self.laid.retorts);
        let gathered = Gathered::of(rows, sets, attached, &self.decided.answers);
        let repeated = repeated(rows, &self.first);
        let repeats: HashSet<Id> = repeated.iter().map(|&(claim, _)| claim).collect();
        let grouped = self.components.grouped().iter();
        let incidents = gathered.incidents(rows, &repeats, &compilers(rows, registers));
        self.pairs.stats.components = by_size(self.components.grouped().chunk_by(|a, b| a.0 == b.0).map(<[_]>::len));
        self.pairs.stats.incidents = by_size(incidents.iter().map(|incident| incident.claims.len()));
        Outcome {
            incidents,
            answers: gathered.answers(rows),
            repeats: repeated,
            truces: Vec::new(),
            components: grouped.filter_map(|&(of, claim)| rows.id(claim).zip(rows.id(of))).collect(),
            contradictions: self.decided.contradictions,
            stats: self.pairs.stats,
        }
    }
}

/// How many there are of each size.
fn by_size(sizes: impl Iterator<Item = usize>) -> Vec<(u64, u64)> {
    let mut counts: BTreeMap<u64, u64> = BTreeMap::new();
    for size in sizes {
        *counts.entry(size as u64).or_default() += 1;
    }
    counts.into_iter().collect()
}

/// Pairs of claims that can have anything to do with each other's conclusions.
fn ties(laid: &Laid, pairs: &Pairs, decided: &Decided) -> Vec<(u32, u32)> {
    let (rows, texts) = (&laid.rows, &laid.texts);
    let binds = |edge: &Edge| {
        edge.score > 0
            || rows.get(edge.a).zip(rows.get(edge.b)).is_some_and(|(reply, told)| fits_at_large(rows, reply, told))
    };
    let mut ties: Vec<(u32, u32)> = Vec::new();
    ties.extend(pairs.members.iter().filter(|edge| edge.score > 0).map(|edge| (edge.a, edge.b)));
    ties.extend(pairs.replies.iter().filter(|edge| binds(edge)).map(|edge| (edge.a, edge.b)));
    ties.extend(&pairs.again);
    ties.extend(&decided.same);
    ties.extend(&decided.answers);
    ties.extend(laid.retorts.iter().filter(|(act, _)| rows.get(*act).is_some_and(|row| !row.aside)));
    for (reply, row) in rows.reconciled().filter(|(_, row)| row.part == Part::Reply) {
        ties.extend(told_before(rows, texts, row).into_iter().map(|to| (reply, to)));
    }
    ties
}

fn repeated(rows: &Rows, first: &[u32]) -> Vec<(Id, Id)> {
    let pairs = (0..).zip(first).filter(|(at, first)| at != *first);
    let mut repeated: Vec<_> = pairs.filter_map(|(at, &first)| rows.id(at).zip(rows.id(first))).collect();
    repeated.sort_unstable();
    repeated
}

/// Some claims, and of each component that holds any of them, all claims.
pub(super) fn touched(compared: &Compared<'_>, claims: &BTreeSet<Id>) -> BTreeSet<Id> {
    let rows = compared.rows;
    let mut all = claims.clone();
    for at in claims.iter().filter_map(|&claim| rows.at(claim)) {
        all.extend(compared.components.claims(at).iter().filter_map(|&other| rows.id(other)));
    }
    all
}
