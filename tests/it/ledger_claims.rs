//! Claims into the ledger and out again.

use proptest::prelude::*;
use trucebook::ledger::{Added, Filter, Ledger, Provenance};
use trucebook::model::{
    Act, ActBase, Claim, Edtf, Figure, Hedge, Loss, NARRATION, Party, PartyKind, Range, Span, Stance, Unit,
};

use crate::ledger::{memory, register, stamp};

fn edtf() -> impl Strategy<Value = Edtf> {
    prop_oneof![
        "20[0-2][0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])",
        "20[0-2][0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9](Z|\\+04:00)?[~?]?",
        "20[0-2][0-9]-(0[1-9]|1[0-2])/\\.\\.",
        "20[0-2]X",
        "2020-10-0[1-9]/2020-10-1[0-9]",
    ]
    .prop_map(|text| text.parse().unwrap())
}

fn range() -> impl Strategy<Value = Range> {
    (0..=Range::LIMIT, 0..=9_u64, 0..Hedge::ALL.len()).prop_map(|(n, more, hedge)| match Hedge::ALL[hedge] {
        hedge @ (Hedge::Exact | Hedge::About) => {
            Range { min: Some(n), max: Some(n.saturating_add(more).min(Range::LIMIT)), hedge }
        }
        hedge => Range::hedged(n, hedge),
    })
}

fn unit() -> impl Strategy<Value = Unit> {
    (0..Unit::ALL.len()).prop_map(|n| Unit::ALL[n])
}

fn figure() -> impl Strategy<Value = Figure> {
    let span = prop_oneof![
        Just(Span::Event),
        edtf().prop_map(Span::Window),
        proptest::option::of(edtf()).prop_map(Span::Since),
        (range(), unit()).prop_map(|(whole, unit)| Span::PartOf(whole, unit)),
    ];
    (range(), unit(), span).prop_map(|(amount, unit, span)| Figure { amount, unit, span })
}

fn party() -> impl Strategy<Value = String> {
    prop_oneof![Just("Armenia".to_owned()), Just("Azerbaijan".to_owned())]
}

/// Anything at all, but nothing that a party is called.
fn words() -> impl Strategy<Value = String> {
    any::<String>().prop_map(|text| format!("«{text}»"))
}

fn loss() -> impl Strategy<Value = Loss> {
    let count = || proptest::option::of(range());
    let option_date = || proptest::option::of(edtf());
    (
        proptest::option::of(party()),
        (count(), count(), count(), count()),
        proptest::option::of(any::<bool>()),
        option_date(),
        option_date(),
    )
        .prop_map(|(side, (killed, wounded, missing, captured), civilian, window, since)| Loss {
            side,
            killed,
            wounded,
            missing,
            captured,
            civilian,
            window,
            since,
        })
}

fn who() -> impl Strategy<Value = (Option<String>, Option<String>)> {
    (proptest::option::of(party()), proptest::option::of(words()))
}

prop_compose! {
    fn said()(
        stance in 0..Stance::ALL.len(), base in 0..ActBase::ALL.len(), detail in proptest::option::of("[a-z-]{1,12}"),
        claimant in who(), narrated in prop::bool::weighted(0.2), accused in who(), target in who(),
        speaker in proptest::option::of(words()), in_response in any::<bool>(),
        attribution in proptest::option::of(0..3_usize), civilian in proptest::option::of(any::<bool>()),
    ) -> Claim {
        let mut claim = Claim::new(Stance::ALL[stance], Act { base: ActBase::ALL[base], detail });
        (claim.claimant, claim.claimant_text) = claimant;
        if narrated {
            claim.claimant = Some(NARRATION.to_owned());
        }
        (claim.accused, claim.accused_text) = accused;
        (claim.target, claim.target_text) = target;
        claim.speaker = speaker;
        claim.in_response = in_response;
        claim.attribution = attribution.map(|n| trucebook::model::Attribution::ALL[n]);
        claim.civilian = civilian;
        claim
    }
}

prop_compose! {
    fn any_claim()(
        mut claim in said(),
        lists in [prop::collection::vec(party(), 0..3), prop::collection::vec(party(), 0..3),
            prop::collection::vec(party(), 0..2)],
        place in prop::collection::vec(words(), 0..3),
        point in proptest::option::of((-900_000_000..=900_000_000_i32, -1_800_000_000..=1_800_000_000_i32)),
        dates in [proptest::option::of(edtf()), proptest::option::of(edtf()), proptest::option::of(edtf()),
            proptest::option::of(edtf())],
        extent in proptest::option::of(any::<bool>()), zone in proptest::option::of(any::<bool>()),
        figures in prop::collection::vec(figure(), 0..3), losses in prop::collection::vec(loss(), 0..3),
        texts in prop::collection::vec(proptest::option::of(words()), 7),
        answers in prop::collection::vec("r[a-z]{1,5}[0-9]", 0..3),
        rules in prop::collection::vec(words(), 0..3),
        span in proptest::option::of((0..1000_usize, 0..1000_usize)),
        confidence in proptest::option::of(0..=1000_u16),
    ) -> Claim {
        let [parties, mediators, involved] = lists;
        (claim.parties, claim.mediators, claim.involved, claim.place) = (parties, mediators, involved, place);
        claim.lat = point.map(|(lat, _)| f64::from(lat) / 1e7);
        claim.lon = point.map(|(_, lon)| f64::from(lon) / 1e7);
        [claim.said_at, claim.occurred, claim.published, claim.noted_at] = dates;
        claim.extent = extent.map(|n| trucebook::model::Extent::ALL[usize::from(n)]);
        claim.zone = zone.map(|named| if named { "Europe/Kyiv" } else { "+04:00" }.parse().unwrap());
        (claim.figures, claim.losses, claim.answers, claim.rules) = (figures, losses, answers, rules);
        let mut texts = texts.into_iter();
        let mut text = || texts.next().flatten();
        (claim.quote, claim.note, claim.reference, claim.url) = (text(), text(), text(), text());
        claim.dispatch = text();
        claim.source = text().map(|_| "Wire".to_owned());
        claim.span = span.map(|(lo, length)| (lo, lo + length).into());
        claim.confidence = confidence.map(|n| f64::from(n) / 1000.0);
        claim
    }
}

fn add(ledger: &mut Ledger, claim: &Claim) -> Added {
    let mut batch = ledger.begin(&stamp("add")).unwrap();
    let added = batch.add_claim(claim, &Provenance::default()).unwrap();
    batch.commit().unwrap();
    added
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_claim_comes_out_as_it_went_in(claims in prop::collection::vec(any_claim(), 1..4)) {
        let mut ledger = memory();
        register(&mut ledger);
        let mut batch = ledger.begin(&stamp("import")).unwrap();
        let added: Vec<_> =
            claims.iter().map(|claim| batch.add_claim(claim, &Provenance::default()).unwrap().id()).collect();
        batch.commit().unwrap();
        let snapshot = ledger.snapshot().unwrap();
        for (claim, id) in claims.iter().zip(added) {
            let read = snapshot.claim(id).unwrap().unwrap().value;
            prop_assert_eq!(serde_json::to_string(&read).unwrap(), serde_json::to_string(claim).unwrap());
            prop_assert_eq!(&read, claim);
        }
        drop(snapshot);
        prop_assert_eq!(ledger.verify().unwrap().fault, None);
    }

    #[test]
    fn adding_again_changes_nothing(claim in any_claim()) {
        let mut ledger = memory();
        register(&mut ledger);
        let first = add(&mut ledger, &claim);
        let head = ledger.snapshot().unwrap().head().unwrap();
        let again = add(&mut ledger, &claim);
        prop_assert_eq!(again, Added::Duplicate(first.id()));
        prop_assert_eq!(ledger.snapshot().unwrap().head().unwrap(), head);
    }
}

#[test]
fn names_lead_to_parties_as_soon_as_they_are_registered() {
    let mut ledger = memory();
    register(&mut ledger);
    let mut claim = Claim::new(Stance::Alleges, ActBase::Shelling);
    claim.claimant_text = Some("Stepanakert".into());
    claim.accused = Some("Baku".into());
    claim.mediators = Vec::new();
    let id = add(&mut ledger, &claim).id();
    let unknown = ledger.snapshot().unwrap().unknown_actors().unwrap();
    assert_eq!(unknown.iter().map(|a| (a.name.as_str(), a.claims)).collect::<Vec<_>>(), [("Stepanakert", 1)]);

    let mut batch = ledger.begin(&stamp("party add")).unwrap();
    let mut party = Party::new("Nagorno-Karabakh", PartyKind::NonState);
    party.aliases.insert("en".into(), vec!["Stepanakert".into()]);
    let new = batch.add_party(&party).unwrap();
    batch.commit().unwrap();
    let snapshot = ledger.snapshot().unwrap();
    let read = snapshot.claim(id).unwrap().unwrap().value;
    assert_eq!(read.claimant.as_deref(), Some("Nagorno-Karabakh"));
    assert_eq!((read.accused.as_deref(), read.accused_text.as_deref()), (Some("Azerbaijan"), Some("Baku")));
    assert!(snapshot.unknown_actors().unwrap().is_empty());
    let filter = Filter { claimant: Some(new.id()), ..Filter::default() };
    assert_eq!(snapshot.counted(&filter).unwrap().len(), 1);
    drop(snapshot);

    // A second bearer of the name: it stands for neither.
    let mut batch = ledger.begin(&stamp("party alias")).unwrap();
    let armenia =
        batch.snapshot().unwrap().parties().unwrap().into_iter().find(|p| p.value.name == "Armenia").unwrap().id;
    batch.add_alias(armenia, None, "Stepanakert").unwrap();
    batch.commit().unwrap();
    assert_eq!(ledger.snapshot().unwrap().claim(id).unwrap().unwrap().value.claimant, None);
}
