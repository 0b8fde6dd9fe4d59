//! `search`: finds words in dispatches, quotes and notes.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::output::{Format, OutputArgs, Palette};
use super::{Context, Outcome};
use crate::error::{Error, Result, quoted};
use crate::ledger::{Field, Hit};
use crate::model::text::shown;
use crate::report::sheet::{Cell, Column, Note, Sheet};

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The words: all must stand in it; `shell*` finds shells and shelling; "in double quotes" they stand together
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    /// So many at most
    #[arg(short = 'n', long, value_name = "COUNT", default_value_t = 50, allow_negative_numbers = true)]
    limit: usize,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let words = args.words.join(" ");
    if words.trim().is_empty() {
        return Err(Error::usage("there is no word to search for").hint("name one, such as `trucebook search Ganja`"));
    }
    let (form, destination) = (args.output.form(Format::ALL)?, args.output.open()?);
    // One more than asked for tells whether there are more.
    let mut hits = context.open_to_read()?.snapshot()?.search(&words, args.limit.saturating_add(1))?;
    let more = hits.len() > args.limit;
    hits.truncate(args.limit);
    if form == Format::Table {
        let palette = if destination.is_stdout() { context.palette } else { Palette::new(false) };
        destination.write(context, |out| hits.iter().try_for_each(|hit| lines(hit, palette, out)))?;
    } else {
        destination.sheet(form, &sheet(&hits), context)?;
    }
    if hits.is_empty() {
        context.say(format_args!("nothing holds {}", quoted(&words)))?;
    } else if more {
        context.say(format_args!("there are more than {}: --limit shows more", args.limit))?;
    }
    Ok(Outcome::findings_if(hits.is_empty()))
}

const fn field(field: Field) -> &'static str {
    match field {
        Field::Text => "text",
        Field::Quote => "quote",
        Field::Note => "note",
    }
}

/// "D5 text   … the shelling of **Ganja** …".
fn lines(hit: &Hit, palette: Palette, out: &mut dyn Write) -> io::Result<()> {
    let mut snippet = String::new();
    for (found, piece) in &hit.snippet {
        let style = if *found { palette.found } else { owo_colors::Style::new() };
        let piece = on_one_line(piece);
        let _ = write!(snippet, "{}", style.style(shown(&piece)));
    }
    let number = palette.strong.style(&hit.number);
    writeln!(out, "{number} {}: {}", field(hit.field), snippet.trim())
}

/// Line feeds and tabs as spaces.
fn on_one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

fn sheet(hits: &[Hit]) -> Sheet {
    let row = |hit: &Hit| {
        let snippet = hit.snippet.iter().map(|(_, piece)| on_one_line(piece)).collect::<String>();
        vec![
            Cell::Text(hit.number.to_string()),
            Cell::Text(field(hit.field).to_owned()),
            Cell::Text(snippet.trim().to_owned()),
        ]
    };
    Sheet {
        name: "search",
        title: "Found".to_owned(),
        columns: ["number", "field", "snippet"].into_iter().map(|key| Column::words(key, key)).collect(),
        rows: hits.iter().map(row).collect(),
        notes: vec![Note::new("counts", "a row is a dispatch or a live claim; best first")],
        ..Sheet::default()
    }
}
