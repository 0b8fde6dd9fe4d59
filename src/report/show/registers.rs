//! `show P3`, `T2`, `L4`, `S2`, `B9`: what the registers and the log hold.

use crate::error::Result;
use crate::ledger::{Filter, Recorded, Snapshot};
use crate::model::{Edtf, Id, NumberKind, Truce};
use crate::report::sheet::{Body, Card, Cell, Column, Field, Section, Sheet};
use crate::report::show::{gone, number, text};
use crate::report::times;

/// Shows a party.
pub fn party(snapshot: &Snapshot<'_>, id: Id) -> Result<Card> {
    let quoted = snapshot.number(NumberKind::Party, id);
    let party = one(snapshot.parties()?, id).ok_or_else(|| gone(&quoted))?;
    let claims = snapshot.counted(&Filter { party: Some(id), ..Filter::default() })?;
    let made = claims.iter().filter(|c| c.fact.claimant == crate::reconcile::Claimant::Party(id));
    let laid = claims.iter().filter(|c| c.fact.accused == Some(id));
    let fields = vec![
        Field::new("kind", Cell::Word(party.value.kind.as_str())),
        text("side", party.value.side.clone()),
        number("batch", NumberKind::Batch, Some(party.batch)),
        Field::new("claims_made", Cell::count(made.map(|c| c.fact.id).collect())),
        Field::new("claims_that_accuse_it", Cell::count(laid.map(|c| c.fact.id).collect())),
    ];
    let names = party.value.names().map(|(lang, name)| vec![Cell::text(lang), Cell::Text(name.to_owned())]);
    let names = Sheet {
        name: "names",
        title: "Names".to_owned(),
        columns: vec![Column::words("language", "language"), Column::words("name", "name")],
        rows: names.collect(),
        ..Sheet::default()
    };
    Ok(card(&quoted.to_string(), party.value.name.clone(), fields, vec![("names", names)]))
}

/// Shows a place.
pub fn place(snapshot: &Snapshot<'_>, id: Id) -> Result<Card> {
    let quoted = snapshot.number(NumberKind::Place, id);
    let place = one(snapshot.places()?, id).ok_or_else(|| gone(&quoted))?;
    let there = snapshot.counted(&Filter { place: Some(place.value.name.clone()), ..Filter::default() })?;
    let fields = vec![
        text("kind", place.value.kind),
        text("lies_in", place.value.parent),
        text("coordinates", place.value.point.map(|point| point.to_string())),
        Field::new("other_names", Cell::lines(place.value.aliases)),
        number("batch", NumberKind::Batch, Some(place.batch)),
        Field::new("claims_there", Cell::Numbers(NumberKind::Claim, there.iter().map(|c| c.fact.id).collect())),
    ];
    Ok(card(&quoted.to_string(), place.value.name, fields, Vec::new()))
}

/// Shows a source.
pub fn source(snapshot: &Snapshot<'_>, id: Id) -> Result<Card> {
    let quoted = snapshot.number(NumberKind::Source, id);
    let source = one(snapshot.sources()?, id).ok_or_else(|| gone(&quoted))?;
    let dispatches = snapshot.dispatches()?;
    let of_source = dispatches.iter().filter(|listed| listed.source.as_ref() == Some(&source.value.name));
    let hour = source.value.reporting_hour.map(|hour| format!("{hour:02}:00"));
    let fields = vec![
        Field::new("kind", Cell::Word(source.value.kind.as_str())),
        text("reporting_day_ends_at", hour),
        number("batch", NumberKind::Batch, Some(source.batch)),
        Field::new("dispatches", Cell::Numbers(NumberKind::Dispatch, of_source.map(|listed| listed.id).collect())),
    ];
    Ok(card(&quoted.to_string(), source.value.name, fields, Vec::new()))
}

/// Shows a truce.
pub fn truce(snapshot: &Snapshot<'_>, id: Id) -> Result<Card> {
    let quoted = snapshot.number(NumberKind::Truce, id);
    let recorded = snapshot.truce(id)?.ok_or_else(|| gone(&quoted))?;
    let counts = snapshot.truces()?.iter().any(|truce| truce.id == id);
    let truce = &recorded.value;
    let date = |key, edtf: Option<Edtf>| text(key, edtf.map(|edtf| edtf.to_string()));
    let fields = vec![
        Field::new("counts", Cell::Flag(counts)),
        text("area", truce.area.clone()),
        date("agreed", truce.agreed),
        date("effective", truce.effective),
        date("ended", truce.ended),
        text("duration", truce.duration.clone()),
        text("terms", truce.terms.clone()),
        Field::new("read_from", Cell::Numbers(NumberKind::Claim, snapshot.truce_rests_on(id)?)),
        number("batch", NumberKind::Batch, Some(recorded.batch)),
    ];
    let mut tables = vec![("parties", truce_parties(truce))];
    if !truce.articles.is_empty() {
        tables.push(("articles", articles(truce)));
    }
    Ok(card(&quoted.to_string(), truce.title.clone(), fields, tables))
}

fn truce_parties(truce: &Truce) -> Sheet {
    let date = |edtf: Option<Edtf>| edtf.map_or(Cell::Unknown, |edtf| Cell::Time(edtf.to_string()));
    let row = |party: &crate::model::TruceParty| {
        vec![
            Cell::Text(party.party.clone()),
            Cell::Word(party.role.as_str()),
            date(party.effective.or(truce.effective)),
            date(party.ended.or(truce.ended)),
        ]
    };
    Sheet {
        name: "parties",
        title: "Parties".to_owned(),
        columns: vec![
            Column::words("party", "party"),
            Column::words("role", "role"),
            Column::words("effective", "bound from"),
            Column::words("ended", "until"),
        ],
        rows: truce.parties.iter().map(row).collect(),
        ..Sheet::default()
    }
}

fn articles(truce: &Truce) -> Sheet {
    let row = |article: &crate::model::Article| {
        let due = article.due.map_or(Cell::Unknown, |edtf| Cell::Time(edtf.to_string()));
        vec![Cell::Text(article.number.clone()), Cell::Text(article.text.clone()), due]
    };
    Sheet {
        name: "articles",
        title: "Articles".to_owned(),
        columns: vec![Column::words("article", "article"), Column::words("text", "text"), Column::words("due", "due")],
        rows: truce.articles.iter().map(row).collect(),
        ..Sheet::default()
    }
}

/// Shows a batch.
pub fn batch(snapshot: &Snapshot<'_>, id: Id) -> Result<Card> {
    let quoted = snapshot.number(NumberKind::Batch, id);
    let logged = snapshot.log()?.into_iter().find(|batch| batch.number == quoted).ok_or_else(|| gone(&quoted))?;
    let recorded = times::instant(logged.recorded_at, snapshot.office().zone);
    let undoes = logged.undoes.map(|(undone, why)| match why {
        Some(why) => format!("{undone}: {why}"),
        None => undone.to_string(),
    });
    let claims = snapshot.counted(&Filter { batch: Some(id), ..Filter::default() })?;
    let fields = vec![
        Field::new("recorded_at", recorded.map_or(Cell::Unknown, Cell::Time)),
        text("by", logged.made_by),
        text("program", Some(logged.program)),
        Field::new("entries", Cell::Count(logged.entries, Vec::new())),
        text("hash", Some(logged.hash)),
        text("undoes", undoes),
        text("undone_by", logged.undone_by.map(|batch| batch.to_string())),
        Field::new("live_claims", Cell::Numbers(NumberKind::Claim, claims.iter().map(|c| c.fact.id).collect())),
    ];
    let written = snapshot.written_by(id)?;
    let rows = written.iter().map(|(kind, n)| vec![Cell::Word(kind.as_str()), Cell::Count(*n, Vec::new())]);
    let written = Sheet {
        name: "written",
        title: "What it wrote".to_owned(),
        columns: vec![Column::words("kind", "kind"), Column::count("entries", "entries")],
        rows: rows.collect(),
        ..Sheet::default()
    };
    Ok(card(&quoted.to_string(), logged.verb, fields, vec![("written", written)]))
}

fn one<T>(all: Vec<Recorded<T>>, id: Id) -> Option<Recorded<T>> {
    all.into_iter().find(|row| row.id == id)
}

fn card(name: &str, title: String, fields: Vec<Field>, tables: Vec<(&'static str, Sheet)>) -> Card {
    let fields = Section { key: "fields", body: Body::Fields(fields) };
    let tables = tables.into_iter().map(|(key, sheet)| Section { key, body: Body::Table(sheet) });
    Card { name: name.to_owned(), title, sections: std::iter::once(fields).chain(tables).collect(), ..Card::default() }
}
