//! Names of parties as typed: whom each stands for, and what to do where it stands for nobody.

use std::fmt::Write;

use crate::error::{Error, Result, quoted};
use crate::extract::catalogue;
use crate::import::beside_registered;
use crate::ledger::Batch;
use crate::model::party::sound_name;
use crate::model::text::shown;
use crate::model::{Party, PartyBook, Resolution};

/// The parties of a ledger, which gain the built-in ones as they are named.
#[derive(Debug)]
pub struct Names {
    book: PartyBook,
    registered: Vec<String>,
}

impl Names {
    /// The parties as a batch sees them.
    pub fn of(batch: &Batch<'_>) -> Result<Self> {
        Ok(Self { book: batch.parties()?, registered: Vec::new() })
    }

    /// The main name of the party a name stands for. A built-in party is registered when it is first named.
    pub fn party(&mut self, batch: &mut Batch<'_>, name: &str) -> Result<String> {
        let name = sound_name(name)?;
        if self.book.resolve(name) != Resolution::Nobody {
            return bearer(&self.book, name).map(|party| party.name.clone());
        }
        let party = built_in(name).ok_or_else(|| unknown(&self.book, name))?;
        let party = beside_registered(party, &self.book);
        batch.add_party(&party)?;
        let main = party.name.clone();
        self.book.add(party);
        self.registered.push(main.clone());
        Ok(main)
    }

    /// The built-in parties that were registered because they were named.
    pub fn into_registered(self) -> Vec<String> {
        self.registered
    }
}

/// The one party that bears a name.
pub fn bearer<'book>(book: &'book PartyBook, name: &str) -> Result<&'book Party> {
    match book.resolve(name) {
        Resolution::One(at) => book.get(at).ok_or_else(|| unknown(book, name)),
        Resolution::Several(bearers) => Err(ambiguous(book, name, &bearers)),
        Resolution::Nobody => Err(unknown(book, name)),
    }
}

/// The error of a name that nobody bears: the nearest known ones, and how to register it.
pub fn unknown(book: &PartyBook, name: &str) -> Error {
    let mut hint = String::new();
    let mut near: Vec<_> = book.nearest(name).into_iter().map(quoted).collect();
    if near.is_empty() {
        let built_in = catalogue::parties().iter().map(|party| Party::new(party.name, party.kind));
        near = PartyBook::new(built_in).nearest(name).into_iter().map(quoted).collect();
    }
    if !near.is_empty() {
        let _ = write!(hint, "did you mean {}? ", near.join(" or "));
    }
    let _ = write!(hint, "to register it: trucebook party add {} --kind KIND", shell_word(name));
    Error::not_found(format!("no party bears the name {}", quoted(name))).hint(hint)
}

fn ambiguous(book: &PartyBook, name: &str, bearers: &[usize]) -> Error {
    let names: Vec<_> = bearers.iter().filter_map(|&at| book.get(at)).map(|party| quoted(&party.name)).collect();
    Error::conflict(format!("{} stands for several parties: {}", quoted(name), names.join(", ")))
        .hint("write the name of the one that is meant")
}

/// The built-in party that bears a name.
pub fn built_in(name: &str) -> Option<Party> {
    catalogue::party(name)
}

/// A word as a shell takes it back: quoted where it must be.
pub fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let word = shown(word).to_string();
    if !word.is_empty() && word.chars().all(plain) { word } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PartyKind;

    #[test]
    fn a_built_in_party_takes_no_name_from_a_registered_one() {
        let mut ours = Party::new("Western Armenia", PartyKind::Organization);
        ours.aliases.insert("fr".into(), vec!["Arménie".into()]);
        let book = PartyBook::new([ours, Party::new("Azerbaijan", PartyKind::Coalition)]);
        let joined = beside_registered(built_in("Armenia").unwrap(), &book);
        assert!(joined.names().all(|(_, name)| name != "Arménie"));
        assert!(joined.names().any(|(_, name)| name == "Армения"));
        assert_eq!(beside_registered(built_in("Азербайджан").unwrap(), &book).kind, PartyKind::Coalition);
    }

    #[test]
    fn a_word_with_spaces_or_quotes_is_quoted() {
        assert_eq!(shell_word("Armenia"), "Armenia");
        assert_eq!(shell_word("South Ossetia"), "'South Ossetia'");
        assert_eq!(shell_word("l'Artsakh"), "'l'\\''Artsakh'");
        assert_eq!(shell_word(""), "''");
    }
}
