//! Header lines of a label and its value: `Source: …`, `Опубликовано: …`, `Publié le …`, `المصدر: …`.

use super::calendar::dates;
use super::header::{Taken, Top, only_date, outlet};
use crate::model::text::key;

/// Labels of the outlet, in nine languages.
const SOURCE: &[&str] = &[
    "source",
    "agency",
    "outlet",
    "источник",
    "агентство",
    "джерело",
    "quelle",
    "fuente",
    "agencia",
    "fonte",
    "kaynak",
    "المصدر",
    "مصدر",
];

/// Labels of the time of publication.
const PUBLISHED: &[&str] = &[
    "published",
    "published on",
    "publication date",
    "date",
    "dated",
    "posted",
    "issued",
    "publié le",
    "publié",
    "date de publication",
    "paru le",
    "опубликовано",
    "дата",
    "дата публикации",
    "опубліковано",
    "дата публікації",
    "veröffentlicht",
    "veröffentlicht am",
    "datum",
    "fecha",
    "publicado",
    "publicado el",
    "fecha de publicación",
    "pubblicato",
    "pubblicato il",
    "data",
    "tarih",
    "yayın tarihi",
    "yayınlanma tarihi",
    "yayımlanma tarihi",
    "نُشر في",
    "نشر",
    "تاريخ النشر",
    "التاريخ",
    "تاريخ",
];

/// Labels of the headline.
const TITLE: &[&str] = &[
    "title",
    "headline",
    "subject",
    "titre",
    "заголовок",
    "titel",
    "betreff",
    "titular",
    "título",
    "titolo",
    "başlık",
    "العنوان",
    "عنوان",
];

/// Labels of things not kept.
const OTHER: &[&str] = &[
    "section",
    "author",
    "by",
    "language",
    "updated",
    "location",
    "rubrique",
    "auteur",
    "langue",
    "mis à jour le",
    "рубрика",
    "автор",
    "язык",
    "обновлено",
    "розділ",
    "мова",
    "rubrik",
    "autor",
    "sprache",
    "aktualisiert",
    "sección",
    "idioma",
    "actualizado",
    "sezione",
    "autore",
    "lingua",
    "bölüm",
    "yazar",
    "dil",
    "القسم",
    "الكاتب",
    "اللغة",
];

/// Longest line of this form in bytes.
const MAX: usize = 300;

/// Reads a label line. After another (`labelled`), one with an unknown label is passed over.
pub(super) fn read(top: &Top<'_>, labelled: bool) -> Option<Taken> {
    if !top.whole || top.line.len() > MAX {
        return None;
    }
    let bytes = top.line.len();
    if let Some(date) = published_without_colon(top.line) {
        return Some(Taken { date: Some(date), bytes, ..Taken::default() });
    }
    let (label, value) = top.line.split_once([':', '：'])?;
    let (label, value) = (key(label.trim()), value.trim());
    let is = |labels: &[&str]| labels.iter().any(|known| key(known) == label);
    let taken = Taken { bytes, ..Taken::default() };
    if is(SOURCE) {
        Some(Taken { source: outlet(value), ..taken })
    } else if is(PUBLISHED) {
        published(value).map(|found| Taken { bytes, ..found })
    } else if is(TITLE) {
        Some(Taken { title: Some(value.to_owned()).filter(|title| !title.is_empty()), ..taken })
    } else {
        (is(OTHER) || (labelled && is_label(&label) && !value.is_empty())).then_some(taken)
    }
}

/// A value that is a date: in EDTF, or as people write it.
fn published(value: &str) -> Option<Taken> {
    if let Ok(edtf) = value.parse() {
        return Some(Taken { published: Some(edtf), ..Taken::default() });
    }
    let date = dates(value).first().copied().filter(|date| date.span.0 == 0);
    date.map(|date| Taken { date: Some(date), ..Taken::default() })
}

/// `Publié le 22 octobre 2020`: the label runs straight into the date, which ends the line.
fn published_without_colon(line: &str) -> Option<super::calendar::Written> {
    let date = dates(line).first().copied()?;
    let (label, value) = line.split_at_checked(date.span.0)?;
    let label = key(label.trim());
    PUBLISHED.iter().find(|known| key(known) == label)?;
    only_date(value)
}

/// Whether a text before a colon looks like a label: one to three words, no figures.
fn is_label(label: &str) -> bool {
    (1..=3).contains(&label.split(' ').count()) && label.chars().all(|c| c.is_alphabetic() || c == ' ')
}
