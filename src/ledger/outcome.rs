//! What a write is told beside what it writes, and what it came to.

use crate::model::{Id, Number, NumberKind};

/// What became of a row that was to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It stands under this id.
    New(Id),
    /// It was there already, under this one.
    Duplicate(Id),
    /// It stands under the first id and takes the place of the second, which had the same `ref`.
    Replaces(Id, Id),
}

impl Added {
    /// The id under which it stands now.
    pub const fn id(self) -> Id {
        match self {
            Self::New(id) | Self::Duplicate(id) | Self::Replaces(id, _) => id,
        }
    }
}

/// What goes with a claim beyond what it says.
#[derive(Debug, Clone, Default)]
pub struct Provenance {
    /// The dispatch it was read in.
    pub dispatch: Option<Id>,
    /// The claim it corrects.
    pub replaces: Option<Id>,
    /// Name and version of the program that extracted it: it enters as a draft. `None`: a person's.
    pub extractor: Option<String>,
    /// Where its slots were read.
    pub evidence: Vec<crate::extract::Evidence>,
}

/// What an undo took back, by kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Undone {
    /// How many rows of each kind.
    pub rows: Vec<(NumberKind, u64)>,
}

/// What a committed batch is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Its number; `None` where nothing was written.
    pub batch: Option<Number>,
    /// Entries in it.
    pub entries: u64,
    /// Claims of earlier batches whose words for a party became resolved by names registered in it.
    pub resolved: u64,
}
