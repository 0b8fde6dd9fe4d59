//! The slots of a claim: doer, target, time, place, figures, from the clause of the deed, else by stated rules.

use super::actors::Who;
use super::deeds::{Deed, Told, is_fire};
use super::draft::{Draft, STANDS_FOR, TimeRule};
use super::names::Bearer;
use super::roles::{self, Role};
use super::scene::Scene;
use super::sense::{Frame, Sense};
use super::speech::Speech;
use super::story::{Read, Story};
use super::{figures, site, unknown};
use crate::model::Stance;

/// Whether an act noun without a doer is what its speaker announces to have done, since the other side received it:
/// "«Хезболла» заявила об ударе по Израилю".
pub(crate) fn announces(
    story: &Story<'_>,
    read: &Read<'_>,
    deed: &Deed,
    speech: Option<&Speech>,
    speaker: Option<Bearer>,
) -> bool {
    let said = speech.filter(|speech| speech.sense == Sense::Say && speech.cue.end <= deed.at.start);
    let said = said.filter(|_| read.scene.lang.is_slavic());
    let beside = said.is_some_and(|said| deed.at.start - said.cue.end <= 3);
    let hit = roles::target(&read.scene, deed, None).and_then(|hit| story.party(hit.who, speaker, None));
    let foe = speaker.and_then(|speaker| story.opponent(speaker));
    beside && is_fire(deed.act) && deed.frame == Frame::Does && hit.is_some() && foe.or(hit) == hit
}

/// Whether acts of nobody's are confirmed, as an army does its own: "l'esercito ha confermato raid su Tiro".
pub(crate) fn confirms(read: &Read<'_>, deed: &Deed, speech: &Speech) -> bool {
    let scene = &read.scene;
    let word = |at: usize| scene.token(at).map_or("", |token| token.norm.as_str());
    let last = word(speech.cue.end.saturating_sub(1));
    let confirm = ["confirm", "conferm"].iter().any(|stem| last.starts_with(stem));
    let bare = deed.at.start == speech.cue.end || deed.at.start == speech.cue.end + 1 && word(speech.cue.end) == "des";
    confirm && bare && is_fire(deed.act) && deed.frame == Frame::Does
}

/// Fills the slots of a draft from its deed's clause, else by the stated rules of inheritance.
pub(crate) fn fill(
    story: &Story<'_>,
    read: &Read<'_>,
    deed: &Deed,
    agent: Option<&Role>,
    doer: Option<Bearer>,
    speech: Option<&Speech>,
    draft: &mut Draft,
) {
    let scene = &read.scene;
    draft.because("act", scene.bytes(&deed.at), deed.rules.first().copied().unwrap_or("act"));
    if let Some(agent) = agent {
        draft.because("accused", scene.bytes(&agent.at), agent.rule);
        draft.inferred = agent.inferred;
        draft.accused_text = scene.bytes(&agent.at).and_then(|span| span.of(story.text)).map(str::to_owned);
    }
    draft.accused = doer;
    doer_named(story, scene, agent, doer, speech, draft);
    if let Some(agent) = agent.filter(|agent| doer.is_none() && agent.who != Who::Several) {
        let named = unknown::before(scene, story.text, deed.from, agent.at.start).filter(|_| agent.who == Who::Force);
        draft.accused_text = named.map(str::to_owned);
    }
    let target = roles::target(scene, deed, agent);
    if let Some(target) = target {
        let party = story.party(
            target.who,
            draft.voice.party(),
            speech.filter(|s| s.sense != Sense::Accuse).map(|s| (scene, s)),
        );
        draft.target = party.filter(|party| Some(*party) != doer);
        if draft.target.is_some() {
            draft.because("target", scene.bytes(&target.at), target.rule);
            named_before(story, scene, &target, draft.target, "target", draft);
        }
    }
    if draft.target.is_none() && own_men(story, read, deed, draft) {
        draft.target = draft.voice.party();
        draft.because("target", None, "the speaker's own men");
    }
    let hit = draft.target.is_some() && draft.target == draft.voice.party();
    let nameless = agent.is_none_or(|agent| agent.who == Who::Force);
    let unknown = draft.accused_text.is_some() && agent.is_some();
    if hit && doer.is_none() && nameless && !unknown && is_fire(deed.act) && draft.stance == Stance::Alleges {
        draft.accused = draft.voice.party().and_then(|voice| story.opponent(voice));
        draft.inferred = true;
        draft.because("accused", None, "the opponent of those under fire");
    }
    let acts = agent.is_none() && deed.told == Told::Verb && !deed.passive && deed.frame == Frame::Does;
    if doer.is_none() && acts && is_fire(deed.act) && draft.stance == Stance::Alleges && led_by_weapon(read, deed) {
        draft.accused =
            draft.voice.party().filter(|voice| !story.is_third(*voice)).and_then(|voice| story.opponent(voice));
        draft.inferred = true;
        draft.because("accused", None, "whose weapons the other side speaks of");
    }
    let (time, rule, span) = story.time(scene, deed.clause, deed.from);
    (draft.time, draft.time_rule) = (time, rule);
    draft.because("time", span, time_rule(rule));
    site::find(story, read, deed, draft);
    draft.civilian = is_fire(draft.act) && scene.has(deed.from..scene.clause_run(deed.clause).end, Sense::Civilian);
    // A denial counts nothing: "committed no violation" is none of zero violations.
    let counted = if draft.stance == Stance::Denies { Vec::new() } else { figures::of(scene, deed, time.as_ref()) };
    for (figure, span) in counted {
        draft.figures.push(figure);
        draft.because("figure", span, "number of the clause");
    }
    draft.definite = deed.told == Told::Noun && agent.is_none() && draft.places.is_empty() && draft.figures.is_empty();
    site::inherit(story, read, deed, agent.is_none(), draft);
}

/// Notes where the doer is named, where the words for it only stand for a name, or are left out.
fn doer_named(
    story: &Story<'_>,
    scene: &Scene<'_>,
    agent: Option<&Role>,
    doer: Option<Bearer>,
    speech: Option<&Speech>,
    draft: &mut Draft,
) {
    if let Some(agent) = agent {
        named_before(story, scene, agent, doer, "accused", draft);
        return;
    }
    let Some(doer) = doer else { return };
    let upto = speech.map_or(scene.whole().end, |speech| speech.cue.end);
    let rule = if draft.voice.party() == Some(doer) { "the speaker's own act" } else { "accused" };
    draft.read_at("accused", story.named_last(scene, doer, upto), rule);
}

/// Notes where the party is named that words for somebody stand for.
fn named_before(
    story: &Story<'_>,
    scene: &Scene<'_>,
    role: &Role,
    party: Option<Bearer>,
    slot: &'static str,
    draft: &mut Draft,
) {
    let before = party.filter(|_| !matches!(role.who, Who::Party(_)));
    if let Some(span) = before.and_then(|party| story.named_last(scene, party, role.at.start)) {
        draft.read_at(slot, Some(span), STANDS_FOR);
    }
}

/// Whether those under fire are armed men of no party's name in the mouth of a party that fights: "the patrol came under
/// fire".
fn own_men(story: &Story<'_>, read: &Read<'_>, deed: &Deed, draft: &Draft) -> bool {
    let scene = &read.scene;
    let fights = draft.voice.party().is_some_and(|voice| !story.is_third(voice));
    let before = scene.mentions_in(deed.from..deed.at.start).rfind(|mention| mention.can_act());
    (deed.frame == Frame::Undergoes || deed.passive)
        && fights
        && draft.stance == Stance::Alleges
        && before.is_some_and(|mention| mention.who == Who::Force)
}

/// Whether the subject of a deed is a weapon of nobody named: "вертолеты нанесли удар", "warplanes bombed the town".
fn led_by_weapon(read: &Read<'_>, deed: &Deed) -> bool {
    let scene = &read.scene;
    let before = deed.from..deed.at.start;
    let subject = |weapon: &super::lexicon::Mark<'_>| {
        let led = (weapon.at.start.saturating_sub(2)..=weapon.at.start)
            .any(|at| scene.ends_at(at, Sense::Preposition).is_some());
        let word = scene.token(weapon.at.end - 1).map_or("", |token| token.norm.as_str());
        !led && !scene.lang.instrumental().iter().any(|ending| word.ends_with(ending))
    };
    scene.mentions_in(before.clone()).all(|m| !m.can_act() || m.prep.is_some() || m.who == Who::Force)
        && scene.all(before, Sense::Weapon).any(subject)
}

pub(crate) const fn time_rule(rule: TimeRule) -> &'static str {
    match rule {
        TimeRule::Own => "time of the clause",
        TimeRule::Sentence => "time of the sentence",
        TimeRule::Before => "time told before",
        TimeRule::Answered => "time of what is answered",
        TimeRule::Published => "day of the text",
    }
}
