//! Files → plan → ledger: what each file is, what of it is new, and writing it as one batch.

mod calendar;
mod calendar_words;
mod clock;
mod dateline;
mod dispatch;
mod encoding;
mod header;
mod labels;
pub mod parties;
mod words;

pub use dispatch::{Hints, read_dispatch};
pub use encoding::{Decoded, decode};
