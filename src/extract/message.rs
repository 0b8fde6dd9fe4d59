//! Sayings without a speaker that go on with a message told before: "говорится в сообщении", "Açıklamada … belirtildi".

use super::lexicon::Mark;
use super::scene::Scene;
use super::sense::Sense;
use super::speech::Speech;

/// So many words may stand before a saying that opens its sentence: "также", "при этом".
const OPENING: usize = 2;

/// Whether a saying without a speaker is that of the message which the one who spoke last gave out.
pub(crate) fn goes_on(scene: &Scene<'_>, speech: &Speech) -> bool {
    let cue = &speech.cue;
    let word = || scene.marks_in(cue.start..cue.start + 1);
    if scene.lang.embeds() {
        let passive = scene.marks_in(cue.clone()).any(|mark| mark.passive && mark.sense() == Sense::Say);
        let opens = scene.all(0..OPENING, Sense::Authority).any(|mark| is_statement(scene, mark));
        return passive || opens || speech.sense == Sense::Source;
    }
    let impersonal = word().any(|mark| mark.entry.detail.as_deref() == Some("impersonal"));
    let named = scene.has(cue.end..cue.end + 4, Sense::Statement);
    let opens = cue.start <= OPENING && (cue.end..cue.end + 2).any(|at| scene.is(at, Sense::Clause));
    scene.lang.is_slavic() && impersonal && (named || opens)
}

/// Whether a Turkish word of office is the statement itself: "açıklamada".
fn is_statement(scene: &Scene<'_>, mark: &Mark<'_>) -> bool {
    scene
        .token(mark.at.start)
        .is_some_and(|token| token.norm.starts_with("açiklama") || token.norm.starts_with("bildiri"))
}
