//! Reports of a whole process on ledgers of a thousand and, where the environment asks for it, a million claims.
//!
//! `cargo bench --bench report`; `TRUCEBOOK_BENCH_CLAIMS=1000000 cargo bench --bench report`

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod desk;

use std::process::{Command, Stdio};
use std::sync::LazyLock;

use divan::Bencher;
use tempfile::TempDir;
use trucebook::ledger::Stamp;
use trucebook::model::{ActBase, Attribution, Claim, Stance};

fn main() {
    divan::main();
}

/// Noon of 1 December 2020, UTC.
const STAMP: Stamp = Stamp { now: 1_606_824_000, made_by: None, verb: "bench", clock_may_lag: false };
const PARTIES: [&str; 8] = [
    "Armenia",
    "Azerbaijan",
    "Border Guard",
    "Highland Brigade",
    "Lowland Front",
    "Nagorno-Karabakh",
    "OSCE",
    "Russia",
];

/// One ledger for all benches: making it costs more than reading it.
static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let claims = std::env::var("TRUCEBOOK_BENCH_CLAIMS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000);
    desk::folder(&STAMP, &PARTIES, (0..claims).map(claim))
});

/// Accusations, denials and observations over ten years and some hundred places, a third of them with losses.
fn claim(number: u32) -> Claim {
    let pick = |of: u32, salt: u32| (number.wrapping_mul(2_654_435_761).wrapping_add(salt) >> 7) % of;
    let name = |salt| PARTIES.get(pick(6, salt) as usize).map(|name| (*name).to_owned());
    let stance = [Stance::Alleges, Stance::Alleges, Stance::Alleges, Stance::Denies, Stance::Observes];
    let mut claim = Claim::new(stance[pick(5, 1) as usize], ActBase::Shelling);
    claim.claimant = name(2);
    claim.accused = name(3);
    claim.attribution = Some(Attribution::Stated);
    claim.place = vec![format!("Village {}", pick(400, 4))];
    let (year, month, day) = (2011 + pick(10, 5), 1 + pick(12, 6), 1 + pick(28, 7));
    claim.occurred = format!("{year}-{month:02}-{day:02}T{:02}:{:02}", pick(24, 8), pick(60, 9)).parse().ok();
    if pick(3, 10) == 0 {
        claim.losses = vec![format!("?: killed {}", pick(6, 11)).parse().unwrap()];
    }
    claim.note = Some(format!("row {number}"));
    claim
}

fn run(arguments: &[&str]) {
    let status = Command::new(env!("CARGO_BIN_EXE_trucebook"))
        .args(arguments)
        .current_dir(FOLDER.path())
        .env_clear()
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
}

/// At most 25 ms each at a thousand claims.
#[divan::bench(sample_count = 20, args = ["parties", "matrix", "daily", "incidents", "truces", "losses", "replies",
    "sources", "coverage", "checks"])]
fn report(bencher: Bencher<'_, '_>, name: &str) {
    let _made = &*FOLDER;
    bencher.bench_local(|| run(&["report", name, "--format", "csv"]));
}

#[divan::bench(sample_count = 20, args = ["parties", "matrix", "daily"])]
fn filtered(bencher: Bencher<'_, '_>, name: &str) {
    let _made = &*FOLDER;
    bencher.bench_local(|| run(&["report", name, "--claimant", "Armenia", "--since", "2015", "--format", "csv"]));
}

/// All that is derived is remade from the facts of then.
#[divan::bench(sample_count = 5)]
fn as_of_the_past(bencher: Bencher<'_, '_>) {
    run(&["party", "add", "Newcomer", "--kind", "state"]);
    bencher.bench_local(|| run(&["report", "--as-of", "B1", "--format", "csv"]));
}

/// At most 15 ms, however large the ledger.
#[divan::bench(sample_count = 20)]
fn show_incident(bencher: Bencher<'_, '_>) {
    let _made = &*FOLDER;
    bencher.bench_local(|| run(&["show", "I1"]));
}
