//! `show`: shows what stands under a number.

use super::args::parsed;
use super::numbers::find;
use super::output::{Format, OutputArgs};
use super::{Context, Outcome};
use crate::error::Result;
use crate::model::Number;
use crate::report::show::card;

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Its number, such as C142, D5, I17, T2, P3, L4 or B9
    #[arg(value_parser = parsed::<Number>)]
    pub number: Number,
    /// Of a claim: the words in which each part of it was read, and by which rule; of an incident: what holds each claim
    /// there, and the nearest that were left out
    #[arg(long)]
    pub why: bool,
    /// Form and destination.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// The forms in which one thing reads; rows of a table it has not.
const FORMS: &[Format] = &[Format::Table, Format::Json, Format::Md];

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let (form, destination) = (args.output.form(FORMS)?, args.output.open()?);
    let ledger = context.open_to_read()?;
    let snapshot = ledger.snapshot()?;
    let id = find(&snapshot, &args.number)?;
    let card = card(&snapshot, &args.number, id, args.why)?;
    destination.card(form, &card, context)?;
    Ok(Outcome::Fine)
}
