//! A part of the globe that claims are asked for by: a box between coordinates, or all within a distance.

use std::fmt;

use super::place::{BadCoordinate, Point};

/// A part of the globe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// From a south-western to a north-eastern corner; over the 180th meridian where the west lies east of the east.
    Box {
        /// South-western corner.
        from: Point,
        /// North-eastern corner.
        to: Point,
    },
    /// All within a distance of a point.
    Near {
        /// The point.
        centre: Point,
        /// The distance.
        metres: u32,
    },
}

/// A text that tells no area.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadArea {
    /// Not so many numbers.
    #[error("`{}` is no area: {form}", super::text::shown(&super::text::cut(.text, 60)))]
    Form {
        /// As given.
        text: String,
        /// What was expected, in words.
        form: &'static str,
    },
    /// A coordinate that is none.
    #[error(transparent)]
    Coordinate(#[from] BadCoordinate),
}

/// Longest distance taken: half the way round the globe.
const FARTHEST_KM: f64 = 20_038.0;

impl Area {
    /// A box as typed: `40.1,46.2,41.0,47.5` is south, west, north, east.
    pub fn parse_box(text: &str) -> Result<Self, BadArea> {
        let bad = || BadArea::Form { text: text.to_owned(), form: "a box is south,west,north,east in degrees" };
        let [south, west, north, east] = text.split(',').collect::<Vec<_>>().try_into().map_err(|_| bad())?;
        let (from, to) = (Point::parse(south, west)?.ok_or_else(bad)?, Point::parse(north, east)?.ok_or_else(bad)?);
        if from.lat_e7 > to.lat_e7 { Err(bad()) } else { Ok(Self::Box { from, to }) }
    }

    /// All within some kilometres of a point.
    pub fn near(centre: Point, km: &str) -> Result<Self, BadArea> {
        let bad = || BadArea::Form { text: km.to_owned(), form: "a distance is kilometres, such as 10 or 2.5" };
        let km: f64 = km.trim().parse().map_err(|_| bad())?;
        if !(0.0..=FARTHEST_KM).contains(&km) {
            return Err(bad());
        }
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within half the way round the globe"
        )]
        let metres = (km * 1_000.0).round() as u32;
        Ok(Self::Near { centre, metres })
    }

    /// Whether a point lies in it.
    pub fn holds(&self, point: Point) -> bool {
        match self {
            Self::Box { from, to } => {
                let (west, east) = (from.lon_e7, to.lon_e7);
                let across = if west <= east {
                    (west..=east).contains(&point.lon_e7)
                } else {
                    point.lon_e7 >= west || point.lon_e7 <= east
                };
                across && (from.lat_e7..=to.lat_e7).contains(&point.lat_e7)
            }
            Self::Near { centre, metres } => centre.km_to(point) * 1_000.0 <= f64::from(*metres),
        }
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Box { from, to } => write!(f, "between {from} and {to}"),
            Self::Near { centre, metres } => write!(f, "within {} km of {centre}", f64::from(*metres) / 1_000.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(lat: f64, lon: f64) -> Point {
        Point::from_degrees(lat, lon).unwrap()
    }

    #[test]
    fn a_box_holds_what_lies_between_its_corners() {
        let area = Area::parse_box("40,46,41,47").unwrap();
        assert!(area.holds(point(40.68, 46.36)) && area.holds(point(40.0, 46.0)));
        assert!(!area.holds(point(39.9, 46.36)) && !area.holds(point(40.68, 47.1)));
        let dateline = Area::parse_box("-20,170,-10,-170").unwrap();
        assert!(dateline.holds(point(-15.0, 179.0)) && dateline.holds(point(-15.0, -179.0)));
        assert!(!dateline.holds(point(-15.0, 0.0)));
    }

    #[test]
    fn a_distance_is_along_the_great_circle() {
        let near = Area::near(point(40.68, 46.36), "60").unwrap();
        assert!(near.holds(point(40.2, 46.36)), "53 km south");
        assert!(!near.holds(point(40.0, 46.36)), "76 km south");
    }

    #[test]
    fn what_is_no_area_says_why() {
        assert!(Area::parse_box("41,46,40,47").is_err(), "its north lies south of its south");
        assert!(Area::parse_box("40,46,41").is_err());
        assert!(Area::parse_box("40,46,95,47").is_err());
        assert!(Area::near(point(0.0, 0.0), "-1").is_err());
        assert!(Area::near(point(0.0, 0.0), "NaN").is_err());
    }
}
