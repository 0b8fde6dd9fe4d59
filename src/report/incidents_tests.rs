use insta::assert_snapshot;

use super::*;
use crate::ledger::Counted;
use crate::model::{ActBase, Stance};
use crate::render::{Format, Look};
use crate::report::fixture::{ARMENIA, AZERBAIJAN, KARABAKH, OSCE, Turned, accusation, claim, incident, input, toll};

fn karabakh() -> Input {
    let published = |at| move |c: &mut Counted| c.fact.published = Some(at);
    let gyanja = Status { alleged: true, mutual: true, figures_differ: true, ..Status::default() };
    let mut input = input(vec![
        accusation(2, AZERBAIJAN, ARMENIA)
            .of_incident(2)
            .at("Gyanja", None)
            .figure("43 violation")
            .turned(published(1)),
        accusation(3, AZERBAIJAN, ARMENIA).of_incident(2).at("gyanja", None).turned(published(5)).turned(|c| {
            c.fact.tolls.push(toll(Some(AZERBAIJAN), Some("9"), Some("30+")));
        }),
        accusation(4, ARMENIA, AZERBAIJAN).of_incident(2).killed("0"),
        claim(5, Claimant::Party(OSCE), Stance::Observes, ActBase::Explosion).of_incident(5),
        claim(6, Claimant::Party(KARABAKH), Stance::Denies, ActBase::Shelling),
        claim(7, Claimant::Unknown, Stance::Observes, ActBase::Explosion).of_incident(5).figure("3 shell"),
        claim(8, Claimant::Unknown, Stance::Observes, ActBase::Explosion).of_incident(5).figure("5 shell"),
    ]);
    let at = |edtf: &str| input.claims[0].clone().when(edtf).fact.when;
    input.incidents = vec![
        Incident { when: None, ..incident(&[5, 7, 8], Status::default()) },
        Incident { when: at("2020-10-10T12:05"), ..incident(&[2, 3, 4], gyanja) },
    ];
    input
}

fn table(input: &Input) -> String {
    let mut out = Vec::new();
    Format::Table.form(Look { width: 120, colour: false }).sheet(&sheet(input), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_table_as_people_see_it() {
    assert_snapshot!(table(&karabakh()));
}

#[test]
fn an_incident_shows_whole_when_one_of_its_claims_passes() {
    let mut input = karabakh();
    input.chosen = Some([Id(4), Id(6)].into());
    let sheet = sheet(&input);
    assert_eq!(sheet.rows.len(), 1);
    assert_eq!(sheet.rows[0].last(), Some(&Cell::Numbers(NumberKind::Claim, vec![Id(2), Id(3), Id(4)])));
    let left_out = sheet.notes.iter().find(|note| note.key == "left_out").unwrap();
    assert_eq!(left_out.claims, [Id(6)]);
}

#[test]
fn the_order_of_the_input_changes_nothing() {
    let input = karabakh();
    let mut turned = input.clone();
    turned.claims.reverse();
    turned.incidents.reverse();
    turned.parties.reverse();
    assert_eq!(sheet(&input), sheet(&turned));
}

#[test]
fn two_unknown_claimants_figures_stand_side_by_side() {
    let sheet = sheet(&karabakh());
    let figures = &sheet.rows[1][6];
    assert_eq!(figures, &Cell::Lines(vec!["(unknown): 3 shell".into(), "(unknown): 5 shell".into()]));
}
