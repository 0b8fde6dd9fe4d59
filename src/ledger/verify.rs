//! Walking the chain: every entry is encoded and hashed again and compared with what was written.

use std::collections::HashSet;

use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::{Connection, Row, Rows, Statement};
use sha2::{Digest, Sha256};

use crate::error::Result;
use crate::model::{Id, Number, NumberKind};

use super::body::{BODY, BodyRow, salted};
use super::chain::{BATCH, BATCH_PART, BatchPartRow, BatchRow, OFFICE, OfficeRow, batch_hash, office_hash};
use super::encoding::{Encoder, Hash, hex, seal};
use super::file::SCHEMA;
use super::table::{Cell, Table};
use super::{TABLES, Verdict};

const REDACTED: &str = "SELECT body FROM redaction";
const QUICK_CHECK: &str = "PRAGMA quick_check(1)";
const OBJECTS: &str = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name";

/// What differs, in words.
type Fault = String;

/// Checks the chain, then the file's structure, then that nothing guards it less than it should.
pub(super) fn verify(conn: &Connection) -> Result<Verdict> {
    let mut verdict = Verdict { batches: 0, entries: 0, head: String::new(), emptied: 0, fault: None };
    let walked = walk(conn, &mut verdict);
    verdict.fault = match walked {
        Ok(fault) => fault,
        // A page that cannot be read: SQLite says more of where.
        Err(error) => Some(structure(conn).ok().flatten().unwrap_or_else(|| error.to_string())),
    };
    if verdict.fault.is_none() {
        verdict.fault = structure(conn)?;
    }
    if verdict.fault.is_none() {
        verdict.fault = schema(conn)?;
    }
    Ok(verdict)
}

fn structure(conn: &Connection) -> Result<Option<Fault>> {
    let found: String = conn.query_row(QUICK_CHECK, [], |row| row.get(0))?;
    Ok((found != "ok").then(|| format!("the file's structure: {found}")))
}

/// The first table, trigger, index or view that is not as this program makes it.
fn schema(conn: &Connection) -> Result<Option<Fault>> {
    let model = Connection::open_in_memory()?;
    model.execute_batch(SCHEMA)?;
    let (ours, theirs) = (objects(&model)?, objects(conn)?);
    let of = |objects: &[(String, String, String)], object: &(String, String, String)| objects.contains(object);
    let lost = ours.iter().find(|object| !of(&theirs, object)).map(|object| (object, "is missing or was changed"));
    let foreign = || theirs.iter().find(|object| !of(&ours, object)).map(|object| (object, "is not this program's"));
    Ok(lost.or_else(foreign).map(|((kind, name, _), what)| format!("the {kind} `{name}` {what}")))
}

fn objects(conn: &Connection) -> Result<Vec<(String, String, String)>> {
    let mut select = conn.prepare(OBJECTS)?;
    let objects = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(objects.collect::<Result<_, _>>()?)
}

/// Reading one table in key order.
struct Cursor<'s> {
    table: &'static Table,
    rows: Rows<'s>,
    next: i64,
}

impl Cursor<'_> {
    fn key(&self) -> rusqlite::Result<Option<i64>> {
        self.rows.get().map(|row| row.get(0)).transpose()
    }
}

fn walk(conn: &Connection, verdict: &mut Verdict) -> Result<Option<Fault>> {
    let tables = TABLES.iter().copied().chain(TABLES.iter().flat_map(|table| table.children.iter().copied()));
    let mut statements: Vec<(&'static Table, Statement<'_>)> =
        tables.map(|table| Ok((table, conn.prepare(table.scan)?))).collect::<Result<_>>()?;
    let mut cursors = Vec::new();
    for (table, statement) in &mut statements {
        let mut rows = statement.query([])?;
        rows.advance()?;
        cursors.push(Cursor { table, rows, next: 1 });
    }
    let mut walker = Walker { cursors, encoder: Encoder::default(), emptied: Vec::new() };
    if let Some(fault) = walker.chain(conn, verdict)? {
        return Ok(Some(fault));
    }
    if let Some(fault) = walker.leftover()? {
        return Ok(Some(fault));
    }
    verdict.emptied = walker.emptied.len() as u64;
    unredacted(conn, &walker.emptied)
}

/// The first body that is empty without a redaction that says why.
fn unredacted(conn: &Connection, emptied: &[(i64, String)]) -> Result<Option<Fault>> {
    let redacted: HashSet<i64> = conn.prepare(REDACTED)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let first = emptied.iter().find(|(id, _)| !redacted.contains(id));
    Ok(first.map(|(_, name)| format!("{name} was emptied without a redaction")))
}

struct Walker<'s> {
    cursors: Vec<Cursor<'s>>,
    encoder: Encoder,
    /// Bodies without content: id, and what people call them.
    emptied: Vec<(i64, String)>,
}

impl Walker<'_> {
    fn chain(&mut self, conn: &Connection, verdict: &mut Verdict) -> Result<Option<Fault>> {
        let mut select = conn.prepare(OFFICE.of)?;
        let mut rows = select.query([])?;
        let Some(row) = rows.next()? else { return Ok(Some("the office is missing".to_owned())) };
        let mut prev = office_hash(&OfficeRow::read(row)?);
        verdict.head = hex(&prev);
        let mut select = conn.prepare(BATCH.scan)?;
        let mut rows = select.query([])?;
        let mut parts = conn.prepare(BATCH_PART.of)?;
        while let Some(row) = rows.next()? {
            let batch = verdict.batches + 1;
            let header = BatchRow::read(row)?;
            let name = format!("batch B{batch}");
            if header.id != Cell::Int(i64::try_from(batch).unwrap_or(i64::MAX)) {
                return Ok(Some(format!("{name} is missing")));
            }
            if row.get_ref(8)?.as_blob().ok() != Some(&prev) {
                let before = if batch == 1 { "the office".to_owned() } else { format!("batch B{}", batch - 1) };
                return Ok(Some(format!("{name} does not follow {before} as it stands: one of them was changed")));
            }
            let mut hashed = Vec::new();
            let mut wrote = parts.query([header.id])?;
            while let Some(part) = wrote.next()? {
                let part = BatchPartRow::read(part)?;
                let hash = match self.part(&name, header.id, &part)? {
                    Ok(hash) => hash,
                    Err(fault) => return Ok(Some(fault)),
                };
                verdict.entries += part.entries.int()?.unsigned_abs();
                hashed.push((fixed(part.first), fixed(part.entries), part.kind.text()?.to_owned(), hash));
            }
            let cells = hashed.iter().map(|(first, entries, kind, hash)| {
                let row =
                    BatchPartRow { batch: header.id, kind: kind.as_str().into(), first: *first, entries: *entries };
                (row.cells(), *hash)
            });
            let hash = batch_hash(&prev, &header, cells);
            if row.get_ref(9)?.as_blob().ok() != Some(&hash) {
                return Ok(Some(format!("{name}: its header or the list of what it wrote was changed")));
            }
            prev = hash;
            verdict.batches = batch;
            verdict.head = hex(&prev);
        }
        Ok(None)
    }

    /// The hash of what a batch wrote into one table, or what differs.
    fn part(&mut self, batch: &str, id: Cell<'_>, part: &BatchPartRow<'_>) -> Result<Result<Hash, Fault>> {
        let changed = || Ok(Err(format!("{batch}: the list of what it wrote was changed")));
        let (Cell::Text(kind), Cell::Int(first), Cell::Int(entries)) = (part.kind, part.first, part.entries) else {
            return changed();
        };
        let Some(at) = self.cursors.iter().position(|cursor| cursor.table.name == kind) else { return changed() };
        if self.cursors.get(at).is_none_or(|cursor| cursor.next != first) {
            return changed();
        }
        let mut hashes = Sha256::new();
        for entry in first..first.saturating_add(entries) {
            match self.entry(at, batch, id, entry)? {
                Ok(hash) => hashes.update(hash),
                Err(fault) => return Ok(Err(fault)),
            }
        }
        Ok(Ok(hashes.finalize().into()))
    }

    /// The hash of the next row of a table, or what differs.
    fn entry(&mut self, at: usize, batch: &str, batch_id: Cell<'_>, expected: i64) -> Result<Result<Hash, Fault>> {
        let Some(cursor) = self.cursors.get(at) else { return Ok(Err(batch.to_owned())) };
        let table = cursor.table;
        let missing = || Ok(Err(format!("{} of {batch} is missing", name(table, expected, None))));
        let Some(row) = cursor.rows.get() else { return missing() };
        let cells = cells_of(table, row)?;
        if cells.first() != Some(&Cell::Int(expected)) {
            return missing();
        }
        let named = name(table, expected, Some(&cells));
        if cells.get(1) != Some(&batch_id) {
            return Ok(Err(format!("{named} is not marked as written by {batch}")));
        }
        self.encoder.begin(table, &cells);
        let kept: Option<[u8; 8]> = row.get(cells.len()).ok();
        let content = if table.code == BODY.code { content(row)? } else { Content::Sound };
        for child in table.children {
            if let Some(fault) = self.children(child, expected, table)? {
                return Ok(Err(fault));
            }
        }
        let hash = self.encoder.hash();
        let sealed = kept.is_some_and(|kept| kept == seal(&hash));
        if !sealed || content == Content::Changed {
            return Ok(Err(format!("{named} of {batch} is not what was written")));
        }
        if content == Content::Emptied {
            self.emptied.push((expected, format!("{named} of {batch}")));
        }
        if let Some(cursor) = self.cursors.get_mut(at) {
            cursor.next += 1;
            cursor.rows.advance()?;
        }
        Ok(Ok(hash))
    }

    /// Adds the child rows of an entry to its encoding; or says what stands where none should.
    fn children(&mut self, child: &'static Table, parent: i64, of: &Table) -> Result<Option<Fault>> {
        let Some(cursor) = self.cursors.iter_mut().find(|cursor| cursor.table.code == child.code) else {
            return Ok(None);
        };
        while let Some(row) = cursor.rows.get() {
            let key: Option<i64> = row.get_ref(0)?.as_i64().ok();
            match key {
                Some(key) if key > parent => break,
                Some(key) if key == parent => {}
                _ => return Ok(Some(format!("a row of `{}` belongs to no {}", child.name, of.name))),
            }
            self.encoder.child(child, &cells_of(child, row)?);
            cursor.rows.advance()?;
        }
        Ok(None)
    }

    /// A row that no batch wrote.
    fn leftover(&self) -> Result<Option<Fault>> {
        for cursor in &self.cursors {
            if let Some(id) = cursor.key()? {
                let is_child = cursor.table.newest.is_empty();
                let row =
                    if is_child { format!("a row of `{}`", cursor.table.name) } else { name(cursor.table, id, None) };
                return Ok(Some(format!("{row} was written by no batch")));
            }
        }
        Ok(None)
    }
}

/// The content of a body against its hash.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    Sound,
    Emptied,
    Changed,
}

fn content(row: &Row<'_>) -> Result<Content> {
    let body = BodyRow::read(row)?;
    let content = match (body.text, body.bytes) {
        (Cell::Null, Cell::Null) => return Ok(Content::Emptied),
        (Cell::Text(text), Cell::Null) => text.as_bytes(),
        (Cell::Blob(bytes), Cell::Null) | (Cell::Null, Cell::Blob(bytes)) => bytes,
        _ => return Ok(Content::Changed),
    };
    let sound = matches!(body.salt, Cell::Blob(salt) if body.sha == Cell::Blob(&salted(salt, content)));
    Ok(if sound { Content::Sound } else { Content::Changed })
}

/// A number that outlives its row.
const fn fixed(cell: Cell<'_>) -> Cell<'static> {
    match cell {
        Cell::Int(n) => Cell::Int(n),
        _ => Cell::Null,
    }
}

fn cells_of<'r>(table: &Table, row: &'r Row<'_>) -> Result<Vec<Cell<'r>>> {
    Ok((0..table.columns.len()).map(|at| row.get_ref(at).map(Cell::from)).collect::<Result<_, _>>()?)
}

/// A row as people call it: "claim C17", "the quote of claim C5", "row 3 of `alias`".
fn name(table: &Table, id: i64, cells: Option<&[Cell<'_>]>) -> String {
    let number = |kind, id: i64| Number::own(kind, Id(id).number());
    if let Some((kind, _, word)) = NumberKind::ALL.iter().find(|(.., word)| *word == table.name) {
        return format!("{word} {}", number(*kind, id));
    }
    match cells {
        Some([_, _, Cell::Text(role @ ("quote" | "note")), Cell::Int(owner), ..]) if table.code == BODY.code => {
            format!("the {role} of claim {}", number(NumberKind::Claim, *owner))
        }
        Some([_, _, Cell::Text(role), Cell::Int(owner), ..]) if table.code == BODY.code => {
            format!("the {role} of dispatch {}", number(NumberKind::Dispatch, *owner))
        }
        _ => format!("row {id} of `{}`", table.name),
    }
}
