//! `add`: claims by hand.

use insta::assert_snapshot;

use crate::environment::World;

const ACCUSATION: &[&str] = &[
    "add",
    "--claimant",
    "Azerbaijan",
    "--speaker",
    "Defence Ministry",
    "--stance",
    "alleges",
    "--act",
    "shelling",
    "--accused",
    "Armenia",
    "--place",
    "Ganja",
    "--occurred",
    "2020-10-11",
    "--killed",
    "9",
    "--wounded",
    "30+",
    "--loss-side",
    "Azerbaijan",
    "--civilian",
    "--quote",
    "Ganja was shelled overnight.",
];

#[test]
fn built_in_parties_are_registered_when_they_are_first_named() {
    let world = World::with_ledger();
    assert_snapshot!(world.run(ACCUSATION), @r#"
        status 0
        --- stdout
        registered the built-in party Azerbaijan
        registered the built-in party Armenia
        C1 added in B1: Azerbaijan: alleges shelling by Armenia, Ganja, 2020-10-11
        "#);
    let listed = world.run(&["party", "list", "--format", "csv"]);
    assert!(
        listed.stdout.contains("\"P2\",\"Armenia\",\"state\"") && listed.stdout.contains("Azerbaïdjan"),
        "{listed}"
    );
}

#[test]
fn the_first_claim_makes_the_ledger_and_says_so() {
    let world = World::new();
    let arguments = [ACCUSATION, &["--tz", "Asia/Baku"]].concat();
    assert_snapshot!(world.run(&arguments), @r#"
        status 0
        --- stdout
        registered the built-in party Azerbaijan
        registered the built-in party Armenia
        C1 added in B1: Azerbaijan: alleges shelling by Armenia, Ganja, 2020-10-11
        --- stderr
        made the ledger `trucebook.db`: office DESK (Unnamed desk), zone Asia/Baku
        "#);
    assert_eq!(world.files(), ["trucebook.db"]);
}

#[test]
fn a_dry_run_writes_nothing() {
    let world = World::with_ledger();
    let before = std::fs::read(world.path("trucebook.db")).unwrap();
    assert_snapshot!(world.run(&[ACCUSATION, &["--dry-run"]].concat()), @r#"
        status 0
        --- stdout
        would register the built-in party Azerbaijan
        would register the built-in party Armenia
        C1 would be added: Azerbaijan: alleges shelling by Armenia, Ganja, 2020-10-11
        "#);
    assert_eq!(world.files(), ["trucebook.db"]);
    assert_eq!(std::fs::read(world.path("trucebook.db")).unwrap(), before);
}

#[test]
fn a_dry_run_without_a_ledger_makes_none() {
    let world = World::new();
    assert_snapshot!(world.run(&[ACCUSATION, &["--dry-run", "--tz", "Asia/Baku"]].concat()), @r#"
        status 0
        --- stdout
        would register the built-in party Azerbaijan
        would register the built-in party Armenia
        C1 would be added: Azerbaijan: alleges shelling by Armenia, Ganja, 2020-10-11
        "#);
    assert_eq!(world.files(), [""; 0]);
}

#[test]
fn the_same_claim_is_there_already() {
    let world = World::with_ledger();
    world.run(ACCUSATION);
    assert_snapshot!(world.run(ACCUSATION), @r#"
        status 0
        --- stdout
        C1 is there already: Azerbaijan: alleges shelling by Armenia, Ganja, 2020-10-11
        "#);
}

#[test]
fn every_field_of_a_claim_has_its_option() {
    let world = World::with_ledger();
    world.run(ACCUSATION);
    world.run(&["party", "alias", "Armenia", "en:Yerevan"]);
    let full = [
        "add",
        "--claimant",
        "Yerevan",
        "--claimant-text",
        "official Yerevan",
        "--speaker",
        "Shushan Stepanyan",
        "--said-at",
        "2020-10-11T08:00",
        "--stance",
        "denies",
        "--in-response",
        "--act",
        "shelling/mortar",
        "--accused",
        "Armenia",
        "--accused-text",
        "our side",
        "--attribution",
        "inferred",
        "--target",
        "Azerbaijan",
        "--target-text",
        "Ganja's people",
        "--involved",
        "Georgia",
        "--answers",
        "C1",
        "--place",
        "Ganja",
        "--place",
        "Mingachevir",
        "--lat",
        "40.68",
        "--lon",
        "46.36",
        "--occurred",
        "2020-10-10T23:00/2020-10-11T02:00",
        "--extent",
        "within",
        "--zone",
        "Asia/Baku",
        "--count",
        "~40",
        "--count-unit",
        "shell",
        "--figure",
        ">230 violation 2020-10-01/2020-10-07",
        "--loss",
        "Azerbaijan: killed 9 civilian, wounded 30+",
        "--missing",
        "0",
        "--civilian=yes",
        "--quote",
        "Not a shell.",
        "--source",
        "Example Wire",
        "--ref",
        "A-17",
        "--url",
        "https://wire.example/1",
        "--published",
        "2020-10-11T09:30",
        "--noted-at",
        "2020-10-12",
        "--rule",
        "hand",
        "--confidence",
        "0.8",
        "--note",
        "by phone",
    ];
    assert_snapshot!(world.run(&full), @r#"
        status 0
        --- stdout
        registered the built-in party Georgia
        C2 added in B3: Armenia: denies shelling/mortar by Armenia, Ganja, Mingachevir, 2020-10-10T23:00/2020-10-11T02:00
        "#);
    assert_snapshot!(world.run(&["show", "C2", "--format", "json"]), @r#"
        status 0
        --- stdout
        {
          "number": "C2",
          "title": "Armenia denies shelling/mortar against Azerbaijan, in response",
          "state": {
            "counts": true,
            "made": "entered by a person",
            "batch": "B3",
            "incident": null
          },
          "fields": {
            "claimant": "Armenia",
            "claimant_as_said": "official Yerevan",
            "speaker": "Shushan Stepanyan",
            "said_at": "2020-10-11T08:00",
            "stance": "denies",
            "in_response": true,
            "act": "shelling/mortar",
            "accused": "Armenia",
            "accused_as_said": "our side",
            "attribution": "inferred",
            "target": "Azerbaijan",
            "target_as_said": "Ganja's people",
            "occurred": "2020-10-10T23:00/2020-10-11T02:00",
            "occurred_as_said": "2020-10-10T23:00/2020-10-11T02:00 (Asia/Baku)",
            "extent": "within",
            "place": [
              "Ganja",
              "Mingachevir"
            ],
            "coordinates": "40.68, 46.36",
            "figures": [
              "~40 shell",
              ">230 violation 2020-10-01/2020-10-07"
            ],
            "losses": [
              "?: missing 0",
              "Azerbaijan: killed 9, wounded 30+ civilian"
            ],
            "civilian": true,
            "involved": [
              "Georgia"
            ],
            "answers": [
              "C1"
            ],
            "ref": "A-17",
            "source": "Example Wire",
            "url": "https://wire.example/1",
            "published": "2020-10-11T09:30",
            "noted_at": "2020-10-12",
            "note": "by phone",
            "confidence": "0.8",
            "rules": [
              "hand"
            ]
          },
          "read_in": {
            "dispatch": null
          },
          "quote": "Not a shell.",
          "answers": [
            {
              "relation": "answers",
              "claim": "C1",
              "how": "decision",
              "says": "Azerbaijan alleges shelling by Armenia"
            }
          ],
          "claim": {
            "accused": "Armenia",
            "accused_text": "our side",
            "act": "shelling/mortar",
            "answers": [
              "C1"
            ],
            "attribution": "inferred",
            "civilian": true,
            "claimant": "Armenia",
            "claimant_text": "official Yerevan",
            "confidence": 0.8,
            "extent": "within",
            "figures": [
              {
                "hedge": "about",
                "kind": "event",
                "max": 40,
                "min": 40,
                "unit": "shell"
              },
              {
                "hedge": "more-than",
                "kind": "window",
                "max": null,
                "min": 230,
                "unit": "violation",
                "window": "2020-10-01/2020-10-07"
              }
            ],
            "in_response": true,
            "involved": [
              "Georgia"
            ],
            "lat": 40.68,
            "lon": 46.36,
            "losses": [
              {
                "killed": null,
                "missing": [
                  0,
                  0
                ],
                "side": null,
                "wounded": null
              },
              {
                "civilian": true,
                "killed": [
                  9,
                  9
                ],
                "side": "Azerbaijan",
                "wounded": [
                  30,
                  null
                ]
              }
            ],
            "note": "by phone",
            "noted_at": "2020-10-12",
            "occurred": "2020-10-10T23:00/2020-10-11T02:00",
            "place": [
              "Ganja",
              "Mingachevir"
            ],
            "published": "2020-10-11T09:30",
            "quote": "Not a shell.",
            "ref": "A-17",
            "rules": [
              "hand"
            ],
            "said_at": "2020-10-11T08:00",
            "source": "Example Wire",
            "speaker": "Shushan Stepanyan",
            "stance": "denies",
            "target": "Azerbaijan",
            "target_text": "Ganja's people",
            "url": "https://wire.example/1",
            "zone": "Asia/Baku"
          }
        }
        "#);
}

#[test]
fn a_quote_leads_back_to_the_dispatch() {
    let world = World::with_ledger();
    world.file("calm.txt", "2020-10-11\n\nНочью было тихо. The night was calm. The night was calm.\n");
    let imported = world.run(&["import", "calm.txt"]);
    assert_eq!(imported.status, 0, "{imported}");
    let add = |more: &[&str]| {
        let claim = ["add", "--claimant", "-", "--stance", "observes", "--act", "violation", "--dispatch", "D1"];
        world.run(&[claim.as_slice(), more].concat())
    };
    assert_snapshot!(add(&["--quote", "было тихо"]), @r#"
        status 0
        --- stdout
        C1 added in B2: the text itself: observes violation
        "#);
    assert_snapshot!(world.run(&["show", "C1"]), @r#"
        status 0
        --- stdout
        C1 (narration) observes violation
        counts    yes
        made      entered by a person
        batch     B2
        incident  I1

        claimant          (narration)
        claimant as said  —
        speaker           —
        said at           —
        stance            observes
        in response       no
        act               violation
        accused           —
        accused as said   —
        attribution       —
        target            —
        target as said    —
        occurred          —
        occurred as said  —
        extent            within
        place             —
        coordinates       —
        figures           —
        losses            —
        civilian          —

        dispatch   D1
        called     calm
        published  2020-10-11
        bytes      23–40

        quote:
        было тихо
        "#);
    assert_snapshot!(add(&["--quote", "The night was calm."]), @r#"
        status 2
        --- stderr
        error: the quote `The night was calm.` stands there more than once
          hint: quote more of it, or tell the place with --span
        "#);
    assert_snapshot!(add(&["--quote", "nothing of the kind"]), @r#"
        status 2
        --- stderr
        error: the quote `nothing of the kind` does not stand in the dispatch
          hint: copy it from `trucebook show` of the dispatch, letter by letter
        "#);
    assert_snapshot!(add(&["--span", "12-17"]), @r#"
        status 2
        --- stderr
        error: the span 12-17 does not lie in the dispatch's text
          hint: it has 82 bytes; a span begins and ends between characters
        "#);
    assert_snapshot!(add(&["--span", "0-4", "--quote", "2021"]), @r#"
        status 2
        --- stderr
        error: the quote is `2021`, and at the span stands `2020`
          hint: leave --quote or --span out: each tells the other
        "#);
    assert_snapshot!(add(&["--span", "0-4"]), @r#"
        status 0
        --- stdout
        C2 added in B3: the text itself: observes violation
        "#);
    assert_snapshot!(world.run(&["search", "calm"]), @r#"
        status 0
        --- stdout
        D1 text: 2020-10-11  Ночью было тихо. The night was calm. The night was calm.
        "#);
}

#[test]
fn a_truce_fact_takes_parties_and_mediators() {
    let world = World::with_ledger();
    let fact = [
        "add",
        "--claimant",
        "Russia",
        "--stance",
        "declares",
        "--act",
        "truce-agreed",
        "--party",
        "Armenia",
        "--party",
        "Azerbaijan",
        "--mediator",
        "Russia",
        "--occurred",
        "2020-10-10",
    ];
    assert_snapshot!(world.run(&fact), @r#"
        status 0
        --- stdout
        registered the built-in party Russia
        registered the built-in party Armenia
        registered the built-in party Azerbaijan
        C1 added in B1: Russia: declares truce-agreed, 2020-10-10
        "#);
}

#[test]
fn the_text_itself_can_be_the_claimant_and_nobody_registered_too() {
    let world = World::with_ledger();
    assert_snapshot!(world.run(&["add", "--claimant", "-", "--stance", "observes", "--act", "explosion"]), @r#"
        status 0
        --- stdout
        C1 added in B1: the text itself: observes explosion
        "#);
    let elders = [
        "add",
        "--claimant-text",
        "village elders",
        "--stance",
        "alleges",
        "--act",
        "overflight",
        "--accused-text",
        "the drones' owner",
    ];
    assert_snapshot!(world.run(&elders), @r#"
        status 0
        --- stdout
        C2 added in B2: village elders: alleges overflight by the drones' owner
        "#);
}

#[test]
fn a_party_nobody_knows_is_told_with_its_neighbours() {
    let world = World::with_ledger();
    world.run(ACCUSATION);
    assert_snapshot!(world.run(&["add", "--claimant", "Azerbajan", "--stance", "alleges", "--act", "shelling"]), @r#"
        status 2
        --- stderr
        error: no party bears the name `Azerbajan`
          hint: did you mean `Azerbaijan` or `Azerbaidjan` or `Azerbaïdjan`? to register it: trucebook party add Azerbajan --kind KIND; to keep the words without a party: --claimant-text
        "#);
    assert_snapshot!(world.run(&["add", "--claimant", "Azerbaijan", "--stance", "alleges", "--act", "shelling", "--accused", "the \u{1b}[31mred"]), @r#"
        status 2
        --- stderr
        error: --accused: `the \u{1b}[31mred`: a name cannot hold control, zero-width or bidi characters
          hint: type the name anew: what was pasted holds characters that cannot be seen
        "#);
    assert_snapshot!(world.run(&["add", "--claimant", "Azerbaijan", "--stance", "alleges", "--act", "shelling", "--accused", "Blue Brigade"]), @r#"
        status 2
        --- stderr
        error: no party bears the name `Blue Brigade`
          hint: to register it: trucebook party add 'Blue Brigade' --kind KIND; to keep the words without a party: --accused-text
        "#);
}

#[test]
fn what_is_missing_is_told() {
    let world = World::with_ledger();
    assert_snapshot!(world.run(&["add"]), @r#"
        status 2
        --- stderr
        error: a claim says who says what of which act: `--claimant`, `--stance`, `--act` are missing
          hint: see `trucebook add --help`; on a terminal, `trucebook add` alone asks field by field
        "#);
    assert_snapshot!(world.run(&["add", "--claimant", "Armenia", "--stance", "denies"]), @r#"
        status 2
        --- stderr
        error: a claim says who says what of which act: `--act` is missing
          hint: see `trucebook add --help`; on a terminal, `trucebook add` alone asks field by field
        "#);
}

#[test]
fn a_failed_first_claim_leaves_no_ledger() {
    let world = World::new();
    let refused = ["add", "--tz", "UTC", "--claimant", "Nobody at all", "--stance", "alleges", "--act", "shelling"];
    assert_snapshot!(world.run(&refused), @r#"
        status 2
        --- stderr
        error: no party bears the name `Nobody at all`
          hint: to register it: trucebook party add 'Nobody at all' --kind KIND; to keep the words without a party: --claimant-text
        "#);
    assert_eq!(world.files(), [""; 0]);
}

#[test]
fn who_writes_is_told_never_taken_from_the_system() {
    let world = World::with_ledger()
        .variable("TRUCEBOOK_BY", "night desk")
        .variable("USER", "alice")
        .variable("LOGNAME", "alice");
    world.run(&["add", "--claimant", "-", "--stance", "observes", "--act", "explosion"]);
    world.run(&["add", "--by", "B. Desk", "--claimant", "-", "--stance", "denies", "--act", "shelling"]);
    assert_snapshot!(world.run(&["log", "--format", "csv"]), @r#"
        status 0
        --- stdout
        "batch","recorded_at","made_by","verb","entries","remark","program","hash"
        "B1","2020-10-12T13:00:00","night desk","add",1,"","trucebook/0.1.0","HASH"
        "B2","2020-10-12T13:00:00","B. Desk","add",1,"","trucebook/0.1.0","HASH"
        --- stderr
        zone: times are in Asia/Yerevan; names are self-declared
        "#);
    let bytes = std::fs::read(world.path("trucebook.db")).unwrap();
    assert!(!bytes.windows(5).any(|window| window == b"alice"));
}
