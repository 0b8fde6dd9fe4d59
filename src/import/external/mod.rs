//! Another program in the place of this one's extractor: it reads dispatches as JSON lines and answers claims as JSON
//! lines, and every word of its answer is checked.
//!
//! The program gets one dispatch a line, `{"dispatch": "D5", "text": "…", "source"?, "title"?, "url"?, "language"?,
//! "published"?}`, and then the end of its input. Its first line says who it is, `{"extractor": "NAME", "version": "V"}`;
//! every other line is a claim in the shape that `extract --schema` prints, with the `dispatch` it was given and a
//! `quote` that stands in the text. A claim that fails a check is rejected with the reason and the others are taken; a
//! program that fails, falls silent or floods ends the import, and nothing is written.

mod checks;
mod program;

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::claim_lines;
use super::intake::is_of_the_row;
use super::registration::Registration;
use crate::error::{Error, Result, quoted};
use crate::ledger::{Added, Batch, Provenance};
use crate::model::{Dispatch, Edtf, Id, Number, NumberKind};
use program::Program;

/// A program that extracts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct External {
    /// The program and its arguments, split as a shell splits words; no shell runs.
    pub command: Vec<String>,
    /// How long it may be silent: neither take a dispatch nor answer.
    pub patience: Duration,
}

/// What the program came to.
#[derive(Debug, Default)]
pub struct Answered {
    /// Claims that are new, by dispatch.
    pub claims: HashMap<Id, usize>,
    /// Claims that were refused, each with its line and why.
    pub rejected: Vec<Error>,
}

/// What it gets of a dispatch.
#[derive(Debug, Serialize)]
struct Asked<'d> {
    dispatch: String,
    text: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<Edtf>,
}

impl<'d> Asked<'d> {
    fn of(number: String, dispatch: &'d Dispatch) -> Self {
        Self {
            dispatch: number,
            text: &dispatch.text,
            source: dispatch.source.as_deref(),
            title: dispatch.title.as_deref(),
            url: dispatch.url.as_deref(),
            language: dispatch.language.as_deref(),
            published: dispatch.published,
        }
    }
}

/// How it presents itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Presents {
    extractor: String,
    version: String,
}

/// So long may the program's name with its version be, in characters.
const NAME_MAX: usize = 80;

impl External {
    /// Gives the program new dispatches of a batch and records the claims that it answers, as drafts under its name.
    ///
    /// # Errors
    /// Where it cannot be started, fails, is silent for longer than [`External::patience`], floods, or does not say
    /// who it is.
    pub(super) fn read(
        &self,
        batch: &mut Batch<'_>,
        registration: &mut Registration,
        dispatches: &[Id],
    ) -> Result<Answered> {
        let mut program = Program::start(&self.command, self.patience)?;
        for &id in dispatches {
            let (number, dispatch) = stored(batch, id)?;
            let line = serde_json::to_vec(&Asked::of(number, &dispatch))
                .map_err(|error| Error::data("a dispatch is no JSON").caused_by(error))?;
            program.ask(line)?;
        }
        let lines = program.answer()?;
        let mut lines = lines.into_iter().zip(1..).filter(|(line, _)| !line.trim_ascii().is_empty());
        let name = presented(lines.next().map(|(line, _)| line).as_deref(), &self.command)?;
        let given = dispatches.iter().copied().collect();
        let mut taking = Taking { name, given, at: None, answered: Answered::default() };
        for (line, number) in lines {
            match taking.claim(batch, registration, &line) {
                Err(error) if is_of_the_row(&error) => {
                    let said = self.command.first().cloned().unwrap_or_default();
                    taking.answered.rejected.push(error.in_file(said).at_line(number));
                }
                taken => taken?,
            }
        }
        Ok(taking.answered)
    }
}

/// Name and version from the program's first line.
fn presented(line: Option<&[u8]>, command: &[String]) -> Result<String> {
    let presents: Option<Presents> = line.and_then(|line| serde_json::from_slice(line).ok());
    let name = presents.map(|presents| format!("{}/{}", presents.extractor, presents.version));
    name.filter(|name| name.chars().count() <= NAME_MAX && !name.chars().any(char::is_control)).ok_or_else(|| {
        let program = command.first().map(String::as_str).unwrap_or_default();
        Error::data(format!("the extractor {} does not say who it is", quoted(program)))
            .hint("its first line must be {\"extractor\": \"NAME\", \"version\": \"VERSION\"}")
    })
}

/// A dispatch of the ledger with its number.
fn stored(batch: &Batch<'_>, id: Id) -> Result<(String, Dispatch)> {
    let snapshot = batch.snapshot()?;
    let number = snapshot.number(NumberKind::Dispatch, id).to_string();
    match snapshot.dispatch(id)? {
        Some(recorded) => Ok((number, recorded.value)),
        None => Err(Error::not_found(format!("there is no dispatch {number}"))),
    }
}

/// An error about a name, with the hint for a program: it has the text before it.
fn in_words(error: Error) -> Error {
    if !is_of_the_row(&error) {
        return error;
    }
    error.hint("give the words of the text in claimant_text, accused_text or target_text; or register the party first")
}

/// Taking in what a program answered.
struct Taking {
    name: String,
    /// The dispatches it was given.
    given: HashSet<Id>,
    /// The dispatch of the last claim: programs answer dispatch by dispatch.
    at: Option<(Id, Dispatch)>,
    answered: Answered,
}

impl Taking {
    fn claim(&mut self, batch: &mut Batch<'_>, registration: &mut Registration, line: &[u8]) -> Result<()> {
        let line = std::str::from_utf8(line).map_err(|error| Error::data("the line is not UTF-8").caused_by(error))?;
        let mut claim = claim_lines::claim(line)?;
        let (id, dispatch) = self.dispatch(batch, claim.dispatch.as_deref())?;
        checks::check(&mut claim, dispatch)?;
        registration.bear_out(batch, &claim, false, false).map_err(in_words)?;
        let provenance = Provenance { dispatch: Some(id), extractor: Some(self.name.clone()), ..Provenance::default() };
        if !matches!(batch.add_claim(&claim, &provenance)?, Added::Duplicate(_)) {
            *self.answered.claims.entry(id).or_default() += 1;
        }
        Ok(())
    }

    /// The dispatch a claim names, which must be one that was given.
    fn dispatch(&mut self, batch: &Batch<'_>, named: Option<&str>) -> Result<(Id, &Dispatch)> {
        let named = named.unwrap_or_default();
        let number = named.parse::<Number>().ok().filter(|number| number.kind == NumberKind::Dispatch);
        let id = number.map(|number| batch.snapshot()?.find(&number)).transpose()?.flatten();
        let id = id.filter(|id| self.given.contains(id)).ok_or_else(|| {
            Error::data(format!("{} is no dispatch that was given", quoted(named)))
                .in_column("dispatch")
                .hint("copy `dispatch` from the line that was read")
        })?;
        if self.at.as_ref().is_none_or(|(at, _)| *at != id) {
            self.at = Some((id, stored(batch, id)?.1));
        }
        match &self.at {
            Some((_, dispatch)) => Ok((id, dispatch)),
            None => Err(Error::not_found("there is no such dispatch")),
        }
    }
}
