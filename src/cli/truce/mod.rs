//! `truce`: registers truces, confirms those that dispatches tell of, ends them, and lists them.

use clap::Subcommand;

use super::args::parsed;
use super::numbers::{Stands, find, number_of};
use super::output::OutputArgs;
use super::writing::Writing;
use super::{Context, Outcome};
use crate::error::{Error, Result};
use crate::ledger::{Recorded, Snapshot};
use crate::model::text::shown;
use crate::model::{Edtf, Id, Number, NumberKind, Truce};

mod facts;
mod fields;
mod list;

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Clone, Subcommand)]
enum Verb {
    /// Register a truce, or confirm one that claims tell of: --from C4,C9
    Add(Box<fields::Args>),
    /// List the truces, confirmed and proposed
    List(list::Args),
    /// Show a truce with its parties and articles
    Show(Show),
    /// Say that a truce ended
    End(End),
}

#[derive(Debug, Clone, clap::Args)]
struct Show {
    /// The truce, such as T1
    #[arg(value_parser = number_of(NumberKind::Truce))]
    truce: Number,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, clap::Args)]
struct End {
    /// The truce, such as T1
    #[arg(value_parser = number_of(NumberKind::Truce))]
    truce: Number,
    /// When it ended
    #[arg(long, value_name = "DATE", value_parser = parsed::<Edtf>)]
    at: Edtf,
    /// For this party only; may be given again
    #[arg(long = "for", value_name = "PARTY")]
    parties: Vec<String>,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    match &args.verb {
        Verb::Add(args) => fields::run(args, context),
        Verb::List(args) => list::run(args, context),
        Verb::Show(args) => {
            let args = super::show::Args { number: args.truce.clone(), why: false, output: args.output.clone() };
            super::show::run(&args, context)
        }
        Verb::End(args) => end(args, context),
    }
}

/// The truce with its end takes the place of the truce without.
fn end(args: &End, context: &mut Context) -> Result<Outcome> {
    let written = context.write("truce end", &args.writing, |batch, _| {
        let (id, mut truce) = read(&batch.snapshot()?, &args.truce)?;
        ended(&mut truce, args)?;
        let added = batch.add_truce(&truce, Some(id), &[])?;
        Ok((Stands::of(&batch.snapshot()?, NumberKind::Truce, added), truce.title))
    })?;
    let (stands, title) = &written.value;
    context.print(format_args!("{} ({}): ended {}", stands.line(written.batch()), shown(title), args.at))?;
    Ok(Outcome::Fine)
}

fn ended(truce: &mut Truce, args: &End) -> Result<()> {
    if args.parties.is_empty() {
        truce.ended = Some(args.at);
    }
    for name in &args.parties {
        fields::member(truce, name)?.ended = Some(args.at);
    }
    Ok(())
}

fn read(snapshot: &Snapshot<'_>, number: &Number) -> Result<(Id, Truce)> {
    let id = find(snapshot, number)?;
    let truces = snapshot.truces()?;
    let truce = truces.into_iter().find(|truce: &Recorded<Truce>| truce.id == id).ok_or_else(|| {
        Error::conflict(format!("{number} was replaced or taken back")).hint("`trucebook truce list` lists the truces")
    })?;
    Ok((id, truce.value))
}
