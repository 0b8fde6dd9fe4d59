//! The ledger → files that other programs read: JSON lines without loss, tables that say what they had no column for.
//!
//! One file per thing exported; [`out`] is what all of them write to.

mod behind;
mod claims;
mod geojson;
pub mod out;
mod registers;

use crate::error::{Error, Result};
use crate::ledger::Snapshot;
use crate::model::Id;
use crate::model::vocabulary::vocabulary;
use out::Out;
pub use out::{ExportForm, Stream};

vocabulary! {
    /// What can be exported.
    Thing, "thing to export" {
        /// Live claims.
        Claims = "claims",
        /// What each claimant said once, with its repeats.
        Statements = "statements",
        /// Incidents.
        Incidents = "incidents",
        /// Parties with their names.
        Parties = "parties",
        /// Places with their names.
        Places = "places",
        /// Confirmed truces.
        Truces = "truces",
        /// Dispatches with their texts.
        Dispatches = "dispatches",
        /// What was written, command by command.
        Batches = "batches",
    }
}

/// Writes the things of one kind; of the batches after one, where one is given. Returns the fields that the form had no
/// column for and that at least one thing had something in.
///
/// # Errors
/// A form in which they cannot be written, and what the ledger or the stream refuses.
pub fn export(
    snapshot: &Snapshot<'_>,
    thing: Thing,
    after: Option<Id>,
    form: ExportForm,
    to: Stream<'_>,
) -> Result<Vec<&'static str>> {
    if form == ExportForm::Geojson {
        return match thing {
            Thing::Incidents => geojson::incidents(snapshot, after, to).map(|()| Vec::new()),
            _ => Err(Error::usage(format!("{thing} have no GeoJSON form"))
                .hint("only incidents have; the other forms are jsonl, csv, tsv and xlsx")),
        };
    }
    let mut out = Out::new(form, to)?;
    match thing {
        Thing::Claims => claims::claims(snapshot, after, &mut out)?,
        Thing::Statements => claims::statements(snapshot, after, &mut out)?,
        Thing::Incidents => registers::incidents(snapshot, after, &mut out)?,
        Thing::Parties => registers::parties(snapshot, after, &mut out)?,
        Thing::Places => registers::places(snapshot, after, &mut out)?,
        Thing::Truces => registers::truces(snapshot, after, &mut out)?,
        Thing::Dispatches => registers::dispatches(snapshot, after, &mut out)?,
        Thing::Batches => registers::batches(snapshot, after, &mut out)?,
    }
    out.finish()
}
