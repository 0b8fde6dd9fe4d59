//! Truces that persons confirmed.

use rusqlite::{Connection, named_params};

use crate::error::{Error, Result, quoted};
use crate::model::{Article, Id, Truce, TruceParty};

use super::batch::Batch;
use super::claim::CLAIM;
use super::decision::death;
use super::encoding::Children;
use super::seen;
use super::table::{Cell, table};
use super::time::Dated;
use super::{Added, Recorded};

table! {
    /// A truce, or a later version of it.
    entry TRUCE, TruceRow = 17 "truce" {
        1 id, 2 batch, 3 natural_key, 4 replaces, 5 title, 6 area, 7 agreed, 8 agreed_lo, 9 agreed_hi, 10 effective,
        11 effective_lo, 12 effective_hi, 13 ended, 14 ended_lo, 15 ended_hi, 16 duration, 17 terms,
    }
    children TRUCE_PARTY, TRUCE_ARTICLE, TRUCE_CLAIM;
}

table! {
    /// Who is what to it.
    child TRUCE_PARTY, TrucePartyRow = 210 "truce_party" of "truce" by "truce, ord" {
        0 truce, 1 ord, 2 party, 3 role, 4 effective, 5 effective_lo, 6 effective_hi, 7 ended, 8 ended_lo, 9 ended_hi,
    }
}

table! {
    /// What it obliges to.
    child TRUCE_ARTICLE, TruceArticleRow = 211 "truce_article" of "truce" by "truce, ord" {
        0 truce, 1 ord, 2 number, 3 text, 4 due, 5 due_lo, 6 due_hi,
    }
}

table! {
    /// The claims it was read from.
    child TRUCE_CLAIM, TruceClaimRow = 212 "truce_claim" of "truce" by "truce, ord" { 0 truce, 1 ord, 2 claim, }
}

const LIVE: &str = "SELECT id FROM truce
WHERE NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'truce' AND dead.id = truce.id)
ORDER BY effective_lo IS NULL, effective_lo, id";
const PARTIES: &str = "SELECT party.name, truce_party.role, truce_party.effective, truce_party.ended
FROM truce_party JOIN party ON party.id = truce_party.party WHERE truce_party.truce = :id ORDER BY ord";
const CLAIMS: &str = "SELECT claim FROM truce_claim WHERE truce = :id ORDER BY ord";

/// The live truces, by when they took effect; those that do not say it last.
pub(super) fn truces(conn: &Connection) -> Result<Vec<Recorded<Truce>>> {
    let mut select = conn.prepare_cached(LIVE)?;
    let ids: Vec<i64> = select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    ids.into_iter().filter_map(|id| truce(conn, Id(id)).transpose()).collect()
}

/// A truce, dead or alive.
pub(super) fn truce(conn: &Connection, id: Id) -> Result<Option<Recorded<Truce>>> {
    let mut select = conn.prepare_cached(TRUCE.of)?;
    let mut rows = select.query(named_params! { ":id": id.0 })?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let row = TruceRow::read(row)?;
    let value = Truce {
        title: row.title.text()?.to_owned(),
        area: row.area.owned()?,
        agreed: row.agreed.maybe_word()?,
        effective: row.effective.maybe_word()?,
        ended: row.ended.maybe_word()?,
        duration: row.duration.owned()?,
        terms: row.terms.owned()?,
        parties: parties(conn, id)?,
        articles: articles(conn, id)?,
    };
    Ok(Some(Recorded { id, batch: row.batch.id()?, value }))
}

fn parties(conn: &Connection, id: Id) -> Result<Vec<TruceParty>> {
    let mut select = conn.prepare_cached(PARTIES)?;
    let mut rows = select.query(named_params! { ":id": id.0 })?;
    let mut parties = Vec::new();
    while let Some(row) = rows.next()? {
        let cell = |n| row.get_ref(n).map(Cell::from);
        parties.push(TruceParty {
            party: cell(0)?.text()?.to_owned(),
            role: cell(1)?.word()?,
            effective: cell(2)?.maybe_word()?,
            ended: cell(3)?.maybe_word()?,
        });
    }
    Ok(parties)
}

fn articles(conn: &Connection, id: Id) -> Result<Vec<Article>> {
    let mut select = conn.prepare_cached(TRUCE_ARTICLE.of)?;
    let mut rows = select.query(named_params! { ":id": id.0 })?;
    let mut articles = Vec::new();
    while let Some(row) = rows.next()? {
        let row = TruceArticleRow::read(row)?;
        articles.push(Article {
            number: row.number.text()?.to_owned(),
            text: row.text.text()?.to_owned(),
            due: row.due.maybe_word()?,
        });
    }
    Ok(articles)
}

/// The claims a truce was read from.
pub(super) fn rests_on(conn: &Connection, id: Id) -> Result<Vec<Id>> {
    let mut select = conn.prepare_cached(CLAIMS)?;
    let ids = select.query_map(named_params! { ":id": id.0 }, |row| row.get(0).map(Id))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Parties by id and dates beside instants, in the order of the truce.
struct Read {
    parties: Vec<(Id, Dated, Dated)>,
    due: Vec<Dated>,
    agreed: Dated,
    effective: Dated,
    ended: Dated,
}

impl Batch<'_> {
    /// Records a truce; with `replaces`, in the place of an earlier version; `claims` are those it was read from. Where none
    /// are told it rests on those of the earlier version that still count.
    /// A truce that says the same as one that is there is a duplicate, whatever it was read from.
    pub fn add_truce(&mut self, truce: &Truce, replaces: Option<Id>, claims: &[Id]) -> Result<Added> {
        let read = self.read_truce(truce)?;
        for &claim in claims {
            self.live(&CLAIM, claim)?;
        }
        if let Some(old) = replaces {
            self.live(&TRUCE, old)?;
        }
        let id = self.writer.next(&TRUCE)?;
        let mut row = row_of(truce, &read);
        let key = self.writer.content_key(&TRUCE, &row.cells(), &children_of(Id(0), truce, &read, &[]));
        match (seen::give_if_free(self.writer.conn, &key, TRUCE.name, id)?, replaces) {
            (Some(known), None) => return Ok(Added::Duplicate(known)),
            (Some(known), Some(old)) if known == old && self.rests_on_no_other(old, claims)? => {
                return Ok(Added::Duplicate(known));
            }
            (Some(_), Some(_)) => seen::point(self.writer.conn, &key, TRUCE.name, id)?,
            (None, _) => {}
        }
        row.id = id.into();
        row.batch = self.writer.batch.into();
        row.natural_key = key.as_slice().into();
        row.replaces = replaces.into();
        let still = match replaces {
            Some(old) if claims.is_empty() => self.still_rests_on(old)?,
            _ => claims.to_vec(),
        };
        self.writer.append(&TRUCE, &row.cells(), &children_of(id, truce, &read, &still))?;
        let Some(old) = replaces else { return Ok(Added::New(id)) };
        self.bury(&TRUCE, old, "replaced", id)?;
        Ok(Added::Replaces(id, old))
    }

    /// Whether a truce rests on these claims, or none are told.
    fn rests_on_no_other(&self, truce: Id, told: &[Id]) -> Result<bool> {
        Ok(told.is_empty() || rests_on(self.writer.conn, truce)? == told)
    }

    /// The claims that a truce was read from and that still count.
    fn still_rests_on(&self, truce: Id) -> Result<Vec<Id>> {
        let mut still = Vec::new();
        for claim in rests_on(self.writer.conn, truce)? {
            if death(self.writer.conn, &CLAIM, claim)?.is_none() {
                still.push(claim);
            }
        }
        Ok(still)
    }

    fn read_truce(&mut self, truce: &Truce) -> Result<Read> {
        if truce.title.trim().is_empty() {
            return Err(Error::data("a truce needs a title"));
        }
        let zone = self.zone();
        let mut parties = Vec::new();
        for party in &truce.parties {
            let id = self.party_index()?.known(&party.party)?;
            if truce.parties.iter().filter(|other| (&other.party, other.role) == (&party.party, party.role)).count() > 1
            {
                return Err(Error::data(format!("{} is named twice as {}", quoted(&party.party), party.role)));
            }
            parties.push((id, Dated::read(party.effective, zone), Dated::read(party.ended, zone)));
        }
        Ok(Read {
            parties,
            due: truce.articles.iter().map(|article| Dated::read(article.due, zone)).collect(),
            agreed: Dated::read(truce.agreed, zone),
            effective: Dated::read(truce.effective, zone),
            ended: Dated::read(truce.ended, zone),
        })
    }
}

fn row_of<'a>(truce: &'a Truce, read: &'a Read) -> TruceRow<'a> {
    TruceRow {
        title: truce.title.as_str().into(),
        area: truce.area.as_deref().into(),
        agreed: read.agreed.text(),
        agreed_lo: read.agreed.lo.into(),
        agreed_hi: read.agreed.hi.into(),
        effective: read.effective.text(),
        effective_lo: read.effective.lo.into(),
        effective_hi: read.effective.hi.into(),
        ended: read.ended.text(),
        ended_lo: read.ended.lo.into(),
        ended_hi: read.ended.hi.into(),
        duration: truce.duration.as_deref().into(),
        terms: truce.terms.as_deref().into(),
        ..TruceRow::default()
    }
}

fn children_of<'a>(id: Id, truce: &'a Truce, read: &'a Read, rests_on: &[Id]) -> Children<'a> {
    let ord = || (0_i64..).map(Cell::Int);
    let mut children = Children::default();
    for ((ord, party), (party_id, effective, ended)) in ord().zip(&truce.parties).zip(&read.parties) {
        let row = TrucePartyRow {
            truce: id.into(),
            ord,
            party: (*party_id).into(),
            role: party.role.as_str().into(),
            effective: effective.text(),
            effective_lo: effective.lo.into(),
            effective_hi: effective.hi.into(),
            ended: ended.text(),
            ended_lo: ended.lo.into(),
            ended_hi: ended.hi.into(),
        };
        children.push(&TRUCE_PARTY, &row.cells());
    }
    for ((ord, article), due) in ord().zip(&truce.articles).zip(&read.due) {
        let row = TruceArticleRow {
            truce: id.into(),
            ord,
            number: article.number.as_str().into(),
            text: article.text.as_str().into(),
            due: due.text(),
            due_lo: due.lo.into(),
            due_hi: due.hi.into(),
        };
        children.push(&TRUCE_ARTICLE, &row.cells());
    }
    for (ord, claim) in ord().zip(rests_on) {
        children.push(&TRUCE_CLAIM, &TruceClaimRow { truce: id.into(), ord, claim: (*claim).into() }.cells());
    }
    children
}
