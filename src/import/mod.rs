//! Files → plan → ledger: what each file is, what of it is new, and writing it as one batch.
//!
//! A file is opened ([`source`]), told by what it holds ([`form`]), and read as that ([`reading`]), some way ahead of what
//! is done with it: each form is a file of its own that gives the common stream of rows ([`item`]). The [`intake`] takes them into a batch row by row and
//! keeps what became of each ([`plan`]); nothing stands until the whole batch does.

mod acled;
pub mod again;
mod ahead;
mod archive;
mod calendar;
mod calendar_words;
mod claim_lines;
mod claim_schema;
mod claim_table;
mod clock;
mod dateline;
mod dispatch;
mod document;
mod encoding;
pub mod external;
pub mod files;
pub mod form;
mod ged;
mod header;
pub mod intake;
pub mod item;
mod labels;
mod lines;
pub mod options;
mod own_words;
pub mod parties;
mod places;
pub mod plan;
mod reader;
pub mod reading;
mod registration;
pub mod rejects;
pub mod source;
mod table;
pub mod texts;
mod truces;
mod unknown_actors;
mod viina;
mod words;

pub use claim_schema::claim_schema;
pub use dispatch::{Hints, read_dispatch};
pub use encoding::{Decoded, decode};
pub use own_words::own_words;
pub use registration::beside_registered;
pub use table::columns::ColumnMap;
pub use unknown_actors::UnknownActors;
