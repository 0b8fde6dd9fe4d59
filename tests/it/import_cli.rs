//! `import`: texts into a ledger, as one batch.

use std::path::Path;

use trucebook::model::Id;

use crate::environment::World;
use crate::ledger_of::{ledger, live};

const WIRE: &str =
    "Source: Levant Wire\nPublished: 11 October 2020\n\nAzerbaijan accused Armenia on Sunday of shelling Terter.\n";
const OTHER: &str = "BAKU, Oct 12, 2020 (Silk Road) — Armenia denied having shelled Terter.\n";

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

#[test]
fn the_first_import_makes_the_ledger() {
    let world = World::new();
    world.file("a.txt", WIRE);
    let ran = world.run(&["import", "a.txt", "--tz", "Asia/Yerevan"]);
    assert_eq!(ran.status, 0, "{ran}");
    assert!(ran.stdout.starts_with("D1 added in B1 (a.txt): "), "{ran}");
    assert!(
        ran.stderr.starts_with("made the ledger `trucebook.db`: office DESK (Unnamed desk), zone Asia/Yerevan\n"),
        "{ran}"
    );
    assert!(ran.stderr.contains("1 file: 1 new, 0 duplicates, 0 rejected; "), "{ran}");
    assert_eq!(world.files(), ["a.txt", "trucebook.db"]);
}

#[test]
fn without_a_zone_no_ledger_is_made() {
    let world = World::new();
    world.file("a.txt", WIRE);
    let ran = world.run(&["import", "a.txt"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{ran}");
    assert!(ran.stderr.contains("making one needs --tz"), "{ran}");
    assert_eq!(world.files(), ["a.txt"]);
}

#[test]
fn importing_again_changes_nothing() {
    let world = World::with_ledger();
    world.file("texts/a.txt", WIRE);
    world.file("texts/b.txt", OTHER);
    assert_eq!(world.run(&["import", "texts"]).status, 0);
    let (before, count) = (bytes(&world.path("trucebook.db")), live(&world));
    let ran = world.run(&["import", "texts"]);
    assert_eq!(ran.status, 0, "{ran}");
    assert_eq!(ran.stdout, "D1 is there already (texts/a.txt)\nD2 is there already (texts/b.txt)\n");
    assert!(ran.stderr.contains("2 files: 0 new, 2 duplicates, 0 rejected; 0 claims"), "{ran}");
    assert_eq!(live(&world), count);
    assert!(before == bytes(&world.path("trucebook.db")), "the file is byte for byte the same");
}

#[test]
fn a_copy_under_another_name_is_told_with_what_it_duplicates() {
    let world = World::with_ledger();
    world.file("a.txt", WIRE);
    world.file("copy.txt", WIRE.replace('\n', "\r\n"));
    let ran = world.run(&["import", "a.txt", "copy.txt"]);
    assert_eq!(ran.status, 0, "{ran}");
    assert!(ran.stdout.ends_with("D1 is there already (copy.txt)\n"), "{ran}");
}

#[test]
fn a_bad_file_is_rejected_and_the_others_go_in() {
    let world = World::with_ledger();
    world.file("texts/a.txt", WIRE);
    world.file("texts/b.txt", b"\x00\x01\x02");
    let ran = world.run(&["import", "texts"]);
    assert_eq!(ran.status, 1, "{ran}");
    assert!(ran.stdout.starts_with("D1 added in B1 (texts/a.txt)"), "{ran}");
    assert!(
        ran.stderr.starts_with(
            "error: texts/b.txt: this is a binary file, not text: byte 1 is a control code\n  \
             hint: save its text as a .txt file and import that\n2 files: 1 new, 0 duplicates, 1 rejected; "
        ),
        "{ran}"
    );
}

#[test]
fn where_no_file_can_be_read_nothing_is_written() {
    let world = World::new();
    for (name, content, message) in [
        ("empty.txt", &b""[..], "error: empty.txt: the file is empty\n  hint: leave it out, or fetch the text again\n"),
        (
            "scan.txt",
            b"%PDF-1.4",
            "error: scan.txt: this is a PDF file, not text\n  hint: save its text as a .txt file and import that\n",
        ),
    ] {
        world.file(name, content);
        world.run(&["import", name, "--tz", "UTC"]).fails(message);
    }
    assert_eq!(world.files(), ["empty.txt", "scan.txt"]);
}

#[test]
fn a_dry_run_shows_what_would_be_written() {
    let world = World::new();
    world.file("a.txt", WIRE);
    let ran = world.run(&["import", "a.txt", "--tz", "UTC", "--dry-run"]);
    assert_eq!(ran.status, 0, "{ran}");
    assert!(ran.stdout.starts_with("D1 would be added (a.txt): "), "{ran}");
    assert_eq!(world.files(), ["a.txt"]);
}

#[test]
fn a_folders_parties_are_registered_first() {
    let world = World::with_ledger();
    world.file("texts/a.txt", WIRE);
    world.file(
        "texts/parties.jsonl",
        "{\"party\": \"Azeris\", \"kind\": \"state\", \"aliases\": {\"en\": [\"Azerbaijan\"]}}\n",
    );
    let ran = world.run(&["import", "texts"]);
    assert!(ran.stderr.contains("; 1 party registered"), "{ran}");
    let (ledger, parties) = (ledger(&world), ["Azeris", "Armenia"]);
    let snapshot = ledger.snapshot().unwrap();
    let names: Vec<_> = snapshot.parties().unwrap().into_iter().map(|party| party.value.name).collect();
    assert!(parties.iter().all(|name| names.iter().any(|known| known == name)), "{names:?}");
    assert!(!names.iter().any(|name| name == "Azerbaijan"), "{names:?}");
}

#[test]
fn the_bytes_are_kept_as_they_came() {
    let world = World::with_ledger();
    let (encoded, _, _) = encoding_rs::WINDOWS_1251.encode(
        "БАКУ, 12 октября 2020 — «Вестник». Азербайджан обвинил Армению в обстреле Тертера, сообщили в Минобороны.",
    );
    world.file("a.txt", &encoded);
    let ran = world.run(&["import", "a.txt"]);
    assert_eq!(ran.status, 0, "{ran}");
    let dispatch = ledger(&world).snapshot().unwrap().dispatch(Id::new(0, 1).unwrap()).unwrap().unwrap().value;
    assert!(dispatch.raw == *encoded);
    assert_eq!((dispatch.encoding.as_str(), dispatch.source.as_deref()), ("windows-1251", Some("Вестник")));
    assert_eq!(dispatch.published.unwrap().to_string(), "2020-10-12");
}

#[test]
fn reading_again_without_changes_changes_nothing() {
    let world = World::with_ledger();
    world.file("a.txt", WIRE);
    world.run(&["import", "a.txt"]);
    let before = bytes(&world.path("trucebook.db"));
    let ran = world.run(&["extract", "--again"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{ran}");
    assert!(ran.stderr.contains("new: 0, replaced: 0, gone: 0"), "{ran}");
    assert!(before == bytes(&world.path("trucebook.db")));
}

#[test]
fn reading_again_with_other_parties_tells_what_changed() {
    let world = World::with_ledger();
    world.file(
        "a.txt",
        "BAKU, Oct 12, 2020 (Silk Road) — Azerbaijan said the Talysh Brigade had shelled Terter on Sunday.\n",
    );
    world.run(&["import", "a.txt"]);
    world.run(&["party", "add", "Talysh Brigade", "--kind", "non-state"]);
    let ran = world.run(&["extract", "--again", "D1"]);
    assert_eq!(ran.status, 0, "{ran}");
    assert!(ran.stderr.starts_with("dispatches read again: 1; "), "{ran}");
}

#[test]
fn the_report_stands_alone_on_standard_output() {
    let world = World::new();
    world.file("a.txt", WIRE);
    let ran = world.run(&["import", "a.txt", "--tz", "Asia/Yerevan", "--report"]);
    assert_eq!(ran.status, 0, "{ran}");
    assert!(ran.stdout.starts_with("Claims by party\n"), "{ran}");
    assert_eq!(ran.stdout, world.run(&["report"]).stdout);
}

#[test]
fn what_the_texts_do_not_tell_is_asked_for() {
    let world = World::with_ledger();
    world.file("a.txt", "YEREVAN, Oct 10 (Wire) — Az ordu bu gün heç bir hərəkət etmədi və sakitlik davam edir.\n");
    let ran = world.run(&["import", "a.txt"]);
    assert_eq!(ran.status, 0, "{ran}");
    assert!(ran.stderr.contains("1 new dispatch without a date of publication: --received DATE"), "{ran}");
    assert!(ran.stderr.contains("1 new dispatch in no language that can be told and read: --lang LANG"), "{ran}");
}
