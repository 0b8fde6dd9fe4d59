//! Comma- and tab-separated values: one row a line, unknown is an empty cell, and no cell is a formula.
//!
//! An amount takes three columns, `killed_min`, `killed_max` and `killed_hedge`: spreadsheets read `3-5` as a date.
//! Text from outside that begins like a formula gets an apostrophe before it (OWASP, *CSV Injection*).

use std::fmt::{Display, Write as _};
use std::io::{self, Write};

use ::csv::{QuoteStyle, Writer, WriterBuilder};

use super::{Form, lines};
use crate::model::Range;
use crate::model::text::defused;
use crate::report::sheet::{Body, Card, Cell, Lapse, Offices, Shape, Sheet, Wanted};

/// Values between separators.
pub(super) struct Separated {
    separator: u8,
    quotes: QuoteStyle,
}

impl Separated {
    /// All words quoted, so that a spreadsheet that splits at semicolons finds no formula behind one either.
    pub(super) const COMMA: Self = Self { separator: b',', quotes: QuoteStyle::NonNumeric };
    /// Tabs in text are escaped, so nothing needs quotes but quotes.
    pub(super) const TAB: Self = Self { separator: b'\t', quotes: QuoteStyle::Necessary };

    fn writer<'a>(&self, out: &'a mut dyn Write) -> Writer<&'a mut dyn Write> {
        WriterBuilder::new().delimiter(self.separator).quote_style(self.quotes).from_writer(out)
    }
}

impl Form for Separated {
    fn sheet(&self, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
        let columns = || sheet.columns.iter().filter(|column| column.wanted != Wanted::ByEyes);
        let mut writer = self.writer(out);
        for column in columns() {
            match column.shape {
                Shape::Amount => {
                    for part in ["min", "max", "hedge"] {
                        writer.write_field(format!("{}_{part}", column.key))?;
                    }
                }
                Shape::Lapse => {
                    for part in ["least_seconds", "most_seconds"] {
                        writer.write_field(format!("{}_{part}", column.key))?;
                    }
                }
                Shape::Words | Shape::Count => writer.write_field(defused(&column.key).as_ref())?,
            }
        }
        writer.write_record(None::<&[u8]>)?;
        let mut field = String::new();
        for row in &sheet.rows {
            let cells = sheet.columns.iter().zip(row).filter(|(column, _)| column.wanted != Wanted::ByEyes);
            for (column, cell) in cells {
                let width =
                    if column.shape == Shape::Amount { 3 } else { 1 + usize::from(column.shape == Shape::Lapse) };
                for part in 0..width {
                    field.clear();
                    tell(part, (column.shape, cell), &sheet.offices, &mut field);
                    writer.write_field(&field)?;
                }
            }
            writer.write_record(None::<&[u8]>)?;
        }
        writer.flush()
    }

    /// Names and values, a line each; tables within a card are left to the other forms.
    fn card(&self, card: &Card, out: &mut dyn Write) -> io::Result<()> {
        let mut writer = self.writer(out);
        writer.write_record(["number", "section", "field", "value"])?;
        for section in &card.sections {
            let Body::Fields(fields) = &section.body else { continue };
            for field in fields {
                let value = plain(&field.cell, &card.offices);
                writer.write_record([defused(&card.name).as_ref(), section.key, field.key, &value])?;
            }
        }
        writer.flush()
    }
}

/// Writes a part of a cell into an empty field.
fn tell(part: usize, (shape, cell): (Shape, &Cell), offices: &Offices, field: &mut String) {
    let mut number = |n: &dyn Display| {
        // Writing into a string does not fail.
        let _ = write!(field, "{n}");
    };
    match (shape, cell, part) {
        (Shape::Amount, Cell::Amount(Range { min: Some(n), .. }, _), 0)
        | (Shape::Amount, Cell::Amount(Range { max: Some(n), .. }, _), 1) => number(n),
        (Shape::Amount, Cell::Amount(amount, _), 2) => field.push_str(amount.hedge.as_str()),
        (Shape::Lapse, Cell::Lapse(lapse, _), 0) => number(&lapse.least),
        (Shape::Lapse, Cell::Lapse(Lapse { most: Some(most), .. }, _), 1) => number(most),
        (Shape::Amount | Shape::Lapse, ..) => {}
        // A sign before a number that grew is for eyes.
        (_, Cell::Change(change), _) => number(change),
        (_, Cell::Count(count, _), _) => number(count),
        _ => field.push_str(&plain(cell, offices)),
    }
}

fn plain(cell: &Cell, offices: &Offices) -> String {
    let text = lines(cell, offices).map(|lines| lines.join("; ")).unwrap_or_default();
    match cell {
        // A tab or carriage return at the front is written out by `lines`, but was one.
        Cell::Text(raw) if raw.starts_with(['\t', '\r']) => format!("'{text}"),
        Cell::Text(_) | Cell::Lines(_) => defused(&text).into_owned(),
        _ => text,
    }
}
