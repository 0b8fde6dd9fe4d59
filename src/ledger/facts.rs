//! Live claims as reconciliation and reports see them: names resolved, times as instants, children beside them.

use std::collections::{BTreeSet, HashMap, HashSet};

use rusqlite::{Connection, Params, Row, named_params};

use crate::error::Result;
use crate::model::text::key;
use crate::model::{Act, Figure, Id, Loss, SourceKind};
use crate::reconcile::{Claimant, Decisions, Fact, Link, Moment, PlaceName, Registers, Toll};

use super::Counted;
use super::claim::{ClaimPartyRow, FigureRow, LossRow, MEDIATOR, TRUCE_PARTY};
use super::claim_read;
use super::claim_ready::ref_key;
use super::claim_write::own_claim;
use super::names::{self, Leads};
use super::place::{PlaceIndex, point};
use super::seen;
use super::table::Cell;
use super::{decision, party, source};

const CLAIMS: &str = "SELECT claim.id, claim.batch, claim.claimant, claim.narration, claim.claimant_text, claim.stance,
  claim.in_response, claim.act, claim.detail, claim.accused, claim.accused_text, claim.attribution, claim.target,
  claim.target_text, claim.lo, claim.hi, claim.grain, claim.extent,
  coalesce(claim.published_hi, dispatch.published_hi, claim.noted_hi), claim.lat_e7, claim.lon_e7, claim.dispatch,
  coalesce(claim.source, dispatch.source), claim.span_lo, claim.extractor IS NOT NULL, membership.statement,
  membership.incident
FROM claim
LEFT JOIN dispatch ON dispatch.id = claim.dispatch
LEFT JOIN membership ON membership.claim = claim.id
WHERE claim.id BETWEEN :first AND :last
  AND (:dead OR NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'claim' AND dead.id = claim.id))
ORDER BY claim.id";
const NEWEST: &str = "SELECT coalesce(max(id), 0) FROM claim";
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
const ANSWERS: &str = "SELECT reply, accusation FROM answer
WHERE NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'answer' AND dead.id = answer.id)
ORDER BY reply, accusation";
const SAID_ANSWERS: &str = "SELECT claim_answer.claim, claim_answer.answer, claim.source
FROM claim_answer JOIN claim ON claim.id = claim_answer.claim
WHERE claim_answer.claim BETWEEN :first AND :last
ORDER BY claim_answer.claim, claim_answer.ord";
const REPLACED: &str = "SELECT id, by FROM dead WHERE kind = 'claim' AND cause = 'replaced'";

/// How many claims are read at once where all are: so many take little memory, and a round of statements little time.
const CHUNK: i64 = 20_000;

/// Hands every live claim over, by id.
pub(super) fn each(conn: &Connection, mut take: impl FnMut(Counted)) -> Result<()> {
    let context = Context::load(conn)?;
    let newest: i64 = conn.prepare_cached(NEWEST)?.query_row([], |row| row.get(0))?;
    let mut first = 0;
    while first <= newest {
        let claims = context.read(conn, (first, first.saturating_add(CHUNK - 1)), false)?;
        claims.into_iter().for_each(&mut take);
        first = first.saturating_add(CHUNK);
    }
    Ok(())
}

/// The live claims of a range of ids.
pub(super) fn load(conn: &Connection, range: (i64, i64)) -> Result<Vec<Counted>> {
    Context::load(conn)?.read(conn, range, false)
}

/// Those of some claims that are live, in the order given.
pub(super) fn of(conn: &Connection, claims: impl IntoIterator<Item = Id>) -> Result<Vec<Counted>> {
    let context = Context::load(conn)?;
    let mut found = Vec::new();
    for claim in claims {
        found.extend(context.read(conn, (claim.0, claim.0), false)?);
    }
    Ok(found)
}

fn ids(conn: &Connection, sql: &str, params: impl Params) -> Result<HashSet<i64>> {
    Ok(conn.prepare_cached(sql)?.query_map(params, |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Rows of a child table in the order of their claims, taken claim by claim.
#[derive(Debug)]
pub(super) struct Run<T> {
    rows: std::iter::Peekable<std::vec::IntoIter<(i64, T)>>,
}

impl<T> Run<T> {
    pub(super) fn load(
        conn: &Connection,
        sql: &str,
        range: (i64, i64),
        read: fn(&Row<'_>) -> Result<T>,
    ) -> Result<Self> {
        let mut select = conn.prepare_cached(sql)?;
        let mut rows = select.query(named_params! { ":first": range.0, ":last": range.1 })?;
        let mut run = Vec::new();
        while let Some(row) = rows.next()? {
            run.push((row.get(0)?, read(row)?));
        }
        Ok(Self { rows: run.into_iter().peekable() })
    }

    /// The rows of a claim. Claims are asked for in order; those of dead ones in between are passed over.
    pub(super) fn of(&mut self, claim: i64) -> Vec<T> {
        while self.rows.next_if(|(of, _)| *of < claim).is_some() {}
        let mut taken = Vec::new();
        while let Some((_, row)) = self.rows.next_if(|(of, _)| *of == claim) {
            taken.push(row);
        }
        taken
    }
}

struct ChildrenOf {
    figures: Run<Figure>,
    losses: Run<(Option<Id>, Loss)>,
    parties: Run<(String, Option<Id>, String)>,
    places: Run<String>,
}

impl ChildrenOf {
    fn load(conn: &Connection, range: (i64, i64)) -> Result<Self> {
        Ok(Self {
            figures: Run::load(conn, FIGURES, range, |row| claim_read::figure(&FigureRow::read(row)?))?,
            losses: Run::load(conn, LOSSES, range, |row| {
                let row = LossRow::read(row)?;
                Ok((row.side.maybe_id()?, claim_read::loss(&row)?))
            })?,
            parties: Run::load(conn, PARTIES, range, |row| {
                let row = ClaimPartyRow::read(row)?;
                Ok((row.role.text()?.to_owned(), row.party.maybe_id()?, row.name.text()?.to_owned()))
            })?,
            places: Run::load(conn, PLACES, range, |row| Ok(row.get(1)?))?,
        })
    }
}

/// What is looked up for every claim.
pub(super) struct Context {
    said: HashMap<String, Leads>,
    points: HashMap<Id, crate::model::Point>,
    accepted: HashSet<i64>,
}

impl Context {
    pub(super) fn load(conn: &Connection) -> Result<Self> {
        Ok(Self {
            said: names::said(conn)?,
            points: PlaceIndex::load(conn)?.places.into_iter().filter_map(|p| Some((p.id, p.point?))).collect(),
            accepted: ids(conn, ACCEPTED, [])?,
        })
    }

    /// The claims of a range of ids: those that count, or the dead too.
    fn read(&self, conn: &Connection, range: (i64, i64), dead: bool) -> Result<Vec<Counted>> {
        let mut children = ChildrenOf::load(conn, range)?;
        let mut claims = Vec::new();
        let mut select = conn.prepare_cached(CLAIMS)?;
        let mut rows = select.query(named_params! { ":first": range.0, ":last": range.1, ":dead": dead })?;
        while let Some(row) = rows.next()? {
            claims.push(self.counted(row, &mut children)?);
        }
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
            facts.extend(self.read(conn, (first.0, last.0), true)?.into_iter().map(|counted| counted.fact));
        }
        Ok(facts)
    }

    fn leads(&self, name: &str) -> Leads {
        self.said.get(name).copied().unwrap_or_default()
    }

    fn party(&self, party: Cell<'_>, text: Cell<'_>) -> Result<Option<Id>> {
        let known = party.maybe_id()?;
        Ok(match text.maybe_text()? {
            Some(text) if known.is_none() => self.leads(text).party,
            _ => known,
        })
    }

    fn counted(&self, row: &Row<'_>, children: &mut ChildrenOf) -> Result<Counted> {
        let cell = |n| row.get_ref(n).map(Cell::from);
        let id = cell(0)?.id()?;
        let fact = self.fact(id, row, children)?;
        let extracted = cell(24)?.maybe_flag()?.unwrap_or(false);
        Ok(Counted {
            fact,
            batch: cell(1)?.id()?,
            draft: extracted && !self.accepted.contains(&id.0),
            statement: cell(25)?.maybe_id()?.unwrap_or(id),
            incident: cell(26)?.maybe_id()?,
        })
    }

    fn fact(&self, id: Id, row: &Row<'_>, children: &mut ChildrenOf) -> Result<Fact> {
        let cell = |n| row.get_ref(n).map(Cell::from);
        let claimant = match (cell(3)?, self.party(cell(2)?, cell(4)?)?) {
            (Cell::Int(1), _) => Claimant::Narration,
            (_, Some(party)) => Claimant::Party(party),
            (_, None) => Claimant::Unknown,
        };
        let figures = children.figures.of(id.0);
        let losses = children.losses.of(id.0);
        let total = figures.iter().any(|f| f.span.is_total()) || losses.iter().any(|(_, loss)| loss.is_total());
        let places: Vec<_> = children
            .places
            .of(id.0)
            .into_iter()
            .map(|name| PlaceName { place: self.leads(&name).place, name })
            .collect();
        let (parties, mediators) = self.truce_parties(children.parties.of(id.0));
        let own = point(cell(19)?, cell(20)?)?;
        Ok(Fact {
            id,
            claimant,
            stance: cell(5)?.word()?,
            in_response: cell(6)?.maybe_flag()?.unwrap_or(false),
            act: Act { base: cell(7)?.word()?, detail: cell(8)?.owned()? },
            accused: self.party(cell(9)?, cell(10)?)?,
            attribution: cell(11)?.maybe_word()?,
            target: self.party(cell(12)?, cell(13)?)?,
            when: moment(cell(14)?, cell(15)?, cell(16)?, cell(17)?, total)?,
            published: cell(18)?.maybe_int()?,
            point: own.or_else(|| places.iter().find_map(|p| self.points.get(&p.place?).copied())),
            places,
            tolls: losses.into_iter().map(|(side, loss)| self.toll(side, &loss)).collect(),
            figures,
            total,
            parties,
            mediators,
            dispatch: cell(21)?.maybe_id()?,
            source: cell(22)?.maybe_id()?,
            offset: cell(23)?.maybe_int()?.and_then(|n| usize::try_from(n).ok()).unwrap_or(0),
        })
    }

    fn truce_parties(&self, rows: Vec<(String, Option<Id>, String)>) -> (Vec<Id>, Vec<Id>) {
        let mut lists = (Vec::new(), Vec::new());
        for (role, party, name) in rows {
            let Some(party) = party.or_else(|| self.leads(&name).party) else { continue };
            match role.as_str() {
                TRUCE_PARTY => lists.0.push(party),
                MEDIATOR => lists.1.push(party),
                _ => {}
            }
        }
        lists
    }

    fn toll(&self, side: Option<Id>, loss: &Loss) -> Toll {
        Toll {
            side: side.or_else(|| loss.side.as_deref().and_then(|name| self.leads(name).party)),
            killed: loss.killed,
            wounded: loss.wounded,
            missing: loss.missing,
            captured: loss.captured,
            civilian: loss.civilian,
            total: loss.is_total(),
            since: loss.since.filter(|_| loss.window.is_none()),
        }
    }
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
    let mut sides: HashMap<String, u32> = HashMap::new();
    for party in party::parties(conn)? {
        registers.kind.insert(party.id, party.value.kind);
        if let Some(side) = &party.value.side {
            let next = u32::try_from(sides.len()).unwrap_or(u32::MAX);
            registers.side.insert(party.id, *sides.entry(key(side)).or_insert(next));
        }
    }
    for place in PlaceIndex::load(conn)?.places {
        registers.parent.extend(place.parent.map(|parent| (place.id, parent)));
        registers.point.extend(place.point.map(|point| (place.id, point)));
    }
    let compilers = source::sources(conn)?.into_iter().filter(|source| source.value.kind == SourceKind::Compiler);
    registers.compilers = compilers.map(|source| source.id).collect();
    Ok(registers)
}

/// What persons decided about live claims: about all, or only what `replies` say they answer. What was said of a claim
/// that another has replaced is said of that other.
pub(super) fn decisions(
    conn: &Connection,
    is_live: impl Fn(Id) -> Result<bool>,
    replies: Option<&BTreeSet<Id>>,
) -> Result<Decisions> {
    let replaced: HashMap<i64, i64> = conn
        .prepare_cached(REPLACED)?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let newest = |mut id: i64| {
        while let Some(&by) = replaced.get(&id).filter(|&&by| by > id) {
            id = by;
        }
        Id(id)
    };
    let links = decision::links(conn)?;
    let links = links.into_iter().map(|link| Link { a: newest(link.a.0), b: newest(link.b.0), same: link.same });
    let mut select = conn.prepare_cached(ANSWERS)?;
    let decided = select.query_map([], |row| Ok((newest(row.get(0)?), newest(row.get(1)?))))?;
    let mut answers: Vec<(Id, Id)> = decided.collect::<Result<_, _>>()?;
    let said = match replies {
        None => said_answers(conn, (0, i64::MAX))?,
        Some(replies) => {
            let of = replies.iter().map(|reply| said_answers(conn, (reply.0, reply.0)));
            of.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect()
        }
    };
    answers.extend(said.into_iter().map(|(reply, accusation)| (reply, newest(accusation.0))));
    answers.sort_unstable();
    answers.dedup();
    let both = |a: Id, b: Id| Ok::<_, crate::error::Error>(a != b && is_live(a)? && is_live(b)?);
    let mut decisions = Decisions::default();
    for (reply, accusation) in answers {
        if both(reply, accusation)? {
            decisions.answers.push((reply, accusation));
        }
    }
    for link in links {
        if both(link.a, link.b)? {
            decisions.links.push(link);
        }
    }
    Ok(decisions)
}

/// Replies with the claims that their writers said they answer; references that lead to no claim yet are left out.
fn said_answers(conn: &Connection, range: (i64, i64)) -> Result<Vec<(Id, Id)>> {
    let mut answers = Vec::new();
    let mut select = conn.prepare_cached(SAID_ANSWERS)?;
    let mut rows = select.query(named_params! { ":first": range.0, ":last": range.1 })?;
    while let Some(row) = rows.next()? {
        let cell = |n| row.get_ref(n).map(Cell::from);
        let text = cell(1)?.text()?;
        let referred = seen::holder(conn, &ref_key(cell(2)?.maybe_id()?, text))?;
        let accusation = referred.or_else(|| own_claim(text));
        answers.extend(
            accusation.map(|accusation| Ok::<_, crate::error::Error>((cell(0)?.id()?, accusation))).transpose()?,
        );
    }
    Ok(answers)
}
