//! Every name, noun and joint of a language as a tree of words, each word with all its forms.
//!
//! A word that bends is one class: all its forms lead to the class, and the tree's branches are classes. So a name of
//! three words with twelve forms each costs thirty-six entries, not the product.

use super::NameForm;
use super::fold::{ByNumber, Letters, WordHash};
use super::grammar::Grammar;
use super::words::{Case, Gap, Word, each_word};

/// What a phrase of the tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A name, or another word for a party.
    Unit(Unit),
    /// A noun that makes something of a name.
    Head(NameForm),
    /// What stands for something else, though a name is in it.
    Block,
    /// What may follow the noun.
    Tail,
    /// What may stand between name and noun.
    Modifier,
    /// A joint of name and noun, by its place in the grammar.
    Link(usize),
    /// A word between two names that share a noun.
    And,
    /// A word before which a weak name is itself.
    Opener,
}

/// A name of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) bearer: u32,
    pub(super) form: NameForm,
    pub(super) rank: Rank,
    /// Also a person's or another thing's name, and no party next to another capital.
    pub(super) weak: bool,
}

/// Whose word counts where several parties bear a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Rank {
    /// A registered alias of another language.
    Elsewhere,
    /// A built-in party's.
    BuiltIn,
    /// A registered party's alias.
    Alias,
    /// A registered party's main name.
    Main,
}

/// In which tree a phrase stands: what can begin a mention, or what only joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Root {
    Begins = 0,
    Joins = 1,
}

/// A word's form: the class it leads to, and whether it is the basic one.
#[derive(Debug, Clone, Copy)]
struct Use {
    class: u32,
    bent: Bent,
    next: u32,
}

/// What a word tells of the case a name stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bent {
    /// The word has no other forms.
    Never,
    /// It has, and this is the basic one.
    Basic,
    /// This is another one.
    Other,
}

/// No entry.
const NONE: u32 = u32::MAX;

/// The tree.
#[derive(Debug)]
pub(super) struct Dictionary {
    pub(super) words: ByNumber<u64, u32>,
    uses: Vec<Use>,
    wanted: Vec<Case>,
    edges: ByNumber<(u32, u32, u8), u32>,
    nodes: Vec<u32>,
    meanings: Vec<(Meaning, u32)>,
}

/// A phrase found in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    /// The first known word after it.
    pub(super) end: usize,
    node: u32,
    /// Whether some word of it is bent.
    pub(super) bent: Bent,
    /// Its words are joined by full stops, so one may follow without ending the sentence.
    pub(super) dotted: bool,
}

impl Dictionary {
    /// What a phrase means, the latest added first.
    pub(super) fn meanings(&self, hit: Hit) -> impl Iterator<Item = Meaning> + '_ {
        let mut next = self.nodes.get(hit.node as usize).copied().unwrap_or(NONE);
        std::iter::from_fn(move || {
            let &(meaning, after) = self.meanings.get(next as usize)?;
            next = after;
            Some(meaning)
        })
    }

    /// All phrases that begin at a word, shortest first. What stands before the word is the caller's concern.
    pub(super) fn hits(&self, root: Root, text: &str, words: &[Word], at: usize) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut front = vec![Hit { end: at, node: root as u32, bent: Bent::Never, dotted: false }];
        while let Some((word, gap)) = front.first().and_then(|hit| next_word(text, words, at, hit.end)) {
            front = front.iter().flat_map(|hit| self.step(*hit, word, gap)).collect();
            hits.extend(
                front.iter().filter(|hit| self.nodes.get(hit.node as usize).is_some_and(|&first| first != NONE)),
            );
        }
        hits
    }

    fn step(&self, hit: Hit, word: &Word, gap: Gap) -> impl Iterator<Item = Hit> + '_ {
        let case = word.case;
        let mut next = word.entry;
        let uses = std::iter::from_fn(move || {
            let &found = self.uses.get(next as usize)?;
            next = found.next;
            Some(found)
        });
        uses.filter(move |found| self.wanted.get(found.class as usize).is_some_and(|&wanted| case >= wanted))
            .filter_map(move |found| {
                let &node = self.edges.get(&(hit.node, found.class, gap as u8))?;
                let bent = hit.bent.max(found.bent);
                Some(Hit { end: hit.end + 1, node, bent, dotted: gap == Gap::Dot })
            })
    }
}

/// The word to go on with, if it follows directly on the one before, and what stands between.
fn next_word<'w>(text: &str, words: &'w [Word], at: usize, next: usize) -> Option<(&'w Word, Gap)> {
    let word = words.get(next)?;
    if next == at {
        return Some((word, Gap::Loose));
    }
    Some((word, gap_before(text, words, next)?.stored()))
}

/// What stands before a known word, if the word before it is known as well.
pub(super) fn gap_before(text: &str, words: &[Word], at: usize) -> Option<Gap> {
    let (word, before) = (words.get(at)?, words.get(at.checked_sub(1)?)?);
    (word.nth == before.nth + 1).then(|| Gap::of(text.get(before.hi..word.lo).unwrap_or_default()))
}

/// How the words of a phrase bend.
#[derive(Debug, Clone, Copy)]
pub(super) enum Bending<'a> {
    /// Not at all.
    Stiff,
    /// Names of the catalogue: the head is of this sort. A word after `=` is stiff.
    Listed(&'a str),
    /// Registered names, of which nothing is known: whatever the head could be.
    Guessed,
}

/// A dictionary in the making.
pub(super) struct Builder<'g> {
    pub(super) grammar: &'g Grammar,
    dictionary: Dictionary,
    classes: ByNumber<(u64, u64, u8), u32>,
    letters: Letters,
}

/// A word of a phrase that is being added.
struct Part<'a> {
    text: &'a str,
    gap: Gap,
    stiff: bool,
}

impl<'g> Builder<'g> {
    pub(super) fn new(grammar: &'g Grammar) -> Self {
        let dictionary = Dictionary {
            words: ByNumber::default(),
            uses: Vec::new(),
            wanted: Vec::new(),
            edges: ByNumber::default(),
            nodes: vec![NONE; 2],
            meanings: Vec::new(),
        };
        Self { grammar, dictionary, classes: ByNumber::default(), letters: Letters::get() }
    }

    pub(super) fn finish(self) -> Dictionary {
        self.dictionary
    }

    /// Adds a phrase with a meaning.
    pub(super) fn add(&mut self, root: Root, phrase: &str, bending: Bending<'_>, meaning: Meaning) {
        let parts = parts(phrase);
        let mut node = root as u32;
        let mut capital_asked = false;
        for (at, part) in parts.iter().enumerate() {
            let sorts = self.sorts(&parts, at, bending);
            let mut wanted = Case::wanted(part.text);
            // Writers agree on the first capital of a longer name, not on the others.
            if wanted == Case::Capital && std::mem::replace(&mut capital_asked, true) {
                wanted = Case::Small;
            }
            let class = self.class(part.text, sorts, wanted);
            node = self.branch(node, class, if at == 0 { Gap::Loose } else { part.gap.stored() });
        }
        if !parts.is_empty() {
            self.mean(node, meaning);
        }
    }

    fn mean(&mut self, node: u32, meaning: Meaning) {
        let here = index(self.dictionary.meanings.len());
        if let Some(first) = self.dictionary.nodes.get_mut(node as usize) {
            self.dictionary.meanings.push((meaning, std::mem::replace(first, here)));
        }
    }

    fn branch(&mut self, node: u32, class: u32, gap: Gap) -> u32 {
        let fresh = index(self.dictionary.nodes.len());
        let next = *self.dictionary.edges.entry((node, class, gap as u8)).or_insert(fresh);
        if next == fresh {
            self.dictionary.nodes.push(NONE);
        }
        next
    }

    /// The sorts by which a word of a phrase bends.
    fn sorts(&self, parts: &[Part<'_>], at: usize, bending: Bending<'_>) -> [Option<&'g str>; 2] {
        let grammar = self.grammar;
        let (Some(part), several) = (parts.get(at), &grammar.several) else { return [None; 2] };
        let head = match bending {
            Bending::Stiff => return [None; 2],
            Bending::Listed(sort) => grammar.bend.get_key_value(sort).map(|(sort, _)| sort.as_str()),
            Bending::Guessed => several.head.as_deref(),
        };
        if part.stiff || !self.bends(parts, at) {
            return [None; 2];
        }
        if is_acronym(part.text) {
            return [grammar.bend.get_key_value("acronym").map(|(sort, _)| sort.as_str()), None];
        }
        let lead = several.lead.as_deref().filter(|lead| grammar.is(lead, &small(part.text)));
        match (lead, at + 1 == parts.len(), bending) {
            (Some(lead), false, _) => [Some(lead), None],
            (Some(lead), true, Bending::Guessed) => [Some(lead), head],
            _ => [head, None],
        }
    }

    /// Whether a word stands where words bend: adjectives up to the head, and the head; or the last word.
    fn bends(&self, parts: &[Part<'_>], at: usize) -> bool {
        let several = &self.grammar.several;
        let hyphen_follows = |at: usize| parts.get(at + 1).is_some_and(|next| next.gap == Gap::Hyphen);
        if several.last || several.head.is_none() {
            return at + 1 == parts.len();
        }
        let leads = |(at, part): (usize, &Part<'_>)| {
            hyphen_follows(at) || several.lead.as_deref().is_some_and(|lead| self.grammar.is(lead, &small(part.text)))
        };
        !hyphen_follows(at) && parts.iter().enumerate().take(at).all(leads)
    }

    /// The class of a word that bends by these sorts and asks for this case.
    fn class(&mut self, word: &str, sorts: [Option<&str>; 2], wanted: Case) -> u32 {
        let word = small(word);
        let sort =
            sorts.iter().flatten().fold(WordHash::EMPTY, |hash, sort| hash.with_text(self.letters, sort).with(1));
        let number = WordHash::EMPTY.with_text(self.letters, &word).number();
        let fresh = index(self.dictionary.wanted.len());
        let class = *self.classes.entry((number, sort.number(), wanted as u8)).or_insert(fresh);
        if class == fresh {
            self.dictionary.wanted.push(wanted);
            let grammar = self.grammar;
            let endings: Vec<_> = sorts.iter().flatten().flat_map(|sort| grammar.endings(sort, &word)).collect();
            self.learn(number, class, if endings.is_empty() { Bent::Never } else { Bent::Basic });
            for ending in endings {
                let stem = word.get(..word.len().saturating_sub(ending.cut)).unwrap_or_default();
                let form = WordHash::EMPTY.with_text(self.letters, stem).with_text(self.letters, ending.put);
                self.learn(form.number(), class, Bent::Other);
            }
        }
        class
    }

    /// Lets a form of a word lead to its class.
    fn learn(&mut self, form: u64, class: u32, bent: Bent) {
        let here = index(self.dictionary.uses.len());
        let first = self.dictionary.words.entry(form).or_insert(NONE);
        // Forms of one class are learnt one after the other, so a repeated one is the latest of its word.
        if self.dictionary.uses.get(*first as usize).is_some_and(|latest| latest.class == class) {
            return;
        }
        self.dictionary.uses.push(Use { class, bent, next: *first });
        *first = here;
    }
}

/// The place in a table as it is kept. Tables of four thousand million names cannot be held anyway.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NONE)
}

fn small(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).map(|c| if c == 'ё' { 'е' } else { c }).collect()
}

fn is_acronym(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    letters.clone().nth(1).is_some() && letters.all(char::is_uppercase)
}

/// The words of a phrase, with what stands before each. `=` before a word makes it stiff.
fn parts(phrase: &str) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut after = 0;
    each_word(phrase, |lo, hi, _| {
        let between = phrase.get(after..lo).unwrap_or_default();
        let plain = between.strip_suffix('=').unwrap_or(between);
        let gap = if parts.is_empty() { Gap::Loose } else { gap_in_name(plain) };
        parts.push(Part { text: phrase.get(lo..hi).unwrap_or_default(), gap, stiff: plain.len() < between.len() });
        after = hi;
    });
    parts
}

/// As in a text, but whatever else a registered name has between its words counts as a blank.
fn gap_in_name(between: &str) -> Gap {
    match Gap::of(between) {
        Gap::Break => Gap::Loose,
        gap => gap,
    }
}
