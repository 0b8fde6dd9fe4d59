//! `report all`: every report of one moment in one document, with drawings of its figures and a card for each incident.

use crate::error::Result;
use crate::ledger::Snapshot;
use crate::model::{Id, NumberKind};
use crate::report::drawing::{Bars, Drawing, Heat, Map, Ranges};
use crate::report::input::Input;
use crate::report::sheet::{Card, Cell, Note, Sheet};
use crate::report::{incidents, show, times};

/// The document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dossier {
    /// The desk's title, which may hold text from outside.
    pub title: String,
    /// The reports.
    pub parts: Vec<Part>,
    /// Incidents in full, by when they happened.
    pub cards: Vec<Card>,
    /// Incidents that have no card, for there are too many.
    pub without_card: usize,
}

/// A report with what is drawn of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The report.
    pub sheet: Sheet,
    /// Drawings, each of figures that stand in the sheet.
    pub drawings: Vec<Drawing>,
}

/// So many incidents are listed and shown in full, those that most claims are about: with more a browser is slow to open
/// the file, and nobody reads them. A card is some kilobytes.
pub const CARDS_MAX: usize = 400;

/// A table of more cells is cut: two megabytes of one are more than a page needs.
const CELLS_MAX: usize = 20_000;

/// Makes the document of some reports, that of the incidents cut to [`CARDS_MAX`].
pub fn dossier(snapshot: &Snapshot<'_>, input: &Input, sheets: Vec<Sheet>) -> Result<Dossier> {
    let mut dossier = Dossier { title: input.office.title.clone(), ..Dossier::default() };
    for mut sheet in sheets {
        let drawings = drawings(&sheet, input);
        if sheet.name == "incidents" {
            dossier.without_card = incidents::concerned(input).len().saturating_sub(sheet.rows.len());
            for id in sheet.rows.iter().filter_map(|row| incident(row)) {
                let number = snapshot.number(NumberKind::Incident, id);
                dossier.cards.push(show::card(snapshot, &number, id, false)?);
            }
        }
        cut(&mut sheet);
        dossier.parts.push(Part { sheet, drawings });
    }
    Ok(dossier)
}

fn drawings(sheet: &Sheet, input: &Input) -> Vec<Drawing> {
    let drawings = match sheet.name {
        "daily" => vec![Bars::of(sheet, truces(input)).map(Drawing::Bars)],
        "matrix" => vec![Heat::of(sheet).map(Drawing::Heat)],
        // Tolls of events and running totals are told apart, and drawn apart.
        "losses" => ["events", "running"].map(|column| Ranges::of(sheet, column).map(Drawing::Ranges)).into(),
        "incidents" => vec![Map::of(sheet, input).map(Drawing::Map)],
        _ => Vec::new(),
    };
    drawings.into_iter().flatten().collect()
}

/// When each truce took effect, as far as anybody tells, and what it is called.
fn truces(input: &Input) -> Vec<(String, String)> {
    let confirmed = input.truces.iter().filter_map(|truce| {
        let begins = truce.value.effective.or(truce.value.agreed)?;
        let number = input.offices.number(NumberKind::Truce, truce.id);
        Some((begins.to_string(), format!("{number} {}", truce.value.title)))
    });
    let proposed = input.proposed.iter().filter_map(|truce| {
        let begins = times::printed(truce.effective.as_ref().or(truce.agreed.as_ref()), input.office.zone)?;
        let number = input.offices.number(NumberKind::Claim, truce.id);
        Some((begins, format!("proposed ({number})")))
    });
    confirmed.chain(proposed).collect()
}

fn incident(row: &[Cell]) -> Option<Id> {
    row.iter().find_map(|cell| match cell {
        Cell::Number(NumberKind::Incident, id) => Some(*id),
        _ => None,
    })
}

/// Leaves out the rows for which a page has no room: of a report by time the earlier ones, of others the last.
fn cut(sheet: &mut Sheet) {
    let room = CELLS_MAX / sheet.columns.len().max(1);
    let left_out = sheet.rows.len().saturating_sub(room);
    if left_out == 0 {
        return;
    }
    let which = if ["daily", "coverage"].contains(&sheet.name) {
        sheet.rows.drain(..left_out);
        "earlier"
    } else {
        sheet.rows.truncate(room);
        "further"
    };
    let text = format!("{left_out} {which} rows: `trucebook report {}` lists all", sheet.name);
    sheet.notes.push(Note::new("left_out", text));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sheet::Column;

    #[test]
    fn a_long_table_keeps_its_latest_days_and_says_how_many_it_lacks() {
        let day = |n: usize| vec![Cell::Time(format!("day {n}")), Cell::Count(1, Vec::new())];
        let rows = CELLS_MAX / 2 + 3;
        let columns = vec![Column::words("period", "day"), Column::count("p1_accusations", "accusations")];
        let mut sheet = Sheet { name: "daily", columns, rows: (0..rows).map(day).collect(), ..Sheet::default() };
        cut(&mut sheet);
        assert_eq!((sheet.rows.len(), &sheet.rows[0]), (CELLS_MAX / 2, &day(3)));
        assert_eq!(sheet.notes[0].text, "3 earlier rows: `trucebook report daily` lists all");
        cut(&mut sheet);
        assert_eq!((sheet.rows.len(), sheet.notes.len()), (CELLS_MAX / 2, 1));
    }
}
