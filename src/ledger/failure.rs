//! What SQLite reports, in the words of the one error type.

use std::path::Path;

use rusqlite::ffi::ErrorCode;

use crate::error::{Error, Kind};

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let (kind, message, hint) = match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => (
                Kind::Busy,
                "another program is writing to the ledger",
                Some("wait for it to finish, or let this command wait longer with `--wait`"),
            ),
            Some(ErrorCode::NotADatabase) => (
                Kind::Ledger,
                "this is no ledger",
                Some("name another file with `--ledger`, or make one with `trucebook init`"),
            ),
            Some(ErrorCode::DatabaseCorrupt) => (
                Kind::Ledger,
                "the ledger is damaged",
                Some("restore the file from a copy; `trucebook verify` says more"),
            ),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                (Kind::Io, "the ledger cannot be written", Some("check who may write the file and its folder"))
            }
            Some(ErrorCode::CannotOpen) => {
                (Kind::Io, "the ledger cannot be opened", Some("check who may read and write the file and its folder"))
            }
            Some(ErrorCode::DiskFull) => (
                Kind::Io,
                "the disk is full",
                Some("free some space and run the command again; the ledger is as it was"),
            ),
            Some(ErrorCode::TooBig) => (Kind::Data, "a text is too large for the ledger", None),
            Some(ErrorCode::SystemIoFailure) => (
                Kind::Io,
                "reading or writing the ledger failed",
                Some("check that the disk has free space and is sound; the ledger is as it was"),
            ),
            _ => (Kind::Ledger, "the ledger did not take or give what was asked", None),
        };
        // What SQLite says in its own words; never the SQL, which some of its errors carry.
        let message = match &error {
            rusqlite::Error::SqliteFailure(_, Some(words)) => format!("{message}: {words}"),
            rusqlite::Error::SqlInputError { msg, .. } => format!("{message}: {msg}"),
            rusqlite::Error::SqliteFailure(..) => message.to_owned(),
            other => format!("{message}: {other}"),
        };
        let new = Self::new(kind, message).caused_by(error);
        match hint {
            Some(hint) => new.hint(hint),
            None => new,
        }
    }
}

/// A file that is no ledger.
pub(super) fn no_ledger(path: &Path, what: &str) -> Error {
    Error::new(Kind::Ledger, format!("this is no ledger: {what}"))
        .hint("name another file with `--ledger`, or make one with `trucebook init`")
        .in_file(path)
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::*;

    #[test]
    fn what_sqlite_reports_has_a_kind_and_a_hint() {
        for (code, kind, message) in [
            (ffi::SQLITE_BUSY, Kind::Busy, "another program is writing to the ledger"),
            (ffi::SQLITE_LOCKED, Kind::Busy, "another program is writing to the ledger"),
            (ffi::SQLITE_NOTADB, Kind::Ledger, "this is no ledger"),
            (ffi::SQLITE_CORRUPT, Kind::Ledger, "the ledger is damaged"),
            (ffi::SQLITE_READONLY, Kind::Io, "the ledger cannot be written"),
            (ffi::SQLITE_CANTOPEN, Kind::Io, "the ledger cannot be opened"),
            (ffi::SQLITE_FULL, Kind::Io, "the disk is full"),
        ] {
            let error = Error::from(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None));
            assert_eq!((error.kind(), error.to_string().as_str()), (kind, message));
            assert!(error.remedy().is_some(), "{message}");
        }
    }
}
