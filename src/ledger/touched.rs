//! D: drawing the conclusions anew for what a batch touched, and for nothing else.
//!
//! What is concluded about a claim depends on its component alone (see [`crate::reconcile`]). So a batch touches the
//! components its claims belonged to, and those it ties them to now: these are taken out, laid on a desk of their own, and
//! put back. The result is that of a run over all claims.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::error::Result;
use crate::model::Id;
use crate::reconcile::{self, CAP, Cell, Decisions, Desk, Explanation, Fact, Filing, FullCell, Rank};

use super::users::{Registered, Wanted};
use super::{concluded_write, decided};

const NEWEST: &str = "SELECT coalesce(max(id), 0) FROM claim";
const IS_LIVE: &str = "SELECT EXISTS (SELECT 1 FROM claim WHERE id = :id)
  AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'claim' AND dead.id = :id)";
const DISPATCH_OF: &str = "SELECT dispatch FROM claim WHERE id = :id";
const OF_DISPATCH: &str = "SELECT id FROM claim WHERE dispatch = :dispatch";
const ANSWERING: &str = "SELECT claim FROM claim_answer WHERE answer = 'C' || :id
UNION SELECT claim FROM claim_answer WHERE answer = (SELECT reference FROM claim WHERE id = :id)";
const TRUCE_FACTS: &str = "SELECT id FROM claim
WHERE act IN ('truce-agreed', 'truce-begins', 'truce-extended', 'truce-ends') ORDER BY id";

const FILED: &str = "SELECT claim FROM filed WHERE cell = :cell ORDER BY claim";
const CROWD: &str = "SELECT count(*) FROM filed WHERE cell = :cell";
const FILE: &str = "INSERT INTO filed (cell, claim) VALUES (:cell, :claim) ON CONFLICT (cell, claim) DO NOTHING";
const UNFILE: &str = "DELETE FROM filed WHERE cell = :cell AND claim = :claim";
const FULL: &str = "SELECT cell, last, published, content, beyond FROM full_cell ORDER BY cell";
const LAST: &str = "SELECT cell, last, published, content, beyond FROM full_cell WHERE cell = :cell";
const OVERFLOW: &str = "INSERT INTO full_cell (cell, last, published, content, beyond)
  VALUES (:cell, :last, :published, :content, 1)
  ON CONFLICT (cell) DO UPDATE SET beyond = beyond + 1";
const DRAIN: &str = "UPDATE full_cell SET beyond = beyond - 1 WHERE cell = :cell";
const DRAINED: &str = "DELETE FROM full_cell WHERE beyond = 0";

const COMPONENT: &str = "SELECT claim FROM membership
WHERE component = (SELECT component FROM membership WHERE claim = :claim)";
const MEMBERS: &str = "SELECT claim FROM membership
WHERE incident = (SELECT incident FROM membership WHERE claim = :claim)";
const FORGET_INCIDENT: &str = "DELETE FROM incident
WHERE id = (SELECT incident FROM membership WHERE claim = :claim)";
const FORGET_CLAIM: &str = "DELETE FROM membership WHERE claim = :claim";
const FORGET_REPLY: &str = "DELETE FROM attached WHERE reply = :claim";
const FORGET_CONTRADICTION: &str = "DELETE FROM contradiction WHERE same_a = :claim";

/// What a batch changed of that which conclusions rest on, and of what is kept beside them.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Claims that came to count: written, or accepted after all.
    pub(super) added: BTreeSet<Id>,
    /// Claims that ceased to count.
    pub(super) died: BTreeSet<Id>,
    /// Claims about which persons decided something.
    pub(super) decided: BTreeSet<Id>,
    /// Drafts whose review changed, about which nothing is concluded anew.
    pub(super) accepted: BTreeSet<Id>,
    /// Claims that are read in another way since registers changed.
    pub(super) reread: BTreeSet<Id>,
    /// Whether anything may have changed: the conclusions were those of another program, or of an earlier batch.
    pub(super) everything: bool,
}

impl Changes {
    /// Whether nothing changed.
    pub(super) fn is_empty(&self) -> bool {
        self.leave_conclusions() && self.accepted.is_empty()
    }

    /// Whether conclusions rest on nothing that changed.
    pub(super) fn leave_conclusions(&self) -> bool {
        !self.everything && self.all().next().is_none()
    }

    fn all(&self) -> impl Iterator<Item = Id> {
        [&self.added, &self.died, &self.decided, &self.reread].into_iter().flatten().copied()
    }

    /// Notes which claims are read in another way than before registers changed.
    pub(super) fn read_anew(&mut self, conn: &Connection, before: &Registered) -> Result<()> {
        self.reread = Wanted::changed(before, &Registered::load(conn)?).users(conn)?;
        Ok(())
    }

    /// Notes that a claim counts now. Where anything may have changed, nothing is noted.
    pub(super) fn count(&mut self, claim: Id) {
        if !self.everything && !self.died.remove(&claim) {
            self.added.insert(claim);
        }
    }

    /// Notes that a claim does not count any more.
    pub(super) fn discount(&mut self, claim: Id) {
        if !self.everything && !self.added.remove(&claim) {
            self.died.insert(claim);
        }
    }

    /// Whether looking at all claims is less work than looking for what these touch.
    pub(super) fn are_most(&self, conn: &Connection) -> Result<bool> {
        /// Looking for what one claim touches costs about as much as reconciling so many in a full run.
        const TIMES: i64 = 8;
        let claims: i64 = conn.prepare_cached(NEWEST)?.query_row([], |row| row.get(0))?;
        let changed = self.all().count();
        Ok(self.everything || i64::try_from(changed).unwrap_or(i64::MAX).saturating_mul(TIMES) > claims)
    }
}

/// Draws the conclusions that changes touch, and returns the claims they are about; `before` is what registers said, where
/// they changed. `None`: they touch a full cell in a way that may concern any claim, so that all have to be looked at;
/// nothing of use was written then.
pub(super) fn follow(
    conn: &Connection,
    changes: &Changes,
    before: Option<&Registered>,
) -> Result<Option<BTreeSet<Id>>> {
    let look = Look::new(conn)?;
    let told = look.told_with(changes)?;
    let live = look.live(&told)?;
    let counted = counted_before(&told, &live, changes);
    let old = desk(conn, before.unwrap_or(&look.now), &counted)?.filings();
    let new = desk(conn, &look.now, &live)?.filings();
    if !look.refile(&old, &new)? {
        return Ok(None);
    }
    let mut touched = look.tied(&live)?;
    touched.extend(&told);
    touched = look.components(touched)?;
    let decisions = look.decisions(&touched)?;
    let on_desk = look.live(&touched)?;
    let outcome = look.desk_with_mates(&on_desk)?.conclude(&decisions);
    for claim in &touched {
        let claim = named_params! { ":claim": claim.0 };
        for forget in [FORGET_INCIDENT, FORGET_CLAIM, FORGET_REPLY, FORGET_CONTRADICTION] {
            conn.prepare_cached(forget)?.execute(claim)?;
        }
    }
    concluded_write::some(conn, &outcome)?;
    if look.tells_truces(&told)? {
        concluded_write::truces(conn, &look.truces()?)?;
    }
    Ok(Some(touched))
}

/// Some claims, with all of their components.
pub(super) fn components_of(conn: &Connection, claims: &BTreeSet<Id>) -> Result<BTreeSet<Id>> {
    if claims.is_empty() { Ok(BTreeSet::new()) } else { Look::new(conn)?.components(claims.clone()) }
}

/// Why the claims of the incident that holds a claim are held together, and why the nearest others are not.
pub(super) fn explain(conn: &Connection, claim: Id) -> Result<Explanation> {
    let look = Look::new(conn)?;
    let members: BTreeSet<Id> = look.ids(MEMBERS, ":claim", claim.0)?.into_iter().collect();
    let near = look.near(&members)?;
    Ok(look.desk_with_mates(&look.live(&near)?)?.explain(&look.decisions(&near)?, &members))
}

/// Those of `told` that counted before the batch.
fn counted_before(told: &BTreeSet<Id>, live: &BTreeSet<Id>, changes: &Changes) -> BTreeSet<Id> {
    let counted =
        |claim: &&Id| (live.contains(claim) && !changes.added.contains(claim)) || changes.died.contains(claim);
    told.iter().filter(counted).copied().collect()
}

/// What is read again and again.
struct Look<'a> {
    conn: &'a Connection,
    now: Registered,
}

/// A desk with some claims, all of whose dispatches' claims are among them.
fn desk<'a>(conn: &Connection, read: &'a Registered, claims: &BTreeSet<Id>) -> Result<Desk<'a>> {
    let mut desk = Desk::for_some(&read.registers, Vec::new());
    read.context.some(conn, claims)?.iter().for_each(|fact| desk.add(fact));
    Ok(desk)
}

impl<'a> Look<'a> {
    fn new(conn: &'a Connection) -> Result<Self> {
        Ok(Self { conn, now: Registered::load(conn)? })
    }

    fn ids(&self, sql: &str, name: &str, value: i64) -> Result<Vec<Id>> {
        let mut select = self.conn.prepare_cached(sql)?;
        let ids = select.query_map(&[(name, &value)], |row| row.get(0).map(Id))?;
        Ok(ids.collect::<std::result::Result<_, _>>()?)
    }

    /// The changed claims, those that said they answer one of them, and all that stands in one dispatch with these: of
    /// such it may read differently who is spoken of and what was told before.
    fn told_with(&self, changes: &Changes) -> Result<BTreeSet<Id>> {
        let mut told: BTreeSet<Id> = changes.all().collect();
        for claim in changes.added.union(&changes.died) {
            told.extend(self.ids(ANSWERING, ":id", claim.0)?);
        }
        self.with_mates(&told)
    }

    /// Some claims, with all that stand in one dispatch with any of them.
    fn with_mates(&self, claims: &BTreeSet<Id>) -> Result<BTreeSet<Id>> {
        let mut of = self.conn.prepare_cached(DISPATCH_OF)?;
        let mut dispatches = BTreeSet::new();
        for claim in claims {
            let dispatch = of.query_row(named_params! { ":id": claim.0 }, |row| row.get::<_, Option<i64>>(0));
            dispatches.extend(dispatch.optional()?.flatten());
        }
        let mut all = claims.clone();
        for dispatch in dispatches {
            all.extend(self.ids(OF_DISPATCH, ":dispatch", dispatch)?);
        }
        Ok(all)
    }

    fn is_live(&self, claim: Id) -> Result<bool> {
        Ok(self.conn.prepare_cached(IS_LIVE)?.query_row(named_params! { ":id": claim.0 }, |row| row.get(0))?)
    }

    fn live(&self, claims: &BTreeSet<Id>) -> Result<BTreeSet<Id>> {
        let mut live = BTreeSet::new();
        for &claim in claims {
            if self.is_live(claim)? {
                live.insert(claim);
            }
        }
        Ok(live)
    }

    fn facts(&self, claims: &BTreeSet<Id>) -> Result<Vec<Fact>> {
        self.now.context.some(self.conn, claims)
    }

    /// A desk with some live claims, and beside them what their dispatches tell else.
    fn desk_with_mates(&self, claims: &BTreeSet<Id>) -> Result<Desk<'_>> {
        let mut desk = Desk::for_some(&self.now.registers, full_cells(self.conn)?);
        for fact in self.facts(claims)? {
            desk.add(&fact);
        }
        let mates = self.with_mates(claims)?.difference(claims).copied().collect();
        for fact in self.facts(&self.live(&mates)?)? {
            desk.add_aside(&fact);
        }
        Ok(desk)
    }

    fn decisions(&self, claims: &BTreeSet<Id>) -> Result<Decisions> {
        decided::decisions(self.conn, |claim| self.is_live(claim), Some(claims))
    }

    /// Some claims, and all that they are compared with or that decisions bring together with them.
    fn near(&self, claims: &BTreeSet<Id>) -> Result<BTreeSet<Id>> {
        let mut near = claims.clone();
        for cell in self.desk_with_mates(claims)?.neighbours() {
            near.extend(self.ids(FILED, ":cell", cell.0)?);
        }
        let decisions = self.decisions(claims)?;
        for link in &decisions.links {
            near.extend([link.a, link.b].into_iter().filter(|_| claims.contains(&link.a) || claims.contains(&link.b)));
        }
        for &(reply, accusation) in &decisions.answers {
            near.extend(
                [reply, accusation].into_iter().filter(|_| claims.contains(&reply) || claims.contains(&accusation)),
            );
        }
        Ok(near)
    }

    /// The claims that some are tied to now, and these.
    fn tied(&self, claims: &BTreeSet<Id>) -> Result<BTreeSet<Id>> {
        let near = self.live(&self.near(claims)?)?;
        Ok(self.desk_with_mates(&near)?.touched(&self.decisions(claims)?, claims))
    }

    /// Some claims, with all of their components as they were.
    fn components(&self, claims: BTreeSet<Id>) -> Result<BTreeSet<Id>> {
        let mut all = BTreeSet::new();
        for claim in claims {
            if all.insert(claim) {
                all.extend(self.ids(COMPONENT, ":claim", claim.0)?);
            }
        }
        Ok(all)
    }

    fn tells_truces(&self, claims: &BTreeSet<Id>) -> Result<bool> {
        Ok(self.facts(claims)?.iter().any(|fact| fact.act.base.is_truce_fact()))
    }

    fn truces(&self) -> Result<Vec<reconcile::ProposedTruce>> {
        let mut select = self.conn.prepare_cached(TRUCE_FACTS)?;
        let ids = select.query_map([], |row| row.get(0).map(Id))?.collect::<std::result::Result<BTreeSet<Id>, _>>()?;
        Ok(reconcile::truces(&self.facts(&self.live(&ids)?)?, &self.now.registers))
    }

    /// Files claims where they belong now. `false`: one comes or goes among the first of a full cell, so that another goes
    /// or comes.
    fn refile(&self, old: &[Filing], new: &[Filing]) -> Result<bool> {
        let conn = self.conn;
        let key = |filing: &Filing| (filing.cell, filing.claim);
        let old: BTreeSet<(Cell, Rank)> = old.iter().map(key).collect();
        let new: BTreeSet<(Cell, Rank)> = new.iter().map(key).collect();
        for (cell, rank) in old.difference(&new) {
            match self.last_of(*cell)? {
                Some(last) if *rank <= last => return Ok(false),
                Some(_) => conn.prepare_cached(DRAIN)?.execute(named_params! { ":cell": cell.0 })?,
                None => {
                    conn.prepare_cached(UNFILE)?.execute(named_params! { ":cell": cell.0, ":claim": rank.claim.0 })?
                }
            };
        }
        for (cell, rank) in new.difference(&old) {
            match self.last_if_full(*cell)? {
                Some(last) if *rank < last => return Ok(false),
                Some(Rank { published, content, claim }) => conn.prepare_cached(OVERFLOW)?.execute(named_params! {
                    ":cell": cell.0, ":last": claim.0, ":published": published, ":content": content
                })?,
                None => {
                    conn.prepare_cached(FILE)?.execute(named_params! { ":cell": cell.0, ":claim": rank.claim.0 })?
                }
            };
        }
        conn.prepare_cached(DRAINED)?.execute([])?;
        Ok(true)
    }

    /// The last claim filed in a cell into which more fall.
    fn last_of(&self, cell: Cell) -> Result<Option<Rank>> {
        let mut select = self.conn.prepare_cached(LAST)?;
        Ok(select.query_row(named_params! { ":cell": cell.0 }, full_cell).optional()?.map(|full| full.last))
    }

    /// The last claim filed in a cell that takes no more.
    fn last_if_full(&self, cell: Cell) -> Result<Option<Rank>> {
        let filed: i64 =
            self.conn.prepare_cached(CROWD)?.query_row(named_params! { ":cell": cell.0 }, |row| row.get(0))?;
        if usize::try_from(filed).is_ok_and(|filed| filed < CAP) {
            return Ok(None);
        }
        let last = self.last_of(cell)?;
        if last.is_some() {
            return Ok(last);
        }
        let facts = self.facts(&self.ids(FILED, ":cell", cell.0)?.into_iter().collect())?;
        Ok(facts.iter().map(|fact| Rank::of(fact, &self.now.registers)).max())
    }
}

fn full_cells(conn: &Connection) -> Result<Vec<FullCell>> {
    let mut select = conn.prepare_cached(FULL)?;
    let cells = select.query_map([], full_cell)?;
    Ok(cells.collect::<std::result::Result<_, _>>()?)
}

fn full_cell(row: &Row<'_>) -> rusqlite::Result<FullCell> {
    let last = Rank { claim: Id(row.get(1)?), published: row.get(2)?, content: row.get(3)? };
    Ok(FullCell { cell: Cell(row.get(0)?), last, beyond: row.get::<_, i64>(4)?.unsigned_abs() })
}
