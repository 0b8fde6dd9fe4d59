//! `amend`, `retract`, `undo`, `log`: what was written stays, corrections are written beside it.

use insta::assert_snapshot;

use crate::environment::World;

fn world() -> World {
    let world = World::with_ledger();
    let ran = world.run(&[
        "add",
        "--claimant",
        "Azerbaijan",
        "--stance",
        "alleges",
        "--act",
        "violation",
        "--accused",
        "Armenia",
        "--occurred",
        "2020-10-10/2020-10-11",
        "--count",
        "43",
        "--place",
        "Ganja",
        "--note",
        "first report",
    ]);
    assert_eq!(ran.status, 0, "{ran}");
    world
}

#[test]
fn an_amended_claim_takes_the_place_of_the_old() {
    let world = world();
    assert_snapshot!(world.run(&["amend", "C1", "--occurred", "2020-10-11/2020-10-12", "--clear", "place"]), @"");
    assert_snapshot!(world.run(&["show", "C2", "--format", "json"]), @"");
    assert_snapshot!(world.run(&["list"]), @"");
    assert_snapshot!(world.run(&["amend", "C1", "--note", "again"]), @"");
    assert_snapshot!(world.run(&["amend", "C2"]), @"");
    assert_snapshot!(world.run(&["amend", "C2", "--clear", "stance"]), @"");
    assert_snapshot!(world.run(&["amend", "C7", "--note", "x"]), @"");
}

#[test]
fn a_retracted_claim_is_told_with_its_why() {
    let world = world();
    assert_snapshot!(world.run(&["retract", "C1"]), @"");
    assert_snapshot!(world.run(&["retract", "C1", "--why", "the agency withdrew it", "--dry-run"]), @"");
    assert_snapshot!(world.run(&["retract", "C1", "--why", "the agency withdrew it"]), @"");
    assert_snapshot!(world.run(&["retract", "C1", "--why", "twice"]), @"");
    assert_snapshot!(world.run(&["list"]), @"");
    assert_snapshot!(world.run(&["show", "C1"]), @"");
}

#[test]
fn undo_takes_back_what_a_command_wrote() {
    let world = world();
    assert_snapshot!(world.run(&["undo", "B2", "--why", "wrong ledger", "--dry-run"]), @"");
    assert_snapshot!(world.run(&["undo", "B2", "--why", "wrong ledger"]), @"");
    assert_snapshot!(world.run(&["undo", "B2"]), @"");
    assert_snapshot!(world.run(&["undo", "B9"]), @"");
    assert_snapshot!(world.run(&["undo", "C1"]), @"");
    assert_snapshot!(world.run(&["log"]), @"");
    assert_snapshot!(world.run(&["log", "-n", "1", "--format", "csv"]), @"");
}

#[test]
fn undo_is_refused_where_later_entries_rest_on_it() {
    let world = world();
    world.run(&["add", "--claimant", "Armenia", "--stance", "denies", "--act", "violation", "--answers", "C1"]);
    assert_snapshot!(world.run(&["undo", "B2"]), @"");
}

#[test]
fn a_clock_behind_the_ledger_is_refused() {
    let world = world().at("2020-10-12T08:59:00Z");
    let add = ["add", "--claimant", "Armenia", "--stance", "denies", "--act", "violation"];
    assert_snapshot!(world.run(&add), @"");
    assert_snapshot!(world.run(&[add.as_slice(), &["--clock-may-lag"]].concat()), @"");
}
