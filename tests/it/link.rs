//! `link`, `show I1 --why`, `rebuild --stats`: what persons decide, and why claims stand together.

use crate::environment::World;

/// Two shellings of one village within the hour told by each side, and one of another village the day after.
fn world() -> World {
    let world = World::with_ledger();
    for (claimant, accused, place, occurred) in [
        ("Azerbaijan", "Armenia", "Avdur", "2020-10-11T02:00"),
        ("Russia", "Armenia", "Avdur", "2020-10-11T02:10"),
        ("Azerbaijan", "Armenia", "Talish", "2020-10-12T09:00"),
    ] {
        let ran = world.run(&[
            "add",
            "--claimant",
            claimant,
            "--stance",
            "alleges",
            "--act",
            "shelling",
            "--accused",
            accused,
            "--place",
            place,
            "--occurred",
            occurred,
        ]);
        assert_eq!(ran.status, 0, "{ran}");
    }
    world
}

fn incidents(world: &World) -> String {
    world.run(&["list", "--format", "csv"]).stdout
}

fn decide(world: &World, a: &str, b: &str, said: &str) -> (i32, String) {
    let ran = world.run(&["link", a, b, said, "--why", "the desk knows"]);
    (ran.status, format!("{}{}", ran.stdout, ran.stderr))
}

#[test]
fn a_decision_wins_survives_a_rebuild_and_can_be_withdrawn() {
    let world = world();
    let show = |id: &str| world.run(&["show", id, "--format", "json"]).stdout;
    assert!(show("I1").contains("C2") && !show("I1").contains("C3"), "{}", show("I1"));
    assert_eq!(decide(&world, "C1", "C2", "--different"), (0, "C1 and C2: different events, in B4\n".into()));
    assert!(!show("I1").contains("C2"), "{}", show("I1"));
    assert_eq!(decide(&world, "C3", "C1", "--same"), (0, "C3 and C1: the same event, in B5\n".into()));
    let before = (show("I1"), incidents(&world));
    assert!(before.0.contains("C3"), "{}", before.0);
    assert_eq!(world.run(&["rebuild"]).status, 0);
    assert_eq!((show("I1"), incidents(&world)), before);
    assert_eq!(decide(&world, "C2", "C1", "--withdraw"), (0, "C2 and C1: no longer linked, in B6\n".into()));
    assert!(world.run(&["link", "list"]).stdout.contains("same event"));
    let (status, said) = decide(&world, "C2", "C1", "--withdraw");
    assert!(status == 2 && said.contains("nothing was said of C2 and C1"), "{said}");
}

#[test]
fn decisions_that_cannot_be_followed_together_are_named() {
    let world = world();
    assert_eq!(decide(&world, "C1", "C3", "--same").0, 0);
    assert_eq!(decide(&world, "C2", "C3", "--different").0, 0);
    let (status, said) = decide(&world, "C1", "C2", "--same");
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("said to be different: these are kept apart"), "{said}");
    let list = world.run(&["link", "list"]);
    assert_eq!(list.status, 1, "{list}");
    assert!(list.stdout.contains("kept apart"), "{list}");
}

#[test]
fn what_a_link_needs_is_asked_for() {
    let world = world();
    for (arguments, message) in [
        (&["link", "C1", "C2", "--same"][..], "`--why` is missing"),
        (&["link", "C1", "C1", "--same", "--why", "x"], "a link needs two claims"),
        (&["link", "C1", "C9", "--same", "--why", "x"], "there is no claim C9"),
        (&["link", "C1", "D2", "--same", "--why", "x"], "a claim is wanted"),
        (&["link", "C1", "C2", "--same", "--different", "--why", "x"], "do not go together"),
        (&["link", "C1", "C2", "--why", "x"], "missing"),
    ] {
        let ran = world.run(arguments);
        assert!(ran.status == 2 && ran.stderr.contains(message), "{ran}");
    }
    let ran = world.run(&["link", "list"]);
    assert_eq!(ran.status, 1, "{ran}");
}

#[test]
fn an_incident_says_why() {
    let world = world();
    let ran = world.run(&["show", "I1", "--why"]);
    assert_eq!(ran.status, 0, "{ran}");
    for words in ["fits the others", "same place", "same accused", "10 min apart", "in sum"] {
        assert!(ran.stdout.contains(words), "{words}: {ran}");
    }
    decide(&world, "C1", "C2", "--different");
    let ran = world.run(&["show", "I1", "--why"]);
    assert!(ran.stdout.contains("a person keeps it apart"), "{ran}");
    let ran = world.run(&["show", "B1", "--why"]);
    assert!(ran.status == 2 && ran.stderr.contains("`--why` explains a claim or an incident"), "{ran}");
    let ran = world.run(&["show", "C1", "--why"]);
    assert!(ran.status == 2 && ran.stderr.contains("C1 was read in no dispatch"), "{ran}");
}

#[test]
fn a_rebuild_tells_what_it_looked_at() {
    let ran = world().run(&["rebuild", "--stats"]);
    assert_eq!(ran.status, 0, "{ran}");
    for words in
        ["claims reconciled: 3", "pairs compared: 1", "cells over the cap of 64 claims: 0", "1 of 2", "reconciled: "]
    {
        assert!(ran.stdout.contains(words), "{words}: {ran}");
    }
}
