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
        @r"
    $ 
    error: a verb is missing
      hint: see `trucebook --help`

    $ frob
    error: `frob` is no verb
      hint: see `trucebook --help`

    $ repor
    error: `repor` is no verb
      hint: did you mean `import` or `export` or `report`? see `trucebook --help`

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
    "
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
    assert_snapshot!(shown.replace('\u{1b}', "<ESC>").replace('\u{7}', "<BEL>").replace('\u{202e}', "<RLO>"), @r"
    $ add --stance insinuates
    error: `insinuates` is no value of `--stance`
      hint: one of: alleges, denies, acknowledges, observes, declares, no-comment

    $ add --act cyber-attack
    error: --act: `cyber-attack` is no act
      hint: one of: violation, small-arms-fire, shelling, missile-strike, air-strike, drone-strike, attack, explosion, overflight, movement, fortification, detention, obstruction, losses, truce-agreed, truce-begins, truce-extended, truce-ends

    $ add --act shelling/Big Gun
    error: --act: `shelling/Big Gun` is no act
      hint: one of: violation, small-arms-fire, shelling, missile-strike, air-strike, drone-strike, attack, explosion, overflight, movement, fortification, detention, obstruction, losses, truce-agreed, truce-begins, truce-extended, truce-ends

    $ add --attribution guessed
    error: `guessed` is no value of `--attribution`
      hint: one of: stated, inferred, finding

    $ add --extent sometimes
    error: `sometimes` is no value of `--extent`
      hint: one of: within, throughout

    $ add --zone Mars/Olympus
    error: --zone: `Mars/Olympus` is no time zone
      hint: such as: Asia/Yerevan, Europe/Kyiv, Asia/Beirut, +04:00

    $ add --zone +25:00
    error: --zone: `+25:00` is no time zone
      hint: such as: Asia/Yerevan, Europe/Kyiv, Asia/Beirut, +04:00

    $ add --occurred 2017-02-30
    error: --occurred: `2017-02-30` is no date: that month has no such day
      hint: write 2020-10-10, 2020-10, 2020, 2020-10-10T12:05, 2020-10-09/2020-10-10; ? uncertain, ~ about, ../ and /.. open

    $ add --occurred 2017-13-02
    error: --occurred: `2017-13-02` is no date: months go from 01 to 12, seasons from 21 to 24
      hint: write 2020-10-10, 2020-10, 2020, 2020-10-10T12:05, 2020-10-09/2020-10-10; ? uncertain, ~ about, ../ and /.. open

    $ add --occurred yesterday
    error: --occurred: `yesterday` is no date: the year has four digits, then come month and day
      hint: write 2020-10-10, 2020-10, 2020, 2020-10-10T12:05, 2020-10-09/2020-10-10; ? uncertain, ~ about, ../ and /.. open

    $ add --occurred 2017-03-06/2017-03-01
    error: --occurred: `2017-03-06/2017-03-01` is no date: the end lies before the start
      hint: write 2020-10-10, 2020-10, 2020, 2020-10-10T12:05, 2020-10-09/2020-10-10; ? uncertain, ~ about, ../ and /.. open

    $ add --said-at 12:00
    error: --said-at: `12:00` is no date: the year has four digits, then come month and day
      hint: write 2020-10-10, 2020-10, 2020, 2020-10-10T12:05, 2020-10-09/2020-10-10; ? uncertain, ~ about, ../ and /.. open

    $ add --published 
    error: --published: `` is no date: it is empty
      hint: write 2020-10-10, 2020-10, 2020, 2020-10-10T12:05, 2020-10-09/2020-10-10; ? uncertain, ~ about, ../ and /.. open

    $ add --count -5
    error: --count: `-5` is no number: it is not a whole number of 0 or more
      hint: write 5, 3-5, 20+, >20, <10, ~40 or 0; leave it out where it is unknown

    $ add --count 9-4
    error: --count: `9-4` is no number: the upper bound lies below the lower
      hint: write 5, 3-5, 20+, >20, <10, ~40 or 0; leave it out where it is unknown

    $ add --count 99999999999999999999
    error: --count: `99999999999999999999` is no number: it is too large
      hint: write 5, 3-5, 20+, >20, <10, ~40 or 0; leave it out where it is unknown

    $ add --count-unit boom
    error: `boom` is no value of `--count-unit`
      hint: one of: violation, incident, attack, shot, burst, shell, rocket, missile, projectile, drone, explosion, flight, mine, vehicle, person, building

    $ add --killed many
    error: --killed: `many` is no number: it is not a whole number of 0 or more
      hint: write 5, 3-5, 20+, >20, <10, ~40 or 0; leave it out where it is unknown

    $ add --figure 230
    error: --figure: `230` is no figure: a figure is a number and a unit, such as `43 violation`
      hint: write 5, 3-5, 20+, >20, <10, ~40 or 0; leave it out where it is unknown

    $ add --figure 230 booms
    error: --figure: `230 booms` is no figure: its unit is not a known one
      hint: write 5, 3-5, 20+, >20, <10, ~40 or 0; leave it out where it is unknown

    $ add --loss killed 9
    error: --loss: `killed 9` is no losses: losses read `side: killed 9 civilian, wounded 30+`
      hint: write 5, 3-5, 20+, >20, <10, ~40 or 0; leave it out where it is unknown

    $ add --civilian= --act
    error: `--civilian[` needs a value
      hint: see `trucebook add --help`

    $ add --answers 12
    error: --answers: `12` is no number such as C142, D5, B9, I17, T2, P3 or KHI/C142
      hint: see `trucebook add --help`

    $ add --answers T2
    error: --answers: `T2` is a truce, and a claim is wanted
      hint: a claim's number begins with C, such as C12

    $ add --dispatch C5
    error: --dispatch: `C5` is a claim, and a dispatch is wanted
      hint: a dispatch's number begins with D, such as D12

    $ add --confidence 2
    error: --confidence: `2`: it is no share
      hint: write a number from 0 to 1, such as 0.8

    $ add --claimant 
    error: --claimant: ``: a name cannot be empty
      hint: leave it out where no name is known

    $ add --place a<BEL>b
    error: --place: `a\u{7}b`: a name cannot hold control, zero-width or bidi characters
      hint: type the name anew: what was pasted holds characters that cannot be seen

    $ add --note  
    error: --note: ` `: the words are missing
      hint: leave the option out where nothing is known

    $ add --by <RLO>eno
    error: --by: `\u{202e}eno`: a name cannot hold control, zero-width or bidi characters
      hint: type the name anew: what was pasted holds characters that cannot be seen

    $ --wait soon list
    error: --wait: `soon`: it is no number of seconds
      hint: write whole seconds, 0 to 86400; 0 does not wait

    $ --colour purple list
    error: `purple` is no value of `--colour`
      hint: one of: auto, always, never

    $ init --tz
    error: `--tz` needs a value
      hint: see `trucebook init --help`

    $ init --code khi --tz UTC
    error: --code: `khi` is no office code
      hint: write 2 to 12 capital letters and digits, a letter first: KHI

    $ search x --limit -1
    error: `-1` is no value of `--limit`
      hint: see `trucebook search --help`

    $ search x --format xml
    error: `xml` is no value of `--format`
      hint: one of: table, json, jsonl, csv, tsv, md, html

    $ search x --format <ESC>[2Jx
    error: `\u{1b}[2Jx` is no value of `--format`
      hint: one of: table, json, jsonl, csv, tsv, md, html

    $ party add X --kind planet
    error: `planet` is no value of `--kind`
      hint: one of: state, non-state, coalition, monitor, mediator, organization

    $ party list -o /
    error: cannot write `/`: is a directory
      hint: that is a folder; name a file in it
    ");
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
    assert_snapshot!(refusals(&world, &runs), @r#"
        $ add --claimant - --stance observes --act shelling --lat 95 --lon 46.93
        error: `lat` is 95, outside -90..90
          hint: write degrees as decimals, 40.68 and 46.36; south and west are negative

        $ add --claimant - --stance observes --act shelling --lat 40.32
        error: `lat` and `lon` go together: one of them is blank
          hint: write degrees as decimals, 40.68 and 46.36; south and west are negative

        $ add --claimant - --stance observes --act shelling --attribution stated
        error: `--attribution` tells how an accused is known, and there is none
          hint: add --accused, or leave --attribution out

        $ add --claimant - --stance observes --act shelling --loss-side Armenia
        error: `--loss-side` tells whose losses they are, and no losses are given
          hint: add --killed, --wounded, --missing or --captured, or leave --loss-side out

        $ add --claimant - --stance observes --act shelling --count-unit shot
        error: `--count <NUMBER>` is missing
          hint: see `trucebook add --help`

        $ add --claimant - --stance observes --act shelling --span 3-9
        error: `--dispatch <DISPATCH>` is missing
          hint: see `trucebook add --help`

        $ add --claimant - --stance observes --act shelling --span 9-3 --dispatch D1
        error: --span: `9-3`: it is no run of bytes
          hint: write the first byte and the one after the last: 120-180

        $ add --claimant - --stance observes --act shelling --dispatch D1 --quote x
        error: there is no dispatch D1 in this ledger
          hint: `trucebook search WORDS` finds dispatches by their words

        $ add --claimant - --stance observes --act shelling --answers C9
        error: there is no claim C9 in this ledger
          hint: `trucebook list` lists the claims

        $ add --claimant - --stance observes --act shelling --tz Asia/Baku
        error: the ledger's zone is Asia/Yerevan, not Asia/Baku
          hint: leave --tz out: it counts only when a ledger is made
        "#);
}

#[test]
fn an_environment_that_makes_no_sense() {
    let bad_clock = World::new().at("yesterday");
    assert_snapshot!(refusals(&bad_clock, &[&["list"]]), @r#"
        $ list
        error: $TRUCEBOOK_NOW is `yesterday`, which is no instant
          hint: write it as 2020-10-12T09:00:00Z, or unset it to use the clock
        "#);
    let bad_writer = World::new().variable("TRUCEBOOK_BY", "a\u{200b}b");
    assert_snapshot!(refusals(&bad_writer, &[&["list"]]), @r#"
        $ list
        error: $TRUCEBOOK_BY: a name cannot hold control, zero-width or bidi characters
        "#);
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
        @r#"
        $ list
        error: there is no ledger at `trucebook.db`
          hint: `trucebook init --tz ZONE` makes one; --ledger FILE names another

        $ verify
        error: there is no ledger at `trucebook.db`
          hint: `trucebook init --tz ZONE` makes one; --ledger FILE names another

        $ rebuild
        error: there is no ledger at `trucebook.db`
          hint: `trucebook init --tz ZONE` makes one; --ledger FILE names another

        $ --ledger else<ESC>where.db log
        error: there is no ledger at `else\u{1b}where.db`
          hint: `trucebook init --tz ZONE` makes one; --ledger FILE names another

        $ add --claimant - --stance observes --act shelling
        error: there is no ledger at `trucebook.db` yet, and making one needs --tz
          hint: add --tz with the zone in which your dates are meant, such as --tz Asia/Yerevan; or name your ledger with --ledger

        $ --ledger no/such/folder/x.db init --tz UTC
        error: cannot make the ledger `no/such/folder/x.db`: No such file or directory (os error 2)
          hint: check the path; nothing was changed
        "#
    );
    assert_eq!(world.files(), [""; 0]);
}
