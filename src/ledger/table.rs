//! Fact tables as data: one list of columns gives the INSERT, the scan in key order, the canonical encoding and a
//! struct to fill and read by name, so that none of them can disagree with another.

use std::str::FromStr;

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};

use crate::error::{Error, Kind, Result};
use crate::model::Id;

/// A fact table, or a table of child rows that are hashed inside their parent's entry.
#[derive(Debug)]
pub(super) struct Table {
    /// What it is called in encodings, never to be used for another table. Entries from 1, children from 200.
    pub(super) code: u8,
    /// Its name in the schema.
    pub(super) name: &'static str,
    /// The columns in order, without the seal.
    pub(super) columns: &'static [&'static str],
    /// For each column its tag in the encoding, never to be used for another; 0: not encoded.
    pub(super) tags: &'static [u8],
    /// Writes a row; the parameters are the columns in order (for an entry, then the seal).
    pub(super) insert: &'static str,
    /// All rows in key order: the columns (for an entry, then the seal).
    pub(super) scan: &'static str,
    /// The newest id of this office. Entries only.
    pub(super) newest: &'static str,
    /// The row of an id: the columns, then the seal. Of child rows those of a parent in order.
    pub(super) of: &'static str,
    /// Marks the rows from `:first` to `:last` as undone by `:by`. Entries only.
    pub(super) bury: &'static str,
    /// Child tables, by code.
    pub(super) children: &'static [&'static Table],
}

/// Declares a fact table (`entry`) or a table of children (`child … of parent by key`).
macro_rules! table {
    (
        $(#[$meta:meta])*
        entry $table:ident, $row:ident = $code:literal $name:literal { $($tag:literal $column:ident,)+ }
        $(children $($child:expr),+ ;)?
    ) => {
        $(#[$meta])*
        pub(super) static $table: $crate::ledger::table::Table = $crate::ledger::table::Table {
            code: $code,
            name: $name,
            columns: &[$(stringify!($column)),+],
            tags: &[$($tag),+],
            insert: concat!(
                "INSERT INTO ", $name, " (", $(stringify!($column), ", ",)+ "seal) VALUES (",
                $(":", stringify!($column), ", ",)+ ":seal)"
            ),
            scan: concat!("SELECT ", $(stringify!($column), ", ",)+ "seal FROM ", $name, " ORDER BY id"),
            newest: concat!("SELECT max(id) FROM ", $name, " WHERE id <= 4294967295"),
            of: concat!("SELECT ", $(stringify!($column), ", ",)+ "seal FROM ", $name, " WHERE id = :id"),
            bury: concat!(
                "INSERT INTO dead (kind, id, cause, by) SELECT '", $name, "', id, 'undone', :by FROM ", $name,
                " WHERE id BETWEEN :first AND :last ON CONFLICT (kind, id) DO NOTHING"
            ),
            children: &[$($(&$child),+)?],
        };
        $crate::ledger::table::row!($row { $($column,)+ });
    };
    (
        $(#[$meta:meta])*
        child $table:ident, $row:ident = $code:literal $name:literal of $parent:literal by $key:literal {
            0 $first:ident, $($tag:literal $column:ident,)+
        }
    ) => {
        $(#[$meta])*
        pub(super) static $table: $crate::ledger::table::Table = $crate::ledger::table::Table {
            code: $code,
            name: $name,
            columns: &[stringify!($first), $(stringify!($column)),+],
            tags: &[0, $($tag),+],
            insert: concat!(
                "INSERT INTO ", $name, " (", stringify!($first), $(", ", stringify!($column),)+ ") VALUES (:",
                stringify!($first), $(", :", stringify!($column),)+ ")"
            ),
            scan: concat!(
                "SELECT ", stringify!($first), $(", ", stringify!($column),)+ " FROM ", $name, " ORDER BY ", $key
            ),
            newest: "",
            of: concat!(
                "SELECT ", stringify!($first), $(", ", stringify!($column),)+ " FROM ", $name, " WHERE ", $parent,
                " = :id ORDER BY ", $key
            ),
            bury: "",
            children: &[],
        };
        $crate::ledger::table::row!($row { $first, $($column,)+ });
    };
}

/// A row by the names of its columns.
macro_rules! row {
    ($row:ident { $($column:ident),+ $(,)? }) => {
        #[derive(Debug, Clone, Copy, Default)]
        #[allow(dead_code, reason = "some tables are written or read by position only")]
        pub(super) struct $row<'a> { $(pub(super) $column: $crate::ledger::table::Cell<'a>,)+ }

        impl<'a> $row<'a> {
            /// The cells in the order of the table's columns.
            #[allow(dead_code, reason = "some tables are written or read by position only")]
            pub(super) const fn cells(&self) -> [$crate::ledger::table::Cell<'a>; [$(stringify!($column)),+].len()] {
                [$(self.$column),+]
            }

            /// The row of cells in the order of the table's columns.
            #[allow(dead_code, reason = "most tables are not written so")]
            pub(super) const fn of(cells: [$crate::ledger::table::Cell<'a>; [$(stringify!($column)),+].len()]) -> Self {
                let [$($column),+] = cells;
                Self { $($column),+ }
            }

            /// Reads a row selected in the order of the table's columns.
            #[allow(dead_code, reason = "some tables are read with joins only")]
            pub(super) fn read(row: &'a rusqlite::Row<'_>) -> rusqlite::Result<Self> {
                let mut at = 0..;
                let mut next = || {
                    row.get_ref(at.next().unwrap_or_default()).map($crate::ledger::table::Cell::from)
                };
                Ok(Self { $($column: next()?,)+ })
            }
        }
    };
}

pub(super) use {row, table};

/// A value of a row.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) enum Cell<'a> {
    /// Unknown.
    #[default]
    Null,
    /// A number, an id, an instant, a flag.
    Int(i64),
    /// Words.
    Text(&'a str),
    /// Bytes; of text that is not UTF-8 too, so that `verify` can name the row.
    Blob(&'a [u8]),
    /// A fraction: no column of ours holds one.
    Real,
}

impl<'a> From<ValueRef<'a>> for Cell<'a> {
    fn from(value: ValueRef<'a>) -> Self {
        match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(n) => Self::Int(n),
            ValueRef::Real(_) => Self::Real,
            ValueRef::Text(bytes) => std::str::from_utf8(bytes).map_or(Self::Blob(bytes), Self::Text),
            ValueRef::Blob(bytes) => Self::Blob(bytes),
        }
    }
}

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Self::Null | Self::Real => ValueRef::Null,
            Self::Int(n) => ValueRef::Integer(n),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

macro_rules! cell_from {
    ($($type:ty => |$value:ident| $cell:expr,)+) => {
        $(impl<'a> From<$type> for Cell<'a> {
            fn from($value: $type) -> Self { $cell }
        })+
    };
}

cell_from! {
    i64 => |n| Self::Int(n),
    bool => |flag| Self::Int(i64::from(flag)),
    Id => |id| Self::Int(id.0),
    &'a str => |text| Self::Text(text),
    &'a [u8] => |bytes| Self::Blob(bytes),
}

impl<T: Into<Self>> From<Option<T>> for Cell<'_> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<'a> Cell<'a> {
    /// The number in it.
    pub(super) fn int(self) -> Result<i64> {
        self.maybe_int()?.ok_or_else(unreadable)
    }

    /// The number in it, if known.
    pub(super) fn maybe_int(self) -> Result<Option<i64>> {
        match self {
            Self::Null => Ok(None),
            Self::Int(n) => Ok(Some(n)),
            _ => Err(unreadable()),
        }
    }

    /// The id in it.
    pub(super) fn id(self) -> Result<Id> {
        self.int().map(Id)
    }

    /// The id in it, if any.
    pub(super) fn maybe_id(self) -> Result<Option<Id>> {
        Ok(self.maybe_int()?.map(Id))
    }

    /// The flag in it, if known.
    pub(super) fn maybe_flag(self) -> Result<Option<bool>> {
        Ok(self.maybe_int()?.map(|n| n != 0))
    }

    /// The text in it.
    pub(super) fn text(self) -> Result<&'a str> {
        self.maybe_text()?.ok_or_else(unreadable)
    }

    /// The text in it, if any.
    pub(super) fn maybe_text(self) -> Result<Option<&'a str>> {
        match self {
            Self::Null => Ok(None),
            Self::Text(text) => Ok(Some(text)),
            _ => Err(unreadable()),
        }
    }

    /// The text in it, if any, to keep.
    pub(super) fn owned(self) -> Result<Option<String>> {
        Ok(self.maybe_text()?.map(str::to_owned))
    }

    /// The bytes in it.
    pub(super) fn bytes(self) -> Result<&'a [u8]> {
        match self {
            Self::Blob(bytes) => Ok(bytes),
            Self::Text(text) => Ok(text.as_bytes()),
            _ => Err(unreadable()),
        }
    }

    /// The word, date or zone in it.
    pub(super) fn word<T: FromStr>(self) -> Result<T> {
        self.maybe_word()?.ok_or_else(unreadable)
    }

    /// The word, date or zone in it, if any.
    pub(super) fn maybe_word<T: FromStr>(self) -> Result<Option<T>> {
        self.maybe_text()?.map(|text| text.parse().map_err(|_| unreadable())).transpose()
    }
}

/// A row that does not hold what this program writes.
pub(super) fn unreadable() -> Error {
    Error::new(Kind::Ledger, "the ledger holds a row that this program cannot have written")
        .hint("`trucebook verify` names the row that was changed; restore the file from a copy")
}
