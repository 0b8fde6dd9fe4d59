//! Rows beside what they belong to: both in one order, read together in one pass.

use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::{Connection, Row, Rows, named_params};

use crate::error::Result;

/// Rows in the order of what they belong to, whose id stands in the first column.
pub(super) struct Cursor<'statement> {
    rows: Rows<'statement>,
    /// What the row the cursor stands on belongs to; `None` at the end.
    at: Option<i64>,
}

impl<'statement> Cursor<'statement> {
    pub(super) fn new(rows: Rows<'statement>) -> Result<Self> {
        let mut cursor = Self { rows, at: None };
        cursor.step()?;
        Ok(cursor)
    }

    fn step(&mut self) -> Result<()> {
        self.rows.advance()?;
        self.at = self.rows.get().map(|row| row.get(0)).transpose()?;
        Ok(())
    }

    /// Gives the rows of a claim. Claims are asked for in order; those of dead ones in between are passed over.
    pub(super) fn of(&mut self, claim: i64, mut give: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
        while let Some(at) = self.at.filter(|&at| at <= claim) {
            if let Some(row) = self.rows.get().filter(|_| at == claim) {
                give(row)?;
            }
            self.step()?;
        }
        Ok(())
    }

    /// Whether a claim has a row.
    pub(super) fn has(&mut self, claim: i64) -> Result<bool> {
        let mut has = false;
        self.of(claim, |_| {
            has = true;
            Ok(())
        })?;
        Ok(has)
    }

    /// What is read of each of a claim's rows.
    pub(super) fn all<T>(&mut self, claim: i64, mut read: impl FnMut(&Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        let mut all = Vec::new();
        self.of(claim, |row| {
            all.push(read(row)?);
            Ok(())
        })?;
        Ok(all)
    }
}

/// Rows of a range of what they belong to, read at once and taken one after another.
#[derive(Debug)]
pub(super) struct Run<T> {
    rows: std::iter::Peekable<std::vec::IntoIter<(i64, T)>>,
}

impl<T> Run<T> {
    pub(super) fn load(
        conn: &Connection,
        sql: &str,
        range: (i64, i64),
        read: fn(&Row<'_>) -> Result<T>,
    ) -> Result<Self> {
        let mut select = conn.prepare_cached(sql)?;
        let mut rows = select.query(named_params! { ":first": range.0, ":last": range.1 })?;
        let mut run = Vec::new();
        while let Some(row) = rows.next()? {
            run.push((row.get(0)?, read(row)?));
        }
        Ok(Self { rows: run.into_iter().peekable() })
    }

    /// What belongs to this. It is asked for in order; what belongs to others in between is passed over.
    pub(super) fn of(&mut self, of: i64) -> Vec<T> {
        while self.rows.next_if(|(at, _)| *at < of).is_some() {}
        let mut taken = Vec::new();
        while let Some((_, row)) = self.rows.next_if(|(at, _)| *at == of) {
            taken.push(row);
        }
        taken
    }
}
