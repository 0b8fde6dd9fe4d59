//! Amounts as claimed: a bar from the lowest to the highest, with an arrow where no highest is told. The axis is
//! logarithmic: the dead of a day and of a war stand in one drawing.

use serde::Serialize;

use super::scale::fixed;
use crate::model::text::{cut, shown};
use crate::report::drawing::Ranges;

const WIDTH: f64 = 900.0;
const LEFT: f64 = 420.0;
const RIGHT: f64 = 800.0;
const ROW: f64 = 24.0;
const TOP: f64 = 10.0;
const THICK: f64 = 10.0;
const NAME_MAX: usize = 64;
/// A bar that is a single number is so wide.
const POINT: f64 = 4.0;
/// A bar without a highest is so long.
const OPEN: f64 = 30.0;

/// Where everything stands.
#[derive(Debug, Serialize)]
pub(super) struct Geometry {
    width: f64,
    height: f64,
    left: f64,
    of: String,
    bottom: String,
    rows: Vec<Row>,
    marks: Vec<Mark>,
}

#[derive(Debug, Serialize)]
struct Row {
    middle: String,
    y: String,
    x: String,
    width: String,
    /// Where the arrow of an open end stands.
    open: Option<String>,
    name: String,
    amount: String,
    amount_at: String,
    words: String,
}

#[derive(Debug, Serialize)]
struct Mark {
    at: String,
    words: String,
}

/// Lays the bars out.
pub(super) fn draw(data: &Ranges) -> Geometry {
    let most = data.rows.iter().filter_map(|(_, range)| range.max.max(range.min)).max().unwrap_or(1);
    let top = powers().find(|mark| *mark >= most).unwrap_or(u64::MAX);
    let x = |amount: u64| LEFT + log(amount) / log(top) * (RIGHT - LEFT);
    let rows = data.rows.iter().zip(0_u32..).map(|((name, range), row)| {
        let y = TOP + f64::from(row) * ROW;
        let lo = x(range.min.unwrap_or(0));
        let hi = range.max.map_or(lo + OPEN, x).max(lo + POINT);
        let amount = range.to_string();
        Row {
            middle: fixed(y + ROW / 2.0),
            y: fixed(y + (ROW - THICK) / 2.0),
            x: fixed(lo),
            width: fixed(hi - lo),
            open: range.max.is_none().then(|| fixed(hi)),
            name: cut(&shown(name).to_string(), NAME_MAX),
            words: format!("{}: {amount}", shown(name)),
            amount_at: fixed(hi + 10.0),
            amount,
        }
    });
    let bottom = TOP + ROW * f64::from(u32::try_from(data.rows.len()).unwrap_or(u32::MAX));
    Geometry {
        width: WIDTH,
        height: bottom + 2.0 * ROW,
        left: LEFT,
        of: shown(&data.of).to_string(),
        bottom: fixed(bottom),
        rows: rows.collect(),
        marks: powers()
            .take_while(|mark| *mark <= top)
            .map(|mark| Mark { at: fixed(x(mark)), words: mark.to_string() })
            .collect(),
    }
}

/// The marks of the axis: nothing, and the powers of ten.
fn powers() -> impl Iterator<Item = u64> {
    std::iter::once(0).chain((0..19).map(|power| 10_u64.pow(power)))
}

/// How far along the axis an amount is: its logarithm, with zero at zero.
#[allow(clippy::cast_precision_loss, reason = "a length on a drawing needs no more than 52 bits")]
fn log(amount: u64) -> f64 {
    (amount as f64).ln_1p().max(f64::MIN_POSITIVE)
}
