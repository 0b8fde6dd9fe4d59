//! Reads the claims CSV of the reconciliation bench's generator, whose truth is known.
//!
//! Where the generator lies is told by `$TRUCEBOOK_GENERATED`: a folder with `claims.csv` and `truth.csv`, as
//! `gen.py ROWS claims.csv --truth truth.csv --seed N` makes them.
#![allow(dead_code, reason = "each user takes what it needs")]

use std::collections::HashMap;
use std::path::Path;

use trucebook::model::{Claim, Figure, Loss, Range, Span};

/// The claims with their references, in the order of the file.
pub(crate) fn claims(file: &Path) -> Vec<Claim> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    reader.records().map(|record| claim(&record.unwrap())).collect()
}

fn claim(row: &csv::StringRecord) -> Claim {
    let text = |n: usize| Some(row[n].to_owned()).filter(|text| !text.is_empty());
    let mut claim = Claim::new(row[2].parse().unwrap(), row[3].parse::<trucebook::model::Act>().unwrap());
    claim.reference = text(0);
    claim.claimant = text(1);
    claim.accused = text(4);
    claim.target = text(5);
    claim.occurred = text(6).map(|occurred| occurred.parse().unwrap());
    claim.place = text(7).into_iter().collect();
    claim.lat = text(8).map(|degrees| degrees.parse().unwrap());
    claim.lon = text(9).map(|degrees| degrees.parse().unwrap());
    let figure = |count: String| Figure { amount: range(&count), unit: row[11].parse().unwrap(), span: Span::Event };
    claim.figures = text(10).map(figure).into_iter().collect();
    let (killed, wounded) = (text(12).map(|n| range(&n)), text(13).map(|n| range(&n)));
    if killed.is_some() || wounded.is_some() {
        claim.losses = vec![Loss { killed, wounded, ..Loss::default() }];
    }
    claim
}

fn range(text: &str) -> Range {
    match text.split_once('-') {
        Some((min, max)) => Range::from_bounds(min.parse().ok(), max.parse().ok()).unwrap(),
        None => Range::exactly(text.parse().unwrap()),
    }
}

/// The true incident of each reference.
pub(crate) fn truth(file: &Path) -> HashMap<String, String> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    reader.records().map(|row| row.unwrap()).map(|row| (row[0].to_owned(), row[1].to_owned())).collect()
}

/// Every party that claims name, by name.
pub(crate) fn parties(claims: &[Claim]) -> Vec<String> {
    let told = claims.iter().flat_map(|claim| [&claim.claimant, &claim.accused, &claim.target]).flatten();
    let mut names: Vec<String> = told.cloned().collect();
    names.sort_unstable();
    names.dedup();
    names
}
