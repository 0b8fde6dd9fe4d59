//! `show`: shows what stands under a number.

use super::args::parsed;
use super::output::OutputArgs;
use super::{Context, Outcome};
use crate::error::{Error, Result};
use crate::model::Number;

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Its number, such as C142, D5, I17, T2, P3, L4 or B9
    #[arg(value_parser = parsed::<Number>)]
    pub number: Number,
    /// Form and destination.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let _ = (args, context);
    Err(Error::usage("this verb is still to come"))
}
