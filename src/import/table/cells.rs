//! The cells of one row, checked as they are asked for: encoding, size, control characters.

use std::str::FromStr;

use csv::ByteRecord;

use super::columns::Columns;
use crate::error::{Error, Result, quoted};
use crate::model::NARRATION;
use crate::model::party::sound_name;
use crate::model::text::undefused;

/// Largest cell in bytes.
const CELL_MAX: usize = 32 << 10;

/// A row of a table.
#[derive(Debug, Clone, Copy)]
pub(in crate::import) struct Cells<'a> {
    columns: &'a Columns,
    record: &'a ByteRecord,
}

impl<'a> Cells<'a> {
    /// A row; one with more or fewer cells than the header is refused.
    pub(in crate::import) fn new(columns: &'a Columns, record: &'a ByteRecord) -> Result<Self> {
        columns.check_width(record)?;
        Ok(Self { columns, record })
    }

    /// A text, without blanks around it. `None` where the cell is blank or the column missing.
    pub(in crate::import) fn text(&self, column: usize) -> Result<Option<&'a str>> {
        let Some(bytes) = self.columns.at(column).and_then(|at| self.record.get(at)) else { return Ok(None) };
        sound(bytes).map_err(|error| error.in_column(self.columns.name(column)))
    }

    /// A value of a type that prints and parses.
    pub(in crate::import) fn parsed<T: FromStr>(&self, column: usize) -> Result<Option<T>>
    where
        Error: From<T::Err>,
    {
        let Some(text) = self.text(column)? else { return Ok(None) };
        text.parse().map(Some).map_err(|error| Error::from(error).in_column(self.columns.name(column)))
    }

    /// A name: nothing in it may deceive. `-` is one where `dash` allows it.
    pub(in crate::import) fn name(&self, column: usize, dash: bool) -> Result<Option<String>> {
        let Some(text) = self.text(column)? else { return Ok(None) };
        if dash && text == NARRATION {
            return Ok(Some(text.to_owned()));
        }
        self.sound_name(column, text).map(Some)
    }

    /// Names parted by semicolons.
    pub(in crate::import) fn names(&self, column: usize) -> Result<Vec<String>> {
        let text = self.text(column)?.unwrap_or_default();
        let names = text.split(';').map(str::trim).filter(|name| !name.is_empty());
        names.map(|name| self.sound_name(column, name)).collect()
    }

    fn sound_name(&self, column: usize, name: &str) -> Result<String> {
        let refused = |bad| Error::from(bad);
        sound_name(name).map(str::to_owned).map_err(|bad| {
            let because = refused(bad);
            let hint = because.remedy().unwrap_or_default().to_owned();
            Error::data(format!("{}: {because}", quoted(name))).hint(hint).in_column(self.columns.name(column))
        })
    }

    /// `yes` or `no`.
    pub(in crate::import) fn flag(&self, column: usize) -> Result<Option<bool>> {
        let Some(text) = self.text(column)? else { return Ok(None) };
        match text.to_ascii_lowercase().as_str() {
            "yes" | "y" | "true" | "1" => Ok(Some(true)),
            "no" | "n" | "false" | "0" => Ok(Some(false)),
            _ => Err(Error::data(format!("{} is neither yes nor no", quoted(text)))
                .hint("write yes or no, or leave the cell blank where it is not known")
                .in_column(self.columns.name(column))),
        }
    }

    /// Values parted by semicolons.
    pub(in crate::import) fn list<T: FromStr>(&self, column: usize) -> Result<Vec<T>>
    where
        Error: From<T::Err>,
    {
        let text = self.text(column)?.unwrap_or_default();
        let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
        parts
            .map(|part| part.parse().map_err(|error| Error::from(error).in_column(self.columns.name(column))))
            .collect()
    }

    /// A column's name.
    pub(in crate::import) fn column(&self, column: usize) -> &'static str {
        self.columns.name(column)
    }
}

/// A cell as text. The apostrophe that keeps a spreadsheet from taking text for a formula is none of the text.
fn sound(bytes: &[u8]) -> Result<Option<&str>> {
    if bytes.len() > CELL_MAX {
        return Err(Error::data(format!("the cell holds {} bytes, and 32768 are the most", bytes.len()))
            .hint("keep long texts as dispatches of their own, and quote the sentence that matters"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let shown = quoted(&String::from_utf8_lossy(bytes));
        Error::data(format!("{shown} is no sound UTF-8 after byte {}", error.valid_up_to()))
            .hint("save the file as UTF-8")
            .caused_by(error)
    })?;
    let text = undefused(text.trim());
    if text.is_empty() {
        return Ok(None);
    }
    if text.bytes().any(|byte| matches!(byte, 0..=8 | 0x0b..=0x0c | 0x0e..=0x1f | 0x7f)) {
        return Err(Error::data(format!("{} holds control characters", quoted(text)))
            .hint("type the cell anew: what was pasted holds characters that cannot be seen"));
    }
    Ok(Some(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_cell_may_not_hold_is_told() {
        for (bytes, message) in [
            (&b"a\x00b"[..], "`a\\u{0}b` holds control characters"),
            (b"Tal\xc3(sh\xff", "`Tal\u{fffd}(sh\u{fffd}` is no sound UTF-8 after byte 3"),
            (&b"A".repeat(40_960), "the cell holds 40960 bytes, and 32768 are the most"),
        ] {
            assert_eq!(sound(bytes).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn blank_is_unknown_and_a_defused_formula_is_its_text() {
        assert_eq!(sound(b"  ").unwrap(), None);
        assert_eq!(sound(b"'=1+1").unwrap(), Some("=1+1"));
        assert_eq!(sound(b"''=1+1").unwrap(), Some("'=1+1"));
        assert_eq!(sound("'tis".as_bytes()).unwrap(), Some("'tis"));
    }
}
