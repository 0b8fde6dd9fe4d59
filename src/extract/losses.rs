//! Tolls as losses of claims: of the deed they followed from, else a claim of their own kind.

use super::deeds::is_fire;
use super::draft::{Draft, Speaker};
use super::sense::Sense;
use super::speech::Speech;
use super::story::{Read, Story};
use super::tolls::{self, Toll};
use crate::model::{ActBase, Edtf, Loss, Stance};

/// Gives each toll of a sentence to the deed it followed from.
pub(crate) fn attach_tolls(story: &mut Story<'_>, read: &Read<'_>, at: usize, first: usize) {
    let found = tolls::find(&read.scene);
    // A toll since a day is of many events: the one told in the sentence before is not what it followed from.
    let since = story.since(&read.scene);
    let before = if since.is_none() { told_before(story, read, at, first) } else { None };
    let mut deeds: Vec<(Option<usize>, Vec<&Toll>)> = Vec::new();
    for toll in &found {
        let deed = own(story, read, first, toll).or(before);
        match deeds.iter_mut().find(|(other, _)| *other == deed) {
            Some((_, tolls)) => tolls.push(toll),
            None => deeds.push((deed, vec![toll])),
        }
    }
    for (deed, tolls) in deeds {
        match deed {
            Some(id) => give(story, id, &tolls, since, id < first),
            None => lone_toll(story, read, at, &tolls),
        }
    }
}

/// Whether a toll can have followed from what a draft tells.
fn fits(draft: &Draft) -> bool {
    (is_fire(draft.act) || draft.act == ActBase::Violation)
        && draft.stance != Stance::Denies
        && draft.stance != Stance::Declares
}

/// The deed of its own sentence that a toll followed from: that of its clause, else the one told last before it, else
/// the next. What fired comes before the breach that it was.
///
/// A deed in a clause that somebody goes on to say is another matter: "two were killed, said the army, which added that …".
fn own(story: &Story<'_>, read: &Read<'_>, first: usize, toll: &Toll) -> Option<usize> {
    let span = toll.span?;
    let scene = &read.scene;
    let said_on = |draft: &Draft| {
        let at = scene.tokens().partition_point(|token| token.span.lo < draft.span.lo);
        let said = read.speeches.iter().filter_map(|speech| scene.token(speech.cue.start));
        let between = said.into_iter().any(|cue| span.hi <= cue.span.lo && cue.span.lo < draft.span.lo);
        between && scene.is(at, Sense::Clause)
    };
    let drafts = || story.drafts.iter().enumerate().skip(first).filter(|(_, draft)| fits(draft) && !said_on(draft));
    let fire = drafts().any(|(_, draft)| is_fire(draft.act));
    let nearness = |draft: &Draft| {
        let around = draft.span.lo <= span.lo && span.hi <= draft.span.hi;
        let counted = !is_fire(draft.act) && !draft.figures.is_empty();
        let before = draft.span.lo <= span.lo;
        let gap = if before { span.lo - draft.span.lo } else { draft.span.lo - span.lo };
        (fire && !is_fire(draft.act) && !counted, !around, !before, draft.response, gap)
    };
    drafts().min_by_key(|(_, draft)| nearness(draft)).map(|(id, _)| id)
}

/// The deed told before that the tolls of a sentence of no deed followed from: in the sentence before, or in the paragraph
/// at most two sentences before. Counted breaches stand in only where nothing was fired there, and in the same mouth.
fn told_before(story: &mut Story<'_>, read: &Read<'_>, at: usize, first: usize) -> Option<usize> {
    let voice = speaker(story, read, saying(read)).voice;
    let near = |draft: &Draft| {
        draft.sentence + 1 == at || draft.paragraph == read.scene.sentence.paragraph && draft.sentence + 2 >= at
    };
    let last = |able: &dyn Fn(&Draft) -> bool| {
        (0..first)
            .rev()
            .take(super::merge::REACH)
            .find(|&id| story.drafts.get(id).is_some_and(|draft| fits(draft) && near(draft) && able(draft)))
    };
    let counted = |draft: &Draft| !draft.figures.is_empty() && draft.voice == voice;
    // "Seventy more were injured": of the act whose dead were told.
    let open = |draft: &Draft| {
        let lacks = |loss: &Loss| loss.killed.is_none() || loss.wounded.is_none();
        draft.sentence + 1 == at && draft.losses.iter().any(lacks)
    };
    last(&|draft| is_fire(draft.act) && open(draft))
        .or_else(|| last(&|draft| is_fire(draft.act) && !draft.response))
        .or_else(|| last(&|draft| is_fire(draft.act)))
        .or_else(|| last(&counted))
}

/// The saying that the tolls of a sentence are told in.
fn saying<'r>(read: &'r Read<'_>) -> Option<&'r Speech> {
    read.speeches.iter().find(|speech| matches!(speech.sense, Sense::Say | Sense::Source))
}

/// Gives tolls to a deed, and to what two did together or two told together.
fn give(story: &mut Story<'_>, id: usize, tolls: &[&Toll], since: Option<Edtf>, inherited: bool) {
    let Some(deed) = story.drafts.get(id) else { return };
    let side = deed.target.map(|party| story.names.name(party).to_owned());
    let told = (deed.sentence, deed.span, deed.act);
    let Some(loss) = tolls::loss(tolls, side) else { return };
    let loss = Loss { since, ..loss };
    let together =
        |draft: &&mut Draft| (draft.sentence, draft.span, draft.act) == told && draft.stance != Stance::Denies;
    for draft in story.drafts.iter_mut().rev().take(super::merge::REACH).filter(together) {
        let rest = draft.losses.first_mut().is_some_and(|known| complete_loss(known, &loss));
        if rest || draft.losses.is_empty() {
            draft.civilian |= loss.civilian == Some(true);
            if !rest {
                draft.losses.push(loss.clone());
            }
            let rule = if inherited { "toll of the sentence after" } else { "toll of the sentence" };
            for toll in tolls {
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
fn lone_toll(story: &mut Story<'_>, read: &Read<'_>, at: usize, found: &[&Toll]) {
    let speech = saying(read);
    let by = speaker(story, read, speech);
    let voice = by.voice.clone();
    let Some(loss) = tolls::loss(found, None) else { return };
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
