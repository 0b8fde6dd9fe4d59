//! What a file is, told by what it holds: first how it is laid out ([`Layout`]), then what it tells ([`Form`]).
//!
//! A table's form is told by its header, so the header is read first; a line of JSON's by its keys.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};

use super::document::{feed, mail, ninjs, page};
use crate::model::vocabulary::vocabulary;

vocabulary! {
    /// What a file tells, as `--as` names it.
    Form, "form of file" {
        /// A dispatch in plain text.
        Text = "text",
        /// A web page.
        Page = "html",
        /// RSS or Atom.
        Feed = "feed",
        /// A message, or an mbox of them.
        Mail = "mail",
        /// Items of a news agency in ninjs.
        Ninjs = "ninjs",
        /// Dispatches as JSON lines.
        Dispatches = "dispatches",
        /// Headlines of VIINA's `event_info`.
        Viina = "viina",
        /// Our own claims.
        Claims = "claims",
        /// ACLED's events.
        Acled = "acled",
        /// UCDP's Georeferenced Event Dataset.
        Ged = "ged",
        /// Parties with their names.
        Parties = "parties",
        /// Places with their names.
        Places = "places",
        /// Confirmed truces.
        Truces = "truces",
        /// Places as GeoNames dumps them.
        Geonames = "geonames",
    }
}

impl Form {
    /// Its name in sentences: "our claims".
    pub const fn told(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Page => "a web page",
            Self::Feed => "a feed",
            Self::Mail => "mail",
            Self::Ninjs => "ninjs items",
            Self::Dispatches => "dispatches",
            Self::Viina => "VIINA headlines",
            Self::Claims => "our claims",
            Self::Acled => "ACLED",
            Self::Ged => "UCDP GED",
            Self::Parties => "parties",
            Self::Places => "places",
            Self::Truces => "truces",
            Self::Geonames => "GeoNames",
        }
    }

    /// Whether it gives texts, in which claims are to be read.
    pub const fn gives_texts(self) -> bool {
        matches!(self, Self::Text | Self::Page | Self::Feed | Self::Mail | Self::Ninjs | Self::Dispatches | Self::Viina)
    }

    /// The form of a line of JSON, by its keys.
    pub(super) fn of_keys(keys: &BTreeSet<String>) -> Option<Self> {
        let has = |names: &[&str]| names.iter().all(|name| keys.contains(*name));
        if has(&["stance", "act"]) {
            Some(Self::Claims)
        } else if has(&["party", "kind"]) {
            Some(Self::Parties)
        } else if has(&["name", "lat", "lon"]) {
            Some(Self::Places)
        } else if has(&["title", "parties"]) {
            Some(Self::Truces)
        } else if has(&["uri"]) && ninjs::KEYS.iter().any(|key| keys.contains(*key)) {
            Some(Self::Ninjs)
        } else if has(&["text"]) {
            Some(Self::Dispatches)
        } else {
            None
        }
    }
}

/// How a file is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Running text.
    Text,
    /// A table whose cells stand between these.
    Separated(u8),
    /// An XLSX workbook.
    Workbook,
    /// An object of JSON a line.
    JsonLines,
    /// HTML.
    Html,
    /// XML of a feed.
    Xml,
    /// A message.
    Message,
    /// Messages one after the other.
    Mailbox,
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Separated(b'\t') => "TSV",
            Self::Separated(b';') => "semicolon CSV",
            Self::Separated(_) => "CSV",
            Self::Workbook => "XLSX",
            Self::JsonLines => "JSONL",
            Self::Html => "HTML",
            Self::Xml => "XML",
            Self::Message => "EML",
            Self::Mailbox => "mbox",
        })
    }
}

/// How many bytes tell what a document of words is.
const WORDS: usize = 1 << 13;
/// Endings of files that are tables or JSON lines and never running text.
const STRUCTURED: &[&str] = &["csv", "tsv", "tab", "xlsx", "jsonl", "ndjson"];

impl Layout {
    /// The layout of a file by its first bytes, as far as they alone tell: `None` may be a table or running text.
    pub(super) fn of_bytes(head: &[u8]) -> Option<Self> {
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        if head.starts_with(b"PK\x03\x04") && head.windows(3).any(|window| window == b"xl/") {
            Some(Self::Workbook)
        } else if text.strip_prefix(b"{").is_some_and(|object| object.trim_ascii_start().starts_with(b"\"")) {
            Some(Self::JsonLines)
        } else {
            Self::of_words(&String::from_utf8_lossy(text.get(..WORDS).unwrap_or(text)))
        }
    }

    /// The layout in which a form always comes, where there is but one.
    pub(super) const fn of_form(form: Form) -> Option<Self> {
        Some(match form {
            Form::Text => Self::Text,
            Form::Page => Self::Html,
            Form::Feed => Self::Xml,
            Form::Ninjs | Form::Dispatches => Self::JsonLines,
            _ => return None,
        })
    }

    /// The layout of a document by how it begins.
    fn of_words(head: &str) -> Option<Self> {
        if feed::is_feed(head) {
            Some(Self::Xml)
        } else if page::is_page(head) {
            Some(Self::Html)
        } else if mail::is_mbox(head) {
            Some(Self::Mailbox)
        } else {
            mail::is_message(head).then_some(Self::Message)
        }
    }

    /// Whether a file of it is one text.
    pub(super) const fn is_one_text(self) -> bool {
        matches!(self, Self::Text | Self::Html | Self::Message)
    }

    /// Whether a file's ending says that it is no running text.
    pub(super) fn is_structured(named: &Path) -> bool {
        let ending = named.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        ending.is_some_and(|ending| STRUCTURED.contains(&ending.as_str()))
    }
}

/// The keys of the first object of JSON, as far as the bytes reach.
pub(super) fn keys(head: &[u8]) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let mut json = serde_json::Deserializer::from_slice(head);
    // What is cut off in the middle still told its first keys.
    let _ = KeysOf(&mut keys).deserialize(&mut json);
    keys
}

/// Collects the keys of an object.
struct KeysOf<'a>(&'a mut BTreeSet<String>);

impl<'de> DeserializeSeed<'de> for KeysOf<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for KeysOf<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            self.0.insert(key);
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_the_layout() {
        assert_eq!(Layout::of_bytes(b"\xef\xbb\xbf{\"act\": 1}"), Some(Layout::JsonLines));
        assert_eq!(Layout::of_bytes(b"PK\x03\x04....xl/workbook.xml"), Some(Layout::Workbook));
        assert_eq!(Layout::of_bytes(b"PK\x03\x04....word/document.xml"), None);
        assert_eq!(Layout::of_bytes(b"a,b\n"), None);
        assert!(Layout::is_structured(Path::new("a.CSV")) && !Layout::is_structured(Path::new("a.txt")));
    }

    #[test]
    fn keys_are_read_as_far_as_the_bytes_reach() {
        let keys: Vec<_> = keys(br#"{"stance": "alleges", "act": {"a": 1}, "quote": "cut of"#).into_iter().collect();
        assert_eq!(keys, ["act", "quote", "stance"]);
        assert_eq!(Form::of_keys(&keys.into_iter().collect()), Some(Form::Claims));
    }
}
