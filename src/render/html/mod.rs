//! HTML: one self-contained file that needs no network and no scripts, reads in light and dark, and prints on A4.
//!
//! Templates escape all that is put into them; hostile characters are written out before.

mod bars;
mod heat;
mod map;
mod ranges;
mod scale;
mod view;

use std::io::{self, Write};
use std::sync::LazyLock;

use minijinja::Environment;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use serde::Serialize;

use super::Form;
use crate::model::text::shown;
use crate::report::dossier::{Dossier, Part};
use crate::report::sheet::{Card, Sheet};

/// A whole page.
pub(super) struct Html;

impl Form for Html {
    fn sheet(&self, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
        let part = Part { sheet: sheet.clone(), drawings: Vec::new() };
        page(&Dossier { title: sheet.title.clone(), parts: vec![part], ..Dossier::default() }, out)
    }

    fn card(&self, card: &Card, out: &mut dyn Write) -> io::Result<()> {
        let title = format!("{} {}", card.name, card.title);
        page(&Dossier { title, cards: vec![card.clone()], ..Dossier::default() }, out)
    }
}

/// Prints a document.
pub fn page(dossier: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let page = Page {
        title: shown(&dossier.title).to_string(),
        parts: dossier.parts.iter().map(|part| view::Section::of(part, &dossier.cards)).collect(),
        cards: dossier.cards.iter().map(view::Shown::of).collect(),
        without_card: dossier.without_card,
    };
    let template = TEMPLATES.get_template("page.html").map_err(io::Error::other)?;
    template.render_captured_to(Serde(page), out).map(|_| ()).map_err(io::Error::other)
}

/// What the page's template is given.
#[derive(Debug, Serialize)]
struct Page {
    title: String,
    parts: Vec<view::Section>,
    cards: Vec<view::Shown>,
    without_card: usize,
}

/// The templates, read once.
static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        templates.set_syntax(syntax);
    }
    for (name, source) in [
        ("style.css", include_str!("style.css")),
        ("page.html", include_str!("page.html")),
        ("table.html", include_str!("table.html")),
        ("bars.html", include_str!("bars.html")),
        ("heat.html", include_str!("heat.html")),
        ("ranges.html", include_str!("ranges.html")),
        ("map.html", include_str!("map.html")),
    ] {
        // A template that cannot be read is missed by name when it is asked for; a test asks for all.
        let _ = templates.add_template(name, source);
    }
    templates
});

#[cfg(test)]
mod tests;
