//! How soon after a truce the level of accusations before it was back.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::model::{Id, When, Zone};
use crate::reconcile::Fact;
use crate::report::sheet::Cell;

/// So many days before a truce make the level of before.
const BEFORE: u64 = 7;

/// On which day of a truce the accusations of a party, by the days they are about, first reached the mean of the seven
/// days before: `day 3, 2020-10-12`. Unknown where nothing is told of those days; `not back` where they never did.
pub(super) fn former(facts: &[&Fact], begins: &When, zone: Zone) -> Cell {
    let day = |utc: i64| zone.local(utc).map(|local| local.date());
    let Some(start) = begins.lo.and_then(day) else { return Cell::Unknown };
    let mut by_day: BTreeMap<NaiveDate, Vec<Id>> = BTreeMap::new();
    for fact in facts {
        let bounds = fact.when.and_then(|when| Some((day(when.lo?)?, day(when.hi?.checked_sub(1)?)?)));
        if let Some((first, _)) = bounds.filter(|(first, last)| first == last) {
            by_day.entry(first).or_default().push(fact.id);
        }
    }
    let from = start.checked_sub_days(Days::new(BEFORE)).unwrap_or(start);
    let before: usize = by_day.range(from..start).map(|(_, claims)| claims.len()).sum();
    if before == 0 {
        return Cell::Unknown;
    }
    // At least the mean of the days before: n >= before / 7.
    let reached =
        |claims: &Vec<Id>| u64::try_from(claims.len()).unwrap_or(u64::MAX).saturating_mul(BEFORE) >= before as u64;
    let back = by_day.range(start..).find(|(_, claims)| reached(claims));
    match back {
        Some((day, _)) => {
            Cell::Text(format!("day {}, {day}", day.signed_duration_since(start).num_days().saturating_add(1)))
        }
        None => Cell::Word("not back"),
    }
}
