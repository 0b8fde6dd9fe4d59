//! Sheets and cards as the templates want them: texts, links, and whether a cell is a number. Computes no figure.

use std::collections::HashSet;

use serde::Serialize;

use super::{bars, heat, map, ranges};
use crate::model::text::{shown, shown_lines};
use crate::model::{Id, NumberKind};
use crate::render::{heading, lines};
use crate::report::dossier::Part;
use crate::report::drawing::Drawing;
use crate::report::sheet::{Body, Card, Cell, Note, Offices, Shape, Sheet};

/// A report of a page.
#[derive(Debug, Serialize)]
pub(super) struct Section {
    id: &'static str,
    table: Table,
    drawings: Vec<Drawn>,
}

/// A drawing with the template that draws it.
#[derive(Debug, Serialize)]
struct Drawn {
    template: &'static str,
    #[serde(flatten)]
    geometry: Geometry,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Geometry {
    Bars(bars::Geometry),
    Heat(heat::Geometry),
    Ranges(ranges::Geometry),
    Map(map::Geometry),
}

impl Section {
    /// A part of a page that has these cards.
    pub(super) fn of(part: &Part, cards: &[Card]) -> Self {
        let links = Links(cards.iter().map(|card| card.name.as_str()).collect());
        let draw = |drawing: &Drawing| match drawing {
            Drawing::Bars(data) => Drawn { template: "bars.html", geometry: Geometry::Bars(bars::draw(data)) },
            Drawing::Heat(data) => Drawn { template: "heat.html", geometry: Geometry::Heat(heat::draw(data)) },
            Drawing::Ranges(data) => Drawn { template: "ranges.html", geometry: Geometry::Ranges(ranges::draw(data)) },
            Drawing::Map(data) => {
                let geometry = map::draw(data, &part.sheet.offices, |name| links.to(name));
                Drawn { template: "map.html", geometry: Geometry::Map(geometry) }
            }
        };
        Self {
            id: part.sheet.name,
            table: Table::of(&part.sheet, &links),
            drawings: part.drawings.iter().map(draw).collect(),
        }
    }
}

/// The cards of a page, to which numbers link.
struct Links<'a>(HashSet<&'a str>);

impl Links<'_> {
    fn to(&self, number: &str) -> Option<String> {
        self.0.contains(number).then(|| anchor(number))
    }
}

/// The id of a card's element: `KHI/I17` as `KHI-I17`.
fn anchor(number: &str) -> String {
    number.replace('/', "-")
}

/// A table.
#[derive(Debug, Serialize)]
struct Table {
    title: String,
    groups: Vec<Group>,
    headings: Vec<Heading>,
    rows: Vec<Vec<Text>>,
    notes: Vec<Remark>,
}

#[derive(Debug, Serialize)]
struct Group {
    title: Option<String>,
    columns: usize,
}

#[derive(Debug, Clone, Serialize)]
struct Heading {
    text: String,
    number: bool,
}

/// A cell.
#[derive(Debug, Clone, Default, Serialize)]
struct Text {
    lines: Vec<String>,
    unknown: bool,
    number: bool,
    /// The claims behind it.
    claims: Option<String>,
    /// The card it leads to.
    link: Option<String>,
}

#[derive(Debug, Serialize)]
struct Remark {
    key: String,
    text: String,
}

impl Table {
    /// A sheet as people read it; one that is wider than it is long, or whose rows are versions of one thing, is turned.
    fn of(sheet: &Sheet, links: &Links<'_>) -> Self {
        // The page draws its own figures.
        let drawn_here = sheet.for_people();
        let people = drawn_here.for_programs();
        let headings = people
            .columns
            .iter()
            .map(|column| Heading { text: shown(&column.title).to_string(), number: column.shape != Shape::Words });
        let headings: Vec<Heading> = headings.collect();
        let rows = people.rows.iter().map(|row| {
            row.iter()
                .zip(&headings)
                .map(|(cell, heading)| Text::of(cell, heading.number, &people.offices, links))
                .collect()
        });
        let rows: Vec<Vec<Text>> = rows.collect();
        let turned = people.side_by_side || (headings.len() > WIDE && rows.len() < headings.len());
        let (groups, headings, rows) = if turned { turn(headings, rows) } else { (groups(&people), headings, rows) };
        let notes = people.notes.iter().map(|note| remark(note, &people.offices)).collect();
        Self { title: shown(&people.title).to_string(), groups, headings, rows, notes }
    }
}

/// A table of more columns than these is turned where that makes it narrower.
const WIDE: usize = 8;

fn remark(note: &Note, offices: &Offices) -> Remark {
    let line = shown(&note.line(offices)).to_string();
    let (key, text) = line.split_once(": ").unwrap_or(("", &line));
    Remark { key: key.to_owned(), text: text.to_owned() }
}

/// The headings over groups of columns; none where no column has one.
fn groups(sheet: &Sheet) -> Vec<Group> {
    if sheet.columns.iter().all(|column| column.group.is_none()) {
        return Vec::new();
    }
    let mut groups: Vec<Group> = Vec::new();
    for column in &sheet.columns {
        let title = column.group.as_ref().map(|group| shown(group).to_string());
        match groups.last_mut().filter(|group| group.title == title) {
            Some(group) => group.columns += 1,
            None => groups.push(Group { title, columns: 1 }),
        }
    }
    groups
}

/// Rows as columns.
fn turn(headings: Vec<Heading>, rows: Vec<Vec<Text>>) -> (Vec<Group>, Vec<Heading>, Vec<Vec<Text>>) {
    let mut columns = rows.into_iter().map(Vec::into_iter).collect::<Vec<_>>();
    let mut lines = headings.into_iter().map(|heading| {
        let first = Text { lines: vec![heading.text], ..Text::default() };
        std::iter::once(first).chain(columns.iter_mut().filter_map(Iterator::next)).collect::<Vec<_>>()
    });
    let head = lines.next().unwrap_or_default();
    let head = head.into_iter().map(|text| Heading { text: text.lines.join(" "), number: false }).collect();
    (Vec::new(), head, lines.collect())
}

impl Text {
    fn of(cell: &Cell, number: bool, offices: &Offices, cards: &Links<'_>) -> Self {
        let behind = cell.claims();
        let link = match cell {
            Cell::Number(kind @ NumberKind::Incident, id) => cards.to(&offices.number(*kind, *id).to_string()),
            _ => None,
        };
        let told = match cell {
            Cell::Narration => Some(vec![NARRATION.to_owned()]),
            cell => lines(cell, offices),
        };
        Self {
            unknown: told.is_none(),
            lines: told.unwrap_or_default(),
            number,
            claims: (!behind.is_empty()).then(|| claims_told(&behind, offices)),
            link,
        }
    }
}

/// The dispatch's own words, where a claimant is expected.
const NARRATION: &str = "(narration)";
/// So many claims behind a figure are told where the pointer rests on it.
const CLAIMS_TOLD: usize = 20;

fn claims_told(claims: &[Id], offices: &Offices) -> String {
    let told = claims.get(..CLAIMS_TOLD).unwrap_or(claims);
    let more = claims.len().saturating_sub(told.len());
    let list = offices.list(NumberKind::Claim, told);
    if more == 0 { list } else { format!("{list} and {more} more") }
}

/// A card.
#[derive(Debug, Serialize)]
pub(super) struct Shown {
    id: String,
    name: String,
    title: String,
    sections: Vec<Piece>,
}

#[derive(Debug, Serialize)]
struct Piece {
    id: &'static str,
    key: String,
    fields: Vec<Field>,
    table: Option<Table>,
    prose: Option<String>,
}

#[derive(Debug, Serialize)]
struct Field {
    key: String,
    cell: Text,
}

impl Shown {
    pub(super) fn of(card: &Card) -> Self {
        let links = Links(HashSet::default());
        let pieces = card.sections.iter().map(|section| {
            let mut piece =
                Piece { id: section.key, key: heading(section.key), fields: Vec::new(), table: None, prose: None };
            match &section.body {
                Body::Fields(fields) => {
                    let text = |cell| Text::of(cell, false, &card.offices, &links);
                    piece.fields =
                        fields.iter().map(|field| Field { key: heading(field.key), cell: text(&field.cell) }).collect();
                }
                Body::Table(sheet) => piece.table = Some(Table::of(sheet, &links)),
                Body::Prose(text) => piece.prose = Some(shown_lines(text).to_string()),
                Body::Passages(passages) => {
                    let texts: Vec<String> =
                        passages.iter().map(|passage| shown_lines(&passage.text).to_string()).collect();
                    piece.prose = Some(texts.join("\n\n"));
                }
                Body::Record(_) => {}
            }
            piece
        });
        Self {
            id: anchor(&card.name),
            name: card.name.clone(),
            title: shown(&card.title).to_string(),
            sections: pieces.collect(),
        }
    }
}
