//! `party add` and `party import`: parties with their names.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use super::super::args::{parsed_name, word};
use super::super::cautions::cautions;
use super::super::context::is_stream;
use super::super::names::built_in;
use super::super::numbers::Stands;
use super::super::writing::Writing;
use super::super::{Context, Outcome};
use super::{parsed_alias, print_resolved, say_cautions};
use crate::error::{Error, Result, quoted};
use crate::import::parties;
use crate::ledger::Batch;
use crate::model::party::ANY_LANGUAGE;
use crate::model::text::shown;
use crate::model::{Number, NumberKind, Party, PartyKind};

#[derive(Debug, Clone, clap::Args)]
pub(super) struct Add {
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
pub(super) struct Import {
    /// The file; `-` for standard input
    file: PathBuf,
    #[command(flatten)]
    writing: Writing,
}

/// Runs `party add`.
pub(super) fn add(args: &Add, context: &mut Context) -> Result<Outcome> {
    let party = party_of(args)?;
    let written = context.write("party add", &args.writing, |batch, _| {
        let registered = register(batch, &party)?;
        Ok((registered, cautions_about(batch, std::slice::from_ref(&party))?))
    })?;
    let (registered, cautions) = &written.value;
    context.print(registered.line(written.batch()))?;
    print_resolved(&written, context)?;
    say_cautions(cautions, context)
}

/// What became of a party that was to be registered.
struct Registered {
    stands: Stands,
    name: String,
    /// Whether anything was written about it.
    changed: bool,
}

fn register(batch: &mut Batch<'_>, party: &Party) -> Result<Registered> {
    let before = batch.written();
    let added = batch.add_party(party)?;
    let stands = Stands::of(&batch.snapshot()?, NumberKind::Party, added);
    Ok(Registered { stands, name: party.name.clone(), changed: batch.written() != before })
}

impl Registered {
    fn line(&self, batch: Option<&Number>) -> String {
        let (line, name) = (self.stands.line(batch), shown(&self.name));
        match (&self.stands, batch) {
            (Stands::Already(_), Some(batch)) if self.changed => {
                format!("{line} ({name}); what is new about it stands in {batch}")
            }
            (Stands::Already(_), None) if self.changed => {
                format!("{line} ({name}); what is new about it would be added")
            }
            _ => format!("{line} ({name})"),
        }
    }
}

fn cautions_about(batch: &Batch<'_>, parties: &[Party]) -> Result<BTreeSet<String>> {
    let names = parties.iter().flat_map(|party| party.names().map(|(_, name)| (party.name.as_str(), name)));
    Ok(cautions(&batch.parties()?, names))
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

/// Runs `party import`.
pub(super) fn import(args: &Import, context: &mut Context) -> Result<Outcome> {
    let parties = read_parties(&args.file)?;
    let written = context.write("party import", &args.writing, |batch, _| {
        let registered = parties.iter().map(|party| register(batch, party)).collect::<Result<Vec<_>>>()?;
        Ok((registered, cautions_about(batch, &parties)?))
    })?;
    let (registered, cautions) = &written.value;
    for registered in registered {
        context.print(registered.line(written.batch()))?;
    }
    print_resolved(&written, context)?;
    say_cautions(cautions, context)
}

/// Reads the parties of a JSONL file; `-` is standard input.
pub fn read_parties(named: &Path) -> Result<Vec<Party>> {
    if is_stream(named) {
        return parties::read(std::io::stdin(), named);
    }
    let file = File::open(named).map_err(|error| Error::io("read", named, error))?;
    parties::read(file, named)
}
