//! Extraction beside an import: a thread reads the texts that were recorded while the files after them are opened, decoded
//! and recorded. What it found comes back in the order in which the texts were given.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use crate::extract::{Extraction, Extractor};
use crate::model::{Dispatch, Id};

/// How many texts may wait to be read or recorded.
const TEXTS: usize = 64;
/// How many bytes they may have, the last one apart.
const BYTES: usize = 4 << 20;

/// Reads texts in a thread of its own.
pub(super) struct Reader {
    give: Sender<(Id, Dispatch)>,
    take: Receiver<(Id, Extraction)>,
    thread: Option<JoinHandle<()>>,
    /// Bytes of the texts given and not yet taken back.
    waiting: VecDeque<usize>,
}

impl Reader {
    pub(super) fn new(extractor: Extractor) -> Self {
        let (give, given) = channel::<(Id, Dispatch)>();
        let (tell, take) = channel();
        let thread = thread::spawn(move || {
            for (id, dispatch) in given {
                let read = extractor.extract(&dispatch);
                // Where nobody listens any more, the import has ended.
                if tell.send((id, read)).is_err() {
                    break;
                }
            }
        });
        Self { give, take, thread: Some(thread), waiting: VecDeque::new() }
    }

    /// Has a text read.
    pub(super) fn give(&mut self, id: Id, dispatch: Dispatch) {
        self.waiting.push_back(dispatch.text.len());
        // The thread ends before only where it failed, which shows when what it read is taken.
        let _ = self.give.send((id, dispatch));
    }

    /// What was read in the text that waits longest: where more wait than may, or `all` are asked for. The same texts are
    /// taken at the same time whichever thread is ahead, so that a ledger does not depend on it.
    pub(super) fn next(&mut self, all: bool) -> Option<(Id, Extraction)> {
        let full = self.waiting.len() > TEXTS || self.waiting.iter().sum::<usize>() > BYTES;
        if !(full || all && !self.waiting.is_empty()) {
            return None;
        }
        self.waiting.pop_front();
        let read = self.take.recv();
        if read.is_err()
            && let Some(Err(panic)) = self.thread.take().map(JoinHandle::join)
        {
            std::panic::resume_unwind(panic);
        }
        read.ok()
    }
}
