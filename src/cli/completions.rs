//! `completions`: prints a shell's completion script.

use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Cli;
use super::context::unwritten;
use super::{Context, Outcome};
use crate::error::Result;

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The shell
    shell: Shell,
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    // Made in memory first: the generator panics where it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "trucebook", &mut script);
    context.stdout().write_all(&script).map_err(unwritten)?;
    Ok(Outcome::Fine)
}
