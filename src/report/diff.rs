//! `report diff`: what changed between two heads of a ledger.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::error::Result;
use crate::ledger::{Counted, Snapshot};
use crate::model::{Id, NumberKind};
use crate::reconcile::Incident;
use crate::report::incidents::status;
use crate::report::input::Input;
use crate::report::notes;
use crate::report::sheet::{Cell, Column, Note, Sheet};
use crate::report::show::sentence;

const COUNTS: &str = "a row is a claim that came, went, was amended or was reviewed between the two heads, or an incident \
    that came, went, or has other claims or another status. Each head is read as it stood, its incidents made from what \
    was known then by the program of today";

/// A ledger at one of the heads.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Its reads.
    pub input: &'a Input,
    /// The ledger as it stood.
    pub snapshot: &'a Snapshot<'a>,
}

/// Makes the report: claims before incidents, each by number.
pub fn sheet(from: Side<'_>, to: Side<'_>) -> Result<Sheet> {
    let (mut rows, amended) = claims(from, to)?;
    rows.extend(incidents(from.input, to.input, &amended));
    let head = |key: &'static str, input: &Input| {
        let made = notes::made_from(input, &input.passing()).into_iter().find(|note| note.key == "made_from");
        made.map(|note| Note { key, ..note })
    };
    let mut notes = vec![notes::filters(to.input), Note::new("counts", COUNTS)];
    notes.extend(head("from", from.input));
    notes.extend(head("to", to.input));
    Ok(Sheet {
        name: "diff",
        title: "What changed".to_owned(),
        columns: vec![
            Column::words("what", "what"),
            Column::words("number", "number"),
            Column::words("before", "before"),
            Column::words("after", "after"),
            Column::words("claims", "claims"),
        ],
        rows,
        notes,
        offices: to.input.offices.clone(),
        side_by_side: false,
    })
}

/// Claims that took the place of others, with those.
type Amended = BTreeMap<Id, Id>;

fn claims(from: Side<'_>, to: Side<'_>) -> Result<(Vec<Vec<Cell>>, Amended)> {
    let by_id = |input: &Input| -> BTreeMap<Id, Counted> {
        input.passing().into_iter().map(|counted| (counted.fact.id, counted.clone())).collect()
    };
    let (before, after) = (by_id(from.input), by_id(to.input));
    let said = |side: Side<'_>, id: Id| Ok::<_, crate::error::Error>(Cell::text(words(side.snapshot, id)?));
    let mut rows: Vec<(Id, Vec<Cell>)> = Vec::new();
    let mut row = |what: &'static str, id: Id, before: Cell, after: Cell| {
        rows.push((id, vec![Cell::Word(what), Cell::Number(NumberKind::Claim, id), before, after, Cell::Unknown]));
    };
    let mut amended = Amended::new();
    for id in after.keys().filter(|id| !before.contains_key(id)) {
        let replaced = to.snapshot.history(*id)?.and_then(|history| history.replaces);
        match replaced.filter(|old| before.contains_key(old)) {
            Some(old) => {
                amended.insert(*id, old);
                row("amended", *id, said(from, old)?, said(to, *id)?);
            }
            None => row("new", *id, Cell::Unknown, said(to, *id)?),
        }
    }
    let replaced: BTreeSet<Id> = amended.values().copied().collect();
    for id in before.keys().filter(|id| !after.contains_key(id) && !replaced.contains(id)) {
        let dead = to.snapshot.history(*id)?.and_then(|history| history.dead);
        // What still counts, and passes no more, changed in what its names lead to.
        let why = dead.unwrap_or_else(|| "passes the filters no more".to_owned());
        row("gone", *id, said(from, *id)?, Cell::Text(why));
    }
    for (id, counted) in &after {
        if before.get(id).is_some_and(|earlier| earlier.draft) && !counted.draft {
            row("reviewed", *id, Cell::Word("draft"), Cell::Word("accepted"));
        }
    }
    rows.sort_by_key(|(id, _)| *id);
    Ok((rows.into_iter().map(|(_, row)| row).collect(), amended))
}

fn words(snapshot: &Snapshot<'_>, id: Id) -> Result<Option<String>> {
    let Some(claim) = snapshot.claim(id)? else { return Ok(None) };
    let claim = claim.value;
    let when = claim.occurred.map(|edtf| format!(", {edtf}")).unwrap_or_default();
    let numbers: Vec<String> =
        claim.figures.iter().map(ToString::to_string).chain(claim.losses.iter().map(ToString::to_string)).collect();
    let numbers = if numbers.is_empty() { String::new() } else { format!(" ({})", numbers.join("; ")) };
    Ok(Some(format!("{}{when}{numbers}", sentence(&claim))))
}

fn incidents(from: &Input, to: &Input, amended: &Amended) -> Vec<Vec<Cell>> {
    let passing = |input: &Input| -> BTreeSet<Id> { input.passing().iter().filter_map(|c| c.incident).collect() };
    let wanted: BTreeSet<Id> = passing(from).union(&passing(to)).copied().collect();
    let by_id = |input: &Input| -> BTreeMap<Id, Incident> {
        input.incidents.iter().filter(|i| wanted.contains(&i.id)).map(|i| (i.id, i.clone())).collect()
    };
    let holder = |input: &Input| -> HashMap<Id, Id> {
        input.incidents.iter().flat_map(|i| i.claims.iter().map(|claim| (*claim, i.id))).collect()
    };
    let (before, after) = (by_id(from), by_id(to));
    let (held, holds) = (holder(from), holder(to));
    // An amended claim has another number, and so may its incident: that one goes on.
    let renumbered: BTreeMap<Id, Id> = amended
        .iter()
        .filter_map(|(new, old)| Some((*held.get(old)?, *holds.get(new)?)))
        .filter(|(old, new)| old != new && !after.contains_key(old) && !before.contains_key(new))
        .collect();
    let ids: BTreeSet<Id> = before.keys().chain(after.keys()).copied().collect();
    let row = |id: Id| match renumbered.get(&id).and_then(|new| after.get(new)) {
        Some(new) => Some(goes_on(id, before.get(&id), new)),
        None if renumbered.values().any(|new| *new == id) => None,
        None => incident(id, before.get(&id), after.get(&id), &held, &holds),
    };
    ids.into_iter().filter_map(row).collect()
}

/// An incident that stands under the number of a claim amended since.
fn goes_on(id: Id, before: Option<&Incident>, after: &Incident) -> Vec<Cell> {
    vec![
        Cell::Word("incident renumbered"),
        Cell::Number(NumberKind::Incident, id),
        before.map_or(Cell::Unknown, |incident| Cell::Words(status(incident.status))),
        Cell::Numbers(NumberKind::Incident, vec![after.id]),
        Cell::Numbers(NumberKind::Claim, after.claims.clone()),
    ]
}

fn incident(
    id: Id,
    before: Option<&Incident>,
    after: Option<&Incident>,
    held: &HashMap<Id, Id>,
    holds: &HashMap<Id, Id>,
) -> Option<Vec<Cell>> {
    let told = |incident: Option<&Incident>| incident.map_or(Cell::Unknown, |i| Cell::Words(status(i.status)));
    let claims = after.or(before).map(|incident| incident.claims.clone()).unwrap_or_default();
    let other = |incident: Id| Cell::Numbers(NumberKind::Incident, vec![incident]);
    let (what, earlier, later) = match (before, after) {
        (None, Some(new)) => match new.claims.iter().find_map(|claim| held.get(claim)) {
            Some(old) => ("incident split off", other(*old), told(after)),
            None => ("new incident", Cell::Unknown, told(after)),
        },
        (Some(old), None) => match old.claims.iter().find_map(|claim| holds.get(claim)) {
            Some(new) => ("incident joined to another", told(before), other(*new)),
            None => ("incident gone", told(before), Cell::Unknown),
        },
        (Some(old), Some(new)) if old.status != new.status => ("incident stands otherwise", told(before), told(after)),
        (Some(old), Some(new)) if old.claims != new.claims => ("incident of other claims", told(before), told(after)),
        _ => return None,
    };
    let number = Cell::Number(NumberKind::Incident, id);
    Some(vec![Cell::Word(what), number, earlier, later, Cell::Numbers(NumberKind::Claim, claims)])
}
