//! `--explain ROW`: the claims behind every figure of a row.

use std::collections::HashSet;

use crate::error::{Error, Result, quoted};
use crate::model::text::key;
use crate::model::{Id, NumberKind};
use crate::report::sheet::{Cell, Column, Note, Offices, Shape, Sheet};

/// How many rows an error names.
const NAMED: usize = 12;

/// Opens a row, named by its first cell, or by its first cells with slashes between them: `Armenia/Azerbaijan`.
///
/// # Errors
/// Where no row bears the name: the rows there are.
pub fn sheet(report: &Sheet, row: &str) -> Result<Sheet> {
    let wanted = key(row);
    let is = |cells: &&Vec<Cell>| names(report, cells).iter().any(|name| key(name) == wanted);
    let opened: Vec<&Vec<Cell>> = report.rows.iter().filter(is).collect();
    if opened.is_empty() {
        return Err(missing(report, row));
    }
    let claims: HashSet<Id> = opened.iter().flat_map(|cells| cells.iter().flat_map(Cell::claims)).collect();
    Ok(Sheet {
        name: "explain",
        title: format!("{}: what stands behind {row}", report.title),
        columns: vec![
            Column::words("row", "row"),
            Column::words("figure", "figure"),
            Column::words("value", "value"),
            Column::words("claims", "claims"),
        ],
        rows: opened.into_iter().flat_map(|cells| figures(report, cells)).collect(),
        notes: report.notes.iter().filter_map(|note| concerning(note, row, &claims)).collect(),
        offices: report.offices.clone(),
        side_by_side: false,
    })
}

/// The figures of a row that claims stand behind.
fn figures<'a>(report: &'a Sheet, cells: &'a [Cell]) -> impl Iterator<Item = Vec<Cell>> + 'a {
    let name = names(report, cells).pop().unwrap_or_default();
    report.columns.iter().zip(cells).filter(|(_, cell)| !cell.claims().is_empty()).map(move |(column, cell)| {
        vec![
            Cell::Text(name.clone()),
            Cell::Text(column.title.clone().into_owned()),
            cell.clone(),
            Cell::Numbers(NumberKind::Claim, cell.claims()),
        ]
    })
}

/// What a row can be called: its first cell, and each longer run of the words it begins with.
fn names(report: &Sheet, cells: &[Cell]) -> Vec<String> {
    let leading = report.columns.iter().zip(cells).take_while(|(column, _)| column.shape == Shape::Words);
    let mut names: Vec<String> = Vec::new();
    for word in leading.map_while(|(_, cell)| word(cell, &report.offices)) {
        names.push(names.last().map_or_else(|| word.clone(), |before| format!("{before}/{word}")));
    }
    names
}

fn word(cell: &Cell, offices: &Offices) -> Option<String> {
    match cell {
        Cell::Text(text) | Cell::Time(text) => Some(text.clone()),
        Cell::Word(word) => Some((*word).to_owned()),
        Cell::Number(kind, id) => Some(offices.number(*kind, *id).to_string()),
        Cell::Narration => Some("(narration)".to_owned()),
        _ => None,
    }
}

/// A note of the whole report, or one of this row; of what was left out of several rows, what is of this one.
fn concerning(note: &Note, row: &str, claims: &HashSet<Id>) -> Option<Note> {
    if note.key != "left_out" || note.text.contains(row) {
        return Some(note.clone());
    }
    let of_row: Vec<Id> = note.claims.iter().filter(|claim| claims.contains(claim)).copied().collect();
    (!of_row.is_empty()).then(|| Note { claims: of_row, ..note.clone() })
}

fn missing(report: &Sheet, row: &str) -> Error {
    let names: Vec<String> = report.rows.iter().filter_map(|cells| names(report, cells).pop()).collect();
    let error = Error::not_found(format!("this report has no row {}", quoted(row)));
    let listed = names.get(..NAMED).unwrap_or(&names).join("; ");
    match names.len() {
        0 => error.hint("it has no rows at all"),
        n if n > NAMED => error.hint(format!("its first rows are: {listed}")),
        _ => error.hint(format!("its rows are: {listed}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{ARMENIA, AZERBAIJAN, Turned, accusation, input};
    use crate::report::{matrix, parties};

    #[test]
    fn every_figure_of_a_row_is_opened() {
        let input = input(vec![accusation(1, ARMENIA, AZERBAIJAN).killed("2"), accusation(2, ARMENIA, AZERBAIJAN)]);
        let report = parties::sheet(&input, parties::By::Party);
        let opened = sheet(&report, "azerbaijan").unwrap();
        let row = |figure: &str| opened.rows.iter().find(|row| row[1] == Cell::Text(figure.into())).unwrap();
        assert_eq!(row("accusations received")[3], Cell::Numbers(NumberKind::Claim, vec![Id(1), Id(2)]));
        assert_eq!(row("killed, as alleged")[3], Cell::Numbers(NumberKind::Claim, vec![Id(1)]));
        let matrix = matrix::sheet(&input);
        assert!(!sheet(&matrix, "Armenia/Azerbaijan").unwrap().rows.is_empty());
        let error = sheet(&matrix, "Georgia").unwrap_err();
        assert_eq!(error.remedy(), Some("its rows are: Armenia/Azerbaijan"));
    }
}
