//! The lines that stand under every report.

use crate::ledger::Counted;
use crate::model::Id;
use crate::report::input::Input;
use crate::report::sheet::Note;
use crate::report::times;
use crate::tally::counts::Listed;

/// So much of a hash tells one from another.
const HASH_SHOWN: usize = 16;

/// Which filters were set.
pub fn filters(input: &Input) -> Note {
    let mut filters = input.filters.clone();
    if input.reviewed {
        filters.push("reviewed claims only".to_owned());
    }
    Note::new("filters", if filters.is_empty() { "none".to_owned() } else { filters.join("; ") })
}

/// All that stands under a report: its filters, what a row counts, what is its own, and what it was made from.
pub fn under(input: &Input, counts: &'static str, own: Vec<Note>, made_from: Vec<Note>) -> Vec<Note> {
    let mut notes = vec![filters(input), Note::new("counts", counts)];
    notes.extend(own);
    notes.extend(made_from);
    notes
}

/// What a report left out, unless that is nothing: `1 claim by nobody registered`, `3 claims by nobody registered`.
pub fn left_out(noun: &str, which: &str, mut claims: Vec<Id>) -> Option<Note> {
    claims.sort_unstable();
    claims.dedup();
    listed_out(noun, which, claims.into_iter().collect())
}

/// The same of claims of which the first are listed.
pub fn listed_out(noun: &str, which: &str, listed: Listed) -> Option<Note> {
    let Listed { count, .. } = listed;
    let plural = if count == 1 { "" } else { "s" };
    (count > 0).then(|| Note::listing("left_out", format!("{count} {noun}{plural} {which}"), listed))
}

/// How many claims are unreviewed, in which zone times are, and what makes the report reproducible.
pub fn made_from(input: &Input, counted: &[&Counted]) -> Vec<Note> {
    let drafts = counted.iter().filter(|counted| counted.draft).count();
    made_from_so_many(input, drafts as u64, counted.len() as u64)
}

/// The same, where so many claims are counted, of which some are drafts.
pub fn made_from_so_many(input: &Input, drafts: u64, claims: u64) -> Vec<Note> {
    let head = &input.head;
    let batch = head.batch.as_ref().map_or_else(|| "no batch yet".to_owned(), |batch| format!("head {batch}"));
    let hash = head.hash.get(..HASH_SHOWN).unwrap_or(&head.hash);
    let recorded = head.recorded_at.and_then(|utc| times::instant(utc, input.office.zone));
    let recorded = recorded.map(|time| format!(" of {time}")).unwrap_or_default();
    let mut notes = vec![
        Note::new("drafts", format!("{drafts} of {claims} claims are unreviewed drafts")),
        Note::new("zone", format!("times are of {}", input.office.zone)),
        Note::new(
            "made_from",
            format!("office {}, {batch}{recorded}, hash {hash}; {}", input.office.code, head.derived_by),
        ),
    ];
    if let Some(stale) = &head.derived_as_of {
        notes.push(Note::new("stale", format!("incidents as of {stale}; `trucebook rebuild` brings them up to date")));
    }
    notes
}
