//! What an import says: what became of each file, of rows that want a look, and what it all came to.

use std::fmt::Write;
use std::path::Path;

use super::numbers::Stands;
use super::reading::say_unknown;
use super::writing::Written;
use super::{Context, Outcome};
use crate::error::{Error, Result};
use crate::import::files::Found;
use crate::import::plan::{Counts, Fate, FilePlan, Plan, Told};
use crate::model::text::shown;
use crate::model::{Id, Number, NumberKind};

/// How the fates of rows are told.
#[derive(Debug, Clone, Copy)]
pub struct Fates {
    /// Whether a report takes the place of the list of files.
    pub report: bool,
    /// Whether each row was printed already.
    pub dry_run: bool,
    /// How many refused rows a file took; `None` where none was asked for.
    pub refused: Option<u64>,
}

/// Prints what became of files, says what was refused and what it all came to.
pub fn say_plan(written: &Written<Plan>, found: &Found, fates: &Fates, context: &mut Context) -> Result<Outcome> {
    let plan = &written.value;
    if !fates.report {
        for file in &plan.files {
            print_file(file, written.batch(), fates.dry_run, context)?;
        }
    }
    found.refused.iter().try_for_each(|error| context.say_error(error))?;
    for file in &plan.files {
        say_file(file, context)?;
    }
    plan.refused_claims.iter().try_for_each(|error| context.say_error(error))?;
    let (texts, rows) = (plan.counts(true), plan.counts(false));
    say_summary(found, plan, texts, rows, context)?;
    say_registered(plan, context)?;
    say_unknown(&plan.unknown, context)?;
    if let Some(refused) = fates.refused.filter(|refused| *refused > 0) {
        context.say(format_args!("refused rows written: {refused}; mend them and import that file"))?;
    }
    let refused = texts.rejected + rows.rejected > 0 || !found.refused.is_empty() || !plan.refused_claims.is_empty();
    Ok(Outcome::findings_if(refused))
}

/// Prints what becomes of a row in a dry run.
pub fn print_row(path: &Path, line: Option<u64>, fate: &Fate, context: &mut Context) -> Result<()> {
    let Some(stands) = stands(fate).filter(|_| !matches!(fate, Fate::EqualTo(..))) else { return Ok(()) };
    let at = place(path, line);
    context.print(format_args!("{} ({at})", stands.line(None)))
}

/// "claims.csv:14".
fn place(path: &Path, line: Option<u64>) -> String {
    let path = path.display().to_string();
    let path = shown(&path);
    line.map_or_else(|| path.to_string(), |line| format!("{path}:{line}"))
}

fn own(kind: NumberKind, id: Id) -> Number {
    Number::own(kind, id.number())
}

fn stands(fate: &Fate) -> Option<Stands> {
    match fate {
        Fate::New(kind, id, _) => Some(Stands::New(own(*kind, *id))),
        Fate::DuplicateOf(kind, id) | Fate::EqualTo(kind, id) => Some(Stands::Already(own(*kind, *id))),
        Fate::Replaces(kind, new, old) => Some(Stands::Replaces(own(*kind, *new), own(*kind, *old))),
        Fate::PassedOver(_) | Fate::Rejected(_) => None,
    }
}

/// The line of a file that is one text; of another file what it is and what it came to, then the rows that want a look.
fn print_file(file: &FilePlan, batch: Option<&Number>, dry_run: bool, context: &mut Context) -> Result<()> {
    let path = file.path.display().to_string();
    if file.is_text() {
        let Some((fate, stands)) = file.told.first().and_then(|told| Some((&told.fate, stands(&told.fate)?))) else {
            return Ok(());
        };
        let claims = match fate {
            Fate::New(.., Some(claims)) => format!(": {}", counted(*claims as u64, "claim", "claims")),
            _ => String::new(),
        };
        return context.print(format_args!("{} ({}){claims}", stands.line(batch), shown(&path)));
    }
    if let Some((form, layout)) = file.form {
        let mut line = format!("{} ({}, {layout}): {}", shown(&path), form.told(), counts_line(file.counts));
        if let Some((kind, first, last)) = file.new {
            let _ = write!(line, "; {}", own(kind, first));
            if first != last {
                let _ = write!(line, " to {}", own(kind, last));
            }
            if let Some(batch) = batch {
                let _ = write!(line, " in {batch}");
            }
        }
        context.print(line)?;
    }
    for told in &file.told {
        print_told(&file.path, told, batch, dry_run, context)?;
    }
    Ok(())
}

fn print_told(path: &Path, told: &Told, batch: Option<&Number>, dry_run: bool, context: &mut Context) -> Result<()> {
    let at = place(path, told.line);
    match &told.fate {
        Fate::EqualTo(kind, id) => {
            context.print(format_args!("{at}: equal to {}, which came before it: taken once", own(*kind, *id)))
        }
        Fate::Replaces(..) if !dry_run => {
            stands(&told.fate).map_or(Ok(()), |stands| context.print(format_args!("{at}: {}", stands.line(batch))))
        }
        _ => Ok(()),
    }
}

/// "119 new, 1 replaced, 2 duplicates, 3 refused".
fn counts_line(counts: Counts) -> String {
    let mut line = format!("{} new", counts.new);
    for (count, one, many) in [
        (counts.replaced, "replacing another", "replacing others"),
        (counts.duplicates, "duplicate", "duplicates"),
        (counts.equal, "equal row", "equal rows"),
        (counts.passed_over, "passed over", "passed over"),
        (counts.rejected, "refused", "refused"),
    ] {
        if count > 0 {
            let _ = write!(line, ", {}", counted(count, one, many));
        }
    }
    line
}

/// "1 party", "14 parties".
fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Says what of a file was refused, and which of its columns mean nothing here.
fn say_file(file: &FilePlan, context: &mut Context) -> Result<()> {
    let mut said = 0;
    for (error, more) in file.rejections() {
        say_refused(error, more, context)?;
        said += 1 + more;
    }
    let path = file.path.display().to_string();
    match file.counts.rejected.saturating_sub(said) {
        0 => {}
        more => context.say(format_args!("{}: {more} further rows refused", shown(&path)))?,
    }
    if !file.unknown_columns.is_empty() {
        let columns: Vec<_> = file.unknown_columns.iter().map(|column| shown(column).to_string()).collect();
        context.say(format_args!("{}: columns not taken: {}", shown(&path), columns.join(", ")))?;
    }
    Ok(())
}

/// Says why a row was refused, and how many more rows that goes for.
pub fn say_refused(error: &Error, more: u64, context: &mut Context) -> Result<()> {
    context.say_error(error)?;
    match more {
        0 => Ok(()),
        more => context.say(format_args!("  and {} for the same reason", counted(more, "further row", "further rows"))),
    }
}

/// "17 files: 14 new, 2 duplicates, 1 rejected; 163 claims, 3 unknown actors", and "120 rows: 119 new, …".
fn say_summary(found: &Found, plan: &Plan, texts: Counts, rows: Counts, context: &mut Context) -> Result<()> {
    let mut lines = Vec::new();
    let files = plan.files.iter().filter(|file| file.is_text());
    let (read, claims) = files.fold((0, 0), |(read, claims), file| (read + 1, claims + file.claims));
    if read == 0 && rows == Counts::default() && plan.parties > 0 {
        return context.say(format_args!("{} registered", counted(plan.parties as u64, "party", "parties")));
    }
    if read > 0 || rows == Counts::default() {
        lines.push(format!(
            "{}: {} new, {}, {} rejected; {}, {}",
            counted(read, "file", "files"),
            texts.new,
            counted(texts.duplicates, "duplicate", "duplicates"),
            texts.rejected,
            counted(claims as u64, "claim", "claims"),
            counted(plan.unknown.count() as u64, "unknown actor", "unknown actors"),
        ));
    }
    if rows != Counts::default() {
        let all = rows.taken() + rows.rejected;
        lines.push(format!("{}: {}", counted(all, "row", "rows"), counts_line(rows)));
    }
    if rows.rejected > 0 && rows.taken() > 0 {
        lines
            .push("mend the refused rows and import the file again: rows already in the ledger are skipped".to_owned());
    }
    if let Some(line) = lines.first_mut() {
        if !plan.refused_claims.is_empty() {
            let refused = plan.refused_claims.len() as u64;
            let refused = counted(refused, "claim of the extractor", "claims of the extractor");
            let _ = write!(line, "; {refused} refused");
        }
        if plan.parties > 0 {
            let _ = write!(line, "; {} registered", counted(plan.parties as u64, "party", "parties"));
        }
        if found.others > 0 {
            let others = counted(found.others as u64, "other file", "other files");
            let _ = write!(line, "; {others} passed over: of no form that is read in folders");
        }
    }
    lines.into_iter().try_for_each(|line| context.say(line))
}

/// Says what texts lack, and which parties were registered because they were named.
fn say_registered(plan: &Plan, context: &mut Context) -> Result<()> {
    for (count, lack) in [
        (plan.undated, "without a date of publication: --received DATE tells a missing year"),
        (plan.unread, "in no language that can be told and read: --lang LANG tells it"),
    ] {
        if count > 0 {
            context.say(format_args!("{} {lack}", counted(count as u64, "new dispatch", "new dispatches")))?;
        }
    }
    for (parties, what) in [(&plan.built_in, "built-in parties registered"), (&plan.added, "parties registered")] {
        if !parties.is_empty() {
            let names: Vec<_> = parties.iter().map(|name| shown(name).to_string()).collect();
            context.say(format_args!("{what}: {}", names.join(", ")))?;
        }
    }
    Ok(())
}
