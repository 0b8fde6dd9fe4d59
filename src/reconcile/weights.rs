//! What each answer of a comparison is worth: the score table.
//!
//! Scores are whole hundredths of a doubling: +100 makes it twice as likely that two claims are about one event, −100 half
//! as likely, 0 in sum is even odds. Integers, so that every machine and every order of adding gives the same result.
//!
//! **Origin.** Version 0, set by hand to get the interfaces standing; to be replaced by learned numbers.

use super::compare::{Comparison, DISTANCES, Deed, Figures, GAPS, Numbers, PRECISION_PAIRS, Parties, Place, Tellers};

/// Version of the table; a ledger reconciled with another is rebuilt.
pub const WEIGHTS: u32 = 0;

/// What a pair starts from: among the pairs that the indexes bring up, few are about one event.
pub(super) const START: i32 = -330;

/// What a pair counts for in an average when the indexes never brought it up, or it was too unlike to be kept.
pub(super) const STRANGERS: i32 = -900;

/// By pair of precisions and gap.
pub(super) const TIME: [[i32; GAPS.len()]; PRECISION_PAIRS] = [
    [400, 330, 280, 220, 120, 0, -150, -300, -450, -900], // hour, hour
    [130, 60, 40, 0, -50, -120, -250, -350, -500, -900],  // hour, part of a day
    [130, 0, -50, -100, -150, -200, -250, -300, -350, -900], // hour, day
    [60, -50, -100, -150, -200, -250, -300, -350, -450, -900], // hour, days
    [-300, -350, -350, -350, -350, -350, -400, -400, -450, -900], // hour, weeks
    [180, 0, 0, 0, -100, -200, -300, -350, -450, -900],   // part, part
    [100, -100, -150, -150, -200, -250, -250, -300, -350, -900], // part, day
    [60, -100, -150, -150, -200, -250, -250, -300, -350, -900], // part, days
    [-300, -350, -350, -350, -350, -350, -400, -400, -450, -900], // part, weeks
    [160, -250, -250, -250, -250, -300, -300, -300, -350, -900], // day, day
    [60, -250, -250, -250, -250, -300, -300, -300, -350, -900], // day, days
    [-300, -350, -350, -350, -350, -350, -400, -400, -450, -900], // day, weeks
    [120, -200, -200, -200, -250, -250, -300, -350, -450, -900], // days, days
    [-300, -350, -350, -350, -350, -350, -400, -400, -450, -900], // days, weeks
    [-300, -350, -350, -350, -350, -350, -400, -400, -450, -900], // weeks, weeks
];

/// By name relation and distance.
pub(super) const PLACE: [[i32; DISTANCES.len()]; Place::WORDS.len()] = [
    [450, 400, 330, 200, 50, 0, -50, -100, -200, 350],     // same
    [400, 350, 300, 150, 0, -50, -100, -150, -200, 300],   // similar
    [300, 300, 250, 150, 0, -50, -100, -150, -200, 150],   // partly
    [300, 250, 200, 100, 50, 0, -50, -100, -200, 100],     // within
    [100, 50, 0, -50, -100, -150, -250, -300, -500, -100], // akin
    [100, 50, 0, -50, -150, -250, -400, -600, -900, -250], // different
    [350, 300, 250, 100, 0, -100, -300, -500, -900, -200], // one names a place
    [350, 300, 250, 100, 0, -100, -300, -500, -900, 60],   // neither
];

/// By act.
pub(super) const DEED: [i32; Deed::WORDS.len()] = [150, 80, 40, -20, -60, 260, -60, -350];

/// By accused and target.
pub(super) const PARTIES: [i32; Parties::WORDS.len()] = [150, 80, 70, 40, 60, 60, 0, -150, -150, 40, 40, -30, -350];

/// By killed.
pub(super) const KILLED: [i32; Numbers::WORDS.len()] = [0, 20, 120, 250, 60, -120, -100];

/// By wounded.
pub(super) const WOUNDED: [i32; Numbers::WORDS.len()] = [0, 20, 100, 200, 50, -100, -80];

/// By figures.
pub(super) const FIGURES: [i32; Figures::WORDS.len()] = [0, 20, 80, 50, 20, -40, -100, -60];

/// By who tells.
pub(super) const TELLERS: [i32; Tellers::WORDS.len()] = [20, 0, 0, 20, -250, -150, 80];

/// The parts of a score with their names, in the order they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) time: i32,
    pub(super) place: i32,
    pub(super) deed: i32,
    pub(super) parties: i32,
    pub(super) killed: i32,
    pub(super) wounded: i32,
    pub(super) figures: i32,
    pub(super) tellers: i32,
}

impl Parts {
    /// The whole score.
    pub(super) const fn sum(&self) -> i32 {
        START
            + self.time
            + self.place
            + self.deed
            + self.parties
            + self.killed
            + self.wounded
            + self.figures
            + self.tellers
    }
}

/// Weighs a comparison.
#[allow(clippy::indexing_slicing, reason = "levels and steps index tables of their own length")]
pub(super) fn weigh(c: &Comparison) -> Parts {
    Parts {
        time: TIME[c.time.0 as usize][c.time.1 as usize],
        place: PLACE[c.place.0 as usize][c.place.1 as usize],
        deed: DEED[c.deed as usize],
        parties: PARTIES[c.parties as usize],
        killed: KILLED[c.killed as usize],
        wounded: WOUNDED[c.wounded as usize],
        figures: FIGURES[c.figures as usize],
        tellers: TELLERS[c.tellers as usize],
    }
}
