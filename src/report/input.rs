//! What reports are made from: ledger reads of one moment. The same input gives the same bytes, in whatever order its
//! parts come.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::error::Result;
use crate::ledger::{Counted, Filter, Head, Office, Recorded, Snapshot};
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
    /// Every live claim that may be counted: with `--reviewed`, no drafts.
    pub claims: Vec<Counted>,
    /// Those that pass the filters; `None`: all. Replies and corroboration are looked for among all.
    pub chosen: Option<HashSet<Id>>,
    /// Incidents.
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
        let mut claims = snapshot.counted(&Filter::default())?;
        let chosen = if *filter == Filter::default() { None } else { Some(snapshot.choose(&claims, filter)?) };
        if reviewed {
            claims.retain(|counted| !counted.draft);
        }
        Ok(Self {
            office: snapshot.office().clone(),
            head: snapshot.head()?,
            offices: offices(snapshot, &claims),
            claims,
            chosen,
            incidents: snapshot.incidents()?,
            answers: snapshot.answers()?,
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
        let mut by_statement: BTreeMap<Id, Vec<&'a Counted>> = BTreeMap::new();
        for counted in claims {
            by_statement.entry(counted.statement).or_default().push(counted);
        }
        by_statement
            .into_values()
            .filter_map(|mut claims| {
                claims.sort_unstable_by_key(|counted| counted.fact.id);
                claims.first().copied().map(|first| Statement { first, claims: claims.clone() })
            })
            .collect()
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
pub struct Names<'a>(HashMap<Id, &'a Party>);

impl<'a> Names<'a> {
    /// The names in a register.
    pub fn new(parties: &'a [Recorded<Party>]) -> Self {
        Self(parties.iter().map(|party| (party.id, &party.value)).collect())
    }

    /// A party's name; a party the register lost is a question mark with its number.
    pub fn of(&self, id: Id) -> String {
        self.0.get(&id).map_or_else(|| format!("?P{}", id.number()), |party| party.name.clone())
    }

    /// The side a party stands on.
    pub fn side(&self, id: Id) -> Option<&'a str> {
        self.0.get(&id).and_then(|party| party.side.as_deref())
    }

    /// Whether two parties are one or stand on one side.
    pub fn allied(&self, a: Id, b: Id) -> bool {
        a == b || self.side(a).is_some_and(|side| self.side(b) == Some(side))
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
