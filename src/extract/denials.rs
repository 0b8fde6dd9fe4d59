//! Answers: what a denial denies, found among the accusations told before; and silence.

use super::actors::Who;
use super::draft::{Draft, Speaker, TimeRule, Voice};
use super::names::Bearer;
use super::sense::Sense;
use super::speech::Speech;
use super::story::{Read, Story, said_at};
use super::tokens::Kind;
use crate::model::{ActBase, ActFamily, Stance};

/// A denial answers at most so many accusations of one sentence.
const MOST: usize = 3;

/// The rule of what a denial takes from the accusation it answers.
const ANSWERS: &str = "answers an accusation";

/// A denial or an admission that names no act: it answers the accusations told last against the speaker, one, or both
/// where it says so.
pub(crate) fn answer(story: &mut Story<'_>, read: &Read<'_>, at: usize, speech: &Speech) {
    if super::news::discarded(read) {
        return;
    }
    let admits = speech.sense == Sense::Admit;
    if admits && !of_statement(read, speech) {
        return;
    }
    // Who does not deny an act admits it, and the other way round.
    let stance = if speech.negated == admits { Stance::Denies } else { Stance::Acknowledges };
    let by = story.voice(&read.scene, speech);
    let by = accused_answers(story, at, by, of_office(read, speech));
    let voice = by.voice.clone();
    let Some(speaker) = voice.party() else { return };
    let denied = story
        .drafts
        .iter()
        .rev()
        .take(super::merge::REACH)
        .any(|draft| draft.sentence == at && draft.stance == stance && draft.voice == voice);
    if denied {
        return;
    }
    let mut ids = answered(story, read, speaker);
    if ids.is_empty() && stance == Stance::Acknowledges {
        ids.extend(unclaimed(story, at));
    }
    for id in ids {
        let Some(accusation) = story.drafts.get(id).cloned() else { continue };
        let mut draft = Draft::new(voice.clone(), stance, accusation.act, read.scene.sentence.span);
        draft.claimant_text.clone_from(&by.text);
        draft.said_by(&by, Some((read.scene.bytes(&speech.cue), speech.sense)));
        draft.accused = accusation.accused.or(Some(speaker));
        draft.inherits(&accusation, "act", ANSWERS);
        draft.inherits(&accusation, "accused", ANSWERS);
        draft.said = said_at(story, read, speech);
        (draft.sentence, draft.paragraph) = (at, read.scene.sentence.paragraph);
        copy(&accusation, &mut draft);
        story.drafts.push(draft);
    }
}

/// Whether an office of no named party speaks, or somebody of whom only the name is told.
pub(crate) fn of_office(read: &Read<'_>, speech: &Speech) -> bool {
    let scene = &read.scene;
    let Some(speaker) = speech.speaker.first().and_then(|&id| scene.mentions.get(id)) else {
        let capital = |at: usize| scene.token(at).is_some_and(|token| token.capital && token.kind == Kind::Word);
        let from = scene.clause_run(scene.clause(speech.cue.start)).start;
        let before =
            (from..speech.cue.start).any(capital) && (from > 0 || !scene.marks_in(0..1).any(|m| m.at.len() == 1));
        return before;
    };
    speaker.who == Who::Office
}

/// The rule of an answer whose speaker is known only as the one accused.
pub(crate) const BY_ACCUSED: &str = "the accused answers";

/// Who denies, where the one taken for the speaker is the accuser: nobody denies an accusation of its own, so it is the
/// accused that answers.
pub(crate) fn accused_answers(story: &Story<'_>, at: usize, by: Speaker, office: bool) -> Speaker {
    let guessed =
        office && matches!(by.rule, "speaker named before" | "subject told before" | "speaker of the paragraph before");
    let answered = |draft: &&Draft| draft.sentence == at && draft.rules.contains(&BY_ACCUSED);
    let before = story.drafts.iter().rev().take(8).find(answered).filter(|_| by.text.is_none() && by.rule != "speaker");
    if let Some(voice) = before.map(|draft| draft.voice.clone()) {
        // "Beltrán a reconnu l'enlèvement mais a nié l'attentat": he goes on.
        return Speaker { voice, rule: BY_ACCUSED, ..by };
    }
    let last =
        story.drafts.iter().rev().take(8).find(|draft| draft.stance == Stance::Alleges && draft.sentence + 4 >= at);
    let accusation = last.filter(|draft| guessed && draft.voice == by.voice);
    let other = |a: &Bearer| by.voice.party().is_some_and(|v| !story.allied(v, *a));
    let Some((accusation, accused)) = accusation.and_then(|draft| Some((draft, draft.accused.filter(other)?))) else {
        return by;
    };
    let before = accusation.evidence.iter().find(|read| read.slot == "accused").and_then(|read| read.span);
    Speaker { voice: Voice::Party(accused), rule: BY_ACCUSED, before, ..by }
}

/// Whether what is admitted is a statement or the responsibility for an act, rather than a fact told after the word or a
/// state that is recognised.
fn of_statement(read: &Read<'_>, speech: &Speech) -> bool {
    let clause = read.scene.clause_run(read.scene.clause(speech.cue.start));
    let told = read.scene.has(speech.cue.end..speech.cue.end + 2, Sense::Clause);
    !told && (speech.cue.len() > 1 || read.scene.has(clause, Sense::Statement))
}

/// The act that was told last, up to four sentences before, whose doer nobody named: who claims it may have done it.
fn unclaimed(story: &Story<'_>, at: usize) -> Option<usize> {
    let open = |draft: &Draft| {
        draft.accused.is_none()
            && draft.act.family() == ActFamily::Fire
            && matches!(draft.stance, Stance::Alleges | Stance::Observes)
            && draft.sentence + 4 >= at
    };
    (0..story.drafts.len()).rev().find(|&id| story.drafts.get(id).is_some_and(open))
}

/// Which accusations a denial without an act answers: as many as it says, else all that the sentence told which holds
/// the one most likely meant.
fn answered(story: &Story<'_>, read: &Read<'_>, speaker: Bearer) -> Vec<usize> {
    let mut ids = accusations(story, speaker, read);
    let two = read.scene.amounts.iter().any(|amount| amount.range.min == Some(2))
        || read.scene.has(read.scene.whole(), Sense::Two);
    if two {
        ids.truncate(2);
    } else {
        let place = |id: &usize| story.drafts.get(*id).map(|draft| (draft.sentence, draft.voice.clone()));
        let meant = ids.first().and_then(place);
        ids.retain(|id| place(id) == meant);
        ids.truncate(MOST);
    }
    ids.sort_unstable();
    ids
}

/// "A lie", "disinformation": in the mouth of a party, an answer to what was said against it.
pub(crate) fn called_a_lie(story: &mut Story<'_>, read: &Read<'_>, at: usize, quoted: Option<Speaker>) {
    let Some(word) = read.scene.all(read.scene.whole(), Sense::Lie).next().map(|mark| mark.at.clone()) else { return };
    let governing = super::speech::governing(&read.speeches, word.start).or_else(|| read.speeches.first());
    let subject = read.scene.mentions.iter().position(|m| m.can_act() && m.party().is_some() && m.at.end <= word.start);
    let speaker = governing.map(|speech| speech.speaker.clone()).or_else(|| subject.map(|subject| vec![subject]));
    let speech = Speech::of(word, Sense::Deny, speaker.unwrap_or_default());
    if let (Some(quoted), true) = (quoted, speech.speaker.is_empty()) {
        (story.here, story.here_at) = (Some(quoted.voice), quoted.at);
    }
    answer(story, read, at, &speech);
}

/// The accusations against a party or its allies, the one most likely meant first: of the place named here, then the
/// latest sentence.
fn accusations(story: &Story<'_>, speaker: Bearer, read: &Read<'_>) -> Vec<usize> {
    let against = |draft: &Draft| {
        matches!(draft.stance, Stance::Alleges | Stance::Observes)
            && draft.accused.is_some_and(|accused| story.allied(accused, speaker))
            && draft.voice.party().is_none_or(|voice| !story.allied(voice, speaker))
    };
    let answered = |draft: &Draft| {
        story.drafts.iter().rev().take(super::merge::REACH).any(|other| {
            other.stance == Stance::Denies
                && other.voice == Voice::Party(speaker)
                && other.act == draft.act
                && other.places == draft.places
                && other.accused == draft.accused
        })
    };
    let since = story.drafts.len().saturating_sub(super::merge::REACH);
    let mut ids: Vec<usize> =
        (since..story.drafts.len()).filter(|&id| story.drafts.get(id).is_some_and(against)).collect();
    let places: Vec<&str> = read.scene.places.iter().map(|place| place.name.as_str()).collect();
    ids.sort_by_key(|&id| {
        let draft = story.drafts.get(id);
        let named = draft.is_some_and(|draft| draft.places.iter().any(|place| places.contains(&place.as_str())));
        let open = draft.is_some_and(|draft| !answered(draft));
        let specific = draft.is_some_and(|draft| draft.act != ActBase::Violation);
        let sentence = draft.map_or(0, |draft| draft.sentence);
        std::cmp::Reverse((named, open, sentence, specific, usize::MAX - id))
    });
    ids
}

/// What a denial takes from the accusation it answers: place, time, target and whether civilians were hit, never the
/// toll.
pub(crate) fn copy(accusation: &Draft, draft: &mut Draft) {
    if draft.places.is_empty() && !accusation.places.is_empty() {
        draft.places.clone_from(&accusation.places);
        draft.inherits(accusation, "place", ANSWERS);
    }
    if draft.time.is_none() || draft.time_rule > TimeRule::Sentence {
        draft.time = accusation.time;
        draft.unread("time");
        draft.inherits(accusation, "time", ANSWERS);
        draft.time_rule =
            if accusation.time_rule == TimeRule::Published { TimeRule::Published } else { TimeRule::Answered };
    }
    if draft.target.is_none() && accusation.target.is_some() {
        draft.target = accusation.target;
        draft.inherits(accusation, "target", ANSWERS);
    }
    draft.civilian |= accusation.civilian;
}

/// Completes a draft whose act is only pointed at ("these shots") from the act of fire told last, within two sentences.
pub(crate) fn resume(story: &Story<'_>, draft: &mut Draft) {
    let near = |other: &&Draft| other.sentence + 2 >= draft.sentence && other.act.family() == ActFamily::Fire;
    let Some(before) = story.drafts.iter().rev().take(super::merge::REACH).find(near) else { return };
    if matches!(draft.act, ActBase::Attack | ActBase::SmallArmsFire) {
        draft.act = before.act;
    }
    if draft.accused.is_none() && before.accused.is_some_and(|doer| Voice::Party(doer) != draft.voice) {
        draft.accused = before.accused;
        draft.inherits(before, "accused", "act told before");
    }
    draft.because("act", Some(before.span), "act told before");
    copy(before, draft);
}

/// Completes a denial that names its act from the accusation it answers: one of the same family against the speaker,
/// at the same place where both tell one.
pub(crate) fn complete(story: &mut Story<'_>, draft: &mut Draft) {
    let Some(speaker) = draft.voice.party() else { return };
    let matching = story.drafts.iter().rev().take(super::merge::REACH).find(|other| {
        matches!(other.stance, Stance::Alleges | Stance::Observes)
            && other.act.family() == draft.act.family()
            && other.accused.is_some_and(|accused| story.allied(accused, speaker))
            && (draft.places.is_empty()
                || other.places.is_empty()
                || other.places.iter().any(|place| draft.places.iter().any(|own| alike(place, own))))
    });
    let Some(accusation) = matching.cloned() else {
        lay(story, draft, speaker);
        return;
    };
    if draft.act != ActBase::Violation {
        // A denial of "firing" at a place denies what was said to have been fired there.
        draft.act = accusation.act;
    }
    draft.inherits(&accusation, "act", ANSWERS);
    copy(&accusation, draft);
}

/// An allegation just before that names no doer is laid to the party that denies the same.
fn lay(story: &mut Story<'_>, draft: &mut Draft, speaker: Bearer) {
    let open = |other: &&mut Draft| {
        other.stance == Stance::Alleges
            && other.accused.is_none()
            && other.act.family() == draft.act.family()
            && other.voice.party().is_some_and(|voice| voice != speaker)
    };
    let Some(accusation) = story.drafts.iter_mut().rev().take(4).find(open) else { return };
    accusation.accused = Some(speaker);
    accusation.inferred = true;
    accusation.because("accused", Some(draft.span), "the party that denies it");
    let accusation = accusation.clone();
    draft.inherits(&accusation, "act", ANSWERS);
    copy(&accusation, draft);
}

/// Whether two spellings are forms of one name: they share all but their last few letters.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a.to_lowercase().eq(b.to_lowercase())).count();
    let shorter = a.chars().count().min(b.chars().count());
    a == b || (shorter >= 4 && same + 3 >= shorter.max(4) && same >= 4)
}

/// "Did not comment": a claim of its own kind, about the accusation told last.
pub(crate) fn silence(story: &mut Story<'_>, read: &Read<'_>, at: usize, speech: &Speech) {
    let by = story.voice(&read.scene, speech);
    let Some(speaker) = by.voice.party() else { return };
    let act = accusations(story, speaker, read)
        .first()
        .and_then(|&id| story.drafts.get(id))
        .map_or(ActBase::Violation, |draft| draft.act);
    let mut draft = Draft::new(by.voice.clone(), Stance::NoComment, act, read.scene.sentence.span);
    draft.claimant_text.clone_from(&by.text);
    draft.said_by(&by, Some((read.scene.bytes(&speech.cue), speech.sense)));
    draft.because("act", None, "silence");
    draft.said = said_at(story, read, speech);
    (draft.sentence, draft.paragraph) = (at, read.scene.sentence.paragraph);
    story.drafts.push(draft);
}
