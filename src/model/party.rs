//! Who speaks, acts and suffers; and looking them up by any of their names.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::text::{is_hostile, key};
use super::vocabulary::vocabulary;

vocabulary! {
    /// What a party is. What it is to a conflict is its role in a truce.
    PartyKind, "party kind" {
        /// A state.
        State = "state",
        /// An armed group, a de facto authority.
        NonState = "non-state",
        /// Several parties acting as one.
        Coalition = "coalition",
        /// A mission that observes a truce.
        Monitor = "monitor",
        /// One whose part is to mediate.
        Mediator = "mediator",
        /// Any other organization.
        Organization = "organization",
    }
}

/// Stands for a language where a name belongs to none.
pub const ANY_LANGUAGE: &str = "und";

/// A party with its names, in the JSON shape `{party, kind, side?, aliases: {lang: [name, …]}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// The name reports print.
    #[serde(rename = "party")]
    pub name: String,
    /// What it is.
    pub kind: PartyKind,
    /// The side it stands on, if it has one ("Armenian side").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<String>,
    /// Other names, by language (ISO 639-1; `und` where the language does not matter).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub aliases: BTreeMap<String, Vec<String>>,
}

impl Party {
    /// A party without other names.
    pub fn new(name: impl Into<String>, kind: PartyKind) -> Self {
        Self { name: name.into(), kind, side: None, aliases: BTreeMap::new() }
    }

    /// Every name with its language, the main one (no language) first.
    pub fn names(&self) -> impl Iterator<Item = (Option<&str>, &str)> {
        let aliases = self.aliases.iter();
        let aliases =
            aliases.flat_map(|(lang, names)| names.iter().map(move |name| (Some(lang.as_str()), name.as_str())));
        std::iter::once((None, self.name.as_str())).chain(aliases)
    }
}

/// Why a text can be no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadName {
    /// Nothing in it.
    #[error("a name cannot be empty")]
    Empty,
    /// Controls, zero-width or bidi characters in it.
    #[error("a name cannot hold control, zero-width or bidi characters")]
    Hostile,
    /// Over [`NAME_MAX`] bytes.
    #[error("a name is at most 400 bytes long")]
    TooLong,
    /// A dash alone: it stands for "no attribution".
    #[error("`-` stands for a text without attribution and can be no name")]
    Dash,
}

impl BadName {
    /// What to do about it.
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::Empty => "leave it out where no name is known",
            Self::Hostile => "type the name anew: what was pasted holds characters that cannot be seen",
            Self::TooLong => "shorten it",
            Self::Dash => "write a name; only a claimant can be `-`",
        }
    }
}

/// Longest name in bytes.
pub const NAME_MAX: usize = 400;

/// Takes a name as people type it: trimmed, and refused where it could deceive.
pub fn sound_name(name: &str) -> Result<&str, BadName> {
    let name = name.trim_matches(' ');
    match name {
        "" => Err(BadName::Empty),
        "-" => Err(BadName::Dash),
        _ if name.len() > NAME_MAX => Err(BadName::TooLong),
        _ if name.chars().any(is_hostile) => Err(BadName::Hostile),
        _ => Ok(name),
    }
}

/// Which party a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// This one alone: its place in [`PartyBook::parties`].
    One(usize),
    /// Several bear it, so it stands for none.
    Several(Vec<usize>),
    /// Nobody bears it.
    Nobody,
}

/// Parties and the names that lead to them.
#[derive(Debug, Clone, Default)]
pub struct PartyBook {
    parties: Vec<Party>,
    by_key: HashMap<String, Vec<usize>>,
}

impl PartyBook {
    /// A book of these parties, in this order.
    pub fn new(parties: impl IntoIterator<Item = Party>) -> Self {
        let mut book = Self::default();
        for party in parties {
            book.add(party);
        }
        book
    }

    /// Adds a party; returns its place. One of the same main name gains the aliases instead.
    pub fn add(&mut self, party: Party) -> usize {
        let Party { name, kind, side, aliases } = party;
        let at = self.by_main_name(&name).unwrap_or(self.parties.len());
        self.bear(at, &name);
        if at == self.parties.len() {
            self.parties.push(Party { name, kind, side, aliases: BTreeMap::new() });
        }
        for (lang, names) in aliases {
            for name in names {
                self.bear(at, &name);
                let known = self.parties.get_mut(at).map(|party| party.aliases.entry(lang.clone()).or_default());
                if let Some(known) = known.filter(|known| !known.contains(&name)) {
                    known.push(name);
                }
            }
        }
        at
    }

    fn bear(&mut self, at: usize, name: &str) {
        let bearers = self.by_key.entry(key(name)).or_default();
        if !bearers.contains(&at) {
            bearers.push(at);
        }
    }

    /// Whom a name stands for. A party's main name wins over other parties' aliases.
    pub fn resolve(&self, name: &str) -> Resolution {
        match self.by_key.get(&key(name)).map(Vec::as_slice) {
            None | Some([]) => Resolution::Nobody,
            Some([one]) => Resolution::One(*one),
            Some(several) => {
                let key = key(name);
                let main: Vec<_> = several
                    .iter()
                    .copied()
                    .filter(|&at| self.get(at).is_some_and(|p| self::key(&p.name) == key))
                    .collect();
                if let [one] = main.as_slice() { Resolution::One(*one) } else { Resolution::Several(several.to_vec()) }
            }
        }
    }

    /// The one party a name stands for.
    pub fn find(&self, name: &str) -> Option<&Party> {
        match self.resolve(name) {
            Resolution::One(at) => self.get(at),
            _ => None,
        }
    }

    fn by_main_name(&self, name: &str) -> Option<usize> {
        let key = key(name);
        let bearers = self.by_key.get(&key)?;
        bearers.iter().copied().find(|&at| self.get(at).is_some_and(|party| self::key(&party.name) == key))
    }

    /// The party at a place.
    pub fn get(&self, at: usize) -> Option<&Party> {
        self.parties.get(at)
    }

    /// All parties, in the order they came.
    pub fn parties(&self) -> &[Party] {
        &self.parties
    }

    /// Known names nearest to a misspelt one, best first, at most three.
    pub fn nearest(&self, name: &str) -> Vec<&str> {
        let wanted = key(name);
        let mut near: Vec<(f64, &str)> = Vec::new();
        for (_, known) in self.parties.iter().flat_map(Party::names) {
            let likeness = rapidfuzz::distance::jaro_winkler::similarity(wanted.chars(), key(known).chars());
            if likeness >= 0.8 && !near.iter().any(|(_, name)| *name == known) {
                near.push((likeness, known));
            }
        }
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        near.into_iter().take(3).map(|(_, name)| name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> PartyBook {
        let mut a = Party::new("Armenia", PartyKind::State);
        a.aliases.insert("en".into(), vec!["Yerevan".into(), "the separatists".into()]);
        let mut b = Party::new("Nagorno-Karabakh", PartyKind::NonState);
        b.aliases.insert("en".into(), vec!["the separatists".into()]);
        PartyBook::new([a, b])
    }

    #[test]
    fn a_name_of_several_stands_for_none() {
        assert_eq!(book().resolve("YEREVAN"), Resolution::One(0));
        assert_eq!(book().resolve("the separatists"), Resolution::Several(vec![0, 1]));
        assert_eq!(book().resolve("Baku"), Resolution::Nobody);
    }

    #[test]
    fn a_misspelt_name_finds_its_neighbours() {
        assert_eq!(book().nearest("Armenja"), ["Armenia"]);
    }

    #[test]
    fn names_that_could_deceive_are_refused() {
        assert_eq!(sound_name("\u{202e}ainemrA"), Err(BadName::Hostile));
        assert_eq!(sound_name("  Armenia "), Ok("Armenia"));
        assert_eq!(sound_name("-"), Err(BadName::Dash));
    }
}
