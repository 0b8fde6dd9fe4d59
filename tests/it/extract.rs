//! Extraction end to end: the seed dispatch, texts without claims, hostile texts.

use std::fs;

use proptest::prelude::*;
use serde_json::Value;
use trucebook::extract::{Evidence, Extraction, Extractor, Lang};
use trucebook::import::{Hints, read_dispatch};
use trucebook::model::{Claim, Dispatch, PartyBook, Stance, Zone};

use crate::gold;

fn read(stem: &str, text: &str, hints: &Hints) -> Dispatch {
    read_dispatch(stem, text.as_bytes().to_vec(), hints).unwrap()
}

fn extractor(conflict: &str) -> Extractor {
    Extractor::new(&PartyBook::new(gold::GOLD.party_list(conflict)), Zone::UTC).unwrap()
}

fn english(text: &str) -> Extraction {
    let hints = Hints { language: Some("en".into()), received: "2020-10-12".parse().ok(), ..Hints::default() };
    extractor("karabakh").extract(&read("x", text, &hints))
}

/// Whether a claim is the one a label tells: who says what of whom, and when and where if the label tells it.
fn is_labelled(claim: &Claim, label: &Value) -> bool {
    let text = |field: &str| label[field].as_str();
    let list = |field: &str| -> Vec<&str> {
        label[field].as_array().map(|list| list.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
    };
    claim.claimant.as_deref() == text("claimant")
        && Some(claim.stance.as_str()) == text("stance")
        && Some(claim.act.base.as_str()) == text("act")
        && claim.accused.as_deref() == text("accused")
        && claim.occurred.map(|when| when.to_string()).as_deref() == text("occurred")
        && claim.place == list("place")
        && claim.parties == list("parties")
}

#[test]
fn the_seed_gives_its_six_claims_and_no_other() {
    let Some(file) = gold::seed() else { return };
    let labels = gold::GOLD.labels(gold::SEED);
    let text = fs::read_to_string(file).unwrap();
    let dispatch = read(gold::SEED, &text, &Hints::default());
    let claims = extractor("karabakh").extract(&dispatch).claims;
    assert_eq!((labels.len(), claims.len()), (6, 6), "{claims:#?}");
    for label in &labels {
        let found = claims.iter().filter(|claim| is_labelled(claim, label)).count();
        assert_eq!(found, 1, "{label}\n{claims:#?}");
    }
}

#[test]
fn quotes_and_evidence_stand_where_they_say() {
    for row in gold::GOLD.index() {
        let id = row["dispatch"].as_str().unwrap();
        let dispatch = read_dispatch(id, gold::GOLD.bytes(id), &Hints::default()).unwrap();
        let extraction = extractor(row["conflict"].as_str().unwrap()).extract(&dispatch);
        assert_eq!(extraction.claims.len(), extraction.evidence.len());
        for (claim, evidence) in extraction.claims.iter().zip(&extraction.evidence) {
            assert_eq!(claim.span.and_then(|span| span.of(&dispatch.text)), claim.quote.as_deref(), "{id}");
            assert!(claim.quote.is_some() && !claim.rules.is_empty(), "{id}");
            assert!(evidence.iter().all(|slot| slot.span.is_none_or(|span| span.of(&dispatch.text).is_some())), "{id}");
            let told = [
                ("claimant", true),
                ("act", true),
                ("accused", claim.accused.is_some()),
                ("time", claim.occurred.is_some()),
                ("place", !claim.place.is_empty()),
                ("figure", !claim.figures.is_empty()),
                ("loss", !claim.losses.is_empty()),
            ];
            for (slot, _) in told.into_iter().filter(|(_, told)| *told) {
                assert!(
                    evidence.iter().any(|read| read.slot == slot),
                    "{id}: {slot} of {}",
                    claim.quote.as_ref().unwrap()
                );
            }
            let twice = |(at, read): (usize, &Evidence)| {
                evidence.iter().skip(at + 1).any(|other| (other.slot, other.span) == (read.slot, read.span))
            };
            assert!(!evidence.iter().enumerate().any(twice), "{id}: {evidence:?}");
        }
    }
}

#[test]
fn silence_and_reported_zeros_are_claims_of_their_own_kinds() {
    let told = english("Armenia accused Azerbaijan of shelling Kapan. Azerbaijan declined to comment.");
    assert!(told.claims.iter().any(|claim| claim.stance == Stance::NoComment), "{:#?}", told.claims);
    let told = english("OSCE monitors recorded no ceasefire violations near Kapan on Monday.");
    let zero = told.claims.iter().flat_map(|claim| &claim.figures).any(|figure| figure.amount.is_zero());
    assert!(zero, "{:#?}", told.claims);
}

#[test]
fn a_language_without_a_lexicon_is_told() {
    let hints = Hints { language: Some("ja".into()), ..Hints::default() };
    let extraction = extractor("karabakh").extract(&read("x", "停戦違反", &hints));
    assert!(extraction.claims.is_empty());
    assert_eq!(extraction.notes.len(), 1);
}

#[test]
fn long_lines_and_deep_quotations_are_read_in_time_that_grows_with_their_length() {
    let clause = "Armenia said Azerbaijani forces shelled Kapan with 12 mortars on October 10 and ";
    let quotes = "« \" ".repeat(20_000);
    for text in [clause.repeat(3_000), quotes, "9".repeat(100_000), "( , ".repeat(30_000), "a-".repeat(50_000)] {
        let _ = english(&text);
    }
}

fn any_lang() -> impl Strategy<Value = Lang> {
    prop::sample::select(vec![Lang::En, Lang::Fr, Lang::Ru])
}

/// Words that steer the recognisers, in any order.
fn any_words() -> impl Strategy<Value = String> {
    let words = [
        "Armenia",
        "said",
        "that",
        "Azerbaijan",
        "shelled",
        "the",
        "ceasefire",
        "on",
        "October",
        "99999",
        "not",
        "«",
        "\"",
        ",",
        ".",
        "12:05",
        "a.m.",
        "its",
        "two",
        "killed",
        "и",
        "обвинил",
        "Азербайджан",
        "в ночь на",
        "обстреле",
        "a",
        "accusé",
        "dans la nuit du",
        "9",
        "au",
        "10",
        "—",
        "(",
        ")",
        "l’armée",
        "de",
        "31",
        "février",
        "-",
        "\n\n",
        "*",
        "since",
        "ago",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..60).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics_and_the_same_text_gives_the_same_claims(
        text in prop_oneof![any::<String>(), any_words()],
        lang in any_lang(),
    ) {
        let mut dispatch = read("x", "Armenia.", &Hints { received: "2020-10-12".parse().ok(), ..Hints::default() });
        (dispatch.text, dispatch.body, dispatch.language) = (text, 0, Some(lang.to_string()));
        dispatch.published = "2020-10-12".parse().ok();
        let extractor = Extractor::new(&PartyBook::default(), Zone::UTC).unwrap();
        let (once, twice) = (extractor.extract(&dispatch), extractor.extract(&dispatch));
        prop_assert_eq!(&once.claims, &twice.claims);
        for claim in &once.claims {
            prop_assert_eq!(claim.span.and_then(|span| span.of(&dispatch.text)), claim.quote.as_deref());
        }
    }
}
