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
