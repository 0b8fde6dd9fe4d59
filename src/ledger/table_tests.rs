//! The tables of the program against those of the schema.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::TABLES;
use super::chain::{BATCH, BATCH_PART, OFFICE};
use super::file::SCHEMA;
use super::table::Table;
use super::*;
use crate::model::{ActBase, Attribution, DispatchState, Extent, FigureKind, PartyKind, Role, SourceKind, Stance};

fn schema() -> Connection {
    let conn = Connection::open_in_memory().unwrap();
    conn.execute_batch(SCHEMA).unwrap();
    conn
}

fn strings(conn: &Connection, sql: &str) -> Vec<String> {
    conn.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Every table with its children.
fn tables() -> Vec<&'static Table> {
    TABLES.iter().flat_map(|table| std::iter::once(*table).chain(table.children.iter().copied())).collect()
}

#[test]
fn columns_are_those_of_the_schema() {
    let conn = schema();
    for table in tables() {
        let mut columns = strings(&conn, &format!("SELECT name FROM pragma_table_info('{}')", table.name));
        if !table.scan.is_empty() && !table.newest.is_empty() {
            assert_eq!(columns.pop().as_deref(), Some("seal"), "{}", table.name);
        }
        assert_eq!(columns, table.columns, "{}", table.name);
        let insert = conn.prepare(table.insert).unwrap();
        let names: Vec<_> = (1..=table.columns.len()).map(|at| insert.parameter_name(at).unwrap().to_owned()).collect();
        let expected: Vec<_> = table.columns.iter().map(|column| format!(":{column}")).collect();
        assert_eq!(names, expected, "values are bound by position");
        for sql in [table.scan, table.newest, table.of, table.bury] {
            conn.prepare(sql).unwrap();
        }
    }
    for sql in [OFFICE.insert, OFFICE.scan, OFFICE.of, BATCH.insert, BATCH.scan, BATCH.of, BATCH.newest, BATCH_PART.of]
    {
        conn.prepare(sql).unwrap();
    }
}

#[test]
fn codes_and_tags_are_used_once() {
    let mut codes = BTreeSet::from([OFFICE.code, BATCH.code, BATCH_PART.code]);
    for table in tables() {
        assert!(codes.insert(table.code), "{}", table.name);
        let tags: Vec<_> = table.tags.iter().filter(|tag| **tag != 0).collect();
        assert!(tags.is_sorted_by(|a, b| a < b), "{}", table.name);
        assert!(table.children.iter().map(|child| child.code).is_sorted(), "{}", table.name);
    }
    let kinds: BTreeSet<_> = EntryKind::WORDS.iter().copied().collect();
    assert_eq!(kinds, TABLES.iter().map(|table| table.name).collect());
}

#[test]
fn every_fact_table_is_known_and_guarded() {
    let conn = schema();
    let marked: Vec<_> = SCHEMA
        .lines()
        .scan('?', |part, line| {
            match line.get(..5) {
                Some("-- F ") => *part = 'F',
                Some("-- D ") => *part = 'D',
                _ => {}
            }
            Some((*part, line))
        })
        .filter_map(|(part, line)| Some((part, line.strip_prefix("CREATE TABLE ")?.split(' ').next()?.to_owned())))
        .collect();
    let facts: BTreeSet<_> = marked.iter().filter(|(part, _)| *part == 'F').map(|(_, name)| name.clone()).collect();
    let known: BTreeSet<_> =
        tables().iter().map(|table| table.name).chain(["office", "batch", "batch_part"]).map(str::to_owned).collect();
    assert_eq!(facts, known);
    let triggers = strings(&conn, "SELECT name FROM sqlite_schema WHERE type = 'trigger'");
    for table in &facts {
        for guard in ["stays", "remains"] {
            assert!(triggers.contains(&format!("{table}_{guard}")), "{table}_{guard}");
        }
    }
}

#[test]
fn every_table_is_strict() {
    let lax = strings(&schema(), "SELECT name FROM pragma_table_list
        WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search%'");
    assert!(lax.is_empty(), "{lax:?}");
}

/// The words a column takes are those of the model.
#[test]
fn vocabularies_are_those_of_the_model() {
    for (column, words) in [
        ("stance", Stance::WORDS),
        ("act", ActBase::WORDS),
        ("attribution", Attribution::WORDS),
        ("extent", Extent::WORDS),
    ] {
        let checks: Vec<_> = SCHEMA
            .match_indices(&format!("{column} = '"))
            .map(|(at, found)| SCHEMA[at + found.len()..].split('\'').next().unwrap())
            .collect();
        assert_eq!(checks, words, "{column}");
    }
    for words in [PartyKind::WORDS, SourceKind::WORDS, DispatchState::WORDS, Role::WORDS] {
        let list = words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(", ");
        assert!(SCHEMA.contains(&format!("IN ({list})")), "{list}");
    }
    let kinds = FigureKind::WORDS.iter().map(|word| format!("kind = '{word}'")).collect::<Vec<_>>().join(" OR ");
    assert!(SCHEMA.contains(&kinds), "{kinds}");
}
