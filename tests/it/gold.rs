//! The labelled sets: dispatches in our own words with every claim in them labelled. The seed dispatch is a news agency's:
//! its text stays in `../shared`, beside the project.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use serde_json::Value;
use trucebook::import::parties;
use trucebook::model::Party;

/// The gold set.
pub(crate) const GOLD: Set = Set(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/gold"));

/// The second set: other conflicts, decades and kinds of source.
pub(crate) const SECOND: Set = Set(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/second"));

/// The third set: written when the rules stood, by annotators who had not seen them.
pub(crate) const THIRD: Set = Set(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/third"));

/// The stem of the seed dispatch.
pub(crate) const SEED: &str = "000_7305b549ad60f7f4";

/// A labelled set, by its folder.
#[derive(Clone, Copy)]
pub(crate) struct Set(&'static str);

impl Set {
    fn path(self, file: &str) -> PathBuf {
        Path::new(self.0).join(file)
    }

    /// The stems of all dispatches kept here, in order.
    pub(crate) fn ids(self) -> Vec<String> {
        let files = fs::read_dir(self.path("dispatches")).unwrap();
        let mut ids: Vec<String> =
            files.map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned()).collect();
        ids.sort();
        ids
    }

    /// The bytes of a dispatch.
    pub(crate) fn bytes(self, id: &str) -> Vec<u8> {
        fs::read(self.path(&format!("dispatches/{id}.txt"))).unwrap()
    }

    /// The labelled claims of a dispatch.
    pub(crate) fn labels(self, id: &str) -> Vec<Value> {
        json_lines(&self.path(&format!("labels/{id}.jsonl")))
    }

    /// One row for each dispatch: its language, its conflict, when it was received.
    pub(crate) fn index(self) -> Vec<Value> {
        let mut rows = json_lines(&self.path("index.jsonl"));
        rows.retain(|row| row["dispatch"] != SEED);
        rows
    }

    /// Which labelled claims tell of one event.
    pub(crate) fn incidents(self) -> Vec<Value> {
        json_lines(&self.path("incidents.jsonl"))
    }

    /// The parties an analyst registers before importing the dispatches of a conflict.
    pub(crate) fn party_list(self, conflict: &str) -> Vec<Party> {
        let path = self.path(&format!("parties/{conflict}.jsonl"));
        parties::read(File::open(&path).unwrap(), &path).unwrap()
    }
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
