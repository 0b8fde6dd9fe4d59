//! A web page: its readable part, with what its metadata, its JSON-LD (`NewsArticle`) and its `<time>` tell.

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};

use super::{Told, name, published, text_of_html};
use crate::error::{Error, Result};

/// A page of more elements than these is no article.
const ELEMENTS_MAX: usize = 50_000;
/// Elements within elements beyond this depth are no page that anybody wrote.
const DEPTH_MAX: usize = 512;

/// Whether bytes begin as a page does.
pub(in crate::import) fn is_page(head: &str) -> bool {
    let head = head.trim_start().get(..200).unwrap_or(head.trim_start()).to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body", "<article"].iter().any(|tag| head.starts_with(tag))
}

/// Reads a page.
pub(in crate::import) fn read(html: &str) -> Result<Told> {
    if depth(html) > DEPTH_MAX {
        return Err(Error::data(format!("elements stand more than {DEPTH_MAX} deep in one another"))
            .hint("save the text itself in a .txt file"));
    }
    let config = Config { text_mode: TextMode::Formatted, max_elements_to_parse: ELEMENTS_MAX, ..Config::default() };
    let document = Document::from(html);
    let time = document.select("time[datetime]").attr("datetime").map(|time| time.to_string());
    let Ok(article) = Readability::with_document(document, None, Some(config)).and_then(|mut page| page.parse()) else {
        // No article stands out: the whole of the body is the text. What was searched for one was taken apart.
        let document = Document::from(html);
        let body = document.select("body").formatted_text().to_string();
        return Ok(Told {
            title: name(&document.select("title").text()),
            published: time.as_deref().and_then(published),
            text: if body.is_empty() { text_of_html(html) } else { body },
            ..Told::default()
        });
    };
    Ok(Told {
        url: article.url.clone(),
        title: name(&article.title),
        source: article.site_name.as_deref().and_then(name),
        language: article.lang.clone(),
        published: article.published_time.clone().or(time).as_deref().and_then(published),
        text: article.text_content.to_string(),
        ..Told::default()
    })
}

/// How deep elements stand in one another at most, counted from the text: readers of pages follow them one in another.
fn depth(html: &str) -> usize {
    const VOID: &[&str] = &["br", "hr", "img", "input", "meta", "link", "wbr", "source", "area", "col", "embed"];
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in html.split('<').skip(1) {
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).take(12).collect();
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !name.is_empty() && !VOID.contains(&name.to_ascii_lowercase().as_str()) {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><html lang="en"><head><title>Shelling in Terter - Silk Road</title>
<meta property="og:site_name" content="Silk Road">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
 "headline": "Shelling in Terter", "datePublished": "2020-10-12T09:30:00+04:00"}</script></head>
<body><nav><a href="/">Home</a><a href="/war">War</a></nav><article><h1>Shelling in Terter</h1>
<p>Azerbaijan accused Armenia of shelling the town of Terter on Sunday, hours after the truce had come into force.</p>
<p>Armenia's defence ministry denied it, and said that its forces were strictly observing the ceasefire.</p>
</article><footer>© 2020 Silk Road. All rights reserved.</footer></body></html>"#;

    #[test]
    fn the_readable_part_is_the_text() {
        assert!(is_page(PAGE));
        let told = read(PAGE).unwrap();
        assert_eq!(told.title.as_deref(), Some("Shelling in Terter"));
        assert_eq!(told.source.as_deref(), Some("Silk Road"));
        assert_eq!(told.published.unwrap().to_string(), "2020-10-12T05:30:00Z");
        assert!(told.text.contains("Azerbaijan accused Armenia") && told.text.contains("denied it"), "{}", told.text);
        assert!(!told.text.contains("Home") && !told.text.contains("rights reserved"), "{}", told.text);
    }

    #[test]
    fn the_time_of_the_text_serves_where_nothing_else_tells() {
        let told = read("<html><body><time datetime=\"2020-10-12\">12 Oct</time><p>Short.</p></body></html>").unwrap();
        assert_eq!(told.published.unwrap().to_string(), "2020-10-12");
        assert!(told.text.contains("Short."));
    }

    #[test]
    fn a_page_made_to_be_deep_is_refused() {
        assert!(read(&"<div>".repeat(100_000)).is_err());
        assert!(read(&"<b><i>".repeat(300)).is_err());
        assert!(read("<html><body>plain</body></html>").is_ok());
    }
}
