//! `truce add`: the fields of a truce as options, on top of what claims tell of it.

use super::super::args::{parsed, parsed_name};
use super::super::claim_args::parsed_text;
use super::super::names::Names;
use super::super::numbers::{Stands, claims, find};
use super::super::recording::print_registered;
use super::super::writing::Writing;
use super::super::{Context, Outcome};
use super::facts;
use crate::error::{Error, Result, quoted};
use crate::ledger::Batch;
use crate::model::text::{key, shown};
use crate::model::{Article, Edtf, Id, Number, NumberKind, Role, Truce, TruceParty};

const WHO: &str = "Whom it binds";
const WHEN: &str = "When";

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Args {
    /// The claims that tell of it: parties, mediators and times are taken from them
    #[arg(long, value_name = "CLAIMS", value_delimiter = ',', value_parser = claims())]
    from: Vec<Number>,
    /// What reports call it; made of parties and date if not given
    #[arg(long, value_parser = parsed_name)]
    title: Option<String>,
    /// Where it holds, in words
    #[arg(long, value_name = "WORDS", value_parser = parsed_text)]
    area: Option<String>,
    /// Its stated duration: "72 hours"
    #[arg(long, value_name = "WORDS", value_parser = parsed_text)]
    duration: Option<String>,
    /// Its terms, or where they can be read
    #[arg(long, value_name = "WORDS", value_parser = parsed_text)]
    terms: Option<String>,
    /// An article: "3=Prisoners are exchanged"; may be given again
    #[arg(long = "article", value_name = "NUMBER=TEXT", value_parser = pair)]
    articles: Vec<(String, String)>,
    /// When an article falls due: 3=2020-10-15; may be given again
    #[arg(long, value_name = "NUMBER=DATE", value_parser = dated)]
    due: Vec<(String, Edtf)>,

    /// A party that fights and is bound; may be given again. One alone makes a unilateral truce
    #[arg(long = "party", value_name = "PARTY", value_parser = parsed_name, help_heading = WHO)]
    belligerents: Vec<String>,
    /// A party bound beside one that fights; may be given again
    #[arg(long = "ally", value_name = "PARTY", value_parser = parsed_name, help_heading = WHO)]
    allies: Vec<String>,
    /// Who brought it about; may be given again
    #[arg(long = "mediator", value_name = "PARTY", value_parser = parsed_name, help_heading = WHO)]
    mediators: Vec<String>,
    /// Who vouches for it; may be given again
    #[arg(long = "guarantor", value_name = "PARTY", value_parser = parsed_name, help_heading = WHO)]
    guarantors: Vec<String>,
    /// Who watches over it; may be given again
    #[arg(long = "monitor", value_name = "PARTY", value_parser = parsed_name, help_heading = WHO)]
    monitors: Vec<String>,

    /// When it was concluded
    #[arg(long, value_name = "DATE", value_parser = parsed::<Edtf>, help_heading = WHEN)]
    agreed: Option<Edtf>,
    /// When it took or takes effect
    #[arg(long, value_name = "DATE", value_parser = parsed::<Edtf>, help_heading = WHEN)]
    effective: Option<Edtf>,
    /// When it ended
    #[arg(long, value_name = "DATE", value_parser = parsed::<Edtf>, help_heading = WHEN)]
    ended: Option<Edtf>,
    /// From when one party is bound, where that differs: "Armenia=2020-10-10T13:00"; may be given again
    #[arg(long, value_name = "PARTY=DATE", value_parser = dated, help_heading = WHEN)]
    effective_for: Vec<(String, Edtf)>,
    /// Until when one party was bound, where that differs; may be given again
    #[arg(long, value_name = "PARTY=DATE", value_parser = dated, help_heading = WHEN)]
    ended_for: Vec<(String, Edtf)>,

    #[command(flatten)]
    writing: Writing,
}

fn pair(text: &str) -> Result<(String, String)> {
    let parts = text.split_once('=').map(|(name, value)| (name.trim(), value.trim()));
    let parts = parts.filter(|(name, value)| !name.is_empty() && !value.is_empty());
    let (name, value) = parts.ok_or_else(|| Error::usage("`=` is missing").hint("write NAME=VALUE, in quotes"))?;
    Ok((name.to_owned(), value.to_owned()))
}

fn dated(text: &str) -> Result<(String, Edtf)> {
    let (name, date) = pair(text)?;
    Ok((name, parsed(&date)?))
}

/// Runs `truce add`.
pub(super) fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let written = context.write("truce add", &args.writing, |batch, _| {
        let mut rests_on = Vec::new();
        for number in &args.from {
            rests_on.push(find(&batch.snapshot()?, number)?);
        }
        let mut names = Names::of(batch)?;
        let truce = truce(args, &rests_on, batch, &mut names)?;
        let added = batch.add_truce(&truce, None, &rests_on)?;
        let stands = Stands::of(&batch.snapshot()?, NumberKind::Truce, added);
        Ok((stands, truce.title, names.into_registered()))
    })?;
    let (stands, title, registered) = &written.value;
    print_registered(registered, written.batch(), context)?;
    context.print(format_args!("{} ({})", stands.line(written.batch()), shown(title)))?;
    Ok(Outcome::Fine)
}

/// The truce: what claims tell of it, and over it what was typed.
fn truce(args: &Args, rests_on: &[Id], batch: &mut Batch<'_>, names: &mut Names) -> Result<Truce> {
    let told = [args.agreed.is_some(), args.effective.is_some(), args.ended.is_some()];
    let mut truce = facts::told(&args.from, rests_on, told, &batch.snapshot()?)?;
    for (role, given) in [
        (Role::Belligerent, &args.belligerents),
        (Role::Ally, &args.allies),
        (Role::Mediator, &args.mediators),
        (Role::Guarantor, &args.guarantors),
        (Role::Monitor, &args.monitors),
    ] {
        for name in given {
            let party = names.party(batch, name)?;
            facts::join(&mut truce, party, role);
        }
    }
    truce.agreed = args.agreed.or(truce.agreed);
    truce.effective = args.effective.or(truce.effective);
    truce.ended = args.ended.or(truce.ended);
    for (name, date) in &args.effective_for {
        member(&mut truce, &names.party(batch, name)?)?.effective = Some(*date);
    }
    for (name, date) in &args.ended_for {
        member(&mut truce, &names.party(batch, name)?)?.ended = Some(*date);
    }
    truce.area.clone_from(&args.area);
    truce.duration.clone_from(&args.duration);
    truce.terms.clone_from(&args.terms);
    truce.articles = articles(args)?;
    if truce.in_role(Role::Belligerent).next().is_none() {
        return Err(Error::usage("a truce binds somebody: `--party` is missing")
            .hint("name each party that fights: --party Armenia --party Azerbaijan"));
    }
    truce.title = args.title.clone().unwrap_or_else(|| title(&truce));
    Ok(truce)
}

/// The part of a party in a truce.
pub(super) fn member<'truce>(truce: &'truce mut Truce, name: &str) -> Result<&'truce mut TruceParty> {
    let wanted = key(name);
    let bound: Vec<_> = truce.parties.iter().map(|party| quoted(&party.party)).collect();
    truce.parties.iter_mut().find(|party| key(&party.party) == wanted).ok_or_else(|| {
        Error::usage(format!("{} has no part in this truce", quoted(name)))
            .hint(format!("one of: {}", bound.join(", ")))
    })
}

fn articles(args: &Args) -> Result<Vec<Article>> {
    let article = |(number, text): &(String, String)| Article { number: number.clone(), text: text.clone(), due: None };
    let mut articles: Vec<_> = args.articles.iter().map(article).collect();
    for (number, due) in &args.due {
        let article = articles.iter_mut().find(|article| article.number == *number).ok_or_else(|| {
            Error::usage(format!("there is no article {}", quoted(number)))
                .hint("give its text with --article NUMBER=TEXT")
        })?;
        article.due = Some(*due);
    }
    Ok(articles)
}

/// "Armenia and Azerbaijan, 2020-10-10".
fn title(truce: &Truce) -> String {
    let parties: Vec<_> = truce.in_role(Role::Belligerent).collect();
    let parties = match parties.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        other => other.concat(),
    };
    let date = truce.effective.or(truce.agreed).and_then(|date| date.first().map(|point| point.date));
    date.map_or_else(|| parties.clone(), |date| format!("{parties}, {date}"))
}
