//! Dispatches as JSON lines: `{uri?, url?, title?, language?, published?, outlet?, text}`.

use serde::Deserialize;

use super::{Told, name, published};
use crate::error::{Error, Result, quoted};
use crate::model::text::{cut, shown};

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
}

/// Reads a line.
pub(in crate::import) fn read(line: &str) -> Result<Told> {
    let record: Record = serde_json::from_str(line).map_err(|error| {
        Error::data(format!("no dispatch: {}", shown(&cut(&error.to_string(), 200))))
            .hint("a line is {\"text\": \"…\"}, with uri, url, title, language, published and outlet where they are known")
            .caused_by(error)
    })?;
    let when = match record.published.as_deref() {
        Some(text) => Some(published(text).ok_or_else(|| {
            Error::data(format!("{} is no date", quoted(text)))
                .in_column("published")
                .hint("write it as 2020-10-12 or 2020-10-12T09:30:00+04:00")
        })?),
        None => None,
    };
    Ok(Told {
        uri: record.uri,
        url: record.url,
        title: record.title.as_deref().and_then(name),
        source: record.outlet.as_deref().and_then(name),
        language: record.language,
        published: when,
        text: record.text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_dispatch() {
        let told = read(r#"{"text": "A.", "outlet": " Silk  Road ", "published": "2020-10-12"}"#).unwrap();
        assert_eq!((told.text.as_str(), told.source.as_deref()), ("A.", Some("Silk Road")));
        assert!(read(r#"{"text": "A.", "published": "yesterday"}"#).is_err());
        assert!(read(r#"{"txt": "A."}"#).is_err());
    }
}
