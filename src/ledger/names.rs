//! D: what names as said lead to today. Registering a name or an alias resolves every claim that used it.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, named_params};

use crate::error::Result;
use crate::model::Id;
use crate::model::text::key;

use super::batch::Batch;
use super::party::PartyIndex;
use super::place::PlaceIndex;
use super::table::Cell;

const REMEMBER: &str = "INSERT INTO said (name, key) VALUES (:name, :key) ON CONFLICT (name) DO NOTHING";
const ALL: &str = "SELECT name, key, party, place FROM said";
const RESOLVE: &str = "UPDATE said SET key = :key, party = :party, place = :place WHERE name = :name";
/// Every name without a party, and every place name, of every claim.
pub(super) const GATHER: &str = "DELETE FROM said;
INSERT INTO said (name, key)
SELECT claimant_text, '' FROM claim WHERE claimant IS NULL AND narration = 0 AND claimant_text IS NOT NULL
UNION SELECT accused_text, '' FROM claim WHERE accused IS NULL AND accused_text IS NOT NULL
UNION SELECT target_text, '' FROM claim WHERE target IS NULL AND target_text IS NOT NULL
UNION SELECT name, '' FROM claim_party WHERE party IS NULL
UNION SELECT side_text, '' FROM loss WHERE side IS NULL AND side_text IS NOT NULL
UNION SELECT name, '' FROM claim_place;";

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

/// The live claims of earlier batches that use a name without a party.
const USING: &str = "WITH used (claim, name) AS (
  SELECT id, claimant_text FROM claim WHERE claimant IS NULL AND narration = 0 AND claimant_text IS NOT NULL
  UNION SELECT id, accused_text FROM claim WHERE accused IS NULL AND accused_text IS NOT NULL
  UNION SELECT id, target_text FROM claim WHERE target IS NULL AND target_text IS NOT NULL
  UNION SELECT claim, name FROM claim_party WHERE party IS NULL
  UNION SELECT claim, side_text FROM loss WHERE side IS NULL AND side_text IS NOT NULL)
SELECT used.claim, used.name FROM used JOIN claim ON claim.id = used.claim
WHERE claim.batch < :batch
  AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'claim' AND dead.id = used.claim)";

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
        self.changes.everything |= !moved.is_empty();
        let found = moved.iter().filter(|(name, led)| led.party.is_none() && parties.resolve(name).is_some());
        let found: HashSet<&str> = found.map(|(name, _)| *name).collect();
        if !found.is_empty() {
            self.resolved = self.count_users(&found)?;
        }
        Ok(())
    }

    fn count_users(&self, names: &HashSet<&str>) -> Result<u64> {
        let mut select = self.writer.conn.prepare_cached(USING)?;
        let mut rows = select.query(named_params! { ":batch": self.writer.batch.0 })?;
        let mut claims = HashSet::new();
        while let Some(row) = rows.next()? {
            let name: String = row.get(1)?;
            if names.contains(name.as_str()) {
                claims.insert(row.get::<_, i64>(0)?);
            }
        }
        Ok(claims.len() as u64)
    }
}
