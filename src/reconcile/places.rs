//! The place names of a run: each once, with what it sounds like, where it lies, and how it stands to the others.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use foldhash::fast::RandomState;

use super::name::{Likeness, Sound};
use super::{PlaceName, Registers};
use crate::model::Id;

/// The place names of a run, by small numbers.
#[derive(Debug)]
pub(super) struct Places {
    numbers: HashMap<PlaceName, u32, RandomState>,
    names: Vec<Name>,
    /// How names compared lately stand to each other: both numbers and the answer packed into one word, each in a slot of
    /// its hash. The same few names meet again and again.
    lately: Vec<AtomicU64>,
}

/// A place name, resolved.
#[derive(Debug)]
struct Name {
    sound: Sound,
    place: Option<Id>,
    /// The places it lies in, nearest first.
    within: Vec<Id>,
    /// Keys under which it meets names that could stand for the same place.
    keys: Vec<u64>,
}

/// How two names stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Relation {
    Same,
    Similar,
    /// One is registered as lying in the other.
    Within,
    Akin,
    /// One says by its words that it is a whole area, the other does not: it may lie there.
    Area,
    Different,
}

const RELATIONS: [Relation; 6] =
    [Relation::Same, Relation::Similar, Relation::Within, Relation::Akin, Relation::Area, Relation::Different];

/// Slots for names compared lately.
const SLOTS: usize = 1 << 15;
/// Bits of a name's number in a slot; names beyond are compared anew each time.
const NUMBER: u32 = 30;

impl Default for Places {
    fn default() -> Self {
        let lately = std::iter::repeat_with(AtomicU64::default).take(SLOTS).collect();
        Self { numbers: HashMap::default(), names: Vec::new(), lately }
    }
}

impl Places {
    /// The number of a name.
    pub(super) fn number(&mut self, name: &PlaceName, registers: &Registers) -> u32 {
        if let Some(&known) = self.numbers.get(name) {
            return known;
        }
        let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.numbers.insert(name.clone(), next);
        self.names.push(Name::of(name, registers));
        next
    }

    /// The keys of a name.
    pub(super) fn keys(&self, name: u32) -> &[u64] {
        self.names.get(name as usize).map_or(&[], |name| &name.keys)
    }

    /// How two names stand to each other.
    pub(super) fn relation(&self, a: u32, b: u32) -> Relation {
        let (a, b) = (a.min(b), a.max(b));
        if a == b {
            return Relation::Same;
        }
        let pair = u64::from(a) << (NUMBER + 4) | u64::from(b) << 4;
        let slot = (pair.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize % SLOTS;
        let Some(slot) = self.lately.get(slot).filter(|_| b >> NUMBER == 0) else { return self.compared(a, b) };
        let held = slot.load(Ordering::Relaxed);
        if held & !0xf == pair && held & 0xf != 0 {
            return RELATIONS.get((held & 0xf) as usize - 1).copied().unwrap_or(Relation::Different);
        }
        let relation = self.compared(a, b);
        slot.store(pair | (relation as u64 + 1), Ordering::Relaxed);
        relation
    }

    fn compared(&self, a: u32, b: u32) -> Relation {
        let (Some(one), Some(other)) = (self.names.get(a as usize), self.names.get(b as usize)) else {
            return Relation::Different;
        };
        let within = |inner: &Name, outer: &Name| outer.place.is_some_and(|place| inner.within.contains(&place));
        match (one.place, other.place) {
            (Some(here), Some(there)) if here == there => Relation::Same,
            (Some(_), Some(_)) if within(one, other) || within(other, one) => Relation::Within,
            (Some(_), Some(_)) => Relation::Different,
            _ => match one.sound.likeness(&other.sound) {
                Likeness::Same => Relation::Same,
                Likeness::Similar => Relation::Similar,
                Likeness::Akin => Relation::Akin,
                Likeness::Different if one.sound.is_area() != other.sound.is_area() => Relation::Area,
                Likeness::Different => Relation::Different,
            },
        }
    }
}

impl Name {
    fn of(place: &PlaceName, registers: &Registers) -> Self {
        let sound = Sound::of(&place.name);
        let registered = place.place.map(|place| place.0.cast_unsigned() | 1 << 63);
        let keys = registered.into_iter().chain(sound.keys().map(u64::from)).collect();
        Self { sound, place: place.place, within: ancestors(place.place, registers), keys }
    }
}

/// The places a place lies in, nearest first; a circle in the register ends the walk.
fn ancestors(place: Option<Id>, registers: &Registers) -> Vec<Id> {
    let mut out: Vec<Id> = Vec::new();
    let mut at = place;
    while let Some(parent) = at.and_then(|place| registers.parent.get(&place)) {
        if out.contains(parent) || Some(*parent) == place {
            break;
        }
        out.push(*parent);
        at = Some(*parent);
    }
    out
}
