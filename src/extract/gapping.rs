//! What a sentence counts once more with its verb left out: "81 on Friday and 78 on Saturday", "19 of them by one side's
//! aircraft and six by the other's".

use super::actors::Mention;
use super::deeds::Deed;
use super::draft::{Draft, TimeRule};
use super::numbers::Amount;
use super::scene::{Run, Scene};
use super::sense::{Prep, Sense};
use super::story::{Read, Story};
use crate::model::{Figure, Stance, Unit};

/// So many words may stand between a number and whom or when it counts.
const NEAR: usize = 7;

/// The rule of what is counted so.
const RULE: &str = "counted again without its verb";

/// The further counts of a counted deed, each with its own doer or its own time.
pub(crate) fn repeated(story: &Story<'_>, read: &Read<'_>, deed: &Deed, told: &Draft) -> Vec<Draft> {
    let scene = &read.scene;
    let Some(figure) = told.figures.first().filter(|figure| counts_acts(figure.unit)) else { return Vec::new() };
    let whole = scene.whole();
    let first = scene.amounts.iter().position(|amount| amount.range == figure.amount && counted(scene, amount));
    let Some(first) = first else { return Vec::new() };
    let mut found = Vec::new();
    for (at, amount) in scene.amounts.iter().enumerate().skip(first + 1).filter(|(_, amount)| counted(scene, amount)) {
        let since = scene.amounts.get(at - 1).map_or(0, |before| before.at.end).max(deed.from);
        if !listed(scene, since..amount.at.start) {
            break;
        }
        let next = scene.amounts.get(at + 1).map_or(whole.end, |next| next.at.start);
        let tail = amount.at.end..next.min(amount.at.end + NEAR);
        found.extend(again(story, scene, told, figure, amount, &tail));
    }
    found
}

/// Whether a unit counts acts rather than what was fired or hit.
pub(crate) const fn counts_acts(unit: Unit) -> bool {
    matches!(unit, Unit::Violation | Unit::Attack | Unit::Flight | Unit::Explosion | Unit::Incident)
}

/// Whether a number stands alone: no time, and no noun of its own after it.
fn counted(scene: &Scene<'_>, amount: &Amount) -> bool {
    let timed = scene.times.iter().any(|time| time.at.start < amount.at.end && amount.at.start < time.at.end);
    let other = scene.has_any(
        amount.at.end..amount.at.end + 2,
        &[Sense::Person, Sense::Measure, Sense::Minute, Sense::Hour, Sense::Days, Sense::Killed, Sense::Wounded],
    );
    !amount.article && !timed && !other
}

/// Whether what leads to a number joins it to a list: "and" or a comma, and nothing that tells or says anything.
fn listed(scene: &Scene<'_>, lead: Run) -> bool {
    let comma = scene.tokens().get(lead.clone()).unwrap_or_default().iter().any(|token| token.is(","));
    let joint = comma || scene.has_any(lead.clone(), &[Sense::And, Sense::Including]);
    joint && !scene.has_any(lead.end.saturating_sub(NEAR).max(lead.start)..lead.end, &[Sense::Say, Sense::KillVerb])
}

/// The draft once more for a number, with the doer or the time that stands with it.
fn again(
    story: &Story<'_>,
    scene: &Scene<'_>,
    told: &Draft,
    figure: &Figure,
    amount: &Amount,
    tail: &Run,
) -> Option<Draft> {
    let owner = scene.mentions_in(tail.clone()).find(|m| m.party().is_some() && m.can_act());
    let led = |m: &&Mention| matches!(m.prep, Some(Prep::By | Prep::Of | Prep::At | Prep::From));
    let before = || scene.mentions.iter().find(|m| m.at.end == amount.at.start && m.party().is_some());
    let owner = owner.filter(led).or_else(before);
    let doer = owner.and_then(Mention::party);
    let time = scene.times.iter().find(|time| tail.contains(&time.at.start) && time.at.start <= amount.at.end + 3);
    let told_time = time.and_then(|time| story.resolve(&[time])).map(|(time, _)| time);
    if doer.is_none() && told_time.is_none() {
        return None;
    }
    let mut draft = told.clone();
    draft.losses.clear();
    draft.figures = vec![Figure { amount: amount.range, ..figure.clone() }];
    draft.unread("loss");
    draft.unread("figure");
    if let Some(doer) = doer {
        let own = draft.voice.party().is_some_and(|voice| story.allied(voice, doer) && !story.is_third(voice));
        draft.accused = Some(doer);
        draft.inferred = false;
        draft.unread("accused");
        draft.read_at("accused", owner.and_then(|owner| scene.bytes(&owner.at)), RULE);
        if matches!(draft.stance, Stance::Alleges | Stance::Acknowledges) {
            draft.stance = if own { Stance::Acknowledges } else { Stance::Alleges };
        }
    }
    if told_time.is_some() {
        (draft.time, draft.time_rule) = (told_time, TimeRule::Own);
        draft.unread("time");
        draft.read_at("time", time.and_then(|time| scene.bytes(&time.at)), RULE);
    }
    draft.because("figure", scene.bytes(&amount.at), RULE);
    Some(draft)
}
