//! A desk's ledger in a folder of its own, for benches of whole processes.

use tempfile::TempDir;
use trucebook::ledger::{Ledger, Office, Provenance, Stamp};
use trucebook::model::{Claim, Party, PartyKind};

/// A folder with a ledger of these states and claims, written in one batch.
pub(crate) fn folder(stamp: &Stamp, parties: &[&str], claims: impl Iterator<Item = Claim>) -> TempDir {
    let folder = TempDir::new().unwrap();
    let office = Office { code: "DESK".into(), title: "Bench".into(), zone: "Asia/Yerevan".parse().unwrap() };
    let mut ledger = Ledger::create(&folder.path().join("trucebook.db"), &office, stamp).unwrap();
    let mut batch = ledger.begin(stamp).unwrap();
    for name in parties {
        batch.add_party(&Party::new(*name, PartyKind::State)).unwrap();
    }
    for claim in claims {
        batch.add_claim(&claim, &Provenance::default()).unwrap();
    }
    batch.commit().unwrap();
    folder
}
