//! `link`: says that two claims are about the same event, or are not. Such a decision always wins over what rules find.

use clap::Subcommand;

use super::numbers::{claims, find};
use super::output::{Format, OutputArgs};
use super::writing::Writing;
use super::{Context, Outcome};
use crate::error::{Error, Result};
use crate::ledger::{LinkDecision, Snapshot};
use crate::model::{Id, Number, NumberKind};
use crate::report::sheet::{Cell, Column, Note, Sheet};

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Args {
    /// One claim, such as C4
    #[arg(value_name = "CLAIM", required = true, value_parser = claims())]
    one: Option<Number>,
    /// The other
    #[arg(value_name = "CLAIM", required = true, value_parser = claims())]
    other: Option<Number>,
    #[command(flatten)]
    said: Said,
    /// Why
    #[arg(long, value_name = "WORDS")]
    why: Option<String>,
    #[command(flatten)]
    writing: Writing,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Clone, clap::Args)]
#[group(required = true, multiple = false)]
struct Said {
    /// They are about the same event
    #[arg(long)]
    same: bool,
    /// They are about different events
    #[arg(long)]
    different: bool,
    /// Take back what was said of the two
    #[arg(long)]
    withdraw: bool,
}

#[derive(Debug, Clone, Subcommand)]
enum Verb {
    /// List the decisions that hold, and those that cannot be followed together
    List(List),
}

#[derive(Debug, Clone, clap::Args)]
struct List {
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    match (&args.verb, &args.one, &args.other) {
        (Some(Verb::List(args)), ..) => list(args, context),
        (None, Some(one), Some(other)) => link(args, one, other, context),
        _ => Err(Error::usage("two claims are wanted")),
    }
}

fn link(args: &Args, one: &Number, other: &Number, context: &mut Context) -> Result<Outcome> {
    let same = if args.said.withdraw { None } else { Some(args.said.same) };
    if args.why.is_none() {
        return Err(Error::usage("`--why` is missing").hint("say in a few words what tells you so: --why 'same hour'"));
    }
    let written = context.write("link", &args.writing, |batch, _| {
        let (a, b) = (find(&batch.snapshot()?, one)?, find(&batch.snapshot()?, other)?);
        let held = batch.snapshot()?.links()?.into_iter().any(|link| link.is_of(a, b));
        if same.is_none() && !held {
            return Err(Error::conflict(format!("nothing was said of {one} and {other}"))
                .hint("`trucebook link list` lists what holds"));
        }
        let before = batch.snapshot()?.contradictions()?;
        batch.link(a, b, same, args.why.as_deref())?;
        batch.settle()?;
        let snapshot = batch.snapshot()?;
        let after = snapshot.contradictions()?.into_iter().filter(|found| !before.contains(found));
        Ok(after.map(|found| told(&snapshot, found.same, found.different)).collect::<Vec<_>>())
    })?;
    let what = match same {
        Some(true) => "the same event",
        Some(false) => "different events",
        None => "no longer linked",
    };
    match written.batch() {
        Some(batch) => context.print(format_args!("{one} and {other}: {what}, in {batch}"))?,
        None => context.print(format_args!("{one} and {other} would be: {what}"))?,
    }
    for line in &written.value {
        context.say(line)?;
    }
    Ok(Outcome::findings_if(!written.value.is_empty()))
}

/// Two decisions that cannot be followed together, in words.
fn told(snapshot: &Snapshot<'_>, same: (Id, Id), different: (Id, Id)) -> String {
    let number = |id| snapshot.number(NumberKind::Claim, id);
    format!(
        "{} and {} are said to be the same event, which would bring together {} and {}, said to be different: \
         these are kept apart",
        number(same.0),
        number(same.1),
        number(different.0),
        number(different.1)
    )
}

fn list(args: &List, context: &mut Context) -> Result<Outcome> {
    let (form, destination) = (args.output.form(Format::ALL)?, args.output.open()?);
    let ledger = context.open_to_read()?;
    let snapshot = ledger.snapshot()?;
    let links = snapshot.links()?;
    let contradictions = snapshot.contradictions()?;
    let (none, torn) = (links.is_empty(), !contradictions.is_empty());
    let mut sheet = sheet(links);
    let notes = contradictions.iter().map(|c| Note::new("contradiction", told(&snapshot, c.same, c.different)));
    sheet.notes.extend(notes);
    destination.sheet(form, &sheet, context)?;
    Ok(Outcome::findings_if(none || torn))
}

fn sheet(links: Vec<LinkDecision>) -> Sheet {
    let row = |link: LinkDecision| {
        vec![
            Cell::number(NumberKind::Claim, Some(link.a)),
            Cell::number(NumberKind::Claim, Some(link.b)),
            Cell::Text(if link.same { "same event" } else { "different events" }.to_owned()),
            Cell::text(link.why),
            Cell::number(NumberKind::Batch, Some(link.batch)),
        ]
    };
    Sheet {
        name: "links",
        title: "Links".to_owned(),
        columns: ["claim", "other", "said", "why", "batch"].map(|title| Column::words(title, title)).into(),
        rows: links.into_iter().map(row).collect(),
        ..Sheet::default()
    }
}
