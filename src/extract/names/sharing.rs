//! Two names that share a noun: "Armenian and Azerbaijani forces", "les armées arménienne et azerbaïdjanaise".

use super::dictionary::Meaning;
use super::reading::{Made, Reading};
use super::{NameForm, NameSpan};

impl Reading<'_> {
    /// Gives the adjective without a noun the form that its neighbour has from its noun.
    pub(super) fn share_nouns(&self, found: &mut [(NameSpan, Made)]) {
        for at in (1..found.len()).rev() {
            self.share(found, at - 1, at, Made::NameFirst, at - 1);
        }
        for at in 1..found.len() {
            self.share(found, at - 1, at, Made::NounFirst, at);
        }
    }

    /// Gives the adjective at `bare`, one of two neighbours, the form of the other, if that is `made` with a noun.
    fn share(&self, found: &mut [(NameSpan, Made)], left: usize, right: usize, made: Made, bare: usize) {
        let joined = if bare == left { right } else { left };
        let (Some(&(from, how)), Some(&(to, alone))) = (found.get(joined), found.get(bare)) else { return };
        if how != made || alone != Made::Alone || to.form != NameForm::Adjective {
            return;
        }
        let (Some((before, _)), Some((after, _))) = (found.get(left), found.get(right)) else { return };
        let between = self.text.get(before.span.hi..after.span.lo).unwrap_or_default();
        if !self.joins_two(before.span.hi, after.span.lo, between) {
            return;
        }
        if let Some((mention, how)) = found.get_mut(bare) {
            mention.form = from.form;
            *how = made;
        }
    }

    /// Whether only "and" or a comma stands between two mentions.
    fn joins_two(&self, lo: usize, hi: usize, between: &str) -> bool {
        if between.trim() == "," {
            return true;
        }
        let at = self.words.partition_point(|word| word.lo < lo);
        let and = self.joining(at).into_iter().find(|(meaning, _)| *meaning == Meaning::And);
        let Some((_, end)) = and else { return false };
        let last = end.checked_sub(1).and_then(|last| self.words.get(last));
        let rest = last.and_then(|word| self.text.get(word.hi..hi));
        let first = self.words.get(at).and_then(|word| self.text.get(lo..word.lo));
        rest.is_some_and(|rest| rest.trim().is_empty())
            && first.is_some_and(|first| first.trim_matches([' ', ',']).is_empty())
    }
}
