//! `list`: lists claims.

use std::collections::HashMap;

use super::filter::FilterArgs;
use super::output::{Format, OutputArgs};
use super::{Context, Outcome};
use crate::error::Result;
use crate::ledger::{Counted, Snapshot};
use crate::model::text::shown;
use crate::model::{Claim, Id};
use crate::report::claims::{Reading, sheet};
use crate::report::input::{Names, offices};

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let (form, destination) = (args.output.form(Format::ALL)?, args.output.open()?);
    let ledger = context.open_to_read()?;
    let snapshot = ledger.snapshot()?;
    let chosen = args.filter.resolve(&snapshot)?;
    let claims = snapshot.counted(&chosen.filter)?;
    if claims.is_empty() {
        context.say(format_args!("no live claim passes the filters: {}", shown(&chosen.line())))?;
        return Ok(Outcome::Findings);
    }
    let parties = snapshot.parties()?;
    let reading = Reading {
        names: &Names::new(&parties),
        words: &words(&claims, &snapshot)?,
        zone: snapshot.office().zone,
        offices: &offices(&snapshot, &claims),
    };
    destination.sheet(form, &sheet(&claims, &reading, &chosen.line()), context)?;
    Ok(Outcome::Fine)
}

/// The claims in full whose own words the list needs.
fn words(claims: &[Counted], snapshot: &Snapshot<'_>) -> Result<HashMap<Id, Claim>> {
    let needed = claims.iter().filter(|counted| Reading::needs_words(&counted.fact));
    let mut words = HashMap::new();
    for counted in needed {
        if let Some(claim) = snapshot.claim(counted.fact.id)? {
            words.insert(counted.fact.id, claim.value);
        }
    }
    Ok(words)
}
