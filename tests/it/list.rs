//! `list`: claims through filters.

use insta::assert_snapshot;

use crate::environment::World;
use crate::report::{book, steady};

fn listed(world: &World, filters: &[&str]) -> Vec<String> {
    let ran = world.run(&[&["list", "--format", "jsonl"], filters].concat());
    assert_eq!(ran.status, 0, "{ran}");
    let claim =
        |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["claim"].as_str().unwrap().to_owned();
    ran.stdout.lines().map(claim).collect()
}

#[test]
fn the_list() {
    assert_snapshot!(steady(&book().run(&["list"])));
}

#[test]
fn each_filter_keeps_what_it_names() {
    let world = book();
    for (filters, claims) in [
        (&["--party", "Nagorno-Karabakh"][..], &[][..]),
        (&["--party", "Armenia"], &["C1", "C3", "C4"]),
        (&["--claimant", "Baku"], &["C2", "C3", "C4"]),
        (&["--claimant", "P2"], &["C2", "C3", "C4"]),
        (&["--accused", "Armenia"], &["C3", "C4"]),
        (&["--stance", "denies"], &["C2"]),
        (&["--act", "shelling"], &["C1", "C2", "C3"]),
        (&["--place", "gyanja"], &["C3", "C5"]),
        (&["--since", "2020-10-11", "--until", "2020-10-11"], &["C3", "C4", "C5"]),
        (&["--until", "2020-10-10"], &["C1"]),
        (&["--truce", "T1", "--stance", "alleges"], &["C1", "C3", "C4", "C6"]),
        (&["--batch", "B6"], &["C1"]),
        (&["--claimant", "Azerbaijan", "--act", "violation"], &["C4"]),
    ] {
        if claims.is_empty() {
            assert_eq!(world.run(&[&["list"], filters].concat()).status, 1, "{filters:?}");
        } else {
            assert_eq!(listed(&world, filters), claims, "{filters:?}");
        }
    }
}

#[test]
fn nothing_found_says_so_and_exits_1() {
    let ran = book().run(&["list", "--stance", "no-comment"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""), "{ran}");
    assert_eq!(ran.stderr, "no live claim passes the filters: stance no-comment\n");
}

#[test]
fn numbers_and_dates_that_are_none() {
    let world = book();
    world
        .run(&["list", "--truce", "T9"])
        .fails("error: there is no truce T9 in this ledger\n  hint: `trucebook truce list` lists the truces\n");
    world.run(&["list", "--since", "2020-10-10/.."]).prints(
        0,
        &world.run(&["list", "--since", "2020-10-10"]).stdout.replace("since 2020-10-10", "since 2020-10-10/.."),
    );
    world
        .run(&["list", "--until", "2020-10-10/.."])
        .fails("error: `--until` takes a date with that end, and 2020-10-10/.. has none\n");
}

#[test]
fn hostile_text_never_reaches_the_terminal() {
    let world = book();
    let quote = "\u{1b}]0;owned\u{7}\u{202e}";
    let added = world.run(&[
        "add",
        "--claimant",
        "-",
        "--stance",
        "observes",
        "--act",
        "attack",
        "--quote",
        quote,
        "--accused-text",
        "=cmd()",
    ]);
    assert_eq!(added.status, 0, "{added}");
    for arguments in [
        &["list"][..],
        &["list", "--format", "csv"],
        &["list", "--format", "json"],
        &["show", "C7"],
        &["show", "C7", "--format", "json"],
        &["show", "C7", "--format", "md"],
        &["show", "I7"],
    ] {
        let ran = world.run(arguments);
        assert!(!ran.stdout.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{arguments:?}: {ran}");
    }
    let csv = world.run(&["list", "--format", "csv"]).stdout;
    assert!(csv.contains("\"“=cmd()”\""), "{csv}");
}
