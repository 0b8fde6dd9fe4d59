//! `report checks`: where a party's own numbers do not agree.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use crate::error::Result;
use crate::ledger::{Counted, Snapshot};
use crate::model::text::key;
use crate::model::{Claim, Dispatch, Edtf, Hedge, Id, NumberKind, Range, Span, Unit};
use crate::reconcile::Claimant;
use crate::report::arithmetic::{self, Counts, Reading, Series, Stretch, above, each_day, meet};
use crate::report::input::{Input, Names};
use crate::report::notes;
use crate::report::sheet::{Cell, Column, Sheet};

const COUNTS: &str = "a row is one party's own numbers that cannot all hold: the parts of a total, a headline and the text \
    under it, running totals that fall, the growth of a running total beside the days between, a longer total beside its \
    days. Numbers of one row count the same thing, of the same accused, at the same place; hedges are given their room, \
    “about” a tenth. That numbers do not agree does not tell which of them is wrong, or that any is: a party may have \
    revised them";

/// Makes the report: by claimant, alphabetical, then by claim.
pub fn sheet(input: &Input, snapshot: &Snapshot<'_>) -> Result<Sheet> {
    let names = Names::new(&input.parties);
    let passing = input.passing();
    let series = arithmetic::series(&passing, input);
    let mut findings = parts(&passing);
    for (of, readings) in &series {
        findings.extend(falls(of, readings));
        findings.extend(growth(of, readings));
        findings.extend(weeks(of, readings));
        findings.extend(headlines(of, readings, snapshot)?);
    }
    findings.sort_by_cached_key(|finding| (key(&names.of(finding.claimant)), finding.claims.clone(), finding.check));
    findings.dedup();
    let mut rows = Vec::new();
    for finding in &findings {
        rows.push(finding.row(&names, &Quotes::of(&finding.claims, snapshot)?));
    }
    Ok(Sheet {
        name: "checks",
        title: "Numbers that do not agree".to_owned(),
        columns: columns(),
        rows,
        notes: notes::under(input, COUNTS, Vec::new(), notes::made_from(input, &passing)),
        offices: input.offices.clone(),
        side_by_side: false,
    })
}

fn columns() -> Vec<Column> {
    vec![
        Column::words("claimant", "claimant"),
        Column::words("check", "check"),
        Column::words("about", "about"),
        Column::amount("says", "says"),
        Column::amount("against", "against"),
        Column::words("claims", "claims"),
        Column::words("quotes", "quotes"),
    ]
}

/// Numbers that cannot all hold.
#[derive(Debug, Clone, PartialEq)]
struct Finding {
    claimant: Id,
    check: &'static str,
    /// What the numbers count, and of when.
    counts: Counts,
    accused: Option<Id>,
    when: String,
    /// What the party says, with its claims.
    says: (Range, Vec<Id>),
    /// What its other numbers come to, with their claims.
    against: (Range, Vec<Id>),
    claims: Vec<Id>,
}

impl Finding {
    fn of(series: &Series, check: &'static str, when: String, says: Told, against: Told) -> Self {
        let mut claims: Vec<Id> = says.1.iter().chain(&against.1).copied().collect();
        claims.sort_unstable();
        claims.dedup();
        let Series { claimant, accused, counts, .. } = *series;
        Self { claimant, check, counts, accused, when, says, against, claims }
    }

    fn row(&self, names: &Names<'_>, quotes: &Quotes) -> Vec<Cell> {
        let counted = arithmetic::counted(self.counts, self.accused, names);
        let when = if self.when.is_empty() { String::new() } else { format!(", {}", self.when) };
        vec![
            Cell::Text(names.of(self.claimant)),
            Cell::Word(self.check),
            Cell::Text(format!("{counted}{when}")),
            Cell::Amount(self.says.0, self.says.1.clone()),
            Cell::Amount(self.against.0, self.against.1.clone()),
            Cell::Numbers(NumberKind::Claim, self.claims.clone()),
            Cell::lines(quotes.0.clone()),
        ]
    }
}

/// A number with the claims it comes from.
type Told = (Range, Vec<Id>);

/// The quotes of some claims.
struct Quotes(Vec<String>);

/// So many quotes of one row are printed; its claims lead to the others.
const QUOTED: usize = 10;

impl Quotes {
    fn of(claims: &[Id], snapshot: &Snapshot<'_>) -> Result<Self> {
        let mut quotes = Vec::new();
        for &claim in claims.iter().take(QUOTED) {
            let quote = snapshot.claim(claim)?.and_then(|claim: crate::ledger::Recorded<Claim>| claim.value.quote);
            let number = snapshot.number(NumberKind::Claim, claim);
            quotes.extend(quote.map(|quote| format!("{number}: {quote}")));
        }
        Ok(Self(quotes))
    }
}

/// "142 + 21 + 228 + 100 of 497": parts of one total that come to another number, or a part above its whole.
fn parts(claims: &[&Counted]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for counted in claims {
        let Claimant::Party(claimant) = counted.fact.claimant else { continue };
        let mut totals: BTreeMap<(Range, Unit), Vec<(Range, Unit)>> = BTreeMap::new();
        for figure in &counted.fact.figures {
            if let Span::PartOf(whole, unit) = figure.span {
                totals.entry((whole, unit)).or_default().push((figure.amount, figure.unit));
            }
        }
        for ((whole, unit), parts) in totals {
            let Some(sum) = parts.iter().map(|(amount, _)| *amount).reduce(|a, b| a.plus(b).unwrap_or(a)) else {
                continue;
            };
            if parts.iter().any(|(part, _)| above(*part, whole))
                || (make_up(&parts, sum, whole, unit) && !meet(sum, whole))
            {
                let id = counted.fact.id;
                let (counts, accused) = (Counts::Figure(unit), counted.fact.accused);
                let (says, against) = ((whole, vec![id]), (sum, vec![id]));
                let check = "parts and total";
                let (when, claims) = (String::new(), vec![id]);
                findings.push(Finding { claimant, check, counts, accused, when, says, against, claims });
            }
        }
    }
    findings
}

/// Several parts are told to make up a whole if they are of its unit; of other units, which may overlap or leave some
/// out, if there are three at least and they come to within a tenth of it.
fn make_up(parts: &[(Range, Unit)], sum: Range, whole: Range, unit: Unit) -> bool {
    let near = || meet(Range { hedge: Hedge::About, ..sum }, whole);
    if parts.iter().all(|(_, of)| *of == unit) { parts.len() > 1 } else { parts.len() > 2 && near() }
}

/// A running total published later that is surely lower than one before it, since the same date.
fn falls(series: &Series, readings: &[Reading]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (before, after) in successive(readings) {
        if above(before.amount, after.amount) {
            let (says, against) = ((after.amount, vec![after.claim]), (before.amount, vec![before.claim]));
            findings.push(Finding::of(series, "running total falls", since(after), says, against));
        }
    }
    findings
}

/// What a running total grew by beside the sum of the days between, where every one of those days is told.
fn growth(series: &Series, readings: &[Reading]) -> Vec<Finding> {
    let daily = arithmetic::daily(readings);
    let mut findings = Vec::new();
    for (before, after) in successive(readings) {
        let (Some(from), Some(to)) = (last_day(before).and_then(|day| day.succ_opt()), last_day(after)) else {
            continue;
        };
        let between = each_day(from, to);
        let days: Vec<&Reading> = between.iter().map_while(|day| daily.get(day)).collect();
        if days.is_empty() || days.len() != between.len() {
            continue;
        }
        let (Some(grown), Some(sum)) = (difference(after.amount, before.amount), sum(&days)) else { continue };
        if !meet(grown, sum.0) {
            let says = (grown, vec![before.claim, after.claim]);
            findings.push(Finding::of(series, "growth and days", format!("{from} to {to}"), says, sum));
        }
    }
    findings
}

/// A total over several days beside the sum of those days; with days missing, only a sum above the total is amiss.
fn weeks(series: &Series, readings: &[Reading]) -> Vec<Finding> {
    let daily = arithmetic::daily(readings);
    let mut findings = Vec::new();
    for reading in readings {
        let Stretch::Days(first, last) = reading.over else { continue };
        let all = each_day(first, last);
        let days: Vec<&Reading> = all.iter().filter_map(|day| daily.get(day)).collect();
        let Some(sum) = sum(&days).filter(|_| first < last) else { continue };
        let amiss = if days.len() == all.len() { !meet(sum.0, reading.amount) } else { above(sum.0, reading.amount) };
        if amiss {
            let missing = all.len() - days.len();
            let of = if missing == 0 { String::new() } else { format!(", {missing} of {} days missing", all.len()) };
            let says = (reading.amount, vec![reading.claim]);
            findings.push(Finding::of(series, "total and days", format!("{first} to {last}{of}"), says, sum));
        }
    }
    findings
}

/// A number in a dispatch's headline beside one in its text, over the same stretch, of the same incident where told.
fn headlines(series: &Series, readings: &[Reading], snapshot: &Snapshot<'_>) -> Result<Vec<Finding>> {
    let mut by_dispatch: HashMap<Id, Vec<&Reading>> = HashMap::new();
    for reading in readings {
        if let Some((dispatch, _)) = reading.read {
            by_dispatch.entry(dispatch).or_default().push(reading);
        }
    }
    let mut findings = Vec::new();
    for (dispatch, readings) in by_dispatch {
        let like = |a: &Reading, b: &Reading| a.over == b.over && a.incident == b.incident && !meet(a.amount, b.amount);
        if !readings.iter().any(|a| readings.iter().any(|b| like(a, b))) {
            continue;
        }
        let Some(text) = snapshot.dispatch(dispatch)? else { continue };
        let Some(title) = title(&text.value) else { continue };
        let in_title = |reading: &&&Reading| reading.read.is_some_and(|(_, at)| title.contains(&at));
        for head in readings.iter().filter(in_title) {
            for body in readings.iter().filter(|reading| !in_title(reading) && like(head, reading)) {
                let says = (head.amount, vec![head.claim]);
                findings.push(Finding::of(
                    series,
                    "headline and text",
                    String::new(),
                    says,
                    (body.amount, vec![body.claim]),
                ));
            }
        }
    }
    Ok(findings)
}

/// Where a dispatch's headline stands in its text.
fn title(dispatch: &Dispatch) -> Option<std::ops::Range<usize>> {
    let title = dispatch.title.as_deref().map(str::trim).filter(|title| !title.is_empty())?;
    let at = dispatch.text.find(title)?;
    Some(at..at + title.len())
}

/// Running totals since the same date, each with the latest of those published before it. Undated ones may be of any
/// order, and prove nothing.
fn successive(readings: &[Reading]) -> Vec<(&Reading, &Reading)> {
    /// The latest reading since a date, and the latest published before that one.
    type Latest<'a> = (&'a Reading, Option<&'a Reading>);
    let mut latest: HashMap<Option<Edtf>, Latest<'_>> = HashMap::new();
    let mut pairs = Vec::new();
    for after in readings.iter().filter(|reading| reading.published.is_some()) {
        let Stretch::Since(start, _) = after.over else { continue };
        let last = latest.get(&start).copied();
        let before = last.and_then(|(last, before)| if last.published < after.published { Some(last) } else { before });
        pairs.extend(before.map(|before| (before, after)));
        latest.insert(start, (after, before));
    }
    pairs
}

fn last_day(reading: &Reading) -> Option<NaiveDate> {
    match reading.over {
        Stretch::Since(_, day) => day,
        _ => None,
    }
}

fn since(reading: &Reading) -> String {
    match reading.over {
        Stretch::Since(Some(start), _) => format!("since {start}"),
        _ => String::new(),
    }
}

fn sum(days: &[&Reading]) -> Option<Told> {
    let amount = days.iter().map(|day| Some(day.amount)).reduce(|a, b| a?.plus(b?))??;
    Some((amount, days.iter().map(|day| day.claim).collect()))
}

/// What one total is above another; nothing can be told of open ends.
fn difference(later: Range, earlier: Range) -> Option<Range> {
    let (min, max) = (later.min?.checked_sub(earlier.max?)?, later.max?.checked_sub(earlier.min?)?);
    let about = [later.hedge, earlier.hedge].contains(&Hedge::About);
    Range::new(Some(min), Some(max), if about { Hedge::About } else { Hedge::Exact })
}

#[cfg(test)]
#[path = "checks_tests.rs"]
mod tests;
