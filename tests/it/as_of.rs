//! Laws of reports over random histories of a ledger: the same head gives the same bytes, whatever was added since
//! (`--as-of`), and what is kept packed for reports is what the facts say.

use std::path::Path;
use std::time::Duration;

use proptest::prelude::*;
use tempfile::TempDir;
use trucebook::ledger::{AsOf, Batch, Filter, Ledger, Office, Provenance, Review, Snapshot, Stamp, Standing};
use trucebook::model::{Act, Attribution, Claim, Id, Party, PartyKind, Place, Stance};
use trucebook::render::{Format, Look};
use trucebook::report::input::Input;
use trucebook::report::{
    checks, coverage, daily, incidents, losses, matrix, parties, replies, sources, stated, truces,
};

use crate::report::{book, steady};

const STAMP: Stamp = Stamp { now: 1_602_504_000, made_by: None, verb: "test", clock_may_lag: false };
const NAMES: [&str; 3] = ["Armenia", "Azerbaijan", "Baku"];

/// What a batch of a ledger's history does.
#[derive(Debug, Clone)]
enum Step {
    Claim { by: usize, accused: usize, stance: usize, day: u8, place: u8, killed: u8 },
    Amend(u8),
    Retract(u8),
    Accept(u8),
    Link(u8, u8, bool),
    Answer(u8, u8),
    Alias,
    Village(u8),
    Undo,
}

fn any_step() -> impl Strategy<Value = Step> {
    let claim = (0..3_usize, 0..3_usize, 0..3_usize, 1..4_u8, 0..3_u8, 0..3_u8);
    prop_oneof![
        6 => claim.prop_map(|(by, accused, stance, day, place, killed)| Step::Claim {
            by, accused, stance, day, place, killed
        }),
        1 => any::<u8>().prop_map(Step::Amend),
        1 => any::<u8>().prop_map(Step::Retract),
        1 => any::<u8>().prop_map(Step::Accept),
        1 => (any::<u8>(), any::<u8>(), any::<bool>()).prop_map(|(a, b, same)| Step::Link(a, b, same)),
        1 => (any::<u8>(), any::<u8>()).prop_map(|(a, b)| Step::Answer(a, b)),
        1 => Just(Step::Alias),
        1 => (0..3_u8).prop_map(Step::Village),
        1 => Just(Step::Undo),
    ]
}

fn said(by: usize, accused: usize, stance: usize, day: u8, place: u8, killed: u8) -> Claim {
    let stance = [Stance::Alleges, Stance::Denies, Stance::Alleges][stance];
    let mut claim = Claim::new(stance, "shelling".parse::<Act>().unwrap());
    claim.claimant_text = Some(NAMES[by].to_owned());
    claim.accused_text = Some(NAMES[accused].to_owned());
    claim.attribution = Some(Attribution::Stated);
    claim.place = vec![format!("Village {place}")];
    claim.occurred = format!("2020-10-1{day}").parse().ok();
    claim.losses = vec![format!("?: killed {killed}").parse().unwrap()];
    claim
}

/// A claim of this ledger, if it has any.
fn one(batch: &Batch<'_>, pick: u8) -> Option<Id> {
    let ids: Vec<Id> =
        batch.snapshot().unwrap().counted(&Filter::default()).unwrap().iter().map(|counted| counted.fact.id).collect();
    (!ids.is_empty()).then(|| ids[usize::from(pick) % ids.len()])
}

/// Takes a step. What the ledger refuses leaves nothing.
fn take(ledger: &mut Ledger, step: &Step, number: usize) {
    let mut batch = ledger.begin(&STAMP).unwrap();
    let done = match *step {
        Step::Claim { by, accused, stance, day, place, killed } => {
            let mut claim = said(by, accused, stance, day, place, killed);
            claim.note = Some(format!("step {number}"));
            let extractor = number.is_multiple_of(3).then(|| "test 1".to_owned());
            batch.add_claim(&claim, &Provenance { extractor, ..Provenance::default() }).map(|_| ())
        }
        Step::Amend(pick) => one(&batch, pick).map_or(Ok(()), |replaces| {
            let provenance = Provenance { replaces: Some(replaces), ..Provenance::default() };
            batch.add_claim(&said(0, 1, 0, 2, 1, pick % 9), &provenance).map(|_| ())
        }),
        Step::Retract(pick) => one(&batch, pick).map_or(Ok(()), |claim| batch.retract(claim, "typed twice")),
        Step::Accept(pick) => one(&batch, pick).map_or(Ok(()), |claim| batch.review(claim, Review::Accepted, None)),
        Step::Link(a, b, same) => {
            one(&batch, a).zip(one(&batch, b)).map_or(Ok(()), |(a, b)| batch.link(a, b, Some(same), None))
        }
        Step::Answer(a, b) => one(&batch, a).zip(one(&batch, b)).map_or(Ok(()), |(a, b)| batch.answer(a, b, None)),
        Step::Alias => {
            let party = batch.add_party(&Party::new("Azerbaijan", PartyKind::State)).unwrap().id();
            batch.add_alias(party, None, "Baku").map(|_| ())
        }
        Step::Village(n) => {
            let name = format!("Village {n}");
            let parent = None;
            batch.add_place(&Place { name, kind: None, parent, point: None, aliases: Vec::new() }).map(|_| ())
        }
        Step::Undo => {
            let last = batch.snapshot().unwrap().log().unwrap().last().map(|last| last.number.number);
            last.map_or(Ok(()), |last| batch.undo(Id::new(0, last).unwrap(), None).map(|_| ()))
        }
    };
    if done.is_ok() {
        batch.commit().unwrap();
    }
}

/// Every report, in a form that holds all their figures and claims.
fn printed(input: &Input, snapshot: &Snapshot<'_>) -> String {
    let spoken = snapshot.spoken().unwrap();
    let sheets = [
        parties::sheet(input, parties::By::Party),
        parties::sheet(input, parties::By::Side),
        matrix::sheet(input),
        daily::sheet(input, daily::Per::Day, None),
        daily::sheet(input, daily::Per::Week, Some(daily::By::Place)),
        stated::sheet(input),
        truces::sheet(input),
        losses::sheet(input),
        replies::sheet(input, &spoken),
        incidents::sheet(input),
        sources::sheet(input, &snapshot.sources().unwrap()),
        checks::sheet(input, snapshot).unwrap(),
        coverage::sheet(input, &spoken),
    ];
    let mut out = Vec::new();
    for sheet in sheets {
        Format::Json.form(Look { width: 100, colour: false }).sheet(&sheet, &mut out).unwrap();
    }
    String::from_utf8(out).unwrap()
}

/// Every report of some of a ledger's claims.
fn reports(snapshot: &Snapshot<'_>, filter: &Filter, reviewed: bool) -> String {
    printed(&Input::read(snapshot, filter, reviewed, Vec::new()).unwrap(), snapshot)
}

fn all(ledger: &Ledger) -> String {
    reports(&ledger.snapshot().unwrap(), &Filter::default(), false)
}

fn any_filter() -> impl Strategy<Value = Filter> {
    let of = |id: i64| proptest::option::weighted(0.3, Just(Id(id)));
    let stance = proptest::option::weighted(0.3, (0..Stance::ALL.len()).prop_map(|at| Stance::ALL[at]));
    let standing = proptest::option::weighted(0.2, (0..Standing::ALL.len()).prop_map(|at| Standing::ALL[at]));
    let place = proptest::option::weighted(0.2, Just("Village 1".to_owned()));
    let since = proptest::option::weighted(0.2, Just(1_602_374_400));
    (of(1), of(2), of(2), stance, standing, place, since).prop_map(
        |(party, claimant, accused, stance, standing, place, since)| Filter {
            party,
            claimant,
            accused,
            stance,
            place,
            since,
            statuses: standing.into_iter().collect(),
            ..Filter::default()
        },
    )
}

fn new_ledger(path: &Path) -> Ledger {
    let office = Office { code: "DESK".into(), title: "Desk".into(), zone: "Asia/Yerevan".parse().unwrap() };
    let mut ledger = Ledger::create(path, &office, &STAMP).unwrap();
    let mut batch = ledger.begin(&STAMP).unwrap();
    for name in ["Armenia", "Azerbaijan"] {
        batch.add_party(&Party::new(name, PartyKind::State)).unwrap();
    }
    batch.commit().unwrap();
    ledger
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_added_since_the_same_head_gives_the_same_bytes(steps in prop::collection::vec(any_step(), 1..14)) {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("trucebook.db");
        let mut ledger = new_ledger(&path);
        let mut heads = Vec::new();
        for (number, step) in steps.iter().enumerate() {
            take(&mut ledger, step, number);
            let head = ledger.snapshot().unwrap().head().unwrap().batch.unwrap();
            heads.push((head, all(&ledger)));
        }
        drop(ledger);
        for (head, then) in heads {
            let past = Ledger::open_as_of(&path, Duration::ZERO, &AsOf::Batch(head.clone())).unwrap();
            prop_assert_eq!(all(&past), then, "as of {}", head);
        }
    }

    #[test]
    fn what_is_packed_for_reports_is_what_the_facts_say(
        steps in prop::collection::vec(any_step(), 1..14),
        filters in prop::collection::vec((any_filter(), any::<bool>()), 3),
    ) {
        let folder = TempDir::new().unwrap();
        let mut ledger = new_ledger(&folder.path().join("trucebook.db"));
        for (number, step) in steps.iter().enumerate() {
            take(&mut ledger, step, number);
        }
        let read = |snapshot: &Snapshot<'_>| -> Vec<String> {
            filters.iter().map(|(filter, reviewed)| reports(snapshot, filter, *reviewed)).collect()
        };
        let (claims, packed) = {
            let snapshot = ledger.snapshot().unwrap();
            (snapshot.counted(&Filter::default()).unwrap(), read(&snapshot))
        };
        // From inside a batch the claims are gathered from the facts.
        let batch = ledger.begin(&STAMP).unwrap();
        let snapshot = batch.snapshot().unwrap();
        prop_assert_eq!(snapshot.counted(&Filter::default()).unwrap(), claims);
        prop_assert_eq!(read(&snapshot), packed);
    }
}

#[test]
fn a_date_names_the_head_of_its_end() {
    let world = book();
    let now = world.run(&["report", "--format", "json"]);
    assert_eq!(world.run(&["report", "--format", "json", "--as-of", "2020-10-12"]), now);
    let ran = world.run(&["report", "--as-of", "2020-10-11", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(json["rows"], serde_json::json!([]));
    assert!(steady(&ran).contains("no batch yet"), "{ran}");
}

#[test]
fn a_past_head_is_read_and_nothing_is_left_behind() {
    let world = book();
    let before = std::fs::read(world.path("trucebook.db")).unwrap();
    let ran = world.run(&["report", "matrix", "--as-of", "B6", "--format", "csv"]);
    assert_eq!((ran.status, ran.stdout.lines().count()), (0, 2), "{ran}");
    assert!(ran.stderr.contains("head B6 of"), "{ran}");
    assert_eq!(std::fs::read(world.path("trucebook.db")).unwrap(), before);
    assert_eq!(world.files(), ["trucebook.db"]);
    world.run(&["report", "--as-of", "B99"]).fails(
        "error: trucebook.db: there is no batch B99 in this ledger\n  hint: `trucebook log` lists the batches\n",
    );
    world
        .run(&["report", "--as-of", "2020-10-01/.."])
        .fails("error: trucebook.db: 2020-10-01/.. has no end, so that it names no head\n");
}
