//! Actors that no party bears: kept in the words of the source, never dropped and never guessed.

use super::scene::{Run, Scene};
use super::sense::{Prep, Sense};
use super::tokens::Kind;

/// The name of an unknown body that stands right before a token, such as a verb of saying: an acronym, or capitalised
/// words that end in a word for armed people, an office or monitors ("the Karen National Army"). A person's name alone
/// is no body.
pub(crate) fn before<'t>(scene: &Scene<'_>, text: &'t str, from: usize, to: usize) -> Option<&'t str> {
    let capital = |at: usize| scene.token(at).is_some_and(|token| token.capital && token.kind == Kind::Word);
    let end = (from..to).rev().find(|&at| capital(at)).filter(|&at| to - at <= 3)? + 1;
    let start = (from..end).rev().take_while(|&at| capital(at)).last()?;
    let run = start..end;
    let mentioned = scene.mentions.iter().any(|m| m.form.is_some() && m.at.start < run.end && run.start < m.at.end);
    let opens = start == 0 && run.len() == 1 && scene.marks_in(0..1).next().is_some();
    if mentioned || opens || !(acronym(scene, text, &run) || body(scene, &run, to)) {
        return None;
    }
    scene.bytes(&run)?.of(text)
}

/// The name of an unknown body whose office a mention is: an acronym after "of" ("le chef du LJM").
pub(crate) fn whose_office<'t>(scene: &Scene<'_>, text: &'t str, office: &Run) -> Option<&'t str> {
    let led =
        scene.all(office.end..office.end + 1, Sense::Preposition).find(|mark| mark.entry.prep == Some(Prep::Of))?;
    let run = led.at.end..led.at.end + 1;
    let mentioned = scene.mentions.iter().any(|m| m.at.start < run.end && run.start < m.at.end);
    (!mentioned && acronym(scene, text, &run)).then_some(())?;
    scene.bytes(&run)?.of(text)
}

/// Whether one word is written in capitals throughout.
fn acronym(scene: &Scene<'_>, text: &str, run: &Run) -> bool {
    let word = |at: usize| scene.token(at).and_then(|token| token.span.of(text)).unwrap_or_default();
    run.clone().any(|at| word(at).chars().count() >= 3 && word(at).chars().all(char::is_uppercase))
}

/// Whether the words are of a body: two or more, with a word for armed people, an office or monitors among or after
/// them.
fn body(scene: &Scene<'_>, run: &Run, to: usize) -> bool {
    run.len() >= 2 && scene.has_any(run.start..to, &[Sense::Force, Sense::Authority, Sense::Monitor, Sense::Rebels])
}
