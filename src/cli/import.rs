//! `import`: takes in files and folders of texts, registers and tables, as one batch.

use std::path::{Path, PathBuf};
use std::time::Duration;

use csv::ByteRecord;

use super::context::FileName;
use super::extract::nothing_here;
use super::import_plan::{Fates, print_row, say_plan, say_refused};
use super::interrupt;
use super::output::NewFile;
use super::progress::Progress;
use super::reading::Reading;
use super::writing::Writing;
use super::{Context, Outcome, report};
use crate::error::{Error, Result};
use crate::import::external::External;
use crate::import::form::Form;
use crate::import::intake::{Watch, take_in};
use crate::import::item::Raw;
use crate::import::options::Options;
use crate::import::plan::{Fate, FilePlan, Plan};
use crate::import::rejects::Rejects;
use crate::import::source::Source;
use crate::import::{ColumnMap, files};
use crate::ledger::Batch;
use crate::model::Party;

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Files, packed or not, told by what they hold, and folders of them, whose parties.jsonl registers parties first;
    /// `-` for standard input
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
    /// What the files are, where that is not to be told by what they hold
    #[arg(long = "as", value_name = "FORM", value_parser = super::args::word::<Form>(Form::WORDS))]
    form: Option<Form>,
    /// Which of your columns is which of ours
    #[arg(long, value_name = "YOURS=OURS,…")]
    map: Vec<String>,
    /// Write refused rows to FILE, each with the reason, to be mended and imported again
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Leave out reconciling, for loading much at once; `trucebook rebuild` does it
    #[arg(long, conflicts_with = "report")]
    no_reconcile: bool,
    /// Print the per-party report when done
    #[arg(long, conflicts_with = "dry_run")]
    report: bool,
    #[command(flatten)]
    choices: Choices,
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

/// What is to be done with rows.
#[derive(Debug, Clone, clap::Args)]
struct Choices {
    /// Register every name that no party bears as an organization, rather than refuse its row
    #[arg(long)]
    add_parties: bool,
    /// Write nothing unless every row can be taken
    #[arg(long)]
    strict: bool,
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let found = files::find(&args.files, files::FORMS);
    if found.texts.is_empty() && found.parties.is_empty() && found.refused.is_empty() {
        return Err(nothing_here());
    }
    let parties = args.reading.parties(&found)?;
    let options = options(args)?;
    let rejects = args.rejects.as_ref().map(|path| NewFile::beside(FileName::resolve(path)?)).transpose()?;
    let mut watching = Watching::new(args, rejects.map(Rejects::new), Progress::over(&found.texts, context));
    let fill =
        |batch: &mut Batch<'_>, context: &mut Context| fill(batch, context, &found, &parties, &options, &mut watching);
    let written = if args.no_reconcile {
        context.write_bulk("import", &args.writing, fill)
    } else {
        context.write("import", &args.writing, fill)
    };
    watching.progress.finish();
    let refused = watching.close()?;
    let written = written?;
    let outcome =
        say_plan(&written, &found, &Fates { report: args.report, dry_run: args.writing.dry_run, refused }, context)?;
    if args.no_reconcile && written.batch().is_some() {
        context.say("not reconciled: `trucebook rebuild` does it")?;
    }
    if args.report {
        report::print_parties(&context.open_to_read()?, context)?;
    }
    Ok(outcome)
}

fn options(args: &Args) -> Result<Options> {
    let mut map = ColumnMap::default();
    args.map.iter().try_for_each(|pairs| map.add(pairs))?;
    let external = args.extractor.clone();
    let external = external.map(|Command(command)| External { command, patience: Duration::from_secs(args.patience) });
    Ok(Options {
        hints: args.reading.hints(),
        form: args.form,
        map,
        add_parties: args.choices.add_parties,
        words: args.reading.own_words()?,
        external,
    })
}

fn fill(
    batch: &mut Batch<'_>,
    context: &mut Context,
    found: &files::Found,
    parties: &[Party],
    options: &Options,
    watching: &mut Watching,
) -> Result<Plan> {
    interrupt::listen();
    let mut plan = take_in(batch, found, parties, options, &mut InContext { watching, context })?;
    or_nothing(&mut plan)?;
    let rejected = plan.counts(true).and(plan.counts(false)).rejected + plan.refused_claims.len() as u64;
    if watching.strict && rejected > 0 {
        plan.files
            .iter()
            .flat_map(FilePlan::rejections)
            .try_for_each(|(error, more)| say_refused(error, more, context))?;
        return Err(Error::data(format!("{rejected} refused, so that nothing was written"))
            .hint("mend them, or leave out --strict to take the others"));
    }
    Ok(plan)
}

/// Where the only thing to tell is why one file, or each of several, cannot be read, that is the verb's error, and nothing
/// is written.
fn or_nothing(plan: &mut Plan) -> Result<()> {
    let counts = plan.counts(true).and(plan.counts(false));
    if counts.taken() > 0 || plan.files.iter().any(|file| !file.is_text() && !file.broken) {
        return Ok(());
    }
    let files = plan.files.len();
    match plan.files.pop().and_then(|mut file| file.told.pop()).map(|told| told.fate) {
        Some(Fate::Rejected(error)) if files == 1 => Err(error),
        Some(Fate::Rejected(error)) => {
            Err(error.hint(format!("none of the {files} files can be read: import them one by one to see why of each")))
        }
        _ => Ok(()),
    }
}

/// What an import is watched for: progress, an interruption, refused rows, and in a dry run each row.
struct Watching {
    progress: Progress,
    rejects: Option<Rejects<NewFile>>,
    dry_run: bool,
    strict: bool,
}

impl Watching {
    fn new(args: &Args, rejects: Option<Rejects<NewFile>>, progress: Progress) -> Self {
        Self { progress, rejects, dry_run: args.writing.dry_run && !args.report, strict: args.choices.strict }
    }

    /// Lets the file of refused rows appear, if there are any; tells how many.
    fn close(self) -> Result<Option<u64>> {
        let Some(rejects) = self.rejects else { return Ok(None) };
        let rows = rejects.rows();
        if rows > 0 {
            rejects.into_inner().appear()?;
        }
        Ok(Some(rows))
    }
}

/// The same, with the streams to print on.
struct InContext<'a> {
    watching: &'a mut Watching,
    context: &'a mut Context,
}

impl Watch for InContext<'_> {
    fn open(&mut self, path: &Path) -> Result<Source> {
        let progress = &self.watching.progress;
        Source::open(path, |read| progress.watch(read))
    }

    fn refused(&mut self, header: &ByteRecord, raw: Raw<'_>, error: &Error) -> Result<()> {
        match &mut self.watching.rejects {
            Some(rejects) => rejects.add(header, raw, error),
            None => Ok(()),
        }
    }

    fn row(&mut self, file: &FilePlan, line: Option<u64>, fate: &Fate) -> Result<()> {
        interrupt::check()?;
        self.watching.progress.row();
        if self.watching.dry_run && line.is_some() {
            print_row(&file.path, line, fate, self.context)?;
        }
        Ok(())
    }
}
