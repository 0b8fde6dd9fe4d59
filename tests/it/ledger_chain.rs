//! The chain: what `verify` finds, what is append-only, and the clock.

use std::time::Duration;

use proptest::prelude::*;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use trucebook::ledger::{Ledger, Provenance, Review, Stamp};
use trucebook::model::{
    Article, Claim, Dispatch, Figure, Loss, Party, PartyKind, Place, Range, Role, Source, SourceKind, Span, Stance,
    Truce, TruceParty, Unit,
};

use crate::ledger::{NOW, World, stamp};

pub(crate) fn dispatch(stem: &str, text: &str) -> Dispatch {
    Dispatch {
        source: Some("Wire".into()),
        uri: None,
        url: Some("https://wire.example/1".into()),
        title: Some("Shelling".into()),
        language: Some("en".into()),
        published: Some("2020-10-11".parse().unwrap()),
        stem: stem.into(),
        raw: [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        encoding: "utf-8".into(),
        text: text.into(),
        body: 0,
    }
}

/// A ledger with rows in every fact table.
fn full() -> World {
    let world = World::new();
    let mut ledger = world.write();
    let mut batch = ledger.begin(&stamp("import")).unwrap();
    let mut armenia = Party::new("Armenia", PartyKind::State);
    armenia.side = Some("Armenian side".into());
    armenia.aliases.insert("fr".into(), vec!["Arménie".into(), "Erevan".into()]);
    batch.add_party(&armenia).unwrap();
    batch.add_party(&Party::new("Azerbaijan", PartyKind::State)).unwrap();
    let place = |name: &str, parent: Option<&str>| Place {
        name: name.into(),
        kind: Some("town".into()),
        parent: parent.map(Into::into),
        point: Some(trucebook::model::Point { lat_e7: 395_000_000, lon_e7: 470_000_000 }),
        aliases: vec![format!("{name} town")],
    };
    batch.add_place(&place("Hadrut district", None)).unwrap();
    batch.add_place(&place("Hadrut", Some("Hadrut district"))).unwrap();
    batch.add_source(&Source { name: "Desk".into(), kind: SourceKind::Desk, reporting_hour: Some(6) }).unwrap();
    let read = batch.add_dispatch(&dispatch("one", "Yerevan accused Baku of shelling Hadrut.")).unwrap().id();
    let mut claims = Vec::new();
    for n in 0..3_u32 {
        let provenance = Provenance {
            dispatch: Some(read),
            extractor: Some("trucebook/0".into()),
            evidence: vec![trucebook::extract::Evidence {
                slot: "cue",
                span: Some((8, 15).into()),
                rule: "accuse".into(),
            }],
            ..Provenance::default()
        };
        claims.push(batch.add_claim(&rich_claim(n), &provenance).unwrap().id());
    }
    batch.commit().unwrap();

    let mut batch = ledger.begin(&stamp("truce add")).unwrap();
    let truce = batch.add_truce(&rich_truce(), None, &claims[..1]).unwrap().id();
    let ended = Truce { ended: Some("2020-11-10".parse().unwrap()), ..rich_truce() };
    batch.add_truce(&ended, Some(truce), &[]).unwrap();
    batch.answer(claims[1], claims[0], Some("same event")).unwrap();
    batch.link(claims[0], claims[1], Some(false), None).unwrap();
    batch.review(claims[0], Review::Accepted, None).unwrap();
    batch.retract(claims[2], "misread").unwrap();
    batch.commit().unwrap();
    let mut batch = ledger.begin(&Stamp { made_by: None, ..stamp("add") }).unwrap();
    let lone =
        batch.add_claim(&Claim::new(Stance::Observes, trucebook::model::ActBase::Explosion), &Provenance::default());
    let mut noted = Claim::new(Stance::Observes, trucebook::model::ActBase::Detention);
    noted.note = Some("a name to take down".into());
    let noted = batch.add_claim(&noted, &Provenance::default()).unwrap().id();
    assert!(lone.is_ok());
    batch.commit().unwrap();
    let mut batch = ledger.begin(&stamp("redact")).unwrap();
    assert_eq!(batch.redact_claim(noted, "asked for").unwrap(), 1);
    batch.commit().unwrap();
    let mut batch = ledger.begin(&stamp("undo")).unwrap();
    batch.undo(trucebook::model::Id(3), Some("wrong file")).unwrap_err();
    batch.commit().unwrap();
    let mut batch = ledger.begin(&stamp("party add")).unwrap();
    batch.add_party(&Party::new("Observers", PartyKind::Monitor)).unwrap();
    batch.commit().unwrap();
    let mut batch = ledger.begin(&stamp("undo")).unwrap();
    batch.undo(trucebook::model::Id(5), Some("wrong file")).unwrap();
    batch.commit().unwrap();
    world
}

fn rich_claim(n: u32) -> Claim {
    let mut claim = Claim::new(Stance::Alleges, "shelling/mortar".parse::<trucebook::model::Act>().unwrap());
    claim.claimant = Some("Armenia".into());
    claim.claimant_text = Some("Yerevan".into());
    claim.speaker = Some("Defence Ministry".into());
    claim.said_at = Some("2020-10-11".parse().unwrap());
    claim.accused = Some("Azerbaijan".into());
    claim.accused_text = Some("Baku".into());
    claim.attribution = Some(trucebook::model::Attribution::Stated);
    claim.target = Some("Armenia".into());
    claim.target_text = Some("our side".into());
    claim.parties = vec!["Armenia".into()];
    claim.mediators = vec!["a third party".into()];
    claim.involved = vec!["Azerbaijan".into()];
    claim.place = vec!["Hadrut".into(), "Terter".into()];
    (claim.lat, claim.lon) = (Some(39.5), Some(47.0));
    claim.occurred = Some("2020-10-10T12:05".parse().unwrap());
    claim.extent = Some(trucebook::model::Extent::Within);
    claim.zone = Some("+04:00".parse().unwrap());
    let amount = Range::exactly(3 + u64::from(n));
    claim.figures = vec![
        Figure { amount, unit: Unit::Shell, span: Span::Event },
        Figure { amount, unit: Unit::Shot, span: Span::PartOf(Range::exactly(9), Unit::Shot) },
        Figure { amount, unit: Unit::Violation, span: Span::Since(Some("2020-09-27".parse().unwrap())) },
    ];
    claim.losses = vec![Loss {
        side: Some("Armenia".into()),
        killed: Some(amount),
        wounded: Some(amount),
        missing: Some(amount),
        captured: Some(amount),
        civilian: Some(true),
        window: Some("2020-10-10".parse().unwrap()),
        since: Some("2020-09-27".parse().unwrap()),
    }];
    claim.civilian = Some(true);
    claim.answers = vec!["r1".into()];
    claim.quote = Some("Yerevan accused Baku of shelling Hadrut.".into());
    claim.span = Some((0, 40).into());
    claim.rules = vec!["accuse-of".into()];
    claim.confidence = Some(0.875);
    claim.reference = Some(format!("r{n}"));
    claim.source = Some("Desk".into());
    claim.url = Some("https://wire.example/1".into());
    claim.published = Some("2020-10-11".parse().unwrap());
    claim.noted_at = Some("2020-10-12".parse().unwrap());
    claim.note = Some("seen twice".into());
    claim
}

fn rich_truce() -> Truce {
    let day = |day: &str| Some(day.parse().unwrap());
    Truce {
        title: "Moscow statement".into(),
        area: Some("the line".into()),
        agreed: day("2020-10-10"),
        effective: day("2020-10-10T12:00"),
        ended: None,
        duration: Some("72 hours".into()),
        terms: Some("exchange of prisoners".into()),
        parties: ["Armenia", "Azerbaijan"]
            .map(|party| TruceParty {
                party: party.into(),
                role: Role::Belligerent,
                effective: day("2020-10-10T12:00"),
                ended: day("2020-10-18"),
            })
            .into(),
        articles: vec![Article { number: "1".into(), text: "Fire ceases.".into(), due: day("2020-10-10") }],
    }
}

/// The file past this program: triggers dropped, checks off.
fn unguarded(world: &World) -> Connection {
    let conn = Connection::open(world.path()).unwrap();
    conn.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; PRAGMA synchronous = OFF;")
        .unwrap();
    let triggers: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for trigger in triggers {
        conn.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap();
    }
    conn
}

/// Every stored value of every fact: table, columns of the key with their values, column, value.
struct Stored {
    table: &'static str,
    key: Vec<(String, Value)>,
    column: String,
    value: Value,
}

const FACTS: [(&str, &[&str]); 31] = [
    ("office", &["slot"]),
    ("batch", &["id"]),
    ("batch_part", &["batch", "kind"]),
    ("undo", &["id"]),
    ("body", &["id"]),
    ("redaction", &["id"]),
    ("party", &["id"]),
    ("party_traits", &["id"]),
    ("alias", &["id"]),
    ("place", &["id"]),
    ("place_traits", &["id"]),
    ("place_alias", &["id"]),
    ("source", &["id"]),
    ("source_traits", &["id"]),
    ("dispatch", &["id"]),
    ("claim", &["id"]),
    ("claim_party", &["claim", "role", "ord"]),
    ("claim_place", &["claim", "ord"]),
    ("claim_answer", &["claim", "ord"]),
    ("claim_rule", &["claim", "ord"]),
    ("figure", &["claim", "ord"]),
    ("loss", &["claim", "ord"]),
    ("evidence", &["claim", "ord"]),
    ("answer", &["id"]),
    ("retraction", &["id"]),
    ("review", &["id"]),
    ("link", &["id"]),
    ("truce", &["id"]),
    ("truce_party", &["truce", "ord"]),
    ("truce_article", &["truce", "ord"]),
    ("truce_claim", &["truce", "ord"]),
];

fn stored(conn: &Connection) -> Vec<Stored> {
    let mut all = Vec::new();
    for (table, key) in FACTS {
        let mut select = conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns: Vec<String> = select.column_names().map(str::to_owned).collect();
        let mut rows = select.query([]).unwrap();
        let mut any = false;
        while let Some(row) = rows.next().unwrap() {
            any = true;
            let key: Vec<_> =
                key.iter().map(|column| ((*column).to_owned(), row.get::<_, Value>(*column).unwrap())).collect();
            for (at, column) in columns.iter().enumerate() {
                let value: Value = row.get(at).unwrap();
                // That the office is this ledger's own is not hashed: a ledger joined to another has another slot there.
                if value != Value::Null && (table, column.as_str()) != ("office", "slot") {
                    all.push(Stored { table, key: key.clone(), column: column.clone(), value });
                }
            }
        }
        assert!(any, "the test's ledger has no row in {table}");
    }
    all
}

/// The value with one bit of one byte flipped; text stays text.
fn flipped(value: &Value, at: usize, bit: u8) -> Value {
    let flip = |bytes: &mut [u8], mask: u8| {
        let at = at % bytes.len();
        bytes[at] ^= mask;
    };
    match value {
        Value::Integer(n) => {
            let mut bytes = n.to_be_bytes();
            flip(&mut bytes, 1 << (bit % 8));
            Value::Integer(i64::from_be_bytes(bytes))
        }
        Value::Blob(bytes) => {
            let mut bytes = bytes.clone();
            flip(&mut bytes, 1 << (bit % 8));
            Value::Blob(bytes)
        }
        Value::Text(text) => {
            let mut chars: Vec<char> = text.chars().collect();
            let at = at % chars.len();
            chars[at] = if chars[at] == 'x' { 'y' } else { 'x' };
            Value::Text(chars.into_iter().collect())
        }
        other => other.clone(),
    }
}

impl Stored {
    /// Writes a value; `false` where another row has that key already.
    fn write(&self, conn: &Connection, value: &Value, key: &[(String, Value)]) -> bool {
        let condition = key.iter().map(|(column, _)| format!("{column} = ?")).collect::<Vec<_>>().join(" AND ");
        let values: Vec<_> = std::iter::once(value).chain(key.iter().map(|(_, value)| value)).cloned().collect();
        let sql = format!("UPDATE {} SET {} = ? WHERE {condition}", self.table, self.column);
        match conn.execute(&sql, params_from_iter(values)) {
            Ok(rows) => rows == 1,
            Err(error) if error.to_string().starts_with("UNIQUE constraint failed") => false,
            Err(error) => panic!("{sql}: {error}"),
        }
    }

    /// Where the row is once its column holds `value`.
    fn key_with(&self, value: &Value) -> Vec<(String, Value)> {
        let mut key = self.key.clone();
        for (column, held) in &mut key {
            if *column == self.column {
                *held = value.clone();
            }
        }
        key
    }

    /// What the fault has to name.
    fn name(&self) -> String {
        let id = match &self.key[0].1 {
            Value::Integer(id) => *id,
            _ => 0,
        };
        match self.table {
            "office" => "office".to_owned(),
            "batch" | "batch_part" => format!("B{id}"),
            "claim" | "claim_party" | "claim_place" | "claim_answer" | "claim_rule" | "figure" | "loss"
            | "evidence" => {
                format!("C{id}")
            }
            "truce" | "truce_party" | "truce_article" | "truce_claim" => format!("T{id}"),
            "party" => format!("P{id}"),
            "place" => format!("L{id}"),
            "source" => format!("S{id}"),
            "dispatch" => format!("D{id}"),
            "body" => String::new(),
            table => format!("row {id} of `{table}`"),
        }
    }
}

/// What verify finds once a value is changed; the value is put back. A key that is taken cannot be taken twice.
fn fault_after(world: &World, conn: &Connection, stored: &Stored, value: &Value) -> Option<String> {
    if !stored.write(conn, value, &stored.key) {
        return Some("refused".to_owned());
    }
    // An office whose zone is none is refused before anything can be verified.
    let opened = Ledger::open_to_read(&world.path(), Duration::ZERO);
    let fault = opened.map_or_else(|_| Some("office".to_owned()), |ledger| ledger.verify().unwrap().fault);
    assert!(stored.write(conn, &stored.value, &stored.key_with(value)));
    fault
}

#[test]
fn verify_names_the_row_of_any_changed_value() {
    let world = full();
    assert_eq!(world.read().verify().unwrap().fault, None);
    let conn = unguarded(&world);
    for (n, stored) in stored(&conn).iter().enumerate() {
        let value = flipped(&stored.value, 7 + n, u8::try_from(n % 7).unwrap());
        let what = || format!("{}.{} of {:?} to {value:?}", stored.table, stored.column, stored.key);
        let fault = fault_after(&world, &conn, stored, &value).unwrap_or_else(|| panic!("unnoticed: {}", what()));
        let moved = stored.key.iter().any(|(column, _)| *column == stored.column);
        if !moved {
            assert!(fault.contains(&stored.name()), "{}: {fault}", what());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3))]

    #[test]
    fn verify_finds_any_changed_byte(picks in prop::collection::vec((any::<prop::sample::Index>(), any::<usize>(), any::<u8>()), 40)) {
        let world = full();
        let conn = unguarded(&world);
        let all = stored(&conn);
        for (which, at, bit) in picks {
            let stored = &all[which.index(all.len())];
            let value = flipped(&stored.value, at, bit);
            let fault = fault_after(&world, &conn, stored, &value);
            prop_assert!(fault.is_some(), "{}.{} {:?} to {:?}", stored.table, stored.column, stored.key, value);
        }
        let fault = world.read().verify().unwrap().fault;
        prop_assert!(fault.clone().is_some_and(|fault| fault.starts_with("the trigger ")), "{:?}", fault);
    }
}

#[test]
fn verify_names_what_is_missing_or_too_much() {
    for (sql, fault) in [
        ("DELETE FROM claim WHERE id = 2", "claim C2 of batch B1 is missing"),
        ("DELETE FROM claim_place WHERE claim = 2 AND ord = 1", "claim C2 of batch B1 is not what was written"),
        ("DELETE FROM alias WHERE id = 1", "row 1 of `alias` of batch B1 is missing"),
        ("DELETE FROM batch WHERE id = 2", "batch B2 is missing"),
        (
            "DELETE FROM batch_part WHERE batch = 1 AND kind = 'alias'",
            "batch B1: its header or the list of what it wrote was changed",
        ),
        (
            "UPDATE body SET text = NULL WHERE id = 3",
            "the quote of claim C1 of batch B1 was emptied without a redaction",
        ),
        ("UPDATE body SET text = 'x' WHERE id = 3", "the quote of claim C1 of batch B1 is not what was written"),
        (
            "INSERT INTO party (id, batch, name, seal) VALUES (9, 6, 'Nobody', x'0000000000000000')",
            "party P9 was written by no batch",
        ),
        (
            "INSERT INTO claim_place (claim, ord, name) VALUES (77, 0, 'Nowhere')",
            "a row of `claim_place` was written by no batch",
        ),
        (
            "INSERT INTO claim_rule (claim, ord, rule) VALUES (-1, 0, 'none')",
            "a row of `claim_rule` belongs to no claim",
        ),
    ] {
        let world = full();
        unguarded(&world).execute_batch(sql).unwrap();
        assert_eq!(world.read().verify().unwrap().fault.as_deref(), Some(fault), "{sql}");
    }
}

#[test]
fn verify_tells_how_many_texts_were_taken_down() {
    let verdict = full().read().verify().unwrap();
    assert_eq!((verdict.fault, verdict.emptied, verdict.batches), (None, 1, 6));
}

#[test]
fn a_change_that_recomputes_everything_shows_in_the_head_only() {
    let world = full();
    let before = world.read().verify().unwrap();
    unguarded(&world)
        .execute_batch("DELETE FROM batch WHERE id = 6; DELETE FROM batch_part WHERE batch = 6; DELETE FROM undo")
        .unwrap();
    let after = world.read().verify().unwrap();
    assert!(after.fault.as_deref().is_some_and(|fault| fault.starts_with("the trigger ")), "{after:?}");
    assert_ne!(after.head, before.head);
}

#[test]
fn facts_can_be_neither_changed_nor_deleted() {
    let world = full();
    let conn = Connection::open(world.path()).unwrap();
    conn.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA recursive_triggers = ON").unwrap();
    for (table, key) in FACTS {
        let changed = conn.execute(&format!("UPDATE {table} SET {0} = {0}", key[0]), []);
        assert_eq!(
            changed.map_err(|error| error.to_string()).unwrap_err().split(':').next().unwrap(),
            format!("{table} is append-only")
        );
        for sql in [format!("DELETE FROM {table}"), format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}")] {
            let refused = conn.execute(&sql, []).map_err(|error| error.to_string());
            assert_eq!(refused, Err(format!("{table} is append-only")), "{sql}");
        }
    }
    // Without that setting a claim still refuses to be replaced.
    conn.execute_batch("PRAGMA recursive_triggers = OFF").unwrap();
    assert!(conn.execute("INSERT OR REPLACE INTO claim SELECT * FROM claim", []).is_err());
}

#[test]
fn a_clock_behind_the_head_is_refused_without_leave() {
    let world = World::new();
    let mut ledger = world.write();
    let late = |lag: bool| Stamp { now: NOW - 3600, clock_may_lag: lag, ..stamp("party add") };
    let error = ledger.begin(&late(false)).unwrap_err();
    assert_eq!(error.to_string(), "this machine's clock is 3600 s behind the ledger's newest batch");
    let mut batch = ledger.begin(&late(true)).unwrap();
    batch.add_party(&Party::new("Armenia", PartyKind::State)).unwrap();
    batch.commit().unwrap();
    let log = ledger.snapshot().unwrap().log().unwrap();
    assert_eq!((log[0].recorded_at, log[0].clock_at), (NOW, NOW - 3600));
    assert_eq!(ledger.verify().unwrap().fault, None);
}

#[test]
fn the_log_tells_what_each_batch_wrote() {
    let world = full();
    let ledger = world.read();
    let snapshot = ledger.snapshot().unwrap();
    let log = snapshot.log().unwrap();
    assert_eq!(
        log.iter().map(|batch| batch.verb.as_str()).collect::<Vec<_>>(),
        ["import", "truce add", "add", "redact", "party add", "undo"]
    );
    let parts: Vec<_> = log[1].parts.iter().map(|(kind, count)| (kind.as_str(), *count)).collect();
    assert_eq!(parts, [("answer", 1), ("link", 1), ("retraction", 1), ("review", 1), ("truce", 2)]);
    assert_eq!(log[1].entries, 6);
    assert_eq!(log[4].undone_by, Some("B6".parse().unwrap()));
    assert_eq!(log[5].undoes, Some(("B5".parse().unwrap(), Some("wrong file".into()))));
    assert_eq!((log[0].made_by.as_deref(), log[2].made_by.as_deref()), (Some("tester"), None));
    let head = snapshot.head().unwrap();
    assert_eq!(
        (head.batch, head.hash.as_str(), head.derived_as_of),
        (Some("B6".parse().unwrap()), log[5].hash.as_str(), None)
    );
}

#[test]
fn a_ledger_in_memory_has_a_chain_too() {
    let ledger: Ledger = crate::ledger::memory();
    let verdict = ledger.verify().unwrap();
    assert_eq!((verdict.batches, verdict.fault), (0, None));
    assert_eq!(verdict.head.len(), 64);
}
