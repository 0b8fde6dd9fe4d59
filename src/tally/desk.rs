//! What the claims of a component add to the counts.
//!
//! A record is kept with a claim of the component that it comes from, so that what a component added can be taken away
//! again without being worked out anew.

use crate::model::{Id, Range, Zone};
use crate::reconcile::{Answer, Claimant, Fact, Moment, Registers};
use crate::tally::fate::{Fate, Reply};
use crate::tally::laid::Laid;
use crate::tally::made::Made;
use crate::tally::numbers::{Kind, Over, Version, Why, in_other_units, latest, numbers, spanning};
use crate::tally::record::{Day, Of, Once, Record};

/// What of a claim its records are made from.
#[derive(Debug, Clone)]
pub struct Told {
    id: Id,
    draft: bool,
    statement: Id,
    incident: Option<Id>,
    reply: Reply,
    made: Made,
    laid: Option<Laid>,
    when: Option<Moment>,
    published: Option<i64>,
    other_units: bool,
    numbers: Box<[(Kind, Range, Reach)]>,
}

/// How a number goes together with others.
#[derive(Debug, Clone, Copy)]
enum Reach {
    /// With those for the same event.
    Event,
    /// As what else may be counted over its window.
    Window,
    /// With none.
    Apart(Why),
}

impl From<Over> for Reach {
    fn from(over: Over) -> Self {
        match over {
            Over::Event => Self::Event,
            Over::Window(Moment { lo: Some(_), hi: Some(_), .. }) => Self::Window,
            Over::Window(_) => Self::Apart(Why::Untimed),
            Over::Apart(why) => Self::Apart(why),
        }
    }
}

/// What claims are read with.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// The zone days are of.
    pub zone: Zone,
    /// Sides.
    pub registers: &'a Registers,
}

impl Reading<'_> {
    fn allied(&self, a: Id, b: Id) -> bool {
        let side = |party| self.registers.side.get(&party);
        a == b || side(a).is_some_and(|of| side(b) == Some(of))
    }
}

impl Told {
    /// The claim.
    pub const fn id(&self) -> Id {
        self.id
    }

    /// Other conclusions: the statement it tells and its incident.
    pub const fn conclude(&mut self, statement: Id, incident: Option<Id>) {
        (self.statement, self.incident) = (statement, incident);
    }

    /// A live claim with what is concluded about it: the statement it tells and its incident.
    pub fn of(fact: &Fact, draft: bool, (statement, incident): (Id, Option<Id>), read: &Reading<'_>) -> Self {
        let laid = Laid::of(fact);
        let mut told = Self {
            id: fact.id,
            draft,
            statement,
            incident,
            reply: fact.into(),
            made: Made::of(fact),
            laid,
            when: fact.when,
            published: fact.published,
            other_units: in_other_units(fact),
            numbers: Box::default(),
        };
        if !(fact.figures.is_empty() && fact.tolls.is_empty()) {
            let allied = |a, b| read.allied(a, b);
            let of_kind = |&kind: &Kind| {
                let numbers = numbers(kind, fact, read.zone, &allied).into_iter();
                numbers.map(move |(amount, over)| (kind, amount, over.into()))
            };
            told.numbers = Kind::ALL.iter().flat_map(of_kind).collect();
        }
        told
    }
}

/// A number of a claim, on its way to what it is added to.
#[derive(Debug, Clone, Copy)]
struct Given<'a> {
    of: Of,
    kind: Kind,
    told: &'a Told,
    amount: Range,
}

impl Version for Given<'_> {
    fn claim(&self) -> Id {
        self.told.id
    }

    fn claimant(&self) -> Claimant {
        self.told.reply.claimant
    }

    fn statement(&self) -> Id {
        self.told.statement
    }

    fn published(&self) -> Option<i64> {
        self.told.published
    }

    fn amount(&self) -> Range {
        self.amount
    }
}

/// Claims laid out by statement and by incident.
struct Desk<'a> {
    read: Reading<'a>,
    claims: &'a [Told],
    /// The place of the first claim of each claim's statement.
    first: Vec<u32>,
    /// The place of the first claim of a statement that belongs to an incident, by the place of its first claim.
    lead: Vec<Option<u32>>,
    /// The days that statements lie in, by the place of their first claims.
    day: Vec<Option<Day>>,
}

/// Hands over what some claims add, each record with the claim that it is kept with: all claims of their components, by
/// id. `corroborated` are incidents that an uninvolved observer saw.
pub fn records(
    claims: &[Told],
    answers: &[Answer],
    corroborated: impl Fn(Id) -> bool,
    read: Reading<'_>,
    mut take: impl FnMut(Id, Record),
) {
    let desk = Desk::new(claims, read);
    let mut once = desk.statements();
    desk.take_replies(answers, &mut once);
    desk.take_events(corroborated, &mut once, &mut take);
    for (at, told) in desk.firsts() {
        if let Some(once) = once.get(at) {
            take(told.id, Record::Statement(*once));
        }
    }
    desk.others(&mut take);
}

impl<'a> Desk<'a> {
    fn new(claims: &'a [Told], read: Reading<'a>) -> Self {
        let count = u32::try_from(claims.len()).unwrap_or(u32::MAX);
        let mut by_statement: Vec<u32> = (0..count).collect();
        by_statement.sort_by_key(|&at| claims.get(at as usize).map(|told| told.statement));
        let (mut first, mut lead, mut day) = (by_statement.clone(), vec![None; claims.len()], vec![None; claims.len()]);
        let told = |at: u32| claims.get(at as usize);
        let statement = |at: &u32| told(*at).map(|told| told.statement);
        for of in by_statement.chunk_by(|a, b| statement(a) == statement(b)) {
            let Some(&place) = of.first() else { continue };
            for &at in of {
                put(&mut first, at, place);
            }
            put(&mut lead, place, of.iter().copied().find(|&at| told(at).is_some_and(|told| told.incident.is_some())));
            let accusing = told(place).filter(|told| told.laid == Some(Laid::Accused));
            put(&mut day, place, accusing.and_then(|told| Day::of(told.when.as_ref()?, read.zone)));
        }
        Self { read, claims, first, lead, day }
    }

    fn first_of(&self, at: usize) -> usize {
        self.first.get(at).map_or(at, |first| *first as usize)
    }

    /// First claims of statements, each with its place.
    fn firsts(&self) -> impl Iterator<Item = (usize, &'a Told)> {
        self.claims.iter().enumerate().filter(|(at, _)| self.first_of(*at) == *at)
    }

    /// Statements before anything became of them, each at the place of its first claim.
    fn statements(&self) -> Vec<Once> {
        let once = |(at, told): (usize, &Told)| Once {
            claims: 0,
            drafts: 0,
            claimant: told.reply.claimant,
            made: told.made,
            accused: told.reply.accused,
            laid: told.laid,
            fate: Fate::default(),
            incidents: 0,
            when: told.when.filter(|_| told.laid == Some(Laid::Accused) && told.reply.accused.is_some()),
            day: self.day.get(at).copied().flatten(),
        };
        let mut statements: Vec<Once> = self.claims.iter().enumerate().map(once).collect();
        for (at, told) in self.claims.iter().enumerate() {
            if let Some(once) = statements.get_mut(self.first_of(at)) {
                once.claims += 1;
                once.drafts += u64::from(told.draft);
            }
        }
        statements
    }

    fn take_replies(&self, answers: &[Answer], once: &mut [Once]) {
        let ids: Vec<Id> = self.claims.iter().map(|told| told.id).collect();
        let place = |id: Id| ids.binary_search(&id).ok();
        for answer in answers {
            let Some((reply, accusation)) = place(answer.reply).zip(place(answer.accusation)) else { continue };
            let reply = self.claims.get(reply);
            if let Some((once, reply)) =
                once.get_mut(self.first_of(accusation)).filter(|once| once.accuses()).zip(reply)
            {
                once.fate.take(reply.reply);
            }
        }
    }

    /// What is told of each incident, and of each statement apart from incidents: what it is to the accusations, and the
    /// numbers.
    fn take_events(&self, corroborated: impl Fn(Id) -> bool, once: &mut [Once], take: &mut impl FnMut(Id, Record)) {
        let mut events: Vec<((bool, Id), u32)> = (0_u32..)
            .zip(self.claims)
            .map(|(at, told)| ((told.incident.is_none(), told.incident.unwrap_or(told.statement)), at))
            .collect();
        events.sort_unstable();
        let mut told: Vec<(usize, &Told)> = Vec::new();
        let mut given: Vec<Given<'_>> = Vec::new();
        for of in events.chunk_by(|a, b| a.0 == b.0) {
            told.clear();
            told.extend(of.iter().filter_map(|&(_, at)| Some((at as usize, self.claims.get(at as usize)?))));
            if let Some(((false, incident), _)) = of.first() {
                self.take_event(&told, corroborated(*incident), once);
            }
            self.give(&told, once, &mut given, take);
            add_up(&mut given, take);
        }
    }

    fn take_event(&self, told: &[(usize, &Told)], corroborated: bool, once: &mut [Once]) {
        let mut accused: Vec<(Claimant, Id, usize)> = Vec::new();
        for &(at, _) in told {
            let first = self.first_of(at);
            let Some(statement) = once.get_mut(first).filter(|once| once.accuses()) else { continue };
            let Some(party) = statement.accused else { continue };
            accused.push((statement.claimant, party, first));
            // A statement's event is that of the first of its claims which has one.
            if self.lead.get(first).copied().flatten().is_none_or(|lead| lead as usize != at) {
                continue;
            }
            statement.fate.corroborated |= corroborated;
            for (_, other) in told {
                if other.reply.answers_event(statement.claimant, party, |a, b| self.read.allied(a, b)) {
                    statement.fate.take(other.reply);
                }
            }
        }
        accused.sort_unstable();
        accused.dedup_by_key(|(claimant, party, _)| (*claimant, *party));
        for (_, _, first) in accused {
            once.get_mut(first).into_iter().for_each(|once| once.incidents += 1);
        }
    }

    /// The numbers that some claims of one event give, and those left out.
    fn give(
        &self,
        told: &[(usize, &'a Told)],
        once: &[Once],
        given: &mut Vec<Given<'a>>,
        take: &mut impl FnMut(Id, Record),
    ) {
        for &(at, told) in told.iter().filter(|(_, told)| !told.numbers.is_empty()) {
            let Some(once) = once.get(self.first_of(at)) else { continue };
            let mut left: Vec<(Of, Kind, Why)> = Vec::new();
            for &(kind, amount, reach) in &told.numbers {
                for of in once.adds(kind).into_iter().flatten() {
                    match reach {
                        Reach::Event => given.push(Given { of, kind, told, amount }),
                        Reach::Window => take(told.id, Record::Window(of, kind)),
                        Reach::Apart(why) => left.push((of, kind, why)),
                    }
                }
            }
            left.sort_unstable();
            left.dedup();
            for (of, kind, why) in left {
                take(told.id, Record::left(of, kind, why));
            }
        }
    }

    /// Claims of accusations that count in other units.
    fn others(&self, take: &mut impl FnMut(Id, Record)) {
        for (at, told) in self.claims.iter().enumerate().filter(|(_, told)| told.other_units) {
            let first = self.first_of(at);
            let Some(of) = self.claims.get(first).filter(|of| of.laid == Some(Laid::Accused)) else { continue };
            let day = self.day.get(first).copied().flatten();
            let by = day.and(of.reply.claimant.party());
            if of.reply.accused.is_some() || by.is_some() {
                let (kind, why) = (Kind::Breaches, Why::OtherUnits);
                take(told.id, Record::Left { accused: of.reply.accused, by, kind, why });
            }
        }
    }
}

fn put<T: Copy>(values: &mut [T], at: u32, value: T) {
    values.get_mut(at as usize).into_iter().for_each(|of| *of = value);
}

/// Adds up the versions of each number for one event.
fn add_up(given: &mut Vec<Given<'_>>, take: &mut impl FnMut(Id, Record)) {
    given.sort_by_key(|given| (given.of, given.kind));
    for versions in given.chunk_by(|a, b| (a.of, a.kind) == (b.of, b.kind)) {
        let Some(&Given { of, kind, .. }) = versions.first() else { continue };
        let mut superseded = Vec::new();
        let stand = latest(versions.to_vec(), |claim| superseded.push(claim));
        superseded.sort_unstable();
        superseded.dedup();
        for claim in superseded {
            take(claim, Record::left(of, kind, Why::Superseded));
        }
        let keeper = stand.first().map(Given::claim);
        if let Some((keeper, amount)) = keeper.zip(stand.iter().map(Given::amount).reduce(spanning)) {
            take(keeper, Record::Number(of, kind, amount));
        }
    }
    given.clear();
}
