//! D: what live claims come to, kept up as they come and go.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::error::Result;
use crate::model::{Id, Zone};
use crate::reconcile::{Answer, Registers};
use crate::tally::counts::{Counts, OfDay, Turn};
use crate::tally::desk::{Reading, Told, records};
use crate::tally::record::{Day, Of, Record};

use super::packed::Packed;
use super::packed_tally::{CHUNK_BITS, pack_record, unpack_record};
use super::table::{Cell, unreadable};
use super::{Counted, around};

const CLEAR: &str = "DELETE FROM tally_record; DELETE FROM tally;";
const RECORDS: &str = "SELECT records FROM tally_record WHERE chunk = :chunk";
const KEEP_RECORDS: &str = "INSERT INTO tally_record (chunk, records) VALUES (:chunk, :records)
  ON CONFLICT (chunk) DO UPDATE SET records = excluded.records";
const ALL_RECORDS: &str = "SELECT chunk, records FROM tally_record ORDER BY chunk";
const COUNTS: &str = "SELECT counts FROM tally WHERE part = :part AND key = :key";
const KEEP_COUNTS: &str = "INSERT INTO tally (part, key, counts) VALUES (:part, :key, :counts)
  ON CONFLICT (part, key) DO UPDATE SET counts = excluded.counts";
const PART: &str = "SELECT key, counts FROM tally WHERE part = :part ORDER BY key";
const ZONE: &str = "SELECT zone FROM office WHERE slot = 0";
const CORROBORATED: &str = "SELECT corroborated FROM incident WHERE id = :id";

/// The parts of what is counted.
const WHOLE: &str = "whole";
const PARTY: &str = "party";
const DAYS: &str = "days";

/// The chunk whose records are kept with those of a claim.
const fn chunk(claim: Id) -> i64 {
    claim.0 >> CHUNK_BITS
}

/// The days that are counted in one row.
const fn row_of(day: Day) -> i64 {
    (day.0 >> 6) as i64
}

/// The zone days are of.
pub(super) fn zone(conn: &Connection) -> Result<Zone> {
    conn.prepare_cached(ZONE)?.query_row([], |row| Ok(Cell::from(row.get_ref(0)?).word()))?
}

/// Records as they are kept: each with the claim that it is kept with.
type Kept = Vec<(Id, Record)>;

fn unpack(chunk: i64, bytes: &[u8]) -> Result<Kept> {
    let mut from = bytes;
    let mut records = Vec::new();
    while !from.is_empty() {
        records.push(unpack_record(chunk, &mut from).ok_or_else(unreadable)?);
    }
    Ok(records)
}

/// What all claims come to, on its way into the tables.
#[derive(Debug, Default)]
pub(super) struct Tallied {
    chunks: HashMap<i64, Vec<u8>, foldhash::fast::FixedState>,
    counts: Counts,
}

impl Tallied {
    /// Of all live claims, by id.
    pub(super) fn of(
        claims: &[Told],
        answers: &[Answer],
        corroborated: impl Fn(Id) -> bool,
        read: Reading<'_>,
    ) -> Self {
        let mut tallied = Self::default();
        records(claims, answers, corroborated, read, |claim, record| {
            let chunk = tallied.chunks.entry(chunk(claim)).or_default();
            pack_record(claim, &record, chunk);
            tallied.counts.turn(claim, &record, Turn::Comes);
        });
        tallied
    }

    /// Keeps it instead of what is there.
    pub(super) fn keep(self, conn: &Connection) -> Result<()> {
        conn.execute_batch(CLEAR)?;
        let mut keep = conn.prepare_cached(KEEP_RECORDS)?;
        let chunks: BTreeMap<i64, Vec<u8>> = self.chunks.into_iter().collect();
        for (chunk, records) in chunks {
            keep.execute(named_params! { ":chunk": chunk, ":records": records })?;
        }
        let rows = self.counts.days.keys().map(|(day, _)| row_of(*day)).collect();
        keep_counts(conn, &self.counts, &rows)
    }
}

fn keep_counts(conn: &Connection, counts: &Counts, rows: &BTreeSet<i64>) -> Result<()> {
    let mut keep = conn.prepare_cached(KEEP_COUNTS)?;
    let mut put = |part: &str, key: i64, packed: Vec<u8>| {
        keep.execute(named_params! { ":part": part, ":key": key, ":counts": packed }).map(drop)
    };
    put(WHOLE, 0, packed(&counts.whole))?;
    for (party, of) in &counts.parties {
        put(PARTY, party.0, packed(of))?;
    }
    for row in rows {
        let first = |row: i64| (Day(i32::try_from(row << 6).unwrap_or(i32::MAX)), Id(i64::MIN));
        let of_row = counts.days.range(first(*row)..first(row + 1)).filter(|(_, of)| !of.is_empty());
        let of_row: Vec<((Day, Id), OfDay)> = of_row.map(|(key, of)| (*key, *of)).collect();
        put(DAYS, *row, packed(&of_row))?;
    }
    Ok(())
}

fn packed(value: &impl Packed) -> Vec<u8> {
    let mut bytes = Vec::new();
    value.pack(&mut bytes);
    bytes
}

/// Counts anew what some claims come to: all claims of their components, those that are live as they are counted now.
pub(super) fn refresh(conn: &Connection, registers: &Registers, claims: &BTreeSet<Id>, live: &[Counted]) -> Result<()> {
    let mut chunks = chunks(conn, claims)?;
    let kept = chunks.values().flatten().filter(|(claim, _)| claims.contains(claim));
    let (mut gone, mut come) = (kept.copied().collect(), come(conn, registers, live)?);
    cancel(&mut gone, &mut come);
    let (mut counts, rows) = touched(conn, gone.iter().chain(&come))?;
    for (claim, record) in &gone {
        counts.turn(*claim, record, Turn::Goes);
        let of = chunks.entry(chunk(*claim)).or_default();
        of.iter().position(|kept| *kept == (*claim, *record)).map(|at| of.swap_remove(at));
    }
    for (claim, record) in &come {
        counts.turn(*claim, record, Turn::Comes);
        chunks.entry(chunk(*claim)).or_default().push((*claim, *record));
    }
    let changed: BTreeSet<i64> = gone.iter().chain(&come).map(|(claim, _)| chunk(*claim)).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let mut keep = conn.prepare_cached(KEEP_RECORDS)?;
    for (chunk, records) in chunks.iter().filter(|(chunk, _)| changed.contains(chunk)) {
        let mut bytes = Vec::new();
        for (claim, record) in records {
            pack_record(*claim, record, &mut bytes);
        }
        keep.execute(named_params! { ":chunk": chunk, ":records": bytes })?;
    }
    look_for_more(conn, &mut counts)?;
    keep_counts(conn, &counts, &rows)
}

/// The records kept with some claims and their neighbours.
fn chunks(conn: &Connection, claims: &BTreeSet<Id>) -> Result<BTreeMap<i64, Kept>> {
    let mut select = conn.prepare_cached(RECORDS)?;
    let mut chunks = BTreeMap::new();
    for at in claims.iter().map(|claim| chunk(*claim)).collect::<BTreeSet<_>>() {
        let bytes: Option<Vec<u8>> = select.query_row(named_params! { ":chunk": at }, |row| row.get(0)).optional()?;
        chunks.insert(at, unpack(at, &bytes.unwrap_or_default())?);
    }
    Ok(chunks)
}

/// What live claims come to now.
fn come(conn: &Connection, registers: &Registers, live: &[Counted]) -> Result<Kept> {
    let read = Reading { zone: zone(conn)?, registers };
    let mut told: Vec<Told> = live.iter().map(|counted| told(counted, &read)).collect();
    told.sort_unstable_by_key(Told::id);
    let answers = around::answers(conn, told.iter().map(Told::id))?;
    let mut seen = HashSet::new();
    let mut select = conn.prepare_cached(CORROBORATED)?;
    for incident in live.iter().filter_map(|counted| counted.incident).collect::<BTreeSet<_>>() {
        let corroborated: Option<bool> =
            select.query_row(named_params! { ":id": incident.0 }, |row| row.get(0)).optional()?;
        seen.extend(corroborated.filter(|seen| *seen).map(|_| incident));
    }
    let mut come = Vec::new();
    records(&told, &answers, |incident| seen.contains(&incident), read, |claim, record| come.push((claim, record)));
    Ok(come)
}

/// What of a claim is counted.
pub(super) fn told(counted: &Counted, read: &Reading<'_>) -> Told {
    Told::of(&counted.fact, counted.draft, (counted.statement, counted.incident), read)
}

/// Leaves out what goes and comes again.
fn cancel(gone: &mut Kept, come: &mut Kept) {
    gone.retain(|record| match come.iter().position(|new| new == record) {
        Some(at) => {
            come.swap_remove(at);
            false
        }
        None => true,
    });
}

/// The counts that records change, and the rows of days among them.
fn touched<'a>(conn: &Connection, all: impl Iterator<Item = &'a (Id, Record)>) -> Result<(Counts, BTreeSet<i64>)> {
    let (mut parties, mut rows) = (BTreeSet::new(), BTreeSet::new());
    for (_, record) in all {
        match record {
            Record::Statement(once) => {
                parties.extend(once.claimant.party().into_iter().chain(once.accused));
                rows.extend(once.day.map(row_of));
            }
            Record::Number(Of::Accused(party), ..) | Record::Window(Of::Accused(party), _) => {
                parties.insert(*party);
            }
            Record::Number(Of::Day(_, day), ..) | Record::Window(Of::Day(_, day), _) => {
                rows.insert(row_of(*day));
            }
            Record::Left { accused, by, .. } => parties.extend(accused.iter().chain(by)),
        }
    }
    let mut counts = Counts { whole: kept(conn, WHOLE, 0)?.unwrap_or_default(), ..Counts::default() };
    for party in parties {
        counts.parties.insert(party, kept(conn, PARTY, party.0)?.unwrap_or_default());
    }
    for row in &rows {
        counts.days.extend(kept::<Vec<((Day, Id), OfDay)>>(conn, DAYS, *row)?.unwrap_or_default());
    }
    Ok((counts, rows))
}

fn kept<T: Packed>(conn: &Connection, part: &str, key: i64) -> Result<Option<T>> {
    let mut select = conn.prepare_cached(COUNTS)?;
    let bytes: Option<Vec<u8>> =
        select.query_row(named_params! { ":part": part, ":key": key }, |row| row.get(0)).optional()?;
    bytes.map(|bytes| whole(&bytes)).transpose()
}

fn whole<T: Packed>(bytes: &[u8]) -> Result<T> {
    let mut from = bytes;
    T::unpack(&mut from).filter(|_| from.is_empty()).ok_or_else(unreadable)
}

/// Lists more claims where too few of the first are left, from the records of all.
fn look_for_more(conn: &Connection, counts: &mut Counts) -> Result<()> {
    if counts.lists().all(|listed| !listed.is_short()) {
        return Ok(());
    }
    let mut all = Counts::default();
    each(conn, |claim, record| all.turn(claim, record, Turn::Comes))?;
    counts.list_as(&all);
    Ok(())
}

/// Gives every record, chunk by chunk.
pub(super) fn each(conn: &Connection, mut take: impl FnMut(Id, &Record)) -> Result<()> {
    let mut select = conn.prepare_cached(ALL_RECORDS)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (chunk, mut from) = (row.get(0)?, blob(row)?);
        while !from.is_empty() {
            let (claim, record) = unpack_record(chunk, &mut from).ok_or_else(unreadable)?;
            take(claim, &record);
        }
    }
    Ok(())
}

/// What all live claims come to, where the derived tables are fresh: without the days, or with them.
pub(super) fn counts(conn: &Connection, days: bool) -> Result<Counts> {
    let mut counts = Counts { whole: kept(conn, WHOLE, 0)?.unwrap_or_default(), ..Counts::default() };
    let mut select = conn.prepare_cached(PART)?;
    let mut rows = select.query(named_params! { ":part": PARTY })?;
    while let Some(row) = rows.next()? {
        counts.parties.insert(Id(row.get(0)?), whole(blob(row)?)?);
    }
    drop(rows);
    if days {
        let mut of_days: Vec<((Day, Id), OfDay)> = Vec::new();
        let mut rows = select.query(named_params! { ":part": DAYS })?;
        while let Some(row) = rows.next()? {
            of_days.append(&mut whole(blob(row)?)?);
        }
        counts.days = of_days.into_iter().collect();
    }
    Ok(counts)
}

fn blob<'a>(row: &'a Row<'_>) -> Result<&'a [u8]> {
    let ValueRef::Blob(bytes) = row.get_ref(1)? else { return Err(unreadable()) };
    Ok(bytes)
}
