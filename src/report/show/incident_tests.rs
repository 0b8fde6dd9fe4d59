use insta::assert_snapshot;

use super::*;
use crate::model::{ActBase, Loss};
use crate::render::{Format, Look};
use crate::report::fixture::{ARMENIA, AZERBAIJAN, KARABAKH, Turned, accusation, claim, input};

fn version(first: Counted, turn: impl FnOnce(&mut Version)) -> Version {
    let fact = &first.fact;
    let mut words = Claim::new(fact.stance, fact.act.clone());
    words.place = fact.places.iter().map(|place| place.name.clone()).collect();
    let mut version = Version {
        first,
        claim: words,
        repeats: Vec::new(),
        when: None,
        as_said: None,
        read_in: None,
        answers: Vec::new(),
    };
    turn(&mut version);
    version
}

fn versions() -> Vec<Version> {
    vec![
        version(accusation(2, ARMENIA, AZERBAIJAN).at("Gyanja", None).killed("9"), |v| {
            v.claim.claimant = Some("Armenia".into());
            v.claim.accused = Some("Azerbaijan".into());
            v.claim.speaker = Some("Defence Ministry".into());
            v.claim.quote = Some("“Azerbaijani forces \u{1b}[31mshelled Gyanja”, the ministry said.".into());
            v.claim.losses = vec![Loss::default()];
            v.when = Some("2020-10-10T12:05".into());
            v.as_said = Some("2020-10-10T08:05 (UTC)".into());
            v.repeats = vec![Id(9)];
            v.answers = vec!["answered by C4 (by rule)".into()];
            v.read_in = Some("Agency: Night of shelling".into());
        }),
        version(accusation(4, KARABAKH, ARMENIA), |v| v.claim.target_text = Some("our villages".into())),
        version(claim(5, Claimant::Unknown, Stance::NoComment, ActBase::Shelling), |v| {
            v.claim.claimant_text = Some("the rebels".into());
        }),
    ]
}

#[test]
fn versions_stand_side_by_side_and_silence_is_told() {
    let input = input(Vec::new());
    let sheet = sheet(&versions(), &Names::new(&input.parties));
    let mut out = Vec::new();
    Format::Table.form(Look { width: 140, colour: false }).sheet(&sheet, &mut out).unwrap();
    assert_snapshot!(String::from_utf8(out).unwrap());
}

#[test]
fn parties_come_by_name_and_claims_by_number() {
    let input = input(Vec::new());
    let names = Names::new(&input.parties);
    let mut turned = versions();
    turned.reverse();
    assert_eq!(sheet(&versions(), &names), sheet(&turned, &names));
}
