//! What stands beside a word of saying and is not who says it: the words of a quotation, those who are told, the land
//! where it is said.

use super::actors::{Mention, Who, is_verbal};
use super::scene::{Run, Scene};
use super::sense::{Prep, Sense};
use super::tokens::Kind;

/// A name in quotation marks has at most so many words.
const NAME: usize = 5;

/// The quotation that ends right before a saying, whose words name nobody who says it: "«…», — заявили в ведомстве".
pub(crate) fn quotation_before(scene: &Scene<'_>, cue: &Run) -> Option<Run> {
    let quote = |at: usize| scene.token(at).map_or(0, |token| token.quote);
    let last = (0..cue.start).rev().find(|&at| scene.token(at).is_some_and(|token| token.kind != Kind::Sign))?;
    let first = (0..=last).rev().take_while(|&at| quote(at) == quote(last)).last()?;
    let ends = quote(last) > 0 && quote(cue.start) != quote(last);
    let tells = last - first > NAME || scene.marks_in(first..last + 1).any(|mark| is_verbal(mark.sense()));
    (scene.lang.is_slavic() && ends && tells).then_some(first..last + 1)
}

/// Whether somebody only hears what is said, as his case shows: "сообщили корреспонденту", "повідомив журналістам".
pub(crate) fn is_told(scene: &Scene<'_>, mention: &Mention) -> bool {
    let word = scene.token(mention.at.end.saturating_sub(1)).map_or("", |token| token.norm.as_str());
    let dative = ["у", "ам", "ям", "ові", "еві"].iter().any(|ending| word.ends_with(ending));
    scene.lang.is_slavic() && mention.who == Who::Bystander && mention.prep.is_none() && dative
}

/// Whether a preposition of place stands right before a mention, with no noun between that it belongs to.
pub(crate) fn led_by_in(scene: &Scene<'_>, mention: &Mention) -> bool {
    scene.ends_at(mention.at.start, Sense::Preposition).is_some_and(|mark| mark.entry.prep == Some(Prep::In))
}
