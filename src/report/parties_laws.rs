//! Laws of `report parties`, whatever the ledger holds.

use proptest::prelude::*;

use super::*;
use crate::ledger::Counted;
use crate::model::{ActBase, Stance};
use crate::report::fixture::{ARMENIA, AZERBAIJAN, KARABAKH, Turned, answer, cell, claim, count, input, toll, truce};

fn any_claims() -> impl Strategy<Value = Vec<Counted>> {
    let one = (0..5_usize, 0..4_usize, 0..6_usize, 0..4_i64, 0..4_usize, proptest::option::of(0..5_u64), any::<bool>());
    proptest::collection::vec(one, 0..14).prop_map(|all| {
        let claimants = [
            Claimant::Party(ARMENIA),
            Claimant::Party(AZERBAIJAN),
            Claimant::Party(KARABAKH),
            Claimant::Narration,
            Claimant::Unknown,
        ];
        let accused = [Some(ARMENIA), Some(AZERBAIJAN), Some(KARABAKH), None];
        let days = ["2020-10-10", "2020-10-10T12:05", "2020-10-09/2020-10-12", "2020-10"];
        let numbered = all.into_iter().zip(1_i64..);
        numbered
            .map(|((by, whom, stance, incident, day, killed, response), id)| {
                let told = claim(id, claimants[by], Stance::ALL[stance], ActBase::Shelling).when(days[day]);
                told.turned(|c| {
                    c.fact.accused = accused[whom];
                    c.fact.in_response = response;
                    c.incident = (incident > 0).then_some(Id(incident));
                    c.fact.tolls.extend(killed.map(|killed| toll(None, Some(&killed.to_string()), None)));
                })
            })
            .collect()
    })
}

fn any_input() -> impl Strategy<Value = Input> {
    (any_claims(), proptest::collection::vec((1..14_i64, 1..14_i64), 0..6)).prop_map(|(claims, answers)| {
        let mut input = input(claims);
        input.answers = answers.into_iter().map(|(reply, accusation)| answer(reply, accusation)).collect();
        input.truces = vec![truce(1, "Moscow", "2020-10-10T12:00", Some("2020-10-11"))];
        input
    })
}

proptest! {
    #[test]
    fn the_order_of_the_input_changes_nothing(input in any_input(), seed in any::<u64>(), by in 0..2_usize) {
        let mut shuffled = input.clone();
        let scatter = |id: Id| id.0.cast_unsigned().wrapping_mul(seed | 1).rotate_left(23);
        shuffled.claims.sort_by_key(|c| scatter(c.fact.id));
        shuffled.parties.sort_by_key(|p| scatter(p.id));
        shuffled.answers.reverse();
        prop_assert_eq!(sheet(&input, By::ALL[by]), sheet(&shuffled, By::ALL[by]));
    }

    #[test]
    fn parts_make_the_whole(input in any_input()) {
        let sheet = sheet(&input, By::Party);
        let rows: Vec<String> = sheet.rows.iter().map(|row| match &row[0] {
            Cell::Text(name) => name.clone(),
            other => panic!("{other:?}"),
        }).collect();
        for row in &rows {
            let made: u64 = Made::ALL.iter().map(|made| count(&sheet, row, made.as_str())).sum();
            prop_assert_eq!(made, count(&sheet, row, "claims_made"));
            let received = count(&sheet, row, "accusations_received");
            for (key, ..) in FATES {
                prop_assert!(count(&sheet, row, key) <= received);
            }
        }
        let received: u64 = rows.iter().map(|row| count(&sheet, row, "accusations_received")).sum();
        let accusing = input.claims.iter().filter(|c| c.fact.stance == Stance::Alleges && c.fact.accused.is_some());
        prop_assert_eq!(received, accusing.count() as u64);
    }

    #[test]
    fn unknown_is_never_a_zero(input in any_input()) {
        let told = input.claims.iter().any(|c| !c.fact.tolls.is_empty());
        let sheet = sheet(&input, By::Party);
        for row in sheet.rows.iter().map(|row| match &row[0] { Cell::Text(name) => name.clone(), _ => String::new() }) {
            if !told {
                prop_assert_eq!(cell(&sheet, &row, "killed_alleged"), &Cell::Unknown);
            }
            prop_assert_eq!(cell(&sheet, &row, "wounded_alleged"), &Cell::Unknown);
        }
    }
}
