//! How fast tables of claims come in and go out: `cargo bench --bench tables`.
//!
//! Of a table of 100,000 rows as a desk keeps them (`TRUCEBOOK_BENCH_ROWS` says otherwise): into a fresh ledger without
//! reconciling, the same once more, and out again. `read_only` is the reading of the CSV alone, without a ledger.
//! `whole_process` is this program beside `sqlite-utils insert --csv` and `.import` of the sqlite3 shell, as far as they
//! are there, each putting the same file into a new database; theirs has one untyped table without checks or indexes.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fmt;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use csv::ByteRecord;
use divan::Bencher;
use divan::counter::ItemsCount;
use tempfile::TempDir;
use trucebook::error::{Error, Result};
use trucebook::export::{ExportForm, Thing, export};
use trucebook::import::files::{FORMS, find};
use trucebook::import::form::{Form, Layout};
use trucebook::import::intake::{Watch, take_in};
use trucebook::import::item::{Raw, Row, Sink};
use trucebook::import::options::Options;
use trucebook::import::plan::{Fate, FilePlan};
use trucebook::import::reading::read;
use trucebook::import::source::Source;
use trucebook::ledger::{Ledger, Office, Stamp};

static ROWS: LazyLock<usize> =
    LazyLock::new(|| std::env::var("TRUCEBOOK_BENCH_ROWS").map_or(100_000, |rows| rows.parse().unwrap()));

fn main() {
    divan::main();
}

/// Writes the table: two parties, forty places, a time by the minute, one figure, one loss, a reference.
fn table(folder: &TempDir) -> PathBuf {
    let mut text =
        "ref,claimant,stance,act,accused,target,occurred,place,lat,lon,count,killed,source,note\n".to_owned();
    for n in 0..*ROWS {
        let (claimant, accused) = if n % 2 == 0 { ("Armenia", "Azerbaijan") } else { ("Azerbaijan", "Armenia") };
        let (day, hour, minute) = (n / 1440 % 28 + 1, n / 60 % 24, n % 60);
        let _ = writeln!(
            text,
            "k{n},{claimant},alleges,shelling/mortar,{accused},{claimant},2020-{:02}-{day:02}T{hour:02}:{minute:02},\
             Village {},39.{:05},46.{:05},{},{},Daily,line {n} of the daily statement",
            n / 40_320 + 1,
            n % 40,
            n % 99_999,
            n * 7 % 99_999,
            n % 50 + 1,
            n % 3,
        );
    }
    let path = folder.path().join("claims.csv");
    std::fs::write(&path, text).unwrap();
    path
}

fn new_ledger(folder: &TempDir) -> Ledger {
    let office = Office { code: "BNC".into(), title: "Bench".into(), zone: "Asia/Yerevan".parse().unwrap() };
    Ledger::create(&folder.path().join("trucebook.db"), &office, &stamp()).unwrap()
}

const fn stamp() -> Stamp {
    Stamp { now: 1_700_000_000, made_by: None, verb: "import", clock_may_lag: false }
}

/// Watches nothing.
struct Blind;

impl Watch for Blind {
    fn open(&mut self, path: &Path) -> Result<Source> {
        Source::open(path, |bytes| bytes)
    }

    fn refused(&mut self, _: &ByteRecord, _: Raw<'_>, error: &Error) -> Result<()> {
        panic!("{error}")
    }

    fn row(&mut self, _: &FilePlan, _: Option<u64>, _: &Fate) -> Result<()> {
        Ok(())
    }
}

fn fill(ledger: &mut Ledger, table: &Path) {
    let mut batch = ledger.begin_bulk(&stamp()).unwrap();
    let plan = take_in(&mut batch, &find(&[table.to_owned()], FORMS), &[], &Options::default(), &mut Blind).unwrap();
    assert_eq!(plan.counts(false).taken(), *ROWS as u64);
    batch.commit().unwrap();
}

/// Counts rows.
#[derive(Default)]
struct Count(usize);

impl Sink for Count {
    fn is_a(&mut self, _: Form, _: Layout) {}

    fn header(&mut self, _: &ByteRecord, _: &[String]) -> Result<()> {
        Ok(())
    }

    fn row(&mut self, row: Row<'_>) -> Result<()> {
        self.0 += usize::from(row.item.is_ok());
        Ok(())
    }
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_only(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    let table = table(&folder);
    bencher.counter(ItemsCount::new(*ROWS)).bench_local(|| {
        let mut count = Count::default();
        read(Source::open(&table, |bytes| bytes).unwrap(), &Options::default(), &mut count).unwrap();
        assert_eq!(count.0, *ROWS);
    });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn import(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    let table = table(&folder);
    bencher
        .counter(ItemsCount::new(*ROWS))
        .with_inputs(|| {
            let folder = tempfile::tempdir().unwrap();
            let ledger = new_ledger(&folder);
            (folder, ledger)
        })
        .bench_local_refs(|(_, ledger)| fill(ledger, &table));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn import_again(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    let (table, mut ledger) = (table(&folder), new_ledger(&folder));
    fill(&mut ledger, &table);
    bencher.counter(ItemsCount::new(*ROWS)).bench_local(|| fill(&mut ledger, &table));
}

#[divan::bench(sample_count = 3, sample_size = 1, args = [ExportForm::Csv, ExportForm::Jsonl, ExportForm::Xlsx])]
fn export_claims(bencher: Bencher<'_, '_>, form: ExportForm) {
    let folder = tempfile::tempdir().unwrap();
    let (table, mut ledger) = (table(&folder), new_ledger(&folder));
    fill(&mut ledger, &table);
    bencher.counter(ItemsCount::new(*ROWS)).bench_local(|| {
        let snapshot = ledger.snapshot().unwrap();
        export(&snapshot, Thing::Claims, None, form, &mut std::io::sink()).unwrap()
    });
}

/// A program that puts a table into a database.
#[derive(Clone, Copy)]
enum Tool {
    Trucebook,
    Sqlite3,
    SqliteUtils,
}

impl fmt::Display for Tool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Trucebook => "trucebook",
            Self::Sqlite3 => "sqlite3",
            Self::SqliteUtils => "sqlite-utils",
        })
    }
}

impl Tool {
    /// Those that are there.
    fn present() -> impl Iterator<Item = Self> {
        [Self::Trucebook, Self::Sqlite3, Self::SqliteUtils].into_iter().filter(|tool| {
            let there = tool.command().arg("--version").stdout(Stdio::null()).status().is_ok_and(|ran| ran.success());
            if !there {
                eprintln!("{tool} is not there, and is left out");
            }
            there
        })
    }

    fn command(self) -> Command {
        match self {
            Self::Trucebook => Command::new(env!("CARGO_BIN_EXE_trucebook")),
            other => Command::new(other.to_string()),
        }
    }

    fn import(self, table: &Path, database: &Path) -> Command {
        let (table, database) = (table.to_str().unwrap(), database.to_str().unwrap());
        let mut command = self.command();
        match self {
            Self::Trucebook => command
                .args(["--ledger", database, "import", table, "--no-reconcile", "--add-parties"])
                .args(["--tz", "Asia/Yerevan"]),
            Self::Sqlite3 => command.args([database, &format!(".import --csv {table} claims")]),
            Self::SqliteUtils => command.args(["insert", database, "claims", table, "--csv", "--silent"]),
        };
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}

#[divan::bench(sample_count = 3, sample_size = 1, args = Tool::present())]
fn whole_process(bencher: Bencher<'_, '_>, tool: Tool) {
    let folder = tempfile::tempdir().unwrap();
    let table = table(&folder);
    bencher.counter(ItemsCount::new(*ROWS)).with_inputs(|| tempfile::tempdir().unwrap()).bench_local_refs(|folder| {
        assert!(tool.import(&table, &folder.path().join("out.db")).status().unwrap().success());
    });
}
