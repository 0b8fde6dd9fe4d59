//! How a name and a noun are joined, as a text is asked for it.

use super::NameForm;
use super::grammar::{Grammar, Link};
use super::words::Gap;

/// A set of forms, a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Forms(u16);

impl Forms {
    pub(super) fn of(forms: &[NameForm]) -> Self {
        Self(forms.iter().fold(0, |set, form| set | 1 << *form as u16))
    }

    pub(super) const fn with(self, form: NameForm) -> Self {
        Self(self.0 | 1 << form as u16)
    }

    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) const fn has(self, form: NameForm) -> bool {
        self.0 & 1 << form as u16 != 0
    }

    /// The one that tells most; they are declared in that order.
    pub(super) fn best(self) -> NameForm {
        NameForm::ALL.iter().copied().find(|form| self.has(*form)).unwrap_or(NameForm::Alias)
    }
}

/// What nouns make of a name, unless a joint says otherwise.
pub(super) const MAKES: [NameForm; 4] = [NameForm::Institution, NameForm::Official, NameForm::Forces, NameForm::Side];

/// A way of joining name and noun, as it is looked for.
#[derive(Debug)]
pub(super) struct Joint {
    /// What must stand before the joining words, and what after them.
    pub(super) before: Gap,
    pub(super) after: Gap,
    /// No words at all.
    pub(super) bare: bool,
    pub(super) name_first: bool,
    pub(super) forms: Forms,
    pub(super) heads: Forms,
    pub(super) asks: Asks,
}

/// What a joint asks beyond its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asks {
    Nothing,
    /// A name that does not stand in its basic form.
    Oblique,
    /// A noun without the article.
    Construct,
}

/// All joints of a language, each spelling one, in the order in which the dictionary numbers them.
#[derive(Debug)]
pub(super) struct Joints {
    pub(super) all: Vec<Joint>,
    /// How a noun with the article begins, where the article is written onto it.
    pub(super) definite: Vec<String>,
}

impl Joints {
    pub(super) fn of(grammar: &Grammar) -> Self {
        let spellings = grammar.link.iter().flat_map(|link| link.words.iter().map(move |words| Joint::of(link, words)));
        Self { all: spellings.collect(), definite: grammar.definite.clone() }
    }
}

impl Joint {
    fn of(link: &Link, words: &str) -> Self {
        let before = match words {
            "'" => Gap::Possessive,
            _ if words.starts_with('\'') => Gap::Apostrophe,
            _ => Gap::Loose,
        };
        let elided = words.len() > 1 && words.ends_with('\'');
        Self {
            before,
            after: if elided { Gap::Apostrophe } else { Gap::Loose },
            bare: matches!(words, "" | "'"),
            name_first: link.name_first,
            forms: Forms::of(&link.forms),
            heads: Forms::of(if link.heads.is_empty() { &MAKES } else { &link.heads }),
            asks: match (link.oblique, link.construct) {
                (true, _) => Asks::Oblique,
                (false, true) => Asks::Construct,
                (false, false) => Asks::Nothing,
            },
        }
    }
}

/// Whether what stands there is what a joint asks for.
pub(super) fn gap_fits(wanted: Gap, gap: Gap) -> bool {
    gap == wanted || (wanted == Gap::Loose && gap == Gap::Hyphen)
}
