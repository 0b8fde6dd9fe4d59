use proptest::prelude::*;

use super::*;
use crate::ledger::Counted;
use crate::model::{Extent, Range};
use crate::report::fixture::{ARMENIA, AZERBAIJAN, KARABAKH, Turned, accusation, zone};
use crate::tally::numbers::{resolved, window};

const NOBODY: fn() -> Registers = Registers::default;

fn entry<'a>(counted: &'a Counted, amount: &str) -> Entry<'a> {
    let over = if counted.fact.total { window(&counted.fact, None) } else { Over::Event };
    Entry {
        fact: &counted.fact,
        statement: counted.statement,
        incident: counted.incident,
        amount: amount.parse().unwrap(),
        over,
    }
}

/// An accusation of Azerbaijan that totals over a window.
fn over(id: i64, by: Id, window: &str) -> Counted {
    accusation(id, by, AZERBAIJAN).throughout(window).turned(|c| c.fact.total = true)
}

fn sum(entries: Vec<Entry<'_>>) -> (String, Vec<(Why, Vec<i64>)>) {
    sum_in(entries, &NOBODY())
}

fn sum_in(entries: Vec<Entry<'_>>, registers: &Registers) -> (String, Vec<(Why, Vec<i64>)>) {
    let total = total(entries, registers);
    let left_out = total.left_out.into_iter().map(|(why, ids)| (why, ids.into_iter().map(|id| id.0).collect()));
    (total.amount.map_or("—".to_owned(), |amount| amount.to_string()), left_out.collect())
}

#[test]
fn nothing_told_is_unknown_and_a_told_zero_is_zero() {
    assert_eq!(sum(vec![]), ("—".into(), vec![]));
    let none = accusation(1, ARMENIA, AZERBAIJAN);
    assert_eq!(sum(vec![entry(&none, "0")]).0, "0");
}

#[test]
fn different_events_add() {
    let (a, b) = (accusation(1, ARMENIA, AZERBAIJAN), accusation(2, ARMENIA, AZERBAIJAN));
    assert_eq!(sum(vec![entry(&a, "3"), entry(&b, "4-6")]), ("7-9".into(), vec![]));
    assert_eq!(sum(vec![entry(&a, "3"), entry(&b, "5+")]), ("8+".into(), vec![]));
}

#[test]
fn a_claimant_s_later_figure_for_one_event_replaces_its_earlier_one() {
    let early = accusation(1, ARMENIA, AZERBAIJAN).of_incident(1).turned(|c| c.fact.published = Some(10));
    let late = accusation(2, ARMENIA, AZERBAIJAN).of_incident(1).turned(|c| c.fact.published = Some(20));
    assert_eq!(sum(vec![entry(&late, "5"), entry(&early, "3")]), ("5".into(), vec![(Why::Superseded, vec![1])]));
    assert_eq!(sum(vec![entry(&late, "3"), entry(&early, "3")]), ("3".into(), vec![]));
}

#[test]
fn different_claimants_figures_for_one_event_span_a_range() {
    let a = accusation(1, ARMENIA, AZERBAIJAN).of_incident(1);
    let b = accusation(2, KARABAKH, AZERBAIJAN).of_incident(1);
    assert_eq!(sum(vec![entry(&a, "3"), entry(&b, "7")]), ("3-7".into(), vec![]));
    assert_eq!(sum(vec![entry(&a, "3"), entry(&b, "7+")]), ("3+".into(), vec![]));
    assert_eq!(sum(vec![entry(&a, "~3"), entry(&b, "7")]), ("~3-7".into(), vec![]));
}

#[test]
fn a_repeat_adds_nothing() {
    let a = accusation(1, ARMENIA, AZERBAIJAN);
    let b = accusation(2, ARMENIA, AZERBAIJAN).repeats(1);
    assert_eq!(sum(vec![entry(&a, "3"), entry(&b, "3")]), ("3".into(), vec![]));
}

#[test]
fn a_window_holds_the_events_and_shorter_windows_in_it() {
    let week = over(1, ARMENIA, "2020-10-05/2020-10-11");
    let day = over(2, ARMENIA, "2020-10-10");
    let inside = accusation(3, ARMENIA, AZERBAIJAN).when("2020-10-10T12:00");
    let undated = accusation(4, ARMENIA, AZERBAIJAN);
    let after = accusation(5, ARMENIA, AZERBAIJAN).when("2020-10-12");
    let entries =
        vec![entry(&inside, "2"), entry(&day, "43"), entry(&week, "230"), entry(&undated, "1"), entry(&after, "5")];
    assert_eq!(sum(entries), ("235".into(), vec![(Why::Covered, vec![2, 3, 4])]));
}

#[test]
fn a_daily_series_from_morning_to_morning_adds() {
    let (a, b) = (over(1, ARMENIA, "2020-10-09/2020-10-10"), over(2, ARMENIA, "2020-10-10/2020-10-11"));
    assert_eq!(sum(vec![entry(&a, "20"), entry(&b, "25")]), ("45".into(), vec![]));
    let other = over(3, KARABAKH, "2020-10-10/2020-10-11");
    assert_eq!(sum(vec![entry(&a, "20"), entry(&other, "25")]).1, vec![(Why::Covered, vec![3])]);
}

#[test]
fn two_claimants_totals_over_one_window_span_a_range() {
    let (a, b) = (over(1, ARMENIA, "2020-10-10"), over(2, KARABAKH, "2020-10-10"));
    assert_eq!(sum(vec![entry(&a, "20"), entry(&b, "25")]), ("20-25".into(), vec![]));
}

#[test]
fn places_tell_apart_only_where_registered_or_named_in_one_series() {
    let in_place = |id, window: &str, place: &str, registered| over(id, ARMENIA, window).at(place, registered);
    let registers = Registers { parent: [(Id(12), Id(10))].into(), ..Registers::default() };
    let (tavush, berd) = (in_place(1, "2020-10-10", "Tavush", Some(10)), in_place(2, "2020-10-10", "Berd", Some(12)));
    let fuzuli = in_place(3, "2020-10-10", "Fuzuli", Some(11));
    assert_eq!(
        sum_in(vec![entry(&tavush, "9"), entry(&berd, "4"), entry(&fuzuli, "2")], &registers),
        ("11".into(), vec![(Why::Covered, vec![2])])
    );
    let (a, b) = (in_place(4, "2020-10-10", "Aghdam", None), in_place(5, "2020-10-10", "Fuzuli", None));
    assert_eq!(sum(vec![entry(&a, "9"), entry(&b, "4")]).0, "13");
    let event = accusation(6, ARMENIA, AZERBAIJAN).when("2020-10-10").at("Fuzuli", None);
    assert_eq!(sum(vec![entry(&a, "9"), entry(&event, "4")]), ("9".into(), vec![(Why::Covered, vec![6])]));
}

#[test]
fn running_totals_parts_and_untimed_totals_are_never_added() {
    let a = accusation(1, ARMENIA, AZERBAIJAN);
    let apart = |why| Entry { over: Over::Apart(why), ..entry(&a, "9") };
    assert_eq!(sum(vec![apart(Why::Running)]), ("—".into(), vec![(Why::Running, vec![1])]));
    let untimed = accusation(2, ARMENIA, AZERBAIJAN).turned(|c| c.fact.total = true);
    assert_eq!(sum(vec![entry(&untimed, "9")]), ("—".into(), vec![(Why::Untimed, vec![2])]));
}

#[test]
fn a_sum_too_large_says_so() {
    let (a, b) = (accusation(1, ARMENIA, AZERBAIJAN), accusation(2, ARMENIA, AZERBAIJAN));
    let huge = Range::LIMIT.to_string();
    assert_eq!(sum(vec![entry(&a, &huge), entry(&b, "1")]), (huge.clone(), vec![(Why::TooLarge, vec![2])]));
}

fn any_counted() -> impl Strategy<Value = Vec<(Counted, Range)>> {
    let one = (0..3_usize, 0..4_i64, 0..6_usize, any::<bool>(), 0..4_u64, 0..3_u64, 0..3_i64);
    proptest::collection::vec(one, 0..9).prop_map(|all| {
        let days = [
            "2020-10-10",
            "2020-10-11",
            "2020-10-10/2020-10-11",
            "2020-10",
            "2020-10-09/2020-10-10",
            "2020-10-10T12:00",
        ];
        let numbered = all.into_iter().zip(1_i64..);
        numbered
            .map(|((by, incident, day, total, min, more, published), id)| {
                let counted = accusation(id, [ARMENIA, KARABAKH, Id(9)][by], AZERBAIJAN);
                let counted = if total { counted.throughout(days[day]) } else { counted.when(days[day]) };
                let counted = counted.turned(|c| {
                    c.fact.total = total;
                    c.incident = (incident > 0 && !total).then_some(Id(incident));
                    c.fact.published = Some(published);
                });
                (counted, Range::from_bounds(Some(min), Some(min + more)).unwrap())
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn order_changes_nothing(claims in any_counted(), seed in any::<u64>()) {
        let entries: Vec<Entry<'_>> = claims.iter().map(|(c, range)| Entry { amount: *range, ..entry(c, "0") }).collect();
        let mut shuffled = entries.clone();
        shuffled.sort_by_key(|entry| entry.fact.id.0.cast_unsigned().wrapping_mul(seed | 1).rotate_left(17));
        prop_assert_eq!(total(entries, &NOBODY()), total(shuffled, &NOBODY()));
    }

    #[test]
    fn every_claim_is_counted_or_left_out_or_says_the_same(claims in any_counted()) {
        let entries: Vec<Entry<'_>> = claims.iter().map(|(c, range)| Entry { amount: *range, ..entry(c, "0") }).collect();
        let sum = total(entries.clone(), &NOBODY());
        prop_assert_eq!(sum.amount.is_none(), sum.claims.is_empty());
        let most: u64 = entries.iter().filter_map(|entry| entry.amount.max).sum();
        prop_assert!(sum.amount.and_then(|amount| amount.max).unwrap_or(0) <= most);
        for left in sum.left_out.values().flatten() {
            prop_assert!(!sum.claims.contains(left));
        }
    }
}

#[test]
fn the_window_of_a_total_is_its_own_time_if_that_is_one() {
    let week = resolved("2020-10-05/2020-10-11".parse().unwrap(), zone(), Extent::Throughout);
    let own = over(1, ARMENIA, "2020-10-10");
    assert_eq!(window(&own.fact, Some(week)), Over::Window(own.fact.when.unwrap()));
    let event = accusation(1, ARMENIA, AZERBAIJAN).when("2020-10-10");
    assert_eq!(window(&event.fact, Some(week)), Over::Window(week));
    assert_eq!(window(&event.fact, None), Over::Apart(Why::Untimed));
}
