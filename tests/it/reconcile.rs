//! Reconciliation against the labelled Karabakh dispatches: which claims tell the same event.

mod gold;

use std::collections::{BTreeMap, BTreeSet};

use trucebook::model::Id;
use trucebook::reconcile::{Decisions, Outcome, ProposedTruce, reconcile};

/// Which groups each claim belongs to: its incident, those it answers, its statement, its truce.
fn groups(outcome: &Outcome, truce: fn(&ProposedTruce) -> Vec<Vec<Id>>) -> Vec<BTreeSet<Id>> {
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

/// Two claims are a pair when they share an incident; denials count with what they answer, truce facts with their truce.
/// The file tells the agreement and the beginning of a truce apart and a proposed truce holds both, so there are two ways
/// to count: facts of a truce by what they tell on either side, or by their truce on either side. To hold whole truces
/// against the file as it stands would take .09 from a program that makes no mistake.
#[test]
fn the_karabakh_set() {
    let gold = gold::Gold::read();
    let outcome = reconcile(&gold.facts, &gold.registers, &Decisions::default());
    let told = pairs(&gold.incidents, &gold.scored);
    let by_fact = |truce: &ProposedTruce| truce.events.iter().map(|event| event.claims.clone()).collect();
    let fine = score(&pairs(&groups(&outcome, by_fact), &gold.scored), &told);
    for (name, list) in [("wrong", &fine.wrong), ("missed", &fine.missed)] {
        for (a, b) in list {
            println!("{name}: {} + {}", gold.told(*a), gold.told(*b));
        }
    }
    let of_truces = pairs(&gold.truces, &gold.scored);
    let found = pairs(&groups(&outcome, |truce| vec![truce.claims.clone()]), &gold.scored);
    let whole = score(&found, &told.union(&of_truces).copied().collect());
    let flawless = score(&told.union(&of_truces).copied().collect(), &told);
    let mixed = score(&found, &told);
    let figures =
        [("by fact", &fine), ("by truce", &whole), ("whole truces by fact", &mixed), ("flawless so", &flawless)];
    for (name, Score { precision, recall, f1, .. }) in figures {
        println!("{name}: P {precision:.3} R {recall:.3} F1 {f1:.3}");
    }
    let facts: BTreeSet<Id> = gold.truces.iter().flatten().copied().collect();
    let of_facts = |pairs: &[(Id, Id)]| pairs.iter().filter(|(a, b)| facts.contains(a) && facts.contains(b)).count();
    assert_eq!((of_facts(&whole.wrong), of_facts(&whole.missed)), (0, 0), "facts of truces are gathered as labelled");
    assert!(fine.f1 >= 0.85 && whole.f1 >= 0.85, "pair F1 {:.3}, {:.3}", fine.f1, whole.f1);
}
