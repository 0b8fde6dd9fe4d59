//! Scores predicted claims against labelled ones. *Core*: claimant, stance, accused and act group agree; *exact*: the
//! act itself too. Matching is one to one in a dispatch, as large as can be, and among the largest the one that agrees
//! best on act, date, place, tolls and count.

use std::collections::BTreeSet;

use chrono::{Datelike, Months, NaiveDate};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::assignment::assign;

/// A claim flattened to what is compared. `also` holds equally acceptable values of a label.
#[derive(Debug, Clone, Default)]
pub(crate) struct Flat {
    claimant: Option<String>,
    stance: Option<String>,
    act: String,
    accused: BTreeSet<String>,
    /// `None`: the label says nothing of parties.
    parties: Option<BTreeSet<String>>,
    target: Option<String>,
    place: Vec<String>,
    occurred: Option<String>,
    count: Option<u64>,
    killed: Toll,
    wounded: Toll,
    also: Value,
    /// What the claim reads like in a list of errors.
    pub(crate) told: String,
}

/// Lowest and highest; `None`: nothing said.
type Toll = Option<(Option<u64>, Option<u64>)>;

fn fold(text: &str) -> Option<String> {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    (!folded.is_empty()).then_some(folded)
}

fn folded(value: &Value) -> Option<String> {
    value.as_str().and_then(fold)
}

fn names(value: &Value) -> BTreeSet<String> {
    match value {
        Value::Array(names) => names.iter().filter_map(folded).collect(),
        name => folded(name).into_iter().collect(),
    }
}

fn toll(value: &Value) -> Toll {
    value.as_array().map(|bounds| (bounds.first().and_then(Value::as_u64), bounds.get(1).and_then(Value::as_u64)))
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

impl Flat {
    /// A label, or a predicted claim in the JSON shape of `extract`. `None` for kinds that are not labelled: tolls told
    /// without an act, no-comments, counts of zero.
    pub(crate) fn of(claim: &Value) -> Option<Self> {
        let act = claim["act"].as_str().unwrap_or_default().split('/').next().unwrap_or_default().to_owned();
        let count = claim["count"].as_u64().or_else(|| counted(&claim["figures"]));
        if act == "losses" || claim["stance"] == "no-comment" || count == Some(0) {
            return None;
        }
        let told = ["claimant", "stance", "act", "accused", "occurred", "start", "quote"];
        Some(Self {
            claimant: folded(&claim["claimant"]),
            stance: folded(&claim["stance"]),
            act,
            accused: names(&claim["accused"]),
            parties: claim.get("parties").map(names),
            target: folded(&claim["target"]),
            place: items(&claim["place"]).iter().filter_map(|place| place.as_str().map(str::to_owned)).collect(),
            occurred: claim["occurred"].as_str().map(str::to_owned),
            count,
            killed: toll(&claim["killed"]).or_else(|| lost(&claim["losses"], "killed")),
            wounded: toll(&claim["wounded"]).or_else(|| lost(&claim["losses"], "wounded")),
            also: claim["also"].clone(),
            told: told.map(|field| claim.get(field).unwrap_or(&Value::Null).to_string()).join(" "),
        })
    }

    fn also(&self, field: &str) -> impl Iterator<Item = &Value> {
        items(&self.also[field]).iter()
    }

    fn is_truce(&self) -> bool {
        group(&self.act) == "truce"
    }

    fn is_bare_violation(&self) -> bool {
        group(&self.act) == "violation" && self.count.is_none()
    }
}

/// The count of the first figure that counts breaches or attacks.
fn counted(figures: &Value) -> Option<u64> {
    let like = |figure: &&Value| matches!(figure["unit"].as_str(), None | Some("violation" | "attack" | "incident"));
    let figure = items(figures).iter().find(like)?;
    figure["min"].as_u64().or_else(|| figure["max"].as_u64())
}

/// The toll of a kind over all sides.
fn lost(losses: &Value, kind: &str) -> Toll {
    let tolls: Vec<_> = items(losses).iter().filter_map(|loss| toll(&loss[kind])).collect();
    match tolls.as_slice() {
        [] => None,
        [one] => Some(*one),
        several => {
            let highest = several.iter().map(|(_, max)| *max).sum::<Option<u64>>();
            Some((Some(several.iter().filter_map(|(min, _)| *min).sum()), highest))
        }
    }
}

/// The group of an act; of an unknown one, the act.
pub(crate) fn group(act: &str) -> &str {
    match act {
        "small-arms-fire" | "shelling" | "missile-strike" | "air-strike" | "drone-strike" | "explosion" | "attack" => {
            "fire"
        }
        "overflight" | "movement" | "fortification" => "posture",
        "truce-agreed" | "truce-begins" | "truce-extended" | "truce-ends" => "truce",
        other => other,
    }
}

fn claimant_fits(gold: &Flat, pred: &Flat) -> bool {
    let or_dash = |name: &Option<String>| name.clone().unwrap_or_else(|| "-".into());
    if gold.is_truce() && (gold.claimant.as_deref() == Some("-") || or_dash(&pred.claimant) == "-") {
        return true;
    }
    let got = Some(or_dash(&pred.claimant));
    gold.claimant == got || gold.also("claimant").any(|other| folded(other) == got)
}

fn stance_fits(gold: &Flat, pred: &Flat) -> bool {
    gold.stance == pred.stance || gold.also("stance").any(|other| folded(other) == pred.stance)
}

fn act_fits(gold: &Flat, pred: &Flat, exact: bool) -> bool {
    let fits = |act: &str| if exact { act == pred.act } else { group(act) == group(&pred.act) };
    fits(&gold.act) || gold.also("act").filter_map(Value::as_str).any(fits)
}

/// The accused as labelled; of a truce fact the parties to the truce, half of which must agree.
#[allow(clippy::cast_precision_loss, reason = "sets of a few names")]
fn accused_fits(gold: &Flat, pred: &Flat) -> bool {
    let Some(parties) = gold.parties.as_ref().filter(|_| gold.is_truce()) else {
        return gold.accused == pred.accused || gold.also("accused").any(|other| names(other) == pred.accused);
    };
    let told = pred.parties.as_ref().filter(|parties| !parties.is_empty()).unwrap_or(&pred.accused);
    let half = |parties: &BTreeSet<String>| {
        let (both, either) = (parties.intersection(told).count(), parties.union(told).count());
        parties.is_empty() || (!told.is_empty() && both as f64 / either as f64 >= 0.5)
    };
    half(parties) || gold.also("parties").map(names).any(|parties| half(&parties))
}

fn fits(gold: &Flat, pred: &Flat, exact: bool) -> bool {
    claimant_fits(gold, pred) && stance_fits(gold, pred) && act_fits(gold, pred, exact) && accused_fits(gold, pred)
}

/// First and last day.
fn days(edtf: Option<&String>) -> Option<(NaiveDate, NaiveDate)> {
    let edtf = edtf?;
    let (from, to) = edtf.split_once('/').map_or((edtf.as_str(), ""), |ends| ends);
    let (lo, hi) = (day(from, false)?, day(if to.is_empty() { from } else { to }, true)?);
    (lo <= hi).then_some((lo, hi))
}

fn day(text: &str, last: bool) -> Option<NaiveDate> {
    let text = text.trim().trim_end_matches(['~', '?', '%']).split(['T', ' ']).next()?;
    let parts: Vec<u32> = text.split('-').map(str::parse).collect::<Result<_, _>>().ok()?;
    let year = i32::try_from(*parts.first()?).ok()?;
    match parts.as_slice() {
        [_] if last => NaiveDate::from_ymd_opt(year, 12, 31),
        [_] => NaiveDate::from_ymd_opt(year, 1, 1),
        [_, month] => {
            let first = NaiveDate::from_ymd_opt(year, *month, 1)?;
            if last { first.checked_add_months(Months::new(1))?.pred_opt() } else { Some(first) }
        }
        [_, month, day] => NaiveDate::from_ymd_opt(year, *month, *day),
        _ => None,
    }
}

/// Whether the days overlap and the predicted span is at most two days longer.
pub(crate) fn when_fits(gold: &Flat, pred: &Flat) -> bool {
    let (Some(gold), Some(pred)) = (days(gold.occurred.as_ref()), days(pred.occurred.as_ref())) else { return false };
    let long = |(lo, hi): (NaiveDate, NaiveDate)| hi.num_days_from_ce() - lo.num_days_from_ce();
    gold.0 <= pred.1 && pred.0 <= gold.1 && long(pred) <= long(gold) + 2
}

fn bare(text: &str) -> String {
    let folded = fold(text).unwrap_or_default();
    let plain = folded.nfkd().filter(|&c| !is_combining_mark(c));
    plain.map(|c| if c.is_alphanumeric() || c == '_' { c } else { ' ' }).collect::<String>().trim().to_owned()
}

/// Whether two words share a stem: all but the last three letters of the shorter, four at least.
fn same_stem(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let stem = (a.len().min(b.len()).saturating_sub(3)).max(4);
    a.len() >= 5 && b.len() >= 5 && a[..stem] == b[..stem]
}

/// Whether any place agrees, inflected forms too.
pub(crate) fn place_fits(gold: &Flat, pred: &Flat) -> bool {
    let alike = |a: &str, b: &str| {
        if fold(a) == fold(b) {
            return true;
        }
        let (a, b) = (bare(a), bare(b));
        let stems = || a.split_whitespace().any(|a| b.split_whitespace().any(|b| same_stem(a, b)));
        !a.is_empty() && !b.is_empty() && (a.contains(&b) || b.contains(&a) || stems())
    };
    gold.place.iter().any(|a| pred.place.iter().any(|b| alike(a, b)))
}

/// Whether the lowest agrees, and the highest where both state one.
pub(crate) fn toll_fits(gold: Toll, pred: Toll) -> bool {
    let (Some(gold), Some(pred)) = (gold, pred) else { return false };
    gold.0 == pred.0 && (gold.1.is_none() || pred.1.is_none() || gold.1 == pred.1)
}

fn agreement(gold: &Flat, pred: &Flat) -> f64 {
    let mut sum = 0.0;
    let mut add = |weight: f64, holds: bool| sum += if holds { weight } else { 0.0 };
    add(4.0, gold.act == pred.act);
    match &gold.occurred {
        Some(_) => add(3.0, when_fits(gold, pred)),
        None => add(1.0, pred.occurred.is_none()),
    }
    add(3.0, place_fits(gold, pred));
    add(2.0, toll_fits(gold.killed, pred.killed));
    add(2.0, toll_fits(gold.wounded, pred.wounded));
    add(2.0, gold.count.is_some() && gold.count == pred.count);
    add(0.5, gold.target == pred.target);
    sum
}

/// Which labels and predicted claims are matched, by their places.
pub(crate) fn matching(gold: &[Flat], pred: &[Flat], exact: bool) -> Vec<(usize, usize)> {
    let weight = |g: &Flat, p: &Flat| if fits(g, p, exact) { 1000.0 + agreement(g, p) } else { 0.0 };
    let weights: Vec<Vec<f64>> = gold.iter().map(|g| pred.iter().map(|p| weight(g, p)).collect()).collect();
    assign(&weights)
}

/// Unmatched bare violations beside a specific claim of the same claimant, stance and accused: whether a breach is
/// told twice is a matter of taste, so they are neither missed nor spurious.
fn neutral(gold: &[Flat], pred: &[Flat], matched: &[(usize, usize)]) -> (BTreeSet<usize>, BTreeSet<usize>) {
    let beside = |g: &Flat, p: &Flat| claimant_beside(g, p) && stance_fits(g, p) && accused_fits(g, p);
    let specific = |partners: Vec<&Flat>| {
        !partners.is_empty() && partners.iter().all(|partner| group(&partner.act) != "violation")
    };
    let (gold_hit, pred_hit): (BTreeSet<_>, BTreeSet<_>) = matched.iter().copied().unzip();
    let spare = |all: &[Flat], hit: &BTreeSet<usize>| -> Vec<usize> {
        (0..all.len()).filter(|at| !hit.contains(at) && all[*at].is_bare_violation()).collect()
    };
    let free_gold = spare(gold, &gold_hit)
        .into_iter()
        .filter(|&at| specific(pred_hit.iter().map(|&p| &pred[p]).filter(|p| beside(&gold[at], p)).collect()));
    let free_pred = spare(pred, &pred_hit)
        .into_iter()
        .filter(|&at| specific(gold_hit.iter().map(|&g| &gold[g]).filter(|g| beside(g, &pred[at])).collect()));
    (free_gold.collect(), free_pred.collect())
}

fn claimant_beside(gold: &Flat, pred: &Flat) -> bool {
    let got = Some(pred.claimant.clone().unwrap_or_else(|| "-".into()));
    gold.claimant == got || gold.also("claimant").any(|other| folded(other) == got)
}

/// What one or several dispatches came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) gold: usize,
    pub(crate) pred: usize,
    pub(crate) core: usize,
    pub(crate) exact: usize,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.gold += other.gold;
        self.pred += other.pred;
        self.core += other.core;
        self.exact += other.exact;
    }
}

/// How many of those that can be compared agree: when, where, tolls, counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Slots {
    pub(crate) when: (usize, usize),
    pub(crate) place: (usize, usize),
    pub(crate) tolls: (usize, usize),
    pub(crate) count: (usize, usize),
}

/// One dispatch scored.
#[derive(Debug, Default)]
pub(crate) struct Scored {
    pub(crate) tally: Tally,
    pub(crate) slots: Slots,
    pub(crate) missed: Vec<String>,
    pub(crate) spurious: Vec<String>,
}

/// Of each predicted claim whether it is right; `None` where it is neither right nor wrong.
pub(crate) fn right(gold: &[Flat], pred: &[Flat]) -> Vec<Option<bool>> {
    let core = matching(gold, pred, false);
    let (_, free) = neutral(gold, pred, &core);
    let hit = |at: &usize| core.iter().any(|(_, pred)| pred == at);
    (0..pred.len()).map(|at| if free.contains(&at) { None } else { Some(hit(&at)) }).collect()
}

/// Scores one dispatch.
pub(crate) fn score(gold: &[Flat], pred: &[Flat]) -> Scored {
    let (core, exact) = (matching(gold, pred, false), matching(gold, pred, true));
    let (free_gold, free_pred) = neutral(gold, pred, &core);
    let mut scored = Scored {
        tally: Tally {
            gold: gold.len() - free_gold.len(),
            pred: pred.len() - free_pred.len(),
            core: core.len(),
            exact: exact.len(),
        },
        ..Scored::default()
    };
    for &(g, p) in &core {
        scored.slots.add(&gold[g], &pred[p]);
    }
    let (gold_hit, pred_hit): (BTreeSet<_>, BTreeSet<_>) = core.into_iter().unzip();
    let told = |all: &[Flat], hit: &BTreeSet<usize>, free: &BTreeSet<usize>| -> Vec<String> {
        let at = (0..all.len()).filter(|at| !hit.contains(at) && !free.contains(at));
        at.map(|at| all[at].told.clone()).collect()
    };
    scored.missed = told(gold, &gold_hit, &free_gold);
    scored.spurious = told(pred, &pred_hit, &free_pred);
    scored
}

impl Slots {
    fn add(&mut self, gold: &Flat, pred: &Flat) {
        let add = |slot: &mut (usize, usize), labelled: bool, right: bool| {
            slot.0 += usize::from(labelled && right);
            slot.1 += usize::from(labelled);
        };
        add(&mut self.when, gold.occurred.is_some(), when_fits(gold, pred));
        add(&mut self.place, !gold.place.is_empty(), place_fits(gold, pred));
        add(&mut self.tolls, gold.killed.is_some(), toll_fits(gold.killed, pred.killed));
        add(&mut self.tolls, gold.wounded.is_some(), toll_fits(gold.wounded, pred.wounded));
        add(&mut self.count, gold.count.is_some(), gold.count == pred.count);
    }
}

impl std::ops::AddAssign for Slots {
    fn add_assign(&mut self, other: Self) {
        for (slot, more) in [
            (&mut self.when, other.when),
            (&mut self.place, other.place),
            (&mut self.tolls, other.tolls),
            (&mut self.count, other.count),
        ] {
            slot.0 += more.0;
            slot.1 += more.1;
        }
    }
}

/// Precision, recall and their harmonic mean.
#[allow(clippy::cast_precision_loss, reason = "counts of a few hundred")]
pub(crate) fn prf(right: usize, gold: usize, pred: usize) -> (f64, f64, f64) {
    let share = |whole: usize, other: usize| match whole {
        0 => f64::from(u8::from(other == 0)),
        whole => right as f64 / whole as f64,
    };
    let (precision, recall) = (share(pred, gold), share(gold, pred));
    let sum = precision + recall;
    (precision, recall, if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 })
}
