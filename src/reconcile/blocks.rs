//! Which pairs are compared at all: indexes by time and place, by parties where there is no place, and by dispatch.
//!
//! Every claim is *filed* in some cells and *looks* into some, a cell being what must agree (a square of the map, the sound
//! of a name, the parties) and a day. A claim looks back: a pair is brought up by the later of the two, among the first
//! [`CAP`] claims filed in a cell, in canonical order; what comes after them in that cell is not filed there. So a cell into
//! which 20,000 claims fall costs 20,000 × [`CAP`] comparisons, not 200 million, and which pairs those are does not depend
//! on the order of arrival. What the cap leaves out is counted.
//!
//! Who is filed and who looks is symmetric, so that the claims an earlier one is found by can be found from it.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::parallel::in_parts;
use super::rank::{Rank, split_mix};
use super::row::{NONE, Precision, Row};
use super::rows::Rows;
use crate::model::ActFamily;

/// How many claims in one cell are compared with each that comes later.
pub const CAP: usize = 64;

/// A day in the highest bits, and what must agree as a hash of `HASH_BITS`. Two that fall together by chance only bring up
/// pairs in vain. By day first, for claims come, and are compared, in the order of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cell(pub i64);

/// A cell into which more than [`CAP`] claims fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FullCell {
    /// The cell.
    pub cell: Cell,
    /// The last claim filed in it.
    pub last: Rank,
    /// How many claims come after it and are not filed there.
    pub beyond: u64,
}

const HASH_BITS: u32 = 46;
/// Days that can be told apart in the bits that are left: 359 years, then days fall together.
const DAYS: i64 = 1 << (63 - HASH_BITS);
const DAY: i64 = 86_400;
/// Days in a coarse cell, for claims that span more than [`FINE_DAYS`].
const COARSE: i64 = 16;
/// Most days in which a claim is filed singly.
const FINE_DAYS: i64 = 5;
/// Height of a square of the map in 10⁻⁷ degrees: 5.6 km. Claims are brought together from neighbouring squares.
const SQUARE: i64 = 500_000;

/// What must agree. The numbers are mixed into the hashes.
#[derive(Clone, Copy)]
enum Field {
    Square = 1,
    /// The sound of a name: of claims that have coordinates too, and of claims that have none.
    NamedWithPoint = 2,
    NamedOnly = 3,
    /// A side and a family of acts, of claims without a place.
    Side = 4,
    /// Both sides and a family of acts, of claims that tell the hour: those that have coordinates, and those that have none.
    SidesWithPoint = 5,
    SidesOnly = 6,
    Dispatch = 7,
}

/// Set apart the cells of claims that span more than [`FINE_DAYS`].
const COARSE_MARK: u64 = 0x2545_f491_4f6c;

impl Cell {
    const fn new(day: i64, hash: u64) -> Self {
        Self(day.rem_euclid(DAYS) << HASH_BITS | hash.cast_signed())
    }

    const fn day(self) -> i64 {
        self.0 >> HASH_BITS
    }
}

/// A hash of what a field says, cut to [`HASH_BITS`].
const fn mixed(field: Field, what: u64) -> u64 {
    split_mix(split_mix((field as u64).wrapping_add(what))) >> (64 - HASH_BITS)
}

/// What must agree for a claim to be found, or to be looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sense {
    /// Where a claim is filed.
    Filed,
    /// Where it looks, so many columns to either side on the map: 1, and 2 to find whatever looks at it.
    Looks(i64),
}

/// The hashes of what must agree, without the day; some may come twice.
fn hashes(rows: &Rows, row: &Row, sense: Sense, out: &mut Vec<u64>) {
    out.clear();
    let looks = sense != Sense::Filed;
    if let Some((line, lon)) = spot(row) {
        match sense {
            Sense::Filed => out.push(mixed(Field::Square, square(line, column(line, lon)))),
            Sense::Looks(aside) => {
                for line in line - 1..=line + 1 {
                    let middle = column(line, lon);
                    let columns = middle - aside..=middle + aside;
                    out.extend(columns.map(|column| mixed(Field::Square, square(line, column))));
                }
            }
        }
    }
    let pointed = row.point.is_some();
    // What has coordinates finds what has none; what has none finds both.
    let mut put = |what: u64, with_point: Field, without: Field| {
        if looks || !pointed {
            out.push(mixed(without, what));
        }
        if looks != pointed {
            out.push(mixed(with_point, what));
        }
    };
    for &name in rows.names(row) {
        rows.places.keys(name).iter().for_each(|&key| put(key, Field::NamedWithPoint, Field::NamedOnly));
    }
    if let Some(sides) = both_sides(rows, row) {
        put(sides, Field::SidesWithPoint, Field::SidesOnly);
    }
    if !row.is_placed() {
        out.extend(each_side(rows, row).map(|side| mixed(Field::Side, side)));
    }
}

/// The cell of a claim's dispatch, which stands under no day.
fn dispatch_cell(rows: &Rows, row: &Row) -> Option<Cell> {
    let dispatch = rows.dispatch_id(row.dispatch)?;
    Some(Cell::new(0, mixed(Field::Dispatch, dispatch.0.cast_unsigned())))
}

/// First and last day of a claim.
const fn days(row: &Row) -> (i64, i64) {
    (row.lo.div_euclid(DAY), (row.hi - 1).div_euclid(DAY))
}

/// The cells a claim is filed in; some may come twice.
fn file(rows: &Rows, row: &Row, hashes_of: &mut Vec<u64>, mut put: impl FnMut(Cell)) {
    dispatch_cell(rows, row).into_iter().for_each(&mut put);
    if !row.is_timed() {
        return;
    }
    hashes(rows, row, Sense::Filed, hashes_of);
    let (first, last) = days(row);
    if last - first >= FINE_DAYS || row.precision == Precision::Open {
        for cell in first.div_euclid(COARSE)..=last.div_euclid(COARSE) {
            for hash in &*hashes_of {
                put(Cell::new(cell * COARSE, hash ^ COARSE_MARK));
            }
        }
    } else {
        for day in first..=last {
            for hash in &*hashes_of {
                put(Cell::new(day, *hash));
            }
        }
    }
}

/// The cells a claim looks into; some may come twice.
fn look(rows: &Rows, row: &Row, columns: i64, hashes_of: &mut Vec<u64>, mut into: impl FnMut(Cell)) {
    dispatch_cell(rows, row).into_iter().for_each(&mut into);
    if !row.is_timed() {
        return;
    }
    hashes(rows, row, Sense::Looks(columns), hashes_of);
    // A day's slack on either side: reports of one event differ by that much.
    let (first, last) = days(row);
    let (first, last) = (first - 1, last + 1);
    for day in first..=last {
        for hash in &*hashes_of {
            into(Cell::new(day, *hash));
        }
    }
    for cell in first.div_euclid(COARSE)..=last.div_euclid(COARSE) {
        for hash in &*hashes_of {
            into(Cell::new(cell * COARSE, hash ^ COARSE_MARK));
        }
    }
}

/// The sides a claim is about, each with its family of acts.
fn each_side(rows: &Rows, row: &Row) -> impl Iterator<Item = u64> {
    let family = family(row) << 56;
    rows.sides(row).into_iter().filter_map(|side| rows.key_of_side(side)).map(move |key| key ^ family)
}

/// Both sides whatever their order, of a claim that tells the hour: where it is not known how far two places are from each
/// other, only the hour tells two events apart.
fn both_sides(rows: &Rows, row: &Row) -> Option<u64> {
    let [a, b] = rows.sides(row).map(|side| rows.key_of_side(side));
    let (a, b) = a.zip(b).filter(|_| row.precision == Precision::Hour)?;
    Some((a.min(b) ^ family(row) << 56).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ a.max(b))
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

/// The line of squares a claim lies in, and its longitude in 10⁻⁷ degrees.
fn spot(row: &Row) -> Option<(i64, i64)> {
    let point = row.point?;
    Some((i64::from(point.lat_e7).div_euclid(SQUARE), i64::from(point.lon_e7)))
}

/// The column of a longitude in a line of squares: as wide as high, whatever the latitude.
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "degrees × 10⁷ fit")]
fn column(line: i64, lon: i64) -> i64 {
    let middle = (line * SQUARE + SQUARE / 2) as f64 / 1e7;
    let shrunk = lon as f64 * middle.to_radians().cos().max(0.01);
    (shrunk / SQUARE as f64).floor() as i64
}

const fn square(line: i64, column: i64) -> u64 {
    (line.cast_unsigned() << 32) ^ (column.cast_unsigned() & 0xffff_ffff)
}

/// The cells a claim is filed in, ascending, each once.
pub(super) fn filed(rows: &Rows, row: &Row) -> Vec<Cell> {
    let mut cells = Vec::new();
    file(rows, row, &mut Vec::new(), |cell| cells.push(cell));
    cells.sort_unstable();
    cells.dedup();
    cells
}

/// Cells in which every claim is filed that this one is compared with, earlier or later; ascending.
pub(super) fn neighbours(rows: &Rows, row: &Row) -> Vec<Cell> {
    let mut cells = Vec::new();
    look(rows, row, 2, &mut Vec::new(), |cell| cells.push(cell));
    cells.sort_unstable();
    cells.dedup();
    cells
}

/// A day in the index.
#[derive(Debug, Clone, Copy, Default)]
struct Day {
    /// Where its cells begin in `filed`, and where they end.
    range: (u32, u32),
    /// Where its marks begin, and how many words of them there are: a power of two. Every cell that is there sets the mark
    /// of its hash, so that most that are not are known by a look at it.
    marks: (u32, u32),
}

impl Day {
    /// The word and bit of a cell's mark.
    const fn mark(self, cell: Cell) -> (usize, u64) {
        let hash = cell.0.cast_unsigned();
        let word = (hash >> 6) & (self.marks.1 as u64).saturating_sub(1);
        (self.marks.0 as usize + word as usize, 1 << (hash & 63))
    }
}

/// Where claims are filed.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// By cell, then in canonical order; at most [`CAP`] of one cell.
    filed: Vec<(Cell, u32)>,
    /// Where each day's cells stand.
    days: HashMap<i64, Day, RandomState>,
    /// Marks of the cells of each day, day after day.
    marks: Vec<u64>,
    /// The cells that hold more, ascending.
    pub(super) full: Vec<FullCell>,
}

impl Index {
    /// Files all claims. Where they are some of many, `known` are the full cells of all.
    pub(super) fn of(rows: &Rows, known: Option<&[FullCell]>) -> Self {
        let claims: Vec<(u32, &Row)> = rows.reconciled().collect();
        let parts = in_parts(claims.len(), |part| {
            let (mut filed, mut hashes) = (Vec::new(), Vec::new());
            for &(at, row) in claims.get(part).unwrap_or_default() {
                file(rows, row, &mut hashes, |cell| filed.push((cell, at)));
            }
            filed.sort_unstable();
            filed.dedup();
            filed
        });
        let mut all = parts.concat();
        // Finds the parts in their order, and merges them.
        all.sort();
        let mut index = Self::default();
        match known {
            Some(known) => {
                let last: HashMap<Cell, Rank> = known.iter().map(|full| (full.cell, full.last)).collect();
                all.retain(|(cell, at)| {
                    last.get(cell).is_none_or(|last| rows.get(*at).is_some_and(|row| row.rank <= *last))
                });
                index.filed = all;
            }
            None => index.cap(rows, all),
        }
        index.mark();
        index
    }

    /// Notes where each day's cells stand.
    fn mark(&mut self) {
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut from = 0;
        for cells in self.filed.chunk_by(|(a, _), (b, _)| a.day() == b.day()) {
            // Eight to sixteen marks for each cell.
            let words = (cells.len() / 8 + 1).next_power_of_two();
            let day = Day { range: (from, from + small(cells.len())), marks: (small(self.marks.len()), small(words)) };
            self.marks.resize(self.marks.len() + words, 0);
            for &(cell, _) in cells {
                let (word, bit) = day.mark(cell);
                self.marks.get_mut(word).into_iter().for_each(|marks| *marks |= bit);
            }
            self.days.extend(cells.first().map(|(cell, _)| (cell.day(), day)));
            from = day.range.1;
        }
    }

    fn cap(&mut self, rows: &Rows, all: Vec<(Cell, u32)>) {
        for cell in all.chunk_by(|(a, _), (b, _)| a == b) {
            let Some((beyond, last)) = cell.len().checked_sub(CAP).filter(|n| *n > 0).zip(cell.get(CAP - 1)) else {
                continue;
            };
            let full = |last| FullCell { cell: FullCell::at(cell), last, beyond: beyond as u64 };
            self.full.extend(rows.get(last.1).map(|row| full(row.rank)));
        }
        self.filed = all;
        if self.full.is_empty() {
            return;
        }
        let mut run = (Cell(i64::MIN), 0);
        self.filed.retain(|(cell, _)| {
            run = if *cell == run.0 { (run.0, run.1 + 1) } else { (*cell, 1) };
            run.1 <= CAP
        });
    }

    /// The earlier claims that a claim is compared with, ascending.
    pub(super) fn candidates(&self, rows: &Rows, at: u32, row: &Row, hashes: &mut Vec<u64>, out: &mut Vec<u32>) {
        out.clear();
        let mut day = (i64::MIN, None);
        look(rows, row, 1, hashes, |cell| {
            if cell.day() != day.0 {
                day = (cell.day(), self.days.get(&cell.day()).copied());
            }
            let Some(day) = day.1 else { return };
            let (word, bit) = day.mark(cell);
            if self.marks.get(word).is_none_or(|marks| marks & bit == 0) {
                return;
            }
            let cells = self.filed.get(day.range.0 as usize..day.range.1 as usize).unwrap_or_default();
            let from = cells.partition_point(|(other, _)| *other < cell);
            let found = cells.get(from..).unwrap_or_default().iter().take_while(|(other, _)| *other == cell);
            out.extend(found.map(|&(_, other)| other).take_while(|&other| other < at));
        });
        out.sort_unstable();
        out.dedup();
    }

    /// Every filing: cell and place in canonical order, by cell.
    pub(super) fn filed(&self) -> &[(Cell, u32)] {
        &self.filed
    }
}

impl FullCell {
    fn at(cell: &[(Cell, u32)]) -> Cell {
        cell.first().map_or(Cell(0), |(cell, _)| *cell)
    }
}

/// Whether two claims are near enough in time to be compared: within a day of each other, or told in one dispatch.
pub(super) fn near(a: &Row, b: &Row) -> bool {
    let together = a.dispatch != NONE && a.dispatch == b.dispatch;
    together || (a.lo.saturating_sub(DAY) < b.hi && b.lo.saturating_sub(DAY) < a.hi)
}
