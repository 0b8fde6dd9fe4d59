//! `man`: prints the manual page.

use super::{Context, Outcome};
use crate::error::{Error, Result};

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let _ = (args, context);
    Err(Error::usage("this verb is still to come"))
}
