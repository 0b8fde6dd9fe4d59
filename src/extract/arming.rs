//! What a weapon in its clause makes of a general act: which weapon did it, and which was itself hit.

use super::deeds::{Deed, Told};
use super::lexicon::Mark;
use super::scene::{Run, Scene};
use super::sense::{Prep, Sense};
use crate::model::ActBase;

/// Marks verbs of using a weapon, which as participles only tell how another deed was done.
pub(crate) const MEANS: &str = "means";

/// Marks deeds by which a weapon itself is destroyed: "уничтожены два танка".
pub(crate) const FELLED: &str = "felled";

/// Makes a general act specific by the weapon in its clause. A weapon that is destroyed or shot down did nothing.
pub(crate) fn specify(scene: &Scene<'_>, run: &Run, deed: &mut Deed) {
    if !matches!(deed.act, ActBase::Attack | ActBase::SmallArmsFire | ActBase::Shelling)
        || deed.told == Told::Breach
        || deed.told == Told::Kept
    {
        return;
    }
    let brought_down = deed.detail.as_deref().is_some_and(|detail| detail != MEANS);
    let scope = match (brought_down, scene.lang.verb_final()) {
        (true, true) => return,
        (true, false) => deed.from..deed.at.start,
        (false, _) => deed.from..run.end,
    };
    let weapons = scene
        .all(scope, Sense::Weapon)
        .filter(|mark| !(deed.at.start <= mark.at.start && mark.at.end <= deed.at.end && deed.act != ActBase::Attack))
        .filter(|mark| !is_object(scene, &mark.at, deed));
    let heaviest = weapons.filter(|mark| mark.entry.act.is_some()).max_by_key(|mark| heft(mark));
    let heaviest = heaviest.and_then(|mark| mark.entry.act);
    if let Some(act) = heaviest.filter(|act| weight(*act) > weight(deed.act) && !(brought_down && deed.passive)) {
        deed.act = act;
        deed.rules.push("act by weapon");
    }
}

/// Whether a weapon is what was hit, or only says whose a place is: "удар по складу ракет", "обстрелял базу ВВС",
/// "ударили по танкам".
fn is_object(scene: &Scene<'_>, weapon: &Run, deed: &Deed) -> bool {
    if !scene.lang.is_slavic() || weapon.start < deed.at.end || weapon.start == 0 {
        return false;
    }
    let before = weapon.start - 1;
    let instrument = || ends_in(scene, weapon, scene.lang.instrumental());
    let owned = scene.is(before, Sense::Position) && !scene.is(before, Sense::Preposition);
    let aimed = scene.all(before..weapon.start, Sense::Preposition).any(|mark| mark.entry.prep == Some(Prep::At));
    !instrument() && (owned || aimed)
}

/// Whether what a verb of destroying destroys is a weapon: "уничтожены два танка", "сожгли вертолет", but not "ракетой
/// уничтожен дом".
pub(crate) fn fells(scene: &Scene<'_>, run: &Run) -> bool {
    scene.all(run.clone(), Sense::Weapon).any(|weapon| {
        let led = scene.ends_at(weapon.at.start, Sense::Preposition).is_some();
        let owned = weapon.at.start > 0 && scene.is(weapon.at.start - 1, Sense::Position);
        !led && !owned && !ends_in(scene, &weapon.at, scene.lang.instrumental())
    })
}

/// Whether the last word of a run has one of these endings.
fn ends_in(scene: &Scene<'_>, run: &Run, endings: &[&str]) -> bool {
    let word = run.end.checked_sub(1).and_then(|at| scene.token(at)).map_or("", |token| token.norm.as_str());
    endings.iter().any(|ending| word.ends_with(ending))
}

/// Which of several weapons names the act: the heaviest; what is dropped yields to the drone that dropped it.
fn heft(mark: &Mark<'_>) -> u8 {
    let dropped = mark.entry.detail.as_deref() == Some("dropped");
    if dropped { 2 * weight(ActBase::DroneStrike) - 1 } else { 2 * mark.entry.act.map_or(0, weight) }
}

/// How heavy the weapon of an act is.
const fn weight(act: ActBase) -> u8 {
    match act {
        ActBase::SmallArmsFire => 1,
        ActBase::Explosion => 2,
        ActBase::Shelling => 3,
        ActBase::DroneStrike => 4,
        ActBase::AirStrike => 5,
        ActBase::MissileStrike => 6,
        _ => 0,
    }
}

/// Leaves out what only tells by which weapon the deed before was done: "…, применив минометы".
pub(crate) fn leave_out_means(scene: &Scene<'_>, deeds: &mut Vec<Deed>) {
    let mut before: Option<usize> = None;
    deeds.retain(|deed| {
        let word = scene.token(deed.at.start).map_or("", |token| token.norm.as_str());
        let means = deed.detail.as_deref() == Some(MEANS)
            && scene.lang.is_slavic()
            && (word.ends_with('в') || word.ends_with("чи") || word.ends_with("ши") || word.ends_with('я'));
        let adjunct = means && before.is_some_and(|clause| clause + 1 >= deed.clause);
        before = Some(deed.clause);
        !adjunct
    });
    for deed in deeds.iter_mut().filter(|deed| deed.detail.as_deref() == Some(MEANS)) {
        deed.detail = None;
    }
}
