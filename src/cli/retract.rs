//! `retract`: takes a claim back. The claim stays in the book, with who took it back, when and why.

use super::numbers::{claims, find};
use super::writing::Writing;
use super::{Context, Outcome};
use crate::error::Result;
use crate::model::Number;

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The claims, such as C7
    #[arg(value_name = "CLAIM", required = true, value_parser = claims())]
    claims: Vec<Number>,
    /// Why
    #[arg(long, value_name = "WORDS", required = true)]
    why: String,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let written = context.write("retract", &args.writing, |batch, _| {
        for number in &args.claims {
            let id = find(&batch.snapshot()?, number)?;
            batch.retract(id, &args.why)?;
        }
        Ok(())
    })?;
    for number in &args.claims {
        match written.batch() {
            Some(batch) => context.print(format_args!("{number} retracted in {batch}"))?,
            None => context.print(format_args!("{number} would be retracted"))?,
        }
    }
    Ok(Outcome::Fine)
}
