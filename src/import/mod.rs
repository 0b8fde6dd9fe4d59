//! Files in, plans out: one file per input format; then the ledger.

pub mod parties;
