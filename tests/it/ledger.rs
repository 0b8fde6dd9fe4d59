//! The ledger through its public interface.

use std::path::PathBuf;
use std::time::Duration;

use trucebook::ledger::{Ledger, Office, Stamp};
use trucebook::model::{Party, PartyKind};

/// The frozen clock.
pub(crate) const NOW: i64 = 1_700_000_000;

pub(crate) fn office() -> Office {
    Office { code: "TST".into(), title: "Test desk".into(), zone: "Asia/Yerevan".parse().unwrap() }
}

pub(crate) fn stamp(verb: &'static str) -> Stamp {
    Stamp { now: NOW, made_by: Some("tester".into()), verb, clock_may_lag: false }
}

/// A folder with a new ledger in it.
pub(crate) struct World {
    folder: tempfile::TempDir,
}

impl World {
    pub(crate) fn new() -> Self {
        let world = Self { folder: tempfile::tempdir().unwrap() };
        drop(Ledger::create(&world.path(), &office(), &stamp("init")).unwrap());
        world
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("trucebook.db")
    }

    pub(crate) fn write(&self) -> Ledger {
        Ledger::open_to_write(&self.path(), Duration::ZERO).unwrap()
    }

    pub(crate) fn read(&self) -> Ledger {
        Ledger::open_to_read(&self.path(), Duration::ZERO).unwrap()
    }

    /// The names of the files in the folder.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut names: Vec<_> = std::fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// Any SQL, past this program.
    pub(crate) fn sql(&self, sql: &str) {
        rusqlite::Connection::open(self.path()).unwrap().execute_batch(sql).unwrap();
    }
}

pub(crate) fn memory() -> Ledger {
    Ledger::create_in_memory(&office(), &stamp("init")).unwrap()
}

/// Armenia and Azerbaijan with a few names.
pub(crate) fn register(ledger: &mut Ledger) {
    let mut batch = ledger.begin(&stamp("party add")).unwrap();
    for (name, alias) in [("Armenia", "Yerevan"), ("Azerbaijan", "Baku")] {
        let mut party = Party::new(name, PartyKind::State);
        party.aliases.insert("en".into(), vec![alias.into()]);
        batch.add_party(&party).unwrap();
    }
    batch.commit().unwrap();
}
