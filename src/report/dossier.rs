//! `report all`: every report of one moment in one document, with drawings of its figures and a card for each incident.

use std::cmp::Reverse;

use crate::error::Result;
use crate::ledger::Snapshot;
use crate::model::{Id, NumberKind};
use crate::report::drawing::{Bars, Drawing, Heat, Map, Ranges};
use crate::report::input::Input;
use crate::report::sheet::{Card, Cell, Note, Sheet};
use crate::report::{show, times};

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

/// So many incidents are shown in full: with more a browser is slow to open the file, and nobody reads them. A card is
/// some kilobytes.
const CARDS_MAX: usize = 400;

/// Makes the document of some reports. Where there are too many incidents, those that most claims are about are shown.
pub fn dossier(snapshot: &Snapshot<'_>, input: &Input, sheets: Vec<Sheet>) -> Result<Dossier> {
    let mut dossier = Dossier { title: input.office.title.clone(), ..Dossier::default() };
    for mut sheet in sheets {
        let drawings = drawings(&sheet, input);
        if sheet.name == "incidents" {
            dossier.without_card = cut(&mut sheet);
            for id in sheet.rows.iter().filter_map(|row| incident(row)) {
                let number = snapshot.number(NumberKind::Incident, id);
                dossier.cards.push(show::card(snapshot, &number, id, false)?);
            }
        }
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

/// Leaves out all but the incidents that most claims are about; returns how many are left out.
fn cut(sheet: &mut Sheet) -> usize {
    let left_out = sheet.rows.len().saturating_sub(CARDS_MAX);
    if left_out == 0 {
        return 0;
    }
    let claims = |row: &[Cell]| {
        let numbers = row.iter().find_map(|cell| match cell {
            Cell::Numbers(NumberKind::Claim, ids) => Some(ids.len()),
            _ => None,
        });
        numbers.unwrap_or(0)
    };
    let mut order: Vec<usize> = (0..sheet.rows.len()).collect();
    order.sort_by_key(|at| Reverse(sheet.rows.get(*at).map_or(0, |row| claims(row))));
    order.truncate(CARDS_MAX);
    order.sort_unstable();
    let rows = std::mem::take(&mut sheet.rows);
    let mut kept = order.into_iter().peekable();
    sheet.rows =
        rows.into_iter().enumerate().filter(|(at, _)| kept.next_if_eq(at).is_some()).map(|(_, row)| row).collect();
    let text = format!("{left_out} incidents that fewer claims are about: `trucebook report incidents` lists all");
    sheet.notes.push(Note::new("left_out", text));
    left_out
}
