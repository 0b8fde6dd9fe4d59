//! The command line: one file per verb. Parses, calls, prints.
//!
//! | file | what it is |
//! |---|---|
//! | [`args`] | the options and verbs, and how values are parsed |
//! | [`context`] | terminal, environment and clock, resolved once and passed in |
//! | [`writing`] | the options every write shares, and the one way to write a batch |
//! | [`filter`] | which claims `list` and `report` take |
//! | [`output`] | `--format` and `-o` |
//! | [`usage`] | what clap refuses, said in the design's form |
//! | the rest | a verb each |
//!
//! Exit status: 0 fine, 1 done but with findings, 2 error. A reader that closes the pipe ends the program quietly.

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use crate::error::{Error, Result};
use crate::model::text::shown;

pub mod add;
pub mod again;
pub mod amend;
pub mod args;
pub mod ask;
pub mod cautions;
pub mod claim_args;
pub mod claim_fields;
pub mod completions;
pub mod context;
pub mod export;
pub mod extract;
pub mod filter;
pub mod import;
pub mod import_plan;
pub mod init;
pub mod interrupt;
pub mod late;
pub mod link;
pub mod list;
pub mod log;
pub mod man;
pub mod names;
pub mod new_ledger;
pub mod numbers;
pub mod output;
pub mod party;
pub mod place;
pub mod progress;
pub mod reading;
pub mod rebuild;
pub mod recording;
pub mod report;
pub mod retract;
pub mod review;
pub mod search;
pub mod show;
pub mod truce;
pub mod undo;
pub mod usage;
pub mod verify;
pub mod writing;

pub use args::Verb;
pub use context::Context;

/// How a verb that did its work ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Exit status 0.
    Fine,
    /// Done, but something was found that a caller must know of: rejected rows, a failed check, nothing found.
    /// Exit status 1.
    Findings,
}

impl Outcome {
    /// Findings where there are any.
    pub const fn findings_if(any: bool) -> Self {
        if any { Self::Findings } else { Self::Fine }
    }
}

/// The whole program: parses the arguments, runs the verb, prints the error, and says how to exit.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<_> = arguments.into_iter().collect();
    let ended = match args::Cli::try_parse_from(&arguments) {
        Ok(cli) => Context::resolve(&cli.global).and_then(|mut context| {
            let ended = run(&cli.verb, &mut context).and_then(|outcome| context.flush().map(|()| outcome));
            ended.map_err(|error| error.renaming(&context.ledger.path, &context.ledger.named))
        }),
        Err(refused) => usage::answer(&refused, &arguments),
    };
    match ended {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) if context::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            print_error(&error);
            ExitCode::from(2)
        }
    }
}

fn run(verb: &Verb, context: &mut Context) -> Result<Outcome> {
    match verb {
        Verb::Init(args) => init::run(args, context),
        Verb::Add(args) => add::run(args, context),
        Verb::Import(args) => import::run(args, context),
        Verb::Extract(args) => extract::run(args, context),
        Verb::Export(args) => export::run(args, context),
        Verb::List(args) => list::run(args, context),
        Verb::Show(args) => show::run(args, context),
        Verb::Search(args) => search::run(args, context),
        Verb::Report(args) => report::run(args, context),
        Verb::Amend(args) => amend::run(args, context),
        Verb::Review(args) => review::run(args, context),
        Verb::Retract(args) => retract::run(args, context),
        Verb::Undo(args) => undo::run(args, context),
        Verb::Log(args) => log::run(args, context),
        Verb::Verify(args) => verify::run(args, context),
        Verb::Rebuild(args) => rebuild::run(args, context),
        Verb::Party(args) => party::run(args, context),
        Verb::Place(args) => place::run(args, context),
        Verb::Truce(args) => truce::run(args, context),
        Verb::Link(args) => link::run(args, context),
        Verb::Completions(args) => completions::run(args, context),
        Verb::Man(args) => man::run(args, context),
    }
}

/// Prints `error: …` and `  hint: …`. A standard error that cannot be written to is nobody's to hear of.
fn print_error(error: &Error) {
    let mut stderr = std::io::stderr().lock();
    let _ = writeln!(stderr, "error: {}", shown(&error.to_string()));
    if let Some(hint) = error.remedy() {
        let _ = writeln!(stderr, "  hint: {}", shown(hint));
    }
}
