//! States that an armed group is only named with, since it comes from there: "the Lebanese group Hezbollah", "Ivorian
//! rebels".

use super::actors::{Mention, Part, is_verbal};
use super::names::{NameForm, Names};
use super::scene::{Run, Scene};
use super::sense::Sense;
use super::tokens::{Kind, Token};
use crate::model::PartyKind;

/// Makes mere ground of the states whose adjective stands with the name of an armed group.
pub(crate) fn settle(scene: &Scene<'_>, names: &Names, mentions: &mut [Mention]) {
    for at in 1..mentions.len() {
        let homeland = match mentions.get(at - 1..=at) {
            Some([land, armed]) => is_homeland(scene, names, land, armed),
            _ => false,
        };
        if let Some(land) = mentions.get_mut(at - 1).filter(|_| homeland) {
            land.part = Part::Ground;
        }
    }
}

/// Whether the adjective of a state only tells whence an armed group is that is named after it: "ливанское движение
/// «Хезболла»", "the Lebanese group Hezbollah".
fn is_homeland(scene: &Scene<'_>, names: &Names, land: &Mention, armed: &Mention) -> bool {
    let kind = |m: &Mention| m.party().map(|party| names.kind(party));
    let gap = land.at.end..armed.at.start.max(land.at.end);
    let word = |token: &Token| token.kind == Kind::Word || token.is("\"");
    let plain = scene.tokens().get(gap.clone()).unwrap_or_default().iter().all(word);
    let other = [Sense::And, Sense::Preposition, Sense::Clause, Sense::Relative, Sense::But];
    let body = matches!(land.form, Some(NameForm::Forces | NameForm::Side | NameForm::Institution)) && gap.len() < 2;
    (land.form == Some(NameForm::Adjective) || body && scene.lang.is_slavic())
        && armed.form != Some(NameForm::Adjective)
        && kind(land) == Some(PartyKind::State)
        && kind(armed) == Some(PartyKind::NonState)
        && gap.len() <= 3
        && plain
        && !scene.marks_in(gap).any(|mark| is_verbal(mark.sense()) || other.contains(&mark.sense()))
}

/// Whether the name of a people stands with rebels, who fight for no state: "Ivorian rebels", "rebelles ivoiriens".
pub(crate) fn rebels(scene: &Scene<'_>, name: &Run) -> bool {
    let noun =
        if scene.lang.adjective_follows() { name.start.saturating_sub(1)..name.end } else { name.start..name.end + 1 };
    let state = scene.has(noun.clone(), Sense::Government);
    !state && scene.all(noun.clone(), Sense::Rebels).any(|mark| mark.at.end <= noun.end)
}
