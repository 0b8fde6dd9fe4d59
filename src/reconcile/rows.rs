//! The claims of a run with the tables their small numbers stand for. A million of them take about 200 MB less than the
//! facts they were made from.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use foldhash::fast::RandomState;

use super::places::{Places, Relation};
use super::rank::Rank;
use super::row::{Count, NARRATION, NONE, Part, Row, part, span};
use super::{Claimant, Fact, PlaceName, Registers};
use crate::model::{Figure, Grain, Id, Range};

/// Marks the side of a party that has none but its own; the rest is the party's number.
const OWN: u32 = 1 << 31;

/// The claims of a run with the tables their small numbers stand for.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// In canonical order, each claim once.
    #[allow(clippy::struct_field_names, reason = "the rows of Rows")]
    pub(super) rows: Vec<Row>,
    /// The place of each claim in that order, by id.
    by_id: Vec<(Id, u32)>,
    /// Names that rows' `names` range over.
    pub(super) lists: Vec<u32>,
    /// What the names are.
    pub(super) places: Places,
    /// Side of each party, by party number.
    sides: Vec<u32>,
    /// What stands for each side in keys, by side.
    side_keys: Vec<u64>,
    /// What stands for each party in keys, by party number: a hash of its name.
    parties: Vec<u64>,
    /// Id of each dispatch, by dispatch number.
    dispatches: Vec<Id>,
    intern: Intern,
}

type Numbers<K> = HashMap<K, u32, RandomState>;

#[derive(Debug, Default)]
struct Intern {
    party: Numbers<Id>,
    side: Numbers<u64>,
    detail: Numbers<String>,
    dispatch: Numbers<Id>,
    source: Numbers<Id>,
}

fn number<K: Hash + Eq + Clone>(table: &mut Numbers<K>, key: &K) -> u32 {
    let next = u32::try_from(table.len()).unwrap_or(NONE);
    if let Some(&known) = table.get(key) {
        return known;
    }
    table.insert(key.clone(), next);
    next
}

impl Rows {
    /// Adds a claim; `aside`: only for what its dispatch tells. Claims may come in any order.
    pub(super) fn push(&mut self, fact: &Fact, registers: &Registers, aside: bool) {
        let names = self.names_of(&fact.places, registers);
        let (lo, hi, precision) = span(fact.when, fact.published);
        let figure = fact.figures.iter().find(|figure| !figure.span.is_total());
        let tolls = || fact.tolls.iter().filter(|toll| !toll.total);
        let sum = |count: &dyn Fn(&super::Toll) -> Option<Range>| {
            tolls().fold(Count::UNKNOWN, |sum, toll| sum.plus(Count::of(count(toll))))
        };
        let row = Row {
            rank: Rank::of(fact, registers),
            id: fact.id,
            part: part(fact),
            stance: fact.stance,
            in_response: fact.in_response,
            base: fact.act.base,
            detail: fact.act.detail.as_ref().map_or(NONE, |detail| number(&mut self.intern.detail, detail)),
            claimant: match fact.claimant {
                Claimant::Party(id) => self.party(id, registers),
                Claimant::Narration => NARRATION,
                Claimant::Unknown => NONE,
            },
            accused: fact.accused.map_or(NONE, |id| self.party(id, registers)),
            target: fact.target.map_or(NONE, |id| self.party(id, registers)),
            context: [NONE; 2],
            lo,
            hi,
            precision,
            grain: fact.when.map_or(Grain::Century, |when| when.grain),
            dated: fact.when.is_some_and(|when| when.lo.is_some() || when.hi.is_some()),
            names,
            point: fact.point,
            killed: sum(&|toll| toll.killed),
            wounded: sum(&|toll| toll.wounded),
            unit: figure.map(|figure| figure.unit),
            count: Count::of(figure.map(|figure: &Figure| figure.amount)),
            published: fact.published,
            dispatch: fact.dispatch.map_or(NONE, |id| self.dispatch(id)),
            source: fact.source.map_or(NONE, |id| number(&mut self.intern.source, &id)),
            nth: 0,
            offset: fact.offset,
            aside,
        };
        self.rows.push(row);
    }

    /// Puts the claims in canonical order and drops what came twice.
    pub(super) fn settle(&mut self) {
        self.rows.sort_by_key(|row| (row.id, row.aside));
        self.rows.dedup_by_key(|row| row.id);
        self.rows.sort_by_cached_key(|row| row.rank);
        self.by_id = (0..).zip(&self.rows).map(|(at, row)| (row.id, at)).collect();
        self.by_id.sort_unstable();
        let mut read: Vec<&mut Row> = self.rows.iter_mut().filter(|row| row.dispatch != NONE).collect();
        // Where one phrase tells both, what is claimed comes before what answers it.
        read.sort_by_key(|row| (row.dispatch, row.offset, row.part == Part::Reply, row.rank));
        let mut last = (NONE, 0);
        for row in read {
            row.nth = if row.dispatch == last.0 { last.1 + 1 } else { 0 };
            last = (row.dispatch, row.nth);
        }
        self.set_contexts();
    }

    /// Gives claims that name no party the sides that their dispatch speaks of.
    fn set_contexts(&mut self) {
        let mut spoken: HashMap<u32, BTreeMap<u64, (u32, u32)>> = HashMap::new();
        for row in self.rows.iter().filter(|row| row.dispatch != NONE) {
            for party in [row.accused, row.target] {
                if let Some(key) = self.side_key(party) {
                    spoken.entry(row.dispatch).or_default().entry(key).or_insert((0, party)).0 += 1;
                }
            }
        }
        let mut contexts: HashMap<u32, [u32; 2]> = HashMap::new();
        for (dispatch, sides) in spoken {
            let mut most: Vec<_> =
                sides.into_iter().map(|(key, (times, party))| (Reverse(times), key, party)).collect();
            most.sort_unstable();
            let mut most = most.into_iter().map(|(.., party)| self.side(party));
            contexts.insert(dispatch, [most.next().unwrap_or(NONE), most.next().unwrap_or(NONE)]);
        }
        for row in self.rows.iter_mut().filter(|row| row.accused == NONE && row.target == NONE) {
            row.context = contexts.get(&row.dispatch).copied().unwrap_or([NONE; 2]);
        }
    }

    /// The sides a claim is about: of accused and target, or, where no target is told, of the claimant, who mostly speaks for
    /// it; else those of its dispatch. [`NONE`] for none.
    pub(super) fn sides(&self, row: &Row) -> [u32; 2] {
        match (row.accused, row.target) {
            (NONE, NONE) => row.context,
            (accused, NONE) => [self.side(accused), self.side(row.claimant)],
            (accused, target) => [self.side(accused), self.side(target)],
        }
    }

    /// The claims that are reconciled here, by their places in canonical order.
    pub(super) fn reconciled(&self) -> impl Iterator<Item = (u32, &Row)> {
        (0..).zip(&self.rows).filter(|(_, row)| !row.aside)
    }

    /// The claim at a place in canonical order.
    pub(super) fn get(&self, at: u32) -> Option<&Row> {
        self.rows.get(at as usize)
    }

    /// The id of the claim at a place.
    pub(super) fn id(&self, at: u32) -> Option<Id> {
        self.get(at).map(|row| row.id)
    }

    /// The place of a claim in canonical order.
    pub(super) fn at(&self, id: Id) -> Option<u32> {
        let at = self.by_id.binary_search_by_key(&id, |&(id, _)| id).ok()?;
        self.by_id.get(at).map(|&(_, at)| at)
    }

    fn dispatch(&mut self, id: Id) -> u32 {
        let n = number(&mut self.intern.dispatch, &id);
        if n as usize == self.dispatches.len() {
            self.dispatches.push(id);
        }
        n
    }

    fn party(&mut self, id: Id, registers: &Registers) -> u32 {
        let n = number(&mut self.intern.party, &id);
        if n as usize == self.parties.len() {
            // Fewer bits, for others are put beside them.
            self.parties.push(registers.party.get(&id).map_or(id.0.cast_unsigned(), |name| name >> 9));
            let side = registers.side.get(&id).map_or(n | OWN, |&side| self.side_number(side));
            self.sides.push(side);
        }
        n
    }

    fn side_number(&mut self, side: u64) -> u32 {
        let n = number(&mut self.intern.side, &side) & !OWN;
        if n as usize == self.side_keys.len() {
            // Fewer bits here too; one is set that no party's key has.
            self.side_keys.push(side >> 9 | 1 << 55);
        }
        n
    }

    fn names_of(&mut self, places: &[PlaceName], registers: &Registers) -> (u32, u32) {
        let length = |list: &Vec<u32>| u32::try_from(list.len()).unwrap_or(NONE);
        let from = length(&self.lists);
        for place in places {
            let n = self.places.number(place, registers);
            self.lists.push(n);
        }
        (from, length(&self.lists))
    }

    /// The side of a party number; [`NONE`] for none.
    pub(super) fn side(&self, party: u32) -> u32 {
        self.sides.get(party as usize).copied().unwrap_or(NONE)
    }

    /// Whether both are known and on one side.
    pub(super) fn allied(&self, a: u32, b: u32) -> bool {
        self.side(a) != NONE && self.side(a) == self.side(b)
    }

    /// Whether both are known and on different sides.
    pub(super) fn opposed(&self, a: u32, b: u32) -> bool {
        let (a, b) = (self.side(a), self.side(b));
        a != NONE && b != NONE && a != b
    }

    /// The names of a claim.
    pub(super) fn names(&self, row: &Row) -> &[u32] {
        self.lists.get(row.names.0 as usize..row.names.1 as usize).unwrap_or_default()
    }

    /// What stands for a party's side in keys, the same in every run: the side, or the party itself.
    pub(super) fn side_key(&self, party: u32) -> Option<u64> {
        self.key_of_side(self.side(party))
    }

    /// What stands for a side in keys; `None` for [`NONE`].
    pub(super) fn key_of_side(&self, side: u32) -> Option<u64> {
        match side {
            NONE => None,
            _ if side & OWN != 0 => self.parties.get((side & !OWN) as usize).copied(),
            _ => self.side_keys.get(side as usize).copied(),
        }
    }

    /// The id behind a dispatch number.
    pub(super) fn dispatch_id(&self, dispatch: u32) -> Option<Id> {
        self.dispatches.get(dispatch as usize).copied()
    }

    /// Whether a claim names a place that a name can stand for.
    pub(super) fn names_place(&self, row: &Row, name: u32) -> bool {
        let known = |relation| matches!(relation, Relation::Same | Relation::Similar | Relation::Within);
        self.names(row).iter().any(|&other| known(self.places.relation(name, other)))
    }

    /// The number of a source, if a claim came from it.
    pub(super) fn source_number(&self, source: Id) -> Option<u32> {
        self.intern.source.get(&source).copied()
    }
}
