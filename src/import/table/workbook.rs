//! The first sheet of an XLSX workbook, row by row. Only its table of shared texts is held, within a bound.

use std::io::{self, Read};

use calamine::{Data, DataRef, Reader, Xlsx};
use csv::ByteRecord;

use super::Line;
use crate::error::{Error, Result};
use crate::import::source::{Seekable, Source};

/// Most bytes that the parts of a workbook that are read whole may unpack to. Sheets are read as a stream.
const PARTS_MAX: u64 = 512 << 20;
/// Most columns a sheet may use.
const COLUMNS_MAX: usize = 1024;

/// Reads the rows of the first sheet.
pub(super) fn read(source: Source, each: &mut dyn FnMut(Line<'_>) -> Result<()>) -> Result<()> {
    let mut file = source.seekable()?;
    check_size(&mut file)?;
    let mut workbook = Xlsx::new(file).map_err(unreadable)?;
    let name = workbook.sheet_names().into_iter().next();
    let name = name.ok_or_else(|| Error::data("the workbook has no sheet"))?;
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(unreadable)?;
    let mut row = SheetRow::default();
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (at, column) = cell.get_position();
        if at != row.at {
            row.give(each)?;
            row.at = at;
        }
        row.set(column as usize, &text(cell.get_value()))?;
    }
    row.give(each)
}

/// A row being gathered. Rows are as wide as the header at least.
#[derive(Default)]
struct SheetRow {
    at: u32,
    width: usize,
    cells: ByteRecord,
}

impl SheetRow {
    fn set(&mut self, column: usize, text: &str) -> Result<()> {
        if column >= COLUMNS_MAX || column < self.cells.len() {
            return Err(Error::data(format!(
                "row {} of the sheet has cells out of order or over {COLUMNS_MAX} columns",
                self.at + 1
            ))
            .hint("save the sheet as CSV, and import that"));
        }
        while self.cells.len() < column {
            self.cells.push_field(b"");
        }
        self.cells.push_field(text.as_bytes());
        Ok(())
    }

    fn give(&mut self, each: &mut dyn FnMut(Line<'_>) -> Result<()>) -> Result<()> {
        while self.cells.len() < self.width {
            self.cells.push_field(b"");
        }
        while self.cells.len() > self.width && self.cells.iter().next_back().is_some_and(<[u8]>::is_empty) {
            self.cells.truncate(self.cells.len() - 1);
        }
        if self.width == 0 {
            self.width = self.cells.len();
        }
        let given = each(Line { number: u64::from(self.at) + 1, cells: &self.cells, fault: None });
        self.cells.clear();
        given
    }
}

/// A cell as people would type it in a table of text.
fn text(cell: &DataRef<'_>) -> String {
    match Data::from(cell.clone()) {
        Data::Empty => String::new(),
        Data::Int(n) => n.to_string(),
        Data::Float(n) => n.to_string(),
        Data::Bool(flag) => if flag { "yes" } else { "no" }.to_owned(),
        Data::DateTime(time) if time.is_datetime() => date(time.to_ymd_hms_milli(), time.as_f64()),
        Data::DateTime(time) => time.as_f64().to_string(),
        Data::DateTimeIso(text) | Data::DurationIso(text) | Data::String(text) => text,
        Data::Error(error) => error.to_string(),
    }
}

/// A date of a sheet in EDTF: a day where no time of day is told, a time of day alone as `hh:mm`.
fn date((year, month, day, hour, minute, second, _): (u16, u8, u8, u8, u8, u8, u16), serial: f64) -> String {
    match (serial < 1.0, hour, minute, second) {
        (true, ..) => format!("{hour:02}:{minute:02}"),
        (_, 0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        (_, _, _, 0) => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
    }
}

fn unreadable(error: calamine::XlsxError) -> Error {
    Error::data(format!("the workbook cannot be read: {}", crate::model::text::cut(&error.to_string(), 200)))
        .hint("save it anew as .xlsx, without a password, or as CSV")
        .caused_by(error)
}

/// Refuses a workbook whose parts other than sheets unpack to more than [`PARTS_MAX`]: they are unpacked once and
/// counted, because what an archive says of itself may be a lie.
fn check_size(file: &mut Box<dyn Seekable>) -> Result<()> {
    let broken = |error: zip::result::ZipError| {
        Error::data("the workbook is damaged").hint("fetch or save it again").caused_by(error)
    };
    let mut archive = zip::ZipArchive::new(file).map_err(broken)?;
    let mut unpacked = 0;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(broken)?;
        if part.name().map_err(broken)?.contains("worksheets/") {
            continue;
        }
        let counted = io::copy(&mut part.take(PARTS_MAX + 1), &mut io::sink());
        unpacked += counted.map_err(|error| broken(error.into()))?;
        if unpacked > PARTS_MAX {
            return Err(Error::data(format!("the workbook unpacks to more than {} MiB", PARTS_MAX >> 20))
                .hint("save the sheet as CSV, and import that"));
        }
    }
    Ok(())
}
