use super::*;
use crate::ledger::Counted;
use crate::model::{Told, TruceParty};
use crate::report::fixture::{ARMENIA, AZERBAIJAN, Turned, accusation, claim, input, truce};
use crate::report::sheet::Breach;

fn between(mut recorded: Recorded<Truce>, parties: &[&str]) -> Recorded<Truce> {
    let party =
        |name: &&str| TruceParty { party: (*name).to_owned(), role: Role::Belligerent, effective: None, ended: None };
    recorded.value.parties = parties.iter().map(party).collect();
    recorded
}

fn moscow() -> Recorded<Truce> {
    between(truce(1, "Moscow", "2020-10-10T12:00", Some("2020-10-18")), &["Armenia", "Azerbaijan"])
}

fn of(sheet: &Sheet, row: usize, column: &str) -> Cell {
    let at = sheet.columns.iter().position(|c| c.key == column).unwrap();
    sheet.rows[row][at].clone()
}

fn against_azerbaijan(times: &[&str]) -> Vec<Counted> {
    (1..).zip(times).map(|(id, time)| accusation(id, ARMENIA, AZERBAIJAN).when(time)).collect()
}

#[test]
fn acts_are_told_inside_outside_and_neither() {
    let mut input =
        input(against_azerbaijan(&["2020-10-09", "2020-10-10", "2020-10-10T12:05", "2020-10-11", "2020-11-01"]));
    input.truces = vec![moscow()];
    let sheet = sheet(&input);
    assert_eq!(sheet.rows.len(), 2, "one row a belligerent");
    assert_eq!(of(&sheet, 1, "party"), Cell::Text("Azerbaijan".into()));
    assert_eq!(of(&sheet, 1, "inside"), Cell::count(vec![Id(3), Id(4)]));
    assert_eq!(of(&sheet, 1, "outside"), Cell::count(vec![Id(1), Id(5)]));
    assert_eq!(of(&sheet, 1, "cannot_be_told"), Cell::count(vec![Id(2)]));
    let Cell::Breaches(firsts) = of(&sheet, 1, "first") else { panic!() };
    let told: Vec<(Told, Id)> = firsts.iter().map(|Breach { in_force, claim, .. }| (*in_force, *claim)).collect();
    assert_eq!(told, [(Told::CannotBeTold, Id(2)), (Told::Yes, Id(3))]);
    assert_eq!(of(&sheet, 1, "delay"), Cell::Lapse(Lapse { least: 241, most: Some(359) }, vec![Id(3)]));
    assert_eq!(of(&sheet, 0, "inside"), Cell::count(Vec::new()));
}

#[test]
fn the_former_level_is_the_mean_of_seven_days() {
    let before = [
        "2020-10-04",
        "2020-10-05",
        "2020-10-06",
        "2020-10-07",
        "2020-10-08",
        "2020-10-09",
        "2020-10-09",
        "2020-10-03",
    ];
    let with = |after: &[&str]| {
        let mut input = input(against_azerbaijan(&[&before[..], after].concat()));
        input.truces = vec![moscow()];
        of(&sheet(&input), 1, "former_level_after")
    };
    assert_eq!(with(&["2020-10-11", "2020-10-12", "2020-10-12"]), Cell::Text("day 3, 2020-10-12".into()));
    assert_eq!(with(&["2020-10-11"]), Cell::Word("not back"));
    let mut nothing = input(against_azerbaijan(&["2020-10-11"]));
    nothing.truces = vec![moscow()];
    assert_eq!(of(&sheet(&nothing), 1, "former_level_after"), Cell::Unknown);
}

#[test]
fn truces_between_the_same_make_a_chain_and_extensions_are_named() {
    let extended = claim(9, crate::reconcile::Claimant::Party(ARMENIA), Stance::Declares, ActBase::TruceExtended)
        .when("2020-10-12")
        .turned(|c| c.fact.parties = vec![ARMENIA, AZERBAIJAN]);
    let mut input = input(vec![extended]);
    let mut second = between(truce(2, "Second", "2020-10-26T08:00", None), &["Azerbaijan", "Armenia"]);
    second.value.articles =
        vec![Article { number: "3".into(), text: "withdraw".into(), due: "2020-11-15".parse().ok() }];
    input.truces = vec![second, moscow()];
    let sheet = sheet(&input);
    assert_eq!(of(&sheet, 0, "truce"), Cell::Number(NumberKind::Truce, Id(1)));
    assert_eq!(of(&sheet, 0, "chain"), Cell::Text("T1 → T2".into()));
    assert_eq!(of(&sheet, 0, "extended_by"), Cell::Numbers(NumberKind::Claim, vec![Id(9)]));
    assert_eq!(of(&sheet, 2, "extended_by"), Cell::Numbers(NumberKind::Claim, Vec::new()));
    assert_eq!(of(&sheet, 2, "articles"), Cell::Lines(vec!["3: withdraw (2020-11-15)".into()]));
}

#[test]
fn an_undated_truce_tells_nothing_of_acts() {
    let mut undated = moscow();
    undated.value.effective = None;
    let mut input = input(against_azerbaijan(&["2020-10-11"]));
    input.truces = vec![undated];
    let sheet = sheet(&input);
    assert_eq!(of(&sheet, 1, "inside"), Cell::Unknown);
}
