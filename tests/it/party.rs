//! `party`: registering parties and names.

use insta::assert_snapshot;

use crate::environment::World;

#[test]
fn a_built_in_party_needs_its_name_only() {
    let world = World::with_ledger();
    assert_snapshot!(world.run(&["party", "add", "Georgia"]), @"");
    assert_snapshot!(world.run(&["party", "add", "Georgia"]), @"");
    assert_snapshot!(world.run(&["party", "add", "Blue Brigade"]), @"");
}

#[test]
fn parties_are_listed_with_kind_side_and_names() {
    let world = World::with_ledger();
    let added = world.run(&[
        "party",
        "add",
        "Blue Brigade",
        "--kind",
        "non-state",
        "--side",
        "Blue side",
        "--alias",
        "fr:la Brigade bleue",
        "--alias",
        "BB",
    ]);
    assert_snapshot!(added, @"");
    assert_snapshot!(world.run(&["party", "list"]), @"");
    assert_snapshot!(world.run(&["party", "list", "--format", "csv"]), @"");
    assert_snapshot!(world.run(&["party", "show", "bb"]), @"");
}

#[test]
fn registering_a_name_resolves_the_claims_that_used_it() {
    let world = World::with_ledger();
    let said = |place| {
        world.run(&[
            "add",
            "--claimant",
            "Georgia",
            "--stance",
            "alleges",
            "--act",
            "shelling",
            "--accused-text",
            "the militia",
            "--place",
            place,
        ])
    };
    said("Nikozi");
    said("Ergneti");
    assert_snapshot!(world.run(&["party", "add", "South Ossetia", "--kind", "non-state"]), @"");
    assert_snapshot!(world.run(&["party", "alias", "South Ossetia", "en:the militia", "en:the militia"]), @"");
    assert_snapshot!(world.run(&["show", "C1"]), @"");
}

#[test]
fn a_file_of_parties_is_taken_whole_or_not_at_all() {
    let world = World::with_ledger();
    let good = "{\"party\": \"Blue Brigade\", \"kind\": \"non-state\", \"aliases\": {\"en\": [\"BB\"]}}\n";
    world.file("good.jsonl", good);
    world.file("bad.jsonl", format!("{good}{{\"party\": \"Red\", \"kind\": \"planet\"}}\n"));
    assert_snapshot!(world.run(&["party", "import", "bad.jsonl"]), @"");
    assert_snapshot!(world.run(&["party", "list"]), @"");
    assert_snapshot!(world.run(&["party", "import", "good.jsonl"]), @"");
    assert_snapshot!(world.run_with(&["party", "import", "-"], good), @"");
    assert_snapshot!(world.run(&["party", "import", "absent.jsonl"]), @"");
}

#[test]
fn names_that_could_deceive_are_refused() {
    let world = World::with_ledger();
    assert_snapshot!(world.run(&["party", "add", "\u{202e}ainemrA", "--kind", "state"]), @"");
    assert_snapshot!(world.run(&["party", "add", "-", "--kind", "state"]), @"");
    assert_snapshot!(world.run(&["party", "alias", "Georgia", "en:\u{200b}Tbilisi"]), @"");
}

#[test]
fn the_karabakh_parties_are_taken() {
    let world = World::with_ledger();
    let parties = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/gold/parties/karabakh.jsonl");
    assert_snapshot!(world.run(&["party", "import", parties]), @"");
    assert_snapshot!(world.run(&["party", "show", "Baku", "--format", "json"]), @"");
}
