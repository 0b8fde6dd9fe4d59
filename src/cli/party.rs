//! `party`: registers parties and the names they bear, and lists them.

use std::fs::File;
use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::args::{parsed_name, word};
use super::context::is_stream;
use super::names::{bearer, built_in, unknown};
use super::numbers::{Stands, find};
use super::output::{Format, OutputArgs};
use super::writing::{Writing, Written};
use super::{Context, Outcome};
use crate::error::{Error, Result, quoted};
use crate::import::parties;
use crate::ledger::{Added, Recorded, Snapshot};
use crate::model::party::{ANY_LANGUAGE, sound_name};
use crate::model::text::shown;
use crate::model::{Id, Number, NumberKind, Party, PartyBook, PartyKind};
use crate::report::sheet::{Cell, Column, Sheet};

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Clone, Subcommand)]
enum Verb {
    /// Register a party; a built-in one (all states, well-known missions and movements) by its name alone
    Add(Add),
    /// Give a party further names; the claims that used them are resolved
    Alias(Alias),
    /// List the parties
    List(List),
    /// Show a party with all its names
    Show(Show),
    /// Register the parties of a JSONL file: {"party", "kind", "side"?, "aliases"?: {"en": […]}}
    Import(Import),
}

#[derive(Debug, Clone, clap::Args)]
struct Add {
    /// The name reports print
    #[arg(value_parser = parsed_name)]
    name: String,
    /// What it is; a built-in party has its own
    #[arg(long, value_parser = word::<PartyKind>(PartyKind::WORDS))]
    kind: Option<PartyKind>,
    /// The side it stands on, such as "Armenian side"
    #[arg(long, value_parser = parsed_name)]
    side: Option<String>,
    /// Another name of it, with its language before it if it has one: en:Yerevan
    #[arg(long = "alias", value_name = "[LANG:]NAME", value_parser = parsed_alias)]
    aliases: Vec<(Option<String>, String)>,
    #[command(flatten)]
    writing: Writing,
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

#[derive(Debug, Clone, clap::Args)]
struct Import {
    /// The file; `-` for standard input
    file: PathBuf,
    #[command(flatten)]
    writing: Writing,
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
        Verb::Add(args) => add(args, context),
        Verb::Alias(args) => alias(args, context),
        Verb::List(args) => list(args, context),
        Verb::Show(args) => show(args, context),
        Verb::Import(args) => import(args, context),
    }
}

fn add(args: &Add, context: &mut Context) -> Result<Outcome> {
    let party = party_of(args)?;
    let written = context.write("party add", &args.writing, |batch, _| {
        let added = batch.add_party(&party)?;
        Ok(Stands::of(&batch.snapshot()?, NumberKind::Party, added))
    })?;
    let name = shown(&party.name);
    context.print(format_args!("{} ({name})", written.value.line(written.batch())))?;
    print_resolved(&written, context)
}

/// The party as typed, on top of the built-in one of that name.
fn party_of(args: &Add) -> Result<Party> {
    let known = built_in(&args.name);
    let Some(kind) = args.kind.or(known.as_ref().map(|known| known.kind)) else {
        return Err(Error::usage(format!("{} is no built-in party, so `--kind` is missing", quoted(&args.name)))
            .hint(format!("one of: {}", PartyKind::WORDS.join(", "))));
    };
    let mut party = Party { kind, ..known.unwrap_or_else(|| Party::new(args.name.clone(), kind)) };
    party.side = args.side.clone().or(party.side);
    for (lang, name) in &args.aliases {
        let names = party.aliases.entry(lang.clone().unwrap_or_else(|| ANY_LANGUAGE.to_owned())).or_default();
        names.push(name.clone());
    }
    Ok(party)
}

/// Says how many claims gained a party by the names registered.
fn print_resolved<T>(written: &Written<T>, context: &mut Context) -> Result<Outcome> {
    match written.receipt.resolved {
        0 => {}
        1 => context.print("1 claim that used its names is resolved")?,
        claims => context.print(format_args!("{claims} claims that used its names are resolved"))?,
    }
    Ok(Outcome::Fine)
}

fn alias(args: &Alias, context: &mut Context) -> Result<Outcome> {
    let written = context.write("party alias", &args.writing, |batch, _| {
        let (id, number) = find_party(&batch.snapshot()?, &args.party)?;
        let mut new = Vec::new();
        for (lang, name) in &args.names {
            let added = batch.add_alias(id, lang.as_deref(), name)?;
            new.push(matches!(added, Added::New(_)));
        }
        Ok((number, new))
    })?;
    let (number, new) = &written.value;
    for ((_, name), new) in args.names.iter().zip(new) {
        let name = quoted(name);
        match (new, written.batch()) {
            (false, _) => context.print(format_args!("{number} bears {name} already"))?,
            (true, Some(batch)) => context.print(format_args!("{number} bears {name} from {batch} on"))?,
            (true, None) => context.print(format_args!("{number} would bear {name}"))?,
        }
    }
    print_resolved(&written, context)
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
    super::show::run(&super::show::Args { number, output: args.output.clone() }, context)
}

fn import(args: &Import, context: &mut Context) -> Result<Outcome> {
    let parties = read_parties(&args.file)?;
    let written = context.write("party import", &args.writing, |batch, _| {
        let mut stands = Vec::new();
        for party in &parties {
            let added = batch.add_party(party)?;
            stands.push(Stands::of(&batch.snapshot()?, NumberKind::Party, added));
        }
        Ok(stands)
    })?;
    for (party, stands) in parties.iter().zip(&written.value) {
        context.print(format_args!("{} ({})", stands.line(written.batch()), shown(&party.name)))?;
    }
    print_resolved(&written, context)
}

/// Reads the parties of a JSONL file; `-` is standard input.
pub fn read_parties(named: &Path) -> Result<Vec<Party>> {
    if is_stream(named) {
        return parties::read(std::io::stdin(), named);
    }
    let file = File::open(named).map_err(|error| Error::io("read", named, error))?;
    parties::read(file, named)
}
