//! Numbers in digits and words, with their hedges.

use super::scene::{Run, Scene};
use super::sense::Sense;
use super::tokens::Kind;
use crate::model::{Hedge, Range};

/// A number in a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Amount {
    /// Its tokens, the hedge not among them.
    pub(crate) at: Run,
    /// How many.
    pub(crate) range: Range,
    /// Whether it is only an article ("a soldier").
    pub(crate) article: bool,
}

/// The numbers of a sentence, in order.
pub(crate) fn find(scene: &Scene<'_>) -> Vec<Amount> {
    let mut amounts = Vec::new();
    let mut at = 0;
    while at < scene.tokens().len() {
        let Some((end, value)) = number(scene, at) else {
            let counted = amounts.last().is_some_and(|last: &Amount| last.at.end == at);
            if let Some(mark) = scene.all(at..at + 1, Sense::Article).next().filter(|_| !counted) {
                amounts.push(Amount { at: mark.at.clone(), range: Range::exactly(1), article: true });
            }
            at += 1;
            continue;
        };
        let (end, high) = upper(scene, end).map_or((end, value), |(end, high)| (end, high.max(value)));
        let hedge = hedge_before(scene, at);
        let range = if high > value {
            Range::new(Some(value), Some(high), Hedge::Exact)
        } else {
            Some(Range::hedged(value, hedge))
        };
        if let Some(range) = range {
            amounts.push(Amount { at: at..end, range, article: false });
        }
        at = end;
    }
    amounts
}

/// A number that begins at a token, and where it ends.
pub(crate) fn number(scene: &Scene<'_>, at: usize) -> Option<(usize, u64)> {
    let (mut end, mut value) = digits(scene, at).or_else(|| words(scene, at))?;
    let mut scale = u64::MAX;
    while let Some(mark) = scene.all(end..end + 1, Sense::Multiplier).next() {
        let times = u64::try_from(mark.entry.value?).ok()?;
        // "Mille deux cents": a hundred multiplies what is less than ten only.
        if times == 100 && value >= 1000 && (1..10).contains(&(value % 1000)) {
            value = value.saturating_add(99 * (value % 1000));
            end = mark.at.end;
            continue;
        }
        value = value.checked_mul(times).filter(|&n| n <= Range::LIMIT)?;
        (end, scale) = (mark.at.end, times);
    }
    // "ثلاثة آلاف ومئتان": what is added to thousands.
    let more = (scale < u64::MAX).then(|| words(scene, joint(scene, end)?)).flatten();
    if let Some((after, more)) = more.filter(|(_, more)| *more < scale) {
        (end, value) = (after, value.saturating_add(more));
    }
    Some((end, value))
}

/// Where a numeral joined by "and" begins, in languages that join numerals so.
fn joint(scene: &Scene<'_>, end: usize) -> Option<usize> {
    (scene.lang.joins_numerals() && scene.is(end, Sense::And)).then_some(end + 1)
}

/// The second number of "3-5", "from 3 to 5".
fn upper(scene: &Scene<'_>, end: usize) -> Option<(usize, u64)> {
    let dash = scene.token(end).filter(|token| token.is("-"))?;
    let next = scene.token(end + 1).filter(|token| token.kind == Kind::Number && !token.spaced)?;
    if dash.spaced || next.norm.len() > 4 {
        return None;
    }
    number(scene, end + 1)
}

/// Digits with the separators of thousands that languages use: `2,729`, `1.200`, `30 000`.
fn digits(scene: &Scene<'_>, at: usize) -> Option<(usize, u64)> {
    let token = scene.token(at).filter(|token| token.kind == Kind::Number)?;
    let mut text = token.norm.clone();
    let mut end = at + 1;
    loop {
        let (sign, group) = (scene.token(end), scene.token(end + 1));
        let three = |token: Option<&super::tokens::Token>| {
            token.is_some_and(|token| token.kind == Kind::Number && token.norm.len() == 3)
        };
        if sign.is_some_and(|sign| sign.is(",") || sign.is("."))
            && three(group)
            && group.is_some_and(|group| !group.spaced)
            && text.len() <= 3 + 3 * (end - at)
        {
            text.push_str(&group?.norm);
            end += 2;
        } else if three(sign)
            && text.len() <= 3
            && end == at + 1
            && sign.is_some_and(|sign| sign.span.lo == token.span.hi + 1 || sign.span.lo <= token.span.hi + 3)
        {
            text.push_str(&sign?.norm);
            end += 1;
        } else {
            break;
        }
    }
    let value = text.parse().ok().filter(|&n: &u64| n <= Range::LIMIT)?;
    Some((end, value))
}

/// Numerals, added up: "thirty-four", "trente et un", "двести сорок".
fn words(scene: &Scene<'_>, at: usize) -> Option<(usize, u64)> {
    let numeral = |at: usize| {
        let mark = scene.all(at..at + 1, Sense::Number).next()?;
        Some((mark.at.end, u64::try_from(mark.entry.value?).ok()?))
    };
    let (mut end, mut value) = numeral(at)?;
    let mut last = value;
    loop {
        let joined = if scene.token(end).is_some_and(|token| token.is("-") && !token.spaced) { end + 1 } else { end };
        let added = joint(scene, end).and_then(numeral);
        match numeral(joined).or(added) {
            // "ستة وثلاثون": units before tens; "مئة وستة", "ألف ومئتان": what is smaller follows.
            Some((next, more))
                if added.is_some()
                    && (last < 10 && more >= 20 && more % 10 == 0 && more < 100 || last >= 100 && more < last) =>
            {
                value = value.saturating_add(more);
                (last, end) = (more, next);
            }
            Some((next, more)) if last >= 10 && last % 10 == 0 && more < 10.min(last) => {
                value = value.saturating_add(more);
                (last, end) = (more, next);
            }
            Some((next, more)) if last >= 100 && more < 100 || last >= 1000 && more < 1000 => {
                value = value.saturating_add(more);
                (last, end) = (more, next);
            }
            _ => return Some((end, value)),
        }
    }
}

/// The hedge that stands right before a number.
fn hedge_before(scene: &Scene<'_>, at: usize) -> Hedge {
    for (sense, hedge) in [
        (Sense::AtLeast, Hedge::AtLeast),
        (Sense::MoreThan, Hedge::MoreThan),
        (Sense::UpTo, Hedge::UpTo),
        (Sense::LessThan, Hedge::LessThan),
        (Sense::About, Hedge::About),
    ] {
        if scene.ends_at(at, sense).is_some() {
            return hedge;
        }
    }
    Hedge::Exact
}

/// The number that counts what stands at a token: before it, with at most two words between.
pub(crate) fn counting<'s>(scene: &'s Scene<'_>, at: usize, from: usize) -> Option<&'s Amount> {
    let near = scene.amounts.iter().rfind(|amount| amount.at.end <= at && amount.at.start >= from)?;
    let between = near.at.end..at;
    let broken = between.len() > 3
        || scene
            .tokens()
            .get(between)
            .unwrap_or_default()
            .iter()
            .any(|token| token.kind == Kind::Sign && !token.is("-"));
    (!broken).then_some(near)
}
