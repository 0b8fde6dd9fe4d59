//! Reconciliation against the labelled Karabakh dispatches: which claims tell the same event.

mod gold;

use std::collections::{BTreeMap, BTreeSet};

use trucebook::model::Id;
use trucebook::reconcile::{Decisions, Outcome, reconcile};

/// Which groups each claim belongs to: its incident, those it answers, its statement, its truce.
fn groups(outcome: &Outcome, truce: fn(&trucebook::reconcile::ProposedTruce) -> Vec<Vec<Id>>) -> Vec<BTreeSet<Id>> {
    let incident: BTreeMap<Id, Id> =
        outcome.incidents.iter().flat_map(|i| i.claims.iter().map(|claim| (*claim, i.id))).collect();
    let mut groups: BTreeMap<(u8, Id), BTreeSet<Id>> = BTreeMap::new();
    for (claim, id) in &incident {
        groups.entry((0, *id)).or_default().insert(*claim);
    }
    for answer in &outcome.answers {
        if let Some(id) = incident.get(&answer.accusation) {
            groups.entry((0, *id)).or_default().insert(answer.reply);
        }
    }
    for (claim, first) in &outcome.repeats {
        groups.entry((1, *first)).or_default().extend([*claim, *first]);
    }
    for (n, claims) in (0..).zip(outcome.truces.iter().flat_map(truce)) {
        groups.entry((2, Id(n))).or_default().extend(claims);
    }
    groups.into_values().collect()
}

fn pairs(groups: &[BTreeSet<Id>], scored: &BTreeSet<Id>) -> BTreeSet<(Id, Id)> {
    let mut pairs = BTreeSet::new();
    for group in groups {
        for a in group.intersection(scored) {
            pairs.extend(group.intersection(scored).filter(|b| a < b).map(|b| (*a, *b)));
        }
    }
    pairs
}

struct Score {
    precision: f64,
    recall: f64,
    f1: f64,
    wrong: Vec<(Id, Id)>,
    missed: Vec<(Id, Id)>,
}

fn score(found: &BTreeSet<(Id, Id)>, truth: &BTreeSet<(Id, Id)>) -> Score {
    let count = |n: usize| f64::from(u32::try_from(n).unwrap());
    let right = count(found.intersection(truth).count());
    let (precision, recall) = (right / count(found.len()), right / count(truth.len()));
    Score {
        precision,
        recall,
        f1: 2.0 * right / count(found.len() + truth.len()),
        wrong: found.difference(truth).copied().collect(),
        missed: truth.difference(found).copied().collect(),
    }
}

#[test]
fn the_karabakh_set() {
    let gold = gold::Gold::read();
    let outcome = reconcile(&gold.facts, &gold.registers, &Decisions::default());
    let truth = pairs(&gold.incidents, &gold.scored);
    let whole = score(&pairs(&groups(&outcome, |truce| vec![truce.claims.clone()]), &gold.scored), &truth);
    let by_fact = |truce: &trucebook::reconcile::ProposedTruce| truce.events.iter().map(|e| e.claims.clone()).collect();
    let fine = score(&pairs(&groups(&outcome, by_fact), &gold.scored), &truth);
    for (name, list) in [("wrong", &fine.wrong), ("missed", &fine.missed)] {
        for (a, b) in list {
            println!("{name}: {} + {}", gold.told(*a), gold.told(*b));
        }
    }
    println!("truces whole: P {:.3} R {:.3} F1 {:.3}", whole.precision, whole.recall, whole.f1);
    println!("truces by fact: P {:.3} R {:.3} F1 {:.3}", fine.precision, fine.recall, fine.f1);
    assert!(fine.f1 >= 0.85 && whole.f1 >= 0.78, "pair F1 {:.3}, {:.3}", fine.f1, whole.f1);
}
