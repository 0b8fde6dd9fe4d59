//! Ctrl-C during a long write: the work ends at the next row with an error, so that the ledger is as it was. A second one
//! ends the program at once; what was not committed is not in the ledger then either.

use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{Error, Kind, Result};

static ASKED: AtomicBool = AtomicBool::new(false);
static LISTEN: Once = Once::new();
/// The exit status of a program that SIGINT ended: 128 and the signal's number.
const ENDED: i32 = 130;

/// Begins to heed Ctrl-C.
pub fn listen() {
    LISTEN.call_once(|| {
        // Without a handler Ctrl-C ends the program at once, which the ledger survives.
        let _ = ctrlc::set_handler(|| {
            if ASKED.swap(true, Ordering::Relaxed) {
                std::process::exit(ENDED);
            }
        });
    });
}

/// An error, once Ctrl-C was pressed.
pub fn check() -> Result<()> {
    if ASKED.load(Ordering::Relaxed) {
        return Err(Error::new(Kind::Io, "interrupted; the ledger is as it was before the command"));
    }
    Ok(())
}
