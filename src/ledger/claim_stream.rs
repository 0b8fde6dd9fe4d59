//! All live claims in full, one after another, in one pass over their tables: for exports of any size.

use std::collections::HashMap;

use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::{Connection, Row, named_params};

use crate::error::Result;
use crate::model::{Claim, Id};

use super::claim::{ClaimPartyRow, ClaimRow, FigureRow, LossRow};
use super::claim_read::{Lookup, figure, loss, read_party, row_of};
use super::cursor::Cursor;
use super::table::Cell;

/// The columns that a [`Claim`] tells, in the order of [`told`], then the statement and incident it belongs to; a reply goes
/// with the earliest incident that it answers.
const CLAIMS: &str = "SELECT claim.id, claim.batch, claim.reference, claim.dispatch, claim.dispatch_text,
  claim.span_lo, claim.span_hi, claim.quote, claim.note, claim.claimant, claim.narration, claim.claimant_text,
  claim.speaker, claim.said_at, claim.stance, claim.in_response, claim.act, claim.detail, claim.accused,
  claim.accused_text, claim.attribution, claim.target, claim.target_text, claim.occurred, claim.zone, claim.extent,
  claim.lat_e7, claim.lon_e7, claim.civilian, claim.source, claim.url, claim.published, claim.noted_at,
  claim.confidence, membership.statement, coalesce(membership.incident, (
    SELECT min(told.incident) FROM attached JOIN membership AS told ON told.claim = attached.accusation
    WHERE attached.reply IN (claim.id, membership.statement)))
FROM claim
LEFT JOIN membership ON membership.claim = claim.id
WHERE claim.id >= :first
ORDER BY claim.id";
/// Where statement and incident stand in a row of [`CLAIMS`].
const STATEMENT: usize = 34;
const INCIDENT: usize = 35;
const DEAD: &str = "SELECT id FROM dead WHERE kind = 'claim' AND id >= :first ORDER BY id";
/// Quotes and notes, which were written in the order of their claims.
const TEXTS: &str = "SELECT id, text FROM body WHERE role = 'quote' OR role = 'note' ORDER BY id";
const PLACES: &str = "SELECT claim, name FROM claim_place WHERE claim >= :first ORDER BY claim, ord";
const ANSWERS: &str = "SELECT claim, answer FROM claim_answer WHERE claim >= :first ORDER BY claim, ord";
const RULES: &str = "SELECT claim, rule FROM claim_rule WHERE claim >= :first ORDER BY claim, ord";
const PARTIES: &str =
    "SELECT claim, role, ord, party, name FROM claim_party WHERE claim >= :first ORDER BY claim, role, ord";
const FIGURES: &str = "SELECT * FROM figure WHERE claim >= :first ORDER BY claim, ord";
const LOSSES: &str = "SELECT * FROM loss WHERE claim >= :first ORDER BY claim, ord";
const TRUCE_EVENTS: &str = "SELECT told.claim, min(first.claim) FROM proposed_truce_claim AS told
JOIN proposed_truce_claim AS first ON first.truce = told.truce AND first.event IS told.event
GROUP BY told.claim";
/// The first claim after a batch.
const FIRST_AFTER: &str = "SELECT min(first) FROM batch_part WHERE kind = 'claim' AND batch > :batch";

/// A claim as its writer recorded it: names that the writer knew no party for are not resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct AsWritten {
    /// Its id.
    pub id: Id,
    /// The batch that wrote it.
    pub batch: Id,
    /// The claim.
    pub claim: Claim,
    /// The statement it repeats or is.
    pub statement: Option<Id>,
    /// The incident it belongs to, or the earliest that it answers.
    pub incident: Option<Id>,
    /// Of a fact about a truce: the first claim that tells this event of it.
    pub truce_event: Option<Id>,
}

/// Gives every live claim of the batches after one, by id.
pub(super) fn each(conn: &Connection, after: Option<Id>, take: &mut dyn FnMut(AsWritten) -> Result<()>) -> Result<()> {
    let first = match after {
        None => Some(0),
        Some(batch) => {
            conn.prepare_cached(FIRST_AFTER)?.query_row(named_params! { ":batch": batch.0 }, |row| row.get(0))?
        }
    };
    let Some(first) = first else { return Ok(()) };
    let prepare = |sql| conn.prepare(sql);
    let (mut claims, mut places, mut answers) = (prepare(CLAIMS)?, prepare(PLACES)?, prepare(ANSWERS)?);
    let (mut rules, mut parties, mut texts) = (prepare(RULES)?, prepare(PARTIES)?, prepare(TEXTS)?);
    let (mut figures, mut losses, mut dead) = (prepare(FIGURES)?, prepare(LOSSES)?, prepare(DEAD)?);
    let from = named_params! { ":first": first };
    let mut children = Children {
        lookup: Lookup::new(conn, false),
        texts: Cursor::new(texts.query([])?)?,
        truce_events: truce_events(conn)?,
        places: Cursor::new(places.query(from)?)?,
        answers: Cursor::new(answers.query(from)?)?,
        rules: Cursor::new(rules.query(from)?)?,
        parties: Cursor::new(parties.query(from)?)?,
        figures: Cursor::new(figures.query(from)?)?,
        losses: Cursor::new(losses.query(from)?)?,
    };
    let mut dead = Cursor::new(dead.query(from)?)?;
    let mut rows = claims.query(from)?;
    while let Some(row) = FallibleStreamingIterator::next(&mut rows)? {
        if !dead.has(row.get(0)?)? {
            take(children.claim(row)?)?;
        }
    }
    Ok(())
}

/// The row of a claim as far as [`CLAIMS`] selects it.
fn told<'a>(row: &'a Row<'_>) -> rusqlite::Result<ClaimRow<'a>> {
    let mut at = 0..;
    let mut next = || row.get_ref(at.next().unwrap_or_default()).map(Cell::from);
    Ok(ClaimRow {
        id: next()?,
        batch: next()?,
        reference: next()?,
        dispatch: next()?,
        dispatch_text: next()?,
        span_lo: next()?,
        span_hi: next()?,
        quote: next()?,
        note: next()?,
        claimant: next()?,
        narration: next()?,
        claimant_text: next()?,
        speaker: next()?,
        said_at: next()?,
        stance: next()?,
        in_response: next()?,
        act: next()?,
        detail: next()?,
        accused: next()?,
        accused_text: next()?,
        attribution: next()?,
        target: next()?,
        target_text: next()?,
        occurred: next()?,
        zone: next()?,
        extent: next()?,
        lat_e7: next()?,
        lon_e7: next()?,
        civilian: next()?,
        source: next()?,
        url: next()?,
        published: next()?,
        noted_at: next()?,
        confidence: next()?,
        ..ClaimRow::default()
    })
}

/// Each fact about a truce with the first claim that tells the event.
fn truce_events(conn: &Connection) -> Result<HashMap<Id, Id>> {
    let mut select = conn.prepare(TRUCE_EVENTS)?;
    let events = select.query_map([], |row| Ok((Id(row.get(0)?), Id(row.get(1)?))))?;
    Ok(events.collect::<rusqlite::Result<_>>()?)
}

/// Cursors over all child tables.
struct Children<'statement> {
    lookup: Lookup<'statement>,
    /// By body.
    texts: Cursor<'statement>,
    truce_events: HashMap<Id, Id>,
    places: Cursor<'statement>,
    answers: Cursor<'statement>,
    rules: Cursor<'statement>,
    parties: Cursor<'statement>,
    figures: Cursor<'statement>,
    losses: Cursor<'statement>,
}

impl Children<'_> {
    /// A quote or note by its body, which comes after those asked for before.
    fn text(&mut self, body: Cell<'_>) -> Result<Option<String>> {
        let Some(body) = body.maybe_int()? else { return Ok(None) };
        let mut text = None;
        self.texts.of(body, |row| {
            text = row.get(1)?;
            Ok(())
        })?;
        Ok(text)
    }

    fn claim(&mut self, row: &Row<'_>) -> Result<AsWritten> {
        let own = told(row)?;
        let id = own.id.id()?;
        let mut claim = row_of(&mut self.lookup, &own)?;
        let text = |row: &Row<'_>| Ok(row.get(1)?);
        claim.place = self.places.all(id.0, text)?;
        claim.answers = self.answers.all(id.0, text)?;
        claim.rules = self.rules.all(id.0, text)?;
        let lookup = &mut self.lookup;
        self.parties.of(id.0, |row| read_party(lookup, &mut claim, &ClaimPartyRow::read(row)?))?;
        claim.figures = self.figures.all(id.0, |row| figure(&FigureRow::read(row)?))?;
        claim.losses = self.losses.all(id.0, |row| loss(&LossRow::read(row)?))?;
        claim.quote = self.text(own.quote)?;
        claim.note = self.text(own.note)?;
        let derived = |at: usize| row.get_ref(at).map(Cell::from);
        Ok(AsWritten {
            id,
            batch: own.batch.id()?,
            claim,
            statement: derived(STATEMENT)?.maybe_id()?,
            incident: derived(INCIDENT)?.maybe_id()?,
            truce_event: self.truce_events.get(&id).copied(),
        })
    }
}
