//! Our own claims as JSON lines, the lossless form.

use serde_json::Value;

use super::item::Item;
use crate::error::{Error, Result, quoted};
use crate::model::party::sound_name;
use crate::model::text::{cut, is_hostile, shown};
use crate::model::{Claim, NARRATION};

/// The claim of a line.
pub(super) fn item(line: &str) -> Result<Item> {
    let claim = parse(line)?;
    check(&claim)?;
    Ok(Item::Claim(Box::new(claim)))
}

/// A line of a list of refused rows carries a `reason`, which is none of the claim's fields.
fn parse(line: &str) -> Result<Claim> {
    let bad = |error: serde_json::Error| {
        Error::data(format!("no claim: {}", shown(&cut(&error.to_string(), 200))))
            .hint("`trucebook extract --schema` prints the shape of a claim")
            .caused_by(error)
    };
    match serde_json::from_str(line) {
        Ok(claim) => Ok(claim),
        Err(error) => {
            let Ok(Value::Object(mut object)) = serde_json::from_str(line) else { return Err(bad(error)) };
            if object.remove("reason").is_none() {
                return Err(bad(error));
            }
            serde_json::from_value(Value::Object(object)).map_err(bad)
        }
    }
}

/// Refuses names that could deceive and texts with control characters.
fn check(claim: &Claim) -> Result<()> {
    let single = [
        ("claimant", &claim.claimant),
        ("claimant_text", &claim.claimant_text),
        ("speaker", &claim.speaker),
        ("accused", &claim.accused),
        ("accused_text", &claim.accused_text),
        ("target", &claim.target),
        ("target_text", &claim.target_text),
        ("source", &claim.source),
    ];
    for (field, name) in single {
        let Some(name) = name else { continue };
        if !(field == "claimant" && name == NARRATION) {
            check_name(field, name)?;
        }
    }
    let lists = [
        ("parties", &claim.parties),
        ("mediators", &claim.mediators),
        ("involved", &claim.involved),
        ("place", &claim.place),
        ("answers", &claim.answers),
    ];
    for (field, names) in lists {
        names.iter().try_for_each(|name| check_name(field, name))?;
    }
    claim.losses.iter().filter_map(|loss| loss.side.as_deref()).try_for_each(|side| check_name("losses", side))?;
    let texts = [("quote", &claim.quote), ("note", &claim.note), ("url", &claim.url), ("ref", &claim.reference)];
    for (field, text) in texts {
        let hostile = |c: char| is_hostile(c) && c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        if text.as_deref().is_some_and(|text| text.contains(hostile)) {
            return Err(Error::data("it holds control characters")
                .hint("type it anew: what was pasted holds characters that cannot be seen")
                .in_column(field));
        }
    }
    Ok(())
}

fn check_name(field: &str, name: &str) -> Result<()> {
    sound_name(name)
        .map(|_| ())
        .map_err(|bad| Error::data(format!("{}: {bad}", quoted(name))).hint(bad.remedy()).in_column(field))
}
