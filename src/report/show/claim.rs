//! `show C7`: every field of a claim, where it was read, and what became of it.

use crate::error::{Error, Result};
use crate::extract;
use crate::ledger::{History, Recorded, Snapshot};
use crate::model::{Claim, Dispatch, Id, NumberKind};
use crate::reconcile::{Answer, AnswerKind};
use crate::report::sheet::{Body, Card, Cell, Column, Field, Section, Sheet};
use crate::report::show::{as_said, called, gone, local, number, offices, reading, sentence, text};

/// Shows a claim; `why` shows how it was read, too.
///
/// # Errors
/// Where it was read in no dispatch and `why` is asked.
pub fn card(snapshot: &Snapshot<'_>, id: Id, why: bool) -> Result<Card> {
    let quoted = snapshot.number(NumberKind::Claim, id);
    let recorded = snapshot.claim(id)?.ok_or_else(|| gone(&quoted))?;
    let history = snapshot.history(id)?.ok_or_else(|| gone(&quoted))?;
    let claim = &recorded.value;
    let in_ledger = claim.dispatch.as_ref().and_then(|number| number.parse().ok());
    let dispatch = match in_ledger.map(|number| snapshot.find(&number)).transpose()?.flatten() {
        Some(id) => snapshot.dispatch(id)?,
        None => None,
    };
    let mut sections = vec![
        Section { key: "state", body: Body::Fields(state(snapshot, id, &history)?) },
        Section { key: "fields", body: Body::Fields(fields(snapshot, &recorded)?) },
        Section { key: "read_in", body: Body::Fields(read_in(claim, dispatch.as_ref())) },
    ];
    if let Some(quote) = &claim.quote {
        sections.push(Section { key: "quote", body: Body::Prose(quote.clone()) });
    }
    let evidence = snapshot.evidence(id)?;
    if let Some(dispatch) = dispatch.as_ref().filter(|_| !evidence.is_empty()) {
        let sentences = extract::sentences_of(&dispatch.value);
        let text = reading::Text { text: &dispatch.value.text, sentences: &sentences };
        if why {
            sections.push(reading::passages(claim, &evidence, text));
        }
        sections.push(Section { key: "evidence", body: Body::Table(reading::sheet(claim, &evidence, text)) });
    } else if why {
        return Err(Error::not_found(format!("{quoted} was read in no dispatch"))
            .hint("`--why` shows how an extractor read a claim"));
    }
    let replies = snapshot.answers_around([id])?;
    if !replies.is_empty() {
        sections.push(Section { key: "answers", body: Body::Table(answers_sheet(snapshot, id, &replies)?) });
    }
    if !history.events.is_empty() {
        sections.push(Section { key: "history", body: Body::Table(history_sheet(&history)) });
    }
    sections.push(Section { key: "claim", body: Body::Record(record(claim)) });
    let offices = offices(snapshot, [id].into_iter());
    Ok(Card { name: quoted.to_string(), title: sentence(claim), sections, offices })
}

/// The claim in the JSON shape that extraction, import and export share.
fn record(claim: &Claim) -> serde_json::Value {
    serde_json::to_value(claim).unwrap_or(serde_json::Value::Null)
}

fn state(snapshot: &Snapshot<'_>, id: Id, history: &History) -> Result<Vec<Field>> {
    let statements = snapshot.statements_of([id])?;
    let counted = statements.iter().find(|counted| counted.fact.id == id);
    let repeats = counted.map(|counted| counted.statement).filter(|statement| *statement != id);
    let made = match (&history.extractor, history.draft) {
        (None, _) => "entered by a person".to_owned(),
        (Some(program), true) => format!("read by {program}; an unreviewed draft"),
        (Some(program), false) => format!("read by {program}; reviewed"),
    };
    Ok(vec![
        Field::new("counts", Cell::Flag(history.dead.is_none())),
        text("why_not", history.dead.clone()),
        text("made", Some(made)),
        number("batch", NumberKind::Batch, Some(history.batch)),
        number("replaces", NumberKind::Claim, history.replaces),
        number("replaced_by", NumberKind::Claim, history.replaced_by),
        number("repeats", NumberKind::Claim, repeats),
        number("incident", NumberKind::Incident, counted.and_then(|counted| counted.incident)),
    ]
    .into_iter()
    .filter(|field| field.cell != Cell::Unknown || field.key == "incident")
    .collect())
}

/// Every field; those that only some claims have are left out where they say nothing.
fn fields(snapshot: &Snapshot<'_>, recorded: &Recorded<Claim>) -> Result<Vec<Field>> {
    let claim = &recorded.value;
    let claimant = if claim.is_narration() { Cell::Narration } else { Cell::text(claim.claimant.clone()) };
    let always = [
        Field::new("claimant", claimant),
        text("claimant_as_said", claim.claimant_text.clone()),
        text("speaker", claim.speaker.clone()),
        text("said_at", claim.said_at.map(|edtf| edtf.to_string())),
        Field::new("stance", Cell::Word(claim.stance.as_str())),
        Field::new("in_response", Cell::Flag(claim.in_response)),
        text("act", Some(claim.act.to_string())),
        text("accused", claim.accused.clone()),
        text("accused_as_said", claim.accused_text.clone()),
        Field::new("attribution", claim.attribution.map_or(Cell::Unknown, |how| Cell::Word(how.as_str()))),
        text("target", claim.target.clone()),
        text("target_as_said", claim.target_text.clone()),
        Field::new("occurred", local(snapshot, recorded.id)?.map_or(Cell::Unknown, Cell::Time)),
        text("occurred_as_said", as_said(claim, snapshot.office().zone)),
        Field::new("extent", Cell::Word(claim.extent().as_str())),
        Field::new("place", Cell::lines(claim.place.clone())),
        text("coordinates", claim.lat.zip(claim.lon).map(|(lat, lon)| format!("{lat}, {lon}"))),
        Field::new("figures", Cell::lines(claim.figures.iter().map(ToString::to_string).collect())),
        Field::new("losses", Cell::lines(claim.losses.iter().map(ToString::to_string).collect())),
        Field::new("civilian", claim.civilian.map_or(Cell::Unknown, Cell::Flag)),
    ];
    let sometimes = [
        Field::new("parties", Cell::lines(claim.parties.clone())),
        Field::new("mediators", Cell::lines(claim.mediators.clone())),
        Field::new("involved", Cell::lines(claim.involved.clone())),
        Field::new("answers", Cell::lines(claim.answers.clone())),
        text("ref", claim.reference.clone()),
        text("source", claim.source.clone()),
        text("url", claim.url.clone()),
        text("published", claim.published.map(|edtf| edtf.to_string())),
        text("noted_at", claim.noted_at.map(|edtf| edtf.to_string())),
        text("note", claim.note.clone()),
        text("confidence", claim.confidence.map(|confidence| confidence.to_string())),
        Field::new("rules", Cell::lines(claim.rules.clone())),
    ];
    Ok(always.into_iter().chain(sometimes.into_iter().filter(|field| field.cell != Cell::Unknown)).collect())
}

fn read_in(claim: &Claim, dispatch: Option<&Recorded<Dispatch>>) -> Vec<Field> {
    let name = text("dispatch", claim.dispatch.clone());
    if claim.dispatch.is_none() {
        return vec![name];
    }
    vec![
        name,
        text("called", dispatch.map(|dispatch| called(&dispatch.value))),
        text("published", dispatch.and_then(|dispatch| dispatch.value.published).map(|edtf| edtf.to_string())),
        text("bytes", claim.span.map(|span| format!("{}–{}", span.lo, span.hi))),
    ]
}

fn answers_sheet(snapshot: &Snapshot<'_>, id: Id, answers: &[Answer]) -> Result<Sheet> {
    let mut rows = Vec::new();
    for answer in answers {
        let (relation, other) =
            if answer.reply == id { ("answers", answer.accusation) } else { ("answered by", answer.reply) };
        let other_claim = snapshot.claim(other)?;
        rows.push(vec![
            Cell::Word(relation),
            Cell::Number(NumberKind::Claim, other),
            Cell::Word(how(answer.kind)),
            Cell::text(other_claim.map(|claim| sentence(&claim.value))),
        ]);
    }
    Ok(Sheet {
        name: "answers",
        title: "Answers".to_owned(),
        columns: vec![
            Column::words("relation", ""),
            Column::words("claim", "claim"),
            Column::words("how", "known by"),
            Column::words("says", "which says"),
        ],
        rows,
        ..Sheet::default()
    })
}

/// How an answer is known.
pub const fn how(kind: AnswerKind) -> &'static str {
    match kind {
        AnswerKind::Decided => "decision",
        AnswerKind::Matched => "rule",
    }
}

fn history_sheet(history: &History) -> Sheet {
    let row = |event: &crate::ledger::Event| {
        vec![
            Cell::Number(NumberKind::Batch, event.batch),
            Cell::Text(event.what.clone()),
            Cell::text(event.why.clone()),
        ]
    };
    Sheet {
        name: "history",
        title: "What became of it".to_owned(),
        columns: vec![Column::words("batch", "batch"), Column::words("what", "what"), Column::words("why", "why")],
        rows: history.events.iter().map(row).collect(),
        ..Sheet::default()
    }
}
