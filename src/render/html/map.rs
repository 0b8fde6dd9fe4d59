//! Incidents by coordinates on a plain map: an equirectangular projection true to scale along its middle parallel,
//! which serves for the few degrees that a truce is about.

use serde::Serialize;

use super::scale::{fixed, round_below};
use crate::model::{Id, NumberKind, Point};
use crate::report::drawing::Map;
use crate::report::sheet::Offices;

const WIDTH: f64 = 900.0;
const MARGIN: f64 = 30.0;
const TALLEST: f64 = 560.0;
/// The map shows at least so many degrees, so that a single incident has some land around it.
const LEAST: f64 = 0.1;
/// Kilometres a degree of latitude, on a sphere of the mean Earth radius.
const KM_A_DEGREE: f64 = 111.195;
/// The scale bar is so long at most, as a part of the width.
const SCALE_BAR: f64 = 0.25;

/// Where everything stands.
#[derive(Debug, Serialize)]
pub(super) struct Geometry {
    width: f64,
    height: String,
    inner_width: f64,
    inner_height: String,
    margin: f64,
    spots: Vec<Spot>,
    scale_y: String,
    scale_width: String,
    scale_km: String,
    corners: [String; 2],
    not_drawn: usize,
}

#[derive(Debug, Serialize)]
struct Spot {
    x: String,
    y: String,
    link: Option<String>,
    words: String,
}

/// What of the globe is shown.
struct Window {
    west: f64,
    north: f64,
    /// Degrees of longitude and latitude.
    wide: f64,
    high: f64,
    /// Points of the drawing a degree of longitude and of latitude.
    east_scale: f64,
    north_scale: f64,
}

/// Lays the spots out.
pub(super) fn draw(data: &Map, offices: &Offices, link: impl Fn(&str) -> Option<String>) -> Geometry {
    let across = crosses_the_date_line(data);
    let window =
        Window::of(&data.spots.iter().map(|(_, point)| (point.lat(), eastward(*point, across))).collect::<Vec<_>>());
    let spot = |&(id, point): &(Id, Point)| {
        let name = offices.number(NumberKind::Incident, id).to_string();
        Spot {
            x: fixed(MARGIN + (eastward(point, across) - window.west) * window.east_scale),
            y: fixed(MARGIN + (window.north - point.lat()) * window.north_scale),
            link: link(&name),
            words: format!("{name} at {point}"),
        }
    };
    let inner_height = window.high * window.north_scale;
    let km = round_below(window.wide * window.east_scale * SCALE_BAR / window.north_scale * KM_A_DEGREE, 0.01);
    Geometry {
        width: WIDTH,
        height: fixed(inner_height + 3.0 * MARGIN),
        inner_width: WIDTH - 2.0 * MARGIN,
        inner_height: fixed(inner_height),
        margin: MARGIN,
        spots: data.spots.iter().map(spot).collect(),
        scale_y: fixed(inner_height + 1.7 * MARGIN),
        scale_width: fixed(km / KM_A_DEGREE * window.north_scale),
        scale_km: if km < 1.0 { format!("{} m", km * 1000.0) } else { format!("{km} km") },
        corners: [degrees(window.north, window.west), degrees(window.north - window.high, window.west + window.wide)],
        not_drawn: data.not_drawn,
    }
}

impl Window {
    /// What holds these latitudes and longitudes with some land around them.
    fn of(spots: &[(f64, f64)]) -> Self {
        let bounds = |of: fn(&(f64, f64)) -> f64| {
            let lo = spots.iter().map(of).fold(f64::INFINITY, f64::min);
            let hi = spots.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
            let around = ((hi - lo) * 0.05).max(LEAST / 2.0);
            (lo - around, hi + around)
        };
        let ((south, north), (west, east)) = (bounds(|spot| spot.0), bounds(|spot| spot.1));
        let narrowing = f64::midpoint(south, north).clamp(-85.0, 85.0).to_radians().cos();
        let (wide, high) = (east - west, north - south);
        let inner = WIDTH - 2.0 * MARGIN;
        let north_scale = (inner / (wide * narrowing)).min(TALLEST / high);
        // Where the height bounds the scale, more land is shown on both sides.
        let shown = inner / (north_scale * narrowing);
        Self {
            west: west - (shown - wide) / 2.0,
            north,
            wide: shown,
            high,
            east_scale: north_scale * narrowing,
            north_scale,
        }
    }
}

/// Whether the incidents lie on both sides of the date line and close to it rather than around the globe.
fn crosses_the_date_line(data: &Map) -> bool {
    let lons = || data.spots.iter().map(|(_, point)| point.lon());
    lons().any(|lon| lon > 90.0) && lons().any(|lon| lon < -90.0)
}

fn eastward(point: Point, across: bool) -> f64 {
    if across && point.lon() < 0.0 { point.lon() + 360.0 } else { point.lon() }
}

/// A corner of the map in words.
fn degrees(lat: f64, lon: f64) -> String {
    let lon = if lon > 180.0 { lon - 360.0 } else { lon };
    let of = |degrees: f64, positive, negative| {
        format!("{:.2}° {}", degrees.abs(), if degrees < 0.0 { negative } else { positive })
    };
    format!("{} {}", of(lat, 'N', 'S'), of(lon, 'E', 'W'))
}
