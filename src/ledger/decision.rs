//! What persons decide about claims: answers, links, reviews, retractions; and which rows are dead.

use rusqlite::{Connection, named_params};

use crate::error::{Error, Result};
use crate::model::{Id, Number, NumberKind};

use super::batch::Batch;
use super::claim::CLAIM;
use super::encoding::Children;
use super::table::{Table, table};

table! {
    /// One claim answers another.
    entry ANSWER, AnswerRow = 13 "answer" { 1 id, 2 batch, 3 reply, 4 accusation, 5 why, }
}

table! {
    /// Claims taken back.
    entry RETRACTION, RetractionRow = 14 "retraction" { 1 id, 2 batch, 3 claim, 4 mode, 5 why, }
}

table! {
    /// Drafts accepted or rejected.
    entry REVIEW, ReviewRow = 15 "review" { 1 id, 2 batch, 3 claim, 4 verdict, 5 why, }
}

table! {
    /// Claims about the same event, or not.
    entry LINK, LinkRow = 16 "link" { 1 id, 2 batch, 3 a, 4 b, 5 same, 6 why, }
}

/// Remakes the list of dead rows. Rows of undone batches are buried first, table by table.
pub(super) const REMAKE: &str = "INSERT INTO dead (kind, id, cause, by)
SELECT 'claim', replaces, 'replaced', max(id) FROM claim
WHERE replaces IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'claim' AND dead.id = claim.id AND cause = 'undone')
GROUP BY replaces
ON CONFLICT (kind, id) DO NOTHING;
INSERT INTO dead (kind, id, cause, by)
SELECT 'truce', replaces, 'replaced', max(id) FROM truce
WHERE replaces IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'truce' AND dead.id = truce.id AND cause = 'undone')
GROUP BY replaces
ON CONFLICT (kind, id) DO NOTHING;
INSERT INTO dead (kind, id, cause, by)
SELECT 'claim', claim, mode, id FROM retraction
WHERE NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'retraction' AND dead.id = retraction.id)
ORDER BY id
ON CONFLICT (kind, id) DO NOTHING;
INSERT INTO dead (kind, id, cause, by)
SELECT 'claim', claim, 'rejected', id FROM review
WHERE verdict = 'rejected' AND id = (
  SELECT max(latest.id) FROM review AS latest WHERE latest.claim = review.claim
    AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'review' AND dead.id = latest.id))
ON CONFLICT (kind, id) DO NOTHING;";

const LINKS: &str = "SELECT a, b, same, why, batch FROM link AS one WHERE same IS NOT NULL AND id = (
  SELECT max(id) FROM link WHERE link.a = one.a AND link.b = one.b
    AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'link' AND dead.id = link.id))
ORDER BY a, b";

const BURY: &str = "INSERT INTO dead (kind, id, cause, by) VALUES (:kind, :id, :cause, :by)
  ON CONFLICT (kind, id) DO NOTHING";
const RAISE: &str = "DELETE FROM dead WHERE kind = :kind AND id = :id AND cause = :cause";
const DEAD: &str = "SELECT cause, by FROM dead WHERE kind = :kind AND id = :id";
const DRAFT: &str = "SELECT extractor IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM review WHERE review.claim = claim.id AND verdict = 'accepted'
    AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'review' AND dead.id = review.id))
FROM claim WHERE id = :id";
const UNSEE: &str = "DELETE FROM seen WHERE kind = 'claim' AND entry = :id
  AND key = (SELECT coalesce(ref_key, content_key) FROM claim WHERE id = :id)";

/// What a person says of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It counts as a person's claim.
    Accepted,
    /// It does not count any more.
    Rejected,
}

impl Verdict {
    /// In a word: "accepted", "rejected".
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }
}

/// What a person said of two claims, as it holds today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkDecision {
    /// The claim of the smaller id.
    pub a: Id,
    /// The other.
    pub b: Id,
    /// Whether they are about the same event, or about different ones.
    pub same: bool,
    /// Why, in the person's words.
    pub why: Option<String>,
    /// The batch that wrote it.
    pub batch: Id,
}

impl LinkDecision {
    /// Whether it is about these two claims, in whatever order.
    pub fn is_of(&self, a: Id, b: Id) -> bool {
        (self.a, self.b) == (a.min(b), a.max(b))
    }
}

/// The decisions about pairs of claims that no later one has replaced or withdrawn, by claims.
pub(super) fn links(conn: &Connection) -> Result<Vec<LinkDecision>> {
    let mut select = conn.prepare_cached(LINKS)?;
    let links = select.query_map([], |row| {
        Ok(LinkDecision {
            a: Id(row.get(0)?),
            b: Id(row.get(1)?),
            same: row.get(2)?,
            why: row.get(3)?,
            batch: Id(row.get(4)?),
        })
    })?;
    Ok(links.collect::<Result<_, _>>()?)
}

/// Why a row does not count, in words: "replaced by C20".
pub(super) fn death(conn: &Connection, table: &Table, id: Id) -> Result<Option<String>> {
    let mut select = conn.prepare_cached(DEAD)?;
    let mut rows = select.query(named_params! { ":kind": table.name, ":id": id.0 })?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (cause, by): (String, i64) = (row.get(0)?, row.get(1)?);
    let kind = match (cause.as_str(), table.name) {
        ("undone", _) => NumberKind::Batch,
        ("replaced", "truce") => NumberKind::Truce,
        ("replaced", _) => NumberKind::Claim,
        _ => return Ok(Some(cause)),
    };
    Ok(Some(format!("{cause} by {}", Number::own(kind, Id(by).number()))))
}

/// The letter of a table whose rows people quote by number, with its name.
fn quoted_as(table: &Table, id: Id) -> String {
    let kind = NumberKind::ALL.iter().find(|(.., name)| *name == table.name);
    kind.map_or_else(
        || format!("{} {}", table.name, id.number()),
        |(kind, ..)| Number::own(*kind, id.number()).to_string(),
    )
}

impl Batch<'_> {
    /// An error unless there is such a row, dead or alive.
    pub(super) fn exists(&mut self, table: &'static Table, id: Id) -> Result<()> {
        if self.writer.conn.prepare_cached(table.of)?.exists(named_params! { ":id": id.0 })? {
            return Ok(());
        }
        Err(Error::not_found(format!("there is no {} {}", table.name, quoted_as(table, id))))
    }

    /// An error unless there is such a row and it counts.
    pub(super) fn live(&mut self, table: &'static Table, id: Id) -> Result<()> {
        self.exists(table, id)?;
        match death(self.writer.conn, table, id)? {
            None => Ok(()),
            Some(cause) => Err(Error::conflict(format!("{} does not count any more: {cause}", quoted_as(table, id)))),
        }
    }

    /// Marks a row as dead.
    pub(super) fn bury(&mut self, table: &'static Table, id: Id, cause: &str, by: Id) -> Result<()> {
        let params = named_params! { ":kind": table.name, ":id": id.0, ":cause": cause, ":by": by.0 };
        let buried = self.writer.conn.prepare_cached(BURY)?.execute(params)? == 1;
        if buried && table.code == CLAIM.code {
            self.changes.discount(id);
        }
        Ok(())
    }

    /// Says that one claim answers another.
    pub fn answer(&mut self, reply: Id, accusation: Id, why: Option<&str>) -> Result<()> {
        if reply == accusation {
            return Err(Error::usage("a claim cannot answer itself"));
        }
        self.live(&CLAIM, reply)?;
        self.live(&CLAIM, accusation)?;
        let row = AnswerRow {
            id: self.writer.next(&ANSWER)?.into(),
            batch: self.writer.batch.into(),
            reply: reply.into(),
            accusation: accusation.into(),
            why: why.into(),
        };
        self.changes.decided.extend([reply, accusation]);
        self.writer.append(&ANSWER, &row.cells(), &Children::default())
    }

    /// Says that two claims are about the same event (`Some(true)`), are not, or takes back what was said of them.
    pub fn link(&mut self, a: Id, b: Id, same: Option<bool>, why: Option<&str>) -> Result<()> {
        if a == b {
            return Err(Error::usage("a link needs two claims"));
        }
        self.live(&CLAIM, a)?;
        self.live(&CLAIM, b)?;
        let row = LinkRow {
            id: self.writer.next(&LINK)?.into(),
            batch: self.writer.batch.into(),
            a: a.min(b).into(),
            b: a.max(b).into(),
            same: same.into(),
            why: why.into(),
        };
        self.changes.decided.extend([a, b]);
        self.writer.append(&LINK, &row.cells(), &Children::default())
    }

    /// Takes a claim back. Its key stays taken: importing the same row again does not bring it back.
    pub fn retract(&mut self, claim: Id, why: &str) -> Result<()> {
        self.take_back(claim, "retracted", why)
    }

    /// Takes an unreviewed draft out because its dispatch was read anew, and frees its key so that a later reading may
    /// bring it back.
    pub fn withdraw_draft(&mut self, claim: Id, why: &str) -> Result<()> {
        self.exists(&CLAIM, claim)?;
        let draft: bool =
            self.writer.conn.prepare_cached(DRAFT)?.query_row(named_params! { ":id": claim.0 }, |r| r.get(0))?;
        if !draft {
            return Err(Error::conflict(format!("{} is no unreviewed draft", quoted_as(&CLAIM, claim)))
                .hint("`trucebook retract` takes back a person's claim"));
        }
        self.take_back(claim, "withdrawn", why)?;
        self.keys.store(self.writer.conn)?;
        self.writer.conn.prepare_cached(UNSEE)?.execute(named_params! { ":id": claim.0 })?;
        Ok(())
    }

    fn take_back(&mut self, claim: Id, mode: &'static str, why: &str) -> Result<()> {
        self.live(&CLAIM, claim)?;
        let id = self.writer.next(&RETRACTION)?;
        let row = RetractionRow {
            id: id.into(),
            batch: self.writer.batch.into(),
            claim: claim.into(),
            mode: mode.into(),
            why: why.into(),
        };
        self.writer.append(&RETRACTION, &row.cells(), &Children::default())?;
        self.bury(&CLAIM, claim, mode, id)
    }

    /// Accepts or rejects a draft. A later review of the same claim holds instead.
    pub fn review(&mut self, claim: Id, verdict: Verdict, why: Option<&str>) -> Result<()> {
        self.exists(&CLAIM, claim)?;
        let rejected = "rejected";
        let params = named_params! { ":kind": CLAIM.name, ":id": claim.0, ":cause": rejected };
        if self.writer.conn.prepare_cached(RAISE)?.execute(params)? == 1 {
            self.changes.count(claim);
        }
        self.live(&CLAIM, claim)?;
        let id = self.writer.next(&REVIEW)?;
        let row = ReviewRow {
            id: id.into(),
            batch: self.writer.batch.into(),
            claim: claim.into(),
            verdict: verdict.as_str().into(),
            why: why.into(),
        };
        self.writer.append(&REVIEW, &row.cells(), &Children::default())?;
        match verdict {
            Verdict::Accepted => {
                self.changes.accepted.insert(claim);
                Ok(())
            }
            Verdict::Rejected => self.bury(&CLAIM, claim, rejected, id),
        }
    }
}
