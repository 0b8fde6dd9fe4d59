//! Files → plan → ledger: what each file is, what of it is new, and writing it as one batch.

pub mod again;
mod calendar;
mod calendar_words;
mod claim_schema;
mod clock;
mod dateline;
mod dispatch;
mod encoding;
pub mod external;
pub mod files;
mod header;
pub mod intake;
mod labels;
mod own_words;
pub mod parties;
mod registration;
mod unknown_actors;
mod words;

pub use claim_schema::claim_schema;
pub use dispatch::{Hints, read_dispatch};
pub use encoding::{Decoded, decode};
pub use own_words::own_words;
pub use unknown_actors::UnknownActors;
