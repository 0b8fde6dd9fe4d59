//! One claim for each statement: repeats in the same dispatch become one, an act told without its doer takes the doer
//! told beside it, and passing mentions join what they refer to.

use super::denials::alike;
use super::draft::{Draft, TimeRule};
use super::story::Story;
use crate::model::{ActBase, ActFamily, Stance};

/// Merges the drafts of a story.
pub(crate) fn merge(story: &mut Story<'_>) {
    let drafts = std::mem::take(&mut story.drafts);
    let mut kept: Vec<Draft> = Vec::new();
    let (heads, body): (Vec<Draft>, Vec<Draft>) = drafts.into_iter().partition(|draft| draft.headline);
    for draft in body {
        add(&mut kept, draft);
    }
    let told = kept.len();
    for draft in heads {
        // A headline repeats the story; what the story does not tell stands.
        if !kept.iter().take(told).any(|other| same_in_headline(other, &draft)) {
            add(&mut kept, draft);
        }
    }
    join_tolls(&mut kept);
    accuse_from_beside(&mut kept);
    let mut merged: Vec<Draft> = Vec::new();
    for draft in kept {
        add(&mut merged, draft);
    }
    merged.retain(|draft| {
        !(draft.definite && draft.accused.is_none() && draft.losses.is_empty() && draft.stance == Stance::Alleges)
    });
    merged.sort_by_key(|draft| (draft.span.lo, draft.span.hi));
    story.drafts = merged;
}

/// What a draft may repeat or refer to lies so many drafts back at most: no story tells as many, and it keeps the work on
/// a text of any length in proportion to it.
pub(crate) const REACH: usize = 200;

fn add(kept: &mut Vec<Draft>, draft: Draft) {
    match kept.iter_mut().rev().take(REACH).find(|other| repeats(other, &draft)) {
        Some(other) => absorb(other, draft),
        None => kept.push(draft),
    }
}

/// Whether two drafts state the same.
fn repeats(a: &Draft, b: &Draft) -> bool {
    let same = a.voice == b.voice && a.stance == b.stance && a.act.family() == b.act.family();
    if !same || !acts_agree(a, b) {
        return false;
    }
    if a.act.is_truce_fact() {
        return times_agree(a, b);
    }
    let beside = a.sentence.abs_diff(b.sentence) <= 1;
    let doers = a.accused == b.accused || (beside && (a.accused.is_none() || b.accused.is_none()));
    let figures = a.figures.is_empty() || b.figures.is_empty() || a.figures == b.figures;
    let bare = |draft: &Draft| {
        draft.definite || (draft.places.is_empty() && draft.figures.is_empty() && draft.time_rule > TimeRule::Own)
    };
    let tolls = a.losses.is_empty() || b.losses.is_empty() || a.losses == b.losses;
    doers && figures && tolls && places_agree(a, b) && times_agree(a, b) && (bare(a) || bare(b) || a.act == b.act)
}

/// Whether two acts can be one: the same, or one a general word for the other.
fn acts_agree(a: &Draft, b: &Draft) -> bool {
    let general = |act: ActBase| matches!(act, ActBase::Attack | ActBase::SmallArmsFire);
    a.act == b.act
        || (a.act.family() == ActFamily::Fire
            && (general(a.act) || general(b.act))
            && (a.definite || b.definite || a.sentence == b.sentence || a.stance == Stance::Denies || comments(a, b)))
}

/// Whether the later of two accusations in neighbouring sentences only speaks of the earlier in general words, with no
/// place, time, count or toll of its own.
fn comments(a: &Draft, b: &Draft) -> bool {
    let later = if a.sentence > b.sentence { a } else { b };
    a.stance == Stance::Alleges
        && a.paragraph == b.paragraph
        && a.sentence.abs_diff(b.sentence) == 1
        && later.act == ActBase::Attack
        && later.places.is_empty()
        && later.figures.is_empty()
        && later.losses.is_empty()
        && later.time_rule > TimeRule::Sentence
}

fn places_agree(a: &Draft, b: &Draft) -> bool {
    // "In the south of the country" may be the village told next.
    let wide = (a.wide || b.wide) && a.sentence.abs_diff(b.sentence) == 1;
    wide || a.places.is_empty() || b.places.is_empty() || a.places.iter().any(|a| b.places.iter().any(|b| alike(a, b)))
}

fn times_agree(a: &Draft, b: &Draft) -> bool {
    let firm = |draft: &Draft| draft.time.filter(|_| draft.time_rule <= TimeRule::Sentence);
    match (firm(a), firm(b)) {
        (Some(a), Some(b)) => a.meets(&b) && (a.clock.is_none() || b.clock.is_none() || a.clock == b.clock),
        _ => true,
    }
}

/// Takes over what a repeat adds, with where it was read.
fn absorb(kept: &mut Draft, draft: Draft) {
    let general = |act: ActBase| matches!(act, ActBase::Attack | ActBase::SmallArmsFire);
    let mut taken: Vec<&'static str> = Vec::new();
    if general(kept.act) && !general(draft.act) {
        kept.act = draft.act;
        taken.push("act");
    }
    if kept.accused.is_none() && draft.accused.is_some() {
        (kept.accused, kept.inferred) = (draft.accused, draft.inferred);
        kept.accused_text.clone_from(&draft.accused_text);
        taken.push("accused");
    }
    if kept.target.is_none() && draft.target.is_some() {
        kept.target = draft.target;
        taken.push("target");
    }
    if !draft.places.is_empty() && (kept.places.is_empty() || kept.wide && !draft.wide) {
        kept.places.clone_from(&draft.places);
        kept.wide = draft.wide;
        taken.push("place");
    }
    if kept.time.is_none() || draft.time_rule < kept.time_rule || tells_the_hour(kept, &draft) {
        (kept.time, kept.time_rule) = (draft.time.or(kept.time), draft.time_rule);
        taken.push("time");
    }
    if kept.figures.is_empty() && !draft.figures.is_empty() {
        kept.figures.clone_from(&draft.figures);
        taken.push("figure");
    }
    if kept.losses.is_empty() && !draft.losses.is_empty() {
        kept.losses.clone_from(&draft.losses);
        taken.push("loss");
    }
    for mediator in draft.mediators {
        if !kept.mediators.contains(&mediator) {
            kept.mediators.push(mediator);
        }
    }
    kept.civilian |= draft.civilian;
    kept.response |= draft.response;
    kept.definite &= draft.definite;
    kept.evidence.retain(|known| !taken.contains(&known.slot));
    kept.evidence.extend(draft.evidence.into_iter().filter(|read| taken.contains(&read.slot)));
}

/// Whether a repeat tells the hour of a time that both tell alike.
fn tells_the_hour(kept: &Draft, draft: &Draft) -> bool {
    draft.time_rule == kept.time_rule
        && kept.time.is_some_and(|time| time.clock.is_none())
        && draft.time.is_some_and(|time| time.clock.is_some())
}

/// A headline's draft that the story tells too: the same speaker or none, the same family of act and doer.
fn same_in_headline(told: &Draft, headline: &Draft) -> bool {
    if headline.stance == Stance::Denies && told.stance == Stance::Denies && told.voice == headline.voice {
        return true;
    }
    let voice = told.voice == headline.voice || headline.voice.party().is_none();
    let doer = told.accused == headline.accused || headline.accused.is_none();
    told.act.family() == headline.act.family() && voice && doer
}

/// An act told without its doer takes the doer that the same speaker names for such an act in the sentence beside.
fn accuse_from_beside(kept: &mut [Draft]) {
    for id in 0..kept.len() {
        let Some(draft) = kept
            .get(id)
            .filter(|d| !d.event && d.accused.is_none() && d.stance == Stance::Alleges && d.voice.party().is_some())
        else {
            continue;
        };
        let beside = kept.iter().skip(id.saturating_sub(REACH)).take(2 * REACH).filter(|other| {
            other.voice == draft.voice
                && other.stance == Stance::Alleges
                && other.accused.is_some()
                && other.sentence.abs_diff(draft.sentence) <= 2
        });
        let beside = beside.min_by_key(|other| other.sentence.abs_diff(draft.sentence));
        let near = kept.get(id.saturating_sub(REACH)..kept.len().min(id + REACH)).unwrap_or_default();
        let (model, rule) = match beside {
            Some(beside) => (Some(beside), "accused of the sentence beside"),
            None => (throughout(near, draft), "the one the speaker accuses throughout"),
        };
        let Some(model) = model.cloned() else { continue };
        if let Some(draft) = kept.get_mut(id) {
            draft.accused = model.accused;
            draft.inferred = true;
            draft.unread("accused");
            draft.inherits(&model, "accused", rule);
        }
    }
}

/// The first accusation with a named doer of a speaker whose accusations all have the same.
fn throughout<'d>(kept: &'d [Draft], draft: &Draft) -> Option<&'d Draft> {
    let named =
        |other: &&Draft| other.voice == draft.voice && other.stance == Stance::Alleges && other.accused.is_some();
    let mut accusations = kept.iter().filter(named);
    let first = accusations.next()?;
    let same = accusations.all(|other| other.accused == first.accused);
    (same && draft.act != ActBase::Explosion && draft.act != ActBase::Losses).then_some(first)
}

/// A toll told before the act it followed from joins it: in the same paragraph, within two sentences.
fn join_tolls(kept: &mut Vec<Draft>) {
    let tolls: Vec<Draft> = kept.iter().filter(|draft| draft.act == ActBase::Losses).cloned().collect();
    for toll in tolls {
        let follows = |draft: &&mut Draft| {
            draft.act.family() == ActFamily::Fire
                && matches!(draft.stance, Stance::Alleges | Stance::Observes)
                && draft.losses.is_empty()
                && draft.paragraph == toll.paragraph
                && (toll.sentence + 1..=toll.sentence + 2).contains(&draft.sentence)
        };
        if let Some(draft) = kept.iter_mut().find(follows) {
            draft.losses.clone_from(&toll.losses);
            draft.inherits(&toll, "loss", "toll of a sentence before");
            if draft.places.is_empty() && !toll.places.is_empty() {
                draft.places.clone_from(&toll.places);
                draft.inherits(&toll, "place", "toll of a sentence before");
            }
            kept.retain(|other| other.span != toll.span || other.act != ActBase::Losses);
        }
    }
}
