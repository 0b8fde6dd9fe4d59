//! Web pages, feeds, mail, the JSON of agencies, and what is packed: each told by what it holds.

use std::io::Write;

use crate::environment::{Ran, World};

const ACCUSES: &str =
    "Azerbaijan accused Armenia of shelling the town of Terter on Sunday, hours after the truce began.";
const DENIES: &str = "The ministry of defence of Armenia denied it and said that its forces observe the ceasefire.";

fn world() -> World {
    World::with_ledger()
}

fn page() -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><title>Terter</title></head><body><article><h1>Terter</h1>\
         <time datetime=\"2020-10-12\">12 October</time><p>{ACCUSES}</p><p>{DENIES}</p></article></body></html>"
    )
}

fn feed() -> String {
    let item = |id: &str, text: &str| {
        format!(
            "<item><guid>{id}</guid><title>Terter {id}</title><pubDate>Mon, 12 Oct 2020 05:30:00 GMT</pubDate>\
             <description>{text}</description></item>"
        )
    };
    let items = item("1", ACCUSES) + &item("2", DENIES);
    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Silk Road</title>{items}</channel></rss>")
}

fn message() -> String {
    format!(
        "From: Silk Road <desk@example.org>\nTo: all@example.org\nSubject: Terter\nDate: Mon, 12 Oct 2020 05:30:00 +0000\n\
         Message-ID: <1@example.org>\n\n{ACCUSES}\n"
    )
}

fn item(version: u32, status: &str, text: &str) -> String {
    format!(
        r#"{{"uri": "urn:1", "version": "{version}", "versioncreated": "2020-10-12T05:3{version}:00Z", "pubstatus": "{status}",
            "language": "en", "headline": "Terter", "provider": "Silk Road", "body_text": "{text}"}}"#
    )
}

/// The lines of `list`, as far as who says what of whom.
fn claims(world: &World) -> Vec<String> {
    let ran = world.run(&["list", "--format", "jsonl"]);
    let claim = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let of = |key: &str| row[key].as_str().unwrap_or("?").to_owned();
        format!("{} {} {}", of("claimant"), of("stance"), of("act"))
    };
    ran.stdout.lines().map(claim).collect()
}

fn taken(ran: &Ran) {
    assert_eq!(ran.status, 0, "{ran}");
}

#[test]
fn each_form_is_told_by_what_it_holds_and_read() {
    let lines = format!(
        "{{\"text\": \"{ACCUSES}\", \"outlet\": \"Silk Road\", \"published\": \"2020-10-12\"}}\n{{\"text\": \"{DENIES}\"}}\n"
    );
    let viina = format!(
        "viina_version,event_id,date,time,report_id,source,url,text,lang\n2,7,20201012,05:30,r1,nv,,\"{ACCUSES}\",en\n"
    );
    for (name, content, dispatches) in [
        ("a.html", page(), 1),
        ("a.xml", feed(), 2),
        ("a.eml", message(), 1),
        (
            "a.mbox",
            format!("From a@b Mon Oct 12 05:30:00 2020\n{0}\nFrom a@b Mon Oct 12 05:31:00 2020\n{0}x\n", message()),
            2,
        ),
        ("a.json", item(1, "usable", ACCUSES), 1),
        ("a.jsonl", lines, 2),
        ("a.csv", viina, 1),
        ("no ending", page(), 1),
    ] {
        let world = world();
        world.file(name, content);
        taken(&world.run(&["import", name]));
        assert!(claims(&world).contains(&"Azerbaijan alleges shelling".to_owned()), "{name}: {:?}", claims(&world));
        let last = world.run(&["show", &format!("D{dispatches}")]);
        assert_eq!(last.status, 0, "{name}: {last}");
        assert_eq!(world.run(&["show", &format!("D{}", dispatches + 1)]).status, 2, "{name}");
        let again = world.run(&["import", name]);
        assert!(again.status == 0 && again.stderr.contains(" 0 new"), "{name}: {again}");
    }
}

#[test]
fn when_and_where_it_was_published_is_told_by_the_document() {
    let world = world();
    world.file("a.xml", feed());
    taken(&world.run(&["import", "a.xml"]));
    let card = world.run(&["show", "D1"]);
    for told in ["Silk Road", "Terter 1", "2020-10-12T05:30:00Z"] {
        assert!(card.stdout.contains(told), "{told}: {card}");
    }
}

#[test]
fn a_later_version_takes_the_place_and_a_withdrawal_takes_back_what_was_read() {
    let world = world();
    world.file("1.json", item(1, "usable", ACCUSES));
    world.file("2.json", item(2, "usable", &format!("{ACCUSES} {DENIES}")));
    world.file("3.json", item(3, "canceled", ""));
    taken(&world.run(&["import", "1.json"]));
    taken(&world.run(&["review", "accept", "C1"]));
    taken(&world.run(&["import", "2.json"]));
    let both = claims(&world);
    assert!(both.iter().any(|claim| claim.starts_with("Armenia denies")), "{both:?}");
    taken(&world.run(&["import", "3.json"]));
    let left = claims(&world);
    assert!(!left.iter().any(|claim| claim.starts_with("Armenia denies")), "{left:?}");
    let card = world.run(&["show", "C2"]);
    assert!(card.stdout.contains("its outlet withdrew the dispatch"), "{card}");
    taken(&world.run(&["verify"]));
}

#[test]
fn versions_that_come_at_once_stand_as_if_they_came_one_after_another() {
    let (apart, at_once) = (world(), world());
    for world in [&apart, &at_once] {
        world.file("1.json", item(1, "usable", ACCUSES));
        world.file("2.json", item(2, "usable", &format!("{ACCUSES} {DENIES}")));
        world.file("3.json", item(3, "canceled", ""));
        world.file("4.txt", format!("YEREVAN, Oct 12, 2020\n\n{DENIES}\n"));
    }
    for file in ["4.txt", "1.json", "2.json"] {
        taken(&apart.run(&["import", file]));
    }
    taken(&at_once.run(&["import", "4.txt", "1.json", "2.json"]));
    assert_eq!(claims(&apart), claims(&at_once));
    let new = world();
    for (version, status) in [(1, "usable"), (2, "usable"), (3, "canceled")] {
        new.file(&format!("{version}.json"), item(version, status, ACCUSES));
    }
    taken(&new.run(&["import", "1.json", "2.json", "3.json"]));
    assert_eq!(claims(&new), Vec::<String>::new());
}

#[test]
fn what_cannot_be_taken_is_told_and_the_rest_goes_in() {
    let world = world();
    world.file("withheld.json", item(1, "withheld", ACCUSES));
    world.file("early.json", item(3, "canceled", ""));
    world.file("deep.html", format!("<html>{}", "<div>".repeat(100_000)));
    world.file("a.html", page());
    let ran = world.run(&["import", "withheld.json", "early.json", "deep.html", "a.html"]);
    assert_eq!(ran.status, 1, "{ran}");
    for told in ["pubstatus: the item is withheld", "what it withdraws is not in this ledger", "deep in one another"] {
        assert!(ran.stderr.contains(told), "{told}: {ran}");
    }
    assert!(claims(&world).contains(&"Azerbaijan alleges shelling".to_owned()));
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut packing = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packing.write_all(content).unwrap();
    packing.finish().unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut packing = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in members {
        packing.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        packing.write_all(content).unwrap();
    }
    packing.finish().unwrap().into_inner()
}

#[test]
fn packed_files_are_unpacked() {
    let world = world();
    world.file("a.txt.gz", gzip(format!("BAKU, Oct 12, 2020 — {ACCUSES}\n").as_bytes()));
    let members = [("b/one.html", page()), ("b/.hidden.txt", "x".to_owned()), ("two.eml", message())];
    let members: Vec<(&str, &[u8])> = members.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    world.file("b.zip", zip(&members));
    let ran = world.run(&["import", "a.txt.gz", "b.zip"]);
    taken(&ran);
    assert!(ran.stderr.contains("3 new"), "{ran}");
    assert!(ran.stdout.contains("b.zip/b/one.html"), "{ran}");
}

#[test]
fn a_damaged_or_empty_archive_is_refused() {
    let world = world();
    world.file("a.gz", [&b"\x1f\x8b\x08"[..], b"damaged"].concat());
    world.file("b.zip", [&b"PK\x03\x04"[..], b"damaged"].concat());
    world.file("c.zip", zip(&[]));
    for name in ["a.gz", "b.zip", "c.zip"] {
        let ran = world.run(&["import", name]);
        assert_eq!(ran.status, 2, "{name}: {ran}");
        assert!(ran.stderr.contains(name) && ran.stderr.contains("hint: "), "{name}: {ran}");
    }
}
