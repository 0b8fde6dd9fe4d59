//! What became of accusations: denied, countered, acknowledged, corroborated, or nothing that the ledger holds.

use std::collections::HashMap;

use crate::ledger::Counted;
use crate::model::{Id, Stance};
use crate::reconcile::{Claimant, Fact, Status};
use crate::report::input::{Input, Names, Statement};

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

impl Fate {
    /// Whether the ledger holds no answer of any kind, silence on being asked included.
    pub const fn is_unanswered(&self) -> bool {
        !(self.denied || self.countered || self.acknowledged || self.in_response || self.no_comment || self.otherwise)
    }

    fn take_reply(&mut self, reply: &Fact) {
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

/// Where replies and the other claims about an event are found: among all claims, filtered or not.
#[derive(Debug)]
pub struct Replies<'a> {
    names: &'a Names<'a>,
    claims: HashMap<Id, &'a Counted>,
    statements: HashMap<Id, Vec<Id>>,
    answers: HashMap<Id, Vec<Id>>,
    events: HashMap<Id, Event<'a>>,
}

#[derive(Debug, Default)]
struct Event<'a> {
    status: Status,
    claims: Vec<&'a Fact>,
}

impl<'a> Replies<'a> {
    /// Indexes an input.
    pub fn new(input: &'a Input, names: &'a Names<'a>) -> Self {
        let mut events: HashMap<Id, Event<'a>> = HashMap::new();
        let mut statements: HashMap<Id, Vec<Id>> = HashMap::new();
        for incident in &input.incidents {
            events.entry(incident.id).or_default().status = incident.status;
        }
        for counted in &input.claims {
            statements.entry(counted.statement).or_default().push(counted.fact.id);
            if let Some(incident) = counted.incident {
                events.entry(incident).or_default().claims.push(&counted.fact);
            }
        }
        let mut answers: HashMap<Id, Vec<Id>> = HashMap::new();
        for answer in &input.answers {
            answers.entry(answer.accusation).or_default().push(answer.reply);
        }
        let claims = input.claims.iter().map(|counted| (counted.fact.id, counted)).collect();
        Self { names, claims, statements, answers, events }
    }

    /// What became of an accusation of `accused`.
    pub fn fate(&self, accusation: &Statement<'_>, accused: Id) -> Fate {
        let mut fate = Fate::default();
        for reply in self.answers(accusation, accused) {
            fate.take_reply(reply);
        }
        fate.corroborated = self.event(accusation).is_some_and(|event| event.status.corroborated);
        fate
    }

    /// What answers an accusation of `accused`: the replies attached to it, and the same event in the words of the
    /// accused and its side.
    pub fn answers(&self, accusation: &Statement<'_>, accused: Id) -> Vec<&'a Fact> {
        let claims = self.statements.get(&accusation.first.statement).into_iter().flatten();
        let attached = claims.flat_map(|claim| self.answers.get(claim).into_iter().flatten());
        let mut answers: Vec<&'a Fact> =
            attached.filter_map(|id| self.claims.get(id)).map(|reply| &reply.fact).collect();
        let claimant = accusation.fact().claimant;
        let told = self.event(accusation).map(|event| event.claims.as_slice()).unwrap_or_default();
        answers.extend(told.iter().copied().filter(|fact| self.answers_event(fact, claimant, accused)));
        answers
    }

    fn event(&self, accusation: &Statement<'_>) -> Option<&Event<'a>> {
        let incident = accusation.claims.iter().find_map(|counted| counted.incident);
        incident.and_then(|incident| self.events.get(&incident))
    }

    /// Whether a claim about the same event is the accused's or its side's own act, or lays the event to the accuser.
    fn answers_event(&self, fact: &Fact, claimant: Claimant, accused: Id) -> bool {
        let of_accused = matches!(fact.claimant, Claimant::Party(id) if self.names.allied(id, accused));
        let back = |id| matches!(claimant, Claimant::Party(by) if self.names.allied(id, by));
        of_accused
            && match fact.stance {
                Stance::Alleges => fact.accused.is_some_and(back),
                Stance::Acknowledges => true,
                Stance::Denies | Stance::Observes | Stance::Declares | Stance::NoComment => false,
            }
    }
}
