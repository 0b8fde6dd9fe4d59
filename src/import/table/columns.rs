//! Which column of a table is which: by name, never by position.

use std::collections::HashMap;

use csv::ByteRecord;

use crate::error::{Error, Result, quoted};
use crate::model::text::key;

/// Foreign column names with the names they stand for: `Tarih=occurred,Konum=place`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnMap {
    /// By the key of the foreign name.
    to: HashMap<String, String>,
}

impl ColumnMap {
    /// Adds the pairs of one `--map`.
    ///
    /// # Errors
    /// What is no list of `YOURS=ours`, and a name given twice.
    pub fn add(&mut self, pairs: &str) -> Result<()> {
        let bad = |pair: &str| {
            Error::usage(format!("{} is no pair of column names", quoted(pair)))
                .hint("write your name first, then ours: --map 'Tarih=occurred,Konum=place'")
        };
        for pair in pairs.split(',') {
            let (theirs, ours) = pair.split_once('=').ok_or_else(|| bad(pair))?;
            if theirs.trim().is_empty() || ours.trim().is_empty() {
                return Err(bad(pair));
            }
            if self.to.insert(key(theirs), plain(ours)).is_some() {
                return Err(Error::usage(format!("--map names the column {} twice", quoted(theirs.trim()))));
            }
        }
        Ok(())
    }

    /// The names of a header's columns as this program calls them.
    pub(in crate::import) fn names(&self, header: &ByteRecord) -> Vec<String> {
        header
            .iter()
            .map(|cell| {
                let name = String::from_utf8_lossy(cell);
                self.to.get(&key(&name)).cloned().unwrap_or_else(|| plain(&name))
            })
            .collect()
    }

    /// With what else may stand in the place of columns of ours that a header does not have.
    pub(in crate::import) fn also(&self, synonyms: &[(&str, &str)], header: &ByteRecord) -> Self {
        let there = self.names(header);
        let mut map = self.clone();
        for (cell, name) in header.iter().zip(&there) {
            let ours = synonyms.iter().find(|(theirs, _)| theirs == name).map(|(_, ours)| *ours);
            if let Some(ours) = ours.filter(|ours| !there.iter().any(|name| name == ours)) {
                map.to.insert(key(&String::from_utf8_lossy(cell)), ours.to_owned());
            }
        }
        map
    }

    /// Names that stand in the map and not in the header.
    fn missing(&self, header: &ByteRecord) -> Vec<String> {
        let there: Vec<_> = header.iter().map(|cell| key(&String::from_utf8_lossy(cell))).collect();
        let mut missing: Vec<_> = self.to.keys().filter(|theirs| !there.contains(theirs)).cloned().collect();
        missing.sort();
        missing
    }
}

/// A column's name as it is compared: lower case, with underscores.
fn plain(name: &str) -> String {
    key(name).replace([' ', '-'], "_")
}

/// Where the columns of one form stand in a table.
#[derive(Debug, Clone)]
pub(in crate::import) struct Columns {
    names: &'static [&'static str],
    at: Vec<Option<usize>>,
    width: usize,
    unknown: Vec<String>,
}

impl Columns {
    /// Finds the columns `names` in a header. Columns of `passed_over` are known to mean nothing.
    ///
    /// # Errors
    /// Names that stand in the map but not in the header, columns there twice, and missing ones that `needed` names.
    pub(in crate::import) fn find(
        names: &'static [&'static str],
        needed: &[&str],
        passed_over: &[&str],
        header: &ByteRecord,
        map: &ColumnMap,
    ) -> Result<Self> {
        if let Some(missing) = map.missing(header).first() {
            return Err(Error::data(format!(
                "--map names a column {}, which the table does not have",
                quoted(missing)
            )));
        }
        let there = map.names(header);
        let place = |name: &str| there.iter().position(|known| known == name);
        let is_twice = |name: &&&str| there.iter().filter(|known| known.as_str() == **name).count() > 1;
        if let Some(twice) = names.iter().find(is_twice) {
            return Err(
                Error::data(format!("the column `{twice}` is there twice")).hint("give one of them another name")
            );
        }
        let at: Vec<_> = names.iter().map(|name| place(name)).collect();
        let absent: Vec<_> = needed.iter().filter(|name| place(name).is_none()).copied().collect();
        if !absent.is_empty() {
            return Err(Error::data(format!("the table has no column `{}`", absent.join("`, `")))
                .hint("columns are found by name: tell which of yours it is with --map 'YOURS=ours'"));
        }
        let unknown = header
            .iter()
            .zip(&there)
            .filter(|(_, name)| {
                !name.is_empty() && !names.contains(&name.as_str()) && !passed_over.contains(&name.as_str())
            })
            .map(|(cell, _)| String::from_utf8_lossy(cell).into_owned())
            .collect();
        Ok(Self { names, at, width: header.len(), unknown })
    }

    /// Where a column stands.
    pub(in crate::import) fn at(&self, column: usize) -> Option<usize> {
        self.at.get(column).copied().flatten()
    }

    /// A column's name.
    pub(in crate::import) fn name(&self, column: usize) -> &'static str {
        self.names.get(column).copied().unwrap_or("?")
    }

    /// Columns that mean nothing here.
    pub(in crate::import) fn unknown(&self) -> &[String] {
        &self.unknown
    }

    /// Refuses a row with more or fewer cells than the header.
    pub(in crate::import) fn check_width(&self, cells: &ByteRecord) -> Result<()> {
        if cells.len() == self.width {
            return Ok(());
        }
        Err(Error::data(format!("the row has {} columns, and the header {}", cells.len(), self.width))
            .hint("a comma in a cell needs quotes around the cell; an empty cell needs its comma all the same"))
    }
}

/// Whether a row is one of HXL tags (Humanitarian Exchange Language): every cell that is filled begins with `#`.
pub(super) fn is_hxl(cells: &ByteRecord) -> bool {
    let mut filled = cells.iter().map(<[u8]>::trim_ascii).filter(|cell| !cell.is_empty()).peekable();
    filled.peek().is_some() && filled.all(|cell| cell.starts_with(b"#"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[&str] = &["act", "said_at", "place"];

    fn header(cells: &[&str]) -> ByteRecord {
        cells.iter().collect()
    }

    fn find(cells: &[&str], map: &str) -> Result<Columns> {
        let mut columns = ColumnMap::default();
        if !map.is_empty() {
            columns.add(map)?;
        }
        Columns::find(NAMES, &["act"], &["reason"], &header(cells), &columns)
    }

    #[test]
    fn columns_are_found_by_name() {
        let columns = find(&["Note", "SAID AT", " act ", "reason"], "").unwrap();
        assert_eq!([columns.at(0), columns.at(1), columns.at(2)], [Some(2), Some(1), None]);
        assert_eq!(columns.unknown(), ["Note"]);
    }

    #[test]
    fn foreign_names_are_mapped() {
        let columns = find(&["Eylem", "KONUM"], "Eylem=act,Konum=place").unwrap();
        assert_eq!([columns.at(0), columns.at(2)], [Some(0), Some(1)]);
        for (cells, map, message) in [
            (&["act"][..], "Konum=place", "--map names a column `konum`, which the table does not have"),
            (&["place"][..], "", "the table has no column `act`"),
            (&["act", "ACT"][..], "", "the column `act` is there twice"),
            (&["act"][..], "Konum", "`Konum` is no pair of column names"),
        ] {
            assert_eq!(find(cells, map).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn a_row_of_hxl_tags_is_told() {
        assert!(is_hxl(&header(&["#date", "", "#loc +name"])));
        assert!(!is_hxl(&header(&["#date", "x"])) && !is_hxl(&header(&["", ""])));
    }
}
