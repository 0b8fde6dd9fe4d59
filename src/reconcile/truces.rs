//! Truce facts gathered into proposed truces.
//!
//! Facts are first gathered into *events*: facts of one kind (agreed, begins, extended, ends) about the same parties whose
//! times share a moment, or whose undated member stands in a dispatch with a dated one. Then events are chained: a truce
//! opens with an agreement or, where none is told, a beginning; what begins joins the latest truce of the same parties
//! agreed on or up to [`TERM`] before, that has no beginning yet at another time; what extends or ends joins the latest that
//! had begun. Parties are the same if one list holds the other; a fact that names no parties joins only what its own
//! dispatch tells, for "the 2016 truce" is told in every conflict. Mediators gather from all members: a text that names
//! none does not contradict one that does.

use std::collections::{BTreeMap, BTreeSet};

use super::rank::Rank;
use super::truce_index::{Begun, Told};
use super::{Fact, Moment, ProposedTruce, Registers, TruceEvent};
use crate::model::{ActBase, Extent, Grain, Id};

/// Longest time between agreeing a truce and its taking effect that still makes them one: truces that took longer to begin
/// were agreed anew. Two weeks.
const TERM: i64 = 14 * 86_400;

/// A day's grace where two facts are told in different zones or by the eve.
const GRACE: i64 = 86_400;

/// Facts of one kind about one event.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub(super) act: ActBase,
    /// Its facts, and the dispatches that tell them.
    facts: Vec<Id>,
    pub(super) dispatches: BTreeSet<Id>,
    pub(super) parties: BTreeSet<Id>,
    mediators: BTreeSet<Id>,
    pub(super) when: Option<Moment>,
    /// When the first of its facts was published.
    published: Option<i64>,
}

/// Gathers truce facts.
pub(super) fn gather(facts: &[Fact], registers: &Registers) -> Vec<ProposedTruce> {
    let mut told: Vec<&Fact> = facts.iter().filter(|fact| fact.act.base.is_truce_fact()).collect();
    told.sort_by_key(|fact| fact.id);
    told.dedup_by_key(|fact| fact.id);
    // Precisely dated facts make the events that vaguer ones join.
    told.sort_by_cached_key(|fact| (vagueness(fact), Rank::of(fact, registers)));
    let mut proposed: Vec<ProposedTruce> = chained(events(&told)).iter().filter_map(|events| propose(events)).collect();
    proposed.sort_by_key(|truce| truce.id);
    proposed
}

/// Puts facts into events: each into the first that takes it.
fn events(told: &[&Fact]) -> Vec<Event> {
    let (mut events, mut index): (Vec<Event>, _) = (Vec::new(), Told::default());
    for fact in told {
        let at = index.may_take(fact).find(|&at| events.get(at).is_some_and(|event| event.takes(fact)));
        let at = if let Some(at) = at {
            events.get_mut(at).into_iter().for_each(|event| event.admit(fact));
            at
        } else {
            events.push(Event::new(fact));
            events.len() - 1
        };
        events.get(at).into_iter().for_each(|event| index.note(at, event));
    }
    events
}

/// Chains events to truces: each to the last that it continues.
fn chained(mut events: Vec<Event>) -> Vec<Vec<Event>> {
    // Of one day and kind, in the order in which they were opened: in canonical order.
    events.sort_by_key(Event::order);
    let (mut truces, mut index): (Vec<Vec<Event>>, _) = (Vec::new(), Begun::default());
    for event in events {
        let mut may = index.may_continue(&event, TERM);
        let at = may.find(|&at| truces.get(at).is_some_and(|truce| continues(truce, &event)));
        drop(may);
        let at = at.unwrap_or_else(|| {
            truces.push(Vec::new());
            truces.len() - 1
        });
        index.note(at, &event);
        truces.get_mut(at).into_iter().for_each(|truce| truce.push(event.clone()));
    }
    truces
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

impl Event {
    fn new(fact: &Fact) -> Self {
        Self {
            act: fact.act.base,
            facts: vec![fact.id],
            dispatches: fact.dispatch.into_iter().collect(),
            parties: fact.parties.iter().copied().collect(),
            mediators: fact.mediators.iter().copied().collect(),
            when: fact.when,
            published: fact.published,
        }
    }

    fn takes(&self, fact: &Fact) -> bool {
        let parties: BTreeSet<Id> = fact.parties.iter().copied().collect();
        let told_here = fact.dispatch.is_some_and(|dispatch| self.dispatches.contains(&dispatch));
        let same =
            compatible(&self.parties, &parties) || (told_here && (parties.is_empty() || self.parties.is_empty()));
        let together = match (self.when, fact.when) {
            (Some(a), Some(b)) => shares(a, b),
            _ => told_here,
        };
        self.act == fact.act.base && same && together
    }

    fn admit(&mut self, fact: &Fact) {
        self.facts.push(fact.id);
        self.dispatches.extend(fact.dispatch);
        self.parties.extend(&fact.parties);
        self.mediators.extend(&fact.mediators);
        self.published = [self.published, fact.published].into_iter().flatten().min();
        self.when = match (self.when, fact.when) {
            (Some(a), Some(b)) => Some(narrowed(a, b)),
            (a, b) => a.or(b),
        };
    }

    /// When it is taken to have happened for the order of events, and agreements before what follows from them. Of an
    /// undated fact all that is known is that it lies before its publication.
    fn order(&self) -> (i64, u8) {
        let at = self.when.and_then(|when| when.lo).or(self.published).unwrap_or(i64::MAX);
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
        !self.dispatches.is_disjoint(&other.dispatches)
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
        // An agreement told undated belongs to the truce whose beginning its dispatch tells, even where others date it.
        ActBase::TruceAgreed => {
            let open = has(ActBase::TruceAgreed).is_none();
            let told = |other: &Event| other.shares_dispatch(event) && (open || other.act == ActBase::TruceBegins);
            event.when.is_none() && truce.iter().any(told)
        }
        ActBase::TruceBegins => has(ActBase::TruceBegins).is_none() && truce.iter().any(|other| follows(other, TERM)),
        _ => truce.iter().any(|other| follows(other, i64::MAX)),
    }
}

fn propose(events: &[Event]) -> Option<ProposedTruce> {
    let mut claims: Vec<Id> = events.iter().flat_map(|event| event.facts.iter().copied()).collect();
    claims.sort_unstable();
    let gathered =
        |of: fn(&Event) -> BTreeSet<Id>| events.iter().flat_map(of).collect::<BTreeSet<Id>>().into_iter().collect();
    let when = |act: ActBase| events.iter().filter(|event| event.act == act).find_map(|event| event.when);
    let mut told: BTreeMap<ActBase, TruceEvent> = BTreeMap::new();
    for event in events {
        let new = || TruceEvent { act: event.act, claims: Vec::new(), when: when(event.act) };
        told.entry(event.act).or_insert_with(new).claims.extend(&event.facts);
    }
    let mut told: Vec<TruceEvent> = told.into_values().collect();
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
