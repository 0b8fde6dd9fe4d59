//! `extract`: claims as JSON lines, without any ledger.

use insta::assert_snapshot;
use serde_json::Value;

use crate::environment::World;

#[test]
fn a_bad_file_does_not_stop_the_run_but_changes_the_status() {
    let world = World::new();
    world.file("texts/a.txt", "The guns fell silent at noon.");
    world.file("texts/b.txt", b"\x00\x01\x02");
    world.file("texts/c.txt", "");
    let ran = world.run(&["extract", "texts"]);
    assert_eq!(ran.status, 1, "{ran}");
    assert_eq!(
        ran.stderr,
        "error: texts/b.txt: this is a binary file, not text: byte 1 is a control code\n  \
         hint: save its text as a .txt file and import that\n\
         error: texts/c.txt: the file is empty\n  hint: leave it out, or fetch the text again\n"
    );
    assert_eq!(world.files(), ["texts"], "no ledger is made");
}

#[test]
fn nothing_readable_is_an_error() {
    let world = World::new();
    world.file("empty/readme.md", "x");
    world
        .run(&["extract", "empty"])
        .fails("error: there is no text here\n  hint: name files of texts, or folders that hold some\n");
    world.run(&["extract", "no.txt"]).fails(
        "error: cannot read `no.txt`: No such file or directory (os error 2)\n  hint: check the path; nothing was changed\n",
    );
    world.file("a.txt", "%PDF-1.7");
    world
        .run(&["extract", "a.txt"])
        .fails("error: a.txt: this is a PDF file, not text\n  hint: save its text as a .txt file and import that\n");
}

#[test]
fn fifty_megabytes_are_no_dispatch() {
    let world = World::new();
    world.file("all.txt", "a truce ".repeat(50 << 17));
    world.run(&["extract", "all.txt"]).fails(
        "error: all.txt: the file is larger than 16 MiB\n  hint: one file is one dispatch: split it, each text in its own file\n",
    );
}

#[test]
fn a_broken_parties_file_is_told_with_its_line() {
    let world = World::new();
    world.file("a.txt", "The guns fell silent at noon.");
    world.file(
        "parties.jsonl",
        "{\"party\": \"Armenia\", \"kind\": \"state\"}\n{\"party\": \"X\", \"kind\": \"planet\"}\n",
    );
    let ran = world.run(&["extract", "a.txt", "--parties", "parties.jsonl"]);
    assert_eq!(ran.status, 2, "{ran}");
    assert!(ran.stderr.starts_with("error: parties.jsonl:2: "), "{ran}");
}

#[test]
fn options_are_checked() {
    let world = World::new();
    world.file("a.txt", "The guns fell silent at noon.");
    world
        .run(&["extract", "a.txt", "--received", "yesterday"])
        .fails("error: --received: `yesterday`: it is no day\n  hint: write it as 2020-10-12\n");
    world
        .run(&["extract", "a.txt", "--lang", "xx"])
        .fails("error: `xx` is no value of `--lang`\n  hint: one of: en, fr, ru, es, de, it, uk, ar, tr\n");
    world
        .run(&["extract", "a.txt", "--format", "csv"])
        .fails("error: this does not print as csv\n  hint: --format takes one of: jsonl\n");
}

#[test]
fn reading_again_takes_no_hints_and_reading_files_writes_nothing() {
    let world = World::with_ledger();
    let ran = world.run(&["extract", "--again", "--received", "2020-10-12"]);
    assert!(ran.stderr.starts_with("error: `--again` and `--received` do not go together\n"), "{ran}");
    world.file("a.txt", "The guns fell silent at noon.");
    world.run(&["extract", "a.txt", "--dry-run"]).fails(
        "error: without --again nothing is written\n  hint: leave out --by, --dry-run and --clock-may-lag, or add --again\n",
    );
    world.run(&["extract", "--again", "D7"]).fails(
        "error: there is no dispatch D7 in this ledger\n  hint: `trucebook search WORDS` finds dispatches by their words\n",
    );
    let bare = World::new().run(&["extract", "--again"]);
    assert_eq!((bare.status, bare.stdout.as_str()), (2, ""), "{bare}");
}

#[test]
fn the_schema_is_json() {
    let ran = World::new().run(&["extract", "--schema"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{ran}");
    let schema: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(schema["required"], serde_json::json!(["stance", "act"]));
}

#[test]
fn a_users_own_words_stand_with_the_built_in_ones() {
    let world = World::new();
    world
        .file("a.txt", "BAKU, Oct 12, 2020 — The ministry of defence of Azerbaijan said that Armenia zapped Terter.\n");
    let own = "[[entry]]\nsense = \"act-verb\"\nact = \"missile-strike\"\nforms = [\"zap\", \"zapped\"]\n";
    world.file("words/en/mine.toml", own);
    assert_eq!(world.run(&["extract", "a.txt"]).stdout, "");
    let ran = world.run(&["extract", "a.txt", "--lexicon", "words"]);
    assert!(ran.stdout.contains(r#""act":"missile-strike""#), "{ran}");
    let ran = world.run(&["import", "a.txt", "--tz", "UTC"]);
    assert!(ran.stdout.contains("D1 added in B1 (a.txt): 0 claims"), "{ran}");
    let ran = world.run(&["extract", "--again", "--lexicon", "words"]);
    assert_eq!((ran.status, ran.stdout.trim()), (0, "D1: C1 is new"), "{ran}");
}

#[test]
fn a_lexicon_error_names_file_line_and_entry() {
    let world = World::new();
    world.file("a.txt", "BAKU, Oct 12, 2020 — Azerbaijan said Armenia zapped Terter on Sunday.\n");
    let refused = |file: &str, content: &str| {
        world.file(&format!("words/{file}"), content);
        let ran = world.run(&["extract", "a.txt", "--lexicon", "words"]);
        std::fs::remove_dir_all(world.path("words")).unwrap();
        ran
    };
    assert_snapshot!(refused("en/a.toml", "[[entry]]\nsense = \"say\"\nforms = [\"said\",\n  \"*\"]\n"), @r#"
        status 2
        --- stderr
        error: words/en/a.toml:4: lexicon: `*` (say) is no form: words, stems of 2 letters and more ending in `*`, `~` or `-`, or tails beginning with `*`
        "#);
    assert_snapshot!(refused("en/a.toml", "[[entry]]\nsense = \"sya\"\nforms = [\"said\"]\n"), @r#"
        status 2
        --- stderr
        error: words/en/a.toml:2: lexicon: `sya` is no sense
        "#);
    assert_snapshot!(refused("xx/a.toml", ""), @r#"
        status 2
        --- stderr
        error: words: `xx` is no language this program reads
          hint: name each folder of a lexicon by its language: en, fr, ru, es, de, it, uk, ar, tr
        "#);
    assert_snapshot!(refused("en/readme.md", ""), @r#"
        status 2
        --- stderr
        error: words: there is no lexicon here
          hint: put your words into files such as en/words.toml; the built-in ones show the form
        "#);
    assert_snapshot!(world.run(&["extract", "a.txt", "--lexicon", "nowhere"]), @r#"
        status 2
        --- stderr
        error: cannot look into `nowhere`: No such file or directory (os error 2)
          hint: check the path; nothing was changed
        "#);
}

/// A story in which slots are told in other sentences than their claims.
const STORY: &str = "YEREVAN, Oct. 12, 2020 (Agency) - Armenia's defence ministry said on Monday that Azerbaijani \
                     artillery had shelled the town of Kapan at 12:05, killing two civilians. It said the drones came \
                     back at night and hit Goris.\n\nAzerbaijan denied the accusation.\n";

#[test]
fn why_shows_the_words_of_each_slot_and_its_rule() {
    let world = World::new();
    world.file("kapan.txt", STORY);
    let ran = world.run(&["extract", "kapan.txt", "--why"]);
    assert_eq!(ran.status, 0, "{ran}");
    assert_snapshot!("why", ran.stdout);
    let lines = world.run(&["extract", "kapan.txt", "--why", "--format", "jsonl"]).stdout;
    let denial: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    let act = denial["evidence"].as_array().unwrap().iter().find(|read| read["slot"] == "act").unwrap();
    assert_eq!(act["read_in"], "2 sentences before", "{denial:#}");
    assert!(act["rule"] == "answers an accusation", "{denial:#}");
}

#[test]
fn texts_are_read_in_every_form_they_come_in() {
    let world = World::new();
    let said = "Azerbaijan said on Monday that Armenian forces shelled Terter.";
    world.file("a.html", format!("<html><body><article><h1>News</h1><p>{said}</p></article></body></html>"));
    world.file("b.eml", format!("From: a@b.c\nSubject: News\nContent-Type: text/plain\n\n{said}\n"));
    world.file("c.jsonl", format!("{{\"text\": \"{said}\"}}\n{{\"text\": 7}}\n"));
    world.file("d.csv", "claimant,stance,act\nArmenia,denies,shelling\n");
    let ran = world.run(&["extract", "a.html", "b.eml", "c.jsonl", "d.csv", "--lang", "en"]);
    assert_eq!(ran.stdout.lines().count(), 3, "{ran}");
    assert_eq!(ran.status, 1, "{ran}");
    assert!(ran.stderr.contains("error: c.jsonl:2: "), "{ran}");
    assert!(ran.stderr.contains("error: d.csv: it holds our claims, and no text"), "{ran}");
}

#[test]
fn why_of_what_is_written_from_right_to_left_names_the_words() {
    let world = World::new();
    world.file("a.txt", "قالت وزارة الدفاع الأرمنية إن القوات الأذربيجانية قصفت بلدة كابان يوم الاثنين.");
    let ran = world.run(&["extract", "a.txt", "--why", "--lang", "ar"]);
    assert_snapshot!("why_rtl", ran.stdout);
}
