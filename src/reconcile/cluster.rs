//! Clusters of claims about one event: best-first average linkage over the scores of pairs.
//!
//! Claims that must go together start together. Then the two clusters whose pairs agree best on average are joined, as long
//! as that average says "more likely than not" and no decision keeps them apart. Pairs nobody compared count as strangers
//! ([`super::weights::STRANGERS`]).
//!
//! Averages are ordered in steps of [`STEP`], ties by the smallest claims. Average linkage never gives a union a better
//! average than its parts had, so an outdated entry of the queue is an upper bound: it is worked out anew when it comes up,
//! one entry for each pair of clusters, which keeps a pile-up of many thousand claims near linear.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BinaryHeap, HashMap};

use foldhash::fast::RandomState;

use super::components::Components;
use super::parallel::in_parts;
use super::sets::Sets;
use super::weights::STRANGERS;

/// A scored pair of claims, by their places in canonical order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) score: i32,
}

/// Step in which averages are compared, in hundredths of a doubling.
const STEP: i64 = 10;

/// Grows clusters inside components from the sets that `sets` holds already.
pub(super) fn grow(sets: &mut Sets, components: &Components, edges: &mut Vec<Edge>) {
    edges.retain(|edge| components.of(edge.a) == components.of(edge.b));
    edges.sort_unstable_by_key(|edge| (components.of(edge.a), edge.a, edge.b));
    let groups: Vec<&[Edge]> = edges.chunk_by(|x, y| components.of(x.a) == components.of(y.a)).collect();
    let frozen = &*sets;
    let unions = in_parts(groups.len(), |range| {
        let mut unions = Vec::new();
        for edges in groups.get(range).unwrap_or_default() {
            match edges {
                // Most components are of two claims.
                [Edge { a, b, score }] if components.len(*a) == 2 => {
                    let open = *score > 0 && !frozen.are_apart(*a, *b);
                    unions.extend(Some((*a, *b)).filter(|_| open));
                }
                _ => Growth::new(frozen, components, edges).run(&mut unions),
            }
        }
        unions
    });
    for (a, b) in unions.into_iter().flatten() {
        sets.join(a, b);
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Link {
    sum: i64,
    pairs: i64,
    /// The average under which the pair stands in the queue; entries under another are outdated. 0: it is in no queue.
    queued: i64,
}

#[derive(Debug, Default)]
struct Cluster {
    /// Its claim that stands for it in the result.
    claim: u32,
    claims: i64,
    /// Clusters that it has a link with; some by names they have no more.
    near: Vec<u32>,
    /// Claims that must not be in it.
    foes: Vec<u32>,
}

/// The clusters of one component, by local numbers, and the pairs of clusters that could be joined.
#[derive(Debug)]
struct Growth {
    /// The claims of the component, ascending.
    claims: Vec<u32>,
    /// The cluster each of them is in; clusters that were joined lead to the one they are in now.
    home: Vec<u32>,
    clusters: Vec<Cluster>,
    /// Sums over the scored pairs of two clusters, by both: see [`both`].
    links: HashMap<u64, Link, RandomState>,
    queue: BinaryHeap<(i64, Reverse<u32>, Reverse<u32>)>,
}

/// Two clusters, whatever their order.
fn both(a: u32, b: u32) -> u64 {
    u64::from(a.min(b)) << 32 | u64::from(a.max(b))
}

impl Growth {
    fn new(sets: &Sets, components: &Components, edges: &[Edge]) -> Self {
        let claims = edges.first().map_or(&[][..], |edge| components.claims(edge.a)).to_vec();
        let local = |claim: u32| claims.binary_search(&claim).map_or(0, |at| u32::try_from(at).unwrap_or(u32::MAX));
        let home: Vec<u32> = claims.iter().map(|&claim| local(sets.root(claim))).collect();
        let clusters = claims.iter().map(|&claim| Cluster { claim, ..Cluster::default() }).collect();
        let links = HashMap::with_capacity_and_hasher(edges.len(), RandomState::default());
        let mut growth = Self { claims: Vec::new(), home, clusters, links, queue: BinaryHeap::new() };
        for (&claim, &home) in claims.iter().zip(&growth.home) {
            if let Some(cluster) = growth.clusters.get_mut(home as usize) {
                if cluster.claims == 0 {
                    cluster.foes = sets.foes(claim).to_vec();
                }
                cluster.claims += 1;
            }
        }
        for edge in edges {
            let (a, b) = (growth.root(local(edge.a)), growth.root(local(edge.b)));
            if a != b {
                growth.link(a, b, Link { sum: i64::from(edge.score), pairs: 1, queued: 0 });
            }
        }
        growth.claims = claims;
        let Self { clusters, links, queue, .. } = &mut growth;
        let mut open = Vec::with_capacity(links.len());
        for (a, x) in (0..).zip(&*clusters) {
            for (&b, y) in x.near.iter().filter(|&&b| a < b).filter_map(|b| Some((b, clusters.get(*b as usize)?))) {
                let Some(link) = links.get_mut(&both(a, b)) else { continue };
                link.queued = average(x, y, link);
                open.extend((link.queued > 0).then_some((link.queued, Reverse(a), Reverse(b))));
            }
        }
        *queue = open.into();
        growth
    }

    /// Joins what belongs together, and notes what it joined.
    fn run(mut self, unions: &mut Vec<(u32, u32)>) {
        while let Some((average, Reverse(a), Reverse(b))) = self.queue.pop() {
            let (a, b) = (self.root(a), self.root(b));
            let (a, b) = (a.min(b), a.max(b));
            let Some(now) = self.still_queued(a, b, average) else { continue };
            if now == average {
                if !self.forbidden(a, b) {
                    self.unite(a, b, unions);
                }
            } else if now > 0 {
                self.queue.push((now, Reverse(a), Reverse(b)));
            }
        }
    }

    /// What two clusters' average is now, if they stand in the queue under `average`; noted as what they are queued by from
    /// now on.
    fn still_queued(&mut self, a: u32, b: u32, queued: i64) -> Option<i64> {
        let link = self.links.get_mut(&both(a, b)).filter(|link| link.queued == queued)?;
        let now = average(self.clusters.get(a as usize)?, self.clusters.get(b as usize)?, link);
        link.queued = if now == queued { 0 } else { now };
        Some(now)
    }

    fn root(&self, at: u32) -> u32 {
        let up = self.home.get(at as usize).copied().unwrap_or(at);
        if up == at { at } else { self.root(up) }
    }

    fn link(&mut self, a: u32, b: u32, more: Link) {
        match self.links.entry(both(a, b)) {
            Entry::Occupied(mut known) => known.get_mut().add(more),
            Entry::Vacant(new) => {
                new.insert(more);
                for (a, b) in [(a, b), (b, a)] {
                    self.clusters.get_mut(a as usize).into_iter().for_each(|cluster| cluster.near.push(b));
                }
            }
        }
    }

    fn forbidden(&self, a: u32, b: u32) -> bool {
        let (Some(x), Some(y)) = (self.clusters.get(a as usize), self.clusters.get(b as usize)) else { return true };
        let (foes, other) = if x.foes.len() <= y.foes.len() { (&x.foes, b) } else { (&y.foes, a) };
        foes.iter()
            .filter_map(|foe| self.claims.binary_search(foe).ok())
            .any(|foe| u32::try_from(foe).is_ok_and(|foe| self.root(foe) == other))
    }

    /// Makes one cluster of two.
    fn unite(&mut self, a: u32, b: u32, unions: &mut Vec<(u32, u32)>) {
        let mut take = |at: u32| self.clusters.get_mut(at as usize).map(std::mem::take).unwrap_or_default();
        let (mut into, mut from) = (take(a), take(b));
        unions.push((into.claim, from.claim));
        // The links of the smaller are moved one by one, whichever of the two gives its name.
        let (mut name, mut gone) = (a, b);
        if from.near.len() > into.near.len() {
            std::mem::swap(&mut from, &mut into);
            std::mem::swap(&mut name, &mut gone);
        }
        self.home.get_mut(gone as usize).into_iter().for_each(|home| *home = name);
        into.claims += from.claims;
        into.foes.append(&mut from.foes);
        self.links.remove(&both(name, gone));
        if let Some(slot) = self.clusters.get_mut(name as usize) {
            *slot = into;
        }
        for other in from.near {
            if let Some(link) = self.links.remove(&both(gone, other)) {
                self.link(name, other, link);
            }
        }
    }
}

impl Link {
    fn add(&mut self, more: Self) {
        self.sum += more.sum;
        self.pairs += more.pairs;
        self.queued = self.queued.max(more.queued);
    }
}

/// The average over all pairs of two clusters in steps of [`STEP`], at least 1 where it says "more likely than not", else 0.
fn average(a: &Cluster, b: &Cluster, link: &Link) -> i64 {
    let pairs = a.claims * b.claims;
    let sum = link.sum + (pairs - link.pairs) * i64::from(STRANGERS);
    if sum > 0 { sum / pairs.max(1) / STEP + 1 } else { 0 }
}
