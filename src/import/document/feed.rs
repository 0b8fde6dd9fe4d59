//! RSS and Atom: each item is a dispatch.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Told, moment, name, text_of_html};
use crate::error::{Error, Result};

/// Whether bytes begin as a feed does.
pub(in crate::import) fn is_feed(head: &str) -> bool {
    let head = head.trim_start();
    let opens = head.starts_with("<?xml") || head.starts_with("<rss") || head.starts_with("<feed");
    let near = head.get(..head.floor_char_boundary(2_000)).unwrap_or(head);
    opens && ["<rss", "<feed", "<rdf:RDF"].iter().any(|tag| near.contains(tag))
}

/// Reads a feed: what each item tells, and its bytes as they came; of a feed that is not UTF-8, those of its text.
pub(in crate::import) fn read(bytes: &[u8]) -> Result<Vec<(Told, Vec<u8>)>> {
    let feed = feed_rs::parser::parse(bytes).map_err(|error| {
        Error::data(format!("the feed cannot be read: {error}")).hint("fetch it again").caused_by(error)
    })?;
    let source = feed.title.as_ref().and_then(|title| name(&title.content));
    let came = std::str::from_utf8(bytes).map(elements).unwrap_or_default();
    let came = Some(came).filter(|came| came.len() == feed.entries.len()).unwrap_or_default();
    let entries = feed.entries.into_iter().zip(came.into_iter().map(Some).chain(std::iter::repeat(None)));
    let entries = entries.map(|(entry, came)| {
        let content = entry.content.and_then(|content| content.body);
        let text = content.or_else(|| entry.summary.map(|summary| summary.content)).unwrap_or_default();
        let told = Told {
            uri: Some(entry.id).filter(|id| !id.is_empty()),
            url: entry.links.into_iter().next().map(|link| link.href),
            title: entry.title.as_ref().and_then(|title| name(&text_of_html(&title.content))),
            source: source.clone(),
            language: entry.language.or_else(|| feed.language.clone()),
            published: entry.published.or(entry.updated).and_then(moment),
            text: text_of_html(&text),
        };
        let came = came.unwrap_or(&told.text).as_bytes().to_vec();
        (told, came)
    });
    Ok(entries.collect())
}

/// The items of a feed as they stand in it, as far as its XML is sound.
fn elements(feed: &str) -> Vec<&str> {
    let is_item = |name: &str| matches!(name, "item" | "entry");
    let mut reader = Reader::from_str(feed);
    let (mut elements, mut from, mut within) = (Vec::new(), 0, 0_usize);
    loop {
        let at = reader.buffer_position();
        match reader.read_event() {
            Ok(Event::Start(start)) if is_item(start.local_name().as_ref()) => {
                from = if within == 0 { at } else { from };
                within += 1;
            }
            Ok(Event::End(end)) if is_item(end.local_name().as_ref()) => {
                within = within.saturating_sub(1);
                let range = usize::try_from(from).ok().zip(usize::try_from(reader.buffer_position()).ok());
                let element = range.and_then(|(from, to)| feed.get(from..to));
                elements.extend(element.filter(|_| within == 0));
            }
            Ok(Event::Eof) | Err(_) => return elements,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_rss_and_entries_of_atom_are_dispatches() {
        let rss = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Silk Road</title><language>en</language>
<item><guid isPermaLink="false">sr-1</guid><title>Shelling &amp; denial</title><link>https://example.org/1</link>
<pubDate>Mon, 12 Oct 2020 05:30:00 GMT</pubDate>
<description>&lt;p&gt;Azerbaijan accused Armenia of shelling Terter.&lt;/p&gt;&lt;p&gt;Armenia denied it.&lt;/p&gt;</description></item>
</channel></rss>"#;
        assert!(is_feed(rss));
        let (told, came): (Vec<_>, Vec<_>) = read(rss.as_bytes()).unwrap().into_iter().unzip();
        assert_eq!(told.len(), 1);
        let came = String::from_utf8_lossy(&came[0]).into_owned();
        assert!(came.starts_with("<item><guid") && came.ends_with("</item>") && rss.contains(&came), "{came}");
        assert_eq!(told[0].uri.as_deref(), Some("sr-1"));
        assert_eq!(
            (told[0].title.as_deref(), told[0].source.as_deref()),
            (Some("Shelling & denial"), Some("Silk Road"))
        );
        assert_eq!(told[0].published.unwrap().to_string(), "2020-10-12T05:30:00Z");
        assert!(told[0].text.contains("Terter.\n") && !told[0].text.contains('<'), "{}", told[0].text);
        let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Desk</title><id>d</id><updated>2020-10-12T00:00:00Z</updated>
<entry><id>urn:1</id><title>A</title><updated>2020-10-12T05:30:00Z</updated><content type="html">&lt;b&gt;B&lt;/b&gt;</content></entry></feed>"#;
        assert!(is_feed(atom));
        let (told, came) = read(atom.as_bytes()).unwrap().remove(0);
        assert_eq!(told.text.trim(), "B");
        assert!(came.starts_with(b"<entry><id>urn:1") && came.ends_with(b"</entry>"));
    }

    #[test]
    fn a_damaged_feed_is_an_error() {
        assert!(read(b"<rss><channel><item>").is_err() || read(b"<rss><channel><item>").unwrap().is_empty());
        assert!(!is_feed("<html><body>"));
    }
}
