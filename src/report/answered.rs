//! What became of accusations: denied, countered, acknowledged, corroborated, or nothing that the ledger holds.

use std::ops::Range;

use crate::ledger::Counted;
use crate::model::{Id, Stance};
use crate::reconcile::{Claimant, Fact, Status};
use crate::report::input::{ById, Input, Names, Statement};

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
    /// The replies attached to the claims of a statement.
    attached: ById<Vec<&'a Fact>>,
    events: ById<Event>,
    /// What is told of events, by event.
    told: Vec<(Id, &'a Fact)>,
}

#[derive(Debug, Default)]
struct Event {
    status: Status,
    /// Which of all that is told tells of it.
    told: Range<usize>,
}

impl<'a> Replies<'a> {
    /// Indexes an input.
    pub fn new(input: &'a Input, names: &'a Names<'a>) -> Self {
        let mut told: Vec<(Id, &Fact)> =
            input.claims.iter().filter_map(|counted| Some((counted.incident?, &counted.fact))).collect();
        told.sort_unstable_by_key(|(incident, fact)| (*incident, fact.id));
        let statuses: ById<Status> = input.incidents.iter().map(|one| (one.id, one.status)).collect();
        let mut events = ById::default();
        let mut end = 0;
        for of in told.chunk_by(|a, b| a.0 == b.0) {
            let start = end;
            end += of.len();
            if let Some((incident, _)) = of.first() {
                let status = statuses.get(incident).copied().unwrap_or_default();
                events.insert(*incident, Event { status, told: start..end });
            }
        }
        Self { names, attached: attached(input), events, told }
    }

    /// What became of an accusation of `accused`.
    pub fn fate(&self, accusation: &Statement<'_>, accused: Id) -> Fate {
        let mut fate = Fate::default();
        self.answers(accusation, accused).for_each(|reply| fate.take_reply(reply));
        fate.corroborated = self.event(accusation).is_some_and(|event| event.status.corroborated);
        fate
    }

    /// What answers an accusation of `accused`: the replies attached to it, and the same event in the words of the
    /// accused and its side.
    pub fn answers(&self, accusation: &Statement<'_>, accused: Id) -> impl Iterator<Item = &'a Fact> {
        let attached = self.attached.get(&accusation.first.statement).into_iter().flatten().copied();
        let claimant = accusation.fact().claimant;
        let told = self.event(accusation).and_then(|event| self.told.get(event.told.clone())).unwrap_or_default();
        let told = told.iter().map(|(_, fact)| *fact);
        attached.chain(told.filter(move |fact| self.answers_event(fact, claimant, accused)))
    }

    fn event(&self, accusation: &Statement<'_>) -> Option<&Event> {
        let incident = accusation.claims.iter().find_map(|counted| counted.incident);
        incident.and_then(|incident| self.events.get(&incident))
    }

    /// Whether a claim about the same event is the accused's or its side's own act, or lays the event to the accuser.
    fn answers_event(&self, fact: &Fact, claimant: Claimant, accused: Id) -> bool {
        let back = |id| matches!(claimant, Claimant::Party(by) if self.names.allied(id, by));
        let answers = match fact.stance {
            Stance::Alleges => fact.accused.is_some_and(back),
            Stance::Acknowledges => true,
            Stance::Denies | Stance::Observes | Stance::Declares | Stance::NoComment => false,
        };
        answers && matches!(fact.claimant, Claimant::Party(id) if self.names.allied(id, accused))
    }
}

/// Replies by the statement whose claims they are attached to.
fn attached(input: &Input) -> ById<Vec<&Fact>> {
    let mut by_id: Vec<&Counted> = input.claims.iter().collect();
    by_id.sort_unstable_by_key(|counted| counted.fact.id);
    let claim = |id: Id| {
        let at = by_id.binary_search_by_key(&id, |counted| counted.fact.id).ok()?;
        by_id.get(at).copied()
    };
    let mut attached: ById<Vec<&Fact>> = ById::default();
    for answer in &input.answers {
        if let Some((reply, accusation)) = claim(answer.reply).zip(claim(answer.accusation)) {
            attached.entry(accusation.statement).or_default().push(&reply.fact);
        }
    }
    attached
}
