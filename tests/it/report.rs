//! `report`: every report through the built program.

use insta::assert_snapshot;

use crate::environment::{Ran, World};

/// A desk's book of three days: each side accuses the other, one denial, one monitor, a truce.
pub(crate) fn book() -> World {
    let world = World::with_ledger();
    let done = |arguments: &[&str]| {
        let ran = world.run(arguments);
        assert_eq!(ran.status, 0, "{ran}");
    };
    done(&["party", "add", "Armenia", "--kind", "state", "--side", "Armenian side", "--alias", "en:Yerevan"]);
    done(&["party", "add", "Azerbaijan", "--kind", "state", "--alias", "en:Baku"]);
    done(&["party", "add", "Nagorno-Karabakh", "--kind", "non-state", "--side", "Armenian side"]);
    done(&["party", "add", "OSCE", "--kind", "monitor"]);
    done(&[
        "truce",
        "add",
        "--title",
        "Moscow truce",
        "--effective",
        "2020-10-10T12:00",
        "--party",
        "Armenia",
        "--party",
        "Azerbaijan",
    ]);
    for claim in CLAIMS {
        done(&[&["add"], *claim].concat());
    }
    world
}

/// A run with the hashes, which no two ledgers share, left out.
pub(crate) fn steady(ran: &Ran) -> String {
    let is_hash = |word: &str| matches!(word.len(), 16 | 64) && word.bytes().all(|b| b.is_ascii_hexdigit());
    let words = ran.to_string();
    let hashes: Vec<&str> = words.split([' ', ';', '\n']).filter(|word| is_hash(word)).collect();
    hashes.iter().fold(words.clone(), |text, hash| text.replace(hash, "HASH"))
}

const CLAIMS: &[&[&str]] = &[
    &[
        "--claimant",
        "Armenia",
        "--speaker",
        "Defence Ministry",
        "--stance",
        "alleges",
        "--act",
        "shelling",
        "--accused",
        "Azerbaijan",
        "--place",
        "Stepanakert",
        "--occurred",
        "2020-10-10T12:05",
        "--killed",
        "2",
        "--quote",
        "Azerbaijan shelled Stepanakert, the ministry said.",
    ],
    &[
        "--claimant",
        "Azerbaijan",
        "--stance",
        "denies",
        "--act",
        "shelling",
        "--accused",
        "Azerbaijan",
        "--answers",
        "C1",
    ],
    &[
        "--claimant",
        "Azerbaijan",
        "--stance",
        "alleges",
        "--act",
        "shelling",
        "--accused",
        "Armenia",
        "--place",
        "Gyanja",
        "--occurred",
        "2020-10-11T02:00",
        "--killed",
        "9",
        "--wounded",
        "30+",
    ],
    &[
        "--claimant",
        "Azerbaijan",
        "--stance",
        "alleges",
        "--act",
        "violation",
        "--accused",
        "Armenia",
        "--occurred",
        "2020-10-11",
        "--figure",
        "43 violation 2020-10-11",
    ],
    &[
        "--claimant",
        "OSCE",
        "--stance",
        "observes",
        "--act",
        "explosion",
        "--place",
        "Gyanja",
        "--occurred",
        "2020-10-11T02:00",
    ],
    &[
        "--claimant-text",
        "the \u{442}\u{430}\u{43d}\u{43a}\u{438}\u{441}\u{442}\u{44b}",
        "--stance",
        "alleges",
        "--act",
        "attack",
        "--accused",
        "Azerbaijan",
        "--occurred",
        "2020-10-12",
        "--killed",
        "0",
    ],
];

#[test]
fn parties_is_the_report_that_needs_no_name() {
    let world = book();
    let ran = world.run(&["report"]);
    assert_snapshot!(steady(&ran));
    assert_eq!(world.run(&["report", "parties"]), ran);
}

#[test]
fn parties_by_side() {
    assert_snapshot!(steady(&book().run(&["report", "--by", "side", "--format", "csv"])));
}

#[test]
fn incidents() {
    assert_snapshot!(steady(&book().run(&["report", "incidents"])));
}

#[test]
fn matrix() {
    assert_snapshot!(steady(&book().run(&["report", "matrix", "--format", "md"])));
}

#[test]
fn daily() {
    assert_snapshot!(steady(&book().run(&["report", "daily"])));
    book()
        .run(&["report", "--per", "week"])
        .fails("error: `--per` goes with `report daily`, not with `report parties`\n");
}

#[test]
fn reviewed_leaves_drafts_out() {
    let world = World::with_ledger();
    world.file("a.txt", include_bytes!("../data/gold/dispatches/nk-04-en.txt"));
    for party in ["Armenia", "Azerbaijan"] {
        let added = world.run(&["party", "add", party, "--kind", "state"]);
        assert_eq!(added.status, 0, "{added}");
    }
    let imported = world.run(&["import", "a.txt"]);
    assert_eq!(imported.status, 0, "{imported}");
    let rows = |arguments: &[&str]| {
        let ran = world.run(&[&["report", "--format", "jsonl"], arguments].concat());
        assert_eq!(ran.status, 0, "{ran}");
        ran.stdout.lines().count()
    };
    assert!(rows(&[]) > 0);
    assert_eq!(rows(&["--reviewed"]), 0);
}

#[test]
fn a_report_is_the_same_however_often_it_is_made() {
    let world = book();
    for format in ["table", "json", "jsonl", "csv", "tsv", "md"] {
        let ran = world.run(&["report", "--format", format]);
        assert_eq!(ran.status, 0, "{ran}");
        assert_eq!(world.run(&["report", "--format", format]), ran);
    }
}

#[test]
fn filters_are_named_in_the_report() {
    let ran = book().run(&["report", "--claimant", "Yerevan", "--since", "2020-10-10", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(json["notes"][0]["text"], "claimant Armenia; since 2020-10-10");
    let rows = json["rows"].as_array().unwrap();
    let row = |name: &str| rows.iter().find(|row| row["party"] == name).unwrap();
    assert_eq!(row("Armenia")["claims_made"], 1);
    assert_eq!(row("Azerbaijan")["accusations_received"], 1);
    assert_eq!(row("Azerbaijan")["denied"], 1);
    assert_eq!(row("Azerbaijan")["claims"]["denied"], serde_json::json!(["C1"]));
}

#[test]
fn a_file_s_ending_tells_the_form_and_a_dash_is_standard_output() {
    let world = book();
    let ran = world.run(&["report", "-o", "parties.csv"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{ran}");
    let written = std::fs::read_to_string(world.path("parties.csv")).unwrap();
    assert_eq!(written, world.run(&["report", "--format", "csv"]).stdout);
    assert_eq!(world.run(&["report", "-o", "-", "--format", "csv"]).stdout, written);
}

#[test]
fn grouping_goes_with_parties_alone() {
    book()
        .run(&["report", "incidents", "--by", "side"])
        .fails("error: `--by` goes with `report parties`, not with `report incidents`\n");
}

#[test]
fn a_party_that_nobody_bears() {
    let world = book();
    let added = world.run(&["party", "add", "Northern Front", "--kind", "non-state"]);
    assert_eq!(added.status, 0, "{added}");
    world.run(&["report", "--party", "Nothern Front"]).fails(
        "error: no party bears the name `Nothern Front`\n  hint: did you mean `Northern Front`? to register it: trucebook party add 'Nothern Front' --kind KIND\n",
    );
}

#[test]
fn an_empty_ledger_has_an_empty_report() {
    assert_snapshot!(steady(&World::with_ledger().run(&["report"])));
}

#[test]
fn a_row_is_opened_to_the_claims_behind_it() {
    assert_snapshot!(steady(&book().run(&["report", "matrix", "--explain", "Azerbaijan/Armenia"])));
    book().run(&["report", "matrix", "--explain", "Georgia"]).fails(
        "error: this report has no row `Georgia`\n  hint: its rows are: (unknown)/Azerbaijan; Armenia/Azerbaijan; Azerbaijan/Armenia\n",
    );
}

#[test]
fn filters_choose_claims() {
    let world = book();
    let done = |arguments: &[&str]| {
        let ran = world.run(arguments);
        assert_eq!(ran.status, 0, "{ran}");
    };
    done(&["place", "add", "Gyanja", "--lat", "40.68", "--lon", "46.36"]);
    done(&[
        "add",
        "--claimant",
        "Armenia",
        "--stance",
        "denies",
        "--act",
        "shelling",
        "--accused",
        "Armenia",
        "--source",
        "Armenpress",
        "--published",
        "2020-10-11",
        "--answers",
        "C3",
    ]);
    let passing = |arguments: &[&str]| -> Vec<String> {
        let ran = world.run(&[&["list", "--format", "jsonl"], arguments].concat());
        let claim = |line: &str| {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            row["claim"].as_str().unwrap().to_owned()
        };
        ran.stdout.lines().map(claim).collect()
    };
    assert_eq!(passing(&["--near", "Gyanja,5"]), ["C3", "C5"]);
    assert_eq!(passing(&["--near", "40.7,46.3,100"]), ["C3", "C5"]);
    assert_eq!(passing(&["--box", "40,46,41,47"]), ["C3", "C5"]);
    assert_eq!(passing(&["--box", "-41,46,-40,47"]), [""; 0]);
    assert_eq!(passing(&["--source", "armenpress"]), ["C7"]);
    assert_eq!(passing(&["--known", "2020-10-11"]), ["C7"]);
    assert_eq!(passing(&["--known", "2020-10-10"]), [""; 0]);
    assert_eq!(passing(&["--status", "denied"]), ["C1", "C3", "C5"]);
    assert_eq!(passing(&["--status", "denied", "--status", "corroborated"]), ["C3", "C5"]);
    assert_eq!(passing(&["--only-disagreements"]), ["C1", "C3", "C5"]);
    world.run(&["list", "--near", "Gyanja"]).fails(
        "error: `--near` `Gyanja` names no distance\n  hint: write a place and kilometres, Gyanja,10, or a point and kilometres, 40.68,46.36,10\n",
    );
    world.run(&["list", "--near", "Shusha,5"]).fails(
        "error: no place is registered as `Shusha`\n  hint: `trucebook place list` lists the places; or give a point\n",
    );
    world
        .run(&["list", "--source", "TASS"])
        .fails("error: there is no source `TASS`\n  hint: `trucebook report sources` lists the sources\n");
}

#[test]
fn every_other_report() {
    let world = book();
    for name in ["losses", "replies", "sources", "coverage", "truces", "checks"] {
        assert_snapshot!(name, steady(&world.run(&["report", name])));
    }
}

#[test]
fn days_by_place_and_by_region() {
    let world = book();
    for arguments in
        [&["place", "add", "Ganja-Dashkasan"][..], &["place", "add", "Gyanja", "--parent", "Ganja-Dashkasan"]]
    {
        let ran = world.run(arguments);
        assert_eq!(ran.status, 0, "{ran}");
    }
    assert_snapshot!(steady(&world.run(&["report", "daily", "--by", "place"])));
    let ran = world.run(&["report", "daily", "--by", "region", "--format", "jsonl"]);
    let regions: Vec<serde_json::Value> = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(regions.iter().any(|row| row["region"] == "Ganja-Dashkasan" && row["p2_accusations"] == 1), "{ran}");
    world
        .run(&["report", "matrix", "--by", "place"])
        .fails("error: `--by` goes with `report daily`, not with `report matrix`\n");
}

#[test]
fn what_changed_between_two_heads() {
    let world = book();
    for arguments in [
        &["retract", "C4", "--why", "typed twice"][..],
        &["amend", "C1", "--killed", "3"],
        &[
            "add",
            "--claimant",
            "Armenia",
            "--stance",
            "denies",
            "--act",
            "shelling",
            "--accused",
            "Armenia",
            "--answers",
            "C3",
        ],
    ] {
        let ran = world.run(arguments);
        assert_eq!(ran.status, 0, "{ran}");
    }
    assert_snapshot!(steady(&world.run(&["report", "diff", "--from", "B11"])));
    let back = world.run(&["report", "diff", "--from", "B8", "--to", "B8", "--format", "jsonl"]);
    assert_eq!((back.status, back.stdout.as_str()), (0, ""), "{back}");
    world.run(&["report", "diff"]).fails(
        "error: `report diff` needs `--from`\n  hint: name the earlier head, --from B3, and the later one unless it is the newest, --to B9\n",
    );
    world
        .run(&["report", "--from", "B2"])
        .fails("error: `--from` goes with `report diff`, not with `report parties`\n");
}

#[test]
fn stated_totals_stand_beside_their_days() {
    let world = book();
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
        "2020-10-05/2020-10-11",
        "--figure",
        "230 violation 2020-10-05/2020-10-11",
    ]);
    assert_eq!(ran.status, 0, "{ran}");
    assert_snapshot!(steady(&world.run(&["report", "daily", "--per", "stated"])));
}
