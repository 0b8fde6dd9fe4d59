//! D: what is concluded from the facts: incidents, statements, answers, proposed truces; and how fresh that is.
//!
//! A run over all live claims; what a batch touches alone is in [`super::touched`].

use std::collections::BTreeSet;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, Statement, named_params};

use crate::error::{Error, Result};
use crate::model::text::NORMALISER;
use crate::model::{Id, Point};
use crate::reconcile::{
    self, Answer, AnswerKind, Contradiction, Desk, Filed, Incident, Moment, Outcome, ProposedTruce, Rank, Registers,
    Stats,
};

use super::Counted;
use super::chain::{self, Tip};
use super::counted::{self, Packer};
use super::names::Names;
use super::table::Cell;
use super::touched::{self, Changes};
use super::users::Registered;
use super::writer::Writer;
use super::{body, facts, packed, undo};

const BEGIN: &str = "INSERT INTO derived (one, engine, weights, normaliser, layout, as_of)
VALUES (1, :engine, :weights, :normaliser, :layout, 0)";
const MARK: &str = "UPDATE derived SET engine = :engine, weights = :weights, normaliser = :normaliser,
  layout = :layout, as_of = :as_of";
const STATE: &str = "SELECT engine, weights, normaliser, layout, as_of FROM derived";
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

/// What made the derived tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    pub(super) engine: i64,
    pub(super) weights: i64,
    pub(super) normaliser: i64,
    pub(super) layout: i64,
    /// The newest batch in them.
    pub(super) as_of: Option<Id>,
}

impl State {
    /// What this program would make.
    pub(super) fn current(as_of: Option<Id>) -> Self {
        Self {
            engine: i64::from(reconcile::ENGINE),
            weights: i64::from(reconcile::WEIGHTS),
            normaliser: i64::from(NORMALISER),
            layout: packed::layout(),
            as_of,
        }
    }
}

/// Says that nothing is derived yet.
pub(super) fn begin(conn: &Connection) -> Result<()> {
    let now = State::current(None);
    conn.execute(
        BEGIN,
        named_params! {
            ":engine": now.engine, ":weights": now.weights, ":normaliser": now.normaliser, ":layout": now.layout
        },
    )?;
    Ok(())
}

/// What made the derived tables.
pub(super) fn state(conn: &Connection) -> Result<State> {
    let state = conn.prepare_cached(STATE)?.query_row([], |row| {
        let as_of: i64 = row.get(4)?;
        let as_of = (as_of > 0).then_some(Id(as_of));
        Ok(State { engine: row.get(0)?, weights: row.get(1)?, normaliser: row.get(2)?, layout: row.get(3)?, as_of })
    })?;
    Ok(state)
}

/// Whether this program made the derived tables, up to the newest batch.
pub(super) fn is_fresh(conn: &Connection, tip: &Tip) -> Result<bool> {
    Ok(state(conn)? == State::current(tip.batch))
}

/// Says that this program made the derived tables up to a batch.
pub(super) fn mark(conn: &Connection, as_of: Id) -> Result<()> {
    let now = State::current(Some(as_of));
    let params = named_params! {
        ":engine": now.engine, ":weights": now.weights, ":normaliser": now.normaliser, ":layout": now.layout,
        ":as_of": as_of.0
    };
    conn.prepare_cached(MARK)?.execute(params)?;
    Ok(())
}

/// Adds the texts that a batch kept to the full-text index; after a redaction, makes the index anew.
pub(super) fn index_texts(writer: &Writer<'_>, redacted: bool) -> Result<()> {
    if redacted {
        writer.conn.execute(body::REINDEX, [])?;
    } else if let Some(part) = writer.parts().find(|part| part.table.code == body::BODY.code) {
        writer.conn.execute(body::INDEX, named_params! { ":first": part.first.0 })?;
    }
    Ok(())
}

/// Reconciles what a batch changed, and keeps what follows. `before` is what registers said, where it changed them.
pub(super) fn follow(conn: &Connection, as_of: Id, changes: &Changes, before: Option<&Registered>) -> Result<()> {
    let touched = match changes {
        changes if changes.leave_conclusions() => Some(BTreeSet::new()),
        changes if changes.are_most(conn)? => None,
        changes => touched::follow(conn, changes, before)?,
    };
    match touched {
        Some(mut touched) => {
            touched.extend(&changes.accepted);
            counted::refresh(conn, &touched)?;
        }
        None => drop(conclude(conn, as_of, Names::kept(conn)?)?),
    }
    mark(conn, as_of)
}

/// What a run over everything looked at, and how long it took.
#[derive(Debug, Default)]
pub struct Rebuilt {
    /// What reconciliation looked at.
    pub stats: Stats,
    /// Each step with the time it took, in their order.
    pub steps: Vec<(&'static str, Duration)>,
}

impl Rebuilt {
    /// Notes that a step took the time since `began`, and begins the next.
    fn step(&mut self, name: &'static str, began: &mut Instant) {
        let now = Instant::now();
        self.steps.push((name, now.duration_since(*began)));
        *began = now;
    }
}

/// Reconciles all live claims, whose names lead where `names` say, and keeps what follows; gives the names back too.
fn conclude(conn: &Connection, as_of: Id, names: Names) -> Result<(Rebuilt, Names)> {
    let (mut rebuilt, mut began) = (Rebuilt::default(), Instant::now());
    let registers = facts::registers(conn)?;
    let (desk, packer, names) = lay_out(conn, &registers, names)?;
    rebuilt.step("claims read", &mut began);
    let filed = desk.file();
    let decisions = facts::decisions(conn, |claim| Ok(filed.holds(claim)), None)?;
    conn.execute_batch(CLEAR)?;
    rebuilt.step("claims filed", &mut began);
    // Where claims are found is kept while it is worked out what becomes of them.
    let outcome = thread::scope(|scope| {
        let concluding = scope.spawn(|| filed.conclude(&decisions));
        store_cells(conn, &filed)?;
        Ok::<_, Error>(concluding.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    rebuilt.step("reconciled", &mut began);
    drop(filed);
    indexed_after(conn, || store(conn, &outcome))?;
    store_truces(conn, &outcome.truces)?;
    packer.keep(conn)?;
    mark(conn, as_of)?;
    rebuilt.step("conclusions kept", &mut began);
    rebuilt.stats = outcome.stats;
    Ok((rebuilt, names))
}

/// Lays all live claims out, and packs them. They are read here and laid out in another thread.
fn lay_out<'a>(conn: &Connection, registers: &'a Registers, names: Names) -> Result<(Desk<'a>, Packer, Names)> {
    /// Handfuls that may wait.
    const WAITING: usize = 16;
    thread::scope(|scope| {
        let (hand, handed) = mpsc::sync_channel::<Vec<Counted>>(WAITING);
        let laying = scope.spawn(move || {
            let (mut desk, mut packer) = (Desk::new(registers), Packer::default());
            for counted in handed.into_iter().flatten() {
                desk.add(&counted.fact);
                packer.add(&counted);
            }
            (desk, packer)
        });
        let names = facts::each(conn, names, |claims| {
            // Nobody is there to take them only where that thread failed, which shows when it is joined.
            let _ = hand.send(claims);
            Ok(())
        });
        drop(hand);
        let (desk, packer) = laying.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Ok((desk, packer, names?))
    })
}

fn store_cells(conn: &Connection, filed: &Filed<'_>) -> Result<()> {
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

/// Loads tables that were emptied and then builds their indexes, which takes half the time of keeping them row by row.
fn indexed_after(conn: &Connection, load: impl FnOnce() -> Result<()>) -> Result<()> {
    let mut select = conn.prepare_cached(INDEXES)?;
    let indexes = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let indexes: Vec<(String, String)> = indexes.collect::<rusqlite::Result<_>>()?;
    for (drop, _) in &indexes {
        conn.execute_batch(drop)?;
    }
    load()?;
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

fn store_members(conn: &Connection, outcome: &Outcome) -> Result<()> {
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
pub(super) fn store(conn: &Connection, outcome: &Outcome) -> Result<()> {
    store_members(conn, outcome)?;
    let mut incident = conn.prepare_cached(INCIDENT)?;
    for found in &outcome.incidents {
        store_incident(&mut incident, found)?;
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
pub(super) fn store_truces(conn: &Connection, truces: &[ProposedTruce]) -> Result<()> {
    conn.execute_batch(CLEAR_TRUCES)?;
    truces.iter().try_for_each(|truce| store_truce(conn, truce))
}

/// The word for a kind of answer.
const fn how(kind: AnswerKind) -> &'static str {
    match kind {
        AnswerKind::Decided => "decided",
        AnswerKind::Matched => "matched",
    }
}

fn store_incident(insert: &mut Statement<'_>, incident: &Incident) -> Result<()> {
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

fn store_truce(conn: &Connection, truce: &ProposedTruce) -> Result<()> {
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
    store_truce_claims(conn, truce)
}

fn store_truce_claims(conn: &Connection, truce: &ProposedTruce) -> Result<()> {
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

/// Remakes every derived table and the full-text index.
pub(super) fn rebuild(conn: &Connection) -> Result<Rebuilt> {
    let mut rebuilt = remake(conn)?;
    let mut began = Instant::now();
    conn.execute(body::REINDEX, [])?;
    rebuilt.step("texts indexed", &mut began);
    Ok(rebuilt)
}

/// Remakes every derived table.
pub(super) fn remake(conn: &Connection) -> Result<Rebuilt> {
    let (mut first, mut began) = (Rebuilt::default(), Instant::now());
    undo::remake_lives(conn)?;
    first.step("lives", &mut began);
    let Some(batch) = chain::tip(conn)?.batch else { return Ok(first) };
    let (mut rebuilt, names) = conclude(conn, batch, Names::new(conn)?)?;
    rebuilt.steps.splice(0..0, first.steps);
    began = Instant::now();
    names.keep(conn)?;
    rebuilt.step("names kept", &mut began);
    Ok(rebuilt)
}
