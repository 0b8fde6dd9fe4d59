//! What became of a claim, and where it was read.

use rusqlite::{Connection, named_params};

use crate::error::Result;
use crate::model::{Act, ByteSpan, Id};

use super::claim::EVIDENCE;
use super::claim_read::byte_span;
use super::decision;
use super::table::Cell;

const MADE: &str = "SELECT batch, replaces, extractor, reference FROM claim WHERE id = :id";
const LATER: &str = "SELECT id FROM claim WHERE replaces = :id AND NOT EXISTS (
  SELECT 1 FROM dead WHERE dead.kind = 'claim' AND dead.id = claim.id AND cause = 'undone') ORDER BY id DESC LIMIT 1";
const EVENTS: &str = "SELECT batch, mode, why FROM retraction WHERE claim = :id AND NOT EXISTS (
  SELECT 1 FROM dead WHERE dead.kind = 'retraction' AND dead.id = retraction.id)
UNION ALL SELECT batch, verdict, why FROM review WHERE claim = :id AND NOT EXISTS (
  SELECT 1 FROM dead WHERE dead.kind = 'review' AND dead.id = review.id)
ORDER BY 1";
const ACTS: &str = "SELECT DISTINCT act, detail FROM claim WHERE NOT EXISTS (
  SELECT 1 FROM dead WHERE dead.kind = 'claim' AND dead.id = claim.id) ORDER BY act, detail";

/// What became of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The batch that wrote it.
    pub batch: Id,
    /// The program that read it; `None`: a person wrote it.
    pub extractor: Option<String>,
    /// The claim it corrects.
    pub replaces: Option<Id>,
    /// The claim that corrects it.
    pub replaced_by: Option<Id>,
    /// Retractions and reviews, in order.
    pub events: Vec<Event>,
    /// Why it does not count, in words; `None`: it counts.
    pub dead: Option<String>,
    /// Whether an extractor made it and nobody has accepted it.
    pub draft: bool,
}

/// A retraction or review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The batch that wrote it.
    pub batch: Id,
    /// "retracted", "withdrawn", "accepted", "rejected".
    pub what: String,
    /// Why, in its writer's words.
    pub why: Option<String>,
}

/// Where a slot was read, and by which rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadAt {
    /// The slot: "claimant", "cue", "time" …
    pub slot: String,
    /// Where in the dispatch's text; `None` where the rule alone tells it.
    pub span: Option<ByteSpan>,
    /// The rule.
    pub rule: String,
}

impl From<&crate::extract::Evidence> for ReadAt {
    fn from(read: &crate::extract::Evidence) -> Self {
        Self { slot: read.slot.to_owned(), span: read.span, rule: read.rule.clone() }
    }
}

/// What became of a claim. `None` where there is no such claim.
pub(super) fn history(conn: &Connection, id: Id) -> Result<Option<History>> {
    let mut select = conn.prepare_cached(MADE)?;
    let mut rows = select.query(named_params! { ":id": id.0 })?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let cell = |n| row.get_ref(n).map(Cell::from);
    let events = events(conn, id)?;
    let extractor = cell(2)?.owned()?;
    let accepted = events.iter().rev().find(|e| matches!(e.what.as_str(), "accepted" | "rejected"));
    Ok(Some(History {
        batch: cell(0)?.id()?,
        replaces: cell(1)?.maybe_id()?,
        replaced_by: later(conn, id)?,
        draft: extractor.is_some() && accepted.is_none_or(|event| event.what != "accepted"),
        extractor,
        events,
        dead: decision::death(conn, &super::claim::CLAIM, id)?,
    }))
}

fn later(conn: &Connection, id: Id) -> Result<Option<Id>> {
    let mut select = conn.prepare_cached(LATER)?;
    let mut rows = select.query(named_params! { ":id": id.0 })?;
    Ok(rows.next()?.map(|row| row.get(0).map(Id)).transpose()?)
}

fn events(conn: &Connection, id: Id) -> Result<Vec<Event>> {
    let mut select = conn.prepare_cached(EVENTS)?;
    let events = select.query_map(named_params! { ":id": id.0 }, |row| {
        Ok(Event { batch: Id(row.get(0)?), what: row.get(1)?, why: row.get(2)? })
    })?;
    Ok(events.collect::<Result<_, _>>()?)
}

/// Where an extractor read the slots of a claim, in its order.
pub(super) fn evidence(conn: &Connection, id: Id) -> Result<Vec<ReadAt>> {
    let mut select = conn.prepare_cached(EVIDENCE.of)?;
    let mut rows = select.query(named_params! { ":id": id.0 })?;
    let mut evidence = Vec::new();
    while let Some(row) = rows.next()? {
        let cell = |n| row.get_ref(n).map(Cell::from);
        evidence.push(ReadAt {
            slot: cell(2)?.text()?.to_owned(),
            span: cell(3)?.maybe_int()?.zip(cell(4)?.maybe_int()?).map(byte_span).transpose()?,
            rule: cell(5)?.text()?.to_owned(),
        });
    }
    Ok(evidence)
}

/// Every act with its detail that live claims use.
pub(super) fn acts(conn: &Connection) -> Result<Vec<Act>> {
    let mut select = conn.prepare_cached(ACTS)?;
    let mut rows = select.query([])?;
    let mut acts = Vec::new();
    while let Some(row) = rows.next()? {
        let cell = |n| row.get_ref(n).map(Cell::from);
        acts.push(Act { base: cell(0)?.word()?, detail: cell(1)?.owned()? });
    }
    Ok(acts)
}
