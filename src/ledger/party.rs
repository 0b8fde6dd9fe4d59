//! Parties and their names.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::error::{Error, Result, quoted};
use crate::model::party::{ANY_LANGUAGE as ANY, sound_name};
use crate::model::{Id, Party, PartyBook, PartyKind, Resolution};

use super::batch::Batch;
use super::encoding::Children;
use super::table::{Cell, table};
use super::{Added, Recorded};

table! {
    /// A party's name is its identity.
    entry PARTY, PartyRow = 3 "party" { 1 id, 2 batch, 3 name, }
}

table! {
    /// What a party is; the latest row holds.
    entry PARTY_TRAITS, PartyTraitsRow = 4 "party_traits" { 1 id, 2 batch, 3 party, 4 kind, 5 side, }
}

table! {
    /// A party's other names.
    entry ALIAS, AliasRow = 5 "alias" { 1 id, 2 batch, 3 party, 4 lang, 5 name, }
}

const PARTIES: &str = "SELECT party.id, party.batch, party.name, traits.kind, traits.side
FROM party
JOIN party_traits AS traits ON traits.id = (
  SELECT max(id) FROM party_traits WHERE party_traits.party = party.id
    AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'party_traits' AND dead.id = party_traits.id))
WHERE NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'party' AND dead.id = party.id)
ORDER BY party.id";

const ALIASES: &str = "SELECT party, lang, name FROM alias
WHERE NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'alias' AND dead.id = alias.id)
ORDER BY id";

/// All live parties, by id.
pub(super) fn parties(conn: &Connection) -> Result<Vec<Recorded<Party>>> {
    let mut parties = Vec::new();
    let mut at = HashMap::new();
    let mut select = conn.prepare_cached(PARTIES)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let cell = |n| row.get_ref(n).map(Cell::from);
        let mut party = Party::new(cell(2)?.text()?, cell(3)?.word::<PartyKind>()?);
        party.side = cell(4)?.owned()?;
        let id = cell(0)?.id()?;
        at.insert(id, parties.len());
        parties.push(Recorded { id, batch: cell(1)?.id()?, value: party });
    }
    let mut select = conn.prepare_cached(ALIASES)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let cell = |n| row.get_ref(n).map(Cell::from);
        let Some(party) = at.get(&cell(0)?.id()?).and_then(|&at| parties.get_mut(at)) else { continue };
        let lang = cell(1)?.maybe_text()?.unwrap_or(ANY);
        party.value.aliases.entry(lang.to_owned()).or_default().push(cell(2)?.text()?.to_owned());
    }
    Ok(parties)
}

/// The live parties by name, with their ids.
#[derive(Debug, Clone, Default)]
pub(super) struct PartyIndex {
    pub(super) book: PartyBook,
    ids: Vec<Id>,
    places: HashMap<Id, usize>,
    exact: HashMap<String, Id>,
}

impl PartyIndex {
    pub(super) fn load(conn: &Connection) -> Result<Self> {
        let mut index = Self::default();
        for party in parties(conn)? {
            index.add(party.id, party.value);
        }
        Ok(index)
    }

    fn add(&mut self, id: Id, party: Party) {
        self.exact.clear();
        let at = self.book.add(party);
        if at == self.ids.len() {
            self.ids.push(id);
            self.places.insert(id, at);
        }
    }

    /// Whom a name stands for today.
    pub(super) fn resolve(&self, name: &str) -> Option<Id> {
        match self.book.resolve(name) {
            Resolution::One(at) => self.ids.get(at).copied(),
            Resolution::Several(_) | Resolution::Nobody => None,
        }
    }

    /// The party of an id.
    pub(super) fn party(&self, id: Id) -> Option<&Party> {
        self.places.get(&id).and_then(|&at| self.book.get(at))
    }

    /// The party of a name, or an error that names the nearest.
    pub(super) fn known(&mut self, name: &str) -> Result<Id> {
        if let Some(&id) = self.exact.get(name) {
            return Ok(id);
        }
        let id = self.resolve(name).ok_or_else(|| self.unknown(name))?;
        self.exact.insert(name.to_owned(), id);
        Ok(id)
    }

    fn unknown(&self, name: &str) -> Error {
        if let Resolution::Several(bearers) = self.book.resolve(name) {
            let names: Vec<_> = bearers.iter().filter_map(|&at| self.book.get(at)).map(|p| quoted(&p.name)).collect();
            return Error::data(format!("{} stands for no one party", quoted(name)))
                .hint(format!("several bear the name: {}; name one of them", names.join(", ")));
        }
        let near: Vec<_> = self.book.nearest(name).into_iter().map(quoted).collect();
        let hint = if near.is_empty() {
            "register it with `trucebook party add`".to_owned()
        } else {
            format!("did you mean {}? Else register it with `trucebook party add`", near.join(" or "))
        };
        Error::data(format!("no party is called {}", quoted(name))).hint(hint)
    }
}

impl Batch<'_> {
    /// Parties and names as they stand, those of this batch included.
    pub fn parties(&self) -> Result<PartyBook> {
        match &self.parties {
            Some(index) => Ok(index.book.clone()),
            None => Ok(PartyIndex::load(self.writer.conn)?.book),
        }
    }

    /// Registers a party with its names. One of the same name gains the names it lacks, and where its kind or side
    /// are told otherwise, this telling holds from now on.
    pub fn add_party(&mut self, party: &Party) -> Result<Added> {
        let name = sound_name(&party.name)?;
        let names = party.names().skip(1).map(|(lang, name)| Ok((lang, sound_name(name)?)));
        let names: Vec<_> = names.collect::<Result<_>>()?;
        let side = party.side.as_deref().map(sound_name).transpose()?;
        self.change_registers()?;
        let known = self.party_of_main_name(name)?;
        let id = match known {
            Some(id) => self.retell(id, party.kind, side)?,
            None => self.register(name, party.kind, side)?,
        };
        for (lang, alias) in names {
            self.bear(id, lang, alias)?;
        }
        Ok(if known.is_some() { Added::Duplicate(id) } else { Added::New(id) })
    }

    fn register(&mut self, name: &str, kind: PartyKind, side: Option<&str>) -> Result<Id> {
        let id = self.writer.next(&PARTY)?;
        let row = PartyRow { id: id.into(), batch: self.writer.batch.into(), name: name.into() };
        self.writer.append(&PARTY, &row.cells(), &Children::default())?;
        self.write_traits(id, kind, side)?;
        let party = Party { side: side.map(str::to_owned), ..Party::new(name, kind) };
        self.party_index()?.add(id, party);
        Ok(id)
    }

    fn retell(&mut self, id: Id, kind: PartyKind, side: Option<&str>) -> Result<Id> {
        let Some(known) = self.party_index()?.party(id) else { return Ok(id) };
        let side = side.map(str::to_owned).or_else(|| known.side.clone());
        if (known.kind, &known.side) != (kind, &side) {
            self.write_traits(id, kind, side.as_deref())?;
            self.parties = None;
        }
        Ok(id)
    }

    fn party_of_main_name(&mut self, name: &str) -> Result<Option<Id>> {
        let index = self.party_index()?;
        let key = crate::model::text::key(name);
        Ok(index.resolve(name).filter(|&id| index.party(id).is_some_and(|p| crate::model::text::key(&p.name) == key)))
    }

    fn write_traits(&mut self, party: Id, kind: PartyKind, side: Option<&str>) -> Result<()> {
        let row = PartyTraitsRow {
            id: self.writer.next(&PARTY_TRAITS)?.into(),
            batch: self.writer.batch.into(),
            party: party.into(),
            kind: kind.as_str().into(),
            side: side.into(),
        };
        self.writer.append(&PARTY_TRAITS, &row.cells(), &Children::default())
    }

    /// Gives a party another name. A name it bears in that language already is a duplicate.
    pub fn add_alias(&mut self, party: Id, lang: Option<&str>, name: &str) -> Result<Added> {
        let name = sound_name(name)?;
        if self.party_index()?.party(party).is_none() {
            return Err(Error::not_found(format!("there is no party P{}", party.number())));
        }
        self.change_registers()?;
        self.bear(party, lang, name)
    }

    fn bear(&mut self, party: Id, lang: Option<&str>, name: &str) -> Result<Added> {
        let lang = lang.filter(|lang| *lang != ANY);
        let index = self.party_index()?;
        let in_lang = lang.unwrap_or(ANY);
        let Some(known) = index.party(party) else { return Ok(Added::Duplicate(party)) };
        if known.name == name || known.aliases.get(in_lang).is_some_and(|names| names.iter().any(|n| n == name)) {
            return Ok(Added::Duplicate(party));
        }
        let mut gained = Party::new(known.name.clone(), known.kind);
        gained.aliases.insert(in_lang.to_owned(), vec![name.to_owned()]);
        index.add(party, gained);
        let row = AliasRow {
            id: self.writer.next(&ALIAS)?.into(),
            batch: self.writer.batch.into(),
            party: party.into(),
            lang: lang.into(),
            name: name.into(),
        };
        self.writer.append(&ALIAS, &row.cells(), &Children::default())?;
        Ok(Added::New(party))
    }
}
