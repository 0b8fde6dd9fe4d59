//! Reading ahead: a thread reads, parses and checks rows while the one that called writes those before them.
//!
//! What the sink hears is what it would hear without, in the same order; a bounded number of rows is held.

use std::sync::RwLock;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use csv::ByteRecord;

use super::form::{Form, Layout};
use super::item::{Item, Raw, Row, Sink};
use super::options::Options;
use super::reading;
use super::source::Source;
use crate::error::{Error, Kind, Result};
use crate::ledger::Known;

/// How many rows go over at a time.
const ROWS: usize = 256;
/// How many bytes of rows go over at a time, to within a row.
const BYTES: usize = 1 << 20;
/// How many times so much may wait.
const WAITING: usize = 8;

/// Reads a file as [`reading::read`] does, ahead of the sink where it has rows. Claims of which all names are `known` come
/// ready to be recorded.
pub(super) fn read(source: Source, options: &Options, known: &RwLock<Known>, sink: &mut dyn Sink) -> Result<()> {
    if reading::layout(&source, options).is_one_text() {
        return reading::read(source, options, sink);
    }
    thread::scope(|scope| {
        let (give, take) = sync_channel(WAITING);
        let reader = scope.spawn(move || {
            let mut ahead = Ahead { give, known, told: Vec::new(), bytes: 0 };
            let done = reading::read(source, options, &mut ahead);
            // Where nobody listens any more, the listener has the error to tell.
            let _ = ahead.hand_over();
            done
        });
        for chunk in take {
            chunk.into_iter().try_for_each(|told: Told| told.to(sink))?;
        }
        reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// What a sink is to hear.
#[allow(clippy::large_enum_variant, reason = "nearly all are rows")]
enum Told {
    IsA(Form, Layout),
    Header(ByteRecord, Vec<String>),
    Row { line: Option<u64>, item: Result<Item>, raw: Came },
}

/// A row as it came, to keep.
enum Came {
    File,
    Cells(ByteRecord),
    Json(Vec<u8>),
}

impl Told {
    fn to(self, sink: &mut dyn Sink) -> Result<()> {
        match self {
            Self::IsA(form, layout) => {
                sink.is_a(form, layout);
                Ok(())
            }
            Self::Header(cells, unknown) => sink.header(&cells, &unknown),
            Self::Row { line, item, raw } => {
                let raw = match &raw {
                    Came::File => Raw::File,
                    Came::Cells(cells) => Raw::Cells(cells),
                    Came::Json(line) => Raw::Json(line),
                };
                sink.row(Row { line, item, raw })
            }
        }
    }
}

/// The sink of the thread that reads.
struct Ahead<'a> {
    known: &'a RwLock<Known>,
    give: SyncSender<Vec<Told>>,
    told: Vec<Told>,
    /// How many bytes the rows in `told` hold.
    bytes: usize,
}

impl Ahead<'_> {
    fn readied(&self, item: Item) -> Item {
        let Item::Claim(claim) = item else { return item };
        let is_persons = claim.rules.is_empty() && claim.dispatch.is_none();
        match self.known.read().ok().filter(|_| is_persons) {
            Some(known) => known.ready(claim).map_or_else(Item::Claim, |ready| Item::Ready(Box::new(ready))),
            None => Item::Claim(claim),
        }
    }

    /// An error where nobody listens any more, so that the reading ends.
    fn hand_over(&mut self) -> Result<()> {
        self.bytes = 0;
        let told = std::mem::replace(&mut self.told, Vec::with_capacity(ROWS));
        self.give.send(told).map_err(|_| Error::new(Kind::Io, "what was read is wanted no more"))
    }
}

impl Sink for Ahead<'_> {
    fn is_a(&mut self, form: Form, layout: Layout) {
        self.told.push(Told::IsA(form, layout));
    }

    fn header(&mut self, cells: &ByteRecord, unknown: &[String]) -> Result<()> {
        self.told.push(Told::Header(cells.clone(), unknown.to_vec()));
        Ok(())
    }

    fn row(&mut self, Row { line, item, raw }: Row<'_>) -> Result<()> {
        let (raw, bytes) = match raw {
            Raw::File => (Came::File, 0),
            Raw::Cells(cells) => (Came::Cells(cells.clone()), cells.as_slice().len()),
            Raw::Json(line) => (Came::Json(line.to_owned()), line.len()),
        };
        self.bytes += bytes;
        if let Ok(Item::Dispatch(dispatch) | Item::Withdrawal(dispatch)) = &item {
            self.bytes += dispatch.raw.len() + dispatch.text.len();
        }
        let item = item.map(|item| self.readied(item));
        self.told.push(Told::Row { line, item, raw });
        if self.told.len() < ROWS && self.bytes < BYTES { Ok(()) } else { self.hand_over() }
    }
}
