//! What is packed comes out again.

use proptest::prelude::*;

use super::*;

fn any_range() -> impl Strategy<Value = Option<Range>> {
    let amount = prop_oneof![0..300_u64, Just(Range::LIMIT)];
    proptest::option::of((amount, 0..Hedge::ALL.len()).prop_map(|(n, hedge)| Range::hedged(n, Hedge::ALL[hedge])))
}

fn any_span() -> impl Strategy<Value = Span> {
    let date: Edtf = "2018-09-23/2018-09-29".parse().unwrap();
    prop_oneof![
        Just(Span::Event),
        Just(Span::Window(date)),
        proptest::option::of(Just(date)).prop_map(Span::Since),
        Just(Span::PartOf(Range::exactly(212), Unit::Violation)),
    ]
}

fn any_toll() -> impl Strategy<Value = Toll> {
    let since = proptest::option::of(Just("2020-09-27?".parse().unwrap()));
    let counts = (any_range(), any_range(), any_range(), any_range());
    (proptest::option::of(any_id()), counts, any::<Option<bool>>(), any::<bool>(), since).prop_map(
        |(side, (killed, wounded, missing, captured), civilian, total, since)| Toll {
            side,
            killed,
            wounded,
            missing,
            captured,
            civilian,
            total,
            since,
        },
    )
}

fn any_id() -> impl Strategy<Value = Id> {
    prop_oneof![1..300_i64, Just((7 << 32) | 5), Just((1 << 53) - 1)].prop_map(Id)
}

fn any_moment() -> impl Strategy<Value = Moment> {
    let at = || proptest::option::of(prop_oneof![-4_000_000_000_i64..4_000_000_000, Just(i64::MIN), Just(i64::MAX)]);
    (at(), at(), 0..Grain::ALL.len(), 0..Extent::ALL.len()).prop_map(|(lo, hi, grain, extent)| Moment {
        lo,
        hi,
        grain: Grain::ALL[grain],
        extent: Extent::ALL[extent],
    })
}

fn any_fact() -> impl Strategy<Value = Fact> {
    let claimant = prop_oneof![any_id().prop_map(Claimant::Party), Just(Claimant::Narration), Just(Claimant::Unknown)];
    let figure = (any_range(), 0..Unit::ALL.len(), any_span()).prop_map(|(amount, unit, span)| Figure {
        amount: amount.unwrap_or(Range::exactly(0)),
        unit: Unit::ALL[unit],
        span,
    });
    let place = (".{0,9}", proptest::option::of(any_id())).prop_map(|(name, place)| PlaceName { name, place });
    let act = (0..ActBase::ALL.len(), proptest::option::of("[a-z]{1,200}"))
        .prop_map(|(base, detail)| Act { base: ActBase::ALL[base], detail });
    let point =
        proptest::option::of((any::<i32>(), any::<i32>()).prop_map(|(lat_e7, lon_e7)| Point { lat_e7, lon_e7 }));
    let ids = || proptest::collection::vec(any_id(), 0..3);
    let maybe = || proptest::option::of(any_id());
    let words = (0..Stance::ALL.len(), proptest::option::of(0..Attribution::ALL.len()));
    let lists = (
        proptest::collection::vec(place, 0..3),
        proptest::collection::vec(figure, 0..3),
        proptest::collection::vec(any_toll(), 0..3),
        (ids(), ids()),
    );
    let times = (proptest::option::of(any_moment()), any::<Option<i64>>(), 0..100_000_usize);
    ((any_id(), claimant, words, act), (maybe(), maybe(), maybe(), maybe()), lists, times, point, any::<[bool; 2]>())
        .prop_map(|((id, claimant, words, act), of, lists, (when, published, offset), point, flags)| Fact {
            id,
            claimant,
            stance: Stance::ALL[words.0],
            in_response: flags[0],
            act,
            accused: of.0,
            attribution: words.1.map(|at| Attribution::ALL[at]),
            target: of.1,
            when,
            published,
            places: lists.0,
            point,
            figures: lists.1,
            tolls: lists.2,
            total: flags[1],
            parties: lists.3.0,
            mediators: lists.3.1,
            dispatch: of.2,
            source: of.3,
            offset,
            wording: 0,
        })
}

proptest! {
    #[test]
    fn what_is_packed_is_unpacked_again_and_nothing_less(fact in any_fact()) {
        let mut bytes = Vec::new();
        fact.pack(&mut bytes);
        let mut from = bytes.as_slice();
        prop_assert_eq!(Fact::unpack(&mut from), Some(fact));
        prop_assert!(from.is_empty());
        for end in 0..bytes.len() {
            prop_assert_eq!(Fact::unpack(&mut &bytes[..end]), None, "cut at {}", end);
        }
    }

    #[test]
    fn bytes_that_are_no_claim_are_refused_or_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut from = bytes.as_slice();
        let taken = Fact::unpack(&mut from);
        prop_assert!(taken.is_none() || from.len() < bytes.len());
    }
}
