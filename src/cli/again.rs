//! `extract --again`: reads the ledger's dispatches once more and tells what changed.

use super::numbers::find;
use super::reading::say_unknown;
use super::writing::Writing;
use super::{Context, Outcome};
use crate::error::Result;
use crate::extract::OwnWords;
use crate::import::again::{Again, Change, read_again};
use crate::ledger::Batch;
use crate::model::{Number, NumberKind};

/// Reads one dispatch or all.
pub fn run(dispatch: Option<&Number>, words: OwnWords, writing: &Writing, context: &mut Context) -> Result<Outcome> {
    // Without a ledger there is nothing to read, and none shall be made.
    drop(context.open_to_read()?);
    let written = context.write("extract --again", writing, |batch, _| {
        let dispatches = match dispatch {
            Some(number) => vec![find(&batch.snapshot()?, number)?],
            None => batch.snapshot()?.dispatches()?.into_iter().map(|listed| listed.id).collect(),
        };
        let again = read_again(batch, &dispatches, words)?;
        let lines = lines(batch, &again)?;
        Ok((again, lines))
    })?;
    let (again, lines) = &written.value;
    for line in lines {
        context.print(line)?;
    }
    context.say(summary(again))?;
    say_unknown(&again.unknown, context)?;
    Ok(Outcome::Fine)
}

/// A line for each change, in the numbers people quote.
fn lines(batch: &Batch<'_>, again: &Again) -> Result<Vec<String>> {
    let snapshot = batch.snapshot()?;
    let claim = |id| snapshot.number(NumberKind::Claim, id);
    let line = |(dispatch, change): &(_, Change)| {
        let dispatch = snapshot.number(NumberKind::Dispatch, *dispatch);
        match change {
            Change::New(new) => format!("{dispatch}: {} is new", claim(*new)),
            Change::Gone(old) => format!("{dispatch}: {} is not read any more", claim(*old)),
            Change::Replaced(new, old, fields) => {
                format!("{dispatch}: {} replaces {}: {}", claim(*new), claim(*old), fields.join(", "))
            }
        }
    };
    Ok(again.changes.iter().map(line).collect())
}

fn summary(again: &Again) -> String {
    let of = |wanted: fn(&Change) -> bool| again.changes.iter().filter(|(_, change)| wanted(change)).count();
    format!(
        "dispatches read again: {}; claims as before: {}, reviewed and kept: {}, new: {}, replaced: {}, gone: {}",
        again.dispatches,
        again.same,
        again.reviewed,
        of(|change| matches!(change, Change::New(_))),
        of(|change| matches!(change, Change::Replaced(..))),
        of(|change| matches!(change, Change::Gone(_))),
    )
}
