//! `place`: registering places.

use insta::assert_snapshot;

use crate::environment::World;

#[test]
fn places_are_added_and_listed() {
    let world = World::with_ledger();
    assert_snapshot!(world.run(&["place", "list"]), @r#"
        status 1
        --- stdout
        Places
        nothing
        "#);
    let ganja =
        ["place", "add", "Ganja", "--lat", "40.6828", "--lon", "46.3606", "--kind", "city", "--alias", "Гянджа"];
    assert_snapshot!(world.run(&ganja), @r#"
        status 0
        --- stdout
        L1 added in B1 (Ganja)
        "#);
    assert_snapshot!(world.run(&["place", "add", "Kəpəz", "--parent", "Ganja", "--dry-run"]), @r#"
        status 0
        --- stdout
        L2 would be added (Kəpəz)
        "#);
    assert_snapshot!(world.run(&["place", "add", "Kəpəz", "--parent", "Ganja"]), @r#"
        status 0
        --- stdout
        L2 added in B2 (Kəpəz)
        "#);
    assert_snapshot!(world.run(&["place", "add", "Stanley", "--lat", "-51.7", "--lon", "-57.85"]), @r#"
        status 0
        --- stdout
        L3 added in B3 (Stanley)
        "#);
    assert_snapshot!(world.run(&["place", "list"]), @r#"
        status 0
        --- stdout
        Places
        ┌────────┬─────────┬──────┬─────────┬─────────┬─────────┬─────────────┐
        │ number │ place   │ kind │ lies in │ lat     │ lon     │ other names │
        ╞════════╪═════════╪══════╪═════════╪═════════╪═════════╪═════════════╡
        │ L1     │ Ganja   │ city │ —       │ 40.6828 │ 46.3606 │ Гянджа      │
        │ L2     │ Kəpəz   │ —    │ Ganja   │ —       │ —       │ —           │
        │ L3     │ Stanley │ —    │ —       │ -51.7   │ -57.85  │ —           │
        └────────┴─────────┴──────┴─────────┴─────────┴─────────┴─────────────┘
        "#);
    assert_snapshot!(world.run(&["place", "list", "--format", "jsonl"]), @r#"
        status 0
        --- stdout
        {"number":["L1"],"place":"Ganja","kind":"city","parent":null,"lat":"40.6828","lon":"46.3606","names":"Гянджа"}
        {"number":["L2"],"place":"Kəpəz","kind":null,"parent":"Ganja","lat":null,"lon":null,"names":null}
        {"number":["L3"],"place":"Stanley","kind":null,"parent":null,"lat":"-51.7","lon":"-57.85","names":null}
        "#);
}

#[test]
fn coordinates_off_the_globe_or_by_half_are_refused() {
    let world = World::with_ledger();
    assert_snapshot!(world.run(&["place", "add", "Nowhere", "--lat", "95", "--lon", "46"]), @r#"
        status 2
        --- stderr
        error: `lat` is 95, outside -90..90
          hint: write degrees as decimals, 40.68 and 46.36; south and west are negative
        "#);
    assert_snapshot!(world.run(&["place", "add", "Nowhere", "--lat", "40"]), @r#"
        status 2
        --- stderr
        error: `lat` and `lon` go together: one of them is blank
          hint: write degrees as decimals, 40.68 and 46.36; south and west are negative
        "#);
    assert_snapshot!(world.run(&["place", "add", "Nowhere", "--lat", "forty", "--lon", "46"]), @r#"
        status 2
        --- stderr
        error: `forty` is no number of degrees
          hint: write degrees as decimals, 40.68 and 46.36; south and west are negative
        "#);
    assert_snapshot!(world.run(&["place", "add", "a\u{7}b"]), @r#"
        status 2
        --- stderr
        error: <NAME>: `a\u{7}b`: a name cannot hold control, zero-width or bidi characters
          hint: type the name anew: what was pasted holds characters that cannot be seen
        "#);
}
