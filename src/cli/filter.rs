//! The filters that `list` and `report` share: as typed, as the ledger takes them, and in words.

use super::args::{parsed, word};
use super::claim_args::ActParser;
use super::names::bearer;
use super::numbers::{find, number_of};
use crate::error::{Error, Result};
use crate::ledger::{Filter, Snapshot};
use crate::model::party::sound_name;
use crate::model::text::key;
use crate::model::{Act, Edtf, Extent, Id, Number, NumberKind, PartyBook, Stance, When};

const HEADING: &str = "Which claims";

/// Filters as typed. Every one that is set must hold.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct FilterArgs {
    /// A party as claimant, accused, target or party to a truce: any name it bears, or its number
    #[arg(long, value_name = "PARTY", help_heading = HEADING)]
    pub party: Option<String>,
    /// Claims by this party
    #[arg(long, value_name = "PARTY", help_heading = HEADING)]
    pub claimant: Option<String>,
    /// Claims of acts laid to this party
    #[arg(long, value_name = "PARTY", help_heading = HEADING)]
    pub accused: Option<String>,
    /// Claims of this stance
    #[arg(long, value_parser = word::<Stance>(Stance::WORDS), help_heading = HEADING)]
    pub stance: Option<Stance>,
    /// Claims of this act, of any detail unless one is given: shelling, shelling/mortar
    #[arg(long, value_parser = ActParser, help_heading = HEADING)]
    pub act: Option<Act>,
    /// Claims that name this place, or one registered within it
    #[arg(long, value_name = "PLACE", help_heading = HEADING)]
    pub place: Option<String>,
    /// What happened on this date or later
    #[arg(long, value_name = "DATE", value_parser = parsed::<Edtf>, help_heading = HEADING)]
    pub since: Option<Edtf>,
    /// What happened on this date or earlier
    #[arg(long, value_name = "DATE", value_parser = parsed::<Edtf>, help_heading = HEADING)]
    pub until: Option<Edtf>,
    /// What happened while this truce was in force, or may have
    #[arg(long, value_name = "TRUCE", value_parser = number_of(NumberKind::Truce), help_heading = HEADING)]
    pub truce: Option<Number>,
    /// Claims that this batch wrote
    #[arg(long, value_name = "BATCH", value_parser = number_of(NumberKind::Batch), help_heading = HEADING)]
    pub batch: Option<Number>,
    /// Claims read in this dispatch
    #[arg(long, value_name = "DISPATCH", value_parser = number_of(NumberKind::Dispatch), help_heading = HEADING)]
    pub dispatch: Option<Number>,
}

/// Filters as the ledger takes them, and in words.
#[derive(Debug, Clone, Default)]
pub struct Chosen {
    /// For the ledger.
    pub filter: Filter,
    /// For the notes: `claimant Armenia`.
    pub words: Vec<String>,
}

impl FilterArgs {
    /// Resolves names, numbers and dates.
    pub fn resolve(&self, snapshot: &Snapshot<'_>) -> Result<Chosen> {
        let mut chosen = Chosen::default();
        chosen.filter.party = chosen.party("party", self.party.as_deref(), snapshot)?;
        chosen.filter.claimant = chosen.party("claimant", self.claimant.as_deref(), snapshot)?;
        chosen.filter.accused = chosen.party("accused", self.accused.as_deref(), snapshot)?;
        chosen.filter.stance = chosen.said("stance", self.stance);
        chosen.filter.act = chosen.said("act", self.act.clone());
        chosen.filter.place = self.place.as_deref().map(sound_name).transpose()?.map(str::to_owned);
        chosen.said("place", chosen.filter.place.clone());
        chosen.filter.since = chosen.instant("since", self.since, snapshot, |when| when.lo)?;
        chosen.filter.until = chosen.instant("until", self.until, snapshot, |when| when.hi)?;
        chosen.filter.truce = chosen.number("truce", self.truce.as_ref(), snapshot)?;
        chosen.filter.batch = chosen.number("batch", self.batch.as_ref(), snapshot)?;
        chosen.filter.dispatch = chosen.number("dispatch", self.dispatch.as_ref(), snapshot)?;
        Ok(chosen)
    }
}

impl Chosen {
    /// The filters in one line.
    pub fn line(&self) -> String {
        if self.words.is_empty() { "none".to_owned() } else { self.words.join("; ") }
    }

    fn said<T: std::fmt::Display>(&mut self, what: &str, value: Option<T>) -> Option<T> {
        if let Some(value) = &value {
            self.words.push(format!("{what} {value}"));
        }
        value
    }

    fn party(&mut self, what: &str, name: Option<&str>, snapshot: &Snapshot<'_>) -> Result<Option<Id>> {
        let Some(name) = name else { return Ok(None) };
        let (id, name) = party(snapshot, name)?;
        self.said(what, Some(name));
        Ok(Some(id))
    }

    fn number(&mut self, what: &str, number: Option<&Number>, snapshot: &Snapshot<'_>) -> Result<Option<Id>> {
        self.said(what, number);
        number.map(|number| find(snapshot, number)).transpose()
    }

    fn instant(
        &mut self,
        what: &str,
        date: Option<Edtf>,
        snapshot: &Snapshot<'_>,
        bound: fn(&When) -> Option<i64>,
    ) -> Result<Option<i64>> {
        let Some(date) = self.said(what, date) else { return Ok(None) };
        let when = When::resolve(date, snapshot.office().zone, Extent::Within, None);
        let open = || Error::usage(format!("`--{what}` takes a date with that end, and {date} has none"));
        bound(&when).map(Some).ok_or_else(open)
    }
}

/// A party by its number or any name it bears, with its main name.
fn party(snapshot: &Snapshot<'_>, text: &str) -> Result<(Id, String)> {
    let parties = snapshot.parties()?;
    let number = text.parse::<Number>().ok().filter(|number| number.kind == NumberKind::Party);
    let id = number.map(|number| find(snapshot, &number)).transpose()?;
    let book = PartyBook::new(parties.iter().map(|party| party.value.clone()));
    let name = if id.is_none() { Some(key(&bearer(&book, text)?.name)) } else { None };
    let is = |party: &&crate::ledger::Recorded<crate::model::Party>| {
        id.map_or_else(|| name.as_ref() == Some(&key(&party.value.name)), |id| id == party.id)
    };
    let found = parties.iter().find(is);
    found.map(|party| (party.id, party.value.name.clone())).ok_or_else(|| super::names::unknown(&book, text))
}
