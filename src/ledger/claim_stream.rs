//! All live claims in full, one after another, in one pass over their tables: for exports of any size.

use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::{Connection, Row, Rows, named_params};

use crate::error::Result;
use crate::model::{Claim, Figure, Id, Loss};

use super::claim::{ClaimPartyRow, ClaimRow, FigureRow, LossRow};
use super::claim_read::{Lookup, figure, loss, read_party, row_of};
use super::table::Cell;

/// The columns of [`ClaimRow`], then the statement and incident it belongs to; a reply goes with the earliest incident
/// that it answers.
const CLAIMS: &str = "SELECT claim.*, membership.statement, coalesce(membership.incident, (
  SELECT min(told.incident) FROM attached JOIN membership AS told ON told.claim = attached.accusation
  WHERE attached.reply IN (claim.id, membership.statement))) AS incident
FROM claim
LEFT JOIN membership ON membership.claim = claim.id
WHERE claim.id >= :first
  AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'claim' AND dead.id = claim.id)
ORDER BY claim.id";
const PLACES: &str = "SELECT claim, name FROM claim_place WHERE claim >= :first ORDER BY claim, ord";
const ANSWERS: &str = "SELECT claim, answer FROM claim_answer WHERE claim >= :first ORDER BY claim, ord";
const RULES: &str = "SELECT claim, rule FROM claim_rule WHERE claim >= :first ORDER BY claim, ord";
const PARTIES: &str =
    "SELECT claim, role, ord, party, name FROM claim_party WHERE claim >= :first ORDER BY claim, role, ord";
const FIGURES: &str = "SELECT * FROM figure WHERE claim >= :first ORDER BY claim, ord";
const LOSSES: &str = "SELECT * FROM loss WHERE claim >= :first ORDER BY claim, ord";
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
    let (mut rules, mut parties) = (prepare(RULES)?, prepare(PARTIES)?);
    let (mut figures, mut losses) = (prepare(FIGURES)?, prepare(LOSSES)?);
    let from = named_params! { ":first": first };
    let mut children = Children {
        lookup: Lookup::new(conn, false),
        places: Cursor::new(places.query(from)?)?,
        answers: Cursor::new(answers.query(from)?)?,
        rules: Cursor::new(rules.query(from)?)?,
        parties: Cursor::new(parties.query(from)?)?,
        figures: Cursor::new(figures.query(from)?)?,
        losses: Cursor::new(losses.query(from)?)?,
    };
    let mut rows = claims.query(from)?;
    while let Some(row) = FallibleStreamingIterator::next(&mut rows)? {
        take(children.claim(row)?)?;
    }
    Ok(())
}

/// Rows of a child table in the order of their claims.
struct Cursor<'statement> {
    rows: Rows<'statement>,
    /// The claim of the row the cursor stands on; `None` at the end.
    at: Option<i64>,
}

impl<'statement> Cursor<'statement> {
    fn new(rows: Rows<'statement>) -> Result<Self> {
        let mut cursor = Self { rows, at: None };
        cursor.step()?;
        Ok(cursor)
    }

    fn step(&mut self) -> Result<()> {
        self.rows.advance()?;
        self.at = self.rows.get().map(|row| row.get(0)).transpose()?;
        Ok(())
    }

    /// Gives the rows of a claim. Claims are asked for in order; those of dead ones in between are passed over.
    fn of(&mut self, claim: i64, mut give: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
        while let Some(at) = self.at.filter(|&at| at <= claim) {
            if let Some(row) = self.rows.get().filter(|_| at == claim) {
                give(row)?;
            }
            self.step()?;
        }
        Ok(())
    }

    fn texts(&mut self, claim: i64) -> Result<Vec<String>> {
        let mut texts = Vec::new();
        self.of(claim, |row| {
            texts.push(row.get(1)?);
            Ok(())
        })?;
        Ok(texts)
    }
}

/// Cursors over all child tables.
struct Children<'statement> {
    lookup: Lookup<'statement>,
    places: Cursor<'statement>,
    answers: Cursor<'statement>,
    rules: Cursor<'statement>,
    parties: Cursor<'statement>,
    figures: Cursor<'statement>,
    losses: Cursor<'statement>,
}

impl Children<'_> {
    fn claim(&mut self, row: &Row<'_>) -> Result<AsWritten> {
        let own = ClaimRow::read(row)?;
        let id = own.id.id()?;
        let mut claim = row_of(&mut self.lookup, &own)?;
        claim.place = self.places.texts(id.0)?;
        claim.answers = self.answers.texts(id.0)?;
        claim.rules = self.rules.texts(id.0)?;
        let lookup = &mut self.lookup;
        self.parties.of(id.0, |row| read_party(lookup, &mut claim, &ClaimPartyRow::read(row)?))?;
        let (mut figures, mut losses): (Vec<Figure>, Vec<Loss>) = (Vec::new(), Vec::new());
        self.figures.of(id.0, |row| {
            figures.push(figure(&FigureRow::read(row)?)?);
            Ok(())
        })?;
        self.losses.of(id.0, |row| {
            losses.push(loss(&LossRow::read(row)?)?);
            Ok(())
        })?;
        (claim.figures, claim.losses) = (figures, losses);
        let derived = |name: &str| row.get_ref(name).map(Cell::from);
        Ok(AsWritten {
            id,
            batch: own.batch.id()?,
            claim,
            statement: derived("statement")?.maybe_id()?,
            incident: derived("incident")?.maybe_id()?,
        })
    }
}
