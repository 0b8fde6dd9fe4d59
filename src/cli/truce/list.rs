//! `truce list`: confirmed truces, and those that dispatches tell of with the command that confirms each.

use super::super::output::{Format, OutputArgs};
use super::super::{Context, Outcome};
use crate::error::Result;
use crate::ledger::{Recorded, Snapshot};
use crate::model::{Edtf, Id, NumberKind, Role, Truce, Zone};
use crate::reconcile::{Moment, ProposedTruce};
use crate::report::sheet::{Cell, Column, Note, Sheet};
use crate::report::times;

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs `truce list`.
pub(super) fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let (form, destination) = (args.output.form(Format::ALL)?, args.output.open()?);
    let ledger = context.open_to_read()?;
    let sheet = sheet(&ledger.snapshot()?)?;
    destination.sheet(form, &sheet, context)?;
    Ok(Outcome::findings_if(sheet.rows.is_empty()))
}

fn sheet(snapshot: &Snapshot<'_>) -> Result<Sheet> {
    let zone = snapshot.office().zone;
    let mut sheet = Sheet {
        name: "truces",
        title: "Truces".to_owned(),
        columns: ["number", "title", "parties", "mediators", "agreed", "effective", "ended", "rests on"]
            .into_iter()
            .map(|title| Column::words(title.replace(' ', "_"), title))
            .collect(),
        notes: vec![Note::new("zone", format!("times are in {zone}, unless they tell an offset of their own"))],
        ..Sheet::default()
    };
    for truce in snapshot.truces()? {
        sheet.rows.push(confirmed(&truce, snapshot.truce_rests_on(truce.id)?));
    }
    let names = snapshot.parties()?;
    let name = |id| names.iter().find(|party| party.id == id).map(|party| party.value.name.clone());
    for truce in snapshot.proposed_truces()? {
        sheet.rows.push(proposed(&truce, zone, &name));
        let claims = sheet.offices.list(NumberKind::Claim, &truce.claims).replace(", ", ",");
        sheet.notes.push(Note::new("proposed", format!("confirm with `trucebook truce add --from {claims}`")));
    }
    Ok(sheet)
}

fn confirmed(truce: &Recorded<Truce>, rests_on: Vec<Id>) -> Vec<Cell> {
    let Recorded { id, value, .. } = truce;
    let names = |role| {
        let names: Vec<_> = value.in_role(role).collect();
        Cell::text((!names.is_empty()).then(|| names.join(", ")))
    };
    let time = |time: Option<Edtf>| time.map_or(Cell::Unknown, |time| Cell::Time(time.to_string()));
    vec![
        Cell::Numbers(NumberKind::Truce, vec![*id]),
        Cell::Text(value.title.clone()),
        names(Role::Belligerent),
        names(Role::Mediator),
        time(value.agreed),
        time(value.effective),
        time(value.ended),
        Cell::Numbers(NumberKind::Claim, rests_on),
    ]
}

fn proposed(truce: &ProposedTruce, zone: Zone, name: &impl Fn(Id) -> Option<String>) -> Vec<Cell> {
    let names = |ids: &[Id]| {
        let names: Vec<_> = ids.iter().filter_map(|&id| name(id)).collect();
        Cell::text((!names.is_empty()).then(|| names.join(", ")))
    };
    vec![
        Cell::Words(vec!["proposed"]),
        Cell::Unknown,
        names(&truce.parties),
        names(&truce.mediators),
        moment(truce.agreed, zone),
        moment(truce.effective, zone),
        moment(truce.ended, zone),
        Cell::Numbers(NumberKind::Claim, truce.claims.clone()),
    ]
}

fn moment(moment: Option<Moment>, zone: Zone) -> Cell {
    times::printed(moment.as_ref(), zone).map_or(Cell::Unknown, Cell::Time)
}
