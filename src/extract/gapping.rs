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
    let whole = scene.whole().start..bracket_end(scene, deed);
    let first = scene.amounts.iter().position(|amount| amount.range == figure.amount && counted(scene, amount));
    let Some(first) = first else { return Vec::new() };
    let mut found = Vec::new();
    for (at, amount) in scene.amounts.iter().enumerate().skip(first + 1).filter(|(_, amount)| counted(scene, amount)) {
        if amount.at.start >= whole.end {
            break;
        }
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

/// Where the brackets end in which a deed is told; the end of the sentence where it is told in none.
fn bracket_end(scene: &Scene<'_>, deed: &Deed) -> usize {
    let sign = |at: usize, sign: &str| scene.token(at).is_some_and(|token| token.is(sign));
    let before = (0..deed.at.start).rev().find(|&at| sign(at, "(") || sign(at, ")"));
    let end = scene.whole().end;
    let closed = || (deed.at.end..end).find(|&at| sign(at, ")"));
    before.filter(|&at| sign(at, "(")).and_then(|_| closed()).unwrap_or(end)
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
    let sign = |token: &super::tokens::Token| matches!(token.norm.as_str(), "," | ":" | ";");
    let comma = scene.tokens().get(lead.clone()).unwrap_or_default().iter().any(sign);
    let joint = comma || scene.has_any(lead.clone(), &[Sense::And, Sense::Including]);
    joint && !scene.has_any(lead.end.saturating_sub(NEAR).max(lead.start)..lead.end, &[Sense::Say, Sense::KillVerb])
}

/// The place a number is told for: "Дамаск - 12", "Алеппо (5)".
fn beside(scene: &Scene<'_>, text: &str, amount: &Amount) -> Option<String> {
    let sign = amount.at.start.checked_sub(1)?;
    let joined = scene.token(sign).is_some_and(|token| matches!(token.norm.as_str(), "-" | "("));
    if !joined {
        return None;
    }
    if let Some(place) = scene.places.iter().find(|place| place.at.end == sign) {
        return Some(place.name.clone());
    }
    let name = sign.checked_sub(1)?;
    let alone = scene.token(name).is_some_and(|token| token.capital) && scene.marks_in(name..sign).next().is_none();
    scene.bytes(&(name..sign)).and_then(|span| span.of(text)).filter(|_| alone).map(str::to_owned)
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
    let place = beside(scene, story.text, amount);
    if doer.is_none() && told_time.is_none() && place.is_none() {
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
    if let Some(place) = place {
        draft.places = vec![place];
        draft.unread("place");
        let name = amount.at.start.saturating_sub(2)..amount.at.start.saturating_sub(1);
        draft.read_at("place", scene.bytes(&name), RULE);
    }
    draft.because("figure", scene.bytes(&amount.at), RULE);
    Some(draft)
}

#[cfg(test)]
mod tests {
    use super::super::lexicon_tests::dispatch;
    use super::super::{Extractor, Lang};
    use crate::model::{PartyBook, Zone};

    #[test]
    fn counts_by_place_are_parts_of_a_total_without_place() {
        let text = "Наблюдателями зафиксировано 18 нарушений перемирия: в провинциях Хама - 12, Алеппо - 6.";
        let extractor = Extractor::new(&PartyBook::default(), Zone::UTC).unwrap();
        let claims = extractor.extract(&dispatch(Lang::Ru, text)).claims;
        let told: Vec<_> = claims.iter().map(|claim| (claim.place.clone(), claim.figures.len())).collect();
        let place = |name: &str| (vec![name.to_owned()], 1);
        assert_eq!(told, [(Vec::new(), 1), place("Хама"), place("Алеппо")]);
    }
}
