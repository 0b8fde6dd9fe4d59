//! Accuser by accused, darker where more is alleged.

use serde::Serialize;

use super::scale::fixed;
use crate::model::text::{cut, shown};
use crate::report::drawing::Heat;

const LABELS: f64 = 170.0;
const HEAD: f64 = 110.0;
const CELL: f64 = 56.0;
/// A name is cut to so many characters; the whole of it stands in the words of each cell.
const NAME_MAX: usize = 24;
/// From this share of the darkest on, a number stands in the paper's colour.
const DARK: f64 = 0.55;
/// So dark is the lightest.
const FAINTEST: f64 = 0.08;

/// Where everything stands.
#[derive(Debug, Serialize)]
pub(super) struct Geometry {
    width: f64,
    height: f64,
    cell: f64,
    rows: Vec<Label>,
    columns: Vec<Label>,
    cells: Vec<Square>,
}

#[derive(Debug, Serialize)]
struct Label {
    x: String,
    y: String,
    words: String,
}

#[derive(Debug, Serialize)]
struct Square {
    x: String,
    y: String,
    middle_x: String,
    middle_y: String,
    opacity: String,
    on_dark: bool,
    count: u64,
    words: String,
}

/// Lays the squares out.
pub(super) fn draw(data: &Heat) -> Geometry {
    let most = data.statements.iter().flatten().flatten().copied().max().unwrap_or(1).max(1);
    let name = |name: &String| cut(&shown(name).to_string(), NAME_MAX);
    let x = |column: usize| LABELS + at(column) * CELL;
    let y = |row: usize| HEAD + at(row) * CELL;
    let mut cells = Vec::new();
    for (row, (accuser, counts)) in data.accusers.iter().zip(&data.statements).enumerate() {
        for (column, (accused, count)) in data.accused.iter().zip(counts).enumerate() {
            let Some(count) = *count else { continue };
            let share = FAINTEST + (1.0 - FAINTEST) * share(count, most);
            cells.push(Square {
                x: fixed(x(column)),
                y: fixed(y(row)),
                middle_x: fixed(x(column) + CELL / 2.0),
                middle_y: fixed(y(row) + CELL / 2.0),
                opacity: format!("{share:.2}"),
                on_dark: share >= DARK,
                count,
                words: format!("{} accuses {}: {count}", shown(accuser), shown(accused)),
            });
        }
    }
    let rows = data.accusers.iter().enumerate().map(|(row, accuser)| Label {
        x: fixed(LABELS - 8.0),
        y: fixed(y(row) + CELL / 2.0),
        words: name(accuser),
    });
    let columns = data.accused.iter().enumerate().map(|(column, accused)| Label {
        x: fixed(x(column) + CELL / 2.0),
        y: fixed(HEAD - 8.0),
        words: name(accused),
    });
    Geometry {
        width: x(data.accused.len()) + HEAD,
        height: y(data.accusers.len()) + 10.0,
        cell: CELL - 2.0,
        rows: rows.collect(),
        columns: columns.collect(),
        cells,
    }
}

fn at(place: usize) -> f64 {
    f64::from(u32::try_from(place).unwrap_or(u32::MAX))
}

#[allow(clippy::cast_precision_loss, reason = "a shade needs no more than 52 bits")]
fn share(count: u64, most: u64) -> f64 {
    count as f64 / most as f64
}
