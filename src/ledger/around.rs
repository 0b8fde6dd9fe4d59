//! One incident or claim with what stands around it, read without the rest of the ledger.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::error::Result;
use crate::model::Id;
use crate::reconcile::{Answer, Incident};

use super::{Counted, concluded, facts};

const INCIDENT: &str = "SELECT id, alleged, denied, mutual, acknowledged, corroborated, contradicted, figures_differ,
  lo, hi, grain, extent, lat_e7, lon_e7 FROM incident WHERE id = :id";
const MEMBERS: &str = "SELECT claim FROM membership WHERE incident = :id ORDER BY claim";
const ANSWERS: &str = "SELECT reply, accusation, how FROM attached WHERE reply = :claim
UNION SELECT reply, accusation, how FROM attached WHERE accusation = :claim";
const STATEMENT: &str = "SELECT statement FROM membership WHERE claim = :claim";
const REPEATS: &str = "SELECT claim FROM membership WHERE statement = :statement AND statement <> claim";

/// An incident with its claims.
pub(super) fn incident(conn: &Connection, id: Id) -> Result<Option<Incident>> {
    let mut select = conn.prepare_cached(INCIDENT)?;
    let mut rows = select.query(named_params! { ":id": id.0 })?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let mut incident = concluded::incident(row)?;
    let mut members = conn.prepare_cached(MEMBERS)?;
    let claims = members.query_map(named_params! { ":id": id.0 }, |row| row.get(0).map(Id))?;
    incident.claims = claims.collect::<std::result::Result<_, _>>()?;
    Ok(Some(incident))
}

/// The answers that some claims give or get, by reply.
pub(super) fn answers(conn: &Connection, claims: impl IntoIterator<Item = Id>) -> Result<Vec<Answer>> {
    let mut found = Vec::new();
    let mut select = conn.prepare_cached(ANSWERS)?;
    for claim in claims {
        let mut rows = select.query(named_params! { ":claim": claim.0 })?;
        while let Some(row) = rows.next()? {
            found.push(concluded::answer(row)?);
        }
    }
    found.sort_unstable_by_key(|answer| (answer.reply, answer.accusation));
    found.dedup();
    Ok(found)
}

/// Live claims, with those that make the same statements, by id.
pub(super) fn statements(conn: &Connection, claims: impl IntoIterator<Item = Id>) -> Result<Vec<Counted>> {
    let mut all = BTreeSet::new();
    let mut statement = conn.prepare_cached(STATEMENT)?;
    let mut repeats = conn.prepare_cached(REPEATS)?;
    for claim in claims {
        let first = statement.query_row(named_params! { ":claim": claim.0 }, |row| row.get(0)).optional()?;
        let first = first.map_or(claim, Id);
        all.insert(first);
        let repeating = repeats.query_map(named_params! { ":statement": first.0 }, |row| row.get(0).map(Id))?;
        all.extend(repeating.collect::<std::result::Result<Vec<_>, _>>()?);
    }
    facts::of(conn, all)
}
