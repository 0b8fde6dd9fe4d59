//! IPTC ninjs 1.x to 3.x, the JSON of news agencies: <https://iptc.org/standards/ninjs/>.

use serde::Deserialize;

use super::{Told, name, published, text_of_html};
use crate::error::{Error, Result};
use crate::model::text::cut;

/// Keys of which one stands beside `uri` in every item.
pub(in crate::import) const KEYS: &[&str] =
    &["pubstatus", "versioncreated", "body_text", "body_xhtml", "bodies", "headline", "headlines", "firstcreated"];

/// An item, as far as it is read; of what has two names, the first is of 1.x and the second of 2.x and 3.x.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Item {
    uri: Option<String>,
    versioncreated: Option<String>,
    firstcreated: Option<String>,
    pubstatus: Option<String>,
    headline: Option<String>,
    headlines: Vec<Worded>,
    body_text: Option<String>,
    body_xhtml: Option<String>,
    body_html: Option<String>,
    bodies: Vec<Worded>,
    language: Option<String>,
    provider: Option<Provider>,
    copyrightholder: Option<String>,
    url: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Worded {
    value: String,
    contenttype: Option<String>,
}

/// In 1.x a name, later an object.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Provider {
    Name(String),
    Object { name: Option<String> },
}

/// An item, and whether its outlet withdrew it.
pub(in crate::import) fn read(json: &[u8]) -> Result<(Told, bool)> {
    let item: Item = serde_json::from_slice(json).map_err(|error| {
        Error::data(format!("no ninjs item: {}", cut(&error.to_string(), 200)))
            .hint("each item is an object with `uri`, a headline and a body")
            .caused_by(error)
    })?;
    let withdrawn = match item.pubstatus.as_deref() {
        None | Some("usable") => false,
        Some("canceled" | "cancelled") => true,
        Some("withheld") => {
            return Err(Error::data("the item is withheld: its outlet has not published it")
                .in_column("pubstatus")
                .hint("import it when it is usable"));
        }
        Some(other) => {
            return Err(Error::data(format!("{} is no status of publication", crate::error::quoted(other)))
                .in_column("pubstatus")
                .hint("usable, withheld or canceled"));
        }
    };
    Ok((item.told(), withdrawn))
}

impl Item {
    fn told(self) -> Told {
        let plain = |worded: &&Worded| !worded.contenttype.as_deref().is_some_and(|kind| kind.contains("html"));
        let body = self.bodies.iter().find(plain).map(|worded| worded.value.clone());
        let marked = self.bodies.into_iter().next().map(|worded| worded.value).or(self.body_xhtml).or(self.body_html);
        let text = self.body_text.or(body).or_else(|| marked.map(|html| text_of_html(&html)));
        let source = self.provider.and_then(|provider| match provider {
            Provider::Name(name) => Some(name),
            Provider::Object { name } => name,
        });
        let title = self.headline.or_else(|| self.headlines.into_iter().next().map(|worded| worded.value));
        Told {
            uri: self.uri,
            url: self.url,
            title: title.as_deref().and_then(name),
            source: source.or(self.copyrightholder).as_deref().and_then(name),
            language: self.language,
            published: self.versioncreated.or(self.firstcreated).as_deref().and_then(published),
            text: text.unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_every_version_are_read() {
        let first =
            br#"{"uri": "urn:1", "pubstatus": "usable", "versioncreated": "2020-10-12T05:30:00Z", "language": "en",
            "headline": "Terter", "provider": "Silk Road", "body_text": "Azerbaijan accused Armenia."}"#;
        let third = br#"{"uri": "urn:1", "versioncreated": "2020-10-12T05:30:00Z", "headlines": [{"value": "Terter"}],
            "provider": {"name": "Silk Road"}, "language": "en",
            "bodies": [{"contenttype": "text/html", "value": "<p>Azerbaijan accused Armenia.</p>"}]}"#;
        for json in [&first[..], &third[..]] {
            let (told, withdrawn) = read(json).unwrap();
            assert_eq!((told.title.as_deref(), told.source.as_deref()), (Some("Terter"), Some("Silk Road")));
            assert_eq!((told.text.trim(), withdrawn), ("Azerbaijan accused Armenia.", false));
        }
    }

    #[test]
    fn a_status_is_heeded() {
        assert!(read(br#"{"uri": "urn:1", "pubstatus": "canceled"}"#).unwrap().1);
        assert!(read(br#"{"uri": "urn:1", "pubstatus": "withheld"}"#).is_err());
        assert!(read(br#"{"uri": "urn:1", "pubstatus": "odd"}"#).is_err());
    }
}
