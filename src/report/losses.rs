//! `report losses`: what each claimant says each side lost, beside what that side acknowledges.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::ledger::Counted;
use crate::model::text::key;
use crate::model::{Id, PartyKind, Range, Stance};
use crate::reconcile::Claimant;
use crate::report::alleged::entry;
use crate::report::input::{Input, Names};
use crate::report::notes;
use crate::report::sheet::{Cell, Column, Note, Ratio, Sheet};
use crate::report::sums::{Entry, Total, total};
use crate::tally::numbers::{LOSSES, Lost, Reach, Why, of_one_side};

const COUNTS: &str = "a row is what one claimant says one side lost, of one kind. Tolls of events and windows are added: \
    versions of one event count once, a claimant's own later number replaces its earlier one, and nothing is added that \
    another number may hold already. A running total stands apart: the latest one told. A ratio is against what the \
    side itself, or an ally of it, says; it compares accounts, which need not be of the same events";

/// Makes the report: by side and claimant, alphabetical.
pub fn sheet(input: &Input) -> Sheet {
    let names = Names::new(&input.parties);
    let passing = input.passing();
    let denied: Vec<Id> = passing.iter().filter(|c| tells(c) && !stands(c)).map(|c| c.fact.id).collect();
    let told: Vec<&Counted> = passing.iter().copied().filter(|counted| tells(counted) && stands(counted)).collect();
    let sides: BTreeSet<Option<Id>> = told.iter().flat_map(|c| c.fact.tolls.iter().map(|toll| toll.side)).collect();
    let victims: BTreeSet<Victim> = sides.into_iter().map(|side| Victim::of(side, &names)).collect();
    let mut own: Vec<Note> =
        notes::left_out("claim", "denying losses or not commenting on them", denied).into_iter().collect();
    let mut rows = Vec::new();
    for victim in victims {
        for (loss, count) in LOSSES {
            let accounts = Accounts::of(&told, &victim, count, input, &names);
            rows.extend(accounts.rows(&victim, loss, &names));
            own.extend(accounts.notes(&victim, loss));
        }
    }
    Sheet {
        name: "losses",
        title: "Losses, as acknowledged and as claimed".to_owned(),
        columns: columns(),
        rows,
        notes: notes::under(input, COUNTS, own, notes::made_from(input, &passing)),
        offices: input.offices.clone(),
        side_by_side: false,
    }
}

fn columns() -> Vec<Column> {
    vec![
        Column::words("side", "losses of"),
        Column::words("claimant", "says"),
        Column::words("standing", "which is"),
        Column::words("loss", "loss"),
        Column::amount("events", "events and windows"),
        Column::words("events_ratio", "to own account"),
        Column::amount("running", "running total"),
        Column::words("running_ratio", "to own running total"),
    ]
}

fn tells(counted: &Counted) -> bool {
    !counted.fact.tolls.is_empty()
}

fn stands(counted: &Counted) -> bool {
    !matches!(counted.fact.stance, Stance::Denies | Stance::NoComment)
}

/// A side that lost something; sides nobody tells come last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Victim {
    told: std::cmp::Reverse<bool>,
    key: String,
    party: Option<Id>,
    name: String,
}

impl Victim {
    fn of(party: Option<Id>, names: &Names<'_>) -> Self {
        let name = party.map_or_else(|| "(side not told)".to_owned(), |side| names.of(side));
        Self { told: std::cmp::Reverse(party.is_some()), key: key(&name), party, name }
    }
}

/// One claimant's account of one kind of loss of one side.
#[derive(Debug, Default)]
struct Account {
    total: Total,
    /// The latest running total with its claim.
    running: Option<(Range, Id)>,
    /// Earlier ones.
    earlier: Vec<Id>,
}

struct Accounts {
    by_claimant: BTreeMap<(String, Claimant), (Account, &'static str)>,
    /// What the side itself says, its allies' accounts among it.
    own: Account,
}

impl Accounts {
    fn of(told: &[&Counted], victim: &Victim, count: Lost, input: &Input, names: &Names<'_>) -> Self {
        let mut of: HashMap<Claimant, Vec<&Counted>> = HashMap::new();
        for counted in told.iter().filter(|counted| counted.fact.tolls.iter().any(|toll| toll.side == victim.party)) {
            of.entry(counted.fact.claimant).or_default().push(counted);
        }
        let by_name = |(claimant, claims)| ((key(&names.claimant(claimant)), claimant), claims);
        let of: BTreeMap<(String, Claimant), Vec<&Counted>> = of.into_iter().map(by_name).collect();
        let account = |claims: &[&Counted]| Account::of(claims, victim.party, count, input);
        let of_own_side = of.iter().filter(|((_, claimant), _)| is_own(*claimant, victim.party, names));
        let own: Vec<&Counted> = of_own_side.flat_map(|(_, claims)| claims.iter().copied()).collect();
        let own = account(&own);
        let by_claimant = of.into_iter().map(|((key, claimant), claims)| {
            let standing = standing(claimant, victim.party, input, names);
            ((key, claimant), (account(&claims), standing))
        });
        Self { by_claimant: by_claimant.filter(|(_, (account, _))| account.says_something()).collect(), own }
    }

    fn rows(&self, victim: &Victim, loss: &'static str, names: &Names<'_>) -> Vec<Vec<Cell>> {
        let row = |((_, claimant), (account, standing)): (&(String, Claimant), &(Account, &'static str))| {
            let others = *standing != OWN;
            let ratio = |amount: Option<Range>, own: Option<Range>| {
                let ratio = amount.zip(own).filter(|_| others).and_then(|(amount, own)| Ratio::of(amount, own));
                ratio.map_or(Cell::Unknown, Cell::Ratio)
            };
            let running = account.running.map(|(amount, _)| amount);
            vec![
                Cell::Text(victim.name.clone()),
                if *claimant == Claimant::Narration { Cell::Narration } else { Cell::Text(names.claimant(*claimant)) },
                Cell::Word(standing),
                Cell::Word(loss),
                account.total.amount.map_or(Cell::Unknown, |sum| Cell::Amount(sum, account.total.claims.clone())),
                ratio(account.total.amount, self.own.total.amount),
                account.running.map_or(Cell::Unknown, |(amount, claim)| Cell::Amount(amount, vec![claim])),
                ratio(running, self.own.running.map(|(amount, _)| amount)),
            ]
        };
        self.by_claimant.iter().map(row).collect()
    }

    fn notes(&self, victim: &Victim, loss: &str) -> Vec<Note> {
        let mut notes = Vec::new();
        let mut note = |why: &str, claims: Vec<Id>| {
            notes.push(Note::about("left_out", format!("{}, {loss}: {why}", victim.name), claims));
        };
        for (account, _) in self.by_claimant.values() {
            for (why, claims) in account.total.left_out.iter().filter(|(why, _)| **why != Why::Running) {
                note(why.words(), claims.clone());
            }
            if !account.earlier.is_empty() {
                note("an earlier running total of the same claimant", account.earlier.clone());
            }
        }
        notes
    }
}

impl Account {
    fn of(claims: &[&Counted], side: Option<Id>, count: Lost, input: &Input) -> Self {
        let amount = |counted: &Counted, reach: Reach| {
            let tolls = counted.fact.tolls.iter().filter(|toll| toll.side == side && Reach::of(toll) == reach);
            of_one_side(tolls, count)
        };
        let entries = claims.iter().flat_map(|counted| {
            let of = |reach: Reach| Some(entry(counted, amount(counted, reach)?, reach.over(&counted.fact)));
            [Reach::Event, Reach::Window].into_iter().filter_map(of).collect::<Vec<Entry<'_>>>()
        });
        let total = total(entries, &input.registers);
        let mut running: Vec<_> = claims
            .iter()
            .filter_map(|counted| Some((counted.fact.published, counted.fact.id, amount(counted, Reach::Running)?)))
            .collect();
        running.sort_unstable();
        let latest = running.pop();
        Self {
            total,
            running: latest.map(|(_, claim, amount)| (amount, claim)),
            earlier: running.into_iter().map(|(_, claim, _)| claim).collect(),
        }
    }

    fn says_something(&self) -> bool {
        self.total.amount.is_some() || self.running.is_some() || !self.total.left_out.is_empty()
    }
}

const OWN: &str = "its own side";

fn is_own(claimant: Claimant, victim: Option<Id>, names: &Names<'_>) -> bool {
    matches!((claimant, victim), (Claimant::Party(by), Some(side)) if names.allied(by, side))
}

/// What a claimant is to the side whose losses it tells.
fn standing(claimant: Claimant, victim: Option<Id>, input: &Input, names: &Names<'_>) -> &'static str {
    match claimant {
        _ if is_own(claimant, victim, names) => OWN,
        Claimant::Narration => "the dispatch",
        Claimant::Unknown => "unknown",
        Claimant::Party(by) => match input.registers.kind.get(&by) {
            Some(PartyKind::Monitor | PartyKind::Mediator | PartyKind::Organization) => "a third party",
            _ => "another party",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ActBase;
    use crate::report::fixture::{ARMENIA, AZERBAIJAN, KARABAKH, OSCE, Turned, accusation, claim, input, toll};

    fn lost(counted: Counted, side: Option<Id>, killed: &str) -> Counted {
        counted.turned(|c| c.fact.tolls.push(toll(side, Some(killed), None)))
    }

    fn running(counted: Counted, side: Id, killed: &str) -> Counted {
        lost(counted, Some(side), killed).turned(|c| {
            c.fact.total = true;
            for toll in &mut c.fact.tolls {
                (toll.total, toll.since) = (true, "2020-09-27".parse().ok());
            }
        })
    }

    fn row<'a>(sheet: &'a Sheet, side: &str, claimant: &str) -> &'a [Cell] {
        let is = |row: &&Vec<Cell>| row[0] == Cell::Text(side.into()) && row[1] == Cell::Text(claimant.into());
        sheet.rows.iter().find(is).unwrap()
    }

    #[test]
    fn own_losses_stand_beside_what_the_other_side_claims() {
        let own = |id| claim(id, Claimant::Party(KARABAKH), Stance::Acknowledges, ActBase::Losses);
        let sheet = sheet(&input(vec![
            lost(own(1), Some(ARMENIA), "10").of_incident(1),
            lost(claim(2, Claimant::Party(AZERBAIJAN), Stance::Alleges, ActBase::Losses), Some(ARMENIA), "25")
                .of_incident(1),
            lost(claim(3, Claimant::Party(AZERBAIJAN), Stance::Alleges, ActBase::Losses), Some(ARMENIA), "5")
                .of_incident(3),
            lost(claim(4, Claimant::Party(OSCE), Stance::Observes, ActBase::Losses), Some(ARMENIA), "12")
                .of_incident(1),
            lost(accusation(5, ARMENIA, AZERBAIJAN), None, "2"),
        ]));
        let azerbaijan = row(&sheet, "Armenia", "Azerbaijan");
        assert_eq!(azerbaijan[2], Cell::Word("another party"));
        assert_eq!(azerbaijan[4], Cell::Amount(Range::exactly(30), vec![Id(2), Id(3)]));
        assert_eq!(azerbaijan[5], Cell::Ratio(Ratio { least: 300, most: Some(300) }));
        let karabakh = row(&sheet, "Armenia", "Nagorno-Karabakh");
        assert_eq!((&karabakh[2], &karabakh[5]), (&Cell::Word(OWN), &Cell::Unknown));
        assert_eq!(row(&sheet, "Armenia", "OSCE")[2], Cell::Word("a third party"));
        assert_eq!(row(&sheet, "(side not told)", "Armenia")[4], Cell::Amount(Range::exactly(2), vec![Id(5)]));
    }

    #[test]
    fn running_totals_are_never_added() {
        let said = |id: i64, published| {
            claim(id, Claimant::Party(AZERBAIJAN), Stance::Acknowledges, ActBase::Losses)
                .turned(|c| c.fact.published = Some(published))
        };
        let sheet = sheet(&input(vec![
            running(said(1, 100), AZERBAIJAN, "40"),
            running(said(2, 300), AZERBAIJAN, "70"),
            running(said(3, 200), AZERBAIJAN, "55"),
            lost(said(4, 50), Some(AZERBAIJAN), "3"),
        ]));
        let own = row(&sheet, "Azerbaijan", "Azerbaijan");
        assert_eq!(own[4], Cell::Amount(Range::exactly(3), vec![Id(4)]));
        assert_eq!(own[6], Cell::Amount(Range::exactly(70), vec![Id(2)]));
        let earlier = sheet.notes.iter().find(|note| note.key == "left_out").unwrap();
        assert_eq!(earlier.claims, [Id(1), Id(3)]);
    }

    #[test]
    fn a_denied_toll_is_left_out_and_named() {
        let denial = lost(claim(1, Claimant::Party(ARMENIA), Stance::Denies, ActBase::Shelling), Some(AZERBAIJAN), "9");
        let sheet = sheet(&input(vec![denial]));
        assert!(sheet.rows.is_empty());
        assert_eq!(sheet.notes.iter().find(|note| note.key == "left_out").unwrap().claims, [Id(1)]);
    }
}
