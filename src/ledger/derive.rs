//! D: what is concluded from the facts: incidents, statements, answers, proposed truces; and how fresh that is.
//!
//! A run over all live claims; what a batch touches alone is in [`super::touched`].

use std::collections::{BTreeSet, HashSet};
use std::sync::mpsc;
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

use rusqlite::{Connection, named_params};

use crate::error::{Error, Result};
use crate::model::Id;
use crate::model::text::NORMALISER;
use crate::reconcile::{self, Desk, Incident, Outcome, Stats};
use crate::tally::desk::{Reading, Told};

use super::Counted;
use super::chain::{self, Tip};
use super::counted::{self, Chunks, Conclusion, Packer};
use super::names::Names;
use super::tallied::{self, Tallied};
use super::touched::{self, Changes};
use super::users::Registered;
use super::writer::Writer;
use super::{body, concluded_write, decided, facts, packed, undo};

const BEGIN: &str = "INSERT INTO derived (one, engine, weights, normaliser, layout, as_of)
VALUES (1, :engine, :weights, :normaliser, :layout, 0)";
const MARK: &str = "UPDATE derived SET engine = :engine, weights = :weights, normaliser = :normaliser,
  layout = :layout, as_of = :as_of";
const STATE: &str = "SELECT engine, weights, normaliser, layout, as_of FROM derived";
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
            touched.extend(touched::components_of(conn, &changes.accepted)?);
            let live = facts::of(conn, touched.iter().copied())?;
            counted::refresh(conn, &touched, &live)?;
            tallied::refresh(conn, &facts::registers(conn)?, &touched, &live)?;
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
    let read = Reading { zone: tallied::zone(conn)?, registers: &registers };
    let (Laid { desk, packer, told }, names) = lay_out(conn, read, names)?;
    rebuilt.step("claims read", &mut began);
    // What was concluded before goes while claims are filed.
    let filed = thread::scope(|scope| {
        let filing = scope.spawn(|| desk.file());
        concluded_write::clear(conn)?;
        Ok::<_, Error>(joined(filing))
    })?;
    let decisions = decided::decisions(conn, |claim| Ok(filed.holds(claim)), None)?;
    rebuilt.step("claims filed", &mut began);
    let paired = filed.compare(&decisions);
    rebuilt.step("claims compared", &mut began);
    // Where claims are found is kept while it is worked out what becomes of them.
    let outcome = thread::scope(|scope| {
        let concluding = scope.spawn(|| paired.conclude());
        concluded_write::cells(conn, &filed)?;
        Ok::<_, Error>(joined(concluding))
    })?;
    rebuilt.step("reconciled", &mut began);
    drop(filed);
    // Claims are packed and counted while what is concluded about them is kept.
    let (chunks, tallied) = thread::scope(|scope| {
        let tallying = scope.spawn(|| tally(&packer, told, &outcome, read));
        concluded_write::all(conn, &outcome)?;
        Ok::<_, Error>(joined(tallying))
    })?;
    concluded_write::truces(conn, &outcome.truces)?;
    chunks.keep(conn)?;
    tallied.keep(conn)?;
    mark(conn, as_of)?;
    rebuilt.step("conclusions kept", &mut began);
    rebuilt.stats = outcome.stats;
    Ok((rebuilt, names))
}

/// What a thread gives; where it failed, so does this one.
fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// Packs all live claims with what is concluded about them, and counts what they come to.
fn tally(packer: &Packer, mut told: Vec<Told>, outcome: &Outcome, read: Reading<'_>) -> (Chunks, Tallied) {
    let member = |incident: &Incident| incident.claims.iter().map(|claim| (*claim, incident.id)).collect::<Vec<_>>();
    let mut members: Vec<(Id, Id)> = outcome.incidents.iter().flat_map(member).collect();
    members.sort_unstable();
    let (mut repeats, mut members) = (outcome.repeats.iter().peekable(), members.iter().peekable());
    let mut incidents = outcome.incidents.iter().peekable();
    let mut rest = told.iter_mut();
    let chunks = packer.conclude(|claim| {
        let statement = repeats.next_if(|(of, _)| *of == claim).map_or(claim, |(_, first)| *first);
        let incident = members.next_if(|(of, _)| *of == claim).map(|(_, incident)| *incident);
        let stand = incidents.next_if(|found| found.id == claim).map(|found| (found.status, found.when, found.point));
        rest.next().into_iter().for_each(|told| told.conclude(statement, incident));
        Conclusion { statement, incident, stand }
    });
    let seen = outcome.incidents.iter().filter(|incident| incident.status.corroborated);
    let seen: HashSet<Id> = seen.map(|incident| incident.id).collect();
    (chunks, Tallied::of(&told, &outcome.answers, |incident| seen.contains(&incident), read))
}

/// All live claims, laid out for what is made of them.
struct Laid<'a> {
    desk: Desk<'a>,
    packer: Packer,
    /// By id, with nothing concluded about them.
    told: Vec<Told>,
}

impl Laid<'_> {
    /// Takes the next claim: they come by id.
    fn add(&mut self, counted: &Counted, read: &Reading<'_>) {
        self.desk.add(&counted.fact);
        self.packer.add(counted);
        self.told.push(tallied::told(counted, read));
    }
}

/// Lays all live claims out. They are read here and laid out in another thread.
fn lay_out<'a>(conn: &Connection, read: Reading<'a>, names: Names) -> Result<(Laid<'a>, Names)> {
    /// Handfuls that may wait.
    const WAITING: usize = 16;
    thread::scope(|scope| {
        let (hand, handed) = mpsc::sync_channel::<Vec<Counted>>(WAITING);
        let laying = scope.spawn(move || {
            let mut laid = Laid { desk: Desk::new(read.registers), packer: Packer::default(), told: Vec::new() };
            handed.into_iter().flatten().for_each(|counted| laid.add(&counted, &read));
            laid
        });
        let names = facts::each(conn, names, |claims| {
            // Nobody is there to take them only where that thread failed, which shows when it is joined.
            let _ = hand.send(claims);
            Ok(())
        });
        drop(hand);
        Ok((joined(laying), names?))
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
