//! `truce`: registering, confirming and ending truces.

use insta::assert_snapshot;

use crate::environment::World;

fn fact(world: &World, act: &str, occurred: &str) {
    let ran = world.run(&[
        "add",
        "--claimant",
        "Russia",
        "--stance",
        "declares",
        "--act",
        act,
        "--party",
        "Armenia",
        "--party",
        "Azerbaijan",
        "--mediator",
        "Russia",
        "--occurred",
        occurred,
        "--place",
        "Moscow",
    ]);
    assert_eq!(ran.status, 0, "{ran}");
}

#[test]
fn a_truce_is_registered_with_roles_times_and_articles() {
    let world = World::with_ledger();
    let parties = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/gold/parties/karabakh.jsonl");
    world.run(&["party", "import", parties]);
    let add = [
        "truce",
        "add",
        "--title",
        "Moscow truce",
        "--party",
        "Armenia",
        "--party",
        "Azerbaijan",
        "--ally",
        "Turkey",
        "--mediator",
        "Russia",
        "--guarantor",
        "France",
        "--monitor",
        "ICRC",
        "--area",
        "the line of contact",
        "--agreed",
        "2020-10-10T03:00",
        "--effective",
        "2020-10-10T12:00",
        "--effective-for",
        "Armenia=2020-10-10T13:00",
        "--duration",
        "until further notice",
        "--terms",
        "https://example.org/terms",
        "--article",
        "1=Prisoners and bodies are exchanged",
        "--due",
        "1=2020-10-15",
    ];
    assert_snapshot!(world.run(&add), @r#"
        status 0
        --- stdout
        T1 added in B2 (Moscow truce)
        "#);
    assert_snapshot!(world.run(&["truce", "list"]), @r#"
        status 0
        --- stdout
        Truces
        ┌────────┬─────────┬─────────────┬───────────┬──────────────────┬──────────────────┬───────┬───────┐
        │ number │ title   │ parties     │ mediators │ agreed           │ effective        │ ended │ rests │
        │        │         │             │           │                  │                  │       │ on    │
        ╞════════╪═════════╪═════════════╪═══════════╪══════════════════╪══════════════════╪═══════╪═══════╡
        │ T1     │ Moscow  │ Armenia,    │ Russia    │ 2020-10-10T03:00 │ 2020-10-10T12:00 │ —     │ —     │
        │        │ truce   │ Azerbaijan  │           │                  │                  │       │       │
        └────────┴─────────┴─────────────┴───────────┴──────────────────┴──────────────────┴───────┴───────┘
        zone: times are in Asia/Yerevan, unless they tell an offset of their own
        "#);
    assert_snapshot!(world.run(&["truce", "show", "T1"]), @r#"
        status 0
        --- stdout
        T1 Moscow truce
        counts     yes
        area       the line of contact
        agreed     2020-10-10T03:00
        effective  2020-10-10T12:00
        ended      —
        duration   until further notice
        terms      https://example.org/terms
        read from  —
        batch      B2

        Parties
        ┌────────────┬─────────────┬──────────────────┬───────┐
        │ party      │ role        │ bound from       │ until │
        ╞════════════╪═════════════╪══════════════════╪═══════╡
        │ Armenia    │ belligerent │ 2020-10-10T13:00 │ —     │
        │ Azerbaijan │ belligerent │ 2020-10-10T12:00 │ —     │
        │ Turkey     │ ally        │ 2020-10-10T12:00 │ —     │
        │ Russia     │ mediator    │ 2020-10-10T12:00 │ —     │
        │ France     │ guarantor   │ 2020-10-10T12:00 │ —     │
        │ ICRC       │ monitor     │ 2020-10-10T12:00 │ —     │
        └────────────┴─────────────┴──────────────────┴───────┘

        Articles
        ┌─────────┬────────────────────────────────────┬────────────┐
        │ article │ text                               │ due        │
        ╞═════════╪════════════════════════════════════╪════════════╡
        │ 1       │ Prisoners and bodies are exchanged │ 2020-10-15 │
        └─────────┴────────────────────────────────────┴────────────┘
        "#);
}

#[test]
fn claims_that_tell_of_a_truce_propose_it_and_a_person_confirms() {
    let world = World::with_ledger();
    fact(&world, "truce-agreed", "2020-10-10");
    fact(&world, "truce-begins", "2020-10-10T12:00");
    assert_snapshot!(world.run(&["truce", "list"]), @r#"
        status 0
        --- stdout
        Truces
        ┌──────────┬───────┬────────────────┬───────────┬────────────┬──────────────────┬───────┬──────────┐
        │ number   │ title │ parties        │ mediators │ agreed     │ effective        │ ended │ rests on │
        ╞══════════╪═══════╪════════════════╪═══════════╪════════════╪══════════════════╪═══════╪══════════╡
        │ proposed │ —     │ Armenia,       │ Russia    │ 2020-10-10 │ 2020-10-10T12:00 │ —     │ C1, C2   │
        │          │       │ Azerbaijan     │           │            │                  │       │          │
        └──────────┴───────┴────────────────┴───────────┴────────────┴──────────────────┴───────┴──────────┘
        zone: times are in Asia/Yerevan, unless they tell an offset of their own
        proposed: confirm with `trucebook truce add --from C1,C2`
        "#);
    assert_snapshot!(world.run(&["truce", "add", "--from", "C1,C2", "--dry-run"]), @r#"
        status 0
        --- stdout
        T1 would be added (Armenia and Azerbaijan, 2020-10-10)
        "#);
    assert_snapshot!(world.run(&["truce", "add", "--from", "C1,C2"]), @r#"
        status 0
        --- stdout
        T1 added in B3 (Armenia and Azerbaijan, 2020-10-10)
        "#);
    assert_snapshot!(world.run(&["truce", "list", "--format", "csv"]), @r#"
        status 0
        --- stdout
        "number","title","parties","mediators","agreed","effective","ended","rests_on"
        "T1","Armenia and Azerbaijan, 2020-10-10","Armenia, Azerbaijan","Russia","2020-10-10","2020-10-10T12:00","","C1, C2"
        --- stderr
        zone: times are in Asia/Yerevan, unless they tell an offset of their own
        "#);
}

#[test]
fn a_truce_that_ends_rests_on_the_claims_it_was_read_from() {
    let world = World::with_ledger();
    fact(&world, "truce-agreed", "2020-10-10");
    fact(&world, "truce-begins", "2020-10-10T12:00");
    world.run(&["truce", "add", "--from", "C1,C2"]);
    world.run(&["retract", "C1", "--why", "misread"]);
    world.run(&["truce", "end", "T1", "--at", "2020-10-12"]);
    // C1 does not count any more; and neither is what C2 tells proposed a second time.
    assert_snapshot!(world.run(&["truce", "list", "--format", "csv"]), @r#"
        status 0
        --- stdout
        "number","title","parties","mediators","agreed","effective","ended","rests_on"
        "T2","Armenia and Azerbaijan, 2020-10-10","Armenia, Azerbaijan","Russia","2020-10-10","2020-10-10T12:00","2020-10-12","C2"
        --- stderr
        zone: times are in Asia/Yerevan, unless they tell an offset of their own
        "#);
}

#[test]
fn claims_that_disagree_are_settled_by_typing() {
    let world = World::with_ledger();
    fact(&world, "truce-begins", "2020-10-10T12:00");
    fact(&world, "truce-begins", "2020-10-10T13:00");
    assert_snapshot!(world.run(&["truce", "add", "--from", "C1,C2"]), @r#"
        status 2
        --- stderr
        error: the claims differ: 2020-10-10T12:00 and 2020-10-10T13:00 (the latter in C2)
          hint: decide with --effective DATE, or leave a claim out of --from
        "#);
    assert_snapshot!(world.run(&["truce", "add", "--from", "C1,C2", "--effective", "2020-10-10T12:00"]), @r#"
        status 0
        --- stdout
        T1 added in B3 (Armenia and Azerbaijan, 2020-10-10)
        "#);
}

#[test]
fn a_truce_ends_for_all_or_for_one() {
    let world = World::with_ledger();
    world.run(&["truce", "add", "--party", "Armenia", "--party", "Azerbaijan", "--effective", "2020-10-10"]);
    assert_snapshot!(world.run(&["truce", "end", "T1", "--at", "2020-10-17", "--for", "Armenia"]), @r#"
        status 0
        --- stdout
        T2 replaces T1 in B2 (Armenia and Azerbaijan, 2020-10-10): ended 2020-10-17
        "#);
    assert_snapshot!(world.run(&["truce", "end", "T1", "--at", "2020-10-18"]), @r#"
        status 2
        --- stderr
        error: T1 was replaced or taken back
          hint: `trucebook truce list` lists the truces
        "#);
    assert_snapshot!(world.run(&["truce", "end", "T2", "--at", "2020-10-18"]), @r#"
        status 0
        --- stdout
        T3 replaces T2 in B3 (Armenia and Azerbaijan, 2020-10-10): ended 2020-10-18
        "#);
    assert_snapshot!(world.run(&["truce", "list"]), @r#"
        status 0
        --- stdout
        Truces
        ┌────────┬────────────────┬───────────────┬───────────┬────────┬────────────┬────────────┬─────────┐
        │ number │ title          │ parties       │ mediators │ agreed │ effective  │ ended      │ rests   │
        │        │                │               │           │        │            │            │ on      │
        ╞════════╪════════════════╪═══════════════╪═══════════╪════════╪════════════╪════════════╪═════════╡
        │ T3     │ Armenia and    │ Armenia,      │ —         │ —      │ 2020-10-10 │ 2020-10-18 │ —       │
        │        │ Azerbaijan,    │ Azerbaijan    │           │        │            │            │         │
        │        │ 2020-10-10     │               │           │        │            │            │         │
        └────────┴────────────────┴───────────────┴───────────┴────────┴────────────┴────────────┴─────────┘
        zone: times are in Asia/Yerevan, unless they tell an offset of their own
        "#);
}

#[test]
fn what_makes_no_truce_is_refused() {
    let world = World::with_ledger();
    world.run(&["add", "--claimant", "Armenia", "--stance", "denies", "--act", "shelling"]);
    assert_snapshot!(world.run(&["truce", "add", "--from", "C1"]), @r#"
        status 2
        --- stderr
        error: C1 is about shelling, which is no truce fact
          hint: name claims about truce-agreed, truce-begins or truce-ends
        "#);
    assert_snapshot!(world.run(&["truce", "add", "--from", "C9"]), @r#"
        status 2
        --- stderr
        error: there is no claim C9 in this ledger
          hint: `trucebook list` lists the claims
        "#);
    assert_snapshot!(world.run(&["truce", "add", "--from", "D1"]), @r#"
        status 2
        --- stderr
        error: --from: `D1` is a dispatch, and a claim is wanted
          hint: a claim's number begins with C, such as C12
        "#);
    assert_snapshot!(world.run(&["truce", "add", "--title", "Empty"]), @r#"
        status 2
        --- stderr
        error: a truce binds somebody: `--party` is missing
          hint: name each party that fights: --party Armenia --party Azerbaijan
        "#);
    assert_snapshot!(world.run(&["truce", "add", "--party", "Armenia", "--due", "3=2020-10-15"]), @r#"
        status 2
        --- stderr
        error: there is no article `3`
          hint: give its text with --article NUMBER=TEXT
        "#);
    assert_snapshot!(world.run(&["truce", "add", "--party", "Armenia", "--ended-for", "Georgia=2020-10-15"]), @r#"
        status 2
        --- stderr
        error: `Georgia` has no part in this truce
          hint: one of: `Armenia`
        "#);
    assert_snapshot!(world.run(&["truce", "add", "--party", "Armenia", "--effective-for", "Armenia"]), @r#"
        status 2
        --- stderr
        error: --effective-for: `=` is missing
          hint: write NAME=VALUE, in quotes
        "#);
    assert_snapshot!(world.run(&["truce", "end", "T1", "--at", "2020-10-18"]), @r#"
        status 2
        --- stderr
        error: there is no truce T1 in this ledger
          hint: `trucebook truce list` lists the truces
        "#);
}
