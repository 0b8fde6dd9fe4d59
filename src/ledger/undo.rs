//! Taking a batch back.

use std::collections::BTreeSet;

use rusqlite::{Connection, named_params};

use crate::error::{Error, Result};
use crate::model::{Id, Number, NumberKind};

use super::batch::Batch;
use super::encoding::Children;
use super::table::{Table, table};
use super::{EntryKind, TABLES, Undone, chain, decision, seen};

table! {
    /// A batch taken back.
    entry UNDO, UndoRow = 18 "undo" { 1 id, 2 batch, 3 undone, 4 why, }
}

const UNDONE_BY: &str = "SELECT batch FROM undo WHERE undone = :batch";
const IS_UNDO: &str = "SELECT undone FROM undo WHERE batch = :batch";
const UNDONE: &str = "SELECT undone, batch FROM undo ORDER BY id";

/// For each kind of row: what rests on rows `:first` to `:last` of it. Rows that are undone themselves rest on nothing.
const RESTING: &[(EntryKind, &str)] = &[
    (EntryKind::Party, "SELECT 'alias', id, batch FROM alias WHERE party BETWEEN :first AND :last
UNION ALL SELECT 'party_traits', id, batch FROM party_traits WHERE party BETWEEN :first AND :last
UNION ALL SELECT 'claim', id, batch FROM claim WHERE claimant BETWEEN :first AND :last
  OR accused BETWEEN :first AND :last OR target BETWEEN :first AND :last
UNION ALL SELECT 'claim', claim, claim.batch FROM claim_party JOIN claim ON claim.id = claim
  WHERE party BETWEEN :first AND :last
UNION ALL SELECT 'claim', claim, claim.batch FROM loss JOIN claim ON claim.id = claim WHERE side BETWEEN :first AND :last
UNION ALL SELECT 'truce', truce, truce.batch FROM truce_party JOIN truce ON truce.id = truce
  WHERE party BETWEEN :first AND :last"),
    (EntryKind::Place, "SELECT 'place_alias', id, batch FROM place_alias WHERE place BETWEEN :first AND :last
UNION ALL SELECT 'place_traits', id, batch FROM place_traits
  WHERE place BETWEEN :first AND :last OR parent BETWEEN :first AND :last"),
    (EntryKind::Source, "SELECT 'source_traits', id, batch FROM source_traits WHERE source BETWEEN :first AND :last
UNION ALL SELECT 'dispatch', id, batch FROM dispatch WHERE source BETWEEN :first AND :last
UNION ALL SELECT 'claim', id, batch FROM claim WHERE source BETWEEN :first AND :last"),
    (EntryKind::Dispatch, "SELECT 'claim', id, batch FROM claim WHERE dispatch BETWEEN :first AND :last
UNION ALL SELECT 'dispatch', id, batch FROM dispatch WHERE version_of BETWEEN :first AND :last"),
    (EntryKind::Claim, "SELECT 'claim', id, batch FROM claim WHERE replaces BETWEEN :first AND :last
UNION ALL SELECT 'answer', id, batch FROM answer
  WHERE reply BETWEEN :first AND :last OR accusation BETWEEN :first AND :last
UNION ALL SELECT 'retraction', id, batch FROM retraction WHERE claim BETWEEN :first AND :last
UNION ALL SELECT 'review', id, batch FROM review WHERE claim BETWEEN :first AND :last
UNION ALL SELECT 'link', id, batch FROM link WHERE a BETWEEN :first AND :last OR b BETWEEN :first AND :last
UNION ALL SELECT 'truce', truce, truce.batch FROM truce_claim JOIN truce ON truce.id = truce
  WHERE claim BETWEEN :first AND :last"),
    (EntryKind::Truce, "SELECT 'truce', id, batch FROM truce WHERE replaces BETWEEN :first AND :last"),
    (EntryKind::Body, "SELECT 'redaction', id, batch FROM redaction WHERE body BETWEEN :first AND :last"),
];

/// For each kind of decision about two claims: which claims rows `:first` to `:last` are about.
const DECIDED: &[(EntryKind, &str)] = &[
    (EntryKind::Link, "SELECT a, b FROM link WHERE id BETWEEN :first AND :last"),
    (EntryKind::Answer, "SELECT reply, accusation FROM answer WHERE id BETWEEN :first AND :last"),
];

/// The claims that reviews `:first` to `:last` are of.
const REVIEWED: &str = "SELECT claim FROM review WHERE id BETWEEN :first AND :last";

const DEAD_CLAIMS: &str = "SELECT id FROM dead WHERE kind = 'claim'";

fn dead_claims(conn: &Connection) -> Result<BTreeSet<Id>> {
    let mut select = conn.prepare_cached(DEAD_CLAIMS)?;
    Ok(select.query_map([], |row| row.get(0).map(Id))?.collect::<rusqlite::Result<_>>()?)
}

/// How many rows a refusal lists.
const LISTED: usize = 8;

/// Remakes the list of dead rows and the keys that follow from it.
pub(super) fn remake_lives(conn: &Connection) -> Result<()> {
    conn.execute_batch("DELETE FROM dead")?;
    let mut select = conn.prepare_cached(UNDONE)?;
    let undone: Vec<(i64, i64)> =
        select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    for (batch, by) in undone {
        for (kind, first, entries) in chain::parts(conn, Id(batch))? {
            let Some(table) = table_of(kind) else { continue };
            let last = first.saturating_add(entries).saturating_sub(1);
            conn.prepare_cached(table.bury)?.execute(named_params! { ":first": first, ":last": last, ":by": by })?;
        }
    }
    conn.execute_batch(decision::REMAKE)?;
    seen::remake(conn)
}

fn table_of(kind: EntryKind) -> Option<&'static Table> {
    TABLES.iter().copied().find(|table| table.name == kind.as_str())
}

impl Batch<'_> {
    /// Takes back all that a batch wrote, and frees its keys. Refused, with a list, where later entries rest on it.
    /// What only named its parties or places without being tied to them is not held up: the names lead to nobody again.
    pub fn undo(&mut self, batch: Id, why: Option<&str>) -> Result<Undone> {
        self.may_undo(batch)?;
        let parts = chain::parts(self.writer.conn, batch)?;
        let resting = self.resting(batch, &parts)?;
        if !resting.is_empty() {
            return Err(refused(batch, &resting));
        }
        let row = UndoRow {
            id: self.writer.next(&UNDO)?.into(),
            batch: self.writer.batch.into(),
            undone: batch.into(),
            why: why.into(),
        };
        self.change_registers()?;
        let before = dead_claims(self.writer.conn)?;
        self.writer.append(&UNDO, &row.cells(), &Children::default())?;
        self.keys.store(self.writer.conn)?;
        remake_lives(self.writer.conn)?;
        let after = dead_claims(self.writer.conn)?;
        before.difference(&after).for_each(|&claim| self.changes.count(claim));
        after.difference(&before).for_each(|&claim| self.changes.discount(claim));
        self.note_decided(&parts)?;
        self.unlearn();
        let numbered = |kind: EntryKind| NumberKind::ALL.iter().find(|(.., name)| *name == kind.as_str());
        let rows = parts.into_iter().filter_map(|(kind, _, entries)| Some((numbered(kind)?.0, entries.unsigned_abs())));
        Ok(Undone { rows: rows.collect() })
    }

    /// Notes the claims about which something was decided that counts no more.
    fn note_decided(&mut self, parts: &[(EntryKind, i64, i64)]) -> Result<()> {
        for (kind, first, entries) in parts {
            let last = first.saturating_add(*entries).saturating_sub(1);
            if *kind == EntryKind::Review {
                let mut select = self.writer.conn.prepare_cached(REVIEWED)?;
                let claims = select.query_map(named_params! { ":first": first, ":last": last }, |row| row.get(0))?;
                for claim in claims {
                    self.changes.accepted.insert(Id(claim?));
                }
            }
            let Some((_, sql)) = DECIDED.iter().find(|(of, _)| of == kind) else { continue };
            let mut select = self.writer.conn.prepare_cached(sql)?;
            let pairs = select.query_map(named_params! { ":first": first, ":last": last }, |row| {
                Ok([Id(row.get(0)?), Id(row.get(1)?)])
            })?;
            for pair in pairs {
                self.changes.decided.extend(pair?);
            }
        }
        Ok(())
    }

    fn may_undo(&self, batch: Id) -> Result<()> {
        let name = Number::own(NumberKind::Batch, batch.number());
        if !chain::is_batch(self.writer.conn, batch)? {
            return Err(Error::not_found(format!("there is no batch {name}")).hint("`trucebook log` lists the batches"));
        }
        let other =
            |sql| self.writer.conn.prepare_cached(sql)?.query_row(named_params! { ":batch": batch.0 }, |r| r.get(0));
        match other(UNDONE_BY) {
            Ok(by) => {
                let by = Number::own(NumberKind::Batch, Id(by).number());
                return Err(Error::conflict(format!("{name} was taken back already, by {by}")));
            }
            Err(rusqlite::Error::QueryReturnedNoRows) => {}
            Err(error) => return Err(error.into()),
        }
        match other(IS_UNDO) {
            Ok(_) => Err(Error::conflict(format!("{name} is an undo itself"))
                .hint("import or add again what it took back: its keys are free")),
            Err(rusqlite::Error::QueryReturnedNoRows) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Live rows of other batches that rest on a batch's rows: table, id, batch.
    fn resting(&self, batch: Id, parts: &[(EntryKind, i64, i64)]) -> Result<Vec<(String, Id, Id)>> {
        let mut resting = Vec::new();
        for (kind, first, entries) in parts {
            let Some((_, sql)) = RESTING.iter().find(|(of, _)| of == kind) else { continue };
            let last = first.saturating_add(*entries).saturating_sub(1);
            let mut select = self.writer.conn.prepare(sql)?;
            let mut rows = select.query(named_params! { ":first": first, ":last": last })?;
            while let Some(row) = rows.next()? {
                let (table, id, by): (String, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
                if by != batch.0 && !self.is_undone(Id(by))? {
                    resting.push((table, Id(id), Id(by)));
                }
            }
        }
        resting.sort();
        resting.dedup();
        Ok(resting)
    }

    fn is_undone(&self, batch: Id) -> Result<bool> {
        Ok(self.writer.conn.prepare_cached(UNDONE_BY)?.exists(named_params! { ":batch": batch.0 })?)
    }
}

fn refused(batch: Id, resting: &[(String, Id, Id)]) -> Error {
    let batch_number = |id: Id| Number::own(NumberKind::Batch, id.number());
    let row = |(table, id, by): &(String, Id, Id)| {
        let kind = NumberKind::ALL.iter().find(|(.., name)| name == table);
        let row = match kind {
            Some((kind, ..)) => Number::own(*kind, id.number()).to_string(),
            None => format!("a row of `{table}`"),
        };
        format!("{row} ({})", batch_number(*by))
    };
    let mut list: Vec<_> = resting.iter().take(LISTED).map(row).collect();
    list.dedup();
    if resting.len() > LISTED {
        list.push(format!("{} more", resting.len() - LISTED));
    }
    let newest = resting.iter().map(|(.., by)| *by).max().unwrap_or(batch);
    Error::conflict(format!("{} cannot be taken back: {} rest on it", batch_number(batch), list.join(", ")))
        .hint(format!("take those back first, beginning with `trucebook undo {}`", batch_number(newest)))
}
