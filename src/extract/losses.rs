//! Tolls as losses of claims: of the deed they followed from, else a claim of their own kind.

use super::deeds::is_fire;
use super::draft::{Draft, Speaker};
use super::sense::Sense;
use super::speech::Speech;
use super::story::{Read, Story};
use super::tolls;
use crate::model::{ActBase, Loss, Stance};

/// Gives the tolls of a sentence to the deeds they followed from.
pub(crate) fn attach_tolls(story: &mut Story<'_>, read: &Read<'_>, at: usize, first: usize) {
    let found = tolls::find(&read.scene);
    if found.is_empty() {
        return;
    }
    let fits = |draft: &Draft| {
        (is_fire(draft.act) || draft.act == ActBase::Violation)
            && draft.stance != Stance::Denies
            && draft.stance != Stance::Declares
    };
    let fire = |draft: &Draft| is_fire(draft.act) && fits(draft);
    let clause = found.first().and_then(|toll| toll.span);
    let around = |draft: &Draft| clause.is_some_and(|toll| draft.span.lo <= toll.lo && toll.hi <= draft.span.hi);
    let own = (first..story.drafts.len())
        .find(|&id| story.drafts.get(id).is_some_and(|draft| fire(draft) && around(draft)))
        .or_else(|| (first..story.drafts.len()).find(|&id| story.drafts.get(id).is_some_and(&fire)));
    let own = own.or_else(|| (first..story.drafts.len()).find(|&id| story.drafts.get(id).is_some_and(&fits)));
    let paragraph = read.scene.sentence.paragraph;
    let before = || {
        (0..first).rev().find(|&id| {
            story.drafts.get(id).is_some_and(|draft| {
                is_fire(draft.act)
                    && fits(draft)
                    && (draft.paragraph == paragraph && draft.sentence + 2 >= at || draft.sentence + 1 == at)
            })
        })
    };
    // A toll since a day is of many events: the one told in the sentence before is not what it followed from.
    let since = story.since(&read.scene);
    let Some(id) = own.or_else(|| if since.is_none() { before() } else { None }) else {
        lone_toll(story, read, at, &found);
        return;
    };
    let all: Vec<&tolls::Toll> = found.iter().collect();
    let side = story.drafts.get(id).and_then(|draft| draft.target).map(|party| story.names.name(party).to_owned());
    let Some(loss) = tolls::loss(&all, side) else { return };
    let loss = Loss { since, ..loss };
    let inherited = id < first;
    // What two did together, or two told together, has one toll.
    let told = story.drafts.get(id).map(|draft| (draft.sentence, draft.span, draft.act));
    for draft in story
        .drafts
        .iter_mut()
        .rev()
        .take(super::merge::REACH)
        .filter(|draft| Some((draft.sentence, draft.span, draft.act)) == told)
    {
        if draft.stance == Stance::Denies {
            continue;
        }
        let rest = draft.losses.first_mut().is_some_and(|known| complete_loss(known, &loss));
        if rest || draft.losses.is_empty() {
            draft.civilian |= loss.civilian == Some(true);
            if !rest {
                draft.losses.push(loss.clone());
            }
            let rule = if inherited { "toll of the sentence after" } else { "toll of the sentence" };
            for toll in &found {
                draft.because("loss", toll.span, rule);
            }
        }
    }
}

/// Adds to a loss what another tells of the same people and it does not; whether it did.
fn complete_loss(known: &mut Loss, more: &Loss) -> bool {
    let before = known.clone();
    known.killed = known.killed.or(more.killed);
    known.wounded = known.wounded.or(more.wounded);
    known.missing = known.missing.or(more.missing);
    known.captured = known.captured.or(more.captured);
    *known != before
}

/// Who tells a toll: the speaker of the saying, else whoever spoke last in the paragraph, else the text.
fn speaker(story: &mut Story<'_>, read: &Read<'_>, speech: Option<&Speech>) -> Speaker {
    match (speech, &story.here) {
        (Some(speech), _) => story.voice(&read.scene, speech),
        (None, Some(voice)) => {
            let rule = "speaker of the paragraph";
            Speaker { voice: voice.clone(), rule, at: story.here_at, before: None, text: None }
        }
        (None, None) => Speaker::itself(story.narration()),
    }
}

/// A toll told apart from any act: a claim of its own kind.
fn lone_toll(story: &mut Story<'_>, read: &Read<'_>, at: usize, found: &[tolls::Toll]) {
    let speech = read.speeches.iter().find(|speech| matches!(speech.sense, Sense::Say | Sense::Source));
    let by = speaker(story, read, speech);
    let voice = by.voice.clone();
    let all: Vec<&tolls::Toll> = found.iter().collect();
    let Some(loss) = tolls::loss(&all, None) else { return };
    let loss = Loss { since: story.since(&read.scene), ..loss };
    let stance =
        if voice.party().is_some_and(|party| !story.is_third(party)) { Stance::Alleges } else { Stance::Observes };
    let mut draft = Draft::new(voice, stance, ActBase::Losses, read.scene.sentence.span);
    draft.said_by(&by, speech.map(|speech| (read.scene.bytes(&speech.cue), speech.sense)));
    draft.because("act", found.first().and_then(|toll| toll.span), "toll apart from any act");
    for toll in found {
        draft.because("loss", toll.span, "toll apart from any act");
    }
    let clause = found.first().map_or(0, |toll| toll.clause);
    let (time, rule, span) = story.time(&read.scene, clause, 0);
    (draft.time, draft.time_rule) = (time, rule);
    draft.because("time", span, super::slots::time_rule(rule));
    draft.losses.push(loss);
    (draft.sentence, draft.paragraph) = (at, read.scene.sentence.paragraph);
    story.drafts.push(draft);
}
