//! The desk: claims laid out, and what can be asked of them.

use std::collections::BTreeSet;

use super::engine::{Compared, Laid, touched};
use super::explain::{Explanation, explain};
use super::rows::Rows;
use super::weights::Answers;
use super::{Cell, Decisions, Fact, Filing, FullCell, Outcome, Registers, blocks, pairs, truces};
use crate::model::Id;

/// Where claims are laid out to be reconciled: all of them, or those that a change touches.
#[derive(Debug)]
pub struct Desk<'a> {
    registers: &'a Registers,
    rows: Rows,
    truce_facts: Vec<Fact>,
    full: Option<Vec<FullCell>>,
}

impl<'a> Desk<'a> {
    /// An empty desk for all claims.
    pub fn new(registers: &'a Registers) -> Self {
        Self { registers, rows: Rows::default(), truce_facts: Vec::new(), full: None }
    }

    /// An empty desk for some of many claims, of which these cells are full.
    pub fn for_some(registers: &'a Registers, full: Vec<FullCell>) -> Self {
        Self { full: Some(full), ..Self::new(registers) }
    }

    /// Lays a claim out. Claims may come in any order.
    pub fn add(&mut self, fact: &Fact) {
        self.rows.push(fact, self.registers, false);
        if fact.act.base.is_truce_fact() {
            self.truce_facts.push(fact.clone());
        }
    }

    /// Lays a claim aside: nothing is concluded about it, but it stands in the text of a claim that is reconciled here.
    pub fn add_aside(&mut self, fact: &Fact) {
        self.rows.push(fact, self.registers, true);
    }

    /// In which cells each claim is filed, by claim; claims laid aside are not.
    pub fn filings(&mut self) -> Vec<Filing> {
        self.rows.settle();
        let rows = self.rows.reconciled();
        rows.flat_map(|(_, row)| {
            blocks::filed(&self.rows, row).into_iter().map(|cell| Filing { cell, claim: row.rank })
        })
        .collect()
    }

    /// The cells in which every claim is filed that any of these is compared with, earlier or later; ascending.
    pub fn neighbours(&mut self) -> Vec<Cell> {
        self.rows.settle();
        let rows = self.rows.reconciled();
        let mut cells: Vec<Cell> = rows.flat_map(|(_, row)| blocks::neighbours(&self.rows, row)).collect();
        cells.sort_unstable();
        cells.dedup();
        cells
    }

    /// These claims, and all here whose conclusions can depend on theirs.
    pub fn touched(self, decisions: &Decisions, claims: &BTreeSet<Id>) -> BTreeSet<Id> {
        touched(&Compared::of(&self.file().laid, decisions), claims)
    }

    /// Why the claims of an incident are held together, and why the nearest others are not among them. All that is near
    /// them has to lie on the desk.
    pub fn explain(self, decisions: &Decisions, claims: &BTreeSet<Id>) -> Explanation {
        explain(&Compared::of(&self.file().laid, decisions), claims)
    }

    /// Every pair that the indexes bring up and that can be of one incident, with the rows of the score table that apply:
    /// what the table is learned from.
    pub fn pairs(self) -> Vec<(Id, Id, Answers)> {
        let mut rows = self.rows;
        rows.settle();
        pairs::answered(&rows)
    }

    /// Files what lies here.
    pub fn file(mut self) -> Filed<'a> {
        self.rows.settle();
        Filed {
            registers: self.registers,
            truce_facts: self.truce_facts,
            laid: Laid::of(self.rows, self.full.as_deref()),
        }
    }

    /// Reconciles.
    pub fn conclude(self, decisions: &Decisions) -> Outcome {
        self.file().compare(decisions).conclude()
    }
}

/// Claims in order, each filed where those that come later look for it: ready to be reconciled.
#[derive(Debug)]
pub struct Filed<'a> {
    registers: &'a Registers,
    truce_facts: Vec<Fact>,
    laid: Laid,
}

impl Filed<'_> {
    /// Whether a claim is among them.
    pub fn holds(&self, claim: Id) -> bool {
        self.laid.rows.at(claim).is_some()
    }

    /// Hands over where claims are found by later ones, by cell and then by claim.
    ///
    /// # Errors
    /// The first of those that `take` gives.
    pub fn filings<E>(&self, take: impl FnMut(Cell, Id) -> Result<(), E>) -> Result<(), E> {
        self.laid.filings(take)
    }

    /// The cells that hold more claims than are found there.
    pub fn full(&self) -> &[FullCell] {
        &self.laid.index.full
    }

    /// Compares each claim with those that may be about the same event.
    pub fn compare(&self, decisions: &Decisions) -> Paired<'_> {
        Paired { filed: self, compared: Compared::of(&self.laid, decisions) }
    }
}

/// Claims with the pairs of them that may be about one event.
#[derive(Debug)]
pub struct Paired<'a> {
    filed: &'a Filed<'a>,
    compared: Compared<'a>,
}

impl Paired<'_> {
    /// Draws the conclusions.
    pub fn conclude(self) -> Outcome {
        let Filed { registers, truce_facts, .. } = self.filed;
        Outcome { truces: truces::gather(truce_facts, registers), ..self.compared.conclude(registers) }
    }
}
