//! The page: whole, escaped, and with the figures of the sheet.

use super::*;
use crate::model::{Id, NumberKind, Point, Range};
use crate::report::drawing::{Bars, Drawing, Heat, Map, Ranges};
use crate::report::sheet::{Body, Cell, Column, Field, Note, Section};

const HOSTILE: &str = "<script>alert(1)</script>\u{202e}\" onload='x";

fn sheet() -> Sheet {
    Sheet {
        name: "incidents",
        title: HOSTILE.into(),
        columns: vec![
            Column::words("incident", "number"),
            Column::count("claims", HOSTILE),
            Column::words("where", "where"),
        ],
        rows: vec![
            vec![
                Cell::Number(NumberKind::Incident, Id(7)),
                Cell::Count(3, vec![Id(7), Id(8), Id(9)]),
                Cell::Text(HOSTILE.into()),
            ],
            vec![Cell::Number(NumberKind::Incident, Id(12)), Cell::Count(0, Vec::new()), Cell::Unknown],
        ],
        notes: vec![Note::new("left_out", HOSTILE)],
        ..Sheet::default()
    }
}

fn card() -> Card {
    Card {
        name: "I7".into(),
        title: HOSTILE.into(),
        sections: vec![
            Section { key: "incident", body: Body::Fields(vec![Field::new("where", Cell::Text(HOSTILE.into()))]) },
            Section { key: "versions", body: Body::Table(Sheet { side_by_side: true, ..sheet() }) },
            Section { key: "quote", body: Body::Prose(HOSTILE.into()) },
        ],
        ..Card::default()
    }
}

fn drawings() -> Vec<Drawing> {
    let spot = |lat, lon| Point::from_degrees(lat, lon).unwrap();
    vec![
        Drawing::Bars(Bars {
            accusers: vec![HOSTILE.into(), "B".into()],
            periods: vec![("2020-10-10".into(), vec![4, 0]), ("2020-10-12".into(), vec![1, 2])],
            truces: vec![("2020-10-10T12:00".into(), HOSTILE.into())],
            not_drawn: 1,
        }),
        Drawing::Heat(Heat {
            accusers: vec![HOSTILE.into(), "B".into()],
            accused: vec!["B".into(), "C".into()],
            statements: vec![vec![Some(9), None], vec![None, Some(1)]],
        }),
        Drawing::Ranges(Ranges {
            of: HOSTILE.into(),
            rows: vec![(HOSTILE.into(), "20+".parse::<Range>().unwrap()), ("B".into(), Range::exactly(0))],
        }),
        Drawing::Map(Map { spots: vec![(Id(7), spot(39.8, 46.7)), (Id(12), spot(40.3, 46.9))], not_drawn: 2 }),
    ]
}

fn printed(dossier: &Dossier) -> String {
    let mut out = Vec::new();
    page(dossier, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn whole() -> String {
    let part = Part { sheet: sheet(), drawings: drawings() };
    printed(&Dossier { title: HOSTILE.into(), parts: vec![part], cards: vec![card()], without_card: 3 })
}

#[test]
fn nothing_from_outside_is_markup() {
    let page = whole();
    assert!(!page.contains("<script"), "{page}");
    assert!(!page.contains('\u{202e}'));
    assert!(page.contains("&lt;script&gt;"));
    for quote in ["\" onload", "' onload", "onload='"] {
        assert!(!page.contains(quote), "{quote} in {page}");
    }
}

#[test]
fn no_request_leaves_the_page() {
    let page = whole();
    for way in ["src=", "url(", "http:", "https:", "@import", "<link", "<iframe", "<object", "<form"] {
        assert!(!page.contains(way), "{way} in {page}");
    }
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn every_drawing_is_there_and_marks_lead_to_their_cards() {
    let page = whole();
    assert_eq!(page.matches("<svg").count(), 4, "{page}");
    assert!(page.contains("<a href=\"#I7\" aria-label=\"I7 at"), "{page}");
    assert!(page.contains("id=\"I7\""), "{page}");
    assert!(!page.contains("href=\"#I12\""), "an incident without a card leads nowhere");
    assert!(page.contains("3 incidents that fewer claims are about"));
}

#[test]
fn unknown_is_a_dash_and_zero_a_zero() {
    let page = printed(&Dossier { parts: vec![Part { sheet: sheet(), drawings: Vec::new() }], ..Dossier::default() });
    let row = page.split("<tr>").find(|row| row.contains("I12")).unwrap();
    assert!(row.contains("<bdi>0</bdi>") && row.contains("title=\"unknown\">—<"), "{row}");
}

#[test]
fn no_two_landmarks_bear_one_label() {
    let page = whole();
    let landmarks = page.split('<').filter(|tag| tag.starts_with("section") || tag.contains("role=\"region\""));
    let mut labels: Vec<&str> =
        landmarks.filter_map(|tag| tag.split("aria-labelledby=\"").nth(1)?.split('"').next()).collect();
    assert!(labels.len() > 1, "{page}");
    labels.sort_unstable();
    assert!(labels.windows(2).all(|pair| pair[0] != pair[1]), "{labels:?}");
}

#[test]
fn every_tag_that_opens_closes() {
    let page = whole();
    let mut open: Vec<&str> = Vec::new();
    for tag in page.split('<').skip(1) {
        let name = tag.split([' ', '>', '/', '\n']).find(|name| !name.is_empty()).unwrap_or_default();
        let void = tag.split('>').next().unwrap().ends_with('/') || ["!doctype", "meta", "br"].contains(&name);
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "in {page}");
        } else if !void {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
}
