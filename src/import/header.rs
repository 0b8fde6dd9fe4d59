//! The header of a dispatch: who published it and when, its headline, and where its text begins.
//!
//! | form | example |
//! |---|---|
//! | date word | ` date 2020-10` on a line of its own, or with the text running on after it |
//! | labels | `Source: Levant Wire` / `Опубликовано: 15.10.2020, 19:40 мск` / `Publié le 22 octobre 2020` |
//! | segments | `Saturday, 29 April 2006 \| COLOMBO \| Island Wire` |
//! | dateline | `KYIV, Feb 18 (Borealis) — text`, `БАКУ, 11 окт 2020 — «Южный телеграф». text` |
//! | dated line | `Radio "Silk Road", news at six, Saturday, 15 May 2021` over a blank line |
//! | place | `QUITO.- text`, `ADEN: text`, `PARIS (Agency) - text` |
//! | slug, headline | a short line above one of these, or with a blank line under it |

use super::calendar::{Parts, Written, dates};
use super::dateline;
use super::labels;
use super::words::{Kind, words};
use crate::model::Edtf;
use crate::model::text::cut;

/// What a header tells.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Header {
    /// When it was published.
    pub(super) published: Option<Edtf>,
    /// The day of publication, where its year is missing.
    pub(super) undated: Option<Written>,
    /// The outlet.
    pub(super) source: Option<String>,
    /// The headline.
    pub(super) title: Option<String>,
    /// Where the text begins, in bytes.
    pub(super) body: usize,
}

/// What one form takes from the top of a text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Taken {
    /// A date, with or without its year.
    pub(super) date: Option<Written>,
    /// A date in EDTF.
    pub(super) published: Option<Edtf>,
    /// An outlet.
    pub(super) source: Option<String>,
    /// A headline.
    pub(super) title: Option<String>,
    /// How many bytes.
    pub(super) bytes: usize,
}

/// Header lines are looked for so far down.
const MAX_LINES: usize = 12;
/// Longest headline in characters.
const TITLE_MAX: usize = 200;

/// Reads the header of a text.
pub(super) fn read(text: &str) -> Header {
    let mut header = Header::default();
    let mut labelled = false;
    for _ in 0..MAX_LINES {
        let rest = text.get(header.body..).unwrap_or_default();
        header.body += rest.len() - rest.trim_start().len();
        let top = Top::of(rest.trim_start());
        let seen = header != Header { body: header.body, ..Header::default() };
        let label = labels::read(&top, labelled);
        labelled = label.is_some();
        let taken = label
            .or_else(|| date_word(&top))
            .or_else(|| segments(&top))
            .or_else(|| dateline::dated(&top))
            .or_else(|| dated_line(&top))
            .or_else(|| dateline::undated(&top, seen))
            .or_else(|| headline(&top, header.title.is_some()));
        match taken {
            Some(taken) => header.take(taken),
            None => break,
        }
    }
    header
}

impl Header {
    fn take(&mut self, taken: Taken) {
        let published = taken.published.or_else(|| taken.date.and_then(|date| date.edtf()));
        self.published = match (self.published, published) {
            (Some(old), Some(new)) if refines(new, old) => Some(new),
            (old, new) => old.or(new),
        };
        self.undated = self.undated.or(taken.date.filter(|date| matches!(date.parts, Parts::DayOfSomeYear(..))));
        self.source = self.source.take().or(taken.source);
        self.title = self.title.take().or(taken.title);
        self.body += taken.bytes;
    }
}

/// Whether a date is finer than another and lies in it.
pub(super) fn refines(new: Edtf, old: Edtf) -> bool {
    let bounds = |edtf: Edtf| match edtf {
        Edtf::Point(point) => point.bounds(),
        Edtf::Interval(..) => None,
    };
    let (Some(new_bounds), Some(old_bounds)) = (bounds(new), bounds(old)) else { return false };
    new.grain() < old.grain() && old_bounds.0 <= new_bounds.0 && new_bounds.1 <= old_bounds.1
}

/// The top of what is left of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Top<'a> {
    /// All that is left.
    pub(super) rest: &'a str,
    /// The first line, or so much of it as a header can fill.
    pub(super) line: &'a str,
    /// Whether `line` is the whole line.
    pub(super) whole: bool,
}

impl<'a> Top<'a> {
    /// So many bytes of a line are looked at.
    const LOOK: usize = 400;

    pub(super) fn of(rest: &'a str) -> Self {
        let look = rest.get(..floor(rest, Self::LOOK)).unwrap_or_default();
        match look.split_once('\n') {
            Some((line, _)) => Self { rest, line, whole: true },
            None => Self { rest, line: look, whole: look.len() == rest.len() },
        }
    }

    /// What follows the first line, and whether a blank line lies between.
    pub(super) fn below(&self) -> (Self, bool) {
        let after = self.rest.get(self.line.len()..).unwrap_or_default();
        let next = after.trim_start();
        let gap = after.get(..after.len() - next.len()).unwrap_or_default();
        (Self::of(next), gap.matches('\n').count() > 1)
    }
}

/// The greatest character boundary not above `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// ` date 2020-10 text`.
fn date_word(top: &Top<'_>) -> Option<Taken> {
    let (word, rest) = top.line.split_once(' ')?;
    let value = rest.split_whitespace().next()?;
    let published = value.parse().ok().filter(|_| word.eq_ignore_ascii_case("date"))?;
    let bytes = word.len() + 1 + rest.find(value)? + value.len();
    Some(Taken { published: Some(published), bytes, ..Taken::default() })
}

/// `29 April 2006 | COLOMBO | Island Wire`: one segment is the date, the last of the others the outlet.
fn segments(top: &Top<'_>) -> Option<Taken> {
    let parts: Vec<&str> = top.line.split(['|', '•', '·']).map(str::trim).collect();
    if !top.whole || parts.len() < 2 {
        return None;
    }
    let date = parts.iter().find_map(|part| only_date(part))?;
    let others: Vec<_> = parts.iter().filter(|part| only_date(part).is_none()).collect();
    let source = others.last().and_then(|name| outlet(name));
    Some(Taken { date: Some(date), source, bytes: top.line.len(), ..Taken::default() })
}

/// `Radio "Silk Road", news at six, Saturday, 15 May 2021`, `(9 March 2020, as of 18:00)`: a line over a blank one in
/// which a day stands apart from whatever else it says.
fn dated_line(top: &Top<'_>) -> Option<Taken> {
    let line = top.line.trim_end();
    let all = dates(line);
    let [date] = all.as_slice() else { return None };
    let (before, after) = (line.get(..date.span.0)?.trim_end(), line.get(date.span.1..)?.trim_start());
    let last = before.ends_with([',', '—', '–']) && is_blank(after);
    let first = before.is_empty() && after.starts_with(['«', '"', '“', '„']);
    let bracketed = line.starts_with('(') && line.ends_with(')');
    let (_, blank_between) = top.below();
    let alone = top.whole && blank_between && cut(line, TITLE_MAX) == line;
    if !alone || !(last || first || bracketed) || !matches!(date.parts, Parts::Day(..)) {
        return None;
    }
    let source = line.contains(['«', '“', '„', '"']).then(|| outlet(line)).flatten();
    Some(Taken { date: Some(*date), source, bytes: top.line.len(), ..Taken::default() })
}

/// The date that a text consists of.
pub(super) fn only_date(text: &str) -> Option<Written> {
    let text = text.trim();
    dates(text).first().copied().filter(|date| date.span.0 == 0 && text.get(date.span.1..).is_some_and(is_blank))
}

/// Whether nothing but blanks and full stops is left.
fn is_blank(text: &str) -> bool {
    text.trim_matches(['.', ' ', ')']).is_empty()
}

/// An outlet's name as it stands in a header: quotes and what stands about them away. `None` for what can be no name.
pub(super) fn outlet(text: &str) -> Option<String> {
    let quotes = [('«', '»'), ('“', '”'), ('„', '“'), ('"', '"')];
    let inner = quotes.iter().find_map(|(open, close)| {
        let (_, after) = text.split_once(*open)?;
        Some(after.split_once(*close)?.0)
    });
    let name = inner.unwrap_or(text).trim_matches([' ', '.', ',', ':']);
    crate::model::party::sound_name(name).ok().map(str::to_owned)
}

/// A headline or a slug: a short line that ends no sentence, over a blank line or a line with a date.
fn headline(top: &Top<'_>, titled: bool) -> Option<Taken> {
    let line = top.line.trim_end();
    let words = words(line).filter(|word| word.kind != Kind::Sign).count();
    let short = top.whole && cut(line, TITLE_MAX) == line && words > 0;
    if titled || !short || line.ends_with(['.', '!', '…', '»', '”', '"', ';', ',']) || is_bullet(line) {
        return None;
    }
    let (next, blank_between) = top.below();
    let over_header = labels::read(&next, false)
        .or_else(|| segments(&next))
        .or_else(|| dateline::dated(&next))
        .or_else(|| dated_line(&next))
        .is_some();
    let over_text = blank_between && !next.line.is_empty();
    // One to three words above a dateline are a slug or a place, not a headline.
    let title = (words > 3 || (words == 3 && over_text && !over_header)).then(|| line.to_owned());
    (over_header || over_text).then_some(Taken { title, bytes: top.line.len(), ..Taken::default() })
}

fn is_bullet(line: &str) -> bool {
    line.starts_with(['*', '•', '-', '–', '—', '·', '►', '●'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Published, outlet, headline and the beginning of the body, as one line.
    fn told(text: &str) -> String {
        let header = read(text);
        let or = |text: Option<String>| text.unwrap_or_else(|| "?".into());
        let body: String = text[header.body..].chars().take(12).collect();
        format!("{}; {}; {}; {body}", or(header.published.map(|e| e.to_string())), or(header.source), or(header.title))
    }

    #[test]
    fn the_date_word_stands_alone_or_runs_into_the_text() {
        for (text, header) in [
            (" date 2020-10 Des soldats de la paix", "2020-10; ?; ?; Des soldats "),
            (
                " date 2020-10-11\nHeadline of four words\n\nThe text.",
                "2020-10-11; ?; Headline of four words; The text.",
            ),
            ("date 2020-10-11 The text.", "2020-10-11; ?; ?; The text."),
            ("date palms were cut down.", "?; ?; ?; date palms w"),
        ] {
            assert_eq!(told(text), header);
        }
    }

    #[test]
    fn labels_are_read_in_nine_languages() {
        for (text, header) in [
            (
                "Source: Levant Wire\nPublished: 11 October 2020, 06:55 GMT\n\nThe text.",
                "2020-10-11T06:55Z; Levant Wire; ?; The text.",
            ),
            (
                "Источник: агентство «Каспий-Пресс»\nОпубликовано: 15.10.2020, 19:40 мск\n\nТекст.",
                "2020-10-15T19:40+03:00; Каспий-Пресс; ?; Текст.",
            ),
            (
                "Source : Lettre du Caucase\nPublié le 22 octobre 2020\n\nTexte.",
                "2020-10-22; Lettre du Caucase; ?; Texte.",
            ),
            ("Publié le : 27 août 2022\nTexte.", "2022-08-27; ?; ?; Texte."),
            ("Fecha: 17/11/2016\nSección: Paz\n\nTexto.", "2016-11-17; ?; ?; Texto."),
            ("Quelle: Dienst\nVeröffentlicht: 26.02.2021\n\nText.", "2021-02-26; Dienst; ?; Text."),
            ("Fonte: Agenzia\nPubblicato il: 10 ottobre 2020\n\nTesto.", "2020-10-10; Agenzia; ?; Testo."),
            ("Джерело: Новини\nОпубліковано: 15 лютого 2021 р.\n\nТекст.", "2021-02-15; Новини; ?; Текст."),
            ("Kaynak: Haber\nTarih: 23 Ocak 2020\n\nMetin.", "2020-01-23; Haber; ?; Metin."),
            ("المصدر: وكالة\nنُشر في: 29 نوفمبر 2024\n\nنص.", "2024-11-29; وكالة; ?; نص."),
            ("Source: Wire\nDesk: Night\nTitle: Guns fall silent\n\nText.", "?; Wire; Guns fall silent; Text."),
        ] {
            assert_eq!(told(text), header);
        }
    }

    #[test]
    fn datelines_carry_place_date_and_outlet() {
        for (text, header) in [
            ("KYIV, Oct 11, 2020 (Borealis) — Text.", "2020-10-11; Borealis; ?; Text."),
            ("KYIV, Oct 11, 2020 (Borealis) —\n\nText.", "2020-10-11; Borealis; ?; Text."),
            ("BOGOTÁ, 11 ago 2023 (Andes).- Texto.", "2023-08-11; Andes; ?; Texto."),
            ("Baku, 12 September 2019. (Silk Road)\n\nText.", "2019-09-12; Silk Road; ?; Text."),
            ("Beirut, martes 18 de febrero de 2025\n\nTexto.", "2025-02-18; ?; ?; Texto."),
            ("БАКУ, 11 окт 2020 — «Южный телеграф». Текст.", "2020-10-11; Южный телеграф; ?; Текст."),
            ("БАКУ, 18 октября 2020 — Хазар-Информ\n\nТекст.", "2020-10-18; Хазар-Информ; ?; Текст."),
            ("СТЕПАНАКЕРТ, 12 октября 2020 г. /Линия/. Текст.", "2020-10-12; Линия; ?; Текст."),
            ("КИЇВ, 15 лютого 2021 р. (Новини) – Текст.", "2021-02-15; Новини; ?; Текст."),
            ("ANKARA, 23 Ocak 2020 (Haber)\n\nMetin.", "2020-01-23; Haber; ?; Metin."),
            ("ROMA, 10 ottobre 2020 - Testo.", "2020-10-10; ?; ?; Testo."),
            ("الخرطوم/جدة\nالاثنين 29 مايو/أيار 2023\n\nنص.", "2023-05-29; ?; ?; نص."),
            ("Saturday, 29 April 2006 | COLOMBO | Island Wire\n\nText.", "2006-04-29; Island Wire; ?; Text."),
            ("29 October 2020 | Observer\n\nText.", "2020-10-29; Observer; ?; Text."),
            ("26 жовтня 2020, понеділок\n\nТекст.", "2020-10-26; ?; ?; Текст."),
            ("ŞAM (Haber) - 2 Nisan 2017 - Metin.", "2017-04-02; Haber; ?; Metin."),
            ("(Agenzia) - ROMA, 12 LUG 2006 - Testo.", "2006-07-12; Agenzia; ?; Testo."),
            ("TYR (Liban), 4 août 2006 – Texte.", "2006-08-04; ?; ?; Texte."),
            ("Abidjan, le 3 janvier 2004 - Texte.", "2004-01-03; ?; ?; Texte."),
            ("SREBRENICA, July 11, 1995 (Agency) _ Text.", "1995-07-11; Agency; ?; Text."),
        ] {
            assert_eq!(told(text), header);
        }
    }

    #[test]
    fn a_day_may_end_with_a_stop_and_lack_its_year() {
        for (text, day, body) in [
            ("Москва. 4 августа. Текст.", (4, 8), "Текст."),
            ("Москва, 4 августа. Текст.", (4, 8), "Текст."),
            ("КИЇВ. 11 грудня. Текст.", (11, 12), "Текст."),
            ("ERBİL (Haber) - 2 Nisan. Metin.", (2, 4), "Metin."),
            ("San Salvador, 11 nov. (Andes).- Texto.", (11, 11), "Texto."),
        ] {
            let header = read(text);
            assert_eq!(header.undated.map(|day| day.parts), Some(Parts::DayOfSomeYear(day.0, day.1)), "{text}");
            assert_eq!(&text[header.body..], body);
        }
        assert_eq!(read("Paris, 12 oct. les parties se rencontrent.").body, 0);
    }

    #[test]
    fn places_without_a_date_are_no_part_of_the_text() {
        for (text, header) in [
            ("QUITO.- Texto.", "?; ?; ?; Texto."),
            ("PARIS (Agency) - Text.", "?; Agency; ?; Text."),
            ("SREBRENICA, Bosnia-Herzegovina (Agency) _ Text.", "?; Agency; ?; Text."),
            (
                " date 2018-12-19\nTruce frays over the port\n\nADEN: Text.",
                "2018-12-19; ?; Truce frays over the port; Text.",
            ),
            (" date 2015-02-17\nKiew/Donezk. Text.", "2015-02-17; ?; ?; Text."),
        ] {
            assert_eq!(told(text), header);
        }
    }

    #[test]
    fn the_first_sentence_is_no_header() {
        for text in [
            "On 11 October 2020 the guns fell silent.",
            "Paris, 12 octobre 2020, les parties se rencontrent.",
            "OSCE: 212 ceasefire violations.",
            "Armenia (a party) said so.",
            "An Armenian rocket killed four civilians, including a girl\nin the village of Garayusifli.\n\nMore text.",
            "* Each side accuses the other\n\nText.",
            "Deux jours après, la trêve. Ce lundi 12 octobre 2020, Arméniens.",
            "12 may — or may not — have died.",
        ] {
            assert_eq!(read(text).body, 0, "{text}");
        }
    }

    #[test]
    fn a_finer_date_in_the_coarser_one_wins() {
        assert_eq!(told(" date 2020-10\nPARIS, Oct 18, 2020 - Text."), "2020-10-18; ?; ?; Text.");
        assert_eq!(told(" date 2020-10\nPARIS, Nov 18, 2020 - Text."), "2020-10; ?; ?; Text.");
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>()) {
            let header = read(&text);
            prop_assert!(text.get(header.body..).is_some());
        }

        #[test]
        fn no_header_panics(text in "( date |Source: |KYIV|, |Oct 11|2020|\\(|\\)|«|»| — |\n|\n\n|\\||мск|19:40|/|\\.-|Текст){0,16}") {
            let header = read(&text);
            prop_assert!(text.get(header.body..).is_some());
        }
    }
}
