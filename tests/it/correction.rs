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
    assert_snapshot!(world.run(&["show", "C2", "--format", "json"]), @r#"
        status 0
        --- stdout
        {
          "number": "C2",
          "title": "Azerbaijan alleges violation by Armenia",
          "state": {
            "counts": true,
            "made": "entered by a person",
            "batch": "B2",
            "replaces": "C1",
            "incident": null
          },
          "fields": {
            "claimant": "Azerbaijan",
            "claimant_as_said": null,
            "speaker": null,
            "said_at": null,
            "stance": "alleges",
            "in_response": false,
            "act": "violation",
            "accused": "Armenia",
            "accused_as_said": null,
            "attribution": "stated",
            "target": null,
            "target_as_said": null,
            "occurred": "2020-10-11/2020-10-12",
            "occurred_as_said": "2020-10-11/2020-10-12",
            "extent": "throughout",
            "place": null,
            "coordinates": null,
            "figures": [
              "43 violation 2020-10-11/2020-10-12"
            ],
            "losses": null,
            "civilian": null,
            "note": "first report"
          },
          "read_in": {
            "dispatch": null
          },
          "claim": {
            "accused": "Armenia",
            "act": "violation",
            "attribution": "stated",
            "claimant": "Azerbaijan",
            "figures": [
              {
                "hedge": "exact",
                "kind": "window",
                "max": 43,
                "min": 43,
                "unit": "violation",
                "window": "2020-10-11/2020-10-12"
              }
            ],
            "note": "first report",
            "occurred": "2020-10-11/2020-10-12",
            "place": [],
            "stance": "alleges",
            "target": null
          }
        }
        "#);
    assert_snapshot!(world.run(&["list"]), @r#"
        status 0
        --- stdout
        Claims
        ┌───────┬──────────────────┬────────────┬─────────┬───────────┬─────────┬───────┬──────────────────┐
        │ claim │ when             │ claimant   │ stance  │ act       │ accused │ where │ figures          │
        ╞═══════╪══════════════════╪════════════╪═════════╪═══════════╪═════════╪═══════╪══════════════════╡
        │ C2    │ 2020-10-11/      │ Azerbaijan │ alleges │ violation │ Armenia │ —     │ 43 violation     │
        │       │ 2020-10-12       │            │         │           │         │       │ 2020-10-11/      │
        │       │                  │            │         │           │         │       │ 2020-10-12       │
        └───────┴──────────────────┴────────────┴─────────┴───────────┴─────────┴───────┴──────────────────┘
        filters: none
        drafts: 0 of 1 claims are unreviewed drafts
        zone: times are of Asia/Yerevan
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
    assert_snapshot!(world.run(&["list"]), @r#"
        status 1
        --- stderr
        no live claim passes the filters: none
        "#);
    assert_snapshot!(world.run(&["show", "C1"]), @r#"
        status 0
        --- stdout
        C1 Azerbaijan alleges violation by Armenia
        counts    no
        why not   retracted
        made      entered by a person
        batch     B1
        incident  —

        claimant          Azerbaijan
        claimant as said  —
        speaker           —
        said at           —
        stance            alleges
        in response       no
        act               violation
        accused           Armenia
        accused as said   —
        attribution       stated
        target            —
        target as said    —
        occurred          2020-10-10/2020-10-11
        occurred as said  2020-10-10/2020-10-11
        extent            throughout
        place             Ganja
        coordinates       —
        figures           43 violation 2020-10-10/2020-10-11
        losses            —
        civilian          —
        note              first report

        dispatch  —

        What became of it
        ┌───────┬───────────┬────────────────────────┐
        │ batch │ what      │ why                    │
        ╞═══════╪═══════════╪════════════════════════╡
        │ B2    │ retracted │ the agency withdrew it │
        └───────┴───────────┴────────────────────────┘
        "#);
}

#[test]
fn undo_takes_back_what_a_command_wrote() {
    let world = World::with_ledger();
    world.run(&["add", "--claimant", "-", "--stance", "observes", "--act", "explosion"]);
    assert_snapshot!(world.run(&["undo", "B1", "--why", "wrong ledger", "--dry-run"]), @r#"
        status 0
        --- stdout
        B1 would be undone: 1 claim
        "#);
    assert_snapshot!(world.run(&["undo", "B1", "--why", "wrong ledger"]), @r#"
        status 0
        --- stdout
        B1 undone in B2: 1 claim
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
        │ B1    │ 2020-10-12T13:00:00 │ —  │ add  │       1 │ undone by   │ trucebook/0.1.0 │ HASH-------- │
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
        zone: times are in Asia/Yerevan; names are self-declared
        left out: 1 older batch is left out
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
