//! D: which claims are read in another way since the registers changed: a name they use leads elsewhere, a party of theirs
//! is on another side, a place of theirs lies elsewhere, their source compiles others' reports after all.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use rusqlite::{Connection, Row};

use crate::error::Result;
use crate::model::Id;
use crate::reconcile::Registers;

use super::facts;
use super::table::Cell;

const CLAIMS: &str =
    "SELECT claim.id, claim.claimant, claim.claimant_text, claim.accused, claim.accused_text, claim.target,
  claim.target_text, coalesce(claim.source, dispatch.source)
FROM claim LEFT JOIN dispatch ON dispatch.id = claim.dispatch";
const LISTED: &str = "SELECT claim, party, name FROM claim_party";
const SIDES: &str = "SELECT claim, side, side_text FROM loss";
const PLACES: &str = "SELECT claim, name FROM claim_place";

/// What registers and names said at some time.
#[derive(Debug)]
pub(super) struct Registered {
    pub(super) context: facts::Context,
    pub(super) registers: Registers,
}

impl Registered {
    /// What they say now.
    pub(super) fn load(conn: &Connection) -> Result<Self> {
        Ok(Self { context: facts::Context::load(conn)?, registers: facts::registers(conn)? })
    }
}

/// What claims may use, as asked for.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// Names for an actor without a party.
    pub(super) names: HashSet<String>,
    /// Names of places.
    pub(super) places: HashSet<String>,
    /// Parties.
    pub(super) parties: HashSet<Id>,
    /// Sources.
    pub(super) sources: HashSet<Id>,
}

impl Wanted {
    /// What is told otherwise now than before.
    pub(super) fn changed(before: &Registered, now: &Registered) -> Self {
        let (old, new) = (&before.registers, &now.registers);
        let mut moved = differing(&old.parent, &new.parent);
        moved.extend(differing(&old.point, &new.point));
        let parties = differing(&old.side, &new.side);
        let compilers = |registers: &Registers| registers.compilers.iter().copied().collect::<HashSet<Id>>();
        let sources = compilers(old).symmetric_difference(&compilers(new)).copied().collect();
        let (mut names, mut places) = (HashSet::new(), HashSet::new());
        let known = before.context.names().told();
        for (name, leads) in now.context.names().told().iter() {
            let Some(led) = known.get(name) else { continue };
            if led.party != leads.party || leads.party.is_some_and(|party| parties.contains(&party)) {
                names.insert(name.clone());
            }
            if led.place != leads.place || leads.place.is_some_and(|place| lies_in(place, &moved, new)) {
                places.insert(name.clone());
            }
        }
        Self { names, places, parties, sources }
    }

    /// The claims, dead or alive, that use any of it.
    pub(super) fn users(&self, conn: &Connection) -> Result<BTreeSet<Id>> {
        let mut users = BTreeSet::new();
        let actors = !self.names.is_empty() || !self.parties.is_empty();
        if actors || !self.sources.is_empty() {
            each(conn, CLAIMS, &mut users, |row| {
                let mut is_wanted = maybe_in(&self.sources, row, 7)?;
                for at in [1, 3, 5] {
                    is_wanted |= self.is_actor(row, at)?;
                }
                Ok(is_wanted)
            })?;
        }
        if actors {
            each(conn, LISTED, &mut users, |row| self.is_actor(row, 1))?;
            each(conn, SIDES, &mut users, |row| self.is_actor(row, 1))?;
        }
        if !self.places.is_empty() {
            each(conn, PLACES, &mut users, |row| {
                Ok(Cell::from(row.get_ref(1)?).maybe_text()?.is_some_and(|name| self.places.contains(name)))
            })?;
        }
        Ok(users)
    }

    /// Whether a party, or the name beside it where there is none, is wanted.
    fn is_actor(&self, row: &Row<'_>, at: usize) -> Result<bool> {
        if row.get_ref(at)? != rusqlite::types::ValueRef::Null {
            return maybe_in(&self.parties, row, at);
        }
        Ok(Cell::from(row.get_ref(at + 1)?).maybe_text()?.is_some_and(|name| self.names.contains(name)))
    }
}

fn maybe_in(ids: &HashSet<Id>, row: &Row<'_>, at: usize) -> Result<bool> {
    Ok(!ids.is_empty() && Cell::from(row.get_ref(at)?).maybe_id()?.is_some_and(|id| ids.contains(&id)))
}

fn each(
    conn: &Connection,
    sql: &str,
    users: &mut BTreeSet<Id>,
    is_user: impl Fn(&Row<'_>) -> Result<bool>,
) -> Result<()> {
    let mut select = conn.prepare_cached(sql)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        if is_user(row)? {
            users.insert(Cell::from(row.get_ref(0)?).id()?);
        }
    }
    Ok(())
}

/// Of what two tables tell otherwise.
fn differing<K: Copy + Eq + Hash, V: PartialEq>(a: &HashMap<K, V>, b: &HashMap<K, V>) -> HashSet<K> {
    a.keys().chain(b.keys()).filter(|key| a.get(key) != b.get(key)).copied().collect()
}

/// Whether a place is one of some or lies in one.
fn lies_in(place: Id, outer: &HashSet<Id>, registers: &Registers) -> bool {
    let (mut at, mut passed) = (Some(place), HashSet::new());
    while let Some(id) = at.filter(|&id| passed.insert(id)) {
        if outer.contains(&id) {
            return true;
        }
        at = registers.parent.get(&id).copied();
    }
    false
}
