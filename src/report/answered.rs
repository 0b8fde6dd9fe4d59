//! What became of accusations: denied, countered, acknowledged, corroborated, or nothing that the ledger holds.

use std::ops::Range;

use crate::ledger::Counted;
use crate::model::Id;
use crate::reconcile::{Fact, Status};
use crate::report::input::{ById, Input, Names, Statement};
use crate::tally::fate::{Fate, Reply};

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
        self.answers(accusation, accused).for_each(|reply| fate.take(reply.into()));
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
        let answers =
            move |fact: &&Fact| Reply::from(*fact).answers_event(claimant, accused, |a, b| self.names.allied(a, b));
        attached.chain(told.filter(answers))
    }

    fn event(&self, accusation: &Statement<'_>) -> Option<&Event> {
        let incident = accusation.claims.iter().find_map(|counted| counted.incident);
        incident.and_then(|incident| self.events.get(&incident))
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
