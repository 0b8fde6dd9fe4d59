//! Bodies: texts and bytes that may have to be taken down, each under a salted hash that outlives it.

use sha2::{Digest, Sha256};

use crate::error::{Error, Kind, Result};
use crate::model::Id;

use super::batch::Batch;
use super::claim::CLAIM;
use super::dispatch::DISPATCH;
use super::encoding::{Children, Hash};
use super::table::table;
use super::writer::Writer;

table! {
    /// The content itself is not in the encoding: its salted hash is.
    entry BODY, BodyRow = 1 "body" { 1 id, 2 batch, 3 role, 4 owner, 5 salt, 6 sha, 0 text, 0 bytes, }
}

table! {
    /// Bodies emptied, with why.
    entry REDACTION, RedactionRow = 2 "redaction" { 1 id, 2 batch, 3 body, 4 why, }
}

/// The texts a batch added to the full-text index.
pub(super) const INDEX: &str =
    "INSERT INTO search (rowid, text) SELECT id, text FROM body WHERE id >= :first AND text IS NOT NULL";
/// Fills the full-text index anew.
pub(super) const REINDEX: &str = "INSERT INTO search (search) VALUES ('rebuild')";
const EMPTY: &str = "UPDATE body SET text = NULL, bytes = NULL WHERE id = :id";
const OF_CLAIM: &str = "SELECT quote FROM claim WHERE id = :id AND quote IS NOT NULL
UNION SELECT note FROM claim WHERE id = :id AND note IS NOT NULL";
const OF_DISPATCH: &str = "SELECT raw FROM dispatch WHERE id = :id UNION SELECT text FROM dispatch WHERE id = :id";
const OF_ITS_CLAIMS: &str = "SELECT id FROM claim WHERE dispatch = :id";
/// Pages that a deletion frees are overwritten, so that what is taken down is gone from the file.
const OVERWRITE: &str = "PRAGMA secure_delete = ON";

/// A content with the part it plays.
#[derive(Debug, Clone, Copy)]
pub(super) enum Content<'a> {
    Text(&'a str),
    Bytes(&'a [u8]),
}

impl Content<'_> {
    const fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

/// Random salts, fetched from the system many at a time.
#[derive(Debug, Default)]
pub(super) struct Salts {
    pool: Vec<u8>,
}

impl Salts {
    fn next(&mut self) -> Result<[u8; 16]> {
        const POOL: usize = 4096;
        if self.pool.len() < 16 {
            self.pool.resize(POOL, 0);
            getrandom::fill(&mut self.pool)
                .map_err(|error| Error::new(Kind::Io, "the system gave no random bytes").caused_by(error))?;
        }
        let rest = self.pool.split_off(self.pool.len() - 16);
        Ok(rest.try_into().unwrap_or_default())
    }
}

/// The hash of a content under its salt.
pub(super) fn salted(salt: &[u8], content: &[u8]) -> Hash {
    Sha256::new().chain_update(salt).chain_update(content).finalize().into()
}

impl Writer<'_> {
    /// Keeps a content; returns its id.
    pub(super) fn keep(&mut self, role: &'static str, owner: Id, content: Content<'_>) -> Result<Id> {
        let id = self.next(&BODY)?;
        let salt = self.salts.next()?;
        let sha = salted(&salt, content.bytes());
        let (text, bytes) = match content {
            Content::Text(text) => (Some(text), None),
            Content::Bytes(bytes) => (None, Some(bytes)),
        };
        let row = BodyRow {
            id: id.into(),
            batch: self.batch.into(),
            role: role.into(),
            owner: owner.into(),
            salt: salt.as_slice().into(),
            sha: sha.as_slice().into(),
            text: text.into(),
            bytes: bytes.into(),
        };
        self.append(&BODY, &row.cells(), &Children::default())?;
        Ok(id)
    }
}

impl Batch<'_> {
    /// Empties the texts of a claim: quote and note. Their hashes stay, and `verify` tells how many are empty. What
    /// the claim says stays: retract it to take that back. Returns how many texts were emptied.
    pub fn redact_claim(&mut self, claim: Id, why: &str) -> Result<u64> {
        self.exists(&CLAIM, claim)?;
        self.empty(OF_CLAIM, claim, why)
    }

    /// Empties a dispatch, bytes and text, and the texts of the claims read in it.
    pub fn redact_dispatch(&mut self, dispatch: Id, why: &str) -> Result<u64> {
        self.exists(&DISPATCH, dispatch)?;
        let mut emptied = self.empty(OF_DISPATCH, dispatch, why)?;
        for claim in self.ids(OF_ITS_CLAIMS, dispatch)? {
            emptied += self.empty(OF_CLAIM, Id(claim), why)?;
        }
        Ok(emptied)
    }

    fn ids(&self, sql: &str, of: Id) -> Result<Vec<i64>> {
        let mut select = self.writer.conn.prepare_cached(sql)?;
        let ids = select.query_map(rusqlite::named_params! { ":id": of.0 }, |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    fn empty(&mut self, bodies: &str, of: Id, why: &str) -> Result<u64> {
        let bodies = self.ids(bodies, of)?;
        self.writer.conn.execute_batch(OVERWRITE)?;
        for &body in &bodies {
            let row = RedactionRow {
                id: self.writer.next(&REDACTION)?.into(),
                batch: self.writer.batch.into(),
                body: body.into(),
                why: why.into(),
            };
            self.writer.append(&REDACTION, &row.cells(), &Children::default())?;
            self.writer.conn.prepare_cached(EMPTY)?.execute(rusqlite::named_params! { ":id": body })?;
        }
        self.redacted |= !bodies.is_empty();
        // The words of a claim have a say in canonical order.
        self.changes.everything |= self.redacted;
        Ok(bodies.len() as u64)
    }
}
