//! A small ledger's reads made by hand, for the tests of the reports.

use crate::ledger::{Counted, Head, Office, Recorded};
use crate::model::{
    ActBase, Attribution, Extent, Figure, Id, Number, NumberKind, Party, PartyKind, Range, Stance, Truce, Zone,
};
use crate::reconcile::{Answer, AnswerKind, Claimant, Fact, Incident, PlaceName, Registers, Status, Toll};
use crate::report::input::Input;
use crate::report::sheet::{Cell, Offices, Sheet};
use crate::tally::numbers::resolved;

pub(super) const ARMENIA: Id = Id(1);
pub(super) const AZERBAIJAN: Id = Id(2);
pub(super) const KARABAKH: Id = Id(3);
pub(super) const OSCE: Id = Id(4);

pub(super) fn zone() -> Zone {
    "Asia/Yerevan".parse().unwrap()
}

/// An input of these claims with the four parties and no truce.
pub(super) fn input(claims: Vec<Counted>) -> Input {
    let party = |id, name: &str, kind, side: Option<&str>| {
        let side = side.map(str::to_owned);
        Recorded { id, batch: Id(1), value: Party { side, ..Party::new(name, kind) } }
    };
    let parties = vec![
        party(OSCE, "OSCE", PartyKind::Monitor, None),
        party(KARABAKH, "Nagorno-Karabakh", PartyKind::NonState, Some("Armenian side")),
        party(AZERBAIJAN, "Azerbaijan", PartyKind::State, None),
        party(ARMENIA, "Armenia", PartyKind::State, Some("Armenian side")),
    ];
    Input {
        office: Office { code: "KHI".into(), title: "Karabakh desk".into(), zone: zone() },
        head: Head {
            batch: Some(Number::own(NumberKind::Batch, 3)),
            hash: "0123456789abcdef0123456789abcdef".into(),
            recorded_at: Some(1_602_500_400),
            derived_by: "engine 1, normaliser 1".into(),
            derived_as_of: None,
        },
        claims,
        chosen: None,
        incidents: Vec::new(),
        answers: Vec::new(),
        truces: Vec::new(),
        proposed: Vec::new(),
        parties,
        places: [(Id(1), "Karabakh".to_owned()), (Id(2), "Shusha".to_owned())].into(),
        registers: Registers {
            kind: [(OSCE, PartyKind::Monitor), (ARMENIA, PartyKind::State), (AZERBAIJAN, PartyKind::State)].into(),
            side: [(ARMENIA, 1), (KARABAKH, 1)].into(),
            ..Registers::default()
        },
        offices: Offices::default(),
        filters: Vec::new(),
        reviewed: false,
    }
}

/// A claim of its own statement and no incident.
pub(super) fn claim(id: i64, claimant: Claimant, stance: Stance, act: ActBase) -> Counted {
    let fact = Fact::bare(Id(id), claimant, stance, act);
    Counted { fact, batch: Id(1), draft: false, statement: Id(id), incident: None }
}

/// An accusation.
pub(super) fn accusation(id: i64, by: Id, accused: Id) -> Counted {
    claim(id, Claimant::Party(by), Stance::Alleges, ActBase::Shelling).against(accused)
}

/// Turns that tests make of a claim.
pub(super) trait Turned: Sized {
    fn turned(self, turn: impl FnOnce(&mut Counted)) -> Self;

    fn against(self, accused: Id) -> Self {
        self.turned(|c| {
            c.fact.accused = Some(accused);
            c.fact.attribution = Some(Attribution::Stated);
        })
    }

    fn when(self, edtf: &str) -> Self {
        self.turned(|c| c.fact.when = Some(resolved(edtf.parse().unwrap(), zone(), Extent::Within)))
    }

    fn throughout(self, edtf: &str) -> Self {
        self.turned(|c| c.fact.when = Some(resolved(edtf.parse().unwrap(), zone(), Extent::Throughout)))
    }

    fn figure(self, figure: &str) -> Self {
        self.turned(|c| {
            let figure: Figure = figure.parse().unwrap();
            c.fact.total |= figure.span.is_total();
            c.fact.figures.push(figure);
        })
    }

    fn killed(self, amount: &str) -> Self {
        self.turned(|c| c.fact.tolls.push(toll(None, Some(amount), None)))
    }

    fn of_incident(self, incident: i64) -> Self {
        self.turned(|c| c.incident = Some(Id(incident)))
    }

    fn repeats(self, statement: i64) -> Self {
        self.turned(|c| c.statement = Id(statement))
    }

    fn at(self, place: &str, registered: Option<i64>) -> Self {
        self.turned(|c| c.fact.places.push(PlaceName { name: place.to_owned(), place: registered.map(Id) }))
    }
}

impl Turned for Counted {
    fn turned(mut self, turn: impl FnOnce(&mut Counted)) -> Self {
        turn(&mut self);
        self
    }
}

pub(super) fn toll(side: Option<Id>, killed: Option<&str>, wounded: Option<&str>) -> Toll {
    let range = |text: Option<&str>| text.map(|text| text.parse::<Range>().unwrap());
    let (killed, wounded) = (range(killed), range(wounded));
    Toll { side, killed, wounded, missing: None, captured: None, civilian: None, total: false, since: None }
}

pub(super) fn incident(claims: &[i64], status: Status) -> Incident {
    let claims: Vec<Id> = claims.iter().map(|id| Id(*id)).collect();
    Incident { id: claims[0], claims, status, when: None, point: None }
}

pub(super) fn answer(reply: i64, accusation: i64) -> Answer {
    Answer { reply: Id(reply), accusation: Id(accusation), kind: AnswerKind::Matched }
}

pub(super) fn truce(id: i64, title: &str, effective: &str, ended: Option<&str>) -> Recorded<Truce> {
    let value = Truce {
        title: title.to_owned(),
        effective: Some(effective.parse().unwrap()),
        ended: ended.map(|ended| ended.parse().unwrap()),
        ..Truce::default()
    };
    Recorded { id: Id(id), batch: Id(1), value }
}

/// The cell of a row, found by its first cell, in a column, found by its key.
pub(super) fn cell<'a>(sheet: &'a Sheet, row: &str, column: &str) -> &'a Cell {
    let at = sheet.columns.iter().position(|c| c.key == column).unwrap_or_else(|| panic!("no column {column}"));
    let row = sheet.rows.iter().find(|cells| cells[0] == Cell::Text(row.to_owned()));
    &row.unwrap_or_else(|| panic!("no such row"))[at]
}

/// A count, by row and column.
pub(super) fn count(sheet: &Sheet, row: &str, column: &str) -> u64 {
    match cell(sheet, row, column) {
        Cell::Count(count, claims) => {
            assert_eq!(usize::try_from(*count).unwrap(), claims.len());
            *count
        }
        other => panic!("{other:?} is no count"),
    }
}

/// An amount in words, by row and column; `—` for unknown.
pub(super) fn amount(sheet: &Sheet, row: &str, column: &str) -> String {
    match cell(sheet, row, column) {
        Cell::Unknown => "—".to_owned(),
        Cell::Amount(amount, _) => amount.to_string(),
        other => panic!("{other:?} is no amount"),
    }
}
