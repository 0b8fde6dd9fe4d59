//! Who can be meant by a name in a dispatch: registered parties first, then the built-in catalogue, in every form the
//! language gives their names.

use crate::extract::Lang;
use crate::model::vocabulary::vocabulary;
use crate::model::{ByteSpan, PartyBook, PartyKind};

vocabulary! {
    /// What sort of mention it is.
    NameForm, "form of a name" {
        /// The name: "Armenia", "ООН".
        Name = "name",
        /// A capital, which may stand for the government or be just a place: "Yerevan", "Bakou".
        Capital = "capital",
        /// An adjective or demonym: "Armenian", "arménienne", "азербайджанской". It may stand for people, a language,
        /// a place.
        Adjective = "adjective",
        /// People: "Armenians", "les Azerbaïdjanais", "армяне".
        People = "people",
        /// An institution: "Armenia's defence ministry", "Минобороны Азербайджана", "la diplomatie russe".
        Institution = "institution",
        /// Who holds an office: "the Armenian prime minister", "un général russe", "президент Азербайджана".
        Official = "official",
        /// Those who fight: "Azerbaijani troops", "ВС Армении", "l'armée arménienne".
        Forces = "forces",
        /// "the Armenian side", "la partie arménienne", "армянская сторона".
        Side = "side",
        /// A registered name of no better known form: "the separatists".
        Alias = "alias",
        /// Within a hyphenated word that is not the party itself: "Russian-backed", "pro-Iranian", "US-led".
        Attached = "attached",
    }
}

/// Whom a mention stands for: a place in the [`Names`] that found it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bearer(u32);

/// A mention of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NameSpan {
    /// Where, without article or possessive ending that stands at its edge.
    pub span: ByteSpan,
    /// Whom it stands for; `None` where several parties bear the name.
    pub party: Option<Bearer>,
    /// What sort of mention.
    pub form: NameForm,
}

/// The names one language has for the parties, ready to be found.
#[derive(Debug)]
pub struct Names {}

impl Names {
    /// The names of these parties and of the built-in ones. A registered party absorbs the built-in party of the same
    /// name, or of a name it bears as an alias.
    pub fn new(_parties: &PartyBook, _lang: Lang) -> Self {
        Self {}
    }

    /// Every mention in a text, leftmost and longest first, none overlapping.
    pub fn find(&self, _text: &str) -> Vec<NameSpan> {
        Vec::new()
    }

    /// The party's main name.
    pub fn name(&self, _party: Bearer) -> &str {
        ""
    }

    /// What kind of party it is.
    pub fn kind(&self, _party: Bearer) -> PartyKind {
        PartyKind::State
    }

    /// Its side, where it is registered with one.
    pub fn side(&self, _party: Bearer) -> Option<&str> {
        None
    }

    /// Whether the user registered it (else it is built in).
    pub fn registered(&self, _party: Bearer) -> bool {
        false
    }
}
