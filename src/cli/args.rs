//! The options and verbs as typed, and how their values are parsed.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::late::Late;
use crate::error::{Error, Result};
use crate::model::party::sound_name;
use crate::model::vocabulary::UnknownWord;

/// Keeps the book of a ceasefire: who says who broke it, who denies it, and what the versions have in common.
#[derive(Debug, Parser)]
#[command(name = "trucebook", version, max_term_width = 100)]
#[command(after_help = "Exit status: 0 fine, 1 done but with findings, 2 error.\n\
    Environment: TRUCEBOOK_LEDGER and TRUCEBOOK_BY stand for --ledger and --by; NO_COLOR, TERM and CLICOLOR \
    are heeded; TRUCEBOOK_NOW (such as 2020-10-12T09:00:00Z) takes the place of the clock.")]
pub struct Cli {
    /// What every verb takes.
    #[command(flatten)]
    pub global: Global,
    /// The verb.
    #[command(subcommand)]
    pub verb: Verb,
}

/// Options of every verb.
#[derive(Debug, Clone, Default, Args)]
pub struct Global {
    /// The ledger file.
    #[arg(
        help = "The ledger file; else $TRUCEBOOK_LEDGER, else ./trucebook.db",
        long,
        global = true,
        value_name = "FILE",
        help_heading = "Everywhere"
    )]
    pub ledger: Option<PathBuf>,
    /// Seconds to wait for another writer (30 if not given)
    #[arg(long, global = true, value_name = "SECONDS", value_parser = parsed_wait, help_heading = "Everywhere")]
    pub wait: Option<Duration>,
    /// Whether to colour what is printed
    #[arg(long, visible_alias = "color", global = true, value_name = "WHEN", help_heading = "Everywhere")]
    pub colour: Option<ColourWhen>,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColourWhen {
    /// On a terminal that takes it.
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Make a ledger
    Init(Late<super::init::Args>),
    /// Record a claim; without options on a terminal, asks field by field
    Add(Late<super::add::Args>),
    /// Take in files
    Import(Late<super::import::Args>),
    /// Write claims, incidents, registers for other programs
    Export(Late<super::export::Args>),
    /// Print the claims that dispatches make, as JSON lines
    Extract(Late<super::extract::Args>),
    /// List claims
    List(Late<super::list::Args>),
    /// Show a claim, dispatch, incident, truce, party, place or batch
    Show(Late<super::show::Args>),
    /// Find words in dispatches, quotes and notes
    Search(Late<super::search::Args>),
    /// Print a report
    Report(Late<super::report::Args>),
    /// List drafts that extractors read, and accept, reject or correct them
    Review(Late<super::review::Args>),
    /// Correct a claim: a new one takes its place
    Amend(Late<super::amend::Args>),
    /// Take a claim back
    Retract(Late<super::retract::Args>),
    /// Take back all that one command wrote
    Undo(Late<super::undo::Args>),
    /// List what was written, command by command
    Log(Late<super::log::Args>),
    /// Check every row and the chain
    Verify(Late<super::verify::Args>),
    /// Remake all that is derived
    Rebuild(Late<super::rebuild::Args>),
    /// Register parties and their names
    Party(Late<super::party::Args>),
    /// Register places
    Place(Late<super::place::Args>),
    /// Register truces
    Truce(Late<super::truce::Args>),
    /// Say that two claims are about the same event, or are not
    Link(Late<super::link::Args>),
    /// Print a shell's completion script
    Completions(Late<super::completions::Args>),
    /// Print the manual page
    Man(Late<super::man::Args>),
}

/// Parses an option's value through `FromStr`, so that what it refuses carries this crate's hint.
pub fn parsed<T>(text: &str) -> Result<T>
where
    T: FromStr,
    Error: From<T::Err>,
{
    Ok(text.parse::<T>()?)
}

/// Parses a name, refusing those that could deceive.
pub fn parsed_name(text: &str) -> Result<String> {
    Ok(sound_name(text)?.to_owned())
}

/// Parses one word of a closed list; shells complete it.
pub fn word<T>(words: &'static [&'static str]) -> impl TypedValueParser<Value = T>
where
    T: FromStr<Err = UnknownWord> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(words).try_map(|word| word.parse::<T>())
}

/// Longest `--wait`: a day.
const WAIT_MAX: u64 = 86_400;

fn parsed_wait(text: &str) -> Result<Duration> {
    let seconds = text.parse::<u64>().ok().filter(|&seconds| seconds <= WAIT_MAX);
    let bad = || Error::usage("it is no number of seconds").hint("write whole seconds, 0 to 86400; 0 does not wait");
    seconds.map(Duration::from_secs).ok_or_else(bad)
}
