//! What one language does to names, read from its `names.toml`: how words bend, and which nouns make an institution,
//! an army or a side out of a name.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;

use super::NameForm;
use super::bending::{Bend, Bends};
use crate::extract::Lang;

/// The file as it stands.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Grammar {
    /// Small words left off the front of registered names.
    pub(super) articles: Vec<String>,
    /// Words of a letter or two written onto the first word of a name.
    pub(super) clitics: Vec<String>,
    /// How a clitic and a word meet: this is written as that.
    pub(super) join: Option<(String, String)>,
    /// How a noun with the article begins.
    pub(super) definite: Vec<String>,
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
    /// Sorts of words, each with its endings; moved to `bends`.
    bend: BTreeMap<String, Vec<Bend>>,
    #[serde(skip)]
    pub(super) bends: Bends,
    /// Nouns that make something of a name, by what they make.
    pub(super) heads: BTreeMap<String, Vec<String>>,
    /// Those of them that make soldiers, all that their patterns stand for.
    #[serde(skip)]
    pub(super) forces: HashSet<String>,
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
    /// The noun must stand without the article.
    #[serde(default)]
    pub(super) construct: bool,
}

impl Grammar {
    /// The language's grammar. A file that does not parse gives an empty one; the tests see that none does.
    pub(super) fn of(lang: Lang) -> Self {
        let mut grammar: Self = toml::from_str(source(lang)).unwrap_or_default();
        grammar.bends = Bends::new(std::mem::take(&mut grammar.bend));
        let forces = grammar.heads.get("forces").into_iter().flatten();
        grammar.forces = forces.flat_map(|noun| spelt_out(noun)).collect();
        grammar
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
        Lang::Es => include_str!("../lexicon/es/names.toml"),
        Lang::De => include_str!("../lexicon/de/names.toml"),
        Lang::It => include_str!("../lexicon/it/names.toml"),
        Lang::Uk => include_str!("../lexicon/uk/names.toml"),
        Lang::Ar => include_str!("../lexicon/ar/names.toml"),
        Lang::Tr => include_str!("../lexicon/tr/names.toml"),
        Lang::En => include_str!("../lexicon/en/names.toml"),
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
        let forms = |sort: &str, word: &str| -> Vec<String> {
            let forms = ru.bends.forms(ru.bends.sort(sort).unwrap(), word).iter();
            forms.map(|form| format!("{}{}", &word[..word.len() - form.cut], form.put)).collect()
        };
        assert_eq!(forms("name", "армения"), ["армении", "армению", "арменией"]);
        assert_eq!(forms("name", "москва"), ["москвы", "москве", "москву", "москвой", "москвою"]);
        assert_eq!(forms("name", "анкара").len(), 5);
        assert_eq!(forms("name", "гаага"), ["гааги", "гааге", "гаагу", "гаагой", "гаагей"]);
        assert!(forms("adjective", "азербайджанский").contains(&"азербайджанской".to_owned()));
        assert_eq!(forms("name", "баку"), [""; 0]);
    }

    #[test]
    fn alternatives_are_spelt_out() {
        assert_eq!(spelt_out("(a|b) c(d|)"), ["a cd", "a c", "b cd", "b c"]);
        assert_eq!(spelt_out("(defen(c|s)e |)x"), ["defence x", "defense x", "x"]);
    }
}
