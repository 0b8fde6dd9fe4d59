//! `report truces`: what became of each truce, party by party.

use std::collections::{BTreeMap, BTreeSet};

use crate::ledger::Recorded;
use crate::model::text::key;
use crate::model::{ActBase, Article, Edtf, Id, NumberKind, Role, Stance, Truce, When};
use crate::reconcile::{Fact, Moment, ProposedTruce};
use crate::report::firsts::{self, Accusation, Term};
use crate::report::input::{Input, Names, Statement};
use crate::report::level;
use crate::report::notes;
use crate::report::sheet::{Cell, Column, Lapse, Sheet};
use crate::report::times;
use crate::tally::laid::Laid;

const COUNTS: &str = "a row is a truce with a party it binds; where nobody told whom it binds, with each party that others \
    accuse. Proposed truces are those that dispatches tell of and nobody has confirmed. Counted are accusations of the \
    party by name, as statements: inside the truce, outside it, and those of which that cannot be told. The delay runs \
    from the truce taking effect to the first accused act that surely came after. The former level is the mean of the \
    seven days before the truce, by the days accusations are about; it was back on the first day with at least as many. \
    The chain is the truces between the same belligerents, by beginning. Whether a truce was broken is for the reader to \
    judge";

/// Makes the report: confirmed truces before proposed ones, by when they began.
pub fn sheet(input: &Input) -> Sheet {
    let names = Names::new(&input.parties);
    let passing = input.passing();
    let statements = Input::statements(&passing);
    let mut truces: Vec<Listed<'_>> = input.truces.iter().map(|truce| Listed::confirmed(truce, input)).collect();
    truces.extend(input.proposed.iter().map(|truce| Listed::proposed(truce, input)));
    truces.sort_by_key(|truce| (truce.proposed, truce.begins_at().is_none(), truce.begins_at(), truce.id));
    let told = |fact: &&Fact| fact.act.base == ActBase::TruceExtended && fact.stance != Stance::Denies;
    let read = Read {
        input,
        names: &names,
        laid: laid(&statements),
        extensions: passing.iter().map(|counted| &counted.fact).filter(told).collect(),
        chains: chains(&truces),
    };
    Sheet {
        name: "truces",
        title: "Truces".to_owned(),
        columns: columns(),
        rows: truces.iter().flat_map(|truce| truce.rows(&read)).collect(),
        notes: notes::under(input, COUNTS, Vec::new(), notes::made_from(input, &passing)),
        offices: input.offices.clone(),
        side_by_side: false,
    }
}

fn columns() -> Vec<Column> {
    vec![
        Column::words("truce", "truce"),
        Column::words("party", "party"),
        Column::words("role", "role").of(TRUCE),
        Column::words("title", "title").of(TRUCE),
        Column::words("state", "state").of(TRUCE),
        Column::words("agreed", "agreed").of(TRUCE),
        Column::words("effective", "effective").of(TRUCE),
        Column::words("ended", "ended").of(TRUCE),
        Column::words("first", "first accused act after it").of(ACCUSED),
        Column::lapse("delay", "delay").of(ACCUSED),
        Column::count("inside", "inside").of(ACCUSED),
        Column::count("outside", "outside").of(ACCUSED),
        Column::count("cannot_be_told", "cannot be told").of(ACCUSED),
        Column::words("former_level_after", "former level after").of(ACCUSED),
        Column::words("chain", "chain").of(TERMS),
        Column::words("extended_by", "extended by").of(TERMS),
        Column::words("articles", "articles due").of(TERMS),
    ]
}

const TRUCE: &str = "truce";
const ACCUSED: &str = "acts laid to the party";
const TERMS: &str = "what followed";

/// Accusations by accused party, in order of claims.
fn laid<'a>(statements: &'a [Statement<'a>]) -> BTreeMap<Id, Vec<&'a Fact>> {
    let mut laid: BTreeMap<Id, Vec<&Fact>> = BTreeMap::new();
    for fact in statements.iter().map(Statement::fact) {
        if let Some(accused) = fact.accused.filter(|_| Laid::of(fact) == Some(Laid::Accused)) {
            laid.entry(accused).or_default().push(fact);
        }
    }
    laid
}

/// What every row is made from.
struct Read<'a> {
    input: &'a Input,
    names: &'a Names<'a>,
    laid: BTreeMap<Id, Vec<&'a Fact>>,
    extensions: Vec<&'a Fact>,
    /// Truces by their belligerents, where there are several.
    chains: BTreeMap<BTreeSet<Id>, String>,
}

/// A truce, confirmed or proposed.
struct Listed<'a> {
    id: Id,
    proposed: bool,
    number: Cell,
    printed: String,
    title: Cell,
    /// Agreed, effective, ended, in the report's zone.
    dates: [Cell; 3],
    /// Those it binds, with their roles.
    parties: Vec<(Id, Option<Role>)>,
    articles: &'a [Article],
    term: Option<Term>,
}

impl<'a> Listed<'a> {
    fn confirmed(truce: &'a Recorded<Truce>, input: &Input) -> Self {
        let date = |edtf: Option<Edtf>| edtf.map_or(Cell::Unknown, |edtf| Cell::Time(edtf.to_string()));
        let by_name = |name: &str| input.parties.iter().find(|party| party.value.name == name).map(|party| party.id);
        let bound = truce.value.parties.iter().filter(|party| matches!(party.role, Role::Belligerent | Role::Ally));
        Self {
            id: truce.id,
            proposed: false,
            number: Cell::Number(NumberKind::Truce, truce.id),
            printed: input.offices.number(NumberKind::Truce, truce.id).to_string(),
            title: Cell::Text(truce.value.title.clone()),
            dates: [truce.value.agreed, truce.value.effective, truce.value.ended].map(date),
            parties: bound.filter_map(|party| Some((by_name(&party.party)?, Some(party.role)))).collect(),
            articles: &truce.value.articles,
            term: firsts::term_of(truce, input),
        }
    }

    fn proposed(truce: &ProposedTruce, input: &Input) -> Self {
        let date = |moment: Option<Moment>| {
            times::printed(moment.as_ref(), input.office.zone).map_or(Cell::Unknown, Cell::Time)
        };
        Self {
            id: truce.id,
            proposed: true,
            number: Cell::Number(NumberKind::Claim, truce.id),
            printed: input.offices.number(NumberKind::Claim, truce.id).to_string(),
            title: Cell::Unknown,
            dates: [truce.agreed, truce.effective, truce.ended].map(date),
            parties: truce.parties.iter().map(|party| (*party, None)).collect(),
            articles: &[],
            term: firsts::proposed_term(truce, input),
        }
    }

    fn begins_at(&self) -> Option<i64> {
        self.term.as_ref().and_then(Term::begins_at)
    }

    fn belligerents(&self) -> BTreeSet<Id> {
        self.parties.iter().filter(|(_, role)| *role != Some(Role::Ally)).map(|(party, _)| *party).collect()
    }

    /// A row for each party it binds, alphabetical.
    fn rows(&self, read: &Read<'_>) -> Vec<Vec<Cell>> {
        let mut parties = self.parties.clone();
        if parties.is_empty() {
            parties = read.laid.keys().map(|accused| (*accused, None)).collect();
        }
        parties.sort_by_cached_key(|(party, _)| (key(&read.names.of(*party)), *party));
        if parties.is_empty() {
            return vec![self.row(None, None, read)];
        }
        parties.into_iter().map(|(party, role)| self.row(Some(party), role, read)).collect()
    }

    fn row(&self, party: Option<Id>, role: Option<Role>, read: &Read<'_>) -> Vec<Cell> {
        let [agreed, effective, ended] = self.dates.clone();
        let mut row = vec![
            self.number.clone(),
            Cell::text(party.map(|party| read.names.of(party))),
            role.map_or(Cell::Unknown, |role| Cell::Word(role.as_str())),
            self.title.clone(),
            Cell::Word(if self.proposed { "proposed" } else { "confirmed" }),
            agreed,
            effective,
            ended,
        ];
        let accused = self.term.as_ref().zip(party).map(|(term, party)| accused(term, party, read));
        row.extend(accused.unwrap_or_else(|| vec![Cell::Unknown; 6]));
        let extending = read.extensions.iter().filter(|fact| self.is_extended_by(fact)).map(|fact| fact.id).collect();
        row.extend([
            Cell::text(read.chains.get(&self.belligerents()).cloned()),
            Cell::Numbers(NumberKind::Claim, extending),
            Cell::lines(self.articles.iter().map(due).collect()),
        ]);
        row
    }

    /// Whether a claim that a truce was extended may be about this one: between its parties, told or dated not before it
    /// began and not after it ended.
    fn is_extended_by(&self, fact: &Fact) -> bool {
        let parties = self.belligerents();
        let at = fact.when.and_then(|when| when.hi).or(fact.published);
        let (Some(term), Some(at)) = (self.term.as_ref(), at) else { return false };
        let ends_at = term.ends_at();
        !fact.parties.is_empty()
            && fact.parties.iter().all(|party| parties.contains(party))
            && term.begins_at().is_none_or(|begins| begins < at)
            && ends_at.is_none_or(|ends| fact.when.and_then(|when| when.lo).unwrap_or(at) <= ends)
    }
}

/// What is laid to a party under a truce: first act, delay, inside, outside, cannot be told, former level.
fn accused(term: &Term, party: Id, read: &Read<'_>) -> Vec<Cell> {
    use crate::model::Told;
    let facts = read.laid.get(&party).map(Vec::as_slice).unwrap_or_default();
    let firsts = term.firsts(facts.iter().map(|fact| Accusation::of(party, fact)), read.input);
    let sure = firsts.iter().find(|breach| breach.in_force == Told::Yes).map(|breach| breach.claim);
    let fact = facts.iter().find(|fact| Some(fact.id) == sure);
    let (begins, _) = term.bounds(party);
    let delay = fact.and_then(|fact| Some((delay(&begins, fact.when?)?, fact.id)));
    let told = |wanted: Told| {
        let is = |fact: &&&Fact| term.in_force(party, fact, read.input) == wanted;
        Cell::count(facts.iter().filter(is).map(|fact| fact.id).collect())
    };
    vec![
        Cell::Breaches(firsts),
        delay.map_or(Cell::Unknown, |(lapse, claim)| Cell::Lapse(lapse, vec![claim])),
        told(Told::Yes),
        told(Told::No),
        told(Told::CannotBeTold),
        level::former(facts, &begins, read.input.office.zone),
    ]
}

fn delay(begins: &When, act: Moment) -> Option<Lapse> {
    Lapse::between((begins.lo, begins.hi), (act.lo, act.hi))
}

fn due(article: &Article) -> String {
    let due = article.due.map_or_else(|| "no date".to_owned(), |due| due.to_string());
    format!("{}: {} ({due})", article.number, article.text)
}

/// Truces between the same belligerents, in their order: `T1 → T3`.
fn chains(truces: &[Listed<'_>]) -> BTreeMap<BTreeSet<Id>, String> {
    let mut chains: BTreeMap<BTreeSet<Id>, Vec<&Listed<'_>>> = BTreeMap::new();
    for truce in truces.iter().filter(|truce| !truce.parties.is_empty() && truce.begins_at().is_some()) {
        chains.entry(truce.belligerents()).or_default().push(truce);
    }
    for chain in chains.values_mut() {
        chain.sort_by_key(|truce| truce.begins_at());
    }
    let several = chains.into_iter().filter(|(_, truces)| truces.len() > 1);
    let printed = |truces: Vec<&Listed<'_>>| truces.iter().map(|t| t.printed.as_str()).collect::<Vec<_>>().join(" → ");
    several.map(|(parties, truces)| (parties, printed(truces))).collect()
}

#[cfg(test)]
#[path = "truces_tests.rs"]
mod tests;
