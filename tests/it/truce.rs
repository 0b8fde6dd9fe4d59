//! `truce`: registering, confirming and ending truces.

use insta::assert_snapshot;

use crate::environment::World;

fn fact(world: &World, act: &str, occurred: &str) {
    let ran = world.run(&[
        "add",
        "--claimant",
        "Russia",
        "--stance",
        "declares",
        "--act",
        act,
        "--party",
        "Armenia",
        "--party",
        "Azerbaijan",
        "--mediator",
        "Russia",
        "--occurred",
        occurred,
        "--place",
        "Moscow",
    ]);
    assert_eq!(ran.status, 0, "{ran}");
}

#[test]
fn a_truce_is_registered_with_roles_times_and_articles() {
    let world = World::with_ledger();
    let add = [
        "truce",
        "add",
        "--title",
        "Moscow truce",
        "--party",
        "Armenia",
        "--party",
        "Azerbaijan",
        "--ally",
        "Turkey",
        "--mediator",
        "Russia",
        "--guarantor",
        "France",
        "--monitor",
        "ICRC",
        "--area",
        "the line of contact",
        "--agreed",
        "2020-10-10T03:00",
        "--effective",
        "2020-10-10T12:00",
        "--effective-for",
        "Armenia=2020-10-10T13:00",
        "--duration",
        "until further notice",
        "--terms",
        "https://example.org/terms",
        "--article",
        "1=Prisoners and bodies are exchanged",
        "--due",
        "1=2020-10-15",
    ];
    assert_snapshot!(world.run(&add), @"");
    assert_snapshot!(world.run(&["truce", "list"]), @"");
    assert_snapshot!(world.run(&["truce", "show", "T1"]), @"");
}

#[test]
fn claims_that_tell_of_a_truce_propose_it_and_a_person_confirms() {
    let world = World::with_ledger();
    fact(&world, "truce-agreed", "2020-10-10");
    fact(&world, "truce-begins", "2020-10-10T12:00");
    assert_snapshot!(world.run(&["truce", "list"]), @"");
    assert_snapshot!(world.run(&["truce", "add", "--from", "C1,C2", "--dry-run"]), @"");
    assert_snapshot!(world.run(&["truce", "add", "--from", "C1,C2"]), @"");
    assert_snapshot!(world.run(&["truce", "list", "--format", "csv"]), @"");
}

#[test]
fn claims_that_disagree_are_settled_by_typing() {
    let world = World::with_ledger();
    fact(&world, "truce-begins", "2020-10-10T12:00");
    fact(&world, "truce-begins", "2020-10-10T13:00");
    assert_snapshot!(world.run(&["truce", "add", "--from", "C1,C2"]), @"");
    assert_snapshot!(world.run(&["truce", "add", "--from", "C1,C2", "--effective", "2020-10-10T12:00"]), @"");
}

#[test]
fn a_truce_ends_for_all_or_for_one() {
    let world = World::with_ledger();
    world.run(&["truce", "add", "--party", "Armenia", "--party", "Azerbaijan", "--effective", "2020-10-10"]);
    assert_snapshot!(world.run(&["truce", "end", "T1", "--at", "2020-10-17", "--for", "Armenia"]), @"");
    assert_snapshot!(world.run(&["truce", "end", "T1", "--at", "2020-10-18"]), @"");
    assert_snapshot!(world.run(&["truce", "end", "T2", "--at", "2020-10-18"]), @"");
    assert_snapshot!(world.run(&["truce", "list"]), @"");
}

#[test]
fn what_makes_no_truce_is_refused() {
    let world = World::with_ledger();
    world.run(&["add", "--claimant", "Armenia", "--stance", "denies", "--act", "shelling"]);
    assert_snapshot!(world.run(&["truce", "add", "--from", "C1"]), @"");
    assert_snapshot!(world.run(&["truce", "add", "--from", "C9"]), @"");
    assert_snapshot!(world.run(&["truce", "add", "--from", "D1"]), @"");
    assert_snapshot!(world.run(&["truce", "add", "--title", "Empty"]), @"");
    assert_snapshot!(world.run(&["truce", "add", "--party", "Armenia", "--due", "3=2020-10-15"]), @"");
    assert_snapshot!(world.run(&["truce", "add", "--party", "Armenia", "--ended-for", "Georgia=2020-10-15"]), @"");
    assert_snapshot!(world.run(&["truce", "add", "--party", "Armenia", "--effective-for", "Armenia"]), @"");
    assert_snapshot!(world.run(&["truce", "end", "T1", "--at", "2020-10-18"]), @"");
}
