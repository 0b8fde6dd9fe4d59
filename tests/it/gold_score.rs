//! How well extraction does on the gold set, language by language, and the floor it must not fall under. With
//! `--nocapture` the table is printed; with `TRUCEBOOK_ERRORS=1` what was missed and what was made up, too.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;
use trucebook::extract::Extractor;
use trucebook::import::{Hints, read_dispatch};
use trucebook::model::{PartyBook, Zone};

use crate::gold;
use crate::score::{Flat, Scored, Slots, Tally, prf, score};

/// Core and exact F1 that each language must reach.
const FLOORS: &[(&str, f64, f64)] = &[
    ("en", 0.70, 0.66),
    ("fr", 0.79, 0.71),
    ("ru", 0.77, 0.69),
    ("es", 0.66, 0.51),
    ("de", 0.64, 0.57),
    ("ar", 0.74, 0.66),
];

#[derive(Default)]
struct Table {
    languages: BTreeMap<String, (Tally, Slots)>,
    /// Negatives, and how many claims were made up in them.
    negatives: (usize, usize),
}

impl Table {
    fn add(&mut self, language: &str, scored: &Scored, negative: bool) {
        for row in [language, "all"] {
            let (tally, slots) = self.languages.entry(row.to_owned()).or_default();
            *tally += scored.tally;
            *slots += scored.slots;
        }
        if negative {
            self.negatives.0 += 1;
            self.negatives.1 += scored.tally.pred;
        }
    }

    fn print(&self) {
        println!(
            "       gold  pred   core P     R    F1   exact P     R    F1    when        place       tolls     count"
        );
        for (language, (tally, slots)) in &self.languages {
            let (core, exact) = (prf(tally.core, tally.gold, tally.pred), prf(tally.exact, tally.gold, tally.pred));
            let part = |(right, all): (usize, usize)| format!("{right}/{all}");
            println!(
                "{language:<5} {:>5} {:>5}    {:.3} {:.3} {:.3}     {:.3} {:.3} {:.3}    {:<11} {:<11} {:<9} {}",
                tally.gold,
                tally.pred,
                core.0,
                core.1,
                core.2,
                exact.0,
                exact.1,
                exact.2,
                part(slots.when),
                part(slots.place),
                part(slots.tolls),
                part(slots.count),
            );
        }
        println!("negatives: {} dispatches, {} claims made up in them", self.negatives.0, self.negatives.1);
    }
}

fn extractor(conflict: &str) -> Extractor {
    Extractor::new(&PartyBook::new(gold::party_list(conflict)), Zone::UTC).unwrap()
}

fn predicted(extractor: &Extractor, row: &Value) -> Vec<Value> {
    let id = row["dispatch"].as_str().unwrap();
    let received = row["received"].as_str().map(|day| day.parse().unwrap());
    let dispatch = read_dispatch(id, gold::bytes(id), &Hints { received, ..Hints::default() }).unwrap();
    extractor.extract(&dispatch).claims.iter().map(|claim| serde_json::to_value(claim).unwrap()).collect()
}

fn flat(claims: &[Value]) -> Vec<Flat> {
    claims.iter().filter_map(Flat::of).collect()
}

#[test]
fn extraction_does_not_fall_under_the_floor() {
    let mut extractors: HashMap<String, Extractor> = HashMap::new();
    let mut table = Table::default();
    for row in gold::index() {
        let (id, conflict) = (row["dispatch"].as_str().unwrap(), row["conflict"].as_str().unwrap());
        let extractor = extractors.entry(conflict.to_owned()).or_insert_with(|| extractor(conflict));
        let scored = score(&flat(&gold::labels(id)), &flat(&predicted(extractor, &row)));
        table.add(row["lang"].as_str().unwrap(), &scored, row["negative"] == true);
        if std::env::var_os("TRUCEBOOK_ERRORS").is_some() {
            scored.missed.iter().for_each(|claim| println!("missed   {id} {claim}"));
            scored.spurious.iter().for_each(|claim| println!("spurious {id} {claim}"));
        }
    }
    table.print();
    for (language, core_floor, exact_floor) in FLOORS {
        let (tally, _) = table.languages[*language];
        let f1 = |right| prf(right, tally.gold, tally.pred).2;
        let (core, exact) = (f1(tally.core), f1(tally.exact));
        assert!(core >= *core_floor, "{language}: core F1 is {core:.3}, under the floor of {core_floor}");
        assert!(exact >= *exact_floor, "{language}: exact F1 is {exact:.3}, under the floor of {exact_floor}");
    }
}

/// Scores the labels, changed by `change`, against themselves.
fn changed(mut change: impl FnMut(usize, &Value) -> Vec<Value>) -> Tally {
    let mut total = Tally::default();
    let mut at = 0;
    for id in gold::ids() {
        let labels = gold::labels(&id);
        let claims: Vec<Value> = labels
            .iter()
            .flat_map(|label| {
                at += 1;
                change(at - 1, label)
            })
            .collect();
        total += score(&flat(&labels), &flat(&claims)).tally;
    }
    total
}

#[test]
fn labels_score_full_marks_against_themselves() {
    let tally = changed(|_, label| vec![label.clone()]);
    assert!(tally.gold > 500, "{tally:?}");
    assert_eq!((tally.core, tally.exact, tally.pred), (tally.gold, tally.gold, tally.gold));
}

#[test]
fn labels_with_faults_score_as_the_reference_scorer_has_it() {
    let tally = changed(|n, label| {
        let mut claim = label.clone();
        let fields = claim.as_object_mut().unwrap();
        fields.remove("also");
        if n % 5 == 0 {
            fields.insert("stance".into(), "denies".into());
        }
        if n % 11 == 0 {
            fields.insert("act".into(), "violation".into());
            fields.remove("count");
        }
        match (n % 3, n % 7) {
            (0, _) => Vec::new(),
            (_, 0) => vec![claim.clone(), claim],
            _ => vec![claim],
        }
    });
    assert_eq!(tally, Tally { gold: 538, pred: 418, core: 301, exact: 295 });
}
