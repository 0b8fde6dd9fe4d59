//! Names joined with nouns: "Armenia's defence ministry", "ВС Армении", "ministère azerbaïdjanais de la Défense".

use super::NameForm;
use super::dictionary::{Bent, Hit, Meaning, Root};
use super::joints::{Asks, Joint, MAKES, gap_fits};
use super::reading::{Made, Mention, Named, Reading};
use super::words::Gap;

/// Nouns in nouns that are followed: "spokesman of the Armenian ministry" is one.
pub(super) const DEPTH: usize = 2;

/// So many modifiers may stand between a name and its noun, and so many nouns after the first.
const MODIFIERS: usize = 2;
const NOUNS: usize = 2;

impl<'t> Reading<'t> {
    /// The longest mention made of a name and a noun by the phrases that begin at a word.
    pub(super) fn joined(&self, at: usize, hits: &[Hit], depth: usize) -> Option<Mention> {
        let name_first = self.named(hits).into_iter().filter_map(|named| self.name_first(&named));
        let joined = name_first.chain(self.noun_first(at, hits, depth)).max_by_key(|mention| mention.end)?;
        // A noun that leaves a capital the place it is: "the Minsk agreements".
        Some(if joined.form == NameForm::Capital { Mention { made: Made::Blocked, ..joined } } else { joined })
    }

    pub(super) fn head(&self, hit: Hit) -> Option<NameForm> {
        self.dictionary.meanings(hit).find_map(|meaning| match meaning {
            Meaning::Head(form) => Some(form),
            _ => None,
        })
    }

    /// "Armenia's defence ministry", "азербайджанская армия".
    fn name_first(&self, named: &Named) -> Option<Mention> {
        let joints = self.joints_at(named.end, named.dotted, true);
        let joined = joints.filter(|(joint, _)| named.forms.meets(joint.forms)).filter_map(|(joint, start)| {
            let follows = joint.bare || gap_fits(joint.after, self.gap(start, false));
            let (end, form) = self.last_head(self.longest_head(start, follows, MODIFIERS)?, NOUNS);
            joint.heads.has(form).then_some((self.past_tail(end), form))
        });
        let (end, form) = joined.max_by_key(|(end, _)| *end)?;
        Some(Mention { end, party: named.party, form, made: Made::NameFirst })
    }

    /// The joints that stand at a word, each with the word after it.
    fn joints_at(&self, at: usize, dotted: bool, name_first: bool) -> impl Iterator<Item = (&'t Joint, usize)> {
        let gap = self.gap(at, dotted);
        let worded = self.joining(at).into_iter().filter_map(move |(meaning, end)| match meaning {
            Meaning::Link(link) => self.joints.all.get(link).map(|joint| (joint, end)),
            _ => None,
        });
        let bare = self.joints.all.iter().filter(|joint| joint.bare).map(move |joint| (joint, at));
        bare.chain(worded).filter(move |(joint, _)| joint.name_first == name_first && gap_fits(joint.before, gap))
    }

    /// The longest noun at a word that follows on, after so many modifiers if need be.
    fn longest_head(&self, at: usize, follows: bool, modifiers: usize) -> Option<(usize, NameForm)> {
        if !follows {
            return None;
        }
        let here = self.dictionary.hits(Root::Begins, self.text, &self.words, at);
        let head = here.into_iter().rev().find_map(|hit| Some((hit.end, self.head(hit)?)));
        let modified = self.joining(at).into_iter().filter(|(found, _)| *found == Meaning::Modifier);
        let past = modified.map(|(_, end)| end).max().filter(|_| modifiers > 0);
        let further = past.and_then(|past| self.longest_head(past, self.follows(past), modifiers - 1));
        further.filter(|(end, _)| head.is_none_or(|(shorter, _)| *end > shorter)).or(head)
    }

    /// The last of the nouns that stand one after the other, after the first: "Armenian army spokesman".
    fn last_head(&self, first: (usize, NameForm), nouns: usize) -> (usize, NameForm) {
        let further = if nouns > 0 { self.longest_head(first.0, self.follows(first.0), 0) } else { None };
        match further.filter(|(_, form)| MAKES.contains(form) && MAKES.contains(&first.1)) {
            Some(next) => self.last_head(next, nouns - 1),
            None => first,
        }
    }

    /// Whether a known word follows directly on the one before.
    fn follows(&self, at: usize) -> bool {
        gap_fits(Gap::Loose, self.gap(at, false))
    }

    /// "ministère azerbaïdjanais de la Défense", "ВС Армении", "army of Armenia".
    fn noun_first(&self, at: usize, hits: &[Hit], depth: usize) -> Option<Mention> {
        let head = hits.iter().rev().find_map(|hit| Some((hit.end, self.head(*hit)?)))?;
        let noun = self.words.get(at).and_then(|word| self.text.get(word.lo..word.hi)).unwrap_or_default();
        let definite = self.joints.definite.iter().any(|article| noun.starts_with(article.as_str()));
        let mut best: Option<Mention> = None;
        for start in self.after_head(head.0) {
            for (joint, from) in self.joints_at(start, false, false) {
                if !joint.heads.has(head.1) || (joint.asks == Asks::Construct && definite) {
                    continue;
                }
                let Some(mention) = self.joined_name(joint, from, head.1, depth) else { continue };
                if best.is_none_or(|best| mention.end > best.end) {
                    best = Some(mention);
                }
            }
        }
        best
    }

    /// Where a name may begin after a noun: at once, or after a complement, or modifiers.
    fn after_head(&self, end: usize) -> impl Iterator<Item = usize> {
        let tail = self.past(Meaning::Tail, end);
        let modifier = self.past(Meaning::Modifier, end);
        let second =
            modifier.and_then(|past| self.past(Meaning::Modifier, past).or_else(|| self.past(Meaning::Tail, past)));
        [Some(end), tail, modifier, second].into_iter().flatten()
    }

    /// The name that a joint ties to the noun before it, or another noun with its name.
    fn joined_name(&self, joint: &Joint, from: usize, form: NameForm, depth: usize) -> Option<Mention> {
        if !joint.bare && !gap_fits(joint.after, self.gap(from, false)) {
            return None;
        }
        let hits = self.dictionary.hits(Root::Begins, self.text, &self.words, from);
        let fits = |named: &&Named| {
            named.forms.meets(joint.forms) && !(joint.asks == Asks::Oblique && named.bent == Bent::Basic)
        };
        let named = self.named(&hits);
        let named = named.iter().rev().find(fits).filter(|named| !self.attached_right(named.end));
        let plain = named.map(|named| (self.past_tail(named.end), named.party));
        let nests = depth > 0 && joint.forms.has(NameForm::Name) && MAKES.contains(&form);
        let nests = nests && !(joint.asks == Asks::Oblique && hits.iter().all(|hit| hit.bent == Bent::Basic));
        let nested = if nests { self.joined(from, &hits, depth - 1) } else { None };
        let nested = nested.filter(|nested| nested.made != Made::Blocked).map(|nested| (nested.end, nested.party));
        let (end, party) = [plain, nested].into_iter().flatten().max_by_key(|(end, _)| *end)?;
        Some(Mention { end, party, form, made: Made::NounFirst })
    }

    fn past_tail(&self, end: usize) -> usize {
        self.past(Meaning::Tail, end).unwrap_or(end)
    }

    /// The end of the longest phrase of this meaning that follows on.
    fn past(&self, meaning: Meaning, at: usize) -> Option<usize> {
        if !self.follows(at) {
            return None;
        }
        self.joining(at).into_iter().filter(|(found, _)| *found == meaning).map(|(_, end)| end).max()
    }

    pub(super) fn joining(&self, at: usize) -> Vec<(Meaning, usize)> {
        let hits = self.dictionary.hits(Root::Joins, self.text, &self.words, at);
        hits.into_iter().flat_map(|hit| self.dictionary.meanings(hit).map(move |meaning| (meaning, hit.end))).collect()
    }
}
