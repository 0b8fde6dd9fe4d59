//! Reading what was concluded: incidents, answers, proposed truces.

use rusqlite::{Connection, Row, named_params};

use crate::error::Result;
use crate::model::Id;
use crate::reconcile::{Answer, AnswerKind, Contradiction, Incident, Moment, ProposedTruce, Status, TruceEvent};

use super::place::point;
use super::table::{Cell, unreadable};

const INCIDENTS: &str = "SELECT id, alleged, denied, mutual, acknowledged, corroborated, contradicted, figures_differ,
  lo, hi, grain, extent, lat_e7, lon_e7 FROM incident ORDER BY id";
const MEMBERS: &str = "SELECT incident, claim FROM membership WHERE incident IS NOT NULL ORDER BY incident, claim";
const ANSWERS: &str = "SELECT reply, accusation, how FROM attached ORDER BY reply, accusation";
const PROPOSED: &str = "SELECT id, agreed_lo, agreed_hi, agreed_grain, agreed_extent, effective_lo, effective_hi,
  effective_grain, effective_extent, ended_lo, ended_hi, ended_grain, ended_extent
FROM proposed_truce
WHERE NOT EXISTS (
  SELECT 1 FROM proposed_truce_claim AS told
  JOIN truce_claim ON truce_claim.claim = told.claim
  WHERE told.truce = proposed_truce.id
    AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'truce' AND dead.id = truce_claim.truce))
ORDER BY id";
const PARTIES: &str = "SELECT role, party FROM proposed_truce_party WHERE truce = :truce ORDER BY role, party";
const EVENTS: &str = "SELECT act, lo, hi, grain, extent FROM proposed_truce_event WHERE truce = :truce ORDER BY ord";
const TOLD: &str = "SELECT claim, event FROM proposed_truce_claim WHERE truce = :truce ORDER BY claim";
const CONTRADICTIONS: &str = "SELECT same_a, same_b, different_a, different_b FROM contradiction
ORDER BY same_a, same_b, different_a, different_b";

/// Incidents, by id.
pub(super) fn incidents(conn: &Connection) -> Result<Vec<Incident>> {
    let mut incidents = Vec::new();
    let mut select = conn.prepare_cached(INCIDENTS)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        incidents.push(incident(row)?);
    }
    gather_members(conn, &mut incidents)?;
    Ok(incidents)
}

/// An incident from its row, its claims not yet gathered.
pub(super) fn incident(row: &Row<'_>) -> Result<Incident> {
    let cell = |n| row.get_ref(n).map(Cell::from);
    let flag = |n| Ok::<_, crate::error::Error>(cell(n)?.maybe_flag()?.unwrap_or(false));
    Ok(Incident {
        id: cell(0)?.id()?,
        claims: Vec::new(),
        status: Status {
            alleged: flag(1)?,
            denied: flag(2)?,
            mutual: flag(3)?,
            acknowledged: flag(4)?,
            corroborated: flag(5)?,
            contradicted: flag(6)?,
            figures_differ: flag(7)?,
        },
        when: moment([cell(8)?, cell(9)?, cell(10)?, cell(11)?])?,
        point: point(cell(12)?, cell(13)?)?,
    })
}

fn gather_members(conn: &Connection, incidents: &mut [Incident]) -> Result<()> {
    let mut select = conn.prepare_cached(MEMBERS)?;
    let mut rows = select.query([])?;
    let mut of = incidents.iter_mut().peekable();
    while let Some(row) = rows.next()? {
        let (incident, claim) = (Id(row.get(0)?), Id(row.get(1)?));
        while of.next_if(|known| known.id < incident).is_some() {}
        if let Some(known) = of.peek_mut().filter(|known| known.id == incident) {
            known.claims.push(claim);
        }
    }
    Ok(())
}

fn moment([lo, hi, grain, extent]: [Cell<'_>; 4]) -> Result<Option<Moment>> {
    let (Some(grain), Some(extent)) = (grain.maybe_word()?, extent.maybe_word()?) else { return Ok(None) };
    Ok(Some(Moment { lo: lo.maybe_int()?, hi: hi.maybe_int()?, grain, extent }))
}

/// Replies and what they answer, by reply.
pub(super) fn answers(conn: &Connection) -> Result<Vec<Answer>> {
    let mut answers = Vec::new();
    let mut select = conn.prepare_cached(ANSWERS)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        answers.push(answer(row)?);
    }
    Ok(answers)
}

/// A reply with what it answers from its row.
pub(super) fn answer(row: &Row<'_>) -> Result<Answer> {
    let cell = |n| row.get_ref(n).map(Cell::from);
    let kind = match cell(2)?.text()? {
        "decided" => AnswerKind::Decided,
        "matched" => AnswerKind::Matched,
        _ => return Err(unreadable()),
    };
    Ok(Answer { reply: cell(0)?.id()?, accusation: cell(1)?.id()?, kind })
}

/// Truces that dispatches tell of and no confirmed truce rests on.
pub(super) fn proposed_truces(conn: &Connection) -> Result<Vec<ProposedTruce>> {
    let mut truces = Vec::new();
    let mut select = conn.prepare_cached(PROPOSED)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let cell = |n| row.get_ref(n).map(Cell::from);
        let at = |n| moment([cell(n)?, cell(n + 1)?, cell(n + 2)?, cell(n + 3)?]);
        let id = cell(0)?.id()?;
        let mut truce = ProposedTruce {
            id,
            claims: Vec::new(),
            parties: Vec::new(),
            mediators: Vec::new(),
            agreed: at(1)?,
            effective: at(5)?,
            ended: at(9)?,
            events: Vec::new(),
        };
        gather_parts(conn, &mut truce)?;
        truces.push(truce);
    }
    Ok(truces)
}

fn gather_parts(conn: &Connection, truce: &mut ProposedTruce) -> Result<()> {
    let of = named_params! { ":truce": truce.id.0 };
    let mut select = conn.prepare_cached(PARTIES)?;
    let mut rows = select.query(of)?;
    while let Some(row) = rows.next()? {
        let (role, party): (String, i64) = (row.get(0)?, row.get(1)?);
        let list = if role == "party" { &mut truce.parties } else { &mut truce.mediators };
        list.push(Id(party));
    }
    let mut select = conn.prepare_cached(EVENTS)?;
    let mut rows = select.query(of)?;
    while let Some(row) = rows.next()? {
        let cell = |n| row.get_ref(n).map(Cell::from);
        let when = moment([cell(1)?, cell(2)?, cell(3)?, cell(4)?])?;
        truce.events.push(TruceEvent { act: cell(0)?.word()?, claims: Vec::new(), when });
    }
    let mut select = conn.prepare_cached(TOLD)?;
    let mut rows = select.query(of)?;
    while let Some(row) = rows.next()? {
        let (claim, event): (i64, Option<u32>) = (row.get(0)?, row.get(1)?);
        truce.claims.push(Id(claim));
        if let Some(event) = event.and_then(|event| truce.events.get_mut(usize::try_from(event).ok()?)) {
            event.claims.push(Id(claim));
        }
    }
    Ok(())
}

/// Decisions that cannot both be followed.
pub(super) fn contradictions(conn: &Connection) -> Result<Vec<Contradiction>> {
    let mut select = conn.prepare_cached(CONTRADICTIONS)?;
    let contradictions = select.query_map([], |row| {
        let id = |n| row.get(n).map(Id);
        Ok(Contradiction { same: (id(0)?, id(1)?), different: (id(2)?, id(3)?) })
    })?;
    Ok(contradictions.collect::<Result<_, _>>()?)
}
