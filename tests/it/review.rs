//! `review`: a person's verdict on what an extractor read.

use insta::assert_snapshot;

use crate::environment::{Ran, World};

const TEXT: &str = "BAKU, Oct 12, 2020 (Silk Road) — Azerbaijan accused Armenia of shelling Terter on Sunday. \
    Armenia's defence ministry denied it.\n";

fn world() -> World {
    let world = World::with_ledger();
    world.file("a.txt", TEXT);
    let ran = world.run(&["import", "a.txt"]);
    assert_eq!(ran.status, 0, "{ran}");
    world
}

/// How many claims `report` says are drafts, of how many.
fn drafts(world: &World, options: &[&str]) -> String {
    let ran = world.run(&[&["report", "parties", "--format", "json"], options].concat());
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran}"));
    let notes = report["notes"].as_array().unwrap_or_else(|| panic!("{ran}"));
    let drafts = notes.iter().find(|note| note["key"] == "drafts").unwrap_or_else(|| panic!("{ran}"));
    drafts["text"].as_str().unwrap_or_else(|| panic!("{ran}")).to_owned()
}

fn said(ran: &Ran) -> (i32, &str) {
    (ran.status, ran.stdout.trim_end())
}

#[test]
fn drafts_are_listed_with_their_sentence() {
    assert_snapshot!(world().run(&["review", "--format", "csv"]), @r#"
        status 0
        --- stdout
        "dispatch","claim","confidence","says","sentence","quote"
        "D1","C1",0.84,"Azerbaijan alleges shelling by Armenia","BAKU, Oct 12, 2020 (Silk Road) — Azerbaijan accused Armenia of shelling Terter on Sunday.","Azerbaijan accused Armenia of shelling Terter on Sunday."
        "D1","C2",0.77,"Armenia denies shelling","Armenia's defence ministry denied it.","Armenia's defence ministry denied it."
        --- stderr
        filters: none
        counts: a row is a claim that a program read and no person has accepted or rejected
        "#);
    assert_snapshot!(world().run(&["review", "--confidence", "<0.1"]), @r#"
        status 1
        --- stderr
        no unreviewed draft passes the filters: confidence <0.1
        "#);
}

#[test]
fn totals_say_how_many_drafts_are_in_them_and_an_accepted_one_is_none() {
    let world = world();
    assert_eq!(drafts(&world, &[]), "2 of 2 claims are unreviewed drafts");
    assert_eq!(said(&world.run(&["review", "accept", "C1", "--by", "Ani"])), (0, "C1 accepted in B2"));
    assert_eq!(drafts(&world, &[]), "1 of 2 claims are unreviewed drafts");
    assert_eq!(drafts(&world, &["--reviewed"]), "0 of 1 claims are unreviewed drafts");
    let card = world.run(&["show", "C1", "--format", "json"]);
    assert!(card.stdout.contains("reviewed\""), "{card}");
}

#[test]
fn a_rejected_draft_counts_no_more_until_it_is_accepted() {
    let world = world();
    assert_eq!(said(&world.run(&["review", "reject", "C2", "--why", "misread"])), (0, "C2 rejected in B2"));
    assert_eq!(drafts(&world, &[]), "1 of 1 claims are unreviewed drafts");
    let card = world.run(&["show", "C2"]);
    assert!(card.stdout.contains("rejected") && card.stdout.contains("misread"), "{card}");
    assert_eq!(said(&world.run(&["review", "accept", "C2"])), (0, "C2 accepted in B3"));
    assert_eq!(drafts(&world, &[]), "1 of 2 claims are unreviewed drafts");
    assert_eq!(world.run(&["undo", "B3"]).status, 0);
    assert_eq!(drafts(&world, &[]), "1 of 1 claims are unreviewed drafts", "the verdict before holds again");
}

#[test]
fn verdicts_come_in_bulk_and_leave_reviewed_claims_alone() {
    let world = world();
    assert_eq!(world.run(&["review", "reject", "C2", "--why", "misread"]).status, 0);
    assert_eq!(said(&world.run(&["review", "accept", "D1", "--dry-run"])), (0, "C1 would be accepted"));
    assert_eq!(said(&world.run(&["review", "accept", "B1", "--confidence", "0.1+"])), (0, "C1 accepted in B3"));
    assert_snapshot!(world.run(&["review", "accept", "--all"]), @r#"
        status 1
        --- stderr
        no unreviewed draft passes the filters: none
        "#);
    assert_snapshot!(world.run(&["review", "accept", "D1", "--claimant", "Armenia"]), @r#"
        status 1
        --- stderr
        no unreviewed draft passes the filters: D1; claimant Armenia
        "#);
    let again = world.run(&["extract", "--again"]);
    assert!(again.stderr.contains("new: 0, replaced: 0, gone: 0"), "{again}");
    assert_eq!(drafts(&world, &[]), "0 of 1 claims are unreviewed drafts");
}

#[test]
fn a_draft_is_corrected_into_a_persons_claim() {
    let world = world();
    let ran = world.run(&["review", "amend", "C1", "--act", "shelling/mortar"]);
    assert!(ran.stdout.starts_with("C3 replaces C1 in B2"), "{ran}");
    assert_eq!(drafts(&world, &[]), "1 of 2 claims are unreviewed drafts");
}

#[test]
fn what_cannot_be_reviewed_is_refused() {
    let world = world();
    assert_snapshot!(world.run(&["review", "accept"]), @r#"
        status 2
        --- stderr
        error: which drafts is not said
          hint: name claims, dispatches or batches, such as C7 D5 B2, or a filter such as --confidence 0.9+, or --all
        "#);
    assert_snapshot!(world.run(&["review", "reject", "C1"]), @r#"
        status 2
        --- stderr
        error: `--why <WORDS>` is missing
          hint: see `trucebook review reject --help`
        "#);
    assert_snapshot!(world.run(&["review", "accept", "P1"]), @r#"
        status 2
        --- stderr
        error: P1 is a party, and claims, dispatches and batches are reviewed
          hint: name numbers such as C7, D5 or B2
        "#);
    assert_snapshot!(world.run(&["review", "accept", "C9"]), @r#"
        status 2
        --- stderr
        error: there is no claim C9 in this ledger
          hint: `trucebook list` lists the claims
        "#);
    assert_snapshot!(world.run(&["review", "--confidence", "high"]), @r#"
        status 2
        --- stderr
        error: --confidence: `high` is no range of confidence
          hint: write 0.9+, <0.5 or 0.5-0.8; it runs from 0 to 1
        "#);
    let added = world.run(&["add", "--claimant", "Armenia", "--stance", "alleges", "--act", "shelling"]);
    assert_eq!(added.status, 0, "{added}");
    assert_snapshot!(world.run(&["review", "accept", "C3"]), @r#"
        status 2
        --- stderr
        error: C3 was entered by a person: there is nothing to review
          hint: `trucebook amend` corrects it, `trucebook retract` takes it back
        "#);
    let nowhere = World::new();
    assert_eq!(nowhere.run(&["review", "accept", "--all"]).status, 2);
    assert_eq!(nowhere.files(), Vec::<String>::new(), "no ledger is made");
}
