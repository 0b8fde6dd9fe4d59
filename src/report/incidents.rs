//! `report incidents`: one row an incident.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::model::text::key;
use crate::model::{Id, NumberKind};
use crate::reconcile::{Claimant, Fact, Incident, Status, Toll};
use crate::report::input::{ById, Input, Names};
use crate::report::sheet::{Cell, Column, Note, Sheet};
use crate::report::{notes, times};

/// Makes the report: every incident of which a claim passes the filters, by when it happened.
pub fn sheet(input: &Input) -> Sheet {
    most_told(input, usize::MAX)
}

/// Makes the report of at most so many incidents: where there are more, those that most claims are about.
pub fn most_told(input: &Input, most: usize) -> Sheet {
    let names = Names::new(&input.parties);
    let passing = input.passing();
    let mut incidents = concerned(input);
    let left_out = incidents.len().saturating_sub(most);
    if left_out > 0 {
        incidents.sort_by_key(|incident| (Reverse(incident.claims.len()), time(incident)));
        incidents.truncate(most);
    }
    incidents.sort_by_key(|incident| time(incident));
    let listed: HashSet<Id> = incidents.iter().map(|incident| incident.id).collect();
    let told = input.claims.iter().filter(|c| c.incident.is_some_and(|incident| listed.contains(&incident)));
    let told: ById<&Fact> = told.map(|counted| (counted.fact.id, &counted.fact)).collect();
    let rows = incidents.iter().map(|incident| row(incident, &told, &names, input)).collect();
    let outside: Vec<Id> = passing.iter().filter(|c| c.incident.is_none()).map(|c| c.fact.id).collect();
    let mut notes = vec![notes::filters(input), Note::new("counts", COUNTS)];
    if left_out > 0 {
        let text = format!("{left_out} incidents that fewer claims are about: `trucebook report incidents` lists all");
        notes.push(Note::new("left_out", text));
    }
    if !outside.is_empty() {
        let text = format!("{} claims are of no incident: totals, replies and truce facts", outside.len());
        notes.push(Note::about("left_out", text, outside));
    }
    notes.extend(notes::made_from(input, &passing));
    Sheet {
        name: "incidents",
        title: "Incidents".to_owned(),
        columns: columns(),
        rows,
        notes,
        offices: input.offices.clone(),
        side_by_side: false,
    }
}

/// The incidents of which a claim passes the filters.
pub fn concerned(input: &Input) -> Vec<&Incident> {
    let wanted: HashSet<Id> = input.passing().iter().filter_map(|counted| counted.incident).collect();
    input.incidents.iter().filter(|incident| wanted.contains(&incident.id)).collect()
}

/// What sorts incidents by when they happened; undated ones last.
fn time(incident: &Incident) -> (bool, Option<i64>, Option<i64>, Id) {
    let lo = incident.when.and_then(|when| when.lo);
    (lo.is_none(), lo, incident.when.and_then(|when| when.hi), incident.id)
}

const COUNTS: &str = "a row is an incident of which at least one claim passes the filters, with all its claims; a \
    status is a set, not a rank, and tells what is said, not what is true";

fn columns() -> Vec<Column> {
    vec![
        Column::words("incident", "number"),
        Column::words("when", "when"),
        Column::words("where", "where"),
        Column::words("acts", "acts"),
        Column::words("claimants", "claimants"),
        Column::words("status", "status"),
        Column::words("figures", "figures by claimant"),
        Column::words("claims", "claims"),
    ]
}

fn row(incident: &Incident, told: &ById<&Fact>, names: &Names<'_>, input: &Input) -> Vec<Cell> {
    let mut facts: Vec<&Fact> = incident.claims.iter().filter_map(|id| told.get(id)).copied().collect();
    facts.sort_unstable_by_key(|fact| fact.id);
    let acts: BTreeSet<String> = facts.iter().map(|fact| fact.act.to_string()).collect();
    vec![
        Cell::Number(NumberKind::Incident, incident.id),
        times::printed(incident.when.as_ref(), input.office.zone).map_or(Cell::Unknown, Cell::Time),
        Cell::lines(places(&facts)),
        Cell::lines(acts.into_iter().collect()),
        Cell::lines(claimants(&facts, names)),
        Cell::Words(status(incident.status)),
        Cell::lines(figures(&facts, names)),
        Cell::Numbers(NumberKind::Claim, facts.iter().map(|fact| fact.id).collect()),
    ]
}

/// The places that claims name, each once, in the order of the claims.
pub fn places(facts: &[&Fact]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let names = facts.iter().flat_map(|fact| &fact.places);
    names.filter(|place| seen.insert(key(&place.name))).map(|place| place.name.clone()).collect()
}

fn claimants(facts: &[&Fact], names: &Names<'_>) -> Vec<String> {
    let names: BTreeSet<(String, String)> =
        facts.iter().map(|fact| names.claimant(fact.claimant)).map(|name| (key(&name), name)).collect();
    names.into_iter().map(|(_, name)| name).collect()
}

/// A status in words; an incident that nobody lays to anybody is only observed.
pub fn status(status: Status) -> Vec<&'static str> {
    let words: Vec<_> = [
        (status.alleged, "alleged"),
        (status.denied, "denied"),
        (status.mutual, "mutual"),
        (status.acknowledged, "acknowledged"),
        (status.corroborated, "corroborated"),
        (status.contradicted, "contradicted"),
        (status.figures_differ, "figures differ"),
    ]
    .into_iter()
    .filter_map(|(holds, word)| holds.then_some(word))
    .collect();
    if words.is_empty() { vec!["only observed"] } else { words }
}

/// Who gives a number, and of what: a later one of the same takes its place.
type Slot = (Claimant, Option<Id>, String);

/// Each claimant's figures and losses, of each kind the latest.
fn figures(facts: &[&Fact], names: &Names<'_>) -> Vec<String> {
    let mut telling = facts.to_vec();
    telling.sort_by_key(|fact| (fact.published, fact.id));
    let mut latest: BTreeMap<Slot, String> = BTreeMap::new();
    for fact in telling {
        let unknown = (fact.claimant == Claimant::Unknown).then_some(fact.id);
        let figures = fact.figures.iter().map(|figure| (format!("{}{}", figure.unit, figure.span), figure.to_string()));
        let tolls = fact.tolls.iter().map(|toll| (lost_by(toll, names), losses(toll, names)));
        for (what, number) in figures.chain(tolls) {
            latest.insert((fact.claimant, unknown, what), number);
        }
    }
    let mut by_claimant: BTreeMap<(Claimant, Option<Id>), Vec<String>> = BTreeMap::new();
    for ((claimant, unknown, _), number) in latest {
        by_claimant.entry((claimant, unknown)).or_default().push(number);
    }
    let line = |((claimant, _), numbers): ((Claimant, Option<Id>), Vec<String>)| {
        let name = names.claimant(claimant);
        (key(&name), format!("{name}: {}", numbers.join("; ")))
    };
    let mut lines: Vec<(String, String)> = by_claimant.into_iter().map(line).collect();
    lines.sort();
    lines.into_iter().map(|(_, line)| line).collect()
}

/// Whose losses these are: ` (Azerbaijan, civilian)`.
fn lost_by(toll: &Toll, names: &Names<'_>) -> String {
    let civilian = toll.civilian.map(|civilian| if civilian { "civilian" } else { "military" });
    let total = toll.total.then_some("in all");
    let words: Vec<String> = toll
        .side
        .map(|side| names.of(side))
        .into_iter()
        .chain(civilian.map(str::to_owned))
        .chain(total.map(str::to_owned))
        .collect();
    if words.is_empty() { String::new() } else { format!(" ({})", words.join(", ")) }
}

/// Losses in words: `killed 9, wounded 30+ (Azerbaijan, civilian)`.
pub fn losses(toll: &Toll, names: &Names<'_>) -> String {
    let counts =
        [("killed", toll.killed), ("wounded", toll.wounded), ("missing", toll.missing), ("captured", toll.captured)];
    let counts: Vec<_> = counts.iter().filter_map(|(what, n)| n.map(|n| format!("{what} {n}"))).collect();
    format!("{}{}", counts.join(", "), lost_by(toll, names))
}

#[cfg(test)]
#[path = "incidents_tests.rs"]
mod tests;
