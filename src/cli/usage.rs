//! What clap refuses, said in the design's form: `error: …` and `  hint: …`.

use std::ffi::OsString;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::Outcome;
use super::args::Cli;
use super::context::{is_broken_pipe, unwritten};
use crate::error::{Error, Result, quoted};

/// Answers a command line that did not parse: prints help or version, or says what is wrong.
pub fn answer(refused: &clap::Error, arguments: &[OsString]) -> Result<Outcome> {
    match refused.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => match refused.print().map_err(unwritten) {
            Err(error) if !is_broken_pipe(&error) => Err(error),
            _ => Ok(Outcome::Fine),
        },
        _ => Err(refusal(refused, &help_line(arguments))),
    }
}

/// The error that stands for a refusal of clap's.
fn refusal(refused: &clap::Error, help: &str) -> Error {
    match refused.kind() {
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => bad_value(refused, help),
        ErrorKind::UnknownArgument => {
            let given = text(refused, ContextKind::InvalidArg);
            let what = if given.starts_with('-') { "is no option here" } else { "is one argument too many" };
            let message = format!("{} {what}", quoted(&given));
            suggested(Error::usage(message), &text(refused, ContextKind::SuggestedArg), help)
        }
        ErrorKind::InvalidSubcommand => {
            let message = format!("{} is no verb", quoted(&text(refused, ContextKind::InvalidSubcommand)));
            suggested(Error::usage(message), &text(refused, ContextKind::SuggestedSubcommand), help)
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Error::usage("a verb is missing").hint(help)
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = text(refused, ContextKind::InvalidArg);
            Error::usage(format!("{} is missing", quoted(&missing))).hint(help)
        }
        ErrorKind::ArgumentConflict => {
            let (one, other) = (option(refused, ContextKind::InvalidArg), option(refused, ContextKind::PriorArg));
            let message = if other.is_empty() || one == other {
                format!("{} is given twice", quoted(&one))
            } else {
                format!("{} and {} do not go together", quoted(&one), quoted(&other))
            };
            Error::usage(message).hint(help)
        }
        ErrorKind::InvalidUtf8 => Error::usage("an argument is not UTF-8").hint(help),
        _ => Error::usage(first_line(refused)).hint(help),
    }
}

fn bad_value(refused: &clap::Error, help: &str) -> Error {
    let (name, value) = (option(refused, ContextKind::InvalidArg), text(refused, ContextKind::InvalidValue));
    let source = std::error::Error::source(refused);
    if let Some(ours) = source.and_then(|source| source.downcast_ref::<Error>()) {
        // A message that does not quote the value gets it put before.
        let message = ours.to_string();
        let quoted_value = quoted(&value);
        let message = if message.contains('`') {
            format!("{name}: {message}")
        } else {
            format!("{name}: {quoted_value}: {message}")
        };
        return Error::usage(message).hint(ours.remedy().unwrap_or(help));
    }
    if value.is_empty() {
        return Error::usage(format!("{} needs a value", quoted(&name))).hint(help);
    }
    let known = text(refused, ContextKind::ValidValue);
    let error = Error::usage(format!("{} is no value of `{name}`", quoted(&value)));
    if known.is_empty() { error.hint(help) } else { error.hint(format!("one of: {known}")) }
}

fn suggested(error: Error, instead: &str, help: &str) -> Error {
    let instead: Vec<_> = instead.split(", ").filter(|word| !word.is_empty()).map(quoted).collect();
    if instead.is_empty() {
        error.hint(help)
    } else {
        error.hint(format!("did you mean {}? {help}", instead.join(" or ")))
    }
}

/// What clap attached to a refusal, as words; empty where it attached nothing.
fn text(refused: &clap::Error, kind: ContextKind) -> String {
    match refused.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// An option's name without its value: `--tz` of `--tz <ZONE>`.
fn option(refused: &clap::Error, kind: ContextKind) -> String {
    let full = text(refused, kind);
    full.split([' ', '=']).next().unwrap_or_default().to_owned()
}

/// Where to read more: the help of the verb that was called.
fn help_line(arguments: &[OsString]) -> String {
    let mut program = Cli::command();
    program.build();
    let (mut called, mut words) = (&program, "trucebook".to_owned());
    for argument in arguments.iter().skip(1) {
        if let Some(verb) = called.get_subcommands().find(|verb| argument == verb.get_name()) {
            called = verb;
            words.push(' ');
            words.push_str(verb.get_name());
        }
    }
    format!("see `{words} --help`")
}

fn first_line(refused: &clap::Error) -> String {
    let all = refused.to_string();
    all.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
}
