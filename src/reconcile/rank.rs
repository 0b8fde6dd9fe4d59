//! Canonical order: which claim comes before which, by what they say and not by when they were written down.
//!
//! Ties of scores, the first [`super::CAP`] of a cell and the first claim of a statement go by it. So the same claims give
//! the same clusters in whatever order they arrive, and under whatever numbers ledgers keep them: earlier published ones
//! come first, and of one time those with the lower hash of all they say. Numbers decide between claims that say the very
//! same, where it makes no difference to what the clusters say.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use super::{Claimant, Fact, Registers};
use crate::model::Id;

/// The place of a claim in canonical order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    /// First moment after it was published, UTC seconds; the highest number where that is not known.
    pub published: i64,
    /// A hash of all it says.
    pub content: i64,
    /// The claim.
    pub claim: Id,
}

impl Rank {
    /// The rank of a claim.
    pub fn of(fact: &Fact, registers: &Registers) -> Self {
        let Fact { id, published, .. } = *fact;
        Self { published: published.unwrap_or(i64::MAX), content: content(fact, registers), claim: id }
    }
}

/// What a register calls a party or source, as a hash that is the same in every ledger; its id where it is not told.
fn named(names: &HashMap<Id, u64>, id: Option<Id>) -> u64 {
    id.map_or(0, |id| names.get(&id).copied().unwrap_or(id.0.cast_unsigned()))
}

/// A hash of what a claim says. Ids, which differ from ledger to ledger, are left out or stand for a name.
fn content(fact: &Fact, registers: &Registers) -> i64 {
    let party = |id: Option<Id>| named(&registers.party, id);
    let mut hash = Mix(fact.wording);
    match fact.claimant {
        Claimant::Party(id) => party(Some(id)).hash(&mut hash),
        Claimant::Narration => 1_u8.hash(&mut hash),
        Claimant::Unknown => 2_u8.hash(&mut hash),
    }
    (fact.stance, fact.in_response, fact.act.base, &fact.act.detail, fact.attribution).hash(&mut hash);
    (party(fact.accused), party(fact.target), named(&registers.source, fact.source)).hash(&mut hash);
    fact.when.map(|when| (when.lo, when.hi, when.grain, when.extent)).hash(&mut hash);
    for place in &fact.places {
        place.name.hash(&mut hash);
    }
    (fact.point, &fact.figures, fact.offset).hash(&mut hash);
    for toll in &fact.tolls {
        (party(toll.side), toll.killed, toll.wounded, toll.missing, toll.captured).hash(&mut hash);
        (toll.civilian, toll.total, toll.since).hash(&mut hash);
    }
    for list in [&fact.parties, &fact.mediators] {
        list.len().hash(&mut hash);
        for &id in list {
            party(Some(id)).hash(&mut hash);
        }
    }
    hash.finish().cast_signed()
}

/// A hash of text that is the same on every machine and in every run.
pub fn hash_of(text: &str) -> u64 {
    let mut hash = Mix::default();
    text.hash(&mut hash);
    hash.finish()
}

/// One step of `SplitMix64` (Steele, Lea, Flood 2014).
pub(super) const fn split_mix(seed: u64) -> u64 {
    let mut h = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    h ^ (h >> 31)
}

/// A hash that is the same on every machine and in every run: each word in turn goes through a
/// step of `SplitMix64`.
#[derive(Debug, Default)]
pub struct Mix(u64);

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        for word in bytes.chunks(8) {
            let word = word.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte));
            self.write_u64(word);
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = split_mix(self.0 ^ word);
    }

    fn write_u8(&mut self, n: u8) {
        self.write_u64(n.into());
    }

    fn write_u16(&mut self, n: u16) {
        self.write_u64(n.into());
    }

    fn write_u32(&mut self, n: u32) {
        self.write_u64(n.into());
    }

    fn write_usize(&mut self, n: usize) {
        self.write_u64(n as u64);
    }

    fn write_i32(&mut self, n: i32) {
        self.write_u64(i64::from(n).cast_unsigned());
    }

    fn write_i64(&mut self, n: i64) {
        self.write_u64(n.cast_unsigned());
    }

    fn write_isize(&mut self, n: isize) {
        self.write_u64((n as i64).cast_unsigned());
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
