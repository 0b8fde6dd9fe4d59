//! Who can be meant by a name in a dispatch: registered parties first, then the built-in catalogue, in every form the
//! language gives their names.
//!
//! | file | what it knows |
//! |---|---|
//! | `fold`, `words` | letters and words as they are compared |
//! | `grammar`, `bending` | `lexicon/<language>/names.toml`: the nouns that make an army or a ministry of a name; endings |
//! | `dictionary`, `phrases` | all names as a tree of words with all their forms; planting it |
//! | `bearers` | which party a name stands for; which built-in parties registered ones take in |
//! | `reading` | one text: the longest mention at each word |
//! | `joints`, `joining`, `sharing` | names joined with nouns, and two names with one |
//! | `surroundings` | hyphens, full stops and capitals around a mention |

mod bearers;
mod bending;
mod dictionary;
mod fold;
mod grammar;
mod joining;
mod joints;
mod phrases;
mod reading;
mod sharing;
mod surroundings;
mod words;

use bearers::Party;
use dictionary::Dictionary;
use grammar::Grammar;
use joints::Joints;
use reading::Reading;

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
        /// An adjective or demonym: "Armenian", "arménienne", "азербайджанской". It may stand for people, a language,
        /// a place.
        Adjective = "adjective",
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
pub struct Names {
    parties: Vec<Party>,
    dictionary: Dictionary,
    joints: Joints,
}

impl Names {
    /// The names of these parties and of the built-in ones. A registered party absorbs the built-in party of the same
    /// name, or of a name it bears as an alias.
    pub fn new(parties: &PartyBook, lang: Lang) -> Self {
        let grammar = Grammar::of(lang);
        let (parties, dictionary) = bearers::gather(parties, lang, &grammar);
        Self { parties, dictionary, joints: Joints::of(&grammar) }
    }

    /// Every mention in a text, leftmost and longest first, none overlapping.
    pub fn find(&self, text: &str) -> Vec<NameSpan> {
        Reading::new(&self.dictionary, &self.joints, text).mentions()
    }

    fn party(&self, party: Bearer) -> Option<&Party> {
        self.parties.get(party.0 as usize)
    }

    /// The party's main name; empty for a bearer of other names than these.
    pub fn name(&self, party: Bearer) -> &str {
        self.party(party).map_or("", |party| party.name.as_ref())
    }

    /// What kind of party it is.
    pub fn kind(&self, party: Bearer) -> PartyKind {
        self.party(party).map_or(PartyKind::Organization, |party| party.kind)
    }

    /// Its side, where it is registered with one.
    pub fn side(&self, party: Bearer) -> Option<&str> {
        self.party(party)?.side.as_deref()
    }

    /// Whether the user registered it (else it is built in).
    pub fn registered(&self, party: Bearer) -> bool {
        self.party(party).is_some_and(|party| party.registered)
    }

    /// The party of this main name.
    pub fn bearer(&self, name: &str) -> Option<Bearer> {
        let at = self.parties.iter().position(|party| party.name == name)?;
        u32::try_from(at).ok().map(Bearer)
    }
}

#[cfg(test)]
mod tests;
