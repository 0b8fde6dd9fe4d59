//! trucebook keeps the book of a ceasefire: who says who broke it, who denies it, and what the versions have in
//! common. A claim is what somebody said; an incident is what we conclude.
//!
//! The map of the house, from the ground up; each floor knows only those above it in this table:
//!
//! | floor | what it is |
//! |---|---|
//! | [`error`], [`model`] | the one error type; the words of the field as types |
//! | [`extract`] | dispatch → draft claims; pure |
//! | [`reconcile`] | claims → incidents; pure |
//! | [`tally`] | claims and conclusions → counts that are kept up; pure |
//! | [`ledger`] | the SQLite file; the only floor that knows SQL |
//! | [`import`] | files → plan → ledger |
//! | [`export`] | ledger → files for other programs |
//! | [`report`] | ledger reads → sheets of typed cells |
//! | [`render`] | sheets → terminal table, JSON, CSV, Markdown, HTML |
//! | [`cli`] | one file per verb: parse, call, print |
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

pub mod cli;
pub mod error;
pub mod export;
pub mod extract;
pub mod import;
pub mod ledger;
pub mod model;
pub mod reconcile;
pub mod render;
pub mod report;
pub mod tally;
