//! The JSON schema of a claim, made from the model's own words so that it cannot go stale.

use serde_json::{Value, json};

use crate::model::{ActBase, Attribution, Extent, FigureKind, Hedge, Stance, Unit};

/// The schema (JSON Schema 2020-12) of one line of JSONL as `extract` prints, import takes and export writes.
pub fn claim_schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "trucebook claim",
        "description": "One statement by one claimant. What is unknown is left out or null, never zero or blank.",
        "type": "object",
        "required": ["stance", "act"],
        "additionalProperties": false,
        "properties": properties(),
        "$defs": definitions(),
    })
}

fn properties() -> Value {
    let names = |what: &str| json!({"type": "array", "items": {"type": "string"}, "description": what});
    json!({
        "dispatch": text("the dispatch it was read in: the file's stem, or D5 of a ledger"),
        "claimant": text("the party in whose mouth it is; - where the text itself says it; null: no known party"),
        "claimant_text": text("the claimant in the words of the source"),
        "speaker": text("who spoke for the claimant, as written"),
        "said_at": date("when it was said"),
        "stance": {"enum": Stance::WORDS},
        "in_response": {"type": "boolean", "description": "whether the claimant says it acted in response"},
        "act": {"type": "string", "pattern": act_pattern(), "description": "a base, or a base and a desk's own detail"},
        "accused": text("the party said to have done it"),
        "accused_text": text("the accused in the words of the source"),
        "attribution": words("how the accused is known", Attribution::WORDS),
        "target": text("the party on the receiving end"),
        "target_text": text("the target in the words of the source"),
        "parties": names("the parties to a truce"),
        "mediators": names("its mediators"),
        "involved": names("parties that took part without a told direction"),
        "place": names("where it hit: names as written, smallest unit named"),
        "lat": {"type": ["number", "null"], "minimum": -90, "maximum": 90},
        "lon": {"type": ["number", "null"], "minimum": -180, "maximum": 180},
        "occurred": date("when it happened"),
        "extent": words("how to read that time", Extent::WORDS),
        "zone": text("the zone of its clock times and days: a name of the IANA database, or +04:00"),
        "figures": {"type": "array", "items": {"$ref": "#/$defs/figure"}},
        "losses": {"type": "array", "items": {"$ref": "#/$defs/loss"}},
        "civilian": {"type": ["boolean", "null"], "description": "whether people or objects hit are said to be civilian"},
        "answers": names("what it answers: C12, or refs of the same source"),
        "quote": text("the sentence or clause it stands in, verbatim"),
        "span": {
            "type": ["array", "null"], "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2,
            "description": "where the quote stands: first byte of the dispatch's text, and first byte after",
        },
        "rules": names("the rules that made it"),
        "confidence": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
        "ref": text("the user's own key within a source"),
        "source": text("the outlet or document series"),
        "url": text("where it can be read"),
        "published": date("when its source was published"),
        "noted_at": date("the desk's own date of noting it"),
        "note": text("a remark"),
    })
}

fn definitions() -> Value {
    let range = || json!({"oneOf": [{"$ref": "#/$defs/range"}, {"type": "null"}]});
    let bound = json!({"type": ["integer", "null"], "minimum": 0});
    json!({
        "range": {
            "type": "array", "minItems": 2, "maxItems": 3,
            "prefixItems": [bound, bound, {"enum": Hedge::WORDS}],
            "description": "[lowest, highest], null for an open end; then the hedge where the bounds do not tell it",
        },
        "figure": {
            "type": "object", "required": ["unit"], "additionalProperties": false,
            "properties": {
                "unit": {"enum": Unit::WORDS},
                "min": bound,
                "max": bound,
                "hedge": words("how the number was hedged", Hedge::WORDS),
                "kind": words("what stretch of events it covers", FigureKind::WORDS),
                "window": date("of a window: over which time"),
                "since": date("of a cumulative figure: since when"),
                "of": range(),
                "of_unit": words("of a part: the unit of the whole", Unit::WORDS),
            },
        },
        "loss": {
            "type": "object", "additionalProperties": false,
            "properties": {
                "side": text("the party that suffered it; null: not said"),
                "killed": range(),
                "wounded": range(),
                "missing": range(),
                "captured": range(),
                "civilian": {"type": ["boolean", "null"]},
                "window": date("of a toll over many events: over which time"),
                "since": date("of a cumulative toll: since when"),
            },
        },
    })
}

fn text(what: &str) -> Value {
    json!({"type": ["string", "null"], "description": what})
}

fn date(what: &str) -> Value {
    json!({"type": ["string", "null"], "description": format!("{what}: a date or interval, EDTF level 1")})
}

fn words(what: &str, known: &[&str]) -> Value {
    json!({"enum": known.iter().copied().map(Value::from).chain([Value::Null]).collect::<Vec<_>>(), "description": what})
}

fn act_pattern() -> String {
    format!("^({})(/[a-z0-9-]{{1,40}})?$", ActBase::WORDS.join("|"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::Claim;

    fn keys(value: &Value) -> BTreeSet<String> {
        value.as_object().unwrap().keys().cloned().collect()
    }

    #[test]
    fn the_schema_has_the_fields_of_a_claim() {
        let full = json!({
            "dispatch": "a", "claimant": "A", "claimant_text": "a", "speaker": "s", "said_at": "2020", "stance": "alleges",
            "in_response": true, "act": "shelling/mortar", "accused": "B", "accused_text": "b", "attribution": "stated",
            "target": "A", "target_text": "a", "parties": ["A"], "mediators": ["M"], "involved": ["B"], "place": ["P"],
            "lat": 1.0, "lon": 1.0, "occurred": "2020", "extent": "within", "zone": "UTC",
            "figures": [{"unit": "shell", "min": 1, "max": 2, "hedge": "about", "kind": "part-of", "of": [5, 5], "of_unit": "shell"}],
            "losses": [{"side": "A", "killed": [1, 1], "wounded": [1, null], "missing": [0, 0], "captured": [0, 9, "up-to"],
                        "civilian": true, "window": "2020", "since": "2020"}],
            "civilian": true, "answers": ["C1"], "quote": "q", "span": [0, 1], "rules": ["r"], "confidence": 0.5, "ref": "r",
            "source": "s", "url": "u", "published": "2020", "noted_at": "2020", "note": "n",
        });
        let claim: Claim = serde_json::from_value(full).unwrap();
        let written = serde_json::to_value(&claim).unwrap();
        let schema = claim_schema();
        assert_eq!(keys(&written), keys(&schema["properties"]));
        let of = |name: &str| keys(&schema["$defs"][name]["properties"]);
        assert_eq!(keys(&written["losses"][0]), of("loss"));
        assert!(keys(&written["figures"][0]).is_subset(&of("figure")));
    }
}
