//! Facts about a truce: that it was agreed, begins, was extended, ended; between whom, through whom, when.

use super::actors::{Mention, Who};
use super::calendar::Told as Time;
use super::draft::{Draft, Speaker, TimeRule, Voice};
use super::lexicon::Mark;
use super::names::{Bearer, NameForm};
use super::scene::{Run, Scene};
use super::sense::{Prep, Sense};
use super::speech::{Speech, governing};
use super::story::{Read, Story};
use super::times::{Said, TimeMark};
use crate::model::{ActBase, PartyKind, Stance};

/// The senses that tell facts about a truce, with the fact.
const FACTS: [(Sense, ActBase); 4] = [
    (Sense::Begins, ActBase::TruceBegins),
    (Sense::Agreed, ActBase::TruceAgreed),
    (Sense::Extended, ActBase::TruceExtended),
    (Sense::Ends, ActBase::TruceEnds),
];

/// Reads the truce facts of a sentence into the story.
pub(crate) fn find(story: &mut Story<'_>, read: &Read<'_>, at: usize) {
    let scene = &read.scene;
    let truce = truces(scene).next().is_some() || scene.marks.iter().any(names_truce);
    let accord = scene.has(scene.whole(), Sense::Accord) && story.pair().is_some();
    let carried = story.truce_in.is_some_and(|told| told + 1 == at);
    if truce {
        story.truce_in = Some(at);
    }
    if !(truce || accord || carried) || super::news::discarded(read) {
        return;
    }
    let named = |at: usize| scene.has_any(at..at + 1, &[Sense::Truce, Sense::Accord]);
    if let Some(year) = scene.times.iter().find(|mark| matches!(mark.said, Said::Year(_)) && named(mark.at.end)) {
        state(story, read, at, ActBase::TruceAgreed, &year.at);
    }
    if let Some(date) = scene.times.iter().find(|mark| is_date_of(scene, mark)) {
        state(story, read, at, ActBase::TruceAgreed, &date.at);
    }
    let mut facts: Vec<(Run, ActBase)> = Vec::new();
    for (sense, act) in FACTS {
        let words: Vec<&Mark<'_>> = scene.all(scene.whole(), sense).collect();
        let told = |mark: &&Mark<'_>| {
            !is_accord(scene, &mark.at) && is_fact(story, read, act, mark, truce)
                || (carried && is_of_it(scene, &mark.at))
        };
        facts.extend(words.into_iter().find(told).map(|mark| (mark.at.clone(), act)));
    }
    // "Proclaimed the end of the truce": nothing is agreed.
    let ends: Vec<usize> = facts.iter().filter(|(_, act)| *act == ActBase::TruceEnds).map(|(at, _)| at.start).collect();
    facts.retain(|(word, act)| {
        *act != ActBase::TruceAgreed || !ends.iter().any(|&end| end >= word.end && end <= word.end + 2)
    });
    // In the order of the sentence: "signed on Friday and took effect the same day".
    facts.sort_by_key(|(word, _)| word.start);
    for (word, act) in facts {
        state(story, read, at, act, &word);
    }
}

/// Whether a date is the one a truce is known by: "the agreement of October 10", "перемирие от 10 октября".
fn is_date_of(scene: &Scene<'_>, mark: &TimeMark) -> bool {
    matches!(mark.said, Said::Date { .. }) && super::times::dates_a_truce(scene, mark.at.start)
}

/// The words for a ceasefire, those within a word for a breach of it left out.
fn truces<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = &'s Mark<'s>> {
    let breached = |at: usize| {
        scene
            .all(at.saturating_sub(6)..at + 1, Sense::Breach)
            .any(|breach| breach.at.len() > 1 && breach.at.contains(&at))
    };
    scene.all(scene.whole(), Sense::Truce).filter(move |mark| !breached(mark.at.start))
}

/// Whether a word tells a fact of the truce that the sentence before was about: its subject is a pronoun, nothing else is
/// named before it, and its date is told.
fn is_of_it(scene: &Scene<'_>, word: &Run) -> bool {
    let run = scene.clause_run(scene.clause(word.start));
    let before = run.start..word.start;
    let pronoun = scene.has(before.clone(), Sense::Pronoun);
    let other = scene.mentions_in(before.clone()).any(|mention| !matches!(mention.who, Who::Pronoun | Who::They))
        || scene.marks_in(before.clone()).any(|mark| matches!(mark.sense(), Sense::ActNoun | Sense::Breach));
    let broken = scene.has_any(before, &[Sense::Negation, Sense::Unreal]);
    run.start == 0 && pronoun && !other && !broken && !times(scene, word, &run).is_empty()
}

/// Whether a Turkish word is only the second half of the name of a truce: "ateşkes anlaşmasındaki".
fn is_accord(scene: &Scene<'_>, word: &Run) -> bool {
    let named = || scene.ends_at(word.start, Sense::Truce).is_some();
    scene.lang.embeds() && scene.has(word.clone(), Sense::Accord) && word.len() == 1 && named()
}

/// Whether a phrase that tells a fact has the word for a truce in itself: "вышел из соглашения".
fn names_truce(mark: &Mark<'_>) -> bool {
    mark.entry.detail.as_deref() == Some("names-truce")
}

/// Whether a word tells a fact of a truce here: near the word for one, neither negated nor unreal nor wanted.
fn is_fact(story: &Story<'_>, read: &Read<'_>, act: ActBase, mark: &Mark<'_>, truce: bool) -> bool {
    let scene = &read.scene;
    let word = &mark.at;
    let clause = scene.clause(word.start);
    let run = scene.clause_run(clause);
    let nouns = [Sense::Truce, if truce { Sense::Truce } else { Sense::Accord }];
    // "The accord was signed … and took effect": the second verb has the subject of the first.
    let joined = scene.is(run.start, Sense::And) && scene.mentions_in(run.start..word.start).next().is_none();
    let reach = if joined { usize::MAX } else { 30 };
    let from = if joined { 0 } else { scene.clause_run(clause.saturating_sub(2)).start };
    let near = from..scene.clause_run(clause + 1).end.max(run.end);
    let breached: Vec<usize> = truces(scene).map(|mark| mark.at.start).collect();
    let noun = scene
        .marks_in(near)
        .filter(|mark| nouns.contains(&mark.sense()) || mark.sense() == Sense::Accord)
        .filter(|mark| mark.sense() != Sense::Truce || breached.contains(&mark.at.start))
        .map(|mark| mark.at.clone())
        .find(|noun| {
            noun.start != word.start && (noun.start.abs_diff(word.start) <= reach || run.contains(&noun.start))
        });
    let Some(noun) = noun.or_else(|| names_truce(mark).then_some(word.end..word.end)) else { return false };
    let between = run.start..word.end;
    // "Announced that …" announces something else than the truce itself.
    let says = scene.has(word.clone(), Sense::Say) && scene.is(word.end, Sense::Clause);
    let broken = says || scene.has_any(between.clone(), &[Sense::Negation, Sense::Unreal]);
    let wanted = governing(&read.speeches, word.start)
        .is_some_and(|speech| speech.sense == Sense::Demand && speech.cue.start < word.start);
    if broken || wanted || word.start == noun.start || act == ActBase::TruceEnds && ends_another(scene, word) {
        return false;
    }
    let dated = !times(scene, word, &run).is_empty();
    let partied = scene
        .mentions_in(run.clone())
        .filter(|m| m.party().is_some_and(|party| story.fighting.contains(&party)))
        .count()
        >= 2
        || scene.has(run, Sense::Both);
    // "the truce that the parties reached" names it only.
    let named = scene.is(scene.clause_run(clause).start, Sense::Relative);
    let verbal = act != ActBase::TruceAgreed || partied && !named;
    match act {
        ActBase::TruceBegins => dated,
        _ => dated || (verbal && truce),
    }
}

/// Whether a noun of ending is of something else than a truce: "la fine del pellegrinaggio".
fn ends_another(scene: &Scene<'_>, word: &Run) -> bool {
    let of = |mark: &Mark<'_>| mark.entry.prep == Some(Prep::Of);
    let last = word.end.saturating_sub(1);
    let led = scene.all(word.end..word.end + 1, Sense::Preposition).any(of)
        || word.len() > 1 && scene.all(last..last + 1, Sense::Preposition).any(of);
    let matter = [Sense::Truce, Sense::Accord, Sense::Enemy, Sense::Both, Sense::Pronoun];
    led && !scene.has_any(word.start..word.end + 7, &matter)
}

/// The times that belong to a word: those of its clause, nearest first.
fn times<'s>(scene: &'s Scene<'_>, word: &Run, run: &Run) -> Vec<&'s TimeMark> {
    let mut marks: Vec<&TimeMark> = scene.times.iter().filter(|mark| run.contains(&mark.at.start)).collect();
    // Where a clause tells two facts, each has the times that follow it.
    let facts: Vec<usize> =
        FACTS.iter().flat_map(|(sense, _)| scene.all(run.clone(), *sense)).map(|mark| mark.at.start).collect();
    if facts.iter().any(|at| !word.contains(at)) {
        let next = facts.iter().copied().filter(|&at| at > word.start && !word.contains(&at)).min().unwrap_or(run.end);
        let own: Vec<&TimeMark> =
            marks.iter().copied().filter(|mark| mark.at.start >= word.end && mark.at.start < next).collect();
        if !own.is_empty() {
            marks = own;
        }
    }
    marks.sort_by_key(|mark| mark.at.start.abs_diff(word.start));
    marks
}

/// States one fact of a truce, once for each date told with it.
fn state(story: &mut Story<'_>, read: &Read<'_>, at: usize, act: ActBase, word: &Run) {
    let scene = &read.scene;
    let run = scene.clause_run(scene.clause(word.start));
    let marks = times(scene, word, &run);
    let several: Vec<Time> = marks
        .iter()
        .filter(|mark| marks.iter().filter(|other| other.at == mark.at).count() > 1)
        .filter_map(|mark| story.known.read(&mark.said))
        .collect();
    let times: Vec<Option<Time>> = if several.is_empty() {
        vec![story.resolve(&marks).map(|(time, _)| time)]
    } else {
        several.into_iter().map(Some).collect()
    };
    let (by, speech) = announcer(story, read, word);
    let voice = by.voice.clone();
    for time in times {
        let mut draft =
            Draft::new(voice.clone(), Stance::Declares, act, scene.bytes(&run).unwrap_or(scene.sentence.span));
        // What a relative clause adds is no part of what is denied.
        let aside = scene.is(run.start, Sense::Relative);
        let denied = |speech: &Speech| speech.sense == Sense::Deny && !speech.negated;
        if governing(&read.speeches, word.start).is_some_and(|speech| denied(speech) && !aside) {
            draft.stance = Stance::Denies;
        }
        if let Some(time) = time.filter(Time::fine) {
            let told = marks.first().and_then(|mark| scene.bytes(&mark.at));
            (story.known.then, story.then_at) = (Some(time), told);
        }
        draft.said_by(&by, speech.map(|speech| (scene.bytes(&speech.cue), speech.sense)));
        draft.because("act", scene.bytes(word), "fact of a truce");
        (draft.parties, draft.mediators) = sides(story, scene, &voice, &run);
        draft.time = time;
        draft.time_rule = TimeRule::Own;
        draft.because("time", marks.first().and_then(|mark| scene.bytes(&mark.at)), "time of the clause");
        for place in scene.places.iter().filter(|place| run.contains(&place.at.start)) {
            draft.places.push(place.name.clone());
            draft.read_at("place", scene.bytes(&place.at), "place of the clause");
        }
        (draft.sentence, draft.paragraph) = (at, scene.sentence.paragraph);
        draft.headline = scene.headline();
        story.drafts.push(draft);
    }
}

/// Who announces a fact of a truce, and in which words: the speaker whose saying governs it, else nobody.
fn announcer<'s>(story: &mut Story<'_>, read: &'s Read<'_>, word: &Run) -> (Speaker, Option<&'s Speech>) {
    let says = |sense: Sense| matches!(sense, Sense::Say | Sense::Source | Sense::Admit | Sense::Deny);
    let speech = governing(&read.speeches, word.start).filter(|speech| says(speech.sense));
    let by = speech.map(|speech| story.voice(&read.scene, speech));
    (by.unwrap_or_else(|| Speaker::itself(Voice::Nobody)), speech)
}

/// The parties to a truce and its mediators: who fights, those of the fact's own clause first, and who stands beside a
/// word of mediation. Of one party told, its opponent is the other.
fn sides(story: &Story<'_>, scene: &Scene<'_>, voice: &Voice, run: &Run) -> (Vec<Bearer>, Vec<Bearer>) {
    let mut mediators = Vec::new();
    let mut parties: Vec<(Bearer, bool)> = Vec::new();
    for mention in &scene.mentions {
        let epithet = matches!(mention.who, Who::Government | Who::Rebels);
        let named = if epithet { story.party(mention.who, None, None) } else { mention.party() };
        let Some(party) = named else { continue };
        let venue = scene.lang.embeds() && super::embedded::is_venue(scene, mention);
        if venue || scene.places.iter().any(|place| place.at == mention.at) {
            continue;
        }
        if mediates(scene, mention) || story.names.kind(party) == PartyKind::Mediator {
            if !mediators.contains(&party) {
                mediators.push(party);
            }
        } else if story.fighting.iter().take(4).any(|&fights| fights == party) && !story.is_third(party) {
            match parties.iter_mut().find(|(known, _)| *known == party) {
                Some((_, here)) => *here |= run.contains(&mention.at.start),
                None => parties.push((party, run.contains(&mention.at.start))),
            }
        }
    }
    parties.retain(|(party, _)| !mediators.contains(party));
    if parties.iter().filter(|(_, here)| *here).count() >= 2 {
        parties.retain(|(_, here)| *here);
    }
    let both = scene.mentions.iter().any(|mention| mention.who == Who::Both);
    let mut parties: Vec<Bearer> = parties.into_iter().map(|(party, _)| party).collect();
    match parties.as_slice() {
        [one] if !both => parties.extend(story.opponent(*one)),
        [_, _] | [_, _, _] if !both => {}
        _ => parties = story.pair().map(|(a, b)| vec![a, b]).unwrap_or(parties),
    }
    mediators.retain(|party| !parties.contains(party) || voice.party() == Some(*party));
    parties.sort_by_key(|party| story.names.name(*party).to_owned());
    (parties, mediators)
}

/// Whether a mention stands beside a word of mediation: "Russian-brokered", "sous l'égide de la Russie".
fn mediates(scene: &Scene<'_>, mention: &Mention) -> bool {
    let attached = mention.form == Some(NameForm::Attached);
    let before = mention.at.start.saturating_sub(6)..mention.at.start;
    let after = mention.at.end..mention.at.end + 3;
    let listed = scene.all(mention.at.start.saturating_sub(14)..mention.at.start, Sense::Mediated).next().is_some()
        && !scene.has_any(before.clone(), &[Sense::Clause, Sense::Relative, Sense::Begins]);
    // "Norway brokered the truce", not "the truce between the two brokered by Norway".
    let subject = scene.all(after.clone(), Sense::Mediated).next().is_some_and(|mark| {
        let by =
            scene.all(mark.at.end..mark.at.end + 1, Sense::Preposition).any(|prep| prep.entry.prep == Some(Prep::By));
        !by && mention.prep.is_none() && !scene.has_any(mention.at.end..mark.at.start, &[Sense::And, Sense::Be])
    });
    (attached && scene.has(after, Sense::Mediated)) || scene.has(before, Sense::Mediated) || listed || subject
}
