//! Dispatches as JSON lines: `{uri?, url?, title?, language?, published?, outlet?, text}`, and as an export of this program
//! writes them, with what it takes to have them again as they were.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::{Told, name, published};
use crate::error::{Error, Result, quoted};
use crate::import::dispatch::Hints;
use crate::import::item::Item;
use crate::import::lines;
use crate::model::edtf::BadDate;
use crate::model::{Dispatch, DispatchState};

/// A line.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    #[serde(default)]
    uri: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    outlet: Option<String>,
    text: String,
    /// Its number in the ledger it comes from, which means nothing in another.
    #[serde(default, rename = "number")]
    _number: Option<String>,
    #[serde(default)]
    stem: Option<String>,
    #[serde(default)]
    state: Option<DispatchState>,
    #[serde(default)]
    encoding: Option<String>,
    #[serde(default, rename = "sha256")]
    _sha256: Option<String>,
    /// Where the body begins in the text, which is then the working text with its headline.
    #[serde(default)]
    body_at: Option<usize>,
    /// The bytes as they came, in base64, where they are not those of the text.
    #[serde(default)]
    raw: Option<String>,
}

const SHAPE: &str =
    "a line is {\"text\": \"…\"}, with uri, url, title, language, published and outlet where they are known";

/// What a line tells.
pub(in crate::import) fn item(line: &str, stem: String, hints: &Hints) -> Result<Item> {
    let record: Record = lines::parsed(line, "dispatch", SHAPE)?;
    let withdrawn = record.state == Some(DispatchState::Withdrawn);
    let dispatch = if let Some(body) = record.body_at {
        kept(record, body, stem)?
    } else {
        let raw = record.text.clone().into_bytes();
        told(record)?.dispatch(stem, raw, "UTF-8", hints)?
    };
    let dispatch = Box::new(dispatch);
    Ok(if withdrawn { Item::Withdrawal(dispatch) } else { Item::Dispatch(dispatch) })
}

/// The dispatch as a ledger kept it.
fn kept(record: Record, body: usize, stem: String) -> Result<Dispatch> {
    let bad = |column: &str, what: &str| Error::data(what.to_owned()).in_column(column).hint("export it again");
    if !record.text.is_char_boundary(body) {
        return Err(bad("body_at", "the text has no such byte to begin its body with"));
    }
    let raw = match &record.raw {
        Some(raw) => STANDARD.decode(raw).map_err(|error| bad("raw", "it is no base64").caused_by(error))?,
        None => record.text.clone().into_bytes(),
    };
    let published = record.published.as_deref().map(str::parse).transpose();
    Ok(Dispatch {
        published: published.map_err(|error: BadDate| Error::from(error).in_column("published"))?,
        source: record.outlet,
        uri: record.uri,
        url: record.url,
        title: record.title,
        language: record.language,
        stem: record.stem.unwrap_or(stem),
        raw,
        encoding: record.encoding.unwrap_or_else(|| "UTF-8".to_owned()),
        text: record.text,
        body,
    })
}

fn told(record: Record) -> Result<Told> {
    Ok(Told {
        published: when(record.published.as_deref())?,
        uri: record.uri,
        url: record.url,
        title: record.title.as_deref().and_then(name),
        source: record.outlet.as_deref().and_then(name),
        language: record.language,
        text: record.text,
    })
}

fn when(told: Option<&str>) -> Result<Option<crate::model::Edtf>> {
    let Some(text) = told else { return Ok(None) };
    published(text).map(Some).ok_or_else(|| {
        Error::data(format!("{} is no date", quoted(text)))
            .in_column("published")
            .hint("write it as 2020-10-12 or 2020-10-12T09:30:00+04:00")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Dispatch> {
        match item(line, "stem".into(), &Hints::default())? {
            Item::Dispatch(dispatch) => Ok(*dispatch),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_line_is_a_dispatch() {
        let told =
            read(r#"{"text": "A.", "title": "T", "outlet": " Silk  Road ", "published": "2020-10-12"}"#).unwrap();
        assert_eq!((told.text.as_str(), told.source.as_deref()), ("T\n\nA.", Some("Silk Road")));
        assert!(read(r#"{"text": "A.", "published": "yesterday"}"#).is_err());
        assert!(read(r#"{"txt": "A."}"#).is_err());
    }

    #[test]
    fn what_a_ledger_kept_comes_back_as_it_was() {
        let line =
            r#"{"text": "T\n\nA.", "title": "T", "body_at": 3, "raw": "/wBB", "encoding": "UTF-16LE", "stem": "a"}"#;
        let kept = read(line).unwrap();
        assert_eq!((kept.text.as_str(), kept.body, kept.stem.as_str()), ("T\n\nA.", 3, "a"));
        assert_eq!((kept.raw.as_slice(), kept.encoding.as_str()), (&[0xff, 0, 0x41][..], "UTF-16LE"));
        assert!(read(r#"{"text": "é", "body_at": 1}"#).is_err());
        assert!(read(r#"{"text": "A", "body_at": 0, "raw": "?"}"#).is_err());
    }
}
