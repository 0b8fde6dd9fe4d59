//! Dates and times of day as headers write them, in nine languages: `Oct 11, 2020`, `11 октября 2020 г.`,
//! `martes 18 de febrero de 2025`, `29 مايو/أيار 2023`, `15.10.2020, 19:40 мск`.
//!
//! Only what stands there is read. A missing year stays missing; `11/10/2020` stays a year, for nobody can tell the
//! day from the month.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeZone, Weekday};
use chrono_tz::Tz;

use super::calendar_words::{Place, month, weekday};
use super::clock::clock_after;
use super::words::{Kind, Word, skip, skip_one, words};
use crate::model::edtf::{Clock, Date, Edtf, Point};

/// A date as written, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    /// First byte and first byte after, its weekday and time of day included.
    pub(super) span: (usize, usize),
    /// What calendar parts stand there.
    pub(super) parts: Parts,
    /// The weekday beside it.
    pub(super) weekday: Option<Weekday>,
    /// The time of day after it.
    pub(super) clock: Option<(NaiveTime, Place)>,
}

/// The parts of a date that stand in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parts {
    /// Day, month and year.
    Day(NaiveDate),
    /// Day and month.
    DayOfSomeYear(u32, u32),
    /// Month and year.
    Month(i32, u32),
    /// A full date in figures of which only the year is sure.
    Year(i32),
}

impl Written {
    /// The date as the model holds it; `None` where its year is missing.
    pub(super) fn edtf(&self) -> Option<Edtf> {
        let date = match self.parts {
            Parts::Day(day) => {
                return Some(Edtf::Point(Point { date: Date::Day(day), clock: self.clock_on(day), qualifier: None }));
            }
            Parts::Month(year, month) => Date::Month(year, u8::try_from(month).ok()?),
            Parts::Year(year) => Date::Year(year),
            Parts::DayOfSomeYear(..) => return None,
        };
        Some(Edtf::Point(Point { date, clock: None, qualifier: None }))
    }

    fn clock_on(&self, day: NaiveDate) -> Option<Clock> {
        let (time, place) = self.clock?;
        let offset = match place {
            Place::Unsaid => None,
            Place::East(minutes) => Some(minutes),
            Place::In(tz) => offset_on(tz, day, time),
        };
        Some(Clock { time, seconds: false, offset })
    }

    /// The same date in a year found elsewhere. `None` where that year has no such day, or its weekday differs.
    pub(super) fn in_year(&self, year: i32) -> Option<Self> {
        let Parts::DayOfSomeYear(day, month) = self.parts else { return None };
        let date = NaiveDate::from_ymd_opt(year, month, day)?;
        self.weekday
            .is_none_or(|weekday| date.weekday() == weekday)
            .then_some(Self { parts: Parts::Day(date), ..*self })
    }
}

/// Minutes east of Greenwich in a zone at a local time. `None` where clocks change over it.
fn offset_on(tz: Tz, day: NaiveDate, time: NaiveTime) -> Option<i16> {
    use chrono::Offset;
    let local = tz.from_local_datetime(&day.and_time(time)).single()?;
    i16::try_from(local.offset().fix().local_minus_utc() / 60).ok()
}

/// A date has its first number after so many words and signs at most: a weekday and what parts it from a month of two names.
const BEFORE_NUMBER: usize = 12;

/// Every date in a text, in order.
pub(super) fn dates(text: &str) -> Vec<Written> {
    let words: Vec<_> = words(text).collect();
    let mut found = Vec::new();
    let mut numbers =
        words.iter().enumerate().filter(|(_, word)| word.kind == Kind::Digits).map(|(at, _)| at).peekable();
    let mut at = 0;
    // Most words of a text are far from any number, so that no date can begin there.
    while let Some(&number) = numbers.peek() {
        at = at.max(number.saturating_sub(BEFORE_NUMBER));
        if at > number {
            numbers.next();
            continue;
        }
        match date_at(&words, at) {
            Some((written, next)) => {
                found.push(written);
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// A date that begins at a word, weekday first; and the place of the word after it.
fn date_at(words: &[Word<'_>], at: usize) -> Option<(Written, usize)> {
    let first = words.get(at)?;
    let before = weekday(first.text);
    let start = if before.is_some() { skip(words, at + 1, &[",", ".", "،", "den"]) } else { at };
    let (parts, end) = figures(words, start).or_else(|| in_words(words, start))?;
    // "31 February 2020" is no date, and neither is its "February 2020".
    if matches!(parts, Parts::Month(..)) && at.checked_sub(1).and_then(|at| words.get(at)?.number()).is_some() {
        return None;
    }
    let end = past_word_for_year(words, end);
    let comma = skip_one(words, end, &[","]);
    let after = words.get(comma).and_then(|word| weekday(word.text)).filter(|_| before.is_none());
    let end = if after.is_some() { comma + 1 } else { end };
    let (clock, end) = clock_after(words, end).map_or((None, end), |(clock, end)| (Some(clock), end));
    let span = (first.span.0, words.get(end.checked_sub(1)?)?.span.1);
    Some((Written { span, parts, weekday: before.or(after), clock }, end))
}

/// `2021 г.`, `2008 года`, `2021 р.`: the word for year after a year.
fn past_word_for_year(words: &[Word<'_>], at: usize) -> usize {
    match words.get(at).map(|word| word.text) {
        Some("г" | "р") => skip_one(words, at + 1, &["."]),
        Some("года" | "год" | "року" | "рік" | "м" | "م" | "yılı") => at + 1,
        _ => at,
    }
}

/// `2020-10-11`, `2020/10/11`, `15.10.2020`, `26/02/2021`: figures with one separator and no blanks between.
fn figures(words: &[Word<'_>], at: usize) -> Option<(Parts, usize)> {
    let five = words.get(at..at.checked_add(5)?)?;
    let [first, sign, second, same, third] = five else { return None };
    let joined = five.windows(2).all(|pair| matches!(pair, [left, right] if left.span.1 == right.span.0));
    if !joined || sign.text != same.text || !matches!(sign.text, "-" | "." | "/") {
        return None;
    }
    let ((first, first_long), (second, _), (third, third_long)) = (first.number()?, second.number()?, third.number()?);
    let year = |number: u32| i32::try_from(number).ok();
    let parts = match (first_long, third_long) {
        (4, 1 | 2) => Parts::Day(NaiveDate::from_ymd_opt(year(first)?, second, third)?),
        (1 | 2, 4) => day_first(first, second, year(third)?, sign.text == "/")?,
        _ => return None,
    };
    Some((parts, at + 5))
}

/// With slashes Americans put the month first, so that two numbers up to twelve tell only the year.
fn day_first(a: u32, b: u32, year: i32, slashes: bool) -> Option<Parts> {
    let day_month = NaiveDate::from_ymd_opt(year, b, a);
    let month_day = NaiveDate::from_ymd_opt(year, a, b).filter(|_| slashes);
    match (day_month, month_day) {
        (Some(a), Some(b)) if a != b => Some(Parts::Year(year)),
        (Some(day), _) | (None, Some(day)) => Some(Parts::Day(day)),
        (None, None) => None,
    }
}

/// `11 October 2020`, `October 11, 2020`, `11 de agosto de 2023`, `October 2020`.
fn in_words(words: &[Word<'_>], at: usize) -> Option<(Parts, usize)> {
    let first = words.get(at)?;
    match first.number() {
        Some((day @ 1..=31, 1 | 2)) => {
            let next = skip_one(words, at + 1, &["er", "st", "nd", "rd", "th", "º", "°", ".", "-го"]);
            let (month, next) = month_at(words, skip_one(words, next, &["de", "of", "di"]))?;
            let from = skip_one(words, skip_one(words, next, &[","]), &["de", "del", "of"]);
            dated(day, month, year_at(words, from), next)
        }
        Some(_) => None,
        None => {
            let (month, next) = month_at(words, at)?;
            if let Some((day @ 1..=31, 1 | 2)) = words.get(next).and_then(Word::number) {
                let next = skip_one(words, next + 1, &["st", "nd", "rd", "th"]);
                return dated(day, month, year_at(words, skip_one(words, next, &[",", "،"])), next);
            }
            let (year, next) = year_at(words, skip_one(words, next, &["de", "del", "of", ","]))?;
            Some((Parts::Month(year, month), next))
        }
    }
}

fn dated(day: u32, month: u32, year: Option<(i32, usize)>, next: usize) -> Option<(Parts, usize)> {
    match year {
        Some((year, next)) => Some((Parts::Day(NaiveDate::from_ymd_opt(year, month, day)?), next)),
        // 2020 had a 29 February: whether the year meant has one shows later.
        None => NaiveDate::from_ymd_opt(2020, month, day).map(|_| (Parts::DayOfSomeYear(day, month), next)),
    }
}

/// A month's name, with the dot of an abbreviation and a second name (`مايو/أيار`) taken along.
fn month_at(words: &[Word<'_>], at: usize) -> Option<(u32, usize)> {
    let one = |at: usize| -> Option<(u32, usize)> {
        let (month, long) = month(words.get(at)?.text, words.get(at + 1).map(|second| second.text))?;
        Some((month, at + long))
    };
    let (first, next) = one(at)?;
    let next = skip_one(words, next, &["."]);
    let other = words.get(next).filter(|word| word.text == "/").and_then(|_| one(next + 1));
    Some(other.filter(|(other, _)| *other == first).map_or((first, next), |(_, next)| (first, next)))
}

fn year_at(words: &[Word<'_>], at: usize) -> Option<(i32, usize)> {
    let (year, long) = words.get(at)?.number()?;
    let clock_follows = words.get(at + 1).is_some_and(|word| word.text == ":");
    ((1900..2100).contains(&year) && long == 4 && !clock_follows).then_some((i32::try_from(year).ok()?, at + 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn first(text: &str) -> Option<String> {
        dates(text).first().and_then(Written::edtf).map(|edtf| edtf.to_string())
    }

    #[test]
    fn dates_are_read_in_nine_languages() {
        for (text, edtf) in [
            ("Oct 11, 2020", "2020-10-11"),
            ("October 11th 2020", "2020-10-11"),
            ("Saturday, 29 April 2006", "2006-04-29"),
            ("2 déc. 2024", "2024-12-02"),
            ("mercredi 13 août 2008", "2008-08-13"),
            ("1er mai 2021", "2021-05-01"),
            ("21 апреля 2021 г.", "2021-04-21"),
            ("11 окт 2020", "2020-10-11"),
            ("3 августа 2008 года", "2008-08-03"),
            ("martes 18 de febrero de 2025", "2025-02-18"),
            ("11 ago 2023", "2023-08-11"),
            ("11. Januar 2019", "2019-01-11"),
            ("Donnerstag, den 1. Jänner 2015", "2015-01-01"),
            ("sabato 10 ottobre 2020", "2020-10-10"),
            ("15 лютого 2021 р.", "2021-02-15"),
            ("الاثنين 29 مايو/أيار 2023", "2023-05-29"),
            ("٢٩ نوفمبر ٢٠٢٤", "2024-11-29"),
            ("10 كانون الثاني 2020", "2020-01-10"),
            ("23 Ocak 2020 Perşembe", "2020-01-23"),
            ("17/11/2016", "2016-11-17"),
            ("26.02.2021", "2021-02-26"),
            ("2020-10-11", "2020-10-11"),
            ("octubre de 2020", "2020-10"),
            ("10/11/2020", "2020"),
        ] {
            assert_eq!(first(text).as_deref(), Some(edtf), "{text}");
        }
    }

    #[test]
    fn a_missing_year_stays_missing() {
        let written = dates("YEREVAN, Oct 10 (Agency)").first().copied().unwrap();
        assert_eq!((written.parts, written.edtf()), (Parts::DayOfSomeYear(10, 10), None));
        assert_eq!(written.in_year(2020).unwrap().edtf().unwrap().to_string(), "2020-10-10");
        let monday = dates("lundi 26 octobre").first().copied().unwrap();
        assert_eq!((monday.in_year(2021), monday.in_year(2020).is_some()), (None, true));
    }

    #[test]
    fn numbers_are_no_dates() {
        for text in ["12 may have died", "31 February 2020", "120-mm mortars", "99.99.2020", "45 mars", "1.2.3.4"] {
            assert_eq!(first(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = dates(&text);
        }

        #[test]
        fn spans_lie_on_characters(text in "([0-9]{1,4}|[ ,.:+-]|мая|Oct|de|year|م|[a-z]){0,20}") {
            for written in dates(&text) {
                prop_assert!(text.get(written.span.0..written.span.1).is_some());
            }
        }
    }
}
