//! What `add` and `amend` do with a claim as typed: names become parties, the quote is found, the claim is recorded.

use super::claim_args::ClaimArgs;
use super::names::Names;
use super::numbers::{Stands, find};
use super::writing::Written;
use super::{Context, Outcome};
use crate::error::{Error, Kind, Result, quoted};
use crate::ledger::{Batch, Provenance};
use crate::model::text::shown;
use crate::model::{ByteSpan, Claim, Dispatch, Id, NARRATION, Number, NumberKind};

/// A claim as it came to stand.
#[derive(Debug)]
pub struct Recording {
    stands: Stands,
    summary: String,
    registered: Vec<String>,
}

/// Records a claim whose names are as typed; `replaces` is the one it corrects.
pub fn record(batch: &mut Batch<'_>, fields: &ClaimArgs, mut claim: Claim, replaces: Option<Id>) -> Result<Recording> {
    let mut names = Names::of(batch)?;
    resolve(&mut claim, &mut names, batch)?;
    let mut provenance = Provenance { replaces, ..Provenance::default() };
    {
        let snapshot = batch.snapshot()?;
        for number in &fields.answers {
            find(&snapshot, number)?;
        }
        if let Some(number) = &fields.dispatch {
            let id = find(&snapshot, number)?;
            provenance.dispatch = Some(id);
            if let Some(dispatch) = snapshot.dispatch(id)? {
                cite(&mut claim, &dispatch.value)?;
            }
        }
    }
    let added = batch.add_claim(&claim, &provenance)?;
    let stands = Stands::of(&batch.snapshot()?, NumberKind::Claim, added);
    Ok(Recording { stands, summary: summary(&claim), registered: names.into_registered() })
}

/// Says what was recorded.
pub fn print(written: &Written<Recording>, context: &mut Context) -> Result<Outcome> {
    print_registered(&written.value.registered, written.batch(), context)?;
    let line = written.value.stands.line(written.batch());
    context.print(format_args!("{line}: {}", written.value.summary))?;
    Ok(Outcome::Fine)
}

/// Says which built-in parties are registered because they were named.
pub fn print_registered(parties: &[String], batch: Option<&Number>, context: &mut Context) -> Result<()> {
    let verb = if batch.is_some() { "registered" } else { "would register" };
    for party in parties {
        context.print(format_args!("{verb} the built-in party {}", shown(party)))?;
    }
    Ok(())
}

/// Every name must be a party's. Who speaks, acts and suffers is named by the party's main name, with the words as
/// typed beside it; lists keep the words, and the ledger the party beside them.
fn resolve(claim: &mut Claim, names: &mut Names, batch: &mut Batch<'_>) -> Result<()> {
    for (name, words, instead) in [
        (&mut claim.claimant, &mut claim.claimant_text, "--claimant-text"),
        (&mut claim.accused, &mut claim.accused_text, "--accused-text"),
        (&mut claim.target, &mut claim.target_text, "--target-text"),
    ] {
        let Some(typed) = name.take_if(|name| name != NARRATION) else { continue };
        let party = names.party(batch, &typed).map_err(|error| or_as_said(error, instead))?;
        if party != typed {
            words.get_or_insert(typed);
        }
        *name = Some(party);
    }
    let sides = claim.losses.iter().filter_map(|loss| loss.side.as_ref());
    let lists = [&claim.involved, &claim.parties, &claim.mediators];
    for name in lists.into_iter().flatten().chain(sides) {
        names.party(batch, name)?;
    }
    Ok(())
}

/// An actor nobody registered can still be recorded in the words of the source.
fn or_as_said(error: Error, option: &str) -> Error {
    match (error.kind(), error.remedy()) {
        (Kind::NotFound, Some(hint)) => {
            let hint = format!("{hint}; to keep the words without a party: {option}");
            error.hint(hint)
        }
        _ => error,
    }
}

/// Brings quote and span together: each must agree with the dispatch's text, and each tells the other.
fn cite(claim: &mut Claim, dispatch: &Dispatch) -> Result<()> {
    let text = dispatch.text.as_str();
    match (claim.quote.as_deref(), claim.span) {
        (None, None) => {}
        (Some(quote), None) => claim.span = Some(place_of(quote, text)?),
        (quote, Some(span)) => {
            let there = span.of(text).ok_or_else(|| {
                Error::usage(format!("the span {}-{} does not lie in the dispatch's text", span.lo, span.hi))
                    .hint(format!("it has {} bytes; a span begins and ends between characters", text.len()))
            })?;
            if let Some(quote) = quote.filter(|quote| *quote != there) {
                let message = format!("the quote is {}, and at the span stands {}", quoted(quote), quoted(there));
                return Err(Error::usage(message).hint("leave --quote or --span out: each tells the other"));
            }
            claim.quote = Some(there.to_owned());
        }
    }
    Ok(())
}

fn place_of(quote: &str, text: &str) -> Result<ByteSpan> {
    let mut places = text.match_indices(quote).map(|(lo, found)| ByteSpan { lo, hi: lo + found.len() });
    match (places.next(), places.next()) {
        (Some(span), None) => Ok(span),
        (None, _) => Err(Error::usage(format!("the quote {} does not stand in the dispatch", quoted(quote)))
            .hint("copy it from `trucebook show` of the dispatch, letter by letter")),
        (Some(_), Some(_)) => Err(Error::usage(format!("the quote {} stands there more than once", quoted(quote)))
            .hint("quote more of it, or tell the place with --span")),
    }
}

/// "Azerbaijan: alleges shelling by Armenia, Ganja, 2020-10-11".
fn summary(claim: &Claim) -> String {
    let said = |name: &Option<String>, words: &Option<String>| name.clone().or_else(|| words.clone());
    let claimant = match said(&claim.claimant, &claim.claimant_text) {
        Some(name) if name == NARRATION => "the text itself".to_owned(),
        Some(name) => shown(&name).to_string(),
        None => "somebody".to_owned(),
    };
    let accused = said(&claim.accused, &claim.accused_text);
    let by = accused.map_or_else(String::new, |accused| format!(" by {}", shown(&accused)));
    let places = claim.place.iter().map(|place| format!(", {}", shown(place)));
    let when = claim.occurred.map(|when| format!(", {when}"));
    let about: String = places.chain(when).collect();
    format!("{claimant}: {} {}{by}{about}", claim.stance, claim.act)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_found_where_it_stands_once() {
        assert_eq!(place_of("обстрел", "Был обстрел.").unwrap(), ByteSpan { lo: 7, hi: 21 });
        assert!(place_of("fire", "fire and fire").unwrap_err().to_string().contains("more than once"));
        assert!(place_of("fire", "calm").unwrap_err().to_string().contains("does not stand"));
    }
}
