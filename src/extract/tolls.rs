//! The dead, hurt, missing and captured of a sentence.

use super::lexicon::Mark;
use super::names::NameForm;
use super::numbers;
use super::scene::{Run, Scene};
use super::sense::{Prep, Sense};
use crate::model::{ByteSpan, Loss, Range};

/// A toll in a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Toll {
    pub(crate) kind: Sense,
    pub(crate) amount: Range,
    pub(crate) civilian: bool,
    pub(crate) clause: usize,
    pub(crate) span: Option<ByteSpan>,
}

/// The tolls of a sentence, in order.
pub(crate) fn find(scene: &Scene<'_>) -> Vec<Toll> {
    let mut tolls: Vec<Toll> = Vec::new();
    let mut since = 0;
    let mut used: Vec<usize> = Vec::new();
    for mark in &scene.marks {
        let kind = match mark.sense() {
            Sense::Killed | Sense::KillVerb => Sense::Killed,
            Sense::Wounded | Sense::WoundVerb => Sense::Wounded,
            Sense::Missing => Sense::Missing,
            Sense::Captured => Sense::Captured,
            Sense::Casualties => {
                tolls.extend(none(scene, &mark.at));
                continue;
            }
            Sense::Unhurt => {
                tolls.extend(zeros(scene, &mark.at, Sense::Wounded));
                continue;
            }
            _ => continue,
        };
        if mark.at.start < since {
            continue;
        }
        if let Some((amount, at)) = count(scene, &mark.at, since, &used).filter(|_| !unreal(scene, &mark.at)) {
            used.push(at.start);
            let around = at.start.min(mark.at.start)..at.end.max(mark.at.end) + 3;
            let civilian = scene.has(around.clone(), Sense::Civilian);
            tolls.push(Toll {
                kind,
                amount,
                civilian,
                clause: scene.clause(mark.at.start),
                span: scene.bytes(&(around.start..around.end.saturating_sub(3))),
            });
        } else if spared(scene, &mark.at, kind) {
            tolls.extend(zeros(scene, &mark.at, kind));
        }
        since = mark.at.end;
    }
    once(tolls)
}

/// The same toll told by two words ("left 342 dead or killed") counts once; the first of a kind in a clause stands.
fn once(tolls: Vec<Toll>) -> Vec<Toll> {
    let mut kept: Vec<Toll> = Vec::new();
    for toll in tolls {
        if !kept
            .iter()
            .any(|other| other.kind == toll.kind && other.clause == toll.clause && other.amount == toll.amount)
        {
            kept.push(toll);
        }
    }
    kept
}

fn unreal(scene: &Scene<'_>, at: &Run) -> bool {
    let clause = scene.clause_run(scene.clause(at.start));
    scene.has(clause.start..at.start, Sense::Unreal)
}

/// How many a word of toll counts: a number before it in its clause, else one after it.
fn count(scene: &Scene<'_>, at: &Run, since: usize, used: &[usize]) -> Option<(Range, Run)> {
    let clause = scene.clause_run(scene.clause(at.start));
    let sound = |amount: &&numbers::Amount| {
        let timed = scene.times.iter().any(|time| time.at.start < amount.at.end && amount.at.start < time.at.end);
        let aged = scene.token(amount.at.end).is_some_and(|token| token.is("-"))
            && scene.token(amount.at.end + 1).is_some_and(|token| !token.spaced);
        // "Mit einem Toten": the word itself tells of a person.
        let person = !amount.article
            || amount.at.end == at.start && scene.has_any(at.clone(), &[Sense::Killed, Sense::Wounded])
            || scene.has(amount.at.start..amount.at.end + 7, Sense::Person)
            || scene.mentions_in(amount.at.end..amount.at.end + 3).any(|m| m.form == Some(NameForm::People));
        let part = scene.has(amount.at.start.saturating_sub(3)..amount.at.start, Sense::Including);
        !timed && !aged && !part && person && !used.contains(&amount.at.start) && !other_unit(scene, amount)
    };
    let from = clause.start.max(since);
    let negated = scene.has(at.start.saturating_sub(3).max(from)..at.start, Sense::Negation);
    let left = scene.amounts.iter().rfind(|amount| {
        amount.at.start >= from && amount.at.end <= at.start && sound(amount) && plural_ok(scene, amount, at)
    });
    let right = scene
        .amounts
        .iter()
        .find(|amount| amount.at.start >= at.end && amount.at.start < clause.end.min(at.end + 6) && sound(amount));
    let adjacent = right.filter(|right| follows(scene, at, right) || object(scene, at, right));
    if let Some(number) = tallied(scene, at, &clause, &sound) {
        return (!negated).then(|| (number.range, number.at.clone()));
    }
    if let Some(whole) = left.and_then(|last| whole(scene, last, from)) {
        return (!negated).then(|| (whole.range, whole.at.clone()));
    }
    if let Some(sum) = left.and_then(|last| sum(scene, last, from, &sound)) {
        return (!negated).then(|| (sum, left.map_or(at.clone(), |last| last.at.clone())));
    }
    if let Some(sum) = adjacent.filter(|_| left.is_none()).and_then(|first| sum_after(scene, first, &clause, &sound)) {
        return (!negated).then(|| (sum, adjacent.map_or(at.clone(), |first| first.at.clone())));
    }
    let found = match (left, adjacent) {
        (Some(left), Some(right)) if left.article && !right.article => Some(right),
        // Arabic sets the number after the word, unless it stands right before it.
        (Some(left), Some(right)) if scene.lang.verb_first() && left.at.end < at.start => Some(right),
        (Some(left), _) => Some(left),
        (None, right) => right,
    };
    match found {
        Some(amount) if !negated => Some((amount.range, amount.at.clone())),
        None if !negated => singular(scene, at, &clause).map(|run| (Range::exactly(1), run)),
        _ => None,
    }
}

/// Whether a number after a word of toll counts it: right after it, or with small words between ("killing about five",
/// "heridas a otros cinco").
fn follows(scene: &Scene<'_>, at: &Run, amount: &numbers::Amount) -> bool {
    let gap = at.end..amount.at.start;
    let led = scene.all(gap.clone(), Sense::Preposition).all(|mark| mark.entry.prep == Some(Prep::To));
    let of = scene.lang.verb_first() && gap.len() <= 4 && !scene.has_any(gap.clone(), &[Sense::And, Sense::ActNoun]);
    gap.len() <= 2 && led || gap.len() <= 5 && hedged(scene, gap) || of
}

/// The number that stands apart from what it counts: "put the number of wounded at three", "the death toll rose to 24".
fn tallied<'s>(
    scene: &'s Scene<'_>,
    at: &Run,
    clause: &Run,
    sound: &dyn Fn(&&numbers::Amount) -> bool,
) -> Option<&'s numbers::Amount> {
    let near = at.start.saturating_sub(3).max(clause.start)..at.end + 1;
    let after = |amount: &&numbers::Amount| amount.at.start >= at.end && amount.at.end <= clause.end && !amount.article;
    scene.has(near, Sense::Tally).then(|| scene.amounts.iter().filter(after).find(sound)).flatten()
}

/// The number that those after it are the parts of: "all five observers, four Italians and a Frenchman, died".
fn whole<'s>(scene: &'s Scene<'_>, last: &numbers::Amount, from: usize) -> Option<&'s numbers::Amount> {
    let parts: Vec<&numbers::Amount> =
        scene.amounts.iter().filter(|amount| amount.at.start >= from && amount.at.end <= last.at.end).collect();
    let number = |amount: &numbers::Amount| amount.range.min.unwrap_or_default();
    (0..parts.len().saturating_sub(2)).find_map(|at| {
        let (whole, rest) = parts.get(at..)?.split_first()?;
        (rest.iter().map(|part| number(part)).sum::<u64>() == number(whole) && number(whole) > 0).then_some(*whole)
    })
}

/// Whether a number counts the people that a verb of killing or wounding has as its object: "mató el lunes en Sidón a un
/// mando".
fn object(scene: &Scene<'_>, verb: &Run, amount: &numbers::Amount) -> bool {
    scene.has_any(verb.clone(), &[Sense::KillVerb, Sense::WoundVerb])
        && scene.has(amount.at.end..amount.at.end + 2, Sense::Person)
        && !scene.has_any(verb.end..amount.at.start, &[Sense::And, Sense::ActNoun, Sense::Weapon])
}

/// Whether a hedge stands in a run: "убиты до 60 человек", where the same word is a preposition elsewhere.
fn hedged(scene: &Scene<'_>, run: Run) -> bool {
    scene.has_any(run, &[Sense::UpTo, Sense::AtLeast, Sense::MoreThan, Sense::LessThan, Sense::About])
}

/// The sum of numbers that are told together: "ten civilians and five soldiers died". `None` where there is only one.
fn sum(
    scene: &Scene<'_>,
    last: &numbers::Amount,
    from: usize,
    sound: &dyn Fn(&&numbers::Amount) -> bool,
) -> Option<Range> {
    let people = |amount: &&numbers::Amount| scene.has(amount.at.end..amount.at.end + 5, Sense::Person);
    let mut sum = last.range;
    let (mut next, mut several) = (last, false);
    for amount in scene
        .amounts
        .iter()
        .rev()
        .filter(|a| a.at.end <= last.at.start && a.at.start >= from)
        .filter(sound)
        .filter(people)
    {
        let gap = amount.at.end..next.at.start;
        let joined = gap.len() <= 12
            && (scene.has(gap.clone(), Sense::And)
                || scene.tokens().get(gap.clone()).unwrap_or_default().iter().any(|t| t.is(",")));
        if !joined || scene.has_any(gap, &[Sense::Killed, Sense::Wounded, Sense::ActVerb, Sense::Say]) {
            break;
        }
        sum = sum.plus(amount.range)?;
        (next, several) = (amount, true);
    }
    (several && people(&last)).then_some(sum)
}

/// The sum of the people told after a word: "killing two soldiers and a driver". `None` where there is only one number.
fn sum_after(
    scene: &Scene<'_>,
    first: &numbers::Amount,
    clause: &Run,
    sound: &dyn Fn(&&numbers::Amount) -> bool,
) -> Option<Range> {
    let people = |amount: &&numbers::Amount| scene.has(amount.at.end..amount.at.end + 5, Sense::Person);
    let (mut sum, mut end, mut several) = (first.range, first.at.end, false);
    let later = scene.amounts.iter().filter(|a| a.at.start >= first.at.end && a.at.start < clause.end);
    for amount in later.filter(sound).filter(people) {
        let gap = end..amount.at.start;
        let told = [Sense::Killed, Sense::Wounded, Sense::KillVerb, Sense::WoundVerb, Sense::ActVerb, Sense::Say];
        if gap.len() > 8 || !scene.has(gap.clone(), Sense::And) || scene.has_any(gap, &told) {
            break;
        }
        sum = sum.plus(amount.range)?;
        (end, several) = (amount.at.end, true);
    }
    (several && people(&first)).then_some(sum)
}

/// Whether a number counts something else than people ("two houses were destroyed and people killed").
fn other_unit(scene: &Scene<'_>, amount: &numbers::Amount) -> bool {
    let next = amount.at.end..amount.at.end + 3;
    if amount.article {
        return false;
    }
    scene.has(next.clone(), Sense::Unit) && !scene.has(next.clone(), Sense::Person)
        || scene.has_any(
            next,
            &[Sense::Weapon, Sense::Land, Sense::Times, Sense::Measure, Sense::Minute, Sense::Days, Sense::Hour],
        ) && !scene.has(amount.at.end..amount.at.end + 2, Sense::Person)
}

/// An article before one person does not count for a word far off.
fn plural_ok(scene: &Scene<'_>, amount: &numbers::Amount, at: &Run) -> bool {
    !amount.article
        || at.start - amount.at.end <= 8
            && !scene.has_any(amount.at.end..at.start, &[Sense::Weapon, Sense::Force, Sense::ActNoun])
        || at.start - amount.at.end <= 4
}

/// One person without any number, where the form of the word or that of its object is singular: "ранен местный житель",
/// "застрелил женщину".
fn singular(scene: &Scene<'_>, at: &Run, clause: &Run) -> Option<Run> {
    if scene.has(at.clone(), Sense::OneHit) {
        return scene.all(clause.clone(), Sense::Person).next().map(|person| person.at.clone());
    }
    let verb = scene.has_any(at.clone(), &[Sense::KillVerb, Sense::WoundVerb]);
    let one = |mark: &&Mark<'_>| mark.entry.detail.as_deref() == Some("one");
    let object = scene.all(at.end..clause.end.min(at.end + 6), Sense::Person).next().filter(one);
    object.filter(|_| verb).map(|person| person.at.clone())
}

/// "No casualties": a reported zero, unless nothing was merely reported.
fn none(scene: &Scene<'_>, at: &Run) -> Vec<Toll> {
    let clause = scene.clause(at.start);
    let run = scene.clause_run(clause);
    let before =
        scene.has(at.start.saturating_sub(5).max(run.start)..at.start, Sense::Negation) || without(scene, &run);
    let after = scene.has(at.end..run.end.min(at.end + 5), Sense::Negation)
        || scene.lang.embeds() && verb_denied(scene, at, &run);
    let reported = scene.has_any(at.end..run.end, &[Sense::Say, Sense::Witness])
        && scene.has(at.end..run.end, Sense::Be)
        || scene.has(run.start..at.start, Sense::Say) && scene.has(run.start..at.start, Sense::Negation) && !before;
    // "О потерях не сообщается": what is negated is the report.
    let unreported = scene
        .all(run.clone(), Sense::Say)
        .any(|say| scene.ends_at(say.at.start, Sense::Negation).is_some_and(|negation| negation.at.start >= at.end));
    if !(before || after) || reported || unreported {
        return Vec::new();
    }
    zeros(scene, at, Sense::Wounded)
}

/// Nobody of a kind: who tells that nobody was hurt tells that nobody was killed either.
fn zeros(scene: &Scene<'_>, at: &Run, kind: Sense) -> Vec<Toll> {
    let clause = scene.clause(at.start);
    let zero = |kind| Toll { kind, amount: Range::exactly(0), civilian: false, clause, span: scene.bytes(at) };
    match kind {
        Sense::Wounded => vec![zero(Sense::Killed), zero(Sense::Wounded)],
        kind => vec![zero(kind)],
    }
}

/// Whether a word of toll is told of nobody: "no one was injured", "verletzt wurde niemand", "none of the soldiers was
/// hurt", "was not hurt", "пострадавших нет", "ölen olmadı".
fn spared(scene: &Scene<'_>, at: &Run, kind: Sense) -> bool {
    let run = scene.clause_run(scene.clause(at.start));
    if scene.amounts.iter().any(|amount| !amount.article && run.contains(&amount.at.start)) {
        return false;
    }
    let nobody = |mark: &Mark<'_>| mark.entry.detail.as_deref() == Some("nobody");
    let first = usize::from(scene.has_any(run.start..run.start + 1, &[Sense::And, Sense::But, Sense::Clause]));
    let opens = at.start - run.start <= NEAR && scene.has(run.start + first..run.start + first + 1, Sense::Negation);
    let near = at.start.saturating_sub(NEAR).max(run.start)..run.end.min(at.end + NEAR);
    opens
        || without(scene, &run)
        || scene.all(near, Sense::Negation).any(nobody)
        || kind == Sense::Wounded && denied(scene, at, run.start)
        || scene.lang.is_slavic() && scene.is(at.end, Sense::Negation)
        || scene.lang.embeds() && verb_denied(scene, at, &run)
}

/// Whether a clause tells what did not come with the one before it: "sans que", "ohne dass", "senza che", "من دون أن".
fn without(scene: &Scene<'_>, run: &Run) -> bool {
    scene.is(run.start, Sense::Clause) && scene.ends_at(run.start, Sense::Negation).is_some()
}

/// So many words may stand between nobody and what befell nobody.
const NEAR: usize = 8;

/// Whether a negation stands before a word with nothing but auxiliaries between: "was not hurt", "n'a pas été blessé".
fn denied(scene: &Scene<'_>, at: &Run, from: usize) -> bool {
    let auxiliary = |at: &usize| scene.has_any(*at..at + 1, &[Sense::Be, Sense::Have]);
    let before = (from..at.start).rev().find(|at| !auxiliary(at));
    before.is_some_and(|before| scene.ends_at(before + 1, Sense::Negation).is_some())
}

/// Whether the verb that closes a Turkish clause is negated, be it the word itself or one within three words after it.
fn verb_denied(scene: &Scene<'_>, at: &Run, run: &Run) -> bool {
    let verbs = at.end - 1..run.end.min(at.end + 3);
    scene.tokens().get(verbs).unwrap_or_default().iter().any(|token| super::cases::is_negated(&token.norm))
}

/// The tolls of one side as one loss.
pub(crate) fn loss(tolls: &[&Toll], side: Option<String>) -> Option<Loss> {
    let mut loss = Loss { side, ..Loss::default() };
    for toll in tolls {
        let slot = match toll.kind {
            Sense::Killed => &mut loss.killed,
            Sense::Wounded => &mut loss.wounded,
            Sense::Missing => &mut loss.missing,
            _ => &mut loss.captured,
        };
        *slot = slot.or(Some(toll.amount));
    }
    loss.civilian = tolls.iter().any(|toll| toll.civilian && !toll.amount.is_zero()).then_some(true);
    let known = loss.counts().into_iter().any(|(_, count)| count.is_some());
    known.then_some(loss)
}
