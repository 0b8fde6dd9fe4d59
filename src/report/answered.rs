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
        for claim in self.statements.get(&accusation.first.statement).into_iter().flatten() {
            for reply in self.answers.get(claim).into_iter().flatten().filter_map(|id| self.claims.get(id)) {
                fate.take_reply(&reply.fact);
            }
        }
        let incident = accusation.claims.iter().find_map(|counted| counted.incident);
        if let Some(event) = incident.and_then(|incident| self.events.get(&incident)) {
            fate.corroborated = event.status.corroborated;
            self.take_event(&mut fate, event, accusation.fact().claimant, accused);
        }
        fate
    }

    /// The same event in the words of the accused and its side.
    fn take_event(&self, fate: &mut Fate, event: &Event<'_>, claimant: Claimant, accused: Id) {
        let of_accused = |fact: &&&Fact| matches!(fact.claimant, Claimant::Party(id) if self.names.allied(id, accused));
        for fact in event.claims.iter().filter(of_accused) {
            match fact.stance {
                Stance::Alleges => {
                    let back = |id| matches!(claimant, Claimant::Party(by) if self.names.allied(id, by));
                    fate.countered |= fact.accused.is_some_and(back);
                }
                Stance::Acknowledges => fate.take_reply(fact),
                Stance::Denies | Stance::Observes | Stance::Declares | Stance::NoComment => {}
            }
        }
    }
}
