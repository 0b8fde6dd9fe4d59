//! How many times, how many shots: figures with unit and window, bound within the clause of their deed.

use super::calendar::Told as Time;
use super::deeds::{Deed, Told};
use super::numbers::Amount;
use super::scene::Scene;
use super::sense::Sense;
use super::times::Said;
use crate::model::{ActBase, ByteSpan, Figure, Range, Span, Unit};

/// The figures of a deed and where they stand.
pub(crate) fn of(scene: &Scene<'_>, deed: &Deed, time: Option<&Time>) -> Vec<(Figure, Option<ByteSpan>)> {
    let run = scene.clause_run(deed.clause);
    let mut figures: Vec<(Figure, Option<ByteSpan>)> = Vec::new();
    let mut amounts: Vec<&Amount> =
        scene.amounts.iter().filter(|amount| run.contains(&amount.at.start) && counts(scene, amount)).collect();
    // "In ten days 47 times": what counts "times" is closest.
    amounts.sort_by_key(|amount| !scene.has(amount.at.end..amount.at.end + 1, Sense::Times));
    for amount in amounts {
        let Some(unit) = unit(scene, deed, amount) else { continue };
        let figure = Figure { amount: amount.range, unit, span: span(scene, deed, time) };
        if !figures.iter().any(|(other, _)| other.unit == unit) {
            figures.push((figure, scene.bytes(&amount.at)));
        }
    }
    if deed.negated && deed.told == Told::Breach && figures.is_empty() {
        let zero = Figure { amount: Range::exactly(0), unit: Unit::Violation, span: span(scene, deed, time) };
        figures.push((zero, scene.bytes(&deed.at)));
    }
    figures
}

/// Whether a number can count anything: it is no article, no part of a time, no year ("im Jahr 2020").
fn counts(scene: &Scene<'_>, amount: &Amount) -> bool {
    let timed = scene.times.iter().any(|time| time.at.start < amount.at.end && amount.at.start < time.at.end);
    let dated = scene.has(amount.at.start.saturating_sub(1)..amount.at.start, Sense::Year)
        && amount.range.min.is_some_and(|year| (1900..2100).contains(&year))
        && !scene.has(amount.at.end..amount.at.end + 1, Sense::Times);
    !amount.article && !timed && !dated
}

/// What a number counts: the noun of the deed right after it, "times", or a unit named after it.
fn unit(scene: &Scene<'_>, deed: &Deed, amount: &Amount) -> Option<Unit> {
    // "خرقين", "غارتان": number and noun in one word.
    let near = amount.at.start..amount.at.end + 4;
    let noun = deed.noun.as_ref().unwrap_or(&deed.at);
    let own = match deed.told {
        Told::Breach | Told::Kept => Unit::Violation,
        // "25 violations of the airspace".
        _ if scene.is(noun.start, Sense::Breach) => Unit::Violation,
        _ if deed.act == ActBase::Overflight => Unit::Incident,
        _ => Unit::Attack,
    };
    if scene.has(amount.at.start..amount.at.end + 2, Sense::Times) {
        return Some(own);
    }
    let counted =
        near.contains(&noun.start) && deed.told != Told::Verb || near.contains(&noun.start) && deed.noun.is_some();
    let blocked = scene.has_any(
        amount.at.end..noun.start.max(amount.at.end),
        &[
            Sense::Person,
            Sense::And,
            Sense::Killed,
            Sense::Wounded,
            Sense::Preposition,
            Sense::Measure,
            Sense::Truce,
            Sense::Accord,
        ],
    );
    let between = noun.end..amount.at.start.max(noun.end);
    if scene.has(noun.start.saturating_sub(4)..noun.start, Sense::Tally)
        && amount.at.start >= noun.end
        && scene.has(amount.at.start.saturating_sub(1)..amount.at.start, Sense::Preposition)
        && !scene.has_any(between, &[Sense::Person, Sense::Killed, Sense::Wounded])
    {
        return Some(own);
    }
    let named = scene.marks_in(near).find(|mark| mark.sense() == Sense::Unit).and_then(|mark| mark.entry.unit);
    match named {
        // "Recorded 13 explosions", "31 overflights": the deed itself is what is counted.
        Some(Unit::Explosion) if counted && !blocked && deed.act == ActBase::Explosion => Some(Unit::Incident),
        Some(Unit::Flight) if counted && !blocked && deed.act == ActBase::Overflight => Some(own),
        Some(Unit::Attack | Unit::Violation) | None if counted && !blocked => Some(own),
        Some(Unit::Violation) if deed.told != Told::Breach => None,
        Some(unit) if !blocked => Some(unit),
        _ => None,
    }
}

/// What a figure is counted over: since a day, a window of days, or the one event.
fn span(scene: &Scene<'_>, deed: &Deed, time: Option<&Time>) -> Span {
    let run = scene.clause_run(deed.clause);
    let said = scene.times.iter().filter(|mark| run.contains(&mark.at.start)).map(|mark| &mark.said).next();
    let several = matches!(deed.told, Told::Breach);
    match (said, time) {
        (Some(Said::Since(_)), Some(time)) => Span::Since(Some(Time::day(time.from).edtf())),
        (_, Some(time)) if several && time.from != time.to => Span::Window(time.edtf()),
        _ => Span::Event,
    }
}
