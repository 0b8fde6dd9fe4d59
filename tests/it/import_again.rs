//! Reading stored dispatches again: drafts follow, what a person decided stays.

use std::path::Path;
use std::time::Duration;

use trucebook::extract::OwnWords;
use trucebook::import::again::{Again, Change, read_again};
use trucebook::ledger::{Added, Batch, Filter, Ledger, Provenance, Review, Stamp};
use trucebook::model::{Act, Claim, Id, Party, PartyKind};

use crate::environment::World;

const TEXT: &str = "BAKU, Oct 12, 2020 (Silk Road) — Azerbaijan accused Armenia of shelling Terter on Sunday. \
    Armenia's defence ministry denied it. Armenia accused the Wolf Brigade of shelling Shushi on Sunday.\n";

fn world() -> World {
    let world = World::with_ledger();
    world.file("a.txt", TEXT);
    let ran = world.run(&["import", "a.txt"]);
    assert_eq!(ran.status, 0, "{ran}");
    world
}

fn write<T>(file: &Path, rows: impl FnOnce(&mut Batch<'_>) -> T) -> T {
    let mut ledger = Ledger::open_to_write(file, Duration::ZERO).unwrap();
    let header = Stamp { now: 1_602_500_000, made_by: None, verb: "test", clock_may_lag: true };
    let mut batch = ledger.begin(&header).unwrap();
    let value = rows(&mut batch);
    batch.commit().unwrap();
    value
}

fn claims(file: &Path) -> Vec<(Id, Claim)> {
    let ledger = Ledger::open_to_read(file, Duration::ZERO).unwrap();
    let snapshot = ledger.snapshot().unwrap();
    let ids = snapshot.counted(&Filter::default()).unwrap().into_iter().map(|counted| counted.fact.id);
    ids.map(|id| (id, snapshot.claim(id).unwrap().unwrap().value)).collect()
}

fn again(file: &Path) -> Again {
    write(file, |batch| read_again(batch, &[Id::new(0, 1).unwrap()], OwnWords::default()).unwrap())
}

/// Puts another act into a draft, as an older program could have read it.
fn misread(file: &Path, id: Id, act: &str) -> Id {
    let (_, mut claim) = claims(file).into_iter().find(|(known, _)| *known == id).unwrap();
    claim.act = act.parse::<Act>().unwrap();
    write(file, |batch| {
        let provenance = Provenance {
            dispatch: Id::new(0, 1),
            extractor: Some("trucebook/0.0.1".into()),
            replaces: Some(id),
            ..Default::default()
        };
        match batch.add_claim(&claim, &provenance).unwrap() {
            Added::Replaces(new, _) => new,
            other => panic!("{other:?}"),
        }
    })
}

#[test]
fn a_draft_that_reads_otherwise_now_is_replaced() {
    let world = world();
    let file = world.path("trucebook.db");
    let before = claims(&file);
    let wrong = misread(&file, before[0].0, "missile-strike");
    let read = again(&file);
    let [(_, Change::Replaced(_, old, fields))] = read.changes.as_slice() else { panic!("{read:?}") };
    assert_eq!((*old, fields.as_slice(), read.same), (wrong, &["act".to_owned()][..], before.len() - 1));
    assert_eq!(again(&file).same, before.len(), "and then nothing changes any more");
}

#[test]
fn a_draft_that_is_not_read_any_more_goes_and_may_come_back() {
    let world = world();
    let file = world.path("trucebook.db");
    let before = claims(&file);
    let (_, mut made_up) = before[0].clone();
    made_up.span = None;
    made_up.quote = None;
    made_up.place = vec!["Nowhere".into()];
    let provenance =
        || Provenance { dispatch: Id::new(0, 1), extractor: Some("trucebook/0.0.1".into()), ..Default::default() };
    write(&file, |batch| batch.add_claim(&made_up, &provenance()).unwrap());
    let read = again(&file);
    assert!(matches!(read.changes.as_slice(), [(_, Change::Gone(_))]), "{read:?}");
    assert_eq!(claims(&file).len(), before.len());
}

#[test]
fn what_a_person_reviewed_or_took_back_stays() {
    let world = world();
    let file = world.path("trucebook.db");
    let before = claims(&file);
    let wrong = misread(&file, before[0].0, "missile-strike");
    write(&file, |batch| batch.review(wrong, Review::Accepted, None).unwrap());
    write(&file, |batch| batch.retract(before[1].0, "not so").unwrap());
    let read = again(&file);
    assert_eq!((read.changes.len(), read.reviewed), (0, 1), "{read:?}");
    assert_eq!(claims(&file).len(), before.len() - 1);
}

#[test]
fn a_party_registered_since_is_read() {
    let world = world();
    let file = world.path("trucebook.db");
    let named = |claims: &[(Id, Claim)]| claims.iter().any(|(_, c)| c.accused.as_deref() == Some("Wolf Brigade"));
    assert!(!named(&claims(&file)));
    write(&file, |batch| batch.add_party(&Party::new("Wolf Brigade", PartyKind::NonState)).unwrap());
    again(&file);
    assert!(named(&claims(&file)), "{:?}", claims(&file));
}
