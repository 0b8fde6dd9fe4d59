//! One text: at each word the longest mention, a name alone or joined with a noun that makes an army or a ministry of it.

use super::dictionary::{Bent, Dictionary, Hit, Meaning, Rank, Root};
use super::joining::DEPTH;
use super::joints::{Forms, Joints, MAKES};
use super::words::{Word, known_words};
use super::{Bearer, NameForm, NameSpan};

/// How a mention is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Made {
    /// A name alone.
    Alone,
    /// Name, then noun: "Armenian forces".
    NameFirst,
    /// Noun, then name: "forces arméniennes".
    NounFirst,
    /// No party: a longer name that holds one's name.
    Blocked,
}

/// A mention in the making.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mention {
    /// The first known word after it.
    pub(super) end: usize,
    pub(super) party: Option<u32>,
    pub(super) form: NameForm,
    pub(super) made: Made,
}

/// What a name found at some words stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named {
    pub(super) end: usize,
    pub(super) party: Option<u32>,
    pub(super) forms: Forms,
    pub(super) rank: Rank,
    pub(super) weak: bool,
    pub(super) bent: Bent,
    pub(super) dotted: bool,
}

/// A text that is being read.
pub(super) struct Reading<'t> {
    pub(super) dictionary: &'t Dictionary,
    pub(super) joints: &'t Joints,
    pub(super) text: &'t str,
    pub(super) words: Vec<Word>,
}

impl<'t> Reading<'t> {
    pub(super) fn new(dictionary: &'t Dictionary, joints: &'t Joints, text: &'t str) -> Self {
        Self { dictionary, joints, text, words: known_words(text, &dictionary.words) }
    }

    /// Every mention, leftmost and longest, none overlapping.
    pub(super) fn mentions(&self) -> Vec<NameSpan> {
        let mut found: Vec<(NameSpan, Made)> = Vec::new();
        let mut at = 0;
        while at < self.words.len() {
            let last = found.last().map_or(0, |(mention, _)| mention.span.hi);
            let Some(mention) = self.mention(at, last) else {
                at += 1;
                continue;
            };
            if let Some(span) = self.span(at, mention).filter(|_| mention.made != Made::Blocked) {
                found.push((NameSpan { span, party: mention.party.map(Bearer), form: mention.form }, mention.made));
            }
            at = mention.end.max(at + 1);
        }
        self.share_nouns(&mut found);
        found.into_iter().map(|(mention, _)| mention).collect()
    }

    /// The longest mention that begins at a word. `last` is where the mention before ends.
    fn mention(&self, at: usize, last: usize) -> Option<Mention> {
        let hits = self.dictionary.hits(Root::Begins, self.text, &self.words, at);
        if hits.is_empty() {
            return None;
        }
        let attached = self.attached_left(at, last);
        let alone = self.named(&hits).last().and_then(|named| self.alone(at, named, attached));
        let joined = if attached { None } else { self.joined(at, &hits, DEPTH) };
        let longer = |a: Option<Mention>, b: Option<Mention>| match (a, b) {
            (Some(a), Some(b)) => Some(if b.end > a.end { b } else { a }),
            (a, b) => a.or(b),
        };
        match (longer(self.blocked(&hits), joined), alone) {
            // A registered name that is also put together: the party is the registered one, the form is known.
            (Some(joined), Some(alone)) if alone.end == joined.end && joined.made != Made::Blocked => {
                let form = if alone.form == NameForm::Alias { joined.form } else { alone.form };
                Some(Mention { party: alone.party, form, ..joined })
            }
            (joined, alone) => longer(joined, alone),
        }
    }

    fn blocked(&self, hits: &[Hit]) -> Option<Mention> {
        let blocks = |hit: &&Hit| self.dictionary.meanings(**hit).any(|meaning| meaning == Meaning::Block);
        let block = hits.iter().filter(blocks).max_by_key(|hit| hit.end)?;
        Some(Mention { end: block.end, party: None, form: NameForm::Name, made: Made::Blocked })
    }

    /// The names among the phrases found at a word, shortest first, one for each end.
    pub(super) fn named(&self, hits: &[Hit]) -> Vec<Named> {
        let mut named: Vec<Named> = Vec::new();
        for group in hits.chunk_by(|a, b| a.end == b.end) {
            named.extend(self.one_named(group));
        }
        named
    }

    /// What the phrases of one length name: whoever bears the name in the highest rank, if it is one party, or the only
    /// one among them that is registered ("Congolese" where one Congo is).
    fn one_named(&self, hits: &[Hit]) -> Option<Named> {
        let first = hits.first()?;
        let units = || {
            hits.iter().flat_map(|hit| self.dictionary.meanings(*hit)).filter_map(|meaning| match meaning {
                Meaning::Unit(unit) => Some(unit),
                _ => None,
            })
        };
        let rank = units().map(|unit| unit.rank).max()?;
        let bearers = || units().filter(|unit| unit.rank == rank).map(|unit| unit.bearer);
        let only = |mut bearers: Box<dyn Iterator<Item = u32> + '_>| {
            let one = bearers.next()?;
            bearers.all(|other| other == one).then_some(one)
        };
        let registered = || Box::new(bearers().filter(|&bearer| bearer < self.dictionary.registered));
        let party = only(Box::new(bearers())).or_else(|| only(registered()));
        let its = || units().filter(|unit| party.is_none_or(|party| unit.bearer == party));
        Some(Named {
            end: first.end,
            party,
            forms: its().fold(Forms::default(), |forms, unit| forms.with(unit.form)),
            rank,
            weak: its().all(|unit| unit.weak),
            bent: hits.iter().map(|hit| hit.bent).max().unwrap_or(Bent::Never),
            dotted: first.dotted,
        })
    }

    /// A name without a noun.
    fn alone(&self, at: usize, named: &Named, attached: bool) -> Option<Mention> {
        let form = match named.forms.best() {
            _ if attached || self.attached_right(named.end) => NameForm::Attached,
            NameForm::Alias => self.shape(at, named.end),
            form => form,
        };
        let doubtful = named.weak && named.rank < Rank::Alias && self.within_a_longer_name(at, named.end);
        (!doubtful).then_some(Mention { end: named.end, party: named.party, form, made: Made::Alone })
    }

    /// The form of a registered name from the noun in it: "Artsakh Defence Army" are forces. The noun is the last word,
    /// or the first one of them in languages that put it first.
    fn shape(&self, at: usize, end: usize) -> NameForm {
        let noun_first = self.joints.all.iter().any(|joint| joint.bare && !joint.name_first);
        let head = |from: usize| {
            let hits = self.dictionary.hits(Root::Begins, self.text, &self.words, from);
            let within = hits.into_iter().filter(|hit| if noun_first { hit.end <= end } else { hit.end == end });
            within.rev().find_map(|hit| self.head(hit))
        };
        let form = (at..end).find_map(head);
        form.filter(|form| MAKES.contains(form)).unwrap_or(NameForm::Alias)
    }
}
