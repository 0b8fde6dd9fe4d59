//! The dead, hurt, missing and captured of a sentence.

use super::numbers;
use super::scene::{Run, Scene};
use super::sense::Sense;
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
        } else if spared(scene, &mark.at) {
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
        let person = !amount.article || scene.has(amount.at.start..amount.at.end + 7, Sense::Person);
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
    let adjacent = right.filter(|right| {
        right.at.start == at.end
            || right.at.start <= at.end + 2
                && (hedged(scene, at.end..right.at.start) || !scene.has(at.end..right.at.start, Sense::Preposition))
            || object(scene, at, right)
    });
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

/// One person without any number, where the word's form is singular: "ранен местный житель".
fn singular(scene: &Scene<'_>, at: &Run, clause: &Run) -> Option<Run> {
    let person = scene.all(clause.clone(), Sense::Person).next()?;
    scene.marks_in(at.start..at.end).any(|mark| mark.sense() == Sense::OneHit).then(|| person.at.clone())
}

/// "No casualties": a reported zero, unless nothing was merely reported.
fn none(scene: &Scene<'_>, at: &Run) -> Vec<Toll> {
    let clause = scene.clause(at.start);
    let run = scene.clause_run(clause);
    let before = scene.has(at.start.saturating_sub(5).max(run.start)..at.start, Sense::Negation);
    let after = scene.has(at.end..run.end.min(at.end + 5), Sense::Negation);
    let reported = scene.has_any(at.end..run.end, &[Sense::Say, Sense::Witness])
        && scene.has(at.end..run.end, Sense::Be)
        || scene.has(run.start..at.start, Sense::Say) && scene.has(run.start..at.start, Sense::Negation) && !before;
    if !(before || after) || reported {
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

/// "No one was injured", "none of the soldiers was hurt": the clause begins with the denial of its subject.
fn spared(scene: &Scene<'_>, at: &Run) -> bool {
    let run = scene.clause_run(scene.clause(at.start));
    let first = usize::from(scene.has_any(run.start..run.start + 1, &[Sense::And, Sense::But, Sense::Clause]));
    let begins = scene.has(run.start + first..run.start + first + 1, Sense::Negation);
    begins && at.start - run.start <= 8 && !scene.amounts.iter().any(|a| !a.article && run.contains(&a.at.start))
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
