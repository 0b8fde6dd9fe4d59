//! The ledger: one SQLite file of append-only facts in hash-chained batches, and the derived tables made from them.
//!
//! Only this module knows SQL. Facts are never changed: a correction is a new row. Reading is from one transaction
//! ([`Snapshot`]); writing is one transaction, one batch ([`Batch`]), which either stands whole or leaves nothing.
//!
//! What the chain shows and what it does not: whoever knows an earlier head sees any change to what it covers, and
//! [`Ledger::verify`] names the row. Only a signature or a published head shows that the newest batches are missing or
//! that all of it was recomputed.

mod around;
mod batch;
mod body;
mod chain;
mod chosen;
mod claim;
mod claim_read;
mod claim_ready;
mod claim_rows;
mod claim_stream;
mod claim_write;
mod concluded;
mod concluded_write;
mod counted;
mod cursor;
mod decided;
mod decision;
mod derive;
mod dispatch;
mod encoding;
mod facts;
mod failure;
mod file;
mod filter;
mod history;
mod kept;
mod large;
mod migrate;
mod names;
mod outcome;
mod packed;
mod packed_tally;
mod party;
mod past;
mod place;
mod search;
mod seen;
mod snapshot;
mod source;
mod spoken;
mod table;
#[cfg(test)]
mod table_tests;
mod tallied;
mod time;
mod touched;
mod truce;
mod undo;
mod users;
mod verify;
mod writer;

use std::cell::Cell as Slot;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use crate::error::{Error, Result};
use crate::model::vocabulary::vocabulary;
use crate::model::{Id, Number, Zone};
use crate::reconcile::Fact;

pub use batch::Batch;
pub use chain::Logged;
pub use chosen::Chosen;
pub use claim_ready::{Known, Ready};
pub use claim_stream::AsWritten;
pub use decision::{LinkDecision, Verdict as Review};
pub use derive::Rebuilt;
pub use dispatch::Listed;
pub use filter::{Filter, Standing};
pub use history::{Event, History, ReadAt};
pub use names::UnknownActor;
pub use outcome::{Added, Provenance, Receipt, Undone};
pub use past::AsOf;
pub use search::{Field, Hit};
pub use snapshot::Snapshot;
pub use spoken::{Bounds, Spoken};

use file::Keeping;
use table::Table;

/// Every fact table whose rows are entries.
static TABLES: &[&Table] = &[
    &body::BODY,
    &body::REDACTION,
    &party::PARTY,
    &party::PARTY_TRAITS,
    &party::ALIAS,
    &place::PLACE,
    &place::PLACE_TRAITS,
    &place::PLACE_ALIAS,
    &source::SOURCE,
    &source::SOURCE_TRAITS,
    &dispatch::DISPATCH,
    &claim::CLAIM,
    &decision::ANSWER,
    &decision::RETRACTION,
    &decision::REVIEW,
    &decision::LINK,
    &truce::TRUCE,
    &undo::UNDO,
];

fn table_named(name: &str) -> Option<&'static Table> {
    TABLES.iter().copied().find(|table| table.name == name)
}

vocabulary! {
    /// What a batch can write, by the names of the tables.
    EntryKind, "kind of entry" {
        /// A text or run of bytes kept.
        Body = "body",
        /// A body emptied.
        Redaction = "redaction",
        /// A party.
        Party = "party",
        /// What a party is.
        PartyTraits = "party_traits",
        /// Another name of a party.
        Alias = "alias",
        /// A place.
        Place = "place",
        /// What and where a place is.
        PlaceTraits = "place_traits",
        /// Another name of a place.
        PlaceAlias = "place_alias",
        /// A source.
        Source = "source",
        /// What a source is.
        SourceTraits = "source_traits",
        /// A dispatch.
        Dispatch = "dispatch",
        /// A claim.
        Claim = "claim",
        /// A decision that one claim answers another.
        Answer = "answer",
        /// A claim taken back.
        Retraction = "retraction",
        /// A draft accepted or rejected.
        Review = "review",
        /// A decision that two claims are about the same event, or not.
        Link = "link",
        /// A truce or a version of it.
        Truce = "truce",
        /// A batch taken back.
        Undo = "undo",
    }
}

/// The desk a ledger belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Its code, two to twelve capital letters and digits: `KHI`.
    pub code: String,
    /// What reports print above it.
    pub title: String,
    /// The zone in which dates without one are read.
    pub zone: Zone,
}

/// Who writes, when and with what: the header of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The machine's clock, UTC seconds.
    pub now: i64,
    /// Self-declared (`--by`, `$TRUCEBOOK_BY`).
    pub made_by: Option<String>,
    /// The verb: `import`.
    pub verb: &'static str,
    /// Whether a clock behind the chain's head is taken all the same.
    pub clock_may_lag: bool,
}

/// A ledger file, open for reading or for reading and writing.
#[derive(Debug)]
pub struct Ledger {
    conn: Connection,
    path: PathBuf,
    office: Office,
    /// Snapshots that are open.
    readers: Slot<u32>,
    /// Whether a batch was committed, so that there is something to put into the one file.
    wrote: Slot<bool>,
}

impl Ledger {
    /// Makes a ledger in a new file. Refused where a file is.
    pub fn create(path: &Path, office: &Office, stamp: &Stamp) -> Result<Self> {
        let conn = file::create(path, office, stamp.now, Keeping::Safe)?;
        let ledger = Self::of(conn, path, office.clone());
        ledger.wrote();
        Ok(ledger)
    }

    /// Makes a ledger in a new file of which nothing is safe from a crash until [`Ledger::make_safe`]: much faster to fill,
    /// for a file that is to be thrown away if anything fails.
    pub fn create_unsafe(path: &Path, office: &Office, stamp: &Stamp) -> Result<Self> {
        let conn = file::create(path, office, stamp.now, Keeping::Later)?;
        Ok(Self::of(conn, path, office.clone()))
    }

    /// Makes safe what was written since [`Ledger::create_unsafe`], and closes the ledger.
    pub fn make_safe(self) -> Result<()> {
        file::keep_safe(&self.conn).map_err(|error| error.in_file(&self.path))?;
        let path = self.path.clone();
        drop(self);
        file::sync(&path)
    }

    /// Makes a ledger that lives as long as the process: for dry runs and for reports without a file.
    pub fn create_in_memory(office: &Office, stamp: &Stamp) -> Result<Self> {
        let conn = file::create_in_memory(office, stamp.now)?;
        Ok(Self::of(conn, Path::new(":memory:"), office.clone()))
    }

    /// Opens for reading; leaves no files behind.
    pub fn open_to_read(path: &Path, wait: Duration) -> Result<Self> {
        Self::opened(file::open_to_read(path, wait)?, path)
    }

    /// Opens for writing; waits so long for another writer.
    pub fn open_to_write(path: &Path, wait: Duration) -> Result<Self> {
        Self::opened(file::open_to_write(path, wait)?, path)
    }

    fn opened(conn: Connection, path: &Path) -> Result<Self> {
        let office = chain::office(&conn).map_err(|error| error.in_file(path))?;
        let office = office.ok_or_else(|| failure::no_ledger(path, "it belongs to no office"))?;
        Ok(Self::of(conn, path, office))
    }

    fn of(conn: Connection, path: &Path, office: Office) -> Self {
        Self { conn, path: path.to_owned(), office, readers: Slot::new(0), wrote: Slot::new(false) }
    }

    /// The office it belongs to.
    pub const fn office(&self) -> &Office {
        &self.office
    }

    /// A view that stays the same until it is dropped: one read transaction.
    pub fn snapshot(&self) -> Result<Snapshot<'_>> {
        Snapshot::begin(self)
    }

    /// Begins a batch.
    pub fn begin(&mut self, stamp: &Stamp) -> Result<Batch<'_>> {
        Batch::begin(self, stamp, true)
    }

    /// Begins a batch that does not reconcile: for loading much at once. Derived tables are stale after it, and say so,
    /// until the next other batch or [`Ledger::rebuild`].
    pub fn begin_bulk(&mut self, stamp: &Stamp) -> Result<Batch<'_>> {
        Batch::begin(self, stamp, false)
    }

    /// Checks every entry and the whole chain; says which row differs first.
    pub fn verify(&self) -> Result<Verdict> {
        let _one_view = self.snapshot()?;
        verify::verify(&self.conn)
    }

    /// Remakes every derived table; tells what reconciliation looked at.
    pub fn rebuild(&mut self) -> Result<Rebuilt> {
        self.conn.execute_batch("BEGIN IMMEDIATE").map_err(|error| Error::from(error).in_file(&self.path))?;
        let done = derive::rebuild(&self.conn);
        self.conn.execute_batch(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        self.wrote();
        done.map_err(|error| error.in_file(&self.path))
    }

    fn wrote(&self) {
        self.wrote.set(true);
    }

    fn is_read(&self) -> bool {
        self.readers.get() > 0
    }

    fn begin_reading(&self) -> Result<()> {
        if !self.is_read() {
            self.conn.execute_batch("BEGIN").map_err(|error| Error::from(error).in_file(&self.path))?;
        }
        self.readers.set(self.readers.get() + 1);
        // SQLite fixes what a transaction sees when it first reads.
        chain::tip(&self.conn).map(|_| ()).inspect_err(|_| self.end_reading())
    }

    fn end_reading(&self) {
        self.readers.set(self.readers.get().saturating_sub(1));
        if !self.is_read() {
            // A read transaction has nothing to lose.
            let _ = self.conn.execute_batch("ROLLBACK");
        }
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        if self.wrote.get() {
            file::settle(&self.conn);
        }
    }
}

/// What `verify` found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Batches found to be what was written.
    pub batches: u64,
    /// Entries found to be what was written.
    pub entries: u64,
    /// The head's hash in hexadecimal.
    pub head: String,
    /// Bodies emptied by a redaction, whose hashes still stand.
    pub emptied: u64,
    /// The first row that differs from what was written, and how.
    pub fault: Option<String>,
}

/// What makes a report reproducible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The newest batch.
    pub batch: Option<Number>,
    /// Its hash in hexadecimal; before any batch, the office's.
    pub hash: String,
    /// When it was recorded, UTC seconds.
    pub recorded_at: Option<i64>,
    /// Engine, weights and normaliser that made the derived tables.
    pub derived_by: String,
    /// The newest batch in the derived tables, where it is not the head or others than this program's engine, weights
    /// and normaliser made them; `B0` where there is none in them.
    pub derived_as_of: Option<Number>,
}

/// A row with its number and batch.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded<T> {
    /// Its id.
    pub id: Id,
    /// The batch that wrote it.
    pub batch: Id,
    /// What was recorded.
    pub value: T,
}

/// A live claim as reports count it.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// The claim, resolved.
    pub fact: Fact,
    /// The batch that wrote it.
    pub batch: Id,
    /// Whether an extractor made it and nobody has reviewed it.
    pub draft: bool,
    /// The statement it repeats or is: its first claim.
    pub statement: Id,
    /// The incident it belongs to.
    pub incident: Option<Id>,
}
