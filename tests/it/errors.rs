//! Every refusal: what it says, what it advises, how it ends, and that nothing is left half-written.

use std::fmt::Write;

use insta::assert_snapshot;

use crate::environment::World;

/// Runs each and sets what came beside it.
fn refusals(world: &World, runs: &[&[&str]]) -> String {
    runs.iter().fold(String::new(), |mut all, arguments| {
        let ran = world.run(arguments);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{arguments:?}\n{ran}");
        writeln!(all, "$ {}\n{}", arguments.join(" "), ran.stderr).unwrap();
        all
    })
}

#[test]
fn words_that_are_no_verb_or_option() {
    assert_snapshot!(
        refusals(
            &World::new(),
            &[
                &[],
                &["frob"],
                &["repor"],
                &["party"],
                &["add", "--frob"],
                &["add", "--stanse", "alleges"],
                &["retract", "C1"],
                &["amend"],
                &["undo", "B1", "B2"],
                &["add", "--by", "a", "--by", "b"],
            ],
        ),
        @r#"
        $ 
        error: a verb is missing
          hint: see `trucebook --help`

        $ frob
        error: `frob` is no verb
          hint: see `trucebook --help`

        $ repor
        error: `repor` is no verb
          hint: did you mean `import` or `report`? see `trucebook --help`

        $ party
        error: a verb is missing
          hint: see `trucebook party --help`

        $ add --frob
        error: `--frob` is no option here
          hint: see `trucebook add --help`

        $ add --stanse alleges
        error: `--stanse` is no option here
          hint: did you mean `--stance`? see `trucebook add --help`

        $ retract C1
        error: `--why <WORDS>` is missing
          hint: see `trucebook retract --help`

        $ amend
        error: `<NUMBER>` is missing
          hint: see `trucebook amend --help`

        $ undo B1 B2
        error: `B2` is one argument too many
          hint: see `trucebook undo --help`

        $ add --by a --by b
        error: `--by` is given twice
          hint: see `trucebook add --help`
        "#
    );
}

#[test]
fn every_wrong_option_value() {
    let world = World::with_ledger();
    let add = |option: &'static str, value: &'static str| vec!["add", option, value];
    let values = [
        add("--stance", "insinuates"),
        add("--act", "cyber-attack"),
        add("--act", "shelling/Big Gun"),
        add("--attribution", "guessed"),
        add("--extent", "sometimes"),
        add("--zone", "Mars/Olympus"),
        add("--zone", "+25:00"),
        add("--occurred", "2017-02-30"),
        add("--occurred", "2017-13-02"),
        add("--occurred", "yesterday"),
        add("--occurred", "2017-03-06/2017-03-01"),
        add("--said-at", "12:00"),
        add("--published", ""),
        add("--count", "-5"),
        add("--count", "9-4"),
        add("--count", "99999999999999999999"),
        add("--count-unit", "boom"),
        add("--killed", "many"),
        add("--figure", "230"),
        add("--figure", "230 booms"),
        add("--loss", "killed 9"),
        add("--civilian=", "--act"),
        add("--answers", "12"),
        add("--answers", "T2"),
        add("--dispatch", "C5"),
        add("--confidence", "2"),
        add("--claimant", ""),
        add("--place", "a\u{7}b"),
        add("--note", " "),
        add("--by", "\u{202e}eno"),
        vec!["--wait", "soon", "list"],
        vec!["--colour", "purple", "list"],
        vec!["init", "--tz"],
        vec!["init", "--code", "khi", "--tz", "UTC"],
        vec!["search", "x", "--limit", "-1"],
        vec!["search", "x", "--format", "xml"],
        vec!["search", "x", "--format", "\u{1b}[2Jx"],
        vec!["party", "add", "X", "--kind", "planet"],
        vec!["party", "list", "-o", "/"],
    ];
    let values: Vec<&[&str]> = values.iter().map(Vec::as_slice).collect();
    let shown = refusals(&world, &values);
    assert_snapshot!(shown.replace('\u{1b}', "<ESC>").replace('\u{7}', "<BEL>").replace('\u{202e}', "<RLO>"), @"");
}

#[test]
fn fields_that_do_not_go_together() {
    let world = World::with_ledger();
    let base = ["add", "--claimant", "-", "--stance", "observes", "--act", "shelling"];
    let with = |more: &[&'static str]| [base.as_slice(), more].concat();
    let runs = [
        with(&["--lat", "95", "--lon", "46.93"]),
        with(&["--lat", "40.32"]),
        with(&["--attribution", "stated"]),
        with(&["--loss-side", "Armenia"]),
        with(&["--count-unit", "shot"]),
        with(&["--span", "3-9"]),
        with(&["--span", "9-3", "--dispatch", "D1"]),
        with(&["--dispatch", "D1", "--quote", "x"]),
        with(&["--answers", "C9"]),
        with(&["--tz", "Asia/Baku"]),
    ];
    let runs: Vec<&[&str]> = runs.iter().map(Vec::as_slice).collect();
    assert_snapshot!(refusals(&world, &runs), @"");
}

#[test]
fn an_environment_that_makes_no_sense() {
    let bad_clock = World::new().at("yesterday");
    assert_snapshot!(refusals(&bad_clock, &[&["list"]]), @"");
    let bad_writer = World::new().variable("TRUCEBOOK_BY", "a\u{200b}b");
    assert_snapshot!(refusals(&bad_writer, &[&["list"]]), @"");
}

#[test]
fn no_ledger_where_one_is_needed() {
    let world = World::new();
    assert_snapshot!(
        refusals(
            &world,
            &[
                &["list"],
                &["verify"],
                &["rebuild"],
                &["--ledger", "else\u{1b}where.db", "log"],
                &["add", "--claimant", "-", "--stance", "observes", "--act", "shelling"],
                &["--ledger", "no/such/folder/x.db", "init", "--tz", "UTC"],
            ],
        )
        .replace('\u{1b}', "<ESC>"),
        @""
    );
    assert_eq!(world.files(), [""; 0]);
}
