//! What reports are made from: ledger reads of one moment. The same input gives the same bytes, in whatever order its
//! parts come.

use std::collections::{HashMap, HashSet};

use crate::error::Result;
use crate::ledger::{Chosen, Counted, Filter, Head, Office, Recorded, Snapshot};
use crate::model::text::key;
use crate::model::{Id, NumberKind, Party, Truce};
use crate::reconcile::{Answer, Claimant, Fact, Incident, ProposedTruce, Registers};
use crate::report::sheet::Offices;

/// Ledger reads.
#[derive(Debug, Clone)]
pub struct Input {
    /// The desk.
    pub office: Office,
    /// Heads and versions.
    pub head: Head,
    /// Live claims that may be counted (with `--reviewed`, no drafts): at least those that pass the filters, those of their
    /// statements and incidents, and the replies to these.
    pub claims: Vec<Counted>,
    /// Those that pass the filters; `None`: all. Replies and corroboration are looked for among all.
    pub chosen: Option<HashSet<Id>>,
    /// Incidents: at least those that claims that pass belong to.
    pub incidents: Vec<Incident>,
    /// Replies and what they answer.
    pub answers: Vec<Answer>,
    /// Confirmed truces.
    pub truces: Vec<Recorded<Truce>>,
    /// Truces nobody has confirmed yet.
    pub proposed: Vec<ProposedTruce>,
    /// Parties.
    pub parties: Vec<Recorded<Party>>,
    /// Names of the registered places.
    pub places: HashMap<Id, String>,
    /// Kinds, sides and places.
    pub registers: Registers,
    /// Codes of other offices.
    pub offices: Offices,
    /// The filters in words, for the notes.
    pub filters: Vec<String>,
    /// Whether drafts were left out.
    pub reviewed: bool,
}

impl Input {
    /// Reads what reports are made from. `filters` are the filter in words.
    pub fn read(snapshot: &Snapshot<'_>, filter: &Filter, reviewed: bool, filters: Vec<String>) -> Result<Self> {
        let answers = snapshot.answers()?;
        let chosen = snapshot.chosen(filter, &answers)?;
        Self::of(snapshot, chosen, answers, reviewed, filters)
    }

    /// Reads what stands around the counts of a whole ledger, and no claim.
    pub fn around(snapshot: &Snapshot<'_>) -> Result<Self> {
        Self::of(snapshot, Chosen::default(), Vec::new(), false, Vec::new())
    }

    /// Reads the whole of a ledger, whatever passes: to be compared with another.
    pub fn whole(snapshot: &Snapshot<'_>, filter: &Filter, reviewed: bool, filters: Vec<String>) -> Result<Self> {
        Self::of(snapshot, snapshot.whole(filter)?, snapshot.answers()?, reviewed, filters)
    }

    fn of(
        snapshot: &Snapshot<'_>,
        chosen: Chosen,
        answers: Vec<Answer>,
        reviewed: bool,
        filters: Vec<String>,
    ) -> Result<Self> {
        let Chosen { mut claims, passing, incidents } = chosen;
        if reviewed {
            claims.retain(|counted| !counted.draft);
        }
        Ok(Self {
            office: snapshot.office().clone(),
            head: snapshot.head()?,
            offices: offices(snapshot, &claims),
            claims,
            chosen: passing,
            incidents,
            answers,
            truces: snapshot.truces()?,
            proposed: snapshot.proposed_truces()?,
            parties: snapshot.parties()?,
            places: snapshot.places()?.into_iter().map(|place| (place.id, place.value.name)).collect(),
            registers: snapshot.registers()?,
            filters,
            reviewed,
        })
    }

    /// The claims that pass the filters, by id.
    pub fn passing(&self) -> Vec<&Counted> {
        let passes = |counted: &&Counted| self.chosen.as_ref().is_none_or(|ids| ids.contains(&counted.fact.id));
        let mut passing: Vec<_> = self.claims.iter().filter(passes).collect();
        passing.sort_unstable_by_key(|counted| counted.fact.id);
        passing
    }

    /// The statements among some claims, each with those of its claims that are among them, by first claim.
    pub fn statements<'a>(claims: &[&'a Counted]) -> Vec<Statement<'a>> {
        let mut claims = claims.to_vec();
        claims.sort_by_key(|counted| (counted.statement, counted.fact.id));
        let statements = claims.chunk_by(|a, b| a.statement == b.statement);
        statements.filter_map(|of| of.first().map(|first| Statement { first, claims: of.to_vec() })).collect()
    }
}

/// The codes of other offices whose claims these are.
pub fn offices(snapshot: &Snapshot<'_>, claims: &[Counted]) -> Offices {
    let foreign = claims.iter().map(|counted| counted.fact.id).filter(|id| id.slot() != 0);
    let codes = foreign.filter_map(|id| Some((id.slot(), snapshot.number(NumberKind::Claim, id).office?)));
    Offices(codes.collect())
}

/// What one claimant said once, with the claims that tell it.
#[derive(Debug, Clone)]
pub struct Statement<'a> {
    /// Its first claim among those counted.
    pub first: &'a Counted,
    /// All of them, ascending.
    pub claims: Vec<&'a Counted>,
}

impl Statement<'_> {
    /// What its first claim says.
    pub const fn fact(&self) -> &Fact {
        &self.first.fact
    }
}

/// Names and sides of parties.
#[derive(Debug)]
pub struct Names<'a>(ById<Named<'a>>);

/// What is found by number, quickly.
pub type ById<T> = HashMap<Id, T, foldhash::fast::FixedState>;

/// A party, with its side by an arbitrary number.
#[derive(Debug)]
struct Named<'a> {
    party: &'a Party,
    side: Option<usize>,
}

impl<'a> Names<'a> {
    /// The names in a register.
    pub fn new(parties: &'a [Recorded<Party>]) -> Self {
        let mut sides: HashMap<String, usize> = HashMap::new();
        let named = |party: &'a Recorded<Party>| {
            let next = sides.len();
            let side = party.value.side.as_deref().map(|side| *sides.entry(key(side)).or_insert(next));
            (party.id, Named { party: &party.value, side })
        };
        Self(parties.iter().map(named).collect())
    }

    /// A party's name; a party the register lost is a question mark with its number.
    pub fn of(&self, id: Id) -> String {
        self.0.get(&id).map_or_else(|| format!("?P{}", id.number()), |named| named.party.name.clone())
    }

    /// The side a party stands on.
    pub fn side(&self, id: Id) -> Option<&'a str> {
        self.0.get(&id).and_then(|named| named.party.side.as_deref())
    }

    /// Whether two parties are one or stand on one side.
    pub fn allied(&self, a: Id, b: Id) -> bool {
        let side = |id| self.0.get(&id).and_then(|named| named.side);
        a == b || side(a).is_some_and(|of| side(b) == Some(of))
    }

    /// A claimant in words.
    pub fn claimant(&self, claimant: Claimant) -> String {
        match claimant {
            Claimant::Party(id) => self.of(id),
            Claimant::Narration => "(narration)".to_owned(),
            Claimant::Unknown => "(unknown)".to_owned(),
        }
    }
}
