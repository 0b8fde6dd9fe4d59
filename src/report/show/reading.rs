//! How a claim was read: its passages with the words that each slot was read in, and the rule of each slot.

use std::collections::BTreeMap;

use crate::ledger::ReadAt;
use crate::model::{ByteSpan, Claim};
use crate::report::sheet::{Body, Cell, Column, Mark, Passage, Section, Sheet};

/// The slots in the order in which they are told.
const SLOTS: [&str; 9] = ["claimant", "cue", "act", "accused", "target", "time", "place", "figure", "loss"];

/// A text with its sentences.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// The dispatch's working text.
    pub text: &'a str,
    /// Its sentences in order, as the extractor cut them.
    pub sentences: &'a [ByteSpan],
}

impl Text<'_> {
    /// The sentence that words stand in: its place among the sentences. `None` above the story.
    fn sentence(&self, span: ByteSpan) -> Option<usize> {
        let after = self.sentences.partition_point(|sentence| sentence.lo <= span.lo);
        let at = after.checked_sub(1)?;
        self.sentences.get(at).filter(|sentence| span.lo < sentence.hi).map(|_| at)
    }

    /// The line that words stand in, where they are in no sentence.
    fn line(&self, span: ByteSpan) -> ByteSpan {
        let before = self.text.get(..span.lo).and_then(|text| text.rfind('\n')).map_or(0, |at| at + 1);
        let after =
            self.text.get(span.lo..).and_then(|text| text.find('\n')).map_or(self.text.len(), |at| span.lo + at);
        ByteSpan { lo: before, hi: after.max(before) }
    }
}

/// Where a sentence stands to the claim's own.
fn place(own: Option<usize>, sentence: Option<usize>) -> String {
    let (Some(own), Some(sentence)) = (own, sentence) else { return "above the story".to_owned() };
    let far = own.abs_diff(sentence);
    let side = if sentence < own { "before" } else { "after" };
    match far {
        0 => "this sentence".to_owned(),
        1 => format!("the sentence {side}"),
        _ => format!("{far} sentences {side}"),
    }
}

/// The passages of a text that a claim was read in, in their order, the words of each slot marked.
pub fn passages(claim: &Claim, evidence: &[ReadAt], text: Text<'_>) -> Section {
    let own = claim.span.and_then(|span| text.sentence(span));
    let mut found: BTreeMap<(usize, usize), Passage> = BTreeMap::new();
    let marks = evidence.iter().filter_map(|read| Some((read.span?, known(&read.slot)?)));
    let quoted = claim.span.map(|span| (ByteSpan { hi: span.lo, ..span }, "")); // The claim's own sentence is always shown.
    for (span, label) in quoted.into_iter().chain(marks) {
        let sentence = text.sentence(span);
        let around = sentence.and_then(|at| text.sentences.get(at).copied()).unwrap_or_else(|| text.line(span));
        let around = around.with(span);
        let Some(words) = around.of(text.text) else { continue };
        let passage = found.entry((around.lo, around.hi)).or_insert_with(|| Passage {
            place: place(own, sentence),
            text: words.to_owned(),
            marks: Vec::new(),
        });
        if !label.is_empty() {
            passage.marks.push(Mark { span: ByteSpan { lo: span.lo - around.lo, hi: span.hi - around.lo }, label });
        }
    }
    Section { key: "passages", body: Body::Passages(found.into_values().collect()) }
}

fn known(slot: &str) -> Option<&'static str> {
    SLOTS.iter().find(|known| **known == slot).copied()
}

/// What each slot came to, the words it was read in, where they stand and by which rule.
pub fn sheet(claim: &Claim, evidence: &[ReadAt], text: Text<'_>) -> Sheet {
    let own = claim.span.and_then(|span| text.sentence(span));
    let mut rows = Vec::new();
    for slot in SLOTS {
        for (nth, read) in evidence.iter().filter(|read| read.slot == slot).enumerate() {
            let at = |span: ByteSpan| place(own, text.sentence(span));
            let words = read.span.and_then(|span| span.of(text.text));
            rows.push(vec![
                if nth == 0 { Cell::Word(slot) } else { Cell::Word("") },
                if nth == 0 { value(claim, slot) } else { Cell::Word("") },
                Cell::text(words.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "))),
                Cell::text(read.span.map(at)),
                Cell::text(read.span.map(|span| format!("{}–{}", span.lo, span.hi))),
                Cell::Text(read.rule.clone()),
            ]);
        }
    }
    Sheet {
        name: "evidence",
        title: "Read where, by which rule".to_owned(),
        columns: vec![
            Column::words("slot", "slot"),
            Column::words("value", "came to"),
            Column::words("words", "words"),
            Column::words("read_in", "read in"),
            Column::words("bytes", "bytes").aside(),
            Column::words("rule", "rule"),
        ],
        rows,
        ..Sheet::default()
    }
}

/// What a claim holds in a slot. The cue decides the stance.
fn value(claim: &Claim, slot: &str) -> Cell {
    match slot {
        "claimant" if claim.is_narration() => Cell::Narration,
        "claimant" => Cell::text(claim.claimant.clone().or_else(|| claim.claimant_text.clone())),
        "cue" => Cell::Word(claim.stance.as_str()),
        "act" => Cell::Text(claim.act.to_string()),
        "accused" => Cell::text(claim.accused.clone().or_else(|| claim.accused_text.clone())),
        "target" => Cell::text(claim.target.clone().or_else(|| claim.target_text.clone())),
        "time" => Cell::text(claim.occurred.map(|edtf| edtf.to_string())),
        "place" => Cell::lines(claim.place.clone()),
        "figure" => Cell::lines(claim.figures.iter().map(ToString::to_string).collect()),
        "loss" => Cell::lines(claim.losses.iter().map(ToString::to_string).collect()),
        _ => Cell::Unknown,
    }
}
