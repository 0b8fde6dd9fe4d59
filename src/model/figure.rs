//! Counted things in a claim: how many of what, over what.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::edtf::Edtf;
use super::range::{BadAmount, Hedge, Range};
use super::vocabulary::vocabulary;

vocabulary! {
    /// What a figure counts. Only like is ever added to like.
    Unit, "unit" {
        /// Breaches of the truce, as the claimant counts them.
        Violation = "violation",
        /// Incidents.
        Incident = "incident",
        /// Attacks, strikes, raids.
        Attack = "attack",
        /// Single shots.
        Shot = "shot",
        /// Bursts.
        Burst = "burst",
        /// Shells and mortar bombs.
        Shell = "shell",
        /// Unguided rockets.
        Rocket = "rocket",
        /// Guided or ballistic missiles.
        Missile = "missile",
        /// Projectiles in flight, kind unstated.
        Projectile = "projectile",
        /// Drones.
        Drone = "drone",
        /// Explosions heard or seen.
        Explosion = "explosion",
        /// Flights and overflights.
        Flight = "flight",
        /// Mines.
        Mine = "mine",
        /// Vehicles and pieces of heavy equipment.
        Vehicle = "vehicle",
        /// People, where they are neither dead nor hurt (detained, displaced).
        Person = "person",
        /// Houses and other buildings.
        Building = "building",
    }
}

vocabulary! {
    /// What stretch of events a figure covers.
    FigureKind, "figure kind" {
        /// The event the claim is about.
        Event = "event",
        /// All events in a window of time.
        Window = "window",
        /// All events since a date.
        Cumulative = "cumulative",
        /// A part of a larger figure of the same claim.
        PartOf = "part-of",
    }
}

/// A counted thing in a claim.
///
/// Prints as `>230 violation 2018-09-23/2018-09-29`, `497 violation since 2025-10-10`, `84 explosion of 212 violation`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Figure {
    /// How many.
    pub amount: Range,
    /// Of what.
    pub unit: Unit,
    /// Over what.
    pub span: Span,
}

/// What a figure is counted over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Span {
    /// The event the claim is about.
    Event,
    /// A window of time.
    Window(Edtf),
    /// Since a date, up to when the claim was made; the date may be untold.
    Since(Option<Edtf>),
    /// A part of a larger figure.
    PartOf(Range, Unit),
}

impl Span {
    /// The kind alone.
    pub const fn kind(&self) -> FigureKind {
        match self {
            Self::Event => FigureKind::Event,
            Self::Window(_) => FigureKind::Window,
            Self::Since(_) => FigureKind::Cumulative,
            Self::PartOf(..) => FigureKind::PartOf,
        }
    }

    /// Whether it totals over more than the claim's one event.
    pub const fn is_total(&self) -> bool {
        !matches!(self, Self::Event)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Event => Ok(()),
            Self::Window(window) => write!(f, " {window}"),
            Self::Since(Some(start)) => write!(f, " since {start}"),
            Self::Since(None) => f.write_str(" since ?"),
            Self::PartOf(whole, unit) => write!(f, " of {whole} {unit}"),
        }
    }
}

fn parse_span(words: &[&str], bad: impl Fn(&'static str) -> BadAmount) -> Result<Span, BadAmount> {
    let date = |text: &str| text.parse::<Edtf>().map_err(|error| bad(error.reason));
    match words {
        [] => Ok(Span::Event),
        ["since", "?"] => Ok(Span::Since(None)),
        ["since", start] => date(start).map(|start| Span::Since(Some(start))),
        ["of", whole, unit] => {
            let unit = unit.parse().map_err(|_| bad("the unit of the whole is not a known one"))?;
            Ok(Span::PartOf(whole.parse()?, unit))
        }
        [window] => date(window).map(Span::Window),
        _ => Err(bad("after the unit comes a window, `since` a date, or `of` a whole")),
    }
}

impl Figure {
    /// The short form desks use: so many of a unit. Breaches counted over more than a day fill it as a window.
    pub fn counted(amount: Range, unit: Unit, occurred: Option<Edtf>) -> Self {
        let window = occurred.filter(|occurred| unit == Unit::Violation && occurred.spans_days());
        Self { amount, unit, span: window.map_or(Span::Event, Span::Window) }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.amount, self.unit, self.span)
    }
}

impl FromStr for Figure {
    type Err = BadAmount;

    fn from_str(text: &str) -> Result<Self, BadAmount> {
        let bad = |reason| BadAmount::new("figure", text, reason);
        let words: Vec<_> = text.split_whitespace().collect();
        let [amount, unit, span @ ..] = words.as_slice() else {
            return Err(bad("a figure is a number and a unit, such as `43 violation`"));
        };
        let unit = unit.parse().map_err(|_| bad("its unit is not a known one"))?;
        Ok(Self { amount: amount.parse()?, unit, span: parse_span(span, bad)? })
    }
}

/// The JSON shape: `{unit, min, max, hedge, kind, window | since | of, of_unit}`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FigureShape {
    unit: Unit,
    min: Option<u64>,
    max: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hedge: Option<Hedge>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<FigureKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    window: Option<Edtf>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    since: Option<Edtf>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<Range>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of_unit: Option<Unit>,
}

impl Serialize for Figure {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (window, since, of) = match self.span {
            Span::Event => (None, None, None),
            Span::Window(window) => (Some(window), None, None),
            Span::Since(start) => (None, start, None),
            Span::PartOf(whole, unit) => (None, None, Some((whole, unit))),
        };
        FigureShape {
            unit: self.unit,
            min: self.amount.min,
            max: self.amount.max,
            hedge: Some(self.amount.hedge),
            kind: Some(self.span.kind()),
            window,
            since,
            of: of.map(|(whole, _)| whole),
            of_unit: of.map(|(_, unit)| unit),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Figure {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let shape = FigureShape::deserialize(deserializer)?;
        let amount = match shape.hedge {
            Some(hedge) => Range::new(shape.min, shape.max, hedge),
            None => Range::from_bounds(shape.min, shape.max),
        };
        let amount = amount.ok_or_else(|| D::Error::custom("a figure needs min <= max and a hedge that fits them"))?;
        let kind = shape.kind.unwrap_or(match (&shape.window, &shape.since, &shape.of) {
            (Some(_), _, _) => FigureKind::Window,
            (_, Some(_), _) => FigureKind::Cumulative,
            (_, _, Some(_)) => FigureKind::PartOf,
            _ => FigureKind::Event,
        });
        let span = match (kind, shape.window, shape.since, shape.of) {
            (FigureKind::Event, None, None, None) => Span::Event,
            (FigureKind::Window, Some(window), None, None) => Span::Window(window),
            (FigureKind::Cumulative, None, start, None) => Span::Since(start),
            (FigureKind::PartOf, None, None, Some(whole)) => Span::PartOf(whole, shape.of_unit.unwrap_or(shape.unit)),
            _ => return Err(D::Error::custom("a figure's kind and its window, since or of do not go together")),
        };
        Ok(Self { amount, unit: shape.unit, span })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::edtf::tests::any_edtf;
    use super::super::range::tests::any_range;
    use super::*;

    fn any_unit() -> impl Strategy<Value = Unit> {
        (0..Unit::ALL.len()).prop_map(|n| Unit::ALL[n])
    }

    fn any_figure() -> impl Strategy<Value = Figure> {
        let span = prop_oneof![
            Just(Span::Event),
            any_edtf().prop_map(Span::Window),
            proptest::option::of(any_edtf()).prop_map(Span::Since),
            (any_range(), any_unit()).prop_map(|(whole, unit)| Span::PartOf(whole, unit)),
        ];
        (any_range(), any_unit(), span).prop_map(|(amount, unit, span)| Figure { amount, unit, span })
    }

    proptest! {
        #[test]
        fn figures_print_as_they_parse(figure in any_figure()) {
            prop_assert_eq!(figure.to_string().parse::<Figure>(), Ok(figure.clone()));
            let json = serde_json::to_string(&figure).unwrap();
            prop_assert_eq!(serde_json::from_str::<Figure>(&json).unwrap(), figure);
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = text.parse::<Figure>();
        }
    }

    #[test]
    fn the_forms_desks_write_are_read() {
        for text in [
            ">230 violation 2018-09-23/2018-09-29",
            "~3000 shot 2018-09-23/2018-09-29",
            "497 violation since 2025-10-10",
            "84 explosion of 212 violation",
        ] {
            assert_eq!(text.parse::<Figure>().unwrap().to_string(), text);
        }
    }
}
