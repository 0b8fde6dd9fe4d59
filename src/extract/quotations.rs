//! Quotations of several sentences: whose words they are, where the saying stands before the first or in the last.

use super::actors::Who;
use super::draft::{Speaker, Voice};
use super::roles::Role;
use super::scene::Scene;
use super::sense::Sense;
use super::speech::Speech;
use super::story::{Read, Story};

/// A quotation is followed over at most so many sentences.
const REACH: usize = 12;

/// Who is quoted in a sentence that has no saying of its own and stands in a quotation that goes on: whoever the saying
/// after the quotation names, else who was said to speak before it.
pub(crate) fn quoted_by(story: &mut Story<'_>, reads: &[Read<'_>], at: usize) -> Option<Speaker> {
    let read = reads.get(at)?;
    if !read.speeches.iter().all(|speech| speech.sense == Sense::Deny) {
        return None;
    }
    let after = read.scene.tokens().last().map(|token| token.quote).filter(|&quote| quote > 0).and_then(|quote| {
        let on = || {
            reads.get(at + 1..).unwrap_or_default().iter().take(REACH).take_while(|next| opens_in(next, read, quote))
        };
        let sayings = on().flat_map(|next| next.speeches.iter().map(move |speech| (next, speech)));
        let mut outside = sayings.filter(|(next, speech)| is_outside(next, speech, quote));
        // A bulletin quoted as a whole has its own words of saying in it.
        outside.next().or_else(|| on().next().and_then(|next| Some((next, next.speeches.first()?))))
    });
    if let Some((next, speech)) = after {
        return Some(Speaker { rule: "quotation", text: None, ..story.voice(&next.scene, speech) });
    }
    let quote = read.scene.tokens().first().map(|token| token.quote).filter(|&quote| quote > 0)?;
    let before = at.checked_sub(1).and_then(|before| reads.get(before))?;
    let goes_on = before.scene.tokens().last().is_some_and(|token| token.quote == quote);
    let named = |voice: &Voice| goes_on && !read.scene.lang.verb_first() && voice.party().is_some();
    let voice = story.here.clone().filter(named)?;
    Some(Speaker { voice, rule: "quotation", at: story.here_at, before: None, text: None })
}

/// Whether who does something in a quotation is "they", whom nobody calls itself: "Ils ont pilonné nos positions".
pub(crate) fn speaks_of_others(scene: &Scene<'_>, agent: &Role, deed: usize) -> bool {
    let word = scene.token(agent.at.start).map_or("", |token| token.norm.as_str());
    let they = matches!(word, "ils" | "elles" | "they" | "ellos" | "ellas" | "essi" | "esse" | "loro");
    they && agent.who == Who::Pronoun && scene.token(deed).is_some_and(|token| token.quote > 0)
}

/// Whether a sentence of the same paragraph begins in a quotation.
fn opens_in(next: &Read<'_>, read: &Read<'_>, quote: u32) -> bool {
    next.scene.sentence.paragraph == read.scene.sentence.paragraph
        && next.scene.tokens().first().is_some_and(|token| token.quote == quote)
}

/// Whether a word of saying stands outside a quotation.
fn is_outside(read: &Read<'_>, speech: &Speech, quote: u32) -> bool {
    read.scene.token(speech.cue.start).is_some_and(|token| token.quote != quote)
}
