//! `party`: registering parties and names.

use insta::assert_snapshot;

use crate::environment::World;

#[test]
fn a_built_in_party_needs_its_name_only() {
    let world = World::with_ledger();
    assert_snapshot!(world.run(&["party", "add", "Georgia"]), @r#"
        status 0
        --- stdout
        P1 added in B1 (Georgia)
        "#);
    assert_snapshot!(world.run(&["party", "add", "Georgia"]), @r#"
        status 0
        --- stdout
        P1 is there already (Georgia)
        "#);
    assert_snapshot!(world.run(&["party", "add", "Blue Brigade"]), @r#"
        status 2
        --- stderr
        error: `Blue Brigade` is no built-in party, so `--kind` is missing
          hint: one of: state, non-state, coalition, monitor, mediator, organization
        "#);
}

#[test]
fn parties_are_listed_with_kind_side_and_names() {
    let world = World::with_ledger();
    let added = world.run(&[
        "party",
        "add",
        "Blue Brigade",
        "--kind",
        "non-state",
        "--side",
        "Blue side",
        "--alias",
        "fr:la Brigade bleue",
        "--alias",
        "BB",
    ]);
    assert_snapshot!(added, @r#"
        status 0
        --- stdout
        P1 added in B1 (Blue Brigade)
        "#);
    assert_snapshot!(world.run(&["party", "list"]), @r#"
        status 0
        --- stdout
        Parties
        ┌────────┬──────────────┬───────────┬───────────┬──────────────────────┐
        │ number │ party        │ kind      │ side      │ other names          │
        ╞════════╪══════════════╪═══════════╪═══════════╪══════════════════════╡
        │ P1     │ Blue Brigade │ non-state │ Blue side │ la Brigade bleue, BB │
        └────────┴──────────────┴───────────┴───────────┴──────────────────────┘
        "#);
    assert_snapshot!(world.run(&["party", "list", "--format", "csv"]), @r#"
        status 0
        --- stdout
        "number","party","kind","side","names"
        "P1","Blue Brigade","non-state","Blue side","la Brigade bleue, BB"
        "#);
    assert_snapshot!(world.run(&["party", "show", "bb"]), @r#"
        status 0
        --- stdout
        P1 Blue Brigade
        kind                   non-state
        side                   Blue side
        batch                  B1
        claims made            0
        claims that accuse it  0

        Names
        ┌──────────┬──────────────────┐
        │ language │ name             │
        ╞══════════╪══════════════════╡
        │ —        │ Blue Brigade     │
        │ fr       │ la Brigade bleue │
        │ und      │ BB               │
        └──────────┴──────────────────┘
        "#);
}

#[test]
fn registering_a_name_resolves_the_claims_that_used_it() {
    let world = World::with_ledger();
    let said = |place| {
        world.run(&[
            "add",
            "--claimant",
            "Georgia",
            "--stance",
            "alleges",
            "--act",
            "shelling",
            "--accused-text",
            "the militia",
            "--place",
            place,
        ])
    };
    said("Nikozi");
    said("Ergneti");
    assert_snapshot!(world.run(&["party", "add", "South Ossetia", "--kind", "non-state"]), @r#"
        status 0
        --- stdout
        P2 added in B3 (South Ossetia)
        "#);
    assert_snapshot!(world.run(&["party", "alias", "South Ossetia", "en:the militia", "en:the militia"]), @r#"
        status 0
        --- stdout
        P2 bears `the militia` from B4 on
        P2 bears `the militia` already
        2 claims that used its names are resolved
        "#);
    assert_snapshot!(world.run(&["show", "C1"]), @r#"
        status 0
        --- stdout
        C1 Georgia alleges shelling by South Ossetia
        counts    yes
        made      entered by a person
        batch     B1
        incident  I1

        claimant          Georgia
        claimant as said  —
        speaker           —
        said at           —
        stance            alleges
        in response       no
        act               shelling
        accused           South Ossetia
        accused as said   the militia
        attribution       stated
        target            —
        target as said    —
        occurred          —
        occurred as said  —
        extent            within
        place             Nikozi
        coordinates       —
        figures           —
        losses            —
        civilian          —

        dispatch  —
        "#);
}

#[test]
fn a_file_of_parties_is_taken_whole_or_not_at_all() {
    let world = World::with_ledger();
    let good = "{\"party\": \"Blue Brigade\", \"kind\": \"non-state\", \"aliases\": {\"en\": [\"BB\"]}}\n";
    world.file("good.jsonl", good);
    world.file("bad.jsonl", format!("{good}{{\"party\": \"Red\", \"kind\": \"planet\"}}\n"));
    assert_snapshot!(world.run(&["party", "import", "bad.jsonl"]), @r#"
        status 2
        --- stderr
        error: bad.jsonl:2: no party: `planet` is no party kind at line 1 column 34
          hint: a line is {"party": NAME, "kind": KIND, "side"?: SIDE, "aliases"?: {LANG: [NAME, …]}}
        "#);
    assert_snapshot!(world.run(&["party", "list"]), @r#"
        status 1
        --- stdout
        Parties
        nothing
        "#);
    assert_snapshot!(world.run(&["party", "import", "good.jsonl"]), @r#"
        status 0
        --- stdout
        P1 added in B1 (Blue Brigade)
        "#);
    assert_snapshot!(world.run_with(&["party", "import", "-"], good), @r#"
        status 0
        --- stdout
        P1 is there already (Blue Brigade)
        "#);
    assert_snapshot!(world.run(&["party", "import", "absent.jsonl"]), @r#"
        status 2
        --- stderr
        error: cannot read `absent.jsonl`: No such file or directory (os error 2)
          hint: check the path; nothing was changed
        "#);
}

#[test]
fn names_that_could_deceive_are_refused() {
    let world = World::with_ledger();
    assert_snapshot!(world.run(&["party", "add", "\u{202e}ainemrA", "--kind", "state"]), @r#"
        status 2
        --- stderr
        error: <NAME>: `\u{202e}ainemrA`: a name cannot hold control, zero-width or bidi characters
          hint: type the name anew: what was pasted holds characters that cannot be seen
        "#);
    assert_snapshot!(world.run(&["party", "add", "-", "--kind", "state"]), @r#"
        status 2
        --- stderr
        error: <NAME>: `-` stands for a text without attribution and can be no name
          hint: write a name; only a claimant can be `-`
        "#);
    assert_snapshot!(world.run(&["party", "alias", "Georgia", "en:\u{200b}Tbilisi"]), @r#"
        status 2
        --- stderr
        error: <[LANG:]NAME>...: `en:\u{200b}Tbilisi`: a name cannot hold control, zero-width or bidi characters
          hint: type the name anew: what was pasted holds characters that cannot be seen
        "#);
}

#[test]
fn names_shared_or_alike_are_told() {
    let world = World::with_ledger();
    world.run(&["party", "add", "North", "--kind", "state", "--alias", "the rebels"]);
    assert_snapshot!(world.run(&["party", "add", "South", "--kind", "state", "--alias", "the rebels"]), @r#"
        status 1
        --- stdout
        P2 added in B2 (South)
        --- stderr
        note: `the rebels` is borne by `North` and `South`, so it stands for none of them
        "#);
    assert_snapshot!(world.run(&["party", "alias", "South", "North"]), @r#"
        status 1
        --- stdout
        P2 bears `North` from B3 on
        --- stderr
        note: `North` is a main name, so it stands for `North` alone
        "#);
    assert_snapshot!(world.run(&["party", "add", "Nоrth", "--kind", "state"]), @r#"
        status 1
        --- stdout
        P3 added in B4 (Nоrth)
        --- stderr
        note: `Nоrth` looks like `North` of `North` and is spelt with other letters
        note: `Nоrth` looks like `North` of `South` and is spelt with other letters
        "#);
    let said = ["add", "--claimant", "the rebels", "--stance", "denies", "--act", "shelling"];
    assert_snapshot!(world.run(&said), @r#"
        status 2
        --- stderr
        error: `the rebels` stands for several parties: `North`, `South`
          hint: write the name of the one that is meant
        "#);
}

#[test]
fn a_party_told_again_gains_what_is_new() {
    let world = World::with_ledger();
    world.run(&["party", "add", "North", "--kind", "state"]);
    assert_snapshot!(world.run(&["party", "add", "North", "--kind", "state"]), @r#"
        status 0
        --- stdout
        P1 is there already (North)
        "#);
    let more = ["party", "add", "North", "--kind", "non-state", "--alias", "the rebels"];
    assert_snapshot!(world.run(&[more.as_slice(), &["--dry-run"]].concat()), @r#"
        status 0
        --- stdout
        P1 is there already (North); what is new about it would be added
        "#);
    assert_snapshot!(world.run(&more), @r#"
        status 0
        --- stdout
        P1 is there already (North); what is new about it stands in B2
        "#);
    assert_snapshot!(world.run(&["party", "list", "--format", "csv"]), @r#"
        status 0
        --- stdout
        "number","party","kind","side","names"
        "P1","North","non-state","","the rebels"
        "#);
}

#[test]
fn the_karabakh_parties_are_taken() {
    let world = World::with_ledger();
    let parties = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/gold/parties/karabakh.jsonl");
    assert_snapshot!(world.run(&["party", "import", parties]), @r#"
        status 0
        --- stdout
        P1 added in B1 (Armenia)
        P2 added in B1 (Azerbaijan)
        P3 added in B1 (Nagorno-Karabakh)
        P4 added in B1 (Turkey)
        P5 added in B1 (Russia)
        P6 added in B1 (France)
        P7 added in B1 (United States)
        P8 added in B1 (OSCE Minsk Group)
        P9 added in B1 (OSCE)
        P10 added in B1 (ICRC)
        P11 added in B1 (Amnesty International)
        P12 added in B1 (European Union)
        P13 added in B1 (United Nations)
        "#);
}
