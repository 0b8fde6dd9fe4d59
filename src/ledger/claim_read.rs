//! Reading a claim in full.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use rusqlite::{Connection, named_params};

use crate::error::Result;
use crate::model::{
    Act, ByteSpan, Claim, Figure, FigureKind, Id, Loss, NARRATION, Number, NumberKind, Range, Span, Stance,
};

use super::Recorded;
use super::claim::{
    CLAIM, CLAIM_ANSWER, CLAIM_PARTY, CLAIM_PLACE, CLAIM_RULE, ClaimPartyRow, ClaimRow, FIGURE, FigureRow, INVOLVED,
    LOSS, LossRow, MEDIATOR, TRUCE_PARTY,
};
use super::table::{Cell, Table, unreadable};

const PARTY_NAME: &str = "SELECT name FROM party WHERE id = :id";
const SOURCE_NAME: &str = "SELECT name FROM source WHERE id = :id";
const BODY_TEXT: &str = "SELECT text FROM body WHERE id = :id";
const SAID_PARTY: &str = "SELECT party.name FROM said JOIN party ON party.id = said.party WHERE said.name = :name";

/// A claim in full, with names resolved as of today.
pub(super) fn claim(conn: &Connection, id: Id) -> Result<Option<Recorded<Claim>>> {
    let mut select = conn.prepare_cached(CLAIM.of)?;
    let mut rows = select.query(named_params! { ":id": id.0 })?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let row = ClaimRow::read(row)?;
    let mut lookup = Lookup::new(conn, true);
    let mut claim = row_of(&mut lookup, &row)?;
    claim.quote = text_at(conn, BODY_TEXT, row.quote)?;
    claim.note = text_at(conn, BODY_TEXT, row.note)?;
    claim.place = texts(conn, &CLAIM_PLACE, id)?;
    claim.answers = texts(conn, &CLAIM_ANSWER, id)?;
    claim.rules = texts(conn, &CLAIM_RULE, id)?;
    read_parties(&mut lookup, &mut claim, id)?;
    claim.figures = figures(conn, id)?;
    claim.losses = losses(&mut lookup, id)?;
    Ok(Some(Recorded { id, batch: row.batch.id()?, value: claim }))
}

/// Names that were looked up, or that there are none.
type Names<K> = HashMap<K, Option<String>, RandomState>;

/// The names that ids and words lead to, looked up once each.
#[derive(Debug)]
pub(super) struct Lookup<'conn> {
    conn: &'conn Connection,
    parties: Names<i64>,
    sources: Names<i64>,
    said: Names<String>,
    /// Whether words that the writer knew no party for are resolved as of today.
    resolves: bool,
}

impl<'conn> Lookup<'conn> {
    pub(super) fn new(conn: &'conn Connection, resolves: bool) -> Self {
        Self { conn, parties: Names::default(), sources: Names::default(), said: Names::default(), resolves }
    }

    /// The party's name: the writer's, else the one that bears the words today.
    pub(super) fn name_of(&mut self, party: Cell<'_>, text: Cell<'_>) -> Result<Option<String>> {
        if let Some(id) = party.maybe_int()? {
            return by_id(self.conn, PARTY_NAME, &mut self.parties, id);
        }
        let Some(text) = text.maybe_text()?.filter(|_| self.resolves) else { return Ok(None) };
        if let Some(known) = self.said.get(text) {
            return Ok(known.clone());
        }
        let mut select = self.conn.prepare_cached(SAID_PARTY)?;
        let mut rows = select.query(named_params! { ":name": text })?;
        let found: Option<String> = rows.next()?.map(|row| row.get(0)).transpose()?;
        self.said.insert(text.to_owned(), found.clone());
        Ok(found)
    }

    fn source(&mut self, id: Cell<'_>) -> Result<Option<String>> {
        id.maybe_int()?.map_or(Ok(None), |id| by_id(self.conn, SOURCE_NAME, &mut self.sources, id))
    }
}

fn by_id(conn: &Connection, sql: &str, known: &mut Names<i64>, id: i64) -> Result<Option<String>> {
    if let Some(name) = known.get(&id) {
        return Ok(name.clone());
    }
    let name = text_at(conn, sql, Cell::Int(id))?;
    known.insert(id, name.clone());
    Ok(name)
}

/// A claim as far as its own row tells it: without its quote and note and what stands in child rows.
pub(super) fn row_of(lookup: &mut Lookup<'_>, row: &ClaimRow<'_>) -> Result<Claim> {
    let act = Act { base: row.act.word()?, detail: row.detail.owned()? };
    let mut claim = Claim::new(row.stance.word::<Stance>()?, act);
    read_who(lookup, &mut claim, row)?;
    read_rest(lookup, &mut claim, row)?;
    Ok(claim)
}

fn read_who(lookup: &mut Lookup<'_>, claim: &mut Claim, row: &ClaimRow<'_>) -> Result<()> {
    claim.claimant = if row.narration == Cell::Int(1) {
        Some(NARRATION.to_owned())
    } else {
        lookup.name_of(row.claimant, row.claimant_text)?
    };
    claim.claimant_text = row.claimant_text.owned()?;
    claim.speaker = row.speaker.owned()?;
    claim.accused = lookup.name_of(row.accused, row.accused_text)?;
    claim.accused_text = row.accused_text.owned()?;
    claim.attribution = row.attribution.maybe_word()?;
    claim.target = lookup.name_of(row.target, row.target_text)?;
    claim.target_text = row.target_text.owned()?;
    Ok(())
}

fn read_rest(lookup: &mut Lookup<'_>, claim: &mut Claim, row: &ClaimRow<'_>) -> Result<()> {
    let dispatch = row.dispatch.maybe_id()?.map(|id| Number::own(NumberKind::Dispatch, id.number()).to_string());
    claim.dispatch = dispatch.or(row.dispatch_text.owned()?);
    claim.said_at = row.said_at.maybe_word()?;
    claim.in_response = row.in_response.maybe_flag()?.unwrap_or(false);
    let point = super::place::point(row.lat_e7, row.lon_e7)?;
    claim.lat = point.map(crate::model::Point::lat);
    claim.lon = point.map(crate::model::Point::lon);
    claim.occurred = row.occurred.maybe_word()?;
    claim.extent = row.extent.maybe_word()?;
    claim.zone = row.zone.maybe_word()?;
    claim.civilian = row.civilian.maybe_flag()?;
    claim.span = row.span_lo.maybe_int()?.zip(row.span_hi.maybe_int()?).map(byte_span).transpose()?;
    claim.confidence = row.confidence.maybe_int()?.and_then(|n| u16::try_from(n).ok()).map(|n| f64::from(n) / 1000.0);
    claim.reference = row.reference.owned()?;
    claim.source = lookup.source(row.source)?;
    claim.url = row.url.owned()?;
    claim.published = row.published.maybe_word()?;
    claim.noted_at = row.noted_at.maybe_word()?;
    Ok(())
}

/// A span from columns.
pub(super) fn byte_span((lo, hi): (i64, i64)) -> Result<ByteSpan> {
    let at = |n: i64| usize::try_from(n).map_err(|_| unreadable());
    Ok(ByteSpan { lo: at(lo)?, hi: at(hi)? })
}

fn text_at(conn: &Connection, sql: &str, id: Cell<'_>) -> Result<Option<String>> {
    let Some(id) = id.maybe_int()? else { return Ok(None) };
    let mut select = conn.prepare_cached(sql)?;
    let mut rows = select.query(named_params! { ":id": id })?;
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?.flatten())
}

fn texts(conn: &Connection, table: &Table, id: Id) -> Result<Vec<String>> {
    let mut select = conn.prepare_cached(table.of)?;
    let texts = select.query_map(named_params! { ":id": id.0 }, |row| row.get(2))?;
    Ok(texts.collect::<Result<_, _>>()?)
}

fn read_parties(lookup: &mut Lookup<'_>, claim: &mut Claim, id: Id) -> Result<()> {
    let mut select = lookup.conn.prepare_cached(CLAIM_PARTY.of)?;
    let mut rows = select.query(named_params! { ":id": id.0 })?;
    while let Some(row) = rows.next()? {
        read_party(lookup, claim, &ClaimPartyRow::read(row)?)?;
    }
    Ok(())
}

/// Adds a party of a list, by its name or in the words as said.
pub(super) fn read_party(lookup: &mut Lookup<'_>, claim: &mut Claim, row: &ClaimPartyRow<'_>) -> Result<()> {
    let said = row.name.text()?;
    let name = if lookup.resolves { lookup.name_of(row.party, row.name)? } else { None };
    let name = name.unwrap_or_else(|| said.to_owned());
    match row.role.text()? {
        INVOLVED => claim.involved.push(name),
        MEDIATOR => claim.mediators.push(name),
        TRUCE_PARTY => claim.parties.push(name),
        _ => return Err(unreadable()),
    }
    Ok(())
}

/// A range from columns.
pub(super) fn range(min: Cell<'_>, max: Cell<'_>, hedge: Cell<'_>) -> Result<Option<Range>> {
    let number = |cell: Cell<'_>| Ok::<_, crate::error::Error>(cell.maybe_int()?.and_then(|n| u64::try_from(n).ok()));
    let Some(hedge) = hedge.maybe_word()? else { return Ok(None) };
    Range::new(number(min)?, number(max)?, hedge).map(Some).ok_or_else(unreadable)
}

/// A figure from its row.
pub(super) fn figure(row: &FigureRow<'_>) -> Result<Figure> {
    let amount = range(row.min, row.max, row.hedge)?.ok_or_else(unreadable)?;
    let span = match row.kind.word::<FigureKind>()? {
        FigureKind::Event => Span::Event,
        FigureKind::Window => Span::Window(row.over.word()?),
        FigureKind::Cumulative => Span::Since(row.over.maybe_word()?),
        FigureKind::PartOf => {
            let whole = range(row.whole_min, row.whole_max, row.whole_hedge)?.ok_or_else(unreadable)?;
            Span::PartOf(whole, row.whole_unit.word()?)
        }
    };
    Ok(Figure { amount, unit: row.unit.word()?, span })
}

/// A loss from its row, its side as said.
pub(super) fn loss(row: &LossRow<'_>) -> Result<Loss> {
    Ok(Loss {
        side: row.side_text.owned()?,
        killed: range(row.killed_min, row.killed_max, row.killed_hedge)?,
        wounded: range(row.wounded_min, row.wounded_max, row.wounded_hedge)?,
        missing: range(row.missing_min, row.missing_max, row.missing_hedge)?,
        captured: range(row.captured_min, row.captured_max, row.captured_hedge)?,
        civilian: row.civilian.maybe_flag()?,
        window: row.over.maybe_word()?,
        since: row.since.maybe_word()?,
    })
}

fn figures(conn: &Connection, id: Id) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    let mut select = conn.prepare_cached(FIGURE.of)?;
    let mut rows = select.query(named_params! { ":id": id.0 })?;
    while let Some(row) = rows.next()? {
        figures.push(figure(&FigureRow::read(row)?)?);
    }
    Ok(figures)
}

fn losses(lookup: &mut Lookup<'_>, id: Id) -> Result<Vec<Loss>> {
    let mut losses = Vec::new();
    let mut select = lookup.conn.prepare_cached(LOSS.of)?;
    let mut rows = select.query(named_params! { ":id": id.0 })?;
    while let Some(row) = rows.next()? {
        let row = LossRow::read(row)?;
        let mut loss = loss(&row)?;
        loss.side = lookup.name_of(row.side, row.side_text)?.or(loss.side);
        losses.push(loss);
    }
    Ok(losses)
}
