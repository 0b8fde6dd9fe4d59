//! Where claims were read: outlets, the texts they published, and places in those texts.

use serde::{Deserialize, Serialize};

use super::edtf::Edtf;
use super::vocabulary::vocabulary;

vocabulary! {
    /// What an outlet is.
    SourceKind, "source kind" {
        /// A news agency, paper or broadcaster.
        Outlet = "outlet",
        /// A party's own channel.
        Party = "party",
        /// A monitor's report series.
        Monitor = "monitor",
        /// A compiler of others' reports, which never corroborates.
        Compiler = "compiler",
        /// A desk's own register.
        Desk = "desk",
    }
}

/// An outlet or document series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: SourceKind,
    /// Local hour at which its reporting day ends, where its figures run from morning to morning.
    pub reporting_hour: Option<u8>,
}

vocabulary! {
    /// What became of a dispatch.
    DispatchState, "dispatch state" {
        /// It stands.
        Usable = "usable",
        /// Its outlet withdrew it; its claims are flagged.
        Withdrawn = "withdrawn",
    }
}

/// One text an outlet published. Spans in claims count bytes of `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispatch {
    /// Its outlet, where the text or the importer names one.
    pub source: Option<String>,
    /// The outlet's own identifier.
    pub uri: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Its headline, where it has one.
    pub title: Option<String>,
    /// Its language, ISO 639-1. `None`: none this program reads.
    pub language: Option<String>,
    /// When it was published, as far as it tells.
    pub published: Option<Edtf>,
    /// The file's stem: what `extract` calls it.
    pub stem: String,
    /// The bytes as they came.
    pub raw: Vec<u8>,
    /// The encoding they were read as (WHATWG label).
    pub encoding: String,
    /// The working text.
    pub text: String,
    /// Byte offset in `text` where the header ends and the body starts.
    pub body: usize,
}

/// A run of bytes in a dispatch's working text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "(usize, usize)", into = "(usize, usize)")]
pub struct ByteSpan {
    /// First byte.
    pub lo: usize,
    /// First byte after.
    pub hi: usize,
}

impl From<(usize, usize)> for ByteSpan {
    fn from((lo, hi): (usize, usize)) -> Self {
        Self { lo, hi }
    }
}

impl From<ByteSpan> for (usize, usize) {
    fn from(span: ByteSpan) -> Self {
        (span.lo, span.hi)
    }
}

impl ByteSpan {
    /// The text it covers; `None` where it does not lie on character boundaries of `text`.
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.lo..self.hi)
    }

    /// The least span that covers both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self { lo: self.lo.min(other.lo), hi: self.hi.max(other.hi) }
    }

    /// Whether it covers all of `other`.
    pub const fn holds(self, other: Self) -> bool {
        self.lo <= other.lo && other.hi <= self.hi
    }
}
