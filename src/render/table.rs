//! Tables for a terminal: as wide as it is, words wrapped, numbers to the right, unknown as a dash.

use std::io::{self, Write};

use comfy_table::presets::{UTF8_FULL, UTF8_FULL_CONDENSED};
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, TableStyle, Width};
use owo_colors::OwoColorize;

use super::layout::{Band, Room, bands, widths, wrapped};
use super::{Form, Look, heading, lines};
use crate::model::text::{shown, shown_lines};
use crate::report::sheet::{Body, Card, Cell, Field, Note, Offices, Shape, Sheet};

/// What stands for unknown.
const UNKNOWN: &str = "—";
/// The dispatch's own words, where a claimant is expected.
const NARRATION: &str = "(narration)";
/// Between columns.
const BORDER: char = '│';
/// Unicode's left-to-right mark: invisible, it keeps a terminal from letting right-to-left cells trade places.
const LEFT_TO_RIGHT: char = '\u{200e}';
/// No terminal is taken for narrower than this.
const NARROWEST: usize = 20;

/// Framed tables.
pub(super) struct Table(pub(super) Look);

impl Form for Table {
    fn sheet(&self, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
        self.title(&sheet.title, out)?;
        self.frames(sheet, out)?;
        self.notes(&sheet.notes, out)
    }

    fn card(&self, card: &Card, out: &mut dyn Write) -> io::Result<()> {
        self.title(&format!("{} {}", card.name, card.title), out)?;
        let mut follows = false;
        for section in &card.sections {
            if follows && !matches!(section.body, Body::Record(_)) {
                writeln!(out)?;
            }
            follows = true;
            match &section.body {
                Body::Fields(fields) => self.fields(fields, &card.offices, out)?,
                Body::Table(sheet) => {
                    self.title(&sheet.title, out)?;
                    self.frames(sheet, out)?;
                    self.notes(&sheet.notes, out)?;
                }
                Body::Prose(text) => writeln!(out, "{}", shown_lines(text))?,
                Body::Record(_) => {}
            }
        }
        Ok(())
    }
}

impl Table {
    fn width(&self) -> usize {
        self.0.width.clamp(NARROWEST, usize::from(u16::MAX))
    }

    fn title(&self, title: &str, out: &mut dyn Write) -> io::Result<()> {
        let title = wrapped(&shown(title).to_string(), self.width(), 0);
        if self.0.colour { writeln!(out, "{}", title.bold()) } else { writeln!(out, "{title}") }
    }

    fn frames(&self, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
        let texts = Texts::of(sheet);
        for band in bands(sheet, &texts.rooms, self.width()) {
            if let Some(group) = &band.group {
                writeln!(out, "{}:", wrapped(&shown(group).to_string(), self.width().saturating_sub(1), 0))?;
            }
            self.frame(sheet, &texts, &band, out)?;
        }
        Ok(())
    }

    fn frame(&self, sheet: &Sheet, texts: &Texts, band: &Band, out: &mut dyn Write) -> io::Result<()> {
        let rooms: Vec<Room> = band.columns.iter().filter_map(|at| texts.rooms.get(*at)).copied().collect();
        let widths = widths(&rooms, self.width());
        let wraps = texts.rows.iter().any(|row| {
            let cells = band.columns.iter().filter_map(|at| row.get(*at));
            cells
                .zip(&widths)
                .any(|(text, width)| text.contains('\n') || Room::of(std::iter::once(text.as_str())).most > *width)
        });
        let mut table = comfy_table::Table::new();
        table.load_style(if wraps { ruled(UTF8_FULL) } else { ruled(UTF8_FULL_CONDENSED) });
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(self.width()).unwrap_or(u16::MAX));
        let of_band = |cells: &[String]| {
            band.columns.iter().filter_map(|at| cells.get(*at)).map(comfy_table::Cell::new).collect::<Vec<_>>()
        };
        table.set_header(of_band(&texts.headings));
        for row in &texts.rows {
            table.add_row(of_band(row));
        }
        for ((column, at), width) in table.column_iter_mut().zip(&band.columns).zip(&widths) {
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(
                u16::try_from(*width + 2).unwrap_or(u16::MAX),
            )));
            if sheet.columns.get(*at).is_some_and(|column| column.shape != Shape::Words) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        for line in table.lines() {
            writeln!(out, "{}", in_order(line))?;
        }
        Ok(())
    }

    fn notes(&self, notes: &[Note], out: &mut dyn Write) -> io::Result<()> {
        for note in notes {
            let text = format!("{}: {}", heading(note.key), shown(&note.text));
            writeln!(out, "{}", wrapped(&text, self.width(), 2))?;
        }
        Ok(())
    }

    fn fields(&self, fields: &[Field], offices: &Offices, out: &mut dyn Write) -> io::Result<()> {
        let longest = fields.iter().map(|field| field.key.len()).max().unwrap_or(0);
        let width = self.width().saturating_sub(longest + 2).max(NARROWEST);
        for field in fields {
            let mut name = heading(field.key);
            for line in cell_lines(&field.cell, offices) {
                for line in wrapped(&line, width, 0).lines() {
                    writeln!(out, "{name:longest$}  {line}")?;
                    name.clear();
                }
            }
        }
        Ok(())
    }
}

/// A sheet's words as they stand in a table, and the room its columns want.
struct Texts {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
    rooms: Vec<Room>,
}

impl Texts {
    fn of(sheet: &Sheet) -> Self {
        let headings: Vec<String> = sheet.columns.iter().map(|column| shown(&column.title).to_string()).collect();
        let rows: Vec<Vec<String>> = sheet
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| cell_lines(cell, &sheet.offices).join("\n")).collect())
            .collect();
        let rooms = headings
            .iter()
            .enumerate()
            .map(|(at, heading)| {
                let cells = rows.iter().filter_map(|row| row.get(at));
                Room::of(std::iter::once(heading).chain(cells).map(String::as_str))
            })
            .collect();
        Self { headings, rows, rooms }
    }
}

fn cell_lines(cell: &Cell, offices: &Offices) -> Vec<String> {
    match cell {
        Cell::Narration => vec![NARRATION.to_owned()],
        _ => lines(cell, offices).unwrap_or_else(|| vec![UNKNOWN.to_owned()]),
    }
}

fn ruled(mut style: TableStyle) -> TableStyle {
    style.header_lines.junction = Some(BORDER);
    style.content_lines.junction = Some(BORDER);
    style
}

/// A line whose cells stay where they are on terminals that reorder right-to-left text: a mark of the other direction
/// before every border (Unicode UAX #9, rules N1 and N2: a border between two right-to-left runs would join them).
fn in_order(line: String) -> String {
    if line.chars().any(is_right_to_left) { line.replace(BORDER, &format!("{LEFT_TO_RIGHT}{BORDER}")) } else { line }
}

/// Whether a character belongs to a script written from right to left: Hebrew to Arabic Extended, the presentation
/// forms, and the right-to-left scripts of the supplementary plane.
const fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}')
}
