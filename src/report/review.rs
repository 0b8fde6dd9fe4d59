//! `review`: the drafts that nobody has reviewed, by dispatch, each with the sentence it was read in.

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use crate::error::Result;
use crate::ledger::{Filter, Recorded, Snapshot};
use crate::model::{ByteSpan, Claim, Dispatch, Id, NumberKind};
use crate::report::sheet::{Cell, Column, Note, Sheet};
use crate::report::show::sentence;

/// A draft in full.
#[derive(Debug)]
pub struct Draft {
    /// Its id.
    pub id: Id,
    /// The dispatch it was read in.
    pub dispatch: Option<Id>,
    /// What it says.
    pub claim: Claim,
}

impl Draft {
    /// The live claims that pass, by dispatch and place in it.
    pub fn read(snapshot: &Snapshot<'_>, filter: &Filter) -> Result<Vec<Self>> {
        let mut drafts = Vec::new();
        for counted in snapshot.counted(filter)? {
            if let Some(Recorded { id, value, .. }) = snapshot.claim(counted.fact.id)? {
                drafts.push(Self { id, dispatch: counted.fact.dispatch, claim: value });
            }
        }
        drafts.sort_by_key(|draft| (draft.dispatch, draft.claim.span.map(|span| span.lo), draft.id));
        Ok(drafts)
    }
}

/// The list of drafts.
pub fn sheet(snapshot: &Snapshot<'_>, drafts: &[Draft], filters: &str) -> Result<Sheet> {
    let mut dispatches: HashMap<Id, Option<Recorded<Dispatch>>> = HashMap::new();
    let mut rows = Vec::new();
    for draft in drafts {
        if let Some(id) = draft.dispatch.filter(|id| !dispatches.contains_key(id)) {
            dispatches.insert(id, snapshot.dispatch(id)?);
        }
        let dispatch = draft.dispatch.and_then(|id| dispatches.get(&id)?.as_ref());
        rows.push(row(draft, dispatch.map(|dispatch| dispatch.value.text.as_str())));
    }
    Ok(Sheet {
        name: "review",
        title: "Drafts to review".to_owned(),
        columns: vec![
            Column::words("dispatch", "dispatch"),
            Column::words("claim", "claim"),
            Column::words("confidence", "confidence"),
            Column::words("says", "says"),
            Column::words("sentence", "in the sentence"),
            Column::words("quote", "quote").aside(),
        ],
        rows,
        notes: vec![
            Note::new("filters", filters),
            Note::new("counts", "a row is a claim that a program read and no person has accepted or rejected"),
        ],
        ..Sheet::default()
    })
}

fn row(draft: &Draft, text: Option<&str>) -> Vec<Cell> {
    let claim = &draft.claim;
    let around = text.zip(claim.span).and_then(|(text, span)| around(text, span)).map(str::to_owned);
    vec![
        Cell::number(NumberKind::Dispatch, draft.dispatch),
        Cell::Number(NumberKind::Claim, draft.id),
        Cell::text(claim.confidence.map(|confidence| confidence.to_string())),
        Cell::Text(sentence(claim)),
        Cell::text(around.or_else(|| claim.quote.clone())),
        Cell::text(claim.quote.clone()),
    ]
}

/// The sentences (UAX #29) that a span touches, within its line. `None` where the span lies outside the text.
fn around(text: &str, span: ByteSpan) -> Option<&str> {
    span.of(text)?;
    let start = text.get(..span.lo)?.rfind('\n').map_or(0, |at| at + 1);
    let end = text.get(span.hi..)?.find('\n').map_or(text.len(), |at| span.hi + at);
    let lines = text.get(start..end)?;
    let touched = lines
        .split_sentence_bound_indices()
        .filter(|(at, sentence)| start + at < span.hi && start + at + sentence.len() > span.lo);
    let (mut lo, mut hi) = (span.lo, span.hi);
    for (at, sentence) in touched {
        lo = lo.min(start + at);
        hi = hi.max(start + at + sentence.len());
    }
    text.get(lo..hi).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_around_a_quote_is_whole_and_stays_in_its_line() {
        let text = "Title\nIt was calm. Baku said Armenia shelled Tartar, and denied it fired. Then rain.\nMore.";
        let of = |words: &str| {
            let lo = text.find(words).unwrap();
            around(text, ByteSpan { lo, hi: lo + words.len() })
        };
        assert_eq!(of("shelled Tartar"), Some("Baku said Armenia shelled Tartar, and denied it fired."));
        assert_eq!(of("calm. Baku"), Some("It was calm. Baku said Armenia shelled Tartar, and denied it fired."));
        assert_eq!(of("Title"), Some("Title"));
        assert_eq!(of("More."), Some("More."));
        assert_eq!(around(text, ByteSpan { lo: 5, hi: 5000 }), None);
        assert_eq!(around("aé", ByteSpan { lo: 2, hi: 3 }), None);
    }
}
