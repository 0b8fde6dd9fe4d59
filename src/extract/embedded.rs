//! Who speaks and who acts where what is said stands, as a noun, between its speaker and the word of saying:
//! "Ermenistan, Azerbaycan ordusunun Kapan'ı vurduğunu açıkladı".

use super::actors::{Mention, Part, Who};
use super::cases::{self, Verb};
use super::deeds::{Deed, Told};
use super::lexicon::Mark;
use super::names::NameForm;
use super::roles::Role;
use super::scene::{Run, Scene};
use super::sense::{Frame, Need, Prep, Sense};
use super::speech::Speech;

/// Who speaks: the first who stands in no case after the word of saying before; of "according to", who stands right
/// before it.
pub(crate) fn speaker(scene: &Scene<'_>, sense: Sense, mark: &Mark<'_>, last: Option<&Speech>) -> Vec<usize> {
    let cue = &mark.at;
    // "Bakanlıktan yapılan açıklamada … belirtildi": what is said in the passive has the source's speaker.
    if let Some(source) = last.filter(|last| mark.passive && last.sense == Sense::Source) {
        return source.speaker.clone();
    }
    let since = last.map_or(0, |last| last.cue.end);
    let ids = |able: &dyn Fn(&Mention) -> bool| -> Vec<usize> {
        let within = |m: &Mention| m.at.start >= since && m.at.end <= cue.start;
        (0..scene.mentions.len()).filter(|&id| scene.mentions.get(id).is_some_and(|m| within(m) && able(m))).collect()
    };
    if matches!(sense, Sense::Source | Sense::BackSay) {
        let beside = |m: &Mention| m.at.end + 6 > cue.start && may_speak(m);
        return ids(&beside).last().copied().into_iter().collect();
    }
    // "… belirten Lavrov": the noun after the participle.
    if cases::verb_form(cases::last_word(scene, cue)) == Verb::Participle {
        let after = |m: &Mention| m.at.start >= cue.end && m.at.start < cue.end + 4 && may_speak(m);
        let head = (0..scene.mentions.len()).find(|&id| scene.mentions.get(id).is_some_and(after));
        return head.into_iter().collect();
    }
    // "ABD'nin kendisini … suçlamasına": whose the accusation is stands in the genitive.
    if sense == Sense::Accuse && cases::verb_form(cases::last_word(scene, cue)) == Verb::Noun {
        let whose = ids(&|m: &Mention| may_speak(m) && m.prep == Some(Prep::Of));
        if let Some(&whose) = whose.first() {
            return vec![whose];
        }
    }
    let bare = ids(&|m: &Mention| may_speak(m) && m.prep.is_none());
    // "Trablus'tan yapılan açıklamada", "Bakü'de … bildirildi": the seat of those who speak.
    let seat = |m: &Mention| {
        matches!(m.form, Some(NameForm::Capital | NameForm::Name | NameForm::Institution)) && m.prep == Some(Prep::From)
    };
    // "Pakistan ordusunun basın kolu, … açıkladı": whose the noun is that a comma closes.
    let closed = |m: &Mention| {
        let sign = (m.at.end..m.at.end + 7).find(|&at| scene.token(at).is_some_and(|token| token.is(",")));
        let verb = |to: usize| scene.marks_in(m.at.end..to).any(|mark| super::actors::is_verbal(mark.sense()));
        m.prep == Some(Prep::Of) && may_speak(m) && sign.is_some_and(|sign| sign < cue.start && !verb(sign))
    };
    let owner = || ids(&closed).first().copied().filter(|_| last.is_none());
    let found = bare.first().copied().or_else(owner).or_else(|| ids(&seat).first().copied());
    match (found, last) {
        (Some(found), _) => vec![found],
        (None, Some(last)) => last.speaker.clone(),
        (None, None) => Vec::new(),
    }
}

fn may_speak(mention: &Mention) -> bool {
    mention.can_act()
        && mention.part != Part::Agent
        && mention.form != Some(NameForm::Adjective)
        && !matches!(mention.who, Who::Force | Who::Enemy | Who::Unnamed | Who::Theirs)
}

/// Whom an accusation is laid to: the first in the accusative after the word of saying before.
pub(crate) fn accused(scene: &Scene<'_>, cue: &Run, since: usize, speaker: &[usize]) -> Option<usize> {
    (0..scene.mentions.len()).find(|id| {
        let able = |m: &Mention| m.prep == Some(Prep::Object) && m.at.start >= since && m.at.end <= cue.start;
        !speaker.contains(id) && scene.mentions.get(*id).is_some_and(able)
    })
}

/// The rule by which a participle has its doer.
const OF_PARTICIPLE: &str = "noun after the participle";

/// Who did a deed, by the form of its verb.
pub(crate) fn agent(
    scene: &Scene<'_>,
    deed: &Deed,
    speech: Option<&Speech>,
    earlier: &[(Deed, Option<Role>)],
) -> Option<Role> {
    let verb = deed.support.as_ref().unwrap_or(&deed.at);
    let form = cases::verb_form(cases::last_word(scene, verb));
    let since = deed.from;
    let by = nearest(scene, since..scene.clause_run(deed.clause).end, &[Prep::By]);
    if let Some(doer) = by.filter(|_| !is_repelled(scene, deed)) {
        return Some(Role::of(doer, "by"));
    }
    let undergone = deed.frame == Frame::Undergoes && deed.noun.is_some();
    if undergone || deed.told == Told::Noun || deed.told == Told::Breach && deed.support.is_none() {
        let noun = deed.noun.as_ref().unwrap_or(&deed.at);
        if let Some(owner) = owner(scene, since, noun) {
            return Some(Role::of(owner, "whose act"));
        }
    }
    // The subject of a noun clause may stand far before its verb, past times and places set between commas.
    let deed_before = earlier.last().map_or(0, |(other, _)| other.at.end);
    let told_before = scene.marks_in(0..since).filter(|mark| mark.sense() == Sense::Say).map(|mark| mark.at.end);
    let far = told_before.max().unwrap_or(0).max(deed_before).min(since);
    let genitive = || subject_of_noun(scene, far..verb.start).map(|m| Role::of(m, "subject"));
    let blamed = || {
        let accused = speech.filter(|speech| speech.sense == Sense::Accuse)?.accused?;
        scene.mentions.get(accused).map(|mention| Role::of(mention, "accused"))
    };
    // What a participle told is said of its noun alone: "uçan bir uçağı düşürdüklerini".
    let told_before = |(other, agent): &&(Deed, Option<Role>)| {
        !other.passive && agent.as_ref().is_none_or(|agent| agent.rule != OF_PARTICIPLE)
    };
    let before = || earlier.iter().rfind(told_before).and_then(|(_, agent)| agent.clone());
    let teller = || speech.and_then(|speech| scene.mentions.get(*speech.speaker.first()?));
    let own = || teller().map(|mention| Role::of(mention, "subject of the saying"));
    match form {
        _ if deed.passive || deed.told == Told::Noun && deed.support.is_none() => blamed(),
        Verb::Infinitive => blamed().or_else(genitive).or_else(own),
        Verb::Noun => genitive().or_else(blamed).or_else(before).or_else(own),
        Verb::Converb => genitive().or_else(|| nominative(scene, since..verb.start, speech)).or_else(own),
        Verb::Participle => {
            let head = scene.mentions_in(verb.end..verb.end + 4).find(|m| m.can_act() || m.part == Part::Victim);
            head.map(|mention| Role::of(mention, OF_PARTICIPLE))
        }
        Verb::Finite => {
            nominative(scene, since..verb.start, speech).or_else(|| of_the_teller(scene, since, speech)).or_else(before)
        }
    }
}

/// Whether a deed tells that an act was repelled, so that who is told by "tarafından" did not do it.
fn is_repelled(scene: &Scene<'_>, deed: &Deed) -> bool {
    let repels = |mark: &Mark<'_>| {
        mark.sense() == Sense::ActVerb && mark.entry.frame == Frame::Undergoes && mark.entry.needs == Need::Act
    };
    let verb = scene.marks_in(deed.at.clone()).any(repels);
    verb || scene.marks_in(deed.at.end..scene.clause_run(deed.clause).end).next().is_some_and(repels)
}

/// Whether a verb of keeping is negated within, so that it tells a breach: "uymadığını", "uymamakla".
pub(crate) fn is_unkept(scene: &Scene<'_>, mark: &Mark<'_>) -> bool {
    let word = cases::last_word(scene, &mark.at);
    scene.lang.embeds() && (cases::is_negated(word) || word.contains("mama") || word.contains("meme"))
}

/// Whether the verb that follows an act noun tells what is only to come: "her ihlale karşılık vereceğini".
pub(crate) fn is_to_come(scene: &Scene<'_>, after: Run) -> bool {
    let verbs = [Sense::ActVerb, Sense::Support];
    let verb = scene.marks_in(after).find(|mark| verbs.contains(&mark.sense()));
    verb.is_some_and(|verb| cases::is_unreal(cases::last_word(scene, &verb.at)))
}

/// The subject of a noun clause: the nearest genitive before its verb, or the one before where that is of the object.
fn subject_of_noun<'s>(scene: &'s Scene<'_>, run: Run) -> Option<&'s Mention> {
    let last = nearest(scene, run.clone(), &[Prep::Of])?;
    let other =
        |m: &&Mention| m.prep == Some(Prep::Of) && m.can_act() && m.party().is_some() && m.party() != last.party();
    let before = || scene.mentions_in(run.start..last.at.start).filter(|m| !is_land(scene, m)).rfind(other);
    if cases::owns_object(scene, last) { before().or(Some(last)) } else { Some(last) }
}

/// The subject of a saying told in a converb, whose main verb is the deed: "X, Y'yi suçlayarak saldırı düzenledi".
fn of_the_teller(scene: &Scene<'_>, since: usize, speech: Option<&Speech>) -> Option<Role> {
    let said = [Sense::Say, Sense::Accuse, Sense::Deny, Sense::Admit];
    let saying = scene.marks_in(0..since).rfind(|mark| said.contains(&mark.sense()) && mark.at.end == since)?;
    let converb = cases::verb_form(cases::last_word(scene, &saying.at)) == Verb::Converb;
    let run = scene.clause_run(scene.clause(saying.at.start)).start..saying.at.start;
    nominative(scene, run, speech).filter(|_| converb)
}

/// Whose act a noun is: a name right before it, bare or in the genitive.
fn owner<'s>(scene: &'s Scene<'_>, since: usize, noun: &Run) -> Option<&'s Mention> {
    let near = noun.start.saturating_sub(6).max(since)..noun.start;
    scene
        .mentions_in(near)
        .filter(|m| m.form.is_some() || matches!(m.who, Who::Enemy | Who::Rebels | Who::Government | Who::Unnamed))
        .rfind(|m| {
            let free =
                !scene.has_any(m.at.end..noun.start, &[Sense::ActVerb, Sense::Say, Sense::And]) && !is_land(scene, m);
            let comma = (m.at.end..noun.start).any(|at| scene.token(at).is_some_and(|token| token.is(",")));
            free && !comma
                && m.form != Some(NameForm::Capital)
                && (m.part == Part::Agent || m.prep == Some(Prep::Of) || m.at.end + 2 >= noun.start && m.prep.is_none())
        })
}

/// Whether a name only says where: "Lübnan'ın güneyindeki", but not "Hindistan'ın sınırda", who fired there.
fn is_land(scene: &Scene<'_>, mention: &Mention) -> bool {
    let after = cases::after_ending(scene, mention.at.end);
    let land = (after..after + 2).find(|&at| scene.is(at, Sense::Land));
    let other = |land: usize| {
        let named = (after..land).any(|at| scene.token(at).is_some_and(|token| token.capital));
        named || scene.has_any(after..land, &[Sense::Force, Sense::Authority])
    };
    let owned = |land: usize| mention.prep != Some(Prep::Of) || cases::is_owned(scene, land);
    mention.may_be_place() && land.is_some_and(|land| !other(land) && owned(land))
}

/// Whether a name only says in which land a town is: "İsviçre'nin Cenevre kentinde".
pub(crate) fn is_venue(scene: &Scene<'_>, mention: &Mention) -> bool {
    let after = cases::after_ending(scene, mention.at.end);
    let town = (after..after + 3).find(|&at| scene.is(at, Sense::Land));
    let there = |at: usize| {
        let word = scene.token(at).map_or("", |token| token.norm.as_str());
        ["nda", "nde", "ndaki", "ndeki"].iter().any(|ending| word.ends_with(ending))
    };
    mention.prep == Some(Prep::Of) && mention.may_be_place() && town.is_some_and(there)
}

/// The last within a run that stands in one of these cases and can act, no land's name.
fn nearest<'s>(scene: &'s Scene<'_>, run: Run, preps: &[Prep]) -> Option<&'s Mention> {
    let able = |m: &&Mention| m.prep.is_some_and(|prep| preps.contains(&prep)) && m.can_act() && !is_land(scene, m);
    let somebody = |m: &&Mention| {
        m.party().is_some() || matches!(m.who, Who::Enemy | Who::We | Who::Rebels | Who::Government | Who::Theirs)
    };
    scene.mentions_in(run.clone()).filter(able).rfind(somebody).or_else(|| scene.mentions_in(run).rfind(able))
}

/// The first within a run that stands in no case and does not itself tell what is told.
fn nominative(scene: &Scene<'_>, run: Run, speech: Option<&Speech>) -> Option<Role> {
    let tells = |m: &Mention| {
        speech.and_then(|speech| scene.mentions.get(*speech.speaker.first()?)).is_some_and(|teller| teller.at == m.at)
    };
    let able = |m: &&Mention| m.prep.is_none() && m.can_act() && !tells(m);
    let named = scene.mentions_in(run.clone()).filter(able).find(|m| m.who != Who::Force);
    named.or_else(|| scene.mentions_in(run).find(able)).map(|mention| Role::of(mention, "subject"))
}
