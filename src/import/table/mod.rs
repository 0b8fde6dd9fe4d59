//! Tables: CSV, TSV, semicolon CSV and XLSX give the same lines of cells; the header tells what a table is.

pub(super) mod cells;
pub(super) mod columns;
pub(super) mod days;
mod separated;
mod workbook;

use csv::ByteRecord;

use super::acled::Acled;
use super::claim_table::ClaimTable;
use super::form::{Form, Layout};
use super::ged::{self, Ged};
use super::item::{Item, Raw, Row, Sink};
use super::options::Options;
use super::places::{self, Geonames, PlaceTable};
use super::source::Source;
use super::viina::Viina;
use crate::error::{Error, Result, quoted};
use columns::ColumnMap;

pub(super) use separated::sniff;

/// A line of a table.
pub(super) struct Line<'a> {
    /// Its number, from 1.
    pub(super) number: u64,
    /// Its cells, as bytes: nothing was checked.
    pub(super) cells: &'a ByteRecord,
    /// Why it is no sound line.
    pub(super) fault: Option<Error>,
}

/// What reads the rows of a table of one form.
pub(super) trait TableForm {
    /// What a row tells.
    fn item(&mut self, cells: &ByteRecord) -> Result<Item>;

    /// Columns of the header that mean nothing here.
    fn unknown(&self) -> &[String];
}

/// Reads a table: the header tells the form unless the options do, and every further line is a row of it.
pub(super) fn read(source: Source, layout: Layout, options: &Options, sink: &mut dyn Sink) -> Result<()> {
    let mut reading = Reading { layout, options, sink, form: None, rows: 0 };
    let mut line = |line: Line<'_>| reading.line(line);
    match layout {
        Layout::Workbook => workbook::read(source, &mut line)?,
        Layout::Separated(separator) => separated::read(source, separator, &mut line)?,
        _ => {}
    }
    if reading.form.is_none() {
        return Err(Error::data("the table has no header").hint("its first line must name the columns"));
    }
    Ok(())
}

struct Reading<'a> {
    layout: Layout,
    options: &'a Options,
    sink: &'a mut dyn Sink,
    form: Option<Box<dyn TableForm>>,
    rows: u64,
}

impl Reading<'_> {
    fn line(&mut self, line: Line<'_>) -> Result<()> {
        if line.cells.iter().all(|cell| cell.trim_ascii().is_empty()) && line.fault.is_none() {
            return Ok(());
        }
        if self.form.is_none() && !self.header(line.cells)? {
            return Ok(());
        }
        let Some(form) = &mut self.form else { return Ok(()) };
        self.rows += 1;
        if self.rows == 1 && columns::is_hxl(line.cells) {
            return Ok(());
        }
        let item = match line.fault {
            Some(fault) => Err(fault),
            None => form.item(line.cells),
        };
        self.sink.row(Row { line: Some(line.number), item, raw: Raw::Cells(line.cells) })
    }

    /// Takes the first line; whether it is a row already, of a table without a header.
    fn header(&mut self, cells: &ByteRecord) -> Result<bool> {
        let told = form_of(cells, &self.options.map);
        let form = self.options.form.or(told).ok_or_else(|| unrecognised(cells))?;
        let headless = is_headless(form, cells);
        let table: Box<dyn TableForm> = match form {
            Form::Claims => Box::new(ClaimTable::new(cells, self.options)?),
            Form::Viina => Box::new(Viina::new(cells, self.options)?),
            Form::Acled => Box::new(Acled::new(cells, self.options)?),
            Form::Ged if headless => Box::new(Ged::headless()?),
            Form::Ged => Box::new(Ged::new(cells, self.options)?),
            Form::Places => Box::new(PlaceTable::new(cells, self.options)?),
            Form::Geonames => Box::new(Geonames::new()?),
            _ => return Err(no_table(form)),
        };
        self.sink.is_a(form, self.layout);
        self.sink.header(cells, table.unknown())?;
        self.form = Some(table);
        Ok(headless)
    }
}

/// Whether the first line of a file is the header of a known table.
pub(super) fn is_known(head: &[u8], separator: u8, map: &ColumnMap) -> bool {
    separated::first_line(head, separator).is_some_and(|header| form_of(&header, map).is_some())
}

/// The form of a table, by its header.
fn form_of(header: &ByteRecord, map: &ColumnMap) -> Option<Form> {
    let names = map.names(header);
    let has = |wanted: &[&str]| wanted.iter().all(|name| names.iter().any(|known| known == name));
    if has(&["viina_version", "report_id", "text"]) {
        Some(Form::Viina)
    } else if has(&["stance", "act"]) {
        Some(Form::Claims)
    } else if has(&["event_id_cnty", "event_date"]) {
        Some(Form::Acled)
    } else if has(&["relid", "side_a", "side_b", "deaths_a"]) || ged::is_headless(header) {
        Some(Form::Ged)
    } else if places::is_places(&names) {
        Some(Form::Places)
    } else if places::is_geonames(header) {
        Some(Form::Geonames)
    } else {
        None
    }
}

/// Whether the first line of a table of a form is a row, there being no header.
fn is_headless(form: Form, first: &ByteRecord) -> bool {
    match form {
        Form::Ged => ged::is_headless(first),
        Form::Geonames => places::is_geonames(first),
        _ => false,
    }
}

fn unrecognised(header: &ByteRecord) -> Error {
    let names: Vec<_> = header.iter().map(|cell| quoted(&String::from_utf8_lossy(cell))).take(8).collect();
    Error::data(format!("no known table: its header begins with {}", names.join(", "))).hint(
        "claims need the columns claimant, stance and act: give yours their names with --map 'YOURS=act,…', or tell \
         the form with --as",
    )
}

fn no_table(form: Form) -> Error {
    Error::usage(format!("{} cannot be read from a table", form.told()))
        .hint("leave --as out: the file says what it is")
}
