//! What claims do: the columns of claims made.

use crate::model::Stance;
use crate::model::vocabulary::vocabulary;
use crate::reconcile::Fact;

vocabulary! {
    /// What a claim does.
    Made, "kind of claim" {
        /// Accuses.
        Accusation = "accusations",
        /// Denies.
        Denial = "denials",
        /// Owns up.
        Acknowledgement = "acknowledgements",
        /// Owns up to an act in response.
        InResponse = "acknowledged_in_response",
        /// Observes.
        Observation = "observations",
        /// Tells of a truce, or of a toll apart from any act.
        Other = "truce_facts_and_tolls",
        /// Keeps silent on being asked.
        NoComment = "no_comment",
    }
}

impl Made {
    /// What a claim does.
    pub fn of(fact: &Fact) -> Self {
        match fact.stance {
            Stance::Alleges if fact.act.base.is_breach() => Self::Accusation,
            Stance::Alleges | Stance::Declares => Self::Other,
            Stance::Denies => Self::Denial,
            Stance::Acknowledges if fact.in_response => Self::InResponse,
            Stance::Acknowledges => Self::Acknowledgement,
            Stance::Observes => Self::Observation,
            Stance::NoComment => Self::NoComment,
        }
    }
}
