//! `amend`: corrects a claim. A new claim with the fields given takes its place; the old one stays in the book.

use super::claim_args::ClaimArgs;
use super::numbers::{claims, find};
use super::recording::{print, record};
use super::writing::Writing;
use super::{Context, Outcome};
use crate::error::{Error, Result, quoted};
use crate::ledger::Snapshot;
use crate::model::{Claim, Id, Number};

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The claim to correct, such as C7
    #[arg(value_parser = claims())]
    number: Number,
    /// A field that is unknown after all, by its option: --clear target; may be given again
    #[arg(long, value_name = "FIELD")]
    clear: Vec<String>,
    #[command(flatten)]
    fields: ClaimArgs,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    if args.fields.is_empty() && args.clear.is_empty() {
        return Err(Error::usage("nothing is to be amended").hint(
            "name the fields with their new values, such as --occurred 2020-10-11; see `trucebook amend --help`",
        ));
    }
    let written = context.write("amend", &args.writing, |batch, _| {
        let (old, mut claim) = read(&batch.snapshot()?, &args.number)?;
        for field in &args.clear {
            clear(&mut claim, field)?;
        }
        if args.fields.quote.is_some() {
            claim.span = None;
        }
        args.fields.lay_on(&mut claim)?;
        record(batch, &args.fields, claim, Some(old))
    })?;
    print(&written, context)
}

fn read(snapshot: &Snapshot<'_>, number: &Number) -> Result<(Id, Claim)> {
    let id = find(snapshot, number)?;
    let claim = snapshot.claim(id)?.ok_or_else(|| Error::not_found(format!("{number} cannot be read")))?;
    Ok((id, claim.value))
}

/// Options of fields that can become unknown.
const CLEARABLE: &[&str] = &[
    "speaker",
    "said-at",
    "accused",
    "attribution",
    "target",
    "involved",
    "party",
    "mediator",
    "answers",
    "place",
    "lat",
    "occurred",
    "extent",
    "zone",
    "figure",
    "loss",
    "civilian",
    "quote",
    "source",
    "ref",
    "url",
    "published",
    "noted-at",
    "rule",
    "confidence",
    "note",
];

fn clear(claim: &mut Claim, field: &str) -> Result<()> {
    match field.trim_start_matches("--") {
        "speaker" => claim.speaker = None,
        "said-at" => claim.said_at = None,
        "accused" => (claim.accused, claim.accused_text, claim.attribution) = (None, None, None),
        "attribution" => claim.attribution = None,
        "target" => (claim.target, claim.target_text) = (None, None),
        "involved" => claim.involved.clear(),
        "party" => claim.parties.clear(),
        "mediator" => claim.mediators.clear(),
        "answers" => claim.answers.clear(),
        "place" => claim.place.clear(),
        "lat" | "lon" => (claim.lat, claim.lon) = (None, None),
        "occurred" => claim.occurred = None,
        "extent" => claim.extent = None,
        "zone" => claim.zone = None,
        "figure" | "count" => claim.figures.clear(),
        "loss" | "killed" | "wounded" | "missing" | "captured" => claim.losses.clear(),
        "civilian" => claim.civilian = None,
        "quote" | "span" => (claim.quote, claim.span) = (None, None),
        "source" => claim.source = None,
        "ref" => claim.reference = None,
        "url" => claim.url = None,
        "published" => claim.published = None,
        "noted-at" => claim.noted_at = None,
        "rule" => claim.rules.clear(),
        "confidence" => claim.confidence = None,
        "note" => claim.note = None,
        other => {
            return Err(Error::usage(format!("{} is no field that can become unknown", quoted(other)))
                .hint(format!("one of: {}", CLEARABLE.join(", "))));
        }
    }
    Ok(())
}
