//! Where the lexicon's words begin in a sentence, token by token: what every recogniser asks most.

use std::ops::Range;

use super::lexicon::Mark;
use super::scene::Run;
use super::sense::Sense;

const _: () = assert!(Sense::ALL.len() <= 128, "a set of senses is 128 bits");

/// A set of senses.
#[inline]
pub(crate) const fn set(senses: &[Sense]) -> u128 {
    let (mut set, mut at) = (0, 0);
    while at < senses.len() {
        #[allow(clippy::indexing_slicing, reason = "the bound stands above; iterators are not const")]
        let sense = senses[at];
        set |= 1 << sense as u32;
        at += 1;
    }
    set
}

/// For each token the words that begin there.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// The first mark that begins at this token or later; one more than there are tokens.
    first: Vec<usize>,
    /// The senses of the marks that begin at this token.
    senses: Vec<u128>,
}

impl Index {
    /// Of marks in the order in which they begin.
    pub(crate) fn of(marks: &[Mark<'_>], tokens: usize) -> Self {
        let mut index = Self { first: Vec::with_capacity(tokens + 1), senses: vec![0; tokens] };
        for (at, mark) in marks.iter().enumerate() {
            while index.first.len() <= mark.at.start {
                index.first.push(at);
            }
            if let Some(senses) = index.senses.get_mut(mark.at.start) {
                *senses |= set(&[mark.sense()]);
            }
        }
        index.first.resize(tokens + 1, marks.len());
        index
    }

    /// The places of the marks that begin within a run.
    #[inline]
    pub(crate) fn marks(&self, run: &Run) -> Range<usize> {
        let end = self.first.last().copied().unwrap_or(0);
        let at = |token: usize| self.first.get(token).copied().unwrap_or(end);
        let lo = at(run.start);
        lo..at(run.end).max(lo)
    }

    /// Whether a word of one of these senses begins within a run.
    #[inline]
    pub(crate) fn has(&self, run: &Run, senses: u128) -> bool {
        let run = run.start..run.end.min(self.senses.len());
        self.senses.get(run).unwrap_or_default().iter().any(|here| here & senses != 0)
    }
}
