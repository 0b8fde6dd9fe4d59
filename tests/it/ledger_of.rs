//! What a world's ledger holds.

use std::time::Duration;

use trucebook::ledger::{Filter, Ledger};
use trucebook::model::Claim;

use crate::environment::World;

/// The ledger, open to read.
pub(crate) fn ledger(world: &World) -> Ledger {
    Ledger::open_to_read(&world.path("trucebook.db"), Duration::ZERO).unwrap()
}

/// How many live claims it holds.
pub(crate) fn live(world: &World) -> usize {
    ledger(world).snapshot().unwrap().counted(&Filter::default()).unwrap().len()
}

/// The live claims in full, by number.
pub(crate) fn claims(world: &World) -> Vec<Claim> {
    let ledger = ledger(world);
    let snapshot = ledger.snapshot().unwrap();
    let ids = snapshot.counted(&Filter::default()).unwrap().into_iter().map(|claim| claim.fact.id);
    ids.map(|id| snapshot.claim(id).unwrap().unwrap().value).collect()
}
