//! One sentence as the recognisers see it: tokens, the lexicon's words in them, mentions of actors, clauses, numbers,
//! times and places. Every recogniser reads it and adds nothing but its own part.

use std::ops::Range;

use super::Lang;
use super::actors::{self, Mention};
use super::clauses;
use super::clitics;
use super::index::{self, Index};
use super::lexicon::{Lexicon, Mark};
use super::names::Names;
use super::numbers::{self, Amount};
use super::places::{self, PlaceName};
use super::sense::Sense;
use super::sentences::Sentence;
use super::spelling::Spelling;
use super::times::{self, TimeMark};
use super::tokens::Token;
use crate::model::ByteSpan;

/// A run of tokens of a sentence.
pub(crate) type Run = Range<usize>;

/// A sentence, read.
#[derive(Debug)]
pub(crate) struct Scene<'l> {
    pub(crate) lang: Lang,
    pub(crate) sentence: Sentence,
    pub(crate) marks: Vec<Mark<'l>>,
    index: Index,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) clauses: Vec<Run>,
    pub(crate) amounts: Vec<Amount>,
    pub(crate) times: Vec<TimeMark>,
    pub(crate) places: Vec<PlaceName>,
    /// Whether this sentence or the one before it in the story names a ceasefire, so that "it" may be one.
    pub(crate) truce_told: bool,
}

impl<'l> Scene<'l> {
    /// Reads a sentence of `text`, which is spelt so.
    pub(crate) fn read(
        text: &str,
        mut sentence: Sentence,
        spelling: Spelling,
        lexicon: &'l Lexicon,
        names: &Names,
        lang: Lang,
    ) -> Self {
        sentence.tokens = spelling.restore(sentence.tokens, text, lexicon, lang);
        sentence.tokens = clitics::split(sentence.tokens, text, lexicon, names);
        let mut marks = lexicon.find(&sentence.tokens);
        if lang.relative_after_comma() {
            let comma = |at: usize| sentence.tokens.get(at).is_some_and(|token| token.is(","));
            let opens = |at: usize| at > 0 && (comma(at - 1) || at > 1 && comma(at - 2));
            let led: Vec<usize> =
                marks.iter().filter(|mark| mark.sense() == Sense::Preposition).map(|mark| mark.at.end).collect();
            marks.retain(|mark| {
                let at = mark.at.start;
                mark.sense() != Sense::Relative || comma(at.wrapping_sub(1)) || opens(at) && led.contains(&at)
            });
        }
        let mut scene = Self {
            lang,
            index: Index::of(&marks, sentence.tokens.len()),
            sentence,
            marks,
            mentions: Vec::new(),
            clauses: Vec::new(),
            amounts: Vec::new(),
            times: Vec::new(),
            places: Vec::new(),
            truce_told: false,
        };
        clauses::settle_openers(&mut scene);
        clauses::settle_conjunctions(&mut scene);
        scene.amounts = numbers::find(&scene);
        scene.times = times::find(&scene);
        scene.mentions = actors::find(&scene, text, names);
        // "Le Mouvement du 23 mars": a name tells no time.
        let parties: Vec<Run> = scene.mentions.iter().filter(|m| m.form.is_some()).map(|m| m.at.clone()).collect();
        scene.times.retain(|time| !parties.iter().any(|at| at.start < time.at.start && time.at.end <= at.end));
        scene.clauses = clauses::cut(&scene);
        scene.places = places::find(&scene, text, names);
        scene.truce_told = scene.has_any(scene.whole(), &[Sense::Truce, Sense::Accord]);
        scene
    }

    /// Its tokens.
    pub(crate) fn tokens(&self) -> &[Token] {
        &self.sentence.tokens
    }

    /// A token, if there is one at that place.
    pub(crate) fn token(&self, at: usize) -> Option<&Token> {
        self.sentence.tokens.get(at)
    }

    /// The lexicon's words that begin within a run.
    pub(crate) fn marks_in(&self, run: Run) -> impl DoubleEndedIterator<Item = &Mark<'l>> {
        self.marks.get(self.index.marks(&run)).unwrap_or_default().iter()
    }

    /// The words of a sense that begin within a run.
    pub(crate) fn all(&self, run: Run, sense: Sense) -> impl DoubleEndedIterator<Item = &Mark<'l>> {
        let run = if self.has(run.clone(), sense) { run } else { 0..0 };
        self.marks_in(run).filter(move |mark| mark.sense() == sense)
    }

    /// Whether a word of a sense begins within a run.
    pub(crate) fn has(&self, run: Run, sense: Sense) -> bool {
        self.index.has(&run, index::set(&[sense]))
    }

    /// Whether a word of any of these senses begins within a run.
    pub(crate) fn has_any(&self, run: Run, senses: &[Sense]) -> bool {
        self.index.has(&run, index::set(senses))
    }

    /// Leaves out words that mean something else here.
    pub(crate) fn keep(&mut self, keep: impl Fn(&Mark<'l>) -> bool) {
        self.marks.retain(keep);
        self.index = Index::of(&self.marks, self.sentence.tokens.len());
    }

    /// Whether a word of a sense stands on a token.
    pub(crate) fn is(&self, at: usize, sense: Sense) -> bool {
        self.has(at..at + 1, sense)
    }

    /// The word of a sense that ends just before a token.
    pub(crate) fn ends_at(&self, at: usize, sense: Sense) -> Option<&Mark<'l>> {
        self.all(at.saturating_sub(6)..at, sense).find(|mark| mark.at.end == at)
    }

    /// The mentions that begin within a run.
    pub(crate) fn mentions_in(&self, run: Run) -> impl DoubleEndedIterator<Item = &Mention> {
        self.mentions.iter().filter(move |mention| run.contains(&mention.at.start))
    }

    /// The clause a token stands in.
    pub(crate) fn clause(&self, at: usize) -> usize {
        self.clauses.partition_point(|clause| clause.end <= at).min(self.clauses.len().saturating_sub(1))
    }

    /// The tokens of a clause.
    pub(crate) fn clause_run(&self, clause: usize) -> Run {
        self.clauses.get(clause).cloned().unwrap_or(0..0)
    }

    /// The clause that a saying set between commas parts from this one, its predicate: "No unit, it declared, has
    /// fired".
    pub(crate) fn interrupted(&self, clause: usize) -> Option<Run> {
        let run = |back: usize| clause.checked_sub(back).map(|clause| self.clause_run(clause));
        let (saying, before) = (run(1)?, run(2)?);
        let says = self.has_any(saying.clone(), &[Sense::Say, Sense::Source]);
        let tells = |run: Run| self.marks_in(run).any(|mark| matches!(mark.sense(), Sense::ActVerb | Sense::ActNoun));
        let verb = |sense: Sense| actors::is_verbal(sense) && !matches!(sense, Sense::Be | Sense::Have);
        let broken_off = !self.marks_in(before.clone()).any(|mark| verb(mark.sense()));
        (says && !tells(saying) && broken_off).then_some(before)
    }

    /// All tokens.
    pub(crate) fn whole(&self) -> Run {
        0..self.sentence.tokens.len()
    }

    /// The bytes a run covers.
    pub(crate) fn bytes(&self, run: &Run) -> Option<ByteSpan> {
        let first = self.token(run.start)?;
        let last = self.token(run.end.checked_sub(1)?)?;
        Some(first.span.with(last.span))
    }

    /// Whether the sentence is in the story rather than above it.
    pub(crate) fn headline(&self) -> bool {
        self.sentence.headline
    }
}
