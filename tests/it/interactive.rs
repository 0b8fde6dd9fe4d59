//! `add` without options on a terminal, through a pseudo-terminal.

use std::process::Command;
use std::time::Duration;

use expectrl::process::unix::WaitStatus;
use expectrl::session::OsSession;
use expectrl::{Eof, Expect, Session};

use crate::environment::{NOW, World};

/// The program on a terminal of its own.
fn on_terminal(world: &World, arguments: &[&str]) -> OsSession {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trucebook"));
    command.args(arguments).current_dir(world.folder()).env_clear().env("TRUCEBOOK_NOW", NOW).env("TERM", "xterm");
    let mut session = Session::spawn(command).unwrap();
    session.set_expect_timeout(Some(Duration::from_secs(20)));
    session
}

/// Waits for a question and answers it.
fn answer(session: &mut OsSession, question: &str, words: &str) {
    session.expect(question).unwrap_or_else(|error| panic!("waiting for {question:?}: {error}"));
    session.send(words).unwrap();
    session.send("\r").unwrap();
}

fn status(mut session: OsSession) -> i32 {
    session.expect(Eof).unwrap();
    match session.get_process().wait().unwrap() {
        WaitStatus::Exited(_, status) => status,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_claim_is_asked_for_field_by_field() {
    let world = World::with_ledger();
    world.run(&["place", "add", "Ganja"]);
    let mut session = on_terminal(&world, &["add"]);
    let on = &mut session;
    // Typed in part and completed by the Tab key after the suggestion is chosen with the arrow.
    answer(on, "Who says so?", "Azerbai\u{1b}[B\t");
    answer(on, "Who spoke for it?", "Defence Ministry");
    answer(on, "When was it said?", "");
    answer(on, "What does it do with the act?", "alleges");
    answer(on, "Which act?", "shelling");
    answer(on, "Who is said to have done it?", "Armenia");
    answer(on, "How is that known?", "stated");
    answer(on, "Who was on the receiving end?", "");
    answer(on, "Which claims does it answer?", "");
    answer(on, "Where?", "Gan\u{1b}[B\t");
    on.expect("When did it happen?").unwrap();
    on.send("2020-10-32\r").unwrap();
    on.expect("is no date").unwrap();
    on.send("\u{7f}\u{7f}11\r").unwrap();
    answer(on, "How many?", "");
    answer(on, "How many killed?", "9");
    answer(on, "How many wounded?", "30+");
    answer(on, "Whose losses?", "Azerbaijan");
    answer(on, "Are people or objects hit said to be civilian?", "yes");
    answer(on, "The words themselves?", "Ganja was shelled.");
    answer(on, "Which outlet or series?", "");
    answer(on, "Where can it be read?", "");
    answer(on, "When was it published?", "");
    answer(on, "A remark?", "");
    answer(on, "Record this claim?", "y");
    on.expect("C1 added in B2: Azerbaijan: alleges shelling by Armenia, Ganja, 2020-10-11").unwrap();
    assert_eq!(status(session), 0);
    let found = world.run(&["search", "ganja"]);
    assert_eq!((found.status, found.stdout.as_str()), (0, "C1 quote: Ganja was shelled.\n"), "{found}");
}

#[test]
fn a_claim_given_up_half_way_is_not_written() {
    let world = World::with_ledger();
    let before = std::fs::read(world.path("trucebook.db")).unwrap();
    let mut session = on_terminal(&world, &["add"]);
    answer(&mut session, "Who says so?", "Armenia");
    session.expect("Who spoke for it?").unwrap();
    session.send("\u{3}").unwrap();
    session.expect("error: stopped: nothing was written").unwrap();
    assert_eq!(status(session), 2);
    assert!(std::fs::read(world.path("trucebook.db")).unwrap() == before);
}

#[test]
fn a_name_that_would_act_on_the_terminal_is_refused_and_shown_escaped() {
    let world = World::with_ledger();
    let mut session = on_terminal(&world, &["add"]);
    answer(&mut session, "Who says so?", "Nobody\u{202e}");
    session.expect("a name cannot hold control, zero-width or bidi characters").unwrap();
    session.send("\u{3}").unwrap();
    assert_eq!(status(session), 2);
}

#[test]
fn colour_is_for_terminals_that_take_it() {
    let world = World::with_ledger();
    world.run(&["add", "--claimant", "-", "--stance", "observes", "--act", "shelling", "--note", "Ganja"]);
    let on = |term: &str, more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trucebook"));
        command.args(["search", "ganja"]).args(more).current_dir(world.folder()).env_clear().env("TERM", term);
        let mut session = Session::spawn(command).unwrap();
        let printed = session.expect(Eof).unwrap();
        String::from_utf8_lossy(printed.as_bytes()).into_owned()
    };
    assert!(on("xterm", &[]).contains("\u{1b}["));
    assert!(!on("dumb", &[]).contains("\u{1b}["));
    assert!(!on("xterm", &["--colour", "never"]).contains("\u{1b}["));
    assert!(!world.run(&["search", "ganja"]).stdout.contains('\u{1b}'));
}
