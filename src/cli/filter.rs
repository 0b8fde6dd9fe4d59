//! The filters that `list` and `report` share: as typed, as the ledger takes them, and in words.

use super::args::{parsed, word};
use super::claim_args::ActParser;
use super::names::bearer;
use super::numbers::{find, number_of};
use crate::error::{Error, Result, quoted};
use crate::ledger::{Filter, Recorded, Snapshot, Standing};
use crate::model::party::sound_name;
use crate::model::text::key;
use crate::model::{
    Act, Area, Edtf, Extent, Id, Number, NumberKind, Party, PartyBook, Place, Point, Source, Stance, When,
};

const HEADING: &str = "Which claims";

/// Filters as typed. Every one that is set must hold.
#[derive(Debug, Clone, Default, PartialEq, clap::Args)]
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
    /// Claims with coordinates in a box: south,west,north,east in degrees
    #[arg(long = "box", value_name = "S,W,N,E", value_parser = parsed_box, allow_hyphen_values = true,
        help_heading = HEADING)]
    pub within: Option<Area>,
    /// Claims with coordinates within so many kilometres of a place or point: Gyanja,10 or 40.68,46.36,10
    #[arg(long, value_name = "PLACE,KM", allow_hyphen_values = true, conflicts_with = "within", help_heading = HEADING)]
    pub near: Option<String>,
    /// What happened on this date or later
    #[arg(long, value_name = "DATE", value_parser = parsed::<Edtf>, help_heading = HEADING)]
    pub since: Option<Edtf>,
    /// What happened on this date or earlier
    #[arg(long, value_name = "DATE", value_parser = parsed::<Edtf>, help_heading = HEADING)]
    pub until: Option<Edtf>,
    /// What happened while this truce was in force, or may have
    #[arg(long, value_name = "TRUCE", value_parser = number_of(NumberKind::Truce), help_heading = HEADING)]
    pub truce: Option<Number>,
    /// What was published on this date or earlier
    #[arg(long, value_name = "DATE", value_parser = parsed::<Edtf>, help_heading = HEADING)]
    pub known: Option<Edtf>,
    /// Claims from this outlet or register: its name or number
    #[arg(long, value_name = "SOURCE", help_heading = HEADING)]
    pub source: Option<String>,
    /// Claims of incidents of this status; given several times, of all of them
    #[arg(long, value_parser = word::<Standing>(STATUSES), help_heading = HEADING)]
    pub status: Vec<Standing>,
    /// Claims of incidents whose versions disagree: denied, mutual, contradicted, or with other figures
    #[arg(long, help_heading = HEADING)]
    pub only_disagreements: bool,
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
        chosen.filter.area = self.within;
        if let Some(near) = &self.near {
            chosen.filter.area = Some(area_near(near, snapshot)?);
        }
        chosen.said("in the area", chosen.filter.area);
        chosen.filter.since = chosen.instant("since", self.since, snapshot, |when| when.lo)?;
        chosen.filter.until = chosen.instant("until", self.until, snapshot, |when| when.hi)?;
        chosen.filter.truce = chosen.number("truce", self.truce.as_ref(), snapshot)?;
        chosen.filter.known = chosen.instant("known", self.known, snapshot, |when| when.hi)?;
        chosen.filter.source = chosen.source(self.source.as_deref(), snapshot)?;
        chosen.filter.statuses.clone_from(&self.status);
        chosen.filter.statuses.extend(self.only_disagreements.then_some(Standing::Disagreement));
        for status in chosen.filter.statuses.clone() {
            chosen.said("status", Some(status));
        }
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

    fn source(&mut self, name: Option<&str>, snapshot: &Snapshot<'_>) -> Result<Option<Id>> {
        let Some(name) = name else { return Ok(None) };
        let numbered = name.parse::<Number>().ok().filter(|number| number.kind == NumberKind::Source);
        let id = numbered.map(|number| find(snapshot, &number)).transpose()?;
        let sources = snapshot.sources()?;
        let wanted = key(sound_name(name)?);
        let is =
            |source: &&Recorded<Source>| id.map_or_else(|| key(&source.value.name) == wanted, |id| id == source.id);
        let found = sources.iter().find(is).ok_or_else(|| {
            Error::not_found(format!("there is no source {}", quoted(name)))
                .hint("`trucebook report sources` lists the sources")
        })?;
        self.said("source", Some(found.value.name.clone()));
        Ok(Some(found.id))
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

/// The statuses an incident can be asked for by; disagreement has an option of its own.
const STATUSES: &[&str] =
    &["alleged", "denied", "mutual", "acknowledged", "corroborated", "contradicted", "figures-differ"];

fn parsed_box(text: &str) -> Result<Area> {
    Ok(Area::parse_box(text)?)
}

/// `Gyanja,10` or `40.68,46.36,10`.
fn area_near(text: &str, snapshot: &Snapshot<'_>) -> Result<Area> {
    let form = || {
        Error::usage(format!("`--near` {} names no distance", quoted(text)))
            .hint("write a place and kilometres, Gyanja,10, or a point and kilometres, 40.68,46.36,10")
    };
    let (centre, km) = text.rsplit_once(',').ok_or_else(form)?;
    let point = match centre.split_once(',') {
        Some((lat, lon)) if lat.trim().parse::<f64>().is_ok() => Point::parse(lat, lon)?,
        _ => located(sound_name(centre)?, snapshot)?,
    };
    Ok(Area::near(point.ok_or_else(form)?, km)?)
}

/// Where the one place of a name lies.
fn located(name: &str, snapshot: &Snapshot<'_>) -> Result<Option<Point>> {
    let bears =
        |place: &Place| key(&place.name) == key(name) || place.aliases.iter().any(|alias| key(alias) == key(name));
    let places = snapshot.places()?;
    let mut found = places.iter().filter(|place| bears(&place.value));
    let missing = |what: &str| {
        Error::not_found(format!("{what} {}", quoted(name)))
            .hint("`trucebook place list` lists the places; or give a point")
    };
    match (found.next(), found.next()) {
        (Some(one), None) => one.value.point.map(Some).ok_or_else(|| missing("no coordinates are registered for")),
        (None, _) => Err(missing("no place is registered as")),
        (Some(_), Some(_)) => Err(missing("several places bear the name")),
    }
}

/// A party by its number or any name it bears, with its main name.
fn party(snapshot: &Snapshot<'_>, text: &str) -> Result<(Id, String)> {
    let parties = snapshot.parties()?;
    let number = text.parse::<Number>().ok().filter(|number| number.kind == NumberKind::Party);
    let id = number.map(|number| find(snapshot, &number)).transpose()?;
    let book = PartyBook::new(parties.iter().map(|party| party.value.clone()));
    let name = if id.is_none() { Some(key(&bearer(&book, text)?.name)) } else { None };
    let is = |party: &&Recorded<Party>| {
        id.map_or_else(|| name.as_ref() == Some(&key(&party.value.name)), |id| id == party.id)
    };
    let found = parties.iter().find(is);
    found.map(|party| (party.id, party.value.name.clone())).ok_or_else(|| super::names::unknown(&book, text))
}
