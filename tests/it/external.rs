//! `import --extractor`: another program extracts, and is believed nothing that the dispatch does not bear out.

use std::path::Path;

use insta::assert_snapshot;

use crate::environment::{Ran, World};

const TEXT: &str = "BAKU, Oct 12, 2020 (Silk Road) — On Sunday Azerbaijan accused Armenia of shelling Terter. \
    Armenia denied it.\n";

fn world() -> World {
    let world = World::with_ledger();
    world.file("a.txt", TEXT);
    world.file("b.txt", "BAKU, Oct 13, 2020 (Silk Road) — Armenia accused Azerbaijan of breaking the truce.\n");
    world
}

fn import(world: &World, extractor: &str) -> Ran {
    world.run(&["import", "a.txt", "b.txt", "--extractor", extractor, "--patience", "5"])
}

/// A program that takes all it is given and then says this.
fn says(lines: &[&str]) -> String {
    let lines: Vec<_> = lines.iter().map(|line| format!("'{line}'")).collect();
    let script = format!("cat > /dev/null; printf '%s\\n' {}", lines.join(" "));
    format!("/bin/sh -c \"{}\"", script.replace('\\', "\\\\").replace('"', "\\\""))
}

fn nothing_was_written(world: &World) {
    let log = world.run(&["log", "--format", "csv"]);
    assert!(!log.stdout.contains("import"), "{log}");
}

#[test]
fn another_programs_claims_enter_as_its_drafts() {
    let world = world();
    let example = Path::new(env!("CARGO_BIN_EXE_trucebook")).with_file_name("examples").join("extractor");
    assert!(example.exists(), "a test run with a filter builds no examples: run `cargo build --examples` first");
    assert_snapshot!(import(&world, &example.display().to_string()), @r#"
        status 0
        --- stdout
        D1 added in B1 (a.txt): 1 claim
        D2 added in B1 (b.txt): 1 claim
        --- stderr
        2 files: 2 new, 0 duplicates, 0 rejected; 2 claims, 0 unknown actors
        built-in parties registered: Azerbaijan, Armenia
        "#);
    let card = world.run(&["show", "C1", "--format", "json"]);
    assert!(card.stdout.contains("read by accusations/1; an unreviewed draft"), "{card}");
    assert!(card.stdout.contains("On Sunday Azerbaijan accused Armenia of shelling Terter."), "{card}");
    assert_eq!(import(&world, "/nowhere/at/all").status, 0, "what is there already is not asked about");
}

#[test]
fn one_that_lies_has_its_lies_refused_and_the_rest_taken() {
    let ran = import(
        &world(),
        &says(&[
            r#"{"extractor":"liar","version":"0"}"#,
            r#"{"dispatch":"D1","stance":"denies","act":"shelling","claimant":"Armenia","quote":"Armenia denied it."}"#,
            r#"{"dispatch":"D1","stance":"acknowledges","act":"shelling","claimant":"Armenia","quote":"Armenia admitted it."}"#,
            r#"{"dispatch":"D1","stance":"denies","act":"shelling","claimant":"Ruritania","quote":"Armenia denied it."}"#,
            r#"{"dispatch":"D1","stance":"denies","act":"bombing","claimant":"Armenia","quote":"Armenia denied it."}"#,
            r#"{"dispatch":"D7","stance":"denies","act":"shelling","claimant":"Armenia","quote":"Armenia denied it."}"#,
            r#"{"dispatch":"D1","stance":"denies","act":"shelling","quote":"Armenia denied it.","occurred":"yesterday"}"#,
            "not json",
        ]),
    );
    assert_snapshot!(ran, @r#"
        status 1
        --- stdout
        D1 added in B1 (a.txt): 1 claim
        D2 added in B1 (b.txt): 0 claims
        --- stderr
        error: /bin/sh:3: quote: `Armenia admitted it.` does not stand in the dispatch
          hint: quote verbatim, byte for byte: no other quotation marks, spaces or hyphens
        error: /bin/sh:4: claimant: no party bears the name `Ruritania`
          hint: give the words of the text in claimant_text, accused_text or target_text; or register the party first
        error: /bin/sh:5: no claim: `bombing` is no act at line 1 column 50
          hint: `trucebook extract --schema` prints the shape of a claim
        error: /bin/sh:6: dispatch: `D7` is no dispatch that was given
          hint: copy `dispatch` from the line that was read
        error: /bin/sh:7: no claim: `yesterday` is no date: the year has four digits, then come month and day at line 1 column 104
          hint: `trucebook extract --schema` prints the shape of a claim
        error: /bin/sh:8: no claim: expected ident at line 1 column 2
          hint: `trucebook extract --schema` prints the shape of a claim
        2 files: 2 new, 0 duplicates, 0 rejected; 1 claim, 0 unknown actors; 6 claims of the extractor refused
        built-in parties registered: Armenia
        "#);
}

#[test]
fn one_that_dies_hangs_floods_or_is_nobody_leaves_nothing_behind() {
    for extractor in [
        "/nowhere/at/all",
        "/bin/sh -c 'echo the model is missing >&2; exit 3'",
        "/bin/sh -c 'kill -9 $$'",
        "/bin/sh -c 'cat > /dev/null; exec sleep 600'",
        "/bin/sh -c 'exec sleep 600'",
        "/bin/sh -c 'exec sleep 600 >&-'",
        "/bin/sh -c 'yes 0123456789 | tr -d \"\\n\"'",
        "/bin/sh -c 'yes'",
        "/bin/sh -c 'cat > /dev/null'",
        "/bin/cat",
    ] {
        let world = world();
        let ran = world.run(&["import", "a.txt", "b.txt", "--extractor", extractor, "--patience", "1"]);
        assert_eq!(ran.status, 2, "{extractor}: {ran}");
        assert!(ran.stderr.contains("error: ") && ran.stderr.contains("hint: "), "{extractor}: {ran}");
        nothing_was_written(&world);
    }
}

#[test]
fn what_went_wrong_is_told() {
    assert_snapshot!(import(&world(), "/bin/sh -c 'echo the model is missing >&2; exit 3'"), @r#"
        status 2
        --- stderr
        error: the extractor `/bin/sh` failed: exit status: 3
          hint: nothing was written; it said: the model is missing
        "#);
    assert_snapshot!(import(&world(), "/bin/sh -c 'yes 0123456789 | tr -d \"\\n\"'"), @r#"
        status 2
        --- stderr
        error: the extractor `/bin/sh` says more than any text holds and was ended
          hint: nothing was written; it may answer 1 MiB a line
        "#);
    assert_snapshot!(import(&world(), "/bin/cat"), @r#"
        status 2
        --- stderr
        error: the extractor `/bin/cat` does not say who it is
          hint: its first line must be {"extractor": "NAME", "version": "VERSION"}
        "#);
    assert_snapshot!(import(&world(), "\"unclosed"), @r#"
        status 2
        --- stderr
        error: --extractor: `"unclosed`: it is no command
          hint: write a program and its arguments; close every quotation mark
        "#);
}
