//! How acts are laid to parties; totals never mix these.

use crate::model::vocabulary::vocabulary;
use crate::model::{Attribution, Stance};
use crate::reconcile::Fact;

vocabulary! {
    /// How a party came to be named as the one who did it.
    Laid, "way of naming" {
        /// Accused by name.
        Accused = "accused",
        /// Named by an observer.
        Observed = "observed",
        /// Inferred by anybody.
        Inferred = "inferred",
        /// Ruled by a monitor.
        Finding = "finding",
        /// Accused of a toll told apart from any act.
        Toll = "toll",
    }
}

impl Laid {
    /// How a claim lays its act to the accused, if it does.
    pub fn of(fact: &Fact) -> Option<Self> {
        let breach = fact.act.base.is_breach();
        match (fact.stance, fact.attribution) {
            (Stance::Alleges | Stance::Observes, Some(Attribution::Inferred)) if breach => Some(Self::Inferred),
            (Stance::Alleges | Stance::Observes, Some(Attribution::Finding)) if breach => Some(Self::Finding),
            (Stance::Alleges, _) if breach => Some(Self::Accused),
            (Stance::Observes, _) if breach => Some(Self::Observed),
            (Stance::Alleges, _) if !fact.act.base.is_truce_fact() => Some(Self::Toll),
            _ => None,
        }
    }
}
