//! Accusations that tell no act themselves: what they lay to somebody is an act told before, or the breach of the truce
//! that the sentence is about.

use super::actors::Mention;
use super::draft::{Draft, Speaker, Voice};
use super::names::Bearer;
use super::scene::Scene;
use super::sense::Sense;
use super::slots;
use super::speech::Speech;
use super::story::{Read, Story};
use super::tokens::Kind;
use super::{denials, joint};
use crate::model::{ActBase, ByteSpan, Stance};

/// What makes the breach of a truce the matter of a sentence, the closest first.
const BREACHES: [Sense; 3] = [Sense::Breach, Sense::Break, Sense::Truce];

/// Reads an accusation without an act of its own into the story.
pub(crate) fn bare(story: &mut Story<'_>, read: &Read<'_>, at: usize, speech: &Speech) {
    let scene = &read.scene;
    let mention = speech.accused.and_then(|id| scene.mentions.get(id));
    let Some(party) = mention.and_then(Mention::party) else { return };
    if mention.is_some_and(|mention| of_something_else(scene, mention)) {
        return;
    }
    let by = story.voice(scene, speech);
    if !lay_here(story, read, at, speech, &by.voice, party) {
        let joined = mention.map(|mention| joint::joined(scene, &mention.at, speech.cue.start)).unwrap_or_default();
        let others = joined.into_iter().filter_map(Mention::party).filter(|other| *other != party);
        for party in [party].into_iter().chain(others) {
            lay(story, read, at, speech, &by, party);
        }
    }
}

/// The words that name whom an accusation is laid to.
fn named(scene: &Scene<'_>, speech: &Speech) -> Option<ByteSpan> {
    speech.accused.and_then(|id| scene.mentions.get(id)).and_then(|mention| scene.bytes(&mention.at))
}

/// Whether what a Slavic accusation lays to somebody follows, and is no act: "обвинил … в нежелании бороться".
fn of_something_else(scene: &Scene<'_>, accused: &Mention) -> bool {
    let led = |at: usize| scene.token(at).is_some_and(|token| matches!(token.norm.as_str(), "в" | "у"));
    let charge = (accused.at.end..accused.at.end + 3).find(|&at| led(at));
    let known =
        [Sense::ActNoun, Sense::Breach, Sense::Truce, Sense::Accord, Sense::Land, Sense::Statement, Sense::There];
    scene.lang.is_slavic()
        && charge.is_some_and(|at| {
            let word = scene.token(at + 1).is_some_and(|token| !token.capital && token.kind == Kind::Word);
            let timed = scene.times.iter().any(|time| time.at.start <= at + 1 && at < time.at.end);
            word && !timed && !scene.has_any(at + 1..at + 5, &known)
        })
}

/// Lays an act that the same sentence tells without a doer to the accused; whether there was one.
fn lay_here(story: &mut Story<'_>, read: &Read<'_>, at: usize, speech: &Speech, voice: &Voice, party: Bearer) -> bool {
    let scene = &read.scene;
    let weapon = scene.all(speech.cue.end..scene.clause_run(scene.clause(speech.cue.start)).end, Sense::Weapon).next();
    let open = story
        .drafts
        .iter_mut()
        .find(|d| d.sentence == at && d.voice == *voice && d.accused.is_none() && d.stance == Stance::Alleges);
    let Some(draft) = open else { return false };
    draft.accused = Some(party);
    draft.unread("accused");
    draft.because("accused", named(scene, speech), "accused");
    if draft.act == ActBase::Attack {
        draft.act = weapon.and_then(|mark| mark.entry.act).unwrap_or(draft.act);
    }
    true
}

/// Lays to a party the breach of the truce that the sentence is about, else the act told before.
fn lay(story: &mut Story<'_>, read: &Read<'_>, at: usize, speech: &Speech, by: &Speaker, party: Bearer) {
    let (scene, voice) = (&read.scene, &by.voice);
    let others = story
        .drafts
        .iter()
        .rev()
        .take(super::merge::REACH)
        .any(|draft| draft.sentence == at && draft.accused == Some(party));
    if others || speech.negated || voice.party().is_none_or(|voice| story.allied(voice, party)) {
        return;
    }
    if !scene.has_any(scene.whole(), &BREACHES) {
        lay_told(story, read, at, speech, by, party);
        return;
    }
    let span = scene.bytes(&scene.clause_run(scene.clause(speech.cue.start))).unwrap_or(scene.sentence.span);
    let mut draft = Draft::new(voice.clone(), Stance::Alleges, ActBase::Violation, span);
    draft.accused = Some(party);
    draft.said_by(by, Some((scene.bytes(&speech.cue), speech.sense)));
    draft.read_at("accused", named(scene, speech), "accused");
    let breach = scene.marks.iter().find(|mark| BREACHES.contains(&mark.sense()));
    draft.read_at("act", breach.and_then(|mark| scene.bytes(&mark.at)), "breach of the truce");
    let (time, rule, when) = story.time(scene, scene.clause(speech.cue.start), 0);
    (draft.time, draft.time_rule) = (time, rule);
    draft.because("time", when, slots::time_rule(rule));
    (draft.sentence, draft.paragraph) = (at, scene.sentence.paragraph);
    story.drafts.push(draft);
}

/// Lays the act told last, within two sentences, to a party: an act without a doer, one that somebody else lays to the
/// same party, or one laid to the speaker, who turns the accusation round.
fn lay_told(story: &mut Story<'_>, read: &Read<'_>, at: usize, speech: &Speech, by: &Speaker, party: Bearer) {
    let voice = &by.voice;
    let speaker = voice.party();
    let meant = |draft: &Draft| {
        draft.accused.is_none_or(|accused| {
            story.allied(accused, party) || speaker.is_some_and(|speaker| story.allied(accused, speaker))
        })
    };
    let told = |draft: &Draft| {
        matches!(draft.stance, Stance::Observes | Stance::Alleges)
            && draft.sentence + 2 >= at
            && !draft.act.is_truce_fact()
            && draft.act != ActBase::Losses
    };
    let Some(id) = story.drafts.iter().rposition(|draft| told(draft) && meant(draft)) else { return };
    let because = named(&read.scene, speech);
    let Some(before) = story.drafts.get_mut(id) else { return };
    if before.voice == *voice && before.accused.is_none() {
        before.accused = Some(party);
        before.unread("accused");
        before.because("accused", because, "accused afterwards");
        return;
    }
    let span = read.scene.bytes(&read.scene.clause_run(read.scene.clause(speech.cue.start)));
    let before = before.clone();
    let mut draft = Draft::new(voice.clone(), Stance::Alleges, before.act, span.unwrap_or(read.scene.sentence.span));
    draft.accused = Some(party);
    draft.said_by(by, Some((read.scene.bytes(&speech.cue), speech.sense)));
    draft.read_at("accused", because, "accused");
    draft.inherits(&before, "act", "act told before");
    denials::copy(&before, &mut draft);
    draft.losses.clone_from(&before.losses);
    if !draft.losses.is_empty() {
        draft.inherits(&before, "loss", "act told before");
    }
    draft.target = draft.target.filter(|&target| target != party);
    (draft.sentence, draft.paragraph) = (at, read.scene.sentence.paragraph);
    story.drafts.push(draft);
}

/// Where those may stand to whom a Romance accusation is laid: before the infinitive that tells it, if somebody else than
/// a party is named there ("ha accusato i combattenti della repubblica di aver colpito …").
pub(crate) fn before_the_charge(scene: &Scene<'_>, from: usize, to: usize) -> usize {
    if !scene.lang.adjective_follows() || scene.lang.verb_first() {
        return to;
    }
    let charge = scene.all(from..to, Sense::Infinitive).next().map(|mark| mark.at.start);
    let people = |at: &usize| scene.has_any(from..*at, &[Sense::Force, Sense::Person, Sense::Rebels, Sense::Unnamed]);
    charge.filter(people).unwrap_or(to)
}
