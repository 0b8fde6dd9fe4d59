//! `party`: registers parties and the names they bear, and lists them.

use std::collections::BTreeSet;

use clap::Subcommand;

use super::cautions::cautions;
use super::names::{bearer, unknown};
use super::numbers::find;
use super::output::{Format, OutputArgs};
use super::writing::{Writing, Written};
use super::{Context, Outcome};
use crate::error::{Result, quoted};
use crate::ledger::{Added, Recorded, Snapshot};
use crate::model::party::sound_name;
use crate::model::{Id, Number, NumberKind, PartyBook};
use crate::report::sheet::{Cell, Column, Sheet};

mod register;

pub use register::read_parties;

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Clone, Subcommand)]
enum Verb {
    /// Register a party; a built-in one (all states, well-known missions and movements) by its name alone
    Add(register::Add),
    /// Give a party further names; the claims that used them are resolved
    Alias(Alias),
    /// List the parties
    List(List),
    /// Show a party with all its names
    Show(Show),
    /// Register the parties of a JSONL file: {"party", "kind", "side"?, "aliases"?: {"en": […]}}
    Import(register::Import),
}

#[derive(Debug, Clone, clap::Args)]
struct Alias {
    /// The party, by any name it bears or its number
    party: String,
    /// The names, each with its language before it if it has one: en:Yerevan
    #[arg(required = true, value_name = "[LANG:]NAME", value_parser = parsed_alias)]
    names: Vec<(Option<String>, String)>,
    #[command(flatten)]
    writing: Writing,
}

#[derive(Debug, Clone, clap::Args)]
struct List {
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, clap::Args)]
struct Show {
    /// The party, by any name it bears or its number
    party: String,
    #[command(flatten)]
    output: OutputArgs,
}

fn parsed_alias(text: &str) -> Result<(Option<String>, String)> {
    let is_lang = |lang: &str| (2..=3).contains(&lang.len()) && lang.bytes().all(|b| b.is_ascii_lowercase());
    let (lang, name) = match text.split_once(':') {
        Some((lang, name)) if is_lang(lang) => (Some(lang.to_owned()), name),
        _ => (None, text),
    };
    Ok((lang, sound_name(name)?.to_owned()))
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    match &args.verb {
        Verb::Add(args) => register::add(args, context),
        Verb::Alias(args) => alias(args, context),
        Verb::List(args) => list(args, context),
        Verb::Show(args) => show(args, context),
        Verb::Import(args) => register::import(args, context),
    }
}

/// Says how many claims gained a party by the names registered.
fn print_resolved<T>(written: &Written<T>, context: &mut Context) -> Result<()> {
    match written.receipt.resolved {
        0 => Ok(()),
        1 => context.print("1 claim that used its names is resolved"),
        claims => context.print(format_args!("{claims} claims that used its names are resolved")),
    }
}

fn say_cautions(cautions: &BTreeSet<String>, context: &mut Context) -> Result<Outcome> {
    for caution in cautions {
        context.say(format_args!("note: {caution}"))?;
    }
    Ok(Outcome::findings_if(!cautions.is_empty()))
}

fn alias(args: &Alias, context: &mut Context) -> Result<Outcome> {
    let written = context.write("party alias", &args.writing, |batch, _| {
        let (id, number) = find_party(&batch.snapshot()?, &args.party)?;
        let mut new = Vec::new();
        for (lang, name) in &args.names {
            let added = batch.add_alias(id, lang.as_deref(), name)?;
            new.push(matches!(added, Added::New(_)));
        }
        let book = batch.parties()?;
        let party = batch.snapshot()?.parties()?.into_iter().find(|party| party.id == id);
        let party = party.map(|party| party.value.name).unwrap_or_default();
        let cautions = cautions(&book, args.names.iter().map(|(_, name)| (party.as_str(), name.as_str())));
        Ok((number, new, cautions))
    })?;
    let (number, new, cautions) = &written.value;
    for ((_, name), new) in args.names.iter().zip(new) {
        let name = quoted(name);
        match (new, written.batch()) {
            (false, _) => context.print(format_args!("{number} bears {name} already"))?,
            (true, Some(batch)) => context.print(format_args!("{number} bears {name} from {batch} on"))?,
            (true, None) => context.print(format_args!("{number} would bear {name}"))?,
        }
    }
    print_resolved(&written, context)?;
    say_cautions(cautions, context)
}

/// A party by its number or any name it bears.
fn find_party(snapshot: &Snapshot<'_>, text: &str) -> Result<(Id, Number)> {
    if let Some(number) = text.parse::<Number>().ok().filter(|number| number.kind == NumberKind::Party) {
        return find(snapshot, &number).map(|id| (id, number));
    }
    let parties = snapshot.parties()?;
    let book = PartyBook::new(parties.iter().map(|party| party.value.clone()));
    let name = &bearer(&book, text)?.name;
    let found = parties.iter().find(|party| party.value.name == *name).ok_or_else(|| unknown(&book, text))?;
    Ok((found.id, snapshot.number(NumberKind::Party, found.id)))
}

fn list(args: &List, context: &mut Context) -> Result<Outcome> {
    let (form, destination) = (args.output.form(Format::ALL)?, args.output.open()?);
    let ledger = context.open_to_read()?;
    let snapshot = ledger.snapshot()?;
    let mut sheet = Sheet {
        name: "parties",
        title: "Parties".to_owned(),
        columns: vec![
            Column::words("number", "number"),
            Column::words("party", "party"),
            Column::words("kind", "kind"),
            Column::words("side", "side"),
            Column::words("names", "other names"),
        ],
        ..Sheet::default()
    };
    for Recorded { id, value, .. } in snapshot.parties()? {
        let names = value.names().skip(1).map(|(_, name)| name.to_owned()).collect::<Vec<_>>();
        sheet.rows.push(vec![
            Cell::Numbers(NumberKind::Party, vec![id]),
            Cell::Text(value.name),
            Cell::Words(vec![value.kind.as_str()]),
            Cell::text(value.side),
            if names.is_empty() { Cell::Unknown } else { Cell::Text(names.join(", ")) },
        ]);
    }
    let any = !sheet.rows.is_empty();
    destination.sheet(form, &sheet, context)?;
    Ok(Outcome::findings_if(!any))
}

fn show(args: &Show, context: &mut Context) -> Result<Outcome> {
    let (_, number) = find_party(&context.open_to_read()?.snapshot()?, &args.party)?;
    super::show::run(&super::show::Args { number, why: false, output: args.output.clone() }, context)
}
