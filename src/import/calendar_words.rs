//! Names of months, weekdays and time zones in nine languages. Full names and the abbreviations that wires use.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use chrono::Weekday;
use chrono_tz::Tz;

use crate::model::text::key;

/// Where a clock time holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The text does not say.
    Unsaid,
    /// So many minutes east of Greenwich.
    East(i16),
    /// In a zone whose offset depends on the day.
    In(Tz),
}

/// The months, January first: English, French, Spanish, German, Italian, Turkish; Russian, Ukrainian; Arabic (eastern,
/// Levantine, Maghrebi).
#[rustfmt::skip]
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "janvier", "janv", "enero", "ene", "januar", "jänner", "gennaio", "gen", "ocak", "oca",
      "января", "январь", "янв", "січня", "січень", "січ", "يناير", "كانون الثاني", "جانفي"],
    &["february", "feb", "février", "févr", "fév", "fevrier", "febrero", "februar", "feber", "febbraio", "şubat",
      "şub", "февраля", "февраль", "фев", "февр", "лютого", "лютий", "лют", "فبراير", "شباط", "فيفري"],
    &["march", "mar", "mars", "marzo", "märz", "mär", "mrz", "mart", "марта", "март", "мар", "березня", "березень",
      "бер", "مارس", "آذار"],
    &["april", "apr", "avril", "avr", "abril", "abr", "aprile", "nisan", "nis", "апреля", "апрель", "апр", "квітня",
      "квітень", "квіт", "أبريل", "إبريل", "نيسان", "أفريل"],
    &["may", "mai", "mayo", "maggio", "mag", "mayıs", "мая", "май", "травня", "травень", "трав", "مايو", "أيار", "ماي"],
    &["june", "jun", "juin", "junio", "juni", "giugno", "giu", "haziran", "haz", "июня", "июнь", "июн", "червня",
      "червень", "черв", "يونيو", "حزيران", "جوان"],
    &["july", "jul", "juillet", "juil", "julio", "juli", "luglio", "lug", "temmuz", "tem", "июля", "июль", "июл",
      "липня", "липень", "лип", "يوليو", "تموز", "جويلية"],
    &["august", "aug", "août", "aout", "agosto", "ago", "ağustos", "ağu", "августа", "август", "авг", "серпня",
      "серпень", "серп", "أغسطس", "آب", "أوت"],
    &["september", "sep", "sept", "septembre", "septiembre", "setiembre", "settembre", "set", "eylül", "eyl",
      "сентября", "сентябрь", "сен", "сент", "вересня", "вересень", "вер", "سبتمبر", "أيلول"],
    &["october", "oct", "octobre", "octubre", "oktober", "okt", "ottobre", "ott", "ekim", "eki", "октября", "октябрь",
      "окт", "жовтня", "жовтень", "жовт", "أكتوبر", "تشرين الأول"],
    &["november", "nov", "novembre", "noviembre", "kasım", "kas", "ноября", "ноябрь", "ноя", "нояб", "листопада",
      "листопад", "лист", "نوفمبر", "تشرين الثاني"],
    &["december", "dec", "décembre", "déc", "decembre", "diciembre", "dic", "dezember", "dez", "dicembre", "aralık",
      "ara", "декабря", "декабрь", "дек", "грудня", "грудень", "груд", "ديسمبر", "كانون الأول"],
];

/// The weekdays, Monday first, in the same languages.
#[rustfmt::skip]
const WEEKDAYS: [(Weekday, &[&str]); 7] = [
    (Weekday::Mon, &["monday", "mon", "lundi", "lunes", "montag", "lunedì", "pazartesi", "понедельник", "пн",
                      "понеділок", "الاثنين", "الإثنين"]),
    (Weekday::Tue, &["tuesday", "tue", "mardi", "martes", "dienstag", "martedì", "salı", "вторник", "вт", "вівторок",
                      "الثلاثاء"]),
    (Weekday::Wed, &["wednesday", "wed", "mercredi", "miércoles", "mittwoch", "mercoledì", "çarşamba", "среда",
                      "среду", "ср", "середа", "середу", "الأربعاء"]),
    (Weekday::Thu, &["thursday", "thu", "jeudi", "jueves", "donnerstag", "giovedì", "perşembe", "четверг", "чт",
                      "четвер", "الخميس"]),
    (Weekday::Fri, &["friday", "fri", "vendredi", "viernes", "freitag", "venerdì", "cuma", "пятница", "пятницу",
                      "пт", "ятниця", "ятницю", "الجمعة"]),
    (Weekday::Sat, &["saturday", "sat", "samedi", "sábado", "samstag", "sonnabend", "sabato", "cumartesi", "суббота",
                      "субботу", "сб", "субота", "суботу", "السبت"]),
    (Weekday::Sun, &["sunday", "sun", "dimanche", "domingo", "sonntag", "domenica", "pazar", "воскресенье", "вс",
                      "неділя", "неділю", "الأحد"]),
];

static MONTH_OF: LazyLock<HashMap<String, u32>> =
    LazyLock::new(|| by_key((1..).zip(MONTHS.iter().map(|names| names.iter()))));
static WEEKDAY_OF: LazyLock<HashMap<String, Weekday>> =
    LazyLock::new(|| by_key(WEEKDAYS.iter().map(|(day, names)| (*day, names.iter()))));

fn by_key<'a, T: Copy>(named: impl Iterator<Item = (T, impl Iterator<Item = &'a &'a str>)>) -> HashMap<String, T> {
    named.flat_map(|(value, names)| names.map(move |name| (key(name), value))).collect()
}

/// First words of the months that have two: "كانون الثاني".
static FIRST_OF_TWO: LazyLock<HashSet<&str>> =
    LazyLock::new(|| MONTH_OF.keys().filter_map(|name| Some(name.split_once(' ')?.0)).collect());

/// The month, 1 to 12, that a word names, alone or with the one after it; and how many words name it.
pub(super) fn month(name: &str, next: Option<&str>) -> Option<(u32, usize)> {
    let name = key(name);
    let two = next.filter(|_| FIRST_OF_TWO.contains(name.as_str()));
    let of_two = two.and_then(|next| MONTH_OF.get(&format!("{name} {}", key(next))));
    of_two.map(|&month| (month, 2)).or_else(|| MONTH_OF.get(&name).map(|&month| (month, 1)))
}

/// The weekday of a name.
pub(super) fn weekday(name: &str) -> Option<Weekday> {
    WEEKDAY_OF.get(&key(name)).copied()
}

/// The zone a word after a clock time stands for. Abbreviations that several countries use (EST, IST, CST, BST) are
/// not taken: wrong is worse than unsaid.
pub(super) fn zone(name: &str) -> Option<Place> {
    Some(match key(name).as_str() {
        "gmt" | "utc" | "z" | "tu" => Place::East(0),
        "мск" | "msk" | "московскому" | "москве" => Place::In(Tz::Europe__Moscow),
        "киевскому" | "київським" => Place::In(Tz::Europe__Kyiv),
        "cet" | "mez" => Place::East(60),
        "cest" | "mesz" | "eet" => Place::East(120),
        "eest" | "tsi" => Place::East(180),
        _ => return None,
    })
}

/// Words that lead to a clock time: "at 19:40", "um 19.40 Uhr", "à 19h40", "a las 19:40", "в 19:40", "saat 19:40".
pub(super) fn word_of_clock(word: &str) -> bool {
    matches!(key(word).as_str(), "at" | "um" | "à" | "a" | "alle" | "ore" | "в" | "о" | "об" | "saat" | "الساعة" | "kl")
}
