//! What one language does to names, read from its `names.toml`: how words bend, and which nouns make an institution,
//! an army or a side out of a name.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::NameForm;
use crate::extract::Lang;

/// The file as it stands.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Grammar {
    /// Small words left off the front of registered names.
    pub(super) articles: Vec<String>,
    /// Words between two names that share one noun: "Armenian and Azerbaijani forces".
    pub(super) and: Vec<String>,
    /// Words before which a weak name is still itself: "In Jordan".
    pub(super) openers: Vec<String>,
    /// How people's names are made of the adjective.
    pub(super) people: People,
    /// Longer names that hold a party's name and mean something else: "Washington Post".
    pub(super) blocks: Vec<String>,
    /// Which words of a name of several words bend.
    pub(super) several: Several,
    /// Sorts of words, each with its endings.
    pub(super) bend: BTreeMap<String, Vec<Bend>>,
    /// Nouns that make something of a name, by what they make.
    pub(super) heads: BTreeMap<String, Vec<String>>,
    /// What may stand between a name and the noun: "armed", "federal".
    pub(super) modifiers: Vec<String>,
    /// What may follow the noun: "of Defence", "de la Défense".
    pub(super) tails: Vec<String>,
    /// How a name and a noun are joined.
    pub(super) link: Vec<Link>,
}

/// How a language makes people's names of the adjective.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum People {
    /// It does not; they are listed.
    #[default]
    Listed,
    /// By an ending of the sort `people`: "Armenians".
    Ending,
    /// By a capital: "les Arméniens".
    Capital,
}

/// Which words of a name of several words bend, and how.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Several {
    /// The sort of words that bend along before the head: adjectives.
    pub(super) lead: Option<String>,
    /// The sort of the head: the first word that is no such adjective. What follows it stays as it is.
    pub(super) head: Option<String>,
    /// The head is the last word instead.
    pub(super) last: bool,
}

/// Endings of one sort of words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bend {
    /// The endings it is for, separated by blanks; empty: every word.
    #[serde(default)]
    on: String,
    /// The letters one of which stands before the ending; empty: any.
    #[serde(default)]
    after: String,
    /// What takes the ending's place; `0` for nothing.
    #[serde(default)]
    to: String,
    /// What is put after the whole word.
    #[serde(default)]
    add: String,
    /// Letters that must stand before the ending.
    #[serde(default)]
    least: usize,
}

/// A way of joining a name and a noun.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Link {
    /// The name stands before the noun ("Armenia's army"), else after it ("army of Armenia").
    #[serde(default)]
    pub(super) name_first: bool,
    /// The words between; an empty one for none.
    pub(super) words: Vec<String>,
    /// Which forms of a name can be joined so.
    pub(super) forms: Vec<NameForm>,
    /// Which nouns; all where none is given.
    #[serde(default)]
    pub(super) heads: Vec<NameForm>,
    /// The name must not stand in its basic form, if it has others.
    #[serde(default)]
    pub(super) oblique: bool,
}

/// How a word ends in one of its forms: so many bytes cut off, this put on.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub(super) struct Ending<'g> {
    pub(super) cut: usize,
    pub(super) put: &'g str,
}

impl Grammar {
    /// The language's grammar. A file that does not parse gives an empty one; the tests see that none does.
    pub(super) fn of(lang: Lang) -> Self {
        toml::from_str(source(lang)).unwrap_or_default()
    }

    /// The forms of a word in small letters, other than itself. The longest ending that fits decides, then the one
    /// that asks for more.
    pub(super) fn endings<'g>(&'g self, sort: &str, word: &str) -> Vec<Ending<'g>> {
        let bends = self.bend.get(sort).map(Vec::as_slice).unwrap_or_default();
        let fitting = bends.iter().filter_map(|bend| Some((bend.fits(word)?, bend)));
        let closest = fitting.max_by_key(|(ending, bend)| (ending.len(), !bend.after.is_empty(), bend.least));
        let Some((ending, bend)) = closest else { return Vec::new() };
        let swapped = bend.to.split_whitespace().map(|put| if put == "0" { "" } else { put });
        let swapped = swapped.filter(move |put| *put != ending).map(|put| Ending { cut: ending.len(), put });
        swapped.chain(bend.add.split_whitespace().map(|put| Ending { cut: 0, put })).collect()
    }

    /// Whether a word has endings of this sort.
    pub(super) fn is(&self, sort: &str, word: &str) -> bool {
        self.bend.get(sort).is_some_and(|bends| bends.iter().any(|bend| bend.fits(word).is_some()))
    }
}

impl Bend {
    /// The longest of its endings that the word has.
    fn fits(&self, word: &str) -> Option<&str> {
        if self.on.is_empty() {
            return Some("");
        }
        let fits = |ending: &&str| {
            word.strip_suffix(ending).is_some_and(|stem| {
                let after = self.after.is_empty() || stem.chars().next_back().is_some_and(|c| self.after.contains(c));
                after && stem.chars().count() >= self.least.max(1)
            })
        };
        self.on.split_whitespace().filter(fits).max_by_key(|ending| ending.len())
    }
}

/// All that a pattern with alternatives stands for: `(foreign |)ministry` is "foreign ministry" and "ministry".
/// Brackets may stand in brackets.
pub(super) fn spelt_out(pattern: &str) -> Vec<String> {
    let Some((before, choices, after)) = bracketed(pattern) else { return vec![pattern.to_owned()] };
    let rests = spelt_out(after);
    let choices = choices.into_iter().flat_map(spelt_out);
    choices.flat_map(|choice| rests.iter().map(move |rest| format!("{before}{choice}{rest}"))).collect()
}

/// What stands before the first bracket, the choices in it, and what stands after.
fn bracketed(pattern: &str) -> Option<(&str, Vec<&str>, &str)> {
    let (before, rest) = pattern.split_once('(')?;
    let (mut depth, mut from, mut choices) = (0_usize, 0, Vec::new());
    for (at, c) in rest.char_indices() {
        match c {
            '(' => depth += 1,
            '|' if depth == 0 => choices.push(rest.get(std::mem::replace(&mut from, at + 1)..at)?),
            ')' if depth == 0 => {
                choices.push(rest.get(from..at)?);
                return Some((before, choices, rest.get(at + 1..)?));
            }
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

const fn source(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => include_str!("../lexicon/fr/names.toml"),
        Lang::Ru => include_str!("../lexicon/ru/names.toml"),
        _ => include_str!("../lexicon/en/names.toml"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_grammar_parses() {
        for lang in Lang::ALL {
            let parsed: Result<Grammar, _> = toml::from_str(source(*lang));
            parsed.unwrap_or_else(|error| panic!("{lang}: {error}"));
        }
    }

    #[test]
    fn the_longest_ending_decides() {
        let ru = Grammar::of(Lang::Ru);
        let forms = |sort, word: &str| -> Vec<String> {
            let bent = |e: Ending<'_>| format!("{}{}", &word[..word.len() - e.cut], e.put);
            ru.endings(sort, word).into_iter().map(bent).collect()
        };
        assert_eq!(forms("name", "армения"), ["армении", "армению", "арменией"]);
        assert!(forms("adjective", "азербайджанский").contains(&"азербайджанской".to_owned()));
    }

    #[test]
    fn alternatives_are_spelt_out() {
        assert_eq!(spelt_out("(a|b) c(d|)"), ["a cd", "a c", "b cd", "b c"]);
        assert_eq!(spelt_out("(defen(c|s)e |)x"), ["defence x", "defense x", "x"]);
    }
}
