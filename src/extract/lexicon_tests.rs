//! Every lexicon entry with an example yields the claims it says it yields, read with the built-in parties alone.

use super::sense::Sense;
use super::{Extractor, Lang, lexicon};
use crate::model::{Claim, Dispatch, PartyBook, Stance, Zone};

/// A text as a dispatch of 12 October 2020.
pub(super) fn dispatch(lang: Lang, text: &str) -> Dispatch {
    Dispatch {
        source: None,
        uri: None,
        url: None,
        title: None,
        language: Some(lang.to_string()),
        published: "2020-10-12".parse().ok(),
        stem: "example".to_owned(),
        raw: Vec::new(),
        encoding: "UTF-8".to_owned(),
        text: text.to_owned(),
        body: 0,
    }
}

/// A claim as `yields` writes it: `CLAIMANT stance act [ACCUSED]`.
fn line(claim: &Claim) -> String {
    let who = claim.claimant.as_deref().unwrap_or("?");
    let mut line = format!("{who} {} {}", claim.stance, claim.act.base);
    let accused =
        claim.accused.as_deref().filter(|_| claim.stance != Stance::Declares && claim.stance != Stance::NoComment);
    if let Some(accused) = accused {
        line.push(' ');
        line.push_str(accused);
    }
    line
}

#[test]
fn every_example_yields_what_it_says() {
    let extractor = Extractor::new(&PartyBook::default(), Zone::UTC).unwrap();
    let mut failed = Vec::new();
    let mut run = 0;
    for &lang in Lang::ALL {
        for entry in lexicon::Lexicon::of(lang).unwrap().entries() {
            let Some(example) = &entry.example else { continue };
            run += 1;
            let claims: Vec<String> = extractor.extract(&dispatch(lang, example)).claims.iter().map(line).collect();
            let missing = entry.yields.iter().any(|wanted| !claims.contains(wanted));
            let idle = entry.yields.is_empty() && claims.iter().any(|claim| !claim.contains("losses"));
            if missing || idle {
                failed.push(format!(
                    "{lang} {}: {example}\n   wanted {:?}\n   got    {claims:?}",
                    entry.sense, entry.yields
                ));
            }
        }
    }
    assert!(failed.is_empty(), "{} of {run} examples fail:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn every_word_of_saying_or_doing_has_an_example() {
    let needs = [
        Sense::Say,
        Sense::Source,
        Sense::Accuse,
        Sense::MutualAccuse,
        Sense::Deny,
        Sense::Lie,
        Sense::Admit,
        Sense::Witness,
        Sense::Silence,
        Sense::ActVerb,
        Sense::ActNoun,
        Sense::Weapon,
    ];
    for &lang in Lang::ALL {
        for entry in lexicon::Lexicon::of(lang).unwrap().entries() {
            let form = entry.forms.first().map(|form| form.get_ref().as_str());
            assert!(
                !needs.contains(&entry.sense) || entry.example.is_some(),
                "{lang} {} {form:?} has no example",
                entry.sense
            );
        }
    }
}
