//! Parties that claims name: the registered ones, and the built-in ones, which are registered when first used.

use crate::error::Result;
use crate::extract::catalogue;
use crate::ledger::{Added, Batch};
use crate::model::{Claim, NARRATION, Party, PartyBook, Resolution};

/// The parties of a ledger as a batch sees them, and what the batch added.
#[derive(Debug)]
pub(super) struct Registration {
    pub(super) book: PartyBook,
    /// Built-in parties that were registered because claims name them.
    pub(super) built_in: Vec<String>,
}

impl Registration {
    /// The parties as they stand.
    pub(super) fn of(batch: &Batch<'_>) -> Result<Self> {
        Ok(Self { book: batch.parties()?, built_in: Vec::new() })
    }

    /// Registers the built-in parties that a claim names and the ledger lacks.
    pub(super) fn of_claim(&mut self, batch: &mut Batch<'_>, claim: &Claim) -> Result<()> {
        for name in named(claim) {
            if self.book.resolve(name) != Resolution::Nobody {
                continue;
            }
            if let Some(party) = catalogue::party(name) {
                batch.add_party(&party)?;
                self.built_in.push(party.name.clone());
                self.book.add(party);
            }
        }
        Ok(())
    }
}

/// Every party a claim names.
pub(super) fn named(claim: &Claim) -> impl Iterator<Item = &str> {
    let one = [&claim.claimant, &claim.accused, &claim.target].into_iter().flatten();
    let many = claim.parties.iter().chain(&claim.mediators).chain(&claim.involved);
    let sides = claim.losses.iter().filter_map(|loss| loss.side.as_ref());
    one.chain(many).chain(sides).map(String::as_str).filter(|name| *name != NARRATION)
}

/// Registers parties from a file; returns how many of them are new.
pub(super) fn register(batch: &mut Batch<'_>, parties: &[Party]) -> Result<usize> {
    let mut new = 0;
    for party in parties {
        new += usize::from(matches!(batch.add_party(party)?, Added::New(_)));
    }
    Ok(new)
}
