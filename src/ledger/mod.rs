//! The ledger: one SQLite file of append-only facts in hash-chained batches, and the derived tables made from them.
//!
//! Only this module knows SQL. Facts are never changed: a correction is a new row. Reading is from one transaction
//! ([`Snapshot`]); writing is one transaction, one batch ([`Batch`]), which either stands whole or leaves nothing.

use std::path::Path;
use std::time::Duration;

use crate::error::Result;
use crate::model::{Claim, Dispatch, Id, Number, NumberKind, Party, PartyBook, Place, Source, Truce, Zone};
use crate::reconcile::{Answer, Fact, Incident, ProposedTruce, Registers};

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
    _private: (),
}

impl Ledger {
    /// Makes a ledger in a new file. Refused where a file is.
    pub fn create(path: &Path, office: &Office, stamp: &Stamp) -> Result<Self> {
        let _ = (path, office, stamp);
        todo!()
    }

    /// Makes a ledger that is gone when it is dropped, for the dry run of a first write.
    pub fn create_in_memory(office: &Office, stamp: &Stamp) -> Result<Self> {
        let _ = (office, stamp);
        todo!()
    }

    /// Opens for reading; leaves no files behind.
    pub fn open_to_read(path: &Path, wait: Duration) -> Result<Self> {
        let _ = (path, wait);
        todo!()
    }

    /// Opens for writing; waits so long for another writer.
    pub fn open_to_write(path: &Path, wait: Duration) -> Result<Self> {
        let _ = (path, wait);
        todo!()
    }

    /// The office it belongs to.
    pub fn office(&self) -> &Office {
        todo!()
    }

    /// A view that stays the same until it is dropped: one read transaction.
    pub fn snapshot(&self) -> Result<Snapshot<'_>> {
        todo!()
    }

    /// Begins a batch.
    pub fn begin(&mut self, stamp: &Stamp) -> Result<Batch<'_>> {
        let _ = stamp;
        todo!()
    }

    /// Checks every entry and the whole chain; says which row differs first.
    pub fn verify(&self) -> Result<Verdict> {
        todo!()
    }

    /// Remakes every derived table.
    pub fn rebuild(&mut self) -> Result<()> {
        todo!()
    }
}

/// What `verify` found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Batches read.
    pub batches: u64,
    /// Entries read.
    pub entries: u64,
    /// The head's hash in hexadecimal.
    pub head: String,
    /// The first row that differs from what was written, and how.
    pub fault: Option<String>,
}

/// What became of a row that was to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It stands under this id.
    New(Id),
    /// It was there already, under this one.
    Duplicate(Id),
    /// It stands under the first id and takes the place of the second, which had the same `ref`.
    Replaces(Id, Id),
}

/// What goes with a claim beyond what it says.
#[derive(Debug, Clone, Default)]
pub struct Provenance {
    /// The dispatch it was read in.
    pub dispatch: Option<Id>,
    /// The claim it corrects.
    pub replaces: Option<Id>,
    /// Name and version of the program that extracted it: it enters as a draft. `None`: a person's.
    pub extractor: Option<String>,
    /// Where its slots were read.
    pub evidence: Vec<crate::extract::Evidence>,
}

/// A batch being written. Dropped without [`Batch::commit`], it leaves nothing.
#[derive(Debug)]
pub struct Batch<'ledger> {
    _ledger: std::marker::PhantomData<&'ledger mut Ledger>,
}

impl Batch<'_> {
    /// Parties and names as they stand, those of this batch included.
    pub fn parties(&self) -> Result<PartyBook> {
        todo!()
    }

    /// Registers a party with its names. One of the same name and kind gains the names it lacks.
    pub fn add_party(&mut self, party: &Party) -> Result<Added> {
        let _ = party;
        todo!()
    }

    /// Gives a party another name.
    pub fn add_alias(&mut self, party: Id, lang: Option<&str>, name: &str) -> Result<Added> {
        let _ = (party, lang, name);
        todo!()
    }

    /// Registers a place.
    pub fn add_place(&mut self, place: &Place) -> Result<Added> {
        let _ = place;
        todo!()
    }

    /// Registers a source.
    pub fn add_source(&mut self, source: &Source) -> Result<Added> {
        let _ = source;
        todo!()
    }

    /// Keeps a dispatch; the same text of the same source is a duplicate.
    pub fn add_dispatch(&mut self, dispatch: &Dispatch) -> Result<Added> {
        let _ = dispatch;
        todo!()
    }

    /// The ledger as it stands in this transaction, what this batch wrote included; derived tables as of its begin.
    pub fn snapshot(&self) -> Result<Snapshot<'_>> {
        todo!()
    }

    /// Records a claim. Party names in it must be known to [`Batch::parties`] (else the error names the nearest).
    pub fn add_claim(&mut self, claim: &Claim, provenance: &Provenance) -> Result<Added> {
        let _ = (claim, provenance);
        todo!()
    }

    /// Records a truce; with `replaces`, in the place of an earlier version; `rests_on` are the claims it was read from.
    pub fn add_truce(&mut self, truce: &Truce, replaces: Option<Id>, rests_on: &[Id]) -> Result<Added> {
        let _ = (truce, replaces, rests_on);
        todo!()
    }

    /// Says that one claim answers another.
    pub fn answer(&mut self, reply: Id, accusation: Id, why: Option<&str>) -> Result<()> {
        let _ = (reply, accusation, why);
        todo!()
    }

    /// Takes a claim back.
    pub fn retract(&mut self, claim: Id, why: &str) -> Result<()> {
        let _ = (claim, why);
        todo!()
    }

    /// Takes back all that a batch wrote. Refused, with a list, where later entries rest on it.
    pub fn undo(&mut self, batch: Id, why: Option<&str>) -> Result<Undone> {
        let _ = (batch, why);
        todo!()
    }

    /// Reconciles what this batch touched and makes it durable. A batch that wrote nothing leaves nothing.
    pub fn commit(self) -> Result<Receipt> {
        todo!()
    }
}

/// What an undo took back, by kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Undone {
    /// How many rows of each kind.
    pub rows: Vec<(NumberKind, u64)>,
}

/// What a committed batch is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Its number; `None` where nothing was written.
    pub batch: Option<Number>,
    /// Entries in it.
    pub entries: u64,
    /// Claims of earlier batches whose words for a party became resolved by names registered in it.
    pub resolved: u64,
}

/// A batch as `log` lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// Its number.
    pub number: Number,
    /// When it was recorded, UTC seconds.
    pub recorded_at: i64,
    /// Self-declared.
    pub made_by: Option<String>,
    /// The verb that wrote it.
    pub verb: String,
    /// Name and version of the program.
    pub program: String,
    /// Entries in it.
    pub entries: u64,
    /// Its hash in hexadecimal.
    pub hash: String,
    /// The batch that took it back.
    pub undone_by: Option<Number>,
    /// The batch it took back, and why.
    pub undoes: Option<(Number, Option<String>)>,
}

/// What a search looked in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// A dispatch's working text.
    Text,
    /// A claim's quote.
    Quote,
    /// A claim's note.
    Note,
}

/// A dispatch or claim in which words were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The dispatch or claim.
    pub number: Number,
    /// Where in it.
    pub field: Field,
    /// The words around, in order; `true` marks those searched for. Raw: show them escaped.
    pub snippet: Vec<(bool, String)>,
}

/// A view of the ledger in one read transaction.
#[derive(Debug)]
pub struct Snapshot<'ledger> {
    _ledger: std::marker::PhantomData<&'ledger Ledger>,
}

/// What makes a report reproducible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The newest batch.
    pub batch: Option<Number>,
    /// Its hash in hexadecimal.
    pub hash: String,
    /// When it was recorded, UTC seconds.
    pub recorded_at: Option<i64>,
    /// Engine, weights and normaliser that made the derived tables.
    pub derived_by: String,
    /// The newest batch in the derived tables, where it is not the head or another engine made them.
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

/// Which claims. Every filter that is set must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Claimant, accused, target or party to a truce.
    pub party: Option<Id>,
    /// Claimant. Narration has none.
    pub claimant: Option<Id>,
    /// Accused.
    pub accused: Option<Id>,
    /// Stance.
    pub stance: Option<crate::model::Stance>,
    /// Base act; with a detail, exactly that act.
    pub act: Option<crate::model::Act>,
    /// A place by name, or anything registered under it.
    pub place: Option<String>,
    /// Occurred at or after, UTC seconds.
    pub since: Option<i64>,
    /// Occurred before, UTC seconds.
    pub until: Option<i64>,
    /// Occurred while this truce was in force, or it cannot be told.
    pub truce: Option<Id>,
    /// Written by this batch.
    pub batch: Option<Id>,
    /// Read in this dispatch.
    pub dispatch: Option<Id>,
}

impl Snapshot<'_> {
    /// The office.
    pub fn office(&self) -> &Office {
        todo!()
    }

    /// Heads and versions.
    pub fn head(&self) -> Result<Head> {
        todo!()
    }

    /// The id of a quoted number, if there is such a row (dead or alive).
    pub fn find(&self, number: &Number) -> Result<Option<Id>> {
        let _ = number;
        todo!()
    }

    /// The number under which people quote an id.
    pub fn number(&self, kind: NumberKind, id: Id) -> Number {
        let _ = (kind, id);
        todo!()
    }

    /// Parties with their names, by name.
    pub fn parties(&self) -> Result<Vec<Recorded<Party>>> {
        todo!()
    }

    /// Places with their names, by name.
    pub fn places(&self) -> Result<Vec<Recorded<Place>>> {
        todo!()
    }

    /// Confirmed truces, by when they took effect.
    pub fn truces(&self) -> Result<Vec<Recorded<Truce>>> {
        todo!()
    }

    /// Truces that dispatches tell of and no confirmed truce rests on.
    pub fn proposed_truces(&self) -> Result<Vec<ProposedTruce>> {
        todo!()
    }

    /// Sources, by name.
    pub fn sources(&self) -> Result<Vec<Recorded<Source>>> {
        todo!()
    }

    /// Batches, oldest first.
    pub fn log(&self) -> Result<Vec<Logged>> {
        todo!()
    }

    /// Dispatches and live claims that hold all these words (a word's end may be left out with `*`, words in
    /// double quotes stand together), best first, at most `limit`.
    pub fn search(&self, words: &str, limit: usize) -> Result<Vec<Hit>> {
        let _ = (words, limit);
        todo!()
    }

    /// Live claims that pass, by id.
    pub fn counted(&self, filter: &Filter) -> Result<Vec<Counted>> {
        let _ = filter;
        todo!()
    }

    /// A claim in full, dead or alive.
    pub fn claim(&self, id: Id) -> Result<Option<Recorded<Claim>>> {
        let _ = id;
        todo!()
    }

    /// A dispatch in full.
    pub fn dispatch(&self, id: Id) -> Result<Option<Recorded<Dispatch>>> {
        let _ = id;
        todo!()
    }

    /// Incidents, by id.
    pub fn incidents(&self) -> Result<Vec<Incident>> {
        todo!()
    }

    /// Replies and what they answer, by reply.
    pub fn answers(&self) -> Result<Vec<Answer>> {
        todo!()
    }

    /// Kinds, sides and places, as reconciliation sees them.
    pub fn registers(&self) -> Result<Registers> {
        todo!()
    }
}
