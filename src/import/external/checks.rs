//! What a claim of another program must stand: its quote is in the dispatch, and it says nothing of what only the ledger
//! knows.

use crate::error::{Error, Result, quoted};
use crate::model::{ByteSpan, Claim, Dispatch};

/// Checks a claim against its dispatch, and finds where its quote stands.
pub(super) fn check(claim: &mut Claim, dispatch: &Dispatch) -> Result<()> {
    claim.span = Some(quoted_at(claim, &dispatch.text)?);
    let outside = [
        ("ref", claim.reference.is_some()),
        ("source", claim.source.is_some()),
        ("url", claim.url.is_some()),
        ("published", claim.published.is_some()),
        ("noted_at", claim.noted_at.is_some()),
        ("answers", !claim.answers.is_empty()),
    ];
    match outside.iter().find(|(_, said)| *said) {
        Some((field, _)) => Err(Error::data(format!("`{field}` is not for an extractor to say"))
            .in_column(*field)
            .hint("leave it out: the dispatch and the ledger tell it")),
        None => Ok(()),
    }
}

/// Where the quote stands: at the span given, else where it stands first.
fn quoted_at(claim: &Claim, text: &str) -> Result<ByteSpan> {
    let quote = claim.quote.as_deref().filter(|quote| !quote.trim().is_empty()).ok_or_else(|| {
        Error::data("a claim without a quote leads back to nothing")
            .in_column("quote")
            .hint("quote the words it rests on as they stand in the text")
    })?;
    let missing = |what: &str| {
        Error::data(format!("{} {what}", quoted(quote)))
            .in_column("quote")
            .hint("quote verbatim, byte for byte: no other quotation marks, spaces or hyphens")
    };
    match claim.span {
        Some(span) if span.of(text) == Some(quote) => Ok(span),
        Some(_) => Err(missing("does not stand at its span")),
        None => {
            let lo = text.find(quote).ok_or_else(|| missing("does not stand in the dispatch"))?;
            Ok(ByteSpan { lo, hi: lo + quote.len() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Baku denied it. Yerevan said: «Baku denied it.»";

    fn dispatch() -> Dispatch {
        crate::import::read_dispatch("a", TEXT.into(), &crate::import::Hints::default()).unwrap()
    }

    fn claim(json: &str) -> Claim {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_quote_is_found_where_it_stands() {
        let mut told = claim(r#"{"stance":"denies","act":"shelling","quote":"Baku denied it."}"#);
        check(&mut told, &dispatch()).unwrap();
        assert_eq!(told.span, Some(ByteSpan { lo: 0, hi: 15 }));
        let mut second = claim(r#"{"stance":"denies","act":"shelling","quote":"Baku denied it.","span":[32,47]}"#);
        check(&mut second, &dispatch()).unwrap();
        assert_eq!(second.span, Some(ByteSpan { lo: 32, hi: 47 }));
    }

    #[test]
    fn what_is_made_up_is_refused() {
        for (json, why) in [
            (r#"{"stance":"denies","act":"shelling"}"#, "quote: a claim without a quote leads back to nothing"),
            (
                r#"{"stance":"denies","act":"shelling","quote":" "}"#,
                "quote: a claim without a quote leads back to nothing",
            ),
            (
                r#"{"stance":"denies","act":"shelling","quote":"Baku admitted it."}"#,
                "quote: `Baku admitted it.` does not stand in the dispatch",
            ),
            (
                r#"{"stance":"denies","act":"shelling","quote":"Baku","span":[1,5]}"#,
                "quote: `Baku` does not stand at its span",
            ),
            (
                r#"{"stance":"denies","act":"shelling","quote":"Baku","span":[1,5000]}"#,
                "quote: `Baku` does not stand at its span",
            ),
            (
                r#"{"stance":"denies","act":"shelling","quote":"Baku","source":"BBC"}"#,
                "source: `source` is not for an extractor to say",
            ),
        ] {
            assert_eq!(check(&mut claim(json), &dispatch()).unwrap_err().to_string(), why);
        }
    }
}
