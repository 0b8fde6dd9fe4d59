//! Claims and statements.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use foldhash::fast::RandomState;
use serde::{Serialize, Serializer};

use super::behind::behind;
use super::out::{Field, Out, Record};
use crate::error::Result;
use crate::ledger::{AsWritten, Snapshot};
use crate::model::{
    Attribution, Claim, ClaimColumn as Column, Extent, Figure, Id, Loss, NARRATION, Number, NumberKind, PartyBook,
};

/// Writes the live claims.
pub(super) fn claims(snapshot: &Snapshot<'_>, after: Option<Id>, out: &mut Out<'_>) -> Result<()> {
    let words = Words::of(snapshot)?;
    out.begin::<ClaimRecord<'_>>()?;
    let write = move |written| out.put(&ClaimRecord { written: &written, words: &words });
    behind(|give| snapshot.each_claim(after, give), write)
}

/// Which words are names of whom today.
struct Words {
    book: PartyBook,
    known: RefCell<HashMap<String, Option<String>, RandomState>>,
}

impl Words {
    fn of(snapshot: &Snapshot<'_>) -> Result<Self> {
        let parties = snapshot.parties()?.into_iter().map(|party| party.value);
        Ok(Self { book: PartyBook::new(parties), known: RefCell::default() })
    }

    /// What a table says for a party: the words as said where they lead to it, or to nobody yet; else its name.
    fn told<'a>(&self, name: Option<&'a str>, said: Option<&'a str>) -> Option<&'a str> {
        match (name, said) {
            (Some(NARRATION), _) | (_, None) => name,
            (None, Some(said)) => Some(said),
            (Some(name), Some(said)) => Some(if self.leads_to(said, name) { said } else { name }),
        }
    }

    fn leads_to(&self, said: &str, name: &str) -> bool {
        let mut known = self.known.borrow_mut();
        if !known.contains_key(said) {
            known.insert(said.to_owned(), self.book.find(said).map(|party| party.name.clone()));
        }
        known.get(said).is_some_and(|leads| leads.as_deref() == Some(name))
    }
}

/// A claim as an export writes it.
struct ClaimRecord<'a> {
    written: &'a AsWritten,
    words: &'a Words,
}

impl Serialize for ClaimRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.written.claim.serialize(serializer)
    }
}

impl ClaimRecord<'_> {
    fn claim(&self) -> &Claim {
        &self.written.claim
    }

    /// Claimant, accused and target as the table tells them.
    fn told(&self) -> [Option<&str>; 3] {
        let claim = self.claim();
        [
            (&claim.claimant, &claim.claimant_text),
            (&claim.accused, &claim.accused_text),
            (&claim.target, &claim.target_text),
        ]
        .map(|(name, said)| self.words.told(name.as_deref(), said.as_deref()))
    }

    fn field<'a>(&'a self, column: Column, [claimant, accused, target]: [Option<&'a str>; 3]) -> Field<'a> {
        let claim = self.claim();
        match column {
            Column::Ref => Field::text(claim.reference.as_deref()),
            Column::NotedAt => Field::word(claim.noted_at),
            Column::Claimant if claimant == Some(NARRATION) => Field::code(claimant),
            Column::Claimant => Field::text(claimant),
            Column::Speaker => Field::text(claim.speaker.as_deref()),
            Column::SaidAt => Field::word(claim.said_at),
            Column::Stance => Field::code(Some(claim.stance.as_str())),
            Column::InResponse => Field::flag(claim.in_response.then_some(true)),
            Column::Act if claim.act.detail.is_none() => Field::code(Some(claim.act.base.as_str())),
            Column::Act => Field::word(Some(&claim.act)),
            Column::Accused => Field::text(accused),
            Column::Attribution => Field::code(claim.attribution.map(Attribution::as_str)),
            Column::Target => Field::text(target),
            Column::Occurred => Field::word(claim.occurred),
            Column::Extent => Field::code(claim.extent.map(Extent::as_str)),
            Column::Zone => Field::word(claim.zone),
            Column::Place => Field::texts(&claim.place),
            Column::Lat => claim.lat.map_or(Field::Unknown, Field::Number),
            Column::Lon => claim.lon.map_or(Field::Unknown, Field::Number),
            Column::Count => Field::word(short_count(claim).map(|figure| figure.amount)),
            Column::CountUnit => Field::code(short_count(claim).map(|figure| figure.unit.as_str())),
            Column::Killed => Field::word(short_loss(claim).and_then(|loss| loss.killed)),
            Column::Wounded => Field::word(short_loss(claim).and_then(|loss| loss.wounded)),
            Column::Figures if short_count(claim).is_none() => list(&claim.figures),
            Column::Losses if short_loss(claim).is_none() => list(&claim.losses),
            Column::Figures | Column::Losses => Field::Unknown,
            Column::Civilian => Field::flag(claim.civilian),
            Column::Answers => Field::texts(&claim.answers),
            Column::Parties => Field::texts(&claim.parties),
            Column::Mediators => Field::texts(&claim.mediators),
            Column::Source => Field::text(claim.source.as_deref()),
            Column::Url => Field::text(claim.url.as_deref()),
            Column::Published => Field::word(claim.published),
            Column::Quote => Field::text(claim.quote.as_deref()),
            Column::Note => Field::text(claim.note.as_deref()),
        }
    }
}

/// The one figure of a claim, if the short form says all of it.
fn short_count(claim: &Claim) -> Option<&Figure> {
    match claim.figures.as_slice() {
        [one] if *one == Figure::counted(one.amount, one.unit, claim.occurred) => Some(one),
        _ => None,
    }
}

/// The one loss of a claim, if the short form says all of it.
fn short_loss(claim: &Claim) -> Option<&Loss> {
    match claim.losses.as_slice() {
        [one] if *one == (Loss { killed: one.killed, wounded: one.wounded, ..Loss::default() }) => Some(one),
        _ => None,
    }
}

/// Figures or losses in full, parted by semicolons. The names of sides in them are text from outside.
fn list<T: ToString>(items: &[T]) -> Field<'_> {
    if items.is_empty() {
        return Field::Unknown;
    }
    Field::Text(Cow::Owned(items.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")))
}

/// The event a claim is told with: its incident, or that which it answers; of a fact about a truce the first claim that
/// tells it, for that is what such an event is called after. A total is of no one event.
fn event(written: &AsWritten) -> Option<Number> {
    let number = |kind| move |id: Id| Number::own(kind, id.number());
    written.incident.map(number(NumberKind::Incident)).or(written.truce_event.map(number(NumberKind::Claim)))
}

/// The columns of an import, after the numbers that an import passes over.
const COLUMNS: &[&str] = &[
    "number",
    "statement",
    "incident",
    "batch",
    "dispatch",
    "ref",
    "noted_at",
    "claimant",
    "speaker",
    "said_at",
    "stance",
    "in_response",
    "act",
    "accused",
    "attribution",
    "target",
    "occurred",
    "extent",
    "zone",
    "place",
    "lat",
    "lon",
    "count",
    "count_unit",
    "killed",
    "wounded",
    "figures",
    "losses",
    "civilian",
    "answers",
    "parties",
    "mediators",
    "source",
    "url",
    "published",
    "quote",
    "note",
];

impl Record for ClaimRecord<'_> {
    const COLUMNS: &'static [&'static str] = COLUMNS;

    fn fields(&self) -> Vec<Field<'_>> {
        let number = |kind, id: Option<Id>| Field::word(id.map(|id| Number::own(kind, id.number())));
        let written = self.written;
        let mut fields = Vec::with_capacity(COLUMNS.len());
        fields.push(number(NumberKind::Claim, Some(written.id)));
        fields.push(number(NumberKind::Claim, written.statement));
        fields.push(Field::word(event(written)));
        fields.push(number(NumberKind::Batch, Some(written.batch)));
        fields.push(Field::text(written.claim.dispatch.as_deref()));
        let told = self.told();
        fields.extend(Column::ALL.iter().map(|column| self.field(*column, told)));
        fields
    }

    fn left_out(&self) -> Vec<&'static str> {
        let claim = self.claim();
        let [claimant, accused, target] = self.told();
        let hidden = |said: &Option<String>, told: Option<&str>| said.as_deref().is_some_and(|said| told != Some(said));
        [
            ("claimant_text", hidden(&claim.claimant_text, claimant)),
            ("accused_text", hidden(&claim.accused_text, accused)),
            ("target_text", hidden(&claim.target_text, target)),
            ("involved", !claim.involved.is_empty()),
            ("span", claim.span.is_some()),
            ("rules", !claim.rules.is_empty()),
            ("confidence", claim.confidence.is_some()),
        ]
        .into_iter()
        .filter_map(|(field, is_there)| is_there.then_some(field))
        .collect()
    }
}

/// What one claimant said once.
#[derive(Serialize)]
struct StatementRecord {
    statement: String,
    incident: Option<String>,
    /// Every claim that tells it, the first one's number being the statement's.
    appearances: Vec<String>,
    #[serde(flatten)]
    claim: Claim,
}

impl Record for StatementRecord {
    const COLUMNS: &'static [&'static str] = &[
        "statement",
        "incident",
        "appearances",
        "claimant",
        "stance",
        "act",
        "accused",
        "target",
        "occurred",
        "place",
        "source",
    ];

    fn fields(&self) -> Vec<Field<'_>> {
        let claim = &self.claim;
        let told = |name: &'_ Option<String>, said: &'_ Option<String>| name.clone().or_else(|| said.clone());
        let name = |name, said| told(name, said).map_or(Field::Unknown, |name| Field::Text(Cow::Owned(name)));
        vec![
            Field::word(Some(&self.statement)),
            Field::word(self.incident.as_ref()),
            Field::texts(&self.appearances),
            name(&claim.claimant, &claim.claimant_text),
            Field::word(Some(claim.stance)),
            Field::word(Some(&claim.act)),
            name(&claim.accused, &claim.accused_text),
            name(&claim.target, &claim.target_text),
            Field::word(claim.occurred),
            Field::texts(&claim.place),
            Field::text(claim.source.as_deref()),
        ]
    }
}

/// Writes the statements: each once, by its first claim, with its appearances.
pub(super) fn statements(snapshot: &Snapshot<'_>, after: Option<Id>, out: &mut Out<'_>) -> Result<()> {
    let mut appearances: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    snapshot.each_claim(None, &mut |written| {
        appearances.entry(written.statement.unwrap_or(written.id)).or_default().push(written.id);
        Ok(())
    })?;
    out.begin::<StatementRecord>()?;
    snapshot.each_claim(after, &mut |written| {
        let Some(claims) = appearances.get(&written.id) else { return Ok(()) };
        let number = |kind, id: Id| Number::own(kind, id.number()).to_string();
        out.put(&StatementRecord {
            statement: number(NumberKind::Claim, written.id),
            incident: event(&written).map(|event| event.to_string()),
            appearances: claims.iter().map(|&id| number(NumberKind::Claim, id)).collect(),
            claim: written.claim,
        })
    })
}
