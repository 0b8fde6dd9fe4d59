//! How fast the ledger writes and reads: `cargo bench --bench ledger`.
//!
//! The measure beside `add_one` is `bare_commit`: one row into a bare SQLite table, durable in the same way, by the same
//! build. `add_100_000` writes everything but the conclusions of reconciliation, which `reconciled` adds.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use std::path::Path;
use std::time::Duration;

use divan::Bencher;
use divan::counter::ItemsCount;
use rusqlite::Connection;
use tempfile::TempDir;
use trucebook::ledger::{Filter, Ledger, Office, Provenance, Stamp};
use trucebook::model::{ActBase, Claim, Figure, Loss, Party, PartyKind, Range, Span, Stance, Unit};

fn main() {
    divan::main();
}

const NOW: i64 = 1_700_000_000;

fn office() -> Office {
    Office { code: "BNC".into(), title: "Bench".into(), zone: "Asia/Yerevan".parse().unwrap() }
}

fn stamp(verb: &'static str) -> Stamp {
    Stamp { now: NOW, made_by: None, verb, clock_may_lag: false }
}

/// A claim as a desk's register keeps it: of the optional slots those filled, in the shares of the hand-kept register
/// that the tests import (a target in two of three rows, a place in half, a figure in two of three, losses in one of
/// five, a note in four of five, no quote).
fn desk_claim(n: usize) -> Claim {
    let full = full_claim(n);
    let keep = |share: usize| n * 7 % 10 < share;
    Claim {
        target: full.target.filter(|_| keep(7)),
        place: if keep(5) { full.place } else { Vec::new() },
        lat: full.lat.filter(|_| keep(4)),
        lon: full.lon.filter(|_| keep(4)),
        figures: if keep(7) { full.figures } else { Vec::new() },
        losses: if keep(2) { full.losses } else { Vec::new() },
        note: full.note.filter(|_| keep(8)),
        noted_at: full.published,
        speaker: None,
        accused_text: None,
        attribution: None,
        quote: None,
        published: None,
        ..full
    }
}

/// A claim with every slot filled, a quote and a note among them.
fn full_claim(n: usize) -> Claim {
    const SIDES: [&str; 2] = ["Armenia", "Azerbaijan"];
    const PLACES: [&str; 5] = ["Hadrut", "Terter", "Jabrayil", "Ganja", "Stepanakert"];
    const ACTS: [ActBase; 4] = [ActBase::Shelling, ActBase::SmallArmsFire, ActBase::DroneStrike, ActBase::Attack];
    let (claimant, accused) = (SIDES[n % 2], SIDES[(n + 1) % 2]);
    let (day, hour, minute) = (n / 1440 % 28 + 1, n / 60 % 24, n % 60);
    let (month, year) = (n / 40_320 % 12 + 1, 2000 + n / 483_840);
    let mut claim = Claim::new(Stance::Alleges, ACTS[n % ACTS.len()]);
    claim.claimant = Some(claimant.to_owned());
    claim.speaker = Some("Defence Ministry".to_owned());
    claim.accused = Some(accused.to_owned());
    claim.accused_text = Some("the opposing side".to_owned());
    claim.attribution = Some(trucebook::model::Attribution::Stated);
    claim.target = Some(claimant.to_owned());
    claim.place = vec![PLACES[n % PLACES.len()].to_owned()];
    claim.lat = Some(39.5 + f64::from(u32::try_from(n % 1000).unwrap()) / 1000.0);
    claim.lon = Some(46.5);
    claim.occurred = Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}").parse().unwrap());
    claim.figures = vec![Figure { amount: Range::exactly(n as u64 % 50), unit: Unit::Shell, span: Span::Event }];
    claim.losses =
        vec![Loss { side: Some(claimant.to_owned()), killed: Some(Range::exactly(n as u64 % 3)), ..Loss::default() }];
    claim.civilian = Some(n.is_multiple_of(3));
    claim.quote = Some(format!("The opposing side shelled positions near {} with mortars, case {n}.", PLACES[n % 5]));
    claim.note = Some(format!("line {n} of the daily statement"));
    claim.source = Some("Wire".to_owned());
    claim.url = Some(format!("https://wire.example/daily/{year:04}-{month:02}-{day:02}"));
    claim.published = claim.occurred;
    claim
}

fn new_ledger(folder: &TempDir) -> Ledger {
    let mut ledger = Ledger::create(&folder.path().join("trucebook.db"), &office(), &stamp("init")).unwrap();
    let mut batch = ledger.begin(&stamp("party add")).unwrap();
    for name in ["Armenia", "Azerbaijan"] {
        batch.add_party(&Party::new(name, PartyKind::State)).unwrap();
    }
    batch.commit().unwrap();
    ledger
}

fn fill(ledger: &mut Ledger, claims: &[Claim], reconciles: bool) {
    let stamp = stamp("import");
    let mut batch = if reconciles { ledger.begin(&stamp) } else { ledger.begin_bulk(&stamp) }.unwrap();
    for claim in claims {
        batch.add_claim(claim, &Provenance::default()).unwrap();
    }
    batch.commit().unwrap();
}

#[divan::bench(sample_count = 5, sample_size = 1, args = ["desk", "full"])]
fn add_100_000(bencher: Bencher<'_, '_>, shape: &str) {
    let shape = if shape == "desk" { desk_claim } else { full_claim };
    let claims: Vec<_> = (0..100_000).map(shape).collect();
    bencher
        .counter(ItemsCount::new(claims.len()))
        .with_inputs(|| {
            let folder = tempfile::tempdir().unwrap();
            let ledger = new_ledger(&folder);
            (folder, ledger)
        })
        .bench_local_refs(|(_, ledger)| fill(ledger, &claims, false));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn add_100_000_again(bencher: Bencher<'_, '_>) {
    let claims: Vec<_> = (0..100_000).map(desk_claim).collect();
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = new_ledger(&folder);
    fill(&mut ledger, &claims, false);
    bencher.counter(ItemsCount::new(claims.len())).bench_local(|| fill(&mut ledger, &claims, false));
}

#[divan::bench(sample_count = 1, sample_size = 1, args = [1_000, 10_000])]
fn reconciled(bencher: Bencher<'_, '_>, count: usize) {
    let claims: Vec<_> = (0..count).map(desk_claim).collect();
    bencher
        .counter(ItemsCount::new(claims.len()))
        .with_inputs(|| {
            let folder = tempfile::tempdir().unwrap();
            let ledger = new_ledger(&folder);
            (folder, ledger)
        })
        .bench_local_refs(|(_, ledger)| fill(ledger, &claims, true));
}

#[divan::bench(sample_count = 50, sample_size = 1, args = [0, 1_000])]
fn add_one(bencher: Bencher<'_, '_>, already: usize) {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = new_ledger(&folder);
    fill(&mut ledger, &(0..already).map(desk_claim).collect::<Vec<_>>(), true);
    let mut next = already;
    bencher.bench_local(|| {
        next += 1;
        fill(&mut ledger, &[desk_claim(next)], true);
    });
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn bare_commit(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    let conn = Connection::open(folder.path().join("bare.db")).unwrap();
    conn.pragma_update(None, "journal_mode", "WAL").unwrap();
    conn.pragma_update(None, "synchronous", "FULL").unwrap();
    conn.execute_batch("CREATE TABLE bare (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT").unwrap();
    let mut insert =
        conn.prepare("INSERT INTO bare (text) VALUES ('one claim of one line of text, more or less')").unwrap();
    bencher.bench_local(|| insert.execute([]).unwrap());
}

fn filled(count: usize) -> (TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    fill(&mut new_ledger(&folder), &(0..count).map(desk_claim).collect::<Vec<_>>(), count <= 10_000);
    let path = folder.path().join("trucebook.db");
    (folder, path)
}

fn open(path: &Path) -> Ledger {
    Ledger::open_to_read(path, Duration::ZERO).unwrap()
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn open_and_close(bencher: Bencher<'_, '_>) {
    let (_folder, path) = filled(1_000);
    bencher.bench_local(|| drop(open(&path)));
}

#[divan::bench(sample_count = 20, sample_size = 1, args = [1_000, 100_000])]
fn count(bencher: Bencher<'_, '_>, claims: usize) {
    let (_folder, path) = filled(claims);
    bencher.counter(ItemsCount::new(claims)).bench_local(|| {
        let ledger = open(&path);
        let counted = ledger.snapshot().unwrap().counted(&Filter::default()).unwrap();
        assert_eq!(counted.len(), claims);
        counted.len()
    });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn verify_100_000(bencher: Bencher<'_, '_>) {
    let (_folder, path) = filled(100_000);
    let ledger = open(&path);
    bencher.counter(ItemsCount::new(100_000_usize)).bench_local(|| assert_eq!(ledger.verify().unwrap().fault, None));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn search_100_000(bencher: Bencher<'_, '_>) {
    let (_folder, path) = filled(100_000);
    let ledger = open(&path);
    bencher.bench_local(|| ledger.snapshot().unwrap().search("daily 4711", 20).unwrap().len());
}
