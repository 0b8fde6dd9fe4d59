//! An extractor of one's own, as `trucebook import --extractor` runs it: dispatches in as JSON lines, claims out as
//! JSON lines. This one knows a single pattern, "A accused B of …"; a language model would go in its place.
//!
//! ```sh
//! trucebook import examples/karabakh-2020 --extractor target/debug/examples/extractor
//! ```

use std::io::{self, BufRead, Write};

use serde::Deserialize;
use serde_json::{Value, json};

/// What this program wants to know of a dispatch; the line tells its source, title, URL, language and day, too.
#[derive(Deserialize)]
struct Dispatch {
    dispatch: String,
    text: String,
}

/// Words that tell the act, and the act.
const ACTS: &[(&str, &str)] =
    &[("shelling", "shelling"), ("opening fire", "small-arms-fire"), ("attack", "attack"), ("", "violation")];

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", json!({"extractor": "accusations", "version": "1"}))?;
    for line in io::stdin().lock().lines() {
        let Dispatch { dispatch, text } = serde_json::from_str(&line?)?;
        for quote in text.split_inclusive(['.', '\n']).map(str::trim).filter(|quote| !quote.is_empty()) {
            if let Some(claim) = claim(&dispatch, quote) {
                writeln!(out, "{claim}")?;
            }
        }
    }
    Ok(())
}

/// The claim of a sentence such as "On Monday Armenia accused Azerbaijan of shelling Martuni."
fn claim(dispatch: &str, quote: &str) -> Option<Value> {
    let (before, after) = quote.split_once(" accused ")?;
    let (accused, what) = after.split_once(" of ")?;
    let claimant = before.rsplit(' ').next()?;
    let (_, act) = ACTS.iter().find(|(word, _)| what.contains(word))?;
    Some(json!({
        "dispatch": dispatch, "stance": "alleges", "act": act, "claimant": claimant, "accused": accused,
        "attribution": "stated", "quote": quote, "confidence": 0.5,
    }))
}
