//! How two claims compare, as levels: for each question (when, where, what, who, how many) one answer out of a short
//! list. Nothing here weighs; [`super::weights`] says what each answer is worth.

use super::places::Relation;
use super::row::{Count, NARRATION, NONE, Precision, Row};
use super::rows::Rows;
use crate::model::{ActBase, ActFamily};

/// Seconds up to which a gap in time falls into a step; the first step is "they overlap" (of two hours: begin within five
/// minutes), the last everything longer.
pub(super) const GAPS: [(i64, &str); 17] = [
    (0, "same time"),
    (600, "10 min apart"),
    (1_200, "20 min apart"),
    (1_800, "30 min apart"),
    (2_700, "45 min apart"),
    (3_600, "1 h apart"),
    (5_400, "1.5 h apart"),
    (7_200, "2 h apart"),
    (10_800, "3 h apart"),
    (14_400, "4 h apart"),
    (21_600, "6 h apart"),
    (28_800, "8 h apart"),
    (43_200, "12 h apart"),
    (57_600, "16 h apart"),
    (86_400, "24 h apart"),
    (108_000, "30 h apart"),
    (i64::MAX, "further apart"),
];

/// Kilometres up to which a distance falls into a step; the last but one is everything further, the last "not known".
pub(super) const DISTANCES: [(f64, &str); 14] = [
    (0.25, "250 m"),
    (0.5, "500 m"),
    (0.75, "750 m"),
    (1.0, "1 km"),
    (1.5, "1.5 km"),
    (2.0, "2 km"),
    (2.5, "2.5 km"),
    (3.0, "3 km"),
    (4.0, "4 km"),
    (6.0, "6 km"),
    (10.0, "10 km"),
    (25.0, "25 km"),
    (f64::INFINITY, "further"),
    (f64::NAN, "distance unknown"),
];

/// Words for [`Precision`], in its order.
pub(super) const PRECISIONS: [&str; 5] = ["hour", "part of a day", "day", "days", "undated or longer"];

/// Declares a list of levels with the words that explain them.
macro_rules! levels {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            pub(super) const WORDS: &'static [&'static str] = &[$($word,)+];
        }
    };
}

levels! {
    /// How the places named stand to each other.
    Place {
        Same = "same place",
        Similar = "similar name",
        Partly = "some places shared",
        Within = "one lies in the other",
        Akin = "names share a word",
        Area = "one is an area by its name",
        Different = "different places",
        OneNamed = "one names a place",
        NoneNamed = "neither names a place",
    }
}

levels! {
    /// How the acts stand to each other.
    Deed {
        Identical = "same act and detail",
        /// As before, of an act that is not everyday business on a front line.
        IdenticalRare = "same rare act and detail",
        Base = "same act",
        Detail = "same act, details differ",
        Kin = "kindred acts",
        Armed = "one says only attack or explosion",
        Family = "acts of one family",
        Broken = "both say only that a truce was broken",
        General = "one act unspecified",
        Different = "different acts",
    }
}

levels! {
    /// How accused and target stand to each other. Swapped: each accuses the other, or their allies.
    Parties {
        Both = "same accused and target",
        Swapped = "accused and target swapped",
        AccusedOnly = "same accused, target unknown",
        TargetOnly = "same target, accused unknown",
        AlliedAccused = "allied accused, same target",
        AlliedTarget = "same accused, allied target",
        Allied = "accused on one side",
        AccusedNotTarget = "same accused, other target",
        TargetNotAccused = "other accused, same target",
        HalfSwapped = "accused is the other's target, rest unknown",
        Context = "parties of one context",
        Unknown = "parties unknown",
        Different = "other parties",
    }
}

levels! {
    /// How two numbers of one kind stand to each other.
    Numbers {
        Unknown = "unknown",
        Zero = "both none",
        Meet = "agree",
        MeetMany = "agree, five or more",
        Near = "nearly agree",
        Apart = "differ",
        ZeroOrNot = "none against some",
    }
}

levels! {
    /// How the counts of the same unit stand to each other.
    Figures {
        Unknown = "unknown",
        Ones = "both one",
        Equal = "agree",
        Near = "within a third",
        Twofold = "within twofold",
        Threefold = "within threefold",
        Apart = "differ",
        OneOrMany = "one against many",
    }
}

levels! {
    /// Who tells.
    Tellers {
        Others = "different claimants",
        Narrated = "one told by the dispatch itself",
        Unnamed = "a claimant unknown",
        Again = "same claimant, other dispatch",
        Twice = "same claimant, same source",
        TwiceNear = "same claimant, side by side",
        Beside = "told side by side in one dispatch",
    }
}

/// The answers for one pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Comparison {
    /// Index of the pair of precisions, see [`precisions`], and step in [`GAPS`].
    pub(super) time: (u8, u8),
    /// And step in [`DISTANCES`].
    pub(super) place: (Place, u8),
    pub(super) deed: Deed,
    pub(super) parties: Parties,
    pub(super) killed: Numbers,
    pub(super) wounded: Numbers,
    pub(super) figures: Figures,
    pub(super) tellers: Tellers,
}

/// How many unordered pairs of precisions there are.
pub(super) const PRECISION_PAIRS: usize = 15;

/// Index of an unordered pair of precisions: 0 hour–hour, 1 hour–part, … 14 open–open.
pub(super) const fn precisions(a: Precision, b: Precision) -> u8 {
    let (a, b) = (a as u8, b as u8);
    let (low, high) = if a <= b { (a, b) } else { (b, a) };
    // Rows of a triangle: 5, 4, 3, 2, 1 long.
    low * (11 - low) / 2 + (high - low)
}

/// Compares two claims.
pub(super) fn compare(rows: &Rows, a: &Row, b: &Row) -> Comparison {
    Comparison {
        time: (precisions(a.precision, b.precision), gap(a, b)),
        place: (place(rows, a, b), distance(a, b)),
        deed: deed(a, b),
        parties: parties(rows, a, b),
        killed: numbers(a.killed, b.killed),
        wounded: numbers(a.wounded, b.wounded),
        figures: figures(a, b),
        tellers: tellers(a, b),
    }
}

#[allow(clippy::cast_possible_truncation, reason = "few steps")]
fn step<T: PartialOrd>(steps: &[(T, &str)], value: &T) -> u8 {
    steps.iter().position(|(limit, _)| value <= limit).unwrap_or(steps.len() - 1) as u8
}

/// The last step of [`GAPS`].
#[allow(clippy::cast_possible_truncation, reason = "few steps")]
const LAST_GAP: u8 = GAPS.len() as u8 - 1;

/// Two clock times are compared by their beginnings, for an end is told by some and not by others; anything coarser by
/// what lies between the spans.
fn gap(a: &Row, b: &Row) -> u8 {
    const AT_ONCE: i64 = 300;
    // Nobody tells of an event that is yet to come.
    let early = |a: &Row, b: &Row| b.dated && a.published.is_some_and(|published| published <= b.lo);
    if !a.is_timed() || !b.is_timed() || early(a, b) || early(b, a) {
        return LAST_GAP;
    }
    let seconds = if (a.precision, b.precision) == (Precision::Hour, Precision::Hour) {
        let apart = (a.lo - b.lo).abs();
        if apart <= AT_ONCE { 0 } else { apart }
    } else if a.meets(b) {
        0
    } else {
        (a.lo.max(b.lo) - a.hi.min(b.hi)).max(1)
    };
    step(&GAPS, &seconds)
}

#[allow(clippy::cast_possible_truncation, reason = "few steps")]
fn distance(a: &Row, b: &Row) -> u8 {
    match (a.point, b.point) {
        (Some(a), Some(b)) => step(DISTANCES.split_last().map_or(&[], |(_, known)| known), &a.km_to(b)),
        _ => DISTANCES.len() as u8 - 1,
    }
}

fn place(rows: &Rows, a: &Row, b: &Row) -> Place {
    let (x, y) = (rows.names(a), rows.names(b));
    let (few, many) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    if few.is_empty() {
        return if many.is_empty() { Place::NoneNamed } else { Place::OneNamed };
    }
    let (mut best, mut met) = (Place::Different, 0);
    for &one in few {
        let nearest = many.iter().map(|&other| relation(rows, one, other)).min().unwrap_or(Place::Different);
        met += usize::from(nearest <= Place::Similar);
        best = best.min(nearest);
    }
    match best {
        Place::Same | Place::Similar if met < few.len() => Place::Partly,
        best => best,
    }
}

fn relation(rows: &Rows, a: u32, b: u32) -> Place {
    match rows.places.relation(a, b) {
        Relation::Same => Place::Same,
        Relation::Similar => Place::Similar,
        Relation::Within => Place::Within,
        Relation::Akin => Place::Akin,
        Relation::Area => Place::Area,
        Relation::Different => Place::Different,
    }
}

/// Acts that witnesses on the ground take for each other: what comes from the air, and what is fired from afar.
const fn kind(base: ActBase) -> u8 {
    match base {
        ActBase::AirStrike | ActBase::DroneStrike | ActBase::Overflight => 1,
        ActBase::Shelling | ActBase::MissileStrike => 2,
        _ => 0,
    }
}

fn deed(a: &Row, b: &Row) -> Deed {
    let (f, g) = (a.base.family(), b.base.family());
    match () {
        () if is_general(a, f) && is_general(b, g) && !a.is_placed() && !b.is_placed() => Deed::Broken,
        () if a.base == b.base && a.detail == b.detail => match a.base {
            ActBase::SmallArmsFire | ActBase::Shelling | ActBase::Attack | ActBase::Violation => Deed::Identical,
            _ => Deed::IdenticalRare,
        },
        () if a.base == b.base && (a.detail == NONE || b.detail == NONE) => Deed::Base,
        () if a.base == b.base => Deed::Detail,
        () if kind(a.base) != 0 && kind(a.base) == kind(b.base) => Deed::Kin,
        () if f == g && (is_bare(a) || is_bare(b)) => Deed::Armed,
        () if f == g => Deed::Family,
        () if is_general(a, f) || is_general(b, g) => Deed::General,
        () => Deed::Different,
    }
}

/// "A violation", nothing more.
fn is_general(row: &Row, family: ActFamily) -> bool {
    family == ActFamily::Violation && row.detail == NONE
}

/// An armed act of unstated kind, or the blast that many kinds make.
fn is_bare(row: &Row) -> bool {
    matches!(row.base, ActBase::Attack | ActBase::Explosion) && row.detail == NONE
}

fn parties(rows: &Rows, a: &Row, b: &Row) -> Parties {
    let known = |party: u32| party != NONE;
    let (same_accused, same_target) =
        (known(a.accused) && a.accused == b.accused, known(a.target) && a.target == b.target);
    let (ally_accused, ally_target) = (rows.allied(a.accused, b.accused), rows.allied(a.target, b.target));
    let accused_open = !known(a.accused) || !known(b.accused);
    let target_open = !known(a.target) || !known(b.target);
    match () {
        () if same_accused && same_target => Parties::Both,
        () if swapped(rows, a, b) => Parties::Swapped,
        () if same_accused && target_open => Parties::AccusedOnly,
        () if same_target && accused_open => Parties::TargetOnly,
        () if ally_accused && same_target => Parties::AlliedAccused,
        () if same_accused && ally_target => Parties::AlliedTarget,
        () if ally_accused && (target_open || ally_target) => Parties::Allied,
        () if same_accused => Parties::AccusedNotTarget,
        () if same_target => Parties::TargetNotAccused,
        () if half_swapped(rows, a, b) => Parties::HalfSwapped,
        () if (a.context[0] != NONE || b.context[0] != NONE) && in_context(rows, a, b) => Parties::Context,
        () if accused_open && target_open => Parties::Unknown,
        () if accused_open && !known(a.target.min(b.target)) => Parties::Unknown,
        () => Parties::Different,
    }
}

/// Each accuses the other: the accused of one is the target of the other, or, where no target is told, its claimant.
fn swapped(rows: &Rows, a: &Row, b: &Row) -> bool {
    let meant = |accused: u32, row: &Row| {
        rows.allied(accused, row.target) || (row.target == NONE && rows.allied(accused, row.claimant))
    };
    rows.opposed(a.accused, b.accused) && meant(a.accused, b) && meant(b.accused, a)
}

/// Whether the sides of one that names no party are those the other is about.
fn in_context(rows: &Rows, a: &Row, b: &Row) -> bool {
    let (x, y) = (rows.sides(a), rows.sides(b));
    let known = |sides: [u32; 2]| sides.into_iter().filter(|&side| side != NONE);
    let shared = known(x).filter(|side| y.contains(side)).count();
    shared > 0 && (shared == known(x).count() || shared == known(y).count())
}

fn half_swapped(rows: &Rows, a: &Row, b: &Row) -> bool {
    let half = |a: &Row, b: &Row| rows.allied(a.accused, b.target) && (b.accused == NONE || a.target == NONE);
    half(a, b) || half(b, a)
}

fn numbers(a: Count, b: Count) -> Numbers {
    /// From here a number is one that two reports of different events rarely share.
    const MANY: u32 = 5;
    if !a.is_known() || !b.is_known() {
        return Numbers::Unknown;
    }
    let apart = a.min.max(b.min).saturating_sub(a.max.min(b.max));
    match (a.max == 0, b.max == 0) {
        (true, true) => Numbers::Zero,
        (true, false) | (false, true) => Numbers::ZeroOrNot,
        _ if a.meets(b) && a.min.max(b.min) >= MANY => Numbers::MeetMany,
        _ if a.meets(b) => Numbers::Meet,
        _ if apart <= 2 || apart <= a.min.max(b.min) / 4 => Numbers::Near,
        _ => Numbers::Apart,
    }
}

fn figures(a: &Row, b: &Row) -> Figures {
    if a.unit != b.unit || !a.count.is_known() || !b.count.is_known() {
        return Figures::Unknown;
    }
    let (low, high) = if a.count.min <= b.count.min { (a.count, b.count) } else { (b.count, a.count) };
    let within = |times: u64, of: u64| u64::from(high.min) * of <= u64::from(low.max) * times;
    match () {
        () if low.max == 1 && high.max == 1 => Figures::Ones,
        () if a.count.meets(b.count) => Figures::Equal,
        () if low.max <= 1 => Figures::OneOrMany,
        () if within(4, 3) => Figures::Near,
        () if within(2, 1) => Figures::Twofold,
        () if within(3, 1) => Figures::Threefold,
        () => Figures::Apart,
    }
}

/// Two claims of one dispatch stand side by side if at most one other stands between them.
const SIDE_BY_SIDE: u32 = 2;

fn tellers(a: &Row, b: &Row) -> Tellers {
    let one_dispatch = a.dispatch != NONE && a.dispatch == b.dispatch;
    let near = one_dispatch && a.nth.abs_diff(b.nth) <= SIDE_BY_SIDE;
    match () {
        () if a.claimant != b.claimant && near => Tellers::Beside,
        () if a.claimant == NARRATION || b.claimant == NARRATION => Tellers::Narrated,
        () if a.claimant == NONE || b.claimant == NONE => Tellers::Unnamed,
        () if a.claimant != b.claimant => Tellers::Others,
        () if near => Tellers::TwiceNear,
        () if one_dispatch || (a.dispatch == b.dispatch && a.source == b.source) => Tellers::Twice,
        () => Tellers::Again,
    }
}
