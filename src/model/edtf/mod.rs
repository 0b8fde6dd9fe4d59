//! Dates as written: the Extended Date/Time Format, ISO 8601-2 level 1, with clock times allowed in intervals.
//!
//! Source: Library of Congress, *EDTF Specification* (2019). Taken: calendar dates, reduced precision, seasons
//! 21–24, the qualifiers `?`, `~`, `%` at the end of a date, `X` for unspecified digits from the right, `Y` years of
//! more than four digits, intervals with open (`..`) and unknown (blank) ends. A clock time may leave out its seconds.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::vocabulary::{serde_as_text, vocabulary};

mod parse;

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is no date: {reason}", super::text::shown(&super::text::cut(.text, 60)))]
pub struct BadDate {
    /// The text as given.
    pub text: String,
    /// What is wrong with it, in words.
    pub reason: &'static str,
}

/// The hint that goes with every [`BadDate`].
pub const DATE_HINT: &str =
    "write 2020-10-10, 2020-10, 2020, 2020-10-10T12:05, 2020-10-09/2020-10-10; ? uncertain, ~ about, ../ and /.. open";

vocabulary! {
    /// How finely a time is told, finest first.
    Grain, "grain" {
        /// To the second.
        Second = "second",
        /// To the minute.
        Minute = "minute",
        /// To the day.
        Day = "day",
        /// To the month.
        Month = "month",
        /// To the season (a quarter of a year).
        Season = "season",
        /// To the year.
        Year = "year",
        /// To the decade (`201X`).
        Decade = "decade",
        /// To the century (`20XX`).
        Century = "century",
    }
}

/// What a writer says of a date's reliability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Qualifier {
    /// `?`: the source is in doubt.
    Uncertain,
    /// `~`: about then.
    Approximate,
    /// `%`: both.
    Both,
}

impl Qualifier {
    const fn sign(self) -> char {
        match self {
            Self::Uncertain => '?',
            Self::Approximate => '~',
            Self::Both => '%',
        }
    }

    const fn of(sign: char) -> Option<Self> {
        match sign {
            '?' => Some(Self::Uncertain),
            '~' => Some(Self::Approximate),
            '%' => Some(Self::Both),
            _ => None,
        }
    }
}

/// A calendar date of reduced precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Date {
    /// `2020`; also `Y-17000`, within ±200,000.
    Year(i32),
    /// `201X`: the first year of the decade.
    Decade(i32),
    /// `20XX`: the first year of the century.
    Century(i32),
    /// `2020-21` spring, 22 summer, 23 autumn, 24 winter (which begins in December of that year).
    Season(i32, u8),
    /// `2020-10`.
    Month(i32, u8),
    /// `2020-XX`: a month of the year, not known which.
    SomeMonth(i32),
    /// `2020-10-10`.
    Day(NaiveDate),
    /// `2020-10-XX`: a day of the month, not known which.
    SomeDay(i32, u8),
    /// `2020-XX-XX`: a day of the year, not known which.
    SomeDayOfYear(i32),
}

/// A time of day as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Clock {
    /// Hour and minute, and the second if it was written, else 0.
    pub time: NaiveTime,
    /// Whether seconds were written.
    pub seconds: bool,
    /// Minutes east of Greenwich, if an offset was written; `Z` is 0.
    pub offset: Option<i16>,
}

/// One date, with or without a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Point {
    /// The calendar date.
    pub date: Date,
    /// The time of day. Only with [`Date::Day`].
    pub clock: Option<Clock>,
    /// Its reliability.
    pub qualifier: Option<Qualifier>,
}

/// An end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// A date.
    At(Point),
    /// `..`: it goes on.
    Open,
    /// Blank: nobody says.
    Unknown,
}

/// A date or an interval as written. `parse ∘ print` is the identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edtf {
    /// A single date.
    Point(Point),
    /// `from/to`.
    Interval(Bound, Bound),
}

impl From<NaiveDate> for Edtf {
    fn from(day: NaiveDate) -> Self {
        Self::Point(Point::day(day))
    }
}

impl Point {
    /// A whole day.
    pub const fn day(day: NaiveDate) -> Self {
        Self { date: Date::Day(day), clock: None, qualifier: None }
    }

    /// A day and a minute of it, in a zone told elsewhere.
    pub const fn minute(day: NaiveDate, time: NaiveTime) -> Self {
        Self { date: Date::Day(day), clock: Some(Clock { time, seconds: false, offset: None }), qualifier: None }
    }

    /// How finely it is told.
    pub const fn grain(&self) -> Grain {
        match (self.date, self.clock) {
            (Date::Day(_), Some(clock)) if clock.seconds => Grain::Second,
            (Date::Day(_), Some(_)) => Grain::Minute,
            (Date::Day(_), None) => Grain::Day,
            (Date::Month(..) | Date::SomeDay(..), _) => Grain::Month,
            (Date::Season(..), _) => Grain::Season,
            (Date::Year(_) | Date::SomeMonth(_) | Date::SomeDayOfYear(_), _) => Grain::Year,
            (Date::Decade(_), _) => Grain::Decade,
            (Date::Century(_), _) => Grain::Century,
        }
    }

    /// First moment and first moment after, in local time. `None` where the calendar ends.
    pub fn bounds(&self) -> Option<(NaiveDateTime, NaiveDateTime)> {
        let years = |from: i32, n: i32| Some((first_of(from, 1)?, first_of(from.checked_add(n)?, 1)?));
        let months = |y, m, n| {
            let from = first_of(y, m)?;
            Some((from, from.checked_add_months(Months::new(n))?))
        };
        match self.date {
            Date::Day(day) => match self.clock {
                None => {
                    Some((day.and_time(NaiveTime::MIN), day.checked_add_days(Days::new(1))?.and_time(NaiveTime::MIN)))
                }
                Some(clock) => {
                    let lo = day.and_time(clock.time);
                    let length = if clock.seconds { TimeDelta::seconds(1) } else { TimeDelta::minutes(1) };
                    Some((lo, lo.checked_add_signed(length)?))
                }
            },
            Date::Month(y, m) | Date::SomeDay(y, m) => months(y, m, 1),
            Date::Season(y, s) => months(y, s.checked_sub(20)?.checked_mul(3)?, 3),
            Date::Year(y) | Date::SomeMonth(y) | Date::SomeDayOfYear(y) => years(y, 1),
            Date::Decade(y) => years(y, 10),
            Date::Century(y) => years(y, 100),
        }
    }
}

fn first_of(year: i32, month: u8) -> Option<NaiveDateTime> {
    NaiveDate::from_ymd_opt(year, u32::from(month), 1).map(|day| day.and_time(NaiveTime::MIN))
}

impl Edtf {
    /// How finely it is told: of an interval, the coarser of its ends; of one without any end, a century.
    pub fn grain(&self) -> Grain {
        match self {
            Self::Point(point) => point.grain(),
            Self::Interval(from, to) => {
                [from, to].into_iter().filter_map(Bound::point).map(Point::grain).max().unwrap_or(Grain::Century)
            }
        }
    }

    /// Whether it spans more than one unit of its grain.
    pub const fn is_interval(&self) -> bool {
        matches!(self, Self::Interval(..))
    }

    /// Whether it reaches over more than one day.
    pub fn spans_days(&self) -> bool {
        match self {
            Self::Point(point) => point.grain() > Grain::Day,
            Self::Interval(from, to) => match (from.point(), to.point()) {
                (Some(from), Some(to)) => from.date != to.date || from.grain() > Grain::Day,
                _ => true,
            },
        }
    }

    /// The first date written, whatever its precision.
    pub fn first(&self) -> Option<&Point> {
        match self {
            Self::Point(point) => Some(point),
            Self::Interval(from, to) => from.point().or_else(|| to.point()),
        }
    }

    /// An interval of two dates; the date itself where both are the same.
    pub fn between(from: Point, to: Point) -> Self {
        if from == to { Self::Point(from) } else { Self::Interval(Bound::At(from), Bound::At(to)) }
    }
}

impl Bound {
    /// The date, where there is one.
    pub const fn point(&self) -> Option<&Point> {
        match self {
            Self::At(point) => Some(point),
            Self::Open | Self::Unknown => None,
        }
    }
}

struct Year(i32);

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0..=9999 => write!(f, "{:04}", self.0),
            -9999..0 => write!(f, "-{:04}", -self.0),
            long => write!(f, "Y{long}"),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Year(y) => write!(f, "{}", Year(y)),
            Self::Decade(y) => write!(f, "{:03}X", y / 10),
            Self::Century(y) => write!(f, "{:02}XX", y / 100),
            Self::Season(y, part) | Self::Month(y, part) => write!(f, "{}-{part:02}", Year(y)),
            Self::SomeMonth(y) => write!(f, "{}-XX", Year(y)),
            Self::Day(day) => write!(f, "{}-{:02}-{:02}", Year(day.year()), day.month(), day.day()),
            Self::SomeDay(y, m) => write!(f, "{}-{m:02}-XX", Year(y)),
            Self::SomeDayOfYear(y) => write!(f, "{}-XX-XX", Year(y)),
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date.fmt(f)?;
        if let Some(clock) = self.clock {
            write!(f, "T{:02}:{:02}", clock.time.hour(), clock.time.minute())?;
            if clock.seconds {
                write!(f, ":{:02}", clock.time.second())?;
            }
            match clock.offset {
                Some(0) => f.write_str("Z")?,
                Some(minutes) => {
                    let sign = if minutes < 0 { '-' } else { '+' };
                    write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)?;
                }
                None => {}
            }
        }
        self.qualifier.map_or(Ok(()), |q| write!(f, "{}", q.sign()))
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(point) => point.fmt(f),
            Self::Open => f.write_str(".."),
            Self::Unknown => Ok(()),
        }
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Point(point) => point.fmt(f),
            Self::Interval(from, to) => write!(f, "{from}/{to}"),
        }
    }
}

serde_as_text!(Edtf);

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Any date the format can write.
    pub(crate) fn any_point() -> BoxedStrategy<Point> {
        let year = -9999..=9999_i32;
        let days = (-3_000_000..3_000_000_i32).prop_filter_map("in four digits", |n| {
            let day = NaiveDate::from_epoch_days(n)?;
            (-9999..=9999).contains(&day.year()).then_some(day)
        });
        let clock =
            (0..86_400_u32, any::<bool>(), proptest::option::of(-840..=840_i16)).prop_map(|(s, seconds, offset)| {
                let s = if seconds { s } else { s / 60 * 60 };
                NaiveTime::from_num_seconds_from_midnight_opt(s, 0).map(|time| Clock { time, seconds, offset })
            });
        let date = prop_oneof![
            6 => (days, proptest::option::of(clock)).prop_map(|(day, clock)| (Date::Day(day), clock.flatten())),
            1 => year.clone().prop_map(|y| (Date::Year(y), None)),
            1 => (10_000..=200_000_i32, any::<bool>()).prop_map(|(y, n)| (Date::Year(if n { -y } else { y }), None)),
            1 => (0..=999_i32).prop_map(|n| (Date::Decade(n * 10), None)),
            1 => (0..=99_i32).prop_map(|n| (Date::Century(n * 100), None)),
            1 => (year.clone(), 21..=24_u8).prop_map(|(y, s)| (Date::Season(y, s), None)),
            2 => (year.clone(), 1..=12_u8).prop_map(|(y, m)| (Date::Month(y, m), None)),
            1 => (year.clone(), 1..=12_u8).prop_map(|(y, m)| (Date::SomeDay(y, m), None)),
            1 => year.prop_map(|y| (Date::SomeDayOfYear(y), None)),
        ];
        let qualifier = prop_oneof![
            3 => Just(None),
            1 => Just(Some(Qualifier::Uncertain)),
            1 => Just(Some(Qualifier::Approximate)),
            1 => Just(Some(Qualifier::Both)),
        ];
        (date, qualifier).prop_map(|((date, clock), qualifier)| Point { date, clock, qualifier }).boxed()
    }

    /// Any date or interval the format can write.
    pub(crate) fn any_edtf() -> BoxedStrategy<Edtf> {
        let bound =
            prop_oneof![4 => any_point().prop_map(Bound::At), 1 => Just(Bound::Open), 1 => Just(Bound::Unknown)];
        prop_oneof![
            any_point().prop_map(Edtf::Point),
            (bound.clone(), bound).prop_filter_map("a sound interval", |(a, b)| {
                let interval = Edtf::Interval(a, b);
                interval.to_string().parse::<Edtf>().ok().map(|_| interval)
            }),
        ]
        .boxed()
    }

    proptest! {
        #[test]
        fn what_is_printed_parses_to_the_same(date in any_edtf()) {
            prop_assert_eq!(date.to_string().parse::<Edtf>(), Ok(date));
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = text.parse::<Edtf>();
        }

        #[test]
        fn no_near_date_panics(text in "[-Y]?[0-9X]{1,6}(-[0-9X]{1,3}){0,3}(T[0-9:Z+-]{0,12})?[?~%]?(/[0-9.T:X-]{0,12})?") {
            if let Ok(date) = text.parse::<Edtf>() {
                prop_assert_eq!(date.to_string().parse::<Edtf>(), Ok(date));
            }
        }
    }

    #[test]
    fn bad_dates_say_why() {
        for (text, reason) in [
            ("2017-13-02", "months go from 01 to 12, seasons from 21 to 24"),
            ("2017-02-30", "that month has no such day"),
            ("2017-03-06/2017-03-01", "the end lies before the start"),
            ("yesterday", "the year has four digits, then come month and day"),
            ("2020-10-10T25:00", "the day has 24 hours of 60 minutes"),
            ("2020-10T12:00", "a time of day needs a full date"),
            ("", "it is empty"),
            ("99999-01-01", "the year has four digits, then come month and day"),
            ("../..", "neither end is a date"),
        ] {
            assert_eq!(text.parse::<Edtf>().map_err(|e| e.reason), Err(reason), "{text}");
        }
    }
}
