//! The one error type: what went wrong, where, and what to do about it.
//!
//! ```text
//! error: claims.csv:14: `lat` is 95, outside -90..90
//!   hint: 19 other rows were taken; mend this one and import the file again
//! ```

use std::fmt;
use std::path::{Path, PathBuf};

use crate::model::text::{cut, shown};

/// What kind of trouble it is. The kind decides nothing but the wording of hints and what a caller may try again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An option or argument cannot be taken.
    Usage,
    /// Outside data is wrong: a row, a date, a name.
    Data,
    /// Something asked for is not there.
    NotFound,
    /// The command contradicts what the ledger holds.
    Conflict,
    /// The ledger is busy with another writer.
    Busy,
    /// The file is no ledger, is damaged, or comes from a newer program.
    Ledger,
    /// Reading or writing failed.
    Io,
}

/// Where in a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Position {
    /// The file, as the user named it.
    pub file: Option<PathBuf>,
    /// Line, from 1.
    pub line: Option<u64>,
    /// Column name or number.
    pub column: Option<String>,
}

/// The error of every fallible function of this crate.
#[derive(Debug)]
pub struct Error(Box<Parts>);

#[derive(Debug)]
struct Parts {
    kind: Kind,
    message: String,
    hint: Option<String>,
    at: Position,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// `Result` with [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// User text in a message is cut to so many characters.
const QUOTE_MAX: usize = 80;

/// User text as it may stand in a message: cut, and nothing in it can act on a terminal.
pub fn quoted(text: &str) -> String {
    format!("`{}`", shown(&cut(text, QUOTE_MAX)))
}

impl Error {
    /// An error of a kind. `message` must quote outside text through [`quoted`].
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self(Box::new(Parts { kind, message: message.into(), hint: None, at: Position::default(), source: None }))
    }

    /// A wrong option or argument.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    /// Wrong data.
    pub fn data(message: impl Into<String>) -> Self {
        Self::new(Kind::Data, message)
    }

    /// A thing that is not there.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(Kind::NotFound, message)
    }

    /// A contradiction with what the ledger holds.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(Kind::Conflict, message)
    }

    /// An operating system's error about a file: "cannot read `x`: No such file or directory".
    pub fn io(doing: &str, path: &Path, error: std::io::Error) -> Self {
        let message = format!("cannot {doing} {}: {error}", quoted(&path.display().to_string()));
        let hint = match error.kind() {
            std::io::ErrorKind::NotFound => Some("check the path; nothing was changed"),
            std::io::ErrorKind::PermissionDenied => Some("check who may read and write there"),
            std::io::ErrorKind::IsADirectory => Some("that is a folder; name a file in it"),
            std::io::ErrorKind::StorageFull => {
                Some("free some space and run the command again; the ledger is as it was")
            }
            _ => None,
        };
        let new = Self::new(Kind::Io, message).caused_by(error);
        match hint {
            Some(hint) => new.hint(hint),
            None => new,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// The file it is about.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.0.at.file = Some(file.into());
        self
    }

    /// The file it is about, unless its message names one: that of reading or writing does.
    #[must_use]
    pub fn about(self, file: &Path) -> Self {
        if self.kind() == Kind::Io { self } else { self.in_file(file) }
    }

    /// The line it is about, from 1.
    #[must_use]
    pub const fn at_line(mut self, line: u64) -> Self {
        self.0.at.line = Some(line);
        self
    }

    /// The column it is about.
    #[must_use]
    pub fn in_column(mut self, column: impl Into<String>) -> Self {
        self.0.at.column = Some(column.into());
        self
    }

    /// The same error about a file that goes by another name with the user.
    #[must_use]
    pub fn renaming(mut self, from: &Path, to: &Path) -> Self {
        if self.0.at.file.as_deref() == Some(from) {
            self.0.at.file = Some(to.to_owned());
        }
        let escaped = |path: &Path| shown(&path.display().to_string()).to_string();
        self.0.message = self.0.message.replace(&escaped(from), &escaped(to));
        self
    }

    /// The error below it.
    #[must_use]
    pub fn caused_by(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    /// Its kind.
    pub const fn kind(&self) -> Kind {
        self.0.kind
    }

    /// What went wrong, without the position.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Its hint.
    pub fn remedy(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// Where it is.
    pub const fn position(&self) -> &Position {
        &self.0.at
    }
}

/// The position as it stands before a message: `claims.csv:14: `.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}:", shown(&file.display().to_string()))?;
        }
        if let Some(line) = self.line {
            write!(f, "{}{line}:", if self.file.is_some() { "" } else { "line " })?;
        }
        if let Some(column) = &self.column {
            write!(f, "{}{}:", if self.file.is_some() || self.line.is_some() { " " } else { "" }, shown(column))?;
        }
        if *self == Self::default() { Ok(()) } else { f.write_str(" ") }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0.at, self.0.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

/// Model errors that carry no position of their own become data errors, with the hint that goes with them.
macro_rules! from_model {
    ($($error:path => $hint:expr,)+) => {
        $(impl From<$error> for Error {
            fn from(error: $error) -> Self {
                let hint: Option<String> = $hint(&error);
                let new = Self::data(error.to_string()).caused_by(error);
                match hint {
                    Some(hint) => new.hint(hint),
                    None => new,
                }
            }
        })+
    };
}

from_model! {
    crate::model::area::BadArea => |_: &_| None,
    crate::model::edtf::BadDate => |_: &_| Some(crate::model::edtf::DATE_HINT.to_owned()),
    crate::model::range::BadAmount => |_: &_| Some(crate::model::range::RANGE_HINT.to_owned()),
    crate::model::number::BadNumber => |_: &_| None,
    crate::model::party::BadName => |error: &crate::model::party::BadName| Some(error.remedy().to_owned()),
    crate::model::place::BadCoordinate => |_: &_| Some(
        "write degrees as decimals, 40.68 and 46.36; south and west are negative".to_owned()
    ),
    crate::model::vocabulary::UnknownWord => |error: &crate::model::vocabulary::UnknownWord| {
        let lead = if error.what == crate::model::when::ZONE { "such as" } else { "one of" };
        Some(format!("{lead}: {}", error.known.join(", ")))
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_position_comes_first() {
        let error = Error::data("`lat` is 95").in_file("claims.csv").at_line(14);
        assert_eq!(error.to_string(), "claims.csv:14: `lat` is 95");
        let error = Error::data("bad").in_file("a.csv").at_line(2).in_column("lat");
        assert_eq!(error.to_string(), "a.csv:2: lat: bad");
        assert_eq!(Error::data("bad").to_string(), "bad");
    }

    #[test]
    fn user_text_is_cut_and_escaped() {
        assert_eq!(quoted("\u{1b}[2J"), "`\\u{1b}[2J`");
        assert!(quoted(&"A".repeat(40_000)).len() < 100);
    }
}
