//! Which claims a list or report is about.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::error::{Error, Result};
use crate::model::text::key;
use crate::model::vocabulary::vocabulary;
use crate::model::{Act, Area, Extent, Id, Stance, Told, Truce, When, Zone, in_force};
use crate::reconcile::{Claimant, Fact, Moment};

use super::counted::Packed;
use super::place::PlaceIndex;
use super::table::Cell;
use super::{Counted, EntryKind, chain, facts, truce};

const OF_DISPATCH: &str = "SELECT min(id), max(id) FROM claim WHERE dispatch = :dispatch";
const OCCURRED: &str = "SELECT occurred, zone, lo, hi FROM claim WHERE id = :id";

/// Incidents of a status. A disagreement: somebody denies it, each side lays it to the other, an observer found that it
/// did not happen so, or figures differ.
const OF_STATUS: &str = "SELECT id FROM incident WHERE CASE :status
  WHEN 'alleged' THEN alleged WHEN 'denied' THEN denied WHEN 'mutual' THEN mutual
  WHEN 'acknowledged' THEN acknowledged WHEN 'corroborated' THEN corroborated
  WHEN 'contradicted' THEN contradicted WHEN 'figures-differ' THEN figures_differ
  WHEN 'disagreement' THEN denied OR mutual OR contradicted OR figures_differ END";

vocabulary! {
    /// A status that incidents are asked for by.
    Standing, "status" {
        /// Somebody accuses somebody of it.
        Alleged = "alleged",
        /// Somebody denies it.
        Denied = "denied",
        /// Each side accuses the other of it.
        Mutual = "mutual",
        /// The accused says it did it.
        Acknowledged = "acknowledged",
        /// An uninvolved party observed it.
        Corroborated = "corroborated",
        /// An observer found that it did not happen so.
        Contradicted = "contradicted",
        /// Claimants' figures for the same thing do not meet.
        FiguresDiffer = "figures-differ",
        /// Any in which versions disagree.
        Disagreement = "disagreement",
    }
}

/// Which claims. Every filter that is set must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Claimant, accused, target or party to a truce.
    pub party: Option<Id>,
    /// Claimant. Narration has none.
    pub claimant: Option<Id>,
    /// Accused.
    pub accused: Option<Id>,
    /// Stance.
    pub stance: Option<Stance>,
    /// Base act; with a detail, exactly that act.
    pub act: Option<Act>,
    /// A place by name, or anything registered under it.
    pub place: Option<String>,
    /// Has coordinates that lie here. Claims without coordinates do not pass.
    pub area: Option<Area>,
    /// May have occurred at or after, UTC seconds. Undated claims do not pass.
    pub since: Option<i64>,
    /// May have occurred before, UTC seconds. Undated claims do not pass.
    pub until: Option<i64>,
    /// Occurred while this truce was in force, or it cannot be told.
    pub truce: Option<Id>,
    /// Was published before, UTC seconds. Claims whose publication nobody knows do not pass.
    pub known: Option<i64>,
    /// The outlet or register it came from.
    pub source: Option<Id>,
    /// Is of an incident of each of these statuses.
    pub statuses: Vec<Standing>,
    /// Written by this batch.
    pub batch: Option<Id>,
    /// Read in this dispatch.
    pub dispatch: Option<Id>,
    /// Unreviewed drafts (`true`), or what is none.
    pub draft: Option<bool>,
}

/// The live claims that pass, by id: of those that are packed, where these are fresh.
pub(super) fn counted(conn: &Connection, zone: Zone, filter: &Filter, fresh: bool) -> Result<Vec<Counted>> {
    let Some(range) = range(conn, filter)? else { return Ok(Vec::new()) };
    let sieve = Sieve::load(conn, zone, filter)?;
    let mut kept = Vec::new();
    let mut sift = |claim: Counted| -> Result<()> {
        if sieve.passes(&claim)? {
            kept.push(claim);
        }
        Ok(())
    };
    if fresh {
        Packed::load(conn, range)?
            .each(|entry| if sieve.may_pass(&entry.plain()?) { sift(entry.counted()?) } else { Ok(()) })?;
    } else {
        facts::load(conn, range)?.into_iter().try_for_each(sift)?;
    }
    Ok(kept)
}

/// A filter with what it has to look up.
pub(super) struct Sieve<'a> {
    conn: &'a Connection,
    zone: Zone,
    filter: &'a Filter,
    place: Option<Wanted>,
    truce: Option<Force>,
    standing: Vec<HashSet<Id>>,
}

impl<'a> Sieve<'a> {
    pub(super) fn load(conn: &'a Connection, zone: Zone, filter: &'a Filter) -> Result<Self> {
        Ok(Self {
            conn,
            zone,
            filter,
            place: filter.place.as_deref().map(|name| Wanted::load(conn, name)).transpose()?,
            truce: filter.truce.map(|id| Force::load(conn, zone, id)).transpose()?,
            standing: filter.statuses.iter().map(|status| of_status(conn, *status)).collect::<Result<_>>()?,
        })
    }

    pub(super) fn passes(&self, claim: &Counted) -> Result<bool> {
        let fact = &claim.fact;
        let told = self.may_pass(claim)
            && self.filter.party.is_none_or(|id| has_part(id, fact))
            && self.place.as_ref().is_none_or(|place| place.holds(fact));
        match &self.truce {
            Some(truce) if told => truce.holds(self.conn, self.zone, fact.id),
            _ => Ok(told),
        }
    }

    /// What can be told without the lists of a claim, and without looking anything up.
    pub(super) fn may_pass(&self, claim: &Counted) -> bool {
        let (filter, fact) = (self.filter, &claim.fact);
        says(filter, claim)
            && is_known(filter, fact)
            && happened(filter, fact.when)
            && filter.area.is_none_or(|area| fact.point.is_some_and(|point| area.holds(point)))
            && self.standing.iter().all(|of| claim.incident.is_some_and(|incident| of.contains(&incident)))
    }
}

/// Whether a party makes a claim, is accused in it, its target, or party to the truce it tells of.
fn has_part(id: Id, fact: &Fact) -> bool {
    let named = [fact.accused, fact.target].contains(&Some(id));
    named || fact.claimant == Claimant::Party(id) || fact.parties.contains(&id)
}

/// The first and last id that can pass. `None`: nothing can.
fn range(conn: &Connection, filter: &Filter) -> Result<Option<(i64, i64)>> {
    let (mut first, mut last) = (0, i64::MAX);
    if let Some(batch) = filter.batch {
        let parts = chain::parts(conn, batch)?;
        let Some((_, from, entries)) = parts.into_iter().find(|(kind, ..)| *kind == EntryKind::Claim) else {
            return Ok(None);
        };
        (first, last) = (from, from.saturating_add(entries).saturating_sub(1));
    }
    if let Some(dispatch) = filter.dispatch {
        let mut select = conn.prepare_cached(OF_DISPATCH)?;
        let ends: (Option<i64>, Option<i64>) =
            select.query_row(named_params! { ":dispatch": dispatch.0 }, |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (Some(from), Some(to)) = ends else { return Ok(None) };
        (first, last) = (first.max(from), last.min(to));
    }
    Ok(Some((first, last)))
}

fn of_status(conn: &Connection, status: Standing) -> Result<HashSet<Id>> {
    let mut select = conn.prepare_cached(OF_STATUS)?;
    let ids = select.query_map(named_params! { ":status": status.as_str() }, |row| row.get(0).map(Id))?;
    Ok(ids.collect::<std::result::Result<_, _>>()?)
}

fn is_known(filter: &Filter, fact: &Fact) -> bool {
    filter.known.is_none_or(|known| fact.published.is_some_and(|published| published <= known))
        && filter.source.is_none_or(|source| fact.source == Some(source))
}

fn says(filter: &Filter, claim: &Counted) -> bool {
    let fact = &claim.fact;
    let speaks = |id| fact.claimant == Claimant::Party(id);
    let accused = |id| fact.accused == Some(id);
    let act = |act: &Act| fact.act.base == act.base && (act.detail.is_none() || fact.act.detail == act.detail);
    filter.claimant.is_none_or(speaks)
        && filter.accused.is_none_or(accused)
        && filter.stance.is_none_or(|stance| fact.stance == stance)
        && filter.act.as_ref().is_none_or(act)
        && filter.batch.is_none_or(|batch| claim.batch == batch)
        && filter.dispatch.is_none_or(|dispatch| fact.dispatch == Some(dispatch))
        && filter.draft.is_none_or(|draft| claim.draft == draft)
}

fn happened(filter: &Filter, when: Option<Moment>) -> bool {
    if filter.since.is_none() && filter.until.is_none() {
        return true;
    }
    when.is_some_and(|when| {
        filter.since.is_none_or(|since| when.hi.is_none_or(|hi| hi > since))
            && filter.until.is_none_or(|until| when.lo.is_none_or(|lo| lo < until))
    })
}

/// A place asked for by name.
struct Wanted {
    key: String,
    bearers: Vec<Id>,
    index: PlaceIndex,
}

impl Wanted {
    fn load(conn: &Connection, name: &str) -> Result<Self> {
        let index = PlaceIndex::load(conn)?;
        Ok(Self { key: key(name), bearers: index.bearers(name).to_vec(), index })
    }

    fn holds(&self, fact: &Fact) -> bool {
        fact.places.iter().any(|place| {
            let inside = |place| self.bearers.iter().any(|&outer| self.index.lies_in(place, outer));
            place.place.is_some_and(inside) || key(&place.name) == self.key
        })
    }
}

/// When a truce was in force.
struct Force {
    begins: Option<When>,
    ends: Option<When>,
}

impl Force {
    fn load(conn: &Connection, zone: Zone, id: Id) -> Result<Self> {
        let truce: Truce = truce::truce(conn, id)?
            .ok_or_else(|| Error::not_found(format!("there is no truce T{}", id.number())))?
            .value;
        let when = |edtf| When::resolve(edtf, zone, Extent::Within, None);
        Ok(Self { begins: truce.effective.or(truce.agreed).map(when), ends: truce.ended.map(when) })
    }

    fn holds(&self, conn: &Connection, zone: Zone, claim: Id) -> Result<bool> {
        let Some((begins, event)) = self.begins.zip(occurred(conn, zone, claim)?) else { return Ok(true) };
        Ok(in_force(&event, &begins, self.ends.as_ref()) != Told::No)
    }
}

/// When a claim says it happened: the words, the zone, and the instants stored with it. `None` for an undated one.
pub(super) fn occurred(conn: &Connection, office: Zone, claim: Id) -> Result<Option<When>> {
    let mut select = conn.prepare_cached(OCCURRED)?;
    let read = |row: &rusqlite::Row<'_>| {
        let cell = |n| row.get_ref(n).map(Cell::from);
        let when = || -> Result<Option<When>> {
            let Some(edtf) = cell(0)?.maybe_word()? else { return Ok(None) };
            let zone = cell(1)?.maybe_word()?.unwrap_or(office);
            let (lo, hi) = (cell(2)?.maybe_int()?, cell(3)?.maybe_int()?);
            Ok(Some(When { edtf, zone, lo, hi, extent: Extent::Within }))
        };
        Ok(when())
    };
    select.query_row(named_params! { ":id": claim.0 }, read).optional()?.unwrap_or(Ok(None))
}
