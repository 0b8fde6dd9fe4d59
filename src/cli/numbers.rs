//! Numbers people quote, as arguments: of the kind a verb wants, and of a row the ledger holds.

use clap::builder::ValueParser;

use crate::error::{Error, Result, quoted};
use crate::ledger::{Added, Snapshot};
use crate::model::{Id, Number, NumberKind};

/// Parses a number of one kind.
pub fn number_of(kind: NumberKind) -> ValueParser {
    ValueParser::new(move |text: &str| parse(kind, text))
}

fn parse(kind: NumberKind, text: &str) -> Result<Number> {
    let number: Number = text.parse()?;
    if number.kind == kind {
        return Ok(number);
    }
    let (given, wanted, letter) = (number.kind.name(), kind.name(), kind.letter());
    Err(Error::usage(format!("{} is a {given}, and a {wanted} is wanted", quoted(text)))
        .hint(format!("a {wanted}'s number begins with {letter}, such as {letter}12")))
}

/// Parses a claim's number.
pub fn parsed_claim(text: &str) -> Result<Number> {
    parse(NumberKind::Claim, text)
}

/// Parses a claim's number, as an option's value.
pub fn claims() -> ValueParser {
    number_of(NumberKind::Claim)
}

/// The id under a number.
pub fn find(snapshot: &Snapshot<'_>, number: &Number) -> Result<Id> {
    snapshot.find(number)?.ok_or_else(|| {
        let kind = number.kind.name();
        Error::not_found(format!("there is no {kind} {number} in this ledger")).hint(where_to_look(number.kind))
    })
}

const fn where_to_look(kind: NumberKind) -> &'static str {
    match kind {
        NumberKind::Batch => "`trucebook log` lists the batches",
        NumberKind::Claim => "`trucebook list` lists the claims",
        NumberKind::Dispatch => "`trucebook search WORDS` finds dispatches by their words",
        NumberKind::Incident => "`trucebook report incidents` lists the incidents",
        NumberKind::Place => "`trucebook place list` lists the places",
        NumberKind::Party => "`trucebook party list` lists the parties",
        NumberKind::Source => "`trucebook report sources` lists the sources",
        NumberKind::Truce => "`trucebook truce list` lists the truces",
    }
}

/// What became of a row, in the numbers people quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stands {
    /// It is new.
    New(Number),
    /// It was there already.
    Already(Number),
    /// The first takes the place of the second.
    Replaces(Number, Number),
}

impl Stands {
    /// What became of a row of this kind.
    pub fn of(snapshot: &Snapshot<'_>, kind: NumberKind, added: Added) -> Self {
        let number = |id| snapshot.number(kind, id);
        match added {
            Added::New(id) => Self::New(number(id)),
            Added::Duplicate(id) => Self::Already(number(id)),
            Added::Replaces(new, old) => Self::Replaces(number(new), number(old)),
        }
    }

    /// The number it stands under.
    pub const fn number(&self) -> &Number {
        match self {
            Self::New(number) | Self::Already(number) | Self::Replaces(number, _) => number,
        }
    }

    /// "C7 added in B3", "C7 is there already", "C8 replaces C7 in B4"; without a batch, what would be.
    pub fn line(&self, batch: Option<&Number>) -> String {
        match (self, batch) {
            (Self::Already(number), _) => format!("{number} is there already"),
            (Self::New(number), Some(batch)) => format!("{number} added in {batch}"),
            (Self::New(number), None) => format!("{number} would be added"),
            (Self::Replaces(new, old), Some(batch)) => format!("{new} replaces {old} in {batch}"),
            (Self::Replaces(new, old), None) => format!("{new} would replace {old}"),
        }
    }
}
