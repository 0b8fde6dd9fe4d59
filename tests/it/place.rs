//! `place`: registering places.

use insta::assert_snapshot;

use crate::environment::World;

#[test]
fn places_are_added_and_listed() {
    let world = World::with_ledger();
    assert_snapshot!(world.run(&["place", "list"]), @"");
    let ganja =
        ["place", "add", "Ganja", "--lat", "40.6828", "--lon", "46.3606", "--kind", "city", "--alias", "Гянджа"];
    assert_snapshot!(world.run(&ganja), @"");
    assert_snapshot!(world.run(&["place", "add", "Kəpəz", "--parent", "Ganja", "--dry-run"]), @"");
    assert_snapshot!(world.run(&["place", "add", "Kəpəz", "--parent", "Ganja"]), @"");
    assert_snapshot!(world.run(&["place", "add", "Stanley", "--lat", "-51.7", "--lon", "-57.85"]), @"");
    assert_snapshot!(world.run(&["place", "list"]), @"");
    assert_snapshot!(world.run(&["place", "list", "--format", "jsonl"]), @"");
}

#[test]
fn coordinates_off_the_globe_or_by_half_are_refused() {
    let world = World::with_ledger();
    assert_snapshot!(world.run(&["place", "add", "Nowhere", "--lat", "95", "--lon", "46"]), @"");
    assert_snapshot!(world.run(&["place", "add", "Nowhere", "--lat", "40"]), @"");
    assert_snapshot!(world.run(&["place", "add", "Nowhere", "--lat", "forty", "--lon", "46"]), @"");
    assert_snapshot!(world.run(&["place", "add", "a\u{7}b"]), @"");
}
