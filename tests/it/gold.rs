//! The gold set: dispatches in our own words with every claim in them labelled. The seed dispatch is a news agency's:
//! its text stays in `../shared`, beside the project.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use serde_json::Value;
use trucebook::import::parties;
use trucebook::model::Party;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/gold");

/// The stem of the seed dispatch.
pub(crate) const SEED: &str = "000_7305b549ad60f7f4";

/// The stems of all dispatches kept here, in order.
pub(crate) fn ids() -> Vec<String> {
    let files = fs::read_dir(Path::new(FOLDER).join("dispatches")).unwrap();
    let mut ids: Vec<String> =
        files.map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned()).collect();
    ids.sort();
    ids
}

/// The bytes of a dispatch.
pub(crate) fn bytes(id: &str) -> Vec<u8> {
    fs::read(Path::new(FOLDER).join("dispatches").join(format!("{id}.txt"))).unwrap()
}

/// The labelled claims of a dispatch.
pub(crate) fn labels(id: &str) -> Vec<Value> {
    json_lines(&Path::new(FOLDER).join("labels").join(format!("{id}.jsonl")))
}

/// One row for each dispatch: its language, its conflict, when it was received.
pub(crate) fn index() -> Vec<Value> {
    let mut rows = json_lines(&Path::new(FOLDER).join("index.jsonl"));
    rows.retain(|row| row["dispatch"] != SEED);
    rows
}

/// The parties an analyst registers before importing the dispatches of a conflict.
pub(crate) fn party_list(conflict: &str) -> Vec<Party> {
    let path = Path::new(FOLDER).join("parties").join(format!("{conflict}.jsonl"));
    parties::read(File::open(&path).unwrap(), &path).unwrap()
}

/// The seed dispatch's file; `None`, and a word about it, where `../shared` is not beside the project.
pub(crate) fn seed() -> Option<PathBuf> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = [project.join("../shared"), PathBuf::from("/work/shared")];
    let file =
        shared.iter().map(|folder| folder.join(format!("gold/dispatches/{SEED}.txt"))).find(|file| file.exists());
    if file.is_none() {
        eprintln!("the seed dispatch is not in ../shared: its test is passed over");
    }
    file
}

fn json_lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| serde_json::from_str(line).unwrap()).collect()
}
