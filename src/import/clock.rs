//! Times of day after a date, with the zone they are told in: `19:40 мск`, `06:55 GMT`, `10:15 (UTC+4)`, `à 19h40`.

use chrono::NaiveTime;

use super::calendar_words::{Place, word_of_clock, zone};
use super::words::{Word, skip, skip_one};

/// `, 19:40 мск`, ` 20:15 GMT+4`, `, 10:15 (UTC+4)`, ` à 19h40`, `T06:55Z`, `, 7:30 p.m.`.
pub(super) fn clock_after(words: &[Word<'_>], at: usize) -> Option<((NaiveTime, Place), usize)> {
    let at = skip(words, at, &[",", "،", "-", "–", "—", "|", "T", "("]);
    let at = words.get(at).filter(|word| word_of_clock(word.text)).map_or(at, |_| at + 1);
    let at = skip_one(words, at, &["las"]);
    let (hour, long) = words.get(at)?.number()?;
    let separator = words.get(at + 1).filter(|word| matches!(word.text, ":" | "." | "h" | "H"))?;
    let minute_word = words.get(at + 2).filter(|word| word.span.0 == separator.span.1)?;
    let (minute, 2) = minute_word.number()? else { return None };
    if long > 2 {
        return None;
    }
    let next = seconds_after(words, at + 3);
    let (hour, next) = twelve_hours(words, hour, next)?;
    let time = NaiveTime::from_hms_opt(hour, minute, 0)?;
    let next = skip_one(words, next, &["Uhr"]);
    let (place, next) = zone_after(words, next);
    Some(((time, place), next))
}

fn seconds_after(words: &[Word<'_>], at: usize) -> usize {
    let colon = words.get(at).is_some_and(|word| word.text == ":");
    let seconds = words.get(at + 1).and_then(Word::number).is_some_and(|(n, long)| n < 60 && long == 2);
    if colon && seconds { at + 2 } else { at }
}

/// `p.m.`, `PM`: hours of the half day made hours of the day.
fn twelve_hours(words: &[Word<'_>], hour: u32, at: usize) -> Option<(u32, usize)> {
    let half = |first: &str| {
        let text = words.get(at)?.text;
        let joined = [format!("{first}m"), format!("{}M", first.to_uppercase())];
        if joined.iter().any(|word| word == text) {
            return Some(skip_one(words, at + 1, &["."]));
        }
        let dotted = text.eq_ignore_ascii_case(first) && words.get(at + 1)?.text == ".";
        (dotted && words.get(at + 2)?.text.eq_ignore_ascii_case("m")).then(|| skip_one(words, at + 3, &["."]))
    };
    match (half("a"), half("p")) {
        (Some(next), _) if hour <= 12 => Some((hour % 12, next)),
        (_, Some(next)) if hour <= 12 => Some((hour % 12 + 12, next)),
        (None, None) => Some((hour, at)),
        _ => None,
    }
}

/// `мск`, `(UTC+4)`, `GMT+4`, `+04:00`; where nothing of the kind stands there, the zone is unsaid.
fn zone_after(words: &[Word<'_>], at: usize) -> (Place, usize) {
    let open = words.get(at).is_some_and(|word| matches!(word.text, "(" | "["));
    let from = at + usize::from(open);
    let Some((place, next)) = zone_at(words, from) else { return (Place::Unsaid, at) };
    (place, if open { skip_one(words, next, &[")", "]"]) } else { next })
}

fn zone_at(words: &[Word<'_>], at: usize) -> Option<(Place, usize)> {
    let from = skip_one(words, at, &["по", "за"]);
    let named = words.get(from).and_then(|word| zone(word.text));
    let after = from + usize::from(named.is_some());
    let utc = matches!(named, Some(Place::East(0)));
    if (named.is_none() || utc)
        && let Some((minutes, next)) = offset_at(words, after)
    {
        return Some((Place::East(minutes), next));
    }
    named.map(|place| (place, skip_one(words, after, &["времени", "часом", "время", "time"])))
}

/// `+4`, `+04:00`, `+0400`, in minutes.
fn offset_at(words: &[Word<'_>], at: usize) -> Option<(i16, usize)> {
    let sign = match words.get(at)?.text {
        "+" => 1,
        "-" | "−" | "–" => -1,
        _ => return None,
    };
    let hours_word = words.get(at + 1).filter(|word| words.get(at).is_some_and(|sign| sign.span.1 == word.span.0))?;
    let (number, long) = hours_word.number()?;
    let minutes = words.get(at + 2).filter(|word| word.text == ":").and_then(|_| words.get(at + 3)?.number());
    let (hours, minutes, next) = match (long, minutes) {
        (1 | 2, Some((minutes, 2))) => (number, minutes, at + 4),
        (1 | 2, _) => (number, 0, at + 2),
        (4, _) => (number / 100, number % 100, at + 2),
        _ => return None,
    };
    // The widest offsets in use are -12:00 and +14:00.
    let total =
        i16::try_from(hours * 60 + minutes).ok().filter(|&total| hours <= 14 && minutes < 60 && total <= 14 * 60)?;
    Some((sign * total, next))
}

#[cfg(test)]
mod tests {
    use super::super::calendar::{Written, dates};

    fn first(text: &str) -> Option<String> {
        dates(text).first().and_then(Written::edtf).map(|edtf| edtf.to_string())
    }

    #[test]
    fn a_time_of_day_keeps_the_zone_it_is_told_in() {
        for (text, edtf) in [
            ("11 October 2020, 06:55 GMT", "2020-10-11T06:55Z"),
            ("15.10.2020, 19:40 мск", "2020-10-15T19:40+03:00"),
            ("15.07.2013, 19:40 мск", "2013-07-15T19:40+04:00"),
            ("Oct 27 2020 20:15 GMT+4", "2020-10-27T20:15+04:00"),
            ("14 марта 2017 года, 10:15 (UTC+4)", "2017-03-14T10:15+04:00"),
            ("2020-10-11T06:55:10Z", "2020-10-11T06:55Z"),
            ("12 octobre 2020 à 19h40", "2020-10-12T19:40"),
            ("12. Oktober 2020 um 19.40 Uhr MESZ", "2020-10-12T19:40+02:00"),
            ("12 de octubre de 2020 a las 7:05", "2020-10-12T07:05"),
            ("Oct. 12, 2020, 7:30 p.m.", "2020-10-12T19:30"),
            ("Oct. 12, 2020 12:05 AM", "2020-10-12T00:05"),
            ("15 октября 2020, 19:40 по московскому времени", "2020-10-15T19:40+03:00"),
            ("11 October 2020 23:99", "2020-10-11"),
        ] {
            assert_eq!(first(text).as_deref(), Some(edtf), "{text}");
        }
    }
}
