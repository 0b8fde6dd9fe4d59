//! Confidence as typed: a range of probabilities.

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, quoted};

/// Bounds of a confidence, each with whether the bound itself is in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Confidence {
    lowest: f64,
    highest: f64,
    /// Whether the highest itself is left out: `<0.5`.
    below: bool,
}

impl Confidence {
    /// Whether a draft's confidence lies in it. An unknown one lies in none.
    pub(super) fn holds(self, confidence: Option<f64>) -> bool {
        confidence
            .is_some_and(|is| self.lowest <= is && if self.below { is < self.highest } else { is <= self.highest })
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.below, self.highest >= 1.0) {
            (true, _) => write!(f, "<{}", self.highest),
            (false, true) => write!(f, "{}+", self.lowest),
            (false, false) => write!(f, "{}-{}", self.lowest, self.highest),
        }
    }
}

impl FromStr for Confidence {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| (0.0..=1.0).contains(number));
        let range = |lowest, highest, below| Self { lowest, highest, below };
        let read = if let Some(highest) = text.strip_prefix('<') {
            number(highest).map(|highest| range(0.0, highest, true))
        } else if let Some(lowest) = text.strip_suffix('+') {
            number(lowest).map(|lowest| range(lowest, 1.0, false))
        } else {
            let (lowest, highest) = text.split_once('-').unwrap_or((text, text));
            number(lowest).zip(number(highest)).map(|(lowest, highest)| range(lowest, highest, false))
        };
        read.filter(|range| range.lowest <= range.highest).ok_or_else(|| {
            Error::usage(format!("{} is no range of confidence", quoted(text)))
                .hint("write 0.9+, <0.5 or 0.5-0.8; it runs from 0 to 1")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_hold_what_they_say_and_print_as_typed() {
        let holds = |typed: &str, is: f64| typed.parse::<Confidence>().unwrap().holds(Some(is));
        assert!(holds("0.9+", 0.9) && holds("0.9+", 1.0) && !holds("0.9+", 0.899));
        assert!(holds("<0.5", 0.499) && !holds("<0.5", 0.5));
        assert!(holds("0.5-0.8", 0.5) && holds("0.5-0.8", 0.8) && !holds("0.5-0.8", 0.81));
        assert!(holds("0.7", 0.7) && !holds("0.7", 0.71));
        for typed in ["0.9+", "<0.5", "0.5-0.8"] {
            assert_eq!(typed.parse::<Confidence>().unwrap().to_string(), typed);
        }
        assert!(!"0+".parse::<Confidence>().unwrap().holds(None), "unknown is in no range");
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for typed in ["", "high", "90+", "-0.5", "0.8-0.5", "nan", "<", "+", "0.1-0.2-0.3"] {
            assert!(typed.parse::<Confidence>().is_err(), "{typed}");
        }
    }
}
