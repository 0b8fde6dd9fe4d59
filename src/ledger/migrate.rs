//! Versions of the schema. A step adds nullable columns or tables, never more: what was hashed stays as it was.

use rusqlite::Connection;

use crate::error::{Error, Kind, Result};

/// What brings a ledger from version n to n + 1, n counting from 1.
pub(super) const STEPS: &[&str] = &[];

/// The version this program writes.
pub(super) fn version(steps: &[&str]) -> i64 {
    1 + i64::try_from(steps.len()).unwrap_or(i64::MAX - 1)
}

fn found(conn: &Connection) -> Result<i64> {
    Ok(conn.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// Refuses what a newer program wrote.
pub(super) fn check(conn: &Connection) -> Result<()> {
    check_against(conn, STEPS)
}

fn check_against(conn: &Connection, steps: &[&str]) -> Result<()> {
    let (found, known) = (found(conn)?, version(steps));
    if found > known {
        return Err(Error::new(
            Kind::Ledger,
            format!("the ledger has version {found}, this program knows versions up to {known}"),
        )
        .hint("use the newer trucebook that wrote it; nothing was changed"));
    }
    if found < 1 {
        return Err(Error::new(Kind::Ledger, "the ledger has no version").hint("restore the file from a copy"));
    }
    Ok(())
}

/// Refuses to read what has to be brought up to date first.
pub(super) fn refuse_older(conn: &Connection) -> Result<()> {
    refuse_older_than(conn, STEPS)
}

fn refuse_older_than(conn: &Connection, steps: &[&str]) -> Result<()> {
    let (found, known) = (found(conn)?, version(steps));
    if found == known {
        return Ok(());
    }
    Err(Error::new(Kind::Ledger, format!("the ledger has version {found}, this program reads version {known}"))
        .hint("`trucebook rebuild` brings it up to date"))
}

/// Brings an older ledger up to date, all steps in one transaction.
pub(super) fn upgrade(conn: &Connection, steps: &[&str]) -> Result<()> {
    if found(conn)? == version(steps) {
        return Ok(());
    }
    conn.execute_batch("BEGIN IMMEDIATE")?;
    let done = run(conn, steps);
    conn.execute_batch(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    done
}

fn run(conn: &Connection, steps: &[&str]) -> Result<()> {
    // Another writer may have done it while this one waited.
    let done = usize::try_from(found(conn)?.saturating_sub(1)).unwrap_or(usize::MAX);
    for step in steps.iter().skip(done) {
        conn.execute_batch(step)?;
    }
    conn.pragma_update(None, "user_version", version(steps))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::file::SCHEMA;
    use super::*;

    const NEXT: &[&str] =
        &["ALTER TABLE claim ADD COLUMN weather TEXT", "CREATE TABLE tide (id INTEGER PRIMARY KEY) STRICT"];

    fn ledger() -> Connection {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(SCHEMA).unwrap();
        conn
    }

    #[test]
    fn a_new_file_has_this_version() {
        assert_eq!(found(&ledger()).unwrap(), version(STEPS));
    }

    #[test]
    fn an_older_file_is_brought_up_to_date_step_by_step() {
        let conn = ledger();
        assert!(refuse_older_than(&conn, NEXT).is_err());
        upgrade(&conn, &NEXT[..1]).unwrap();
        assert_eq!(found(&conn).unwrap(), 2);
        upgrade(&conn, NEXT).unwrap();
        assert_eq!(found(&conn).unwrap(), 3);
        conn.execute_batch("SELECT weather FROM claim; SELECT id FROM tide").unwrap();
        upgrade(&conn, NEXT).unwrap();
    }

    #[test]
    fn a_newer_file_is_refused() {
        let conn = ledger();
        upgrade(&conn, NEXT).unwrap();
        let error = check_against(&conn, STEPS).unwrap_err();
        assert_eq!(error.to_string(), "the ledger has version 3, this program knows versions up to 1");
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_as_it_was() {
        let conn = ledger();
        assert!(upgrade(&conn, &["CREATE TABLE tide (id INTEGER PRIMARY KEY) STRICT", "nonsense"]).is_err());
        assert_eq!(found(&conn).unwrap(), 1);
        assert!(conn.execute_batch("SELECT id FROM tide").is_err());
    }
}
