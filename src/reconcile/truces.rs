//! Truce facts gathered into proposed truces.
//!
//! Facts are first gathered into *events*: facts of one kind (agreed, begins, extended, ends) about the same parties whose
//! times share a moment, or whose undated member stands in a dispatch with a dated one. Then events are chained: a truce
//! opens with an agreement or, where none is told, a beginning; what begins joins the latest truce of the same parties
//! agreed on or up to [`TERM`] before, that has no beginning yet at another time; what extends or ends joins the latest that
//! had begun. Parties are the same if one list holds the other; a fact that names no parties joins only what its own
//! dispatch tells, for "the 2016 truce" is told in every conflict. Mediators gather from all members: a text that names
//! none does not contradict one that does.

use std::collections::BTreeSet;

use super::{Fact, Moment, ProposedTruce, TruceEvent};
use crate::model::{ActBase, Extent, Grain, Id};

/// Longest time between agreeing a truce and its taking effect that still makes them one: truces that took longer to begin
/// were agreed anew. Two weeks.
const TERM: i64 = 14 * 86_400;

/// A day's grace where two facts are told in different zones or by the eve.
const GRACE: i64 = 86_400;

/// Facts of one kind about one event.
#[derive(Debug, Clone)]
struct Event<'a> {
    act: ActBase,
    facts: Vec<&'a Fact>,
    parties: BTreeSet<Id>,
    mediators: BTreeSet<Id>,
    when: Option<Moment>,
}

/// Gathers truce facts.
pub(super) fn gather(facts: &[Fact]) -> Vec<ProposedTruce> {
    let mut told: Vec<&Fact> = facts.iter().filter(|fact| fact.act.base.is_truce_fact()).collect();
    told.sort_by_key(|fact| fact.id);
    told.dedup_by_key(|fact| fact.id);
    // Precisely dated facts make the events that vaguer ones join.
    told.sort_by_key(|fact| (vagueness(fact), fact.id));
    let mut events: Vec<Event> = Vec::new();
    for fact in told {
        match events.iter_mut().find(|event| event.takes(fact)) {
            Some(event) => event.admit(fact),
            None => events.push(Event::new(fact)),
        }
    }
    events.sort_by_key(|event| (event.order(), event.first()));
    let mut truces: Vec<Vec<Event>> = Vec::new();
    for event in events {
        let at = truces.iter().enumerate().filter(|(_, truce)| continues(truce, &event)).map(|(at, _)| at).next_back();
        match at.and_then(|at| truces.get_mut(at)) {
            Some(truce) => truce.push(event),
            None => truces.push(vec![event]),
        }
    }
    let mut proposed: Vec<ProposedTruce> = truces.iter().filter_map(|events| propose(events)).collect();
    proposed.sort_by_key(|truce| truce.id);
    proposed
}

/// Undated facts last, then by how wide their time is.
fn vagueness(fact: &Fact) -> (bool, i64) {
    match fact.when.map(|when| (when.lo, when.hi)) {
        Some((Some(lo), Some(hi))) => (false, hi.saturating_sub(lo)),
        _ => (true, 0),
    }
}

fn compatible(a: &BTreeSet<Id>, b: &BTreeSet<Id>) -> bool {
    !a.is_empty() && !b.is_empty() && (a.is_subset(b) || b.is_subset(a))
}

impl<'a> Event<'a> {
    fn new(fact: &'a Fact) -> Self {
        Self {
            act: fact.act.base,
            facts: vec![fact],
            parties: fact.parties.iter().copied().collect(),
            mediators: fact.mediators.iter().copied().collect(),
            when: fact.when,
        }
    }

    fn takes(&self, fact: &Fact) -> bool {
        let parties: BTreeSet<Id> = fact.parties.iter().copied().collect();
        let told_here = self.facts.iter().any(|f| f.dispatch.is_some() && f.dispatch == fact.dispatch);
        let same =
            compatible(&self.parties, &parties) || (told_here && (parties.is_empty() || self.parties.is_empty()));
        let together = match (self.when, fact.when) {
            (Some(a), Some(b)) => shares(a, b),
            _ => told_here,
        };
        self.act == fact.act.base && same && together
    }

    fn admit(&mut self, fact: &'a Fact) {
        self.facts.push(fact);
        self.parties.extend(&fact.parties);
        self.mediators.extend(&fact.mediators);
        self.when = match (self.when, fact.when) {
            (Some(a), Some(b)) => Some(narrowed(a, b)),
            (a, b) => a.or(b),
        };
    }

    fn first(&self) -> Option<Id> {
        self.facts.iter().map(|fact| fact.id).min()
    }

    /// When it is taken to have happened for the order of events, and agreements before what follows from them. Of an
    /// undated fact all that is known is that it lies before its publication.
    fn order(&self) -> (i64, u8) {
        let published = || self.facts.iter().filter_map(|fact| fact.published).min();
        let at = self.when.and_then(|when| when.lo).or_else(published).unwrap_or(i64::MAX);
        let rank = match self.act {
            ActBase::TruceAgreed => 0,
            ActBase::TruceBegins => 1,
            ActBase::TruceExtended => 2,
            _ => 3,
        };
        // Of one day, an agreement comes first though its hour may be told less finely.
        (at.div_euclid(GRACE), rank)
    }

    fn shares_dispatch(&self, other: &Self) -> bool {
        let known = |fact: &&&Fact| fact.dispatch.is_some();
        self.facts.iter().filter(known).any(|a| other.facts.iter().any(|b| a.dispatch == b.dispatch))
    }
}

/// Whether two times share a moment, or lie within a day's grace where one is a whole day or coarser.
fn shares(a: Moment, b: Moment) -> bool {
    let grace = if a.grain.max(b.grain) >= Grain::Day { 0 } else { 3_600 };
    let before = |a: Moment, b: Moment| matches!((a.hi, b.lo), (Some(hi), Some(lo)) if hi.saturating_add(grace) <= lo);
    !before(a, b) && !before(b, a)
}

/// The part of time that two facts about one event leave open, told as finely as the finer.
fn narrowed(a: Moment, b: Moment) -> Moment {
    let (lo, hi) = (a.lo.max(b.lo), [a.hi, b.hi].into_iter().flatten().min());
    let sound = lo.zip(hi).is_none_or(|(lo, hi)| lo < hi);
    let finer = if b.grain < a.grain { b } else { a };
    if sound { Moment { lo, hi, grain: finer.grain, extent: Extent::Within } } else { finer }
}

/// Whether an event continues a truce of earlier events.
fn continues(truce: &[Event], event: &Event) -> bool {
    let same = truce.iter().any(|other| {
        compatible(&other.parties, &event.parties)
            || (other.shares_dispatch(event) && (other.parties.is_empty() || event.parties.is_empty()))
    });
    let has = |act: ActBase| truce.iter().find(|other| other.act == act);
    let follows = |other: &Event, within: i64| match (other.when, event.when) {
        (Some(Moment { lo: Some(from), .. }), Some(Moment { hi: Some(to), lo, .. })) => {
            to.saturating_add(GRACE) > from
                && lo.is_none_or(|lo| lo.saturating_sub(within) <= other.when.and_then(|w| w.hi).unwrap_or(from))
        }
        _ => other.shares_dispatch(event),
    };
    same && match event.act {
        // An agreement told undated belongs to the truce whose beginning its dispatch tells.
        ActBase::TruceAgreed => {
            event.when.is_none()
                && has(ActBase::TruceAgreed).is_none()
                && truce.iter().any(|other| other.shares_dispatch(event))
        }
        ActBase::TruceBegins => has(ActBase::TruceBegins).is_none() && truce.iter().any(|other| follows(other, TERM)),
        _ => truce.iter().any(|other| follows(other, i64::MAX)),
    }
}

fn propose(events: &[Event]) -> Option<ProposedTruce> {
    let mut claims: Vec<Id> = events.iter().flat_map(|event| event.facts.iter().map(|fact| fact.id)).collect();
    claims.sort_unstable();
    let gathered =
        |of: fn(&Event) -> BTreeSet<Id>| events.iter().flat_map(of).collect::<BTreeSet<Id>>().into_iter().collect();
    let when = |act: ActBase| events.iter().find(|event| event.act == act).and_then(|event| event.when);
    let mut told: Vec<TruceEvent> = Vec::new();
    for event in events {
        let facts = event.facts.iter().map(|fact| fact.id);
        match told.iter_mut().find(|told| told.act == event.act) {
            Some(told) => told.claims.extend(facts),
            None => told.push(TruceEvent { act: event.act, claims: facts.collect(), when: event.when }),
        }
    }
    for event in &mut told {
        event.claims.sort_unstable();
    }
    told.sort_by(|a, b| a.claims.cmp(&b.claims));
    Some(ProposedTruce {
        id: claims.first().copied()?,
        parties: gathered(|event| event.parties.clone()),
        mediators: gathered(|event| event.mediators.clone()),
        agreed: when(ActBase::TruceAgreed),
        effective: when(ActBase::TruceBegins),
        ended: when(ActBase::TruceEnds),
        claims,
        events: told,
    })
}
