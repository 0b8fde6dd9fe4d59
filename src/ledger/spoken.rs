//! When claims were made.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::error::Result;
use crate::model::Id;

use super::table::Cell;

const SPOKEN: &str = "SELECT claim.id,
  CASE WHEN claim.said_at IS NOT NULL THEN claim.said_lo
    WHEN claim.published IS NOT NULL THEN claim.published_lo ELSE dispatch.published_lo END,
  CASE WHEN claim.said_at IS NOT NULL THEN claim.said_hi
    WHEN claim.published IS NOT NULL THEN claim.published_hi ELSE dispatch.published_hi END
FROM claim LEFT JOIN dispatch ON dispatch.id = claim.dispatch
WHERE NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'claim' AND dead.id = claim.id)";

/// Earliest moment and first moment after the latest, UTC seconds.
pub type Bounds = (Option<i64>, Option<i64>);

/// When claims were made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spoken(HashMap<Id, Bounds>);

impl Spoken {
    /// When a claim was made, as far as anybody tells.
    pub fn of(&self, claim: Id) -> Option<Bounds> {
        self.0.get(&claim).copied()
    }
}

impl FromIterator<(Id, Bounds)> for Spoken {
    fn from_iter<T: IntoIterator<Item = (Id, Bounds)>>(told: T) -> Self {
        Self(told.into_iter().collect())
    }
}

/// When each live claim was made: when it was said, else when it or its dispatch was published. Those of which nobody
/// tells are left out.
pub(super) fn spoken(conn: &Connection) -> Result<Spoken> {
    let mut spoken = HashMap::new();
    let mut select = conn.prepare_cached(SPOKEN)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let cell = |n| row.get_ref(n).map(Cell::from);
        let bounds = (cell(1)?.maybe_int()?, cell(2)?.maybe_int()?);
        if bounds != (None, None) {
            spoken.insert(cell(0)?.id()?, bounds);
        }
    }
    Ok(Spoken(spoken))
}
