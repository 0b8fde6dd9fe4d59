//! Recording a claim: what is ready becomes rows.

use rusqlite::{OptionalExtension, named_params};

use crate::error::Result;
use crate::model::{Claim, Id, Number, NumberKind};

use super::batch::Batch;
use super::body::Content;
use super::claim::{CLAIM, ClaimRow};
use super::claim_ready::{Bearer, Known, Names, Read, Reading, Ready, ref_key};
use super::claim_rows::{all_children, content_row, unresolved};
use super::encoding::Children;
use super::seen::Key;
use super::table::Cell;
use super::{Added, Provenance};

/// Another version of a claim: its content, and the one before it.
const VERSION: &str = "SELECT content_key, replaces FROM claim WHERE id = :id";

impl Batch<'_> {
    /// Records a claim. Party names in it must be known to [`Batch::parties`] (else the error names the nearest); only
    /// lists in an extractor's draft may hold names as said that nobody bears yet.
    ///
    /// The same content at the same span is a duplicate. With a `reference`, the same content under it, now or in an
    /// earlier version, is a duplicate, and other content takes the place of the claim that had it.
    pub fn add_claim(&mut self, claim: &Claim, provenance: &Provenance) -> Result<Added> {
        let read = self.read_claim(claim, provenance)?;
        let content_key = read.content_key(claim, provenance.dispatch, &mut self.writer.encoder);
        self.check_answers(&claim.answers, claim.reference.is_some())?;
        let key = read.ref_key.unwrap_or(content_key);
        let row = ClaimRow {
            content_key: content_key.as_slice().into(),
            ref_key: read.ref_key.as_ref().map(Key::as_slice).into(),
            extractor: provenance.extractor.as_deref().into(),
            confidence: read.confidence.into(),
            ..content_row(claim, provenance.dispatch, &read)
        };
        let added = self.record(key, &content_key, provenance.replaces, |batch, id, before| {
            let mut children = Children::default();
            all_children(&mut children, id, claim, &provenance.evidence, &read);
            let row = ClaimRow { replaces: before.into(), ..row };
            batch.write_claim(id, row, [&claim.quote, &claim.note], &children)
        })?;
        if !matches!(added, Added::Duplicate(_)) {
            unresolved(claim, &read).try_for_each(|name| self.remember(name))?;
        }
        Ok(added)
    }

    /// Records a person's claim that was made ready with what [`Batch::tell`] told.
    pub fn add_ready(&mut self, ready: &Ready) -> Result<Added> {
        self.check_answers(&ready.answers, ready.ref_key.is_some())?;
        let key = ready.ref_key.unwrap_or(ready.content_key);
        let added = self.record(key, &ready.content_key, None, |batch, id, before| {
            let mut rows = ready.rows.rows();
            let mut cells = [Cell::Null; CLAIM.columns.len()];
            for (cell, kept) in cells.iter_mut().zip(rows.next().into_iter().flat_map(|(_, kept)| kept)) {
                *cell = kept;
            }
            let row = ClaimRow {
                content_key: ready.content_key.as_slice().into(),
                ref_key: ready.ref_key.as_ref().map(Key::as_slice).into(),
                replaces: before.into(),
                ..ClaimRow::of(cells)
            };
            let mut children = Children::default();
            for (table, kept) in rows {
                children.push_of(table, id, kept);
            }
            batch.write_claim(id, row, [&ready.quote, &ready.note], &children)
        })?;
        if !matches!(added, Added::Duplicate(_)) {
            ready.names.iter().try_for_each(|name| self.remember(name))?;
        }
        Ok(added)
    }

    /// What other threads may know of whom names lead to: nothing, until they are told.
    pub fn known(&self) -> Known {
        Known::none(self.zone())
    }

    /// Tells whom the names in a claim lead to.
    pub fn tell(&mut self, claim: &Claim, known: &mut Known) -> Result<()> {
        known.learn(claim, self)
    }

    /// Has a claim of a key written, unless it is there already, in the place of the one that had the key.
    fn record(
        &mut self,
        key: Key,
        content_key: &Key,
        replaces: Option<Id>,
        write: impl FnOnce(&mut Self, Id, Option<Id>) -> Result<()>,
    ) -> Result<Added> {
        let id = self.writer.next(&CLAIM)?;
        let before = match self.claim_place_of(&key, content_key, replaces)? {
            Standing::Duplicate(known) => return Ok(Added::Duplicate(known)),
            Standing::New => None,
            Standing::Replaces(old) => Some(old),
        };
        self.large.grow(self.writer.conn, self.writer.batch)?;
        let written = write(self, id, before);
        self.writer.broken |= written.is_err();
        written?;
        match before {
            Some(old) => {
                self.keys.point(self.writer.conn, key, id)?;
                self.bury(&CLAIM, old, "replaced", id)?;
            }
            None => self.keys.give(self.writer.conn, key, id)?,
        }
        self.changes.everything |= !self.reconciles;
        self.changes.count(id);
        Ok(before.map_or(Added::New(id), |old| Added::Replaces(id, old)))
    }

    /// The claim that holds a user's reference within a source, if there is one.
    pub fn claim_of_reference(&mut self, source: &str, reference: &str) -> Result<Option<Id>> {
        let Some(source) = self.known_source(source)? else { return Ok(None) };
        self.keys.holder(self.writer.conn, &ref_key(Some(source), reference))
    }

    fn write_claim(
        &mut self,
        id: Id,
        mut row: ClaimRow<'_>,
        [quote, note]: [&Option<String>; 2],
        children: &Children<'_>,
    ) -> Result<()> {
        let mut keep = |role, text: &Option<String>| match text {
            Some(text) => self.writer.keep(role, id, Content::Text(text)).map(Some),
            None => Ok(None),
        };
        row.quote = keep("quote", quote)?.into();
        row.note = keep("note", note)?.into();
        row.id = id.into();
        row.batch = self.writer.batch.into();
        self.writer.append(&CLAIM, &row.cells(), children)
    }

    /// Whether a claim is new, there already, or in the place of another.
    fn claim_place_of(&mut self, key: &Key, content_key: &Key, replaces: Option<Id>) -> Result<Standing> {
        if let Some(old) = replaces {
            self.live(&CLAIM, old)?;
            let same = self.version(old)?.is_some_and(|(content, _)| content == *content_key);
            return Ok(if same { Standing::Duplicate(old) } else { Standing::Replaces(old) });
        }
        let Some(known) = self.keys.holder(self.writer.conn, key)? else { return Ok(Standing::New) };
        let mut at = Some(known);
        while let Some((content, before)) = at.map(|id| self.version(id)).transpose()?.flatten() {
            if content == *content_key {
                return Ok(Standing::Duplicate(known));
            }
            at = before;
        }
        Ok(Standing::Replaces(known))
    }

    fn version(&self, id: Id) -> Result<Option<(Key, Option<Id>)>> {
        let mut select = self.writer.conn.prepare_cached(VERSION)?;
        let version = select.query_row(named_params! { ":id": id.0 }, |row| Ok((row.get(0)?, row.get(1)?)));
        let version: Option<(Key, Option<i64>)> = version.optional()?;
        Ok(version.map(|(content, before)| (content, before.map(Id))))
    }

    fn read_claim(&mut self, claim: &Claim, provenance: &Provenance) -> Result<Read> {
        let dispatch_published = match provenance.dispatch {
            Some(dispatch) => self.dispatch_published(dispatch)?,
            None => None,
        };
        let reading = Reading { zone: self.zone(), dispatch_published, drafted: provenance.extractor.is_some() };
        Read::of(claim, reading, self)
    }

    /// Numbers of claims that a claim answers must be there; references may come later, and in a source that has
    /// references of its own what looks like a number may be one.
    fn check_answers(&mut self, answers: &[String], has_reference: bool) -> Result<()> {
        for id in answers.iter().filter_map(|answer| own_claim(answer)).filter(|_| !has_reference) {
            self.exists(&CLAIM, id)?;
        }
        Ok(())
    }
}

impl Names for Batch<'_> {
    fn bearer(&mut self, name: &str) -> Result<Bearer> {
        let index = self.party_index()?;
        let party = index.known(name)?;
        Ok(Bearer { party, is_main: index.party(party).is_some_and(|party| party.name == name) })
    }

    fn source(&mut self, name: &str) -> Result<Id> {
        self.known_or_new_source(name)
    }
}

enum Standing {
    New,
    Duplicate(Id),
    Replaces(Id),
}

/// The claim of this ledger that a text such as `C12` names.
pub(super) fn own_claim(text: &str) -> Option<Id> {
    let number: Number = text.parse().ok()?;
    (number.office.is_none() && number.kind == NumberKind::Claim).then(|| Id::new(0, number.number))?
}
