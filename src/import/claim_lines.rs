//! Our own claims as JSON lines, the lossless form.

use super::item::Item;
use super::lines;
use crate::error::{Error, Result, quoted};
use crate::model::party::sound_name;
use crate::model::text::is_hostile;
use crate::model::{Claim, NARRATION};

/// What a line tells.
pub(super) fn item(line: &str) -> Result<Item> {
    claim(line).map(|claim| Item::Claim(Box::new(claim)))
}

/// The claim of a line.
pub(super) fn claim(line: &str) -> Result<Claim> {
    let claim = lines::parsed(line, "claim", "`trucebook extract --schema` prints the shape of a claim")?;
    check(&claim)?;
    Ok(claim)
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
