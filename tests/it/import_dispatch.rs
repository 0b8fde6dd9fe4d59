//! What is read off the top of each gold dispatch, and that nothing of its claims is lost with it.

use std::fmt::Write as _;
use std::fs;
use std::time::{Duration, Instant};

use trucebook::import::{Hints, read_dispatch};
use trucebook::model::Dispatch;

use crate::gold;

fn read(id: &str, bytes: Vec<u8>) -> Dispatch {
    read_dispatch(id, bytes, &Hints::default()).unwrap()
}

#[test]
fn headers_of_the_gold_dispatches() {
    let mut table = String::new();
    for id in gold::GOLD.ids() {
        let dispatch = read(&id, gold::GOLD.bytes(&id));
        let or = |text: Option<String>| text.unwrap_or_else(|| "?".into());
        let published = or(dispatch.published.map(|edtf| edtf.to_string()));
        let body: String = dispatch.text[dispatch.body..].chars().take(30).collect();
        let (language, source, title) = (or(dispatch.language), or(dispatch.source), or(dispatch.title));
        writeln!(table, "{id} | {published} | {language} | {source} | {title} | {body}").unwrap();
    }
    insta::assert_snapshot!(table);
}

#[test]
fn no_claim_stands_in_a_header() {
    for id in gold::GOLD.ids() {
        let dispatch = read(&id, gold::GOLD.bytes(&id));
        for label in gold::GOLD.labels(&id) {
            let start = label["start"].as_str().unwrap();
            let at = dispatch.text.find(start).unwrap();
            assert!(at >= dispatch.body, "{id}: {start}");
        }
    }
}

#[test]
fn the_day_of_receipt_dates_every_gold_dispatch() {
    for row in gold::GOLD.index() {
        let id = row["dispatch"].as_str().unwrap();
        let Some(received) = row["received"].as_str() else { continue };
        let hints = Hints { received: Some(received.parse().unwrap()), ..Hints::default() };
        let dispatch = read_dispatch(id, gold::GOLD.bytes(id), &hints).unwrap();
        assert_eq!(dispatch.language.as_deref(), row["lang"].as_str(), "{id}");
        let published = dispatch.published.unwrap().to_string();
        assert!(received.starts_with(&published[..published.len().min(7)]), "{id}: {published}, received {received}");
    }
}

#[test]
fn one_line_of_fifty_megabytes_is_read_in_linear_time() {
    let line = |bytes: usize| {
        let text = "Azerbaijani forces shelled Martakert, the ministry said. ".repeat(bytes / 56 + 1);
        let started = Instant::now();
        let dispatch = read("line", text.into_bytes());
        assert!(dispatch.text.len() >= bytes && dispatch.body == 0);
        started.elapsed()
    };
    let (small, large) = (line(5 << 20), line(50 << 20));
    // Ten times the text may take ten times as long; a square law would take a hundred times.
    assert!(large < small * 40 + Duration::from_secs(1), "{small:?} for 5 MB, {large:?} for 50 MB");
}

#[test]
fn the_seed_dispatch_has_its_month() {
    let Some(path) = gold::seed() else { return };
    let dispatch = read("seed", fs::read(path).unwrap());
    assert_eq!(dispatch.published.unwrap().to_string(), "2020-10");
    assert!(dispatch.text[dispatch.body..].starts_with("Des soldats de la paix"));
}
