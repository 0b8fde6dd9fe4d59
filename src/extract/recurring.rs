//! Names that one sentence tells to be places, found again where nothing in the sentence itself tells it: "In Vukovar …
//! Vukovar was silent".

use super::denials::alike;
use super::places::{PlaceName, governor, names_of, titled};
use super::scene::Scene;
use super::sense::Sense;

/// The names that sentences tell to be places by a preposition or a noun of land, each once.
pub(crate) fn known<'s>(scenes: impl Iterator<Item = &'s Scene<'s>>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for place in scenes.flat_map(|scene| &scene.places).filter(|place| !place.large) {
        if names.len() < MOST && !names.contains(&place.name) {
            names.push(place.name.clone());
        }
    }
    names
}

/// So many names of places of one text are kept, so that the work on a long one stays in proportion to it.
const MOST: usize = 200;

/// Finds the names that are known to be places where nothing in the sentence itself tells that they are.
pub(crate) fn again(scene: &mut Scene<'_>, text: &str, known: &[String]) {
    if scene.lang.caseless() {
        return;
    }
    let mut found: Vec<PlaceName> = Vec::new();
    for run in names_of(scene) {
        let taken = scene.places.iter().any(|place| place.at.start < run.end && run.start < place.at.end);
        let Some(name) = scene.bytes(&run).and_then(|span| span.of(text)).filter(|_| !taken) else { continue };
        let speaks = scene.has(run.end..run.end + 2, Sense::Say) || titled(scene, run.start);
        if !speaks && known.iter().any(|known| alike(known, name)) {
            let prep = governor(scene, run.start).0;
            found.push(PlaceName { name: name.to_owned(), at: run, prep, large: false });
        }
    }
    scene.places.extend(found);
    scene.places.sort_by_key(|place| place.at.start);
    without_opener(scene, text, known);
}

/// Takes the word that opens a sentence off the known name after it: "Auch Karlovac".
fn without_opener(scene: &mut Scene<'_>, text: &str, known: &[String]) {
    let Some(place) = scene.places.first().filter(|place| place.at.start == 0 && place.at.len() > 1) else { return };
    let rest = 1..place.at.end;
    let Some(name) = scene.bytes(&rest).and_then(|span| span.of(text)) else { return };
    if !known.iter().any(|known| known == name) {
        return;
    }
    let name = name.to_owned();
    if let Some(place) = scene.places.first_mut() {
        (place.name, place.at) = (name, rest);
    }
}
