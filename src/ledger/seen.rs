//! D: idempotency keys, which make writing twice the same as writing once.

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::error::Result;
use crate::model::Id;

const CLAIM_KEY: &str = "INSERT INTO seen (key, kind, entry) VALUES (:key, :kind, :entry) ON CONFLICT (key) DO NOTHING";
const ENTRY: &str = "SELECT entry FROM seen WHERE key = :key";
const POINT: &str = "INSERT INTO seen (key, kind, entry) VALUES (:key, :kind, :entry)
  ON CONFLICT (key) DO UPDATE SET entry = excluded.entry";

/// Remakes all keys. Undone rows and withdrawn drafts give theirs up; of claims with one reference the latest holds it.
pub(super) const REMAKE: &str = "DELETE FROM seen;
INSERT INTO seen (key, kind, entry)
SELECT natural_key, 'dispatch', id FROM dispatch
WHERE NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'dispatch' AND dead.id = dispatch.id AND cause = 'undone')
ORDER BY id
ON CONFLICT (key) DO NOTHING;
INSERT INTO seen (key, kind, entry)
SELECT coalesce(ref_key, content_key), 'claim', id FROM claim
WHERE NOT EXISTS (SELECT 1 FROM dead
  WHERE dead.kind = 'claim' AND dead.id = claim.id AND cause IN ('undone', 'withdrawn'))
ORDER BY id
ON CONFLICT (key) DO UPDATE SET entry = excluded.entry;
INSERT INTO seen (key, kind, entry)
SELECT natural_key, 'truce', id FROM truce
WHERE NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'truce' AND dead.id = truce.id AND cause = 'undone')
ORDER BY id
ON CONFLICT (key) DO UPDATE SET entry = excluded.entry;";

/// Gives a key to a new row, unless another has it: then that one's id.
pub(super) fn claim_key(conn: &Connection, key: &[u8; 16], kind: &str, entry: Id) -> Result<Option<Id>> {
    let params = named_params! { ":key": key, ":kind": kind, ":entry": entry.0 };
    if conn.prepare_cached(CLAIM_KEY)?.execute(params)? == 1 { Ok(None) } else { holder(conn, key) }
}

/// The row that has a key.
pub(super) fn holder(conn: &Connection, key: &[u8; 16]) -> Result<Option<Id>> {
    let mut select = conn.prepare_cached(ENTRY)?;
    Ok(select.query_row(named_params! { ":key": key }, |row| row.get(0)).optional()?.map(Id))
}

/// Lets a key lead to another row from now on.
pub(super) fn point(conn: &Connection, key: &[u8; 16], kind: &str, entry: Id) -> Result<()> {
    let params = named_params! { ":key": key, ":kind": kind, ":entry": entry.0 };
    conn.prepare_cached(POINT)?.execute(params)?;
    Ok(())
}
