//! Live claims as reconciliation and reports see them: names resolved, times as instants, children beside them.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{Hash as _, Hasher as _};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Params, Row, named_params};

use crate::error::Result;
use crate::model::text::key;
use crate::model::{Act, Id, SourceKind};
use crate::reconcile::{Claimant, Fact, Mix, Moment, PlaceName, Registers, Toll, hash_of};

use super::Counted;
use super::claim::{ClaimPartyRow, FigureRow, LossRow, MEDIATOR, TRUCE_PARTY};
use super::claim_read;
use super::cursor::Cursor;
use super::encoding::key16;
use super::names::Names;
use super::place::{PlaceIndex, point};
use super::table::Cell;
use super::{party, source};

/// Claims of a range of ids, with further columns and joins.
macro_rules! claims {
    ($columns:literal, $joins:literal) => {
        concat!(
            "SELECT claim.id, claim.claimant, claim.narration, claim.claimant_text, claim.stance, claim.in_response,
  claim.act, claim.detail, claim.accused, claim.accused_text, claim.attribution, claim.target, claim.target_text,
  claim.lo, claim.hi, claim.grain, claim.extent,
  coalesce(claim.published_hi, dispatch.published_hi, claim.noted_hi), claim.lat_e7, claim.lon_e7, claim.dispatch,
  coalesce(claim.source, dispatch.source), claim.span_lo, claim.batch, claim.extractor IS NOT NULL,
  claim.reference, claim.speaker, claim.said_at, claim.url, claim.noted_at, claim.dispatch_text,
  (SELECT text FROM body WHERE body.id = claim.quote), (SELECT text FROM body WHERE body.id = claim.note),
  dispatch.raw_sha256",
            $columns,
            " FROM claim LEFT JOIN dispatch ON dispatch.id = claim.dispatch",
            $joins,
            " WHERE claim.id BETWEEN :first AND :last
  AND (:dead OR NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'claim' AND dead.id = claim.id))
ORDER BY claim.id"
        )
    };
}

const FACTS: &str = claims!("", "");
const COUNTED: &str =
    claims!(", membership.statement, membership.incident", " LEFT JOIN membership ON membership.claim = claim.id");
const DEAD: &str = "SELECT id FROM dead WHERE kind = 'claim' ORDER BY id";
const FIGURES: &str =
    "SELECT claim, ord, unit, min, max, hedge, kind, over, whole_min, whole_max, whole_hedge, whole_unit
FROM figure WHERE claim BETWEEN :first AND :last ORDER BY claim, ord";
const LOSSES: &str = "SELECT claim, ord, side, side_text, killed_min, killed_max, killed_hedge, wounded_min, wounded_max,
  wounded_hedge, missing_min, missing_max, missing_hedge, captured_min, captured_max, captured_hedge, civilian, over, since
FROM loss WHERE claim BETWEEN :first AND :last ORDER BY claim, ord";
const PARTIES: &str = "SELECT claim, role, ord, party, name
FROM claim_party WHERE claim BETWEEN :first AND :last ORDER BY claim, role, ord";
const PLACES: &str = "SELECT claim, name FROM claim_place WHERE claim BETWEEN :first AND :last ORDER BY claim, ord";
const ACCEPTED: &str = "SELECT claim FROM review AS one WHERE verdict = 'accepted' AND id = (
  SELECT max(id) FROM review WHERE review.claim = one.claim
    AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'review' AND dead.id = review.id))";
/// How many claims are handed over at once: few enough to lie in the processor's memory.
const HANDFUL: usize = 1_000;

/// Hands every live claim over, by id, some at a time, with nothing concluded about it. Of dead ones too the names are
/// looked up.
pub(super) fn each(conn: &Connection, names: Names, mut take: impl FnMut(Vec<Counted>) -> Result<()>) -> Result<Names> {
    let (context, accepted) = (Context::with(conn, names)?, ids(conn, ACCEPTED, [])?);
    let mut dead = conn.prepare_cached(DEAD)?;
    let dead: Vec<i64> = dead.query_map([], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
    let mut dead = dead.into_iter().peekable();
    let mut claims = Vec::with_capacity(HANDFUL);
    pass(conn, FACTS, (0, i64::MAX), true, &mut |row, children| {
        let counted = context.counted(row, children, &accepted)?;
        while dead.next_if(|&id| id < counted.fact.id.0).is_some() {}
        if dead.peek() != Some(&counted.fact.id.0) {
            claims.push(counted);
        }
        if claims.len() == HANDFUL {
            take(std::mem::replace(&mut claims, Vec::with_capacity(HANDFUL)))?;
        }
        Ok(())
    })?;
    take(claims)?;
    Ok(context.names)
}

/// The live claims of a range of ids.
pub(super) fn load(conn: &Connection, range: (i64, i64)) -> Result<Vec<Counted>> {
    Context::load(conn)?.range(conn, range, &ids(conn, ACCEPTED, [])?)
}

/// Those of some claims that are live, in the order given.
pub(super) fn of(conn: &Connection, claims: impl IntoIterator<Item = Id>) -> Result<Vec<Counted>> {
    let (context, accepted) = (Context::load(conn)?, ids(conn, ACCEPTED, [])?);
    let mut found = Vec::new();
    for claim in claims {
        found.extend(context.range(conn, (claim.0, claim.0), &accepted)?);
    }
    Ok(found)
}

fn ids(conn: &Connection, sql: &str, params: impl Params) -> Result<HashSet<i64>> {
    Ok(conn.prepare_cached(sql)?.query_map(params, |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Cursors over the child tables.
struct Children<'statement> {
    figures: Cursor<'statement>,
    losses: Cursor<'statement>,
    parties: Cursor<'statement>,
    places: Cursor<'statement>,
}

/// Gives the rows of a range of ids, each with its children: those that count, or the dead too.
fn pass(
    conn: &Connection,
    sql: &str,
    (first, last): (i64, i64),
    dead: bool,
    give: &mut dyn FnMut(&Row<'_>, &mut Children<'_>) -> Result<()>,
) -> Result<()> {
    let prepare = |sql| conn.prepare_cached(sql);
    let (mut figures, mut losses) = (prepare(FIGURES)?, prepare(LOSSES)?);
    let (mut parties, mut places) = (prepare(PARTIES)?, prepare(PLACES)?);
    let range = named_params! { ":first": first, ":last": last };
    let mut children = Children {
        figures: Cursor::new(figures.query(range)?)?,
        losses: Cursor::new(losses.query(range)?)?,
        parties: Cursor::new(parties.query(range)?)?,
        places: Cursor::new(places.query(range)?)?,
    };
    let mut select = prepare(sql)?;
    let mut rows = select.query(named_params! { ":first": first, ":last": last, ":dead": dead })?;
    while let Some(row) = rows.next()? {
        give(row, &mut children)?;
    }
    Ok(())
}

/// What is looked up for every claim.
#[derive(Debug)]
pub(super) struct Context {
    names: Names,
    points: HashMap<Id, crate::model::Point>,
}

impl Context {
    pub(super) fn load(conn: &Connection) -> Result<Self> {
        Self::with(conn, Names::kept(conn)?)
    }

    fn with(conn: &Connection, names: Names) -> Result<Self> {
        let places = PlaceIndex::load(conn)?.places;
        Ok(Self { names, points: places.into_iter().filter_map(|p| Some((p.id, p.point?))).collect() })
    }

    /// What names lead to.
    pub(super) const fn names(&self) -> &Names {
        &self.names
    }

    /// A claim as reports count it, with nothing concluded about it.
    fn counted(&self, row: &Row<'_>, children: &mut Children<'_>, accepted: &HashSet<i64>) -> Result<Counted> {
        let cell = |n| row.get_ref(n).map(Cell::from);
        let fact = self.fact(row, children)?;
        let extracted = cell(24)?.maybe_flag()?.unwrap_or(false);
        Ok(Counted {
            batch: cell(23)?.id()?,
            draft: extracted && !accepted.contains(&fact.id.0),
            statement: fact.id,
            incident: None,
            fact,
        })
    }

    /// The live claims of a range of ids, with what is concluded about them.
    fn range(&self, conn: &Connection, range: (i64, i64), accepted: &HashSet<i64>) -> Result<Vec<Counted>> {
        let mut claims = Vec::new();
        pass(conn, COUNTED, range, false, &mut |row, children| {
            let cell = |n| row.get_ref(n).map(Cell::from);
            let mut counted = self.counted(row, children, accepted)?;
            counted.statement = cell(34)?.maybe_id()?.unwrap_or(counted.statement);
            counted.incident = cell(35)?.maybe_id()?;
            // As it is packed: only the reconciler asks for it.
            counted.fact.wording = 0;
            claims.push(counted);
            Ok(())
        })?;
        Ok(claims)
    }

    /// Some claims by their ids, dead or alive.
    pub(super) fn some(&self, conn: &Connection, ids: &BTreeSet<Id>) -> Result<Vec<Fact>> {
        let mut facts = Vec::new();
        let mut rest = ids.iter().peekable();
        while let Some(first) = rest.next() {
            let mut last = *first;
            while let Some(next) = rest.next_if(|next| next.0 == last.0 + 1) {
                last = *next;
            }
            pass(conn, FACTS, (first.0, last.0), true, &mut |row, children| {
                facts.push(self.fact(row, children)?);
                Ok(())
            })?;
        }
        Ok(facts)
    }

    fn party(&self, party: Cell<'_>, text: Cell<'_>) -> Result<Option<Id>> {
        let known = party.maybe_id()?;
        Ok(match text.maybe_text()? {
            Some(text) if known.is_none() => self.names.leads(text).party,
            _ => known,
        })
    }

    fn fact(&self, row: &Row<'_>, children: &mut Children<'_>) -> Result<Fact> {
        let cell = |n| row.get_ref(n).map(Cell::from);
        let id = cell(0)?.id()?;
        let claimant = match cell(2)? {
            Cell::Int(1) => Claimant::Narration,
            _ => self.party(cell(1)?, cell(3)?)?.map_or(Claimant::Unknown, Claimant::Party),
        };
        let figures = children.figures.all(id.0, |row| claim_read::figure(&FigureRow::read(row)?))?;
        let tolls = children.losses.all(id.0, |row| self.toll(&LossRow::read(row)?))?;
        let total = figures.iter().any(|f| f.span.is_total()) || tolls.iter().any(|toll| toll.total);
        let places = children.places.all(id.0, |row| {
            let name: String = row.get(1)?;
            Ok(PlaceName { place: self.names.leads(&name).place, name })
        })?;
        let (parties, mediators) = self.truce_parties(id, children)?;
        let own = point(cell(18)?, cell(19)?)?;
        Ok(Fact {
            id,
            claimant,
            stance: cell(4)?.word()?,
            in_response: cell(5)?.maybe_flag()?.unwrap_or(false),
            act: Act { base: cell(6)?.word()?, detail: cell(7)?.owned()? },
            accused: self.party(cell(8)?, cell(9)?)?,
            attribution: cell(10)?.maybe_word()?,
            target: self.party(cell(11)?, cell(12)?)?,
            when: moment(cell(13)?, cell(14)?, cell(15)?, cell(16)?, total)?,
            published: cell(17)?.maybe_int()?,
            point: own.or_else(|| places.iter().find_map(|p| self.points.get(&p.place?).copied())),
            places,
            tolls,
            figures,
            total,
            parties,
            mediators,
            dispatch: cell(20)?.maybe_id()?,
            source: cell(21)?.maybe_id()?,
            offset: cell(22)?.maybe_int()?.and_then(|n| usize::try_from(n).ok()).unwrap_or(0),
            wording: wording(row)?,
        })
    }

    fn truce_parties(&self, claim: Id, children: &mut Children<'_>) -> Result<(Vec<Id>, Vec<Id>)> {
        let (mut parties, mut mediators) = (Vec::new(), Vec::new());
        children.parties.of(claim.0, |row| {
            let row = ClaimPartyRow::read(row)?;
            let party = self.party(row.party, row.name)?;
            match row.role.text()? {
                TRUCE_PARTY => parties.extend(party),
                MEDIATOR => mediators.extend(party),
                _ => {}
            }
            Ok(())
        })?;
        Ok((parties, mediators))
    }

    fn toll(&self, row: &LossRow<'_>) -> Result<Toll> {
        let loss = claim_read::loss(row)?;
        Ok(Toll {
            side: self.party(row.side, row.side_text)?,
            killed: loss.killed,
            wounded: loss.wounded,
            missing: loss.missing,
            captured: loss.captured,
            civilian: loss.civilian,
            total: loss.is_total(),
            since: loss.since.filter(|_| loss.window.is_none()),
        })
    }
}

/// A hash of what a claim says that reconciliation does not weigh: its own columns of words, and its dispatch's text.
fn wording(row: &Row<'_>) -> Result<u64> {
    let mut hash = Mix::default();
    for column in 25..34 {
        match row.get_ref(column)? {
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.hash(&mut hash),
            _ => hash.write_u8(0),
        }
    }
    Ok(hash.finish())
}

fn moment(lo: Cell<'_>, hi: Cell<'_>, grain: Cell<'_>, extent: Cell<'_>, total: bool) -> Result<Option<Moment>> {
    use crate::model::Extent;
    let Some(grain) = grain.maybe_word()? else { return Ok(None) };
    // As `Claim::extent`: as told, else throughout for a total.
    let extent = extent.maybe_word()?.unwrap_or(if total { Extent::Throughout } else { Extent::Within });
    Ok(Some(Moment { lo: lo.maybe_int()?, hi: hi.maybe_int()?, grain, extent }))
}

/// Kinds, sides and places.
pub(super) fn registers(conn: &Connection) -> Result<Registers> {
    let mut registers = Registers::default();
    for party in party::parties(conn)? {
        registers.party.insert(party.id, hash_of(&party.value.name));
        registers.kind.insert(party.id, party.value.kind);
        registers.side.extend(party.value.side.as_deref().map(|side| (party.id, side_number(side))));
    }
    for place in PlaceIndex::load(conn)?.places {
        registers.parent.extend(place.parent.map(|parent| (place.id, parent)));
        registers.point.extend(place.point.map(|point| (place.id, point)));
    }
    for source in source::sources(conn)? {
        registers.source.insert(source.id, hash_of(&source.value.name));
        registers.compilers.extend(Some(source.id).filter(|_| source.value.kind == SourceKind::Compiler));
    }
    Ok(registers)
}

/// The number of a side: a hash of its name, which stays the same whatever else is registered.
fn side_number(side: &str) -> u64 {
    let hash = key16(key(side).as_bytes());
    hash.iter().take(8).fold(0, |number, &byte| number << 8 | u64::from(byte))
}
