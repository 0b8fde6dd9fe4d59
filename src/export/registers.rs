//! Incidents, parties, places, truces, dispatches, batches.

use std::borrow::Cow;
use std::collections::HashSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat};
use serde::Serialize;

use super::out::{Field, Out, Record};
use crate::error::Result;
use crate::ledger::Snapshot;
use crate::model::{Edtf, Id, Number, NumberKind, Party, Place, Truce};
use crate::reconcile::{Incident, Status};

/// A number as people quote it.
pub(super) fn number(kind: NumberKind, id: Id) -> String {
    Number::own(kind, id.number()).to_string()
}

/// An instant as RFC 3339, in UTC.
pub(super) fn instant(utc: i64) -> Option<String> {
    DateTime::from_timestamp(utc, 0).map(|instant| instant.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// Whether a row is of the batches after one.
fn is_after(batch: Id, after: Option<Id>) -> bool {
    after.is_none_or(|after| batch > after)
}

/// The words of a status that hold.
pub(super) fn status_words(status: Status) -> Vec<&'static str> {
    [
        ("alleged", status.alleged),
        ("denied", status.denied),
        ("mutual", status.mutual),
        ("acknowledged", status.acknowledged),
        ("corroborated", status.corroborated),
        ("contradicted", status.contradicted),
        ("figures differ", status.figures_differ),
    ]
    .into_iter()
    .filter_map(|(word, holds)| holds.then_some(word))
    .collect()
}

/// The incidents that hold a claim of the batches after one.
pub(super) fn incidents_after(snapshot: &Snapshot<'_>, after: Option<Id>) -> Result<Vec<Incident>> {
    let mut incidents = snapshot.incidents()?;
    if after.is_some() {
        let mut touched = std::collections::HashSet::new();
        snapshot.each_claim(after, &mut |written| {
            touched.extend(written.incident);
            Ok(())
        })?;
        incidents.retain(|incident| touched.contains(&incident.id));
    }
    Ok(incidents)
}

/// An incident as an export writes it.
#[derive(Serialize)]
pub(super) struct IncidentRecord {
    pub(super) incident: String,
    pub(super) status: Vec<&'static str>,
    pub(super) earliest: Option<String>,
    pub(super) latest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lon: Option<f64>,
    pub(super) claims: Vec<String>,
}

impl From<&Incident> for IncidentRecord {
    fn from(incident: &Incident) -> Self {
        Self {
            incident: number(NumberKind::Incident, incident.id),
            status: status_words(incident.status),
            earliest: incident.when.and_then(|when| instant(when.lo?)),
            latest: incident.when.and_then(|when| instant(when.hi?)),
            lat: incident.point.map(crate::model::Point::lat),
            lon: incident.point.map(crate::model::Point::lon),
            claims: incident.claims.iter().map(|&id| number(NumberKind::Claim, id)).collect(),
        }
    }
}

impl Record for IncidentRecord {
    const COLUMNS: &'static [&'static str] = &["incident", "status", "earliest", "latest", "lat", "lon", "claims"];

    fn fields(&self) -> Vec<Field<'_>> {
        vec![
            Field::word(Some(&self.incident)),
            Field::Word(Cow::Owned(self.status.join("; "))),
            Field::word(self.earliest.as_ref()),
            Field::word(self.latest.as_ref()),
            self.lat.map_or(Field::Unknown, Field::Number),
            self.lon.map_or(Field::Unknown, Field::Number),
            Field::Word(Cow::Owned(self.claims.join("; "))),
        ]
    }
}

/// Writes the incidents.
pub(super) fn incidents(snapshot: &Snapshot<'_>, after: Option<Id>, out: &mut Out<'_>) -> Result<()> {
    out.begin::<IncidentRecord>()?;
    incidents_after(snapshot, after)?.iter().try_for_each(|incident| out.put(&IncidentRecord::from(incident)))
}

impl Record for Party {
    const COLUMNS: &'static [&'static str] = &["party", "kind", "side", "aliases"];

    fn fields(&self) -> Vec<Field<'_>> {
        let aliases: Vec<_> = self.names().skip(1).map(|(_, name)| name).collect();
        vec![
            Field::text(Some(&self.name)),
            Field::Word(Cow::Borrowed(self.kind.as_str())),
            Field::text(self.side.as_deref()),
            if aliases.is_empty() { Field::Unknown } else { Field::Text(Cow::Owned(aliases.join("; "))) },
        ]
    }

    fn left_out(&self) -> Vec<&'static str> {
        let only_any = self.aliases.keys().all(|lang| lang == crate::model::party::ANY_LANGUAGE);
        if only_any { Vec::new() } else { vec!["the languages of aliases"] }
    }
}

/// Writes the parties.
pub(super) fn parties(snapshot: &Snapshot<'_>, after: Option<Id>, out: &mut Out<'_>) -> Result<()> {
    out.begin::<Party>()?;
    let parties = snapshot.parties()?;
    parties.iter().filter(|party| is_after(party.batch, after)).try_for_each(|party| out.put(&party.value))
}

/// A place as an export writes it and an import reads it.
#[derive(Serialize)]
struct PlaceRecord {
    name: String,
    lat: Option<f64>,
    lon: Option<f64>,
    aliases: Vec<String>,
    parent: Option<String>,
    kind: Option<String>,
}

impl Record for PlaceRecord {
    const COLUMNS: &'static [&'static str] = &["name", "lat", "lon", "aliases", "parent", "kind"];

    fn fields(&self) -> Vec<Field<'_>> {
        vec![
            Field::text(Some(&self.name)),
            self.lat.map_or(Field::Unknown, Field::Number),
            self.lon.map_or(Field::Unknown, Field::Number),
            Field::texts(&self.aliases),
            Field::text(self.parent.as_deref()),
            Field::text(self.kind.as_deref()),
        ]
    }
}

/// Writes the places, those that others lie in first, so that an import knows them when they are named.
pub(super) fn places(snapshot: &Snapshot<'_>, after: Option<Id>, out: &mut Out<'_>) -> Result<()> {
    out.begin::<PlaceRecord>()?;
    let mut places = snapshot.places()?;
    places.retain(|place| is_after(place.batch, after));
    places.sort_by_key(|place| place.id);
    for place in parents_first(places.into_iter().map(|place| place.value).collect()) {
        out.put(&PlaceRecord {
            name: place.name,
            lat: place.point.map(crate::model::Point::lat),
            lon: place.point.map(crate::model::Point::lon),
            aliases: place.aliases,
            parent: place.parent,
            kind: place.kind,
        })?;
    }
    Ok(())
}

/// Places in their order, but each after the one it lies in, if that is among them.
fn parents_first(mut places: Vec<Place>) -> Vec<Place> {
    let mut ordered = Vec::with_capacity(places.len());
    while !places.is_empty() {
        let left: HashSet<String> = places.iter().map(|place| place.name.clone()).collect();
        let waits = |place: &Place| place.parent.as_ref().is_some_and(|parent| left.contains(parent));
        let (wait, now): (Vec<_>, Vec<_>) = places.into_iter().partition(waits);
        // Places that lie in one another in a ring, or in one of their own name, come as they are.
        let stuck = now.is_empty();
        ordered.extend(now);
        places = wait;
        if stuck {
            ordered.append(&mut places);
        }
    }
    ordered
}

impl Record for Truce {
    const COLUMNS: &'static [&'static str] =
        &["title", "area", "agreed", "effective", "ended", "duration", "terms", "parties"];

    fn fields(&self) -> Vec<Field<'_>> {
        let parties: Vec<_> = self.parties.iter().map(|party| format!("{} ({})", party.party, party.role)).collect();
        vec![
            Field::text(Some(&self.title)),
            Field::text(self.area.as_deref()),
            Field::word(self.agreed),
            Field::word(self.effective),
            Field::word(self.ended),
            Field::text(self.duration.as_deref()),
            Field::text(self.terms.as_deref()),
            Field::Text(Cow::Owned(parties.join("; "))),
        ]
    }

    fn left_out(&self) -> Vec<&'static str> {
        if self.articles.is_empty() { Vec::new() } else { vec!["articles"] }
    }
}

/// Writes the confirmed truces.
pub(super) fn truces(snapshot: &Snapshot<'_>, after: Option<Id>, out: &mut Out<'_>) -> Result<()> {
    out.begin::<Truce>()?;
    let truces = snapshot.truces()?;
    truces.iter().filter(|truce| is_after(truce.batch, after)).try_for_each(|truce| out.put(&truce.value))
}

/// A dispatch as an export writes it.
#[derive(Serialize)]
struct DispatchRecord {
    number: String,
    uri: Option<String>,
    url: Option<String>,
    title: Option<String>,
    language: Option<String>,
    published: Option<Edtf>,
    outlet: Option<String>,
    stem: String,
    state: &'static str,
    encoding: String,
    sha256: String,
    text: String,
    /// Where the body begins in the text.
    body_at: usize,
    /// The bytes as they came, in base64, where they are not those of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<String>,
}

impl Record for DispatchRecord {
    const COLUMNS: &'static [&'static str] =
        &["number", "outlet", "published", "title", "language", "url", "uri", "stem", "state", "sha256"];

    fn fields(&self) -> Vec<Field<'_>> {
        vec![
            Field::word(Some(&self.number)),
            Field::text(self.outlet.as_deref()),
            Field::word(self.published),
            Field::text(self.title.as_deref()),
            Field::text(self.language.as_deref()),
            Field::text(self.url.as_deref()),
            Field::text(self.uri.as_deref()),
            Field::text(Some(&self.stem)),
            Field::Word(Cow::Borrowed(self.state)),
            Field::word(Some(&self.sha256)),
        ]
    }

    fn left_out(&self) -> Vec<&'static str> {
        vec!["encoding", "text", "body_at", "raw"]
    }
}

/// Writes the dispatches.
pub(super) fn dispatches(snapshot: &Snapshot<'_>, after: Option<Id>, out: &mut Out<'_>) -> Result<()> {
    out.begin::<DispatchRecord>()?;
    for listed in snapshot.dispatches()?.into_iter().filter(|listed| is_after(listed.batch, after)) {
        let Some(dispatch) = snapshot.dispatch(listed.id)? else { continue };
        let dispatch = dispatch.value;
        out.put(&DispatchRecord {
            number: number(NumberKind::Dispatch, listed.id),
            uri: dispatch.uri,
            url: dispatch.url,
            title: dispatch.title,
            language: dispatch.language,
            published: dispatch.published,
            outlet: dispatch.source,
            stem: dispatch.stem,
            state: listed.state.as_str(),
            encoding: dispatch.encoding,
            sha256: listed.sha256,
            body_at: dispatch.body,
            raw: (dispatch.raw != dispatch.text.as_bytes()).then(|| STANDARD.encode(&dispatch.raw)),
            text: dispatch.text,
        })?;
    }
    Ok(())
}

/// A batch as an export writes it.
#[derive(Serialize)]
struct BatchRecord {
    batch: String,
    recorded_at: Option<String>,
    made_by: Option<String>,
    verb: String,
    program: String,
    entries: u64,
    hash: String,
    undone_by: Option<String>,
}

impl Record for BatchRecord {
    const COLUMNS: &'static [&'static str] =
        &["batch", "recorded_at", "made_by", "verb", "program", "entries", "hash", "undone_by"];

    fn fields(&self) -> Vec<Field<'_>> {
        vec![
            Field::word(Some(&self.batch)),
            Field::word(self.recorded_at.as_ref()),
            Field::text(self.made_by.as_deref()),
            Field::word(Some(&self.verb)),
            Field::word(Some(&self.program)),
            Field::word(Some(self.entries)),
            Field::word(Some(&self.hash)),
            Field::word(self.undone_by.as_ref()),
        ]
    }
}

/// Writes the batches.
pub(super) fn batches(snapshot: &Snapshot<'_>, after: Option<Id>, out: &mut Out<'_>) -> Result<()> {
    out.begin::<BatchRecord>()?;
    let after = after.map_or(0, Id::number);
    for batch in snapshot.log()?.into_iter().filter(|batch| batch.number.number > after) {
        out.put(&BatchRecord {
            batch: batch.number.to_string(),
            recorded_at: instant(batch.recorded_at),
            made_by: batch.made_by,
            verb: batch.verb,
            program: batch.program,
            entries: batch.entries,
            hash: batch.hash,
            undone_by: batch.undone_by.map(|number| number.to_string()),
        })?;
    }
    Ok(())
}
