//! A ledger as it stood at an earlier batch.
//!
//! Views of the facts that end with that batch stand before the tables of the file, and temporary derived tables, made
//! from those facts by this program, before the file's own: SQLite looks a name up among temporary ones first. So all
//! that reads a ledger reads its past with the same statements, and what was added since cannot show.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::error::{Error, Result};
use crate::model::{Edtf, Extent, Id, Number, NumberKind, When};

use super::{Ledger, Office, chain, derive, file};

/// A moment of a ledger's own history.
#[derive(Debug, Clone, PartialEq)]
pub enum AsOf {
    /// Right after a batch.
    Batch(Number),
    /// At the end of a date, read in the office's zone: after the newest batch recorded by then.
    Date(Edtf),
}

const RECORDED: &str = "SELECT max(id) FROM batch WHERE recorded_at < :before";
/// The end of what is seen: a batch, and the newest claim and truce of it or of one before. Numbers rise with batches.
const END: &str = "CREATE TEMP TABLE past AS SELECT :batch AS batch,
  (SELECT coalesce(max(id), 0) FROM main.claim WHERE batch <= :batch) AS claim,
  (SELECT coalesce(max(id), 0) FROM main.truce WHERE batch <= :batch) AS truce";
const VIEWS: &str = "
CREATE TEMP VIEW batch AS SELECT * FROM main.batch WHERE id <= (SELECT batch FROM past);
CREATE TEMP VIEW batch_part AS SELECT * FROM main.batch_part WHERE batch <= (SELECT batch FROM past);
CREATE TEMP VIEW undo AS SELECT * FROM main.undo WHERE batch <= (SELECT batch FROM past);
CREATE TEMP VIEW body AS SELECT * FROM main.body WHERE batch <= (SELECT batch FROM past);
CREATE TEMP VIEW redaction AS SELECT * FROM main.redaction WHERE batch <= (SELECT batch FROM past);
CREATE TEMP VIEW party AS SELECT * FROM main.party WHERE batch <= (SELECT batch FROM past);
CREATE TEMP VIEW party_traits AS SELECT * FROM main.party_traits WHERE batch <= (SELECT batch FROM past);
CREATE TEMP VIEW alias AS SELECT * FROM main.alias WHERE batch <= (SELECT batch FROM past);
CREATE TEMP VIEW place AS SELECT * FROM main.place WHERE batch <= (SELECT batch FROM past);
CREATE TEMP VIEW place_traits AS SELECT * FROM main.place_traits WHERE batch <= (SELECT batch FROM past);
CREATE TEMP VIEW place_alias AS SELECT * FROM main.place_alias WHERE batch <= (SELECT batch FROM past);
CREATE TEMP VIEW source AS SELECT * FROM main.source WHERE batch <= (SELECT batch FROM past);
CREATE TEMP VIEW source_traits AS SELECT * FROM main.source_traits WHERE batch <= (SELECT batch FROM past);
CREATE TEMP VIEW dispatch AS SELECT * FROM main.dispatch WHERE batch <= (SELECT batch FROM past);
CREATE TEMP VIEW claim AS SELECT * FROM main.claim WHERE id <= (SELECT claim FROM past);
CREATE TEMP VIEW claim_party AS SELECT * FROM main.claim_party WHERE claim <= (SELECT claim FROM past);
CREATE TEMP VIEW claim_place AS SELECT * FROM main.claim_place WHERE claim <= (SELECT claim FROM past);
CREATE TEMP VIEW claim_answer AS SELECT * FROM main.claim_answer WHERE claim <= (SELECT claim FROM past);
CREATE TEMP VIEW claim_rule AS SELECT * FROM main.claim_rule WHERE claim <= (SELECT claim FROM past);
CREATE TEMP VIEW figure AS SELECT * FROM main.figure WHERE claim <= (SELECT claim FROM past);
CREATE TEMP VIEW loss AS SELECT * FROM main.loss WHERE claim <= (SELECT claim FROM past);
CREATE TEMP VIEW evidence AS SELECT * FROM main.evidence WHERE claim <= (SELECT claim FROM past);
CREATE TEMP VIEW answer AS SELECT * FROM main.answer WHERE batch <= (SELECT batch FROM past);
CREATE TEMP VIEW retraction AS SELECT * FROM main.retraction WHERE batch <= (SELECT batch FROM past);
CREATE TEMP VIEW review AS SELECT * FROM main.review WHERE batch <= (SELECT batch FROM past);
CREATE TEMP VIEW link AS SELECT * FROM main.link WHERE batch <= (SELECT batch FROM past);
CREATE TEMP VIEW truce AS SELECT * FROM main.truce WHERE batch <= (SELECT batch FROM past);
CREATE TEMP VIEW truce_party AS SELECT * FROM main.truce_party WHERE truce <= (SELECT truce FROM past);
CREATE TEMP VIEW truce_article AS SELECT * FROM main.truce_article WHERE truce <= (SELECT truce FROM past);
CREATE TEMP VIEW truce_claim AS SELECT * FROM main.truce_claim WHERE truce <= (SELECT truce FROM past);
";

impl Ledger {
    /// Opens for reading as the ledger stood then. Where that is how it stands now, it is opened as it is; else all that
    /// is derived is remade from the facts of then, in memory. A body emptied since stays empty.
    ///
    /// # Errors
    /// Where there is no such batch.
    pub fn open_as_of(path: &Path, wait: Duration, then: &AsOf) -> Result<Self> {
        let ledger = Self::open_to_read(path, wait)?;
        let batch = ledger.batch_of(then).map_err(|error| error.in_file(path))?;
        let tip = chain::tip(&ledger.conn)?;
        if Some(batch) != tip.batch || !derive::is_fresh(&ledger.conn, &tip)? {
            go_back(&ledger.conn, batch).map_err(|error| error.in_file(path))?;
        }
        Ok(ledger)
    }

    fn batch_of(&self, then: &AsOf) -> Result<Id> {
        match then {
            AsOf::Batch(number) => batch_numbered(&self.conn, &self.office, number),
            AsOf::Date(edtf) => {
                let end = When::resolve(*edtf, self.office.zone, Extent::Within, None).hi;
                let end = end.ok_or_else(|| Error::usage(format!("{edtf} has no end, so that it names no head")))?;
                let newest = self.conn.query_row(RECORDED, named_params! { ":before": end }, |row| row.get(0));
                Ok(Id(newest.optional()?.flatten().unwrap_or(0)))
            }
        }
    }
}

fn batch_numbered(conn: &Connection, office: &Office, number: &Number) -> Result<Id> {
    let own = number.office.as_ref().is_none_or(|code| *code == office.code);
    let id = Id::new(0, number.number).filter(|_| own && number.kind == NumberKind::Batch);
    let there = id.map(|id| Ok::<_, Error>(chain::is_batch(conn, id)?.then_some(id))).transpose()?.flatten();
    there.ok_or_else(|| {
        Error::not_found(format!("there is no batch {number} in this ledger")).hint("`trucebook log` lists the batches")
    })
}

fn go_back(conn: &Connection, batch: Id) -> Result<()> {
    conn.execute_batch("PRAGMA temp_store = MEMORY; PRAGMA query_only = OFF; BEGIN")?;
    conn.execute(END, named_params! { ":batch": batch.0 })?;
    conn.execute_batch(VIEWS)?;
    conn.execute_batch(&derived_tables())?;
    derive::begin(conn)?;
    derive::remake(conn)?;
    conn.execute_batch("COMMIT; PRAGMA query_only = ON")?;
    Ok(())
}

/// The derived tables of the schema, as temporary ones.
fn derived_tables() -> String {
    let from = file::SCHEMA.find("CREATE TABLE derived").unwrap_or_default();
    let tables = file::SCHEMA.get(from..).unwrap_or_default();
    let tables = tables.split("CREATE VIRTUAL TABLE").next().unwrap_or_default();
    tables.replace("CREATE TABLE ", "CREATE TEMP TABLE ").replace("CREATE INDEX ", "CREATE INDEX temp.")
}
