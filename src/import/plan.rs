//! What became of each row of each file.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::form::{Form, Layout};
use super::unknown_actors::UnknownActors;
use crate::error::Error;
use crate::model::{Id, NumberKind};

/// What became of a row.
#[derive(Debug)]
pub enum Fate {
    /// It is new under this number; of a dispatch, with so many claims read in it.
    New(NumberKind, Id, Option<usize>),
    /// It is in the ledger already, under this number.
    DuplicateOf(NumberKind, Id),
    /// An equal row stood in this import before, and was taken under this number.
    EqualTo(NumberKind, Id),
    /// It stands under the first number and takes the place of the second.
    Replaces(NumberKind, Id, Id),
    /// It tells nothing for this ledger, for this reason.
    PassedOver(&'static str),
    /// It cannot be taken.
    Rejected(Error),
}

/// Rows by what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// New ones.
    pub new: u64,
    /// Those that were in the ledger already.
    pub duplicates: u64,
    /// Those that stood in the import before.
    pub equal: u64,
    /// Those that took the place of others.
    pub replaced: u64,
    /// Those that tell nothing for this ledger.
    pub passed_over: u64,
    /// Refused ones.
    pub rejected: u64,
}

impl Counts {
    /// Counts one more.
    pub(super) const fn add(&mut self, fate: &Fate) {
        let count = match fate {
            Fate::New(..) => &mut self.new,
            Fate::DuplicateOf(..) => &mut self.duplicates,
            Fate::EqualTo(..) => &mut self.equal,
            Fate::Replaces(..) => &mut self.replaced,
            Fate::PassedOver(_) => &mut self.passed_over,
            Fate::Rejected(_) => &mut self.rejected,
        };
        *count += 1;
    }

    /// How many were taken: all but the refused ones.
    pub const fn taken(&self) -> u64 {
        self.new + self.duplicates + self.equal + self.replaced + self.passed_over
    }

    /// The counts of several files together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            new: self.new + other.new,
            duplicates: self.duplicates + other.duplicates,
            equal: self.equal + other.equal,
            replaced: self.replaced + other.replaced,
            passed_over: self.passed_over + other.passed_over,
            rejected: self.rejected + other.rejected,
        }
    }
}

/// How many rows of a file are kept to be told one by one: those that are refused, equal to another, or replace one.
const TOLD_MAX: usize = 100;

/// A row to be told by itself.
#[derive(Debug)]
pub struct Told {
    /// The line it begins on; `None` where it is the whole file.
    pub line: Option<u64>,
    /// What became of it.
    pub fate: Fate,
    /// How many further rows were refused for the very same reason.
    pub more: u64,
}

/// What a file came to.
#[derive(Debug)]
pub struct FilePlan {
    /// The file as the user named it.
    pub path: PathBuf,
    /// What it is; `None` where that could not be told.
    pub form: Option<(Form, Layout)>,
    /// Its rows by what became of them; a text is one row.
    pub counts: Counts,
    /// The first and last new number.
    pub new: Option<(NumberKind, Id, Id)>,
    /// Claims read in its texts.
    pub claims: usize,
    /// Rows to be told one by one: a hundred at most.
    pub told: Vec<Told>,
    /// Columns of its header that mean nothing here.
    pub unknown_columns: Vec<String>,
    /// Whether it could not be read to its end.
    pub broken: bool,
}

impl FilePlan {
    pub(super) fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            form: None,
            counts: Counts::default(),
            new: None,
            claims: 0,
            told: Vec::new(),
            unknown_columns: Vec::new(),
            broken: false,
        }
    }

    /// Whether it gives texts, or would have if it could be read.
    pub fn is_text(&self) -> bool {
        self.form.is_none_or(|(form, _)| form.gives_texts())
    }

    pub(super) fn add(&mut self, line: Option<u64>, fate: Fate) {
        self.counts.add(&fate);
        if let Fate::New(kind, id, claims) = fate {
            let first = self.new.map_or(id, |(_, first, _)| first);
            self.new = Some((kind, first, id));
            self.claims += claims.unwrap_or(0);
        }
        let is_told = match fate {
            Fate::Rejected(_) | Fate::EqualTo(..) | Fate::Replaces(..) => true,
            Fate::New(..) | Fate::DuplicateOf(..) | Fate::PassedOver(_) => line.is_none(),
        };
        if is_told && !self.is_like_another(&fate) && self.told.len() < TOLD_MAX {
            self.told.push(Told { line, fate, more: 0 });
        }
    }

    /// Takes how many claims were read in each of its dispatches.
    pub(super) fn told_by(&mut self, read: &HashMap<Id, usize>) {
        for told in &mut self.told {
            if let Fate::New(NumberKind::Dispatch, id, claims) = &mut told.fate {
                let found = read.get(id).copied().unwrap_or(0);
                *claims = Some(found);
                self.claims += found;
            }
        }
    }

    /// Whether a row was refused before for the very same reason, such as a name that nobody bears; if so, counts it.
    fn is_like_another(&mut self, fate: &Fate) -> bool {
        let Fate::Rejected(error) = fate else { return false };
        let alike = |told: &&mut Told| match &told.fate {
            Fate::Rejected(known) => {
                known.message() == error.message() && known.position().column == error.position().column
            }
            _ => false,
        };
        let Some(told) = self.told.iter_mut().find(alike) else { return false };
        told.more += 1;
        true
    }

    /// The errors of its refused rows, as far as they were kept, and how many more rows each goes for.
    pub fn rejections(&self) -> impl Iterator<Item = (&Error, u64)> {
        self.told.iter().filter_map(|told| match &told.fate {
            Fate::Rejected(error) => Some((error, told.more)),
            _ => None,
        })
    }
}

/// What an import came to.
#[derive(Debug, Default)]
pub struct Plan {
    /// Each file, in the order read.
    pub files: Vec<FilePlan>,
    /// Parties that were registered from files and are new.
    pub parties: usize,
    /// Built-in parties that were registered because claims name them.
    pub built_in: Vec<String>,
    /// Parties that were registered because claims name them and the importer said so.
    pub added: Vec<String>,
    /// Actors of texts that no party bears.
    pub unknown: UnknownActors,
    /// Claims of another extractor that were refused, each with its line and why.
    pub refused_claims: Vec<Error>,
    /// New dispatches that do not tell when they were published.
    pub undated: usize,
    /// New dispatches in a language this program does not read, or too short to tell.
    pub unread: usize,
}

impl Plan {
    /// The counts of the texts together, or of all other files' rows.
    pub fn counts(&self, texts: bool) -> Counts {
        let files = self.files.iter().filter(|file| file.is_text() == texts);
        files.fold(Counts::default(), |counts, file| counts.and(file.counts))
    }
}
