//! Which events a fact about a truce may belong to, and which truces an event may continue, without looking at all.

use std::collections::{BTreeMap, BTreeSet};

use super::truces::Event;
use super::{Fact, Moment};
use crate::model::{ActBase, Id};

const DAY: i64 = 86_400;
/// Most days under which an event is found singly.
const DAYS: i64 = 64;

/// Days that a time may touch, a day's slack on either side; `None` where it is open or spans too many.
fn days(when: Moment) -> Option<std::ops::RangeInclusive<i64>> {
    let (lo, hi) = when.lo.zip(when.hi)?;
    let (first, last) = (lo.div_euclid(DAY) - 1, hi.div_euclid(DAY) + 1);
    (last - first <= DAYS).then_some(first..=last)
}

/// Events by what a fact has to share with them, each by its place among them.
#[derive(Debug, Default)]
pub(super) struct Told {
    by_dispatch: BTreeMap<(ActBase, Id), BTreeSet<usize>>,
    by_day: BTreeMap<(ActBase, Id, i64), BTreeSet<usize>>,
    /// Dated ones by party alone: all of them, and those not found by day.
    by_party: BTreeMap<(ActBase, Id), BTreeSet<usize>>,
    wide: BTreeMap<(ActBase, Id), BTreeSet<usize>>,
}

impl Told {
    /// The events that may take a fact, ascending: of its dispatch, or of a party of its and a day of its.
    pub(super) fn may_take(&self, fact: &Fact) -> impl Iterator<Item = usize> {
        let act = fact.act.base;
        let mut lists = Vec::new();
        lists.extend(fact.dispatch.and_then(|dispatch| self.by_dispatch.get(&(act, dispatch))));
        for &party in fact.parties.iter().filter(|_| fact.when.is_some()) {
            match fact.when.and_then(days) {
                Some(days) => {
                    lists.extend(days.filter_map(|day| self.by_day.get(&(act, party, day))));
                    lists.extend(self.wide.get(&(act, party)));
                }
                None => lists.extend(self.by_party.get(&(act, party))),
            }
        }
        let mut next = 0;
        std::iter::from_fn(move || {
            let found = lists.iter().filter_map(|list| list.range(next..).next()).min().copied()?;
            next = found + 1;
            Some(found)
        })
    }

    /// Notes an event that is new, or that a fact was put into.
    pub(super) fn note(&mut self, at: usize, event: &Event) {
        for &dispatch in &event.dispatches {
            self.by_dispatch.entry((event.act, dispatch)).or_default().insert(at);
        }
        let Some(when) = event.when else { return };
        for &party in &event.parties {
            self.by_party.entry((event.act, party)).or_default().insert(at);
            match days(when) {
                Some(days) => days.for_each(|day| {
                    self.by_day.entry((event.act, party, day)).or_default().insert(at);
                }),
                None => {
                    self.wide.entry((event.act, party)).or_default().insert(at);
                }
            }
        }
    }
}

/// Truces by what an event has to share with them, each by its place among them.
#[derive(Debug, Default)]
pub(super) struct Begun {
    by_dispatch: BTreeMap<Id, BTreeSet<usize>>,
    by_party: BTreeMap<Id, BTreeSet<usize>>,
    /// Those whose beginning is not told yet, by party and the last moment of any of their events.
    waiting: BTreeMap<Id, BTreeSet<(i64, usize)>>,
    /// Of each truce its parties, that last moment, and whether its beginning is told.
    truces: BTreeMap<usize, (BTreeSet<Id>, i64, bool)>,
}

impl Begun {
    /// The truces that an event may continue, the last first. What begins continues none whose last event ended more
    /// than `term` seconds before; an agreement continues only what its own dispatches tell.
    pub(super) fn may_continue(&self, event: &Event, term: i64) -> impl Iterator<Item = usize> {
        let mut waiting: BTreeSet<usize> = BTreeSet::new();
        let mut lists: Vec<&BTreeSet<usize>> =
            event.dispatches.iter().filter_map(|dispatch| self.by_dispatch.get(dispatch)).collect();
        for party in event.parties.iter().filter(|_| event.when.is_some()) {
            match event.act {
                ActBase::TruceAgreed => {}
                ActBase::TruceBegins => {
                    let lo = event.when.and_then(|when| when.lo);
                    let from = (lo.map_or(i64::MIN, |lo| lo.saturating_sub(term)), 0);
                    waiting
                        .extend(self.waiting.get(party).iter().flat_map(|list| list.range(from..)).map(|&(_, at)| at));
                }
                _ => lists.extend(self.by_party.get(party)),
            }
        }
        let mut before = usize::MAX;
        std::iter::from_fn(move || {
            let lists = lists.iter().copied().chain(std::iter::once(&waiting));
            before = lists.filter_map(|list| list.range(..before).next_back()).max().copied()?;
            Some(before)
        })
    }

    /// Notes that a truce has an event.
    pub(super) fn note(&mut self, at: usize, event: &Event) {
        for &dispatch in &event.dispatches {
            self.by_dispatch.entry(dispatch).or_default().insert(at);
        }
        let (parties, last, begun) = self.truces.entry(at).or_insert((BTreeSet::new(), i64::MIN, false));
        for party in &*parties {
            self.waiting.get_mut(party).into_iter().for_each(|waiting| {
                waiting.remove(&(*last, at));
            });
        }
        parties.extend(&event.parties);
        *last = event.when.map_or(*last, |when| (*last).max(when.hi.or(when.lo).unwrap_or(i64::MAX)));
        *begun |= event.act == ActBase::TruceBegins;
        for &party in &*parties {
            self.by_party.entry(party).or_default().insert(at);
            if !*begun {
                self.waiting.entry(party).or_default().insert((*last, at));
            }
        }
    }
}
