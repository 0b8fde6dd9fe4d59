//! Taking texts into a ledger: each is read, kept byte for byte, and its claims recorded as drafts; what is there
//! already is told with what it duplicates.

use std::path::PathBuf;

use super::dispatch::Hints;
use super::external::External;
use super::files::{Found, read_text};
use super::registration::{Registration, register};
use super::unknown_actors::UnknownActors;
use crate::error::{Error, Result};
use crate::extract::{EXTRACTOR, Extraction, Extractor, OwnWords};
use crate::ledger::{Added, Batch, Provenance};
use crate::model::{Id, NumberKind, Party};

/// What became of a file.
#[derive(Debug)]
pub enum Fate {
    /// It is a new dispatch with so many claims.
    New {
        /// The dispatch.
        dispatch: Id,
        /// How many claims were read in it.
        claims: usize,
    },
    /// The same text of the same source is there already.
    DuplicateOf(Id),
    /// It is no text that can be read.
    Rejected(Error),
}

impl Fate {
    const fn new_dispatch(&self) -> Option<Id> {
        match self {
            Self::New { dispatch, .. } => Some(*dispatch),
            Self::DuplicateOf(_) | Self::Rejected(_) => None,
        }
    }
}

/// What an import came to.
#[derive(Debug, Default)]
pub struct Taken {
    /// Each file, in the order read, and what became of it.
    pub files: Vec<(PathBuf, Fate)>,
    /// Parties that were registered from files and are new.
    pub parties: usize,
    /// Built-in parties that were registered because claims name them.
    pub built_in: Vec<String>,
    /// Actors that no party bears.
    pub unknown: UnknownActors,
    /// Claims of another extractor that were refused, each with its line and why.
    pub refused_claims: Vec<Error>,
    /// New dispatches that do not tell when they were published.
    pub undated: usize,
    /// New dispatches in a language this program does not read, or too short to tell.
    pub unread: usize,
}

impl Taken {
    /// How many files are new, duplicates and rejected, and how many claims the new ones hold.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for (_, fate) in &self.files {
            match fate {
                Fate::New { claims, .. } => {
                    counts.new += 1;
                    counts.claims += claims;
                }
                Fate::DuplicateOf(_) => counts.duplicates += 1,
                Fate::Rejected(_) => counts.rejected += 1,
            }
        }
        counts
    }
}

/// Files by what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// New dispatches.
    pub new: usize,
    /// Duplicates.
    pub duplicates: usize,
    /// Rejected files.
    pub rejected: usize,
    /// Claims of the new dispatches.
    pub claims: usize,
}

/// How texts are read.
#[derive(Debug, Default)]
pub struct Means {
    /// What is known of them beside their bytes.
    pub hints: Hints,
    /// The user's own words on top of the built-in ones.
    pub words: OwnWords,
    /// The program that extracts in the place of this one.
    pub external: Option<External>,
}

/// Takes in texts, after registering `parties`. A file that cannot be read is rejected and the others go in; an error
/// of the ledger ends it. `seen` hears of each file when it is done.
pub fn take_in(
    batch: &mut Batch<'_>,
    found: &Found,
    parties: &[Party],
    means: Means,
    mut seen: impl FnMut(),
) -> Result<Taken> {
    let mut taken = Taken { parties: register(batch, parties)?, ..Taken::default() };
    let mut registration = Registration::of(batch)?;
    let zone = batch.snapshot()?.office().zone;
    let extractor = Extractor::new(&registration.book, zone)?.with_words(means.words);
    for path in &found.texts {
        let fate = match read_text(path, &means.hints) {
            Err(error) => Fate::Rejected(error),
            Ok(dispatch) => match batch.add_dispatch(&dispatch)? {
                Added::Duplicate(id) => Fate::DuplicateOf(id),
                Added::New(id) | Added::Replaces(id, _) => {
                    taken.undated += usize::from(dispatch.published.is_none());
                    taken.unread += usize::from(dispatch.language.is_none());
                    let claims = if means.external.is_some() {
                        0 // The program is asked when all are there.
                    } else {
                        let mut extraction = extractor.extract(&dispatch);
                        taken.unknown.add(std::mem::take(&mut extraction.unknown));
                        record(batch, &mut registration, id, extraction)?
                    };
                    Fate::New { dispatch: id, claims }
                }
            },
        };
        taken.files.push((path.clone(), fate));
        seen();
    }
    if let Some(external) = &means.external {
        ask(external, batch, &mut registration, &mut taken)?;
    }
    taken.built_in = registration.built_in;
    Ok(taken)
}

/// Lets another program read the new dispatches.
fn ask(external: &External, batch: &mut Batch<'_>, registration: &mut Registration, taken: &mut Taken) -> Result<()> {
    let new: Vec<Id> = taken.files.iter().filter_map(|(_, fate)| fate.new_dispatch()).collect();
    if new.is_empty() {
        return Ok(());
    }
    let answered = external.read(batch, registration, &new)?;
    for (_, fate) in &mut taken.files {
        if let Fate::New { dispatch, claims } = fate {
            *claims = answered.claims.get(dispatch).copied().unwrap_or(0);
        }
    }
    taken.refused_claims = answered.rejected;
    Ok(())
}

/// Records the claims of a dispatch as drafts; returns how many are new.
fn record(batch: &mut Batch<'_>, registration: &mut Registration, dispatch: Id, read: Extraction) -> Result<usize> {
    let number = batch.snapshot()?.number(NumberKind::Dispatch, dispatch).to_string();
    let mut new = 0;
    for (at, mut claim) in read.claims.into_iter().enumerate() {
        registration.of_claim(batch, &claim)?;
        claim.dispatch = Some(number.clone());
        let provenance = Provenance {
            dispatch: Some(dispatch),
            extractor: Some(EXTRACTOR.to_owned()),
            evidence: read.evidence.get(at).cloned().unwrap_or_default(),
            ..Provenance::default()
        };
        new += usize::from(!matches!(batch.add_claim(&claim, &provenance)?, Added::Duplicate(_)));
    }
    Ok(new)
}
