//! Documents that hold dispatches: web pages, feeds, mail, and the JSON of news agencies.

pub(super) mod feed;
pub(super) mod mail;
pub(super) mod ninjs;
pub(super) mod page;
mod reading;
pub(super) mod record;

pub(super) use reading::{items, read, records};

use chrono::{DateTime, Utc};

use super::dispatch::Hints;
use crate::error::{Error, Result};
use crate::extract::Lang;
use crate::model::text::is_hostile;
use crate::model::{Dispatch, Edtf};

/// What a document tells of a dispatch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// The outlet's own identifier.
    pub(super) uri: Option<String>,
    /// Where it was published.
    pub(super) url: Option<String>,
    /// Its headline.
    pub(super) title: Option<String>,
    /// Its outlet.
    pub(super) source: Option<String>,
    /// Its language, as a tag such as `en-GB`.
    pub(super) language: Option<String>,
    /// When it was published.
    pub(super) published: Option<Edtf>,
    /// Its text without the headline.
    pub(super) text: String,
}

impl Told {
    /// The dispatch: its working text begins with the headline. `raw` are the bytes as they came, read as `encoding`.
    ///
    /// # Errors
    /// Where it has no text.
    pub(super) fn dispatch(self, stem: String, raw: Vec<u8>, encoding: &str, hints: &Hints) -> Result<Dispatch> {
        let body = cleaned(&self.text);
        let title = self.title.as_deref().map(one_line).filter(|title| !title.is_empty());
        if body.is_empty() && title.is_none() {
            return Err(Error::data("it holds no text").hint("leave it out, or save the text itself in a .txt file"));
        }
        let head = title.as_ref().map(|title| format!("{title}\n\n")).unwrap_or_default();
        let tag = hints.language.clone().or(self.language);
        let language = Lang::of_text(tag.as_deref(), if body.is_empty() { &head } else { &body });
        Ok(Dispatch {
            source: hints.source.clone().or(self.source),
            uri: self.uri,
            url: self.url,
            title,
            language: language.map(|lang| lang.to_string()),
            published: self.published,
            stem,
            raw,
            encoding: encoding.to_owned(),
            body: if body.is_empty() { 0 } else { head.len() },
            text: head + &body,
        })
    }
}

/// A text with its lines trimmed, at most one blank line between paragraphs, and no carriage returns.
fn cleaned(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut blank = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            blank = !cleaned.is_empty();
            continue;
        }
        if !cleaned.is_empty() {
            cleaned.push_str(if blank { "\n\n" } else { "\n" });
        }
        blank = false;
        cleaned.push_str(line);
    }
    cleaned
}

/// Words on one line, single spaced, without characters that could hide or act.
fn one_line(text: &str) -> String {
    let words: Vec<String> =
        text.split_whitespace().map(|word| word.chars().filter(|c| !is_hostile(*c)).collect()).collect();
    words.join(" ").trim().to_owned()
}

/// A name of an outlet, if there are words in it.
fn name(text: &str) -> Option<String> {
    Some(one_line(text)).filter(|name| !name.is_empty())
}

/// The text of HTML, its paragraphs on lines of their own.
fn text_of_html(html: &str) -> String {
    dom_query::Document::from(html).formatted_text().to_string()
}

/// A moment of publication.
fn moment(utc: DateTime<Utc>) -> Option<Edtf> {
    utc.format("%Y-%m-%dT%H:%M:%SZ").to_string().parse().ok()
}

/// A time of publication as documents write it: EDTF, RFC 3339 or RFC 2822, else the day it begins with.
fn published(text: &str) -> Option<Edtf> {
    let text = text.trim();
    let instant = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc2822(text));
    if let Ok(instant) = instant {
        return moment(instant.with_timezone(&Utc));
    }
    text.parse().ok().or_else(|| text.get(..10)?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headline_opens_the_text_and_is_no_part_of_the_body() {
        let told = Told {
            title: Some(" Shelling \u{202e}resumes\n ".into()),
            text: "  One.\r\n\r\n\r\nTwo. \n".into(),
            ..Told::default()
        };
        let dispatch = told.dispatch("a".into(), Vec::new(), "UTF-8", &Hints::default()).unwrap();
        assert_eq!(dispatch.text, "Shelling resumes\n\nOne.\n\nTwo.");
        assert_eq!(dispatch.text.get(dispatch.body..), Some("One.\n\nTwo."));
        assert!(Told::default().dispatch("a".into(), Vec::new(), "UTF-8", &Hints::default()).is_err());
    }

    #[test]
    fn times_are_read_as_documents_write_them() {
        let read = |text: &str| published(text).map(|edtf| edtf.to_string());
        assert_eq!(read("2020-10-10T12:05:00+04:00").as_deref(), Some("2020-10-10T08:05:00Z"));
        assert_eq!(read("Sat, 10 Oct 2020 08:05:00 GMT").as_deref(), Some("2020-10-10T08:05:00Z"));
        assert_eq!(read("2020-10-10").as_deref(), Some("2020-10-10"));
        assert_eq!(read("2020-10-10 12:05").as_deref(), Some("2020-10-10T12:05"));
        assert_eq!(read("2020-10-10 at noon").as_deref(), Some("2020-10-10"));
        assert_eq!(read("yesterday"), None);
    }
}
