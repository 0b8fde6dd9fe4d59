//! The file: making it, opening it to read or to write, and leaving nothing beside it.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::ffi::ErrorCode;
use rusqlite::{Connection, OpenFlags};

use crate::error::{Error, Kind, Result, quoted};
use crate::model::number::is_office_code;
use crate::model::party::sound_name;

use super::failure::no_ledger;
use super::{Office, chain, derive, migrate};

/// The schema a new ledger is made with.
pub(super) const SCHEMA: &str = include_str!("../../schema.sql");
/// What marks a SQLite file as a ledger: "trbc".
const APPLICATION: i64 = 1_953_653_347;
/// How every SQLite file begins.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// What a file from anybody is opened with: its schema is not trusted to call anything, its pages are checked as they
/// are read, nothing of it is mapped into memory, and at most 64 MB of pages are held. A full check of a large file takes
/// longer than most commands, so it is `verify`'s: opening reads the header, the version and the office only. What is
/// written goes into the one file when it is closed, not during a command.
const CAREFUL: &str = "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;
PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
PRAGMA wal_autocheckpoint = 0;";

/// A write can be taken back, but is not safe from a crash.
const UNSAFE: &str = "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;";
/// As every other ledger.
const SAFE: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";

/// Makes a ledger in memory.
pub(super) fn create_in_memory(office: &Office, now: i64) -> Result<Connection> {
    check_office(office)?;
    let conn = Connection::open_in_memory()?;
    configure(&conn, Duration::ZERO)?;
    fill(&conn, office, now)?;
    Ok(conn)
}

/// How the pages of a new ledger are kept while it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeping {
    /// Every commit is safe.
    Safe,
    /// Nothing is safe until [`keep_safe`] and [`sync`]: for a file that is thrown away where anything fails.
    Later,
}

/// Makes a ledger in a new file; on failure there is no file.
pub(super) fn create(path: &Path, office: &Office, now: i64, keeping: Keeping) -> Result<Connection> {
    check_office(office)?;
    let new = OpenOptions::new().write(true).create_new(true).open(path);
    new.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Error::conflict(format!("{} is there already", quoted(&path.display().to_string())))
                .hint("open it, or give the new ledger another name with `--ledger`")
        }
        _ => Error::io("create", path, error),
    })?;
    let made = || {
        let conn = open_file(path, OpenFlags::SQLITE_OPEN_READ_WRITE, Duration::ZERO)?;
        match keeping {
            Keeping::Safe => conn.pragma_update(None, "journal_mode", "WAL")?,
            Keeping::Later => conn.execute_batch(UNSAFE)?,
        }
        fill(&conn, office, now)?;
        Ok(conn)
    };
    made().map_err(|error: Error| {
        discard(path);
        error.in_file(path)
    })
}

/// Has what is written from now on kept as in every other ledger.
pub(super) fn keep_safe(conn: &Connection) -> Result<()> {
    Ok(conn.execute_batch(SAFE)?)
}

/// Makes what a closed file holds safe.
pub(super) fn sync(path: &Path) -> Result<()> {
    let synced = std::fs::File::open(path).and_then(|file| file.sync_all());
    synced.map_err(|error| Error::io("write", path, error))
}

/// Removes a ledger with what SQLite may have put beside it. Called only on files this process made.
pub(super) fn discard(path: &Path) {
    for file in [path.to_owned(), beside(path, "-wal"), beside(path, "-shm")] {
        // What is not there need not go; what cannot go is told by the error that led here.
        let _ = std::fs::remove_file(file);
    }
}

fn check_office(office: &Office) -> Result<()> {
    if !is_office_code(&office.code) {
        return Err(Error::usage(format!("{} is no office code", quoted(&office.code)))
            .hint("two to twelve capital letters and digits, a letter first: KHI"));
    }
    sound_name(&office.title)?;
    Ok(())
}

fn fill(conn: &Connection, office: &Office, now: i64) -> Result<()> {
    conn.execute_batch("BEGIN IMMEDIATE")?;
    conn.execute_batch(SCHEMA)?;
    chain::found(conn, office, now)?;
    derive::begin(conn)?;
    conn.execute_batch("COMMIT")?;
    Ok(())
}

/// Opens to write. An older ledger is brought up to this program's version.
pub(super) fn open_to_write(path: &Path, wait: Duration) -> Result<Connection> {
    look(path)?;
    let open = || {
        let conn = open_file(path, OpenFlags::SQLITE_OPEN_READ_WRITE, wait)?;
        check_application(path, &conn)?;
        migrate::check(&conn)?;
        if conn.is_readonly("main")? {
            return Err(Error::new(Kind::Io, "the ledger cannot be written").hint("check who may write the file"));
        }
        migrate::upgrade(&conn, migrate::STEPS)?;
        Ok(conn)
    };
    open().map_err(|error| located(error, path))
}

/// Opens to read. Where neither the file nor its folder can be written, the file is read as it lies, which is right
/// only if no writer left anything beside it.
pub(super) fn open_to_read(path: &Path, wait: Duration) -> Result<Connection> {
    look(path)?;
    let open = |immutable: bool| {
        let conn = if immutable {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
            open_file(&immutable_uri(path), flags, wait)?
        } else {
            open_file(path, OpenFlags::SQLITE_OPEN_READ_WRITE, wait)?
        };
        conn.pragma_update(None, "query_only", true)?;
        check_application(path, &conn)?;
        migrate::check(&conn)?;
        migrate::refuse_older(&conn)?;
        Ok(conn)
    };
    let locked_down = std::fs::metadata(path).is_ok_and(|about| about.permissions().readonly());
    let opened = if locked_down && !has_pending(path) { open(true) } else { open(false) };
    opened
        .or_else(|error| if is_unwritable(&error) && !has_pending(path) { open(true) } else { Err(error) })
        .map_err(|error| located(error, path))
}

fn located(error: Error, path: &Path) -> Error {
    if error.position().file.is_some() { error } else { error.in_file(path) }
}

fn is_unwritable(error: &Error) -> bool {
    let source = std::error::Error::source(error).and_then(|source| source.downcast_ref::<rusqlite::Error>());
    matches!(
        source.and_then(rusqlite::Error::sqlite_error_code),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied)
    )
}

/// Whether a writer left pages beside the file that are not in it yet.
fn has_pending(path: &Path) -> bool {
    std::fs::metadata(beside(path, "-wal")).is_ok_and(|wal| wal.len() > 0)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// A `file:` URI of a path, every byte that could mean something else written as `%XX`.
fn immutable_uri(path: &Path) -> PathBuf {
    let mut uri = String::from("file:");
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => uri.push(char::from(byte)),
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri.push_str("?immutable=1");
    PathBuf::from(uri)
}

/// Tells what can be told of a file before SQLite looks at it.
fn look(path: &Path) -> Result<()> {
    let failed = |error| Error::io("open", path, error);
    let mut file = std::fs::File::open(path).map_err(|error| {
        let missing = error.kind() == std::io::ErrorKind::NotFound;
        let new = failed(error);
        if missing { new.hint("make a ledger with `trucebook init`, or name one with `--ledger`") } else { new }
    })?;
    if file.metadata().map_err(failed)?.is_dir() {
        return Err(failed(std::io::ErrorKind::IsADirectory.into()));
    }
    let mut start = Vec::new();
    file.by_ref().take(MAGIC.len() as u64).read_to_end(&mut start).map_err(failed)?;
    match start.as_slice() {
        [] => Err(no_ledger(path, "it is empty")),
        MAGIC => Ok(()),
        _ => Err(no_ledger(path, "it is no SQLite file")),
    }
}

fn open_file(path: &Path, flags: OpenFlags, wait: Duration) -> Result<Connection> {
    let conn = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    configure(&conn, wait)?;
    Ok(conn)
}

fn configure(conn: &Connection, wait: Duration) -> Result<()> {
    conn.busy_timeout(wait)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.execute_batch(CAREFUL)?;
    // Prepared statements are kept for the life of a command; there are about this many different ones.
    conn.set_prepared_statement_cache_capacity(128);
    Ok(())
}

fn check_application(path: &Path, conn: &Connection) -> Result<()> {
    let application: i64 = conn.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if application == APPLICATION {
        return Ok(());
    }
    Err(no_ledger(path, "it is a SQLite file of another program"))
}

/// Puts what was written into the one file, as far as no reader is in the way: whoever closes last does it then.
pub(super) fn settle(conn: &Connection) {
    // Nothing is lost where this fails: the next one to open the ledger does it.
    let _ = conn.busy_timeout(Duration::ZERO);
    let _ = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
}
