//! Which pairs are compared at all: indexes by time and place, by parties and act where there is no place, and by dispatch.
//!
//! Every claim is filed under some keys (`stored`) and looks under some (`probed`), each a time cell with what else must
//! agree. A claim looks back: a pair is brought up by the later of the two, among the first [`CAP`] claims filed under the
//! key, in canonical order. So a key under which 20,000 claims are filed costs 20,000 × [`CAP`] comparisons, not 200
//! million, and which pairs those are does not depend on the order of arrival. What the cap leaves out is counted.

use std::collections::HashMap;

use super::row::{NONE, Name, Precision, Row, Rows};
use crate::model::ActFamily;

/// How many claims under one key are compared with each that comes later.
pub const CAP: usize = 96;

/// A key: 64 bits mixed from what must agree. Two that fall together by chance only bring up pairs in vain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Key(pub(super) u64);

/// The keys of a claim.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Keys {
    /// Under which it is filed.
    pub(super) stored: Vec<Key>,
    /// Under which it looks for others.
    pub(super) probed: Vec<Key>,
}

const DAY: i64 = 86_400;
/// Days in a coarse time cell, for claims that span more than [`FINE_DAYS`].
const COARSE: i64 = 16;
/// Most days a claim is filed under singly.
const FINE_DAYS: i64 = 5;
/// Height of a distance cell in 10⁻⁷ degrees: 5.6 km. Claims are brought together from neighbouring cells.
const CELL: i64 = 500_000;

/// What a key is of. The numbers are mixed into the keys.
#[derive(Clone, Copy)]
enum Field {
    Grid = 1,
    /// Under a name: claims that have coordinates, and claims that have none.
    NamedWithPoint = 2,
    NamedOnly = 3,
    /// Under a side: claims that have a place, and claims that have none.
    PartyPlaced = 4,
    PartyOnly = 5,
    Dispatch = 6,
}

/// Time cells of a claim: fine ones are days, coarse ones [`COARSE`] days.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scale {
    Fine = 1,
    /// Coarse cell of a claim that spans a few days at most.
    CoarseOfFine = 2,
    /// Coarse cell of a claim that spans more.
    CoarseOfCoarse = 3,
}

fn key(field: Field, scale: Scale, cell: i64, what: u64) -> Key {
    // SplitMix64's finaliser over the parts in turn (Steele, Lea, Flood 2014).
    let mut h = (field as u64) << 8 | scale as u64;
    for part in [cell.cast_unsigned(), what] {
        h = h.wrapping_add(part).wrapping_add(0x9e37_79b9_7f4a_7c15);
        h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        h ^= h >> 31;
    }
    Key(h)
}

/// The keys of one claim.
pub(super) fn keys(rows: &Rows, row: &Row) -> Keys {
    let mut keys = Keys::default();
    if row.dispatch != NONE {
        let dispatch = rows.dispatch_id(row.dispatch).map_or(0, |id| id.0.cast_unsigned());
        keys.both(key(Field::Dispatch, Scale::Fine, 0, dispatch));
    }
    if !row.is_timed() {
        return keys;
    }
    let (first, last) = (row.lo.div_euclid(DAY), (row.hi - 1).div_euclid(DAY));
    let coarse = (first.div_euclid(COARSE), last.div_euclid(COARSE));
    // A day's slack on either side: reports of one event differ by that much.
    let near = ((first - 1).div_euclid(COARSE), (last + 1).div_euclid(COARSE));
    if last - first < FINE_DAYS && row.precision < Precision::Open {
        (first..=last).for_each(|day| file(rows, row, &mut keys, Scale::Fine, day, true, false));
        (first - 1..=last + 1).for_each(|day| file(rows, row, &mut keys, Scale::Fine, day, false, true));
        (coarse.0..=coarse.1).for_each(|cell| file(rows, row, &mut keys, Scale::CoarseOfFine, cell, true, false));
    } else {
        (coarse.0..=coarse.1).for_each(|cell| file(rows, row, &mut keys, Scale::CoarseOfCoarse, cell, true, false));
        (near.0..=near.1).for_each(|cell| file(rows, row, &mut keys, Scale::CoarseOfFine, cell, false, true));
    }
    (near.0..=near.1).for_each(|cell| file(rows, row, &mut keys, Scale::CoarseOfCoarse, cell, false, true));
    keys.stored.sort_unstable();
    keys.stored.dedup();
    keys.probed.sort_unstable();
    keys.probed.dedup();
    keys
}

/// Files a claim in one time cell under everything else that must agree, looks there, or both.
fn file(rows: &Rows, row: &Row, keys: &mut Keys, scale: Scale, cell: i64, store: bool, probe: bool) {
    let mut put = |field: Field, what: u64, store: bool, probe: bool| {
        let key = key(field, scale, cell, what);
        if store {
            keys.stored.push(key);
        }
        if probe {
            keys.probed.push(key);
        }
    };
    if let Some(point) = row.point {
        let lat = i64::from(point.lat_e7);
        for near in -1..=1 {
            let line = lat.div_euclid(CELL) + near;
            let column = column(line, i64::from(point.lon_e7));
            for beside in -1..=1 {
                let here = near == 0 && beside == 0;
                put(Field::Grid, grid(line, column + beside), store && here, probe);
            }
        }
    }
    for &name in rows.names(row) {
        for sound in rows.names.get(name as usize).into_iter().flat_map(Name::keys) {
            if row.point.is_some() {
                put(Field::NamedWithPoint, sound, store, false);
            } else {
                put(Field::NamedOnly, sound, store, false);
                put(Field::NamedWithPoint, sound, false, probe);
            }
            put(Field::NamedOnly, sound, false, probe);
        }
    }
    for side in rows.sides(row) {
        if let Some(side) = rows.key_of_side(side) {
            let what = side ^ (family(row) << 56);
            if row.is_placed() {
                put(Field::PartyPlaced, what, store, false);
            } else {
                put(Field::PartyOnly, what, store, false);
                put(Field::PartyPlaced, what, false, probe);
            }
            put(Field::PartyOnly, what, false, probe);
        }
    }
}

/// Acts that a claim without a place may share an event with: one class for all deeds that shoot, one for each other.
fn family(row: &Row) -> u64 {
    match row.base.family() {
        ActFamily::Violation => 1,
        ActFamily::Fire => 2,
        ActFamily::Posture => 3,
        ActFamily::Detention => 4,
        ActFamily::Obstruction => 5,
        ActFamily::Losses | ActFamily::Truce => 6,
    }
}

/// The column of a longitude in a line of cells: as wide as high, whatever the latitude.
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "degrees × 10⁷ fit")]
fn column(line: i64, lon: i64) -> i64 {
    let middle = (line * CELL + CELL / 2) as f64 / 1e7;
    let shrunk = lon as f64 * middle.to_radians().cos().max(0.01);
    (shrunk / CELL as f64).floor() as i64
}

const fn grid(line: i64, column: i64) -> u64 {
    (line.cast_unsigned() << 32) ^ (column.cast_unsigned() & 0xffff_ffff)
}

impl Keys {
    fn both(&mut self, key: Key) {
        self.stored.push(key);
        self.probed.push(key);
    }
}

/// Where claims are filed.
#[derive(Debug, Default)]
pub(super) struct Index {
    filed: HashMap<Key, Vec<u32>>,
    /// Keys under which more than [`CAP`] claims are filed, and how many claims that leaves uncompared with some.
    pub(super) full: usize,
    pub(super) passed_over: u64,
}

impl Index {
    /// Files all claims, in canonical order.
    pub(super) fn of(keys: &[Keys]) -> Self {
        let mut index = Self::default();
        for (at, keys) in (0_u32..).zip(keys) {
            for &key in &keys.stored {
                index.filed.entry(key).or_default().push(at);
            }
        }
        index.full = index.filed.values().filter(|filed| filed.len() > CAP).count();
        index.passed_over = index.filed.values().map(|filed| filed.len().saturating_sub(CAP) as u64).sum();
        index
    }

    /// The earlier claims that a claim is compared with, ascending.
    pub(super) fn candidates(&self, at: u32, keys: &Keys, out: &mut Vec<u32>) {
        out.clear();
        for key in &keys.probed {
            let filed = self.filed.get(key).map_or(&[][..], Vec::as_slice);
            out.extend(filed.iter().take(CAP).take_while(|&&other| other < at));
        }
        out.sort_unstable();
        out.dedup();
    }
}
