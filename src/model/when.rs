//! Time as the ledger holds it: the surface form, the zone it was read in, and the pair of instants that follow.

use std::fmt;
use std::str::FromStr;

use chrono::{FixedOffset, MappedLocalTime, NaiveDateTime, Offset, TimeDelta, TimeZone};
use chrono_tz::Tz;

use super::edtf::{Bound, Edtf, Grain, Point, Qualifier};
use super::vocabulary::{UnknownWord, serde_as_text, vocabulary};

vocabulary! {
    /// How to read the pair of instants.
    Extent, "extent" {
        /// Something happened at some moment in it.
        Within = "within",
        /// A counting window or a standing state that fills it.
        Throughout = "throughout",
    }
}

/// What an unknown zone is said to be none of. Its `known` are examples.
pub const ZONE: &str = "time zone";

/// A time zone: a name of the IANA database, or a fixed offset such as `+04:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// `Asia/Yerevan`.
    Named(Tz),
    /// `+04:00`.
    Fixed(FixedOffset),
}

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self::Named(Tz::UTC);

    /// The UTC instants a local time can stand for, earliest and latest: two where clocks went back, and where they
    /// went forward over it the moment after the gap.
    pub fn instants(self, local: NaiveDateTime) -> (i64, i64) {
        fn of<T: TimeZone>(zone: &T, local: NaiveDateTime) -> (i64, i64) {
            match zone.from_local_datetime(&local) {
                MappedLocalTime::Single(t) => (t.timestamp(), t.timestamp()),
                MappedLocalTime::Ambiguous(a, b) => {
                    (a.timestamp().min(b.timestamp()), a.timestamp().max(b.timestamp()))
                }
                MappedLocalTime::None => {
                    // A gap is at most a few hours wide: take the offset in force half a day earlier.
                    let before = local.checked_sub_signed(TimeDelta::hours(12)).unwrap_or(local);
                    let east = zone.offset_from_utc_datetime(&before).fix().local_minus_utc();
                    let utc = local.and_utc().timestamp() - i64::from(east);
                    (utc, utc)
                }
            }
        }
        match self {
            Self::Named(tz) => of(&tz, local),
            Self::Fixed(offset) => of(&offset, local),
        }
    }

    /// The local time of an instant; `None` outside the calendar.
    pub fn local(self, utc: i64) -> Option<NaiveDateTime> {
        let utc = chrono::DateTime::from_timestamp(utc, 0)?;
        Some(match self {
            Self::Named(tz) => utc.with_timezone(&tz).naive_local(),
            Self::Fixed(offset) => utc.with_timezone(&offset).naive_local(),
        })
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(tz) => f.write_str(tz.name()),
            Self::Fixed(offset) => offset.fmt(f),
        }
    }
}

impl FromStr for Zone {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let unknown = || UnknownWord {
            what: ZONE,
            word: text.to_owned(),
            known: &["Asia/Yerevan", "Europe/Kyiv", "Asia/Beirut", "+04:00"],
        };
        if text.starts_with(['+', '-']) {
            return text.parse().map(Self::Fixed).map_err(|_| unknown());
        }
        text.parse().map(Self::Named).map_err(|_| unknown())
    }
}

serde_as_text!(Zone);

/// An answer that may be that nobody can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Told {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// The times given do not decide it.
    CannotBeTold,
}

impl Told {
    /// `Yes` and `No` swapped.
    #[must_use]
    pub const fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::CannotBeTold => Self::CannotBeTold,
        }
    }

    /// Both: `No` if either is, `Yes` only if both are.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::CannotBeTold,
        }
    }
}

/// When something happened or held, as said, and as a pair of instants. All of it is stored: zone rules change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct When {
    /// As written.
    pub edtf: Edtf,
    /// The zone it was read in.
    pub zone: Zone,
    /// Earliest moment, UTC seconds since 1970; `None`: no bound.
    pub lo: Option<i64>,
    /// First moment after the latest, UTC seconds; `None`: no bound.
    pub hi: Option<i64>,
    /// How to read the pair.
    pub extent: Extent,
}

impl When {
    /// Reads a date in a zone. Approximate ends reach one unit of their grain further. `published` (UTC seconds, the
    /// first moment after publication) caps the latest moment, unless the whole date lies after it.
    pub fn resolve(edtf: Edtf, zone: Zone, extent: Extent, published: Option<i64>) -> Self {
        let (lo, mut hi) = match edtf {
            Edtf::Point(point) => (earliest(&point, zone), latest(&point, zone)),
            Edtf::Interval(from, to) => {
                (from.point().and_then(|point| earliest(point, zone)), to.point().and_then(|point| latest(point, zone)))
            }
        };
        let ends_by_itself = !matches!(edtf, Edtf::Interval(_, Bound::Open));
        if let Some(cap) = published.filter(|&cap| ends_by_itself && lo.is_none_or(|lo| lo < cap)) {
            hi = Some(hi.map_or(cap, |hi| hi.min(cap)));
        }
        Self { edtf, zone, lo, hi, extent }
    }

    /// How finely it is told.
    pub fn grain(&self) -> Grain {
        self.edtf.grain()
    }

    /// Whether all of this lies before all of `other`.
    pub fn before(&self, other: &Self) -> Told {
        match ((self.lo, self.hi), (other.lo, other.hi)) {
            ((_, Some(end)), (Some(start), _)) if end <= start => Told::Yes,
            ((Some(start), _), (_, Some(end))) if start >= end => Told::No,
            // A window that surely goes on after the other has surely begun is not before it.
            ((_, Some(end)), (Some(start), Some(_)))
                if self.extent == Extent::Throughout && other.extent == Extent::Throughout && end > start =>
            {
                Told::No
            }
            _ => Told::CannotBeTold,
        }
    }

    /// Whether the two share a moment: of two moments, whether they can be told to be one; of a moment and a window,
    /// whether it fell into it; of two windows, whether they overlap.
    pub fn meets(&self, other: &Self) -> Told {
        use Extent::{Throughout, Within};
        let after = |a: &Self, b: &Self| matches!((a.lo, b.hi), (Some(lo), Some(hi)) if lo >= hi);
        if after(self, other) || after(other, self) {
            return Told::No;
        }
        let told = match (self.extent, other.extent) {
            (Throughout, Throughout) => self.lo.or(self.hi).is_some() && other.lo.or(other.hi).is_some(),
            (Within, Throughout) => self.lies_in(other),
            (Throughout, Within) => other.lies_in(self),
            (Within, Within) => false,
        };
        if told { Told::Yes } else { Told::CannotBeTold }
    }

    /// Whether this pair lies wholly in the other's.
    fn lies_in(&self, outer: &Self) -> bool {
        let from = outer.lo.is_none_or(|outer| self.lo.is_some_and(|lo| lo >= outer));
        let to = outer.hi.is_none_or(|outer| self.hi.is_some_and(|hi| hi <= outer));
        from && to && (outer.lo.is_some() || outer.hi.is_some())
    }

    /// Whether two counting windows of one claimant's series merely touch: each goes on for more than a day, they
    /// share one edge day at most, and neither lies in the other (morning to morning, 9–10 and 10–11 October).
    pub fn neighbours(&self, other: &Self) -> bool {
        const DAY: i64 = 86_400;
        let (Some(a), Some(b)) = (self.lo.zip(self.hi), other.lo.zip(other.hi)) else { return false };
        let shared = a.1.min(b.1) - a.0.max(b.0);
        let shorter = (a.1 - a.0).min(b.1 - b.0);
        self.extent == Extent::Throughout
            && other.extent == Extent::Throughout
            && (0..=DAY).contains(&shared)
            && shared < shorter
            && a.0 != b.0
            && a.1 != b.1
    }
}

/// Whether a truce that began and ended so was in force at the time of an event. No end known: in force since.
pub fn in_force(event: &When, begins: &When, ends: Option<&When>) -> Told {
    let started = begins.before(event);
    let over = ends.map_or(Told::No, |end| end.before(event));
    started.and(over.not())
}

fn earliest(point: &Point, zone: Zone) -> Option<i64> {
    let (lo, hi) = point.bounds()?;
    let lo = if widened(point) { lo.checked_sub_signed(hi - lo)? } else { lo };
    Some(instants(point, lo, zone).0)
}

fn latest(point: &Point, zone: Zone) -> Option<i64> {
    let (lo, hi) = point.bounds()?;
    let hi = if widened(point) { hi.checked_add_signed(hi - lo)? } else { hi };
    Some(instants(point, hi, zone).1)
}

const fn widened(point: &Point) -> bool {
    matches!(point.qualifier, Some(Qualifier::Approximate | Qualifier::Both))
}

fn instants(point: &Point, local: NaiveDateTime, zone: Zone) -> (i64, i64) {
    match point.clock.and_then(|clock| clock.offset) {
        Some(minutes) => {
            let utc = local.and_utc().timestamp() - i64::from(minutes) * 60;
            (utc, utc)
        }
        None => zone.instants(local),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::edtf::tests::any_edtf;
    use super::*;

    fn when(text: &str, zone: &str, extent: Extent) -> When {
        When::resolve(text.parse().unwrap(), zone.parse().unwrap(), extent, None)
    }

    #[test]
    fn a_day_is_read_in_its_zone() {
        let day = when("2020-10-10", "Asia/Yerevan", Extent::Within);
        assert_eq!((day.lo, day.hi), (Some(1_602_273_600), Some(1_602_360_000)));
        let noon = when("2020-10-10T12:00Z", "Asia/Yerevan", Extent::Within);
        assert_eq!(noon.lo, Some(1_602_331_200));
    }

    #[test]
    fn clocks_that_go_back_leave_both_hours_open() {
        let hour = when("2020-10-25T02:30", "Europe/Berlin", Extent::Within);
        assert_eq!(hour.hi.zip(hour.lo).map(|(hi, lo)| hi - lo), Some(3600 + 60));
        let gap = when("2020-03-29T02:30", "Europe/Berlin", Extent::Within);
        assert_eq!(gap.hi.zip(gap.lo).map(|(hi, lo)| hi - lo), Some(60));
    }

    #[test]
    fn publication_caps_the_latest() {
        let month: Edtf = "2020-10".parse().unwrap();
        let capped = When::resolve(month, Zone::UTC, Extent::Within, Some(1_602_331_200));
        assert_eq!(capped.hi, Some(1_602_331_200));
        let later = When::resolve(month, Zone::UTC, Extent::Within, Some(0));
        assert_eq!(later.hi, Some(1_604_188_800), "a date wholly after publication keeps its own end");
    }

    #[test]
    fn a_truce_begun_at_noon_may_or_may_not_have_been_in_force_that_day() {
        let noon = when("2020-10-10T12:00", "Asia/Yerevan", Extent::Within);
        for (event, told) in [
            ("2020-10-10", Told::CannotBeTold),
            ("2020-10-10T12:05", Told::Yes),
            ("2020-10-10T11:59", Told::No),
            ("2020-10-09", Told::No),
            ("2020-10-11", Told::Yes),
        ] {
            assert_eq!(in_force(&when(event, "Asia/Yerevan", Extent::Within), &noon, None), told, "{event}");
        }
    }

    #[test]
    fn windows_sharing_an_edge_day_are_neighbours() {
        let window = |text| when(text, "UTC", Extent::Throughout);
        assert!(window("2017-02-01/2017-02-02").neighbours(&window("2017-02-02/2017-02-03")));
        assert!(!window("2017-02-01/2017-02-07").neighbours(&window("2017-02-02/2017-02-03")));
        assert!(!window("2017-02-01/2017-02-02").neighbours(&window("2017-02-04/2017-02-05")));
    }

    fn any_when() -> impl Strategy<Value = When> {
        let zone = prop_oneof![
            Just(Zone::UTC),
            Just(Zone::Named(Tz::Asia__Yerevan)),
            Just(Zone::Named(Tz::America__Bogota)),
            Just(Zone::Named(Tz::Europe__Berlin)),
        ];
        (any_edtf(), zone, any::<bool>(), proptest::option::of(any::<i32>())).prop_map(|(edtf, zone, within, cap)| {
            let extent = if within { Extent::Within } else { Extent::Throughout };
            When::resolve(edtf, zone, extent, cap.map(i64::from))
        })
    }

    proptest! {
        #[test]
        fn a_pair_is_in_order(when in any_when()) {
            if let (Some(lo), Some(hi)) = (when.lo, when.hi) {
                prop_assert!(lo < hi);
            }
        }

        #[test]
        fn comparisons_agree_with_the_pairs(a in any_when(), b in any_when()) {
            let disjoint = matches!((a.hi, b.lo), (Some(hi), Some(lo)) if hi <= lo);
            prop_assert_eq!(a.before(&b) == Told::Yes, disjoint);
            if disjoint {
                prop_assert_eq!(b.before(&a), Told::No);
                prop_assert_eq!(a.meets(&b), Told::No);
            }
            prop_assert_eq!(a.meets(&b), b.meets(&a));
            prop_assert!(!(a.before(&b) == Told::Yes && b.before(&a) == Told::Yes));
        }

        #[test]
        fn zones_print_as_they_parse(minutes in -840..=840_i32) {
            let zone = Zone::Fixed(FixedOffset::east_opt(minutes * 60).unwrap());
            prop_assert_eq!(zone.to_string().parse::<Zone>(), Ok(zone));
        }

        #[test]
        fn no_zone_panics(text in any::<String>()) {
            let _ = text.parse::<Zone>();
        }
    }
}
