//! `add`: records a claim. Without options on a terminal it asks field by field.

use super::ask::ask;
use super::claim_args::ClaimArgs;
use super::recording::{print, record};
use super::writing::Writing;
use super::{Context, Outcome};
use crate::error::{Error, Result};
use crate::model::Claim;

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    #[command(flatten)]
    fields: ClaimArgs,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let asked;
    let fields = if args.fields.is_empty() && context.terminals.input && context.terminals.errors {
        asked = ask(context, &args.writing)?;
        &asked
    } else {
        &args.fields
    };
    let claim = claim(fields)?;
    let written = context.write("add", &args.writing, |batch, _| record(batch, fields, claim, None))?;
    print(&written, context)
}

/// The claim of these fields: claimant, stance and act must be among them.
fn claim(fields: &ClaimArgs) -> Result<Claim> {
    let (Some(stance), Some(act), true) =
        (fields.stance, fields.act.clone(), fields.claimant.is_some() || fields.claimant_text.is_some())
    else {
        return Err(missing(fields));
    };
    let mut claim = Claim::new(stance, act);
    fields.lay_on(&mut claim)?;
    Ok(claim)
}

fn missing(fields: &ClaimArgs) -> Error {
    let mut missing = Vec::new();
    if fields.claimant.is_none() && fields.claimant_text.is_none() {
        missing.push("`--claimant`");
    }
    if fields.stance.is_none() {
        missing.push("`--stance`");
    }
    if fields.act.is_none() {
        missing.push("`--act`");
    }
    let verb = if missing.len() == 1 { "is" } else { "are" };
    Error::usage(format!("a claim says who says what of which act: {} {verb} missing", missing.join(", ")))
        .hint("see `trucebook add --help`; on a terminal, `trucebook add` alone asks field by field")
}
