//! Answers by arms: verbs of response, what they answer, and how.

use super::deeds::{Deed, Told, is_fire};
use super::endings::is_gerund;
use super::lexicon::Mark;
use super::scene::Scene;
use super::sense::Sense;
use crate::model::ActBase;

/// Marks verbs of response whose object is what they respond to: "ответили на" fire.
pub(crate) const RESPONSE_TO: &str = "response-to";

/// Whether a verb tells a response.
pub(crate) fn is_response(mark: &Mark<'_>) -> bool {
    matches!(mark.entry.detail.as_deref(), Some("response" | RESPONSE_TO))
}

/// Whether a verb of response tells an answer in words: beside a quotation or a colon, or before "that".
pub(crate) fn answers_in_words(scene: &Scene<'_>, mark: &Mark<'_>) -> bool {
    let saying = scene.all(mark.at.clone(), Sense::Say).next().is_some()
        || scene.all(mark.at.start.saturating_sub(1)..mark.at.start, Sense::Say).any(|say| say.at.end >= mark.at.end);
    let quote = |at: usize| scene.token(at).is_some_and(|token| token.is("\"") || token.is(":"));
    let opened = mark.at.start.saturating_sub(4)..mark.at.start;
    let run = scene.clause_run(scene.clause(mark.at.start));
    let quoted = opened.into_iter().any(quote) || quote(run.end.saturating_sub(1)) || quote(mark.at.end);
    is_response(mark) && saying && (quoted || scene.is(run.end, Sense::Clause) || scene.is(mark.at.end, Sense::Clause))
}

/// Makes one deed of a response and of the deed that tells how it was done, in a form that goes with its subject: "ha
/// reagito bombardando", "respondió abriendo fuego", "ont riposté en pilonnant".
pub(crate) fn by_what(scene: &Scene<'_>, deeds: &mut Vec<Deed>) {
    let mut at = 1;
    while at < deeds.len() {
        let joined = match deeds.get(at - 1..=at) {
            Some([answer, how]) => {
                let word = scene.token(how.at.start).map_or("", |token| token.norm.as_str());
                let general = answer.told == Told::Verb && answer.response && answer.act == ActBase::Attack;
                let near = answer.clause == how.clause && how.at.start <= answer.at.end + 4;
                general && near && how.told == Told::Verb && is_fire(how.act) && is_gerund(scene.lang, word)
            }
            _ => false,
        };
        if joined {
            let how = deeds.remove(at);
            if let Some(answer) = deeds.get_mut(at - 1) {
                (answer.act, answer.at.end) = (how.act, how.at.end);
            }
        } else {
            at += 1;
        }
    }
}
