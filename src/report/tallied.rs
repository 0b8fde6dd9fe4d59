//! `parties`, `matrix` and `daily` of a whole ledger, from counts that are kept up: no claim is read, so that a million of
//! them cost what a hundred do. They say what the same reports say that are made of all claims, without listing the claims
//! behind each figure.
//!
//! A number over a window may hold others. What such a number is added to, a party or a claimant's day, is added up anew
//! from its claims, and they alone are read.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::error::Result;
use crate::ledger::{Counted, Snapshot};
use crate::model::text::key;
use crate::model::{Id, Range, Zone};
use crate::reconcile::Fact;
use crate::report::alleged::Alleged;
use crate::report::firsts::{self, Accusation, Firsts, Term};
use crate::report::input::{Input, Names, Statement};
use crate::report::matrix::{self, Pair};
use crate::report::sheet::{Breach, Cell, Note, Sheet};
use crate::report::{alleged, daily, notes, parties};
use crate::tally::counts::{Accused, Apart, Counts, Entangled, OfDay, OfParty, Role, Sum};
use crate::tally::fate::FATES;
use crate::tally::laid::Laid;
use crate::tally::made::Made;
use crate::tally::numbers::Kind;
use crate::tally::record::{Day, Record};

/// `report parties`; nothing where the counts are not up to date.
pub fn parties(snapshot: &Snapshot<'_>) -> Result<Option<Sheet>> {
    let Some(counts) = snapshot.counts(false)? else { return Ok(None) };
    let input = Input::around(snapshot)?;
    let names = Names::new(&input.parties);
    let (terms, untimed) = firsts::terms(&input);
    let firsts = first_after(snapshot, &terms, &input)?;
    let is_row = |of: &&OfParty| of.made.iter().chain(&of.laid).any(|count| *count > 0);
    let rows = counts.parties.iter().filter(|(_, of)| is_row(of));
    let rows: BTreeMap<(String, String), (Id, &OfParty)> = rows
        .map(|(party, of)| {
            let name = names.of(*party);
            ((key(&name), name), (*party, of))
        })
        .collect();
    let entangled = rows.values().filter(|(_, of)| amounts(of).is_err()).map(|(party, _)| *party).collect();
    let told = Told::of_parties(snapshot, &entangled)?;
    let (mut cells, mut left_out) = (Vec::new(), Vec::new());
    for ((_, name), (party, of)) in rows {
        let amounts = if let Ok(amounts) = amounts(of) {
            left_out.extend(left_out_of(&name, of));
            amounts
        } else {
            let alleged = told.against(party, &input, &names);
            left_out.extend(alleged.iter().flat_map(|alleged| alleged.notes(&name)));
            alleged.map(|alleged| alleged.amount().map(|(amount, _)| amount))
        };
        let mut row = row(name, of, amounts);
        row.extend(terms.iter().zip(&firsts).map(|(term, firsts)| {
            let bound = of.laid.iter().any(|count| *count > 0) && term.binds(party);
            if bound { Cell::Breaches(firsts.get(&party).cloned().unwrap_or_default()) } else { Cell::Unknown }
        }));
        cells.push(row);
    }
    let apart = [Apart::Narrated, Apart::Unknown, Apart::Unnamed].map(|why| counts.whole.apart(why));
    left_out.extend(parties::nobody_listed(apart));
    let made_from = made_from(&input, &counts);
    Ok(Some(parties::of_rows(&input, parties::By::Party, cells, left_out, (terms, untimed), made_from)))
}

/// The numbers alleged against a party.
type Amounts = [Option<Range>; alleged::KINDS.len()];

fn amounts(of: &OfParty) -> Result<Amounts, Entangled> {
    let mut amounts = Amounts::default();
    for (amount, (kind, ..)) in amounts.iter_mut().zip(alleged::KINDS) {
        *amount = of.sums.get(kind as usize).map_or(Ok(None), Sum::amount)?;
    }
    Ok(amounts)
}

/// Claims that are added up anew.
struct Told(Vec<Counted>);

impl Told {
    /// What is laid to some parties.
    fn of_parties(snapshot: &Snapshot<'_>, parties: &HashSet<Id>) -> Result<Self> {
        let wanted = |fact: &Fact| {
            let laid = matches!(Laid::of(fact), Some(Laid::Accused | Laid::Toll));
            laid && fact.accused.is_some_and(|accused| parties.contains(&accused))
        };
        Self::wanted(snapshot, parties.is_empty(), &wanted)
    }

    /// What claimants tell of some days.
    fn of_days(snapshot: &Snapshot<'_>, days: &HashSet<(Day, Id)>, zone: Zone) -> Result<Self> {
        let wanted = |fact: &Fact| {
            let at = || Some((Day::of(fact.when.as_ref()?, zone)?, fact.claimant.party()?));
            Laid::of(fact) == Some(Laid::Accused) && at().is_some_and(|at| days.contains(&at))
        };
        Self::wanted(snapshot, days.is_empty(), &wanted)
    }

    fn wanted(snapshot: &Snapshot<'_>, none: bool, wanted: &dyn Fn(&Fact) -> bool) -> Result<Self> {
        Ok(Self(if none { Vec::new() } else { snapshot.statements_that(wanted)? }))
    }

    /// What is alleged against a party.
    fn against(&self, party: Id, input: &Input, names: &Names<'_>) -> [Alleged; alleged::KINDS.len()] {
        let claims: Vec<&Counted> = self.0.iter().collect();
        let statements = Input::statements(&claims);
        let laid = |how: Laid| {
            let is = move |of: &&Statement<'_>| of.fact().accused == Some(party) && Laid::of(of.fact()) == Some(how);
            statements.iter().filter(is).flat_map(|of| of.claims.iter().copied()).collect::<Vec<_>>()
        };
        let accusing = laid(Laid::Accused);
        let telling = [accusing.clone(), laid(Laid::Toll)].concat();
        alleged::KINDS.map(|(kind, _, title)| {
            let claims = if kind == Kind::Breaches { &accusing } else { &telling };
            Alleged::of(kind, title, claims, input, names)
        })
    }

    /// The claims by day and claimant.
    fn by_day(&self, zone: Zone) -> HashMap<(Day, Id), Vec<&Counted>> {
        let claims: Vec<&Counted> = self.0.iter().collect();
        let mut by_day: HashMap<(Day, Id), Vec<&Counted>> = HashMap::new();
        for of in Input::statements(&claims) {
            let day = of.fact().when.and_then(|when| Day::of(&when, zone));
            if let Some(at) = day.zip(of.fact().claimant.party()) {
                by_day.entry(at).or_default().extend(of.claims);
            }
        }
        by_day
    }
}

fn row(name: String, of: &OfParty, amounts: Amounts) -> Vec<Cell> {
    let made = |made: &Made| of.made.get(*made as usize).copied().unwrap_or(0);
    let laid = |laid: Laid| of.laid.get(laid as usize).copied().unwrap_or(0);
    let fate = |(key, ..): (&str, _, _)| of.accusers.values().map(|accused| accused.of(key)).sum::<u64>();
    let mut cells = vec![Cell::Text(name), count(of.made.iter().sum())];
    cells.extend(Made::ALL.iter().map(|one| count(made(one))));
    cells.push(count(laid(Laid::Accused)));
    cells.extend(FATES.map(|(key, title, is)| count(fate((key, title, is)))));
    cells.extend(amounts.map(|amount| amount.map_or(Cell::Unknown, |amount| Cell::Amount(amount, Vec::new()))));
    cells.extend(parties::APART.map(|(how, ..)| count(laid(how))));
    cells
}

const fn count(count: u64) -> Cell {
    Cell::Count(count, Vec::new())
}

fn left_out_of(name: &str, of: &OfParty) -> Vec<Note> {
    let of_kind = |(kind, _, title): (_, &str, &str)| {
        let left = of.left.iter().filter(|((role, of, _), _)| *role == Role::Accused && *of == kind);
        left.map(|((.., why), listed)| {
            Note::listing("left_out", format!("{name}, {title}: {}", why.words()), listed.clone())
        })
        .collect::<Vec<_>>()
    };
    alleged::KINDS.into_iter().flat_map(of_kind).collect()
}

/// The first accusations of each party after each truce.
fn first_after(snapshot: &Snapshot<'_>, terms: &[Term], input: &Input) -> Result<Vec<HashMap<Id, Vec<Breach>>>> {
    let mut firsts: Vec<HashMap<Id, Firsts>> = terms.iter().map(|_| HashMap::new()).collect();
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    snapshot.each_record(&mut |claim, record| {
        if let Record::Statement(once) = record
            && let (true, Some(accused)) = (once.accuses(), once.accused)
        {
            let accusation = Accusation { accused, claim, when: once.when };
            for (term, of) in terms.iter().zip(&mut firsts) {
                of.entry(accused).or_default().take(term, accusation, input);
            }
        }
    })?;
    let breaches = |of: HashMap<Id, Firsts>| of.into_iter().map(|(party, of)| (party, of.breaches(input))).collect();
    Ok(firsts.into_iter().map(breaches).collect())
}

/// `report matrix`.
pub fn matrix(snapshot: &Snapshot<'_>) -> Result<Option<Sheet>> {
    let Some(counts) = snapshot.counts(false)? else { return Ok(None) };
    let input = Input::around(snapshot)?;
    let names = Names::new(&input.parties);
    let pairs = counts.parties.iter().flat_map(|(party, of)| of.accusers.iter().map(|(by, pair)| (*by, *party, pair)));
    let pairs = pairs.map(|(by, party, accused)| (matrix::ends(by, party, &names), pair(accused))).collect();
    let unnamed = counts.whole.apart(Apart::Unnamed);
    let own = notes::listed_out("accusation", "of nobody registered", unnamed).into_iter().collect();
    Ok(Some(matrix::of_pairs(&input, pairs, own, made_from(&input, &counts))))
}

fn pair(accused: &Accused) -> Pair {
    let behind = |count: u64| (count, Vec::new());
    Pair {
        statements: behind(accused.statements),
        incidents: behind(accused.incidents),
        became: ["denied", "countered", "acknowledged", "corroborated", "unanswered"]
            .map(|key| behind(accused.of(key))),
    }
}

/// `report daily`, day by day; nothing where the counts are not up to date.
pub fn daily(snapshot: &Snapshot<'_>) -> Result<Option<Sheet>> {
    let Some(counts) = snapshot.counts(true)? else { return Ok(None) };
    let input = Input::around(snapshot)?;
    let names = Names::new(&input.parties);
    let zone = input.office.zone;
    let sums = |told: &OfDay| Ok::<_, Entangled>([told.breaches.amount()?, told.explosions.amount()?]);
    let entangled = counts.days.iter().filter(|(_, told)| sums(told).is_err()).map(|(at, _)| *at).collect();
    let told = Told::of_days(snapshot, &entangled, zone)?;
    let by_day = told.by_day(zone);
    let mut of: HashMap<Id, daily::Series> = HashMap::new();
    for (at, told) in &counts.days {
        let Some(date) = at.0.date() else { continue };
        let one = of.entry(at.1).or_insert_with(|| series_of(at.1, &counts));
        let amounts = match (sums(told), by_day.get(at)) {
            (Ok(amounts), _) => amounts,
            (Err(Entangled), claims) => added_up(claims.map(Vec::as_slice).unwrap_or_default(), &input, &names, one),
        };
        let [breaches, explosions] = amounts.map(|amount| amount.map(|amount| (amount, Vec::new())));
        let period = daily::OfPeriod { statements: (told.statements, Vec::new()), breaches, explosions };
        one.periods.insert((date, daily::Ground::Untold), period);
    }
    let series = of.into_iter().map(|(party, one)| ((key(&names.of(party)), party), one)).collect();
    let apart = [Apart::Undated, Apart::Nobody].map(|why| counts.whole.apart(why));
    Ok(Some(daily::of_series(&input, (daily::Per::Day, None), series, apart, made_from(&input, &counts))))
}

/// The series of a claimant, with no period yet.
fn series_of(claimant: Id, counts: &Counts) -> daily::Series {
    let left = counts.parties.get(&claimant).map(|of| &of.left).into_iter().flatten();
    let left = left.filter(|((role, ..), _)| *role == Role::Claimant);
    let left_out = left.map(|((_, kind, why), listed)| ((*kind, *why), listed.clone())).collect();
    daily::Series { left_out, ..daily::Series::default() }
}

/// What claims of a day come to where some of them count over a window. What is left out on account of that is added to
/// what the counts tell.
fn added_up(claims: &[&Counted], input: &Input, names: &Names<'_>, one: &mut daily::Series) -> [Option<Range>; 2] {
    [Kind::Breaches, Kind::Explosions].map(|kind| {
        let all = Alleged::of(kind, kind.as_str(), claims, input, names);
        let events = Alleged::of_events(kind, kind.as_str(), claims, input, names);
        for (why, claims) in all.left_out() {
            let told = events.left_out().find(|(other, _)| *other == why).map(|(_, told)| told).unwrap_or_default();
            let more: Vec<Id> = claims.iter().filter(|claim| !told.contains(claim)).copied().collect();
            if !more.is_empty() {
                one.left_out.entry((kind, why)).or_default().extend(more);
            }
        }
        all.amount().map(|(amount, _)| amount)
    })
}

fn made_from(input: &Input, counts: &Counts) -> Vec<Note> {
    notes::made_from_so_many(input, counts.whole.drafts, counts.whole.claims)
}
