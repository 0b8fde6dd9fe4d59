//! Dispatches: what an outlet published, byte for byte.

use rusqlite::{Connection, OptionalExtension, named_params};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::model::{Dispatch, DispatchState, Id};

use super::batch::Batch;
use super::body::Content;
use super::encoding::{Children, Hash, field, key16};
use super::seen;
use super::table::{Cell, table, unreadable};
use super::time::Dated;
use super::{Added, Recorded};

table! {
    /// A text as published.
    entry DISPATCH, DispatchRow = 11 "dispatch" {
        1 id, 2 batch, 3 natural_key, 4 source, 5 version_of, 6 state, 7 stem, 8 uri, 9 url, 10 title, 11 lang,
        12 published, 13 published_lo, 14 published_hi, 15 raw, 16 raw_sha256, 17 raw_size, 18 encoding, 19 text,
        20 body_at,
    }
}

const FULL: &str = "SELECT dispatch.batch, source.name, dispatch.uri, dispatch.url, dispatch.title, dispatch.lang,
  dispatch.published, dispatch.stem, coalesce(raw.bytes, raw.text), dispatch.encoding, text.text, dispatch.body_at
FROM dispatch
JOIN body AS raw ON raw.id = dispatch.raw
JOIN body AS text ON text.id = dispatch.text
LEFT JOIN source ON source.id = dispatch.source
WHERE dispatch.id = :id";

const LISTED: &str = "SELECT dispatch.id, dispatch.batch, dispatch.stem, source.name, dispatch.title, dispatch.lang,
  dispatch.published, dispatch.version_of, dispatch.state, dispatch.raw_sha256, dispatch.raw_size,
  (SELECT count(*) FROM claim WHERE claim.dispatch = dispatch.id
     AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'claim' AND dead.id = claim.id))
FROM dispatch
LEFT JOIN source ON source.id = dispatch.source
WHERE NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'dispatch' AND dead.id = dispatch.id)
ORDER BY dispatch.id";

const OF_URI: &str = "SELECT max(id) FROM dispatch WHERE uri = :uri AND source IS :source
  AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'dispatch' AND dead.id = dispatch.id)";

const PUBLISHED: &str = "SELECT published_hi FROM dispatch WHERE id = :id
  AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'dispatch' AND dead.id = dispatch.id)";

/// A dispatch as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: Id,
    /// The batch that wrote it.
    pub batch: Id,
    /// The file's stem.
    pub stem: String,
    /// Its outlet.
    pub source: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// When it was published.
    pub published: Option<crate::model::Edtf>,
    /// The earlier version it takes the place of.
    pub version_of: Option<Id>,
    /// Whether it stands.
    pub state: DispatchState,
    /// SHA-256 of its bytes as they came, hexadecimal.
    pub sha256: String,
    /// How many bytes came.
    pub bytes: u64,
    /// Live claims read in it.
    pub claims: u64,
}

/// A dispatch in full; an emptied body reads as empty text.
pub(super) fn dispatch(conn: &Connection, id: Id) -> Result<Option<Recorded<Dispatch>>> {
    let mut select = conn.prepare_cached(FULL)?;
    let mut rows = select.query(named_params! { ":id": id.0 })?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let cell = |n| row.get_ref(n).map(Cell::from);
    let value = Dispatch {
        source: cell(1)?.owned()?,
        uri: cell(2)?.owned()?,
        url: cell(3)?.owned()?,
        title: cell(4)?.owned()?,
        language: cell(5)?.owned()?,
        published: cell(6)?.maybe_word()?,
        stem: cell(7)?.text()?.to_owned(),
        raw: if cell(8)? == Cell::Null { Vec::new() } else { cell(8)?.bytes()?.to_vec() },
        encoding: cell(9)?.text()?.to_owned(),
        text: cell(10)?.maybe_text()?.unwrap_or_default().to_owned(),
        body: usize::try_from(cell(11)?.int()?).map_err(|_| unreadable())?,
    };
    Ok(Some(Recorded { id, batch: cell(0)?.id()?, value }))
}

/// The live dispatches, by id.
pub(super) fn dispatches(conn: &Connection) -> Result<Vec<Listed>> {
    let mut listed = Vec::new();
    let mut select = conn.prepare_cached(LISTED)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let cell = |n| row.get_ref(n).map(Cell::from);
        listed.push(Listed {
            id: cell(0)?.id()?,
            batch: cell(1)?.id()?,
            stem: cell(2)?.text()?.to_owned(),
            source: cell(3)?.owned()?,
            title: cell(4)?.owned()?,
            language: cell(5)?.owned()?,
            published: cell(6)?.maybe_word()?,
            version_of: cell(7)?.maybe_id()?,
            state: cell(8)?.word()?,
            sha256: super::encoding::hex(cell(9)?.bytes()?),
            bytes: cell(10)?.int()?.unsigned_abs(),
            claims: cell(11)?.int()?.unsigned_abs(),
        });
    }
    Ok(listed)
}

/// What makes another dispatch a duplicate: the same text of the same source.
fn natural_key(source: Option<Id>, text: &str) -> [u8; 16] {
    let text: Hash = Sha256::digest(text.as_bytes()).into();
    let mut fields = vec![DISPATCH.code];
    field(&mut fields, 4, source.into());
    field(&mut fields, 19, text.as_slice().into());
    key16(&fields)
}

impl Batch<'_> {
    /// Keeps a dispatch; the same text of the same source is a duplicate. One whose source gave an earlier text under
    /// the same `uri` is its later version.
    pub fn add_dispatch(&mut self, dispatch: &Dispatch) -> Result<Added> {
        if !dispatch.text.is_char_boundary(dispatch.body) {
            return Err(Error::data("the body of a dispatch must begin between two of its characters"));
        }
        let source = dispatch.source.as_deref().map(|name| self.known_or_new_source(name)).transpose()?;
        let key = natural_key(source, &dispatch.text);
        let id = self.writer.next(&DISPATCH)?;
        if let Some(known) = seen::give_if_free(self.writer.conn, &key, DISPATCH.name, id)? {
            return Ok(Added::Duplicate(known));
        }
        let earlier = self.earlier_version(dispatch.uri.as_deref(), source)?;
        let written = self.write_dispatch(id, dispatch, DispatchState::Usable, source, earlier, &key);
        self.writer.broken |= written.is_err();
        written?;
        Ok(earlier.map_or(Added::New(id), |earlier| Added::Replaces(id, earlier)))
    }

    /// Keeps the notice by which an outlet withdraws what it published under the same `uri`: the later version, and the
    /// dispatch that is withdrawn.
    ///
    /// # Errors
    /// Where nothing under that `uri` is in the ledger.
    pub fn withdraw_dispatch(&mut self, notice: &Dispatch) -> Result<Added> {
        let source = notice.source.as_deref().map(|name| self.known_or_new_source(name)).transpose()?;
        let key = natural_key(source, &notice.text);
        let earlier = self.earlier_version(notice.uri.as_deref(), source)?.ok_or_else(|| {
            Error::data("what it withdraws is not in this ledger")
                .hint("nothing is to be done; import the earlier versions first to have them marked")
        })?;
        let id = self.writer.next(&DISPATCH)?;
        if let Some(known) = seen::give_if_free(self.writer.conn, &key, DISPATCH.name, id)? {
            return Ok(Added::Duplicate(known));
        }
        let written = self.write_dispatch(id, notice, DispatchState::Withdrawn, source, Some(earlier), &key);
        self.writer.broken |= written.is_err();
        written?;
        Ok(Added::Replaces(id, earlier))
    }

    fn earlier_version(&self, uri: Option<&str>, source: Option<Id>) -> Result<Option<Id>> {
        let Some(uri) = uri else { return Ok(None) };
        let params = named_params! { ":uri": uri, ":source": source.map(|id| id.0) };
        let newest: Option<i64> = self.writer.conn.prepare_cached(OF_URI)?.query_row(params, |row| row.get(0))?;
        Ok(newest.map(Id))
    }

    fn write_dispatch(
        &mut self,
        id: Id,
        dispatch: &Dispatch,
        state: DispatchState,
        source: Option<Id>,
        version_of: Option<Id>,
        key: &[u8; 16],
    ) -> Result<()> {
        let text = self.writer.keep("text", id, Content::Text(&dispatch.text))?;
        let same = dispatch.raw == dispatch.text.as_bytes();
        let raw = if same { text } else { self.writer.keep("raw", id, Content::Bytes(&dispatch.raw))? };
        let raw_sha256: Hash = Sha256::digest(&dispatch.raw).into();
        let published = Dated::read(dispatch.published, self.zone());
        let row = DispatchRow {
            id: id.into(),
            batch: self.writer.batch.into(),
            natural_key: key.as_slice().into(),
            source: source.into(),
            version_of: version_of.into(),
            state: state.as_str().into(),
            stem: dispatch.stem.as_str().into(),
            uri: dispatch.uri.as_deref().into(),
            url: dispatch.url.as_deref().into(),
            title: dispatch.title.as_deref().into(),
            lang: dispatch.language.as_deref().into(),
            published: published.text(),
            published_lo: published.lo.into(),
            published_hi: published.hi.into(),
            raw: raw.into(),
            raw_sha256: raw_sha256.as_slice().into(),
            raw_size: length(dispatch.raw.len()),
            encoding: dispatch.encoding.as_str().into(),
            text: text.into(),
            body_at: length(dispatch.body),
        };
        self.writer.append(&DISPATCH, &row.cells(), &Children::default())
    }

    /// The first moment after a live dispatch was published, where it tells; an error where there is no such dispatch.
    pub(super) fn dispatch_published(&self, id: Id) -> Result<Option<i64>> {
        let mut select = self.writer.conn.prepare_cached(PUBLISHED)?;
        let found = select.query_row(named_params! { ":id": id.0 }, |row| row.get(0)).optional()?;
        found.ok_or_else(|| Error::not_found(format!("there is no dispatch D{}", id.number())))
    }
}

/// A length as a column holds it.
pub(super) fn length(bytes: usize) -> Cell<'static> {
    Cell::Int(i64::try_from(bytes).unwrap_or(i64::MAX))
}
