//! Sheets in, text out: one file per output form. Each prints the same figures; none computes any.

mod csv;
mod drawn;
mod fold;
pub mod html;
mod json;
mod layout;
mod markdown;
mod passage;
mod table;

use std::io::{self, Write};
use std::path::Path;

use crate::model::text::shown;
use crate::model::vocabulary::vocabulary;
use crate::report::sheet::{Card, Cell, Offices, Sheet};

vocabulary! {
    /// An output form.
    Format, "format" {
        /// Frames for a terminal.
        Table = "table",
        /// One JSON object with columns, rows and notes.
        Json = "json",
        /// One JSON object a row.
        Jsonl = "jsonl",
        /// Comma-separated values, safe to open in a spreadsheet.
        Csv = "csv",
        /// Tab-separated values.
        Tsv = "tsv",
        /// Markdown.
        Md = "md",
        /// One page for a browser, or to print.
        Html = "html",
    }
}

impl Format {
    /// The form a file's ending asks for.
    pub fn of_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "txt" => Some(Self::Table),
            "ndjson" => Some(Self::Jsonl),
            "markdown" => Some(Self::Md),
            "htm" => Some(Self::Html),
            other => other.parse().ok().filter(|format| *format != Self::Table),
        }
    }

    /// Whether notes stand in the output itself. Where they do not, the caller prints them beside it.
    pub const fn carries_notes(self) -> bool {
        matches!(self, Self::Table | Self::Json | Self::Md | Self::Html)
    }

    /// What prints it.
    pub fn form(self, look: Look) -> Box<dyn Form> {
        match self {
            Self::Table => Box::new(table::Table(look)),
            Self::Json => Box::new(json::Json),
            Self::Jsonl => Box::new(json::Jsonl),
            Self::Csv => Box::new(csv::Separated::COMMA),
            Self::Tsv => Box::new(csv::Separated::TAB),
            Self::Md => Box::new(markdown::Markdown),
            Self::Html => Box::new(html::Html),
        }
    }
}

/// How a terminal is to be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns across.
    pub width: usize,
    /// Whether headings may be coloured.
    pub colour: bool,
}

/// What prints sheets and cards in one form.
pub trait Form {
    /// Prints a report.
    fn sheet(&self, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()>;

    /// Prints one thing in full.
    fn card(&self, card: &Card, out: &mut dyn Write) -> io::Result<()>;
}

/// A cell as plain lines, hostile characters written out. `None`: unknown, which each form marks its own way.
fn lines(cell: &Cell, offices: &Offices) -> Option<Vec<String>> {
    let line = |text: String| Some(vec![text]);
    match cell {
        Cell::Unknown => None,
        Cell::Numbers(_, ids) if ids.is_empty() => None,
        Cell::Narration => line("-".to_owned()),
        Cell::Text(text) | Cell::Time(text) => line(shown(text).to_string()),
        Cell::Lines(texts) => Some(texts.iter().map(|text| shown(text).to_string()).collect()),
        Cell::Count(count, _) => line(count.to_string()),
        Cell::Change(change) => line(format!("{change:+}")),
        Cell::Share(part, whole) => line(percent(*part, *whole).to_string()),
        Cell::Amount(amount, _) => line(amount.to_string()),
        Cell::Lapse(lapse, _) => line(drawn::lapse(*lapse)),
        Cell::Ratio(ratio) => line(drawn::ratio(*ratio)),
        Cell::Bar(part, whole) => line(drawn::bar(*part, *whole)),
        Cell::Numbers(kind, ids) => line(offices.list(*kind, ids)),
        Cell::Number(kind, id) => line(offices.number(*kind, *id).to_string()),
        Cell::Word(word) => line((*word).to_owned()),
        Cell::Words(words) => line(words.join(", ")),
        Cell::Flag(flag) => line(if *flag { "yes" } else { "no" }.to_owned()),
        Cell::Breaches(breaches) if breaches.is_empty() => line("none".to_owned()),
        Cell::Breaches(breaches) => Some(breaches.iter().map(|breach| breach_line(breach, offices)).collect()),
    }
}

/// Whether a character belongs to a script written from right to left: Hebrew to Arabic Extended, the presentation
/// forms, and the right-to-left scripts of the supplementary plane.
const fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}')
}

/// A share in whole percent, halves rounded up.
fn percent(part: u64, whole: u64) -> u64 {
    let (part, whole) = (u128::from(part), u128::from(whole.max(1)));
    u64::try_from((part * 200 + whole) / (whole * 2)).unwrap_or(u64::MAX)
}

fn breach_line(breach: &crate::report::sheet::Breach, offices: &Offices) -> String {
    let time = breach.time.as_deref().unwrap_or("undated");
    let number = offices.number(crate::model::NumberKind::Claim, breach.claim);
    format!("{} {}, {number}", shown(time), breach.word())
}

/// A heading from a key: `said_at` as "said at".
fn heading(key: &str) -> String {
    key.replace('_', " ")
}

#[cfg(test)]
mod tests;
