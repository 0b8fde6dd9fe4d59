//! Comma- and tab-separated values: one row a line, unknown is an empty cell, and no cell is a formula.
//!
//! An amount takes three columns, `killed_min`, `killed_max` and `killed_hedge`: spreadsheets read `3-5` as a date.
//! Text from outside that begins like a formula gets an apostrophe before it (OWASP, *CSV Injection*).

use std::io::{self, Write};

use ::csv::{QuoteStyle, Writer, WriterBuilder};

use super::{Form, lines};
use crate::model::text::defused;
use crate::report::sheet::{Body, Card, Cell, Offices, Shape, Sheet};

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
        let sheet = &*sheet.for_programs();
        let mut writer = self.writer(out);
        for column in &sheet.columns {
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
        for row in &sheet.rows {
            for (column, cell) in sheet.columns.iter().zip(row) {
                for field in fields(column.shape, cell, &sheet.offices) {
                    writer.write_field(field)?;
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

fn fields(shape: Shape, cell: &Cell, offices: &Offices) -> Vec<String> {
    let number = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
    match (shape, cell) {
        (Shape::Amount, Cell::Amount(amount, _)) => {
            vec![number(amount.min), number(amount.max), amount.hedge.to_string()]
        }
        (Shape::Lapse, Cell::Lapse(lapse, _)) => {
            vec![lapse.least.to_string(), lapse.most.map(|most| most.to_string()).unwrap_or_default()]
        }
        (Shape::Lapse, _) => vec![String::new(), String::new()],
        (Shape::Amount, _) => vec![String::new(), String::new(), String::new()],
        // A sign before a number that grew is for eyes.
        (_, Cell::Change(change)) => vec![change.to_string()],
        _ => vec![plain(cell, offices)],
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
