//! The built-in parties: all states, the best known de facto states, armed movements, monitors and mediators, with
//! their names in each language.
//!
//! `parties.tsv` here lists them; `lexicon/<language>/parties.tsv` has their names. A new language is one file more.

use std::sync::LazyLock;

use crate::extract::Lang;
use crate::extract::names::NameForm;
use crate::model::text::key;
use crate::model::{Party, PartyKind};

/// A built-in party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltIn {
    /// Its main name, in English.
    pub name: &'static str,
    /// What it is.
    pub kind: PartyKind,
}

/// The names of a built-in party in one language, as the columns of the file stand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Listed {
    /// The party's place in [`parties`].
    pub(crate) party: usize,
    /// Names.
    pub(crate) names: &'static str,
    /// Adjectives and demonyms.
    pub(crate) adjectives: &'static str,
    /// Its people, where no rule makes them of the adjective.
    pub(crate) people: &'static str,
    /// Capitals.
    pub(crate) capitals: &'static str,
    /// Institutions, forces and offices with names of their own.
    pub(crate) bodies: &'static str,
}

/// One name of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The name, or all its forms with `|` between, the basic one first.
    pub(crate) forms: &'static str,
    /// Also a person's or another thing's name.
    pub(crate) weak: bool,
    /// What sort of body it names, where it does.
    pub(crate) body: Option<NameForm>,
}

static PARTIES: LazyLock<Vec<BuiltIn>> = LazyLock::new(|| {
    let rows = rows(include_str!("parties.tsv"));
    rows.filter_map(|[name, kind, ..]| Some(BuiltIn { name, kind: kind.parse().ok()? })).collect()
});

/// The names of one language, read when first asked for.
static LISTED: [LazyLock<Vec<Listed>>; Lang::ALL.len()] = [
    LazyLock::new(|| read(Lang::En)),
    LazyLock::new(|| read(Lang::Fr)),
    LazyLock::new(|| read(Lang::Ru)),
    LazyLock::new(|| read(Lang::Es)),
    LazyLock::new(|| read(Lang::De)),
    LazyLock::new(|| read(Lang::It)),
    LazyLock::new(|| read(Lang::Uk)),
    LazyLock::new(|| read(Lang::Ar)),
    LazyLock::new(|| read(Lang::Tr)),
];

/// Every built-in party.
pub fn parties() -> &'static [BuiltIn] {
    &PARTIES
}

/// The built-in party of this name in any language, with its names by language. `None` for a name that none or several
/// of them bear.
pub fn party(name: &str) -> Option<Party> {
    let wanted = key(name);
    let mut bearers: Vec<usize> = Vec::new();
    for (at, known) in PARTIES.iter().enumerate() {
        if key(known.name) == wanted {
            return Some(with_names(at, *known));
        }
    }
    for listed in Lang::ALL.iter().flat_map(|lang| listed(*lang)) {
        if entries(listed.names).any(|entry| key(&entry.basic()) == wanted) && !bearers.contains(&listed.party) {
            bearers.push(listed.party);
        }
    }
    match bearers.as_slice() {
        [one] => PARTIES.get(*one).map(|known| with_names(*one, *known)),
        _ => None,
    }
}

fn with_names(at: usize, known: BuiltIn) -> Party {
    let mut party = Party::new(known.name, known.kind);
    for lang in Lang::ALL {
        let rows = listed(*lang).iter().filter(|listed| listed.party == at);
        let names = rows.flat_map(|listed| entries(listed.names)).map(Entry::basic);
        let names: Vec<_> = names.filter(|name| *name != known.name).collect();
        if !names.is_empty() {
            party.aliases.insert(lang.as_str().to_owned(), names);
        }
    }
    party
}

/// The names one language has.
pub(crate) fn listed(lang: Lang) -> &'static [Listed] {
    LISTED.get(lang as usize).map(|list| list.as_slice()).unwrap_or_default()
}

/// The names of a column.
pub(crate) fn entries(column: &'static str) -> impl Iterator<Item = Entry> {
    let entries = column.split(';').map(str::trim).filter(|entry| !entry.is_empty());
    entries.map(|entry| {
        let (body, entry) = match entry.split_at_checked(2) {
            Some(("i:", name)) => (Some(NameForm::Institution), name),
            Some(("f:", name)) => (Some(NameForm::Forces), name),
            Some(("o:", name)) => (Some(NameForm::Official), name),
            _ => (None, entry),
        };
        let weak = entry.starts_with('?');
        Entry { forms: entry.strip_prefix('?').unwrap_or(entry), weak, body }
    })
}

impl Entry {
    /// The basic form, without marks.
    pub(crate) fn basic(self) -> String {
        self.forms.split('|').next().unwrap_or_default().replace('=', "")
    }
}

/// The rows of a file: columns by tabs, `#` begins a comment.
fn rows(file: &'static str) -> impl Iterator<Item = [&'static str; 6]> {
    let lines = file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| {
        let mut columns = line.split('\t').map(str::trim);
        std::array::from_fn(|_| columns.next().unwrap_or_default())
    })
}

fn read(lang: Lang) -> Vec<Listed> {
    let places: std::collections::HashMap<_, _> =
        PARTIES.iter().enumerate().map(|(at, known)| (known.name, at)).collect();
    let rows = rows(source(lang)).filter_map(|[party, names, adjectives, people, capitals, bodies]| {
        Some(Listed { party: *places.get(party)?, names, adjectives, people, capitals, bodies })
    });
    rows.collect()
}

const fn source(lang: Lang) -> &'static str {
    match lang {
        Lang::En => include_str!("../lexicon/en/parties.tsv"),
        Lang::Fr => include_str!("../lexicon/fr/parties.tsv"),
        Lang::Ru => include_str!("../lexicon/ru/parties.tsv"),
        Lang::Es => include_str!("../lexicon/es/parties.tsv"),
        Lang::De => include_str!("../lexicon/de/parties.tsv"),
        Lang::It => include_str!("../lexicon/it/parties.tsv"),
        Lang::Uk => include_str!("../lexicon/uk/parties.tsv"),
        Lang::Ar => include_str!("../lexicon/ar/parties.tsv"),
        Lang::Tr => include_str!("../lexicon/tr/parties.tsv"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_names_a_listed_party_once() {
        for lang in Lang::ALL {
            let mut seen = std::collections::HashSet::new();
            for [party, ..] in rows(source(*lang)) {
                assert!(PARTIES.iter().any(|known| known.name == party), "{lang}: {party} is not in the catalogue");
                assert!(seen.insert(party), "{lang}: {party} stands twice");
            }
        }
        assert_eq!(PARTIES.len(), rows(include_str!("parties.tsv")).count(), "a kind that does not parse");
    }

    #[test]
    fn a_party_is_found_by_any_of_its_names() {
        let armenia = party("ARMÉNIE").unwrap();
        assert_eq!((armenia.name.as_str(), armenia.kind), ("Armenia", PartyKind::State));
        assert!(armenia.aliases["ru"].contains(&"Армения".to_owned()));
        assert_eq!(party("Nowhere"), None);
    }
}
