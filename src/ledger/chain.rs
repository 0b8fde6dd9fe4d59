//! The chain: offices, batches with what they wrote, and the hashes that tie each batch to the one before.

use rusqlite::{Connection, OptionalExtension, Row, named_params};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::model::{Id, Number, NumberKind, Zone};

use super::encoding::{Encoder, Hash, VERSION};
use super::table::{Cell, Table, row, table, unreadable};
use super::{EntryKind, Office, Stamp};

/// What this program calls itself in batches.
pub(super) const PROGRAM: &str = concat!("trucebook/", env!("CARGO_PKG_VERSION"));

/// The header of a batch as it is hashed.
pub(super) static BATCH: Table = Table {
    code: 100,
    name: "batch",
    columns: &["id", "entries", "encoding", "recorded_at", "clock_at", "made_by", "verb", "program"],
    tags: &[1, 2, 3, 4, 5, 6, 7, 8],
    insert: "INSERT INTO batch (id, prev, hash, entries, encoding, recorded_at, clock_at, made_by, verb, program)
VALUES (:id, :prev, :hash, :entries, :encoding, :recorded_at, :clock_at, :made_by, :verb, :program)",
    scan: "SELECT id, entries, encoding, recorded_at, clock_at, made_by, verb, program, prev, hash FROM batch ORDER BY id",
    newest: "SELECT id, recorded_at, hash FROM batch ORDER BY id DESC LIMIT 1",
    of: "SELECT 1 FROM batch WHERE id = :id",
    bury: "",
    children: &[&BATCH_PART],
};
row!(BatchRow { id, entries, encoding, recorded_at, clock_at, made_by, verb, program });

table! {
    /// What a batch wrote, by table.
    child BATCH_PART, BatchPartRow = 220 "batch_part" of "batch" by "batch, kind" {
        0 batch, 1 kind, 2 first, 3 entries,
    }
}

/// The office as it is hashed: the chain's first link.
pub(super) static OFFICE: Table = Table {
    code: 101,
    name: "office",
    columns: &["slot", "genesis", "code", "title", "zone", "created_at"],
    tags: &[0, 1, 2, 3, 4, 5],
    insert: "INSERT INTO office (slot, genesis, code, title, zone, created_at)
VALUES (:slot, :genesis, :code, :title, :zone, :created_at)",
    scan: "SELECT slot, genesis, code, title, zone, created_at FROM office ORDER BY slot",
    newest: "",
    of: "SELECT slot, genesis, code, title, zone, created_at FROM office WHERE slot = 0",
    bury: "",
    children: &[],
};
row!(OfficeRow { slot, genesis, code, title, zone, created_at });

const LOG: &str = "SELECT batch.id, batch.recorded_at, batch.clock_at, batch.made_by, batch.verb, batch.program,
  batch.entries, batch.hash, undone_by.batch, undoes.undone, undoes.why
FROM batch
LEFT JOIN undo AS undone_by ON undone_by.undone = batch.id
LEFT JOIN undo AS undoes ON undoes.batch = batch.id
ORDER BY batch.id";
const PARTS: &str = "SELECT kind, first, entries FROM batch_part WHERE batch = :batch ORDER BY first";

/// The end of the chain.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tip {
    /// The newest batch.
    pub(super) batch: Option<Id>,
    /// When it was recorded; before any batch, when the office was made.
    pub(super) recorded_at: i64,
    /// Its hash; before any batch, the office's.
    pub(super) hash: Hash,
}

/// What a batch wrote into one table.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) table: &'static Table,
    pub(super) first: Id,
    pub(super) entries: i64,
    hashes: Sha256,
}

impl Part {
    pub(super) fn new(table: &'static Table, first: Id) -> Self {
        Self { table, first, entries: 0, hashes: Sha256::new() }
    }

    pub(super) fn add(&mut self, hash: &Hash) {
        self.entries += 1;
        self.hashes.update(hash);
    }

    /// The hash of what was written: SHA-256 over the hash of every entry, in the order of their ids.
    fn hash(&self) -> Hash {
        self.hashes.clone().finalize().into()
    }

    fn cells(&self, batch: Id) -> [Cell<'static>; 4] {
        BatchPartRow {
            batch: batch.into(),
            kind: self.table.name.into(),
            first: self.first.into(),
            entries: self.entries.into(),
        }
        .cells()
    }
}

/// The hash of a batch: SHA-256 over the previous hash, the header with its parts, and the hash of each part, parts in
/// the order of their names. A part's is SHA-256 over the hash of every entry, in the order of their ids.
pub(super) fn batch_hash<'a>(
    prev: &Hash,
    header: &BatchRow<'_>,
    parts: impl Iterator<Item = ([Cell<'a>; 4], Hash)>,
) -> Hash {
    let mut encoder = Encoder::default();
    encoder.begin(&BATCH, &header.cells());
    let mut hashes = Vec::new();
    for (cells, hash) in parts {
        encoder.child(&BATCH_PART, &cells);
        hashes.extend_from_slice(&hash);
    }
    Sha256::new().chain_update(prev).chain_update(encoder.bytes()).chain_update(hashes).finalize().into()
}

/// The hash that stands before the first batch.
pub(super) fn office_hash(row: &OfficeRow<'_>) -> Hash {
    let mut encoder = Encoder::default();
    encoder.begin(&OFFICE, &row.cells());
    encoder.hash()
}

/// Makes the office.
pub(super) fn found(conn: &Connection, office: &Office, now: i64) -> Result<()> {
    let mut genesis = [0_u8; 16];
    getrandom::fill(&mut genesis)
        .map_err(|error| Error::new(crate::error::Kind::Io, "the system gave no random bytes").caused_by(error))?;
    let zone = office.zone.to_string();
    conn.execute(
        OFFICE.insert,
        named_params! { ":slot": 0, ":genesis": genesis, ":code": office.code, ":title": office.title, ":zone": zone,
        ":created_at": now },
    )?;
    Ok(())
}

/// The ledger's own office.
pub(super) fn office(conn: &Connection) -> Result<Option<Office>> {
    let mut select = conn.prepare(OFFICE.of)?;
    let mut rows = select.query([])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let row = OfficeRow::read(row)?;
    Ok(Some(Office {
        code: row.code.text()?.to_owned(),
        title: row.title.text()?.to_owned(),
        zone: row.zone.word::<Zone>()?,
    }))
}

/// The end of the chain.
pub(super) fn tip(conn: &Connection) -> Result<Tip> {
    let mut select = conn.prepare_cached(BATCH.newest)?;
    let newest = select
        .query_row([], |row| Ok(Tip { batch: Some(Id(row.get(0)?)), recorded_at: row.get(1)?, hash: row.get(2)? }));
    if let Some(tip) = newest.optional()? {
        return Ok(tip);
    }
    let mut select = conn.prepare(OFFICE.of)?;
    let mut rows = select.query([])?;
    let row = OfficeRow::read(rows.next()?.ok_or_else(unreadable)?)?;
    Ok(Tip { batch: None, recorded_at: row.created_at.int()?, hash: office_hash(&row) })
}

/// Closes a batch: writes its header and what it wrote by table. Returns its hash and the number of entries.
pub(super) fn close<'a>(
    conn: &Connection,
    tip: &Tip,
    batch: Id,
    stamp: &Stamp,
    parts: impl Iterator<Item = &'a Part> + Clone,
) -> Result<u64> {
    let entries: i64 = parts.clone().map(|part| part.entries).sum();
    let header = BatchRow {
        id: batch.into(),
        entries: entries.into(),
        encoding: VERSION.into(),
        recorded_at: stamp.now.max(tip.recorded_at).into(),
        clock_at: stamp.now.into(),
        made_by: stamp.made_by.as_deref().into(),
        verb: stamp.verb.into(),
        program: PROGRAM.into(),
    };
    // Parts are hashed in the order in which they are read again, by name.
    let mut parts: Vec<_> = parts.collect();
    parts.sort_by_key(|part| part.table.name);
    let hash = batch_hash(&tip.hash, &header, parts.iter().map(|part| (part.cells(batch), part.hash())));
    conn.execute(
        BATCH.insert,
        named_params! { ":id": header.id, ":prev": tip.hash, ":hash": hash, ":entries": header.entries,
        ":encoding": header.encoding, ":recorded_at": header.recorded_at, ":clock_at": header.clock_at,
        ":made_by": header.made_by, ":verb": header.verb, ":program": header.program },
    )?;
    let mut insert = conn.prepare(BATCH_PART.insert)?;
    for part in parts {
        insert.execute(rusqlite::params_from_iter(part.cells(batch)))?;
    }
    Ok(entries.unsigned_abs())
}

/// A batch as `log` lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// Its number.
    pub number: Number,
    /// When it was recorded, UTC seconds; never before the batch before.
    pub recorded_at: i64,
    /// What the machine's clock said then.
    pub clock_at: i64,
    /// Self-declared.
    pub made_by: Option<String>,
    /// The verb that wrote it.
    pub verb: String,
    /// Name and version of the program.
    pub program: String,
    /// Entries in it.
    pub entries: u64,
    /// Of which kinds.
    pub parts: Vec<(EntryKind, u64)>,
    /// Its hash in hexadecimal.
    pub hash: String,
    /// The batch that took it back.
    pub undone_by: Option<Number>,
    /// The batch it took back, and why.
    pub undoes: Option<(Number, Option<String>)>,
}

/// All batches, in order.
pub(super) fn log(conn: &Connection) -> Result<Vec<Logged>> {
    let mut select = conn.prepare(LOG)?;
    let mut rows = select.query([])?;
    let mut log = Vec::new();
    while let Some(row) = rows.next()? {
        log.push(logged(conn, row)?);
    }
    Ok(log)
}

fn logged(conn: &Connection, row: &Row<'_>) -> Result<Logged> {
    let cell = |n| row.get_ref(n).map(Cell::from);
    let id = cell(0)?.id()?;
    let parts = parts(conn, id)?.into_iter().map(|(kind, _, entries)| (kind, entries.unsigned_abs())).collect();
    let number = |id: Id| Number::own(NumberKind::Batch, id.number());
    let why = cell(10)?.owned()?;
    Ok(Logged {
        number: number(id),
        recorded_at: cell(1)?.int()?,
        clock_at: cell(2)?.int()?,
        made_by: cell(3)?.owned()?,
        verb: cell(4)?.text()?.to_owned(),
        program: cell(5)?.text()?.to_owned(),
        entries: cell(6)?.int()?.unsigned_abs(),
        parts,
        hash: super::encoding::hex(cell(7)?.bytes()?),
        undone_by: cell(8)?.maybe_id()?.map(number),
        undoes: cell(9)?.maybe_id()?.map(|undone| (number(undone), why)),
    })
}

/// What a batch wrote: kind, first id, entries.
pub(super) fn parts(conn: &Connection, batch: Id) -> Result<Vec<(EntryKind, i64, i64)>> {
    let mut select = conn.prepare_cached(PARTS)?;
    let mut rows = select.query(named_params! { ":batch": batch.0 })?;
    let mut parts = Vec::new();
    while let Some(row) = rows.next()? {
        let cell = |n| row.get_ref(n).map(Cell::from);
        parts.push((cell(0)?.word()?, cell(1)?.int()?, cell(2)?.int()?));
    }
    Ok(parts)
}

/// Whether there is such a batch.
pub(super) fn is_batch(conn: &Connection, batch: Id) -> Result<bool> {
    Ok(conn.prepare_cached(BATCH.of)?.exists(named_params! { ":id": batch.0 })?)
}
