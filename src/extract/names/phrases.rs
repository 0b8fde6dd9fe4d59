//! Planting the tree of names: which words of a phrase bend, and what they ask of a text.

use super::bending::Sort;
use super::dictionary::{Bent, Dictionary, Meaning, Root};
use super::fold::{ByNumber, Letters, WordHash};
use super::grammar::Grammar;
use super::words::{Case, Gap, each_word, is_acronym};

/// How the words of a phrase bend.
#[derive(Debug, Clone, Copy)]
pub(super) enum Bending {
    /// Not at all.
    Stiff,
    /// Names of the catalogue: the head is of this sort. A word after `=` is stiff.
    Listed(Option<Sort>),
    /// Registered names, of which nothing is known: whatever the head could be.
    Guessed,
}

/// A dictionary in the making.
pub(super) struct Builder<'g> {
    pub(super) grammar: &'g Grammar,
    dictionary: Dictionary,
    classes: ByNumber<(u64, u32, u8), u32>,
    letters: Letters,
    lead: Option<Sort>,
    head: Option<Sort>,
    acronym: Option<Sort>,
}

/// A word of a phrase that is being added.
struct Part<'a> {
    text: &'a str,
    number: u64,
    /// In small letters, where it matters how the word ends.
    small: String,
    gap: Gap,
    stiff: bool,
    /// It ends as words do that bend along before the head.
    leads: bool,
}

impl<'g> Builder<'g> {
    /// A dictionary for so many phrases.
    pub(super) fn new(grammar: &'g Grammar, phrases: usize) -> Self {
        let sort = |name: &Option<String>| name.as_deref().and_then(|name| grammar.bends.sort(name));
        Self {
            grammar,
            dictionary: Dictionary::with_room(phrases),
            classes: ByNumber::default(),
            letters: Letters::get(),
            lead: sort(&grammar.several.lead),
            head: sort(&grammar.several.head),
            acronym: grammar.bends.sort("acronym"),
        }
    }

    pub(super) fn finish(self) -> Dictionary {
        self.dictionary
    }

    /// Adds a phrase with a meaning.
    pub(super) fn add(&mut self, root: Root, phrase: &str, bending: Bending, meaning: Meaning) {
        let parts = self.parts(phrase, bending);
        let mut node = root as u32;
        let mut capital_asked = false;
        for (at, part) in parts.iter().enumerate() {
            let sorts = self.sorts(&parts, at, bending);
            let mut wanted = Case::wanted(part.text);
            // Writers agree on the first capital of a longer name, not on the others; but "La Paz" is no "la paz".
            let article = at == 1 && parts.first().is_some_and(|first| first.text.chars().count() <= 3);
            if wanted == Case::Capital && std::mem::replace(&mut capital_asked, true) && !article {
                wanted = Case::Small;
            }
            let class = self.class(part, sorts, wanted, at == 0 && root == Root::Begins);
            node = self.dictionary.branch(node, class, if at == 0 { Gap::Loose } else { part.gap });
        }
        if !parts.is_empty() {
            self.dictionary.mean(node, meaning);
        }
    }

    /// The words of a phrase, with what stands before each. `=` before a word makes it stiff.
    fn parts<'p>(&self, phrase: &'p str, bending: Bending) -> Vec<Part<'p>> {
        let mut parts: Vec<Part<'p>> = Vec::new();
        let mut after = 0;
        let bends = match bending {
            Bending::Stiff => false,
            Bending::Listed(sort) => sort.or(self.lead).is_some(),
            Bending::Guessed => self.head.or(self.lead).is_some(),
        };
        each_word(phrase, |lo, hi, hash| {
            let between = phrase.get(after..lo).unwrap_or_default();
            let text = phrase.get(lo..hi).unwrap_or_default();
            let stiff = between.contains('=');
            let small = if bends && !stiff { small(text) } else { String::new() };
            let leads = self.lead.is_some_and(|lead| self.grammar.bends.fits(lead, &small));
            let gap = Gap::of(between.trim_end_matches('='));
            parts.push(Part { text, number: hash.number(), small, gap, stiff, leads });
            after = hi;
        });
        parts
    }

    /// The sorts by which a word of a phrase bends.
    fn sorts(&self, parts: &[Part<'_>], at: usize, bending: Bending) -> [Option<Sort>; 2] {
        let Some(part) = parts.get(at) else { return [None; 2] };
        let head = match bending {
            Bending::Stiff => return [None; 2],
            Bending::Listed(sort) => sort,
            Bending::Guessed => self.head,
        };
        if part.stiff || !self.bends(parts, at) {
            return [None; 2];
        }
        if is_acronym(part.text) {
            return [self.acronym, None];
        }
        // What ends like an adjective may be a noun all the same ("група"), so it bends as both, but for a listed
        // name's last word, of which the sort is known.
        let last = at + 1 == parts.len();
        match bending {
            Bending::Listed(_) if last => [head, None],
            _ => [self.lead.filter(|_| part.leads), head],
        }
    }

    /// Whether a word stands where words bend: adjectives up to the head, and the head; or the last word.
    fn bends(&self, parts: &[Part<'_>], at: usize) -> bool {
        let several = &self.grammar.several;
        let hyphen_follows = |at: usize| parts.get(at + 1).is_some_and(|next| next.gap == Gap::Hyphen);
        if several.last || several.head.is_none() {
            return at + 1 == parts.len();
        }
        let mut before = parts.iter().enumerate().take(at);
        !hyphen_follows(at) && before.all(|(at, part)| part.leads || hyphen_follows(at))
    }

    /// The class of a word that bends by these sorts and asks for this case; `first` in a phrase that may stand in a
    /// sentence, where clitics are written onto it.
    fn class(&mut self, part: &Part<'_>, sorts: [Option<Sort>; 2], wanted: Case, first: bool) -> u32 {
        let grammar = self.grammar;
        let clitics = if first { grammar.clitics.as_slice() } else { &[] };
        let sort = sorts.iter().flatten().fold(u32::from(!clitics.is_empty()), |sum, sort| sum << 8 | sort.number());
        let key = (part.number, sort, wanted as u8);
        if let Some(&class) = self.classes.get(&key) {
            return class;
        }
        let class = self.dictionary.new_class(wanted);
        self.classes.insert(key, class);
        let mut forms = sorts.iter().flatten().flat_map(|sort| grammar.bends.forms(*sort, &part.small)).peekable();
        // An acronym may also stand unbent in any case.
        let stiff = forms.peek().is_none() || sorts.contains(&self.acronym) && self.acronym.is_some();
        self.dictionary.learn(part.number, class, if stiff { Bent::Never } else { Bent::Basic });
        self.learn_with(clitics, part.text, class, Bent::Basic);
        let mut stem = (usize::MAX, WordHash::EMPTY);
        for form in forms {
            let kept = part.small.get(..part.small.len().saturating_sub(form.cut)).unwrap_or_default();
            if stem.0 != form.cut {
                stem = (form.cut, WordHash::EMPTY.with_text(self.letters, kept));
            }
            if form.before.is_empty() {
                let number = stem.1.with_text(self.letters, &form.put).number();
                if number != part.number {
                    self.dictionary.learn(number, class, Bent::Other);
                }
            }
            if !form.before.is_empty() || !clitics.is_empty() {
                let whole = [form.before.as_str(), kept, &form.put].concat();
                let number = WordHash::EMPTY.with_text(self.letters, &whole).number();
                self.dictionary.learn(number, class, Bent::Other);
                self.learn_with(clitics, &whole, class, Bent::Other);
            }
        }
        class
    }

    /// A form with each of the clitics.
    fn learn_with(&mut self, clitics: &[String], form: &str, class: u32, bent: Bent) {
        for clitic in clitics {
            let mut whole = [clitic.as_str(), form].concat();
            if let Some((apart, joined)) = &self.grammar.join {
                let seam = clitic.chars().next_back().map_or(0, |last| clitic.len() - last.len_utf8());
                if let Some(rest) = whole.get(seam..).and_then(|end| end.strip_prefix(apart.as_str())) {
                    whole = [clitic.get(..seam).unwrap_or_default(), joined, rest].concat();
                }
            }
            let number = WordHash::EMPTY.with_text(self.letters, &whole).number();
            self.dictionary.learn(number, class, bent);
        }
    }
}

fn small(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).map(|c| if c == 'ё' { 'е' } else { c }).collect()
}
