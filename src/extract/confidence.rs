//! How likely a claim is right: points for what is known of it, from `confidence.tsv`, as odds. The table tells what it
//! was learned from; a test holds what the README says of it against the labelled sets.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::draft::{Draft, Voice};
use crate::model::Stance;

/// The points of each trait, in hundredths of log-odds.
static POINTS: LazyLock<HashMap<&str, i32>> = LazyLock::new(|| {
    let rows = include_str!("confidence.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| {
        let mut cells = row.split('\t');
        Some((cells.next()?, cells.next()?.parse().ok()?))
    })
    .collect()
});

/// The rules of a speaker who is not named with the saying.
const BEFORE: [&str; 5] = [
    "speaker of the paragraph",
    "speaker of the paragraph before",
    "subject told before",
    "speaker named before",
    "quotation",
];

/// How likely a claim is right, in two digits.
pub(super) fn of(draft: &Draft) -> f64 {
    let told = traits(draft).into_iter().filter(|(_, told)| *told).map(|(name, _)| name);
    let points: i32 = told.filter_map(|name| POINTS.get(name)).sum();
    let odds = (f64::from(points) / 100.0).exp();
    (100.0 * odds / (1.0 + odds)).round() / 100.0
}

/// What the table asks of a claim.
fn traits(draft: &Draft) -> [(&'static str, bool); 15] {
    let by = |rule: &str| draft.rules.contains(&rule);
    let untold = matches!(draft.voice, Voice::Unknown(_)) || by("nobody named");
    [
        ("base", true),
        ("observes", draft.stance == Stance::Observes),
        ("acknowledges", draft.stance == Stance::Acknowledges),
        ("no-accused", draft.stance == Stance::Alleges && draft.accused.is_none()),
        ("mutual", by("each accuses the other")),
        ("truce", draft.act.is_truce_fact()),
        ("breach", by("breach of a truce")),
        ("counted", !draft.figures.is_empty()),
        ("tolls", !draft.losses.is_empty()),
        ("place", !draft.places.is_empty()),
        ("speaker-before", BEFORE.iter().any(|rule| by(rule))),
        ("speaker-untold", untold),
        ("inferred", draft.inferred),
        ("answers", by("answers an accusation")),
        ("time", by("time of the clause") || by("time of the sentence")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ActBase, ByteSpan};

    fn draft(stance: Stance) -> Draft {
        Draft::new(Voice::Nobody, stance, ActBase::Shelling, ByteSpan { lo: 0, hi: 1 })
    }

    #[test]
    fn the_table_has_a_row_for_every_trait_and_no_other() {
        let mut asked: Vec<&str> = traits(&draft(Stance::Alleges)).iter().map(|(name, _)| *name).collect();
        let mut known: Vec<&str> = POINTS.keys().copied().collect();
        asked.sort_unstable();
        known.sort_unstable();
        assert_eq!(known, asked);
    }

    #[test]
    fn what_makes_a_claim_weaker_makes_it_less_likely() {
        let mut accusation = draft(Stance::Alleges);
        let bare = of(&accusation);
        accusation.places.push("Kapan".into());
        assert!(of(&accusation) > bare);
        assert!(of(&draft(Stance::Observes)) > bare, "an accusation of nobody is the weakest");
        accusation.rules.push("each accuses the other");
        assert!((0.0..=1.0).contains(&of(&accusation)));
    }
}
