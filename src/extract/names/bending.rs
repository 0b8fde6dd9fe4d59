//! How words bend: rules by ending, written in `names.toml` as `[[bend.<sort>]]`, sorted so that the closest one is
//! found at once.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

/// Endings of one sort of words, as the file has them.
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
    /// What is put before the word, in all its forms: the article where it is written onto the word.
    #[serde(default)]
    before: String,
    /// Letters that must stand before the ending.
    #[serde(default)]
    least: usize,
}

/// A form of a word: so many bytes cut off its end, this put on, and this put before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) before: String,
    pub(super) cut: usize,
    pub(super) put: String,
}

/// A sort of words, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Sort(u8);

impl Sort {
    /// A number for it, other than 0.
    pub(super) const fn number(self) -> u32 {
        self.0 as u32 + 1
    }
}

/// All sorts of a language.
#[derive(Debug, Default)]
pub(super) struct Bends(Vec<(String, Rules)>);

/// The rules of a sort by the last letter of the word, the closest first.
type Rules = HashMap<Option<char>, Vec<Rule>>;

#[derive(Debug)]
struct Rule {
    ending: String,
    after: String,
    least: usize,
    forms: Vec<Form>,
}

impl Bends {
    pub(super) fn new(sorts: BTreeMap<String, Vec<Bend>>) -> Self {
        Self(sorts.into_iter().map(|(sort, bends)| (sort, rules(&bends))).collect())
    }

    pub(super) fn sort(&self, name: &str) -> Option<Sort> {
        let at = self.0.iter().position(|(sort, _)| sort == name)?;
        u8::try_from(at).ok().map(Sort)
    }

    /// The forms of a word in small letters, other than itself. The longest ending that fits decides, then the rule
    /// that asks for more.
    pub(super) fn forms(&self, sort: Sort, word: &str) -> &[Form] {
        self.rule(sort, word).map(|rule| rule.forms.as_slice()).unwrap_or_default()
    }

    /// Whether a word has an ending of this sort.
    pub(super) fn fits(&self, sort: Sort, word: &str) -> bool {
        self.rule(sort, word).is_some()
    }

    fn rule(&self, sort: Sort, word: &str) -> Option<&Rule> {
        let (_, rules) = self.0.get(usize::from(sort.0))?;
        let last = word.chars().next_back();
        let closest = rules.get(&last).into_iter().flatten().find(|rule| rule.fits(word));
        closest.or_else(|| rules.get(&None)?.first())
    }
}

impl Rule {
    fn fits(&self, word: &str) -> bool {
        word.strip_suffix(self.ending.as_str()).is_some_and(|stem| {
            let after = self.after.is_empty() || stem.chars().next_back().is_some_and(|c| self.after.contains(c));
            after && stem.chars().count() >= self.least
        })
    }
}

fn rules(bends: &[Bend]) -> Rules {
    let mut rules = Rules::new();
    for bend in bends {
        let every = bend.on.is_empty().then_some("");
        for ending in bend.on.split_whitespace().chain(every) {
            rules.entry(ending.chars().next_back()).or_default().push(bend.rule(ending));
        }
    }
    for rules in rules.values_mut() {
        rules.sort_by_key(|rule| std::cmp::Reverse((rule.ending.len(), !rule.after.is_empty(), rule.least)));
    }
    rules
}

impl Bend {
    fn rule(&self, ending: &str) -> Rule {
        let form = |cut, put: &str| Form { before: String::new(), cut, put: put.to_owned() };
        let swapped = self.to.split_whitespace().map(|put| if put == "0" { "" } else { put });
        let swapped = swapped.filter(|put| *put != ending).map(|put| form(ending.len(), put));
        let added = self.add.split_whitespace().map(|put| form(0, put));
        let bare: Vec<Form> = swapped.chain(added).collect();
        let all = || std::iter::once(form(0, "")).chain(bare.iter().cloned());
        let before = self.before.split_whitespace();
        let before = before.flat_map(|before| all().map(move |form| Form { before: before.to_owned(), ..form }));
        let forms = bare.iter().cloned().chain(before).collect();
        Rule { ending: ending.to_owned(), after: self.after.clone(), least: self.least.max(1), forms }
    }
}
