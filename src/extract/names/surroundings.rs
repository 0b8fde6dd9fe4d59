//! What stands around the words of a mention: gaps, hyphens, full stops, brackets, other capitals.

use super::dictionary::{Meaning, Root, gap_before};
use super::reading::{Mention, Reading};
use super::words::{Gap, is_hyphen};
use crate::model::ByteSpan;

/// What closes with the last word of a name if it opens within: "CPI (Maoist)", "ЧВК «Вагнер»".
const PAIRS: [(char, char); 3] = [('(', ')'), ('«', '»'), ('“', '”')];

impl<'t> Reading<'t> {
    /// What stands before a known word; after "U.S." the full stop belongs to the name.
    pub(super) fn gap(&self, at: usize, dotted: bool) -> Gap {
        match gap_before(self.text, &self.words, at) {
            Some(Gap::Dot) if dotted => Gap::Loose,
            gap => gap.unwrap_or(Gap::Break),
        }
    }

    pub(super) fn span(&self, at: usize, mention: Mention) -> Option<ByteSpan> {
        let (first, last) = (self.words.get(at)?, self.words.get(mention.end.checked_sub(1)?)?);
        let dotted = mention.end > at + 1 && self.dotted(mention.end);
        let hi = last.hi + usize::from(dotted);
        let closing = self.text.get(hi..).and_then(|after| after.chars().next());
        let opening = PAIRS.iter().find(|(_, close)| Some(*close) == closing).map(|(open, _)| *open);
        let within = self.text.get(first.lo..hi).unwrap_or_default();
        let open = opening.is_some_and(|open| within.contains(open));
        Some(ByteSpan { lo: first.lo, hi: hi + closing.filter(|_| open).map_or(0, char::len_utf8) })
    }

    /// Whether a name ends in the full stop of its last letter: "U.S.".
    fn dotted(&self, end: usize) -> bool {
        let inner = end.checked_sub(1).and_then(|last| gap_before(self.text, &self.words, last));
        inner == Some(Gap::Dot) && self.text_after(end).starts_with('.')
    }

    /// The text after the known word before this one.
    fn text_after(&self, end: usize) -> &'t str {
        let last = end.checked_sub(1).and_then(|last| self.words.get(last));
        last.and_then(|word| self.text.get(word.hi..)).unwrap_or_default()
    }

    /// Whether a hyphen ties a word to one before that is no part of a mention: "pro-Russian".
    pub(super) fn attached_left(&self, at: usize, last: usize) -> bool {
        let before = self.words.get(at).and_then(|word| self.text.get(..word.lo)).unwrap_or_default();
        let mut back = before.chars().rev();
        let hyphen = back.next().filter(|c| is_hyphen(*c));
        hyphen.is_some_and(|c| back.next().is_some_and(char::is_alphanumeric) && before.len() != last + c.len_utf8())
    }

    /// Whether a hyphen ties a name to a word after it that begins no name: "Russian-backed".
    pub(super) fn attached_right(&self, end: usize) -> bool {
        let after = self.text_after(end);
        let mut forth = if self.dotted(end) { after.strip_prefix('.').unwrap_or(after) } else { after }.chars();
        if !forth.next().is_some_and(is_hyphen) || !forth.next().is_some_and(char::is_alphanumeric) {
            return false;
        }
        let follows = self.gap(end, false) == Gap::Hyphen;
        let hits = || self.dictionary.hits(Root::Begins, self.text, &self.words, end);
        !follows || self.named(&hits()).is_empty()
    }

    /// Whether capitals stand beside it: "Michael Jordan", not "In Jordan".
    pub(super) fn within_a_longer_name(&self, at: usize, end: usize) -> bool {
        let (Some(first), Some(last)) = (self.words.get(at), end.checked_sub(1).and_then(|last| self.words.get(last)))
        else {
            return false;
        };
        let is_opener = |at: usize| self.joining(at).contains(&(Meaning::Opener, at + 1));
        let opened = at > 0 && gap_before(self.text, &self.words, at).is_some() && is_opener(at - 1);
        let before = self.text.get(first.after..first.lo).unwrap_or_default();
        let word_before =
            self.text.get(..first.after).and_then(|text| text.rsplit(|c: char| !c.is_alphanumeric()).next());
        let after = self.text.get(last.hi..).unwrap_or_default();
        let word_after = after.strip_prefix(' ').unwrap_or_default();
        let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
        (!opened && Gap::of(before) == Gap::Loose && word_before.is_some_and(capital)) || capital(word_after)
    }
}
