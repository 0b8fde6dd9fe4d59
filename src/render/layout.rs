//! How a sheet is laid out over a width: which columns stand in one table, and how wide each is.

use unicode_width::UnicodeWidthStr;

use super::fold::widest_piece;
use crate::report::sheet::{Name, Shape, Sheet};

/// Blanks on both sides of a cell and the line after it.
const FRAME: usize = 3;
/// What a fold keeps whole is broken only where it is wider than this.
const PIECE_MAX: usize = 18;
/// Words in a table without groups are broken rather than the table split, as long as its columns can be so wide.
const TIGHT: usize = 9;
/// A version laid beside others is so wide at least.
const VERSION: usize = 24;

/// How much room a column wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Room {
    /// The widest word, up to a limit: below this words break.
    pub(super) least: usize,
    /// The widest word that no fold has gone through.
    pub(super) word: usize,
    /// The longest line: above this it is blank.
    pub(super) most: usize,
}

impl Room {
    /// The room of some lines of text. Numbers ask to stay whole.
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut room = Self { least: 1, word: 1, most: 1 };
        for text in texts {
            room.least = room.least.max(widest_piece(text).min(PIECE_MAX));
            room.word = text.split([' ', '\n']).map(UnicodeWidthStr::width).fold(room.word, usize::max);
            room.most = text.lines().map(UnicodeWidthStr::width).fold(room.most, usize::max);
        }
        room
    }
}

/// One table of those a sheet is split into: its heading and the places of its columns, the first ones repeated.
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
    /// Its rows as columns, so many in each of several tables.
    SideBySide(usize),
    /// Split into several tables.
    Bands(Vec<Band>),
}

/// So many columns take their share even where they break words.
const FEW: usize = 3;

/// Lays a sheet out: whole if its words fit, or nearly; else turned, if it has fewer rows than columns and fits so;
/// else split. `turned` is the room of its rows as columns.
pub(super) fn layout(sheet: &Sheet, rooms: &[Room], turned: impl FnOnce() -> Vec<Room>, width: usize) -> Layout {
    if sheet.side_by_side {
        return Layout::SideBySide((width.saturating_sub(PIECE_MAX + FRAME + 1) / (VERSION + FRAME)).max(1));
    }
    let grouped = sheet.columns.iter().any(|column| column.group.is_some());
    let tight = rooms.iter().map(|room| Room { least: room.least.min(TIGHT), ..*room }).collect::<Vec<_>>();
    let needed = least_width(if grouped { rooms } else { &tight }.iter());
    if rooms.len() < FEW || needed <= width {
        return Layout::Whole;
    }
    if sheet.rows.len() < sheet.columns.len() && least_width(turned().iter()) <= width {
        return Layout::Turned;
    }
    Layout::Bands(bands(sheet, rooms, width))
}

/// Splits a sheet's columns into tables that fit: a table a group, or as many as it takes. A column that alone is too
/// wide stands alone and wraps inside its words. Each repeats the words at the front that say what a row is.
fn bands(sheet: &Sheet, rooms: &[Room], width: usize) -> Vec<Band> {
    let fits = |columns: &[usize]| least_width(columns.iter().filter_map(|at| rooms.get(*at))) <= width;
    let keys = sheet.columns.iter().position(|column| column.shape != Shape::Words).unwrap_or(1).max(1);
    let mut bands: Vec<Band> = Vec::new();
    for (at, column) in sheet.columns.iter().enumerate().skip(keys) {
        if let Some(band) = bands.last_mut().filter(|band| band.group == column.group) {
            band.columns.push(at);
            if fits(&band.columns) {
                continue;
            }
            band.columns.pop();
        }
        bands.push(Band { group: column.group.clone(), columns: (0..keys).chain([at]).collect() });
    }
    bands
}

fn least_width<'a>(rooms: impl Iterator<Item = &'a Room>) -> usize {
    1 + rooms.map(|room| room.least + FRAME).sum::<usize>()
}

/// Widths of columns, blanks not counted, that together with the frame fill at most `width`: each gets what its pieces
/// need, then what its words want, then what its lines want, as far as that goes round.
pub(super) fn widths(rooms: &[Room], width: usize) -> Vec<usize> {
    let room = width.saturating_sub(1 + rooms.len() * FRAME);
    let of = |want: fn(&Room) -> usize| rooms.iter().map(want).collect::<Vec<_>>();
    let (least, words, lines) = (of(|room| room.least), of(|room| room.word), of(|room| room.most));
    if lines.iter().sum::<usize>() <= room {
        lines
    } else if words.iter().sum::<usize>() <= room {
        between(&words, &lines, room)
    } else if least.iter().sum::<usize>() <= room {
        between(&least, &words, room)
    } else {
        squeezed(rooms, room)
    }
}

/// What is left over the lower widths goes round, a column at a time, to those that lack something of the upper ones.
fn between(lower: &[usize], upper: &[usize], room: usize) -> Vec<usize> {
    let mut widths = lower.to_vec();
    let mut spare = room.saturating_sub(lower.iter().sum());
    while spare > 0 && widths.iter().zip(upper).any(|(width, upper)| width < upper) {
        for (width, upper) in widths.iter_mut().zip(upper) {
            if *width < *upper && spare > 0 {
                *width += 1;
                spare -= 1;
            }
        }
    }
    widths
}

/// Where even the words do not fit, the widest columns give way, down to two: a wide character needs them.
fn squeezed(rooms: &[Room], room: usize) -> Vec<usize> {
    let at_most = |cap: usize| rooms.iter().map(|one| one.least.min(cap)).collect::<Vec<_>>();
    let fits = |cap: &usize| at_most(*cap).iter().sum::<usize>() <= room;
    let capped = at_most((2..=PIECE_MAX).take_while(fits).last().unwrap_or(2));
    between(&capped, &at_most(PIECE_MAX), room)
}
