//! What became of accusations: denied, countered, acknowledged, corroborated, or nothing that the ledger holds.

use crate::model::{Id, Stance};
use crate::reconcile::{Claimant, Fact};

/// What became of an accusation. Several may hold at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(clippy::struct_excessive_bools, reason = "a set of independent flags, each a column")]
pub struct Fate {
    /// The accused, or its side, denies it.
    pub denied: bool,
    /// The accused, or its side, lays the same event to the accuser, or answers with an accusation of its own.
    pub countered: bool,
    /// The accused, or its side, says it did it.
    pub acknowledged: bool,
    /// The accused, or its side, says it acted in response.
    pub in_response: bool,
    /// An uninvolved observer saw the event itself.
    pub corroborated: bool,
    /// The accused was asked, or named, and said nothing.
    pub no_comment: bool,
    /// Some other reply was attached to it.
    pub otherwise: bool,
}

/// What of a claim decides what it is to an accusation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reply {
    /// Who makes it.
    pub claimant: Claimant,
    /// What it does.
    pub stance: Stance,
    /// Whether the act it owns up to was a response.
    pub in_response: bool,
    /// Whom it accuses.
    pub accused: Option<Id>,
}

impl From<&Fact> for Reply {
    fn from(fact: &Fact) -> Self {
        let Fact { claimant, stance, in_response, accused, .. } = *fact;
        Self { claimant, stance, in_response, accused }
    }
}

impl Reply {
    /// Whether a claim about the event of an accusation by one party or nobody known is the accused's or its side's own
    /// act, or lays the event to the accuser.
    pub fn answers_event(self, by: Claimant, accused: Id, allied: impl Fn(Id, Id) -> bool) -> bool {
        let back = |id| by.party().is_some_and(|by| allied(id, by));
        let answers = match self.stance {
            Stance::Alleges => self.accused.is_some_and(back),
            Stance::Acknowledges => true,
            Stance::Denies | Stance::Observes | Stance::Declares | Stance::NoComment => false,
        };
        answers && self.claimant.party().is_some_and(|id| allied(id, accused))
    }
}

impl Fate {
    /// Whether the ledger holds no answer of any kind, silence on being asked included.
    pub const fn is_unanswered(&self) -> bool {
        !(self.denied || self.countered || self.acknowledged || self.in_response || self.no_comment || self.otherwise)
    }

    /// Takes an answer into account.
    pub const fn take(&mut self, reply: Reply) {
        match reply.stance {
            Stance::Denies => self.denied = true,
            Stance::Alleges => self.countered = true,
            Stance::Acknowledges if reply.in_response => self.in_response = true,
            Stance::Acknowledges => self.acknowledged = true,
            Stance::NoComment => self.no_comment = true,
            Stance::Observes | Stance::Declares => self.otherwise = true,
        }
    }
}

/// Whether something became of an accusation.
pub type IsFate = fn(&Fate) -> bool;

/// What can become of accusations: key and title of its column.
pub const FATES: [(&str, &str, IsFate); 7] = [
    ("denied", "of them denied", |fate| fate.denied),
    ("countered", "countered", |fate| fate.countered),
    ("acknowledged", "acknowledged", |fate| fate.acknowledged),
    ("said_in_response", "said to be in response", |fate| fate.in_response),
    ("corroborated", "corroborated", |fate| fate.corroborated),
    ("not_commented", "not commented on", |fate| fate.no_comment),
    ("unanswered", "unanswered", Fate::is_unanswered),
];
