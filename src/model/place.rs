//! Where: places with coordinates kept as whole ten-millionths of a degree.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A coordinate that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadCoordinate {
    /// Not a decimal number.
    #[error("`{}` is no number of degrees", super::text::shown(&super::text::cut(.0, 40)))]
    NotANumber(String),
    /// Beyond the globe.
    #[error("`{axis}` is {value}, outside -{limit}..{limit}")]
    OutOfRange {
        /// `lat` or `lon`.
        axis: &'static str,
        /// As given.
        value: String,
        /// 90 or 180.
        limit: u8,
    },
    /// One without the other.
    #[error("`lat` and `lon` go together: one of them is blank")]
    Half,
}

/// A point on the globe, WGS 84, in units of 10⁻⁷ degree (about a centimetre).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Point {
    /// Latitude × 10⁷.
    pub lat_e7: i32,
    /// Longitude × 10⁷.
    pub lon_e7: i32,
}

impl Point {
    /// A point from degrees as typed. Both blank: none.
    pub fn parse(lat: &str, lon: &str) -> Result<Option<Self>, BadCoordinate> {
        match (lat.trim(), lon.trim()) {
            ("", "") => Ok(None),
            ("", _) | (_, "") => Err(BadCoordinate::Half),
            (lat, lon) => Ok(Some(Self { lat_e7: e7("lat", lat, 90)?, lon_e7: e7("lon", lon, 180)? })),
        }
    }

    /// A point from degrees.
    pub fn from_degrees(lat: f64, lon: f64) -> Result<Self, BadCoordinate> {
        Ok(Self { lat_e7: to_e7("lat", lat, 90)?, lon_e7: to_e7("lon", lon, 180)? })
    }

    /// Degrees north.
    pub fn lat(self) -> f64 {
        f64::from(self.lat_e7) / 1e7
    }

    /// Degrees east.
    pub fn lon(self) -> f64 {
        f64::from(self.lon_e7) / 1e7
    }

    /// Kilometres along the great circle: haversine on a sphere of the mean Earth radius, 6,371.0088 km (IUGG).
    pub fn km_to(self, other: Self) -> f64 {
        let (a, b) = (self.lat().to_radians(), other.lat().to_radians());
        let half = |x: f64| (x / 2.0).sin().powi(2);
        let h = half(b - a) + a.cos() * b.cos() * half((other.lon() - self.lon()).to_radians());
        2.0 * 6_371.008_8 * h.sqrt().min(1.0).asin()
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.lat(), self.lon())
    }
}

fn e7(axis: &'static str, text: &str, limit: u8) -> Result<i32, BadCoordinate> {
    let degrees = f64::from_str(text).ok().filter(|d| d.is_finite());
    to_e7(axis, degrees.ok_or_else(|| BadCoordinate::NotANumber(text.to_owned()))?, limit)
}

#[allow(clippy::cast_possible_truncation, reason = "at most 180 × 10⁷, which an i32 holds")]
fn to_e7(axis: &'static str, degrees: f64, limit: u8) -> Result<i32, BadCoordinate> {
    if degrees.abs() <= f64::from(limit) {
        Ok((degrees * 1e7).round() as i32)
    } else {
        Err(BadCoordinate::OutOfRange { axis, value: degrees.to_string(), limit })
    }
}

/// A place with its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The name reports print.
    pub name: String,
    /// What it is: "village", "district".
    pub kind: Option<String>,
    /// The place it lies in, by name.
    pub parent: Option<String>,
    /// Where it lies.
    #[serde(skip)]
    pub point: Option<Point>,
    /// Other names.
    pub aliases: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_off_the_globe_are_refused() {
        let error = Point::parse("95", "46.93").unwrap_err();
        assert_eq!(error.to_string(), "`lat` is 95, outside -90..90");
        assert_eq!(Point::parse("40.32", ""), Err(BadCoordinate::Half));
        assert_eq!(Point::parse("", ""), Ok(None));
        assert!(Point::parse("nan", "1").is_err());
    }

    #[test]
    fn a_degree_of_latitude_is_111_km() {
        let a = Point::from_degrees(40.0, 46.0).unwrap();
        let b = Point::from_degrees(41.0, 46.0).unwrap();
        assert!((a.km_to(b) - 111.195).abs() < 0.01);
    }
}
