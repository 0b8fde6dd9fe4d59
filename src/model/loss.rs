//! Dead, hurt, missing and captured, by the side that suffered them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::edtf::Edtf;
use super::range::{BadAmount, Range};

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
    use super::super::range::tests::any_range;
    use super::*;

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
        fn losses_print_as_they_parse(loss in any_loss()) {
            prop_assert_eq!(loss.to_string().parse::<Loss>(), Ok(loss.clone()));
            let json = serde_json::to_string(&loss).unwrap();
            prop_assert_eq!(serde_json::from_str::<Loss>(&json).unwrap(), loss);
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = text.parse::<Loss>();
        }
    }

    #[test]
    fn the_form_desks_write_is_read() {
        let loss: Loss = "Azerbaijan: killed 9 civilian, wounded 30+".parse().unwrap();
        assert_eq!((loss.killed, loss.civilian), (Some(Range::exactly(9)), Some(true)));
    }
}
