//! What `extract` and `import` share: hints about the texts, parties that come with them, actors nobody bears.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use super::Context;
use super::args::{parsed_name, word};
use super::names::shell_word;
use super::party::read_parties;
use crate::error::{Error, Result};
use crate::extract::{Lang, OwnWords};
use crate::import::files::Found;
use crate::import::{Hints, UnknownActors, own_words};
use crate::model::Party;

/// What is known of all the texts together.
#[derive(Debug, Clone, Default, Args)]
pub struct Reading {
    /// Register these parties first, from a JSONL file: {"party", "kind", "side"?, "aliases"?: {"en": […]}}
    #[arg(long, value_name = "FILE")]
    parties: Vec<PathBuf>,
    /// The language of the texts; detected where it is left out
    #[arg(long, value_name = "LANG", value_parser = word::<Lang>(Lang::WORDS))]
    lang: Option<Lang>,
    /// The day by which the texts had come in: it tells the year of datelines without one
    #[arg(long, value_name = "DATE", value_parser = parsed_day)]
    received: Option<NaiveDate>,
    /// Read your own words on top of the built-in ones, from files such as FOLDER/en/acts.toml
    #[arg(long, value_name = "FOLDER")]
    lexicon: Option<PathBuf>,
    /// The outlet of the texts; as they say where it is left out
    #[arg(long, value_name = "NAME", value_parser = parsed_name)]
    source: Option<String>,
}

impl Reading {
    /// The same as hints.
    pub fn hints(&self) -> Hints {
        Hints { source: self.source.clone(), language: self.lang.map(|lang| lang.to_string()), received: self.received }
    }

    /// The user's own words; none where no folder of them is named.
    pub fn own_words(&self) -> Result<OwnWords> {
        self.lexicon.as_deref().map_or_else(|| Ok(OwnWords::default()), own_words)
    }

    /// The parties of the files named, then those of the folders' own files.
    pub fn parties(&self, found: &Found) -> Result<Vec<Party>> {
        let files = self.parties.iter().chain(&found.parties);
        Ok(files.map(|file| read_parties(file)).collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
    }
}

fn parsed_day(text: &str) -> Result<NaiveDate> {
    text.parse().map_err(|_| Error::usage("it is no day").hint("write it as 2020-10-12"))
}

/// How many unknown actors are told.
const TOLD: usize = 20;

/// Tells the actors that no party bears on standard error, the most frequent first, each with what registers it.
pub fn say_unknown(unknown: &UnknownActors, context: &mut Context) -> Result<()> {
    let ranked = unknown.ranked();
    if ranked.is_empty() {
        return Ok(());
    }
    context.say("actors that no party bears, kept as said; how often, and what registers them:")?;
    for (name, count) in ranked.iter().take(TOLD) {
        context.say(format_args!("{count:>6}  trucebook party add {} --kind KIND", shell_word(name)))?;
    }
    match ranked.len().saturating_sub(TOLD) {
        0 => Ok(()),
        more => context.say(format_args!("        and {more} more")),
    }
}
