//! `show I3 --why`: what holds each claim of an incident there, and the nearest that were left out.

use crate::error::Result;
use crate::ledger::Snapshot;
use crate::model::{Id, NumberKind};
use crate::reconcile::{Evidence, Placed, Reason};
use crate::report::sheet::{Body, Cell, Column, Note, Section, Sheet};

/// The sections that explain the incident that holds a claim.
pub fn sections(snapshot: &Snapshot<'_>, id: Id) -> Result<Vec<Section>> {
    let explanation = snapshot.explain(id)?;
    let mut held = sheet("held", "What holds each claim here", &explanation.held, held);
    held.notes.push(Note::new(
        "score",
        "+100 makes it twice as likely that two claims are about one event, −100 half as likely; above 0 they are held \
         together. Every pair of the incident counts alike; of the scores shown, each is with the claim that fits best",
    ));
    let left_out = sheet("left_out", "The nearest claims left out", &explanation.left_out, left_out);
    Ok(vec![
        Section { key: "held_by", body: Body::Table(held) },
        Section { key: "left_out", body: Body::Table(left_out) },
    ])
}

fn sheet(name: &'static str, title: &str, placed: &[Placed], why: fn(Reason) -> &'static str) -> Sheet {
    let row = |placed: &Placed| {
        vec![
            Cell::number(NumberKind::Claim, Some(placed.claim)),
            Cell::Text(why(placed.reason).to_owned()),
            Cell::Text(signed(placed.average)),
            Cell::number(NumberKind::Claim, placed.best.as_ref().map(|best| best.with)),
            Cell::lines(placed.best.as_ref().map(lines).unwrap_or_default()),
        ]
    };
    let columns = [
        ("claim", "claim"),
        ("because", "because"),
        ("average", "average"),
        ("with", "fits best"),
        ("evidence", "evidence"),
    ];
    Sheet {
        name,
        title: title.to_owned(),
        columns: columns.into_iter().map(|(key, title)| Column::words(key, title)).collect(),
        rows: placed.iter().map(row).collect(),
        ..Sheet::default()
    }
}

fn lines(evidence: &Evidence) -> Vec<String> {
    let part = |(question, answer, weight): &(&str, String, i32)| format!("{} {question}: {answer}", signed(*weight));
    let sum = format!("{} in sum", signed(evidence.score));
    evidence.parts.iter().map(part).chain(Some(sum)).collect()
}

fn signed(weight: i32) -> String {
    if weight < 0 { format!("−{}", weight.unsigned_abs()) } else { format!("+{weight}") }
}

const fn held(reason: Reason) -> &'static str {
    match reason {
        Reason::Decided => "a person said so",
        Reason::Repeats => "same statement",
        Reason::Average | Reason::BetterElsewhere => "fits the others",
        Reason::Alone => "stands alone",
    }
}

const fn left_out(reason: Reason) -> &'static str {
    match reason {
        Reason::Decided => "a person keeps it apart",
        Reason::BetterElsewhere => "fits others better",
        Reason::Average | Reason::Repeats | Reason::Alone => "does not fit them all",
    }
}
