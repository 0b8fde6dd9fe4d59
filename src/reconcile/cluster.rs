//! Clusters of claims about one event: best-first average linkage over the scores of pairs.
//!
//! Claims that must go together start together. Then the two clusters whose pairs agree best on average are joined, as long
//! as that average says "more likely than not" and no decision keeps them apart. Pairs nobody compared count as strangers
//! ([`super::weights::STRANGERS`]), except among claims under a capped key, where not being compared means nothing.
//!
//! Averages are ordered in steps of [`STEP`], ties by the smallest claims. Average linkage never gives a union a better
//! average than its parts had, so an outdated entry of the queue is an upper bound: it is worked out anew when it comes up,
//! which keeps a pile-up of many thousand claims near linear.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};

use super::weights::STRANGERS;

/// A scored pair of claims, by their places in canonical order; `a < b`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) score: i32,
}

/// Step in which averages are compared, in hundredths of a doubling.
const STEP: i64 = 10;

/// Disjoint sets of claims, each with one of them as root.
#[derive(Debug, Clone)]
pub(super) struct Sets {
    parent: Vec<u32>,
}

impl Sets {
    pub(super) fn new(claims: usize) -> Self {
        Self { parent: (0..u32::try_from(claims).unwrap_or(u32::MAX)).collect() }
    }

    /// The root of a claim's set.
    pub(super) fn root(&mut self, claim: u32) -> u32 {
        let mut at = claim;
        loop {
            let up = self.up(at);
            if up == at {
                return at;
            }
            let above = self.up(up);
            self.set(at, above);
            at = above;
        }
    }

    fn up(&self, at: u32) -> u32 {
        self.parent.get(at as usize).copied().unwrap_or(at)
    }

    fn set(&mut self, at: u32, to: u32) {
        if let Some(slot) = self.parent.get_mut(at as usize) {
            *slot = to;
        }
    }

    /// Puts two claims into one set.
    pub(super) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.set(a.max(b), a.min(b));
    }
}

/// What decisions demand of the clusters.
#[derive(Debug, Default)]
pub(super) struct Constraints {
    /// Claims of different events, both ways.
    apart: HashMap<u32, Vec<u32>>,
}

impl Constraints {
    pub(super) fn keep_apart(&mut self, a: u32, b: u32) {
        self.apart.entry(a).or_default().push(b);
        self.apart.entry(b).or_default().push(a);
    }

    /// Whether a decision keeps the sets of these two apart.
    pub(super) fn part(&self, sets: &mut Sets, a: u32, b: u32) -> bool {
        if self.apart.is_empty() {
            return false;
        }
        let (a, b) = (sets.root(a), sets.root(b));
        self.apart.iter().any(|(&x, foes)| sets.root(x) == a && foes.iter().any(|&y| sets.root(y) == b))
    }

    pub(super) fn foes(&self, claim: u32) -> &[u32] {
        self.apart.get(&claim).map_or(&[], Vec::as_slice)
    }
}

/// Grows clusters from the sets that `sets` holds already. `crowded` are the claims some of whose pairs a cap left out.
pub(super) fn grow(sets: &mut Sets, edges: &[Edge], constraints: &Constraints, crowded: &HashSet<u32>) {
    let mut growth = Growth::new(sets, edges, constraints, crowded);
    while let Some((average, Reverse(a), Reverse(b))) = growth.queue.pop() {
        let (a, b) = (sets.root(a), sets.root(b));
        if a == b {
            continue;
        }
        let (a, b) = (a.min(b), a.max(b));
        match growth.average(a, b) {
            Some(now) if now == average && growth.forbidden(sets, a, b) => {}
            Some(now) if now == average => growth.unite(sets, a, b),
            Some(now) if now > 0 => growth.queue.push((now, Reverse(a), Reverse(b))),
            _ => {}
        }
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Link {
    sum: i64,
    pairs: i64,
}

#[derive(Debug, Default)]
struct Cluster {
    claims: i64,
    crowded: i64,
    links: HashMap<u32, Link>,
    /// Claims that must not be in it.
    foes: Vec<u32>,
}

/// Clusters by their smallest claim, and the pairs of clusters that could be joined.
#[derive(Debug, Default)]
struct Growth {
    clusters: HashMap<u32, Cluster>,
    queue: BinaryHeap<(i64, Reverse<u32>, Reverse<u32>)>,
}

impl Growth {
    fn new(sets: &mut Sets, edges: &[Edge], constraints: &Constraints, crowded: &HashSet<u32>) -> Self {
        let mut growth = Self::default();
        let mut seen = HashSet::new();
        for edge in edges {
            for claim in [edge.a, edge.b] {
                if seen.insert(claim) {
                    growth.admit(claim, sets.root(claim), constraints, crowded);
                }
            }
            let (a, b) = (sets.root(edge.a), sets.root(edge.b));
            if a != b {
                growth.link(a, b, Link { sum: i64::from(edge.score), pairs: 1 });
            }
        }
        let mut queue = Vec::new();
        for (&a, cluster) in &growth.clusters {
            for &b in cluster.links.keys().filter(|&&b| a < b) {
                if let Some(average) = growth.average(a, b).filter(|&average| average > 0) {
                    queue.push((average, Reverse(a), Reverse(b)));
                }
            }
        }
        growth.queue = queue.into();
        growth
    }

    fn admit(&mut self, claim: u32, root: u32, constraints: &Constraints, crowded: &HashSet<u32>) {
        let cluster = self.clusters.entry(root).or_default();
        cluster.claims += 1;
        cluster.crowded += i64::from(crowded.contains(&claim));
        cluster.foes.extend(constraints.foes(claim));
    }

    fn link(&mut self, a: u32, b: u32, more: Link) {
        for (a, b) in [(a, b), (b, a)] {
            let link = self.clusters.entry(a).or_default().links.entry(b).or_default();
            link.sum += more.sum;
            link.pairs += more.pairs;
        }
    }

    /// The average over all pairs of two clusters in steps of [`STEP`], at least 1 where it says "more likely than not".
    fn average(&self, a: u32, b: u32) -> Option<i64> {
        let (x, y) = (self.clusters.get(&a)?, self.clusters.get(&b)?);
        let link = x.links.get(&b)?;
        let strangers = x.claims * y.claims - link.pairs.max(x.crowded * y.crowded);
        let sum = link.sum + strangers * i64::from(STRANGERS);
        let average = sum / (link.pairs + strangers).max(1);
        Some(if sum > 0 { average / STEP + 1 } else { 0 })
    }

    fn forbidden(&self, sets: &mut Sets, a: u32, b: u32) -> bool {
        let (Some(x), Some(y)) = (self.clusters.get(&a), self.clusters.get(&b)) else { return true };
        let (foes, root) = if x.foes.len() <= y.foes.len() { (&x.foes, b) } else { (&y.foes, a) };
        foes.iter().any(|&foe| sets.root(foe) == root)
    }

    /// Makes one cluster of two.
    fn unite(&mut self, sets: &mut Sets, a: u32, b: u32) {
        let (Some(mut from), Some(mut into)) = (self.clusters.remove(&b), self.clusters.remove(&a)) else { return };
        // The links of the smaller are moved one by one, whichever of the two gives its name.
        let (mut name, mut gone) = (a, b);
        if from.links.len() > into.links.len() {
            std::mem::swap(&mut from, &mut into);
            std::mem::swap(&mut name, &mut gone);
        }
        sets.set(gone, name);
        into.claims += from.claims;
        into.crowded += from.crowded;
        into.foes.append(&mut from.foes);
        into.links.remove(&gone);
        for (other, link) in from.links {
            if other == name {
                continue;
            }
            let sum = into.links.entry(other).or_default();
            sum.sum += link.sum;
            sum.pairs += link.pairs;
            if let Some(other) = self.clusters.get_mut(&other) {
                other.links.remove(&gone);
                other.links.insert(name, *sum);
            }
        }
        self.clusters.insert(name, into);
    }
}
