//! Sentences that single out who did something: "it was the army that broke it", "sono stati gli etiopici ad aprire il
//! fuoco".

use super::Lang;
use super::deeds::{self, Deed};
use super::roles::{Role, is_somebody};
use super::scene::{Run, Scene};
use super::sense::Sense;

/// Who is named right before the "that" by which a clause begins, after a form of "be" in the clause before.
pub(crate) fn before_that(scene: &Scene<'_>, before: &Run, run: &Run) -> Option<Role> {
    let named = |m: &&super::actors::Mention| {
        m.at.end == run.start && is_somebody(m) && scene.has(before.start..m.at.start, Sense::Be)
    };
    let cleft = scene.mentions_in(before.clone()).rev().find(named);
    let cleft = cleft.filter(|_| scene.is(run.start, Sense::Clause))?;
    Some(Role::of(cleft, "noun before the relative clause"))
}

/// Who is said in Italian to have been the one to do it: "Sono stati gli etiopici ad aprire il fuoco", "è il regime ad
/// averla violata".
pub(crate) fn singled_out(scene: &Scene<'_>, deed: &Deed) -> Option<Role> {
    if scene.lang != Lang::It {
        return None;
    }
    let verb = deed.support.as_ref().map_or(deed.at.start, |support| support.start.min(deed.at.start));
    let infinitive = deeds::perfect_infinitive(scene, verb).or_else(|| {
        let endings = ["re", "rsi", "rla", "rlo", "rle", "rli"];
        scene.token(verb).is_some_and(|t| endings.iter().any(|ending| t.norm.ends_with(ending))).then_some(verb)
    })?;
    let not = usize::from(infinitive > 0 && scene.is(infinitive - 1, Sense::Negation));
    let to = infinitive.checked_sub(1 + not)?;
    if !scene.token(to).is_some_and(|token| token.is("a") || token.is("ad")) {
        return None;
    }
    // "A spezzarla, poche ore dopo, è stato il generale": the one singled out may come last.
    if to == 0 {
        let be = scene.all(verb + 1..(verb + 16).min(scene.whole().end), Sense::Be).next()?.at.end;
        let one = scene.mentions_in(be..be + 7).find(|m| m.prep.is_none() && m.can_act())?;
        return Some(Role::of(one, "the one singled out"));
    }
    // "… ad attaccare e a sparare".
    let from = if scene.is(deed.from, Sense::And) { 0 } else { deed.from };
    let be = scene.all(from..to, Sense::Be).next_back()?.at.end;
    let one = scene.mentions_in(be..to).find(|m| m.prep.is_none() && m.can_act())?;
    Some(Role::of(one, "the one singled out"))
}
