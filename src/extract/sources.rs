//! Words of a source ("according to") in Romance languages: how far the phrase that names it goes, and whom "according to
//! which" means.

use super::actors::Mention;
use super::scene::{Run, Scene};
use super::sense::{Prep, Sense};
use super::speech::may_speak;
use super::tokens::Kind;

/// Where the phrase of a source ends in a Romance language: before a noun that neither belongs to the party named nor is
/// parted from it by a sign ("A detta dell'Onu le forze bosniache …").
pub(crate) fn phrase_end(scene: &Scene<'_>, from: usize, to: usize) -> usize {
    let mut named: Option<usize> = None;
    for mention in scene.mentions_in(from..to) {
        if let Some(end) = named {
            let gap = end..mention.at.start.max(end);
            let signs =
                scene.tokens().get(gap.clone()).unwrap_or_default().iter().any(|token| token.kind == Kind::Sign);
            if signs || scene.is(gap.start, Sense::And) {
                return to;
            }
            if !gap.is_empty() && !matches!(mention.prep, Some(Prep::Of | Prep::In)) || gap.len() > 4 {
                return mention.at.start;
            }
        }
        if mention.party().is_some() || named.is_some() {
            named = Some(mention.at.end);
        }
    }
    to
}

/// Whose word it is where a relative pronoun follows the word of a source: who is named before it ("un comunicato del
/// ministero, secondo cui …", "l'ONU, selon laquelle …").
pub(crate) fn antecedent(scene: &Scene<'_>, cue: &Run) -> Vec<usize> {
    let able = |m: &Mention| m.at.end <= cue.start && m.at.end + 6 > cue.start && may_speak(m);
    let last = scene.mentions.iter().rposition(able);
    last.into_iter().collect()
}
