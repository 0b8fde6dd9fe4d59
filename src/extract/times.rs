//! Expressions of time, as said. What day they mean is told in [`super::calendar`].

use super::scene::{Run, Scene};
use super::sense::{Prep, Sense};
use super::tokens::Kind;
use super::{Lang, numbers};

/// A time as said, before anything is known of the day it was said on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    /// A day of a month, with its year if told.
    Date { year: Option<i32>, month: u32, day: u32 },
    /// A day of the month of the text, or of the one before: "el día 6", "domenica 14".
    DayOfMonth(u32),
    /// A month.
    Month { year: Option<i32>, month: u32 },
    /// A year.
    Year(i32),
    /// A day of the week, 1 Monday to 7 Sunday.
    Weekday(u32),
    /// So many days from the day of the text.
    Day(i64),
    /// So many days from the time told before.
    FromThen(i64),
    /// The time told before.
    Same,
    /// The night that ends with this day.
    NightTo(Box<Said>),
    /// The night before the text.
    Night,
    /// The day of the text and the one before.
    PastDay,
    /// So many days back, and the day of the text.
    PastDays(i64),
    /// The seven days up to the text.
    PastWeek,
    /// The seven days before those.
    WeekBefore,
    /// The month of the text.
    ThisMonth,
    /// A time of day.
    Clock { hour: u32, minute: u32 },
    /// So many minutes after the time told before.
    MinutesLater(i64),
    /// From then up to the text.
    Since(Box<Said>),
    /// From one to the other.
    Span(Box<Said>, Box<Said>),
}

/// An expression of time and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct TimeMark {
    pub(crate) at: Run,
    pub(crate) said: Said,
    /// Whether it stands in brackets, where wires convert to other zones.
    pub(crate) bracketed: bool,
}

/// The expressions of time of a sentence, in order.
pub(crate) fn find(scene: &Scene<'_>) -> Vec<TimeMark> {
    let mut marks: Vec<TimeMark> = Vec::new();
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(token) = scene.token(at) {
        match token.norm.as_str() {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
        let Some((end, said)) = expression(scene, at) else {
            at += 1;
            continue;
        };
        for (at, said) in spread(at..end, said) {
            marks.push(TimeMark { at, said, bracketed: depth > 0 });
        }
        at = end.max(at + 1);
    }
    join(scene, marks)
}

/// Several days of one month stand for themselves.
fn spread(at: Run, said: Vec<Said>) -> impl Iterator<Item = (Run, Said)> {
    said.into_iter().map(move |said| (at.clone(), said))
}

/// The expression that begins at a token: where it ends, and the times it tells.
fn expression(scene: &Scene<'_>, at: usize) -> Option<(usize, Vec<Said>)> {
    if let Some((end, clock)) = clock(scene, at) {
        return Some((end, vec![clock]));
    }
    // "the July 7 district" is a place.
    let place = |end: usize| scene.has_any(end..end + 1, &[Sense::Region, Sense::Land]);
    if let Some(found) = numeric_date(scene, at).or_else(|| dates(scene, at)).filter(|(end, _)| !place(*end)) {
        return Some(found);
    }
    if let Some(day) = day_of_month(scene, at) {
        return Some((at + 1, vec![Said::DayOfMonth(day)]));
    }
    past_days(scene, at).or_else(|| length(scene, at)).or_else(|| word(scene, at)).map(|(end, said)| (end, vec![said]))
}

/// A number that tells a day without its month: after "day" or the name of a day, with no noun that it could count.
fn day_of_month(scene: &Scene<'_>, at: usize) -> Option<u32> {
    let led = scene.ends_at(at, Sense::Days).is_some() || scene.ends_at(at, Sense::Weekday).is_some();
    plain(scene, at, 1, 31).filter(|_| led && counts_nothing(scene, at + 1) && !sign(scene, at + 1, ":"))
}

/// A word or phrase that tells a time by itself.
fn word(scene: &Scene<'_>, at: usize) -> Option<(usize, Said)> {
    for mark in scene.marks_in(at..at + 1) {
        let value = mark.entry.value.unwrap_or(0);
        let said = match mark.sense() {
            Sense::Weekday => Said::Weekday(u32::try_from(value).ok()?),
            Sense::Day => Said::Day(value),
            Sense::DayFromThen => Said::FromThen(value),
            Sense::SameTime => Said::Same,
            Sense::Night => Said::Night,
            Sense::NightOf => {
                // "ليل الثلاثاء" is the night of that day, "ليل الثلاثاء الأربعاء" ends with the second.
                let Some((end, mut said)) = expression(scene, mark.at.end) else { continue };
                let first = said.drain(..).next()?;
                return Some((end, Said::NightTo(Box::new(first))));
            }
            Sense::PastDay => Said::PastDay,
            Sense::PastWeek => Said::PastWeek,
            Sense::WeekBefore => Said::WeekBefore,
            Sense::ThisMonth => Said::ThisMonth,
            _ => continue,
        };
        return Some((mark.at.end, said));
    }
    year(scene, at).map(|year| (at + 1, Said::Year(year)))
}

/// A year that stands alone: four digits that count nothing.
fn year(scene: &Scene<'_>, at: usize) -> Option<i32> {
    let year = plain(scene, at, 1900, 2100)?;
    let dated = at > 0 && scene.is(at - 1, Sense::Preposition)
        || scene.is(at + 1, Sense::Truce)
        || scene.is(at + 1, Sense::Accord)
        || scene.is(at + 1, Sense::Year)
        || scene.ends_at(at, Sense::Since).is_some();
    dated.then_some(year)
}

/// A plain number within bounds.
fn plain<N: From<u16>>(scene: &Scene<'_>, at: usize, lo: u16, hi: u16) -> Option<N> {
    let token = scene.token(at).filter(|token| token.kind == Kind::Number && token.norm.len() <= 4)?;
    let n: u16 = token.norm.parse().ok()?;
    (n >= lo && n <= hi).then(|| n.into())
}

fn sign(scene: &Scene<'_>, at: usize, sign: &str) -> bool {
    scene.token(at).is_some_and(|token| token.is(sign))
}

/// `12:05 p.m.`, `2 a.m.`, `8h05`, `8 heures`, `в два часа ночи`.
fn clock(scene: &Scene<'_>, at: usize) -> Option<(usize, Said)> {
    if let Some((end, hour, minute)) = digital(scene, at) {
        return Some(half_day(scene, end, hour, minute));
    }
    // "о сьомій ранку": an hour named by its rank.
    if let Some(mark) = scene.all(at..at + 1, Sense::ClockWord).next() {
        let hour = mark.entry.value.and_then(|hour| u32::try_from(hour).ok())?;
        return Some(half_day(scene, mark.at.end, hour, 0));
    }
    let (end, hour) = numbers::number(scene, at)?;
    let hour = u32::try_from(hour).ok().filter(|&hour| hour <= 24)?;
    let halved = |at| scene.is(at, Sense::BeforeNoon) || scene.is(at, Sense::AfterNoon);
    let word = scene.all(end..end + 1, Sense::Hour).next();
    let unit = word.map_or(end, |mark| mark.at.end);
    // "Uhr" tells a time of day, "Stunden" a length.
    let clock = word.is_some_and(|mark| mark.entry.detail.as_deref() == Some("clock"));
    // "Три дня" is a length of time, "в три дня" an hour.
    if clock || halved(unit) && (unit > end || led(scene, at) || !scene.is(unit, Sense::Days)) {
        return Some(half_day(scene, unit, hour, 0));
    }
    let told = unit > end && led(scene, at) && scene.lang != Lang::En;
    // "В 11 часов 20 минут".
    let minutes = numbers::number(scene, unit).filter(|(end, minute)| *minute < 60 && scene.is(*end, Sense::Minute));
    if let Some((end, minute)) = minutes.filter(|_| told && hour < 24) {
        return Some((end + 1, Said::Clock { hour, minute: u32::try_from(minute).ok()? }));
    }
    let fronted = scene.ends_at(at, Sense::Hour).is_some() && counts_nothing(scene, end);
    ((told || fronted) && hour < 24).then_some((unit, Said::Clock { hour, minute: 0 }))
}

/// Whether a preposition of place stands right before a token.
fn led(scene: &Scene<'_>, at: usize) -> bool {
    scene.marks_in(at.saturating_sub(4)..at).any(|mark| {
        mark.at.end == at
            && mark.sense() == Sense::Preposition
            && matches!(mark.entry.prep, Some(Prep::In | Prep::At | Prep::To))
    })
}

/// Whether what follows a number is no noun that it could count.
fn counts_nothing(scene: &Scene<'_>, end: usize) -> bool {
    scene.token(end).is_none_or(|token| token.kind == Kind::Sign)
        || scene.has_any(
            end..end + 1,
            &[Sense::Preposition, Sense::And, Sense::ToTime, Sense::Weekday, Sense::Day, Sense::Hour, Sense::But],
        )
}

/// `12:05`, `12h05`, `12.05` before a half of the day.
fn digital(scene: &Scene<'_>, at: usize) -> Option<(usize, u32, u32)> {
    let token = scene.token(at)?;
    if let Some((hour, minute)) = token.norm.split_once('h').filter(|_| token.kind == Kind::Word) {
        let hour: u32 = hour.parse().ok().filter(|&hour| hour < 24)?;
        let minute: u32 = if minute.is_empty() { 0 } else { minute.parse().ok().filter(|&minute| minute < 60)? };
        return Some((at + 1, hour, minute));
    }
    let hour: u32 = plain(scene, at, 0, 24)?;
    let tight = scene.token(at + 2).is_some_and(|token| !token.spaced && token.norm.len() == 2);
    let minute: u32 = plain(scene, at + 2, 0, 59).filter(|_| tight)?;
    let point = || {
        let after = scene.has_any(at + 3..at + 4, &[Sense::Hour, Sense::BeforeNoon, Sense::AfterNoon]);
        let window = scene.ends_at(at, Sense::FromTime).is_some() || scene.ends_at(at, Sense::ToTime).is_some();
        let before = scene.ends_at(at, Sense::Hour).is_some() || led(scene, at) || window;
        let dated = sign(scene, at + 3, ".") && scene.token(at + 4).is_some_and(|token| !token.spaced);
        sign(scene, at + 1, ".") && !dated && scene.lang != Lang::En && (before || after)
    };
    (sign(scene, at + 1, ":") || point()).then_some((at + 3, hour, minute))
}

/// The hour by the half of the day that is told after it.
fn half_day(scene: &Scene<'_>, end: usize, hour: u32, minute: u32) -> (usize, Said) {
    let mark = |sense| scene.all(end..end + 1, sense).next().map(|mark| mark.at.end);
    if let Some(end) = mark(Sense::AfterNoon) {
        return (end, Said::Clock { hour: if hour < 12 { hour + 12 } else { hour }, minute });
    }
    if let Some(end) = mark(Sense::BeforeNoon) {
        return (end, Said::Clock { hour: if hour == 12 { 0 } else { hour }, minute });
    }
    (end, Said::Clock { hour: hour % 24, minute })
}

/// `2020-10-11`, `11.10.2020`.
fn numeric_date(scene: &Scene<'_>, at: usize) -> Option<(usize, Vec<Said>)> {
    for joint in ["-", "."] {
        if !sign(scene, at + 1, joint)
            || !sign(scene, at + 3, joint)
            || scene.token(at + 1).is_some_and(|token| token.spaced)
        {
            continue;
        }
        let date = |year: usize, day: usize| {
            let year = plain::<i32>(scene, year, 1900, 2100)?;
            let (month, day) = (plain(scene, at + 2, 1, 12)?, plain(scene, day, 1, 31)?);
            Some((at + 5, vec![Said::Date { year: Some(year), month, day }]))
        };
        if let Some(found) = date(at, at + 4).or_else(|| date(at + 4, at)) {
            return Some(found);
        }
    }
    None
}

/// `Oct 10, 2020`, `10 octobre`, `Oct 10, 18 and 26`, `7 au 8 août`, `April 2016`.
fn dates(scene: &Scene<'_>, at: usize) -> Option<(usize, Vec<Said>)> {
    let month = |at: usize| {
        let mark = scene.all(at..at + 1, Sense::Month).next()?;
        let end = if sign(scene, mark.at.end, ".") && !scene.token(mark.at.end)?.spaced {
            mark.at.end + 1
        } else {
            mark.at.end
        };
        Some((end, u32::try_from(mark.entry.value?).ok()?))
    };
    // French "sept" is seven, unless a full stop shortens it.
    let numeral = scene.is(at, Sense::Number) && !sign(scene, at + 1, ".");
    if let Some((after, month)) =
        month(at).filter(|_| !numeral && scene.token(at).is_some_and(|token| token.capital || scene.lang != Lang::En))
    {
        let (end, days) = days(scene, after, false);
        let (end, year) = year_after(scene, end);
        if days.is_empty() {
            return Some((end, vec![Said::Month { year, month }]));
        }
        let mut dates: Vec<Said> = days.into_iter().map(|day| Said::Date { year, month, day }).collect();
        if dates.len() == 2 && scene.ends_at(at, Sense::FromTime).is_some() {
            let to = dates.pop()?;
            return Some((end, vec![Said::Span(Box::new(dates.pop()?), Box::new(to))]));
        }
        return Some((end, dates));
    }
    let (after, days) = days(scene, at, true);
    if days.is_empty() {
        return None;
    }
    let (end, month) = month(after + of(scene, after))?;
    let (end, year) = year_after(scene, end);
    let next = at + 1 + usize::from(is_ordinal(scene, at + 1));
    let linked = days.len() == 2 && scene.is(next, Sense::ToTime) && !scene.is(next, Sense::And);
    let mut dates: Vec<Said> = days.into_iter().map(|day| Said::Date { year, month, day }).collect();
    if linked && dates.len() == 2 {
        let to = dates.pop()?;
        let from = dates.pop()?;
        return Some((end, vec![Said::Span(Box::new(from), Box::new(to))]));
    }
    Some((end, dates))
}

/// The number of a day, in digits or as an ordinal, and where it ends.
fn day(scene: &Scene<'_>, at: usize) -> Option<(usize, u32)> {
    let digits = plain::<u32>(scene, at, 1, 31).map(|day| (at + 1, day));
    digits.or_else(|| {
        let mark = scene.all(at..at + 1, Sense::Ordinal).next()?;
        Some((mark.at.end, u32::try_from(mark.entry.value?).ok()?))
    })
}

/// Numbers of days, one or several with `,`, "and", "to" between; `before` the month or after it.
fn days(scene: &Scene<'_>, from: usize, before: bool) -> (usize, Vec<u32>) {
    let mut days = Vec::new();
    let (mut at, mut end) = (from, from);
    while let Some((next, day)) = day(scene, at) {
        // "October 10 2020", and `10:20` after a month, are no lists of days.
        if sign(scene, at + 1, ":") {
            break;
        }
        days.push(day);
        end = next;
        let suffix = scene.token(end).is_some_and(|token| {
            matches!(token.norm.as_str(), "er" | "st" | "nd" | "rd" | "th") || is_ordinal(scene, end)
        });
        end += usize::from(suffix);
        let word = scene.marks_in(end..end + 1).find(|mark| matches!(mark.sense(), Sense::And | Sense::ToTime));
        let joint = sign(scene, end, ",") || word.is_some();
        at = word.map_or(end + usize::from(joint), |mark| mark.at.end);
        at += usize::from(joint) * article(scene, at);
        if !joint || days.len() > 9 || (!before && scene.token(at).is_some_and(|token| token.norm.len() > 2)) {
            break;
        }
    }
    (end, days)
}

/// How many tokens an article before the number of a day has: "el 7 y *el* 8", "il 7 e *l'*8".
fn article(scene: &Scene<'_>, at: usize) -> usize {
    let short = scene.token(at).is_some_and(|token| !token.capital && token.norm.chars().count() <= 2);
    let len = if sign(scene, at + 1, "'") { 2 } else { 1 };
    let day = scene.token(at + len).is_some_and(|token| token.kind == Kind::Number);
    if short && day && scene.token(at).is_some_and(|token| token.kind == Kind::Word) { len } else { 0 }
}

/// How many tokens a preposition of possession at a token has: "10 *de* octubre", "10th *of* October", "10 *من* أكتوبر".
fn of(scene: &Scene<'_>, at: usize) -> usize {
    let of = |prep| prep == Prep::Of || scene.lang.verb_first() && prep == Prep::From;
    let of = scene.all(at..at + 1, Sense::Preposition).find(|mark| mark.entry.prep.is_some_and(of));
    of.map_or(0, |mark| mark.at.len())
}

/// Whether a full stop makes an ordinal of the number before it: "10. Oktober", "vom 7. bis 8. August".
fn is_ordinal(scene: &Scene<'_>, at: usize) -> bool {
    sign(scene, at, ".") && [Sense::Month, Sense::ToTime, Sense::And].into_iter().any(|sense| scene.is(at + 1, sense))
}

/// The year after a date, its word included ("2020 года").
fn year_after(scene: &Scene<'_>, end: usize) -> (usize, Option<i32>) {
    let at = end + usize::from(sign(scene, end, ","));
    let at = at + of(scene, at);
    match plain::<i32>(scene, at, 1900, 2100) {
        Some(year) => (at + 1 + usize::from(scene.is(at + 1, Sense::Year)), Some(year)),
        None => (end, None),
    }
}

/// `over the past three days`, `за минувшие двое суток`.
fn past_days(scene: &Scene<'_>, at: usize) -> Option<(usize, Said)> {
    let past = scene.all(at..at + 1, Sense::Past).next()?;
    let (end, n) = numbers::number(scene, past.at.end)?;
    let n = i64::try_from(n).ok().filter(|&n| n < 1_000)?;
    scene.all(end..end + 1, Sense::Days).next().map(|mark| (mark.at.end, Said::PastDays(n)))
}

/// `five minutes later`, `two days ago`, `il y a deux jours`.
fn length(scene: &Scene<'_>, at: usize) -> Option<(usize, Said)> {
    let (start, ago_first) = match scene.all(at..at + 1, Sense::Ago).next() {
        Some(mark) => (mark.at.end, true),
        None => (at, false),
    };
    let (end, n) = numbers::number(scene, start)?;
    let n = i64::try_from(n).ok().filter(|&n| n < 100_000)?;
    let minutes = scene.all(end..end + 1, Sense::Minute).next().map(|mark| (mark.at.end, n));
    let (end, minutes) =
        minutes.or_else(|| scene.all(end..end + 1, Sense::Days).next().map(|mark| (mark.at.end, n * 1440)))?;
    if minutes % 1440 == 0 && (ago_first || scene.is(end, Sense::Ago)) {
        return Some((end + usize::from(!ago_first), Said::Day(-minutes / 1440)));
    }
    let later = scene.is(end, Sense::Later) || (start > 0 && scene.is(start - 1, Sense::Later));
    later.then(|| (end + usize::from(scene.is(end, Sense::Later)), Said::MinutesLater(minutes)))
}

/// Joins what stands together: "from … to …", "the night of … to …", "since …".
fn join(scene: &Scene<'_>, marks: Vec<TimeMark>) -> Vec<TimeMark> {
    let mut joined: Vec<TimeMark> = Vec::new();
    for mark in marks {
        if let Some(last) = joined.last_mut().filter(|last| names_the_day(scene, last, &mark)) {
            (last.at.end, last.said) = (mark.at.end, mark.said);
            continue;
        }
        if let Some(last) = joined.last_mut().filter(|last| spans(scene, last, &mark)) {
            let from = std::mem::replace(&mut last.said, Said::Same);
            let from = match from {
                Said::NightTo(day) => *day,
                other => other,
            };
            last.said = Said::Span(Box::new(from), Box::new(mark.said));
            last.at.end = mark.at.end;
            continue;
        }
        joined.push(mark);
    }
    for mark in &mut joined {
        let since = scene.ends_at(mark.at.start, Sense::Since).is_some() && !dates_a_truce(scene, mark.at.start);
        if since && !matches!(mark.said, Said::Span(..) | Said::Since(_)) {
            mark.said = Said::Since(Box::new(std::mem::replace(&mut mark.said, Said::Same)));
        }
    }
    joined
}

/// Whether a day of the week stands before its date: "martes 18 de febrero", "Sunday, Oct 11".
fn names_the_day(scene: &Scene<'_>, weekday: &TimeMark, date: &TimeMark) -> bool {
    let gap = weekday.at.end..date.at.start;
    matches!((&weekday.said, &date.said), (Said::Weekday(_), Said::Date { .. } | Said::DayOfMonth(_)))
        && (gap.is_empty() || gap.len() == 1 && sign(scene, gap.start, ","))
}

/// Whether a date that begins at a token is the one a truce is known by: a preposition of belonging alone stands between
/// the word for the truce and the date.
pub(crate) fn dates_a_truce(scene: &Scene<'_>, at: usize) -> bool {
    let belongs = scene.all(at.saturating_sub(1)..at, Sense::Preposition).find(|mark| {
        mark.at.end == at && (mark.entry.prep == Some(Prep::Of) || mark.entry.detail.as_deref() == Some("dated"))
    });
    belongs.is_some_and(|mark| {
        scene.ends_at(mark.at.start, Sense::Truce).is_some() || scene.ends_at(mark.at.start, Sense::Accord).is_some()
    })
}

/// Whether two times are the ends of one span.
fn spans(scene: &Scene<'_>, from: &TimeMark, to: &TimeMark) -> bool {
    let between = from.at.end..to.at.start;
    let link = between.len() == 1 && scene.is(between.start, Sense::ToTime);
    let led = matches!(from.said, Said::NightTo(_)) || scene.ends_at(from.at.start, Sense::FromTime).is_some();
    let clocks = matches!(from.said, Said::Clock { .. }) != matches!(to.said, Said::Clock { .. });
    let and = scene.is(between.start, Sense::And) && !led;
    let dash = scene.token(between.start).is_some_and(|token| token.is("-"));
    link && !clocks && !and && (led || dash)
}
