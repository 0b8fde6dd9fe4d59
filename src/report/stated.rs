//! `report daily --per stated`: what a claimant says of several days at once, beside what it said of each.

use crate::model::edtf::Point;
use crate::model::text::key;
use crate::model::{Edtf, Id, NumberKind};
use crate::report::arithmetic::{self, Reading, Series, Stretch, counted, each_day, exactly};
use crate::report::input::{Input, Names};
use crate::report::notes;
use crate::report::sheet::{Cell, Column, Sheet};

const COUNTS: &str = "a row is a total that a claimant states over several days, beside the sum of what it said of those \
    days one by one: of the same unit, the same accused and the same place, of each day the latest. Days missing are those \
    of which this ledger holds no number of the claimant; they are not zeros, and the sum lacks them. The difference is \
    the sum less the total, where both are exact and no day is missing";

/// Makes the report: by window, then claimant, alphabetical.
pub fn sheet(input: &Input) -> Sheet {
    let names = Names::new(&input.parties);
    let passing = input.passing();
    let series = arithmetic::series(&passing, input);
    let mut rows: Vec<(Edtf, String, Id, Vec<Cell>)> = Vec::new();
    for (of, readings) in &series {
        let daily = arithmetic::daily(readings);
        for reading in readings {
            let Stretch::Days(first, last) = reading.over else { continue };
            if first < last {
                let all = each_day(first, last);
                let days: Vec<&Reading> = all.iter().filter_map(|day| daily.get(day)).collect();
                let window = Edtf::between(Point::day(first), Point::day(last));
                let row = row(of, reading, &days, all.len(), window, &names);
                rows.push((window, key(&names.of(of.claimant)), reading.claim, row));
            }
        }
    }
    rows.sort_by_cached_key(|(window, name, claim, _)| (window.to_string(), name.clone(), *claim));
    Sheet {
        name: "daily",
        title: "Totals as stated, beside their days".to_owned(),
        columns: columns(),
        rows: rows.into_iter().map(|(.., row)| row).collect(),
        notes: notes::under(input, COUNTS, Vec::new(), notes::made_from(input, &passing)),
        offices: input.offices.clone(),
        side_by_side: false,
    }
}

fn columns() -> Vec<Column> {
    vec![
        Column::words("window", "window"),
        Column::words("claimant", "claimant"),
        Column::words("claim", "claim"),
        Column::words("counted", "counted"),
        Column::amount("stated", "stated"),
        Column::amount("sum_of_days", "sum of days"),
        Column::count("days_told", "days told"),
        Column::count("days_missing", "days missing"),
        Column::count("difference", "difference"),
    ]
}

fn row(of: &Series, total: &Reading, days: &[&Reading], all: usize, window: Edtf, names: &Names<'_>) -> Vec<Cell> {
    let sum = days.iter().map(|day| Some(day.amount)).reduce(|a, b| a?.plus(b?)).flatten();
    let claims: Vec<Id> = days.iter().map(|day| day.claim).collect();
    let difference = sum.filter(|_| days.len() == all).and_then(exactly).zip(exactly(total.amount));
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    vec![
        Cell::Time(window.to_string()),
        Cell::Text(names.of(of.claimant)),
        Cell::Number(NumberKind::Claim, total.claim),
        Cell::Text(counted(of.counts, of.accused, names)),
        Cell::Amount(total.amount, vec![total.claim]),
        sum.map_or(Cell::Unknown, |sum| Cell::Amount(sum, claims.clone())),
        Cell::Count(count(days.len()), claims),
        Cell::Count(count(all.saturating_sub(days.len())), Vec::new()),
        difference.map_or(Cell::Unknown, |(sum, total)| Cell::Change(sum.saturating_sub(total))),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Range;
    use crate::report::fixture::{ARMENIA, AZERBAIJAN, Turned, accusation, input};

    #[test]
    fn a_week_stands_beside_its_days_and_names_those_missing() {
        let on = |id, when: &str, figure: &str| accusation(id, ARMENIA, AZERBAIJAN).throughout(when).figure(figure);
        let sheet = sheet(&input(vec![
            on(1, "2018-09-23", "30 violation 2018-09-23"),
            on(2, "2018-09-24", "40 violation 2018-09-24"),
            on(3, "2018-09-23/2018-09-24", "75 violation 2018-09-23/2018-09-24"),
            on(4, "2018-09-23/2018-09-29", ">230 violation 2018-09-23/2018-09-29"),
            on(5, "2018-09-23/2018-09-24", "900 shot 2018-09-23/2018-09-24"),
        ]));
        let told = |claim: i64| {
            let row = sheet.rows.iter().find(|row| row[2] == Cell::Number(NumberKind::Claim, Id(claim))).unwrap();
            row[5..].to_vec()
        };
        let seventy = || Cell::Amount(Range::exactly(70), vec![Id(1), Id(2)]);
        let two = || Cell::Count(2, vec![Id(1), Id(2)]);
        assert_eq!(told(3), [seventy(), two(), Cell::Count(0, Vec::new()), Cell::Change(-5)]);
        assert_eq!(told(4), [seventy(), two(), Cell::Count(5, Vec::new()), Cell::Unknown]);
        assert_eq!(told(5)[0], Cell::Unknown, "shots are no violations");
    }
}
