//! `import` of data sets and gazetteers that others publish: what their columns mean here.

use trucebook::model::{NARRATION, SourceKind};

use crate::environment::World;
use crate::ledger_of::{claims, ledger, live};

const ACLED: &str = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,\
    assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,\
    admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp\n";

fn acled(id: &str, date: &str, precision: u8, kind: (&str, &str), dead: u8, stamp: u32) -> String {
    let (kind, closer) = kind;
    format!(
        "{id},{date},2023,{precision},Political violence,{kind},{closer},Armenia,,State forces,Azerbaijan,,1,11,,51,\
         Caucasus,Armenia,Syunik,Goris,,Tegh,39.55,46.48,2,Wire One; Wire Two,National,\"Fire near Tegh, it was said.\",\
         {dead},,{stamp}\n"
    )
}

#[test]
fn acled_rows_fill_no_accused() {
    let world = World::with_ledger();
    let rows = [
        acled("ARM1", "31 January 2023", 1, ("Battles", "Armed clash"), 2, 1_675_795_283),
        acled(
            "ARM2",
            "2023-01-31",
            2,
            ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
            0,
            1_675_795_283,
        ),
        acled("ARM3", "2023-01-31", 3, ("Violence against civilians", "Attack"), 1, 1_675_795_283),
        acled("ARM4", "2023-01-31", 1, ("Protests", "Peaceful protest"), 0, 1_675_795_283),
        acled("ARM5", "2023-01-31", 1, ("Strategic developments", "Agreement"), 0, 1_675_795_283),
    ];
    world.file("acled.csv", ACLED.to_owned() + &rows.concat());
    world.run(&["import", "acled.csv"]).prints_and_says(
        0,
        "acled.csv (ACLED, CSV): 3 new, 2 passed over; C1 to C3 in B1\n",
        "5 rows: 3 new, 2 passed over\nbuilt-in parties registered: Armenia, Azerbaijan\n",
    );
    let read = claims(&world);
    for claim in &read {
        assert_eq!((claim.claimant.as_deref(), &claim.accused), (Some(NARRATION), &None));
        assert_eq!(claim.involved, ["Armenia", "Azerbaijan"]);
        assert_eq!(claim.note.as_deref(), Some("compiled from: Wire One; Wire Two"));
    }
    let told: Vec<_> =
        read.iter().map(|claim| format!("{} {} {}", claim.act, claim.occurred.unwrap(), claim.losses[0])).collect();
    assert_eq!(
        told,
        [
            "attack/clash 2023-01-31 ?: killed 2+",
            "shelling 2023-01-30/2023-02-05 ?: killed 0+",
            "attack 2023-01 ?: killed 1+",
        ]
    );
    assert_eq!(read[2].civilian, Some(true));
    let sources = ledger(&world).snapshot().unwrap().sources().unwrap();
    assert_eq!((sources[0].value.name.as_str(), sources[0].value.kind), ("ACLED", SourceKind::Compiler));
}

#[test]
fn a_newer_row_of_acled_replaces_and_an_older_one_does_not() {
    let world = World::with_ledger();
    let row = |dead, stamp| ACLED.to_owned() + &acled("ARM1", "2023-01-31", 1, ("Battles", "Armed clash"), dead, stamp);
    for (dead, stamp, said) in [
        (2, 1_675_795_283, "1 row: 1 new\n"),
        (3, 1_675_900_000, "1 row: 0 new, 1 replacing another\n"),
        (4, 1_675_800_000, "1 row: 0 new, 1 duplicate\n"),
        (3, 1_675_900_000, "1 row: 0 new, 1 duplicate\n"),
    ] {
        world.file("acled.csv", row(dead, stamp));
        let ran = world.run(&["import", "acled.csv"]);
        assert!(ran.stderr.starts_with(said), "{said} {ran}");
    }
    assert_eq!(live(&world), 1);
    assert_eq!(claims(&world)[0].losses[0].to_string(), "?: killed 3+");
}

/// A row of GED with these cells; the rest are blank.
fn ged(cells: &[(&str, &str)]) -> String {
    let columns = "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,\
        dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,\
        number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,\
        where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,\
        event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,\
        gwnob";
    let cell = |column: &str| cells.iter().find(|(name, _)| *name == column).map_or("", |(_, cell)| cell);
    if cells.is_empty() { columns.to_owned() } else { columns.split(',').map(cell).collect::<Vec<_>>().join(",") }
}

#[test]
fn losses_of_ged_belong_to_the_side_that_suffered_them() {
    let common = [
        ("relid", "ARM-1"),
        ("year", "2020"),
        ("side_a", "Armenia"),
        ("latitude", "39.5"),
        ("longitude", "46.5"),
        ("where_coordinates", "Tegh"),
        ("date_start", "2020-10-01 00:00:00.000"),
        ("date_end", "2020-10-03 00:00:00.000"),
        ("source_office", "Wire"),
        ("source_original", "Azerbaijan"),
    ];
    let of = |more: &[(&str, &str)]| ged(&[&common[..], more].concat());
    let rows = [
        of(&[
            ("id", "1"),
            ("type_of_violence", "1"),
            ("side_b", "Azerbaijan"),
            ("deaths_a", "3"),
            ("deaths_b", "5"),
            ("deaths_civilians", "0"),
            ("deaths_unknown", "0"),
            ("best", "8"),
        ]),
        of(&[
            ("id", "2"),
            ("type_of_violence", "3"),
            ("side_b", "Civilians"),
            ("deaths_civilians", "2"),
            ("best", "2"),
        ]),
        of(&[
            ("id", "3"),
            ("type_of_violence", "1"),
            ("side_b", "Azerbaijan"),
            ("deaths_a", "0"),
            ("best", "1"),
            ("high", "4"),
            ("low", "1"),
        ]),
    ];
    let told = |world: &World| {
        let claims = claims(world);
        let told = claims.iter().map(|claim| {
            let losses: Vec<_> = claim.losses.iter().map(ToString::to_string).collect();
            format!(
                "{} | {} | {}",
                claim.accused.as_deref().unwrap_or("?"),
                claim.involved.join(", "),
                losses.join("; ")
            )
        });
        (told.collect::<Vec<_>>(), claims[0].occurred.unwrap().to_string(), claims[0].claimant.clone())
    };
    for header in [true, false] {
        let world = World::with_ledger();
        world.run(&["party", "add", "Azerbaijan"]);
        let lines: Vec<String> = header.then(|| ged(&[])).into_iter().chain(rows.clone()).collect();
        world.file("ged.csv", lines.join("\n"));
        let ran = world.run(&["import", "ged.csv"]);
        assert!(ran.stdout.starts_with("ged.csv (UCDP GED, CSV): 3 new; C1 to C3 in B2\n"), "{ran}");
        let (told, occurred, claimant) = told(&world);
        assert_eq!(
            told,
            [
                "? | Armenia, Azerbaijan | Armenia: killed 3; Azerbaijan: killed 5",
                "Armenia |  | ?: killed 2 civilian",
                "? | Armenia, Azerbaijan | ?: killed 1-4",
            ]
        );
        assert_eq!((occurred.as_str(), claimant.as_deref()), ("2020-10-01/2020-10-03", Some("Azerbaijan")));
    }
}

#[test]
fn places_come_as_our_table_as_lines_and_as_geonames() {
    let world = World::with_ledger();
    world.file("p.csv", "name,lat,lon,aliases,parent,kind\nTerter District,,,,,district\nTerter,40.34,46.93,Tərtər; Мартакерт,Terter District,town\nX,91,1,,,\n");
    let ran = world.run(&["import", "p.csv"]);
    assert_eq!(ran.stdout, "p.csv (places, CSV): 2 new, 1 refused; L1 to L2 in B1\n", "{ran}");
    let exported = world.run(&["export", "places"]).stdout;
    world.file("p.jsonl", &exported);
    assert!(world.run(&["import", "p.jsonl"]).stderr.starts_with("2 rows: 0 new, 2 duplicates\n"));
    let other = World::with_ledger();
    other.file("p.jsonl", &exported);
    other.run(&["import", "p.jsonl"]);
    assert_eq!(other.run(&["export", "places"]).stdout, exported);
    world.file("AM.txt", "616052\tYerevan\tYerevan\tErevan,Երևան,Ереван\t40.18111\t44.51361\tP\tPPLC\tAM\t\t11\t\t\t\t1093485\t\t994\tAsia/Yerevan\t2023-01-31\n");
    let ran = world.run(&["import", "AM.txt"]);
    assert_eq!(ran.stdout, "AM.txt (GeoNames, TSV): 1 new; L3 in B2\n", "{ran}");
    let places = ledger(&world).snapshot().unwrap().places().unwrap();
    let yerevan = &places.iter().find(|place| place.value.name == "Yerevan").unwrap().value;
    assert_eq!((yerevan.kind.as_deref(), yerevan.aliases.len()), (Some("capital"), 3));
}

#[test]
fn a_gazetteer_of_other_columns_is_told_by_telling_nothing_but_places() {
    let world = World::with_ledger();
    let rows = "Yarushqa,Yaruchqa,District 0,35.99376,44.06232\nWesovhil,,District 0,35.94509,44.04637\n";
    world.file("g.csv", format!("place,alias,district,lat,lon\n{rows}"));
    let ran = world.run(&["import", "g.csv"]);
    ran.prints_and_says(
        0,
        "g.csv (places, CSV): 2 new; L1 to L2 in B1\n",
        "g.csv: columns not taken: district\n2 rows: 2 new\n",
    );
    assert!(world.run(&["export", "places"]).stdout.contains("\"aliases\":[\"Yaruchqa\"]"));
    // Events have a place and degrees too.
    world.file("e.csv", format!("place,actor,district,lat,lon\n{rows}"));
    let ran = world.run(&["import", "e.csv"]);
    assert!(ran.status == 2 && ran.stderr.contains("no known table"), "{ran}");
    world.file("m.csv", format!("Ort,Name,Kreis,Breite,Länge\n{rows}"));
    let ran = world.run(&["import", "m.csv", "--map", "Ort=name,Name=aliases,Breite=lat,Länge=lon"]);
    assert!(
        ran.stdout.starts_with("m.csv (places, CSV): 2 duplicates") || ran.stdout.contains("0 new, 2 duplicates"),
        "{ran}"
    );
}

#[test]
fn the_sqlite_shell_finds_readable_views() {
    let world = World::with_ledger();
    world.file("a.csv", "claimant,stance,act,accused,occurred,place,note\nArmenia,alleges,shelling,Azerbaijan,2020-10-01,Terter,mortars at dawn\n");
    world.run(&["import", "a.csv"]);
    let shell = |sql: &str| world.other_program("sqlite3", &["trucebook.db", sql]);
    let ran = shell("SELECT number, claimant, act, accused, place, earliest, incident FROM claims");
    ran.prints(0, "C1|Armenia|shelling|Azerbaijan|Terter|2020-09-30T20:00:00Z|I1\n");
    shell("SELECT number, claims FROM incidents").prints(0, "I1|C1\n");
    shell("SELECT number, name, kind FROM parties ORDER BY name").prints(0, "P1|Armenia|state\nP2|Azerbaijan|state\n");
    shell("SELECT text FROM search WHERE search MATCH 'dawn'").prints(0, "mortars at dawn\n");
}

/// Datasette shows the names behind ids only where a foreign key names its column, and fails at one that does not; it
/// finds the full text of a table only under `content="TABLE"`.
#[test]
fn the_schema_tells_datasette_what_it_asks_for() {
    let world = World::with_ledger();
    let shell = |sql: &str| world.other_program("sqlite3", &["trucebook.db", sql]);
    let keys = "FROM sqlite_schema AS one JOIN pragma_foreign_key_list(one.name) AS fk WHERE one.type = 'table'";
    shell(&format!("SELECT count(*) {keys} AND fk.\"to\" IS NULL")).prints(0, "0\n");
    shell(&format!("SELECT fk.\"table\" {keys} AND one.name = 'claim' AND fk.\"from\" = 'claimant'"))
        .prints(0, "party\n");
    shell("SELECT count(*) FROM sqlite_schema WHERE sql LIKE '%VIRTUAL TABLE%content = \"body\"%'").prints(0, "1\n");
}
