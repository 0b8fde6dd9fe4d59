//! After each write only what it touches is concluded anew; the result is that of a run over everything.

use proptest::prelude::*;
use rusqlite::Connection;
use trucebook::error::Result;
use trucebook::ledger::{Batch, Provenance, Review};
use trucebook::model::{ActBase, Claim, Id, Loss, Party, PartyKind, Place, Point, Range, Stance};

use crate::ledger::{World, stamp};
use crate::ledger_chain::dispatch;

/// Everything derived from claims, row by row.
const DERIVED: &[&str] = &[
    "SELECT 'membership', claim, statement, incident, component FROM membership ORDER BY claim",
    "SELECT 'incident', id, alleged || denied || mutual || acknowledged || corroborated || contradicted || figures_differ,
       lo, hi FROM incident ORDER BY id",
    "SELECT 'attached', reply, accusation, how, '' FROM attached ORDER BY reply, accusation",
    "SELECT 'contradiction', same_a, same_b, different_a, different_b FROM contradiction ORDER BY 2, 3, 4, 5",
    "SELECT 'filed', cell, claim, '', '' FROM filed ORDER BY cell, claim",
    "SELECT 'full', cell, last, beyond, '' FROM full_cell ORDER BY cell",
    "SELECT 'truce', truce, claim, event, '' FROM proposed_truce_claim ORDER BY truce, claim",
];

fn derived(world: &World) -> Vec<String> {
    let conn = Connection::open(world.path()).unwrap();
    let mut all = Vec::new();
    for sql in DERIVED {
        let mut select = conn.prepare(sql).unwrap();
        let mut rows = select.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values = (0..5).map(|n| format!("{:?}", row.get::<_, rusqlite::types::Value>(n).unwrap()));
            all.push(values.collect::<Vec<_>>().join(" "));
        }
    }
    all
}

/// What a run over everything makes of the same facts.
fn rebuilt(world: &World) -> Vec<String> {
    world.write().rebuild().unwrap();
    derived(world)
}

#[derive(Debug, Clone)]
pub(crate) enum Step {
    Add(u64),
    /// Three claims in one dispatch.
    Tell([u64; 3]),
    Answer(usize, usize),
    Link(usize, usize, Option<bool>),
    Retract(usize),
    /// A draft becomes a person's claim.
    Accept(usize),
    Replace(usize, u64),
    Register(Registered),
    /// Takes back the nth batch from the end.
    Undo(usize),
}

/// What registers come to say.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Registered {
    /// The first or the second party is called by the name that claims use for nobody; where both are, neither.
    Alias(i64),
    /// A place is called by another's misspelling.
    PlaceAlias,
    /// One place lies in another.
    Parent,
    /// A place lies there.
    Point,
    /// Two parties are on one side.
    Side,
}

pub(crate) fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => any::<u64>().prop_map(Step::Add),
        3 => any::<[u64; 3]>().prop_map(Step::Tell),
        2 => any::<(usize, usize)>().prop_map(|(a, b)| Step::Answer(a, b)),
        3 => any::<(usize, usize, Option<bool>)>().prop_map(|(a, b, same)| Step::Link(a, b, same)),
        2 => any::<usize>().prop_map(Step::Retract),
        1 => any::<usize>().prop_map(Step::Accept),
        1 => any::<(usize, u64)>().prop_map(|(a, seed)| Step::Replace(a, seed)),
        2 => prop::sample::select(vec![
            Registered::Alias(1), Registered::Alias(2), Registered::PlaceAlias, Registered::Parent, Registered::Point,
            Registered::Side,
        ]).prop_map(Step::Register),
        3 => (0..5_usize).prop_map(Step::Undo),
    ]
}

/// A claim of a small world in which much is about the same few events.
pub(crate) fn claim(seed: u64) -> Claim {
    let mut rest = seed;
    let mut pick = |n: u64| {
        let taken = rest % n;
        rest /= n;
        usize::try_from(taken).unwrap()
    };
    let stances =
        [Stance::Alleges, Stance::Alleges, Stance::Denies, Stance::Acknowledges, Stance::Observes, Stance::NoComment];
    let acts = [ActBase::Shelling, ActBase::SmallArmsFire, ActBase::Attack, ActBase::Violation, ActBase::TruceAgreed];
    let act = acts[pick(5)];
    let stance = if act.is_truce_fact() { Stance::Declares } else { stances[pick(6)] };
    let mut claim = Claim::new(stance, act);
    claim.claimant = Some(["North", "South", "Mission", "-"][pick(4)].to_owned());
    claim.accused = [Some("North"), Some("South"), None][pick(3)].map(str::to_owned);
    if claim.accused.is_none() && pick(2) == 0 {
        claim.accused_text = Some("the hill men".to_owned());
    }
    claim.target = [Some("North"), Some("South"), None, None][pick(4)].map(str::to_owned);
    claim.place =
        [Some("Avdur"), Some("Talish"), Some("Avdour"), None][pick(4)].into_iter().map(str::to_owned).collect();
    let (day, hour) = (1 + pick(3), pick(4));
    let occurred = [format!("2020-10-{day:02}T{:02}:00", 8 + hour), format!("2020-10-{day:02}"), String::new()];
    claim.occurred = occurred[pick(3)].parse().ok();
    if act.is_truce_fact() {
        claim.parties = vec!["North".into(), "South".into()];
    }
    let killed = pick(4) as u64;
    if killed > 0 {
        claim.losses = vec![Loss { killed: Some(Range::exactly(killed - 1)), ..Loss::default() }];
    }
    let figures = [
        "5 violation",
        "~7 violation",
        "3+ violation",
        "40 shot",
        "2 explosion",
        "6 violation 2020-10-01/2020-10-02",
        "",
        "",
    ];
    claim.figures.extend(figures[pick(8)].parse().ok());
    claim.note = Some(format!("{seed}"));
    claim
}

/// The nth of the claims there are.
fn nth(world: &World, n: usize) -> Id {
    let conn = Connection::open(world.path()).unwrap();
    let count: i64 = conn.query_row("SELECT max(id) FROM claim", [], |row| row.get(0)).unwrap();
    Id(1 + i64::try_from(n % usize::try_from(count).unwrap()).unwrap())
}

/// One in seven is a draft.
fn add(batch: &mut Batch<'_>, seed: u64, provenance: &Provenance) -> Result<()> {
    let extractor = seed.is_multiple_of(7).then(|| "reader 1".to_owned());
    batch.add_claim(&claim(seed), &Provenance { extractor, ..provenance.clone() }).map(|_| ())
}

/// Takes a step; one that the ledger refuses leaves nothing.
pub(crate) fn take(world: &World, step: &Step, number: usize) {
    let at = |n: usize| nth(world, n);
    let (a, b) = match step {
        Step::Answer(a, b) | Step::Link(a, b, _) => (at(*a), at(*b)),
        Step::Retract(a) | Step::Accept(a) | Step::Replace(a, _) => (at(*a), Id(0)),
        _ => (Id(0), Id(0)),
    };
    let mut ledger = world.write();
    let newest = ledger.snapshot().unwrap().log().unwrap().last().unwrap().number.number;
    let newest = Id(i64::from(newest));
    let mut batch = ledger.begin(&stamp("add")).unwrap();
    let done = match step {
        Step::Add(seed) => add(&mut batch, *seed, &Provenance::default()),
        Step::Tell(seeds) => {
            let text = format!("What was said, {number}: {seeds:?}.");
            let read = batch.add_dispatch(&dispatch(&format!("d{number}"), &text)).unwrap().id();
            let provenance = Provenance { dispatch: Some(read), ..Provenance::default() };
            seeds.iter().try_for_each(|seed| add(&mut batch, *seed, &provenance))
        }
        Step::Answer(..) => batch.answer(a, b, None),
        Step::Link(.., same) => batch.link(a, b, *same, None),
        Step::Retract(_) => batch.retract(a, "mistaken"),
        Step::Accept(_) => batch.review(a, Review::Accepted, None),
        Step::Replace(_, seed) => add(&mut batch, *seed, &Provenance { replaces: Some(a), ..Provenance::default() }),
        Step::Register(told) => register(&mut batch, *told),
        Step::Undo(before) => batch.undo(Id(newest.0 - i64::try_from(*before).unwrap()), None).map(|_| ()),
    };
    if done.is_ok() {
        batch.commit().unwrap();
    }
}

fn register(batch: &mut Batch<'_>, told: Registered) -> Result<()> {
    let place = |name: &str| Place { name: name.into(), kind: None, parent: None, point: None, aliases: Vec::new() };
    match told {
        Registered::Alias(party) => batch.add_alias(Id(party), None, "the hill men").map(|_| ()),
        Registered::PlaceAlias => {
            batch.add_place(&Place { aliases: vec!["Avdour".into()], ..place("Avdur") }).map(|_| ())
        }
        Registered::Parent => {
            batch.add_place(&place("Avdur"))?;
            batch.add_place(&Place { parent: Some("Avdur".into()), ..place("Talish") }).map(|_| ())
        }
        Registered::Point => {
            let point = Some(Point::from_degrees(40.0, 46.0).unwrap());
            batch.add_place(&Place { point, ..place("Avdur") }).map(|_| ())
        }
        Registered::Side => {
            for (name, kind) in [("North", PartyKind::State), ("Mission", PartyKind::Monitor)] {
                batch.add_party(&Party { side: Some("Northern side".into()), ..Party::new(name, kind) })?;
            }
            Ok(())
        }
    }
}

pub(crate) fn world(seeds: impl Iterator<Item = u64>) -> World {
    let world = World::new();
    let mut ledger = world.write();
    let mut batch = ledger.begin(&stamp("party add")).unwrap();
    for (name, kind) in [("North", PartyKind::State), ("South", PartyKind::State), ("Mission", PartyKind::Monitor)] {
        batch.add_party(&Party::new(name, kind)).unwrap();
    }
    batch.commit().unwrap();
    let mut batch = ledger.begin(&stamp("import")).unwrap();
    for seed in seeds {
        add(&mut batch, seed, &Provenance::default()).unwrap();
    }
    batch.commit().unwrap();
    world
}

/// Scattered numbers for the claims a world begins with.
pub(crate) fn scattered(from: u64, count: u64) -> impl Iterator<Item = u64> {
    (from..from + count).map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, ..ProptestConfig::default() })]

    #[test]
    fn what_follows_a_write_is_what_a_full_run_concludes(
        from in 0_u64..1_000_000, steps in prop::collection::vec(step(), 12)
    ) {
        let world = world(scattered(from, 160));
        for (number, step) in steps.iter().enumerate() {
            take(&world, step, number);
            let followed = derived(&world);
            prop_assert_eq!(&followed, &rebuilt(&world), "after {:?}", step);
        }
    }
}

/// More claims in one place and hour than are compared with each other: later ones are passed over and counted, and one
/// taken out of the middle lets another in.
#[test]
fn a_full_cell_is_followed_too() {
    let world = world(scattered(5, 4));
    let mut ledger = world.write();
    for from in [0, 60, 120] {
        let mut batch = ledger.begin(&stamp("import")).unwrap();
        for n in from..from + 60 {
            let mut claim = Claim::new(Stance::Alleges, ActBase::Shelling);
            claim.claimant = Some("North".into());
            claim.accused = Some("South".into());
            claim.place = vec!["Avdur".into()];
            claim.occurred = Some("2020-10-02T10:00".parse().unwrap());
            claim.note = Some(format!("line {n}"));
            batch.add_claim(&claim, &Provenance::default()).unwrap();
        }
        batch.commit().unwrap();
    }
    drop(ledger);
    for step in [Step::Add(7), Step::Retract(150), Step::Retract(20), Step::Add(8)] {
        take(&world, &step, 0);
        let followed = derived(&world);
        assert!(followed.iter().any(|row| row.contains("full")));
        assert_eq!(followed, rebuilt(&world), "after {step:?}");
    }
}
