//! `man`: prints the manual page of the program or of a verb, in the form `man -l -` reads.

use clap::CommandFactory;

use super::args::Cli;
use super::context::unwritten;
use super::{Context, Outcome};
use crate::error::{Error, Result, quoted};

/// What stands at the foot of every page.
const SOURCE: &str = concat!("trucebook ", env!("CARGO_PKG_VERSION"));

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The verb to describe, with its own verb: `party add`; the whole program if not given
    #[arg(value_name = "VERB")]
    verb: Vec<String>,
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let mut program = Cli::command();
    program.build();
    let mut described = &program;
    for word in &args.verb {
        described = described.find_subcommand(word).ok_or_else(|| {
            Error::usage(format!("{} is no verb", quoted(word))).hint("see `trucebook --help` for the verbs")
        })?;
    }
    let mut roff = Vec::new();
    clap_mangen::Man::new(described.clone()).source(SOURCE).render(&mut roff).map_err(unwritten)?;
    context.stdout().write_all(&roff).map_err(unwritten)?;
    Ok(Outcome::Fine)
}
