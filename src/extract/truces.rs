//! Facts about a truce: that it was agreed, begins, was extended, ended; between whom, through whom, when.

use super::actors::{Mention, Who};
use super::calendar::Told as Time;
use super::draft::{Draft, TimeRule, Voice};
use super::names::{Bearer, NameForm};
use super::scene::{Run, Scene};
use super::sense::Sense;
use super::speech::governing;
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
    let truce = scene.has(scene.whole(), Sense::Truce);
    let accord = scene.has(scene.whole(), Sense::Accord) && story.pair().is_some();
    if !(truce || accord) || super::news::discarded(read) {
        return;
    }
    let named = |at: usize| scene.has_any(at..at + 1, &[Sense::Truce, Sense::Accord]);
    if let Some(year) = scene.times.iter().find(|mark| matches!(mark.said, Said::Year(_)) && named(mark.at.end)) {
        state(story, read, at, ActBase::TruceAgreed, &year.at);
    }
    for (sense, act) in FACTS {
        let words: Vec<Run> = scene.all(scene.whole(), sense).map(|mark| mark.at.clone()).collect();
        if let Some(word) = words.into_iter().find(|word| is_fact(story, read, act, word, truce)) {
            state(story, read, at, act, &word);
        }
    }
}

/// Whether a word tells a fact of a truce here: near the word for one, neither negated nor unreal nor wanted.
fn is_fact(story: &Story<'_>, read: &Read<'_>, act: ActBase, word: &Run, truce: bool) -> bool {
    let scene = &read.scene;
    let clause = scene.clause(word.start);
    let run = scene.clause_run(clause);
    let nouns = [Sense::Truce, if truce { Sense::Truce } else { Sense::Accord }];
    let near = scene.clause_run(clause.saturating_sub(1)).start..scene.clause_run(clause + 1).end.max(run.end);
    let noun = scene
        .marks_in(near)
        .filter(|mark| nouns.contains(&mark.sense()) || mark.sense() == Sense::Accord)
        .map(|mark| mark.at.clone())
        .find(|noun| noun.start != word.start && (noun.start.abs_diff(word.start) <= 30 || run.contains(&noun.start)));
    let Some(noun) = noun else { return false };
    let between = run.start..word.end;
    let broken = scene.has_any(between.clone(), &[Sense::Negation, Sense::Unreal]);
    let wanted = governing(&read.speeches, word.start)
        .is_some_and(|speech| speech.sense == Sense::Demand && speech.cue.start < word.start);
    if broken || wanted || word.start == noun.start {
        return false;
    }
    let dated = !times(scene, word, &run).is_empty();
    let partied = scene
        .mentions_in(run.clone())
        .filter(|m| m.party().is_some_and(|party| story.fighting.contains(&party)))
        .count()
        >= 2
        || scene.has(run, Sense::Both);
    let verbal = act != ActBase::TruceAgreed || partied;
    match act {
        ActBase::TruceBegins => dated,
        _ => dated || (verbal && truce),
    }
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
    let (voice, rule) = announcer(story, read, word);
    for time in times {
        let mut draft =
            Draft::new(voice.clone(), Stance::Declares, act, scene.bytes(&run).unwrap_or(scene.sentence.span));
        if governing(&read.speeches, word.start).is_some_and(|speech| speech.sense == Sense::Deny && !speech.negated) {
            draft.stance = Stance::Denies;
        }
        draft.because("claimant", None, rule);
        draft.because("act", scene.bytes(word), "fact of a truce");
        (draft.parties, draft.mediators) = sides(story, scene, &voice);
        draft.time = time;
        draft.time_rule = TimeRule::Own;
        draft.because("time", marks.first().and_then(|mark| scene.bytes(&mark.at)), "time of the clause");
        for place in scene.places.iter().filter(|place| run.contains(&place.at.start)) {
            draft.places.push(place.name.clone());
        }
        (draft.sentence, draft.paragraph) = (at, scene.sentence.paragraph);
        draft.headline = scene.headline();
        story.drafts.push(draft);
    }
}

/// Who announces a fact of a truce: the speaker whose saying governs it, else nobody.
fn announcer(story: &mut Story<'_>, read: &Read<'_>, word: &Run) -> (Voice, &'static str) {
    match governing(&read.speeches, word.start)
        .filter(|speech| matches!(speech.sense, Sense::Say | Sense::Source | Sense::Admit | Sense::Deny))
    {
        Some(speech) => {
            let (voice, rule, _) = story.voice(&read.scene, speech);
            (voice, rule)
        }
        None => (Voice::Nobody, "the text itself"),
    }
}

/// The parties to a truce and its mediators: who fights, and who stands beside a word of mediation.
fn sides(story: &Story<'_>, scene: &Scene<'_>, voice: &Voice) -> (Vec<Bearer>, Vec<Bearer>) {
    let mut mediators = Vec::new();
    let mut parties = Vec::new();
    for mention in &scene.mentions {
        let Some(party) = mention.party() else { continue };
        if mediates(scene, mention) || story.names.kind(party) == PartyKind::Mediator {
            if !mediators.contains(&party) {
                mediators.push(party);
            }
        } else if story.fighting.iter().take(4).any(|&fights| fights == party)
            && !parties.contains(&party)
            && !story.is_third(party)
        {
            parties.push(party);
        }
    }
    parties.retain(|party| !mediators.contains(party));
    let both = scene.mentions.iter().any(|mention| mention.who == Who::Both);
    if parties.len() < 2 || both || parties.len() > 2 {
        parties = story.pair().map(|(a, b)| vec![a, b]).unwrap_or(parties);
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
    (attached && scene.has(after, Sense::Mediated)) || scene.has(before, Sense::Mediated) || listed
}
