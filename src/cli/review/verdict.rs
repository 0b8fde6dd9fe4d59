//! `review accept` and `review reject`: one verdict on many drafts, as one batch.

use std::collections::HashSet;

use super::super::args::parsed;
use super::super::numbers::find;
use super::super::writing::Writing;
use super::super::{Context, Outcome};
use super::{Which, say_none};
use crate::error::{Error, Result};
use crate::ledger::{Batch, Filter, Review, Snapshot};
use crate::model::{Id, Number, NumberKind};

/// Which drafts a verdict is about.
#[derive(Debug, Clone, Default, clap::Args)]
struct About {
    /// Claims, such as C7, or all drafts of dispatches and batches, such as D5 and B2
    #[arg(value_name = "NUMBER", value_parser = parsed::<Number>)]
    numbers: Vec<Number>,
    #[command(flatten)]
    which: Which,
    /// All drafts there are
    #[arg(long, conflicts_with = "numbers", help_heading = "Which claims")]
    all: bool,
}

/// What `accept` takes.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Accept {
    #[command(flatten)]
    about: About,
    /// Why
    #[arg(long, value_name = "WORDS")]
    why: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

/// What `reject` takes.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Reject {
    #[command(flatten)]
    about: About,
    /// Why
    #[arg(long, value_name = "WORDS", required = true)]
    why: String,
    #[command(flatten)]
    writing: Writing,
}

/// Runs `review accept`.
pub(super) fn accept(args: &Accept, context: &mut Context) -> Result<Outcome> {
    decide(Review::Accepted, &args.about, args.why.as_deref(), &args.writing, context)
}

/// Runs `review reject`.
pub(super) fn reject(args: &Reject, context: &mut Context) -> Result<Outcome> {
    decide(Review::Rejected, &args.about, Some(&args.why), &args.writing, context)
}

fn decide(
    verdict: Review,
    about: &About,
    why: Option<&str>,
    writing: &Writing,
    context: &mut Context,
) -> Result<Outcome> {
    // Without a ledger there is nothing to review, and none shall be made.
    drop(context.open_to_read()?);
    let written = context.write("review", writing, |batch, _| {
        let (claims, filters) = about.claims(&batch.snapshot()?)?;
        for &claim in &claims {
            batch.review(claim, verdict, why)?;
        }
        Ok((quoted(batch, &claims)?, filters))
    })?;
    let (claims, filters) = &written.value;
    for claim in claims {
        match written.batch() {
            Some(batch) => context.print(format_args!("{claim} {} in {batch}", verdict.as_str()))?,
            None => context.print(format_args!("{claim} would be {}", verdict.as_str()))?,
        }
    }
    if claims.is_empty() {
        say_none(filters, context)?;
    }
    Ok(Outcome::findings_if(claims.is_empty()))
}

fn quoted(batch: &Batch<'_>, claims: &[Id]) -> Result<Vec<Number>> {
    let snapshot = batch.snapshot()?;
    Ok(claims.iter().map(|&claim| snapshot.number(NumberKind::Claim, claim)).collect())
}

impl About {
    /// The claims it is about, ascending, each once, and in words what chose them. A claim that is named is reviewed
    /// whatever was said of it before; of all others only drafts are.
    fn claims(&self, snapshot: &Snapshot<'_>) -> Result<(Vec<Id>, String)> {
        let (passing, chosen) = self.which.drafts(snapshot)?;
        let narrowed = !chosen.words.is_empty();
        if self.numbers.is_empty() && !narrowed && !self.all {
            return Err(Error::usage("which drafts is not said").hint(
                "name claims, dispatches or batches, such as C7 D5 B2, or a filter such as --confidence 0.9+, or --all",
            ));
        }
        if self.numbers.is_empty() {
            return Ok((passing.iter().map(|draft| draft.id).collect(), chosen.line()));
        }
        let mut claims = Vec::new();
        for number in &self.numbers {
            let id = find(snapshot, number)?;
            let of = |filter| -> Result<Vec<Id>> {
                let filter = Filter { draft: Some(true), ..filter };
                Ok(snapshot.counted(&filter)?.iter().map(|counted| counted.fact.id).collect())
            };
            match number.kind {
                NumberKind::Claim => claims.push(extracted(snapshot, number, id)?),
                NumberKind::Dispatch => claims.extend(of(Filter { dispatch: Some(id), ..Filter::default() })?),
                NumberKind::Batch => claims.extend(of(Filter { batch: Some(id), ..Filter::default() })?),
                _ => return Err(not_reviewed(number)),
            }
        }
        claims.sort_unstable();
        claims.dedup();
        if narrowed {
            let passing: HashSet<Id> = passing.iter().map(|draft| draft.id).collect();
            claims.retain(|id| passing.contains(id));
        }
        let numbers = self.numbers.iter().map(ToString::to_string);
        Ok((claims, numbers.chain(chosen.words).collect::<Vec<_>>().join("; ")))
    }
}

/// A claim that an extractor read.
fn extracted(snapshot: &Snapshot<'_>, number: &Number, id: Id) -> Result<Id> {
    match snapshot.history(id)? {
        Some(history) if history.extractor.is_some() => Ok(id),
        _ => Err(Error::conflict(format!("{number} was entered by a person: there is nothing to review"))
            .hint("`trucebook amend` corrects it, `trucebook retract` takes it back")),
    }
}

fn not_reviewed(number: &Number) -> Error {
    Error::usage(format!("{number} is a {}, and claims, dispatches and batches are reviewed", number.kind.name()))
        .hint("name numbers such as C7, D5 or B2")
}
