//! Ledger reads in, sheets out: one file per report.
//!
//! | file | what it is |
//! |---|---|
//! | [`sheet`] | typed cells, columns, notes: what every report makes |
//! | [`input`] | the ledger reads that reports are made from |
//! | [`parties`] | what each party claims, what is laid to it, what became of that |
//! | [`incidents`] | one row an incident |
//! | [`matrix`] | who accuses whom, and what became of that |
//! | [`daily`] | what each accuser alleges, period by period |
//! | [`losses`] | what each claimant says each side lost |
//! | [`replies`] | how each party answers what it is accused of |
//! | [`sources`] | what each outlet carries |
//! | [`coverage`] | of which days each claimant was heard |
//! | [`checks`], [`arithmetic`] | where a party's own numbers do not agree; which of its numbers are of one series |
//! | [`truces`] | what became of each truce, party by party |
//! | [`stated`] | totals over several days beside the sum of those days |
//! | [`tallied`] | parties, matrix and daily of a whole ledger, from counts that are kept up |
//! | [`diff`] | what changed between two heads |
//! | [`explain`] | a row of any report opened to its claims |
//! | [`claims`] | what `list` prints |
//! | [`review`] | drafts nobody has looked at, with the sentence each was read in |
//! | [`dossier`], [`drawing`] | every report in one document, and what is drawn of it |
//! | [`show`] | one thing in full, for each kind of number |
//! | [`answered`], [`alleged`], [`sums`], [`firsts`] | the rules behind the columns; the others are in [`tally`](crate::tally) |
//! | [`times`], [`notes`] | how times print; what stands under every report |

pub mod alleged;
pub mod answered;
pub mod arithmetic;
pub mod checks;
pub mod claims;
pub mod coverage;
pub mod daily;
pub mod diff;
pub mod dossier;
pub mod drawing;
pub mod explain;
pub mod firsts;
mod followed;
pub mod incidents;
pub mod input;
mod level;
pub mod losses;
pub mod matrix;
pub mod notes;
pub mod parties;
pub mod replies;
pub mod review;
pub mod sheet;
pub mod show;
pub mod sources;
pub mod stated;
pub mod sums;
pub mod tallied;
pub mod times;
pub mod truces;

#[cfg(test)]
mod fixture;
