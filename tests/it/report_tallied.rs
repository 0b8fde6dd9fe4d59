//! Reports from counts that are kept up say what those say that read every claim.

use proptest::prelude::*;
use trucebook::ledger::{Filter, Provenance, Snapshot};
use trucebook::model::{ActBase, Claim, Role, Stance, Truce, TruceParty};
use trucebook::render::{Format, Look};
use trucebook::report::input::Input;
use trucebook::report::sheet::Sheet;
use trucebook::report::{daily, matrix, parties, tallied};

use crate::ledger::{World, stamp};
use crate::reconcile_follow::{claim, scattered, step, take, world};

fn printed(sheet: &Sheet) -> String {
    let mut out = Vec::new();
    for form in [Format::Table, Format::Csv] {
        form.form(Look { width: 120, colour: false }).sheet(sheet, &mut out).unwrap();
    }
    String::from_utf8(out).unwrap()
}

/// Each report both ways.
fn both(snapshot: &Snapshot<'_>) -> Vec<(Option<Sheet>, Sheet)> {
    let input = Input::read(snapshot, &Filter::default(), false, Vec::new()).unwrap();
    vec![
        (tallied::parties(snapshot).unwrap(), parties::sheet(&input, parties::By::Party)),
        (tallied::matrix(snapshot).unwrap(), matrix::sheet(&input)),
        (tallied::daily(snapshot).unwrap(), daily::sheet(&input, daily::Per::Day, None)),
    ]
}

fn truce(world: &World) {
    let party = |name: &str| TruceParty { party: name.into(), role: Role::Belligerent, effective: None, ended: None };
    let truce = Truce {
        title: "A truce".into(),
        effective: Some("2020-10-02T09:00".parse().unwrap()),
        parties: vec![party("North"), party("South")],
        ..Truce::default()
    };
    let mut ledger = world.write();
    let mut batch = ledger.begin(&stamp("truce add")).unwrap();
    batch.add_truce(&truce, None, &[]).unwrap();
    batch.commit().unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn counts_that_are_kept_up_say_what_all_claims_say(
        from in 0_u64..1_000_000, steps in prop::collection::vec(step(), 12)
    ) {
        let world = world(scattered(from, 160));
        truce(&world);
        for (number, step) in steps.iter().enumerate() {
            take(&world, step, number);
            let ledger = world.read();
            for (counted, read) in both(&ledger.snapshot().unwrap()) {
                let counted = counted.expect("the counts are up to date");
                prop_assert_eq!(printed(&counted), printed(&read), "after {:?}", step);
            }
        }
    }
}

/// Of more claims than are listed under a report, those that go make room for the next.
#[test]
fn lists_of_first_claims_are_filled_up_again() {
    let world = world(scattered(3, 2));
    let mut ledger = world.write();
    let mut batch = ledger.begin(&stamp("import")).unwrap();
    for n in 0..200 {
        let mut told = claim(0);
        told.accused = Some("South".into());
        told.figures = vec!["40 shot".parse().unwrap()];
        told.note = Some(format!("line {n}"));
        batch.add_claim(&told, &Provenance::default()).unwrap();
    }
    batch.commit().unwrap();
    drop(ledger);
    for gone in 5..60 {
        let mut ledger = world.write();
        let mut batch = ledger.begin(&stamp("retract")).unwrap();
        batch.retract(trucebook::model::Id(gone), "mistaken").unwrap();
        batch.commit().unwrap();
    }
    let ledger = world.read();
    for (counted, read) in both(&ledger.snapshot().unwrap()) {
        assert_eq!(printed(&counted.unwrap()), printed(&read));
    }
}

/// Numbers over windows may hold others: what they are added to is added up from claims.
#[test]
fn windows_are_added_up_from_claims() {
    let world = world(scattered(3, 120));
    let mut ledger = world.write();
    let mut batch = ledger.begin(&stamp("add")).unwrap();
    let figures = [
        "40 violation 2020-10-01/2020-10-05",
        "9 violation 2020-10-02",
        "8 violation 2020-10-02",
        "30 violation 2020-10-02/2020-10-03",
        "12 explosion of 20 violation",
        "50 violation since 2020-09-01",
    ];
    for (n, figure) in figures.iter().enumerate() {
        for accused in ["South", "North"] {
            let mut told = Claim::new(Stance::Alleges, ActBase::Shelling);
            told.claimant = Some("Mission".into());
            told.accused = Some(accused.into());
            told.occurred = Some("2020-10-02".parse().unwrap());
            told.figures = vec![figure.parse().unwrap()];
            told.note = Some(format!("line {n}"));
            batch.add_claim(&told, &Provenance::default()).unwrap();
        }
    }
    batch.commit().unwrap();
    drop(ledger);
    let ledger = world.read();
    let both = both(&ledger.snapshot().unwrap());
    assert!(printed(&both[0].1).contains("may be counted already in a total"));
    for (counted, read) in both {
        assert_eq!(printed(&counted.unwrap()), printed(&read));
    }
}
