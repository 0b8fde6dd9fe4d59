//! Refused rows handed back as they came, each with the reason, so that they can be mended and imported again.

use std::io::Write;

use csv::{ByteRecord, WriterBuilder};
use serde_json::{Map, Value};

use super::item::Raw;
use crate::error::{Error, Kind, Result};
use crate::model::text::{defused, shown};

/// The column or key that tells the reason.
pub(super) const REASON: &str = "reason";

/// Writes refused rows: those of tables as CSV with a column `reason` before the others, those of JSON lines with a
/// key `reason`.
#[derive(Debug)]
pub struct Rejects<W> {
    out: W,
    /// The header that was written, and which of the table's columns was a reason of before.
    header: Option<(ByteRecord, Option<usize>)>,
    rows: u64,
}

impl<W: Write> Rejects<W> {
    /// Writes to a stream.
    pub const fn new(out: W) -> Self {
        Self { out, header: None, rows: 0 }
    }

    /// How many rows were written.
    pub const fn rows(&self) -> u64 {
        self.rows
    }

    /// The stream, to be closed.
    pub fn into_inner(self) -> W {
        self.out
    }

    /// Adds a refused row; `header` is that of its table.
    pub fn add(&mut self, header: &ByteRecord, raw: Raw<'_>, error: &Error) -> Result<()> {
        let reason = reason(error);
        match raw {
            Raw::File => return Ok(()),
            Raw::Json(line) => self.json(line, reason)?,
            Raw::Cells(cells) => self.cells(header, cells, &reason)?,
        }
        self.rows += 1;
        Ok(())
    }

    fn cells(&mut self, header: &ByteRecord, cells: &ByteRecord, reason: &str) -> Result<()> {
        let before = match &self.header {
            Some((known, before)) if known == header => *before,
            Some(_) => {
                return Err(Error::usage("the refused rows come from tables with different columns")
                    .hint("--rejects takes the rows of one kind of table: import the others with their own"));
            }
            None => {
                let before = header.iter().position(|name| name == REASON.as_bytes());
                self.header = Some((header.clone(), before));
                self.line(REASON, header, before)?;
                before
            }
        };
        self.line(reason, cells, before)
    }

    /// A line of the table, its first cell before those that came. `without` is left out.
    fn line(&mut self, first: &str, cells: &ByteRecord, without: Option<usize>) -> Result<()> {
        const BUFFER: usize = 1 << 12;
        let mut line = WriterBuilder::new().buffer_capacity(BUFFER).flexible(true).from_writer(&mut self.out);
        let rest = cells.iter().enumerate().filter(|(at, _)| Some(*at) != without).map(|(_, cell)| cell);
        let safe = std::iter::once(first.as_bytes()).chain(rest).map(|cell| match std::str::from_utf8(cell) {
            Ok(text) => defused(text).into_owned().into_bytes(),
            Err(_) => cell.to_owned(),
        });
        line.write_record(safe)
            .and_then(|()| line.flush().map_err(Into::into))
            .map_err(|error| Error::new(Kind::Io, format!("cannot write the refused rows: {error}")).caused_by(error))
    }

    fn json(&mut self, line: &[u8], reason: String) -> Result<()> {
        let mut object = match serde_json::from_slice(line) {
            Ok(Value::Object(object)) => object,
            _ => Map::from_iter([("line".to_owned(), String::from_utf8_lossy(line).into())]),
        };
        object.insert(REASON.to_owned(), reason.into());
        writeln!(self.out, "{}", Value::Object(object))
            .map_err(|error| Error::new(Kind::Io, format!("cannot write the refused rows: {error}")).caused_by(error))
    }
}

/// A reason on one line: the column, and what is wrong with it.
fn reason(error: &Error) -> String {
    let column = error.position().column.as_deref().map(|column| format!("{column}: ")).unwrap_or_default();
    format!("{column}{}", shown(error.message()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(cells: &[&str]) -> ByteRecord {
        cells.iter().collect()
    }

    #[test]
    fn a_row_comes_back_with_its_reason_and_nothing_live() {
        let mut out = Vec::new();
        let mut rejects = Rejects::new(&mut out);
        let header = record(&["act", "reason", "note"]);
        let error = Error::data("`x` is no act").in_column("act");
        rejects.add(&header, Raw::Cells(&record(&["x", "of before", "=1+1"])), &error).unwrap();
        rejects.add(&header, Raw::Cells(&record(&["short"])), &error).unwrap();
        assert!(rejects.add(&record(&["other"]), Raw::Cells(&record(&["x"])), &error).is_err());
        assert_eq!(rejects.rows(), 2);
        let text = "reason,act,note\nact: `x` is no act,x,'=1+1\nact: `x` is no act,short\n";
        assert_eq!(String::from_utf8(out).unwrap(), text);
    }

    #[test]
    fn a_line_of_json_keeps_its_keys() {
        let mut out = Vec::new();
        let mut rejects = Rejects::new(&mut out);
        let error = Error::data("no");
        rejects.add(&record(&[]), Raw::Json(b"{\"act\":\"x\"}"), &error).unwrap();
        rejects.add(&record(&[]), Raw::Json(b"{\"act\":"), &error).unwrap();
        let text = "{\"act\":\"x\",\"reason\":\"no\"}\n{\"line\":\"{\\\"act\\\":\",\"reason\":\"no\"}\n";
        assert_eq!(String::from_utf8(out).unwrap(), text);
    }
}
