//! `amend`, `retract`, `undo`, `log`: what was written stays, corrections are written beside it.

use insta::assert_snapshot;

use crate::environment::World;

fn world() -> World {
    let world = World::with_ledger();
    let ran = world.run(&[
        "add",
        "--claimant",
        "Azerbaijan",
        "--stance",
        "alleges",
        "--act",
        "violation",
        "--accused",
        "Armenia",
        "--occurred",
        "2020-10-10/2020-10-11",
        "--count",
        "43",
        "--place",
        "Ganja",
        "--note",
        "first report",
    ]);
    assert_eq!(ran.status, 0, "{ran}");
    world
}

#[test]
fn an_amended_claim_takes_the_place_of_the_old() {
    let world = world();
    assert_snapshot!(world.run(&["amend", "C1", "--occurred", "2020-10-11/2020-10-12", "--clear", "place"]), @r#"
        status 0
        --- stdout
        C2 replaces C1 in B2: Azerbaijan: alleges violation by Armenia, 2020-10-11/2020-10-12
        "#);
    assert_snapshot!(world.run(&["amend", "C1", "--note", "again"]), @r#"
        status 2
        --- stderr
        error: C1 does not count any more: replaced by C2
        "#);
    assert_snapshot!(world.run(&["amend", "C2"]), @r#"
        status 2
        --- stderr
        error: nothing is to be amended
          hint: name the fields with their new values, such as --occurred 2020-10-11; see `trucebook amend --help`
        "#);
    assert_snapshot!(world.run(&["amend", "C2", "--clear", "stance"]), @r#"
        status 2
        --- stderr
        error: `stance` is no field that can become unknown
          hint: one of: speaker, said-at, accused, attribution, target, involved, party, mediator, answers, place, lat, occurred, extent, zone, figure, loss, civilian, quote, source, ref, url, published, noted-at, rule, confidence, note
        "#);
    assert_snapshot!(world.run(&["amend", "C7", "--note", "x"]), @r#"
        status 2
        --- stderr
        error: there is no claim C7 in this ledger
          hint: `trucebook list` lists the claims
        "#);
}

#[test]
fn a_retracted_claim_is_told_with_its_why() {
    let world = world();
    assert_snapshot!(world.run(&["retract", "C1"]), @r#"
        status 2
        --- stderr
        error: `--why <WORDS>` is missing
          hint: see `trucebook retract --help`
        "#);
    assert_snapshot!(world.run(&["retract", "C1", "--why", "the agency withdrew it", "--dry-run"]), @r#"
        status 0
        --- stdout
        C1 would be retracted
        "#);
    assert_snapshot!(world.run(&["retract", "C1", "--why", "the agency withdrew it"]), @r#"
        status 0
        --- stdout
        C1 retracted in B2
        "#);
    assert_snapshot!(world.run(&["retract", "C1", "--why", "twice"]), @r#"
        status 2
        --- stderr
        error: C1 does not count any more: retracted
        "#);
}

#[test]
fn undo_takes_back_what_a_command_wrote() {
    let world = world();
    assert_snapshot!(world.run(&["undo", "B1", "--why", "wrong ledger", "--dry-run"]), @r#"
        status 0
        --- stdout
        B1 would be undone: 1 claim, 2 parties
        "#);
    assert_snapshot!(world.run(&["undo", "B1", "--why", "wrong ledger"]), @r#"
        status 0
        --- stdout
        B1 undone in B2: 1 claim, 2 parties
        "#);
    assert_snapshot!(world.run(&["undo", "B1"]), @r#"
        status 2
        --- stderr
        error: B1 was taken back already, by B2
        "#);
    assert_snapshot!(world.run(&["undo", "B9"]), @r#"
        status 2
        --- stderr
        error: there is no batch B9 in this ledger
          hint: `trucebook log` lists the batches
        "#);
    assert_snapshot!(world.run(&["undo", "C1"]), @r#"
        status 2
        --- stderr
        error: <BATCH>: `C1` is a claim, and a batch is wanted
          hint: a batch's number begins with B, such as B12
        "#);
    assert_snapshot!(world.run(&["log"]), @r#"
        status 0
        --- stdout
        Batches
        ┌───────┬─────────────────────┬────┬──────┬─────────┬─────────────┬─────────────────┬──────────────┐
        │ batch │ recorded at         │ by │ verb │ entries │ remark      │ program         │ hash         │
        ╞═══════╪═════════════════════╪════╪══════╪═════════╪═════════════╪═════════════════╪══════════════╡
        │ B1    │ 2020-10-12T13:00:00 │ —  │ add  │      12 │ undone by   │ trucebook/0.1.0 │ HASH-------- │
        │       │                     │    │      │         │ B2          │                 │              │
        ├╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌┼╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤
        │ B2    │ 2020-10-12T13:00:00 │ —  │ undo │       1 │ undoes B1:  │ trucebook/0.1.0 │ HASH-------- │
        │       │                     │    │      │         │ wrong       │                 │              │
        │       │                     │    │      │         │ ledger      │                 │              │
        └───────┴─────────────────────┴────┴──────┴─────────┴─────────────┴─────────────────┴──────────────┘
        zone: times are in Asia/Yerevan; names are self-declared
        "#);
    assert_snapshot!(world.run(&["log", "-n", "1", "--format", "csv"]), @r#"
        status 0
        --- stdout
        "batch","recorded_at","made_by","verb","entries","remark","program","hash"
        "B2","2020-10-12T13:00:00","","undo",1,"undoes B1: wrong ledger","trucebook/0.1.0","HASH"
        --- stderr
        times are in Asia/Yerevan; names are self-declared
        1 older batch is left out
        "#);
}

#[test]
fn undo_is_refused_where_later_entries_rest_on_it() {
    let world = world();
    world.run(&["add", "--claimant", "Armenia", "--stance", "denies", "--act", "violation", "--answers", "C1"]);
    assert_snapshot!(world.run(&["undo", "B1"]), @r#"
        status 2
        --- stderr
        error: B1 cannot be taken back: C2 (B2) rest on it
          hint: take those back first, beginning with `trucebook undo B2`
        "#);
}

#[test]
fn a_clock_behind_the_ledger_is_refused() {
    let world = world().at("2020-10-12T08:59:00Z");
    let add = ["add", "--claimant", "Armenia", "--stance", "denies", "--act", "violation"];
    assert_snapshot!(world.run(&add), @r#"
        status 2
        --- stderr
        error: this machine's clock is 60 s behind the ledger's newest batch
          hint: set the clock; if it is right, write all the same with `--clock-may-lag`
        "#);
    assert_snapshot!(world.run(&[add.as_slice(), &["--clock-may-lag"]].concat()), @r#"
        status 0
        --- stdout
        C2 added in B2: Armenia: denies violation
        "#);
}
