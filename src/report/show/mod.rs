//! `show`: one thing in full, for each kind of number.

pub mod claim;
pub mod dispatch;
pub mod incident;
pub mod reading;
pub mod registers;
pub mod why;

use std::collections::HashMap;

use crate::error::{Error, Result};
use crate::ledger::{Recorded, Snapshot};
use crate::model::{Claim, Dispatch, Id, Number, NumberKind, Stance, Zone};
use crate::report::sheet::{Card, Cell, Field, Offices};
use crate::report::times;
use crate::tally::numbers::moment;

/// Shows what stands under a number; of a claim `why` shows how it was read, of an incident what holds it together.
///
/// # Errors
/// Where nothing stands there, or there is no such why.
pub fn card(snapshot: &Snapshot<'_>, number: &Number, id: Id, why: bool) -> Result<Card> {
    if why && !matches!(number.kind, NumberKind::Claim | NumberKind::Incident) {
        return Err(Error::usage("`--why` explains a claim or an incident").hint("give its number, such as C7 or I17"));
    }
    match number.kind {
        NumberKind::Claim => claim::card(snapshot, id, why),
        NumberKind::Dispatch => dispatch::card(snapshot, id),
        NumberKind::Incident => {
            let mut card = incident::card(snapshot, id)?;
            if why {
                card.sections.extend(why::sections(snapshot, id)?);
            }
            Ok(card)
        }
        NumberKind::Party => registers::party(snapshot, id),
        NumberKind::Place => registers::place(snapshot, id),
        NumberKind::Source => registers::source(snapshot, id),
        NumberKind::Truce => registers::truce(snapshot, id),
        NumberKind::Batch => registers::batch(snapshot, id),
    }
}

/// The error of a row that the ledger counts on and does not hold.
fn gone(number: &Number) -> Error {
    Error::not_found(format!("there is no {} {number} in this ledger", number.kind.name()))
}

/// A claim in a sentence, in its own names: "Armenia alleges shelling by Azerbaijan against Armenia".
pub fn sentence(claim: &Claim) -> String {
    let verb = match claim.stance {
        Stance::NoComment => "gives no comment on",
        stance => stance.as_str(),
    };
    let response = if claim.in_response { ", in response" } else { "" };
    let by = named(claim.accused.as_deref(), claim.accused_text.as_deref()).filter(|by| {
        // Whoever owns up or denies is the one who is said to have done it.
        !matches!(claim.stance, Stance::Acknowledges | Stance::Denies) || Some(by) != claimant(claim).as_ref()
    });
    let by = by.map(|by| format!(" by {by}")).unwrap_or_default();
    let against = named(claim.target.as_deref(), claim.target_text.as_deref());
    let against = against.map(|target| format!(" against {target}")).unwrap_or_default();
    let who = claimant(claim).unwrap_or_else(|| "somebody untold".to_owned());
    format!("{who} {verb} {}{by}{against}{response}", claim.act)
}

/// Who makes a claim, in the source's words where no party bears them.
fn claimant(claim: &Claim) -> Option<String> {
    if claim.is_narration() {
        return Some("(narration)".to_owned());
    }
    named(claim.claimant.as_deref(), claim.claimant_text.as_deref())
}

fn named(party: Option<&str>, words: Option<&str>) -> Option<String> {
    party.map(str::to_owned).or_else(|| words.map(|words| format!("“{words}”")))
}

/// A time as the office reads it.
fn local(snapshot: &Snapshot<'_>, claim: Id) -> Result<Option<String>> {
    let when = snapshot.occurred(claim)?;
    Ok(when.and_then(|when| times::printed(Some(&moment(&when)), snapshot.office().zone)))
}

/// A time as said, with its zone if it was read in another than the office's.
fn as_said(claim: &Claim, office: Zone) -> Option<String> {
    let zone = claim.zone.filter(|zone| *zone != office).map(|zone| format!(" ({zone})")).unwrap_or_default();
    claim.occurred.map(|edtf| format!("{edtf}{zone}"))
}

/// A field of words.
fn text(key: &'static str, text: Option<impl Into<String>>) -> Field {
    Field::new(key, Cell::text(text))
}

/// A field of one number.
fn number(key: &'static str, kind: NumberKind, id: Option<Id>) -> Field {
    Field::new(key, Cell::number(kind, id))
}

/// Dispatches that several claims were read in, each read once.
#[derive(Debug, Default)]
struct Dispatches(HashMap<Id, Option<Recorded<Dispatch>>>);

impl Dispatches {
    fn get(&mut self, snapshot: &Snapshot<'_>, id: Id) -> Result<Option<&Recorded<Dispatch>>> {
        if let std::collections::hash_map::Entry::Vacant(vacant) = self.0.entry(id) {
            vacant.insert(snapshot.dispatch(id)?);
        }
        Ok(self.0.get(&id).and_then(Option::as_ref))
    }
}

/// What a dispatch is called: its outlet and headline, or the file's stem.
fn called(dispatch: &Dispatch) -> String {
    let words: Vec<&str> = [dispatch.source.as_deref(), dispatch.title.as_deref()].into_iter().flatten().collect();
    if words.is_empty() { dispatch.stem.clone() } else { words.join(": ") }
}

/// The codes of other offices among some ids.
fn offices(snapshot: &Snapshot<'_>, ids: impl Iterator<Item = Id>) -> Offices {
    let foreign = ids.filter(|id| id.slot() != 0);
    Offices(foreign.filter_map(|id| Some((id.slot(), snapshot.number(NumberKind::Claim, id).office?))).collect())
}
