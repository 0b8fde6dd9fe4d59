//! What is told in the passive to have been recorded or said, or who to be accused, and by whom: "зафиксировано 12
//! нарушений", "tirs signalés par la mission", "was accused by the rebels".

use super::lexicon::Mark;
use super::scene::{Run, Scene};
use super::sense::{Prep, Sense};
use super::speech::{Speech, may_speak};

/// The recorder stands at most so many words after the word of recording.
const NEAR: usize = 6;

/// Whether something is told to have been recorded, by whom stands in the case of the doer: "зафиксировано 12 нарушений".
pub(crate) fn is_recorded(scene: &Scene<'_>, mark: &Mark<'_>) -> bool {
    let word = scene.token(mark.at.start).map_or("", |token| token.norm.as_str());
    let passive = ["но", "ны", "на", "то", "ті", "та"].iter().any(|ending| word.ends_with(ending));
    mark.sense() == Sense::Witness && scene.lang.is_slavic() && passive
}

/// The mentions by whom something was recorded or said, or somebody accused, where a passive tells them.
pub(crate) fn by_whom(scene: &Scene<'_>, mark: &Mark<'_>, run: &Run) -> Option<Vec<usize>> {
    let slavic = is_recorded(scene, mark);
    let end = mark.at.end;
    let told = matches!(mark.sense(), Sense::Witness | Sense::Say | Sense::Accuse) && !scene.lang.is_slavic();
    // "Reported the use by X": another word's "by". Of a German accusation the accuser stands before the participle.
    let braced = mark.sense() == Sense::Accuse && scene.lang.auxiliary_apart();
    let led = || braced || scene.all(end..end + 1, Sense::Preposition).any(|word| word.entry.prep == Some(Prep::By));
    let passive = || told && led() && super::deeds::is_passive(scene, &(end.saturating_sub(1)..end));
    if !(slavic || passive()) {
        return None;
    }
    let near = if braced { run.start..end } else { end..run.end.min(end + NEAR) };
    let by = |m: &super::actors::Mention| {
        slavic && run.contains(&m.at.start) && super::roles::is_instrumental(scene, m)
            || !slavic && m.prep == Some(Prep::By) && near.contains(&m.at.start)
    };
    let able = |id: &usize| scene.mentions.get(*id).is_some_and(|m| may_speak(m) && by(m));
    let ids: Vec<usize> = (0..scene.mentions.len()).filter(able).collect();
    (!ids.is_empty()).then_some(ids)
}

/// Whom an accusation in the passive is laid to: its subject, "Eritrea was accused by Ethiopia".
pub(crate) fn charged(scene: &Scene<'_>, cue: &Run, run: &Run) -> Option<usize> {
    let subject = |m: &super::actors::Mention| {
        (run.start..cue.start).contains(&m.at.start) && m.prep.is_none() && m.can_act() && may_speak(m)
    };
    scene.mentions.iter().rposition(subject)
}

/// Who tells what the sentence says was recorded: the saying after it, whose speaker is told.
pub(crate) fn reporter(speeches: &[Speech]) -> Option<Vec<usize>> {
    let first = speeches.iter().position(|speech| speech.recorded && !speech.negated && speech.speaker.is_empty())?;
    let tells = |speech: &&Speech| speech.sense == Sense::Say && speech.before && !speech.speaker.is_empty();
    speeches.get(first + 1..)?.iter().find(tells).map(|speech| speech.speaker.clone())
}
