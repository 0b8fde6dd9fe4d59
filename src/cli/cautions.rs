//! What to know of a name before relying on it: who else bears it, and what looks like it.

use std::collections::BTreeSet;
use std::collections::HashMap;

use crate::error::quoted;
use crate::model::text::{key, skeleton};
use crate::model::{Party, PartyBook, Resolution};

/// What speaks against the names that these parties were just given, in words, once each.
pub fn cautions<'a>(book: &PartyBook, named: impl IntoIterator<Item = (&'a str, &'a str)>) -> BTreeSet<String> {
    let looks = looks(book);
    let mut cautions = BTreeSet::new();
    for (party, name) in named {
        cautions.extend(shared(book, party, name));
        let alike = looks.get(&skeleton(name)).into_iter().flatten();
        let others = alike.filter(|(bearer, other)| bearer.name != party && key(other) != key(name));
        cautions.extend(others.map(|(bearer, other)| {
            let (name, other, bearer) = (quoted(name), quoted(other), quoted(&bearer.name));
            format!("{name} looks like {other} of {bearer} and is spelt with other letters")
        }));
    }
    cautions
}

/// A name of several parties stands for none of them, unless it is the main name of one.
fn shared(book: &PartyBook, party: &str, name: &str) -> Option<String> {
    let main_name = |at: &usize| book.get(*at).map(|party| quoted(&party.name));
    match book.resolve(name) {
        Resolution::Several(bearers) => {
            let bearers: Vec<_> = bearers.iter().filter_map(main_name).collect();
            Some(format!("{} is borne by {}, so it stands for none of them", quoted(name), bearers.join(" and ")))
        }
        Resolution::One(at) if book.get(at).is_some_and(|bearer| bearer.name != party) => {
            Some(format!("{} is a main name, so it stands for {} alone", quoted(name), main_name(&at)?))
        }
        _ => None,
    }
}

/// All names by what they look like, with their bearers.
fn looks(book: &PartyBook) -> HashMap<String, Vec<(&Party, &str)>> {
    let mut looks: HashMap<_, Vec<_>> = HashMap::new();
    for party in book.parties() {
        for (_, name) in party.names() {
            looks.entry(skeleton(name)).or_default().push((party, name));
        }
    }
    looks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PartyKind;

    #[test]
    fn shared_names_and_look_alikes_are_told() {
        let mut north = Party::new("North", PartyKind::State);
        north.aliases.insert("en".into(), vec!["the rebels".into(), "Sоuth".into()]);
        let mut south = Party::new("South", PartyKind::State);
        south.aliases.insert("en".into(), vec!["the rebels".into(), "North".into()]);
        let book = PartyBook::new([north, south]);
        let of = |party, name| cautions(&book, [(party, name)]).into_iter().collect::<Vec<_>>();
        assert_eq!(of("North", "North"), [""; 0]);
        assert_eq!(
            of("South", "the rebels"),
            ["`the rebels` is borne by `North` and `South`, so it stands for none of them"]
        );
        assert_eq!(of("South", "North"), ["`North` is a main name, so it stands for `North` alone"]);
        assert_eq!(of("North", "Sоuth"), ["`Sоuth` looks like `South` of `South` and is spelt with other letters"]);
    }
}
