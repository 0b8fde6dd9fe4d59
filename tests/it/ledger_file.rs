//! The file: opening, refusing, waiting, and leaving nothing beside it.

use std::fs;
use std::time::{Duration, Instant};

use trucebook::error::Kind;
use trucebook::ledger::{Filter, Ledger, Provenance};
use trucebook::model::{ActBase, Claim, Party, PartyKind, Stance};

use crate::ledger::{World, memory, office, register, stamp};

fn refused(world: &World) -> (Kind, String) {
    let error = Ledger::open_to_read(&world.path(), Duration::ZERO).unwrap_err();
    let writing = Ledger::open_to_write(&world.path(), Duration::ZERO).unwrap_err();
    assert_eq!((error.kind(), error.to_string()), (writing.kind(), writing.to_string()));
    assert!(error.remedy().is_some(), "{error}");
    (error.kind(), error.to_string().replace(&world.path().display().to_string(), "FILE"))
}

#[test]
fn what_is_no_ledger_is_refused() {
    let world = World::new();
    fs::write(world.path(), "").unwrap();
    assert_eq!(refused(&world), (Kind::Ledger, "FILE: this is no ledger: it is empty".into()));
    fs::write(world.path(), "claimant,stance,act\n").unwrap();
    assert_eq!(refused(&world), (Kind::Ledger, "FILE: this is no ledger: it is no SQLite file".into()));
    fs::remove_file(world.path()).unwrap();
    let (kind, message) = refused(&world);
    assert_eq!((kind, message.starts_with("cannot open `FILE`: No such file")), (Kind::Io, true), "{message}");
    fs::create_dir(world.path()).unwrap();
    let (kind, message) = refused(&world);
    assert_eq!((kind, message.starts_with("cannot open `FILE`")), (Kind::Io, true), "{message}");
    fs::remove_dir(world.path()).unwrap();
    world.sql("CREATE TABLE other (id INTEGER PRIMARY KEY)");
    assert_eq!(
        refused(&world),
        (Kind::Ledger, "FILE: this is no ledger: it is a SQLite file of another program".into())
    );
}

#[test]
fn a_newer_ledger_is_refused_and_left_alone() {
    let world = World::new();
    world.sql("PRAGMA user_version = 99");
    let before = fs::read(world.path()).unwrap();
    assert_eq!(
        refused(&world),
        (Kind::Ledger, "FILE: the ledger has version 99, this program knows versions up to 1".into())
    );
    assert_eq!(fs::read(world.path()).unwrap(), before);
}

#[test]
fn a_damaged_file_is_an_error_and_never_a_panic() {
    let world = World::new();
    register(&mut world.write());
    let sound = fs::read(world.path()).unwrap();
    for at in (100..sound.len()).step_by(sound.len() / 97) {
        let mut damaged = sound.clone();
        for byte in damaged.iter_mut().skip(at).take(300) {
            *byte = 0xa5;
        }
        fs::write(world.path(), damaged).unwrap();
        let Ok(ledger) = Ledger::open_to_read(&world.path(), Duration::ZERO) else { continue };
        if let Ok(verdict) = ledger.verify() {
            // What was hit may be a free page, an index or a derived table: the structure check sees those it can.
            assert!(verdict.batches <= 1);
        }
        if let Ok(snapshot) = ledger.snapshot() {
            let _ = (snapshot.parties(), snapshot.counted(&Filter::default()), snapshot.search("x", 5));
        }
    }
    fs::write(world.path(), &sound[..sound.len() / 2]).unwrap();
    if let Ok(ledger) = Ledger::open_to_read(&world.path(), Duration::ZERO) {
        assert!(ledger.verify().map_or(true, |verdict| verdict.fault.is_some()));
    }
}

#[test]
fn a_ledger_is_never_made_over_a_file() {
    let world = World::new();
    let error = Ledger::create(&world.path(), &office(), &stamp("init")).unwrap_err();
    assert_eq!(error.kind(), Kind::Conflict);
    assert!(error.to_string().ends_with("is there already"), "{error}");
    let missing = world.path().join("no/such/folder.db");
    assert_eq!(Ledger::create(&missing, &office(), &stamp("init")).unwrap_err().kind(), Kind::Io);
}

#[test]
fn a_bad_office_leaves_no_file() {
    let world = World::new();
    let path = world.path().with_file_name("other.db");
    for (code, title) in [("khi", "Desk"), ("KHI", ""), ("KHI", "\u{202e}ksed")] {
        let bad = trucebook::ledger::Office { code: code.into(), title: title.into(), ..office() };
        assert!(Ledger::create(&path, &bad, &stamp("init")).is_err());
    }
    assert_eq!(world.files(), ["trucebook.db"]);
}

#[test]
fn at_rest_a_ledger_is_one_file() {
    let world = World::new();
    assert_eq!(world.files(), ["trucebook.db"]);
    let mut ledger = world.write();
    register(&mut ledger);
    drop(ledger);
    assert_eq!(world.files(), ["trucebook.db"]);
    let ledger = world.read();
    assert_eq!(ledger.snapshot().unwrap().parties().unwrap().len(), 2);
    drop(ledger);
    assert_eq!(world.files(), ["trucebook.db"]);
}

#[test]
fn a_reader_beside_a_writer_leaves_one_file_whoever_closes_last() {
    let world = World::new();
    let mut writer = world.write();
    let reader = world.read();
    let snapshot = reader.snapshot().unwrap();
    register(&mut writer);
    drop(writer);
    assert!(snapshot.parties().unwrap().is_empty(), "a snapshot stays as it was");
    drop(snapshot);
    assert_eq!(reader.snapshot().unwrap().parties().unwrap().len(), 2);
    drop(reader);
    assert_eq!(world.files(), ["trucebook.db"]);
}

#[test]
fn a_reader_writes_nothing() {
    let world = World::new();
    let mut reader = world.read();
    let error = reader.begin(&stamp("add")).and_then(|mut batch| {
        batch.add_party(&Party::new("Armenia", PartyKind::State))?;
        batch.commit()
    });
    assert_eq!(error.unwrap_err().kind(), Kind::Io);
    assert!(reader.rebuild().is_err());
}

#[test]
fn a_second_writer_waits_and_then_gives_up() {
    let world = World::new();
    let mut first = world.write();
    let batch = first.begin(&stamp("add")).unwrap();
    let mut second = Ledger::open_to_write(&world.path(), Duration::from_millis(120)).unwrap();
    let began = Instant::now();
    let error = second.begin(&stamp("add")).unwrap_err();
    assert_eq!(error.kind(), Kind::Busy, "{error}");
    assert!(error.remedy().is_some_and(|hint| hint.contains("--wait")));
    assert!(began.elapsed() >= Duration::from_millis(100));
    drop(batch);
    second.begin(&stamp("add")).unwrap();
}

#[test]
fn a_batch_that_is_dropped_leaves_nothing() {
    let world = World::new();
    let mut ledger = world.write();
    let mut batch = ledger.begin(&stamp("party add")).unwrap();
    batch.add_party(&Party::new("Armenia", PartyKind::State)).unwrap();
    assert_eq!(batch.snapshot().unwrap().parties().unwrap().len(), 1);
    let written: Vec<_> = batch.written().into_iter().map(|(kind, count)| (kind.as_str(), count)).collect();
    assert_eq!(written, [("party", 1), ("party_traits", 1)]);
    drop(batch);
    let snapshot = ledger.snapshot().unwrap();
    assert!(snapshot.parties().unwrap().is_empty());
    assert_eq!(snapshot.head().unwrap().batch, None);
}

#[test]
fn a_batch_that_wrote_nothing_leaves_nothing() {
    let mut ledger = memory();
    let receipt = ledger.begin(&stamp("add")).unwrap().commit().unwrap();
    assert_eq!((receipt.batch, receipt.entries), (None, 0));
    assert!(ledger.snapshot().unwrap().log().unwrap().is_empty());
}

#[test]
fn a_row_that_is_refused_leaves_the_others() {
    let mut ledger = memory();
    register(&mut ledger);
    let mut batch = ledger.begin(&stamp("import")).unwrap();
    let good = Claim::new(Stance::Observes, ActBase::Explosion);
    let mut bad = good.clone();
    (bad.claimant, bad.quote) = (Some("Armenja".into()), Some("kept nowhere".into()));
    batch.add_claim(&good, &Provenance::default()).unwrap();
    let error = batch.add_claim(&bad, &Provenance::default()).unwrap_err();
    assert_eq!(error.to_string(), "no party is called `Armenja`");
    assert!(error.remedy().is_some_and(|hint| hint.starts_with("did you mean `Armenia`?")), "{:?}", error.remedy());
    assert_eq!(batch.commit().unwrap().entries, 1);
    assert_eq!(ledger.verify().unwrap().fault, None);
}

#[test]
fn one_cannot_write_while_reading_by_the_same_handle() {
    let world = World::new();
    let ledger = world.read();
    let one = ledger.snapshot().unwrap();
    let two = ledger.snapshot().unwrap();
    drop(one);
    assert!(two.parties().unwrap().is_empty());
}

#[cfg(unix)]
#[test]
fn a_ledger_in_a_folder_that_cannot_be_written_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new();
    register(&mut world.write());
    let folder = world.path().parent().unwrap().to_owned();
    let mode = |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
    fs::set_permissions(world.path(), fs::Permissions::from_mode(0o444)).unwrap();
    mode(0o555);
    let ledger = Ledger::open_to_read(&world.path(), Duration::ZERO).unwrap();
    assert_eq!(ledger.snapshot().unwrap().parties().unwrap().len(), 2);
    drop(ledger);
    assert_eq!(world.files(), ["trucebook.db"]);
    let all_powerful = fs::File::create(folder.join("probe")).is_ok();
    if all_powerful {
        // The superuser writes where nobody may: the refusal cannot be seen.
        fs::remove_file(folder.join("probe")).unwrap();
    } else {
        let error = Ledger::open_to_write(&world.path(), Duration::ZERO).unwrap_err();
        assert_eq!(error.kind(), Kind::Io, "{error}");
    }
    mode(0o755);
}
