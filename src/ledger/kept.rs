//! Rows kept apart from what they were made of, so that one thread makes them and another writes them.

use super::table::{Cell, Table};

/// Rows of numbers and words, with their tables.
#[derive(Debug, Default)]
pub(super) struct KeptRows {
    words: String,
    cells: Vec<Kept>,
    rows: Vec<(&'static Table, usize)>,
}

/// A cell; of words, where they stand.
#[derive(Debug, Clone, Copy)]
enum Kept {
    Null,
    Int(i64),
    Words(usize, usize),
}

impl KeptRows {
    /// Adds a row. None of ours that another thread makes holds bytes.
    pub(super) fn push(&mut self, table: &'static Table, cells: &[Cell<'_>]) {
        self.rows.push((table, self.cells.len()));
        for cell in cells {
            let kept = match *cell {
                Cell::Int(n) => Kept::Int(n),
                Cell::Text(text) => {
                    let from = self.words.len();
                    self.words.push_str(text);
                    Kept::Words(from, self.words.len())
                }
                Cell::Null | Cell::Blob(_) | Cell::Real => Kept::Null,
            };
            self.cells.push(kept);
        }
    }

    /// The rows with their tables, in the order in which they were added.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&'static Table, impl Iterator<Item = Cell<'_>>)> {
        let ends = self.rows.iter().skip(1).map(|(_, at)| *at).chain([self.cells.len()]);
        self.rows.iter().zip(ends).map(|((table, from), to)| {
            let cells = self.cells.get(*from..to).unwrap_or_default();
            (*table, cells.iter().map(|kept| self.cell(*kept)))
        })
    }

    fn cell(&self, kept: Kept) -> Cell<'_> {
        match kept {
            Kept::Null => Cell::Null,
            Kept::Int(n) => Cell::Int(n),
            Kept::Words(from, to) => self.words.get(from..to).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::claim::{CLAIM_PLACE, FIGURE};
    use super::*;

    #[test]
    fn rows_are_kept_as_they_were() {
        let rows: [(&'static Table, &[Cell<'_>]); 2] = [
            (&CLAIM_PLACE, &[Cell::Int(1), Cell::Int(0), Cell::Text("Ağdam")]),
            (&FIGURE, &[Cell::Int(1), Cell::Null, Cell::Text(""), Cell::Int(-3)]),
        ];
        let mut kept = KeptRows::default();
        for (table, cells) in rows {
            kept.push(table, cells);
        }
        let again: Vec<_> = kept.rows().map(|(table, cells)| (table.code, cells.collect::<Vec<_>>())).collect();
        assert_eq!(again, rows.map(|(table, cells)| (table.code, cells.to_vec())));
    }
}
