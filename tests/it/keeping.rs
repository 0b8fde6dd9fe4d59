//! `init`, `verify`, `rebuild`, `search`, `completions`, `man`.

use insta::assert_snapshot;

use crate::environment::World;

#[test]
fn a_ledger_is_made_once() {
    let world = World::new();
    assert_snapshot!(world.run(&["init", "--tz", "Asia/Yerevan", "--dry-run"]), @r#"
        status 0
        --- stdout
        a ledger would be made at `trucebook.db`
        "#);
    assert_eq!(world.files(), [""; 0]);
    assert_snapshot!(world.run(&["init", "--code", "KHI", "--title", "Karabakh desk", "--tz", "Asia/Yerevan"]), @r#"
        status 0
        --- stdout
        made the ledger `trucebook.db`: office KHI (Karabakh desk), zone Asia/Yerevan
        "#);
    assert_eq!(world.files(), ["trucebook.db"]);
    assert_snapshot!(world.run(&["init", "--tz", "Asia/Yerevan"]), @r#"
        status 2
        --- stderr
        error: there is a file at `trucebook.db` already
          hint: name another with --ledger; a ledger is never overwritten
        "#);
    assert_snapshot!(world.run(&["init"]), @r#"
        status 2
        --- stderr
        error: a ledger needs the zone of its dates: `--tz` is missing
          hint: add --tz with the zone in which your dates are meant, such as --tz Asia/Yerevan
        "#);
    assert_snapshot!(world.run(&["init", "--code", "khi", "--tz", "UTC"]), @r#"
        status 2
        --- stderr
        error: --code: `khi` is no office code
          hint: write 2 to 12 capital letters and digits, a letter first: KHI
        "#);
}

#[test]
fn the_ledger_is_named_by_option_then_by_environment() {
    let world = World::new().variable("TRUCEBOOK_LEDGER", "by-environment.db");
    world.run(&["init", "--tz", "UTC"]);
    world.run(&["init", "--tz", "UTC", "--ledger", "by-option.db"]);
    assert_eq!(world.files(), ["by-environment.db", "by-option.db"]);
    assert_snapshot!(world.run(&["verify"]), @r#"
        status 0
        --- stdout
        sound: 0 batches, 0 entries, head HASH
        --- stderr
        note: this shows that nothing was changed since that head was noted elsewhere; whether the newest batches are missing, only a head kept elsewhere can tell
        "#);
}

#[test]
fn a_sound_ledger_is_sound() {
    let world = World::with_ledger();
    assert_snapshot!(world.run(&["verify"]), @r#"
        status 0
        --- stdout
        sound: 0 batches, 0 entries, head HASH
        --- stderr
        note: this shows that nothing was changed since that head was noted elsewhere; whether the newest batches are missing, only a head kept elsewhere can tell
        "#);
    assert_snapshot!(world.run(&["rebuild", "--dry-run"]), @r#"
        status 0
        --- stdout
        derived by engine 2, weights 1, normaliser 1; up to date
        "#);
    assert_snapshot!(world.run(&["rebuild"]), @r#"
        status 0
        --- stdout
        derived tables remade by engine 2, weights 1, normaliser 1
        "#);
    assert_snapshot!(world.run(&["verify"]), @r#"
        status 0
        --- stdout
        sound: 0 batches, 0 entries, head HASH
        --- stderr
        note: this shows that nothing was changed since that head was noted elsewhere; whether the newest batches are missing, only a head kept elsewhere can tell
        "#);
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
    assert_snapshot!(world.run(&["search", "shelled"]), @r#"
        status 0
        --- stdout
        C1 quote: Ganja was shelled \u{1b}[2Jovernight, the ministry said.
        "#);
    assert_snapshot!(world.run(&["search", "shell*", "--colour", "always"]), @r#"
        status 0
        --- stdout
        [1mC1[0m quote: Ganja was [33;1mshelled[0m \u{1b}[2Jovernight, the ministry said.
        "#);
    assert_snapshot!(world.run(&["search", "mingachevir", "--format", "json"]), @r#"
        status 0
        --- stdout
        {
          "report": "search",
          "title": "Found",
          "columns": [
            {
              "key": "number",
              "title": "number"
            },
            {
              "key": "field",
              "title": "field"
            },
            {
              "key": "snippet",
              "title": "snippet"
            }
          ],
          "rows": [
            {
              "number": "C1",
              "field": "note",
              "snippet": "see also Mingachevir"
            }
          ],
          "notes": [
            {
              "key": "counts",
              "text": "a row is a dispatch or a live claim; best first"
            }
          ]
        }
        "#);
    assert_snapshot!(world.run(&["search", "nothing-of-that-kind"]), @r#"
        status 1
        --- stderr
        nothing holds `nothing-of-that-kind`
        "#);
    assert_snapshot!(world.run(&["search", " "]), @r#"
        status 2
        --- stderr
        error: there is no word to search for
          hint: name one, such as `trucebook search Ganja`
        "#);
    assert_snapshot!(world.run(&["search", "\"unclosed"]), @r#"
        status 1
        --- stderr
        nothing holds `"unclosed`
        "#);
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
    assert_snapshot!(world.run(&["man", "frob"]), @r#"
        status 2
        --- stderr
        error: `frob` is no verb
          hint: see `trucebook --help` for the verbs
        "#);
    assert_snapshot!(world.run(&["completions", "frob"]), @r#"
        status 2
        --- stderr
        error: `frob` is no value of `<SHELL>`
          hint: one of: bash, elvish, fish, powershell, zsh
        "#);
}

#[test]
fn the_version_is_printed() {
    World::new().run(&["--version"]).prints(0, concat!("trucebook ", env!("CARGO_PKG_VERSION"), "\n"));
}
