//! Scores for the pairs that the indexes bring up.

use super::Stats;
use super::blocks::{Index, near};
use super::cluster::Edge;
use super::compare::compare;
use super::parallel::in_parts;
use super::repeats::repeats;
use super::row::{Part, Row};
use super::rows::Rows;
use super::weights::{Answers, STRANGERS, answers, score};
use crate::model::Id;

/// What became of the pairs.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// Scored pairs of members.
    pub(super) members: Vec<Edge>,
    /// Scored pairs of a reply (first) and a member, by the reply.
    pub(super) replies: Vec<Edge>,
    /// Pairs of which the later repeats the earlier: earlier and later, by the later and then the earlier.
    pub(super) again: Vec<(u32, u32)>,
    /// How much was looked at.
    pub(super) stats: Stats,
}

impl Pairs {
    /// Compares every claim with the earlier ones that the index brings up.
    pub(super) fn of(rows: &Rows, index: &Index) -> Self {
        // In the order of time, in which what is looked at next was mostly looked at just now.
        let mut order: Vec<(i64, u32)> = rows.reconciled().map(|(at, row)| (row.lo, at)).collect();
        order.sort_unstable();
        let mut all = Self::default();
        for mut part in in_parts(order.len(), |range| Self::of_some(rows, index, order.get(range).unwrap_or_default()))
        {
            all.members.append(&mut part.members);
            all.replies.append(&mut part.replies);
            all.again.append(&mut part.again);
            all.stats.candidates += part.stats.candidates;
        }
        all.replies.sort_unstable_by_key(|edge| (edge.a, edge.b));
        all.again.sort_unstable_by_key(|&(earlier, later)| (later, earlier));
        all.stats.claims = order.len() as u64;
        all.stats.kept = (all.members.len() + all.replies.len()) as u64;
        all.stats.full_cells = index.full.len() as u64;
        all.stats.passed_over = index.full.iter().map(|full| full.beyond).sum();
        all
    }

    fn of_some(rows: &Rows, index: &Index, claims: &[(i64, u32)]) -> Self {
        let mut pairs = Self::default();
        let (mut hashes, mut candidates) = (Vec::new(), Vec::new());
        for &(_, at) in claims {
            let Some(row) = rows.get(at) else { continue };
            index.candidates(rows, at, row, &mut hashes, &mut candidates);
            for &other in &candidates {
                if let Some(earlier) = rows.get(other).filter(|earlier| near(earlier, row)) {
                    pairs.stats.candidates += 1;
                    pairs.add(rows, (other, earlier), (at, row));
                }
            }
        }
        pairs
    }

    fn add(&mut self, rows: &Rows, (a, earlier): (u32, &Row), (b, later): (u32, &Row)) {
        if repeats(rows, earlier, later) {
            self.again.push((a, b));
        }
        let list = match (earlier.part, later.part) {
            (Part::Member, Part::Member) => &mut self.members,
            (Part::Member, Part::Reply) | (Part::Reply, Part::Member) => &mut self.replies,
            _ => return,
        };
        let (a, b) = if earlier.part == Part::Reply || later.part != Part::Reply { (a, b) } else { (b, a) };
        let score = score(&compare(rows, earlier, later));
        if score > STRANGERS {
            list.push(Edge { a, b, score });
        }
    }
}

/// The pairs that can be of one incident, each with the rows of the score table that apply.
pub(super) fn answered(rows: &Rows) -> Vec<(Id, Id, Answers)> {
    let index = Index::of(rows, None);
    let (mut hashes, mut candidates) = (Vec::new(), Vec::new());
    let mut pairs = Vec::new();
    for (at, row) in rows.reconciled() {
        index.candidates(rows, at, row, &mut hashes, &mut candidates);
        for earlier in candidates.iter().filter_map(|&other| rows.get(other)).filter(|earlier| near(earlier, row)) {
            if earlier.is_member() && matches!(row.part, Part::Member | Part::Reply)
                || earlier.part == Part::Reply && row.is_member()
            {
                pairs.push((earlier.id, row.id, answers(&compare(rows, earlier, row))));
            }
        }
    }
    pairs
}
