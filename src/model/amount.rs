//! Numbers as claimed: ranges with their hedges, figures with unit, kind and window, losses by side.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::edtf::Edtf;
use super::vocabulary::vocabulary;

/// Why a text is no amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is no {what}: {reason}", super::text::shown(&super::text::cut(.text, 60)))]
pub struct BadAmount {
    /// The text as given.
    pub text: String,
    /// What was expected.
    pub what: &'static str,
    /// What is wrong with it, in words.
    pub reason: &'static str,
}

impl BadAmount {
    fn new(what: &'static str, text: &str, reason: &'static str) -> Self {
        Self { text: text.to_owned(), what, reason }
    }
}

/// The hint that goes with a bad range.
pub const RANGE_HINT: &str = "write 5, 3-5, 20+, >20, <10, ~40 or 0; leave it out where it is unknown";

vocabulary! {
    /// How a number was hedged.
    Hedge, "hedge" {
        /// Stated flatly.
        Exact = "exact",
        /// "About", "some".
        About = "about",
        /// "At least".
        AtLeast = "at-least",
        /// "More than": the bound is the number said, as monitors count it.
        MoreThan = "more-than",
        /// "Up to", "at most".
        UpTo = "up-to",
        /// "Fewer than": the bound is the number said.
        LessThan = "less-than",
    }
}

/// A number as claimed, with its bounds: at least one is known. An unknown number is no `Range` at all.
///
/// Prints as desks write it: `5`, `3-5`, `20+`, `>230`, `0-60`, `<=60`, `<10`, `~40`, `~3-5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Range {
    /// Lowest; `None` where only the highest is told.
    pub min: Option<u64>,
    /// Highest; `None` where only the lowest is told.
    pub max: Option<u64>,
    /// How it was hedged.
    pub hedge: Hedge,
}

impl Range {
    /// Largest number taken: what a ledger's signed integer holds.
    pub const LIMIT: u64 = i64::MAX as u64;

    /// Exactly so many.
    pub const fn exactly(n: u64) -> Self {
        Self { min: Some(n), max: Some(n), hedge: Hedge::Exact }
    }

    /// A number under a hedge, with the bounds the hedge gives it.
    pub const fn hedged(n: u64, hedge: Hedge) -> Self {
        let (min, max) = match hedge {
            Hedge::Exact | Hedge::About => (Some(n), Some(n)),
            Hedge::AtLeast | Hedge::MoreThan => (Some(n), None),
            Hedge::UpTo | Hedge::LessThan => (Some(0), Some(n)),
        };
        Self { min, max, hedge }
    }

    /// A range from bounds and hedge, as a ledger stores them. `None` if both bounds are unknown, the upper lies
    /// below the lower, a bound is over [`Range::LIMIT`], or the hedge does not go with them.
    pub fn new(min: Option<u64>, max: Option<u64>, hedge: Hedge) -> Option<Self> {
        let sound = match (min, max, hedge) {
            (Some(_), None, Hedge::AtLeast | Hedge::MoreThan) | (Some(0), Some(_), Hedge::UpTo | Hedge::LessThan) => {
                true
            }
            (Some(min), Some(max), Hedge::Exact | Hedge::About) => min <= max,
            _ => false,
        };
        (sound && min.into_iter().chain(max).all(|n| n <= Self::LIMIT)).then_some(Self { min, max, hedge })
    }

    /// A range from plain bounds: an open upper end is "at least".
    pub fn from_bounds(min: Option<u64>, max: Option<u64>) -> Option<Self> {
        let hedge = if max.is_none() { Hedge::AtLeast } else { Hedge::Exact };
        Self::new(min.or(max.map(|_| 0)), max, hedge)
    }

    /// Whether it is a reported zero.
    pub const fn is_zero(&self) -> bool {
        matches!((self.min, self.max), (Some(0), Some(0)))
    }

    /// The sum of two: bounds add, an open end stays open, a hedge of either hedges the sum. `None` on overflow.
    pub fn plus(self, other: Self) -> Option<Self> {
        let add = |a: Option<u64>, b: Option<u64>| match (a, b) {
            (Some(a), Some(b)) => a.checked_add(b).map(Some),
            _ => Some(None),
        };
        let (min, max) = (add(self.min, other.min)?, add(self.max, other.max)?);
        let about = |r: Self| matches!(r.hedge, Hedge::About);
        let hedge = match max {
            None => Hedge::AtLeast,
            Some(_) if about(self) || about(other) => Hedge::About,
            Some(_) => Hedge::Exact,
        };
        Self::new(min, max, hedge)
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match (self.min, self.max, self.hedge) {
            (Some(n), None, Hedge::MoreThan) => format!(">{n}"),
            (Some(n), None, _) => format!("{n}+"),
            (_, Some(n), Hedge::UpTo) => format!("<={n}"),
            (_, Some(n), Hedge::LessThan) => format!("<{n}"),
            (Some(a), Some(b), hedge) => {
                let about = if hedge == Hedge::About { "~" } else { "" };
                if a == b { format!("{about}{a}") } else { format!("{about}{a}-{b}") }
            }
            (None, _, _) => "?".to_owned(),
        };
        f.pad(&text)
    }
}

impl FromStr for Range {
    type Err = BadAmount;

    fn from_str(text: &str) -> Result<Self, BadAmount> {
        let bad = |reason| BadAmount::new("number", text, reason);
        let number = |digits: &str| -> Result<u64, BadAmount> {
            if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return Err(bad("it is not a whole number of 0 or more"));
            }
            digits.parse().ok().filter(|&n| n <= Self::LIMIT).ok_or_else(|| bad("it is too large"))
        };
        let t = text.trim();
        for (sign, hedge) in
            [("<=", Hedge::UpTo), ("<", Hedge::LessThan), (">=", Hedge::AtLeast), (">", Hedge::MoreThan)]
        {
            if let Some(digits) = t.strip_prefix(sign) {
                return number(digits.trim_start()).map(|n| Self::hedged(n, hedge));
            }
        }
        if let Some(digits) = t.strip_suffix('+') {
            return number(digits).map(|n| Self::hedged(n, Hedge::AtLeast));
        }
        let (t, hedge) = t.strip_prefix('~').map_or((t, Hedge::Exact), |rest| (rest, Hedge::About));
        let (min, max) = match t.split_once(['-', '–']) {
            Some((a, b)) if !a.is_empty() => (number(a.trim())?, number(b.trim())?),
            _ => number(t).map(|n| (n, n))?,
        };
        Self::new(Some(min), Some(max), hedge).ok_or_else(|| bad("the upper bound lies below the lower"))
    }
}

/// JSON: `[min, max]` with null for an open end; with the hedge as a third element where the bounds do not tell it.
impl Serialize for Range {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if Self::from_bounds(self.min, self.max) == Some(*self) {
            (self.min, self.max).serialize(serializer)
        } else {
            (self.min, self.max, self.hedge).serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Range {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Form {
            Hedged((Option<u64>, Option<u64>, Hedge)),
            Bounds((Option<u64>, Option<u64>)),
        }
        let range = match Form::deserialize(deserializer)? {
            Form::Hedged((min, max, hedge)) => Self::new(min, max, hedge),
            Form::Bounds((min, max)) => Self::from_bounds(min, max),
        };
        range.ok_or_else(|| serde::de::Error::custom("a number is [min, max] with min <= max, null for an open end"))
    }
}

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// How many.
    pub amount: Range,
    /// Of what.
    pub unit: Unit,
    /// Over what.
    pub span: Span,
}

/// What a figure is counted over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// What one side lost.
///
/// Prints as `Azerbaijan: killed 9 civilian, wounded 30+`; `?` for a side nobody names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Loss {
    /// The side that suffered it, a party's name. `None`: not said.
    #[serde(default)]
    pub side: Option<String>,
    /// Dead. `None`: not said; a zero was said.
    #[serde(default)]
    pub killed: Option<Range>,
    /// Hurt.
    #[serde(default)]
    pub wounded: Option<Range>,
    /// Missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Range>,
    /// Captured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captured: Option<Range>,
    /// Whether they are said to be civilians. `None`: not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub civilian: Option<bool>,
    /// The window of a toll over many events, as a figure's. `None`: the claim's one event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Edtf>,
    /// The start of a cumulative toll.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Edtf>,
}

impl Loss {
    /// The four counts with their names.
    pub const fn counts(&self) -> [(&'static str, Option<Range>); 4] {
        [("killed", self.killed), ("wounded", self.wounded), ("missing", self.missing), ("captured", self.captured)]
    }

    /// Whether it totals over more than the claim's one event.
    pub const fn is_total(&self) -> bool {
        self.window.is_some() || self.since.is_some()
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.side.as_deref().unwrap_or("?"))?;
        let mut separator = " ";
        for (name, count) in self.counts() {
            if let Some(count) = count {
                write!(f, "{separator}{name} {count}")?;
                separator = ", ";
            }
        }
        match self.civilian {
            Some(true) => f.write_str(" civilian")?,
            Some(false) => f.write_str(" military")?,
            None => {}
        }
        match (self.window, self.since) {
            (Some(window), _) => write!(f, " {window}"),
            (None, Some(start)) => write!(f, " since {start}"),
            (None, None) => Ok(()),
        }
    }
}

impl FromStr for Loss {
    type Err = BadAmount;

    fn from_str(text: &str) -> Result<Self, BadAmount> {
        const FORM: &str = "losses read `side: killed 9 civilian, wounded 30+`";
        let bad = |reason| BadAmount::new("losses", text, reason);
        let (side, rest) = text.rsplit_once(": ").ok_or_else(|| bad(FORM))?;
        let mut loss =
            Self { side: Some(side.trim()).filter(|s| !matches!(*s, "?" | "")).map(str::to_owned), ..Self::default() };
        let mut words = rest.split([' ', ',']).filter(|word| !word.is_empty());
        while let Some(word) = words.next() {
            let slot = match word {
                "killed" => &mut loss.killed,
                "wounded" => &mut loss.wounded,
                "missing" => &mut loss.missing,
                "captured" => &mut loss.captured,
                "civilian" => {
                    loss.civilian = Some(true);
                    continue;
                }
                "military" => {
                    loss.civilian = Some(false);
                    continue;
                }
                "since" => {
                    let start = words.next().ok_or_else(|| bad("after `since` comes a date"))?;
                    loss.since = Some(start.parse().map_err(|_| bad("after `since` comes a date"))?);
                    continue;
                }
                window => {
                    loss.window = Some(window.parse().map_err(|_| bad(FORM))?);
                    continue;
                }
            };
            *slot = Some(words.next().ok_or_else(|| bad(FORM))?.parse()?);
        }
        if loss.counts().iter().all(|(_, count)| count.is_none()) {
            return Err(bad(FORM));
        }
        Ok(loss)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::edtf::tests::any_edtf;
    use super::*;

    fn any_range() -> BoxedStrategy<Range> {
        (0..=Range::LIMIT, 0..=Range::LIMIT, 0..Hedge::ALL.len())
            .prop_map(|(a, b, hedge)| match Hedge::ALL[hedge] {
                hedge @ (Hedge::Exact | Hedge::About) => Range { min: Some(a.min(b)), max: Some(a.max(b)), hedge },
                hedge => Range::hedged(a, hedge),
            })
            .boxed()
    }

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

    fn any_loss() -> impl Strategy<Value = Loss> {
        let count = || proptest::option::of(any_range());
        let side = proptest::option::of("[A-Z][a-z]{1,8}( [A-Z][a-z]{1,8})?");
        (side, any_range(), count(), count(), proptest::option::of(any::<bool>()), proptest::option::of(any_edtf()))
            .prop_map(|(side, killed, wounded, missing, civilian, since)| Loss {
                side,
                killed: Some(killed),
                wounded,
                missing,
                civilian,
                since,
                ..Loss::default()
            })
    }

    proptest! {
        #[test]
        fn ranges_print_as_they_parse(range in any_range()) {
            prop_assert_eq!(range.to_string().parse::<Range>(), Ok(range));
            let json = serde_json::to_string(&range).unwrap();
            prop_assert_eq!(serde_json::from_str::<Range>(&json).unwrap(), range);
        }

        #[test]
        fn figures_print_as_they_parse(figure in any_figure()) {
            prop_assert_eq!(figure.to_string().parse::<Figure>(), Ok(figure.clone()));
            let json = serde_json::to_string(&figure).unwrap();
            prop_assert_eq!(serde_json::from_str::<Figure>(&json).unwrap(), figure);
        }

        #[test]
        fn losses_print_as_they_parse(loss in any_loss()) {
            prop_assert_eq!(loss.to_string().parse::<Loss>(), Ok(loss.clone()));
            let json = serde_json::to_string(&loss).unwrap();
            prop_assert_eq!(serde_json::from_str::<Loss>(&json).unwrap(), loss);
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = (text.parse::<Range>(), text.parse::<Figure>(), text.parse::<Loss>());
        }

        #[test]
        fn a_sum_holds_both(a in any_range(), b in any_range()) {
            if let Some(sum) = a.plus(b) {
                prop_assert_eq!(sum.max.is_none(), a.max.is_none() || b.max.is_none());
                prop_assert_eq!(sum, b.plus(a).unwrap());
            }
        }
    }

    #[test]
    fn bad_numbers_say_why() {
        for (text, reason) in [
            ("-5", "it is not a whole number of 0 or more"),
            ("9-4", "the upper bound lies below the lower"),
            ("99999999999999999999", "it is too large"),
            ("", "it is not a whole number of 0 or more"),
        ] {
            assert_eq!(text.parse::<Range>().map_err(|e| e.reason), Err(reason), "{text}");
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
        let loss: Loss = "Azerbaijan: killed 9 civilian, wounded 30+".parse().unwrap();
        assert_eq!((loss.killed, loss.civilian), (Some(Range::exactly(9)), Some(true)));
    }
}
