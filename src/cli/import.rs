//! `import`: takes in texts, files and folders, as one batch.

use std::fmt::Write;
use std::path::PathBuf;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget};

use super::extract::nothing_here;
use super::numbers::Stands;
use super::reading::{Reading, say_unknown};
use super::writing::Writing;
use super::{Context, Outcome, report};
use crate::error::{Error, Result};
use crate::import::external::External;
use crate::import::files::{self, Found};
use crate::import::intake::{Counts, Fate, Means, Taken, take_in};
use crate::ledger::{Added, Batch};
use crate::model::text::shown;
use crate::model::{Number, NumberKind};

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Texts, and folders of .txt files, whose parties.jsonl registers parties first; `-` for standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    /// Let this program extract the claims instead: it reads dispatches as JSON lines and writes claims as JSON lines
    /// (`trucebook extract --schema`), its first line {"extractor": "NAME", "version": "VERSION"}
    #[arg(long, value_name = "COMMAND", value_parser = parsed_command)]
    extractor: Option<Command>,
    /// Seconds for which that program may be silent
    #[arg(long, value_name = "SECONDS", default_value_t = 60, requires = "extractor", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    patience: u64,
    /// Print the per-party report when done
    #[arg(long, conflicts_with = "dry_run")]
    report: bool,
    #[command(flatten)]
    writing: Writing,
}

/// A program and its arguments.
#[derive(Debug, Clone)]
struct Command(Vec<String>);

/// Splits a command as a shell splits words; no shell will run it.
fn parsed_command(text: &str) -> Result<Command> {
    shlex::split(text).filter(|words| !words.is_empty()).map(Command).ok_or_else(|| {
        Error::usage("it is no command").hint("write a program and its arguments; close every quotation mark")
    })
}

impl Args {
    fn means(&self) -> Result<Means> {
        let external = self
            .extractor
            .clone()
            .map(|Command(command)| External { command, patience: Duration::from_secs(self.patience) });
        Ok(Means { hints: self.reading.hints(), words: self.reading.own_words()?, external })
    }
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let found = files::find(&args.files);
    if found.texts.is_empty() && found.parties.is_empty() && found.refused.is_empty() {
        return Err(nothing_here());
    }
    let parties = args.reading.parties(&found)?;
    let means = args.means()?;
    let written = context.write("import", &args.writing, |batch, context| {
        let progress = progress(context, found.texts.len());
        let taken = take_in(batch, &found, &parties, means, || progress.inc(1));
        progress.finish_and_clear();
        let mut taken = taken?;
        or_nothing(&mut taken)?;
        let stands = stands(batch, &taken)?;
        Ok((taken, stands))
    })?;
    let (taken, stands) = &written.value;
    if !args.report {
        print_files(taken, stands, written.batch(), context)?;
    }
    let outcome = say_summary(&found, taken, context)?;
    if args.report {
        report::print_parties(&context.open_to_read()?, context)?;
    }
    Ok(outcome)
}

/// Progress on a terminal; elsewhere nothing shows.
fn progress(context: &Context, files: usize) -> ProgressBar {
    let target = if context.terminals.errors { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    ProgressBar::with_draw_target(u64::try_from(files).ok(), target)
}

/// Where every file was rejected, the last rejection is the verb's error, and nothing is written.
fn or_nothing(taken: &mut Taken) -> Result<()> {
    let Counts { new: 0, duplicates: 0, .. } = taken.counts() else { return Ok(()) };
    match taken.files.pop() {
        Some((_, Fate::Rejected(error))) if taken.files.is_empty() => Err(error),
        Some((_, Fate::Rejected(error))) => {
            let others = taken.files.len();
            Err(error
                .hint(format!("none of the {} files can be read: `trucebook extract` says why of each", others + 1)))
        }
        _ => Ok(()),
    }
}

/// The number of each file's dispatch, of those that have one.
fn stands(batch: &Batch<'_>, taken: &Taken) -> Result<Vec<Option<Stands>>> {
    let snapshot = batch.snapshot()?;
    let of = |added| Some(Stands::of(&snapshot, NumberKind::Dispatch, added));
    let stands = taken.files.iter().map(|(_, fate)| match fate {
        Fate::New { dispatch, .. } => of(Added::New(*dispatch)),
        Fate::DuplicateOf(id) => of(Added::Duplicate(*id)),
        Fate::Rejected(_) => None,
    });
    Ok(stands.collect())
}

/// A line for each file that is new or a duplicate.
fn print_files(taken: &Taken, stands: &[Option<Stands>], batch: Option<&Number>, context: &mut Context) -> Result<()> {
    for ((path, fate), stands) in taken.files.iter().zip(stands) {
        let Some(stands) = stands else { continue };
        let line = stands.line(batch);
        let path = path.display().to_string();
        match fate {
            Fate::New { claims, .. } => {
                context.print(format_args!("{line} ({}): {}", shown(&path), counted(*claims, "claim", "claims")))?;
            }
            _ => context.print(format_args!("{line} ({})", shown(&path)))?,
        }
    }
    Ok(())
}

/// "1 party", "14 parties".
fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Says what was rejected and what it all came to.
fn say_summary(found: &Found, taken: &Taken, context: &mut Context) -> Result<Outcome> {
    let rejected: Vec<&Error> = taken.files.iter().filter_map(|(_, fate)| rejection(fate)).collect();
    for error in found.refused.iter().chain(rejected.iter().copied()).chain(&taken.refused_claims) {
        context.say_error(error)?;
    }
    context.say(summary(found, taken))?;
    if taken.undated > 0 {
        let dispatches = counted(taken.undated, "new dispatch", "new dispatches");
        context
            .say(format_args!("{dispatches} without a date of publication: --received DATE tells a missing year"))?;
    }
    if taken.unread > 0 {
        let dispatches = counted(taken.unread, "new dispatch", "new dispatches");
        context.say(format_args!("{dispatches} in no language that can be told and read: --lang LANG tells it"))?;
    }
    if !taken.built_in.is_empty() {
        let names: Vec<_> = taken.built_in.iter().map(|name| shown(name).to_string()).collect();
        context.say(format_args!("built-in parties registered: {}", names.join(", ")))?;
    }
    say_unknown(&taken.unknown, context)?;
    let refused = !rejected.is_empty() || !found.refused.is_empty() || !taken.refused_claims.is_empty();
    Ok(Outcome::findings_if(refused))
}

const fn rejection(fate: &Fate) -> Option<&Error> {
    match fate {
        Fate::Rejected(error) => Some(error),
        _ => None,
    }
}

/// "17 files: 14 new, 2 duplicates, 1 rejected; 163 claims, 3 unknown actors".
fn summary(found: &Found, taken: &Taken) -> String {
    let counts = taken.counts();
    let mut line = format!(
        "{}: {} new, {}, {} rejected; {}, {}",
        counted(taken.files.len(), "file", "files"),
        counts.new,
        counted(counts.duplicates, "duplicate", "duplicates"),
        counts.rejected,
        counted(counts.claims, "claim", "claims"),
        counted(taken.unknown.count(), "unknown actor", "unknown actors"),
    );
    if !taken.refused_claims.is_empty() {
        let refused = counted(taken.refused_claims.len(), "claim of the extractor", "claims of the extractor");
        let _ = write!(line, "; {refused} refused");
    }
    if taken.parties > 0 {
        let _ = write!(line, "; {} registered", counted(taken.parties, "party", "parties"));
    }
    if found.others > 0 {
        let others = counted(found.others, "other file", "other files");
        let _ = write!(line, "; {others} passed over: neither .txt nor {}", files::PARTIES_FILE);
    }
    line
}
