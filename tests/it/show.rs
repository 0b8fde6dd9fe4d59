//! `show`: each kind of number.

use insta::assert_snapshot;

use crate::report::{book, steady};

#[test]
fn a_claim() {
    let world = book();
    assert_snapshot!("claim", steady(&world.run(&["show", "C1"])));
    let json: serde_json::Value = serde_json::from_str(&world.run(&["show", "C1", "--format", "json"]).stdout).unwrap();
    assert_eq!(json["number"], "C1");
    assert_eq!(json["claim"]["claimant"], "Armenia");
    assert_eq!(json["state"]["incident"], "I1");
    assert_eq!(json["answers"][0]["claim"], "C2");
}

#[test]
fn an_incident_shows_its_versions_side_by_side() {
    let world = book();
    assert_snapshot!("incident", steady(&world.run(&["show", "I1"])));
    let json: serde_json::Value = serde_json::from_str(&world.run(&["show", "I1", "--format", "json"]).stdout).unwrap();
    assert_eq!(json["versions"][0]["party"], "Armenia");
    assert_eq!(json["versions"][1]["claim"], "C2");
}

#[test]
fn an_incident_is_found_by_any_of_its_claims() {
    let world = book();
    let json: serde_json::Value = serde_json::from_str(&world.run(&["show", "I5", "--format", "json"]).stdout).unwrap();
    let claims = json["incident"]["claims"].as_array().unwrap();
    assert!(claims.contains(&"C5".into()), "{json}");
}

#[test]
fn registers_and_batches() {
    let world = book();
    let placed = world.run(&["place", "add", "Gyanja", "--lat", "40.68", "--lon", "46.36"]);
    assert_eq!(placed.status, 0, "{placed}");
    let added = world.run(&["party", "add", "Northern Front", "--kind", "non-state", "--alias", "ru:Северный фронт"]);
    assert_eq!(added.status, 0, "{added}");
    for number in ["P5", "T1", "L1", "B7"] {
        assert_snapshot!(number, steady(&world.run(&["show", number])));
    }
}

#[test]
fn a_dispatch_and_what_was_read_in_it() {
    let world = book();
    let text = include_str!("../data/gold/dispatches/nk-04-en.txt");
    world.file("nk-04-en.txt", text);
    let imported = world.run(&["import", "nk-04-en.txt"]);
    assert_eq!(imported.status, 0, "{imported}");
    let json = |number: &str| -> serde_json::Value {
        let ran = world.run(&["show", number, "--format", "json"]);
        assert_eq!(ran.status, 0, "{ran}");
        serde_json::from_str(&ran.stdout).unwrap()
    };
    let dispatch = json("D1");
    assert_eq!(dispatch["text"], text);
    assert_eq!(dispatch["fields"]["file"], "nk-04-en");
    let number = dispatch["claims"][0]["claim"].as_str().unwrap();
    let claim = json(number);
    assert_eq!(claim["read_in"]["dispatch"], "D1");
    let span = &claim["claim"]["span"];
    let at = |n: usize| usize::try_from(span[n].as_u64().unwrap()).unwrap();
    assert_eq!(claim["quote"].as_str(), text.get(at(0)..at(1)));
    assert!(!claim["evidence"].as_array().unwrap().is_empty());
    let shown = world.run(&["show", "D1"]);
    assert!(shown.stdout.contains(number), "{shown}");
}

#[test]
fn a_retracted_claim_tells_why() {
    let world = book();
    let retracted = world.run(&["retract", "C4", "--why", "typed twice"]);
    assert_eq!(retracted.status, 0, "{retracted}");
    assert_snapshot!("retracted", steady(&world.run(&["show", "C4"])));
}

#[test]
fn a_number_that_nothing_stands_under() {
    let world = book();
    world
        .run(&["show", "C99"])
        .fails("error: there is no claim C99 in this ledger\n  hint: `trucebook list` lists the claims\n");
    world.run(&["show", "I99"]).fails(
        "error: there is no incident I99 in this ledger\n  hint: `trucebook report incidents` lists the incidents\n",
    );
    let ran = world.run(&["show", "X1"]);
    assert_eq!(ran.status, 2, "{ran}");
}

#[test]
fn forms_that_one_thing_does_not_take() {
    book()
        .run(&["show", "C1", "--format", "csv"])
        .fails("error: this does not print as csv\n  hint: --format takes one of: table, json, md\n");
}
