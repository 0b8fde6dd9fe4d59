//! What every report makes: a table of typed cells with its notes. `render` turns it into any output form.

use crate::model::{Id, Number, Range};

/// A typed cell. Renderers decide how each looks; none decides what it says.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nobody says, or it does not apply. Never printed as zero.
    Unknown,
    /// Words, which may come from outside.
    Text(String),
    /// A count this program made, with the claims behind it.
    Count(u64, Vec<Id>),
    /// An amount as claimed, with the claims behind it.
    Amount(Range, Vec<Id>),
    /// A time as printed in the report's zone: EDTF.
    Time(String),
    /// Numbers people quote.
    Numbers(Vec<Number>),
    /// A set of words, such as statuses.
    Words(Vec<&'static str>),
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Key in JSON and CSV: `accusations_received`.
    pub key: &'static str,
    /// Heading in tables: "accusations received".
    pub title: &'static str,
    /// Unit or remark, printed with the notes: "claims", "persons, min–max".
    pub unit: Option<&'static str>,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Its name: `parties`.
    pub name: &'static str,
    /// Its title.
    pub title: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with a cell a column.
    pub rows: Vec<Vec<Cell>>,
    /// What stands under it: filters, what a row counts, what was left out, drafts, heads and versions.
    pub notes: Vec<Note>,
}

/// A line under a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Key in JSON: `filters`, `counts`, `left_out`, `drafts`, `made_from`.
    pub key: &'static str,
    /// The words, which may hold text from outside.
    pub text: String,
}
