//! Bytes of a file → a dispatch: text, header, publication, language.

use chrono::{Datelike, NaiveDate};

use super::calendar::{Parts, Written, dates};
use super::calendar_words::weekday;
use super::encoding::decode_plain;
use super::header::{self, Header, refines};
use super::words::words;
use crate::error::Result;
use crate::extract::Lang;
use crate::model::text::key;
use crate::model::{Dispatch, Edtf};

/// What is known of a dispatch beside its bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    /// Its outlet. Wins over what the text says.
    pub source: Option<String>,
    /// Its language, ISO 639-1. Wins over detection.
    pub language: Option<String>,
    /// The day by which it had come in: the year of a dateline without one is the last that fits.
    pub received: Option<NaiveDate>,
}

/// Reads a file as a dispatch. `stem` is the file's name without its ending. Nothing about its publication is
/// guessed: a day without a year stays unknown unless the hints or a full date close by in the text tell the year.
///
/// # Errors
/// What is no running text: empty and binary files, unknown encodings.
pub fn read_dispatch(stem: &str, bytes: Vec<u8>, hints: &Hints) -> Result<Dispatch> {
    let decoded = decode_plain(&bytes)?;
    let text = decoded.text;
    let header = header::read(&text);
    let body = text.get(header.body..).unwrap_or_default();
    let language = hints.language.clone().or_else(|| Lang::detect(body).map(|lang| lang.to_string()));
    Ok(Dispatch {
        source: hints.source.clone().or_else(|| header.source.clone()),
        uri: None,
        url: None,
        title: header.title.clone(),
        language,
        published: published(&header, body, hints.received).or_else(|| date_in_heading(&text, hints.received)),
        stem: stem.to_owned(),
        raw: bytes,
        encoding: decoded.encoding,
        body: header.body,
        text,
    })
}

/// How many bytes of the text are searched for dates that tell a missing year.
const LOOK: usize = 1 << 16;

fn published(header: &Header, body: &str, received: Option<NaiveDate>) -> Option<Edtf> {
    let near = body.get(..body.floor_char_boundary(LOOK)).unwrap_or_default();
    let dated = header.undated.and_then(|day| match received {
        Some(received) => last_by(day, received),
        None => year_in_text(day, near),
    });
    match (header.published, dated.and_then(|day| day.edtf())) {
        (Some(told), Some(day)) if refines(day, told) => Some(day),
        (Some(told), _) => Some(told),
        (None, Some(day)) => Some(day),
        (None, None) if header.undated.is_some() => None,
        (None, None) => date_in_lead(near),
    }
}

/// The last such day that is not after the day of receipt; a day's grace is for zones east of the reader.
fn last_by(day: Written, received: NaiveDate) -> Option<Written> {
    let latest = received.succ_opt().unwrap_or(received);
    // Eight years hold every 29 February.
    (0..=8).filter_map(|back| day.in_year(latest.year().checked_sub(back)?)).find(|day| is_by(day, latest))
}

fn is_by(day: &Written, latest: NaiveDate) -> bool {
    matches!(day.parts, Parts::Day(day) if day <= latest)
}

/// The day in the year of a full date of the text less than a month away, if the text has no other such year and its
/// first weekdays do not contradict.
fn year_in_text(day: Written, text: &str) -> Option<Written> {
    const MONTH: i64 = 31;
    let full: Vec<_> =
        dates(text).iter().filter_map(|date| if let Parts::Day(day) = date.parts { Some(day) } else { None }).collect();
    let mut fitting: Vec<Written> = Vec::new();
    for near in full {
        for year in [near.year() - 1, near.year(), near.year() + 1] {
            let candidate = day.in_year(year).filter(
                |candidate| matches!(candidate.parts, Parts::Day(day) if (day - near).num_days().abs() < MONTH),
            );
            fitting.extend(candidate.filter(|candidate| !fitting.contains(candidate)));
        }
    }
    let [one] = fitting.as_slice() else { return None };
    weekdays_agree(one, text).then_some(*one)
}

/// Whether the weekdays that the first paragraph names, if any, hold the day itself or the one before it.
fn weekdays_agree(day: &Written, text: &str) -> bool {
    let Parts::Day(day) = day.parts else { return false };
    let lead = text.split("\n\n").next().unwrap_or_default();
    let named: Vec<_> = words(lead).filter_map(|word| weekday(word.text)).collect();
    named.is_empty() || named.iter().any(|&named| named == day.weekday() || named == day.weekday().pred())
}

/// The one date in the first two lines, where these are a heading, no sentence, and it has its weekday or fits the day of
/// receipt:
/// "Radio Kassoumaye, journal de 13 heures, lundi 14 février 2005".
fn date_in_heading(text: &str, received: Option<NaiveDate>) -> Option<Edtf> {
    const WEEK: i64 = 7;
    const SHORT: usize = 160;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(2);
    let found: Vec<Written> =
        lines.filter(|line| line.len() <= SHORT && !line.ends_with(['.', '!', '?'])).flat_map(dates).collect();
    let [date] = found.as_slice() else { return None };
    let Parts::Day(day) = date.parts else { return None };
    let fits = match received {
        Some(received) => (0..=WEEK).contains(&(received - day).num_days()),
        None => date.weekday == Some(day.weekday()),
    };
    fits.then(|| date.edtf()).flatten()
}

/// A date that the first paragraph itself puts in the present: "Ce lundi 12 octobre 2020", "said on Monday,
/// January 15, 2024". It must be the latest full date there.
fn date_in_lead(text: &str) -> Option<Edtf> {
    let lead = text.split("\n\n").next().unwrap_or_default();
    let found = dates(lead);
    let latest =
        found.iter().filter_map(|date| if let Parts::Day(day) = date.parts { Some(day) } else { None }).max()?;
    let date = found.iter().find(|date| {
        date.parts == Parts::Day(latest)
            && date.weekday.is_some()
            && is_present(lead.get(..date.span.0).unwrap_or_default())
    })?;
    date.edtf()
}

/// Whether words that lead up to a weekday make it the day of writing.
fn is_present(before: &str) -> bool {
    const THIS: &[&str] =
        &["ce", "this", "este", "diesen", "diesem", "questo", "bu", "сегодня", "сьогодні", "today", "اليوم", "هذا"];
    const SAID: &[&str] = &[
        "said",
        "announced",
        "reported",
        "stated",
        "declared",
        "accused",
        "déclaré",
        "annoncé",
        "indiqué",
        "affirmé",
        "accusé",
        "dijo",
        "anunció",
        "informó",
        "declaró",
        "acusó",
        "сообщили",
        "сообщил",
        "сообщила",
        "заявили",
        "заявил",
        "заявила",
        "обвинил",
        "повідомили",
        "повідомив",
        "повідомила",
        "erklärte",
        "sagte",
        "meldete",
        "detto",
        "dichiarato",
        "annunciato",
        "قال",
        "قالت",
        "أعلن",
        "أعلنت",
        "اتهم",
    ];
    let last: Vec<String> = words(before).map(|word| word.key()).collect();
    let mut last = last.iter().rev();
    let is = |word: &String, list: &[&str]| list.iter().any(|known| key(known) == *word);
    let nearest = last.next();
    nearest.is_some_and(|word| is(word, THIS) || is(word, SAID)) || last.next().is_some_and(|word| is(word, SAID))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn published(text: &str, received: Option<&str>) -> Option<String> {
        let received = received.map(|day| day.parse().unwrap());
        let hints = Hints { received, ..Hints::default() };
        read_dispatch("x", text.into(), &hints).unwrap().published.map(|edtf| edtf.to_string())
    }

    #[test]
    fn a_missing_year_comes_from_the_day_of_receipt() {
        let text = "YEREVAN, Oct 10 (Agency) — Text.";
        assert_eq!(published(text, None), None);
        for (received, day) in [
            ("2020-10-12", "2020-10-10"),
            ("2020-10-10", "2020-10-10"),
            ("2020-10-09", "2020-10-10"),
            ("2020-10-08", "2019-10-10"),
            ("2021-01-02", "2020-10-10"),
        ] {
            assert_eq!(published(text, Some(received)).as_deref(), Some(day), "{received}");
        }
        assert_eq!(
            published("ПАРИЖ, 29 февраля — Агентство\n\nТекст.", Some("2023-01-01")).as_deref(),
            Some("2020-02-29")
        );
    }

    #[test]
    fn a_missing_year_comes_from_a_full_date_close_by() {
        for (rest, day) in [
            ("fired on Nov. 13, 2020.", Some("2020-11-14")),
            ("fired on Friday, as on Nov. 13, 2020.", Some("2020-11-14")),
            ("fired on Tuesday, as on Nov. 13, 2020.", None),
            ("fired, a year after the truce of Nov. 10, 2020 and that of Nov. 9, 2019.", None),
            ("fired, as agreed on Feb. 25, 2003.", None),
            ("fired.", None),
        ] {
            let text = format!("SRINAGAR, Nov. 14 (Service) — Troops {rest}");
            assert_eq!(published(&text, None).as_deref(), day, "{rest}");
        }
    }

    #[test]
    fn a_year_that_contradicts_the_weekday_is_not_taken() {
        assert_eq!(
            published("ПАРИЖ, понедельник 26 октября — Агентство\n\nТекст.", Some("2021-11-01")).as_deref(),
            Some("2020-10-26")
        );
        assert_eq!(published("Published: lundi 26 octobre\n\nText of 27 October 2021.", None), None);
    }

    #[test]
    fn the_lead_tells_its_own_day() {
        for (text, day) in [
            (
                "La trêve ne tient pas. Ce lundi 12 octobre 2020, Arméniens et Azerbaïdjanais s’accusent.",
                Some("2020-10-12"),
            ),
            ("An alliance said on Monday, January 15, 2024, that jets had struck.", Some("2024-01-15")),
            ("The war began on Thursday, 24 February 2022.", None),
            ("Two villages were shelled on 12 October 2020.", None),
        ] {
            assert_eq!(published(text, None).as_deref(), day, "{text}");
        }
    }

    #[test]
    fn hints_win_over_the_text() {
        let hints = Hints { source: Some("Desk".into()), language: Some("fr".into()), received: None };
        let dispatch = read_dispatch("a", "Source: Wire\n\nThe guns fell silent.".into(), &hints).unwrap();
        assert_eq!((dispatch.source.as_deref(), dispatch.language.as_deref()), (Some("Desk"), Some("fr")));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), received in proptest::option::of(-3_000_000..3_000_000_i32)) {
            let received = received.and_then(NaiveDate::from_epoch_days);
            let _ = read_dispatch("x", bytes, &Hints { received, ..Hints::default() });
        }
    }
}
