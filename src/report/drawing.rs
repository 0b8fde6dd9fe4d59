//! What a dossier draws, as data: each drawing shows figures of a sheet and no other. `render::html` draws them.

use std::collections::HashMap;

use crate::model::{Id, NumberKind, Point, Range};
use crate::report::input::Input;
use crate::report::sheet::{Cell, Name, Shape, Sheet};

/// A drawing.
#[derive(Debug, Clone, PartialEq)]
pub enum Drawing {
    /// Two accusers over time.
    Bars(Bars),
    /// Accuser by accused.
    Heat(Heat),
    /// Amounts as ranges.
    Ranges(Ranges),
    /// Incidents by coordinates.
    Map(Map),
}

/// Accusations by period of the two who accuse most, one above the line and one below it.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// The accusers, the one with more accusations first.
    pub accusers: Vec<Name>,
    /// Periods that have accusations, by time: the period (EDTF) and how many each accuser makes. A period without a
    /// row is one in which nobody says anything, and no zero.
    pub periods: Vec<(String, Vec<u64>)>,
    /// Truces: when each took effect (EDTF), and what it is called.
    pub truces: Vec<(String, String)>,
    /// Accusers beyond the two, who are not drawn.
    pub not_drawn: usize,
}

/// How often each accuser accuses each party.
#[derive(Debug, Clone, PartialEq)]
pub struct Heat {
    /// Who accuses, by row.
    pub accusers: Vec<String>,
    /// Who is accused, by column.
    pub accused: Vec<String>,
    /// Statements, by row and column; `None`: none, which is no zero that anybody counted.
    pub statements: Vec<Vec<Option<u64>>>,
}

/// Amounts as claimed.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranges {
    /// What they are amounts of.
    pub of: Name,
    /// What each is, and the amount.
    pub rows: Vec<(String, Range)>,
}

/// Incidents that have coordinates.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// Incidents with where they were.
    pub spots: Vec<(Id, Point)>,
    /// Incidents without coordinates, which are not drawn.
    pub not_drawn: usize,
}

/// So many accusers are drawn over time: one above the line, one below.
const ACCUSERS: usize = 2;

impl Bars {
    /// The accusations of `report daily`. `None` where there are none.
    pub fn of(daily: &Sheet, truces: Vec<(String, String)>) -> Option<Self> {
        let counts = |at: usize| daily.rows.iter().map(move |row| row.get(at).map_or(0, count));
        let mut series: Vec<(usize, Name, u64)> = Vec::new();
        for (at, column) in daily.columns.iter().enumerate() {
            let Some(accuser) = column.group.clone().filter(|_| column.shape == Shape::Count) else { continue };
            if !series.iter().any(|(_, known, _)| *known == accuser) {
                series.push((at, accuser, counts(at).sum()));
            }
        }
        series.sort_by(|(.., a), (.., b)| b.cmp(a));
        let not_drawn = series.len().saturating_sub(ACCUSERS);
        series.truncate(ACCUSERS);
        let periods: Vec<_> = daily
            .rows
            .iter()
            .filter_map(|row| {
                let Some(Cell::Time(period)) = row.first() else { return None };
                let counts: Vec<u64> = series.iter().map(|(at, ..)| row.get(*at).map_or(0, count)).collect();
                counts.iter().any(|count| *count > 0).then(|| (period.clone(), counts))
            })
            .collect();
        let accusers = series.into_iter().map(|(_, accuser, _)| accuser).collect();
        (!periods.is_empty()).then_some(Self { accusers, periods, truces, not_drawn })
    }
}

impl Heat {
    /// The statements of `report matrix`. `None` where there are none.
    pub fn of(matrix: &Sheet) -> Option<Self> {
        let at = matrix.columns.iter().position(|column| column.key == "statements")?;
        let mut told: Vec<(String, String, u64)> = Vec::new();
        for row in &matrix.rows {
            let [Some(by), Some(of)] = [row.first(), row.get(1)].map(|cell| cell.and_then(name)) else { continue };
            told.push((by, of, row.get(at).map_or(0, count)));
        }
        let distinct = |of: fn(&(String, String, u64)) -> &String| {
            let mut names: Vec<String> = Vec::new();
            for one in &told {
                if !names.contains(of(one)) {
                    names.push(of(one).clone());
                }
            }
            names
        };
        let (accusers, mut accused) = (distinct(|one| &one.0), distinct(|one| &one.1));
        accused.sort_by_key(|name| crate::model::text::key(name));
        let cell = |by: &String, of: &String| told.iter().find(|one| one.0 == *by && one.1 == *of).map(|one| one.2);
        let statements = accusers.iter().map(|by| accused.iter().map(|of| cell(by, of)).collect()).collect();
        (!told.is_empty()).then_some(Self { accusers, accused, statements })
    }
}

impl Ranges {
    /// The amounts in a column of a sheet, each called by the words at the front of its row. `None` where there are
    /// none.
    pub fn of(sheet: &Sheet, column: &str) -> Option<Self> {
        let at = sheet.columns.iter().position(|known| known.key == column)?;
        let amount = |row: &Vec<Cell>| match row.get(at) {
            Some(Cell::Amount(amount, _)) => Some((row.iter().map_while(name).collect::<Vec<_>>().join(", "), *amount)),
            _ => None,
        };
        let rows: Vec<_> = sheet.rows.iter().filter_map(amount).collect();
        let of = sheet.columns.get(at)?.title.clone();
        (!rows.is_empty()).then_some(Self { of, rows })
    }
}

impl Map {
    /// The incidents of a report. `None` where none has coordinates.
    pub fn of(incidents: &Sheet, input: &Input) -> Option<Self> {
        let listed = incidents.rows.iter().filter_map(|row| match row.first() {
            Some(Cell::Number(NumberKind::Incident, id)) => Some(*id),
            _ => None,
        });
        let points: HashMap<Id, _> = input.incidents.iter().map(|incident| (incident.id, incident.point)).collect();
        let (mut spots, mut not_drawn) = (Vec::new(), 0);
        for id in listed {
            match points.get(&id).copied().flatten() {
                Some(point) => spots.push((id, point)),
                None => not_drawn += 1,
            }
        }
        (!spots.is_empty()).then_some(Self { spots, not_drawn })
    }
}

/// The number in a cell of counts; nothing counted is nothing to draw.
const fn count(cell: &Cell) -> u64 {
    match cell {
        Cell::Count(count, _) => *count,
        _ => 0,
    }
}

/// The words of a cell that says what a row is.
fn name(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(text) | Cell::Time(text) => Some(text.clone()),
        Cell::Word(word) => Some((*word).to_owned()),
        Cell::Narration => Some("(narration)".to_owned()),
        _ => None,
    }
}
