//! Files that are no ledger, damaged ones, locked ones, full disks, folders nobody may write in.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use insta::assert_snapshot;
use rusqlite::Connection;

use crate::environment::{Ran, World};

const ADD: &[&str] = &["add", "--claimant", "Armenia", "--stance", "denies", "--act", "shelling"];

fn with_claim() -> World {
    let world = World::with_ledger();
    let ran = world.run(ADD);
    assert_eq!(ran.status, 0, "{ran}");
    world
}

/// Asserts that the ledger is as it was and nothing lies beside it.
#[track_caller]
fn untouched(world: &World, before: &[u8]) {
    assert_eq!(world.files(), ["trucebook.db"]);
    assert!(fs::read(world.path("trucebook.db")).unwrap() == before, "the ledger was changed");
}

#[test]
fn files_that_are_no_ledger() {
    let world = World::new();
    world.file("text.db", "Dear diary,\n".repeat(1000));
    world.file("empty.db", "");
    world.file("binary.db", [0_u8, 159, 146, 150].repeat(5000));
    fs::create_dir(world.path("folder.db")).unwrap();
    Connection::open(world.path("other.db")).unwrap().execute_batch("CREATE TABLE shopping (item)").unwrap();
    let before = world.files();
    let mut said = String::new();
    for file in ["text.db", "empty.db", "binary.db", "folder.db", "other.db"] {
        let (read, write) = (world.run(&["--ledger", file, "verify"]), world.run(&[&["--ledger", file], ADD].concat()));
        assert_eq!((read.status, write.status), (2, 2), "{read} {write}");
        assert_eq!(read.stderr, write.stderr);
        said += &read.stderr;
    }
    assert_snapshot!(said, @r#"
        error: text.db: this is no ledger: it is no SQLite file
          hint: name another file with `--ledger`, or make one with `trucebook init`
        error: empty.db: this is no ledger: it is empty
          hint: name another file with `--ledger`, or make one with `trucebook init`
        error: binary.db: this is no ledger: it is no SQLite file
          hint: name another file with `--ledger`, or make one with `trucebook init`
        error: cannot open `folder.db`: is a directory
          hint: that is a folder; name a file in it
        error: other.db: this is no ledger: it is a SQLite file of another program
          hint: name another file with `--ledger`, or make one with `trucebook init`
        "#);
    assert_eq!(world.files(), before);
}

#[test]
fn a_ledger_of_a_newer_program() {
    let world = with_claim();
    let ledger = Connection::open(world.path("trucebook.db")).unwrap();
    ledger.pragma_update(None, "user_version", 999).unwrap();
    ledger.close().unwrap();
    let before = fs::read(world.path("trucebook.db")).unwrap();
    assert_snapshot!(world.run(&["list"]), @r#"
        status 2
        --- stderr
        error: trucebook.db: the ledger has version 999, this program knows versions up to 1
          hint: use the newer trucebook that wrote it; nothing was changed
        "#);
    assert_snapshot!(world.run(ADD), @r#"
        status 2
        --- stderr
        error: trucebook.db: the ledger has version 999, this program knows versions up to 1
          hint: use the newer trucebook that wrote it; nothing was changed
        "#);
    untouched(&world, &before);
}

#[test]
fn a_ledger_cut_short_or_overwritten_in_part() {
    let world = with_claim();
    let whole = fs::read(world.path("trucebook.db")).unwrap();
    let mut holes = whole.clone();
    let from = holes.len() / 3;
    holes[from..].fill(0xff);
    for (name, damaged) in [("short", &whole[..whole.len() / 2]), ("holes", &holes)] {
        fs::write(world.path("trucebook.db"), damaged).unwrap();
        for arguments in [&["verify"] as &[&str], &["log"], &["party", "list"], ADD] {
            let ran = world.run(arguments);
            assert!(ran.status == 2 || (arguments == ["verify"] && ran.status == 1), "{name} {arguments:?} {ran}");
            assert!(ran.status == 1 || ran.stderr.starts_with("error: "), "{name} {arguments:?} {ran}");
        }
        untouched(&world, damaged);
    }
}

#[test]
fn a_changed_byte_of_a_fact_is_found() {
    let world = World::with_ledger();
    world.run(&["add", "--claimant", "-", "--stance", "observes", "--act", "shelling", "--place", "Agdam"]);
    let mut bytes = fs::read(world.path("trucebook.db")).unwrap();
    let places: Vec<_> =
        bytes.windows(5).enumerate().filter(|(_, found)| found == b"Agdam").map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at + 4] = b'n';
    }
    fs::write(world.path("trucebook.db"), bytes).unwrap();
    let ran = world.run(&["verify"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (1, ""), "{ran}");
    assert!(ran.stdout.starts_with("not sound: ") && ran.stdout.contains("C1"), "{ran}");
}

#[test]
fn a_ledger_that_another_program_writes_to() {
    let world = with_claim();
    let other = Connection::open(world.path("trucebook.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_snapshot!(world.run(&[&["--wait", "0"], ADD].concat()), @r#"
        status 2
        --- stderr
        error: trucebook.db: another program is writing to the ledger: database is locked
          hint: wait for it to finish, or let this command wait longer with `--wait`
        "#);
    assert_snapshot!(world.run(&["--wait", "0", "rebuild"]), @r#"
        status 2
        --- stderr
        error: trucebook.db: another program is writing to the ledger: database is locked
          hint: wait for it to finish, or let this command wait longer with `--wait`
        "#);
    assert_eq!(world.run(&["--wait", "0", "party", "list"]).status, 0, "readers do not wait for writers");
}

#[test]
fn writers_wait_for_each_other() {
    let world = World::with_ledger();
    std::thread::scope(|scope| {
        for writer in 0..6 {
            let world = &world;
            scope.spawn(move || {
                let note = format!("writer {writer}");
                let ran = world.run(&[ADD, &["--note", &note]].concat());
                assert_eq!(ran.status, 0, "{ran}");
            });
        }
    });
    assert_eq!(world.run(&["verify"]).status, 0);
    assert_eq!(
        world.run(&["log", "--format", "jsonl"]).stdout.lines().filter(|line| line.contains("\"add\"")).count(),
        6
    );
}

#[test]
fn of_writers_who_all_make_the_ledger_none_loses_another_s_work() {
    let world = World::new();
    let ran: Vec<_> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..6)
            .map(|writer| {
                let world = &world;
                scope.spawn(move || world.run(&[ADD, &["--tz", "UTC", "--note", &format!("writer {writer}")]].concat()))
            })
            .collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    let written = ran.iter().filter(|ran| ran.status == 0).count();
    assert!(ran.iter().all(|ran| ran.status == 0 || ran.stderr.contains("in the meantime")), "{ran:?}");
    assert_eq!(world.files(), ["trucebook.db"]);
    let log = world.run(&["log", "--format", "jsonl"]);
    assert_eq!(log.stdout.lines().count(), written, "{log}");
    assert_eq!(world.run(&["verify"]).status, 0);
}

/// Runs the program in a mount of its own over `disk`, with so many bytes on it. `None` where the system forbids that.
fn on_small_disk(world: &World, bytes: u64, script: &str) -> Option<Ran> {
    let disk = world.path("disk");
    fs::create_dir_all(&disk).unwrap();
    let mount = format!("mount -t tmpfs -o size={bytes} none disk");
    let allowed = Command::new("unshare").args(["-rm", "sh", "-c", &mount]).current_dir(world.folder()).output();
    if !allowed.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: no small disk can be mounted here");
        return None;
    }
    let script = format!("{mount} && cd disk && {script}");
    let program = env!("CARGO_BIN_EXE_trucebook");
    Some(world.other_program("unshare", &["-rm", "sh", "-c", &script, program]))
}

#[test]
fn a_full_disk_leaves_no_ledger_behind() {
    let world = World::new();
    let script = "\"$0\" init --tz UTC; status=$?; ls; exit $status";
    let Some(ran) = on_small_disk(&world, 16 * 1024, script) else { return };
    assert_snapshot!(ran, @r#"
        status 2
        --- stderr
        error: trucebook.db: the disk is full: database or disk is full
          hint: free some space and run the command again; the ledger is as it was
        "#);
}

#[test]
fn a_full_disk_leaves_the_ledger_as_it_was() {
    let world = World::new();
    let fill = "\"$0\" init --tz UTC >&2 && cp trucebook.db ../before.db && \
        { dd if=/dev/zero of=filler bs=1k 2>/dev/null; true; } && \
        \"$0\" add --claimant Armenia --stance denies --act shelling --note \"$(head -c 30000 /dev/zero | tr '\\0' a)\"; \
        status=$?; rm filler; \"$0\" verify >&2; ls; cmp trucebook.db ../before.db; exit $status";
    let Some(ran) = on_small_disk(&world, 4 * 1024 * 1024, fill) else { return };
    assert_snapshot!(ran, @r#"
        status 2
        --- stdout
        trucebook.db
        --- stderr
        made the ledger `trucebook.db`: office DESK (Unnamed desk), zone UTC
        error: trucebook.db: reading or writing the ledger failed: disk I/O error
          hint: check that the disk has free space and is sound; the ledger is as it was
        sound: 0 batches, 0 entries, head HASH
        note: this shows that nothing was changed since that head was noted elsewhere; whether the newest batches are missing, only a head kept elsewhere can tell
        "#);
}

#[test]
fn an_output_that_cannot_be_written() {
    let world = with_claim();
    let program = env!("CARGO_BIN_EXE_trucebook");
    let full = world.other_program("sh", &["-c", "\"$0\" party list > /dev/full", program]);
    assert_snapshot!(full, @r#"
        status 2
        --- stderr
        error: cannot write to standard output: No space left on device (os error 28)
          hint: free some space, or send it elsewhere with -o FILE
        "#);
    let gone = world.other_program("sh", &["-c", "{ \"$0\" completions bash; echo $? >&2; } | head -c 1", program]);
    assert_snapshot!(gone, @r#"
        status 0
        --- stdout
        _
        --- stderr
        0
        "#);
    assert_snapshot!(world.run(&["party", "list", "-o", "no/such/folder.csv"]), @r#"
        status 2
        --- stderr
        error: cannot write `no/such/folder.csv`: No such file or directory (os error 2)
          hint: check the path; nothing was changed
        "#);
    assert_snapshot!(world.run(&["party", "list", "-o", "trucebook.db"]), @r#"
        status 2
        --- stderr
        error: `trucebook.db` is a database, and output would take its place
          hint: name another file with -o
        "#);
    assert_eq!(world.run(&["party", "list", "-o", "parties.csv"]).status, 0);
    assert_eq!(world.files(), ["parties.csv", "trucebook.db"]);
}

/// Whether the program can be run as somebody who may not write everywhere.
fn nobody_can_run(world: &World) -> bool {
    fs::set_permissions(world.folder(), fs::Permissions::from_mode(0o755)).unwrap();
    let can = world.as_nobody(&["--version"]).is_some_and(|ran| ran.status == 0);
    if !can {
        eprintln!("skipped: the program cannot be run as another user here");
    }
    can
}

#[test]
fn an_unwritable_folder_can_be_read_and_not_written() {
    let world = with_claim();
    if !nobody_can_run(&world) {
        return;
    }
    fs::set_permissions(world.folder(), fs::Permissions::from_mode(0o555)).unwrap();
    let before = fs::read(world.path("trucebook.db")).unwrap();
    let read = world.as_nobody(&["party", "list"]).unwrap();
    assert_eq!((read.status, read.stderr.as_str()), (0, ""), "{read}");
    assert_snapshot!(world.as_nobody(ADD).unwrap(), @r#"
        status 2
        --- stderr
        error: trucebook.db: the ledger cannot be written: attempt to write a readonly database
          hint: check who may write the file and its folder
        "#);
    assert_snapshot!(world.as_nobody(&["--ledger", "new.db", "init", "--tz", "UTC"]).unwrap(), @r#"
        status 2
        --- stderr
        error: cannot create `new.db`: Permission denied (os error 13)
          hint: check who may read and write there
        "#);
    assert_snapshot!(world.as_nobody(&["party", "list", "-o", "parties.csv"]).unwrap(), @r#"
        status 2
        --- stderr
        error: cannot write `parties.csv`: Permission denied (os error 13)
          hint: check who may read and write there
        "#);
    untouched(&world, &before);
}

#[test]
fn files_that_cannot_be_read() {
    let world = World::with_ledger();
    world.file("secret.jsonl", "");
    world.file("binary.jsonl", [0_u8, 159, 146, 150].repeat(100));
    world.file("empty.jsonl", "");
    fs::create_dir(world.path("folder.jsonl")).unwrap();
    assert_snapshot!(world.run(&["party", "import", "binary.jsonl"]), @r"
    status 2
    --- stderr
    error: binary.jsonl:1: the line is not UTF-8
      hint: save the file as UTF-8
    ");
    assert_snapshot!(world.run(&["party", "import", "empty.jsonl"]), @r#"
        status 2
        --- stderr
        error: empty.jsonl: there is no party in it
          hint: a line is {"party": NAME, "kind": KIND, "side"?: SIDE, "aliases"?: {LANG: [NAME, …]}}
        "#);
    assert_snapshot!(world.run(&["party", "import", "folder.jsonl"]), @r#"
        status 2
        --- stderr
        error: cannot read `folder.jsonl`: Is a directory (os error 21)
          hint: that is a folder; name a file in it
        "#);
    if nobody_can_run(&world) {
        fs::set_permissions(world.path("secret.jsonl"), fs::Permissions::from_mode(0o000)).unwrap();
        fs::set_permissions(world.path("trucebook.db"), fs::Permissions::from_mode(0o444)).unwrap();
        assert_snapshot!(world.as_nobody(&["party", "import", "secret.jsonl"]).unwrap(), @r#"
        status 2
        --- stderr
        error: cannot read `secret.jsonl`: Permission denied (os error 13)
          hint: check who may read and write there
        "#);
        assert_snapshot!(world.as_nobody(ADD).unwrap(), @r#"
        status 2
        --- stderr
        error: trucebook.db: the ledger cannot be written: attempt to write a readonly database
          hint: check who may write the file and its folder
        "#);
    }
}

#[test]
fn texts_that_cannot_be_read_are_refused_and_leave_no_ledger() {
    let world = World::new();
    world.file("binary.txt", [0_u8, 159, 146, 150].repeat(1000));
    world.file("empty.txt", "");
    world.file("long.txt", vec![b'x'; 50 << 20]);
    fs::create_dir(world.path("folder")).unwrap();
    let before = world.files();
    for text in ["binary.txt", "empty.txt", "long.txt", "folder", "absent.txt"] {
        let (import, extract) = (world.run(&["import", text, "--tz", "UTC"]), world.run(&["extract", text]));
        assert_eq!((import.status, extract.status), (2, 2), "{text} {import} {extract}");
        assert_eq!(import.stderr, extract.stderr);
        assert!(import.stderr.starts_with("error: "), "{import}");
    }
    let said = before.iter().map(|text| world.run(&["extract", text]).stderr).collect::<String>();
    assert_snapshot!(said, @r#"
        error: binary.txt: this is a binary file, not text: byte 1 is a control code
          hint: save its text as a .txt file and import that
        error: empty.txt: the file is empty
          hint: leave it out, or fetch the text again
        error: there is no text here
          hint: name files of texts, or folders that hold some
        error: long.txt: the file is larger than 16 MiB
          hint: one file is one dispatch: split it, each text in its own file
        "#);
    assert_eq!(world.files(), before);
}

#[test]
fn hostile_text_is_shown_escaped_wherever_it_is_shown() {
    let world = World::with_ledger();
    let hostile = "red \u{1b}[31m, bell \u{7}, bidi \u{202e}, tag \u{e0041}, C1 \u{9b}2J";
    let claim = [
        "add",
        "--claimant",
        "-",
        "--stance",
        "observes",
        "--act",
        "shelling",
        "--accused-text",
        hostile,
        "--quote",
        hostile,
        "--note",
        hostile,
        "--speaker",
        hostile,
        "--url",
        hostile,
    ];
    let added = world.run(&claim);
    assert_eq!(added.status, 0, "{added}");
    world.run(&[
        "truce",
        "add",
        "--party",
        "Armenia",
        "--area",
        hostile,
        "--terms",
        hostile,
        "--article",
        &format!("1={hostile}"),
    ]);
    for arguments in [
        &["show", "C1"] as &[&str],
        &["show", "C1", "--format", "json"],
        &["show", "C1", "--format", "md"],
        &["list"],
        &["list", "--format", "csv"],
        &["search", "bell"],
        &["search", "bell", "--format", "md"],
        &["show", "T1"],
        &["truce", "list"],
        &["retract", "C1", "--why", hostile],
        &["undo", "B1", "--why", hostile],
        &["log"],
        &["show", "C1"],
    ] {
        let ran = world.run(arguments);
        for text in [&ran.stdout, &ran.stderr] {
            let acts = text.chars().find(|&c| trucebook::model::text::is_hostile(c) && c != '\n');
            assert_eq!(acts, None, "{arguments:?} {ran}");
        }
    }
}

#[test]
fn a_line_of_50_megabytes() {
    let world = World::with_ledger();
    world.file("long.jsonl", vec![b'x'; 50 << 20]);
    let before = fs::read(world.path("trucebook.db")).unwrap();
    assert_snapshot!(world.run(&["party", "import", "long.jsonl"]), @r"
    status 2
    --- stderr
    error: long.jsonl:1: the line is longer than 4 MiB
      hint: each object has its line
    ");
    assert!(fs::read(world.path("trucebook.db")).unwrap() == before);
}
