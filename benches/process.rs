//! Whole processes of the release build, beside the bare durable commit that `add` is measured against.
//!
//! `cargo bench --bench process`

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod desk;

use std::path::Path;
use std::process::{Command, Stdio};

use divan::Bencher;
use rusqlite::Connection;
use tempfile::TempDir;
use trucebook::ledger::Stamp;
use trucebook::model::{ActBase, Claim, Stance};

fn main() {
    divan::main();
}

/// Noon of 12 October 2020, UTC.
const NOW: i64 = 1_602_504_000;

const STAMP: Stamp = Stamp { now: NOW, made_by: None, verb: "bench", clock_may_lag: false };

/// A folder with a ledger of so many claims of two parties who accuse and contradict each other.
fn folder_with_claims(claims: u32) -> TempDir {
    desk::folder(&STAMP, &["Armenia", "Azerbaijan"], (0..claims).map(claim))
}

fn claim(number: u32) -> Claim {
    let (claimant, accused) =
        if number.is_multiple_of(2) { ("Armenia", "Azerbaijan") } else { ("Azerbaijan", "Armenia") };
    let (stance, accused) = if number % 5 == 4 { (Stance::Denies, claimant) } else { (Stance::Alleges, accused) };
    let mut claim = Claim::new(stance, ActBase::Shelling);
    claim.claimant = Some(claimant.to_owned());
    claim.accused = Some(accused.to_owned());
    claim.attribution = Some(trucebook::model::Attribution::Stated);
    claim.place = vec![format!("Village {}", number % 40)];
    claim.occurred = format!("2020-10-{:02}T{:02}:{:02}", 1 + number % 28, number % 24, number % 60).parse().ok();
    claim.note = Some(format!("row {number}"));
    claim
}

fn run(folder: &Path, arguments: &[&str]) {
    let status = Command::new(env!("CARGO_BIN_EXE_trucebook"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
}

/// At most 3 ms.
#[divan::bench(sample_count = 200)]
fn version(bencher: Bencher<'_, '_>) {
    let folder = TempDir::new().unwrap();
    bencher.bench_local(|| run(folder.path(), &["--version"]));
}

fn bare(folder: &Path) -> Connection {
    let bare = Connection::open(folder.join("bare.db")).unwrap();
    bare.pragma_update(None, "journal_mode", "wal").unwrap();
    bare.pragma_update(None, "synchronous", "full").unwrap();
    bare
}

const ROW: &str = "INSERT INTO row (text) VALUES ('shelling')";

/// One row, durable, on a connection that stays open.
#[divan::bench(sample_count = 200)]
fn bare_commit(bencher: Bencher<'_, '_>) {
    let folder = TempDir::new().unwrap();
    let bare = bare(folder.path());
    bare.execute_batch("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT) STRICT").unwrap();
    bencher.bench_local(|| bare.execute(ROW, []).unwrap());
}

/// What `add` is measured against: open, one row, durable, close, so that the file at rest is one file.
#[divan::bench(sample_count = 200)]
fn bare_open_commit_close(bencher: Bencher<'_, '_>) {
    let folder = TempDir::new().unwrap();
    bare(folder.path()).execute_batch("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT) STRICT").unwrap();
    bencher.bench_local(|| bare(folder.path()).execute(ROW, []).unwrap());
}

/// At most three times the bare commit and 5 ms.
#[divan::bench(sample_count = 200, args = [0, 1000])]
fn add(bencher: Bencher<'_, '_>, claims: u32) {
    let folder = folder_with_claims(claims);
    let mut number = 0;
    bencher.bench_local(|| {
        number += 1;
        let note = format!("by hand {number}");
        let claim = ["add", "--claimant", "Armenia", "--stance", "denies", "--act", "shelling", "--note", &note];
        run(folder.path(), &claim);
    });
}

/// At most 20 ms on 1,000 claims.
#[divan::bench(sample_count = 100, args = [1000])]
fn report(bencher: Bencher<'_, '_>, claims: u32) {
    let folder = folder_with_claims(claims);
    bencher.bench_local(|| run(folder.path(), &["report"]));
}
