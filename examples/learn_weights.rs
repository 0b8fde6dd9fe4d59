//! Learns the score table of reconciliation from claims whose incidents are known, and prints it:
//!
//! ```text
//! gen.py 100000 a.csv --seed 201 --truth a-truth.csv
//! gen.py 100000 b.csv --seed 202 --truth b-truth.csv
//! cargo run --release --example learn_weights -- a.csv a-truth.csv b.csv b-truth.csv > weights.tsv
//! cp weights.tsv src/reconcile/weights.tsv
//! ```
//!
//! The answers of a pair are taken to add up to the log-odds of its being of one incident: logistic regression over the
//! pairs that the indexes bring up, one answer to each question, by Newton's steps over one question at a time, drawn a
//! little towards the table as it is. Answers with too few pairs, and those marked as kept, keep the number they have.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]

#[path = "../benches/generated/mod.rs"]
mod generated;

use std::path::Path;

use trucebook::ledger::{Filter, Ledger, Office, Provenance, Stamp};
use trucebook::model::{Party, PartyKind, Zone};
use trucebook::reconcile::{Answers, Desk, QUESTIONS, score_table, weight};

/// Fewest pairs from which an answer is learned.
const FEWEST: u32 = 30;
/// No answer counts for more than a factor of 64 either way: what the generator never does may happen all the same.
const LIMIT: f64 = 600.0;
/// Added to what every pair starts from: average linkage over pairs misses more than it makes up, and half a doubling
/// brings the two nearer to each other.
const LEAN: f64 = 50.0;
/// How strongly an answer is drawn towards the number it has, in pairs' worth of information.
const PULL: f64 = 1.0;
const PASSES: usize = 40;
/// Hundredths of a doubling in a natural logarithm.
const SCALE: f64 = 100.0 / std::f64::consts::LN_2;

#[derive(Default)]
struct Pairs {
    answers: Vec<Answers>,
    together: Vec<bool>,
    /// True pairs that the indexes did not bring up.
    missed: usize,
}

impl Pairs {
    fn add(&mut self, claims: &Path, truth: &Path) {
        let stamp = Stamp { now: 0, made_by: None, verb: "import", clock_may_lag: false };
        let office = Office { code: "GEN".into(), title: "Generated".into(), zone: Zone::UTC };
        let claims = generated::claims(claims);
        let mut ledger = Ledger::create_in_memory(&office, &stamp).unwrap();
        let mut batch = ledger.begin_bulk(&stamp).unwrap();
        for name in generated::parties(&claims) {
            batch.add_party(&Party::new(&name, PartyKind::NonState)).unwrap();
        }
        for claim in &claims {
            batch.add_claim(claim, &Provenance::default()).unwrap();
        }
        batch.commit().unwrap();
        let truth = generated::truth(truth);
        let of: Vec<&String> = claims.iter().map(|claim| &truth[claim.reference.as_ref().unwrap()]).collect();
        let snapshot = ledger.snapshot().unwrap();
        let registers = snapshot.registers().unwrap();
        let mut desk = Desk::new(&registers);
        for counted in snapshot.counted(&Filter::default()).unwrap() {
            desk.add(&counted.fact);
        }
        let at = |id: trucebook::model::Id| id.number() as usize - 1;
        let known = self.together.iter().filter(|together| **together).count();
        for (a, b, answers) in desk.pairs() {
            self.answers.push(answers);
            self.together.push(of[at(a)] == of[at(b)]);
        }
        let found = self.together.iter().filter(|together| **together).count() - known;
        let mut sizes = std::collections::HashMap::new();
        for incident in &of {
            *sizes.entry(incident).or_insert(0_usize) += 1;
        }
        self.missed += sizes.values().map(|n| n * (n - 1) / 2).sum::<usize>() - found;
    }

    /// For each row of the table how many pairs are of one incident, and how many are not.
    fn counts(&self, rows: usize) -> Vec<(u32, u32)> {
        let mut counts = vec![(0, 0); rows];
        for (answers, together) in self.answers.iter().zip(&self.together) {
            for &row in answers {
                let count = &mut counts[usize::from(row)];
                *if *together { &mut count.0 } else { &mut count.1 } += 1;
            }
        }
        counts
    }
}

fn learn(pairs: &Pairs, prior: &[f64]) -> Vec<f64> {
    let mut weights = prior.to_vec();
    let sum = |answers: &Answers| answers.iter().map(|&row| prior[usize::from(row)]).sum::<f64>();
    let mut odds: Vec<f64> = pairs.answers.iter().map(sum).collect();
    for question in (0..PASSES).flat_map(|_| 0..QUESTIONS) {
        let (mut slope, mut curve) = (vec![0.0; prior.len()], vec![0.0; prior.len()]);
        for ((answers, together), odds) in pairs.answers.iter().zip(&pairs.together).zip(&odds) {
            let likely = 1.0 / (1.0 + (-odds).exp());
            let row = usize::from(answers[question]);
            slope[row] += f64::from(u8::from(*together)) - likely;
            curve[row] += likely * (1.0 - likely);
        }
        let mut steps = vec![0.0; prior.len()];
        for row in (0..prior.len()).filter(|&row| curve[row] > 0.0) {
            let pulled = slope[row] - PULL * (weights[row] - prior[row]);
            steps[row] = f64::clamp(pulled / (curve[row] + PULL), -1.5, 1.5);
            weights[row] += steps[row];
        }
        for (answers, odds) in pairs.answers.iter().zip(&mut odds) {
            *odds += steps[usize::from(answers[question])];
        }
    }
    weights
}

fn main() {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let mut pairs = Pairs::default();
    for file in files.chunks_exact(2) {
        pairs.add(Path::new(&file[0]), Path::new(&file[1]));
    }
    let table = include_str!("../src/reconcile/weights.tsv");
    let origins: Vec<&str> =
        table.lines().filter(|line| !line.starts_with('#')).map(|line| line.rsplit('\t').next().unwrap()).collect();
    let rows = score_table();
    let prior: Vec<f64> = (0..).zip(&rows).map(|(row, _)| f64::from(weight(row)) / SCALE).collect();
    let (weights, counts) = (learn(&pairs, &prior), pairs.counts(rows.len()));
    table.lines().filter(|line| line.starts_with('#')).for_each(|line| println!("{line}"));
    eprintln!("{} pairs, {} true pairs not brought up", pairs.answers.len(), pairs.missed);
    for (at, (question, answer)) in rows.iter().enumerate() {
        let (together, apart) = counts[at];
        let kept = origins[at] == "kept";
        let learned = !kept && together + apart >= FEWEST;
        let lean = if at == 0 { LEAN } else { 0.0 };
        let number = if learned { (weights[at] * SCALE).clamp(-LIMIT, LIMIT) + lean } else { prior[at] * SCALE };
        let origin = if kept {
            "kept"
        } else if learned {
            "learned"
        } else {
            "by hand"
        };
        println!("{question}\t{answer}\t{number:.0}\t{together}\t{apart}\t{origin}");
    }
}
