//! People whom a text introduces by their office with a party: "the spokesman of the Front, Karim Sadjo", "Karim Sadjo,
//! spokesman of the Front". After that their name alone stands for the party, as wires write it.

use super::actors::{self, Mention, Part, Who};
use super::names::{Bearer, NameForm, Names};
use super::scene::{Run, Scene};
use super::sense::{Prep, Sense};
use super::tokens::{Kind, Token};
use crate::model::PartyKind;

/// Somebody who speaks for a party.
struct Person {
    /// The words of the name, in folded form; the last is the surname.
    name: Vec<String>,
    party: Bearer,
}

/// Marks the people that the text has introduced wherever their names stand without their office.
pub(crate) fn introduce(scenes: &mut [Scene<'_>], names: &Names) {
    let mut known: Vec<Person> = Vec::new();
    for scene in scenes {
        let runs = runs(scene);
        let mut introduced: Vec<usize> = Vec::new();
        for (id, run) in runs.iter().enumerate() {
            if let Some(party) = office(scene, run).filter(|party| names.kind(*party) != PartyKind::Organization) {
                // "A dit NAME, porte-parole du Front": the office stands in a clause of its own.
                if after(scene, run).is_none() {
                    introduced.push(id);
                }
                let name = words(scene, run);
                known.retain(|person| person.name.last() != name.last());
                known.push(Person { name, party });
            }
        }
        for (id, run) in runs.into_iter().enumerate() {
            let party = party_of(&known, &words(scene, &run));
            let Some(party) = party else { continue };
            scene.places.retain(|place| place.at.end <= run.start || run.end <= place.at.start);
            if !introduced.contains(&id) {
                mark(scene, run, party);
            }
        }
    }
}

/// The party that the bearer of a name speaks for: the name is known, or its last word is the surname of one.
fn party_of(known: &[Person], name: &[String]) -> Option<Bearer> {
    let surname = name.last()?;
    let mut same = known.iter().filter(|person| person.name.last() == Some(surname));
    let person = same.next()?;
    let other = name.len() > 1 && person.name.len() > 1 && name.first() != person.name.first();
    (!other && surname.chars().count() > 2).then_some(person.party)
}

fn mark(scene: &mut Scene<'_>, run: Run, party: Bearer) {
    let since = scene.mentions.iter().rfind(|m| m.at.end <= run.start).map_or(0, |m| m.at.end);
    let prep = actors::preposition(scene, run.start, since);
    let mention = Mention { at: run, who: Who::Party(party), form: Some(NameForm::Official), part: Part::Itself, prep };
    let place = scene.mentions.partition_point(|other| other.at.start < mention.at.start);
    scene.mentions.insert(place, mention);
}

fn words(scene: &Scene<'_>, run: &Run) -> Vec<String> {
    let tokens = scene.tokens().get(run.clone()).unwrap_or_default();
    tokens.iter().filter(|token| token.capital).map(|token| token.norm.clone()).collect()
}

/// The runs of capitalised words that may be names of people: no mention, no month, no word of saying or office.
fn runs(scene: &Scene<'_>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut at = 0;
    while at < scene.tokens().len() {
        let mut end = at;
        while is_free(scene, end) {
            end += 1;
            let joint = (end..end + 3).take_while(|&at| scene.token(at).is_some_and(is_joint)).count();
            if joint > 0 && is_free(scene, end + joint) {
                end += joint;
            }
        }
        if end > at {
            runs.push(at..end);
        }
        at = end.max(at + 1);
    }
    runs
}

fn is_free(scene: &Scene<'_>, at: usize) -> bool {
    let Some(token) = scene.token(at) else { return false };
    let mentioned = scene.mentions.iter().any(|m| m.form.is_some() && m.at.contains(&at));
    let known = scene.marks_in(at..at + 1).any(|mark| {
        let opens = at == 0 || actors::is_verbal(mark.sense());
        opens
            || matches!(
                mark.sense(),
                Sense::Month | Sense::Weekday | Sense::Authority | Sense::Preposition | Sense::Truce | Sense::Land
            )
    });
    token.capital && token.kind == Kind::Word && token.norm.chars().count() > 1 && !mentioned && !known
}

/// A word or sign within a name: "al-", "ben", "de".
fn is_joint(token: &Token) -> bool {
    matches!(
        token.norm.as_str(),
        "-" | "'"
            | "al"
            | "el"
            | "ben"
            | "bin"
            | "ibn"
            | "ould"
            | "ag"
            | "abu"
            | "abou"
            | "de"
            | "da"
            | "di"
            | "dos"
            | "von"
            | "van"
    )
}

/// The party whose office the bearer of a name holds: told right before the name, or after it between commas.
fn office(scene: &Scene<'_>, name: &Run) -> Option<Bearer> {
    let closed = scene.token(name.end).is_none_or(|token| token.kind == Kind::Sign)
        || scene
            .marks_in(name.end..name.end + 1)
            .any(|mark| actors::is_verbal(mark.sense()) || mark.sense() == Sense::And);
    before(scene, name).filter(|_| closed).or_else(|| after(scene, name))
}

/// "The spokesman of the Front, NAME", "General NAME of …" with an adjective of the party: the office and the party stand
/// before the name, with at most one comma, right before it or before a title ("…, General NAME").
fn before(scene: &Scene<'_>, name: &Run) -> Option<Bearer> {
    let title = scene.ends_at(name.start, Sense::Authority).map_or(name.start, |mark| mark.at.start);
    let small = |at: &usize| scene.token(*at).is_some_and(|token| !token.capital && token.norm.chars().count() <= 3);
    let first = title.checked_sub(1).filter(|at| title < name.start && small(at)).unwrap_or(title);
    let comma = first.checked_sub(1).filter(|&at| scene.token(at).is_some_and(|token| token.is(",")));
    let end = comma.unwrap_or(name.start);
    let owner = scene.mentions.iter().rfind(|m| m.party().is_some() && m.at.end <= end && m.at.end + 5 > end)?;
    let gap = owner.at.end..end;
    let plain = !scene
        .tokens()
        .get(gap.clone())
        .unwrap_or_default()
        .iter()
        .any(|token| token.kind == Kind::Sign && !token.is("'"));
    let verb = scene.marks_in(gap.clone()).any(|mark| actors::is_verbal(mark.sense()));
    let since = owner.at.start.saturating_sub(8);
    let signs = (since..owner.at.start).rev().find(|&at| scene.token(at).is_some_and(parts_phrases));
    let phrase = signs.map_or(since, |at| at + 1)..end;
    let held = holds(owner) || titles(scene, phrase) && owner.form != Some(NameForm::Institution);
    (plain && !verb && held && owner.part != Part::Ground).then(|| owner.party()).flatten()
}

/// "NAME, spokesman of the Front,": the office opens the words after the comma, up to the next sign.
fn after(scene: &Scene<'_>, name: &Run) -> Option<Bearer> {
    let comma = scene.token(name.end).is_some_and(|token| token.is(","));
    let from = name.end + 1;
    let stop = (from..from + 14).find(|&at| scene.token(at).is_none_or(parts_phrases)).unwrap_or(from + 14);
    let owner = scene.mentions_in(from..stop).find(|m| m.party().is_some())?;
    let told = scene.marks_in(from..stop).any(|mark| actors::is_verbal(mark.sense()));
    let titled = titles(scene, from..from + 4) && owner.form != Some(NameForm::Institution);
    let held = holds(owner) && owner.at.start <= from + 2 || titled;
    let able = !matches!(owner.prep, Some(Prep::At | Prep::In | Prep::From));
    (comma && held && able && !told).then(|| owner.party()).flatten()
}

/// Whether a sign parts one phrase from the next.
fn parts_phrases(token: &Token) -> bool {
    matches!(token.norm.as_str(), "," | ";" | ":" | "." | "\"")
}

/// Whether a mention is of somebody who holds an office.
fn holds(owner: &Mention) -> bool {
    owner.form == Some(NameForm::Official)
}

/// Whether a run names the office of one person, rather than a house.
fn titles(scene: &Scene<'_>, run: Run) -> bool {
    let house = |at: usize| scene.all(at..at + 1, Sense::Authority).any(|mark| mark.entry.detail.is_some());
    scene.all(run, Sense::Authority).any(|mark| !house(mark.at.start))
}
