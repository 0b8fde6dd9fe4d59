//! `export`: every form comes back as what it was, and nothing in a table is live.

use std::collections::BTreeSet;

use proptest::prelude::*;
use rusqlite::Connection;
use rusqlite::types::Value;
use trucebook::ledger::{Batch, Ledger, Office, Provenance, Stamp};
use trucebook::model::{ActBase, Attribution, Claim, Figure, Loss, Party, PartyKind, Range, Span, Stance, Unit};

use crate::environment::World;
use crate::ledger_of::claims;

const KARABAKH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/gold/parties/karabakh.jsonl");
const REGISTER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/claims.csv");
const BAD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/claims-bad.csv");

fn with_register() -> World {
    let world = World::with_ledger();
    std::fs::copy(REGISTER, world.path("claims.csv")).unwrap();
    assert_eq!(world.run(&["import", "claims.csv", "--parties", KARABAKH]).status, 0);
    world
}

#[test]
fn every_form_of_the_register_comes_back_as_it_was() {
    let world = with_register();
    for form in ["jsonl", "csv", "tsv", "xlsx"] {
        let file = format!("out.{form}");
        world.run(&["export", "claims", "-o", &file]).prints_and_says(0, "", "");
        let ran = world.run(&["import", &file]);
        assert_eq!(ran.stderr, "119 rows: 0 new, 119 duplicates\n", "{form}");
    }
    let other = World::with_ledger();
    for (thing, file) in [("parties", "p.jsonl"), ("claims", "c.xlsx")] {
        world.run(&["export", thing, "-o", file]);
        std::fs::copy(world.path(file), other.path(file)).unwrap();
        assert_eq!(other.run(&["import", file]).status, 0);
    }
    assert_eq!(claims(&other), claims(&world));
}

#[test]
fn a_claims_table_carries_reference_and_incident() {
    let world = World::with_ledger();
    world
        .file("a.csv", "claimant,stance,act,accused,occurred,ref\nArmenia,alleges,shelling,Azerbaijan,2020-10-01,k1\n");
    world.run(&["import", "a.csv"]);
    let out = world.run(&["export", "claims", "--format", "csv"]).stdout;
    let mut table = csv::Reader::from_reader(out.as_bytes());
    let header = table.headers().unwrap().clone();
    let row = table.records().next().unwrap().unwrap();
    let cell = |name: &str| row.get(header.iter().position(|column| column == name).unwrap()).unwrap().to_owned();
    assert_eq!([cell("ref"), cell("incident"), cell("number"), cell("attribution")], ["k1", "I1", "C1", "stated"]);
}

#[test]
fn each_claim_goes_with_its_event() {
    let world = World::with_ledger();
    let rows = "claimant,stance,act,accused,occurred,place,parties,ref\n\
        Armenia,alleges,shelling,Azerbaijan,2020-10-01,Martuni,,k1\n\
        Azerbaijan,denies,shelling,Azerbaijan,2020-10-01,Martuni,,k2\n\
        Georgia,denies,air-strike,Georgia,2008-08-08,Gori,,k3\n\
        Russia,denies,air-strike,Russia,2008-08-09,Gori,,k4\n\
        Armenia,declares,truce-agreed,,2020-10-10,,Armenia; Azerbaijan,k5\n\
        Azerbaijan,declares,truce-agreed,,2020-10-10,,Azerbaijan; Armenia,k6\n\
        Azerbaijan,no-comment,overflight,,2020-11-10,,,k7\n";
    world.file("a.csv", rows);
    world.run(&["import", "a.csv", "--add-parties"]);
    let out = world.run(&["export", "claims", "--format", "csv"]).stdout;
    let mut table = csv::Reader::from_reader(out.as_bytes());
    let at = table.headers().unwrap().iter().position(|column| column == "incident").unwrap();
    let incidents: Vec<String> = table.records().map(|row| row.unwrap()[at].to_owned()).collect();
    assert_eq!(incidents, ["I1", "I1", "I3", "I4", "C5", "C5", ""]);
    for (number, incident, status) in [("I2", "I1", &["alleged", "denied"][..]), ("I3", "I3", &["denied"])] {
        let shown = world.run(&["show", number, "--format", "json"]);
        let shown: serde_json::Value = serde_json::from_str(&shown.stdout).unwrap();
        assert_eq!((&shown["number"], &shown["incident"]["status"]), (&incident.into(), &status.into()));
    }
}

#[test]
fn what_a_table_has_no_column_for_is_told() {
    let world = World::with_ledger();
    world.file(
        "a.jsonl",
        r#"{"claimant": "Armenia", "claimant_text": "our ministry", "stance": "observes", "act": "attack", "involved": ["Azerbaijan"], "rules": ["x"]}"#,
    );
    assert_eq!(world.run(&["import", "a.jsonl"]).status, 0);
    let ran = world.run(&["export", "claims", "--format", "csv"]);
    assert_eq!(ran.stderr, "left out, for want of a column: claimant_text, involved, rules; --format jsonl has them\n");
    assert_eq!(world.run(&["export", "claims"]).stderr, "");
}

#[test]
fn formulas_are_defused_in_tables_and_come_back_as_text() {
    let world = World::with_ledger();
    std::fs::copy(BAD, world.path("bad.csv")).unwrap();
    world.run(&["import", "bad.csv"]);
    let csv = world.run(&["export", "claims", "--format", "csv"]).stdout;
    assert!(csv.contains("\"'@SUM(1+1)\"") && csv.contains("\"'=HYPERLINK("), "{csv}");
    world.run(&["export", "claims", "-o", "out.xlsx"]);
    let mut book = calamine::open_workbook_auto(world.path("out.xlsx")).unwrap();
    let formulas = calamine::Reader::worksheet_formula(&mut book, "Sheet1").unwrap();
    assert_eq!(formulas.used_cells().count(), 0);
    assert!(world.run(&["import", "out.xlsx"]).stderr.starts_with("1 row: 0 new, 1 duplicate\n"));
}

#[test]
fn what_came_after_a_batch_is_exported_alone() {
    let world = World::with_ledger();
    for day in 1..=3 {
        world.file("a.csv", format!("claimant,stance,act,occurred\nArmenia,alleges,shelling,2020-10-0{day}\n"));
        world.run(&["import", "a.csv"]);
    }
    let lines = |since: &str| world.run(&["export", "claims", "--since", since]).stdout.lines().count();
    assert_eq!([lines("B1"), lines("B2"), lines("B3")], [2, 1, 0]);
    assert_eq!(world.run(&["export", "batches", "--since", "B2"]).stdout.lines().count(), 1);
}

#[test]
fn drafts_come_back_as_drafts_of_their_dispatch() {
    let world = World::with_ledger();
    world.file("a.txt", "Source: Wire\nPublished: 11 October 2020\n\nAzerbaijan accused Armenia of shelling Terter.\n");
    world.run(&["import", "a.txt"]);
    let lines = world.run(&["export", "claims"]).stdout;
    assert!(lines.contains("\"dispatch\":\"D1\""), "{lines}");
    world.file("c.jsonl", &lines);
    let ran = world.run(&["import", "c.jsonl"]);
    assert!(ran.stderr.contains(" rows: 0 new, ") || ran.stderr.contains("1 row: 0 new, "), "{ran}");
    // Elsewhere its number means nothing, and stays words.
    let other = World::with_ledger();
    other.file("c.jsonl", &lines);
    assert_eq!(other.run(&["import", "c.jsonl"]).status, 0);
    assert_eq!(other.run(&["export", "claims"]).stdout, lines);
    assert!(other.run(&["list"]).stdout.contains("draft"));
}

#[test]
fn incidents_are_points_on_a_map() {
    let world = with_register();
    let map = world.run(&["export", "incidents", "--format", "geojson"]).stdout;
    let map: serde_json::Value = serde_json::from_str(&map).unwrap();
    let features = map["features"].as_array().unwrap();
    assert_eq!(features.len(), world.run(&["export", "incidents"]).stdout.lines().count());
    assert!(features.iter().any(|feature| feature["geometry"]["coordinates"] == serde_json::json!([46.93, 40.32])));
    assert!(world.run(&["export", "claims", "--format", "geojson"]).stderr.contains("claims have no GeoJSON form"));
}

#[test]
fn everything_is_exported_in_every_form() {
    let world = with_register();
    world.file("a.txt", "Source: Wire\nPublished: 11 October 2020\n\nAzerbaijan accused Armenia of shelling Terter.\n");
    world.run(&["import", "a.txt"]);
    world.run(&["place", "add", "Terter", "--lat", "40.34", "--lon", "46.93"]);
    let things = ["claims", "statements", "incidents", "parties", "places", "dispatches", "batches"];
    for thing in things {
        let lines = world.run(&["export", thing]).stdout;
        let rows = lines.lines().filter(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()).count();
        assert!(rows > 0 && rows == lines.lines().count(), "{thing}");
        for form in ["csv", "tsv"] {
            let table = world.run(&["export", thing, "--format", form]).stdout;
            let separator = if form == "csv" { b',' } else { b'\t' };
            let read =
                csv::ReaderBuilder::new().delimiter(separator).from_reader(table.as_bytes()).into_records().count();
            assert_eq!(read, rows, "{thing} {form}");
        }
    }
}

fn any_claim() -> impl Strategy<Value = Claim> {
    let text = || proptest::option::of("[=+@'-]?[A-Za-zА-я][ -~А-я]{0,12}[a-z]");
    let name = || proptest::option::of(proptest::sample::select(vec!["Armenia", "Azerbaijan", "Red Cross", "наши"]));
    let range = || proptest::option::of((0_u64..50, proptest::option::of(0_u64..50)));
    (
        (0..Stance::ALL.len(), 0..ActBase::ALL.len(), proptest::bool::ANY, proptest::option::of(any::<bool>())),
        (name(), text(), name(), text(), name()),
        (proptest::option::of(1_u32..28), text(), text(), text(), text()),
        (range(), range(), 0..Unit::ALL.len(), proptest::collection::vec("[A-Z][a-z]{2,8}", 0..3)),
        (proptest::option::of((-90.0..90.0_f64, -180.0..180.0_f64)), proptest::option::of(0..=1000_u16)),
    )
        .prop_map(|((stance, act, in_response, civilian), who, what, numbers, (point, confidence))| {
            let mut claim = Claim::new(Stance::ALL[stance], ActBase::ALL[act]);
            let owned = |name: Option<&str>| name.map(str::to_owned);
            (claim.in_response, claim.civilian) = (in_response, civilian);
            (claim.claimant, claim.speaker, claim.accused) = (owned(who.0), who.1, owned(who.2));
            (claim.accused_text, claim.target) = (who.3, owned(who.4));
            claim.attribution = claim.accused.is_some().then_some(Attribution::Inferred);
            claim.occurred = what.0.map(|day| format!("2020-10-{day:02}/2020-11").parse().unwrap());
            (claim.source, claim.quote, claim.note, claim.reference) = (what.1, what.2, what.3, what.4);
            let range =
                |(min, more): (u64, Option<u64>)| Range::from_bounds(Some(min), more.map(|more| min + more)).unwrap();
            claim.figures.extend(numbers.0.map(|n| Figure {
                amount: range(n),
                unit: Unit::ALL[numbers.2],
                span: Span::Since(None),
            }));
            claim.losses.extend(numbers.1.map(|n| Loss {
                side: Some("Armenia".into()),
                missing: Some(range(n)),
                ..Loss::default()
            }));
            claim.place = numbers.3;
            let degrees = |n: f64| (n * 1e7).round() / 1e7;
            (claim.lat, claim.lon) = (point.map(|p| degrees(p.0)), point.map(|p| degrees(p.1)));
            claim.confidence = confidence.map(|n| f64::from(n) / 1000.0);
            claim
        })
}

fn filled(world: &World, claims: &[Claim]) {
    fill(world, |batch| {
        for claim in claims {
            batch.add_claim(claim, &Provenance::default()).unwrap();
        }
    });
}

/// Fills a ledger by way of what a thread without a ledger makes ready.
fn filled_ready(world: &World, claims: &[Claim]) {
    fill(world, |batch| {
        let mut known = batch.known();
        for claim in claims {
            batch.tell(claim, &mut known).unwrap();
        }
        for claim in claims {
            batch.add_ready(&known.ready(Box::new(claim.clone())).unwrap()).unwrap();
        }
    });
}

/// All that is in a table; of bodies, whose salts are random, what they hold.
fn rows(world: &World, table: &str) -> Vec<Vec<Value>> {
    let ledger = Connection::open(world.path("trucebook.db")).unwrap();
    let columns = if table == "body" { "id, role, owner, text" } else { "*" };
    let mut select = ledger.prepare(&format!("SELECT {columns} FROM {table}")).unwrap();
    let count = select.column_count();
    let rows = select.query_map([], |row| (0..count).map(|at| row.get(at)).collect()).unwrap();
    rows.map(Result::unwrap).collect()
}

fn fill(world: &World, add: impl FnOnce(&mut Batch<'_>)) {
    let office = Office { code: "KHI".into(), title: "Desk".into(), zone: "Asia/Yerevan".parse().unwrap() };
    let stamp = Stamp { now: 1_600_000_000, made_by: None, verb: "import", clock_may_lag: true };
    let mut ledger = Ledger::create(&world.path("trucebook.db"), &office, &stamp).unwrap();
    let mut batch = ledger.begin(&stamp).unwrap();
    for name in ["Armenia", "Azerbaijan", "Red Cross", "наши"] {
        batch.add_party(&Party::new(name, PartyKind::Organization)).unwrap();
    }
    add(&mut batch);
    batch.commit().unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn claims_made_ready_elsewhere_are_recorded_as_others(claims in proptest::collection::vec(any_claim(), 1..20)) {
        let (one, other) = (World::new(), World::new());
        filled(&one, &claims);
        filled_ready(&other, &claims);
        let tables = ["claim", "claim_place", "claim_party", "figure", "loss", "body", "seen", "said", "source", "membership"];
        for table in tables {
            prop_assert_eq!(rows(&one, table), rows(&other, table), "{}", table);
        }
        prop_assert_eq!(other.run(&["verify"]).status, 0);
    }

    /// Export, import elsewhere, export: the same lines; and importing one's own export changes nothing.
    #[test]
    fn json_lines_make_the_round_trip_without_loss(claims in proptest::collection::vec(any_claim(), 1..20)) {
        let (one, other) = (World::new(), World::new());
        filled(&one, &claims);
        filled(&other, &[]);
        let lines = one.run(&["export", "claims"]).stdout;
        one.file("c.jsonl", &lines);
        other.file("c.jsonl", &lines);
        let again = one.run(&["import", "c.jsonl"]);
        prop_assert!(again.stderr.contains(": 0 new"), "{}", again);
        prop_assert!(!again.stderr.contains("replac") && !again.stderr.contains("refused"), "{}", again);
        let there = other.run(&["import", "c.jsonl"]);
        prop_assert_eq!(there.status, 0, "{}", there);
        prop_assert_eq!(other.run(&["export", "claims"]).stdout, lines);
    }
}

#[test]
fn the_lines_of_an_export_are_all_different() {
    let world = with_register();
    let lines = world.run(&["export", "claims"]).stdout;
    let distinct: BTreeSet<_> = lines.lines().collect();
    assert_eq!(distinct.len(), 119);
}
