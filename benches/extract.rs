//! Reading dispatches: the texts of the gold set, long lines beside short ones, and preparing an extractor.
//!
//! `cargo bench --bench extract`

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::fs;
use std::path::Path;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use trucebook::extract::Extractor;
use trucebook::import::{Hints, read_dispatch};
use trucebook::model::{Dispatch, PartyBook, Zone};

fn main() {
    divan::main();
}

/// The gold dispatches of a language.
fn dispatches(lang: &str) -> Vec<Dispatch> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/gold/dispatches");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let ending = format!("-{lang}");
    files
        .iter()
        .filter(|file| file.file_stem().unwrap().to_string_lossy().ends_with(&ending))
        .map(|file| {
            let hints = Hints { received: "2020-12-31".parse().ok(), ..Hints::default() };
            read_dispatch(&file.file_stem().unwrap().to_string_lossy(), fs::read(file).unwrap(), &hints).unwrap()
        })
        .collect()
}

fn extractor() -> Extractor {
    Extractor::new(&PartyBook::default(), Zone::UTC).unwrap()
}

#[divan::bench(args = ["en", "fr", "ru"])]
fn gold(bencher: Bencher<'_, '_>, lang: &str) {
    let (extractor, dispatches) = (extractor(), dispatches(lang));
    let bytes: usize = dispatches.iter().map(|dispatch| dispatch.text.len()).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .counter(ItemsCount::new(dispatches.len()))
        .bench(|| dispatches.iter().map(|dispatch| extractor.extract(dispatch).claims.len()).sum::<usize>());
}

/// One line of so many kilobytes: the cost of a byte must not grow with it.
#[divan::bench(args = [5, 50, 500])]
fn one_line(bencher: Bencher<'_, '_>, kilobytes: usize) {
    let sentence = "Armenia said on Monday that Azerbaijani forces shelled Kapan and Goris with mortars. ";
    let mut dispatch = dispatches("en").remove(0);
    (dispatch.text, dispatch.body) = (sentence.repeat(kilobytes * 1024 / sentence.len()), 0);
    let extractor = extractor();
    bencher.counter(BytesCount::new(dispatch.text.len())).bench(|| extractor.extract(&dispatch).claims.len());
}

/// Names are prepared anew; lexicons are read once a process.
#[divan::bench(args = ["en", "fr", "ru"], sample_count = 20)]
fn prepare(bencher: Bencher<'_, '_>, lang: &str) {
    let mut dispatch = dispatches(lang).remove(0);
    dispatch.text.truncate(0);
    dispatch.body = 0;
    bencher.bench(|| extractor().extract(&dispatch).claims.len());
}
