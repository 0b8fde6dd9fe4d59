//! How a sheet is laid out over a width: which columns stand in one table, how wide each is, where words wrap.

use unicode_width::UnicodeWidthStr;

use crate::report::sheet::{Name, Sheet};

/// Blanks on both sides of a cell and the line after it.
const FRAME: usize = 3;
/// A word is broken only where it is longer than this.
const WORD_MAX: usize = 18;

/// How much room a column wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Room {
    /// The longest word, up to a limit: below this words break.
    pub(super) least: usize,
    /// The longest line: above this it is blank.
    pub(super) most: usize,
}

impl Room {
    /// The room of some lines of text. Numbers ask to stay whole.
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut room = Self { least: 1, most: 1 };
        for line in texts.flat_map(str::lines) {
            let word = line.split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0);
            room.least = room.least.max(word.min(WORD_MAX));
            room.most = room.most.max(line.width());
        }
        room
    }
}

/// One table of those a sheet is split into: its heading and the places of its columns, the first one repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Band {
    /// What its columns belong to.
    pub(super) group: Option<Name>,
    /// Places of its columns in the sheet.
    pub(super) columns: Vec<usize>,
}

/// How a sheet is laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Layout {
    /// As it is.
    Whole,
    /// Its rows as columns.
    Turned,
    /// Split into several tables.
    Bands(Vec<Band>),
}

/// So many columns take their share even where they break words.
const FEW: usize = 3;

/// Lays a sheet out: whole if its words fit; else turned, if it has fewer rows than columns and fits so; else split.
pub(super) fn layout(sheet: &Sheet, rooms: &[Room], width: usize) -> Layout {
    if rooms.len() < FEW || least_width(rooms.iter()) <= width {
        return Layout::Whole;
    }
    if sheet.rows.len() < sheet.columns.len() && turned_width(sheet, rooms) <= width {
        return Layout::Turned;
    }
    Layout::Bands(bands(sheet, rooms, width))
}

/// The room that a turned sheet takes at least: its longest heading's word, and for each row its longest word. Rows are
/// taken to want what the columns together want, which is never too little.
fn turned_width(sheet: &Sheet, rooms: &[Room]) -> usize {
    let widest = rooms.iter().map(|room| room.least).max().unwrap_or(1);
    1 + (widest + FRAME) * (sheet.rows.len() + 1)
}

/// Splits a sheet's columns into tables that fit: a table a group, or as many as it takes. A column that alone is too
/// wide stands alone and wraps inside its words.
fn bands(sheet: &Sheet, rooms: &[Room], width: usize) -> Vec<Band> {
    let fits = |columns: &[usize]| least_width(columns.iter().filter_map(|at| rooms.get(*at))) <= width;
    let mut bands: Vec<Band> = Vec::new();
    for (at, column) in sheet.columns.iter().enumerate().skip(1) {
        if let Some(band) = bands.last_mut().filter(|band| band.group == column.group) {
            band.columns.push(at);
            if fits(&band.columns) {
                continue;
            }
            band.columns.pop();
        }
        bands.push(Band { group: column.group.clone(), columns: vec![0, at] });
    }
    bands
}

fn least_width<'a>(rooms: impl Iterator<Item = &'a Room>) -> usize {
    1 + rooms.map(|room| room.least + FRAME).sum::<usize>()
}

/// Widths of columns, blanks not counted, that together with the frame fill at most `width`: each gets what its words
/// need, and what is left goes to those that want more, by how much they want.
pub(super) fn widths(rooms: &[Room], width: usize) -> Vec<usize> {
    let room = width.saturating_sub(1 + rooms.len() * FRAME);
    let wanted: usize = rooms.iter().map(|room| room.most).sum();
    if wanted <= room {
        return rooms.iter().map(|room| room.most).collect();
    }
    let least: usize = rooms.iter().map(|room| room.least).sum();
    if least > room {
        return squeezed(rooms, room, least);
    }
    let (spare, lack) = (room - least, wanted - least);
    rooms.iter().map(|room| room.least + (room.most - room.least) * spare / lack.max(1)).collect()
}

/// Where even the words do not fit, every column gets its share, two columns at least: a wide character needs them.
fn squeezed(rooms: &[Room], room: usize, least: usize) -> Vec<usize> {
    rooms.iter().map(|one| (one.least * room / least.max(1)).max(2)).collect()
}

/// Words wrapped to a width, for notes; a longer word stands alone on its line.
pub(super) fn wrapped(text: &str, width: usize, indent: usize) -> String {
    let mut lines = String::new();
    let mut used = 0;
    for word in text.split(' ') {
        if used > 0 && used + 1 + word.width() > width {
            lines.push('\n');
            lines.push_str(&" ".repeat(indent));
            used = indent;
        } else if used > 0 {
            lines.push(' ');
            used += 1;
        }
        lines.push_str(word);
        used += word.width();
    }
    lines
}
