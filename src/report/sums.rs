//! Adding like with like: what several claims allege in all, and what cannot be added and why.
//!
//! 1. Running totals and parts of other figures are left out.
//! 2. Claims about one incident are versions of one number: of one claimant the latest stands, different claimants
//!    span a range. So are totals of different claimants over the same window.
//! 3. The longest windows stand; what may be counted in one already, a shorter window or an event, is left out,
//!    unless time, registered places or targets tell them apart. Windows of one claimant's series that share only an
//!    edge day are neighbours.

use std::collections::{BTreeMap, HashMap};

use crate::model::text::key;
use crate::model::{Id, Range, Zone};
use crate::reconcile::{Claimant, Fact, Moment, PlaceName, Registers};
use crate::report::times;
use crate::tally::numbers::{Over, Version, Why, latest, spanning};

/// A number that a claim gives.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The claim.
    pub fact: &'a Fact,
    /// The statement it belongs to.
    pub statement: Id,
    /// The incident it belongs to.
    pub incident: Option<Id>,
    /// The number.
    pub amount: Range,
    /// What it is counted over.
    pub over: Over,
}

impl Version for Entry<'_> {
    fn claim(&self) -> Id {
        self.fact.id
    }

    fn claimant(&self) -> Claimant {
        self.fact.claimant
    }

    fn statement(&self) -> Id {
        self.statement
    }

    fn published(&self) -> Option<i64> {
        self.fact.published
    }

    fn amount(&self) -> Range {
        self.amount
    }
}

/// What numbers come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Total {
    /// The sum; `None` where nothing could be added: unknown, not zero.
    pub amount: Option<Range>,
    /// The claims it was added from, ascending.
    pub claims: Vec<Id>,
    /// The claims left out, by reason, ascending.
    pub left_out: BTreeMap<Why, Vec<Id>>,
}

impl Total {
    fn leave_out(&mut self, why: Why, claims: impl IntoIterator<Item = Id>) {
        let mut claims = claims.into_iter().peekable();
        if claims.peek().is_some() {
            self.left_out.entry(why).or_default().extend(claims);
        }
    }

    fn add(&mut self, group: &Group<'_>) {
        let sum = match self.amount {
            None => Some(group.amount),
            Some(amount) => amount.plus(group.amount),
        };
        match sum {
            Some(sum) => {
                self.amount = Some(sum);
                self.claims.extend(group.claims());
            }
            None => self.leave_out(Why::TooLarge, group.claims()),
        }
    }

    fn in_order(mut self) -> Self {
        self.claims.sort_unstable();
        self.claims.dedup();
        for claims in self.left_out.values_mut() {
            claims.sort_unstable();
            claims.dedup();
        }
        self
    }
}

/// Adds numbers of one kind: violations, or dead.
pub fn total<'a>(entries: impl IntoIterator<Item = Entry<'a>>, registers: &Registers) -> Total {
    let mut total = Total::default();
    let mut versions: Vec<(What, Entry<'a>)> = Vec::new();
    for entry in entries {
        match What::of(&entry) {
            Ok(what) => versions.push((what, entry)),
            Err(why) => total.leave_out(why, [entry.fact.id]),
        }
    }
    versions.sort_by(|(a, _), (b, _)| a.cmp(b));
    let same = versions.chunk_by(|(a, _), (b, _)| a == b);
    let mut groups: Vec<Group<'a>> = same.filter_map(|same| Group::of(same, &mut total)).collect();
    groups.sort_by_cached_key(Group::rank);
    let mut windows = Windows::default();
    for group in groups {
        if windows.near(&group).any(|window| !window.told_apart(&group, registers)) {
            total.leave_out(Why::Covered, group.claims());
            continue;
        }
        total.add(&group);
        if group.window {
            windows.insert(group);
        }
    }
    total.in_order()
}

/// Windows that stand, by their start, so that an event is compared only with those near it in time: the others are
/// surely apart from it.
#[derive(Debug, Default)]
struct Windows<'a> {
    by_start: BTreeMap<i64, Vec<Group<'a>>>,
    /// Length of the longest.
    longest: i64,
}

impl<'a> Windows<'a> {
    fn insert(&mut self, window: Group<'a>) {
        let Some((lo, hi)) = window.moment.and_then(|moment| moment.lo.zip(moment.hi)) else { return };
        self.longest = self.longest.max(hi.saturating_sub(lo));
        self.by_start.entry(lo).or_default().push(window);
    }

    /// The windows that may share a moment with a group.
    fn near(&self, group: &Group<'_>) -> impl Iterator<Item = &Group<'a>> {
        let (lo, hi) = group.moment.map_or((None, None), |moment| (moment.lo, moment.hi));
        let first = lo.map_or(i64::MIN, |lo| lo.saturating_sub(self.longest));
        let last = hi.unwrap_or(i64::MAX);
        self.by_start.range(first..=last.max(first)).flat_map(|(_, windows)| windows)
    }
}

/// What a number is about: numbers about the same are versions of one another.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Incident(Id),
    Statement(Id),
    Window { lo: i64, hi: i64, places: Vec<String>, target: Option<Id> },
}

impl What {
    fn of(entry: &Entry<'_>) -> Result<Self, Why> {
        match entry.over {
            Over::Apart(why) => Err(why),
            Over::Event => Ok(entry.incident.map_or(Self::Statement(entry.statement), Self::Incident)),
            Over::Window(moment) => {
                let (lo, hi) = moment.lo.zip(moment.hi).ok_or(Why::Untimed)?;
                let mut places: Vec<_> = entry.fact.places.iter().map(place_key).collect();
                places.sort_unstable();
                places.dedup();
                Ok(Self::Window { lo, hi, places, target: entry.fact.target })
            }
        }
    }
}

fn place_key(place: &PlaceName) -> String {
    place.place.map_or_else(|| key(&place.name), |id| format!("\u{0}{}", id.0))
}

/// Versions of one number, the latest of each claimant.
#[derive(Debug)]
struct Group<'a> {
    amount: Range,
    entries: Vec<Entry<'a>>,
    window: bool,
    moment: Option<Moment>,
}

impl<'a> Group<'a> {
    fn of(versions: &[(What, Entry<'a>)], total: &mut Total) -> Option<Self> {
        let versions = versions.iter().map(|(_, entry)| *entry).collect();
        let entries: Vec<Entry<'a>> = latest(versions, |claim| total.leave_out(Why::Superseded, [claim]));
        let amount = entries.iter().map(|entry| entry.amount).reduce(spanning)?;
        let first = entries.first()?;
        let (window, moment) = match first.over {
            Over::Window(moment) => (true, Some(moment)),
            Over::Event | Over::Apart(_) => (false, first.fact.when),
        };
        Some(Self { amount, entries, window, moment })
    }

    fn claims(&self) -> Vec<Id> {
        self.entries.iter().map(|entry| entry.fact.id).collect()
    }

    /// Windows before events, longer windows before shorter ones, those over everywhere before those over a place.
    fn rank(&self) -> (bool, std::cmp::Reverse<i64>, usize, Option<i64>, Option<Id>) {
        let length = self.moment.and_then(|m| m.hi?.checked_sub(m.lo?)).filter(|_| self.window).unwrap_or(0);
        let bounds = |fact: &Fact| fact.places.len() + usize::from(fact.target.is_some());
        let first = self.entries.first().map(|entry| entry.fact);
        let narrow = first.filter(|_| self.window).map_or(0, bounds);
        (!self.window, std::cmp::Reverse(length), narrow, self.moment.and_then(|m| m.lo), first.map(|fact| fact.id))
    }

    /// Whether nothing can be counted both in this window and in the other group.
    fn told_apart(&self, other: &Self, registers: &Registers) -> bool {
        let pairs = || self.entries.iter().flat_map(|a| other.entries.iter().map(move |b| (a.fact, b.fact)));
        self.apart_in_time(other)
            || pairs().all(|(a, b)| apart_in_target(a.target, b.target, registers))
            || pairs().all(|(a, b)| apart_in_space(&a.places, &b.places, &registers.parent))
            || (self.same_window(other) && pairs().all(|(a, b)| named_apart(&a.places, &b.places)))
    }

    fn apart_in_time(&self, other: &Self) -> bool {
        let (Some(a), Some(b)) = (self.moment, other.moment) else { return false };
        let over = |a: Moment, b: Moment| matches!((a.hi, b.lo), (Some(end), Some(start)) if end <= start);
        let one_series = self.entries.iter().chain(&other.entries).map(|entry| entry.fact.claimant);
        over(a, b) || over(b, a) || (self.window && other.window && all_one(one_series) && neighbours(a, b))
    }

    fn same_window(&self, other: &Self) -> bool {
        let bounds = |moment: Option<Moment>| moment.map(|moment| (moment.lo, moment.hi));
        self.window && other.window && bounds(self.moment) == bounds(other.moment)
    }
}

fn all_one(claimants: impl Iterator<Item = Claimant>) -> bool {
    let mut claimants = claimants.peekable();
    let first = claimants.peek().copied();
    first.is_some_and(|first| first != Claimant::Unknown && claimants.all(|claimant| claimant == first))
}

fn neighbours(a: Moment, b: Moment) -> bool {
    let whens = times::when(&a, Zone::UTC).zip(times::when(&b, Zone::UTC));
    whens.is_some_and(|(a, b)| a.neighbours(&b))
}

/// Whether two targets are told, and neither one nor on one side.
fn apart_in_target(a: Option<Id>, b: Option<Id>, registers: &Registers) -> bool {
    let side = |party: Id| registers.side.get(&party);
    a.zip(b).is_some_and(|(a, b)| a != b && (side(a).is_none() || side(a) != side(b)))
}

/// Whether every place of one list is another than every place of the other, by the register.
fn apart_in_space(a: &[PlaceName], b: &[PlaceName], parents: &HashMap<Id, Id>) -> bool {
    let apart = |a: &PlaceName, b: &PlaceName| match (a.place, b.place) {
        (Some(a), Some(b)) => !lies_in(a, b, parents) && !lies_in(b, a, parents),
        _ => false,
    };
    !a.is_empty() && !b.is_empty() && a.iter().all(|a| b.iter().all(|b| apart(a, b)))
}

fn named_apart(a: &[PlaceName], b: &[PlaceName]) -> bool {
    let apart = |a: &PlaceName, b: &PlaceName| a.place.is_none() && b.place.is_none() && key(&a.name) != key(&b.name);
    !a.is_empty() && !b.is_empty() && a.iter().all(|a| b.iter().all(|b| apart(a, b)))
}

/// Whether a place is another or lies in it, however deep; a register that goes in circles ends the search.
fn lies_in(place: Id, outer: Id, parents: &HashMap<Id, Id>) -> bool {
    let mut at = Some(place);
    for _ in 0..=parents.len() {
        match at {
            Some(here) if here == outer => return true,
            Some(here) => at = parents.get(&here).copied(),
            None => return false,
        }
    }
    false
}

#[cfg(test)]
#[path = "sums_tests.rs"]
mod tests;
