//! `--format` and `-o`, the destinations they open, and the colours of a terminal.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use owo_colors::Style;

use super::args::word;
use super::context::{Context, FileName, PIPED_WIDTH, is_stream, unwritten};
use crate::error::{Error, Result, quoted};
use crate::export::Stream;
use crate::model::text::shown;
pub use crate::render::Format;
use crate::render::{Look, html};
use crate::report::dossier::Dossier;
use crate::report::sheet::{Card, Sheet};

/// Where the output of a reading verb goes, and in what form.
#[derive(Debug, Clone, Default, Args)]
pub struct OutputArgs {
    /// The form; -o FILE tells it by its ending
    #[arg(long, value_name = "FORM", value_parser = word::<Format>(Format::WORDS), help_heading = "Output")]
    pub format: Option<Format>,
    /// Write to FILE instead of standard output (`-`)
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
}

impl OutputArgs {
    /// The form asked for, or told by the file's ending, or the first of `offered`.
    pub fn form(&self, offered: &[Format]) -> Result<Format> {
        let asked = self.format.or_else(|| self.output.as_deref().and_then(Format::of_path));
        let Some(form) = asked.or_else(|| offered.first().copied()) else {
            return Err(Error::usage("this prints in no form"));
        };
        if offered.contains(&form) {
            return Ok(form);
        }
        let words: Vec<_> = offered.iter().map(|form| form.as_str()).collect();
        Err(Error::usage(format!("this does not print as {}", form.as_str()))
            .hint(format!("--format takes one of: {}", words.join(", "))))
    }

    /// Opens the destination, before the work begins.
    pub fn open(&self) -> Result<Destination> {
        match self.output.as_deref().filter(|path| !is_stream(path)) {
            None => Ok(Destination(None)),
            Some(path) => NewFile::beside(FileName::resolve(path)?).map(|file| Destination(Some(file))),
        }
    }
}

/// Where output goes. A file appears under its name only when it is whole.
#[derive(Debug)]
pub struct Destination(Option<NewFile>);

impl Destination {
    /// Whether it is standard output.
    pub const fn is_stdout(&self) -> bool {
        self.0.is_none()
    }

    /// Prints a report. Where the form has no room for its notes, they go to standard error.
    pub fn sheet(self, form: Format, sheet: &Sheet, context: &mut Context) -> Result<()> {
        let look = self.look(context);
        self.write(context, |out| form.form(look).sheet(sheet, out))?;
        for note in sheet.notes.iter().filter(|_| !form.carries_notes()) {
            context.say(shown(&note.line(&sheet.offices)))?;
        }
        Ok(())
    }

    /// Prints one thing in full.
    pub fn card(self, form: Format, card: &Card, context: &mut Context) -> Result<()> {
        let look = self.look(context);
        self.write(context, |out| form.form(look).card(card, out))
    }

    /// Prints reports with drawings and cards as one page.
    pub fn page(self, dossier: &Dossier, context: &mut Context) -> Result<()> {
        self.write(context, |out| html::page(dossier, out))
    }

    /// How wide and how coloured a table may be there.
    pub const fn look(&self, context: &Context) -> Look {
        if self.is_stdout() {
            Look { width: context.width, colour: context.palette.on }
        } else {
            Look { width: PIPED_WIDTH, colour: false }
        }
    }

    /// Writes through `write` and, if that went well, lets the whole appear.
    pub fn write(self, context: &mut Context, write: impl FnOnce(Stream<'_>) -> io::Result<()>) -> Result<()> {
        match self.0 {
            None => write(context.stdout()).map_err(unwritten),
            Some(mut file) => {
                write(&mut file.writer).map_err(|error| Error::io("write", &file.target.named, error))?;
                file.appear()
            }
        }
    }
}

/// A file being written under a passing name beside its target. Dropped before it appeared, it is gone.
#[derive(Debug)]
pub struct NewFile {
    writer: BufWriter<File>,
    target: FileName,
    /// The passing name; `None` where the target is a device or pipe and is written to directly.
    passing: Option<PathBuf>,
}

impl NewFile {
    /// Opens it. A target that is a device or pipe is written to directly, and a database never.
    pub fn beside(target: FileName) -> Result<Self> {
        let failed = |error| Error::io("write", &target.named, error);
        let found = fs::metadata(&target.path).ok();
        if found.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(failed(io::Error::from(io::ErrorKind::IsADirectory)));
        }
        if found.is_some_and(|found| !found.is_file()) {
            let file = File::options().write(true).open(&target.path).map_err(failed)?;
            return Ok(Self { writer: BufWriter::new(file), target, passing: None });
        }
        if is_database(&target.path) {
            let named = quoted(&target.named.display().to_string());
            return Err(Error::conflict(format!("{named} is a database, and output would take its place"))
                .hint("name another file with -o"));
        }
        // A link stays a link: what it leads to is replaced.
        let path = fs::canonicalize(&target.path).unwrap_or_else(|_| target.path.clone());
        let name = path.file_name().ok_or_else(|| {
            Error::usage(format!("{} names no file", quoted(&target.named.display().to_string()))).hint("name a file")
        })?;
        let mut passing = name.to_owned();
        passing.push(format!(".{}.part", std::process::id()));
        let passing = path.with_file_name(passing);
        let file = File::options().write(true).create_new(true).open(&passing).map_err(failed)?;
        Ok(Self { writer: BufWriter::new(file), target: FileName { path, ..target }, passing: Some(passing) })
    }

    /// Lets it appear under its name.
    pub fn appear(mut self) -> Result<()> {
        self.writer.flush().map_err(|error| Error::io("write", &self.target.named, error))?;
        let Some(passing) = self.passing.take() else { return Ok(()) };
        fs::rename(&passing, &self.target.path).map_err(|error| {
            self.passing = Some(passing);
            Error::io("write", &self.target.named, error)
        })
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Whether a file begins as `SQLite` files do: a ledger is never overwritten by a report.
fn is_database(path: &Path) -> bool {
    let mut head = [0; 16];
    File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && head == *b"SQLite format 3\0"
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if let Some(passing) = &self.passing {
            // What failed was told already; a stray part is all that could remain.
            let _ = fs::remove_file(passing);
        }
    }
}

/// The few styles of terminal output; plain where colour is off.
#[derive(Debug, Clone, Copy)]
pub struct Palette {
    /// Numbers people quote, headings.
    pub strong: Style,
    /// Asides.
    pub faint: Style,
    /// What was found, such as a searched word.
    pub found: Style,
    /// What is amiss.
    pub amiss: Style,
    /// Whether there is colour at all.
    pub on: bool,
}

impl Palette {
    /// The styles, or none.
    pub const fn new(on: bool) -> Self {
        let plain = Style::new();
        if on {
            Self { strong: plain.bold(), faint: plain.dimmed(), found: plain.yellow().bold(), amiss: plain.red(), on }
        } else {
            Self { strong: plain, faint: plain, found: plain, amiss: plain, on }
        }
    }
}
