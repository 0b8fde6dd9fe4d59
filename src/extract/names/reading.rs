//! One text: at each word the longest mention, a name alone or joined with a noun that makes an army or a ministry of it.

use super::dictionary::{Bent, Dictionary, Hit, Meaning, Rank, Root, gap_before};
use super::grammar::Grammar;
use super::words::{Gap, Word, is_hyphen, known_words};
use super::{Bearer, NameForm, NameSpan};
use crate::model::ByteSpan;

/// A set of forms, a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Forms(u16);

impl Forms {
    fn of(forms: &[NameForm]) -> Self {
        Self(forms.iter().fold(0, |set, form| set | 1 << *form as u16))
    }

    const fn with(self, form: NameForm) -> Self {
        Self(self.0 | 1 << form as u16)
    }

    const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    const fn has(self, form: NameForm) -> bool {
        self.0 & 1 << form as u16 != 0
    }

    /// The one that tells most; they are declared in that order.
    fn best(self) -> NameForm {
        NameForm::ALL.iter().copied().find(|form| self.has(*form)).unwrap_or(NameForm::Alias)
    }
}

/// What nouns make of a name, unless a joint says otherwise.
const MAKES: [NameForm; 4] = [NameForm::Institution, NameForm::Official, NameForm::Forces, NameForm::Side];

/// Nouns in nouns that are followed: "spokesman of the Armenian ministry" is one.
const DEPTH: usize = 2;

/// What closes with the last word of a name if it opens within: "CPI (Maoist)", "ЧВК «Вагнер»".
const PAIRS: [(char, char); 3] = [('(', ')'), ('«', '»'), ('“', '”')];

/// A way of joining name and noun, as it is looked for.
#[derive(Debug)]
pub(super) struct Joint {
    /// What must stand before the joining words, and what after them.
    before: Gap,
    after: Gap,
    /// No words at all.
    bare: bool,
    name_first: bool,
    forms: Forms,
    heads: Forms,
    oblique: bool,
    construct: bool,
}

/// All joints of a language.
#[derive(Debug)]
pub(super) struct Joints {
    all: Vec<Joint>,
    /// How a noun with the article begins, where the article is written onto it.
    definite: Vec<String>,
}

/// The joints of a grammar, each of its spellings one, in the order in which the dictionary numbers them.
pub(super) fn joints(grammar: &Grammar) -> Joints {
    let spellings = grammar.link.iter().flat_map(|link| link.words.iter().map(move |words| (link, words.as_str())));
    let joints = spellings.map(|(link, words)| Joint {
        before: match words {
            "'" => Gap::Possessive,
            _ if words.starts_with('\'') => Gap::Apostrophe,
            _ => Gap::Loose,
        },
        after: if words.len() > 1 && words.ends_with('\'') { Gap::Apostrophe } else { Gap::Loose },
        bare: matches!(words, "" | "'"),
        name_first: link.name_first,
        forms: Forms::of(&link.forms),
        heads: Forms::of(if link.heads.is_empty() { &MAKES } else { &link.heads }),
        oblique: link.oblique,
        construct: link.construct,
    });
    Joints { all: joints.collect(), definite: grammar.definite.clone() }
}

/// How a mention is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Made {
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
struct Mention {
    /// The first known word after it.
    end: usize,
    party: Option<u32>,
    form: NameForm,
    made: Made,
}

/// What a name found at some words stands for.
#[derive(Debug, Clone, Copy)]
struct Named {
    end: usize,
    party: Option<u32>,
    forms: Forms,
    rank: Rank,
    weak: bool,
    bent: Bent,
    dotted: bool,
}

/// A text that is being read.
pub(super) struct Reading<'t> {
    dictionary: &'t Dictionary,
    joints: &'t Joints,
    text: &'t str,
    words: Vec<Word>,
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

    /// The longest mention made of a name and a noun by the phrases that begin at a word.
    fn joined(&self, at: usize, hits: &[Hit], depth: usize) -> Option<Mention> {
        let name_first = self.named(hits).into_iter().filter_map(|named| self.name_first(&named));
        let joined = name_first.chain(self.noun_first(at, hits, depth)).max_by_key(|mention| mention.end)?;
        // A noun that leaves a capital the place it is: "the Minsk agreements".
        Some(if joined.form == NameForm::Capital { Mention { made: Made::Blocked, ..joined } } else { joined })
    }

    fn blocked(&self, hits: &[Hit]) -> Option<Mention> {
        let blocks = |hit: &&Hit| self.dictionary.meanings(**hit).any(|meaning| meaning == Meaning::Block);
        let block = hits.iter().filter(blocks).max_by_key(|hit| hit.end)?;
        Some(Mention { end: block.end, party: None, form: NameForm::Name, made: Made::Blocked })
    }

    /// The names among the phrases found at a word, shortest first, one for each end.
    fn named(&self, hits: &[Hit]) -> Vec<Named> {
        let mut named: Vec<Named> = Vec::new();
        for group in hits.chunk_by(|a, b| a.end == b.end) {
            named.extend(self.one_named(group));
        }
        named
    }

    /// What the phrases of one length name: whoever bears the name in the highest rank, if it is one party.
    fn one_named(&self, hits: &[Hit]) -> Option<Named> {
        let first = hits.first()?;
        let units = || {
            hits.iter().flat_map(|hit| self.dictionary.meanings(*hit)).filter_map(|meaning| match meaning {
                Meaning::Unit(unit) => Some(unit),
                _ => None,
            })
        };
        let rank = units().map(|unit| unit.rank).max()?;
        let mut bearers = units().filter(|unit| unit.rank == rank).map(|unit| unit.bearer);
        let one = bearers.next()?;
        let party = bearers.all(|other| other == one).then_some(one);
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

    fn head(&self, hit: Hit) -> Option<NameForm> {
        self.dictionary.meanings(hit).find_map(|meaning| match meaning {
            Meaning::Head(form) => Some(form),
            _ => None,
        })
    }

    /// "Armenia's defence ministry", "азербайджанская армия".
    fn name_first(&self, named: &Named) -> Option<Mention> {
        let joints = self.joints_at(named.end, named.dotted, true);
        let joined = joints.filter(|(joint, _)| named.forms.meets(joint.forms)).filter_map(|(joint, start)| {
            let (end, form) = self.longest_head(start, joint.bare || gap_fits(joint.after, self.gap(start, false)))?;
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

    /// The longest noun at a word that follows on, after modifiers if need be.
    fn longest_head(&self, at: usize, follows: bool) -> Option<(usize, NameForm)> {
        if !follows {
            return None;
        }
        let here = self.dictionary.hits(Root::Begins, self.text, &self.words, at);
        let head = here.into_iter().rev().find_map(|hit| Some((hit.end, self.head(hit)?)));
        let modified =
            self.joining(at).into_iter().filter(|(found, _)| *found == Meaning::Modifier).map(|(_, end)| end);
        let further =
            modified.max().and_then(|past| self.longest_head(past, gap_fits(Gap::Loose, self.gap(past, false))));
        further.filter(|(end, _)| head.is_none_or(|(shorter, _)| *end > shorter)).or(head)
    }

    /// "ministère azerbaïdjanais de la Défense", "ВС Армении", "army of Armenia".
    fn noun_first(&self, at: usize, hits: &[Hit], depth: usize) -> Option<Mention> {
        let head = hits.iter().rev().find_map(|hit| Some((hit.end, self.head(*hit)?)))?;
        let noun = self.words.get(at).and_then(|word| self.text.get(word.lo..word.hi)).unwrap_or_default();
        let definite = self.joints.definite.iter().any(|article| noun.starts_with(article.as_str()));
        let mut best: Option<Mention> = None;
        for start in self.after_head(head.0) {
            for (joint, from) in self.joints_at(start, false, false) {
                if !joint.heads.has(head.1) || (joint.construct && definite) {
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
        let fits = |named: &&Named| named.forms.meets(joint.forms) && !(joint.oblique && named.bent == Bent::Basic);
        let named = self.named(&hits);
        let named = named.iter().rev().find(fits).filter(|named| !self.attached_right(named.end));
        let plain = named.map(|named| (self.past_tail(named.end), named.party));
        let nests = depth > 0 && joint.forms.has(NameForm::Name) && MAKES.contains(&form);
        let nests = nests && !(joint.oblique && hits.iter().all(|hit| hit.bent == Bent::Basic));
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
        if !gap_fits(Gap::Loose, self.gap(at, false)) {
            return None;
        }
        self.joining(at).into_iter().filter(|(found, _)| *found == meaning).map(|(_, end)| end).max()
    }

    fn joining(&self, at: usize) -> Vec<(Meaning, usize)> {
        let hits = self.dictionary.hits(Root::Joins, self.text, &self.words, at);
        hits.into_iter().flat_map(|hit| self.dictionary.meanings(hit).map(move |meaning| (meaning, hit.end))).collect()
    }

    /// What stands before a known word; after "U.S." the full stop belongs to the name.
    fn gap(&self, at: usize, dotted: bool) -> Gap {
        match gap_before(self.text, &self.words, at) {
            Some(Gap::Dot) if dotted => Gap::Loose,
            gap => gap.unwrap_or(Gap::Break),
        }
    }

    fn span(&self, at: usize, mention: Mention) -> Option<ByteSpan> {
        let (first, last) = (self.words.get(at)?, self.words.get(mention.end.checked_sub(1)?)?);
        let dotted = mention.made == Made::Alone && mention.end > at + 1 && self.dotted(mention.end);
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
    fn attached_left(&self, at: usize, last: usize) -> bool {
        let before = self.words.get(at).and_then(|word| self.text.get(..word.lo)).unwrap_or_default();
        let mut back = before.chars().rev();
        let hyphen = back.next().filter(|c| is_hyphen(*c));
        hyphen.is_some_and(|c| back.next().is_some_and(char::is_alphanumeric) && before.len() != last + c.len_utf8())
    }

    /// Whether a hyphen ties a name to a word after it that begins no name: "Russian-backed".
    fn attached_right(&self, end: usize) -> bool {
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
    fn within_a_longer_name(&self, at: usize, end: usize) -> bool {
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

    /// "Armenian and Azerbaijani forces", "les armées arménienne et azerbaïdjanaise": the noun is both's.
    fn share_nouns(&self, found: &mut [(NameSpan, Made)]) {
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

/// Whether what stands there is what a joint asks for.
fn gap_fits(wanted: Gap, gap: Gap) -> bool {
    gap == wanted || (wanted == Gap::Loose && gap == Gap::Hyphen)
}
