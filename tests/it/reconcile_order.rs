//! What is concluded follows from what claims say, not from the order in which they came or the numbers they bear: the same
//! claims in another order, or in ledgers merged either way round, stand in the same incidents.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use proptest::prelude::*;
use rusqlite::Connection;
use trucebook::ledger::{Batch, Ledger, Provenance};
use trucebook::model::{ActBase, Claim, Id, Loss, Party, PartyKind, Range, Stance};

use crate::environment::World;
use crate::ledger::{office, stamp};
use crate::ledger_chain::dispatch;
use crate::reconcile_follow::{claim, scattered};

/// After the clock by which the ledgers were filled.
const LATER: &str = "2023-11-15T00:00:00Z";

/// What comes at once.
#[derive(Debug, Clone, Copy)]
enum Arrival {
    Claim(u64),
    /// Three claims in one dispatch.
    Dispatch([u64; 3]),
    /// One of many claims about one hour in one place, more than are compared with each other.
    Piled(u64),
}

/// A hundred claims, of which twelve stand in dispatches, and a pile.
fn arrivals(from: u64) -> Vec<Arrival> {
    let seeds: Vec<u64> = scattered(from, 100).collect();
    let (told, alone) = seeds.split_at(12);
    let dispatches = told.as_chunks::<3>().0.iter().map(|&seeds| Arrival::Dispatch(seeds));
    dispatches.chain(alone.iter().map(|&seed| Arrival::Claim(seed))).chain((0..90).map(Arrival::Piled)).collect()
}

fn published(mut claim: Claim, seed: u64) -> Claim {
    claim.published = [None, Some("2020-10-04"), Some("2020-10-05")][usize::try_from(seed % 3).unwrap()]
        .map(|date| date.parse().unwrap());
    claim
}

/// Claims of a pile differ in their dead or, as words go, in their notes alone.
fn piled(n: u64) -> Claim {
    let mut claim = Claim::new(Stance::Alleges, ActBase::Shelling);
    let (claimant, accused) = if n.is_multiple_of(4) { ("South", "North") } else { ("North", "South") };
    (claim.claimant, claim.accused) = (Some(claimant.into()), Some(accused.into()));
    claim.place = vec!["Karvin".into()];
    claim.occurred = Some("2020-10-02T10:00".parse().unwrap());
    claim.losses = vec![Loss { killed: Some(Range::exactly(n % 7 * 5)), ..Loss::default() }];
    claim.note = Some(format!("line {n}"));
    published(claim, n / 4)
}

fn take(batch: &mut Batch<'_>, arrival: Arrival) {
    match arrival {
        Arrival::Claim(seed) => drop(batch.add_claim(&published(claim(seed), seed), &Provenance::default()).unwrap()),
        Arrival::Piled(n) => drop(batch.add_claim(&piled(n), &Provenance::default()).unwrap()),
        Arrival::Dispatch(seeds) => {
            let read =
                batch.add_dispatch(&dispatch(&format!("wire {}", seeds[0]), &format!("Told: {seeds:?}."))).unwrap();
            let provenance = Provenance { dispatch: Some(read.id()), ..Provenance::default() };
            for seed in seeds {
                batch.add_claim(&claim(seed), &provenance).unwrap();
            }
        }
    }
}

/// A ledger into which things came in this order, in batches of eleven.
fn filled(path: &Path, parties: &[&str], arrivals: &[Arrival]) -> Ledger {
    let mut ledger = Ledger::create(path, &office(), &stamp("init")).unwrap();
    let mut batch = ledger.begin(&stamp("party add")).unwrap();
    for &name in parties {
        let kind = if name == "Mission" { PartyKind::Monitor } else { PartyKind::State };
        batch.add_party(&Party::new(name, kind)).unwrap();
    }
    batch.commit().unwrap();
    for some in arrivals.chunks(11) {
        let mut batch = ledger.begin(&stamp("import")).unwrap();
        for &arrival in some {
            take(&mut batch, arrival);
        }
        batch.commit().unwrap();
    }
    ledger
}

/// Notes by claim: what tells the claims of this world apart in any ledger.
fn notes(conn: &Connection) -> HashMap<i64, String> {
    let mut select = conn.prepare("SELECT claim.id, text FROM claim JOIN body ON body.id = claim.note").unwrap();
    let notes = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    notes.collect::<rusqlite::Result<_>>().unwrap()
}

/// Rows of text and of claims, which are told by their notes, by what they begin with.
const CONCLUDED: &[&str] = &[
    "SELECT 'statement', claim, statement FROM membership",
    "SELECT 'answer ' || how, reply, accusation FROM attached",
    "SELECT 'same', same_a, same_b, different_a, different_b FROM contradiction",
    "SELECT 'full cell with ' || beyond || ' beyond', last FROM full_cell",
];

/// Groups of claims: what is said of each, its number, its claims.
const GROUPS: &[&str] = &[
    "SELECT alleged || denied || mutual || acknowledged || corroborated || contradicted || figures_differ || ' ' ||
       coalesce(incident.lo, '') || ' ' || coalesce(incident.hi, ''), incident.id, claim
     FROM incident JOIN membership ON membership.incident = incident.id",
    "SELECT 'truce', truce, claim FROM proposed_truce_claim",
    "SELECT 'truce event', truce * 100 + event, claim FROM proposed_truce_claim",
    "SELECT 'component', component, claim FROM membership WHERE component IS NOT NULL",
];

/// Everything concluded, without any number.
fn concluded(path: &Path) -> BTreeSet<String> {
    let conn = Connection::open(path).unwrap();
    let notes = notes(&conn);
    let mut all = BTreeSet::new();
    for sql in CONCLUDED {
        let mut select = conn.prepare(sql).unwrap();
        let columns = select.column_count();
        let mut rows = select.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let mut claims: Vec<&str> = (1..columns).map(|n| notes[&row.get::<_, i64>(n).unwrap()].as_str()).collect();
            if sql.contains("contradiction") {
                claims.chunks_mut(2).for_each(<[_]>::sort_unstable);
            }
            all.insert(format!("{} {claims:?}", row.get::<_, String>(0).unwrap()));
        }
    }
    for sql in GROUPS {
        let mut groups: HashMap<(String, i64), BTreeSet<&str>> = HashMap::new();
        let mut select = conn.prepare(sql).unwrap();
        let mut rows = select.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let group = groups.entry((row.get(0).unwrap(), row.get(1).unwrap())).or_default();
            group.insert(&notes[&row.get::<_, i64>(2).unwrap()]);
        }
        all.extend(groups.iter().map(|((told, _), claims)| format!("{told} {claims:?}")));
    }
    all
}

/// What persons decide about claims, told by their notes.
fn decide(ledger: &mut Ledger, path: &Path, decisions: &[(usize, usize, bool)], seeds: &[u64]) {
    let notes: HashMap<String, Id> =
        notes(&Connection::open(path).unwrap()).into_iter().map(|(id, note)| (note, Id(id))).collect();
    let mut batch = ledger.begin(&stamp("link")).unwrap();
    for &(a, b, same) in decisions {
        let [a, b] = [a, b].map(|n| notes[&seeds[n % seeds.len()].to_string()]);
        // A claim is not linked with itself.
        let _ = batch.link(a, b, Some(same), None);
    }
    batch.commit().unwrap();
}

/// Decisions of which none takes back another.
fn decisions() -> impl Strategy<Value = Vec<(usize, usize, bool)>> {
    prop::collection::btree_map((0..40_usize, 0..40_usize), any::<bool>(), 8).prop_map(|decided| {
        let mut pairs = BTreeSet::new();
        let once = decided.into_iter().filter(|((a, b), _)| pairs.insert((*a.min(b), *a.max(b))));
        once.map(|((a, b), same)| (a, b, same)).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn the_same_claims_in_another_order_give_the_same_conclusions(
        (one, other) in (0_u64..1_000_000)
            .prop_flat_map(|from| (Just(arrivals(from)), Just(arrivals(from)).prop_shuffle())),
        decided in decisions(),
    ) {
        let mut seeds: Vec<u64> = one.iter().filter_map(|arrival| match arrival {
            Arrival::Claim(seed) => Some(*seed),
            Arrival::Dispatch(_) | Arrival::Piled(_) => None,
        }).collect();
        seeds.truncate(40);
        let folder = tempfile::tempdir().unwrap();
        let [here, there] = ["here.db", "there.db"].map(|name| folder.path().join(name));
        decide(&mut filled(&here, &["North", "South", "Mission"], &one), &here, &decided, &seeds);
        let backwards: Vec<_> = decided.iter().rev().copied().collect();
        let mut ledger = filled(&there, &["Mission", "South", "North"], &other);
        decide(&mut ledger, &there, &backwards, &seeds);
        prop_assert_eq!(concluded(&there), concluded(&here));
        ledger.rebuild().unwrap();
        prop_assert_eq!(concluded(&there), concluded(&here), "a full run");
    }

    #[test]
    fn ledgers_merged_either_way_round_give_the_same_conclusions(
        all in (0_u64..1_000_000).prop_flat_map(|from| Just(arrivals(from)).prop_shuffle()),
        cut in 60..120_usize,
    ) {
        // A claim's line names its dispatch by a number of its own ledger, which leads nowhere in another.
        let all: Vec<_> = all.into_iter().filter(|one| !matches!(one, Arrival::Dispatch(_))).collect();
        let [here, there] = [World::new(), World::new()].map(|world| world.at(LATER));
        let path = |world: &World| world.path("trucebook.db");
        // Some came to both desks.
        drop(filled(&path(&here), &["North", "South", "Mission"], &all[..cut + 20]));
        drop(filled(&path(&there), &["Mission", "South", "North"], &all[cut..]));
        let [from_here, from_there] = [&here, &there].map(|world| world.run(&["export", "claims"]).stdout);
        for (world, lines) in [(&there, from_here), (&here, from_there)] {
            world.file("claims.jsonl", lines);
            let ran = world.run(&["import", "claims.jsonl"]);
            prop_assert_eq!(ran.status, 0, "{}", ran);
        }
        prop_assert_eq!(concluded(&path(&there)), concluded(&path(&here)));
    }
}
