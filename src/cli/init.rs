//! `init`: makes a ledger for an office.

use super::Outcome;
use super::args::parsed_name;
use super::context::Context;
use super::new_ledger::NewLedger;
use super::writing::{DEFAULT_OFFICE, Writing, made_line};
use crate::error::{Error, Result, quoted};
use crate::ledger::{Ledger, Office};
use crate::model::number::is_office_code;

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The office's code: 2 to 12 capital letters and digits. It stands before its numbers in other offices' ledgers
    #[arg(long, value_name = "CODE", value_parser = parsed_code, default_value = DEFAULT_OFFICE.0)]
    code: String,
    /// What reports print above the office's figures
    #[arg(long, value_name = "TITLE", value_parser = parsed_name, default_value = DEFAULT_OFFICE.1)]
    title: String,
    #[command(flatten)]
    writing: Writing,
}

fn parsed_code(text: &str) -> Result<String> {
    if is_office_code(text) {
        return Ok(text.to_owned());
    }
    Err(Error::usage(format!("{} is no office code", quoted(text)))
        .hint("write 2 to 12 capital letters and digits, a letter first: KHI"))
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let path = quoted(&context.ledger.named.display().to_string());
    let Some(zone) = args.writing.tz else {
        return Err(Error::usage("a ledger needs the zone of its dates: `--tz` is missing")
            .hint("add --tz with the zone in which your dates are meant, such as --tz Asia/Yerevan"));
    };
    if context.ledger.path.exists() {
        return Err(Error::conflict(format!("there is a file at {path} already"))
            .hint("name another with --ledger; a ledger is never overwritten"));
    }
    let office = Office { code: args.code.clone(), title: args.title.clone(), zone };
    let stamp = context.stamp("init", &args.writing);
    if args.writing.dry_run {
        Ledger::create_in_memory(&office, &stamp)?;
        context.print(format_args!("a ledger would be made at {path}"))?;
    } else {
        let (new, ledger) = NewLedger::create(&context.ledger, &office, &stamp)?;
        new.appear(ledger)?;
        context.print(made_line(&context.ledger, &office))?;
    }
    Ok(Outcome::Fine)
}
