//! `show I3`: the versions of an incident side by side, party by party.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Result;
use crate::ledger::{Counted, Snapshot};
use crate::model::text::key;
use crate::model::{Claim, Id, NumberKind, Stance};
use crate::reconcile::{Answer, Claimant};
use crate::report::claims::numbers;
use crate::report::incidents::{places, status};
use crate::report::input::{Names, offices};
use crate::report::sheet::{Body, Card, Cell, Column, Field, Note, Section, Sheet};
use crate::report::show::claim::how;
use crate::report::show::{Dispatches, as_said, called, gone, local, text};
use crate::report::times;

/// A statement about the incident or in answer to one, as its party makes it.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its first claim.
    pub first: Counted,
    /// The claim in full.
    pub claim: Claim,
    /// The claims that repeat it.
    pub repeats: Vec<Id>,
    /// When it says it happened, in the office's zone.
    pub when: Option<String>,
    /// The same as said.
    pub as_said: Option<String>,
    /// The dispatch it was read in, in words.
    pub read_in: Option<String>,
    /// What it answers or is answered by, in words.
    pub answers: Vec<String>,
}

/// Shows the incident that holds a claim.
pub fn card(snapshot: &Snapshot<'_>, id: Id) -> Result<Card> {
    let quoted = snapshot.number(NumberKind::Incident, id);
    let holding = snapshot.incident_of(id)?.unwrap_or(id);
    let incident = snapshot.incident(holding)?.ok_or_else(|| gone(&quoted))?;
    let quoted = snapshot.number(NumberKind::Incident, incident.id);
    let around = snapshot.answers_around(incident.claims.iter().copied())?;
    let replies =
        around.iter().filter(|answer| incident.claims.contains(&answer.accusation)).map(|answer| answer.reply);
    let all = snapshot.statements_of(incident.claims.iter().copied().chain(replies))?;
    let answers = snapshot.answers_around(all.iter().map(|counted| counted.fact.id))?;
    let told: Vec<&Counted> = all.iter().collect();
    let parties = snapshot.parties()?;
    let names = Names::new(&parties);
    let versions = read(snapshot, &told, &answers)?;
    let sheet = sheet(&versions, &names);
    let facts: Vec<_> = versions.iter().map(|version| &version.first.fact).collect();
    let zone = snapshot.office().zone;
    let members = told.iter().filter(|counted| incident.claims.contains(&counted.fact.id));
    let fields = vec![
        Field::new("status", Cell::Words(status(incident.status))),
        Field::new("when", times::printed(incident.when.as_ref(), zone).map_or(Cell::Unknown, Cell::Time)),
        Field::new("where", Cell::lines(places(&facts))),
        text("coordinates", incident.point.map(|point| point.to_string())),
        Field::new("claims", Cell::Numbers(NumberKind::Claim, members.map(|counted| counted.fact.id).collect())),
        Field::new("zone", Cell::Text(zone.to_string())),
    ];
    Ok(Card {
        name: quoted.to_string(),
        title: title(&facts),
        sections: vec![
            Section { key: "incident", body: Body::Fields(fields) },
            Section { key: "versions", body: Body::Table(sheet) },
        ],
        offices: offices(snapshot, &all),
    })
}

fn title(facts: &[&crate::reconcile::Fact]) -> String {
    let acts: BTreeSet<String> = facts.iter().map(|fact| fact.act.to_string()).collect();
    acts.into_iter().collect::<Vec<_>>().join(", ")
}

fn read(snapshot: &Snapshot<'_>, told: &[&Counted], answers: &[Answer]) -> Result<Vec<Version>> {
    let mut statements: BTreeMap<Id, Vec<&Counted>> = BTreeMap::new();
    for counted in told {
        statements.entry(counted.statement).or_default().push(counted);
    }
    let mut dispatches = Dispatches::default();
    let mut versions = Vec::new();
    for claims in statements.into_values() {
        let Some((first, repeats)) = claims.split_first() else { continue };
        let id = first.fact.id;
        let Some(claim) = snapshot.claim(id)? else { continue };
        let dispatch = match first.fact.dispatch {
            Some(id) => dispatches.get(snapshot, id)?.map(|dispatch| called(&dispatch.value)),
            None => None,
        };
        versions.push(Version {
            when: local(snapshot, id)?,
            as_said: as_said(&claim.value, snapshot.office().zone),
            read_in: dispatch,
            answers: answers_of(snapshot, &claims, answers),
            repeats: repeats.iter().map(|counted| counted.fact.id).collect(),
            first: (*first).clone(),
            claim: claim.value,
        });
    }
    Ok(versions)
}

fn answers_of(snapshot: &Snapshot<'_>, claims: &[&Counted], answers: &[Answer]) -> Vec<String> {
    let is = |id: Id| claims.iter().any(|counted| counted.fact.id == id);
    let number = |id| snapshot.number(NumberKind::Claim, id);
    let line = |answer: &Answer| {
        if is(answer.reply) {
            Some(format!("answers {} (by {})", number(answer.accusation), how(answer.kind)))
        } else if is(answer.accusation) {
            Some(format!("answered by {} (by {})", number(answer.reply), how(answer.kind)))
        } else {
            None
        }
    };
    answers.iter().filter_map(line).collect()
}

/// Where a version stands: by its party's name, then by its claim; silence before any claim.
type Place = (String, Option<Id>);

/// The versions side by side: by party, alphabetical; accused and targets that say nothing stand there as such.
pub fn sheet(versions: &[Version], names: &Names<'_>) -> Sheet {
    let mut rows: Vec<(Place, Vec<Cell>)> = versions
        .iter()
        .map(|version| {
            let who = who(version, names);
            ((key(&who), Some(version.first.fact.id)), row(version, &who, names))
        })
        .collect();
    rows.extend(silent(versions).into_iter().map(|party| {
        let name = names.of(party);
        ((key(&name), None), silence(&name))
    }));
    rows.sort_by(|(a, _), (b, _)| a.cmp(b));
    Sheet {
        name: "versions",
        title: "Versions".to_owned(),
        columns: columns(),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        notes: vec![Note::new(
            "counts",
            "each is what one claimant said once; “silent” is that no claim of a party \
            that others name is in this ledger, not that it said nothing",
        )],
        side_by_side: true,
        ..Sheet::default()
    }
}

fn who(version: &Version, names: &Names<'_>) -> String {
    match version.first.fact.claimant {
        Claimant::Unknown => version
            .claim
            .claimant_text
            .clone()
            .map_or_else(|| names.claimant(Claimant::Unknown), |words| format!("“{words}”")),
        known => names.claimant(known),
    }
}

fn columns() -> Vec<Column> {
    [
        ("party", "party"),
        ("claim", "claim"),
        ("repeats", "repeated in"),
        ("draft", "draft"),
        ("speaker", "speaker"),
        ("stance", "stance"),
        ("act", "act"),
        ("accused", "accused"),
        ("target", "target"),
        ("when", "when"),
        ("when_as_said", "as said"),
        ("where", "where"),
        ("figures", "figures, losses"),
        ("answers", "answers"),
        ("quote", "quote"),
        ("dispatch", "dispatch"),
        ("read_in", "called"),
        ("bytes", "bytes"),
    ]
    .map(|(key, title)| Column::words(key, title))
    .into()
}

fn row(version: &Version, who: &str, names: &Names<'_>) -> Vec<Cell> {
    let (fact, claim) = (&version.first.fact, &version.claim);
    let stance = match (claim.stance, claim.in_response) {
        (Stance::Acknowledges, true) => "acknowledges, as a response",
        (Stance::NoComment, _) => "gave no comment",
        (stance, _) => stance.as_str(),
    };
    let said = |party: Option<&String>, words: Option<&String>| {
        Cell::text(party.cloned().or_else(|| words.map(|words| format!("“{words}”"))))
    };
    let repeats = if version.repeats.is_empty() {
        Cell::Unknown
    } else {
        Cell::Numbers(NumberKind::Claim, version.repeats.clone())
    };
    vec![
        Cell::Text(who.to_owned()),
        Cell::Number(NumberKind::Claim, fact.id),
        repeats,
        Cell::Flag(version.first.draft),
        Cell::text(claim.speaker.clone()),
        Cell::Word(stance),
        Cell::Text(claim.act.to_string()),
        said(claim.accused.as_ref(), claim.accused_text.as_ref()),
        said(claim.target.as_ref(), claim.target_text.as_ref()),
        version.when.clone().map_or(Cell::Unknown, Cell::Time),
        Cell::text(version.as_said.clone()),
        Cell::lines(claim.place.clone()),
        Cell::lines(numbers(fact, names)),
        Cell::lines(version.answers.clone()),
        Cell::text(claim.quote.clone()),
        Cell::number(NumberKind::Dispatch, fact.dispatch),
        Cell::text(version.read_in.clone()),
        Cell::text(claim.span.map(|span| format!("{}–{}", span.lo, span.hi))),
    ]
}

/// Parties that others name and that say nothing themselves.
fn silent(versions: &[Version]) -> BTreeSet<Id> {
    let facts = || versions.iter().map(|version| &version.first.fact);
    let speaks = |party: &Id| facts().any(|fact| fact.claimant == Claimant::Party(*party));
    facts().flat_map(|fact| fact.accused.into_iter().chain(fact.target)).filter(|party| !speaks(party)).collect()
}

fn silence(name: &str) -> Vec<Cell> {
    let mut row = vec![Cell::Unknown; columns().len()];
    for (at, cell) in [(0, Cell::Text(name.to_owned())), (5, Cell::Word("silent"))] {
        if let Some(slot) = row.get_mut(at) {
            *slot = cell;
        }
    }
    row
}

#[cfg(test)]
#[path = "incident_tests.rs"]
mod tests;
