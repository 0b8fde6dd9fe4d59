//! Where exported things go: JSON lines, CSV, TSV or a workbook, one record after another.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, Write};

use csv::{QuoteStyle, WriterBuilder};
use rust_xlsxwriter::{Workbook, XlsxError};
use serde::Serialize;

use crate::error::{Error, Kind, Result};
use crate::model::text::defused;
use crate::model::vocabulary::vocabulary;

vocabulary! {
    /// The form of an export.
    ExportForm, "form" {
        /// A JSON object a line, without loss.
        Jsonl = "jsonl",
        /// Comma-separated values.
        Csv = "csv",
        /// Tab-separated values.
        Tsv = "tsv",
        /// A workbook.
        Xlsx = "xlsx",
        /// Points on a map; incidents only.
        Geojson = "geojson",
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Field<'a> {
    /// Not known.
    Unknown,
    /// Text from outside: it is kept from being taken for a formula.
    Text(Cow<'a, str>),
    /// A word of ours, a date, an amount.
    Word(Cow<'a, str>),
    /// A number.
    Number(f64),
}

impl<'a> Field<'a> {
    /// Text from outside, where there is any.
    pub(super) fn text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Unknown, |text| Self::Text(Cow::Borrowed(text)))
    }

    /// Texts from outside, parted by semicolons.
    pub(super) fn texts(texts: &'a [String]) -> Self {
        match texts {
            [] => Self::Unknown,
            [one] => Self::Text(Cow::Borrowed(one)),
            several => Self::Text(Cow::Owned(several.join("; "))),
        }
    }

    /// What prints itself in words of ours.
    pub(super) fn word(word: Option<impl Display>) -> Self {
        word.map_or(Self::Unknown, |word| Self::Word(Cow::Owned(word.to_string())))
    }

    /// A word of a vocabulary of ours.
    pub(super) fn code(code: Option<&'a str>) -> Self {
        code.map_or(Self::Unknown, |code| Self::Word(Cow::Borrowed(code)))
    }

    /// `yes` or `no`.
    pub(super) fn flag(flag: Option<bool>) -> Self {
        Self::code(flag.map(|flag| if flag { "yes" } else { "no" }))
    }

    fn cell(&self) -> Cow<'_, str> {
        match self {
            Self::Unknown => Cow::Borrowed(""),
            Self::Text(text) => defused(text),
            Self::Word(word) => Cow::Borrowed(word),
            Self::Number(number) => Cow::Owned(number.to_string()),
        }
    }
}

/// A thing that can be a row of a table and an object of JSON.
pub(super) trait Record: Serialize {
    /// The columns of its table.
    const COLUMNS: &'static [&'static str];

    /// Its cells, in the order of the columns.
    fn fields(&self) -> Vec<Field<'_>>;

    /// Fields that the table has no column for and that this one has something in.
    fn left_out(&self) -> Vec<&'static str> {
        Vec::new()
    }
}

/// What an export goes to, by whichever thread.
pub type Stream<'a> = &'a mut (dyn Write + Send);

/// An export being written.
pub(super) struct Out<'a> {
    to: To<'a>,
    dropped: Vec<&'static str>,
    begun: bool,
}

enum To<'a> {
    Lines(Stream<'a>),
    /// A table; where all words are to be quoted, with the cell last quoted.
    Table(Box<csv::Writer<Stream<'a>>>, Option<String>),
    Workbook {
        book: Box<Workbook>,
        row: u32,
        to: Stream<'a>,
    },
}

impl<'a> Out<'a> {
    pub(super) fn new(form: ExportForm, to: Stream<'a>) -> Result<Self> {
        let table =
            |separator, quotes, to| WriterBuilder::new().delimiter(separator).quote_style(quotes).from_writer(to);
        let to = match form {
            ExportForm::Jsonl => To::Lines(to),
            ExportForm::Csv => To::Table(Box::new(table(b',', QuoteStyle::Never, to)), Some(String::new())),
            ExportForm::Tsv => To::Table(Box::new(table(b'\t', QuoteStyle::Necessary, to)), None),
            ExportForm::Xlsx => {
                let mut book = Box::new(Workbook::new());
                book.add_worksheet_with_low_memory().map_err(no_workbook)?;
                To::Workbook { book, row: 0, to }
            }
            ExportForm::Geojson => return Err(Error::usage("this is no table")),
        };
        Ok(Self { to, dropped: Vec::new(), begun: false })
    }

    /// Writes the header, so that a table of nothing has one too.
    pub(super) fn begin<R: Record>(&mut self) -> Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        let header = R::COLUMNS.iter().map(|column| Field::Word(Cow::Borrowed(*column)));
        match self.to {
            To::Lines(_) => Ok(()),
            To::Table(..) | To::Workbook { .. } => self.row(&header.collect::<Vec<_>>()),
        }
    }

    /// Writes a thing.
    pub(super) fn put<R: Record>(&mut self, record: &R) -> Result<()> {
        self.begin::<R>()?;
        if let To::Lines(to) = &mut self.to {
            serde_json::to_writer(&mut *to, record).map_err(|error| unwritten(error.into()))?;
            return to.write_all(b"\n").map_err(unwritten);
        }
        for field in record.left_out() {
            if !self.dropped.contains(&field) {
                self.dropped.push(field);
            }
        }
        self.row(&record.fields())
    }

    fn row(&mut self, fields: &[Field<'_>]) -> Result<()> {
        match &mut self.to {
            To::Lines(_) => Ok(()),
            To::Table(writer, quoted) => {
                for field in fields {
                    let cell = field.cell();
                    let words = quoted.as_mut().filter(|_| !matches!(field, Field::Number(_)));
                    let cell = words.map_or(&*cell, |quoted| quote(&cell, quoted));
                    writer.write_field(cell).map_err(no_table)?;
                }
                writer.write_record(None::<&[u8]>).map_err(no_table)
            }
            To::Workbook { book, row, .. } => {
                write_row(book, *row, fields).map_err(no_workbook)?;
                *row += 1;
                Ok(())
            }
        }
    }

    /// Hands over what was written; returns the fields that were left out.
    pub(super) fn finish(self) -> Result<Vec<&'static str>> {
        match self.to {
            To::Lines(to) => to.flush().map_err(unwritten)?,
            To::Table(mut writer, _) => writer.flush().map_err(unwritten)?,
            To::Workbook { mut book, to, .. } => {
                book.save_to_writer(&mut *to).map_err(no_workbook)?;
                to.flush().map_err(unwritten)?;
            }
        }
        Ok(self.dropped)
    }
}

/// Quotes a cell unless it is a number: all words, so that a spreadsheet that splits at semicolons finds no formula behind
/// one either. (The writer's own way reads every cell as a number first.)
fn quote<'a>(cell: &'a str, quoted: &'a mut String) -> &'a str {
    let may_be_number = cell.starts_with(|first: char| first.is_ascii_digit() || first == '-');
    if may_be_number && cell.parse::<f64>().is_ok() {
        return cell;
    }
    quoted.clear();
    quoted.push('"');
    match memchr::memchr(b'"', cell.as_bytes()) {
        Some(_) => quoted.push_str(&cell.replace('"', "\"\"")),
        None => quoted.push_str(cell),
    }
    quoted.push('"');
    quoted
}

fn write_row(book: &mut Workbook, row: u32, fields: &[Field<'_>]) -> Result<(), XlsxError> {
    let sheet = book.worksheet_from_index(0)?;
    for (column, field) in (0_u16..).zip(fields) {
        match field {
            Field::Unknown => {}
            Field::Number(number) => {
                sheet.write_number(row, column, *number)?;
            }
            // A string is never a formula to a workbook; the apostrophe is for what is made of it later.
            Field::Text(_) | Field::Word(_) => {
                sheet.write_string(row, column, field.cell())?;
            }
        }
    }
    Ok(())
}

fn unwritten(error: io::Error) -> Error {
    Error::new(Kind::Io, format!("cannot write the export: {error}")).caused_by(error)
}

fn no_table(error: csv::Error) -> Error {
    unwritten(error.into())
}

fn no_workbook(error: XlsxError) -> Error {
    let new = Error::data(format!("the workbook cannot be written: {error}"));
    let full = matches!(error, XlsxError::RowColumnLimitError);
    let new = new.caused_by(error);
    if full { new.hint("a sheet has 1,048,576 rows: export as CSV, or part of it with --since") } else { new }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_and_numbers_are_not() {
        let quoted = |cell: &str| {
            let mut quoted = "of the cell before".to_owned();
            quote(cell, &mut quoted).to_owned()
        };
        let bare = ["0", "12", "-3.5", "1e5"];
        assert_eq!(bare.map(quoted), bare);
        let words = ["", "C1", "2020-10-04", "12 killed", "-", "nan", "said \"no\""];
        let expected = ["\"\"", "\"C1\"", "\"2020-10-04\"", "\"12 killed\"", "\"-\"", "\"nan\"", "\"said \"\"no\"\"\""];
        assert_eq!(words.map(quoted), expected);
    }
}
