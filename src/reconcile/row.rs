//! A claim in the compact form that candidates, scores and clusters work on: names and parties as small numbers (see
//! [`super::rows`]), times as plain instants.

use super::rank::Rank;
use super::{Fact, Moment};
use crate::model::{ActBase, ActFamily, Grain, Id, Point, Range, Stance, Unit};

/// What a claim does in reconciliation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// An accusation, an observation or an own act: a member of an incident.
    Member,
    /// A denial, a silence, or an own act said to be a response: it attaches to what it answers.
    Reply,
    /// A figure over more than one event: it joins nothing.
    Total,
    /// A truce fact.
    Truce,
}

/// How precisely a time was told, which decides what a gap between two times means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Precision {
    /// Clock times not more than [`HOUR_SPAN`] apart.
    Hour,
    /// Clock times further apart, not more than a day: a night.
    Part,
    /// A day.
    Day,
    /// A few days; so is an undated claim, see [`UNDATED_SPAN`].
    Days,
    /// Longer.
    Open,
}

/// A claimed number: lowest and highest; an open end is `u32::MAX`, an unknown number [`Count::UNKNOWN`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    /// Lowest.
    pub(super) min: u32,
    /// Highest.
    pub(super) max: u32,
}

/// No party, name, detail, dispatch or source.
pub(super) const NONE: u32 = u32::MAX;
/// The claimant that is the dispatch itself.
pub(super) const NARRATION: u32 = u32::MAX - 1;

const DAY: i64 = 86_400;
/// Widest span of clock times that still tells an hour: rounds of fire are told as "from 2:00 to 4:45".
const HOUR_SPAN: i64 = 4 * 3_600;
/// Widest span that still counts as a few days. A night told by its two dates spans two.
const DAYS_SPAN: i64 = 10 * DAY;
/// How far back an undated claim reaches from its publication: dispatches speak of the last days.
const UNDATED_SPAN: i64 = 3 * DAY;
/// Widest span that is compared at all; "in 1994" tells of no event that another claim could share.
pub(super) const WIDEST: i64 = 62 * DAY;

/// A claim.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) rank: Rank,
    pub(super) id: Id,
    pub(super) part: Part,
    pub(super) stance: Stance,
    pub(super) in_response: bool,
    pub(super) base: ActBase,
    pub(super) detail: u32,
    pub(super) claimant: u32,
    pub(super) accused: u32,
    pub(super) target: u32,
    /// Of a claim that names neither: the two sides its dispatch speaks of most.
    pub(super) context: [u32; 2],
    /// Earliest and first moment after the latest; equal where the claim has no usable time.
    pub(super) lo: i64,
    pub(super) hi: i64,
    pub(super) precision: Precision,
    pub(super) grain: Grain,
    /// Whether the claim itself tells when.
    pub(super) dated: bool,
    pub(super) names: (u32, u32),
    pub(super) point: Option<Point>,
    pub(super) killed: Count,
    pub(super) wounded: Count,
    pub(super) unit: Option<Unit>,
    pub(super) count: Count,
    pub(super) published: Option<i64>,
    pub(super) dispatch: u32,
    pub(super) source: u32,
    /// Which of its dispatch's claims it is, counted from 0 in the order of the text.
    pub(super) nth: u32,
    pub(super) offset: usize,
    /// Whether it stands here only for what its dispatch tells, and is not reconciled itself.
    pub(super) aside: bool,
}

impl Count {
    pub(super) const UNKNOWN: Self = Self { min: u32::MAX, max: 0 };

    pub(super) const fn is_known(self) -> bool {
        self.min != u32::MAX
    }

    pub(super) fn of(range: Option<Range>) -> Self {
        let small = |n: u64| u32::try_from(n).unwrap_or(u32::MAX - 1);
        range.map_or(Self::UNKNOWN, |r| Self { min: r.min.map_or(0, small), max: r.max.map_or(u32::MAX, small) })
    }

    pub(super) fn plus(self, other: Self) -> Self {
        match (self.is_known(), other.is_known()) {
            (true, true) => Self {
                min: self.min.saturating_add(other.min).min(u32::MAX - 1),
                max: self.max.saturating_add(other.max),
            },
            (true, false) => self,
            (false, _) => other,
        }
    }

    /// Whether both are known and share a number.
    pub(super) const fn meets(self, other: Self) -> bool {
        self.min <= other.max && other.min <= self.max && self.is_known() && other.is_known()
    }
}

impl Row {
    /// Whether it names a place or has coordinates.
    pub(super) const fn is_placed(&self) -> bool {
        self.names.0 != self.names.1 || self.point.is_some()
    }

    /// Whether its time can be compared.
    pub(super) const fn is_timed(&self) -> bool {
        self.lo < self.hi
    }

    /// Whether it claims, rather than answers or totals.
    pub(super) fn is_member(&self) -> bool {
        self.part == Part::Member
    }

    /// Whether the time spans share a moment.
    pub(super) const fn meets(&self, other: &Self) -> bool {
        self.lo < other.hi && other.lo < self.hi
    }
}

/// What a claim does.
pub(super) fn part(fact: &Fact) -> Part {
    match fact.stance {
        _ if fact.act.base.is_truce_fact() => Part::Truce,
        _ if fact.total || fact.act.base.family() == ActFamily::Losses => Part::Total,
        Stance::Denies | Stance::NoComment => Part::Reply,
        Stance::Acknowledges if fact.in_response => Part::Reply,
        Stance::Declares => Part::Truce,
        _ => Part::Member,
    }
}

/// The time a claim is compared by.
pub(super) fn span(when: Option<Moment>, published: Option<i64>) -> (i64, i64, Precision) {
    let undated =
        || published.map_or((0, 0, Precision::Days), |hi| (hi.saturating_sub(UNDATED_SPAN), hi, Precision::Days));
    let Some(Moment { lo: Some(lo), hi: Some(hi), grain, .. }) = when else { return undated() };
    let width = hi.saturating_sub(lo);
    let precision = match width {
        ..=0 => return (0, 0, Precision::Open),
        _ if width > WIDEST => return (0, 0, Precision::Open),
        _ if grain <= Grain::Minute && width <= HOUR_SPAN => Precision::Hour,
        _ if grain <= Grain::Minute && width <= DAY => Precision::Part,
        _ if width <= DAY + DAY / 2 => Precision::Day,
        _ if width <= DAYS_SPAN => Precision::Days,
        _ => Precision::Open,
    };
    (lo, hi, precision)
}
