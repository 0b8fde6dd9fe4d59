use insta::assert_snapshot;

use super::*;
use crate::ledger::Counted;
use crate::model::Told;
use crate::model::{ActBase, Attribution, Extent, Number, NumberKind, Stance};
use crate::reconcile::{ProposedTruce, Status, Toll};
use crate::render::{Format, Look};
use crate::report::fixture::{
    ARMENIA, AZERBAIJAN, KARABAKH, OSCE, Turned, accusation, amount, answer, cell, claim, count, incident, input, toll,
    truce, zone,
};
use crate::report::sheet::Breach;
use crate::tally::numbers::resolved;

fn by_party(input: &Input) -> Sheet {
    sheet(input, By::Party)
}

fn said(id: i64, by: Id, stance: Stance) -> Counted {
    claim(id, Claimant::Party(by), stance, ActBase::Shelling)
}

fn left_out(sheet: &Sheet) -> Vec<(String, Vec<i64>)> {
    let notes = sheet.notes.iter().filter(|note| note.key == "left_out");
    notes.map(|note| (note.text.clone(), note.claims.iter().map(|id| id.0).collect())).collect()
}

#[test]
fn claims_are_counted_as_statements_by_what_they_do() {
    let claims = vec![
        accusation(1, ARMENIA, AZERBAIJAN),
        accusation(2, ARMENIA, AZERBAIJAN).repeats(1),
        said(3, ARMENIA, Stance::Denies),
        said(4, ARMENIA, Stance::Acknowledges),
        said(5, ARMENIA, Stance::Acknowledges).turned(|c| c.fact.in_response = true),
        said(6, ARMENIA, Stance::Observes),
        claim(7, Claimant::Party(ARMENIA), Stance::Declares, ActBase::TruceAgreed),
        claim(8, Claimant::Party(ARMENIA), Stance::Alleges, ActBase::Losses),
        said(9, ARMENIA, Stance::NoComment),
    ];
    let sheet = by_party(&input(claims));
    for (column, wanted) in [
        ("claims_made", 8),
        ("accusations", 1),
        ("denials", 1),
        ("acknowledgements", 1),
        ("acknowledged_in_response", 1),
        ("observations", 1),
        ("truce_facts_and_tolls", 2),
        ("no_comment", 1),
    ] {
        assert_eq!(count(&sheet, "Armenia", column), wanted, "{column}");
    }
}

#[test]
fn replies_say_what_became_of_an_accusation() {
    let accusations = (1..=8).map(|id| accusation(id, ARMENIA, AZERBAIJAN));
    let mut claims: Vec<Counted> = accusations.collect();
    claims.extend([
        said(11, AZERBAIJAN, Stance::Denies),
        accusation(12, AZERBAIJAN, ARMENIA),
        said(13, AZERBAIJAN, Stance::Acknowledges),
        said(14, AZERBAIJAN, Stance::Acknowledges).turned(|c| c.fact.in_response = true),
        said(15, AZERBAIJAN, Stance::NoComment),
    ]);
    let mut input = input(claims);
    input.answers = vec![answer(11, 1), answer(12, 1), answer(11, 2), answer(13, 3), answer(14, 4), answer(15, 5)];
    input.incidents = vec![incident(&[6], Status { corroborated: true, ..Status::default() })];
    input.claims[5].incident = Some(Id(6));
    let sheet = by_party(&input);
    for (column, wanted) in [
        ("accusations_received", 8),
        ("denied", 2),
        ("countered", 1),
        ("acknowledged", 1),
        ("said_in_response", 1),
        ("not_commented", 1),
        ("corroborated", 1),
        ("unanswered", 3),
    ] {
        assert_eq!(count(&sheet, "Azerbaijan", column), wanted, "{column}");
    }
    assert_eq!(cell(&sheet, "Azerbaijan", "denied").claims(), [Id(1), Id(2)]);
}

#[test]
fn a_reply_to_a_repeat_answers_the_statement() {
    let claims = vec![
        accusation(1, ARMENIA, AZERBAIJAN),
        accusation(2, ARMENIA, AZERBAIJAN).repeats(1),
        said(3, AZERBAIJAN, Stance::Denies),
    ];
    let mut input = input(claims);
    input.answers = vec![answer(3, 2)];
    assert_eq!(count(&by_party(&input), "Azerbaijan", "denied"), 1);
}

#[test]
fn a_counter_claim_about_the_same_event_counters_and_an_ally_may_make_it() {
    let claims = vec![
        accusation(1, AZERBAIJAN, ARMENIA).of_incident(1),
        accusation(2, KARABAKH, AZERBAIJAN).of_incident(1),
        said(3, KARABAKH, Stance::Acknowledges).of_incident(1).turned(|c| c.fact.in_response = true),
    ];
    let mut input = input(claims);
    input.incidents = vec![incident(&[1, 2, 3], Status { alleged: true, mutual: true, ..Status::default() })];
    let sheet = by_party(&input);
    assert_eq!(count(&sheet, "Armenia", "countered"), 1);
    assert_eq!(count(&sheet, "Armenia", "said_in_response"), 1);
    assert_eq!(count(&sheet, "Armenia", "acknowledged"), 0);
    assert_eq!(count(&sheet, "Azerbaijan", "countered"), 1);
}

#[test]
fn filters_choose_accusations_and_replies_count_wherever_they_were_read() {
    let mut input = input(vec![
        accusation(1, ARMENIA, AZERBAIJAN),
        accusation(2, ARMENIA, AZERBAIJAN),
        said(3, AZERBAIJAN, Stance::Denies),
    ]);
    input.answers = vec![answer(3, 1)];
    input.chosen = Some([Id(1)].into());
    input.filters = vec!["place Gyanja".into()];
    let sheet = by_party(&input);
    assert_eq!(count(&sheet, "Azerbaijan", "accusations_received"), 1);
    assert_eq!(count(&sheet, "Azerbaijan", "denied"), 1);
    assert_eq!(count(&sheet, "Azerbaijan", "claims_made"), 0);
    assert_eq!(sheet.notes[0].text, "place Gyanja");
}

#[test]
fn violations_are_added_and_other_units_are_not() {
    let sheet = by_party(&input(vec![
        accusation(1, ARMENIA, AZERBAIJAN).figure("43 violation"),
        accusation(2, ARMENIA, AZERBAIJAN).figure("3000 shot").figure("2 violation"),
        accusation(3, ARMENIA, AZERBAIJAN),
        accusation(4, ARMENIA, AZERBAIJAN).figure("497 violation since 2020-10-10"),
        accusation(5, ARMENIA, AZERBAIJAN).figure("84 violation of 212 violation"),
    ]));
    assert_eq!(amount(&sheet, "Azerbaijan", "breaches_alleged"), "45");
    assert_eq!(amount(&sheet, "Armenia", "breaches_alleged"), "—");
    assert_eq!(
        left_out(&sheet),
        [
            ("Azerbaijan, breaches alleged: a running total since a date".to_owned(), vec![4]),
            ("Azerbaijan, breaches alleged: a part of another figure".to_owned(), vec![5]),
            ("Azerbaijan, breaches alleged: counted in other units than violations".to_owned(), vec![2]),
        ]
    );
}

#[test]
fn inferred_and_ruled_breaches_and_what_observers_saw_stand_apart() {
    let attributed = |id, by, stance, attribution| {
        said(id, by, stance)
            .against(AZERBAIJAN)
            .figure("5 violation")
            .turned(|c| c.fact.attribution = Some(attribution))
    };
    let sheet = by_party(&input(vec![
        attributed(1, ARMENIA, Stance::Alleges, Attribution::Stated),
        attributed(2, ARMENIA, Stance::Alleges, Attribution::Inferred),
        attributed(3, OSCE, Stance::Observes, Attribution::Finding),
        attributed(4, OSCE, Stance::Observes, Attribution::Stated),
        attributed(5, OSCE, Stance::Observes, Attribution::Inferred),
    ]));
    assert_eq!(amount(&sheet, "Azerbaijan", "breaches_alleged"), "5");
    assert_eq!(count(&sheet, "Azerbaijan", "accusations_received"), 1);
    assert_eq!(count(&sheet, "Azerbaijan", "observed_against"), 1);
    assert_eq!(count(&sheet, "Azerbaijan", "inferred_against"), 2);
    assert_eq!(count(&sheet, "Azerbaijan", "findings_against"), 1);
}

#[test]
fn dead_and_wounded_are_those_of_others_and_unknown_is_not_zero() {
    let lost = |id, tolls: Vec<Toll>| accusation(id, ARMENIA, AZERBAIJAN).turned(|c| c.fact.tolls = tolls);
    let civilian = |toll: Toll, civilian| Toll { civilian: Some(civilian), ..toll };
    let sheet = by_party(&input(vec![
        lost(1, vec![toll(Some(ARMENIA), Some("3"), None), toll(Some(AZERBAIJAN), Some("50"), Some("9"))]),
        lost(2, vec![toll(None, Some("12"), None), civilian(toll(None, Some("9"), None), true)]),
        lost(3, vec![civilian(toll(None, Some("1"), None), true), civilian(toll(None, Some("2"), None), false)]),
    ]));
    assert_eq!(amount(&sheet, "Azerbaijan", "killed_alleged"), "18");
    assert_eq!(amount(&sheet, "Azerbaijan", "wounded_alleged"), "—");
}

#[test]
fn a_reported_zero_is_a_zero() {
    let sheet = by_party(&input(vec![accusation(1, ARMENIA, AZERBAIJAN).killed("0")]));
    assert_eq!(amount(&sheet, "Azerbaijan", "killed_alleged"), "0");
}

#[test]
fn a_toll_laid_to_a_party_apart_from_any_act_counts_its_dead_but_is_no_accusation() {
    let toll = claim(1, Claimant::Party(ARMENIA), Stance::Alleges, ActBase::Losses).against(AZERBAIJAN).killed("7");
    let sheet = by_party(&input(vec![toll]));
    assert_eq!(amount(&sheet, "Azerbaijan", "killed_alleged"), "7");
    assert_eq!(count(&sheet, "Azerbaijan", "accusations_received"), 0);
}

#[test]
fn a_truce_has_a_column_with_the_first_accusation_after_it() {
    let mut input = input(vec![
        accusation(1, ARMENIA, AZERBAIJAN).when("2020-10-10T11:59"),
        accusation(2, ARMENIA, AZERBAIJAN).when("2020-10-10"),
        accusation(3, ARMENIA, AZERBAIJAN).when("2020-10-10T12:05"),
        accusation(4, AZERBAIJAN, ARMENIA).when("2020-10-20"),
        accusation(5, ARMENIA, AZERBAIJAN),
        accusation(6, ARMENIA, AZERBAIJAN).when("2020-10-11"),
    ]);
    input.truces = vec![truce(1, "Moscow", "2020-10-10T12:00", Some("2020-10-18"))];
    let sheet = by_party(&input);
    let breach = |time: &str, in_force, claim| Breach { time: Some(time.to_owned()), in_force, claim: Id(claim) };
    assert_eq!(
        cell(&sheet, "Azerbaijan", "first_after_t1"),
        &Cell::Breaches(vec![breach("2020-10-10", Told::CannotBeTold, 2), breach("2020-10-10T12:05", Told::Yes, 3)])
    );
    assert_eq!(cell(&sheet, "Armenia", "first_after_t1"), &Cell::Breaches(vec![breach("2020-10-20", Told::No, 4)]));
    let title = sheet.columns.iter().find(|c| c.key == "first_after_t1").map(|c| c.title.to_string());
    assert_eq!(title.as_deref(), Some("first after T1 Moscow from 2020-10-10T12:00"));
}

#[test]
fn a_truce_binds_its_belligerents_each_from_its_own_time() {
    use crate::model::{Role, TruceParty};
    let mut input = input(vec![
        accusation(1, ARMENIA, AZERBAIJAN).when("2020-10-11"),
        accusation(2, AZERBAIJAN, ARMENIA).when("2020-10-11"),
        accusation(3, AZERBAIJAN, KARABAKH).when("2020-10-11"),
    ]);
    let mut moscow = truce(1, "Moscow", "2020-10-10T12:00", None);
    let bound = |party: &str, effective: Option<&str>, role| TruceParty {
        party: party.into(),
        role,
        effective: effective.map(|e| e.parse().unwrap()),
        ended: None,
    };
    moscow.value.parties = vec![
        bound("Azerbaijan", None, Role::Belligerent),
        bound("Armenia", Some("2020-10-12"), Role::Belligerent),
        bound("Nagorno-Karabakh", None, Role::Monitor),
    ];
    input.truces = vec![moscow];
    let sheet = by_party(&input);
    assert!(matches!(cell(&sheet, "Azerbaijan", "first_after_t1"), Cell::Breaches(b) if b.len() == 1));
    assert_eq!(cell(&sheet, "Armenia", "first_after_t1"), &Cell::Breaches(vec![]));
    assert_eq!(cell(&sheet, "Nagorno-Karabakh", "first_after_t1"), &Cell::Unknown);
}

#[test]
fn a_proposed_truce_is_marked_and_an_agreement_alone_leaves_the_beginning_open() {
    let mut input = input(vec![
        accusation(1, ARMENIA, AZERBAIJAN).when("2020-10-08"),
        accusation(2, ARMENIA, AZERBAIJAN).when("2020-10-11"),
    ]);
    let agreed = Some(resolved("2020-10-10".parse().unwrap(), zone(), Extent::Within));
    let proposed = |id, agreed| ProposedTruce {
        id: Id(id),
        claims: vec![Id(id)],
        parties: vec![],
        mediators: vec![],
        agreed,
        effective: None,
        ended: None,
        events: Vec::new(),
    };
    input.proposed = vec![proposed(7, agreed), proposed(8, None)];
    let sheet = by_party(&input);
    let open = Breach { time: Some("2020-10-11".into()), in_force: Told::CannotBeTold, claim: Id(2) };
    assert_eq!(cell(&sheet, "Azerbaijan", "first_after_c7"), &Cell::Breaches(vec![open]));
    assert_eq!(left_out(&sheet), [("truces nobody dates: the one proposed by C8".to_owned(), vec![])]);
}

#[test]
fn a_side_stands_for_its_parties() {
    let claims = vec![
        accusation(1, ARMENIA, AZERBAIJAN),
        accusation(2, KARABAKH, AZERBAIJAN),
        accusation(3, AZERBAIJAN, ARMENIA).killed("2"),
        accusation(4, AZERBAIJAN, KARABAKH).killed("3"),
    ];
    let sheet = sheet(&input(claims), By::Side);
    assert_eq!(sheet.rows.len(), 2);
    assert_eq!(count(&sheet, "Armenian side", "claims_made"), 2);
    assert_eq!(count(&sheet, "Armenian side", "accusations_received"), 2);
    assert_eq!(amount(&sheet, "Armenian side", "killed_alleged"), "5");
    assert_eq!(count(&sheet, "Azerbaijan", "accusations_received"), 2);
}

#[test]
fn what_is_in_no_row_is_said() {
    let sheet = by_party(&input(vec![
        claim(1, Claimant::Narration, Stance::Observes, ActBase::Attack),
        claim(2, Claimant::Unknown, Stance::Alleges, ActBase::Attack),
    ]));
    let notes: Vec<_> = sheet.notes.iter().filter(|note| note.key == "not_of_a_party").collect();
    let told: Vec<_> = notes.iter().map(|note| (note.text.as_str(), note.claims.as_slice())).collect();
    assert_eq!(
        told,
        [
            ("1 the dispatches' own words, in no row as claims made", &[Id(1)][..]),
            ("1 by claimants no party bears, in no row as claims made", &[Id(2)][..]),
            ("1 accusations of nobody registered, in no row as received", &[Id(2)][..]),
        ]
    );
}

#[test]
fn stale_incidents_and_drafts_are_said() {
    let mut input = input(vec![accusation(1, ARMENIA, AZERBAIJAN).turned(|c| c.draft = true)]);
    input.head.derived_as_of = Some(Number::own(NumberKind::Batch, 2));
    let sheet = by_party(&input);
    let note = |key: &str| sheet.notes.iter().find(|note| note.key == key).map(|note| note.text.clone()).unwrap();
    assert_eq!(note("drafts"), "1 of 1 claims are unreviewed drafts");
    assert_eq!(note("stale"), "incidents as of B2; `trucebook rebuild` brings them up to date");
    assert_eq!(
        note("made_from"),
        "office KHI, head B3 of 2020-10-12T15:00, hash 0123456789abcdef; engine 1, normaliser 1"
    );
}

fn karabakh() -> Input {
    let mut input = input(vec![
        claim(1, Claimant::Narration, Stance::Observes, ActBase::Attack).when("2020-09-27"),
        accusation(2, ARMENIA, AZERBAIJAN).when("2020-10-10T12:05").of_incident(2).killed("2-3").figure("43 violation"),
        accusation(3, AZERBAIJAN, ARMENIA).when("2020-10-10").of_incident(2),
        said(4, AZERBAIJAN, Stance::Denies).turned(|c| c.draft = true),
        accusation(5, KARABAKH, AZERBAIJAN).when("2020-10-11").of_incident(2).killed("5+"),
    ]);
    input.answers = vec![answer(4, 2)];
    input.incidents = vec![incident(&[2, 3, 5], Status { alleged: true, mutual: true, ..Status::default() })];
    input.truces = vec![truce(1, "Moscow truce", "2020-10-10T12:00", None)];
    input
}

#[test]
fn the_table_as_people_see_it() {
    let mut out = Vec::new();
    Format::Table.form(Look { width: 100, colour: false }).sheet(&by_party(&karabakh()), &mut out).unwrap();
    assert_snapshot!(String::from_utf8(out).unwrap());
}
