//! `party`: registers parties and the names they bear, and lists them.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;

use clap::Subcommand;

use super::args::{parsed_name, word};
use super::context::is_stream;
use super::names::{built_in, shell_word};
use super::numbers::Stands;
use super::output::OutputArgs;
use super::writing::{Writing, Written};
use super::{Context, Outcome};
use crate::error::{Error, Result, quoted};
use crate::ledger::{Added, Batch, Snapshot};
use crate::model::party::sound_name;
use crate::model::text::shown;
use crate::model::{Id, Number, NumberKind, Party, PartyKind};

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
