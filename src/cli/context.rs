//! Terminal, environment and clock, resolved once and passed to the verbs: no verb looks at them itself.

use std::env;
use std::fmt;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anstream::{AutoStream, ColorChoice};
use chrono::DateTime;

use super::args::{ColourWhen, Global};
use super::output::Palette;
use crate::error::{Error, Kind, Result, quoted};
use crate::export::Stream;
use crate::ledger::{AsOf, Ledger};
use crate::model::party::sound_name;
use crate::model::text::shown;

/// The ledger where neither option nor environment names one.
const LEDGER_FILE: &str = "trucebook.db";
/// How long a writer is waited for.
const WAIT: Duration = Duration::from_secs(30);
/// Columns where the output is no terminal.
pub const PIPED_WIDTH: usize = 100;

/// A file as the user named it and as it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName {
    /// Absolute, so that it stays the same file wherever the program stands.
    pub path: PathBuf,
    /// As named, for messages.
    pub named: PathBuf,
}

impl FileName {
    /// Resolves a name against the working folder of this moment.
    pub fn resolve(named: impl Into<PathBuf>) -> Result<Self> {
        let named = named.into();
        let path = std::path::absolute(&named).map_err(|error| Error::io("find", &named, error))?;
        Ok(Self { path, named })
    }
}

/// Which streams are terminals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminals {
    /// Standard input: somebody can be asked.
    pub input: bool,
    /// Standard output.
    pub output: bool,
    /// Standard error: progress may be shown.
    pub errors: bool,
}

/// What a verb knows of the world outside its arguments.
pub struct Context {
    /// The ledger file.
    pub ledger: FileName,
    /// How long to wait for another writer.
    pub wait: Duration,
    /// The clock when the program began, UTC seconds; `$TRUCEBOOK_NOW` takes its place.
    pub now: i64,
    /// Who writes, by `$TRUCEBOOK_BY`; `--by` comes before it.
    pub made_by: Option<String>,
    /// Which streams are terminals.
    pub terminals: Terminals,
    /// Columns of standard output.
    pub width: usize,
    /// Colours of standard output.
    pub palette: Palette,
    out: BufWriter<io::Stdout>,
    err: io::Stderr,
}

impl Context {
    /// Looks at arguments, environment, terminal and clock.
    pub fn resolve(global: &Global) -> Result<Self> {
        let named = global.ledger.clone().or_else(|| variable_os("TRUCEBOOK_LEDGER").map(PathBuf::from));
        let terminals = Terminals {
            input: io::stdin().is_terminal(),
            output: io::stdout().is_terminal(),
            errors: io::stderr().is_terminal(),
        };
        Ok(Self {
            ledger: FileName::resolve(named.unwrap_or_else(|| LEDGER_FILE.into()))?,
            wait: global.wait.unwrap_or(WAIT),
            now: now()?,
            made_by: made_by()?,
            terminals,
            width: if terminals.output { terminal_width() } else { PIPED_WIDTH },
            palette: Palette::new(colours(global.colour)),
            out: BufWriter::new(io::stdout()),
            err: io::stderr(),
        })
    }

    /// Standard output, for data. Its failures become errors by [`unwritten`].
    pub fn stdout(&mut self) -> Stream<'_> {
        &mut self.out
    }

    /// Prints a line of data on standard output.
    pub fn print(&mut self, line: impl fmt::Display) -> Result<()> {
        writeln!(self.out, "{line}").map_err(unwritten)
    }

    /// Says a line on standard error, after all that was printed so far.
    pub fn say(&mut self, line: impl fmt::Display) -> Result<()> {
        self.flush()?;
        // Nobody can be told that standard error is closed.
        let _ = writeln!(self.err, "{line}");
        Ok(())
    }

    /// Says an error that does not end the run, with its hint.
    pub fn say_error(&mut self, error: &Error) -> Result<()> {
        self.say(format_args!("error: {}", shown(&error.to_string())))?;
        error.remedy().map_or(Ok(()), |hint| self.say(format_args!("  hint: {}", shown(hint))))
    }

    /// Hands over what was printed.
    pub fn flush(&mut self) -> Result<()> {
        self.out.flush().map_err(unwritten)
    }

    /// Opens the ledger for reading.
    pub fn open_to_read(&self) -> Result<Ledger> {
        self.must_exist()?;
        Ledger::open_to_read(&self.ledger.path, self.wait)
    }

    /// Opens the ledger for reading as it stood at a moment of its history.
    pub fn open_as_of(&self, then: &AsOf) -> Result<Ledger> {
        self.must_exist()?;
        Ledger::open_as_of(&self.ledger.path, self.wait, then)
    }

    /// Opens the ledger for remaking what is derived: no batch, and no ledger made on the way.
    pub fn open_to_rebuild(&self) -> Result<Ledger> {
        self.must_exist()?;
        Ledger::open_to_write(&self.ledger.path, self.wait)
    }

    fn must_exist(&self) -> Result<()> {
        if !self.ledger.path.exists() {
            let path = quoted(&self.ledger.named.display().to_string());
            return Err(Error::not_found(format!("there is no ledger at {path}"))
                .hint("`trucebook init --tz ZONE` makes one; --ledger FILE names another"));
        }
        Ok(())
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("ledger", &self.ledger).field("now", &self.now).finish_non_exhaustive()
    }
}

/// The error of a standard output that cannot be written.
pub fn unwritten(error: io::Error) -> Error {
    let new = Error::new(Kind::Io, format!("cannot write to standard output: {error}"));
    let full = error.kind() == io::ErrorKind::StorageFull;
    let new = new.caused_by(error);
    if full { new.hint("free some space, or send it elsewhere with -o FILE") } else { new }
}

/// Whether a reader of our output simply went away.
pub fn is_broken_pipe(error: &Error) -> bool {
    let source = std::error::Error::source(error);
    source.and_then(|source| source.downcast_ref::<io::Error>()).is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
}

/// Whether a path names a standard stream.
pub fn is_stream(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn variable_os(name: &str) -> Option<std::ffi::OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

fn variable(name: &str) -> Result<Option<String>> {
    let bad = |_| Error::usage(format!("${name} is not UTF-8"));
    variable_os(name).map(|value| value.into_string().map_err(bad)).transpose()
}

fn made_by() -> Result<Option<String>> {
    let Some(name) = variable("TRUCEBOOK_BY")? else { return Ok(None) };
    let bad = |error| Error::usage(format!("$TRUCEBOOK_BY: {error}"));
    sound_name(&name).map(|name| Some(name.to_owned())).map_err(bad)
}

fn now() -> Result<i64> {
    let Some(frozen) = variable("TRUCEBOOK_NOW")? else { return clock() };
    let bad = |_| {
        let message = format!("$TRUCEBOOK_NOW is {}, which is no instant", quoted(&frozen));
        Error::usage(message).hint("write it as 2020-10-12T09:00:00Z, or unset it to use the clock")
    };
    DateTime::parse_from_rfc3339(&frozen).map(|instant| instant.timestamp()).map_err(bad)
}

fn clock() -> Result<i64> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok();
    let seconds = since.and_then(|since| i64::try_from(since.as_secs()).ok());
    seconds.ok_or_else(|| Error::usage("the machine's clock stands before 1970").hint("set the clock"))
}

/// Colour by option, then terminal, `TERM=dumb`, `NO_COLOR` and `CLICOLOR`.
fn colours(asked: Option<ColourWhen>) -> bool {
    match asked {
        Some(ColourWhen::Always) => true,
        Some(ColourWhen::Never) => false,
        Some(ColourWhen::Auto) | None => AutoStream::choice(&io::stdout()) != ColorChoice::Never,
    }
}

fn terminal_width() -> usize {
    terminal_size::terminal_size().map_or(PIPED_WIDTH, |(width, _)| usize::from(width.0).max(20))
}
