//! `add`: claims by hand.

use insta::assert_snapshot;

use crate::environment::World;

const ACCUSATION: &[&str] = &[
    "add",
    "--claimant",
    "Azerbaijan",
    "--speaker",
    "Defence Ministry",
    "--stance",
    "alleges",
    "--act",
    "shelling",
    "--accused",
    "Armenia",
    "--place",
    "Ganja",
    "--occurred",
    "2020-10-11",
    "--killed",
    "9",
    "--wounded",
    "30+",
    "--loss-side",
    "Azerbaijan",
    "--civilian",
    "--quote",
    "Ganja was shelled overnight.",
];

#[test]
fn built_in_parties_are_registered_when_they_are_first_named() {
    let world = World::with_ledger();
    assert_snapshot!(world.run(ACCUSATION), @"");
    assert_snapshot!(world.run(&["party", "list", "--format", "csv"]), @"");
}

#[test]
fn the_first_claim_makes_the_ledger_and_says_so() {
    let world = World::new();
    let arguments = [ACCUSATION, &["--tz", "Asia/Baku"]].concat();
    assert_snapshot!(world.run(&arguments), @"");
    assert_eq!(world.files(), ["trucebook.db"]);
}

#[test]
fn a_dry_run_writes_nothing() {
    let world = World::with_ledger();
    let before = std::fs::read(world.path("trucebook.db")).unwrap();
    assert_snapshot!(world.run(&[ACCUSATION, &["--dry-run"]].concat()), @"");
    assert_eq!(world.files(), ["trucebook.db"]);
    assert_eq!(std::fs::read(world.path("trucebook.db")).unwrap(), before);
}

#[test]
fn a_dry_run_without_a_ledger_makes_none() {
    let world = World::new();
    assert_snapshot!(world.run(&[ACCUSATION, &["--dry-run", "--tz", "Asia/Baku"]].concat()), @"");
    assert_eq!(world.files(), [""; 0]);
}

#[test]
fn the_same_claim_is_there_already() {
    let world = World::with_ledger();
    world.run(ACCUSATION);
    assert_snapshot!(world.run(ACCUSATION), @"");
}

#[test]
fn every_field_of_a_claim_has_its_option() {
    let world = World::with_ledger();
    world.run(ACCUSATION);
    let full = [
        "add",
        "--claimant",
        "Yerevan",
        "--claimant-text",
        "official Yerevan",
        "--speaker",
        "Shushan Stepanyan",
        "--said-at",
        "2020-10-11T08:00",
        "--stance",
        "denies",
        "--in-response",
        "--act",
        "shelling/mortar",
        "--accused",
        "Armenia",
        "--accused-text",
        "our side",
        "--attribution",
        "inferred",
        "--target",
        "Azerbaijan",
        "--target-text",
        "Ganja's people",
        "--involved",
        "Turkey",
        "--answers",
        "C1",
        "--place",
        "Ganja",
        "--place",
        "Mingachevir",
        "--lat",
        "40.68",
        "--lon",
        "46.36",
        "--occurred",
        "2020-10-10T23:00/2020-10-11T02:00",
        "--extent",
        "within",
        "--zone",
        "Asia/Baku",
        "--count",
        "~40",
        "--count-unit",
        "shell",
        "--figure",
        ">230 violation 2020-10-01/2020-10-07",
        "--loss",
        "Azerbaijan: killed 9 civilian, wounded 30+",
        "--missing",
        "0",
        "--civilian=yes",
        "--quote",
        "Not a shell.",
        "--source",
        "Example Wire",
        "--ref",
        "A-17",
        "--url",
        "https://wire.example/1",
        "--published",
        "2020-10-11T09:30",
        "--noted-at",
        "2020-10-12",
        "--rule",
        "hand",
        "--confidence",
        "0.8",
        "--note",
        "by phone",
    ];
    assert_snapshot!(world.run(&full), @"");
    assert_snapshot!(world.run(&["show", "C2", "--format", "json"]), @"");
}

#[test]
fn a_truce_fact_takes_parties_and_mediators() {
    let world = World::with_ledger();
    let fact = [
        "add",
        "--claimant",
        "Russia",
        "--stance",
        "declares",
        "--act",
        "truce-agreed",
        "--party",
        "Armenia",
        "--party",
        "Azerbaijan",
        "--mediator",
        "Russia",
        "--occurred",
        "2020-10-10",
    ];
    assert_snapshot!(world.run(&fact), @"");
}

#[test]
fn the_text_itself_can_be_the_claimant_and_nobody_registered_too() {
    let world = World::with_ledger();
    assert_snapshot!(world.run(&["add", "--claimant", "-", "--stance", "observes", "--act", "explosion"]), @"");
    let elders = [
        "add",
        "--claimant-text",
        "village elders",
        "--stance",
        "alleges",
        "--act",
        "overflight",
        "--accused-text",
        "the drones' owner",
    ];
    assert_snapshot!(world.run(&elders), @"");
}

#[test]
fn a_party_nobody_knows_is_told_with_its_neighbours() {
    let world = World::with_ledger();
    world.run(ACCUSATION);
    assert_snapshot!(world.run(&["add", "--claimant", "Azerbajan", "--stance", "alleges", "--act", "shelling"]), @"");
    assert_snapshot!(world.run(&["add", "--claimant", "Azerbaijan", "--stance", "alleges", "--act", "shelling", "--accused", "the \u{1b}[31mred"]), @"");
    assert_snapshot!(world.run(&["add", "--claimant", "Azerbaijan", "--stance", "alleges", "--act", "shelling", "--accused", "Blue Brigade"]), @"");
}

#[test]
fn what_is_missing_is_told() {
    let world = World::with_ledger();
    assert_snapshot!(world.run(&["add"]), @"");
    assert_snapshot!(world.run(&["add", "--claimant", "Armenia", "--stance", "denies"]), @"");
}

#[test]
fn a_failed_first_claim_leaves_no_ledger() {
    let world = World::new();
    let refused = ["add", "--tz", "UTC", "--claimant", "Nobody at all", "--stance", "alleges", "--act", "shelling"];
    assert_snapshot!(world.run(&refused), @"");
    assert_eq!(world.files(), [""; 0]);
}

#[test]
fn who_writes_is_told_never_taken_from_the_system() {
    let world = World::with_ledger()
        .variable("TRUCEBOOK_BY", "night desk")
        .variable("USER", "alice")
        .variable("LOGNAME", "alice");
    world.run(ACCUSATION);
    world.run(&["add", "--by", "B. Desk", "--claimant", "Armenia", "--stance", "denies", "--act", "shelling"]);
    assert_snapshot!(world.run(&["log", "--format", "csv"]), @"");
    let bytes = std::fs::read(world.path("trucebook.db")).unwrap();
    assert!(!bytes.windows(5).any(|window| window == b"alice"));
}
