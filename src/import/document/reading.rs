//! Reading a document and giving its dispatches as rows.

use super::{Told, feed, mail, ninjs, page, record};
use crate::error::{Error, Result};
use crate::import::encoding::decode;
use crate::import::files::{limited, stem};
use crate::import::form::{Form, Layout};
use crate::import::item::{Item, Raw, Row, Sink};
use crate::import::lines;
use crate::import::options::Options;
use crate::import::source::Source;
use crate::model::Dispatch;

/// Reads a document of words.
pub(in crate::import) fn read(source: Source, layout: Layout, options: &Options, sink: &mut dyn Sink) -> Result<()> {
    let named = source.named().to_owned();
    let bytes = limited(source.read(), &named)?;
    let mut giving = Giving { stem: stem(&named), options, sink, given: 0 };
    match layout {
        Layout::Xml => {
            giving.sink.is_a(Form::Feed, layout);
            for (told, came) in feed::read(&bytes)? {
                giving.dispatch(Ok(told), came, "UTF-8")?;
            }
            giving.ended()
        }
        Layout::Message => {
            giving.sink.is_a(Form::Mail, layout);
            giving.one(mail::read(&bytes), bytes, "UTF-8")
        }
        Layout::Mailbox => {
            giving.sink.is_a(Form::Mail, layout);
            for message in mail::messages(&bytes) {
                let message = message?;
                giving.dispatch(mail::read(&message), message, "UTF-8")?;
            }
            giving.ended()
        }
        _ => {
            giving.sink.is_a(Form::Page, layout);
            let decoded = decode(&bytes)?;
            giving.one(page::read(&decoded.text), bytes, &decoded.encoding)
        }
    }
}

/// Reads dispatches as JSON lines.
pub(in crate::import) fn records(source: Source, options: &Options, sink: &mut dyn Sink) -> Result<()> {
    let named = source.named().to_owned();
    sink.is_a(Form::Dispatches, Layout::JsonLines);
    let mut giving = Giving { stem: stem(&named), options, sink, given: 0 };
    lines::each(source.read(), &named, &mut |line| {
        let stem = giving.next_stem();
        let item = line.text.and_then(|line| record::item(line, stem, &giving.options.hints));
        giving.sink.row(Row { line: Some(line.number), item, raw: Raw::Json(line.bytes) })
    })?;
    giving.ended()
}

/// Reads ninjs items, one after the other, each on one line or over several.
pub(in crate::import) fn items(source: Source, options: &Options, sink: &mut dyn Sink) -> Result<()> {
    let named = source.named().to_owned();
    let bytes = limited(source.read(), &named)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    sink.is_a(Form::Ninjs, Layout::JsonLines);
    let mut giving = Giving { stem: stem(&named), options, sink, given: 0 };
    let mut objects = serde_json::Deserializer::from_slice(bytes).into_iter::<serde::de::IgnoredAny>();
    let (mut from, mut line) = (0, 1);
    while let Some(object) = objects.next() {
        object.map_err(|error| {
            Error::data("it is no JSON")
                .at_line(line)
                .hint("fetch the file again, or mend that object")
                .caused_by(error)
        })?;
        let to = objects.byte_offset();
        let object = bytes.get(from..to).unwrap_or_default();
        let blank = object.len() - object.trim_ascii_start().len();
        let feeds = |bytes: &[u8]| memchr::memchr_iter(b'\n', bytes).count() as u64;
        let begins = line + feeds(object.get(..blank).unwrap_or_default());
        giving.item(object.trim_ascii(), begins)?;
        line += feeds(object);
        from = to;
    }
    giving.ended()
}

/// What gives dispatches to a sink.
struct Giving<'a> {
    stem: String,
    options: &'a Options,
    sink: &'a mut dyn Sink,
    given: u64,
}

impl Giving<'_> {
    /// The one dispatch of a document.
    fn one(&mut self, told: Result<Told>, raw: Vec<u8>, encoding: &str) -> Result<()> {
        let dispatch = self.made(told, self.stem.clone(), raw, encoding);
        self.sink.row(Row { line: None, item: dispatch.map(|it| Item::Dispatch(Box::new(it))), raw: Raw::File })
    }

    /// One of several.
    fn dispatch(&mut self, told: Result<Told>, raw: Vec<u8>, encoding: &str) -> Result<()> {
        let stem = self.next_stem();
        let item = self.made(told, stem, raw, encoding).map(|dispatch| Item::Dispatch(Box::new(dispatch)));
        self.sink.row(Row { line: None, item, raw: Raw::File })
    }

    /// The dispatch of a ninjs item that begins on a line.
    fn item(&mut self, object: &[u8], line: u64) -> Result<()> {
        let stem = self.next_stem();
        let item = ninjs::read(object).and_then(|(mut told, withdrawn)| {
            if withdrawn {
                // A notice has seldom a text of its own: it stands as it came.
                told.text = String::from_utf8_lossy(object).into_owned();
            }
            let dispatch = Box::new(self.made(Ok(told), stem, object.to_vec(), "UTF-8")?);
            Ok(if withdrawn { Item::Withdrawal(dispatch) } else { Item::Dispatch(dispatch) })
        });
        self.sink.row(Row { line: Some(line), item, raw: Raw::Json(object) })
    }

    fn next_stem(&mut self) -> String {
        self.given += 1;
        format!("{}-{}", self.stem, self.given)
    }

    fn made(&self, told: Result<Told>, stem: String, raw: Vec<u8>, encoding: &str) -> Result<Dispatch> {
        told?.dispatch(stem, raw, encoding, &self.options.hints)
    }

    /// An error where nothing was given.
    fn ended(&self) -> Result<()> {
        if self.given > 0 {
            return Ok(());
        }
        Err(Error::data("there is no dispatch in it").hint("leave it out, or fetch it again"))
    }
}
