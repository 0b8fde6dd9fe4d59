//! Places: a table of our own (`name,lat,lon[,aliases,parent,kind]`), the same as JSON lines, and GeoNames dumps.

use csv::ByteRecord;
use serde::Deserialize;

use super::item::Item;
use super::lines;
use super::options::Options;
use super::rejects::REASON;
use super::table::TableForm;
use super::table::cells::Cells;
use super::table::columns::{ColumnMap, Columns};
use crate::error::{Error, Result, quoted};
use crate::model::party::sound_name;
use crate::model::{Place, Point};

const COLUMNS: &[&str] = &["name", "lat", "lon", "aliases", "parent", "kind"];
/// What other gazetteers call these columns.
const SYNONYMS: &[(&str, &str)] = &[
    ("place", "name"),
    ("place_name", "name"),
    ("toponym", "name"),
    ("latitude", "lat"),
    ("longitude", "lon"),
    ("lng", "lon"),
    ("alias", "aliases"),
    ("other_names", "aliases"),
];
/// What other gazetteers tell beside: the areas in their columns need not be registered places.
const BESIDE: &[&str] = &["id", "district", "municipality", "region", "province", "country", "admin1", "admin2"];

/// Whether a table is one of places, by the names of its columns. Under other names than ours it is one only if it tells
/// nothing but places: events have a place and degrees too.
pub(super) fn is_places(names: &[String]) -> bool {
    let has_all = |names: &[&str]| ["name", "lat", "lon"].iter().all(|ours| names.contains(ours));
    let told: Vec<_> = names.iter().map(String::as_str).collect();
    let ours = |name| SYNONYMS.iter().find(|(theirs, _)| *theirs == name).map_or(name, |(_, ours)| *ours);
    let translated: Vec<_> = told.iter().copied().map(ours).collect();
    has_all(&told)
        || (has_all(&translated) && translated.iter().all(|name| COLUMNS.contains(name) || BESIDE.contains(name)))
}

/// Reads the rows of our own table of places.
pub(super) struct PlaceTable(Columns);

impl PlaceTable {
    pub(super) fn new(header: &ByteRecord, options: &Options) -> Result<Self> {
        let map = options.map.also(SYNONYMS, header);
        Columns::find(COLUMNS, &["name", "lat", "lon"], &[REASON], header, &map).map(Self)
    }
}

impl TableForm for PlaceTable {
    fn item(&mut self, cells: &ByteRecord) -> Result<Item> {
        let cells = Cells::new(&self.0, cells)?;
        let name = cells.name(0, false)?.ok_or_else(no_name)?;
        let point = Point::parse(cells.text(1)?.unwrap_or_default(), cells.text(2)?.unwrap_or_default())?;
        let kind = cells.text(5)?.map(str::to_owned);
        Ok(Item::Place(Place { name, kind, parent: cells.name(4, false)?, point, aliases: cells.names(3)? }))
    }

    fn unknown(&self) -> &[String] {
        self.0.unknown()
    }
}

fn no_name() -> Error {
    Error::data("the place has no name").hint("every place has one").in_column("name")
}

/// The columns of a GeoNames dump (readme.txt of its export server), which has no header.
const GEONAMES: &[&str] = &[
    "geonameid",
    "name",
    "asciiname",
    "alternatenames",
    "latitude",
    "longitude",
    "feature class",
    "feature code",
    "country code",
    "cc2",
    "admin1 code",
    "admin2 code",
    "admin3 code",
    "admin4 code",
    "population",
    "elevation",
    "dem",
    "timezone",
    "modification date",
];
/// Longest list of other names kept, in bytes: the largest cities have thousands, in every script there is.
const ALIASES_MAX: usize = 4096;

/// Whether a first line is a row of a GeoNames dump.
pub(super) fn is_geonames(cells: &ByteRecord) -> bool {
    let text = |at: usize| cells.get(at).and_then(|cell| std::str::from_utf8(cell).ok()).unwrap_or_default();
    let is_degrees = |at: usize| text(at).parse::<f64>().is_ok();
    let is_id = !text(0).is_empty() && text(0).bytes().all(|byte| byte.is_ascii_digit());
    cells.len() == GEONAMES.len() && is_id && is_degrees(4) && is_degrees(5)
}

/// Reads the rows of a GeoNames dump.
pub(super) struct Geonames(Columns);

impl Geonames {
    pub(super) fn new() -> Result<Self> {
        let header: ByteRecord = GEONAMES.iter().map(|name| name.replace(' ', "_")).collect();
        Columns::find(&GEONAMES_FOUND, &[], GEONAMES, &header, &ColumnMap::default()).map(Self)
    }
}

/// Those of its columns that are read.
const GEONAMES_FOUND: [&str; 6] = ["name", "alternatenames", "latitude", "longitude", "feature_class", "feature_code"];

impl TableForm for Geonames {
    fn item(&mut self, cells: &ByteRecord) -> Result<Item> {
        let cells = Cells::new(&self.0, cells)?;
        let name = cells.name(0, false)?.ok_or_else(no_name)?;
        let others = cells.text(1)?.filter(|others| others.len() <= ALIASES_MAX).unwrap_or_default();
        let others = others.split(',').filter_map(|other| sound_name(other).ok()).filter(|other| *other != name);
        let point = Point::parse(cells.text(2)?.unwrap_or_default(), cells.text(3)?.unwrap_or_default())?;
        let kind = cells.text(4)?.map(|class| kind_of(class, cells.text(5).ok().flatten()).to_owned());
        Ok(Item::Place(Place { aliases: others.map(str::to_owned).collect(), name, kind, parent: None, point }))
    }

    fn unknown(&self) -> &[String] {
        &[]
    }
}

/// GeoNames' feature classes and the codes of populated places and areas, in words.
fn kind_of<'a>(class: &'a str, code: Option<&'a str>) -> &'a str {
    match (class, code) {
        ("P", Some("PPLC")) => "capital",
        ("P", _) => "populated place",
        ("A", Some("PCLI")) => "country",
        ("A", Some("ADM1")) => "region",
        ("A", Some("ADM2")) => "district",
        ("A", _) => "area",
        ("H", _) => "water",
        ("L", _) => "park or area",
        ("R", _) => "road or railway",
        ("S", _) => "building",
        ("T", _) => "mountain or rock",
        ("U", _) => "undersea",
        ("V", _) => "forest or heath",
        (other, _) => other,
    }
}

/// The hint that goes with every bad line.
const SHAPE: &str = r#"a line is {"name": NAME, "lat"?, "lon"?, "aliases"?: [NAME, …], "parent"?: NAME, "kind"?}"#;

/// A line of JSON about a place.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceLine {
    name: String,
    #[serde(default)]
    lat: Option<f64>,
    #[serde(default)]
    lon: Option<f64>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    parent: Option<String>,
    #[serde(default)]
    kind: Option<String>,
}

/// The place of a line of JSON.
pub(super) fn item(line: &str) -> Result<Item> {
    let line: PlaceLine = lines::parsed(line, "place", SHAPE)?;
    for name in line.aliases.iter().chain([&line.name]).chain(&line.parent) {
        sound_name(name).map_err(|bad| Error::data(format!("{}: {bad}", quoted(name))).hint(bad.remedy()))?;
    }
    let point = match (line.lat, line.lon) {
        (Some(lat), Some(lon)) => Some(Point::from_degrees(lat, lon)?),
        (None, None) => None,
        _ => return Err(crate::model::place::BadCoordinate::Half.into()),
    };
    Ok(Item::Place(Place { name: line.name, kind: line.kind, parent: line.parent, point, aliases: line.aliases }))
}
