//! Appending facts: numbers them, encodes and hashes them, and inserts them through statements prepared once.

use rusqlite::{Connection, Statement};

use crate::error::{Error, Result};
use crate::model::Id;

use super::body::Salts;
use super::chain::Part;
use super::encoding::{Children, Encoder, seal};
use super::table::{Cell, Table};

/// Writes the entries of one batch.
#[derive(Debug)]
pub(super) struct Writer<'ledger> {
    pub(super) conn: &'ledger Connection,
    /// The batch being written.
    pub(super) batch: Id,
    pub(super) salts: Salts,
    pub(super) encoder: Encoder,
    statements: Vec<Option<Statement<'ledger>>>,
    parts: Vec<Option<Part>>,
    next: Vec<Option<u32>>,
    /// Whether a write failed half-way, so that the batch must not be committed.
    pub(super) broken: bool,
}

impl<'ledger> Writer<'ledger> {
    pub(super) fn new(conn: &'ledger Connection, batch: Id) -> Self {
        const CODES: usize = 256;
        Self {
            conn,
            batch,
            salts: Salts::default(),
            encoder: Encoder::default(),
            statements: std::iter::repeat_with(|| None).take(CODES).collect(),
            parts: std::iter::repeat_with(|| None).take(CODES).collect(),
            next: vec![None; CODES],
            broken: false,
        }
    }

    /// The id that the next row of a table will have.
    pub(super) fn next(&mut self, table: &Table) -> Result<Id> {
        let slot = self.next.get_mut(usize::from(table.code)).ok_or_else(full)?;
        if slot.is_none() {
            let newest: Option<i64> = self.conn.query_row(table.newest, [], |row| row.get(0))?;
            let newest = u32::try_from(newest.unwrap_or(0)).map_err(|_| full())?;
            *slot = Some(newest.checked_add(1).ok_or_else(full)?);
        }
        slot.and_then(|number| Id::new(0, number)).ok_or_else(full)
    }

    /// Appends an entry, whose first cell is the id that [`Writer::next`] gave, with its children.
    pub(super) fn append(&mut self, table: &'static Table, cells: &[Cell<'_>], children: &Children<'_>) -> Result<()> {
        let done = self.try_append(table, cells, children);
        self.broken |= done.is_err();
        done
    }

    fn try_append(&mut self, table: &'static Table, cells: &[Cell<'_>], children: &Children<'_>) -> Result<()> {
        self.encoder.begin(table, cells);
        for (child, cells) in children.rows() {
            self.encoder.child(child, cells);
        }
        let hash = self.encoder.hash();
        self.insert(table, cells, Some(seal(&hash)))?;
        for (child, cells) in children.rows() {
            self.insert(child, cells, None)?;
        }
        let code = usize::from(table.code);
        let id = self.next(table)?;
        if let Some(next) = self.next.get_mut(code) {
            *next = Some(id.number().checked_add(1).ok_or_else(full)?);
        }
        if let Some(part) = self.parts.get_mut(code) {
            part.get_or_insert_with(|| Part::new(table, id)).add(&hash);
        }
        Ok(())
    }

    fn insert(&mut self, table: &'static Table, cells: &[Cell<'_>], seal: Option<&[u8]>) -> Result<()> {
        let statement = self.statements.get_mut(usize::from(table.code)).ok_or_else(full)?;
        let statement = match statement {
            Some(statement) => statement,
            empty => empty.insert(self.conn.prepare(table.insert)?),
        };
        statement.clear_bindings();
        for (at, cell) in (1..).zip(cells) {
            if *cell != Cell::Null {
                statement.raw_bind_parameter(at, cell)?;
            }
        }
        if let Some(seal) = seal {
            statement.raw_bind_parameter(cells.len() + 1, seal)?;
        }
        statement.raw_execute()?;
        Ok(())
    }

    /// The hash of a row with its children, as far as it depends on what is in it.
    pub(super) fn content_key(&mut self, table: &Table, cells: &[Cell<'_>], children: &Children<'_>) -> [u8; 16] {
        self.encoder.begin(table, cells);
        for (child, cells) in children.rows() {
            self.encoder.child(child, cells);
        }
        super::encoding::key16(self.encoder.bytes())
    }

    /// What was written so far, by table.
    pub(super) fn parts(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().flatten()
    }
}

fn full() -> Error {
    Error::conflict("the ledger has no more numbers of this kind")
}
