//! `show D5`: a dispatch with its text and the claims read in it.

use crate::error::Result;
use crate::ledger::Snapshot;
use crate::model::{Id, NumberKind};
use crate::report::sheet::{Body, Card, Cell, Column, Field, Section, Sheet};
use crate::report::show::{called, gone, local, number, sentence, text};

/// Shows a dispatch.
pub fn card(snapshot: &Snapshot<'_>, id: Id) -> Result<Card> {
    let quoted = snapshot.number(NumberKind::Dispatch, id);
    let recorded = snapshot.dispatch(id)?.ok_or_else(|| gone(&quoted))?;
    let listed = snapshot.dispatches()?.into_iter().find(|listed| listed.id == id);
    let dispatch = &recorded.value;
    let bytes = u64::try_from(dispatch.raw.len()).unwrap_or(u64::MAX);
    let fields = vec![
        text("outlet", dispatch.source.clone()),
        text("title", dispatch.title.clone()),
        text("published", dispatch.published.map(|edtf| edtf.to_string())),
        text("language", dispatch.language.clone()),
        text("file", Some(dispatch.stem.clone())),
        text("uri", dispatch.uri.clone()),
        text("url", dispatch.url.clone()),
        text("encoding", Some(dispatch.encoding.clone())),
        Field::new("bytes", Cell::Count(bytes, Vec::new())),
        text("sha256", listed.as_ref().map(|listed| listed.sha256.clone())),
        Field::new("counts", Cell::Flag(listed.is_some())),
        Field::new("state", listed.as_ref().map_or(Cell::Unknown, |listed| Cell::Word(listed.state.as_str()))),
        number("version_of", NumberKind::Dispatch, listed.and_then(|listed| listed.version_of)),
        number("batch", NumberKind::Batch, Some(recorded.batch)),
    ];
    Ok(Card {
        name: quoted.to_string(),
        title: called(dispatch),
        sections: vec![
            Section { key: "fields", body: Body::Fields(fields) },
            Section { key: "claims", body: Body::Table(claims(snapshot, &snapshot.claims_of(id, None)?)?) },
            Section { key: "text", body: Body::Prose(dispatch.text.clone()) },
        ],
        ..Card::default()
    })
}

/// Claims with what each says.
pub(super) fn claims(snapshot: &Snapshot<'_>, ids: &[Id]) -> Result<Sheet> {
    let mut rows = Vec::new();
    for id in ids {
        let Some(claim) = snapshot.claim(*id)? else { continue };
        rows.push(vec![
            Cell::Number(NumberKind::Claim, *id),
            local(snapshot, *id)?.map_or(Cell::Unknown, Cell::Time),
            Cell::Text(sentence(&claim.value)),
            Cell::text(claim.value.quote),
        ]);
    }
    Ok(Sheet {
        name: "claims",
        title: format!("Claims: {}", rows.len()),
        columns: vec![
            Column::words("claim", "claim"),
            Column::words("when", "when"),
            Column::words("says", "says"),
            Column::words("quote", "quote"),
        ],
        rows,
        ..Sheet::default()
    })
}
