//! Components: claims that can have anything to do with each other's conclusions, directly or by way of others.
//!
//! Claims are tied by a score above zero, by repeating each other, by a decision, and by a reply that could attach. What is
//! concluded about a claim depends on its component alone; so a change has to look again only at those it touches.

use super::sets::Sets;

/// The components of a run.
#[derive(Debug)]
pub(super) struct Components {
    sets: Sets,
    /// Claims by component, then in canonical order; only of components of several.
    grouped: Vec<(u32, u32)>,
    /// The claims of `grouped` alone.
    claims: Vec<u32>,
}

impl Components {
    /// Components of so many claims by their ties.
    pub(super) fn of_ties(claims: usize, ties: impl Iterator<Item = (u32, u32)>) -> Self {
        let mut sets = Sets::new(claims);
        for (a, b) in ties {
            sets.join(a, b);
        }
        sets.flatten();
        let count = u32::try_from(claims).unwrap_or(u32::MAX);
        let mut several = vec![false; claims];
        for claim in (0..count).filter(|&claim| sets.root(claim) != claim) {
            for at in [claim, sets.root(claim)] {
                several.get_mut(at as usize).into_iter().for_each(|flag| *flag = true);
            }
        }
        let mut grouped: Vec<(u32, u32)> = (0..count)
            .zip(&several)
            .filter(|(_, several)| **several)
            .map(|(claim, _)| (sets.root(claim), claim))
            .collect();
        grouped.sort_unstable();
        let claims = grouped.iter().map(|&(_, claim)| claim).collect();
        Self { sets, grouped, claims }
    }

    /// The component of a claim: its first claim.
    pub(super) fn of(&self, claim: u32) -> u32 {
        self.sets.root(claim)
    }

    /// The claims of a claim's component, ascending; none where it stands alone.
    pub(super) fn claims(&self, claim: u32) -> &[u32] {
        let root = self.of(claim);
        let from = self.grouped.partition_point(|&(of, _)| of < root);
        let to = self.grouped.partition_point(|&(of, _)| of <= root);
        self.claims.get(from..to).unwrap_or_default()
    }

    /// How many claims there are in a claim's component.
    pub(super) fn len(&self, claim: u32) -> usize {
        self.claims(claim).len().max(1)
    }

    /// Every claim of a component of several with its component, by component.
    pub(super) fn grouped(&self) -> &[(u32, u32)] {
        &self.grouped
    }
}
