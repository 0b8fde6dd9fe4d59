//! Words as data: the lexicon of a language, read from `lexicon/<lang>/*.toml`, and finding its entries in tokens.
//!
//! An entry is a set of forms of one sense, with an example and the claims the example yields; a test runs them all.
//! A form is words separated by spaces; `word*` stands for every word that begins so, `*word` for every word that ends
//! so, as compounds do. A Turkish `köy~` is a noun in all its cases, `ateş aç-` a verb in all its forms. `warf … vor` is a verb whose other part closes the clause: the mark stands on what comes before
//! the dots.
//!
//! ```toml
//! [[entry]]
//! sense = "act-verb"
//! act = "shelling"
//! forms = ["shell", "shelled", "bombard*"]
//! example = "Armenia said Azerbaijani forces shelled Martuni."
//! yields = ["Armenia alleges shelling Azerbaijan"]
//! ```

mod beginnings;
mod entry;
mod inflected;

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use beginnings::Beginnings;
use entry::File;
pub(crate) use entry::{Entry, files};
use inflected::Inflected;

use super::Lang;
use super::sense::Sense;
use super::spelling;
use super::tokens::{Kind, Token, fold, tokenise};
use crate::error::{Error, Result, quoted};

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
    exact: Map<String, u32>,
    stems: Map<String, u32>,
    /// Ends of compounds.
    tails: Map<String, u32>,
    /// Turkish words in all their forms.
    inflected: Inflected,
    /// Lengths of tails in bytes, longest first.
    lengths: Vec<usize>,
    /// The stems in order, to be found as beginnings of words.
    beginnings: Beginnings,
    /// Words with accents by their form without.
    accented: Map<String, String>,
    nodes: Vec<Node>,
    clitics: Clitics,
}

/// What a language writes onto words, folded.
#[derive(Debug, Default)]
pub(crate) struct Clitics {
    /// Words written onto the next, "and" first.
    pub(crate) before: Vec<String>,
    /// Pronouns written onto the word before.
    pub(crate) after: Vec<String>,
    /// Articles written onto nouns.
    pub(crate) articles: Vec<String>,
    /// Endings of case.
    endings: Vec<String>,
}

/// A table that is asked for every word of every text: no need to withstand chosen keys, the forms are ours.
type Map<K, V> = HashMap<K, V, foldhash::fast::FixedState>;

/// A node of the trie of forms.
#[derive(Debug, Default)]
struct Node {
    next: Map<u32, usize>,
    ends: Vec<End>,
}

/// The numbers of the words that each token of a sentence is.
#[derive(Debug, Default)]
struct Ids {
    all: Vec<u32>,
    /// Where those of each token end.
    ends: Vec<usize>,
}

impl Ids {
    fn of(&self, token: usize) -> &[u32] {
        let start = token.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(token).copied().unwrap_or(start);
        self.all.get(start..end).unwrap_or_default()
    }
}

/// A form that ends at a node.
#[derive(Debug, PartialEq, Eq)]
struct End {
    entry: usize,
    passive: bool,
    /// The words that must close the clause; none of a form that stands together.
    apart: Vec<String>,
    /// Whether it is told by the end of a compound, so that a form that tells the whole word is closer.
    tail: bool,
}

/// How far from the rest of its form the word may stand that closes the clause.
const APART: usize = 40;

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
            exact: Map::default(),
            stems: Map::default(),
            tails: Map::default(),
            inflected: Inflected::default(),
            lengths: Vec::new(),
            beginnings: Beginnings::default(),
            accented: Map::default(),
            nodes: vec![Node::default()],
            clitics: Clitics::default(),
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
        lexicon.beginnings = Beginnings::of(&lexicon.stems);
        lexicon.lengths = lexicon.tails.keys().map(String::len).collect();
        lexicon.lengths.sort_unstable_by(|a, b| b.cmp(a));
        lexicon.lengths.dedup();
        let mut words: Vec<&String> = lexicon.exact.keys().collect();
        words.sort_unstable();
        lexicon.accented = words.into_iter().filter_map(|word| Some((spelling::bare(word)?, word.clone()))).collect();
        Ok(lexicon)
    }

    /// The word that is spelt so where its accents are left off.
    pub(crate) fn accented(&self, norm: &str) -> Option<&str> {
        self.accented.get(norm).map(String::as_str)
    }

    fn add(&mut self, name: &Path, text: &str, entry: Entry) -> Result<()> {
        let number = self.entries.len();
        for (forms, passive) in [(&entry.forms, false), (&entry.passive, true)] {
            for form in forms {
                self.add_form(form.get_ref(), number, passive, is_saying(entry.sense)).ok_or_else(|| {
                    let at = line_of(text, form.span().start);
                    let form = quoted(form.get_ref());
                    Error::data(format!(
                        "lexicon: {form} ({}) is no form: words, stems of 2 letters and more ending in `*`, `~` or `-`, or tails beginning with `*`",
                        entry.sense
                    ))
                    .in_file(name)
                    .at_line(at)
                })?;
            }
        }
        let clitics = match entry.sense {
            Sense::Proclitic => Some(&mut self.clitics.before),
            Sense::Enclitic => Some(&mut self.clitics.after),
            Sense::JoinedArticle => Some(&mut self.clitics.articles),
            Sense::CaseEnding => Some(&mut self.clitics.endings),
            _ => None,
        };
        if let Some(clitics) = clitics {
            clitics.extend(entry.forms.iter().map(|form| fold(form.get_ref())));
        }
        self.entries.push(entry);
        Ok(())
    }

    /// What the language writes onto words.
    pub(crate) const fn clitics(&self) -> &Clitics {
        &self.clitics
    }

    /// Whether a word, in folded form, is one of the lexicon's, an article or ending of case apart.
    pub(crate) fn has_word(&self, norm: &str) -> bool {
        let mut ids = Vec::new();
        self.ids(norm, &mut ids);
        !ids.is_empty()
    }

    fn add_form(&mut self, form: &str, entry: usize, passive: bool, saying: bool) -> Option<()> {
        let (form, apart) = form.split_once('…').map_or((form, None), |(form, apart)| (form, Some(apart)));
        let apart = apart.map_or(Some(Vec::new()), words_of)?;
        let mut node = 0;
        let mut tail = false;
        for word in words_of(form)? {
            tail |= word.starts_with('*');
            let id = self.word(word, saying)?;
            let fresh = self.nodes.len();
            node = *self.nodes.get_mut(node)?.next.entry(id).or_insert(fresh);
            if node == fresh {
                self.nodes.push(Node::default());
            }
        }
        let ends = &mut self.nodes.get_mut(node).filter(|_| node != 0)?.ends;
        let end = End { entry, passive, apart, tail };
        if !ends.contains(&end) {
            ends.push(end);
        }
        Some(())
    }

    /// The number of a word of a form, as it stands there with its mark; `None` where it is no such word.
    fn word(&mut self, word: String, saying: bool) -> Option<u32> {
        let known = self.exact.len() + self.stems.len() + self.tails.len() + self.inflected.len();
        let id = u32::try_from(known).ok()?;
        Some(match (word.strip_suffix('*'), word.strip_prefix('*')) {
            (Some(part), _) | (_, Some(part)) if part.len() < 2 || part.contains('*') => return None,
            (Some(stem), _) => *self.stems.entry(stem.to_owned()).or_insert(id),
            (_, Some(tail)) => *self.tails.entry(tail.to_owned()).or_insert(id),
            (None, None) if word.len() > 1 && word.ends_with(['~', '-']) => self.inflected.add(&word, saying, id)?,
            (None, None) => *self.exact.entry(word).or_insert(id),
        })
    }

    /// Every entry, in the order of the files.
    #[cfg(test)]
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether a word, in folded form, is shortened by the full stop after it.
    pub(crate) fn is_abbreviation(&self, norm: &str) -> bool {
        self.means(norm, &[Sense::Abbreviation])
    }

    /// Whether a word by itself, in folded form, has one of these senses.
    pub(crate) fn means(&self, norm: &str, senses: &[Sense]) -> bool {
        let means = |end: &End| self.entries.get(end.entry).is_some_and(|entry| senses.contains(&entry.sense));
        self.ends(norm).iter().any(means)
    }

    /// The entries of which a word is a form by itself.
    fn ends(&self, norm: &str) -> &[End] {
        let node = self.exact.get(norm).and_then(|id| self.nodes.first()?.next.get(id));
        node.and_then(|&node| self.nodes.get(node)).map_or(&[], |node| &node.ends)
    }

    /// Whether a word, in folded form, stands in some form of the lexicon as it is.
    pub(crate) fn knows(&self, norm: &str) -> bool {
        self.exact.contains_key(norm)
    }

    /// The lexicon's words among tokens, in order; of overlapping phrases those that lie within a longer one are left
    /// out.
    pub(crate) fn find(&self, tokens: &[Token]) -> Vec<Mark<'_>> {
        let mut ids = Ids::default();
        for token in tokens {
            self.ids(&token.norm, &mut ids.all);
            ids.ends.push(ids.all.len());
        }
        let mut marks: Vec<Mark<'_>> = Vec::new();
        let mut covered = 0;
        for from in 0..tokens.len() {
            let first = marks.len();
            let longest = self.walk(&ids, tokens, from, &mut marks);
            if longest <= covered {
                // Words inside a phrase that began before and reaches beyond them mean nothing of their own. But a
                // ceasefire named within one ("ended its ceasefire") is still the matter of the sentence.
                let truces: Vec<Mark<'_>> = marks.drain(first..).filter(|mark| mark.sense() == Sense::Truce).collect();
                marks.extend(truces);
            }
            covered = covered.max(longest);
        }
        marks
    }

    /// Adds the numbers of the words, stems and tails that a token is.
    fn ids(&self, norm: &str, ids: &mut Vec<u32>) {
        ids.extend(self.exact.get(norm));
        self.beginnings.find(norm, ids);
        let tail = |&len: &usize| norm.len().checked_sub(len).and_then(|from| norm.get(from..));
        ids.extend(self.lengths.iter().filter_map(tail).filter_map(|tail| self.tails.get(tail)));
        ids.extend(self.inflected.ids(norm));
        let written_on = !(self.clitics.articles.is_empty() && self.clitics.endings.is_empty());
        if written_on && self.ends(norm).is_empty() {
            ids.extend(self.bare(norm).filter_map(|bare| self.exact.get(bare)));
        }
    }

    /// A word without its article, its ending of case, or both; never less than three letters.
    fn bare<'w>(&self, norm: &'w str) -> impl Iterator<Item = &'w str> {
        let article = self.clitics.articles.iter().find_map(|article| norm.strip_prefix(article.as_str()));
        let without = |word: &'w str| self.clitics.endings.iter().find_map(|ending| word.strip_suffix(ending.as_str()));
        let words = [article, without(norm), article.and_then(without)];
        words.into_iter().flatten().filter(|word| word.chars().nth(2).is_some())
    }

    /// Whether the other part of a form that stands apart closes the clause that goes on at a token: before a sign, a
    /// conjunction or the end. Clauses set between commas may stand before it.
    fn closes(&self, apart: &[String], tokens: &[Token], from: usize) -> bool {
        let mut between_commas = false;
        for at in from..tokens.len().min(from + APART) {
            let Some(token) = tokens.get(at) else { break };
            if matches!(token.norm.as_str(), "." | "!" | "?" | ";") {
                break;
            }
            let here = tokens.get(at..at + apart.len()).unwrap_or_default();
            let said = here.len() == apart.len() && here.iter().zip(apart).all(|(token, word)| token.is(word));
            let closed = tokens.get(at + apart.len()).is_none_or(|next| {
                next.kind == Kind::Sign || self.means(&next.norm, &[Sense::And, Sense::But, Sense::Clause])
            });
            if said && closed && !between_commas {
                return true;
            }
            between_commas ^= token.is(",");
        }
        false
    }

    /// Adds the longest phrase that begins at a token; returns where it ends.
    fn walk<'l>(&'l self, ids: &Ids, tokens: &[Token], from: usize, marks: &mut Vec<Mark<'l>>) -> usize {
        let follow = |node: usize, at: usize| {
            let next = self.nodes.get(node).map(|node| &node.next);
            ids.of(at).iter().filter_map(move |id| next?.get(id).copied())
        };
        let mut reached: Vec<usize> = follow(0, from).collect();
        if reached.is_empty() {
            return from;
        }
        let holds = |end: &End, at: usize| end.apart.is_empty() || self.closes(&end.apart, tokens, at);
        let ends_at = |node: usize, at: usize| {
            self.nodes.get(node).is_some_and(|node| node.ends.iter().any(|end| holds(end, at)))
        };
        let mut before_hyphen = Vec::new();
        let mut best: (usize, Vec<usize>) = (from, Vec::new());
        for at in from + 1..=tokens.len() {
            let ends = || reached.iter().copied().filter(|&node| ends_at(node, at));
            if ends().next().is_some() {
                best = (at, ends().collect());
            }
            let next = reached.iter().chain(&before_hyphen).flat_map(|&node| follow(node, at)).collect();
            // Writers set hyphens as they like: "cease-fire", "cease fire".
            if is_hyphen(tokens, at) {
                before_hyphen.append(&mut reached);
            } else {
                before_hyphen.clear();
            }
            reached = next;
            if reached.is_empty() && before_hyphen.is_empty() {
                break;
            }
        }
        let (end, nodes) = best;
        let ends = nodes.iter().filter_map(|&node| self.nodes.get(node)).flat_map(|node| &node.ends);
        let mut ends: Vec<&End> = ends.filter(|form| holds(form, end)).collect();
        // "Warf … vor" is no "warf".
        if ends.iter().any(|form| !form.apart.is_empty()) {
            ends.retain(|form| !form.apart.is_empty());
        }
        let sense = |form: &End| self.entries.get(form.entry).map(|entry| entry.sense);
        let closer = |form: &End| ends.iter().any(|other| !other.tail && sense(other) == sense(form));
        let mut seen = Vec::new();
        for form in ends.iter().filter(|form| !(form.tail && closer(form))) {
            if let Some(entry) = self.entries.get(form.entry).filter(|_| !seen.contains(&form.entry)) {
                seen.push(form.entry);
                marks.push(Mark { at: from..end, entry, passive: form.passive });
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

/// The folded words of a form, stems with their mark, without the hyphens within words.
fn words_of(form: &str) -> Option<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    let tokens = tokenise(form, 0);
    for (at, token) in tokens.iter().enumerate() {
        if at > 0 && is_hyphen(&tokens, at) {
            continue;
        }
        match words.last_mut() {
            Some(word) if (is_mark(&tokens, at) || word == "*") && !token.spaced => word.push_str(&token.norm),
            _ => words.push(token.norm.clone()),
        }
    }
    (!words.is_empty()).then_some(words)
}

/// Whether words of a sense say something, so that nouns made of them are what is said.
const fn is_saying(sense: Sense) -> bool {
    matches!(
        sense,
        Sense::Say | Sense::Accuse | Sense::Deny | Sense::Admit | Sense::Witness | Sense::Demand | Sense::MutualAccuse
    )
}

/// Whether the sign at a token says which forms of the word before it are meant.
fn is_mark(tokens: &[Token], at: usize) -> bool {
    let last = tokens.get(at + 1).is_none_or(|next| next.spaced);
    tokens.get(at).is_some_and(|token| token.is("*") || (token.is("~") || token.is("-")) && last)
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
    fn compounds_match_by_their_ends_and_verbs_in_two_parts() {
        let text = "[[entry]]\nsense = \"act-noun\"\nforms = [\"*beschuss\"]\n[[entry]]\nsense = \"accuse\"\nforms = [\"warf … vor\"]\n[[entry]]\nsense = \"act-verb\"\nforms = [\"warf\"]\n";
        let lexicon = Lexicon::read(&[("x", text)]).unwrap();
        let senses = |said: &str| -> Vec<Sense> { lexicon.find(&tokenise(said, 0)).iter().map(Mark::sense).collect() };
        assert_eq!(senses("Baku warf Eriwan Artilleriebeschuss vor."), [Sense::Accuse, Sense::ActNoun]);
        assert_eq!(senses("Kiew warf Moskau, das schwieg, am Tag darauf vor, Panzer"), [Sense::Accuse]);
        assert_eq!(senses("Er warf Granaten, das ging vor, hieß es."), [Sense::ActVerb]);
        assert_eq!(senses("Er warf vor der Stadt eine Granate."), [Sense::ActVerb]);
    }

    #[test]
    fn every_built_in_lexicon_reads() {
        for &lang in Lang::ALL {
            Lexicon::of(lang).unwrap();
        }
    }
}
