//! D: idempotency keys, which make writing twice the same as writing once.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use rusqlite::{Connection, OptionalExtension, named_params};

use crate::error::Result;
use crate::model::Id;

use super::claim::CLAIM;

/// Sixteen bytes of a SHA-256.
pub(super) type Key = [u8; 16];

const GIVE: &str = "INSERT INTO seen (key, kind, entry) VALUES (:key, :kind, :entry)";
const GIVE_IF_FREE: &str =
    "INSERT INTO seen (key, kind, entry) VALUES (:key, :kind, :entry) ON CONFLICT (key) DO NOTHING";
const ENTRY: &str = "SELECT entry FROM seen WHERE key = :key";
const POINT: &str = "INSERT INTO seen (key, kind, entry) VALUES (:key, :kind, :entry)
  ON CONFLICT (key) DO UPDATE SET entry = excluded.entry";
const ALL: &str = "SELECT key FROM seen";
const KEYS: &str = "SELECT key, kind, entry FROM seen ORDER BY key";
const FREE: &str = "DELETE FROM seen WHERE key = :key";

/// A kind of row that has keys, in the order in which keys are given.
struct Keyed {
    kind: &'static str,
    /// Keys and ids of the rows that have one, by id. Undone rows and withdrawn drafts give theirs up.
    rows: &'static str,
    /// Whether of several rows of one key the latest holds it, rather than the first.
    latest: bool,
}

const KEYED: [Keyed; 3] = [
    Keyed {
        kind: "dispatch",
        rows: "SELECT natural_key, id FROM dispatch
WHERE NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'dispatch' AND dead.id = dispatch.id AND cause = 'undone')
ORDER BY id",
        latest: false,
    },
    Keyed {
        kind: "claim",
        rows: "SELECT coalesce(ref_key, content_key), id FROM claim
WHERE NOT EXISTS (SELECT 1 FROM dead
  WHERE dead.kind = 'claim' AND dead.id = claim.id AND cause IN ('undone', 'withdrawn'))
ORDER BY id",
        latest: true,
    },
    Keyed {
        kind: "truce",
        rows: "SELECT natural_key, id FROM truce
WHERE NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'truce' AND dead.id = truce.id AND cause = 'undone')
ORDER BY id",
        latest: true,
    },
];

/// Who holds a key.
#[derive(Debug, Clone, Copy)]
struct Holder {
    key: Key,
    /// Its place in [`KEYED`].
    kind: usize,
    entry: i64,
}

/// Who holds each key, by key.
fn holders(conn: &Connection) -> Result<Vec<Holder>> {
    let mut all = Vec::new();
    for (kind, keyed) in KEYED.iter().enumerate() {
        let mut select = conn.prepare_cached(keyed.rows)?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            all.push(Holder { key: row.get(0)?, kind, entry: row.get(1)? });
        }
    }
    all.sort_by_key(|holder| holder.key);
    let one = |same: &[Holder]| {
        let first = *same.first()?;
        let latest = KEYED.get(first.kind).is_some_and(|keyed| keyed.latest);
        Some(Holder { entry: if latest { same.last()?.entry } else { first.entry }, ..first })
    };
    Ok(all.chunk_by(|a, b| a.key == b.key).filter_map(one).collect())
}

/// Gives every key to the row that holds it, and writes only what differs.
pub(super) fn remake(conn: &Connection) -> Result<()> {
    let holders = holders(conn)?;
    let (mut freed, mut given) = (Vec::new(), Vec::new());
    let mut rest = holders.iter().peekable();
    let mut select = conn.prepare_cached(KEYS)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let key: Key = row.get(0)?;
        while let Some(new) = rest.next_if(|holder| holder.key < key) {
            given.push(new);
        }
        match rest.next_if(|holder| holder.key == key) {
            None => freed.push(key),
            Some(holder) => {
                let kind = KEYED.get(holder.kind).map(|keyed| keyed.kind);
                if row.get_ref(1)?.as_str().ok() != kind || row.get::<_, i64>(2)? != holder.entry {
                    freed.push(key);
                    given.push(holder);
                }
            }
        }
    }
    given.extend(rest);
    for key in freed {
        conn.prepare_cached(FREE)?.execute(named_params! { ":key": key })?;
    }
    let mut give = conn.prepare_cached(GIVE)?;
    for Holder { key, kind, entry } in given {
        let kind = KEYED.get(*kind).map(|keyed| keyed.kind);
        give.execute(named_params! { ":key": key, ":kind": kind, ":entry": entry })?;
    }
    Ok(())
}

/// Gives a key to a new row, unless another has it: then that one's id.
pub(super) fn give_if_free(conn: &Connection, key: &Key, kind: &str, entry: Id) -> Result<Option<Id>> {
    let params = named_params! { ":key": key, ":kind": kind, ":entry": entry.0 };
    if conn.prepare_cached(GIVE_IF_FREE)?.execute(params)? == 1 { Ok(None) } else { holder(conn, key) }
}

/// The row that has a key.
pub(super) fn holder(conn: &Connection, key: &Key) -> Result<Option<Id>> {
    let mut select = conn.prepare_cached(ENTRY)?;
    Ok(select.query_row(named_params! { ":key": key }, |row| row.get(0)).optional()?.map(Id))
}

/// Lets a key lead to another row from now on.
pub(super) fn point(conn: &Connection, key: &Key, kind: &str, entry: Id) -> Result<()> {
    let params = named_params! { ":key": key, ":kind": kind, ":entry": entry.0 };
    conn.prepare_cached(POINT)?.execute(params)?;
    Ok(())
}

/// The keys of claims during a batch. New ones wait here and go into the table many at a time in their order: one by one
/// they would go all over it.
#[derive(Debug, Default)]
pub(super) struct ClaimKeys {
    waiting: HashMap<Key, Id, FixedState>,
    /// How many keys were looked for in the table.
    asked: u32,
    sieve: Option<Sieve>,
}

impl ClaimKeys {
    /// How many keys may wait.
    const WAITING: usize = 900_000;
    /// After so many looks into the table it pays to know what is not in it.
    const LOOKS: u32 = 1_000;

    /// The claim that has a key.
    pub(super) fn holder(&mut self, conn: &Connection, key: &Key) -> Result<Option<Id>> {
        if let Some(entry) = self.waiting.get(key) {
            return Ok(Some(*entry));
        }
        if self.asked == Self::LOOKS {
            self.sieve = Some(Sieve::of(conn)?);
        }
        self.asked = self.asked.saturating_add(1);
        if self.sieve.as_ref().is_some_and(|sieve| !sieve.may_hold(key)) {
            return Ok(None);
        }
        holder(conn, key)
    }

    /// Gives a key that nobody has to a new claim.
    pub(super) fn give(&mut self, conn: &Connection, key: Key, entry: Id) -> Result<()> {
        self.waiting.insert(key, entry);
        if self.waiting.len() < Self::WAITING { Ok(()) } else { self.store(conn) }
    }

    /// Lets a key lead to another claim from now on.
    pub(super) fn point(&mut self, conn: &Connection, key: Key, entry: Id) -> Result<()> {
        if let Some(waiting) = self.waiting.get_mut(&key) {
            *waiting = entry;
            return Ok(());
        }
        point(conn, &key, CLAIM.name, entry)
    }

    /// Puts what waits into the table.
    pub(super) fn store(&mut self, conn: &Connection) -> Result<()> {
        let mut waiting: Vec<(Key, Id)> = self.waiting.drain().collect();
        waiting.sort_unstable();
        let mut give = conn.prepare_cached(GIVE)?;
        for (key, entry) in waiting {
            give.execute(named_params! { ":key": key, ":kind": CLAIM.name, ":entry": entry.0 })?;
            if let Some(sieve) = &mut self.sieve {
                sieve.add(&key);
            }
        }
        Ok(())
    }
}

/// What is surely not in a set of keys: a bit for every value of some of their own bits, which are random.
#[derive(Debug)]
struct Sieve(Vec<u64>);

impl Sieve {
    /// As many bits of a key count. Of a million keys one in seventy that is not there seems to be, of ten million one in
    /// seven.
    const BITS: u32 = 26;

    fn of(conn: &Connection) -> Result<Self> {
        let mut sieve = Self(vec![0; 1 << (Self::BITS - 6)]);
        let mut select = conn.prepare(ALL)?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            sieve.add(&row.get(0)?);
        }
        Ok(sieve)
    }

    /// The word and the bit of a key.
    fn place([a, b, c, d, ..]: &Key) -> (usize, u64) {
        let bits = u32::from_be_bytes([*a, *b, *c, *d]) >> (32 - Self::BITS);
        (bits as usize >> 6, 1 << (bits & 63))
    }

    fn add(&mut self, key: &Key) {
        let (word, bit) = Self::place(key);
        if let Some(word) = self.0.get_mut(word) {
            *word |= bit;
        }
    }

    fn may_hold(&self, key: &Key) -> bool {
        let (word, bit) = Self::place(key);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }
}
