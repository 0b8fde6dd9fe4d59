//! D: live claims as reports count them, names resolved, packed by the thousand: a report reads a million of them at
//! once instead of gathering each from seven tables.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, named_params};

use crate::error::Result;
use crate::model::{Id, Point};
use crate::reconcile::{Fact, Incident, Moment, Status};

use super::cursor::Run;
use super::packed::Packed as _;
use super::table::unreadable;
use super::{Counted, concluded, packed};

const CLEAR: &str = "DELETE FROM counted";
const FORGET: &str = "DELETE FROM counted WHERE chunk = :chunk";
const KEEP: &str = "INSERT INTO counted (chunk, claims) VALUES (:chunk, :claims)
  ON CONFLICT (chunk) DO UPDATE SET claims = excluded.claims";
const ONE: &str = "SELECT claims FROM counted WHERE chunk = :chunk";
const RANGE: &str = "SELECT claims FROM counted WHERE chunk BETWEEN :first AND :last ORDER BY chunk";
const MEMBERS: &str =
    "SELECT claim, statement, incident FROM membership WHERE claim BETWEEN :first AND :last ORDER BY claim";
const INCIDENTS: &str = "SELECT id, alleged, denied, mutual, acknowledged, corroborated, contradicted, figures_differ,
  lo, hi, grain, extent, lat_e7, lon_e7 FROM incident WHERE id BETWEEN :first AND :last ORDER BY id";

/// The chunk a claim stands in: so many that a report reads few rows, and so few that a write rewrites little.
const fn chunk(claim: Id) -> i64 {
    const BITS: u32 = 10;
    claim.0 >> BITS
}

/// How an incident stands, kept with its first claim.
pub(super) type Stand = (Status, Option<Moment>, Option<Point>);

/// What is concluded about a claim.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Conclusion {
    pub(super) statement: Id,
    pub(super) incident: Option<Id>,
    /// Of the incident that has this claim's number.
    pub(super) stand: Option<Stand>,
}

/// A claim as it stands in a chunk: what can be told without unpacking it, and the rest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Entry<'a> {
    pub(super) claim: Id,
    pub(super) concluded: Conclusion,
    body: &'a [u8],
}

impl<'a> Entry<'a> {
    fn pack(&self, out: &mut Vec<u8>) {
        let Conclusion { statement, incident, stand } = self.concluded;
        self.claim.pack(out);
        statement.pack(out);
        incident.pack(out);
        stand.pack(out);
        self.body.len().pack(out);
        out.extend_from_slice(self.body);
    }

    fn unpack(from: &mut &'a [u8]) -> Option<Self> {
        let claim = Id::unpack(from)?;
        let (statement, incident, stand) =
            (Id::unpack(from)?, <Option<Id>>::unpack(from)?, <Option<Stand>>::unpack(from)?);
        let length = usize::unpack(from)?;
        let (body, rest) = from.split_at_checked(length)?;
        *from = rest;
        Some(Self { claim, concluded: Conclusion { statement, incident, stand }, body })
    }

    /// The claim in full.
    pub(super) fn counted(&self) -> Result<Counted> {
        let unpacked = self.unpacked(Fact::unpack).filter(|(_, left)| left.is_empty());
        unpacked.map(|(counted, _)| counted).ok_or_else(unreadable)
    }

    /// The claim without its lists: figures, losses, places, parties to a truce.
    pub(super) fn plain(&self) -> Result<Counted> {
        self.unpacked(packed::plain).map(|(plain, _)| plain).ok_or_else(unreadable)
    }

    /// The claim and the bytes that are left.
    fn unpacked(&self, fact: fn(&mut &'a [u8]) -> Option<Fact>) -> Option<(Counted, &'a [u8])> {
        let mut from = self.body;
        let (batch, draft) = (Id::unpack(&mut from)?, bool::unpack(&mut from)?);
        let Conclusion { statement, incident, .. } = self.concluded;
        Some((Counted { fact: fact(&mut from)?, batch, draft, statement, incident }, from))
    }
}

/// What of a claim does not depend on conclusions.
fn pack(counted: &Counted, out: &mut Vec<u8>) {
    counted.batch.pack(out);
    counted.draft.pack(out);
    counted.fact.pack(out);
}

/// What is kept of conclusions about a range of claims, taken claim by claim.
struct Conclusions {
    members: Run<(Id, Option<Id>)>,
    incidents: Run<Stand>,
}

impl Conclusions {
    fn load(conn: &Connection, range: (Id, Id)) -> Result<Self> {
        let range = (range.0.0, range.1.0);
        Ok(Self {
            members: Run::load(conn, MEMBERS, range, |row| {
                Ok((Id(row.get(1)?), row.get::<_, Option<i64>>(2)?.map(Id)))
            })?,
            incidents: Run::load(conn, INCIDENTS, range, |row| {
                concluded::incident(row).map(|Incident { status, when, point, .. }| (status, when, point))
            })?,
        })
    }

    /// Claims are asked for in order.
    fn of(&mut self, claim: Id) -> Conclusion {
        let (statement, incident) = self.members.of(claim.0).pop().unwrap_or((claim, None));
        Conclusion { statement, incident, stand: self.incidents.of(claim.0).pop() }
    }
}

/// Claims on their way into the table, while nothing is concluded about them yet.
#[derive(Debug, Default)]
pub(super) struct Packer {
    /// The claims, ascending, each with where its bytes end.
    claims: Vec<(Id, usize)>,
    bytes: Vec<u8>,
}

impl Packer {
    /// Takes the next claim: they come by id.
    pub(super) fn add(&mut self, counted: &Counted) {
        pack(counted, &mut self.bytes);
        self.claims.push((counted.fact.id, self.bytes.len()));
    }

    /// Packs them with what is concluded about each, asked for by id.
    pub(super) fn conclude(&self, mut concluded: impl FnMut(Id) -> Conclusion) -> Chunks {
        let (mut from, mut chunks) = (0, Vec::new());
        for claims in self.claims.chunk_by(|(a, _), (b, _)| chunk(*a) == chunk(*b)) {
            let Some((first, _)) = claims.first() else { continue };
            let mut packed = Vec::new();
            for &(claim, end) in claims {
                let body = self.bytes.get(from..end).unwrap_or_default();
                Entry { claim, concluded: concluded(claim), body }.pack(&mut packed);
                from = end;
            }
            chunks.push((chunk(*first), packed));
        }
        Chunks(chunks)
    }
}

/// All live claims, packed.
#[derive(Debug)]
pub(super) struct Chunks(Vec<(i64, Vec<u8>)>);

impl Chunks {
    /// Keeps them instead of what is there.
    pub(super) fn keep(self, conn: &Connection) -> Result<()> {
        conn.execute(CLEAR, [])?;
        let mut keep = conn.prepare_cached(KEEP)?;
        for (chunk, claims) in self.0 {
            keep.execute(named_params! { ":chunk": chunk, ":claims": claims })?;
        }
        Ok(())
    }
}

/// Packs some claims anew: those that are live, as they and the conclusions about them stand now; the others go.
pub(super) fn refresh(conn: &Connection, claims: &BTreeSet<Id>, live: &[Counted]) -> Result<()> {
    let mut by_chunk: BTreeMap<i64, Changed> = BTreeMap::new();
    for claim in claims {
        by_chunk.entry(chunk(*claim)).or_default().insert(*claim, None);
    }
    for counted in live {
        let claim = counted.fact.id;
        let mut body = Vec::new();
        pack(counted, &mut body);
        let concluded = Conclusions::load(conn, (claim, claim))?.of(claim);
        by_chunk.entry(chunk(claim)).or_default().insert(claim, Some((concluded, body)));
    }
    by_chunk.iter().try_for_each(|(at, changed)| splice(conn, *at, changed))
}

/// Claims of a chunk that changed, as they are now; `None`: gone.
type Changed = BTreeMap<Id, Option<(Conclusion, Vec<u8>)>>;

fn splice(conn: &Connection, at: i64, changed: &Changed) -> Result<()> {
    let before: Option<Vec<u8>> =
        conn.prepare_cached(ONE)?.query_row(named_params! { ":chunk": at }, |row| row.get(0)).optional()?;
    let before = before.unwrap_or_default();
    let mut entries = BTreeMap::new();
    let mut from = before.as_slice();
    while !from.is_empty() {
        let entry = Entry::unpack(&mut from).ok_or_else(unreadable)?;
        entries.insert(entry.claim, entry);
    }
    for (&claim, now) in changed {
        match now {
            Some((concluded, body)) => drop(entries.insert(claim, Entry { claim, concluded: *concluded, body })),
            None => drop(entries.remove(&claim)),
        }
    }
    let mut packed = Vec::with_capacity(before.len());
    for entry in entries.values() {
        entry.pack(&mut packed);
    }
    if packed.is_empty() {
        conn.prepare_cached(FORGET)?.execute(named_params! { ":chunk": at })?;
    } else if packed != before {
        conn.prepare_cached(KEEP)?.execute(named_params! { ":chunk": at, ":claims": packed })?;
    }
    Ok(())
}

/// The claims of a range of ids, as they are packed.
#[derive(Debug)]
pub(super) struct Packed {
    range: (i64, i64),
    bytes: Vec<u8>,
}

impl Packed {
    /// Reads them, where the derived tables are fresh.
    pub(super) fn load(conn: &Connection, range: (i64, i64)) -> Result<Self> {
        let mut select = conn.prepare_cached(RANGE)?;
        let (first, last) = (chunk(Id(range.0)), chunk(Id(range.1)));
        let mut rows = select.query(named_params! { ":first": first, ":last": last })?;
        let mut bytes = Vec::new();
        while let Some(row) = rows.next()? {
            let ValueRef::Blob(claims) = row.get_ref(0)? else { return Err(unreadable()) };
            bytes.extend_from_slice(claims);
        }
        Ok(Self { range, bytes })
    }

    /// Hands each of them over, by id.
    pub(super) fn each<'a>(&'a self, mut take: impl FnMut(Entry<'a>) -> Result<()>) -> Result<()> {
        let mut from = self.bytes.as_slice();
        while !from.is_empty() {
            let entry = Entry::unpack(&mut from).ok_or_else(unreadable)?;
            if (self.range.0..=self.range.1).contains(&entry.claim.0) {
                take(entry)?;
            }
        }
        Ok(())
    }
}
