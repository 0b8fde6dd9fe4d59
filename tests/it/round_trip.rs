//! Registers, truces and dispatches as JSON lines: what one ledger exports another takes in and exports as it was, and a
//! ledger's own export changes nothing in it.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use trucebook::ledger::{Ledger, Office, Stamp};
use trucebook::model::{Article, Edtf, Party, PartyKind, Place, Point, Role, Truce, TruceParty};

use crate::environment::World;

const NAMES: [&str; 4] = ["Armenia", "Azerbaijan", "Red Cross", "наши"];

fn any_date() -> impl Strategy<Value = Option<Edtf>> {
    of(select(vec!["2020-10-10", "2020-10~", "2020-10-10T12:00+04:00", "2020/..", "1994"]))
        .prop_map(|date| date.map(|date| date.parse().unwrap()))
}

fn any_parties() -> impl Strategy<Value = Vec<Party>> {
    let one = (0..PartyKind::ALL.len(), of("[A-Z][a-z]{2,6} side"), of(select(vec!["en", "ru", "und"])));
    vec(one, NAMES.len()).prop_map(|told| {
        let party = |(name, (kind, side, lang)): (&&str, (usize, Option<String>, Option<&str>))| {
            let mut party = Party { side, ..Party::new(*name, PartyKind::ALL[kind]) };
            party.aliases.extend(lang.map(|lang| (lang.to_owned(), vec![format!("{name} of old")])));
            party
        };
        NAMES.iter().zip(told).map(party).collect()
    })
}

/// A place's degrees, how many places after it the one it lies in comes, its kind, and whether it has another name.
type Told = (Option<(f64, f64)>, Option<usize>, Option<String>, bool);

/// Places, of which some lie in later ones.
fn any_places() -> impl Strategy<Value = Vec<Place>> {
    let one = (of((-90.0..90.0_f64, -180.0..180.0_f64)), of(1_usize..5), of("[a-z]{3,8}"), any::<bool>());
    vec(one, 1..8).prop_map(|told| {
        let count = told.len();
        let place = |(n, (point, parent, kind, has_alias)): (usize, Told)| Place {
            name: format!("Village {n}"),
            kind,
            parent: parent.map(|more| n + more).filter(|at| *at < count).map(|at| format!("Village {at}")),
            point: point.map(|(lat, lon)| Point::from_degrees(lat, lon).unwrap()),
            aliases: has_alias.then(|| format!("Село {n}")).into_iter().collect(),
        };
        told.into_iter().enumerate().map(place).collect()
    })
}

fn any_truces() -> impl Strategy<Value = Vec<Truce>> {
    let text = || of("[A-ZА-Я][ -~]{0,20}[a-zа-я]");
    let party = (0..Role::ALL.len(), any_date(), any_date());
    let parties = (subsequence(NAMES.to_vec(), 0..=3), vec(party, 3)).prop_map(|(names, told)| {
        let party = |(name, (role, effective, ended)): (&str, _)| {
            let role: usize = role;
            TruceParty { party: name.to_owned(), role: Role::ALL[role], effective, ended }
        };
        names.into_iter().zip(told).map(party).collect()
    });
    let article = ("[0-9]", "[A-Z][a-z ]{0,12}[a-z]", any_date());
    let articles = vec(article.prop_map(|(number, text, due)| Article { number, text, due }), 0..3);
    let one = ((text(), text(), text()), (any_date(), any_date(), any_date()), parties, articles);
    vec(one, 1..5).prop_map(|told| {
        let truce = |(n, ((area, duration, terms), (agreed, effective, ended), parties, articles))| {
            let title = format!("Truce {n}");
            Truce { title, area, agreed, effective, ended, duration, terms, parties, articles }
        };
        told.into_iter().enumerate().map(truce).collect()
    })
}

fn filled(world: &World, parties: &[Party], places: &[Place], truces: &[Truce]) {
    let office = Office { code: "KHI".into(), title: "Desk".into(), zone: "Asia/Yerevan".parse().unwrap() };
    let stamp = Stamp { now: 1_600_000_000, made_by: None, verb: "import", clock_may_lag: true };
    let mut ledger = Ledger::create(&world.path("trucebook.db"), &office, &stamp).unwrap();
    let mut batch = ledger.begin(&stamp).unwrap();
    for party in parties {
        batch.add_party(party).unwrap();
    }
    for place in places {
        batch.add_place(&Place { parent: None, ..place.clone() }).unwrap();
    }
    for place in places {
        batch.add_place(place).unwrap();
    }
    for truce in truces {
        batch.add_truce(truce, None, &[]).unwrap();
    }
    batch.commit().unwrap();
}

fn exported(world: &World, thing: &str) -> String {
    let ran = world.run(&["export", thing]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{ran}");
    ran.stdout
}

/// Takes what one ledger exports of a thing into both; the second ledger's export must be `same` as the first's.
fn goes_round(one: &World, other: &World, thing: &str, same: fn(&str) -> Vec<serde_json::Value>) {
    let (lines, log) = (exported(one, thing), one.run(&["log"]).stdout);
    for world in [one, other] {
        world.file("things.jsonl", &lines);
        let ran = world.run(&["import", "things.jsonl"]);
        assert_eq!(ran.status, 0, "{thing}: {ran}");
    }
    assert_eq!(one.run(&["log"]).stdout, log, "{thing} came in twice");
    assert_eq!(same(&exported(other, thing)), same(&lines), "{thing}");
}

fn lines(text: &str) -> Vec<serde_json::Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The lines without numbers, which are each ledger's own.
fn unnumbered(text: &str) -> Vec<serde_json::Value> {
    let mut lines = lines(text);
    for line in &mut lines {
        line.as_object_mut().unwrap().remove("number").unwrap();
    }
    lines
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn registers_and_truces_make_the_round_trip(
        parties in any_parties(),
        places in any_places(),
        truces in any_truces(),
    ) {
        let (one, other) = (World::new(), World::new());
        filled(&one, &parties, &places, &truces);
        filled(&other, &[Party::new("Nobody", PartyKind::State)], &[], &[]);
        let without_nobody = |text: &str| {
            lines(text).into_iter().filter(|line| line["party"] != "Nobody").collect::<Vec<_>>()
        };
        goes_round(&one, &other, "parties", without_nobody);
        goes_round(&one, &other, "places", lines);
        goes_round(&one, &other, "truces", lines);
    }

    #[test]
    fn dispatches_make_the_round_trip_with_their_bytes(
        texts in vec(("[A-ZА-Яé][ -~а-я]{0,60}[a-z]\\.", of("[A-Z][a-z]{2,8}"), 0_usize..4), 1..6),
    ) {
        let (one, other) = (World::with_ledger(), World::with_ledger());
        for (n, (text, outlet, form)) in texts.iter().enumerate() {
            let outlet = outlet.as_ref().map(|outlet| format!("Source: {outlet}\nPublished: 11 October 2020\n\n"));
            let text = format!("{}Line {n}. {text}\n", outlet.unwrap_or_default());
            let utf_16 = || text.encode_utf16().flat_map(u16::to_le_bytes);
            let (name, bytes) = match form {
                0 => ("txt", text.clone().into_bytes()),
                1 => ("txt", [0xff, 0xfe].into_iter().chain(utf_16()).collect()),
                2 => ("txt", text.replace('\n', "\r\n").into_bytes()),
                _ => ("html", format!("<html><head><title>T {n}</title></head><body><p>{text}</p></body></html>").into_bytes()),
            };
            one.file(&format!("in/{n}.{name}"), bytes);
        }
        prop_assert_eq!(one.run(&["import", "in"]).status, 0);
        goes_round(&one, &other, "dispatches", unnumbered);
    }
}

#[test]
fn a_later_version_and_a_withdrawal_come_back_as_such() {
    let (one, other) = (World::with_ledger(), World::with_ledger());
    let item = |version: u32, status: &str, text: &str| {
        format!(
            "{{\"uri\": \"urn:1\", \"version\": \"{version}\", \"versioncreated\": \"2020-10-12T05:3{version}:00Z\", \
             \"pubstatus\": \"{status}\", \"headline\": \"Terter\", \"provider\": \"Wire\", \"body_text\": \"{text}\"}}\n"
        )
    };
    let accuses = "Azerbaijan accused Armenia of shelling Terter.";
    for (name, item) in [("a", item(1, "usable", accuses)), ("b", item(2, "usable", "Nothing was heard in Terter."))] {
        one.file(&format!("{name}.jsonl"), item);
        one.run(&["import", &format!("{name}.jsonl")]);
    }
    one.file("c.jsonl", item(3, "canceled", ""));
    one.run(&["import", "c.jsonl"]);
    let states =
        |text: &str| lines(text).iter().map(|line| line["state"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(states(&exported(&one, "dispatches")), ["usable", "usable", "withdrawn"]);
    goes_round(&one, &other, "dispatches", unnumbered);
    assert_eq!(exported(&other, "claims"), "");
}
