//! Ledger reads in, sheets out: one file per report.

pub mod sheet;
