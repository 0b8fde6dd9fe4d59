//! From texts to incidents: the Karabakh dispatches are imported as a desk would, and the claims that the extractor finds
//! are held against the labelled incidents. A labelled claim that nobody extracted costs all its pairs.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::Value;
use trucebook::ledger::Ledger;
use trucebook::model::Id;

use crate::environment::World;
use crate::gold::GOLD;
use crate::score::{Flat, matching, prf};

/// Pair F1 that must be reached: what is reached less some two hundredths.
const FLOOR: f64 = 0.37;

/// A labelled claim: its dispatch, and which of its claims it is, from 1.
type Label = (String, usize);

/// A ledger with the dispatches of a conflict, each imported as received.
fn imported(rows: &[Value]) -> World {
    let world = World::with_ledger();
    let done = |arguments: &[&str]| {
        let ran = world.run(arguments);
        assert_eq!(ran.status, 0, "{ran}");
    };
    let folder = format!("{}/tests/data/gold", env!("CARGO_MANIFEST_DIR"));
    done(&["import", &format!("{folder}/parties/karabakh.jsonl")]);
    let mut by_day: BTreeMap<Option<&str>, Vec<String>> = BTreeMap::new();
    for row in rows {
        let file = format!("{folder}/dispatches/{}.txt", row["dispatch"].as_str().unwrap());
        by_day.entry(row["received"].as_str()).or_default().push(file);
    }
    for (received, files) in &by_day {
        let received = received.map_or(Vec::new(), |day| vec!["--received", day]);
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        done(&[&["import"], &files[..], &received[..]].concat());
    }
    world
}

/// A claim as extracted, and the event that an export tells it with.
type Extracted = (Flat, Option<(bool, Id)>);

fn extracted(world: &World) -> BTreeMap<String, Vec<Extracted>> {
    let ledger = Ledger::open_to_read(&world.path("trucebook.db"), Duration::ZERO).unwrap();
    let snapshot = ledger.snapshot().unwrap();
    let mut told: BTreeMap<String, Vec<Extracted>> = BTreeMap::new();
    let mut stems: BTreeMap<String, String> = BTreeMap::new();
    let listed = snapshot.dispatches().unwrap();
    stems.extend(listed.into_iter().map(|row| (format!("D{}", row.id.number()), row.stem)));
    let mut take = |written: trucebook::ledger::AsWritten| {
        let event = written.incident.map(|id| (false, id)).or(written.truce_event.map(|id| (true, id)));
        let stem = &stems[written.claim.dispatch.as_ref().unwrap()];
        let flat = Flat::of(&serde_json::to_value(&written.claim).unwrap());
        told.entry(stem.clone()).or_default().extend(flat.map(|flat| (flat, event)));
        Ok(())
    };
    snapshot.each_claim(None, &mut take).unwrap();
    told
}

/// The labelled claims of each event, by the extracted claims that match them.
fn found(rows: &[Value], extracted: &BTreeMap<String, Vec<Extracted>>) -> Vec<BTreeSet<Label>> {
    let mut found: BTreeMap<(bool, Id), BTreeSet<Label>> = BTreeMap::new();
    for id in rows.iter().filter_map(|row| row["dispatch"].as_str()) {
        let labels: Vec<(usize, Flat)> =
            (1..).zip(GOLD.labels(id)).filter_map(|(n, label)| Some((n, Flat::of(&label)?))).collect();
        let (gold, claims): (Vec<Flat>, &[Extracted]) =
            (labels.iter().map(|(_, flat)| flat.clone()).collect(), extracted.get(id).map_or(&[], Vec::as_slice));
        let flat: Vec<Flat> = claims.iter().map(|(flat, _)| flat.clone()).collect();
        for (g, p) in matching(&gold, &flat, false) {
            if let Some(event) = claims[p].1 {
                found.entry(event).or_default().insert((id.to_owned(), labels[g].0));
            }
        }
    }
    found.into_values().collect()
}

fn pairs(groups: &[BTreeSet<Label>], scored: &BTreeSet<Label>) -> BTreeSet<(Label, Label)> {
    let mut pairs = BTreeSet::new();
    for group in groups {
        for a in group.intersection(scored) {
            pairs.extend(group.intersection(scored).filter(|b| a < b).map(|b| (a.clone(), b.clone())));
        }
    }
    pairs
}

#[test]
fn incidents_of_extracted_claims() {
    let rows: Vec<Value> = GOLD.index().into_iter().filter(|row| row["conflict"] == "karabakh").collect();
    let kept: BTreeSet<&str> = rows.iter().filter_map(|row| row["dispatch"].as_str()).collect();
    let labelled =
        |claim: &Value| (claim[0].as_str().unwrap().to_owned(), usize::try_from(claim[1].as_u64().unwrap()).unwrap());
    let truth: Vec<BTreeSet<Label>> = GOLD
        .incidents()
        .iter()
        .map(|told| {
            told["claims"]
                .as_array()
                .unwrap()
                .iter()
                .map(labelled)
                .filter(|(id, _)| kept.contains(id.as_str()))
                .collect()
        })
        .collect();
    let scored: BTreeSet<Label> = truth.iter().flatten().cloned().collect();
    let (truth, found) = (pairs(&truth, &scored), pairs(&found(&rows, &extracted(&imported(&rows))), &scored));
    let (precision, recall, f1) = prf(found.intersection(&truth).count(), truth.len(), found.len());
    println!("{} labelled claims in incidents; pairs: P {precision:.3} R {recall:.3} F1 {f1:.3}", scored.len());
    assert!(f1 >= FLOOR, "pair F1 is {f1:.3}, under the floor of {FLOOR}");
}
