//! Disjoint sets of claims, some of which must stay apart.

use std::collections::HashMap;

/// Disjoint sets of claims, each with its smallest claim as root.
#[derive(Debug, Clone)]
pub(super) struct Sets {
    parent: Vec<u32>,
    /// By root: claims that must not come into its set.
    foes: HashMap<u32, Vec<u32>>,
}

impl Sets {
    /// Every claim alone.
    pub(super) fn new(claims: usize) -> Self {
        Self { parent: (0..u32::try_from(claims).unwrap_or(u32::MAX)).collect(), foes: HashMap::new() }
    }

    /// The root of a claim's set.
    pub(super) fn root(&self, claim: u32) -> u32 {
        let mut at = claim;
        loop {
            let up = self.up(at);
            if up == at {
                return at;
            }
            at = up;
        }
    }

    /// Puts two claims into one set.
    pub(super) fn join(&mut self, a: u32, b: u32) {
        let (x, y) = (self.root(a), self.root(b));
        let root = x.min(y);
        if x != y && !self.foes.is_empty() {
            let moved = self.foes.remove(&x.max(y)).unwrap_or_default();
            if !moved.is_empty() {
                self.foes.entry(root).or_default().extend(moved);
            }
        }
        for claim in [a, b] {
            self.lead(claim, root);
        }
    }

    /// Notes that two claims must not come into one set.
    pub(super) fn keep_apart(&mut self, a: u32, b: u32) {
        for (a, b) in [(a, b), (b, a)] {
            self.foes.entry(self.root(a)).or_default().push(b);
        }
    }

    /// The claims that must not come into a claim's set.
    pub(super) fn foes(&self, claim: u32) -> &[u32] {
        self.foes.get(&self.root(claim)).map_or(&[], Vec::as_slice)
    }

    /// Whether the sets of two claims must stay apart.
    pub(super) fn are_apart(&self, a: u32, b: u32) -> bool {
        let b = self.root(b);
        self.foes(a).iter().any(|&foe| self.root(foe) == b)
    }

    /// Leads all on the way from a claim to its root straight to another root.
    fn lead(&mut self, claim: u32, root: u32) {
        let mut at = claim;
        while at != root {
            let up = self.up(at);
            if let Some(slot) = self.parent.get_mut(at as usize) {
                *slot = root;
            }
            if up == at {
                break;
            }
            at = up;
        }
    }

    /// Makes every claim lead straight to its root.
    pub(super) fn flatten(&mut self) {
        for claim in 0..u32::try_from(self.parent.len()).unwrap_or(u32::MAX) {
            let root = self.root(claim);
            if let Some(slot) = self.parent.get_mut(claim as usize) {
                *slot = root;
            }
        }
    }

    fn up(&self, at: u32) -> u32 {
        self.parent.get(at as usize).copied().unwrap_or(at)
    }
}
