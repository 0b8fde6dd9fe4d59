//! `report sources`: what each outlet carries, what it carries first, and who is read in it alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::ledger::{Counted, Recorded};
use crate::model::text::key;
use crate::model::{Id, NumberKind, Source};
use crate::reconcile::Claimant;
use crate::report::input::{Input, Names, Statement};
use crate::report::notes;
use crate::report::sheet::{Cell, Column, Note, Sheet};

const COUNTS: &str = "a row is an outlet or register with the claims read in it. Of the claims that make one statement the \
    first published is its first appearance, of equally dated ones the first recorded; the others repeat it. Only here: \
    statements that no other source in this ledger carries. A claimant depends on a source that alone carries at least \
    half of its statements";

/// A claimant is told to depend on an outlet from so many statements on: of one, all is half.
const FEWEST: usize = 2;

/// Makes the report, by name; what names no source comes last.
pub fn sheet(input: &Input, sources: &[Recorded<Source>]) -> Sheet {
    let names = Names::new(&input.parties);
    let passing = input.passing();
    let statements = Input::statements(&passing);
    let mut outlets: BTreeMap<Option<Id>, Outlet> = BTreeMap::new();
    for counted in &passing {
        let outlet = outlets.entry(counted.fact.source).or_default();
        outlet.claims.push(counted.fact.id);
        outlet.dispatches.extend(counted.fact.dispatch);
    }
    let mut spoken: BTreeMap<Claimant, usize> = BTreeMap::new();
    for statement in &statements {
        *spoken.entry(statement.fact().claimant).or_default() += 1;
        lay(statement, &mut outlets);
    }
    let of = |id: Id| sources.iter().find(|source| source.id == id);
    let mut rows: Vec<(bool, String, Vec<Cell>)> = outlets
        .iter()
        .map(|(id, outlet)| {
            let source = id.and_then(of);
            let name = source.map_or_else(|| "(no source told)".to_owned(), |source| source.value.name.clone());
            (source.is_none(), key(&name), outlet.row(*id, name, source, &spoken, &names))
        })
        .collect();
    rows.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    Sheet {
        name: "sources",
        title: "Sources".to_owned(),
        columns: columns(),
        rows: rows.into_iter().map(|(.., row)| row).collect(),
        notes: notes::under(input, COUNTS, Vec::<Note>::new(), notes::made_from(input, &passing)),
        offices: input.offices.clone(),
        side_by_side: false,
    }
}

fn columns() -> Vec<Column> {
    vec![
        Column::words("source", "source"),
        Column::words("number", "number"),
        Column::words("kind", "kind"),
        Column::count("dispatches", "dispatches"),
        Column::count("claims", "claims"),
        Column::count("statements", "statements"),
        Column::count("first_here", "first here"),
        Column::count("repeats", "repeats"),
        Column::count("only_here", "only here"),
        Column::count("only_here_percent", "only here, %"),
        Column::words("depend_on_it", "who depends on it"),
    ]
}

#[derive(Debug, Default)]
struct Outlet {
    claims: Vec<Id>,
    dispatches: BTreeSet<Id>,
    statements: Vec<Id>,
    first: Vec<Id>,
    repeats: Vec<Id>,
    only: Vec<Id>,
    only_of: BTreeMap<Claimant, usize>,
}

/// Lays a statement to the sources it was read in.
fn lay(statement: &Statement<'_>, outlets: &mut BTreeMap<Option<Id>, Outlet>) {
    let appeared = |counted: &&&Counted| (counted.fact.published.unwrap_or(i64::MAX), counted.fact.id);
    let first = statement.claims.iter().min_by_key(appeared).map(|counted| counted.fact.id);
    let sources: BTreeSet<Option<Id>> = statement.claims.iter().map(|counted| counted.fact.source).collect();
    for counted in &statement.claims {
        let outlet = outlets.entry(counted.fact.source).or_default();
        if Some(counted.fact.id) == first { &mut outlet.first } else { &mut outlet.repeats }.push(counted.fact.id);
    }
    for source in &sources {
        let outlet = outlets.entry(*source).or_default();
        outlet.statements.push(statement.fact().id);
        if sources.len() == 1 {
            outlet.only.push(statement.fact().id);
            *outlet.only_of.entry(statement.fact().claimant).or_default() += 1;
        }
    }
}

impl Outlet {
    fn row(
        &self,
        id: Option<Id>,
        name: String,
        source: Option<&Recorded<Source>>,
        spoken: &BTreeMap<Claimant, usize>,
        names: &Names<'_>,
    ) -> Vec<Cell> {
        let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        vec![
            Cell::Text(name),
            Cell::number(NumberKind::Source, id),
            source.map_or(Cell::Unknown, |source| Cell::Word(source.value.kind.as_str())),
            Cell::Count(count(self.dispatches.len()), Vec::new()),
            Cell::count(self.claims.clone()),
            Cell::count(self.statements.clone()),
            Cell::count(self.first.clone()),
            Cell::count(self.repeats.clone()),
            Cell::count(self.only.clone()),
            Cell::share(count(self.only.len()), count(self.statements.len())),
            if id.is_some() { Cell::lines(self.dependents(spoken, names)) } else { Cell::Unknown },
        ]
    }

    /// Claimants with at least half of their statements here alone.
    fn dependents(&self, spoken: &BTreeMap<Claimant, usize>, names: &Names<'_>) -> Vec<String> {
        let depends = |(claimant, only): (&Claimant, &usize)| {
            let all = spoken.get(claimant).copied().unwrap_or_default();
            let party = matches!(claimant, Claimant::Party(_));
            (party && all >= FEWEST && only * 2 >= all).then(|| (names.claimant(*claimant), *only, all))
        };
        let mut dependents: Vec<_> = self.only_of.iter().filter_map(depends).collect();
        dependents.sort_by_key(|(name, ..)| key(name));
        dependents.into_iter().map(|(name, only, all)| format!("{name}: {only} of {all}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SourceKind;
    use crate::report::fixture::{ARMENIA, AZERBAIJAN, Turned, accusation, cell, count, input};

    fn from(id: i64, source: i64, published: i64) -> Counted {
        accusation(id, ARMENIA, AZERBAIJAN).turned(|c| {
            c.fact.source = Some(Id(source));
            c.fact.published = Some(published);
            c.fact.dispatch = Some(Id(id));
        })
    }

    #[test]
    fn first_appearances_repeats_and_dependence() {
        let source = |id, name: &str| {
            let value = Source { name: name.into(), kind: SourceKind::Outlet, reporting_hour: None };
            Recorded { id: Id(id), batch: Id(1), value }
        };
        let claims = vec![
            from(1, 1, 200),
            from(2, 2, 100).repeats(1),
            from(3, 1, 300),
            from(4, 1, 400),
            accusation(5, AZERBAIJAN, ARMENIA),
        ];
        let sheet = sheet(&input(claims), &[source(1, "Tass"), source(2, "Interfax")]);
        let of = |row, column| count(&sheet, row, column);
        assert_eq!((of("Tass", "first_here"), of("Tass", "repeats")), (2, 1));
        assert_eq!((of("Interfax", "first_here"), of("Interfax", "repeats")), (1, 0));
        assert_eq!((of("Tass", "only_here"), of("Interfax", "only_here")), (2, 0));
        assert_eq!(*cell(&sheet, "Tass", "depend_on_it"), Cell::Lines(vec!["Armenia: 2 of 3".into()]));
        assert_eq!(sheet.rows.last().unwrap()[0], Cell::Text("(no source told)".into()));
    }
}
