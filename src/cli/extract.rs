//! `extract`: prints the claims that dispatches make, as JSON lines, or how each was read (`--why`), without any ledger;
//! or, `--again`, reads the dispatches of the ledger once more.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use super::again;
use super::numbers::number_of;
use super::output::{Destination, Format, OutputArgs};
use super::reading::{Reading, say_unknown};
use super::writing::Writing;
use super::{Context, Outcome};
use crate::error::{Error, Result};
use crate::extract::{self, Evidence, Extraction, Extractor};
use crate::import::files::{self, Found};
use crate::import::options::Options;
use crate::import::{UnknownActors, claim_schema, texts};
use crate::ledger::ReadAt;
use crate::model::{Claim, Dispatch, Number, NumberKind, PartyBook, Zone};
use crate::render::Look;
use crate::report::sheet::{Body, Card, Section};
use crate::report::show::{reading, sentence};

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Files of texts, packed or not, told by what they hold, and folders of them; `-` for standard input
    #[arg(required_unless_present_any = ["schema", "again"])]
    files: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    /// Print the JSON schema of a claim instead
    #[arg(long, conflicts_with_all = ["files", "again"])]
    schema: bool,
    /// Read the ledger's dispatches (or this one) once more, with today's words and parties: drafts that nobody has
    /// reviewed are replaced
    #[arg(
        long,
        value_name = "D5",
        num_args = 0..=1,
        value_parser = number_of(NumberKind::Dispatch),
        conflicts_with_all = ["files", "parties", "lang", "received", "source", "format", "output"],
    )]
    #[allow(clippy::option_option, reason = "the option is missing, or bare, or with a value")]
    again: Option<Option<Number>>,
    /// Print of each claim the words in which each part of it was read, and by which rule
    #[arg(long, conflicts_with_all = ["schema", "again"])]
    why: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    if let Some(dispatch) = &args.again {
        return again::run(dispatch.as_ref(), args.reading.own_words()?, &args.writing, context);
    }
    if args.writing.by.is_some() || args.writing.dry_run || args.writing.clock_may_lag {
        return Err(Error::usage("without --again nothing is written")
            .hint("leave out --by, --dry-run and --clock-may-lag, or add --again"));
    }
    if args.schema {
        return print_schema(&args.output, context);
    }
    let form = args.output.form(if args.why { WHY } else { &[Format::Jsonl] })?;
    let destination = args.output.open()?;
    let found = files::find(&args.files, files::TEXTS);
    let parties = PartyBook::new(args.reading.parties(&found)?);
    let extractor =
        Extractor::new(&parties, args.writing.tz.unwrap_or(Zone::UTC))?.with_words(args.reading.own_words()?);
    let options = Options { hints: args.reading.hints(), ..Options::default() };
    let shape = if args.why { Shape::Why(form, destination.look(context)) } else { Shape::Lines };
    let done = print_claims(&extractor, found, &options, shape, destination, context)?;
    say_unknown(&done.unknown, context)?;
    say_passed_over(&done.passed_over, context)?;
    say_refused(done.refused, done.read, context)
}

fn print_schema(output: &OutputArgs, context: &mut Context) -> Result<Outcome> {
    output.form(&[Format::Json])?;
    let schema = claim_schema();
    output.open()?.write(context, |out| writeln!(out, "{schema:#}"))?;
    Ok(Outcome::Fine)
}

/// What reading came to.
#[derive(Default)]
struct Done {
    read: usize,
    refused: Vec<Error>,
    unknown: UnknownActors,
    /// The dispatches that were passed over, by why.
    passed_over: BTreeMap<String, Vec<String>>,
}

/// The forms in which `--why` prints.
const WHY: &[Format] = &[Format::Table, Format::Jsonl, Format::Md];

/// How claims are printed.
#[derive(Debug, Clone, Copy)]
enum Shape {
    /// A line of JSON each.
    Lines,
    /// How each was read.
    Why(Format, Look),
}

impl Shape {
    /// Prints what a dispatch gave, the first of all or one after others.
    fn print(self, dispatch: &Dispatch, read: &Extraction, first: bool, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Lines => read.claims.iter().try_for_each(|claim| {
                serde_json::to_writer(&mut *out, claim)?;
                out.write_all(b"\n")
            }),
            Self::Why(form, look) => why(dispatch, read).into_iter().enumerate().try_for_each(|(nth, card)| {
                if form != Format::Jsonl && (nth > 0 || !first) {
                    writeln!(out)?;
                }
                form.form(look).card(&card, out)
            }),
        }
    }
}

/// How each claim of a dispatch was read.
fn why(dispatch: &Dispatch, extraction: &Extraction) -> Vec<Card> {
    let sentences = extract::sentences_of(dispatch);
    let text = reading::Text { text: &dispatch.text, sentences: &sentences };
    let card = |(nth, (claim, evidence)): (usize, (&Claim, &Vec<Evidence>))| {
        let evidence: Vec<ReadAt> = evidence.iter().map(ReadAt::from).collect();
        let sections = vec![
            reading::passages(claim, &evidence, text),
            Section { key: "evidence", body: Body::Table(reading::sheet(claim, &evidence, text)) },
        ];
        Card { name: format!("{}#{}", dispatch.stem, nth + 1), title: sentence(claim), sections, ..Card::default() }
    };
    extraction.claims.iter().zip(&extraction.evidence).enumerate().map(card).collect()
}

fn print_claims(
    extractor: &Extractor,
    found: Found,
    options: &Options,
    shape: Shape,
    destination: Destination,
    context: &mut Context,
) -> Result<Done> {
    let mut done = Done { read: 0, refused: found.refused, ..Done::default() };
    let mut printed = false;
    destination.write(context, |out| {
        let mut take = |dispatch: Result<Dispatch>| match dispatch {
            Err(error) => {
                done.refused.push(error);
                Ok(())
            }
            Ok(dispatch) => {
                let extraction = extractor.extract(&dispatch);
                shape.print(&dispatch, &extraction, !printed, out)?;
                printed |= !extraction.claims.is_empty();
                done.unknown.add(extraction.unknown);
                for why in extraction.notes {
                    done.passed_over.entry(why).or_default().push(dispatch.stem.clone());
                }
                done.read += 1;
                Ok(())
            }
        };
        found.texts.iter().try_for_each(|path| texts::dispatches(path, options, &mut take))
    })?;
    Ok(done)
}

/// Says which dispatches were passed over, and why.
fn say_passed_over(passed_over: &BTreeMap<String, Vec<String>>, context: &mut Context) -> Result<()> {
    /// So many are named.
    const TOLD: usize = 5;
    for (why, stems) in passed_over {
        let named: Vec<&str> = stems.iter().take(TOLD).map(String::as_str).collect();
        let more = match stems.len().saturating_sub(TOLD) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        context.say(format_args!("passed over: {}{more}: {why}", named.join(", ")))?;
    }
    Ok(())
}

/// Says what was refused. Where nothing could be read, that is the verb's error.
fn say_refused(mut refused: Vec<Error>, read: usize, context: &mut Context) -> Result<Outcome> {
    let last = if read == 0 { refused.pop() } else { None };
    for error in &refused {
        context.say_error(error)?;
    }
    match last {
        Some(error) => Err(error),
        None if read == 0 => Err(nothing_here()),
        None => Ok(Outcome::findings_if(!refused.is_empty())),
    }
}

/// The error of files and folders that hold no text.
pub fn nothing_here() -> Error {
    Error::not_found("there is no text here").hint("name files of texts, or folders that hold some")
}
