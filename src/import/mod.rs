//! Files → plan → ledger: what each file is, what of it is new, and writing it as one batch.

mod calendar;
mod calendar_words;
mod claim_schema;
mod clock;
mod dateline;
mod dispatch;
mod encoding;
pub mod files;
mod header;
mod labels;
pub mod parties;
mod words;

pub use claim_schema::claim_schema;
pub use dispatch::{Hints, read_dispatch};
pub use encoding::{Decoded, decode};
