//! The common stream that every form of file gives: rows, each with the thing it tells or why it tells none.

use csv::ByteRecord;

use super::form::{Form, Layout};
use crate::error::Result;
use crate::ledger::Ready;
use crate::model::{Claim, Dispatch, Party, Place, Truce};

/// What a row tells.
#[derive(Debug)]
pub enum Item {
    /// A text, in which claims are to be read.
    Dispatch(Box<Dispatch>),
    /// The notice by which an outlet withdraws what it published under the same `uri`.
    Withdrawal(Box<Dispatch>),
    /// A claim. Names of parties in it are as written.
    Claim(Box<Claim>),
    /// The same, ready to be recorded.
    Ready(Box<Ready>),
    /// A claim that a compiler of others' reports tells, its `source`; and who may have told it, the first of whom that is a
    /// registered party is the claimant.
    Compiled(Box<Claim>, Vec<String>),
    /// A party with its names.
    Party(Party),
    /// A place with its names.
    Place(Place),
    /// A truce. Names of parties in it are as written.
    Truce(Truce),
    /// A row that tells nothing for this ledger, and why.
    PassedOver(&'static str),
}

/// A row as it came, so that a refused one can be handed back.
#[derive(Debug, Clone, Copy)]
pub enum Raw<'a> {
    /// The whole file.
    File,
    /// Cells of a table.
    Cells(&'a ByteRecord),
    /// A line of JSON.
    Json(&'a [u8]),
}

/// A row of a file.
#[derive(Debug)]
pub struct Row<'a> {
    /// The line it begins on, from 1; `None` where the row is the whole file.
    pub line: Option<u64>,
    /// What it tells, or why it cannot be taken. The error carries the column.
    pub item: Result<Item>,
    /// As it came.
    pub raw: Raw<'a>,
}

/// What takes the rows of a file. Its errors end the reading.
pub trait Sink {
    /// Hears what the file is, before its first row.
    fn is_a(&mut self, form: Form, layout: Layout);

    /// Hears of a table's header: the cells as they came, and those of them that mean nothing here.
    fn header(&mut self, cells: &ByteRecord, unknown: &[String]) -> Result<()>;

    /// Takes a row.
    fn row(&mut self, row: Row<'_>) -> Result<()>;
}
