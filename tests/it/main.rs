//! Integration tests: the built program in a frozen world, its standard output, standard error and exit status
//! asserted every time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::too_many_lines, missing_docs)]

mod add;
mod as_of;
mod assignment;
mod correction;
mod damage;
mod dossier;
mod environment;
mod errors;
mod export;
mod external;
mod extract;
mod extract_clauses;
mod extract_cli;
mod extract_slots;
mod gold;
mod gold_score;
mod import_again;
mod import_claims;
mod import_cli;
mod import_datasets;
mod import_dispatch;
mod import_documents;
mod interactive;
mod interrupted;
mod keeping;
mod ledger;
mod ledger_chain;
mod ledger_claims;
mod ledger_file;
mod ledger_of;
mod link;
mod list;
mod party;
mod place;
mod readme;
mod reconcile;
mod reconcile_extracted;
mod reconcile_follow;
mod report;
mod review;
mod round_trip;
mod score;
mod show;
mod truce;
