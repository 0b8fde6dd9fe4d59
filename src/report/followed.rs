//! A claimant's numbers followed from row to row: how they change, and what they come to since a truce.

use std::collections::{HashMap, btree_map};
use std::iter::Peekable;

use chrono::NaiveDate;

use crate::model::{Id, Range};
use crate::report::arithmetic::exactly;
use crate::report::daily::{At, Ground, OfPeriod, Series};
use crate::report::sheet::Cell;

/// A series, followed row by row.
pub(super) struct Followed<'a> {
    series: &'a Series,
    next: Peekable<btree_map::Iter<'a, At, OfPeriod>>,
    running: HashMap<&'a Ground, Running>,
}

impl<'a> Followed<'a> {
    pub(super) fn new(series: &'a Series) -> Self {
        Self { series, next: series.periods.iter().peekable(), running: HashMap::new() }
    }

    /// The cells of the next row; `before`: the start of the period just before.
    pub(super) fn cells(
        &mut self,
        at: &'a At,
        before: Option<NaiveDate>,
        since: Option<NaiveDate>,
        most: u64,
    ) -> [Cell; 6] {
        let amount = |told: Option<&(Range, Vec<Id>)>| {
            told.map_or(Cell::Unknown, |(amount, claims)| Cell::Amount(*amount, claims.clone()))
        };
        let of = self.next.next_if(|(next, _)| *next == at).map(|(_, of)| of);
        let (count, claims) = of.map(|of| of.statements.clone()).unwrap_or_default();
        let running = self.running.entry(&at.1).or_default();
        [
            Cell::Count(count, claims),
            Cell::Bar(count, most),
            amount(of.and_then(|of| of.breaches.as_ref())),
            amount(of.and_then(|of| of.explosions.as_ref())),
            running.change(at, of, before),
            running.sum(at, of, self.series, since),
        ]
    }
}

/// What a claimant told of a ground since the last truce, row by row.
#[derive(Debug, Default)]
struct Running {
    /// The last period whose breaches are one exact number.
    last: Option<(NaiveDate, i64)>,
    since: Option<NaiveDate>,
    amount: Option<Range>,
    claims: Vec<Id>,
}

impl Running {
    /// How much more or less than in the period just before, where both are exact.
    fn change(&mut self, (start, _): &At, of: Option<&OfPeriod>, before: Option<NaiveDate>) -> Cell {
        let exact = of.and_then(|of| exactly(of.breaches.as_ref()?.0));
        let last = std::mem::replace(&mut self.last, exact.map(|exact| (*start, exact)));
        match (exact, last) {
            (Some(now), Some((day, then))) if Some(day) == before => Cell::Change(now.saturating_sub(then)),
            _ => Cell::Unknown,
        }
    }

    /// What was alleged up to a row, the next of its ground, since the day the last truce took effect that began by the
    /// end of its period.
    fn sum(&mut self, at: &At, of: Option<&OfPeriod>, series: &Series, since: Option<NaiveDate>) -> Cell {
        let Some(day) = since else { return Cell::Unknown };
        if self.since != since {
            (self.since, self.amount, self.claims) = (since, None, Vec::new());
            let (end, ground) = at;
            let before = series.periods.range((day, Ground::FIRST)..).take_while(|((start, _), _)| start < end);
            before.filter(|((_, of), _)| of == ground).for_each(|(_, of)| self.take(of));
        }
        if let Some(of) = of {
            self.take(of);
        }
        self.amount.map_or(Cell::Unknown, |amount| {
            let mut claims = self.claims.clone();
            claims.sort_unstable();
            Cell::Amount(amount, claims)
        })
    }

    fn take(&mut self, of: &OfPeriod) {
        let Some((amount, claims)) = &of.breaches else { return };
        self.amount = Some(self.amount.map_or(*amount, |sum| sum.plus(*amount).unwrap_or(sum)));
        self.claims.extend(claims);
    }
}
