//! A long import: Ctrl-C leaves everything as it was, and a terminal shows how far it has come.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use expectrl::{Eof, Expect, Session};

use crate::environment::{NOW, World};

const HEADER: &str = "ref,claimant,stance,act,accused,occurred,place\n";

/// Rows of claims, from one number on.
fn rows(from: usize, count: usize) -> String {
    let mut rows = String::new();
    for n in from..from + count {
        let _ = writeln!(rows, "r{n},Armenia,alleges,shelling,Azerbaijan,2020-10-{:02},Village {}", n % 28 + 1, n % 50);
    }
    rows
}

fn program(world: &World, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trucebook"));
    command.args(arguments).current_dir(world.folder()).env_clear().env("TRUCEBOOK_NOW", NOW);
    command
}

/// Starts an import from standard input that is in the midst of its rows.
fn importing(world: &World, more: &[&str]) -> Child {
    let arguments = [&["import", "-", "--no-reconcile"], more].concat();
    let mut command = program(world, &arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // More than pipe and buffers hold, so that it has taken some of them when all are handed over.
    child.stdin.as_mut().unwrap().write_all((HEADER.to_owned() + &rows(0, 30_000)).as_bytes()).unwrap();
    child
}

/// Presses Ctrl-C, and gives rows until it ends; how it ended and what it said.
fn interrupted(mut child: Child) -> (Option<i32>, String) {
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let mut input = child.stdin.take().unwrap();
    for n in 0.. {
        // It does not take them once it has ended.
        if input.write_all(rows(100_000 + n * 1_000, 1_000).as_bytes()).is_err() {
            break;
        }
    }
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    (child.wait().unwrap().code(), said)
}

#[test]
fn an_interrupted_import_leaves_the_ledger_as_it_was() {
    let world = World::with_ledger();
    world.run(&["add", "--claimant", "-", "--stance", "observes", "--act", "shelling"]);
    let (before, log) = (std::fs::read(world.path("trucebook.db")).unwrap(), world.run(&["log"]));
    let (status, said) = interrupted(importing(&world, &[]));
    assert_eq!(status, Some(2), "{said}");
    assert_eq!(said, "error: interrupted; the ledger is as it was before the command\n");
    assert!(std::fs::read(world.path("trucebook.db")).unwrap() == before);
    assert_eq!(world.files(), ["trucebook.db"]);
    assert_eq!(world.run(&["log"]), log);
}

#[test]
fn an_interrupted_first_import_makes_no_ledger() {
    let world = World::new();
    let (status, said) = interrupted(importing(&world, &["--tz", "Asia/Yerevan"]));
    assert_eq!(status, Some(2), "{said}");
    assert!(world.files().is_empty(), "{:?}", world.files());
}

#[test]
fn a_terminal_shows_rate_and_remaining_time_of_a_long_import_and_a_pipe_does_not() {
    let world = World::new();
    // More than a second's work.
    let count = if cfg!(debug_assertions) { 20_000 } else { 400_000 };
    world.file("c.csv", HEADER.to_owned() + &rows(0, count));
    let arguments = ["import", "c.csv", "--no-reconcile", "--tz", "Asia/Yerevan"];
    let mut command = program(&world, &arguments);
    command.env("TERM", "xterm");
    let mut session = Session::spawn(command).unwrap();
    session.set_expect_timeout(Some(Duration::from_mins(1)));
    session.expect(expectrl::Regex(r"\d+ %  [0-9.]+ [KM]iB/s, \d+ rows, \d+s left")).unwrap();
    session.expect(Eof).unwrap();
    let piped = world.run(&arguments);
    assert!(piped.status == 0 && !piped.stderr.contains(" left") && !piped.stderr.contains('\r'), "{}", piped.stderr);
}
