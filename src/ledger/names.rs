//! D: what names as said lead to today. Registering a name or an alias resolves every claim that used it.

use std::cell::{Ref, RefCell};
use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, named_params};

use crate::error::Result;
use crate::model::Id;
use crate::model::text::key;

use super::batch::Batch;
use super::party::PartyIndex;
use super::place::PlaceIndex;
use super::table::Cell;
use super::users::Wanted;

const REMEMBER: &str = "INSERT INTO said (name, key) VALUES (:name, :key) ON CONFLICT (name) DO NOTHING";
const ALL: &str = "SELECT name, key, party, place FROM said";
const RESOLVE: &str = "UPDATE said SET key = :key, party = :party, place = :place WHERE name = :name";
const FORGET: &str = "DELETE FROM said";
const KEEP: &str = "INSERT INTO said (name, key, party, place) VALUES (:name, :key, :party, :place)";

const USED: &str = "WITH used (claim, name) AS (
  SELECT id, claimant_text FROM claim WHERE claimant IS NULL AND narration = 0 AND claimant_text IS NOT NULL
  UNION SELECT id, accused_text FROM claim WHERE accused IS NULL AND accused_text IS NOT NULL
  UNION SELECT id, target_text FROM claim WHERE target IS NULL AND target_text IS NOT NULL
  UNION SELECT claim, name FROM claim_party WHERE party IS NULL
  UNION SELECT claim, side_text FROM loss WHERE side IS NULL AND side_text IS NOT NULL)
SELECT said.key, used.name, count(DISTINCT used.claim) FROM used
JOIN said ON said.name = used.name AND said.party IS NULL
WHERE NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'claim' AND dead.id = used.claim)
GROUP BY said.key, used.name
ORDER BY said.key, count(DISTINCT used.claim) DESC, used.name";

/// The claims before a batch's own that count.
const BEFORE: &str = "SELECT id FROM claim WHERE id = :id AND batch < :batch
  AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'claim' AND dead.id = claim.id)";

/// A name that claims use for an actor and that leads to no one party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownActor {
    /// The name in its most frequent spelling.
    pub name: String,
    /// How many live claims use it, in whatever spelling.
    pub claims: u64,
}

/// Names of actors that lead to nobody, the most used first.
pub(super) fn unknown_actors(conn: &Connection) -> Result<Vec<UnknownActor>> {
    let mut select = conn.prepare_cached(USED)?;
    let mut rows = select.query([])?;
    let mut found: Vec<(String, UnknownActor)> = Vec::new();
    while let Some(row) = rows.next()? {
        let (key, name, claims): (String, String, u32) = (row.get(0)?, row.get(1)?, row.get(2)?);
        match found.last_mut().filter(|(last, _)| *last == key) {
            Some((_, known)) => known.claims += u64::from(claims),
            None => found.push((key, UnknownActor { name, claims: u64::from(claims) })),
        }
    }
    let mut unknown: Vec<_> = found.into_iter().map(|(_, actor)| actor).collect();
    unknown.sort_by(|a, b| b.claims.cmp(&a.claims).then_with(|| a.name.cmp(&b.name)));
    Ok(unknown)
}

/// What a name leads to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Leads {
    pub(super) party: Option<Id>,
    pub(super) place: Option<Id>,
}

/// What every name leads to.
pub(super) fn said(conn: &Connection) -> Result<HashMap<String, Leads>> {
    let mut select = conn.prepare_cached(ALL)?;
    let mut rows = select.query([])?;
    let mut said = HashMap::new();
    while let Some(row) = rows.next()? {
        let cell = |n| row.get_ref(n).map(Cell::from);
        let leads = Leads { party: cell(2)?.maybe_id()?, place: cell(3)?.maybe_id()? };
        said.insert(cell(0)?.text()?.to_owned(), leads);
    }
    Ok(said)
}

/// Names with what they lead to.
type Leading = HashMap<String, Leads, foldhash::fast::RandomState>;

/// What names lead to, looked up while claims are read.
#[derive(Debug)]
pub(super) struct Names {
    leads: RefCell<Leading>,
    /// Where names not seen yet are looked up; `None`: they lead to nobody.
    registers: Option<(PartyIndex, PlaceIndex)>,
}

impl Names {
    /// What is kept of every name that claims use.
    pub(super) fn kept(conn: &Connection) -> Result<Self> {
        Ok(Self { leads: RefCell::new(said(conn)?.into_iter().collect()), registers: None })
    }

    /// No names yet: each is looked up in the registers when a claim uses it.
    pub(super) fn new(conn: &Connection) -> Result<Self> {
        let registers = (PartyIndex::load(conn)?, PlaceIndex::load(conn)?);
        Ok(Self { leads: RefCell::default(), registers: Some(registers) })
    }

    /// Every name with what it leads to, as far as looked up.
    pub(super) fn told(&self) -> Ref<'_, Leading> {
        self.leads.borrow()
    }

    /// What a name leads to.
    pub(super) fn leads(&self, name: &str) -> Leads {
        if let Some(&known) = self.leads.borrow().get(name) {
            return known;
        }
        let Some((parties, places)) = &self.registers else { return Leads::default() };
        let leads = Leads { party: parties.resolve(name), place: places.resolve(name) };
        self.leads.borrow_mut().insert(name.to_owned(), leads);
        leads
    }

    /// Keeps what every name led to that was looked up.
    pub(super) fn keep(self, conn: &Connection) -> Result<()> {
        let mut names: Vec<(String, Leads)> = self.leads.into_inner().into_iter().collect();
        names.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        conn.prepare_cached(FORGET)?.execute([])?;
        let mut insert = conn.prepare_cached(KEEP)?;
        for (name, Leads { party, place }) in names {
            insert.execute(named_params! {
                ":name": name, ":key": key(&name), ":party": party.map(|id| id.0), ":place": place.map(|id| id.0)
            })?;
        }
        Ok(())
    }
}

/// Resolves names anew.
pub(super) fn resolve<'a>(
    conn: &Connection,
    names: impl IntoIterator<Item = &'a str>,
    parties: &PartyIndex,
    places: &PlaceIndex,
) -> Result<()> {
    let mut update = conn.prepare_cached(RESOLVE)?;
    for name in names {
        let (party, place) = (parties.resolve(name), places.resolve(name));
        update.execute(named_params! {
            ":name": name, ":key": key(name), ":party": party.map(|id| id.0), ":place": place.map(|id| id.0)
        })?;
    }
    Ok(())
}

impl Batch<'_> {
    /// Keeps a name that a claim uses.
    pub(super) fn remember(&mut self, name: &str) -> Result<()> {
        if self.remembered.contains(name) {
            return Ok(());
        }
        let params = named_params! { ":name": name, ":key": key(name) };
        if self.writer.conn.prepare_cached(REMEMBER)?.execute(params)? == 1 {
            self.new_names.push(name.to_owned());
        }
        self.remembered.insert(name.to_owned());
        Ok(())
    }

    /// Lets every name lead to what it leads to now: all names where registers changed, else those not looked up yet.
    pub(super) fn resolve_names(&mut self) -> Result<()> {
        let new: HashSet<String> = std::mem::take(&mut self.new_names).into_iter().collect();
        let before = if self.registers_changed { said(self.writer.conn)? } else { HashMap::new() };
        if new.is_empty() && before.is_empty() {
            return Ok(());
        }
        self.party_index()?;
        self.place_index()?;
        let (Some(parties), Some(places)) = (&self.parties, &self.places) else { return Ok(()) };
        let leads = |name: &str| Leads { party: parties.resolve(name), place: places.resolve(name) };
        let moved = before.iter().filter(|(name, led)| !new.contains(*name) && **led != leads(name));
        let moved: Vec<(&str, Leads)> = moved.map(|(name, led)| (name.as_str(), *led)).collect();
        let names = new.iter().map(String::as_str).chain(moved.iter().map(|(name, _)| *name));
        resolve(self.writer.conn, names, parties, places)?;
        let found = moved.iter().filter(|(name, led)| led.party.is_none() && parties.resolve(name).is_some());
        let found: HashSet<String> = found.map(|(name, _)| (*name).to_owned()).collect();
        if !found.is_empty() {
            self.resolved = self.count_users(found)?;
        }
        Ok(())
    }

    fn count_users(&self, names: HashSet<String>) -> Result<u64> {
        let wanted = Wanted { names, ..Wanted::default() };
        let mut select = self.writer.conn.prepare_cached(BEFORE)?;
        let mut count = 0;
        for claim in wanted.users(self.writer.conn)? {
            let params = named_params! { ":id": claim.0, ":batch": self.writer.batch.0 };
            count += u64::from(select.exists(params)?);
        }
        Ok(count)
    }
}
