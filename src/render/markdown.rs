//! Markdown: GitHub-flavoured pipe tables. Nothing from outside is markup.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::passage::{Line, drawn};
use super::{Form, heading, lines};
use crate::model::text::{shown, shown_lines};
use crate::report::sheet::{Body, Card, Cell, Offices, Passage, Shape, Sheet};

/// Columns of a passage with marks under it.
const PASSAGE_WIDTH: usize = 90;

/// Pipe tables.
pub(super) struct Markdown;

impl Form for Markdown {
    fn sheet(&self, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "## {}\n", escaped(&shown(&sheet.title).to_string()))?;
        table(sheet, out)?;
        if !sheet.notes.is_empty() {
            writeln!(out)?;
        }
        for note in &sheet.notes {
            writeln!(out, "- {}", escaped(&shown(&note.line(&sheet.offices)).to_string()))?;
        }
        Ok(())
    }

    fn card(&self, card: &Card, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "## {} {}", card.name, escaped(&shown(&card.title).to_string()))?;
        for section in &card.sections {
            match &section.body {
                Body::Record(_) => {}
                Body::Fields(fields) => {
                    writeln!(out)?;
                    for field in fields {
                        writeln!(out, "- {}: {}", heading(field.key), value(&field.cell, &card.offices))?;
                    }
                }
                Body::Table(sheet) => {
                    writeln!(out, "\n### {}\n", escaped(&shown(&sheet.title).to_string()))?;
                    table(sheet, out)?;
                }
                Body::Prose(text) => {
                    let fence = fence(text);
                    writeln!(out, "\n{fence}\n{}\n{fence}", shown_lines(text))?;
                }
                Body::Passages(passages) => passages.iter().try_for_each(|passage| marked(passage, out))?,
            }
        }
        Ok(())
    }
}

/// A passage with its marks, as plain text.
fn marked(passage: &Passage, out: &mut dyn Write) -> io::Result<()> {
    let lines: Vec<String> = drawn(passage, PASSAGE_WIDTH)
        .into_iter()
        .map(|line| match line {
            Line::Text(line) | Line::Under(line) => line,
        })
        .collect();
    let text = lines.join("\n");
    let fence = fence(&text);
    writeln!(out, "\n{}:\n\n{fence}\n{text}\n{fence}", escaped(&shown(&passage.place).to_string()))
}

fn table(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    let sheet = &*sheet.for_people();
    let mut text = String::new();
    for column in &sheet.columns {
        let _ = write!(text, "| {} ", escaped(&shown(&column.title).to_string()));
    }
    text.push_str("|\n");
    for column in &sheet.columns {
        text.push_str(match column.shape {
            Shape::Words => "| --- ",
            Shape::Count | Shape::Amount | Shape::Lapse => "| ---: ",
        });
    }
    text.push_str("|\n");
    for row in &sheet.rows {
        for cell in row {
            let _ = write!(text, "| {} ", value(cell, &sheet.offices));
        }
        text.push_str("|\n");
    }
    out.write_all(text.as_bytes())
}

fn value(cell: &Cell, offices: &Offices) -> String {
    match lines(cell, offices) {
        None => "—".to_owned(),
        Some(lines) => lines.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("<br>"),
    }
}

/// A fence that the text cannot close: one backtick more than its longest run, three at least.
fn fence(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(longest.saturating_add(1).max(3))
}

/// Text in which no character is markup: backslashes before what GitHub's Markdown could read as
/// such, colons and full stops of web addresses among it.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let rest = text.get(at..).unwrap_or_default();
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '\n' => safe.push_str("<br>"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '>' | '|' | '~' | '#' | '$' | '!' | '@' => safe.extend(['\\', c]),
            ':' if rest.starts_with("://") => safe.push_str("\\:"),
            '.' if text.get(..at).is_some_and(|before| before.to_ascii_lowercase().ends_with("www")) => {
                safe.push_str("\\.");
            }
            c => safe.push(c),
        }
    }
    safe
}
