//! Tables for a terminal: as wide as it is, words wrapped, numbers to the right, unknown as a dash.

use std::io::{self, Write};

use comfy_table::presets::{UTF8_FULL, UTF8_FULL_CONDENSED};
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, TableStyle, Width};
use owo_colors::OwoColorize;

use super::fold::{folded, indented};
use super::layout::{Layout, Room, layout, widths};
use super::passage::{Line, drawn};
use super::{Form, Look, heading, is_right_to_left, lines};
use crate::model::text::{shown, shown_lines};
use crate::report::sheet::{Body, Card, Cell, Column, Field, Note, Offices, Passage, Shape, Sheet};

/// What stands for unknown.
const UNKNOWN: &str = "—";
/// The dispatch's own words, where a claimant is expected.
const NARRATION: &str = "(narration)";
/// Between columns.
const BORDER: char = '│';
/// Unicode's left-to-right mark: invisible, it keeps a terminal from letting right-to-left cells trade places.
const LEFT_TO_RIGHT: char = '\u{200e}';
/// Rows of so many lines still read without lines between them.
const LINES_PLAIN: usize = 2;
/// No terminal is taken for narrower than this.
const NARROWEST: usize = 20;
/// Passages are indented so far.
const INDENT: usize = 2;

/// Framed tables.
pub(super) struct Table(pub(super) Look);

impl Form for Table {
    fn sheet(&self, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
        self.title(&sheet.title, out)?;
        self.frames(sheet, out)?;
        self.notes(&sheet.notes, &sheet.offices, out)
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
                    self.notes(&sheet.notes, &sheet.offices, out)?;
                }
                Body::Prose(text) => writeln!(out, "{}:\n{}", heading(section.key), shown_lines(text))?,
                Body::Passages(passages) => self.passages(passages, out)?,
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
        let title = indented(&shown(title).to_string(), self.width(), 0);
        if self.0.colour { writeln!(out, "{}", title.bold()) } else { writeln!(out, "{title}") }
    }

    fn frames(&self, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
        if sheet.rows.is_empty() {
            return writeln!(out, "nothing");
        }
        let sheet = &*sheet.for_people();
        let grid = Grid::of(sheet);
        match layout(sheet, &grid.rooms(), || grid.turned(sheet).rooms(), self.width()) {
            Layout::Whole => self.frame(&grid, true, out),
            Layout::Turned => self.frame(&grid.turned(sheet), false, out),
            Layout::SideBySide(rows) => {
                for rows in grid.rows.chunks(rows) {
                    let some = Grid { headings: grid.headings.clone(), rows: rows.to_vec() };
                    self.frame(&some.turned(sheet), true, out)?;
                }
                Ok(())
            }
            Layout::Bands(bands) => {
                for band in bands {
                    if let Some(group) = &band.group {
                        writeln!(out, "{}:", indented(&shown(group).to_string(), self.width().saturating_sub(1), 0))?;
                    }
                    self.frame(&grid.columns(&band.columns), true, out)?;
                }
                Ok(())
            }
        }
    }

    /// One framed table, with lines between rows if they are wanted and some row needs them.
    fn frame(&self, grid: &Grid, lines_between: bool, out: &mut dyn Write) -> io::Result<()> {
        let widths = widths(&grid.rooms(), self.width());
        let mut table = comfy_table::Table::new();
        table.load_style(ruled(if lines_between && grid.wraps(&widths) { UTF8_FULL } else { UTF8_FULL_CONDENSED }));
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(self.width()).unwrap_or(u16::MAX));
        let cells =
            |row: &Vec<Piece>| row.iter().zip(&widths).map(|(piece, width)| piece.cell(*width)).collect::<Vec<_>>();
        table.set_header(cells(&grid.headings));
        for row in &grid.rows {
            table.add_row(cells(row));
        }
        for (column, width) in table.column_iter_mut().zip(&widths) {
            let with_padding = u16::try_from(*width + 2).unwrap_or(u16::MAX);
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(with_padding)));
        }
        for line in table.lines() {
            writeln!(out, "{}", in_order(line))?;
        }
        Ok(())
    }

    /// Passages, each headed by where it stands if there are several.
    fn passages(&self, passages: &[Passage], out: &mut dyn Write) -> io::Result<()> {
        for (at, passage) in passages.iter().enumerate() {
            if passages.len() > 1 {
                writeln!(out, "{}{}:", if at > 0 { "\n" } else { "" }, shown(&passage.place))?;
            }
            for line in drawn(passage, self.width().saturating_sub(INDENT)) {
                match line {
                    Line::Under(line) if self.0.colour => writeln!(out, "{:INDENT$}{}", "", line.yellow())?,
                    Line::Under(line) | Line::Text(line) => writeln!(out, "{:INDENT$}{line}", "")?,
                }
            }
        }
        Ok(())
    }

    fn notes(&self, notes: &[Note], offices: &Offices, out: &mut dyn Write) -> io::Result<()> {
        for note in notes {
            let line = shown(&note.line(offices)).to_string();
            writeln!(out, "{}", indented(&line, self.width(), 2))?;
        }
        Ok(())
    }

    fn fields(&self, fields: &[Field], offices: &Offices, out: &mut dyn Write) -> io::Result<()> {
        let longest = fields.iter().map(|field| field.key.len()).max().unwrap_or(0);
        let width = self.width().saturating_sub(longest + 2).max(NARROWEST);
        for field in fields {
            let mut name = heading(field.key);
            for line in cell_lines(&field.cell, offices) {
                for line in folded(&line, width) {
                    writeln!(out, "{name:longest$}  {line}")?;
                    name.clear();
                }
            }
        }
        Ok(())
    }
}

/// What stands in one place of a table.
#[derive(Debug, Clone, Default)]
struct Piece {
    text: String,
    /// Numbers stand to the right.
    right: bool,
}

impl Piece {
    fn cell(&self, width: usize) -> comfy_table::Cell {
        let alignment = if self.right { CellAlignment::Right } else { CellAlignment::Left };
        comfy_table::Cell::new_owned(folded(&self.text, width).join("\n")).set_alignment(alignment)
    }
}

/// A sheet's words as they stand in a table.
struct Grid {
    headings: Vec<Piece>,
    rows: Vec<Vec<Piece>>,
}

impl Grid {
    fn of(sheet: &Sheet) -> Self {
        let piece = |column: &Column, text: String| Piece { text, right: column.shape != Shape::Words };
        let heading = |column: &Column| piece(column, shown(&column.title).to_string());
        let row = |cells: &Vec<Cell>| {
            let cells = sheet.columns.iter().zip(cells);
            cells.map(|(column, cell)| piece(column, cell_lines(cell, &sheet.offices).join("\n"))).collect()
        };
        Self { headings: sheet.columns.iter().map(heading).collect(), rows: sheet.rows.iter().map(row).collect() }
    }

    /// The room each column wants.
    fn rooms(&self) -> Vec<Room> {
        let of = |(at, heading)| {
            let cells = self.rows.iter().filter_map(|row| row.get(at));
            Room::of(std::iter::once(heading).chain(cells).map(|piece: &Piece| piece.text.as_str()))
        };
        self.headings.iter().enumerate().map(of).collect()
    }

    /// Whether something in it takes so many lines that rows need lines between them.
    fn wraps(&self, widths: &[usize]) -> bool {
        let takes_more = |(piece, width): (&Piece, &usize)| folded(&piece.text, *width).len() > LINES_PLAIN;
        self.rows.iter().any(|row| row.iter().zip(widths).any(takes_more))
    }

    /// Some of its columns.
    fn columns(&self, which: &[usize]) -> Self {
        let of = |row: &Vec<Piece>| which.iter().filter_map(|at| row.get(*at)).cloned().collect();
        Self { headings: of(&self.headings), rows: self.rows.iter().map(of).collect() }
    }

    /// Rows as columns; a blank row between groups of columns. Beside each other, what no version tells is left out.
    fn turned(&self, sheet: &Sheet) -> Self {
        let left = |piece: &Piece| Piece { right: false, ..piece.clone() };
        let across = |at: usize| self.rows.iter().filter_map(move |row| row.get(at)).cloned();
        let mut rows = Vec::new();
        let mut group = sheet.columns.get(1).and_then(|column| column.group.as_ref());
        for (at, (heading, column)) in self.headings.iter().zip(&sheet.columns).enumerate().skip(1) {
            if column.group.as_ref() != group {
                rows.push(vec![Piece::default()]);
                group = column.group.as_ref();
            }
            let told = across(at).any(|piece| piece.text != UNKNOWN);
            if told || !sheet.side_by_side {
                rows.push(std::iter::once(left(heading)).chain(across(at)).collect());
            }
        }
        Self { headings: self.headings.first().into_iter().map(left).chain(across(0)).collect(), rows }
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
