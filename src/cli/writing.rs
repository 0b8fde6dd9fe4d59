//! The options every write shares, and the one way a verb writes: one batch that stands whole or leaves nothing.

use clap::Args;

use super::args::{parsed, parsed_name};
use super::context::{Context, FileName};
use super::new_ledger::NewLedger;
use crate::error::{Error, Result, quoted};
use crate::ledger::{Batch, Ledger, Office, Receipt, Stamp};
use crate::model::text::shown;
use crate::model::{Number, Zone};

/// Options of every verb that writes.
#[derive(Debug, Clone, Default, Args)]
pub struct Writing {
    /// Who writes, as the ledger shall tell it.
    #[arg(help = "Who writes, as the ledger shall tell it; else $TRUCEBOOK_BY. Never the login name", long, value_name = "NAME", value_parser = parsed_name, help_heading = "Writing")]
    pub by: Option<String>,
    /// The zone of dates without one, such as Asia/Yerevan; needed when the ledger is made
    #[arg(long, value_name = "ZONE", value_parser = parsed::<Zone>, help_heading = "Writing")]
    pub tz: Option<Zone>,
    /// Show what would be written, and write nothing
    #[arg(long, help_heading = "Writing")]
    pub dry_run: bool,
    /// Write although the clock stands behind the newest entry
    #[arg(long, help_heading = "Writing")]
    pub clock_may_lag: bool,
}

/// The office of a ledger that the first write makes; `init` gives it a name of its own.
pub const DEFAULT_OFFICE: (&str, &str) = ("DESK", "Unnamed desk");

/// What a write came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written<T> {
    /// What the verb made of it.
    pub value: T,
    /// The batch; its number is `None` where nothing was written or it was a dry run.
    pub receipt: Receipt,
}

impl<T> Written<T> {
    /// The batch's number.
    pub const fn batch(&self) -> Option<&Number> {
        self.receipt.batch.as_ref()
    }
}

/// How a batch begins.
type Begin = for<'ledger> fn(&'ledger mut Ledger, &Stamp) -> Result<Batch<'ledger>>;

impl Context {
    /// Writes one batch. The ledger is made if there is none (and said so); a failure or a dry run leaves
    /// everything as it was, a ledger made on the way included.
    pub fn write<T>(
        &mut self,
        verb: &'static str,
        writing: &Writing,
        fill: impl FnOnce(&mut Batch<'_>, &mut Self) -> Result<T>,
    ) -> Result<Written<T>> {
        self.write_batch(verb, writing, Ledger::begin, fill)
    }

    /// Writes one batch as [`Context::write`] does, without reconciling what it changes.
    pub fn write_bulk<T>(
        &mut self,
        verb: &'static str,
        writing: &Writing,
        fill: impl FnOnce(&mut Batch<'_>, &mut Self) -> Result<T>,
    ) -> Result<Written<T>> {
        self.write_batch(verb, writing, Ledger::begin_bulk, fill)
    }

    fn write_batch<T>(
        &mut self,
        verb: &'static str,
        writing: &Writing,
        begin: Begin,
        fill: impl FnOnce(&mut Batch<'_>, &mut Self) -> Result<T>,
    ) -> Result<Written<T>> {
        let stamp = self.stamp(verb, writing);
        // In this order, so that on failure the ledger is closed before it is removed.
        let (made, mut ledger) = self.open_to_write(&stamp, writing)?;
        let done = self.write_to(&mut ledger, &stamp, writing.dry_run, begin, fill);
        let written = match done {
            Ok(written) => written,
            Err(error) => return Err(made.iter().fold(error, |error, made| made.named(error))),
        };
        if let Some(made) = made {
            let line = made_line(&self.ledger, ledger.office());
            made.appear(ledger)?;
            self.say(line)?;
        }
        Ok(written)
    }

    fn write_to<T>(
        &mut self,
        ledger: &mut Ledger,
        stamp: &Stamp,
        dry_run: bool,
        begin: Begin,
        fill: impl FnOnce(&mut Batch<'_>, &mut Self) -> Result<T>,
    ) -> Result<Written<T>> {
        let mut batch = begin(ledger, stamp)?;
        let value = fill(&mut batch, self)?;
        let nothing = Receipt { batch: None, entries: 0, resolved: 0 };
        let receipt = if dry_run { nothing } else { batch.commit()? };
        Ok(Written { value, receipt })
    }

    /// The header of a batch that a verb writes now.
    pub fn stamp(&self, verb: &'static str, writing: &Writing) -> Stamp {
        let made_by = writing.by.clone().or_else(|| self.made_by.clone());
        Stamp { now: self.now, made_by, verb, clock_may_lag: writing.clock_may_lag }
    }

    fn open_to_write(&self, stamp: &Stamp, writing: &Writing) -> Result<(Option<NewLedger>, Ledger)> {
        let path = &self.ledger.path;
        if path.exists() {
            let ledger = Ledger::open_to_write(path, self.wait)?;
            return same_zone(&ledger, writing.tz).map(|()| (None, ledger));
        }
        let office = self.first_office(writing)?;
        if writing.dry_run {
            return Ok((None, Ledger::create_in_memory(&office, stamp)?));
        }
        NewLedger::create(&self.ledger, &office, stamp).map(|(new, ledger)| (Some(new), ledger))
    }

    /// The office of a ledger that is still to be made.
    pub fn first_office(&self, writing: &Writing) -> Result<Office> {
        let Some(zone) = writing.tz else {
            let path = quoted(&self.ledger.named.display().to_string());
            return Err(Error::usage(format!("there is no ledger at {path} yet, and making one needs --tz")).hint(
                "add --tz with the zone in which your dates are meant, such as --tz Asia/Yerevan; or name your \
                 ledger with --ledger",
            ));
        };
        let (code, title) = DEFAULT_OFFICE;
        Ok(Office { code: code.to_owned(), title: title.to_owned(), zone })
    }
}

/// Says that a ledger was made, and for which office.
pub fn made_line(ledger: &FileName, office: &Office) -> String {
    let path = quoted(&ledger.named.display().to_string());
    format!("made the ledger {path}: office {} ({}), zone {}", office.code, shown(&office.title), office.zone)
}

fn same_zone(ledger: &Ledger, asked: Option<Zone>) -> Result<()> {
    let zone = ledger.office().zone;
    match asked {
        Some(asked) if asked != zone => Err(Error::conflict(format!("the ledger's zone is {zone}, not {asked}"))
            .hint("leave --tz out: it counts only when a ledger is made")),
        _ => Ok(()),
    }
}
