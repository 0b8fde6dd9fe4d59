//! `init`, `verify`, `rebuild`, `search`, `completions`, `man`.

use insta::assert_snapshot;

use crate::environment::World;

#[test]
fn a_ledger_is_made_once() {
    let world = World::new();
    assert_snapshot!(world.run(&["init", "--tz", "Asia/Yerevan", "--dry-run"]), @"");
    assert_eq!(world.files(), [""; 0]);
    assert_snapshot!(world.run(&["init", "--code", "KHI", "--title", "Karabakh desk", "--tz", "Asia/Yerevan"]), @"");
    assert_eq!(world.files(), ["trucebook.db"]);
    assert_snapshot!(world.run(&["init", "--tz", "Asia/Yerevan"]), @"");
    assert_snapshot!(world.run(&["init"]), @"");
    assert_snapshot!(world.run(&["init", "--code", "khi", "--tz", "UTC"]), @"");
}

#[test]
fn the_ledger_is_named_by_option_then_by_environment() {
    let world = World::new().variable("TRUCEBOOK_LEDGER", "by-environment.db");
    world.run(&["init", "--tz", "UTC"]);
    world.run(&["init", "--tz", "UTC", "--ledger", "by-option.db"]);
    assert_eq!(world.files(), ["by-environment.db", "by-option.db"]);
    assert_snapshot!(world.run(&["verify"]), @"");
}

#[test]
fn a_sound_ledger_is_sound() {
    let world = World::with_ledger();
    assert_snapshot!(world.run(&["verify"]), @"");
    assert_snapshot!(world.run(&["rebuild", "--dry-run"]), @"");
    assert_snapshot!(world.run(&["rebuild"]), @"");
    assert_snapshot!(world.run(&["verify"]), @"");
}

#[test]
fn words_are_found_with_what_stands_around_them() {
    let world = World::with_ledger();
    world.run(&[
        "add",
        "--claimant",
        "Azerbaijan",
        "--stance",
        "alleges",
        "--act",
        "shelling",
        "--accused",
        "Armenia",
        "--quote",
        "Ganja was shelled \u{1b}[2Jovernight, the ministry said.",
        "--note",
        "see also Mingachevir",
    ]);
    assert_snapshot!(world.run(&["search", "shelled"]), @"");
    assert_snapshot!(world.run(&["search", "shell*", "--colour", "always"]), @"");
    assert_snapshot!(world.run(&["search", "mingachevir", "--format", "json"]), @"");
    assert_snapshot!(world.run(&["search", "nothing-of-that-kind"]), @"");
    assert_snapshot!(world.run(&["search", " "]), @"");
    assert_snapshot!(world.run(&["search", "\"unclosed"]), @"");
}

#[test]
fn completions_and_manual_are_printed() {
    let world = World::new();
    let script = world.run(&["completions", "bash"]);
    assert_eq!((script.status, script.stderr.as_str()), (0, ""));
    assert!(script.stdout.contains("_trucebook()"));
    let page = world.run(&["man", "truce", "add"]);
    assert_eq!((page.status, page.stderr.as_str()), (0, ""));
    assert!(page.stdout.contains(".TH trucebook-truce-add 1"), "{page}");
    assert_snapshot!(world.run(&["man", "frob"]), @"");
    assert_snapshot!(world.run(&["completions", "frob"]), @"");
}

#[test]
fn the_version_is_printed() {
    World::new().run(&["--version"]).prints(0, concat!("trucebook ", env!("CARGO_PKG_VERSION"), "\n"));
}
