//! Every name, noun and joint of a language as a tree of words, each word with all its forms.
//!
//! A word that bends is one class: all its forms lead to the class, and the tree's branches are classes. So a name of
//! three words with twelve forms each costs thirty-six entries, not the product. `phrases` plants the tree.

use super::NameForm;
use super::fold::ByNumber;
use super::words::{Case, Gap, Word};

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
    /// The first use of each form of a word, by its number.
    pub(super) words: ByNumber<u64, u32>,
    uses: Vec<Use>,
    wanted: Vec<Case>,
    edges: ByNumber<(u32, u32, u8), u32>,
    nodes: Vec<u32>,
    meanings: Vec<(Meaning, u32)>,
    /// Bearers below this number are registered.
    pub(super) registered: u32,
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
    /// An empty one, with room for so many phrases.
    pub(super) fn with_room(phrases: usize) -> Self {
        let mut edges = ByNumber::default();
        edges.reserve(2 * phrases);
        Self {
            words: ByNumber::default(),
            uses: Vec::new(),
            wanted: Vec::new(),
            edges,
            nodes: vec![NONE; 2],
            meanings: Vec::new(),
            registered: 0,
        }
    }

    /// A new class of words that ask for this case.
    pub(super) fn new_class(&mut self, wanted: Case) -> u32 {
        self.wanted.push(wanted);
        index(self.wanted.len() - 1)
    }

    /// Lets a form of a word lead to its class.
    pub(super) fn learn(&mut self, form: u64, class: u32, bent: Bent) {
        let here = index(self.uses.len());
        let first = self.words.entry(form).or_insert(NONE);
        // Forms of one class are learnt one after the other, so a repeated one is the latest of its word.
        if self.uses.get(*first as usize).is_none_or(|latest| latest.class != class) {
            self.uses.push(Use { class, bent, next: std::mem::replace(first, here) });
        }
    }

    /// The node that a word of this class leads to from another.
    pub(super) fn branch(&mut self, node: u32, class: u32, gap: Gap) -> u32 {
        let fresh = index(self.nodes.len());
        let next = *self.edges.entry((node, class, gap.stored() as u8)).or_insert(fresh);
        if next == fresh {
            self.nodes.push(NONE);
        }
        next
    }

    /// Gives the phrase that ends at a node a meaning.
    pub(super) fn mean(&mut self, node: u32, meaning: Meaning) {
        let here = index(self.meanings.len());
        if let Some(first) = self.nodes.get_mut(node as usize) {
            self.meanings.push((meaning, std::mem::replace(first, here)));
        }
    }

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

/// The place in a table as it is kept. Tables of four thousand million names cannot be held anyway.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NONE)
}
