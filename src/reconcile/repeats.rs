//! Repeats: the same statement of the same claimant in several dispatches is one statement with several appearances.
//!
//! A claim repeats an earlier one if one party makes both, in different dispatches (or different sources), with the same
//! stance, the same base act, the same accused, targets and places that do not contradict each other, and times that share
//! a moment. Losses and figures may have drifted: a toll grows from telling to telling, and the statement stays the same.
//! What a text says in its own voice repeats nothing, for two texts have two voices; what two texts of one desk or two lines
//! of one register tell are two statements, for there a second line is meant as a second statement.
//!
//! A total repeats only a total with the same window and the same figure.

use super::compare::{Place, compare};
use super::decided::Decided;
use super::row::{NARRATION, NONE, Part, Row};
use super::rows::Rows;

/// Whether `later` tells the statement of `earlier` again.
pub(super) fn repeats(rows: &Rows, earlier: &Row, later: &Row) -> bool {
    let elsewhere = earlier.dispatch != later.dispatch || (earlier.dispatch == NONE && earlier.source != later.source);
    let agree = |a: u32, b: u32| a == b || a == NONE || b == NONE;
    elsewhere
        && earlier.claimant == later.claimant
        && earlier.claimant < NARRATION
        && earlier.part == later.part
        && earlier.stance == later.stance
        && earlier.in_response == later.in_response
        && earlier.base == later.base
        && agree(earlier.detail, later.detail)
        && earlier.accused == later.accused
        && agree(earlier.target, later.target)
        && match earlier.part {
            Part::Total => same_total(rows, earlier, later),
            Part::Truce => false,
            Part::Member | Part::Reply => same_event(rows, earlier, later),
        }
}

fn same_event(rows: &Rows, a: &Row, b: &Row) -> bool {
    if !a.is_timed() || !b.is_timed() || !a.meets(b) || a.dated != b.dated {
        return false;
    }
    let c = compare(rows, a, b);
    matches!(c.place.0, Place::Same | Place::Similar | Place::NoneNamed) && (c.place.1 <= NEAR || c.place.1 == UNKNOWN)
}

fn same_total(rows: &Rows, a: &Row, b: &Row) -> bool {
    (a.lo, a.hi) == (b.lo, b.hi)
        && a.is_timed()
        && a.unit == b.unit
        && a.count == b.count
        && matches!(compare(rows, a, b).place.0, Place::Same | Place::NoneNamed)
}

/// Step in [`super::compare::DISTANCES`] up to which coordinates of one place name may differ: 2.5 km.
const NEAR: u8 = 6;
/// The step of an unknown distance.
const UNKNOWN: u8 = 13;

/// Gathers repeats into statements, each with its first claim as the measure: a claim joins the first statement whose first
/// claim it repeats, so that a statement does not drift from telling to telling. `pairs` are those of which the later
/// repeats the earlier, by the later and then the earlier. Returns for each claim the first of its statement, and puts the
/// claims of each into one set unless a decision keeps them apart.
pub(super) fn gather(claims: usize, pairs: &[(u32, u32)], decided: &mut Decided) -> Vec<u32> {
    let mut first: Vec<u32> = (0..u32::try_from(claims).unwrap_or(u32::MAX)).collect();
    for &(earlier, later) in pairs {
        let open = first.get(later as usize) == Some(&later) && first.get(earlier as usize) == Some(&earlier);
        let again = open && decided.join(earlier, later);
        if let Some(slot) = first.get_mut(later as usize).filter(|_| again) {
            *slot = earlier;
        }
    }
    first
}
