//! The lines that stand under every report.

use crate::ledger::Counted;
use crate::model::Id;
use crate::report::input::Input;
use crate::report::sheet::Note;
use crate::report::times;

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
pub fn under(input: &Input, counts: &'static str, own: Vec<Note>, counted: &[&Counted]) -> Vec<Note> {
    let mut notes = vec![filters(input), Note::new("counts", counts)];
    notes.extend(own);
    notes.extend(made_from(input, counted));
    notes
}

/// What a report left out, unless that is nothing: `1 claim by nobody registered`, `3 claims by nobody registered`.
pub fn left_out(noun: &str, which: &str, mut claims: Vec<Id>) -> Option<Note> {
    claims.sort_unstable();
    claims.dedup();
    (!claims.is_empty()).then(|| {
        Note::about(
            "left_out",
            format!("{} {noun}{} {which}", claims.len(), if claims.len() == 1 { "" } else { "s" }),
            claims,
        )
    })
}

/// How many claims are unreviewed, in which zone times are, and what makes the report reproducible.
pub fn made_from(input: &Input, counted: &[&Counted]) -> Vec<Note> {
    let drafts: Vec<Id> = counted.iter().filter(|counted| counted.draft).map(|counted| counted.fact.id).collect();
    let head = &input.head;
    let batch = head.batch.as_ref().map_or_else(|| "no batch yet".to_owned(), |batch| format!("head {batch}"));
    let hash = head.hash.get(..HASH_SHOWN).unwrap_or(&head.hash);
    let recorded = head.recorded_at.and_then(|utc| times::instant(utc, input.office.zone));
    let recorded = recorded.map(|time| format!(" of {time}")).unwrap_or_default();
    let mut notes = vec![
        Note::new("drafts", format!("{} of {} claims are unreviewed drafts", drafts.len(), counted.len())),
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
