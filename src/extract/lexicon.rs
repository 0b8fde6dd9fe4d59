//! Words as data: the lexicon of a language, read from `lexicon/<lang>/*.toml`, and finding its entries in tokens.
//!
//! An entry is a set of forms of one sense, with an example and the claims the example yields; a test runs them all.
//! A form is words separated by spaces; `word*` stands for every word that begins so.
//!
//! ```toml
//! [[entry]]
//! sense = "act-verb"
//! act = "shelling"
//! forms = ["shell", "shelled", "bombard*"]
//! example = "Armenia said Azerbaijani forces shelled Martuni."
//! yields = ["Armenia alleges shelling Azerbaijan"]
//! ```

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde::Deserialize;

use super::Lang;
use super::sense::{Frame, Need, Prep, Sense};
use super::tokens::{Token, tokenise};
use crate::error::{Error, Result, quoted};
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
struct File {
    #[serde(default)]
    entry: Vec<toml::Spanned<Entry>>,
}

/// Where a word of the lexicon stands among tokens.
#[derive(Debug, Clone)]
pub(crate) struct Mark<'l> {
    /// Its tokens.
    pub(crate) at: Range<usize>,
    /// Its entry.
    pub(crate) entry: &'l Entry,
    /// Whether the form is passive by itself.
    pub(crate) passive: bool,
}

impl Mark<'_> {
    /// What it means.
    pub(crate) const fn sense(&self) -> Sense {
        self.entry.sense
    }
}

/// The words of a language.
#[derive(Debug)]
pub(crate) struct Lexicon {
    entries: Vec<Entry>,
    exact: HashMap<String, u32>,
    stems: HashMap<String, u32>,
    /// Lengths of stems in bytes, longest first.
    lengths: Vec<usize>,
    nodes: Vec<Node>,
}

/// A node of the trie of forms.
#[derive(Debug, Default)]
struct Node {
    next: HashMap<u32, usize>,
    /// Entries whose forms end here, with whether the form is passive.
    ends: Vec<(usize, bool)>,
}

macro_rules! files {
    ($lang:literal) => {
        &[
            (concat!($lang, "/speech.toml"), include_str!(concat!("lexicon/", $lang, "/speech.toml"))),
            (concat!($lang, "/acts.toml"), include_str!(concat!("lexicon/", $lang, "/acts.toml"))),
            (concat!($lang, "/weapons.toml"), include_str!(concat!("lexicon/", $lang, "/weapons.toml"))),
            (concat!($lang, "/truces.toml"), include_str!(concat!("lexicon/", $lang, "/truces.toml"))),
            (concat!($lang, "/tolls.toml"), include_str!(concat!("lexicon/", $lang, "/tolls.toml"))),
            (concat!($lang, "/times.toml"), include_str!(concat!("lexicon/", $lang, "/times.toml"))),
            (concat!($lang, "/numbers.toml"), include_str!(concat!("lexicon/", $lang, "/numbers.toml"))),
            (concat!($lang, "/words.toml"), include_str!(concat!("lexicon/", $lang, "/words.toml"))),
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

impl Lexicon {
    /// The built-in lexicon of a language, read when it is first met.
    pub(crate) fn of(lang: Lang) -> Result<&'static Self> {
        static READ: [OnceLock<Lexicon>; Lang::ALL.len()] = [const { OnceLock::new() }; Lang::ALL.len()];
        let Some(cell) = Lang::ALL.iter().position(|known| *known == lang).and_then(|at| READ.get(at)) else {
            return Err(Error::not_found(format!("no lexicon of `{lang}`")));
        };
        if let Some(lexicon) = cell.get() {
            return Ok(lexicon);
        }
        let lexicon = Self::read(files(lang))?;
        Ok(cell.get_or_init(|| lexicon))
    }

    /// The lexicon of a language with a user's own files on top, each given as path and text.
    pub(crate) fn with_own(lang: Lang, own: &[(PathBuf, String)]) -> Result<Self> {
        let own = own.iter().map(|(path, text)| (path.as_path(), text.as_str()));
        Self::of_files(files(lang).iter().map(|(name, text)| (Path::new(name), *text)).chain(own))
    }

    /// Reads lexicon files, given as name and text. An error names file, line and entry.
    pub(crate) fn read(files: &[(&str, &str)]) -> Result<Self> {
        Self::of_files(files.iter().map(|(name, text)| (Path::new(name), *text)))
    }

    fn of_files<'f>(files: impl Iterator<Item = (&'f Path, &'f str)>) -> Result<Self> {
        let mut lexicon = Self {
            entries: Vec::new(),
            exact: HashMap::new(),
            stems: HashMap::new(),
            lengths: Vec::new(),
            nodes: vec![Node::default()],
        };
        for (name, text) in files {
            let file: File = toml::from_str(text).map_err(|error| {
                let line = error.span().map_or(1, |span| line_of(text, span.start));
                Error::data(format!("lexicon: {}", error.message())).in_file(name).at_line(line).caused_by(error)
            })?;
            for entry in file.entry {
                lexicon.add(name, text, entry.into_inner())?;
            }
        }
        lexicon.lengths = lexicon.stems.keys().map(String::len).collect();
        lexicon.lengths.sort_unstable_by(|a, b| b.cmp(a));
        lexicon.lengths.dedup();
        Ok(lexicon)
    }

    fn add(&mut self, name: &Path, text: &str, entry: Entry) -> Result<()> {
        let number = self.entries.len();
        for (forms, passive) in [(&entry.forms, false), (&entry.passive, true)] {
            for form in forms {
                self.add_form(form.get_ref(), number, passive).ok_or_else(|| {
                    let at = line_of(text, form.span().start);
                    let form = quoted(form.get_ref());
                    Error::data(format!(
                        "lexicon: {form} ({}) is no form: words, or stems of 2 letters and more ending in `*`",
                        entry.sense
                    ))
                    .in_file(name)
                    .at_line(at)
                })?;
            }
        }
        self.entries.push(entry);
        Ok(())
    }

    fn add_form(&mut self, form: &str, entry: usize, passive: bool) -> Option<()> {
        let mut node = 0;
        for word in words_of(form)? {
            let id = u32::try_from(self.exact.len() + self.stems.len()).ok()?;
            let id = match word.strip_suffix('*') {
                Some(stem) if stem.len() < 2 => return None,
                Some(stem) => *self.stems.entry(stem.to_owned()).or_insert(id),
                None => *self.exact.entry(word).or_insert(id),
            };
            let fresh = self.nodes.len();
            node = *self.nodes.get_mut(node)?.next.entry(id).or_insert(fresh);
            if node == fresh {
                self.nodes.push(Node::default());
            }
        }
        let ends = &mut self.nodes.get_mut(node).filter(|_| node != 0)?.ends;
        if !ends.contains(&(entry, passive)) {
            ends.push((entry, passive));
        }
        Some(())
    }

    /// Every entry, in the order of the files.
    #[cfg(test)]
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether a word, in folded form, is shortened by the full stop after it.
    pub(crate) fn is_abbreviation(&self, norm: &str) -> bool {
        let node = self.exact.get(norm).and_then(|id| self.nodes.first()?.next.get(id));
        node.and_then(|&node| self.nodes.get(node)).is_some_and(|node| {
            node.ends.iter().any(|&(entry, _)| self.entries.get(entry).is_some_and(|e| e.sense == Sense::Abbreviation))
        })
    }

    /// Whether a word, in folded form, stands in some form of the lexicon as it is.
    pub(crate) fn knows(&self, norm: &str) -> bool {
        self.exact.contains_key(norm)
    }

    /// The lexicon's words among tokens, in order; of overlapping phrases those that lie within a longer one are left
    /// out.
    pub(crate) fn find(&self, tokens: &[Token]) -> Vec<Mark<'_>> {
        let ids: Vec<Vec<u32>> = tokens.iter().map(|token| self.ids(&token.norm)).collect();
        let mut marks = Vec::new();
        let mut covered = 0;
        for from in 0..ids.len() {
            let longest = self.walk(&ids, tokens, from, &mut marks);
            // Words inside a phrase that began before and reaches beyond them mean nothing of their own.
            // But a ceasefire named within one ("ended its ceasefire") is still the matter of the sentence.
            marks.retain(|mark: &Mark<'_>| {
                mark.at.start != from || mark.at.end > covered || mark.sense() == Sense::Truce
            });
            covered = covered.max(longest);
        }
        marks
    }

    /// The numbers of the words and stems that a token is.
    fn ids(&self, norm: &str) -> Vec<u32> {
        let mut ids: Vec<u32> = self.exact.get(norm).copied().into_iter().collect();
        let stems = self.lengths.iter().filter_map(|&len| norm.get(..len)).filter_map(|stem| self.stems.get(stem));
        ids.extend(stems);
        ids
    }

    /// Adds the longest phrase that begins at a token; returns where it ends.
    fn walk<'l>(&'l self, ids: &[Vec<u32>], tokens: &[Token], from: usize, marks: &mut Vec<Mark<'l>>) -> usize {
        let mut live = vec![0];
        let mut best: (usize, Vec<usize>) = (from, Vec::new());
        for (at, words) in ids.iter().enumerate().skip(from) {
            let mut next = Vec::new();
            for &node in &live {
                let Some(node) = self.nodes.get(node) else { continue };
                next.extend(words.iter().filter_map(|id| node.next.get(id).copied()));
            }
            // Writers set hyphens as they like: "cease-fire", "cease fire".
            let hyphen = at > from && is_hyphen(tokens, at);
            if next.is_empty() && !hyphen {
                break;
            }
            let ends: Vec<usize> = next
                .iter()
                .copied()
                .filter(|&node| self.nodes.get(node).is_some_and(|node| !node.ends.is_empty()))
                .collect();
            if !ends.is_empty() {
                best = (at + 1, ends);
            }
            if hyphen {
                next.append(&mut live);
            }
            live = next;
        }
        let (end, nodes) = best;
        let ends = nodes.iter().filter_map(|&node| self.nodes.get(node)).flat_map(|node| &node.ends);
        let mut seen = Vec::new();
        for &(number, passive) in ends {
            if let Some(entry) = self.entries.get(number).filter(|_| !seen.contains(&number)) {
                seen.push(number);
                marks.push(Mark { at: from..end, entry, passive });
            }
        }
        end
    }
}

/// Whether a hyphen within a word stands at a token.
fn is_hyphen(tokens: &[Token], at: usize) -> bool {
    let tight = |at: usize| tokens.get(at).is_some_and(|token| !token.spaced);
    tokens.get(at).is_some_and(|token| token.is("-")) && tight(at) && tight(at + 1)
}

/// The folded words of a form, stems with their star, without the hyphens within words.
fn words_of(form: &str) -> Option<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    let tokens = tokenise(form, 0);
    for (at, token) in tokens.iter().enumerate() {
        if at > 0 && is_hyphen(&tokens, at) {
            continue;
        }
        match words.last_mut() {
            Some(word) if token.is("*") && !token.spaced => word.push('*'),
            _ => words.push(token.norm.clone()),
        }
    }
    (!words.is_empty()).then_some(words)
}

fn line_of(text: &str, at: usize) -> u64 {
    let lines = text.bytes().take(at).filter(|&b| b == b'\n').count();
    u64::try_from(lines).unwrap_or(u64::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_file_line_and_entry() {
        let text = "[[entry]]\nsense = \"say\"\nforms = [\"said\",\n  \"*\"]\n";
        let error = Lexicon::read(&[("en/x.toml", text)]).unwrap_err();
        assert_eq!(error.to_string().split(" is no form").next(), Some("en/x.toml:4: lexicon: `*` (say)"));
        let error = Lexicon::read(&[("en/x.toml", "[[entry]]\nsense = \"sya\"\nforms = []\n")]).unwrap_err();
        assert!(error.to_string().starts_with("en/x.toml:2: lexicon: `sya` is no sense"), "{error}");
    }

    #[test]
    fn the_longest_phrase_wins_and_stems_match() {
        let text = "[[entry]]\nsense = \"act-noun\"\nforms = [\"fire\", \"shell*\"]\n[[entry]]\nsense = \"act-verb\"\nforms = [\"opened fire\"]\n";
        let lexicon = Lexicon::read(&[("x", text)]).unwrap();
        let found: Vec<_> = lexicon
            .find(&tokenise("They opened fire; shelling", 0))
            .iter()
            .map(|m| (m.at.clone(), m.sense()))
            .collect();
        assert_eq!(found, [(1..3, Sense::ActVerb), (4..5, Sense::ActNoun)]);
    }

    #[test]
    fn hyphens_are_set_as_writers_like() {
        let text = "[[entry]]\nsense = \"truce\"\nforms = [\"cease fire\", \"cessez-le-feu\"]\n";
        let lexicon = Lexicon::read(&[("x", text)]).unwrap();
        for (said, upto) in [("cease-fire line", 3), ("cease fire line", 2), ("cessez le feu", 3), ("cessez-le-feu", 5)]
        {
            let found: Vec<_> = lexicon.find(&tokenise(said, 0)).iter().map(|m| m.at.clone()).collect();
            assert_eq!(found, vec![Range { start: 0, end: upto }], "{said}");
        }
        assert!(lexicon.find(&tokenise("cease - fire", 0)).is_empty());
    }

    #[test]
    fn every_built_in_lexicon_reads() {
        for &lang in Lang::ALL {
            Lexicon::of(lang).unwrap();
        }
    }
}
