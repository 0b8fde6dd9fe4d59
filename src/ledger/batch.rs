//! A batch: everything one command writes, in one transaction.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use crate::error::{Error, Result};
use crate::model::{Id, Zone};

use super::chain::{self, Tip};
use super::claim::CLAIM;
use super::large::Large;
use super::party::PartyIndex;
use super::place::PlaceIndex;
use super::seen::ClaimKeys;
use super::source::SourceIndex;
use super::touched::Changes;
use super::users::Registered;
use super::writer::Writer;
use super::{EntryKind, Ledger, Receipt, Snapshot, Stamp, derive};
use crate::model::{Number, NumberKind};

const BEGIN: &str = "PRAGMA foreign_keys = ON; BEGIN IMMEDIATE";
/// Every id that a batch writes is one that it looked up or made: of a million rows it is not looked up once more.
const BEGIN_BULK: &str = "PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE";

/// A batch being written. Dropped without [`Batch::commit`], it leaves nothing.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "independent notes on what the commit has to do")]
pub struct Batch<'ledger> {
    ledger: &'ledger Ledger,
    stamp: Stamp,
    tip: Tip,
    pub(super) writer: Writer<'ledger>,
    pub(super) parties: Option<PartyIndex>,
    pub(super) places: Option<PlaceIndex>,
    sources: Option<SourceIndex>,
    pub(super) keys: ClaimKeys,
    pub(super) large: Large,
    /// Names that are in `said` for certain.
    pub(super) remembered: HashSet<String, RandomState>,
    /// Names that nobody has looked up yet.
    pub(super) new_names: Vec<String>,
    /// Claims of earlier batches whose words for a party became resolved.
    pub(super) resolved: u64,
    /// Whether parties, places, sources or their names changed.
    pub(super) registers_changed: bool,
    /// What they said before.
    before: Option<Registered>,
    /// What changed of that which conclusions rest on.
    pub(super) changes: Changes,
    /// Whether texts were emptied, so that the full-text index has to be made anew.
    pub(super) redacted: bool,
    /// Whether the derived tables were right before, by this program.
    fresh: bool,
    /// Whether to bring them up to date.
    pub(super) reconciles: bool,
    done: bool,
}

impl<'ledger> Batch<'ledger> {
    pub(super) fn begin(ledger: &'ledger Ledger, stamp: &Stamp, reconciles: bool) -> Result<Self> {
        if ledger.is_read() {
            return Err(Error::conflict("the ledger is being read: end that before writing"));
        }
        let sql = if reconciles { BEGIN } else { BEGIN_BULK };
        ledger.conn.execute_batch(sql).map_err(|error| Error::from(error).in_file(&ledger.path))?;
        let begun = Self::begun(ledger, stamp, reconciles);
        if begun.is_err() {
            // The first error is the one to tell.
            let _ = ledger.conn.execute_batch("ROLLBACK");
        }
        begun
    }

    fn begun(ledger: &'ledger Ledger, stamp: &Stamp, reconciles: bool) -> Result<Self> {
        let tip = chain::tip(&ledger.conn)?;
        if stamp.now < tip.recorded_at && !stamp.clock_may_lag {
            let behind = tip.recorded_at.saturating_sub(stamp.now);
            return Err(Error::conflict(format!(
                "this machine's clock is {behind} s behind the ledger's newest batch"
            ))
            .hint("set the clock; if it is right, write all the same with `--clock-may-lag`"));
        }
        let number = tip.batch.map_or(0, Id::number).checked_add(1);
        let id = number.and_then(|number| Id::new(0, number)).ok_or_else(|| Error::conflict("the ledger is full"))?;
        Ok(Self {
            ledger,
            stamp: stamp.clone(),
            fresh: derive::is_fresh(&ledger.conn, &tip)?,
            tip,
            writer: Writer::new(&ledger.conn, id),
            parties: None,
            places: None,
            sources: None,
            keys: ClaimKeys::default(),
            large: Large::default(),
            remembered: HashSet::default(),
            new_names: Vec::new(),
            resolved: 0,
            registers_changed: false,
            before: None,
            changes: Changes::default(),
            redacted: false,
            reconciles,
            done: false,
        })
    }

    /// The number this batch will have.
    pub fn id(&self) -> Id {
        self.writer.batch
    }

    /// The number that the next new claim will have.
    pub fn next_claim(&mut self) -> Result<Id> {
        self.writer.next(&CLAIM)
    }

    /// The ledger as it stands with what was written so far; names and incidents as of the last [`Batch::settle`], else
    /// of the batch's begin.
    pub fn snapshot(&self) -> Result<Snapshot<'_>> {
        Ok(Snapshot::inside(self.ledger))
    }

    /// What was written so far, by kind.
    pub fn written(&self) -> Vec<(EntryKind, u64)> {
        let parts = self.writer.parts();
        parts.filter_map(|part| Some((part.table.name.parse().ok()?, part.entries.unsigned_abs()))).collect()
    }

    /// Brings the derived tables up to date with what was written so far, as a commit would.
    pub fn settle(&mut self) -> Result<()> {
        self.keys.store(self.writer.conn)?;
        self.large.make_up(self.writer.conn)?;
        if self.reconciles && !self.fresh {
            (self.registers_changed, self.changes.everything) = (true, true);
        }
        self.resolve_names()?;
        self.registers_changed = false;
        let before = self.before.take();
        if let Some(before) = before.as_ref().filter(|_| !self.changes.everything) {
            self.changes.read_anew(self.writer.conn, before)?;
        }
        if self.reconciles && !self.changes.is_empty() {
            derive::follow(self.writer.conn, self.writer.batch, &self.changes, before.as_ref())?;
            (self.fresh, self.changes) = (true, Changes::default());
        }
        Ok(())
    }

    /// Reconciles what this batch touched and makes it durable. A batch that wrote nothing leaves nothing.
    pub fn commit(mut self) -> Result<Receipt> {
        if self.writer.broken {
            return Err(Error::conflict("an earlier write of this batch failed, so nothing of it was kept"));
        }
        if self.writer.parts().next().is_none() {
            return Ok(Receipt { batch: None, entries: 0, resolved: 0 });
        }
        let entries = self.finish().map_err(|error| error.in_file(&self.ledger.path))?;
        self.done = true;
        self.ledger.wrote();
        let batch = Number::own(NumberKind::Batch, self.writer.batch.number());
        Ok(Receipt { batch: Some(batch), entries, resolved: self.resolved })
    }

    fn finish(&mut self) -> Result<u64> {
        self.settle()?;
        derive::index_texts(&self.writer, self.redacted)?;
        if self.fresh && self.changes.is_empty() {
            derive::mark(self.writer.conn, self.writer.batch)?;
        }
        let parts: Vec<_> = self.writer.parts().collect();
        let entries = chain::close(self.writer.conn, &self.tip, self.writer.batch, &self.stamp, parts.into_iter())?;
        self.writer.conn.execute_batch("COMMIT")?;
        Ok(entries)
    }

    /// The zone in which dates without one are read.
    pub(super) const fn zone(&self) -> Zone {
        self.ledger.office.zone
    }

    pub(super) fn party_index(&mut self) -> Result<&mut PartyIndex> {
        match &mut self.parties {
            Some(index) => Ok(index),
            none => Ok(none.insert(PartyIndex::load(self.writer.conn)?)),
        }
    }

    pub(super) fn place_index(&mut self) -> Result<&mut PlaceIndex> {
        match &mut self.places {
            Some(index) => Ok(index),
            none => Ok(none.insert(PlaceIndex::load(self.writer.conn)?)),
        }
    }

    pub(super) fn source_index(&mut self) -> Result<&mut SourceIndex> {
        match &mut self.sources {
            Some(index) => Ok(index),
            none => Ok(none.insert(SourceIndex::load(self.writer.conn)?)),
        }
    }

    /// Forgets what was read of registers: after an undo.
    pub(super) fn unlearn(&mut self) {
        (self.parties, self.places, self.sources) = (None, None, None);
    }

    /// Keeps what registers and names say, before this batch changes it.
    pub(super) fn change_registers(&mut self) -> Result<()> {
        if self.reconciles && self.fresh && self.before.is_none() {
            self.before = Some(Registered::load(self.writer.conn)?);
        }
        self.registers_changed = true;
        Ok(())
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        if !self.done {
            // There is nobody to tell; SQLite rolls back by itself when the file is closed.
            let _ = self.ledger.conn.execute_batch("ROLLBACK");
        }
    }
}
