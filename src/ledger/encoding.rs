//! The canonical encoding of a fact, and the hashes over it.
//!
//! An entry is its table's code, then its fields in the order of their tags, then its child rows in the order of
//! their codes and keys. A field is tag, length, value; a child row is its table's code, the length of its fields,
//! its fields. Unknown values are left out. Lengths are LEB128; numbers are eight bytes, big-endian, two's complement;
//! text is UTF-8. Codes and tags are never used for anything else again.

use sha2::{Digest, Sha256};

use super::table::{Cell, Table};

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
