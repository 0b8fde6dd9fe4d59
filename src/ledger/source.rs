//! Sources: outlets and document series.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::error::Result;
use crate::model::party::sound_name;
use crate::model::text::key;
use crate::model::{Id, Source, SourceKind};

use super::batch::Batch;
use super::encoding::Children;
use super::table::{Cell, table};
use super::{Added, Recorded};

table! {
    /// A source's name is its identity.
    entry SOURCE, SourceRow = 9 "source" { 1 id, 2 batch, 3 name, }
}

table! {
    /// What a source is; the latest row holds.
    entry SOURCE_TRAITS, SourceTraitsRow = 10 "source_traits" { 1 id, 2 batch, 3 source, 4 kind, 5 reporting_hour, }
}

const SOURCES: &str = "SELECT source.id, source.batch, source.name, traits.kind, traits.reporting_hour
FROM source
JOIN source_traits AS traits ON traits.id = (
  SELECT max(id) FROM source_traits WHERE source_traits.source = source.id
    AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'source_traits' AND dead.id = source_traits.id))
WHERE NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'source' AND dead.id = source.id)
ORDER BY source.id";

/// All live sources, by id.
pub(super) fn sources(conn: &Connection) -> Result<Vec<Recorded<Source>>> {
    let mut sources = Vec::new();
    let mut select = conn.prepare_cached(SOURCES)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let cell = |n| row.get_ref(n).map(Cell::from);
        let value = Source {
            name: cell(2)?.text()?.to_owned(),
            kind: cell(3)?.word::<SourceKind>()?,
            reporting_hour: cell(4)?.maybe_int()?.and_then(|hour| u8::try_from(hour).ok()),
        };
        sources.push(Recorded { id: cell(0)?.id()?, batch: cell(1)?.id()?, value });
    }
    Ok(sources)
}

/// The live sources by the key of their names.
#[derive(Debug, Clone, Default)]
pub(super) struct SourceIndex {
    by_key: HashMap<String, Recorded<Source>>,
    exact: HashMap<String, Id>,
}

impl SourceIndex {
    pub(super) fn load(conn: &Connection) -> Result<Self> {
        let by_key = sources(conn)?.into_iter().map(|source| (key(&source.value.name), source)).collect();
        Ok(Self { by_key, exact: HashMap::new() })
    }
}

impl Batch<'_> {
    /// Registers a source. One of the same name takes the kind and reporting hour told now.
    pub fn add_source(&mut self, source: &Source) -> Result<Added> {
        let name = sound_name(&source.name)?;
        let known = self.source_index()?.by_key.get(&key(name)).cloned();
        if known.is_some() {
            self.change_registers()?;
        }
        let id = match &known {
            Some(known) => known.id,
            None => self.write_source(name)?,
        };
        let told = Source { name: name.to_owned(), ..source.clone() };
        if known
            .as_ref()
            .is_none_or(|known| (known.value.kind, known.value.reporting_hour) != (told.kind, told.reporting_hour))
        {
            self.write_source_traits(id, &told)?;
        }
        let batch = self.writer.batch;
        self.source_index()?.by_key.insert(key(name), Recorded { id, batch, value: told });
        Ok(if known.is_some() { Added::Duplicate(id) } else { Added::New(id) })
    }

    /// The source of a name, if it is known.
    pub(super) fn known_source(&mut self, name: &str) -> Result<Option<Id>> {
        Ok(self.source_index()?.by_key.get(&key(name)).map(|known| known.id))
    }

    /// The source of a name; one not known yet is registered as an outlet.
    pub(super) fn known_or_new_source(&mut self, name: &str) -> Result<Id> {
        if let Some(&id) = self.source_index()?.exact.get(name) {
            return Ok(id);
        }
        let known = self.source_index()?.by_key.get(&key(sound_name(name)?)).map(|known| known.id);
        let id = if let Some(id) = known {
            id
        } else {
            let new = Source { name: name.to_owned(), kind: SourceKind::Outlet, reporting_hour: None };
            self.add_source(&new)?.id()
        };
        self.source_index()?.exact.insert(name.to_owned(), id);
        Ok(id)
    }

    fn write_source(&mut self, name: &str) -> Result<Id> {
        let id = self.writer.next(&SOURCE)?;
        let row = SourceRow { id: id.into(), batch: self.writer.batch.into(), name: name.into() };
        self.writer.append(&SOURCE, &row.cells(), &Children::default())?;
        Ok(id)
    }

    fn write_source_traits(&mut self, source: Id, told: &Source) -> Result<()> {
        let row = SourceTraitsRow {
            id: self.writer.next(&SOURCE_TRAITS)?.into(),
            batch: self.writer.batch.into(),
            source: source.into(),
            kind: told.kind.as_str().into(),
            reporting_hour: told.reporting_hour.map(i64::from).into(),
        };
        self.writer.append(&SOURCE_TRAITS, &row.cells(), &Children::default())
    }
}
