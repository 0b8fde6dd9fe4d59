use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::model::{ActBase, Stance};
use crate::render::{Format, Look};
use crate::report::fixture::{ARMENIA, AZERBAIJAN, KARABAKH, Turned, accusation, claim, input, truce};

fn counted(id: i64, by: Id, window: &str, figure: &str) -> Counted {
    accusation(id, by, if by == AZERBAIJAN { ARMENIA } else { AZERBAIJAN }).throughout(window).figure(figure)
}

fn karabakh() -> Input {
    let mut input = input(vec![
        counted(1, AZERBAIJAN, "2020-10-09", "20 violation 2020-10-09"),
        counted(2, AZERBAIJAN, "2020-10-10", "43 violation 2020-10-10").figure("12 explosion of 43 violation"),
        counted(3, AZERBAIJAN, "2020-10-11", "40 violation 2020-10-11"),
        counted(4, AZERBAIJAN, "2020-10-05/2020-10-11", "230+ violation 2020-10-05/2020-10-11"),
        counted(5, ARMENIA, "2020-10-11", "~7 violation 2020-10-11"),
        accusation(6, ARMENIA, AZERBAIJAN).when("2020-10-12T02:00"),
        accusation(7, ARMENIA, AZERBAIJAN),
        claim(8, Claimant::Narration, Stance::Alleges, ActBase::Shelling).against(ARMENIA).when("2020-10-12"),
    ]);
    input.truces = vec![truce(1, "Moscow", "2020-10-10T12:00", None)];
    input
}

fn table(input: &Input, per: Per) -> String {
    let mut out = Vec::new();
    Format::Table.form(Look { width: 160, colour: false }).sheet(&sheet(input, per, None), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn days_as_people_see_them() {
    assert_snapshot!(table(&karabakh(), Per::Day));
}

#[test]
fn weeks_as_people_see_them() {
    assert_snapshot!(table(&karabakh(), Per::Week));
}

fn column(sheet: &Sheet, key: &str) -> Vec<Cell> {
    let at = sheet.columns.iter().position(|column| column.key == key).unwrap();
    sheet.rows.iter().map(|row| row[at].clone()).collect()
}

#[test]
fn a_day_is_one_of_the_office_s_zone() {
    let late = accusation(1, KARABAKH, AZERBAIJAN).when("2020-10-10T22:30Z");
    let sheet = sheet(&input(vec![late]), Per::Day, None);
    assert_eq!(column(&sheet, "period"), [Cell::Time("2020-10-11".into())]);
}

#[test]
fn a_change_needs_two_exact_neighbours() {
    let sheet = sheet(&karabakh(), Per::Day, None);
    assert_eq!(column(&sheet, "p2_change"), [Cell::Unknown, Cell::Change(23), Cell::Change(-3), Cell::Unknown]);
    assert!(column(&sheet, "p1_change").iter().all(|cell| *cell == Cell::Unknown));
}

#[test]
fn the_running_total_begins_with_the_day_of_the_truce() {
    let sheet = sheet(&karabakh(), Per::Day, None);
    let amounts: Vec<_> = column(&sheet, "p2_since_truce")
        .into_iter()
        .map(|cell| if let Cell::Amount(amount, _) = cell { amount.to_string() } else { "—".into() })
        .collect();
    assert_eq!(amounts, ["—", "43", "83", "83"]);
}

proptest! {
    #[test]
    fn order_changes_nothing(seed in any::<u64>()) {
        let input = karabakh();
        let mut turned = input.clone();
        turned.claims.sort_by_key(|c| c.fact.id.0.cast_unsigned().wrapping_mul(seed | 1).rotate_left(23));
        turned.parties.reverse();
        prop_assert_eq!(sheet(&input, Per::Day, None), sheet(&turned, Per::Day, None));
    }
}
