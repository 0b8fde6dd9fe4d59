//! Datelines: `KYIV, Feb 18 (Borealis) — text`, `Beirut, martes 18 de febrero de 2025`, `QUITO.- text`.

use super::calendar::{Parts, dates};
use super::header::{Taken, Top, outlet};
use super::words::{Kind, words};
use crate::model::text::key;

/// A date stands so near the beginning of its line.
const DATE_BY: usize = 120;
/// Longest outlet in a dateline in bytes.
const OUTLET_MAX: usize = 90;
/// Most words in the places of a dateline.
const PLACE_WORDS: usize = 8;

const DASHES: [char; 4] = ['-', '–', '—', '_'];
/// Articles before a day: "Abidjan, le 3 janvier".
const ARTICLES: [&str; 4] = [" le", " el", " am", " den"];

/// Place and date, or the date alone, then the outlet, a dash, a stop or the end of the line.
pub(super) fn dated(top: &Top<'_>) -> Option<Taken> {
    let date = dates(top.line).first().copied().filter(|date| date.span.0 <= DATE_BY)?;
    let (place, _) = top.line.split_at_checked(date.span.0)?;
    let bare = place.trim().is_empty();
    if !bare && (!ends_place(place) || !is_place(place)) {
        return None;
    }
    let after = after_date(top, date.span.1)?;
    let years_missing = matches!(date.parts, Parts::DayOfSomeYear(..));
    if bare && years_missing && after.source.is_none() {
        return None;
    }
    // "27 July – 2 August 2020" is a period, not a dateline.
    let body = top.line.get(after.bytes..).unwrap_or_default();
    if dates(body).first().is_some_and(|next| next.span.0 == 0) {
        return None;
    }
    let source = after.source.or_else(|| dashed_outlet(place));
    Some(Taken { date: Some(date), source, ..after })
}

/// The outlet in `ERBİL (Agency) - 2 Nisan` and `(Agency) - BEIRUT, 12 LUG`: brackets before a dash. Others hold a country.
fn dashed_outlet(place: &str) -> Option<String> {
    let from = place.get(place.find('(')?..)?;
    let (name, bytes) = bracketed(from)?;
    from.get(bytes..)?.trim_start().starts_with(DASHES).then(|| outlet(name)).flatten()
}

/// `QUITO.- text`, `PARIS (Agency) - text`; in the place of a dateline (`seen`: a header stands above) also
/// `ADEN: text` and `Kiew/Donezk. text`.
pub(super) fn undated(top: &Top<'_>, seen: bool) -> Option<Taken> {
    let joins = |at: usize| top.line.get(..at).is_some_and(|before| before.ends_with(char::is_alphabetic));
    let mut signs = top.line.match_indices(['.', ':', '(', '—', '–', '-', '_']);
    // The hyphen of "Bosnia-Herzegovina" ends no place.
    let (end, _) = signs.find(|&(at, sign)| sign != "-" || !joins(at)).filter(|(end, _)| *end <= DATE_BY)?;
    let (place, after) = top.line.split_at_checked(end)?;
    let capitals = !place.chars().any(char::is_lowercase) && place.chars().filter(|c| c.is_uppercase()).count() > 2;
    if place.trim().is_empty() || !is_place(place) {
        return None;
    }
    if after.starts_with('(') {
        let dashed = |taken: &Taken| top.line.get(..taken.bytes).is_some_and(|s| s.trim_end().ends_with(DASHES));
        return after_date(top, end).filter(|taken| taken.source.is_some() && dashed(taken));
    }
    let sign = if after.starts_with(".-") || after.starts_with(".—") || after.starts_with(".–") {
        capitals
    } else if after.starts_with([':', '.']) {
        seen && after.chars().nth(1) == Some(' ') && (place.contains('/') || (capitals && after.starts_with(':')))
    } else {
        capitals && place.ends_with(' ') && after.chars().nth(1) == Some(' ')
    };
    sign.then(|| Taken { bytes: end + separator(after).0, ..Taken::default() })
}

/// What follows a date: outlet and separator. `None` where the sentence simply goes on.
fn after_date(top: &Top<'_>, from: usize) -> Option<Taken> {
    let rest = top.line.get(from..)?;
    let lead = rest.len() - rest.trim_start_matches([' ', '.', ',', '\u{a0}']).len();
    // The stop after "4 августа." is taken along with the date, as that of an abbreviation.
    let stop_taken = top.line.get(..from)?.ends_with('.') && !rest.trim_start().starts_with(char::is_lowercase);
    let stopped = stop_taken || rest.get(..lead).is_some_and(|lead| lead.contains('.'));
    let mut at = lead;
    let mut source = bracketed(rest.get(at..)?);
    if source.is_none() {
        let (dash, dashed) = separator(rest.get(at..)?);
        source = rest.get(at + dash..).and_then(|name| dashed.then(|| quoted_or_last(name, top.whole)).flatten());
        at += if source.is_some() { dash } else { 0 };
    }
    let name = source.as_ref().map_or(0, |(_, bytes)| *bytes);
    at += name;
    let (signs, dashed) = separator(rest.get(at..)?);
    at += signs;
    let ended = top.whole && rest.get(at..)?.trim().is_empty();
    (source.is_some() || dashed || stopped || ended).then(|| Taken {
        source: source.and_then(|(name, _)| outlet(name)),
        bytes: from + at,
        ..Taken::default()
    })
}

/// Bytes of the separator at the start of a text, blanks and all; and whether it is one: a dash, a colon or `.-`.
fn separator(text: &str) -> (usize, bool) {
    let is_sign = |c| c == ':' || DASHES.contains(&c);
    let bytes = text.len() - text.trim_start_matches(|c| matches!(c, ' ' | '\u{a0}' | '.' | ',') || is_sign(c)).len();
    let signs = text.get(..bytes).unwrap_or_default();
    (bytes, signs.contains(is_sign))
}

/// `(Agency)`, `/Agency/`, `[Agency]`, with the bytes it takes.
fn bracketed(text: &str) -> Option<(&str, usize)> {
    let close = match text.chars().next()? {
        '(' => ')',
        '[' => ']',
        '/' => '/',
        _ => return None,
    };
    let end = text.get(1..)?.find(close).filter(|&end| end > 0 && end <= OUTLET_MAX)?;
    Some((text.get(1..=end)?, end + 2))
}

/// After a dash: `«Agency».`, or an outlet that ends the line.
fn quoted_or_last(text: &str, whole: bool) -> Option<(&str, usize)> {
    if let Some(inner) = text.strip_prefix('«') {
        let end = inner.find('»').filter(|&end| end <= OUTLET_MAX)?;
        let bytes = '«'.len_utf8() + end + '»'.len_utf8();
        let stop = text.get(bytes..)?;
        return (stop.starts_with('.') || stop.trim().is_empty()).then_some((text.get(..bytes)?, bytes));
    }
    let name = text.trim_end();
    let is_name = whole && !name.is_empty() && name.len() <= OUTLET_MAX && !name.ends_with(['.', '!', '?', ',', ';']);
    is_name.then_some((name, text.len()))
}

/// Whether a comma, a stop or a dash parts the place from the date, or the Arabic "on".
fn ends_place(place: &str) -> bool {
    let place = place.trim_end();
    let place = ARTICLES.iter().find_map(|article| place.strip_suffix(article)).unwrap_or(place);
    place.ends_with(" في") || place.ends_with([',', '،', '.', ':', ')']) || place.ends_with(DASHES)
}

/// Whether words are names of places: capitals (or a script without them) and the small words between.
fn is_place(text: &str) -> bool {
    const SMALL: &[&str] = &[
        "de", "du", "des", "la", "le", "les", "el", "al", "of", "the", "and", "et", "y", "und", "и", "am", "an", "der",
        "di", "e", "ve", "d", "l",
    ];
    let mut count = 0;
    words(text).all(|word| match word.kind {
        Kind::Digits => false,
        Kind::Sign => matches!(word.text, "/" | "-" | "–" | "—" | "," | "،" | "." | "'" | "’" | "(" | ")" | ":"),
        Kind::Letters => {
            count += 1;
            let capital = word.text.chars().next().is_some_and(|c| !c.is_lowercase());
            count <= PLACE_WORDS && (capital || SMALL.contains(&word.key().as_str()) || key(word.text).is_empty())
        }
    })
}
