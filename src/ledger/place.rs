//! Places and their names.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use crate::error::{Error, Result, quoted};
use crate::model::party::sound_name;
use crate::model::text::key;
use crate::model::{Id, Place, Point};

use super::batch::Batch;
use super::encoding::Children;
use super::table::{Cell, table};
use super::{Added, Recorded};

table! {
    /// A place's name; several places may bear one.
    entry PLACE, PlaceRow = 6 "place" { 1 id, 2 batch, 3 name, }
}

table! {
    /// What and where a place is; the latest row holds.
    entry PLACE_TRAITS, PlaceTraitsRow = 7 "place_traits" {
        1 id, 2 batch, 3 place, 4 kind, 5 parent, 6 lat_e7, 7 lon_e7,
    }
}

table! {
    /// A place's other names.
    entry PLACE_ALIAS, PlaceAliasRow = 8 "place_alias" { 1 id, 2 batch, 3 place, 4 name, }
}

const PLACES: &str =
    "SELECT place.id, place.batch, place.name, traits.kind, traits.parent, traits.lat_e7, traits.lon_e7
FROM place
JOIN place_traits AS traits ON traits.id = (
  SELECT max(id) FROM place_traits WHERE place_traits.place = place.id
    AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'place_traits' AND dead.id = place_traits.id))
WHERE NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'place' AND dead.id = place.id)
ORDER BY place.id";

const ALIASES: &str = "SELECT place, name FROM place_alias
WHERE NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'place_alias' AND dead.id = place_alias.id)
ORDER BY id";

/// Two places of one name and no known difference are one when they lie no further apart, in kilometres: the spread
/// of coordinates that gazetteers give for one village.
const SAME_KM: f64 = 2.0;

/// A place as registered, its parent by id.
#[derive(Debug, Clone)]
pub(super) struct Registered {
    pub(super) id: Id,
    batch: Id,
    name: String,
    kind: Option<String>,
    pub(super) parent: Option<Id>,
    pub(super) point: Option<Point>,
    aliases: Vec<String>,
}

/// The live places, by id and by name.
#[derive(Debug, Clone, Default)]
pub(super) struct PlaceIndex {
    pub(super) places: Vec<Registered>,
    at: HashMap<Id, usize>,
    by_key: HashMap<String, Vec<Id>>,
}

/// A point from columns.
pub(super) fn point(lat: Cell<'_>, lon: Cell<'_>) -> Result<Option<Point>> {
    let e7 = |cell: Cell<'_>| Ok::<_, Error>(cell.maybe_int()?.and_then(|n| i32::try_from(n).ok()));
    Ok(e7(lat)?.zip(e7(lon)?).map(|(lat_e7, lon_e7)| Point { lat_e7, lon_e7 }))
}

impl PlaceIndex {
    pub(super) fn load(conn: &Connection) -> Result<Self> {
        let mut index = Self::default();
        let mut select = conn.prepare_cached(PLACES)?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let cell = |n| row.get_ref(n).map(Cell::from);
            index.add(Registered {
                id: cell(0)?.id()?,
                batch: cell(1)?.id()?,
                name: cell(2)?.text()?.to_owned(),
                kind: cell(3)?.owned()?,
                parent: cell(4)?.maybe_id()?,
                point: point(cell(5)?, cell(6)?)?,
                aliases: Vec::new(),
            });
        }
        let mut select = conn.prepare_cached(ALIASES)?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let cell = |n| row.get_ref(n).map(Cell::from);
            index.bear(cell(0)?.id()?, cell(1)?.text()?);
        }
        Ok(index)
    }

    fn add(&mut self, place: Registered) {
        self.by_key.entry(key(&place.name)).or_default().push(place.id);
        self.at.insert(place.id, self.places.len());
        self.places.push(place);
    }

    fn bear(&mut self, id: Id, name: &str) -> bool {
        let Some(place) = self.at.get(&id).and_then(|&at| self.places.get_mut(at)) else { return false };
        if place.name == name || place.aliases.iter().any(|known| known == name) {
            return false;
        }
        place.aliases.push(name.to_owned());
        let bearers = self.by_key.entry(key(name)).or_default();
        if !bearers.contains(&id) {
            bearers.push(id);
        }
        true
    }

    fn get(&self, id: Id) -> Option<&Registered> {
        self.at.get(&id).and_then(|&at| self.places.get(at))
    }

    /// The one place a name stands for. A main name wins over other places' aliases.
    pub(super) fn resolve(&self, name: &str) -> Option<Id> {
        let wanted = key(name);
        match self.by_key.get(&wanted).map(Vec::as_slice) {
            Some([one]) => Some(*one),
            Some(several) => {
                let mut main =
                    several.iter().filter(|&&id| self.get(id).is_some_and(|place| key(&place.name) == wanted));
                main.next().filter(|_| main.next().is_none()).copied()
            }
            None => None,
        }
    }

    /// Whether a place is another one or lies in it, at whatever depth.
    pub(super) fn lies_in(&self, place: Id, outer: Id) -> bool {
        let mut passed = HashSet::new();
        let mut at = Some(place);
        while let Some(id) = at.filter(|&id| passed.insert(id)) {
            if id == outer {
                return true;
            }
            at = self.get(id).and_then(|place| place.parent);
        }
        false
    }

    /// Every bearer of a name.
    pub(super) fn bearers(&self, name: &str) -> &[Id] {
        self.by_key.get(&key(name)).map(Vec::as_slice).unwrap_or_default()
    }

    /// A place of this main name that nothing told sets apart from the one described.
    fn same(&self, name: &str, parent: Option<Id>, point: Option<Point>) -> Option<&Registered> {
        let name = key(name);
        self.by_key.get(&name)?.iter().filter_map(|&id| self.get(id)).find(|place| {
            key(&place.name) == name
                && place.parent.zip(parent).is_none_or(|(a, b)| a == b)
                && place.point.zip(point).is_none_or(|(a, b)| a.km_to(b) <= SAME_KM)
        })
    }

    /// All places as told, by name.
    pub(super) fn told(&self) -> Vec<Recorded<Place>> {
        let mut places: Vec<_> = self
            .places
            .iter()
            .map(|place| Recorded {
                id: place.id,
                batch: place.batch,
                value: Place {
                    name: place.name.clone(),
                    kind: place.kind.clone(),
                    parent: place.parent.and_then(|id| self.get(id)).map(|parent| parent.name.clone()),
                    point: place.point,
                    aliases: place.aliases.clone(),
                },
            })
            .collect();
        places.sort_by(|a, b| a.value.name.cmp(&b.value.name).then(a.id.cmp(&b.id)));
        places
    }
}

impl Batch<'_> {
    /// Registers a place. One of the same name that nothing sets apart (another parent, over two kilometres between)
    /// gains what it lacks.
    pub fn add_place(&mut self, place: &Place) -> Result<Added> {
        let name = sound_name(&place.name)?;
        let aliases: Vec<_> = place.aliases.iter().map(|alias| Ok(sound_name(alias)?)).collect::<Result<_>>()?;
        let parent = place.parent.as_deref().map(|parent| self.known_place(parent)).transpose()?;
        self.change_registers()?;
        let known = self.place_index()?.same(name, parent, place.point).cloned();
        let id = match &known {
            Some(known) => known.id,
            None => self.write_place(name)?,
        };
        let told = (
            place.kind.clone().or_else(|| known.as_ref().and_then(|k| k.kind.clone())),
            parent.or_else(|| known.as_ref().and_then(|k| k.parent)),
            known.as_ref().and_then(|k| k.point).or(place.point),
        );
        if known.as_ref().is_none_or(|k| (&k.kind, k.parent, k.point) != (&told.0, told.1, told.2)) {
            self.write_place_traits(id, told.0.as_deref(), told.1, told.2)?;
            self.places = None;
        }
        for alias in aliases {
            self.bear_place(id, alias)?;
        }
        Ok(if known.is_some() { Added::Duplicate(id) } else { Added::New(id) })
    }

    /// Gives a place another name.
    pub fn add_place_alias(&mut self, place: Id, name: &str) -> Result<Added> {
        let name = sound_name(name)?;
        if self.place_index()?.get(place).is_none() {
            return Err(Error::not_found(format!("there is no place L{}", place.number())));
        }
        self.change_registers()?;
        self.bear_place(place, name)
    }

    fn known_place(&mut self, name: &str) -> Result<Id> {
        let index = self.place_index()?;
        let several = index.bearers(name).len() > 1;
        index.resolve(name).ok_or_else(|| {
            let what = if several { "several places are" } else { "no place is" };
            Error::data(format!("{what} called {}", quoted(name))).hint("register it with `trucebook place add`")
        })
    }

    fn write_place(&mut self, name: &str) -> Result<Id> {
        let id = self.writer.next(&PLACE)?;
        let row = PlaceRow { id: id.into(), batch: self.writer.batch.into(), name: name.into() };
        self.writer.append(&PLACE, &row.cells(), &Children::default())?;
        Ok(id)
    }

    fn write_place_traits(
        &mut self,
        place: Id,
        kind: Option<&str>,
        parent: Option<Id>,
        point: Option<Point>,
    ) -> Result<()> {
        let row = PlaceTraitsRow {
            id: self.writer.next(&PLACE_TRAITS)?.into(),
            batch: self.writer.batch.into(),
            place: place.into(),
            kind: kind.into(),
            parent: parent.into(),
            lat_e7: point.map(|p| i64::from(p.lat_e7)).into(),
            lon_e7: point.map(|p| i64::from(p.lon_e7)).into(),
        };
        self.writer.append(&PLACE_TRAITS, &row.cells(), &Children::default())
    }

    fn bear_place(&mut self, place: Id, name: &str) -> Result<Added> {
        if !self.place_index()?.bear(place, name) {
            return Ok(Added::Duplicate(place));
        }
        let row = PlaceAliasRow {
            id: self.writer.next(&PLACE_ALIAS)?.into(),
            batch: self.writer.batch.into(),
            place: place.into(),
            name: name.into(),
        };
        self.writer.append(&PLACE_ALIAS, &row.cells(), &Children::default())?;
        Ok(Added::New(place))
    }
}
