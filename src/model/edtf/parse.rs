//! Reading dates as written.

use std::str::FromStr;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::{BadDate, Bound, Clock, Date, Edtf, Point, Qualifier};

type Parsed<T> = Result<T, &'static str>;

impl FromStr for Edtf {
    type Err = BadDate;

    fn from_str(text: &str) -> Result<Self, BadDate> {
        parse(text.trim()).map_err(|reason| BadDate { text: text.to_owned(), reason })
    }
}

fn parse(text: &str) -> Parsed<Edtf> {
    if text.is_empty() {
        return Err("it is empty");
    }
    let Some((from, to)) = text.split_once('/') else {
        return point(text).map(Edtf::Point);
    };
    let (from, to) = (bound(from)?, bound(to)?);
    match (from, to) {
        (Bound::At(a), Bound::At(b)) => {
            let ends = a.bounds().zip(b.bounds()).ok_or("it lies outside the calendar")?;
            if moment(ends.1.1, b.clock) <= moment(ends.0.0, a.clock) {
                return Err("the end lies before the start");
            }
        }
        (Bound::At(_), _) | (_, Bound::At(_)) => {}
        _ => return Err("neither end is a date"),
    }
    Ok(Edtf::Interval(from, to))
}

/// Local time less the written offset, for comparing the two ends of an interval.
fn moment(local: NaiveDateTime, clock: Option<Clock>) -> NaiveDateTime {
    let offset = clock.and_then(|c| c.offset).unwrap_or(0);
    local.checked_sub_signed(TimeDelta::minutes(i64::from(offset))).unwrap_or(local)
}

fn bound(text: &str) -> Parsed<Bound> {
    match text {
        "" => Ok(Bound::Unknown),
        ".." => Ok(Bound::Open),
        date => point(date).map(Bound::At),
    }
}

fn point(text: &str) -> Parsed<Point> {
    let qualifier = text.chars().next_back().and_then(Qualifier::of);
    let text = if qualifier.is_some() { text.get(..text.len() - 1).unwrap_or_default() } else { text };
    let (day, clock) = match text.split_once(['T', ' ']) {
        Some((day, time)) => (day, Some(self::clock(time)?)),
        None => (text, None),
    };
    let date = date(day)?;
    if clock.is_some() && !matches!(date, Date::Day(_)) {
        return Err("a time of day needs a full date");
    }
    let point = Point { date, clock, qualifier };
    point.bounds().map(|_| point).ok_or("it lies outside the calendar")
}

fn date(text: &str) -> Parsed<Date> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    if let Some(long) = text.strip_prefix('Y') {
        let year: i32 = long.parse().map_err(|_| "the year after Y is no number in reach")?;
        return match year.unsigned_abs() {
            10_000..=200_000 => Ok(Date::Year(year)),
            _ => Err("Y is for years of five digits up to 200,000"),
        };
    }
    let mut parts = digits.split('-');
    let year = parts.next().unwrap_or_default();
    let (month, day, rest) = (parts.next(), parts.next(), parts.next());
    if year.len() != 4 || rest.is_some() {
        return Err("the year has four digits, then come month and day");
    }
    if let Some(unspecified) = masked_year(year) {
        return match (negative, month) {
            (false, None) => unspecified,
            _ => Err("X in the year stands for its last one or two digits, with nothing after it"),
        };
    }
    let year = i32::from(number(year, "the year has four digits")?);
    calendar_date(if negative { -year } else { year }, month, day)
}

fn masked_year(year: &str) -> Option<Parsed<Date>> {
    let known = year.trim_end_matches('X');
    let prefix = || number(known, "the year has four digits, the last two may be X").map(i32::from);
    match year.len() - known.len() {
        0 => None,
        1 => Some(prefix().map(|n| Date::Decade(n * 10))),
        2 => Some(prefix().map(|n| Date::Century(n * 100))),
        _ => Some(Err("X stands for the last one or two digits of a year")),
    }
}

fn calendar_date(year: i32, month: Option<&str>, day: Option<&str>) -> Parsed<Date> {
    let Some(month) = month else { return Ok(Date::Year(year)) };
    if month == "XX" {
        return match day {
            None => Ok(Date::SomeMonth(year)),
            Some("XX") => Ok(Date::SomeDayOfYear(year)),
            Some(_) => Err("a known day needs a known month"),
        };
    }
    let month = two_digits(month, "the month has two digits")?;
    match (month, day) {
        (21..=24, None) => Ok(Date::Season(year, month)),
        (1..=12, None) => Ok(Date::Month(year, month)),
        (1..=12, Some("XX")) => Ok(Date::SomeDay(year, month)),
        (1..=12, Some(day)) => {
            let day = two_digits(day, "the day has two digits")?;
            NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day))
                .map(Date::Day)
                .ok_or("that month has no such day")
        }
        _ => Err("months go from 01 to 12, seasons from 21 to 24"),
    }
}

fn clock(text: &str) -> Parsed<Clock> {
    let (time, offset) = match text.find(['Z', '+', '-']) {
        Some(at) => (text.get(..at).unwrap_or_default(), Some(offset(text.get(at..).unwrap_or_default())?)),
        None => (text, None),
    };
    let mut parts = time.split(':');
    let (hour, minute, second, rest) = (parts.next(), parts.next(), parts.next(), parts.next());
    let (Some(hour), Some(minute), None) = (hour, minute, rest) else {
        return Err("a time of day is hh:mm or hh:mm:ss");
    };
    let field = |part| two_digits(part, "a time of day is hh:mm or hh:mm:ss").map(u32::from);
    let seconds = second.map(field).transpose()?;
    NaiveTime::from_hms_opt(field(hour)?, field(minute)?, seconds.unwrap_or(0))
        .map(|time| Clock { time, seconds: seconds.is_some(), offset })
        .ok_or("the day has 24 hours of 60 minutes")
}

/// `Z`, `+04:00`, `-03:30`: minutes east, at most 14 hours either way, as far as zones reach.
fn offset(text: &str) -> Parsed<i16> {
    const FORM: &str = "an offset is Z or ±hh:mm, at most 14 hours";
    if text == "Z" {
        return Ok(0);
    }
    let (sign, rest) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
        (Some(rest), _) => (1, rest),
        (_, Some(rest)) => (-1, rest),
        _ => return Err(FORM),
    };
    let (hours, minutes) = rest.split_once(':').ok_or(FORM)?;
    let (hours, minutes) = (i16::from(two_digits(hours, FORM)?), i16::from(two_digits(minutes, FORM)?));
    let east = hours * 60 + minutes;
    if minutes > 59 || east > 14 * 60 { Err(FORM) } else { Ok(sign * east) }
}

fn two_digits(text: &str, reason: &'static str) -> Parsed<u8> {
    if text.len() != 2 {
        return Err(reason);
    }
    number(text, reason)?.try_into().map_err(|_| reason)
}

fn number(text: &str, reason: &'static str) -> Parsed<u16> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(reason);
    }
    text.parse().map_err(|_| reason)
}
