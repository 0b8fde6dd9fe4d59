//! The canonical encoding of a fact, and the hashes over it.
//!
//! An entry is its table's code, then its fields in the order of their tags, then its child rows in the order of
//! their codes and keys. A field is tag, length, value; a child row is its table's code, the length of its fields,
//! its fields. Unknown values are left out. Lengths are LEB128; numbers are eight bytes, big-endian, two's complement;
//! text is UTF-8. Codes and tags are never used for anything else again.

use sha2::{Digest, Sha256};

use super::table::{Cell, Table};
use crate::model::Id;

/// Version of the encoding, kept in every batch.
pub(super) const VERSION: i64 = 1;

/// A SHA-256.
pub(super) type Hash = [u8; 32];

/// Child rows of one entry, to be written and encoded after it.
#[derive(Debug, Default)]
pub(super) struct Children<'a> {
    cells: Vec<Cell<'a>>,
    rows: Vec<(&'static Table, usize)>,
}

impl<'a> Children<'a> {
    /// Adds a row. Rows come in the order of their tables' codes, and of their keys.
    pub(super) fn push(&mut self, table: &'static Table, cells: &[Cell<'a>]) {
        self.rows.push((table, self.cells.len()));
        self.cells.extend_from_slice(cells);
    }

    /// Adds a row that is another's in its first cell.
    pub(super) fn push_of(&mut self, table: &'static Table, parent: Id, cells: impl Iterator<Item = Cell<'a>>) {
        self.rows.push((table, self.cells.len()));
        self.cells.push(parent.into());
        self.cells.extend(cells.skip(1));
    }

    /// The rows with their tables.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&'static Table, &[Cell<'a>])> {
        let ends = self.rows.iter().skip(1).map(|(_, at)| *at).chain([self.cells.len()]);
        self.rows.iter().zip(ends).map(|((table, from), to)| (*table, self.cells.get(*from..to).unwrap_or_default()))
    }
}

/// Writes entries into a buffer that is used again.
#[derive(Debug, Default)]
pub(super) struct Encoder {
    out: Vec<u8>,
    row: Vec<u8>,
}

impl Encoder {
    /// Begins an entry.
    pub(super) fn begin(&mut self, table: &Table, cells: &[Cell<'_>]) {
        self.out.clear();
        self.out.push(table.code);
        fields(&mut self.out, table, cells);
    }

    /// Adds a child row.
    pub(super) fn child(&mut self, table: &Table, cells: &[Cell<'_>]) {
        self.row.clear();
        fields(&mut self.row, table, cells);
        self.out.push(table.code);
        length(&mut self.out, self.row.len());
        self.out.extend_from_slice(&self.row);
    }

    /// The entry's bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.out
    }

    /// The entry's hash.
    pub(super) fn hash(&self) -> Hash {
        Sha256::digest(&self.out).into()
    }
}

fn fields(out: &mut Vec<u8>, table: &Table, cells: &[Cell<'_>]) {
    for (tag, cell) in table.tags.iter().zip(cells) {
        if *tag != 0 {
            field(out, *tag, *cell);
        }
    }
}

/// One field; nothing for an unknown value.
pub(super) fn field(out: &mut Vec<u8>, tag: u8, cell: Cell<'_>) {
    match cell {
        Cell::Null => {}
        Cell::Int(n) => {
            out.extend_from_slice(&[tag, 8]);
            out.extend_from_slice(&n.to_be_bytes());
        }
        Cell::Text(text) => run(out, tag, text.as_bytes()),
        Cell::Blob(bytes) => run(out, tag, bytes),
        // No column holds fractions; a file in which one does was changed, and must not encode as if it were NULL.
        Cell::Real => run(out, tag, b"fraction"),
    }
}

fn run(out: &mut Vec<u8>, tag: u8, bytes: &[u8]) {
    out.push(tag);
    length(out, bytes.len());
    out.extend_from_slice(bytes);
}

/// LEB128.
#[allow(clippy::cast_possible_truncation, reason = "the low seven bits")]
fn length(out: &mut Vec<u8>, mut n: usize) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// The first eight bytes of a hash, kept beside the row.
pub(super) fn seal(hash: &Hash) -> &[u8] {
    hash.get(..8).unwrap_or_default()
}

/// The first sixteen bytes of the SHA-256 of fields: an idempotency key.
pub(super) fn key16(fields: &[u8]) -> [u8; 16] {
    let hash: Hash = Sha256::digest(fields).into();
    let mut key = [0; 16];
    key.copy_from_slice(hash.get(..16).unwrap_or(&[0; 16]));
    key
}

/// A hash in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |n: u8| char::from(DIGITS.get(usize::from(n)).copied().unwrap_or(b'?'));
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::super::chain::{BatchPartRow, BatchRow, OfficeRow, batch_hash, office_hash};
    use super::super::claim::{CLAIM, CLAIM_PLACE, ClaimPlaceRow, ClaimRow, FIGURE, FigureRow};
    use super::super::party::{ALIAS, AliasRow};
    use super::*;

    fn encoded(table: &'static Table, cells: &[Cell<'_>], children: &Children<'_>) -> Encoder {
        let mut encoder = Encoder::default();
        encoder.begin(table, cells);
        for (child, cells) in children.rows() {
            encoder.child(child, cells);
        }
        encoder
    }

    // The vectors below were worked out from the description at the top of this file by a program of its own.

    #[test]
    fn a_row_is_its_code_and_its_known_fields() {
        let row = AliasRow {
            id: Cell::Int(7),
            batch: Cell::Int(2),
            party: Cell::Int(-1),
            lang: Cell::Null,
            name: Cell::Text("Баку"),
        };
        let encoder = encoded(&ALIAS, &row.cells(), &Children::default());
        let expected = concat!(
            "05", // alias
            "0108",
            "0000000000000007", // id
            "0208",
            "0000000000000002", // batch
            "0308",
            "ffffffffffffffff", // party
            "0508",
            "d091d0b0d0bad183", // name; no language
        );
        assert_eq!(hex(encoder.bytes()), expected);
        assert_eq!(hex(&encoder.hash()), "03a13b0cd8fb6bf17ca852e8c3eafaa9d4ebce3ecc6af7e442a0e5acfd526d60");
    }

    #[test]
    fn child_rows_follow_with_their_codes_and_lengths() {
        let row =
            ClaimRow { id: Cell::Int(1), batch: Cell::Int(1), stance: Cell::Text("alleges"), ..ClaimRow::default() };
        let mut children = Children::default();
        for (ord, name) in [(0, "Agdam"), (1, "Terter")] {
            let place = ClaimPlaceRow { claim: Cell::Int(1), ord: Cell::Int(ord), name: Cell::Text(name) };
            children.push(&CLAIM_PLACE, &place.cells());
        }
        let figure = FigureRow { claim: Cell::Int(1), ord: Cell::Int(0), min: Cell::Int(3), ..FigureRow::default() };
        children.push(&FIGURE, &figure.cells());
        let encoder = encoded(&CLAIM, &row.cells(), &children);
        let expected = concat!(
            "0c",
            "0108",
            "0000000000000001",
            "0208",
            "0000000000000001",
            "1407",
            "616c6c65676573", // stance
            "c911",
            "01080000000000000000",
            "0205",
            "416764616d", // claim_place 0
            "c912",
            "01080000000000000001",
            "0206",
            "546572746572",
            "cc14",
            "01080000000000000000",
            "03080000000000000003", // figure 0: min
        );
        assert_eq!(hex(encoder.bytes()), expected);
    }

    #[test]
    fn lengths_are_leb128() {
        let long = "x".repeat(300);
        let row = AliasRow { name: Cell::Text(&long), ..AliasRow::default() };
        let encoder = encoded(&ALIAS, &row.cells(), &Children::default());
        assert_eq!(encoder.bytes().get(..4), Some(&[5, 5, 0xac, 0x02][..]));
        assert_eq!(encoder.bytes().len(), 304);
    }

    #[test]
    fn offices_and_batches_hash_to_what_they_did() {
        let office = OfficeRow {
            slot: Cell::Int(0),
            genesis: Cell::Blob(&[1; 16]),
            code: Cell::Text("KHI"),
            title: Cell::Text("Karabakh desk"),
            zone: Cell::Text("Asia/Yerevan"),
            created_at: Cell::Int(1_600_000_000),
        };
        let prev = office_hash(&office);
        let header = BatchRow {
            id: Cell::Int(1),
            entries: Cell::Int(2),
            encoding: Cell::Int(1),
            recorded_at: Cell::Int(1_600_000_001),
            clock_at: Cell::Int(1_600_000_001),
            made_by: Cell::Null,
            verb: Cell::Text("add"),
            program: Cell::Text("trucebook/0.1.0"),
        };
        let part =
            BatchPartRow { batch: Cell::Int(1), kind: Cell::Text("party"), first: Cell::Int(1), entries: Cell::Int(2) };
        let entries: Hash = Sha256::digest([[3; 32], [4; 32]].concat()).into();
        let hash = batch_hash(&prev, &header, std::iter::once((part.cells(), entries)));
        assert_eq!(hex(&prev), "b748a7deae7ef8d736b7af95456c5b2d5d118aafe33ef81e12ab0fa08597db1b");
        assert_eq!(hex(&hash), "a42e1cb9c59e5a07614653df9ac594dc70e0e529f956fef744848e6a83110781");
    }
}
