//! Numbers as claimed: bounds with the hedge they were told under.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

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
    pub(super) fn new(what: &'static str, text: &str, reason: &'static str) -> Self {
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

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Any range that can be told.
    pub(crate) fn any_range() -> BoxedStrategy<Range> {
        (0..=Range::LIMIT, 0..=Range::LIMIT, 0..Hedge::ALL.len())
            .prop_map(|(a, b, hedge)| match Hedge::ALL[hedge] {
                hedge @ (Hedge::Exact | Hedge::About) => Range { min: Some(a.min(b)), max: Some(a.max(b)), hedge },
                hedge => Range::hedged(a, hedge),
            })
            .boxed()
    }

    proptest! {
        #[test]
        fn ranges_print_as_they_parse(range in any_range()) {
            prop_assert_eq!(range.to_string().parse::<Range>(), Ok(range));
            let json = serde_json::to_string(&range).unwrap();
            prop_assert_eq!(serde_json::from_str::<Range>(&json).unwrap(), range);
        }

        #[test]
        fn a_sum_holds_both(a in any_range(), b in any_range()) {
            if let Some(sum) = a.plus(b) {
                prop_assert_eq!(sum.max.is_none(), a.max.is_none() || b.max.is_none());
                prop_assert_eq!(sum, b.plus(a).unwrap());
            }
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = text.parse::<Range>();
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
}
