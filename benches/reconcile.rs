//! How well and how fast claims are reconciled, on synthetic claims whose truth is known, in a ledger, by whole processes:
//!
//! ```text
//! gen.py 1000000 claims.csv --seed 401 --truth truth.csv
//! cargo bench --bench reconcile -- claims.csv truth.csv
//! ```
//!
//! Without files: 20,000 claims on one place and day, the pile-up that a hostile hand could make.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, missing_docs)]

mod generated;

use std::collections::HashMap;
use std::hash::Hash;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use trucebook::ledger::{Filter, Ledger, Office, Provenance, Stamp};
use trucebook::model::{Claim, Party, PartyKind, Zone};

const STAMP: Stamp = Stamp { now: 1_700_000_000, made_by: None, verb: "import", clock_may_lag: false };

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if files.is_empty() {
        measure("a pile-up of 20,000", &pile_up(20_000), None);
    }
    for pair in files.chunks_exact(2) {
        measure(&pair[0], &generated::claims(Path::new(&pair[0])), Some(&generated::truth(Path::new(&pair[1]))));
    }
}

/// Claims of one place and day, by as many claimants as there are hours.
fn pile_up(count: usize) -> Vec<Claim> {
    let claim = |n: usize| {
        let mut claim = Claim::new(trucebook::model::Stance::Alleges, trucebook::model::ActBase::Shelling);
        claim.reference = Some(format!("r{n}"));
        claim.claimant = Some(format!("Office {}", n % 24));
        claim.accused = Some("North".to_owned());
        claim.place = vec!["Avdur".to_owned()];
        claim.occurred = Some("2020-10-11".parse().unwrap());
        claim
    };
    (0..count).map(claim).collect()
}

fn measure(name: &str, claims: &[Claim], truth: Option<&HashMap<String, String>>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trucebook.db");
    let office = Office { code: "GEN".into(), title: "Generated".into(), zone: Zone::UTC };
    let mut ledger = Ledger::create(&path, &office, &STAMP).unwrap();
    let mut batch = ledger.begin_bulk(&STAMP).unwrap();
    for party in generated::parties(claims) {
        batch.add_party(&Party::new(&party, PartyKind::NonState)).unwrap();
    }
    let began = Instant::now();
    for claim in claims {
        batch.add_claim(claim, &Provenance::default()).unwrap();
    }
    batch.commit().unwrap();
    drop(ledger);
    println!("{name}: {} claims, written in {:.2?}", claims.len(), began.elapsed());
    let (took, peak) = run(folder.path(), &["rebuild", "--stats"]);
    println!("  rebuild, whole process: {took:.2?}, at most {} MB", peak / 1024);
    let claimant = claims[0].claimant.clone().unwrap();
    let added = (0..9).map(|n| {
        let note = format!("by hand {n}");
        let occurred = claims[0].occurred.unwrap().to_string();
        let place = claims[0].place.first().cloned().unwrap_or_default();
        let claim = ["add", "--claimant", &claimant, "--stance", "alleges", "--act", "shelling", "--note", &note];
        run(folder.path(), &[&claim[..], &["--occurred", &occurred, "--place", &place]].concat()).0
    });
    let mut added: Vec<Duration> = added.collect();
    added.sort_unstable();
    println!("  add of one claim, whole process: {:.2?} to {:.2?}", added[0], added[8]);
    if let Some(truth) = truth {
        print_score(&path, claims, truth);
    }
}

/// Runs the program; how long it took, and the most memory it held, in kB.
fn run(folder: &Path, arguments: &[&str]) -> (Duration, u64) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trucebook"));
    let loud = arguments[0] == "rebuild";
    command.args(arguments).current_dir(folder).env_clear();
    command.stdout(if loud { Stdio::inherit() } else { Stdio::null() });
    let began = Instant::now();
    let mut child = command.spawn().unwrap();
    let mut peak = 0;
    let status = loop {
        peak = peak.max(held(&child).unwrap_or(0));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_micros(200));
    };
    assert!(status.success());
    (began.elapsed(), peak)
}

/// The most memory a process has held so far, in kB.
fn held(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().trim_end_matches(" kB").parse().ok()
}

/// Pair F1, and how many incidents of several claims are found exactly. A denial is of the earliest incident it answers.
fn print_score(path: &Path, claims: &[Claim], truth: &HashMap<String, String>) {
    let ledger = Ledger::open_to_read(path, Duration::ZERO).unwrap();
    let snapshot = ledger.snapshot().unwrap();
    let counted = snapshot.counted(&Filter::default()).unwrap();
    let incidents: HashMap<_, _> = counted.iter().filter_map(|c| Some((c.fact.id, c.incident?))).collect();
    let mut answered = HashMap::new();
    for answer in snapshot.answers().unwrap() {
        if let Some(&incident) = incidents.get(&answer.accusation) {
            let earliest = answered.entry(answer.reply).or_insert(incident);
            *earliest = incident.min(*earliest);
        }
    }
    let (mut found, mut told, mut both) = (HashMap::new(), HashMap::new(), HashMap::new());
    for (claim, counted) in claims.iter().zip(&counted) {
        let id = counted.fact.id;
        let incident =
            incidents.get(&id).or_else(|| answered.get(&id)).map_or((false, id), |incident| (true, *incident));
        let truth = &truth[claim.reference.as_ref().unwrap()];
        count(&mut found, incident);
        count(&mut told, truth);
        count(&mut both, (incident, truth));
    }
    let right = pairs(both.values());
    let (precision, recall) = (right / pairs(found.values()), right / pairs(told.values()));
    let exact = both.iter().filter(|((f, t), n)| **n > 1 && **n == found[f] && **n == told[t]).count();
    let several = told.values().filter(|n| **n > 1).count();
    println!(
        "  pair precision {precision:.4}, recall {recall:.4}, F1 {:.4}; incidents of several claims exactly {:.4}",
        2.0 * precision * recall / (precision + recall),
        f64::from(u32::try_from(exact).unwrap()) / f64::from(u32::try_from(several).unwrap())
    );
}

fn count<K: Eq + Hash>(counts: &mut HashMap<K, u32>, key: K) {
    *counts.entry(key).or_default() += 1;
}

fn pairs<'a>(sizes: impl Iterator<Item = &'a u32>) -> f64 {
    sizes.map(|&n| f64::from(n) * f64::from(n.saturating_sub(1)) / 2.0).sum()
}
