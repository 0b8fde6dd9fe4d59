//! The dispatches of a file of any form, without a ledger.

use std::io;
use std::path::{Path, PathBuf};

use csv::ByteRecord;

use super::archive;
use super::form::{Form, Layout};
use super::item::{Item, Row, Sink};
use super::options::Options;
use super::reading::read;
use super::source::Source;
use crate::error::{Error, Result};
use crate::model::Dispatch;

/// Takes dispatches, or why one cannot be read. Its errors end the reading.
pub type Take<'a> = dyn FnMut(Result<Dispatch>) -> io::Result<()> + 'a;

/// Reads the dispatches of a file, packed or not. What cannot be read is given to `take` as an error that names file and
/// line; the rest is read on.
///
/// # Errors
/// Those of `take`.
pub fn dispatches(path: &Path, options: &Options, take: &mut Take<'_>) -> io::Result<()> {
    let mut texts = Texts { named: path.to_owned(), form: None, take, failed: None };
    let opened = Source::open(path, |read| read).and_then(|source| {
        archive::each(source, &mut |source| {
            source.named().clone_into(&mut texts.named);
            texts.form = None;
            let read = read(source, options, &mut texts);
            read.or_else(|error| texts.refuse(error))
        })
    });
    if let Err(error) = opened {
        // The file as a whole: where `take` failed, nothing more is given to it.
        path.clone_into(&mut texts.named);
        let _ = texts.refuse(error);
    }
    texts.failed.map_or(Ok(()), Err)
}

/// The dispatches of one file.
struct Texts<'a, 'take> {
    named: PathBuf,
    form: Option<Form>,
    take: &'a mut Take<'take>,
    /// The error by which `take` ended the reading.
    failed: Option<io::Error>,
}

impl Sink for Texts<'_, '_> {
    fn is_a(&mut self, form: Form, _: Layout) {
        self.form = Some(form);
    }

    fn header(&mut self, _: &ByteRecord, _: &[String]) -> Result<()> {
        self.gives_texts()
    }

    fn row(&mut self, row: Row<'_>) -> Result<()> {
        self.gives_texts()?;
        match (row.item, row.line) {
            (Ok(Item::Dispatch(dispatch)), _) => self.give(Ok(*dispatch)),
            (Ok(_), _) => Ok(()),
            (Err(error), Some(line)) => self.refuse(error.at_line(line)),
            (Err(error), None) => self.refuse(error),
        }
    }
}

impl Texts<'_, '_> {
    fn refuse(&mut self, error: Error) -> Result<()> {
        let error = error.about(&self.named);
        self.give(Err(error))
    }

    fn give(&mut self, given: Result<Dispatch>) -> Result<()> {
        if self.failed.is_none() {
            self.failed = (self.take)(given).err();
        }
        if self.failed.is_some() { Err(Error::data("the reading was ended")) } else { Ok(()) }
    }

    /// An error where the file holds something else than texts.
    fn gives_texts(&self) -> Result<()> {
        match self.form.filter(|form| !form.gives_texts()) {
            None => Ok(()),
            Some(form) => Err(Error::data(format!("it holds {}, and no text", form.told()))
                .hint("`trucebook import` takes it into a ledger")),
        }
    }
}
