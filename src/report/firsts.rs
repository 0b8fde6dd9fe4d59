//! The first accusation of a party after each truce took effect.

use crate::ledger::Recorded;
use crate::model::{Extent, Id, NumberKind, Role, Told, Truce, When, in_force};
use crate::reconcile::{Fact, Moment, ProposedTruce};
use crate::report::input::Input;
use crate::report::sheet::{Breach, Column};
use crate::report::times;
use crate::tally::numbers::resolved;

/// A truce with its bounds.
#[derive(Debug, Clone)]
pub struct Term {
    /// Its column.
    pub column: Column,
    begins: When,
    ends: Option<When>,
    bound: Vec<Bound>,
}

#[derive(Debug, Clone, Copy)]
struct Bound {
    party: Id,
    begins: Option<When>,
    ends: Option<When>,
}

/// The heading over the columns of truces.
const GROUP: &str = "first accusation after a truce";

/// The truces whose beginning is known at least on one side, confirmed ones before proposed ones, by beginning; and
/// the names of those left out.
pub fn terms(input: &Input) -> (Vec<Term>, Vec<String>) {
    let mut terms = Vec::new();
    let mut left_out = Vec::new();
    for truce in &input.truces {
        match term_of(truce, input) {
            Some(term) => terms.push((false, term.begins.lo, truce.id, term)),
            None => left_out.push(input.offices.number(NumberKind::Truce, truce.id).to_string()),
        }
    }
    for truce in &input.proposed {
        if let Some(term) = proposed_term(truce, input) {
            terms.push((true, term.begins.lo, truce.id, term));
        } else {
            let number = input.offices.number(NumberKind::Claim, truce.id);
            left_out.push(format!("the one proposed by {number}"));
        }
    }
    terms.sort_by_key(|(proposed, lo, id, _)| (*proposed, *lo, *id));
    left_out.sort_unstable();
    (terms.into_iter().map(|(.., term)| term).collect(), left_out)
}

fn confirmed(number: &str, truce: &Truce, input: &Input) -> Option<Term> {
    let zone = input.office.zone;
    let when = |edtf| When::resolve(edtf, zone, Extent::Within, None);
    let agreed = truce.agreed.map(|edtf| resolved(edtf, zone, Extent::Within));
    let begins = truce.effective.map(when).or_else(|| not_before(agreed.as_ref()?, input))?;
    let by_name = |name: &str| input.parties.iter().find(|party| party.value.name == name).map(|party| party.id);
    let of_party = truce.parties.iter().filter(|party| matches!(party.role, Role::Belligerent | Role::Ally));
    let bound = of_party
        .filter_map(|party| {
            let id = by_name(&party.party)?;
            Some(Bound { party: id, begins: party.effective.map(when), ends: party.ended.map(when) })
        })
        .collect();
    let ends = truce.ended.map(when);
    Some(Term { column: column(number, &format!("{number} {}", truce.title), &begins), begins, ends, bound })
}

fn proposed(number: &str, truce: &ProposedTruce, input: &Input) -> Option<Term> {
    let when = |moment: &Moment| times::when(moment, input.office.zone);
    let begins = truce.effective.as_ref().and_then(when).or_else(|| not_before(truce.agreed.as_ref()?, input))?;
    let bound = truce.parties.iter().map(|party| Bound { party: *party, begins: None, ends: None }).collect();
    let title = format!("proposed ({number})");
    let ends = truce.ended.as_ref().and_then(when);
    Some(Term { column: column(number, &title, &begins), begins, ends, bound })
}

/// A truce of which only the agreement is known took effect at some time after it began to be agreed.
fn not_before(agreed: &Moment, input: &Input) -> Option<When> {
    times::when(&Moment { hi: None, ..*agreed }, input.office.zone).filter(|when| when.lo.is_some())
}

fn column(number: &str, title: &str, begins: &When) -> Column {
    let key = format!("first_after_{}", number.to_lowercase().replace('/', "_"));
    Column::words(key, format!("first after {title} from {}", begins.edtf)).of(GROUP)
}

/// The term of a confirmed truce, where its beginning is known at least on one side.
pub fn term_of(truce: &Recorded<Truce>, input: &Input) -> Option<Term> {
    let number = input.offices.number(NumberKind::Truce, truce.id).to_string();
    confirmed(&number, &truce.value, input)
}

/// The term of a proposed truce, likewise.
pub fn proposed_term(truce: &ProposedTruce, input: &Input) -> Option<Term> {
    proposed(&input.offices.number(NumberKind::Claim, truce.id).to_string(), truce, input)
}

impl Term {
    /// Earliest moment at which it may have taken effect, UTC seconds.
    pub const fn begins_at(&self) -> Option<i64> {
        self.begins.lo
    }

    /// Latest moment at which it may have ended, UTC seconds; `None`: not known to have.
    pub fn ends_at(&self) -> Option<i64> {
        self.ends.and_then(|ends| ends.hi)
    }

    /// Whether a party is bound by it. Where nobody told whom it binds, everybody is taken to be.
    pub fn binds(&self, party: Id) -> bool {
        self.bound.is_empty() || self.bound.iter().any(|bound| bound.party == party)
    }

    /// The first accusation that surely came after it took effect, and before it the first of which that cannot be
    /// told, if it may have come earlier.
    pub fn firsts(&self, accusations: impl IntoIterator<Item = Accusation>, input: &Input) -> Vec<Breach> {
        let mut firsts = Firsts::default();
        accusations.into_iter().for_each(|accusation| firsts.take(self, accusation, input));
        firsts.breaches(input)
    }

    /// Whether something surely came before it took effect, seen by its bounds alone.
    fn is_after(&self, moment: &Moment) -> bool {
        let begins = self.bound.iter().filter_map(|bound| bound.begins).chain([self.begins]);
        let after = |begins: When| matches!((moment.lo, moment.hi, begins.lo), (Some(lo), Some(hi), Some(begins)) if lo < hi && hi <= begins);
        begins.into_iter().all(after)
    }

    /// Whether it was in force for the accused at the time of an accusation; of an undated one that cannot be told.
    pub fn in_force(&self, accused: Id, fact: &Fact, input: &Input) -> Told {
        let when = fact.when.as_ref().and_then(|moment| times::when(moment, input.office.zone));
        let (begins, ends) = self.bounds(accused);
        when.map_or(Told::CannotBeTold, |when| in_force(&when, &begins, ends.as_ref()))
    }

    /// When it took effect for a party and when it ended, as far as known.
    pub fn bounds(&self, party: Id) -> (When, Option<When>) {
        let own = self.bound.iter().find(|bound| bound.party == party);
        let begins = own.and_then(|bound| bound.begins).unwrap_or(self.begins);
        (begins, own.and_then(|bound| bound.ends).or(self.ends))
    }
}

/// An accusation: of whom, by which claim, and when it is said to have happened.
#[derive(Debug, Clone, Copy)]
pub struct Accusation {
    /// The accused.
    pub accused: Id,
    /// The claim.
    pub claim: Id,
    /// When.
    pub when: Option<Moment>,
}

impl Accusation {
    /// That of a claim against a party.
    pub const fn of(accused: Id, fact: &Fact) -> Self {
        Self { accused, claim: fact.id, when: fact.when }
    }
}

/// An accusation found, and whether the truce was in force.
type Found = (Moment, Id, Told);

/// The first accusations after a truce took effect, as far as they have been looked at.
#[derive(Debug, Default)]
pub struct Firsts {
    sure: Option<Found>,
    open: Option<Found>,
}

impl Firsts {
    /// Looks at one more.
    pub fn take(&mut self, term: &Term, Accusation { accused, claim, when }: Accusation, input: &Input) {
        let Some(moment) = when.filter(|moment| moment.lo.is_some() || moment.hi.is_some()) else { return };
        let later = |sure: Found| moment.lo.zip(sure.0.lo).is_some_and(|(lo, sure)| lo > sure);
        if !term.binds(accused) || self.sure.is_some_and(later) || term.is_after(&moment) {
            return;
        }
        let Some(when) = times::when(&moment, input.office.zone) else { return };
        let (begins, ends) = term.bounds(accused);
        let in_force = in_force(&when, &begins, ends.as_ref());
        let found = (moment, claim, in_force);
        match begins.before(&when) {
            Told::Yes => earlier(&mut self.sure, found),
            Told::CannotBeTold if in_force == Told::CannotBeTold => earlier(&mut self.open, found),
            Told::CannotBeTold | Told::No => {}
        }
    }

    /// The first of which that cannot be told, if it may have come before the first that surely came after, and that one.
    pub fn breaches(&self, input: &Input) -> Vec<Breach> {
        let open = self.open.filter(|open| self.sure.is_none_or(|sure| open.0.lo < sure.0.lo));
        let breach = |(moment, claim, in_force): Found| Breach {
            time: times::printed(Some(&moment), input.office.zone),
            in_force,
            claim,
        };
        [open, self.sure].into_iter().flatten().map(breach).collect()
    }
}

fn earlier(first: &mut Option<Found>, found: Found) {
    let rank = |(moment, claim, _): &Found| (moment.lo, moment.hi.is_none(), moment.hi, *claim);
    if first.as_ref().is_none_or(|first| rank(&found) < rank(first)) {
        *first = Some(found);
    }
}
