//! Objects that are pronouns: the truce that somebody broke, where only "it" stands with the verb.

use super::Lang;
use super::lexicon::Mark;
use super::scene::{Run, Scene};
use super::sense::Sense;

/// Whether the object of a verb of breaking is a pronoun alone, which stands for a truce: "нарушили его триста раз", "la
/// violó", "l'a violée".
pub(crate) fn broke_it(scene: &Scene<'_>, mark: &Mark<'_>) -> bool {
    let nouns = [Sense::Land, Sense::Force, Sense::Position, Sense::Civilian, Sense::Person, Sense::Authority];
    let at = mark.at.end;
    let after =
        scene.has_any(at..at + 1, &[Sense::Pronoun, Sense::Possessive]) && !scene.has_any(at + 1..at + 3, &nouns);
    after || has_object(scene, &mark.at) && scene.truce_told
}

/// Tells each sentence whether the one before it names a ceasefire.
pub(crate) fn remember_truces(scenes: &mut [Scene<'_>]) {
    let mut before = false;
    for scene in scenes {
        let here = scene.truce_told;
        scene.truce_told |= before;
        before = here;
    }
}

/// Whether a Romance verb has an object pronoun before it or written onto it: "l'hanno violata", "para violarla".
pub(crate) fn has_object(scene: &Scene<'_>, verb: &Run) -> bool {
    let (led, written): (&[&str], &[&str]) = match scene.lang {
        Lang::Fr => (&["la", "le", "l"], &[]),
        Lang::Es => (&["la", "lo"], &["rla", "rlo", "ndola", "ndolo"]),
        Lang::It => (&["la", "lo", "l", "l'"], &["rla", "rlo", "ndola", "ndolo"]),
        _ => return false,
    };
    let word = |at: usize| scene.token(at).map_or("", |token| token.norm.as_str());
    if written.iter().any(|ending| word(verb.start).ends_with(ending)) {
        return true;
    }
    let adverb = |at: usize| word(at).ends_with("ment") || word(at).ends_with("mente");
    let auxiliary = |at: usize| scene.is(at, Sense::Have) || word(at) == "'" || adverb(at);
    let first = (verb.start.saturating_sub(3)..verb.start).rev().find(|&at| !auxiliary(at));
    first.is_some_and(|at| led.contains(&word(at)))
}
