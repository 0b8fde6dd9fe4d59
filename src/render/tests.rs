//! One sheet through every form: the same figures in all of them, and nothing from outside acts on what reads them.

use insta::assert_snapshot;
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::*;
use crate::model::{Hedge, Id, NumberKind, Range, Told};
use crate::report::sheet::{Body, Breach, Column, Field, Lapse, Note, Ratio, Section};

fn id(n: i64) -> Id {
    Id(n)
}

fn fixture() -> Sheet {
    let columns = vec![
        Column::words("party", "party"),
        Column::count("accusations", "accusations received").of("accusations received"),
        Column::amount("killed", "killed").of("alleged against it"),
        Column::words("first", "first accusation after T1 took effect").of("after truces"),
        Column::words("status", "status").of("after truces"),
        Column::lapse("median", "median time to reply").of("replies"),
        Column::words("times_own", "times its own number").of("replies"),
        Column::count("denied_percent", "denied, %").of("replies"),
        Column::count("change", "change").of("replies"),
        Column::bar("bar", "drawn").of("replies"),
    ];
    let armenia = vec![
        Cell::Text("Armenia | =SUM(A1) <b>".into()),
        Cell::Count(2, vec![id(4), Id((1 << 32) | 9)]),
        Cell::Amount(Range::hedged(230, Hedge::MoreThan), vec![id(4)]),
        Cell::Breaches(vec![
            Breach { time: Some("2020-10-10T12:05".into()), in_force: Told::Yes, claim: id(4) },
            Breach { time: None, in_force: Told::CannotBeTold, claim: id(5) },
        ]),
        Cell::Words(vec!["alleged", "denied"]),
        Cell::Lapse(Lapse { least: 7_200, most: Some(10_800) }, vec![id(4), id(5)]),
        Cell::Ratio(Ratio { least: 120, most: Some(304) }),
        Cell::Share(1, 2),
        Cell::Change(-3),
        Cell::Bar(2, 2),
    ];
    let azerbaijan = vec![
        Cell::Text("=cmd|' /C calc'!A1\u{1b}[2J".into()),
        Cell::Count(0, Vec::new()),
        Cell::Amount(Range::exactly(0), vec![id(7)]),
        Cell::Unknown,
        Cell::Words(vec!["alleged"]),
        Cell::Lapse(Lapse { least: 345_600, most: None }, vec![id(7)]),
        Cell::Ratio(Ratio { least: 200, most: None }),
        Cell::Share(0, 3),
        Cell::Change(43),
        Cell::Bar(0, 2),
    ];
    let nobody = vec![
        Cell::Text("الجيش اللبناني · Гянджа · 停戦".into()),
        Cell::Unknown,
        Cell::Unknown,
        Cell::Narration,
        Cell::Numbers(NumberKind::Claim, vec![id(3), id(8)]),
        Cell::Unknown,
        Cell::Unknown,
        Cell::Unknown,
        Cell::Unknown,
        Cell::Unknown,
    ];
    Sheet {
        name: "fixture",
        title: "A fixture".into(),
        columns,
        rows: vec![armenia, azerbaijan, nobody],
        notes: vec![Note::new("left_out", "C5 (no unit), C6 \u{202e}(a total over days that single events cover)")],
        offices: Offices([(1, "KHI".to_owned())].into()),
        side_by_side: false,
    }
}

fn printed(sheet: &Sheet, format: Format, width: usize) -> String {
    let mut out = Vec::new();
    format.form(Look { width, colour: false }).sheet(sheet, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn one_sheet_in_every_form() {
    for format in Format::ALL {
        assert_snapshot!(format!("fixture.{format}"), printed(&fixture(), *format, 100));
    }
    assert_snapshot!("fixture.table.60", printed(&fixture(), Format::Table, 60));
}

#[test]
fn every_form_has_the_same_figures() {
    let sheet = fixture();
    let json: serde_json::Value = serde_json::from_str(&printed(&sheet, Format::Json, 100)).unwrap();
    let csv = printed(&sheet, Format::Csv, 100);
    let mut reader = ::csv::Reader::from_reader(csv.as_bytes());
    let keys = reader.headers().unwrap().clone();
    let records: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let of = |row: usize, key: &str| records[row].get(keys.iter().position(|k| k == key).unwrap()).unwrap();
    for (row, jsonl) in printed(&sheet, Format::Jsonl, 100).lines().enumerate() {
        let object: serde_json::Value = serde_json::from_str(jsonl).unwrap();
        assert_eq!(object, json["rows"][row]);
        let text = |value: &serde_json::Value| if value.is_null() { String::new() } else { value.to_string() };
        assert_eq!(text(&object["accusations"]), of(row, "accusations"));
        assert_eq!(text(&object["killed"][0]), of(row, "killed_min"));
        assert_eq!(text(&object["killed"][1]), of(row, "killed_max"));
        assert_eq!(text(&object["denied_percent"]), of(row, "denied_percent"));
        assert_eq!(text(&object["change"]), of(row, "change"));
        assert_eq!(text(&object["median"][0]), of(row, "median_least_seconds"));
        assert_eq!(text(&object["median"][1]), of(row, "median_most_seconds"));
        assert!(object.get("bar").is_none(), "a bar is for eyes only");
    }
    for form in [Format::Table, Format::Md] {
        let text = printed(&sheet, form, 200).replace('\u{200e}', "");
        let cells = |line: &str| line.split(['│', '|']).map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
        let line = text.lines().find(|line| line.contains("=cmd")).unwrap();
        assert!(cells(line).iter().filter(|cell| *cell == "0").count() == 3, "{form}: {line}");
        for drawn in ["4+ d", "2.0+×", "+43"] {
            assert!(cells(line).iter().any(|cell| cell == drawn), "{form}: {drawn} in {line}");
        }
        let unknown = text.lines().find(|line| line.contains("停戦")).unwrap();
        assert!(cells(unknown).iter().filter(|cell| *cell == "—").count() == 7, "{form}: {unknown}");
    }
}

#[test]
fn claims_behind_figures_stand_in_json() {
    let json: serde_json::Value = serde_json::from_str(&printed(&fixture(), Format::Json, 100)).unwrap();
    assert_eq!(json["rows"][0]["claims"]["accusations"], serde_json::json!(["C4", "KHI/C9"]));
    assert_eq!(json["rows"][1]["claims"]["killed"], serde_json::json!(["C7"]));
}

#[test]
fn a_card_in_table_json_and_markdown() {
    let card = Card {
        name: "C7".into(),
        title: "a claim of Armenia".into(),
        sections: vec![
            Section {
                key: "claim",
                body: Body::Fields(vec![
                    Field::new("claimant", Cell::Text("Armenia".into())),
                    Field::new("said_at", Cell::Unknown),
                    Field::new("figures", Cell::Lines(vec!["43 violation".into(), "0 shell".into()])),
                ]),
            },
            Section { key: "quote", body: Body::Prose("\"We\u{202e} deny\n```\n<script>\"".into()) },
            Section { key: "record", body: Body::Record(serde_json::json!({"stance": "denies"})) },
            Section { key: "versions", body: Body::Table(fixture()) },
        ],
        offices: Offices::default(),
    };
    for format in [Format::Table, Format::Json, Format::Md, Format::Csv] {
        let mut out = Vec::new();
        format.form(Look { width: 80, colour: false }).card(&card, &mut out).unwrap();
        assert_snapshot!(format!("card.{format}"), String::from_utf8(out).unwrap());
    }
}

#[test]
fn a_file_s_ending_tells_the_form() {
    for (path, format) in [
        ("a.csv", Some(Format::Csv)),
        ("b.MD", Some(Format::Md)),
        ("c.ndjson", Some(Format::Jsonl)),
        ("d.table", None),
        ("e", None),
    ] {
        assert_eq!(Format::of_path(Path::new(path)), format, "{path}");
    }
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,30}",
        any::<String>(),
        "[=+@\\-\t\r|<>&`*_\\[\\]\\\\ a-z0-9;,\"]{0,20}",
        "[а-яА-Я ]{0,20}",
        "[\u{621}-\u{64a} ]{0,20}",
        "[停戦違反を告発 ]{0,20}",
    ]
}

fn any_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Unknown),
        any_text().prop_map(Cell::Text),
        proptest::collection::vec(any_text(), 0..4).prop_map(Cell::lines),
    ]
}

fn any_sheet() -> impl Strategy<Value = Sheet> {
    (1..6_usize).prop_flat_map(|n| {
        let rows = proptest::collection::vec(proptest::collection::vec(any_cell(), n), 0..4);
        (any_text(), rows, any_text()).prop_map(move |(title, rows, note)| Sheet {
            name: "any",
            title,
            columns: (0..n).map(|at| Column::words(format!("c{at}"), format!("column {at}"))).collect(),
            rows,
            notes: vec![Note::new("note", note)],
            ..Sheet::default()
        })
    })
}

proptest! {
    #[test]
    fn nothing_hostile_reaches_any_output(sheet in any_sheet(), width in 0..140_usize) {
        for format in Format::ALL {
            let text = printed(&sheet, *format, width);
            let ours = ['\n', '\u{200e}', if *format == Format::Tsv { '\t' } else { '\n' }];
            prop_assert!(!text.chars().any(|c| crate::model::text::is_hostile(c) && !ours.contains(&c)), "{format}");
        }
    }

    #[test]
    fn no_text_breaks_a_frame(sheet in any_sheet(), width in 40..140_usize) {
        let text = printed(&sheet, Format::Table, width);
        let (mut frames, mut at) = (Vec::new(), 0);
        for line in text.lines() {
            at = if line.starts_with('┌') { line.width() } else { at };
            if line.starts_with(['┌', '│', '\u{200e}', '╞', '├', '└']) {
                frames.push((line.width(), at, line.to_owned()));
            }
        }
        for (got, wanted, line) in frames {
            prop_assert_eq!(got, wanted, "{}", line);
            prop_assert!(got <= width);
        }
    }

    #[test]
    fn no_csv_cell_is_a_formula(sheet in any_sheet()) {
        for format in [Format::Csv, Format::Tsv] {
            let text = printed(&sheet, format, 100);
            let separator = if format == Format::Csv { b',' } else { b'\t' };
            let mut reader = ::csv::ReaderBuilder::new().delimiter(separator).from_reader(text.as_bytes());
            for field in reader.records().flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
                prop_assert!(!field.starts_with(['=', '+', '-', '@', '\t', '\r']), "{field}");
            }
        }
    }

    #[test]
    fn json_gives_the_text_back(text in any_text()) {
        let sheet = Sheet {
            columns: vec![Column::words("text", "text")],
            rows: vec![vec![Cell::Text(text.clone())]],
            ..Sheet::default()
        };
        let json: serde_json::Value = serde_json::from_str(&printed(&sheet, Format::Jsonl, 100)).unwrap();
        prop_assert_eq!(json["text"].as_str(), Some(text.as_str()));
    }
}
