//! What a large batch puts off until all is written: indexes are built faster over rows that are there, and a guard that
//! looks for each new id costs more than the row. Until then the batch's own inserts, which refuse an id that is taken, are
//! all there is; nobody else sees the batch, and if it comes to nothing, all is as it was.

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::error::Result;
use crate::model::Id;

/// So many claims make a batch a large one.
const LARGE: u32 = 1_000;

const GUARD: &str = "claim_once";
/// Indexes that nothing asks while claims are written.
const INDEXES: [&str; 2] = ["claim_lo", "claim_truce"];
const DROP_GUARD: &str = "DROP TRIGGER claim_once";
const DROP_INDEXES: &str = "DROP INDEX claim_lo; DROP INDEX claim_truce";
const SQL: &str = "SELECT sql FROM sqlite_schema WHERE name = :name";
const OF_OTHERS: &str = "SELECT EXISTS (SELECT 1 FROM claim WHERE batch <> :batch)";

/// What a batch has put off.
#[derive(Debug, Default)]
pub(super) struct Large {
    claims: u32,
    put_off: Vec<String>,
}

impl Large {
    /// Notes that one more claim comes. From the thousandth on the guard is put off, and the indexes too if the ledger held
    /// no claims before: of a full one they would have to be built anew as a whole.
    pub(super) fn grow(&mut self, conn: &Connection, batch: Id) -> Result<()> {
        self.claims = self.claims.saturating_add(1);
        if self.claims != LARGE {
            return Ok(());
        }
        self.put_off(conn, &[GUARD], DROP_GUARD)?;
        let full: bool = conn.query_row(OF_OTHERS, named_params! { ":batch": batch.0 }, |row| row.get(0))?;
        if !full {
            self.put_off(conn, &INDEXES, DROP_INDEXES)?;
        }
        Ok(())
    }

    fn put_off(&mut self, conn: &Connection, names: &[&str], drop: &str) -> Result<()> {
        let mut sql = conn.prepare_cached(SQL)?;
        for name in names {
            self.put_off
                .extend(sql.query_row(named_params! { ":name": name }, |row| row.get::<_, String>(0)).optional()?);
        }
        Ok(conn.execute_batch(drop)?)
    }

    /// Makes up for what was put off.
    pub(super) fn make_up(&mut self, conn: &Connection) -> Result<()> {
        self.claims = 0;
        self.put_off.drain(..).try_for_each(|sql| Ok(conn.execute_batch(&sql)?))
    }
}
