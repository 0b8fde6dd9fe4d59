//! How acts are laid to parties; totals never mix these.

use crate::model::{Attribution, Stance};
use crate::reconcile::Fact;

/// How a party came to be named as the one who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Laid {
    /// Accused by name.
    Accused,
    /// Named by an observer.
    Observed,
    /// Inferred by anybody.
    Inferred,
    /// Ruled by a monitor.
    Finding,
    /// Accused of a toll told apart from any act.
    Toll,
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
