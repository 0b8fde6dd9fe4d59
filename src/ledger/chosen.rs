//! The claims a report is about, with all that is read of them.

use std::collections::HashSet;

use rusqlite::Connection;

use crate::error::Result;
use crate::model::{Id, Zone};
use crate::reconcile::{Answer, Fact, Incident};

use super::counted::{Entry, Packed};
use super::filter::{Filter, Sieve};
use super::{Counted, concluded, facts};

/// Ids, quickly found.
type Ids = HashSet<Id, foldhash::fast::FixedState>;

/// The live claims that pass a filter, and what they are read with.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chosen {
    /// Claims by id: at least those that pass, those of their statements and incidents, and the replies to these.
    pub claims: Vec<Counted>,
    /// Those that pass; `None`: all of them.
    pub passing: Option<HashSet<Id>>,
    /// Incidents by id, each with all its claims: at least those that claims that pass belong to.
    pub incidents: Vec<Incident>,
}

/// All live claims and incidents, and which of the claims pass.
pub(super) fn whole(conn: &Connection, zone: Zone, filter: &Filter, fresh: bool) -> Result<Chosen> {
    let (claims, incidents) = if fresh {
        let packed = Packed::load(conn, (0, i64::MAX))?;
        let (mut claims, mut incidents) = (Vec::new(), Gathered::default());
        packed.each(|entry| {
            incidents.add(&entry);
            claims.push(entry.counted()?);
            Ok(())
        })?;
        (claims, incidents.incidents())
    } else {
        (facts::load(conn, (0, i64::MAX))?, concluded::incidents(conn)?)
    };
    if *filter == Filter::default() {
        return Ok(Chosen { claims, passing: None, incidents });
    }
    let sieve = Sieve::load(conn, zone, filter)?;
    let mut passing = HashSet::new();
    for claim in &claims {
        if sieve.passes(claim)? {
            passing.insert(claim.fact.id);
        }
    }
    Ok(Chosen { claims, passing: Some(passing), incidents })
}

/// The live claims that pass, out of those that are packed and fresh, and what they are read with.
pub(super) fn chosen(conn: &Connection, zone: Zone, filter: &Filter, answers: &[Answer]) -> Result<Chosen> {
    let sieve = Sieve::load(conn, zone, filter)?;
    let packed = Packed::load(conn, (0, i64::MAX))?;
    let (mut passing, mut statements, mut incidents) = (HashSet::new(), Ids::default(), Ids::default());
    packed.each(|entry| {
        if sieve.may_pass(&entry.plain()?) && sieve.passes(&entry.counted()?)? {
            passing.insert(entry.claim);
            statements.insert(entry.concluded.statement);
            incidents.extend(entry.concluded.incident);
        }
        Ok(())
    })?;
    let of_incident = |entry: &Entry<'_>| entry.concluded.incident.is_some_and(|of| incidents.contains(&of));
    let mut told = Ids::default();
    packed.each(|entry| {
        if statements.contains(&entry.concluded.statement) {
            told.insert(entry.claim);
        }
        Ok(())
    })?;
    let to_these = |answer: &&Answer| told.contains(&answer.accusation);
    let replies: Ids = answers.iter().filter(to_these).map(|answer| answer.reply).collect();
    let (mut claims, mut gathered) = (Vec::new(), Gathered::default());
    packed.each(|entry| {
        if of_incident(&entry) {
            gathered.add(&entry);
        }
        if of_incident(&entry) || told.contains(&entry.claim) || replies.contains(&entry.claim) {
            claims.push(entry.counted()?);
        }
        Ok(())
    })?;
    Ok(Chosen { claims, passing: Some(passing), incidents: gathered.incidents() })
}

/// The live claims, out of those that are packed and fresh, of the statements whose first claim is wanted, by id; it is
/// asked about without its lists.
pub(super) fn statements(conn: &Connection, wanted: &dyn Fn(&Fact) -> bool) -> Result<Vec<Counted>> {
    let packed = Packed::load(conn, (0, i64::MAX))?;
    let (mut known, mut chosen) = (Ids::default(), Ids::default());
    let mut claims = Vec::new();
    packed.each(|entry| {
        let statement = entry.concluded.statement;
        if known.insert(statement) && wanted(&entry.plain()?.fact) {
            chosen.insert(statement);
        }
        if chosen.contains(&statement) {
            claims.push(entry.counted()?);
        }
        Ok(())
    })?;
    Ok(claims)
}

/// Incidents gathered from their claims.
#[derive(Debug, Default)]
struct Gathered {
    incidents: Vec<Incident>,
    members: Vec<(Id, Id)>,
}

impl Gathered {
    /// Takes the next claim: they come by id.
    fn add(&mut self, entry: &Entry<'_>) {
        self.members.extend(entry.concluded.incident.map(|incident| (incident, entry.claim)));
        if let Some((status, when, point)) = entry.concluded.stand {
            self.incidents.push(Incident { id: entry.claim, claims: Vec::new(), status, when, point });
        }
    }

    fn incidents(mut self) -> Vec<Incident> {
        self.members.sort_unstable();
        let mut members = self.members.chunk_by(|a, b| a.0 == b.0).peekable();
        for incident in &mut self.incidents {
            let is_of = |of: &&[(Id, Id)]| of.first().is_some_and(|(id, _)| *id == incident.id);
            let of = members.next_if(is_of).unwrap_or_default();
            incident.claims = of.iter().map(|(_, claim)| *claim).collect();
        }
        self.incidents
    }
}
