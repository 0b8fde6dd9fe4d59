//! Reading a file as what it is.

use super::dispatch::read_dispatch;
use super::files::{limited, stem};
use super::form::{Form, Layout, keys};
use super::item::{Item, Raw, Row, Sink};
use super::options::Options;
use super::source::Source;
use super::{claim_lines, document, lines, parties, places, table, truces};
use crate::error::{Error, Result, quoted};

/// Reads a file, telling `sink` what it is and then its rows.
///
/// # Errors
/// Those of the sink, and what keeps the file as a whole from being read: no known form, a header that lacks columns.
/// Rows that the sink took before stay taken. They do not carry the file's name.
pub fn read(source: Source, options: &Options, sink: &mut dyn Sink) -> Result<()> {
    match layout(&source, options) {
        Layout::Text => text(source, options, sink),
        Layout::JsonLines => json_lines(source, options, sink),
        layout @ (Layout::Html | Layout::Xml | Layout::Message | Layout::Mailbox) => {
            document::read(source, layout, options, sink)
        }
        layout @ (Layout::Separated(_) | Layout::Workbook) => table::read(source, layout, options, sink),
    }
}

/// How a file is laid out. What begins like a table is one if its header is known, or if the file's ending or the
/// options leave no choice.
pub(super) fn layout(source: &Source, options: &Options) -> Layout {
    let head = source.head();
    if let Some(layout) = options.form.and_then(Layout::of_form).or_else(|| Layout::of_bytes(head)) {
        return layout;
    }
    let sure = options.form.is_some() || Layout::is_structured(source.named());
    match table::sniff(head) {
        Some(separator) if sure || table::is_known(head, separator, &options.map) => Layout::Separated(separator),
        _ => Layout::Text,
    }
}

fn text(source: Source, options: &Options, sink: &mut dyn Sink) -> Result<()> {
    let named = source.named().to_owned();
    sink.is_a(Form::Text, Layout::Text);
    let item = limited(source.read(), &named)
        .and_then(|bytes| read_dispatch(&stem(&named), bytes, &options.hints))
        .map(|dispatch| Item::Dispatch(Box::new(dispatch)));
    sink.row(Row { line: None, item, raw: Raw::File })
}

fn json_lines(source: Source, options: &Options, sink: &mut dyn Sink) -> Result<()> {
    let keys = keys(source.head());
    let form = options.form.or_else(|| Form::of_keys(&keys)).ok_or_else(|| {
        let known: Vec<_> = keys.iter().map(|key| quoted(key)).take(8).collect();
        Error::data(format!("no known JSON lines: the first has the keys {}", known.join(", "))).hint(
            "a claim has `stance` and `act`, a party `party` and `kind`, a place `name`, `lat` and `lon`, a truce \
             `title` and `parties`, a dispatch `text`; --as tells what it is",
        )
    })?;
    let parse: fn(&str) -> Result<Item> = match form {
        Form::Claims => claim_lines::item,
        Form::Parties => parties::item,
        Form::Places => places::item,
        Form::Truces => truces::item,
        Form::Ninjs => return document::items(source, options, sink),
        Form::Dispatches => return document::records(source, options, sink),
        _ => {
            return Err(Error::usage(format!("{} is no form of JSON lines", form.told()))
                .hint("leave --as out: the file says what it is"));
        }
    };
    sink.is_a(form, Layout::JsonLines);
    let named = source.named().to_owned();
    lines::each(source.read(), &named, &mut |line| {
        let item = line.text.and_then(parse);
        sink.row(Row { line: Some(line.number), item, raw: Raw::Json(line.bytes) })
    })
}
