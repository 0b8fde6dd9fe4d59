//! D: what is concluded, written to its tables; [`super::concluded`] reads it.

use rusqlite::{Connection, Statement, named_params};

use crate::error::Result;
use crate::model::{Id, Point};
use crate::reconcile::{Answer, AnswerKind, Contradiction, Filed, Incident, Moment, Outcome, ProposedTruce, Rank};

use super::table::Cell;

const CLEAR: &str = "DELETE FROM incident; DELETE FROM membership; DELETE FROM attached; DELETE FROM contradiction;
DELETE FROM filed; DELETE FROM full_cell;";
const CLEAR_TRUCES: &str = "DELETE FROM proposed_truce; DELETE FROM proposed_truce_party;
DELETE FROM proposed_truce_event; DELETE FROM proposed_truce_claim;";
const FILE: &str = "INSERT INTO filed (cell, claim) VALUES (:cell, :claim)";
const FULL_CELL: &str = "INSERT INTO full_cell (cell, last, published, content, beyond) VALUES (:cell, :last, :published, :content, :beyond)";
const INCIDENT: &str = "INSERT INTO incident (id, alleged, denied, mutual, acknowledged, corroborated, contradicted,
  figures_differ, lo, hi, grain, extent, lat_e7, lon_e7)
VALUES (:id, :alleged, :denied, :mutual, :acknowledged, :corroborated, :contradicted, :figures_differ, :lo, :hi, :grain,
  :extent, :lat_e7, :lon_e7)";
const MEMBER: &str = "INSERT INTO membership (claim, statement, incident, component)
VALUES (:claim, :statement, :incident, :component)";
const ATTACHED: &str = "INSERT INTO attached (reply, accusation, how) VALUES (:reply, :accusation, :how)
  ON CONFLICT (reply, accusation) DO NOTHING";
const PROPOSED: &str = "INSERT INTO proposed_truce (id, agreed_lo, agreed_hi, agreed_grain, agreed_extent,
  effective_lo, effective_hi, effective_grain, effective_extent, ended_lo, ended_hi, ended_grain, ended_extent)
VALUES (:id, :agreed_lo, :agreed_hi, :agreed_grain, :agreed_extent, :effective_lo, :effective_hi, :effective_grain,
  :effective_extent, :ended_lo, :ended_hi, :ended_grain, :ended_extent)";
const PROPOSED_PARTY: &str = "INSERT INTO proposed_truce_party (truce, role, party) VALUES (:truce, :role, :party)
  ON CONFLICT (truce, role, party) DO NOTHING";
const PROPOSED_EVENT: &str = "INSERT INTO proposed_truce_event (truce, ord, act, lo, hi, grain, extent)
VALUES (:truce, :ord, :act, :lo, :hi, :grain, :extent)";
const PROPOSED_CLAIM: &str = "INSERT INTO proposed_truce_claim (truce, claim, event) VALUES (:truce, :claim, :event)
  ON CONFLICT (truce, claim) DO UPDATE SET event = excluded.event";
const CONTRADICTION: &str = "INSERT INTO contradiction (same_a, same_b, different_a, different_b)
VALUES (:same_a, :same_b, :different_a, :different_b)
ON CONFLICT (same_a, same_b, different_a, different_b) DO NOTHING";

/// How to drop each index of the tables that hold a row for most claims, and how it is made; none where temporary tables
/// stand before those of the file.
const INDEXES: &str = "SELECT 'DROP INDEX ' || name, sql FROM sqlite_schema
WHERE type = 'index' AND tbl_name IN ('membership', 'attached') AND sql IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM sqlite_temp_schema WHERE name = 'membership')
ORDER BY rowid";

/// Empties the tables of all but truces.
pub(super) fn clear(conn: &Connection) -> Result<()> {
    Ok(conn.execute_batch(CLEAR)?)
}

/// Keeps where claims are found.
pub(super) fn cells(conn: &Connection, filed: &Filed<'_>) -> Result<()> {
    let mut file = conn.prepare_cached(FILE)?;
    filed.filings(|cell, claim| put(&mut file, &[cell.0.into(), claim.into()]))?;
    let mut full = conn.prepare_cached(FULL_CELL)?;
    for cell in filed.full() {
        let beyond = i64::try_from(cell.beyond).unwrap_or(i64::MAX);
        let Rank { published, content, claim } = cell.last;
        put(&mut full, &[cell.cell.0.into(), claim.into(), published.into(), content.into(), beyond.into()])?;
    }
    Ok(())
}

/// Keeps all that was concluded in tables that were emptied, and then builds their indexes, which takes half the time of
/// keeping them row by row.
pub(super) fn all(conn: &Connection, outcome: &Outcome) -> Result<()> {
    let mut select = conn.prepare_cached(INDEXES)?;
    let indexes = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let indexes: Vec<(String, String)> = indexes.collect::<rusqlite::Result<_>>()?;
    for (drop, _) in &indexes {
        conn.execute_batch(drop)?;
    }
    some(conn, outcome)?;
    indexes.iter().try_for_each(|(_, create)| Ok(conn.execute_batch(create)?))
}

/// Inserts a row, its values by their places.
fn put(insert: &mut Statement<'_>, values: &[Cell<'_>]) -> Result<()> {
    for (at, value) in (1..).zip(values) {
        insert.raw_bind_parameter(at, value)?;
    }
    insert.raw_execute()?;
    Ok(())
}

/// What is kept of a claim.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kept {
    /// The first claim of the statement that it repeats.
    Statement,
    Incident,
    Component,
}

fn members(conn: &Connection, outcome: &Outcome) -> Result<()> {
    let mut kept: Vec<(Id, Kept, Id)> = Vec::new();
    kept.extend(outcome.repeats.iter().map(|&(claim, first)| (claim, Kept::Statement, first)));
    kept.extend(outcome.components.iter().map(|&(claim, first)| (claim, Kept::Component, first)));
    for found in &outcome.incidents {
        kept.extend(found.claims.iter().map(|&claim| (claim, Kept::Incident, found.id)));
    }
    kept.sort_unstable();
    let mut member = conn.prepare_cached(MEMBER)?;
    for of_claim in kept.chunk_by(|a, b| a.0 == b.0) {
        let Some(&(claim, ..)) = of_claim.first() else { continue };
        let find = |what: Kept| of_claim.iter().find(|(_, kept, _)| *kept == what).map(|&(.., id)| id);
        let statement = find(Kept::Statement).unwrap_or(claim);
        let (incident, component) = (find(Kept::Incident), find(Kept::Component));
        put(&mut member, &[claim.into(), statement.into(), incident.into(), component.into()])?;
    }
    Ok(())
}

/// Keeps what was concluded, where nothing about its claims is kept.
pub(super) fn some(conn: &Connection, outcome: &Outcome) -> Result<()> {
    members(conn, outcome)?;
    let mut insert = conn.prepare_cached(INCIDENT)?;
    for found in &outcome.incidents {
        incident(&mut insert, found)?;
    }
    let mut attached = conn.prepare_cached(ATTACHED)?;
    for Answer { reply, accusation, kind } in &outcome.answers {
        let how = how(*kind);
        put(&mut attached, &[(*reply).into(), (*accusation).into(), how.into()])?;
    }
    let mut contradiction = conn.prepare_cached(CONTRADICTION)?;
    for Contradiction { same, different } in &outcome.contradictions {
        contradiction.execute(named_params! {
            ":same_a": same.0.0, ":same_b": same.1.0, ":different_a": different.0.0, ":different_b": different.1.0
        })?;
    }
    Ok(())
}

/// Keeps the proposed truces instead of those that are there.
pub(super) fn truces(conn: &Connection, truces: &[ProposedTruce]) -> Result<()> {
    conn.execute_batch(CLEAR_TRUCES)?;
    truces.iter().try_for_each(|told| truce(conn, told))
}

/// The word for a kind of answer.
const fn how(kind: AnswerKind) -> &'static str {
    match kind {
        AnswerKind::Decided => "decided",
        AnswerKind::Matched => "matched",
    }
}

fn incident(insert: &mut Statement<'_>, incident: &Incident) -> Result<()> {
    let status = incident.status;
    let [lo, hi, grain, extent] = moment(incident.when);
    let degrees = |of: fn(Point) -> i32| incident.point.map(|point| i64::from(of(point))).into();
    put(
        insert,
        &[
            incident.id.into(),
            status.alleged.into(),
            status.denied.into(),
            status.mutual.into(),
            status.acknowledged.into(),
            status.corroborated.into(),
            status.contradicted.into(),
            status.figures_differ.into(),
            lo,
            hi,
            grain,
            extent,
            degrees(|point| point.lat_e7),
            degrees(|point| point.lon_e7),
        ],
    )
}

fn truce(conn: &Connection, truce: &ProposedTruce) -> Result<()> {
    let [agreed, effective, ended] = [truce.agreed, truce.effective, truce.ended].map(moment);
    conn.prepare_cached(PROPOSED)?.execute(named_params! {
        ":id": truce.id.0,
        ":agreed_lo": agreed[0], ":agreed_hi": agreed[1], ":agreed_grain": agreed[2], ":agreed_extent": agreed[3],
        ":effective_lo": effective[0], ":effective_hi": effective[1], ":effective_grain": effective[2],
        ":effective_extent": effective[3],
        ":ended_lo": ended[0], ":ended_hi": ended[1], ":ended_grain": ended[2], ":ended_extent": ended[3],
    })?;
    let mut party = conn.prepare_cached(PROPOSED_PARTY)?;
    for (role, parties) in [("party", &truce.parties), ("mediator", &truce.mediators)] {
        for id in parties {
            party.execute(named_params! { ":truce": truce.id.0, ":role": role, ":party": id.0 })?;
        }
    }
    truce_claims(conn, truce)
}

fn truce_claims(conn: &Connection, truce: &ProposedTruce) -> Result<()> {
    let mut told = conn.prepare_cached(PROPOSED_CLAIM)?;
    for claim in &truce.claims {
        told.execute(named_params! { ":truce": truce.id.0, ":claim": claim.0, ":event": None::<i64> })?;
    }
    let mut insert = conn.prepare_cached(PROPOSED_EVENT)?;
    for (ord, event) in (0_i64..).zip(&truce.events) {
        let [lo, hi, grain, extent] = moment(event.when);
        insert.execute(named_params! {
            ":truce": truce.id.0, ":ord": ord, ":act": event.act.as_str(), ":lo": lo, ":hi": hi, ":grain": grain,
            ":extent": extent,
        })?;
        for claim in &event.claims {
            told.execute(named_params! { ":truce": truce.id.0, ":claim": claim.0, ":event": ord })?;
        }
    }
    Ok(())
}

/// A moment as four columns.
fn moment(moment: Option<Moment>) -> [Cell<'static>; 4] {
    moment.map_or([Cell::Null; 4], |moment| {
        [moment.lo.into(), moment.hi.into(), moment.grain.as_str().into(), moment.extent.as_str().into()]
    })
}
