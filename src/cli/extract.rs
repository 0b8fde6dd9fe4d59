//! `extract`: prints the claims that dispatches make, as JSON lines.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::args::{parsed, parsed_name, word};
use super::output::{Destination, Format, OutputArgs};
use super::party::read_parties;
use super::unknown_actors::UnknownActors;
use super::{Context, Outcome};
use crate::error::{Error, Result};
use crate::extract::{Extractor, Lang};
use crate::import::files::{self, Found};
use crate::import::{Hints, claim_schema};
use crate::model::{PartyBook, Zone};

/// What is known of all the files together.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct HintArgs {
    /// The language of the texts; detected where it is left out
    #[arg(long, value_name = "LANG", value_parser = word::<Lang>(Lang::WORDS))]
    lang: Option<Lang>,
    /// The day by which the texts had come in: the year of datelines that leave it out
    #[arg(long, value_name = "DATE", value_parser = parsed_day)]
    received: Option<NaiveDate>,
    /// The outlet of the texts; as they say where it is left out
    #[arg(long, value_name = "NAME", value_parser = parsed_name)]
    source: Option<String>,
}

impl HintArgs {
    /// The same as hints for reading.
    pub fn hints(&self) -> Hints {
        Hints { source: self.source.clone(), language: self.lang.map(|lang| lang.to_string()), received: self.received }
    }
}

fn parsed_day(text: &str) -> Result<NaiveDate> {
    text.parse().map_err(|_| Error::usage("it is no day").hint("write it as 2020-10-12"))
}

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Texts, and folders of .txt files; `-` for standard input
    #[arg(required_unless_present = "schema")]
    files: Vec<PathBuf>,
    /// Parties to know before the built-in ones, from a JSONL file
    #[arg(long, value_name = "FILE")]
    parties: Vec<PathBuf>,
    #[command(flatten)]
    hints: HintArgs,
    /// The zone of clock times without one
    #[arg(long, value_name = "ZONE", value_parser = parsed::<Zone>, default_value = "UTC")]
    tz: Zone,
    /// Print the JSON schema of a claim instead
    #[arg(long, conflicts_with = "files")]
    schema: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    if args.schema {
        return print_schema(&args.output, context);
    }
    args.output.form(&[Format::Jsonl])?;
    let destination = args.output.open()?;
    let found = files::find(&args.files);
    let extractor = Extractor::new(&parties(args, &found)?, args.tz)?;
    let done = print_claims(&extractor, found, &args.hints.hints(), destination, context)?;
    done.unknown.say(context)?;
    say_refused(done.refused, done.read, context)
}

fn print_schema(output: &OutputArgs, context: &mut Context) -> Result<Outcome> {
    output.form(&[Format::Json])?;
    let schema = claim_schema();
    output.open()?.write(context, |out| writeln!(out, "{schema:#}"))?;
    Ok(Outcome::Fine)
}

/// The parties of the files named, then those the folders bring with them.
fn parties(args: &Args, found: &Found) -> Result<PartyBook> {
    let mut book = PartyBook::default();
    for file in args.parties.iter().chain(&found.parties) {
        read_parties(file)?.into_iter().for_each(|party| {
            book.add(party);
        });
    }
    Ok(book)
}

/// What reading came to.
struct Done {
    read: usize,
    refused: Vec<Error>,
    unknown: UnknownActors,
}

fn print_claims(
    extractor: &Extractor,
    found: Found,
    hints: &Hints,
    destination: Destination,
    context: &mut Context,
) -> Result<Done> {
    let mut done = Done { read: 0, refused: found.refused, unknown: UnknownActors::default() };
    destination.write(context, |out| {
        for path in &found.texts {
            let dispatch = match files::read_text(path, hints) {
                Ok(dispatch) => dispatch,
                Err(error) => {
                    done.refused.push(error);
                    continue;
                }
            };
            let extraction = extractor.extract(&dispatch);
            for claim in &extraction.claims {
                serde_json::to_writer(&mut *out, claim)?;
                out.write_all(b"\n")?;
            }
            done.unknown.add(extraction.unknown);
            done.read += 1;
        }
        Ok(())
    })?;
    Ok(done)
}

/// Says what was refused. Where nothing could be read, that is the verb's error.
fn say_refused(mut refused: Vec<Error>, read: usize, context: &mut Context) -> Result<Outcome> {
    let last = if read == 0 { refused.pop() } else { None };
    for error in &refused {
        context.say_error(error)?;
    }
    match last {
        Some(error) => Err(error),
        None if read == 0 => {
            Err(Error::not_found("there is no text here").hint("name text files, or folders with .txt files"))
        }
        None => Ok(Outcome::findings_if(!refused.is_empty())),
    }
}
