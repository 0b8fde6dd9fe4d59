//! JSON and JSON lines. Unknown is null; the claims behind a figure stand beside it under `claims`. Characters that
//! could act on a terminal are written as `\u` escapes, which reading undoes.

use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::Form;
use crate::model::NumberKind;
use crate::model::text::is_hostile;
use crate::report::sheet::{Body, Breach, Card, Cell, Column, Field, Note, Offices, Passage, Section, Sheet};

/// One object.
pub(super) struct Json;

/// One object a row.
pub(super) struct Jsonl;

impl Form for Json {
    fn sheet(&self, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
        write_safe(&serde_json::to_string_pretty(&WholeSheet(&sheet.for_programs()))?, out)
    }

    fn card(&self, card: &Card, out: &mut dyn Write) -> io::Result<()> {
        write_safe(&serde_json::to_string_pretty(&WholeCard(card))?, out)
    }
}

impl Form for Jsonl {
    fn sheet(&self, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
        let sheet = &*sheet.for_programs();
        for cells in &sheet.rows {
            write_safe(&serde_json::to_string(&Row { columns: &sheet.columns, cells, offices: &sheet.offices })?, out)?;
        }
        Ok(())
    }

    fn card(&self, card: &Card, out: &mut dyn Write) -> io::Result<()> {
        write_safe(&serde_json::to_string(&WholeCard(card))?, out)
    }
}

/// Writes JSON text with hostile characters escaped; they only occur in strings, line feeds only between values.
fn write_safe(json: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut units = [0; 2];
    let mut clean = 0;
    for (at, c) in json.char_indices().filter(|(_, c)| is_hostile(*c) && *c != '\n') {
        out.write_all(json.get(clean..at).unwrap_or_default().as_bytes())?;
        for unit in c.encode_utf16(&mut units) {
            write!(out, "\\u{unit:04x}")?;
        }
        clean = at + c.len_utf8();
    }
    out.write_all(json.get(clean..).unwrap_or_default().as_bytes())?;
    out.write_all(b"\n")
}

struct WholeSheet<'a>(&'a Sheet);

impl Serialize for WholeSheet<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(sheet) = self;
        let rows: Vec<_> =
            sheet.rows.iter().map(|cells| Row { columns: &sheet.columns, cells, offices: &sheet.offices }).collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("report", sheet.name)?;
        map.serialize_entry("title", &sheet.title)?;
        map.serialize_entry("columns", &sheet.columns.iter().map(Heading).collect::<Vec<_>>())?;
        map.serialize_entry("rows", &rows)?;
        map.serialize_entry("notes", &sheet.notes.iter().map(|note| Footer(note, &sheet.offices)).collect::<Vec<_>>())?;
        map.end()
    }
}

struct Heading<'a>(&'a Column);

impl Serialize for Heading<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("key", &self.0.key)?;
        map.serialize_entry("title", &self.0.title)?;
        if let Some(group) = &self.0.group {
            map.serialize_entry("group", group)?;
        }
        map.end()
    }
}

struct Footer<'a>(&'a Note, &'a Offices);

impl Serialize for Footer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(note, offices) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("key", note.key)?;
        map.serialize_entry("text", &note.text)?;
        if !note.claims.is_empty() {
            let numbers: Vec<_> = note.claims.iter().map(|id| offices.number(NumberKind::Claim, *id)).collect();
            map.serialize_entry("claims", &numbers)?;
        }
        map.end()
    }
}

struct Row<'a> {
    columns: &'a [Column],
    cells: &'a [Cell],
    offices: &'a Offices,
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let named = || self.columns.iter().map(|column| &column.key).zip(self.cells);
        let mut map = serializer.serialize_map(None)?;
        for (key, cell) in named() {
            map.serialize_entry(key, &Value { cell, offices: self.offices })?;
        }
        let behind: Vec<_> = named().filter(|(_, cell)| !cell.claims().is_empty()).collect();
        if !behind.is_empty() {
            map.serialize_entry("claims", &Behind { cells: &behind, offices: self.offices })?;
        }
        map.end()
    }
}

struct Behind<'a> {
    cells: &'a [(&'a crate::report::sheet::Name, &'a Cell)],
    offices: &'a Offices,
}

impl Serialize for Behind<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.cells.iter().map(|(key, cell)| {
            (key, cell.claims().iter().map(|id| self.offices.number(NumberKind::Claim, *id)).collect::<Vec<_>>())
        }))
    }
}

struct Value<'a> {
    cell: &'a Cell,
    offices: &'a Offices,
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.cell {
            Cell::Unknown => serializer.serialize_none(),
            Cell::Narration => serializer.serialize_str(crate::model::NARRATION),
            Cell::Text(text) | Cell::Time(text) => serializer.serialize_str(text),
            Cell::Lines(texts) => texts.serialize(serializer),
            Cell::Count(count, _) => serializer.serialize_u64(*count),
            Cell::Change(change) => serializer.serialize_i64(*change),
            Cell::Share(part, whole) => serializer.serialize_u64(super::percent(*part, *whole)),
            Cell::Amount(amount, _) => amount.serialize(serializer),
            Cell::Lapse(lapse, _) => (lapse.least, lapse.most).serialize(serializer),
            Cell::Ratio(ratio) => {
                let times = |hundredths: u64| f64::from(u32::try_from(hundredths).unwrap_or(u32::MAX)) / 100.0;
                (times(ratio.least), ratio.most.map(times)).serialize(serializer)
            }
            Cell::Bar(part, _) => serializer.serialize_u64(*part),
            Cell::Number(kind, id) => self.offices.number(*kind, *id).serialize(serializer),
            Cell::Word(word) => serializer.serialize_str(word),
            Cell::Words(words) => words.serialize(serializer),
            Cell::Flag(flag) => serializer.serialize_bool(*flag),
            Cell::Numbers(kind, ids) => serializer.collect_seq(ids.iter().map(|id| self.offices.number(*kind, *id))),
            Cell::Breaches(breaches) => {
                serializer.collect_seq(breaches.iter().map(|breach| Accusation { breach, offices: self.offices }))
            }
        }
    }
}

struct Accusation<'a> {
    breach: &'a Breach,
    offices: &'a Offices,
}

impl Serialize for Accusation<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("time", &self.breach.time)?;
        map.serialize_entry("truce", self.breach.word())?;
        map.serialize_entry("claim", &self.offices.number(NumberKind::Claim, self.breach.claim))?;
        map.end()
    }
}

struct WholeCard<'a>(&'a Card);

impl Serialize for WholeCard<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(card) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("number", &card.name)?;
        map.serialize_entry("title", &card.title)?;
        for section in &card.sections {
            map.serialize_entry(section.key, &Part { section, offices: &card.offices })?;
        }
        map.end()
    }
}

struct Marked<'a>(&'a Passage);

impl Serialize for Marked<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(passage) = self;
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("place", &passage.place)?;
        map.serialize_entry("text", &passage.text)?;
        let marks = passage.marks.iter().map(|mark| (mark.label, mark.span.lo, mark.span.hi));
        map.serialize_entry("marks", &marks.collect::<Vec<_>>())?;
        map.end()
    }
}

struct Part<'a> {
    section: &'a Section,
    offices: &'a Offices,
}

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.section.body {
            Body::Fields(fields) => serializer
                .collect_map(fields.iter().map(|Field { key, cell }| (key, Value { cell, offices: self.offices }))),
            Body::Table(sheet) => serializer.collect_seq(sheet.rows.iter().map(|cells| Row {
                columns: &sheet.columns,
                cells,
                offices: &sheet.offices,
            })),
            Body::Prose(text) => serializer.serialize_str(text),
            Body::Passages(passages) => serializer.collect_seq(passages.iter().map(Marked)),
            Body::Record(value) => value.serialize(serializer),
        }
    }
}
