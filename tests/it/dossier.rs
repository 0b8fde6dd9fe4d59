//! `report all`: the whole dossier in one page.

use crate::environment::World;

fn page(world: &World, options: &[&str]) -> String {
    let ran = world.run(&[&["report", "all", "--format", "html"], options].concat());
    assert_eq!(ran.status, 0, "{ran}");
    ran.stdout
}

fn add(world: &World, fields: &[&str]) {
    let ran = world.run(&[&["add"], fields].concat());
    assert_eq!(ran.status, 0, "{ran}");
}

fn world() -> World {
    let world = World::with_ledger();
    let armenia = ["--claimant", "Armenia", "--act", "shelling", "--occurred", "2020-10-10"];
    add(&world, &[&armenia[..], &["--stance", "alleges", "--accused", "Azerbaijan", "--killed", "3+"]].concat());
    let ganja = ["--claimant", "Azerbaijan", "--stance", "alleges", "--act", "missile-strike", "--accused", "Armenia"];
    let place = ["--occurred", "2020-10-11", "--place", "Ganja", "--lat", "40.68", "--lon", "46.36", "--killed", "9"];
    add(&world, &[&ganja[..], &place, &["--quote", "<b>Nine</b> were killed."]].concat());
    add(&world, &["--claimant", "Armenia", "--stance", "denies", "--act", "missile-strike", "--answers", "C2"]);
    world
}

#[test]
fn it_holds_every_report_its_drawings_and_the_incidents_in_full() {
    let page = page(&world(), &[]);
    for report in
        ["parties", "matrix", "daily", "truces", "losses", "replies", "incidents", "sources", "checks", "coverage"]
    {
        assert!(page.contains(&format!("<section id=\"{report}\"")), "{report} in {page}");
    }
    assert_eq!(page.matches("<svg").count(), 4, "bars, heat map, losses, map: {page}");
    assert!(page.contains("<article class=\"card\" id=\"I2\""), "{page}");
    assert!(page.contains("<a href=\"#I2\" aria-label=\"I2 at 40.68, 46.36\">"), "{page}");
    assert!(page.contains("&lt;b&gt;Nine&lt;&#x2f;b&gt; were killed."), "{page}");
}

#[test]
fn it_follows_filters_and_the_same_ledger_gives_the_same_bytes() {
    let world = world();
    assert_eq!(page(&world, &[]), page(&world, &[]));
    let filtered = page(&world, &["--claimant", "Azerbaijan"]);
    assert!(filtered.contains("id=\"I2\"") && !filtered.contains("id=\"I1\""), "{filtered}");
}

#[test]
fn a_file_by_its_ending_and_no_form_that_has_no_room_for_it() {
    let world = world();
    assert_eq!(world.run(&["report", "all", "-o", "r.html"]).status, 0);
    assert_eq!(std::fs::read_to_string(world.path("r.html")).unwrap(), page(&world, &[]));
    for refused in [&["report", "all", "--format", "csv"][..], &["report", "all", "--explain", "Armenia"]] {
        let ran = world.run(refused);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{ran}");
    }
}
