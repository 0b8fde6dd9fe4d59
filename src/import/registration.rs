//! Parties that claims name: the registered ones, the built-in ones, which are registered when first used, and those
//! that an import is told to register.

use std::collections::HashSet;
use std::fmt::Write;

use crate::error::{Error, Result, quoted};
use crate::extract::catalogue;
use crate::ledger::{Added, Batch};
use crate::model::{Claim, NARRATION, Party, PartyBook, PartyKind, Resolution, Truce};

/// The parties of a ledger as a batch sees them, and what the batch added.
#[derive(Debug)]
pub(super) struct Registration {
    pub(super) book: PartyBook,
    /// Built-in parties that were registered because claims name them.
    pub(super) built_in: Vec<String>,
    /// Parties that were registered because claims name them and the importer said so.
    pub(super) added: Vec<String>,
    /// Names that are known to be one party's.
    borne: HashSet<String>,
}

impl Registration {
    /// The parties as they stand.
    pub(super) fn of(batch: &Batch<'_>) -> Result<Self> {
        Ok(Self { book: batch.parties()?, built_in: Vec::new(), added: Vec::new(), borne: HashSet::new() })
    }

    /// Registers the built-in parties that a claim names and the ledger lacks.
    pub(super) fn of_claim(&mut self, batch: &mut Batch<'_>, claim: &Claim) -> Result<()> {
        for (_, name) in named(claim) {
            if self.book.resolve(name) == Resolution::Nobody {
                self.built_in(batch, name)?;
            }
        }
        Ok(())
    }

    /// Sees to it that every name of a claim is one party's: a registered one, a built-in one, or, where `add` says so,
    /// one that is registered now as an organization. In the lists of a draft names may be nobody's.
    ///
    /// # Errors
    /// A name that nobody or several bear, with its column and the nearest known names.
    pub(super) fn bear_out(&mut self, batch: &mut Batch<'_>, claim: &Claim, add: bool, draft: bool) -> Result<()> {
        for (column, name) in named(claim) {
            let is_listed = !matches!(column, "claimant" | "accused" | "target");
            if !(draft && is_listed) {
                self.bear_out_name(batch, name, add).map_err(|error| error.in_column(column))?;
            }
        }
        Ok(())
    }

    /// The same for the parties of a truce.
    pub(super) fn bear_out_truce(&mut self, batch: &mut Batch<'_>, truce: &Truce, add: bool) -> Result<()> {
        let mut names = truce.parties.iter().map(|party| &party.party);
        names.try_for_each(|name| self.bear_out_name(batch, name, add)).map_err(|error| error.in_column("parties"))
    }

    fn bear_out_name(&mut self, batch: &mut Batch<'_>, name: &str, add: bool) -> Result<()> {
        if !self.borne.contains(name) {
            self.see_to(batch, name, add)?;
            self.borne.insert(name.to_owned());
        }
        Ok(())
    }

    fn see_to(&mut self, batch: &mut Batch<'_>, name: &str, add: bool) -> Result<()> {
        match self.book.resolve(name) {
            Resolution::One(_) => Ok(()),
            Resolution::Several(bearers) => Err(self.ambiguous(name, &bearers)),
            Resolution::Nobody if self.built_in(batch, name)? => Ok(()),
            Resolution::Nobody if add => {
                let party = Party::new(name, PartyKind::Organization);
                batch.add_party(&party)?;
                self.added.push(name.to_owned());
                self.book.add(party);
                Ok(())
            }
            Resolution::Nobody => Err(self.unknown(name)),
        }
    }

    /// Registers the built-in party of a name, if there is one. It takes no name away from those that are there.
    fn built_in(&mut self, batch: &mut Batch<'_>, name: &str) -> Result<bool> {
        let Some(party) = catalogue::party(name) else { return Ok(false) };
        let party = beside_registered(party, &self.book);
        batch.add_party(&party)?;
        self.built_in.push(party.name.clone());
        self.book.add(party);
        Ok(true)
    }

    /// Registers a party that a file tells of; whether it is new.
    pub(super) fn party(&mut self, batch: &mut Batch<'_>, party: &Party) -> Result<Added> {
        let added = batch.add_party(party)?;
        self.book.add(party.clone());
        self.borne.clear();
        Ok(added)
    }

    fn unknown(&self, name: &str) -> Error {
        let mut hint = String::new();
        let near: Vec<_> = self.book.nearest(name).into_iter().map(quoted).collect();
        if !near.is_empty() {
            let _ = write!(hint, "did you mean {}? ", near.join(" or "));
        }
        hint.push_str("register it with `trucebook party add`, or all such names with --add-parties");
        Error::data(format!("no party bears the name {}", quoted(name))).hint(hint)
    }

    fn ambiguous(&self, name: &str, bearers: &[usize]) -> Error {
        let names: Vec<_> = bearers.iter().filter_map(|&at| self.book.get(at)).map(|p| quoted(&p.name)).collect();
        Error::data(format!("{} stands for several parties: {}", quoted(name), names.join(", ")))
            .hint("write the name of the one that is meant")
    }
}

/// A built-in party as it may join those of a ledger: it takes no name away from them, and where one of them goes by
/// its main name, it only adds names to that one.
pub fn beside_registered(mut party: Party, book: &PartyBook) -> Party {
    if let Some(known) = book.find(&party.name).filter(|known| known.name == party.name) {
        (party.kind, party.side) = (known.kind, None);
    }
    for names in party.aliases.values_mut() {
        names.retain(|name| book.resolve(name) == Resolution::Nobody);
    }
    party.aliases.retain(|_, names| !names.is_empty());
    party
}

/// Every party a claim names, with the column of a table of claims it stands in.
pub(super) fn named(claim: &Claim) -> impl Iterator<Item = (&'static str, &str)> {
    let one = [("claimant", &claim.claimant), ("accused", &claim.accused), ("target", &claim.target)];
    let one = one.into_iter().filter_map(|(column, name)| Some((column, name.as_deref()?)));
    let many = [("parties", &claim.parties), ("mediators", &claim.mediators), ("involved", &claim.involved)];
    let many = many.into_iter().flat_map(|(column, names)| names.iter().map(move |name| (column, name.as_str())));
    let sides = claim.losses.iter().filter_map(|loss| Some(("losses", loss.side.as_deref()?)));
    one.chain(many).chain(sides).filter(|(_, name)| *name != NARRATION)
}

/// Registers parties from a file; returns how many of them are new.
pub(super) fn register(batch: &mut Batch<'_>, parties: &[Party]) -> Result<usize> {
    let mut new = 0;
    for party in parties {
        new += usize::from(matches!(batch.add_party(party)?, Added::New(_)));
    }
    Ok(new)
}
