//! `report replies`: how each party answers what it is accused of, and after how long.

use std::collections::BTreeMap;

use crate::ledger::Spoken;
use crate::model::Id;
use crate::model::text::key;
use crate::report::answered::Replies;
use crate::report::input::{Input, Names, Statement};
use crate::report::notes;
use crate::report::sheet::{Cell, Column, Lapse, Sheet};
use crate::tally::fate::{FATES, Fate};
use crate::tally::laid::Laid;

const COUNTS: &str = "a row is a party that others accuse by name, with the accusations as statements; one may be denied \
    and countered at once. Replies count wherever they were read, inside the filters or not, and are the party's own or \
    its side's. The time to reply runs from the accusation being made to the first reply, as closely as both are dated; \
    an answer that surely came before the accusation is none to it. Unanswered is that this ledger holds no answer, not \
    that there was none";

/// Makes the report, by accused party, alphabetical. `spoken` tells when claims were made.
pub fn sheet(input: &Input, spoken: &Spoken) -> Sheet {
    let names = Names::new(&input.parties);
    let replies = Replies::new(input, &names);
    let passing = input.passing();
    let statements = Input::statements(&passing);
    let mut by_accused: BTreeMap<(String, Id), Vec<Answered>> = BTreeMap::new();
    let mut unnamed = Vec::new();
    for statement in statements.iter().filter(|statement| Laid::of(statement.fact()) == Some(Laid::Accused)) {
        match statement.fact().accused {
            Some(accused) => by_accused
                .entry((key(&names.of(accused)), accused))
                .or_default()
                .push(Answered::of(statement, accused, &replies, spoken)),
            None => unnamed.push(statement.fact().id),
        }
    }
    let own = notes::left_out("accusation", "of nobody registered", unnamed).into_iter().collect();
    Sheet {
        name: "replies",
        title: "Replies to accusations".to_owned(),
        columns: columns(),
        rows: by_accused.iter().map(|((_, accused), answered)| row(names.of(*accused), answered)).collect(),
        notes: notes::under(input, COUNTS, own, notes::made_from(input, &passing)),
        offices: input.offices.clone(),
        side_by_side: false,
    }
}

fn columns() -> Vec<Column> {
    let mut columns =
        vec![Column::words("party", "party"), Column::count("accusations_received", "accusations received")];
    columns.extend(FATES.map(|(key, title, _)| Column::count(key, title)));
    columns.extend([
        Column::count("timed", "replies timed").of(TIME),
        Column::lapse("median_time", "median").of(TIME),
        Column::lapse("longest_time", "longest").of(TIME),
    ]);
    columns
}

const TIME: &str = "time to reply";

/// An accusation with what became of it.
struct Answered {
    accusation: Id,
    fate: Fate,
    /// How long the first dated reply took, with that reply.
    after: Option<(Lapse, Id)>,
}

impl Answered {
    fn of(statement: &Statement<'_>, accused: Id, replies: &Replies<'_>, spoken: &Spoken) -> Self {
        let made = statement.claims.iter().filter_map(|counted| spoken.of(counted.fact.id)).min();
        let after = |reply: Id| Some((Lapse::between(made?, spoken.of(reply)?)?, reply));
        let answers = replies.answers(statement, accused);
        Self {
            accusation: statement.fact().id,
            fate: replies.fate(statement, accused),
            after: answers.filter_map(|fact| after(fact.id)).min(),
        }
    }
}

fn row(name: String, answered: &[Answered]) -> Vec<Cell> {
    let of = |is: &dyn Fn(&Answered) -> bool| {
        Cell::count(answered.iter().filter(|answered| is(answered)).map(|answered| answered.accusation).collect())
    };
    let mut row = vec![Cell::Text(name), of(&|_| true)];
    row.extend(FATES.map(|(_, _, is)| of(&|answered| is(&answered.fate))));
    row.push(of(&|answered| answered.after.is_some()));
    let mut lapses: Vec<(Lapse, Id)> = answered.iter().filter_map(|answered| answered.after).collect();
    lapses.sort_unstable();
    row.push(median(&lapses).map_or(Cell::Unknown, |(lapse, claims)| Cell::Lapse(lapse, claims)));
    row.push(longest(&lapses).map_or(Cell::Unknown, |(lapse, reply)| Cell::Lapse(lapse, vec![reply])));
    row
}

/// Between the median of the least and the median of the most; of an even number, the two in the middle bound it.
fn median(lapses: &[(Lapse, Id)]) -> Option<(Lapse, Vec<Id>)> {
    let mut least: Vec<i64> = lapses.iter().map(|(lapse, _)| lapse.least).collect();
    let mut most: Vec<i64> = lapses.iter().map(|(lapse, _)| lapse.most.unwrap_or(i64::MAX)).collect();
    least.sort_unstable();
    most.sort_unstable();
    let middle = |sorted: &[i64], at: usize| sorted.get(at).copied();
    let end = lapses.len().checked_sub(1)?;
    let lapse =
        Lapse { least: middle(&least, end / 2)?, most: middle(&most, end.div_ceil(2)).filter(|most| *most < i64::MAX) };
    Some((lapse, lapses.iter().map(|(_, reply)| *reply).collect()))
}

/// The longest surely lasted as long as the longest least, and no longer than the longest most.
fn longest(lapses: &[(Lapse, Id)]) -> Option<(Lapse, Id)> {
    let (longest, reply) = lapses.iter().max()?;
    let most = lapses.iter().map(|(lapse, _)| lapse.most).collect::<Option<Vec<_>>>()?.into_iter().max();
    Some((Lapse { least: longest.least, most }, *reply))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Bounds;
    use crate::model::{ActBase, Stance};
    use crate::reconcile::Claimant;
    use crate::report::fixture::{ARMENIA, AZERBAIJAN, OSCE, accusation, answer, claim, count, input};

    fn at(seconds: i64) -> Bounds {
        (Some(seconds), Some(seconds + 1))
    }

    #[test]
    fn replies_are_timed_from_the_accusation_to_the_first_of_them() {
        let reply = |id, stance| claim(id, Claimant::Party(AZERBAIJAN), stance, ActBase::Shelling);
        let mut input = input(vec![
            accusation(1, ARMENIA, AZERBAIJAN),
            accusation(2, ARMENIA, AZERBAIJAN),
            accusation(3, ARMENIA, AZERBAIJAN),
            reply(4, Stance::Denies),
            reply(5, Stance::Denies),
            reply(6, Stance::NoComment),
            claim(7, Claimant::Party(OSCE), Stance::Observes, ActBase::Shelling),
        ]);
        input.answers = vec![answer(4, 1), answer(5, 1), answer(6, 2)];
        let spoken = [(1, 0), (4, 7_200), (5, 3_600), (2, 0), (6, 60)];
        let spoken = spoken.map(|(id, seconds)| (Id(id), at(seconds))).into_iter().collect();
        let sheet = sheet(&input, &spoken);
        let of = |column| count(&sheet, "Azerbaijan", column);
        assert_eq!((of("accusations_received"), of("denied"), of("not_commented"), of("unanswered")), (3, 1, 1, 1));
        assert_eq!(of("timed"), 2);
        let lapse = |column: &str| {
            let at = sheet.columns.iter().position(|c| c.key == column).unwrap();
            sheet.rows[0][at].clone()
        };
        let range = |least, most| Lapse { least, most: Some(most) };
        assert_eq!(lapse("median_time"), Cell::Lapse(range(60, 3_600), vec![Id(6), Id(5)]));
        assert_eq!(lapse("longest_time"), Cell::Lapse(range(3_600, 3_600), vec![Id(5)]));
    }

    #[test]
    fn a_reply_dated_before_the_accusation_takes_no_time() {
        let mut input = input(vec![
            accusation(1, ARMENIA, AZERBAIJAN),
            claim(2, Claimant::Party(AZERBAIJAN), Stance::Denies, ActBase::Shelling),
        ]);
        input.answers = vec![answer(2, 1)];
        let sheet = sheet(&input, &[(Id(1), at(90_000)), (Id(2), at(100))].into_iter().collect());
        assert_eq!(count(&sheet, "Azerbaijan", "denied"), 1);
        assert_eq!(count(&sheet, "Azerbaijan", "timed"), 0);
    }
}
