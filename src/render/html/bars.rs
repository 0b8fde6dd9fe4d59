//! Accusations over time as mirrored bars, with the truces marked.

use serde::Serialize;

use super::scale::{fixed, marks};
use crate::model::text::shown;
use crate::model::{Extent, When, Zone};
use crate::report::drawing::Bars;

const WIDTH: f64 = 900.0;
const LEFT: f64 = 50.0;
const RIGHT: f64 = 890.0;
const TOP: f64 = 40.0;
/// Height of the bars on one side of the line.
const SIDE: f64 = 120.0;
const BASE: f64 = TOP + SIDE;
/// Labels of time stand at least so far apart.
const LABELS_APART: f64 = 80.0;
const SECONDS_A_DAY: f64 = 86_400.0;

/// Where everything stands.
#[derive(Debug, Serialize)]
pub(super) struct Geometry {
    width: f64,
    height: f64,
    base: String,
    left: f64,
    right: f64,
    accusers: Vec<String>,
    bars: Vec<Bar>,
    marks: Vec<Mark>,
    times: Vec<Mark>,
    truces: Vec<Mark>,
    not_drawn: usize,
}

#[derive(Debug, Serialize)]
struct Bar {
    x: String,
    y: String,
    width: String,
    height: String,
    /// The style: one side's or the other's.
    side: &'static str,
    words: String,
}

/// A line or label at a place of an axis.
#[derive(Debug, Serialize)]
struct Mark {
    at: String,
    words: String,
}

/// Lays the bars out.
pub(super) fn draw(data: &Bars) -> Geometry {
    let spans: Vec<_> =
        data.periods.iter().filter_map(|(period, counts)| Some((span(period)?, period, counts))).collect();
    let first = spans.iter().map(|((lo, _), ..)| *lo).fold(f64::INFINITY, f64::min);
    let last = spans.iter().map(|((_, hi), ..)| *hi).fold(f64::NEG_INFINITY, f64::max);
    let x = |at: f64| LEFT + (at - first) / (last - first).max(1.0) * (RIGHT - LEFT);
    let most = data.periods.iter().flat_map(|(_, counts)| counts).copied().max().unwrap_or(0);
    let levels = marks(most, 4);
    let top = levels.last().copied().unwrap_or(1).max(1);
    let height = |count: u64| as_drawn(count) / as_drawn(top) * SIDE;
    let mut bars = Vec::new();
    for ((lo, hi), period, counts) in &spans {
        for (side, (count, accuser)) in
            counts.iter().zip(&data.accusers).enumerate().filter(|(_, (count, _))| **count > 0)
        {
            let tall = height(*count);
            bars.push(Bar {
                x: fixed(x(*lo)),
                y: fixed(if side == 0 { BASE - tall } else { BASE }),
                width: fixed((x(*hi) - x(*lo) - 1.0).max(1.0)),
                height: fixed(tall),
                side: if side == 0 { "one" } else { "two" },
                words: format!("{period}: {}, {count}", shown(accuser)),
            });
        }
    }
    let sides = if data.accusers.len() > 1 { vec![-1.0, 1.0] } else { vec![-1.0] };
    let marks = sides.iter().flat_map(|side| {
        levels.iter().map(move |level| Mark { at: fixed(BASE + side * height(*level)), words: level.to_string() })
    });
    let mut times: Vec<(f64, &String)> = Vec::new();
    for ((lo, _), period, _) in &spans {
        if times.last().is_none_or(|(before, _)| x(*lo) - before >= LABELS_APART) && x(*lo) <= RIGHT - LABELS_APART {
            times.push((x(*lo), period));
        }
    }
    let inside = |at: &f64| *at >= LEFT && *at <= RIGHT;
    let truces = data.truces.iter().filter_map(|(begins, name)| {
        let at = Some(x(span(begins)?.0)).filter(inside)?;
        Some(Mark { at: fixed(at), words: format!("{} from {begins}", shown(name)) })
    });
    Geometry {
        width: WIDTH,
        height: BASE + SIDE + TOP,
        base: fixed(BASE),
        left: LEFT,
        right: RIGHT,
        accusers: data.accusers.iter().map(|accuser| shown(accuser).to_string()).collect(),
        bars,
        marks: marks.collect(),
        times: times
            .into_iter()
            .map(|(at, period)| Mark { at: fixed(at), words: start_of(period).to_owned() })
            .collect(),
        truces: truces.collect(),
        not_drawn: data.not_drawn,
    }
}

/// The first day of a period, as it is written.
fn start_of(period: &str) -> &str {
    period.split('/').next().unwrap_or(period)
}

/// The bounds of a time in days since 1970.
fn span(edtf: &str) -> Option<(f64, f64)> {
    let when = When::resolve(edtf.parse().ok()?, Zone::UTC, Extent::Within, None);
    Some((days(when.lo?), days(when.hi.or(when.lo)?)))
}

#[allow(clippy::cast_precision_loss, reason = "a place on a drawing needs no more than 52 bits")]
fn days(utc: i64) -> f64 {
    utc as f64 / SECONDS_A_DAY
}

#[allow(clippy::cast_precision_loss, reason = "a height on a drawing needs no more than 52 bits")]
const fn as_drawn(count: u64) -> f64 {
    count as f64
}
