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
    for amount in scene.amounts.iter().filter(|amount| run.contains(&amount.at.start) && !amount.article) {
        if scene.times.iter().any(|time| time.at.start < amount.at.end && amount.at.start < time.at.end) {
            continue;
        }
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

/// What a number counts: the noun of the deed right after it, "times", or a unit named after it.
fn unit(scene: &Scene<'_>, deed: &Deed, amount: &Amount) -> Option<Unit> {
    // "خرقين", "غارتان": number and noun in one word.
    let near = amount.at.start..amount.at.end + 4;
    let own = match deed.told {
        Told::Breach | Told::Kept => Unit::Violation,
        _ if deed.act == ActBase::Overflight => Unit::Flight,
        _ => Unit::Attack,
    };
    if scene.has(amount.at.start..amount.at.end + 2, Sense::Times) {
        return Some(own);
    }
    let noun = deed.noun.as_ref().unwrap_or(&deed.at);
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
    let named = scene.marks_in(near).find(|mark| mark.sense() == Sense::Unit).and_then(|mark| mark.entry.unit);
    match named {
        // "Recorded 13 explosions": the deed itself is what is counted.
        Some(Unit::Explosion) if counted && !blocked && deed.act == ActBase::Explosion => Some(Unit::Incident),
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
