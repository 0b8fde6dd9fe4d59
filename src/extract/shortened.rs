//! Short forms of long names: in a text that speaks of "боснийские сербы", "сербские танки" are theirs and not of the state
//! whose people bear that name too.

use std::collections::HashMap;

use super::actors::{Mention, Who};
use super::names::{Bearer, NameForm, Names};
use super::scene::Scene;
use crate::model::PartyKind;

/// Letters of a word that two forms of it share at least.
const STEM: usize = 4;

/// Gives mentions by a short form to the party that the text names in full.
pub(crate) fn settle(scenes: &mut [Scene<'_>], names: &Names) {
    let long = long_names(scenes, names);
    let full: Vec<Bearer> = scenes.iter().flat_map(|scene| &scene.mentions).filter_map(by_its_own_name).collect();
    complete(scenes);
    for scene in scenes.iter_mut().filter(|_| !long.is_empty()) {
        let given: Vec<Option<Bearer>> =
            scene.mentions.iter().map(|mention| meant(scene, mention, names, &long, &full)).collect();
        for (mention, party) in scene.mentions.iter_mut().zip(given) {
            mention.who = party.map_or(mention.who, Who::Party);
        }
    }
}

/// Gives a name that only begins the longer name of another party to that party, where the text tells the longer one and
/// never names the first otherwise: "Армия обороны" in a text on "Армия обороны Израиля".
fn complete(scenes: &mut [Scene<'_>]) {
    let named = |scene: &Scene<'_>, mention: &Mention| {
        let words: Vec<String> =
            scene.tokens().get(mention.at.clone())?.iter().map(|t| t.norm.chars().take(STEM).collect()).collect();
        Some((words, mention.party()?))
    };
    let all: Vec<(Vec<String>, Bearer)> =
        scenes.iter().flat_map(|scene| scene.mentions.iter().filter_map(|m| named(scene, m))).collect();
    let meant = |(words, party): &(Vec<String>, Bearer)| {
        let longer = |(full, other): &&(Vec<String>, Bearer)| {
            other != party && full.len() > words.len() && full.starts_with(words)
        };
        let (_, other) = all.iter().find(longer).filter(|_| words.len() > 1)?;
        all.iter().all(|(known, bearer)| bearer != party || known == words).then_some(*other)
    };
    for scene in scenes {
        let given: Vec<Option<Bearer>> = scene.mentions.iter().map(|mention| meant(&named(scene, mention)?)).collect();
        for (mention, party) in scene.mentions.iter_mut().zip(given) {
            mention.who = party.map_or(mention.who, Who::Party);
        }
    }
}

/// The parties that the text names by a phrase, with the beginning of its last word.
fn long_names(scenes: &[Scene<'_>], names: &Names) -> HashMap<String, Option<Bearer>> {
    let mut long: HashMap<String, Option<Bearer>> = HashMap::new();
    for scene in scenes {
        let phrase = |m: &&Mention| {
            let whole = matches!(m.form, Some(NameForm::Alias | NameForm::Name | NameForm::People));
            whole && m.at.len() == 2 && m.party().is_some_and(|party| names.kind(party) != PartyKind::State)
        };
        for mention in scene.mentions.iter().filter(phrase) {
            let Some((stem, party)) = scene.token(mention.at.end - 1).and_then(|t| stem(&t.norm)).zip(mention.party())
            else {
                continue;
            };
            // A word that ends the names of two parties stands for neither.
            let known = long.entry(stem).or_insert(Some(party));
            *known = known.filter(|known| *known == party);
        }
    }
    long
}

/// The state that a mention names by the state's own name.
fn by_its_own_name(mention: &Mention) -> Option<Bearer> {
    mention.party().filter(|_| mention.form == Some(NameForm::Name))
}

/// Which party a mention means, where that is another than the one whose name it is.
fn meant(
    scene: &Scene<'_>,
    mention: &Mention,
    names: &Names,
    long: &HashMap<String, Option<Bearer>>,
    full: &[Bearer],
) -> Option<Bearer> {
    let short = matches!(mention.form, Some(NameForm::People | NameForm::Adjective | NameForm::Forces));
    let party = mention.party().filter(|party| short && names.kind(*party) == PartyKind::State)?;
    let word = scene.token(mention.at.start)?;
    let other = (*long.get(&stem(&word.norm)?)?)?;
    (other != party && !full.contains(&party)).then_some(other)
}

/// The beginning of a word, where it is long enough to tell it by.
fn stem(word: &str) -> Option<String> {
    let stem: String = word.chars().take(STEM).collect();
    (stem.chars().count() == STEM).then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::super::lexicon_tests::dispatch;
    use super::super::{Extractor, Lang};
    use crate::model::{PartyBook, Zone};

    /// Who is accused in the Russian text, claim by claim.
    fn accused(text: &str) -> Vec<Option<String>> {
        let extractor = Extractor::new(&PartyBook::default(), Zone::UTC).unwrap();
        extractor.extract(&dispatch(Lang::Ru, text)).claims.into_iter().map(|claim| claim.accused).collect()
    }

    #[test]
    fn a_short_form_is_of_the_name_told_in_full() {
        let srpska = || Some("Republika Srpska".to_owned());
        let text = "Боснийские сербы обстреляли Горажде. Сербские войска атаковали Сребреницу.";
        assert_eq!(accused(text), [srpska(), srpska()]);
    }

    #[test]
    fn a_state_that_the_text_names_keeps_its_people() {
        let text = "Боснийские сербы обстреляли Горажде. Сербия это осудила. Сербские войска атаковали Вуковар.";
        assert_eq!(accused(text).last(), Some(&Some("Serbia".to_owned())));
    }
}
