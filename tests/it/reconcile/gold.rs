//! The labelled claims as facts: a small conversion for tests, the names taken for parties as they stand.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use trucebook::model::{Act, Attribution, Edtf, Extent, Figure, Id, PartyKind, Range, Span, Stance, Unit, When, Zone};
use trucebook::reconcile::{Claimant, Fact, Moment, PlaceName, Registers, Toll};

#[derive(Deserialize)]
struct Label {
    dispatch: String,
    claimant: String,
    stance: Stance,
    act: Act,
    accused: Option<String>,
    target: Option<String>,
    #[serde(default)]
    parties: Vec<String>,
    #[serde(default)]
    mediators: Vec<String>,
    place: Vec<String>,
    occurred: Option<Edtf>,
    count: Option<u64>,
    killed: Option<(Option<u64>, Option<u64>)>,
    wounded: Option<(Option<u64>, Option<u64>)>,
    civilian: bool,
}

#[derive(Deserialize)]
struct Told {
    incident: String,
    claims: Vec<(String, usize)>,
}

#[derive(Deserialize)]
struct Received {
    dispatch: String,
    received: Option<Edtf>,
}

pub(super) struct Gold {
    pub(super) facts: Vec<Fact>,
    pub(super) registers: Registers,
    /// Which claims tell the same incident.
    pub(super) incidents: Vec<BTreeSet<Id>>,
    /// Which facts tell the same truce: the file has its agreement and its beginning as incidents of their own.
    pub(super) truces: Vec<BTreeSet<Id>>,
    /// Claims that stand in an incident; the file is silent about others.
    pub(super) scored: BTreeSet<Id>,
    told: BTreeMap<Id, String>,
}

/// Numbers for names, in order of appearance.
#[derive(Default)]
struct Numbers(Vec<String>);

impl Numbers {
    fn of(&mut self, name: &str) -> Id {
        let at = self.0.iter().position(|known| known == name).unwrap_or_else(|| {
            self.0.push(name.to_owned());
            self.0.len() - 1
        });
        id(at + 1)
    }
}

fn id(n: usize) -> Id {
    Id(i64::try_from(n).unwrap())
}

/// The lines of a file of the gold set.
fn lines<T: serde::de::DeserializeOwned>(file: &str) -> Vec<(String, T)> {
    let path = format!("{}/tests/data/gold/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| (line.to_owned(), serde_json::from_str(line).unwrap())).collect()
}

/// The labels of the connected set: the seed dispatch and those of Karabakh.
fn labels() -> impl Iterator<Item = (String, Label)> {
    let folder = format!("{}/tests/data/gold/labels", env!("CARGO_MANIFEST_DIR"));
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name.starts_with("000_") || name.starts_with("nk-")).collect();
    names.sort();
    names.into_iter().flat_map(|name| lines(&format!("labels/{name}")))
}

impl Gold {
    pub(super) fn read() -> Self {
        let zone: Zone = "Asia/Yerevan".parse().unwrap();
        let received: BTreeMap<String, Option<i64>> = lines::<Received>("index.jsonl")
            .into_iter()
            .map(|(_, r)| (r.dispatch, r.received.and_then(|day| When::resolve(day, zone, Extent::Within, None).hi)))
            .collect();
        let (mut parties, mut dispatches) = (Numbers::default(), Numbers::default());
        let (mut facts, mut told, mut at) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        for (line, label) in labels() {
            let id = id(facts.len() + 1);
            let dispatch = dispatches.of(&label.dispatch);
            let nth = at.keys().filter(|(d, _)| *d == label.dispatch).count() + 1;
            at.insert((label.dispatch.clone(), nth), id);
            told.insert(id, format!("{nth} {line}"));
            let published = received.get(&label.dispatch).copied().flatten();
            facts.push(fact(id, dispatch, nth, &label, &mut parties, zone, published));
        }
        let armenian = ["Armenia", "Nagorno-Karabakh"].map(|name| parties.of(name));
        let registers = Registers {
            kind: (1..=parties.0.len()).map(|n| (id(n), PartyKind::State)).collect(),
            side: armenian.into_iter().map(|id| (id, 1)).collect(),
            ..Registers::default()
        };
        let (mut incidents, mut truces) = (Vec::new(), BTreeMap::<String, BTreeSet<Id>>::new());
        for (_, Told { incident, claims }) in lines::<Told>("incidents.jsonl") {
            let claims: BTreeSet<Id> = claims.iter().map(|claim| at[claim]).collect();
            if let Some((truce, _)) =
                ["-truce-agreed-", "-truce-begins-"].iter().find_map(|fact| incident.split_once(fact))
            {
                truces.entry(truce.to_owned()).or_default().extend(&claims);
            }
            incidents.push(claims);
        }
        let scored = incidents.iter().flatten().copied().collect();
        Self { facts, registers, incidents, truces: truces.into_values().collect(), scored, told }
    }

    pub(super) fn told(&self, id: Id) -> String {
        let line = &self.told[&id];
        let (nth, json) = line.split_once(' ').unwrap();
        let l: Label = serde_json::from_str(json).unwrap();
        format!(
            "[{}:{nth} {} {} {} {:?}>{:?} {:?} {}]",
            &l.dispatch[..5],
            l.claimant,
            l.stance,
            l.act,
            l.accused.as_deref().unwrap_or("-"),
            l.target.as_deref().unwrap_or("-"),
            l.place,
            l.occurred.map(|o| o.to_string()).unwrap_or_default()
        )
    }
}

fn fact(
    id: Id,
    dispatch: Id,
    nth: usize,
    label: &Label,
    parties: &mut Numbers,
    zone: Zone,
    published: Option<i64>,
) -> Fact {
    let when = label.occurred.map(|edtf| When::resolve(edtf, zone, Extent::Within, published));
    // The labels count breaches of a window for `violation`, attacks of one event else.
    let counted = label.act.to_string() == "violation";
    let figure = label.count.map(|n| Figure {
        amount: Range::exactly(n),
        unit: if counted { Unit::Violation } else { Unit::Attack },
        span: if counted { Span::Since(None) } else { Span::Event },
    });
    let range = |bounds: Option<(Option<u64>, Option<u64>)>| bounds.and_then(|(min, max)| Range::from_bounds(min, max));
    let (killed, wounded) = (range(label.killed), range(label.wounded));
    let target = label.target.as_ref().map(|name| parties.of(name));
    let toll = (killed.is_some() || wounded.is_some()).then_some(Toll {
        side: target,
        killed,
        wounded,
        missing: None,
        captured: None,
        civilian: label.civilian.then_some(true),
        total: false,
        since: None,
    });
    Fact {
        id,
        claimant: if label.claimant == "-" {
            Claimant::Narration
        } else {
            Claimant::Party(parties.of(&label.claimant))
        },
        stance: label.stance,
        in_response: false,
        act: label.act.clone(),
        accused: label.accused.as_ref().map(|name| parties.of(name)),
        attribution: label.accused.as_ref().map(|_| Attribution::Stated),
        target,
        when: when.map(|when| Moment { lo: when.lo, hi: when.hi, grain: when.grain(), extent: when.extent }),
        published,
        places: label.place.iter().map(|name| PlaceName { name: name.clone(), place: None }).collect(),
        point: None,
        total: figure.as_ref().is_some_and(|figure| figure.span.is_total()),
        figures: figure.into_iter().collect(),
        tolls: toll.into_iter().collect(),
        parties: label.parties.iter().map(|name| parties.of(name)).collect(),
        mediators: label.mediators.iter().map(|name| parties.of(name)).collect(),
        dispatch: Some(dispatch),
        source: Some(dispatch),
        offset: nth * 300,
        wording: 0,
    }
}
