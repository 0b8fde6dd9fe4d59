//! One entry of a lexicon file, and the built-in files of each language.

use serde::Deserialize;

use super::super::Lang;
use super::super::sense::{Frame, Need, Prep, Sense};
use crate::model::{ActBase, Unit};

/// One entry of a lexicon file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// What its forms mean.
    pub(crate) sense: Sense,
    /// The forms.
    pub(crate) forms: Vec<toml::Spanned<String>>,
    /// Forms that are passive by themselves: the subject receives the act.
    #[serde(default)]
    pub(crate) passive: Vec<toml::Spanned<String>>,
    /// The act it tells or makes specific.
    #[serde(default)]
    pub(crate) act: Option<ActBase>,
    /// The desk's refinement of the act.
    #[serde(default)]
    pub(crate) detail: Option<String>,
    /// How its arguments stand.
    #[serde(default = "Frame::usual")]
    pub(crate) frame: Frame,
    /// What must stand beside it before it tells an act.
    #[serde(default = "Need::usual")]
    pub(crate) needs: Need,
    /// The part a preposition gives to what follows.
    #[serde(default)]
    pub(crate) prep: Option<Prep>,
    /// What it counts.
    #[serde(default)]
    pub(crate) unit: Option<Unit>,
    /// The number it stands for: of a month, a day of the week, an hour, a numeral.
    #[serde(default)]
    pub(crate) value: Option<i64>,
    /// A sentence in which it stands. The parties are built-in ones.
    #[serde(default)]
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests run them"))]
    pub(crate) example: Option<String>,
    /// The claims that the example yields, `CLAIMANT stance act [ACCUSED]`.
    #[serde(default)]
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests run them"))]
    pub(crate) yields: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub(super) entry: Vec<toml::Spanned<Entry>>,
}

macro_rules! files {
    ($lang:literal) => {
        &[
            (concat!($lang, "/speech.toml"), include_str!(concat!($lang, "/speech.toml"))),
            (concat!($lang, "/acts.toml"), include_str!(concat!($lang, "/acts.toml"))),
            (concat!($lang, "/weapons.toml"), include_str!(concat!($lang, "/weapons.toml"))),
            (concat!($lang, "/truces.toml"), include_str!(concat!($lang, "/truces.toml"))),
            (concat!($lang, "/tolls.toml"), include_str!(concat!($lang, "/tolls.toml"))),
            (concat!($lang, "/times.toml"), include_str!(concat!($lang, "/times.toml"))),
            (concat!($lang, "/numbers.toml"), include_str!(concat!($lang, "/numbers.toml"))),
            (concat!($lang, "/words.toml"), include_str!(concat!($lang, "/words.toml"))),
        ]
    };
}

/// The built-in files of a language, by name.
pub(crate) const fn files(lang: Lang) -> &'static [(&'static str, &'static str)] {
    match lang {
        Lang::En => files!("en"),
        Lang::Fr => files!("fr"),
        Lang::Ru => files!("ru"),
        Lang::Es => files!("es"),
        Lang::De => files!("de"),
        Lang::It => files!("it"),
        Lang::Uk => files!("uk"),
        Lang::Ar => files!("ar"),
        Lang::Tr => files!("tr"),
    }
}
