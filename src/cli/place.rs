//! `place`: registers places, so that claims near each other are known to be, and lists them.

use clap::Subcommand;

use super::args::parsed_name;
use super::numbers::Stands;
use super::output::{Format, OutputArgs};
use super::writing::Writing;
use super::{Context, Outcome};
use crate::error::Result;
use crate::ledger::Recorded;
use crate::model::text::shown;
use crate::model::{NumberKind, Place, Point};
use crate::report::sheet::{Cell, Column, Sheet};

/// What the verb takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Clone, Subcommand)]
enum Verb {
    /// Register a place
    Add(Add),
    /// List the places
    List(List),
}

#[derive(Debug, Clone, clap::Args)]
struct Add {
    /// The name reports print
    #[arg(value_parser = parsed_name)]
    name: String,
    /// Degrees north
    #[arg(long, value_name = "DEGREES", allow_hyphen_values = true, default_value = "")]
    lat: String,
    /// Degrees east
    #[arg(long, value_name = "DEGREES", allow_hyphen_values = true, default_value = "")]
    lon: String,
    /// What it is: village, district
    #[arg(long, value_parser = parsed_name)]
    kind: Option<String>,
    /// The place it lies in, by name
    #[arg(long, value_name = "PLACE", value_parser = parsed_name)]
    parent: Option<String>,
    /// Another name of it
    #[arg(long = "alias", value_name = "NAME", value_parser = parsed_name)]
    aliases: Vec<String>,
    #[command(flatten)]
    writing: Writing,
}

#[derive(Debug, Clone, clap::Args)]
struct List {
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    match &args.verb {
        Verb::Add(args) => add(args, context),
        Verb::List(args) => list(args, context),
    }
}

fn add(args: &Add, context: &mut Context) -> Result<Outcome> {
    let place = Place {
        name: args.name.clone(),
        kind: args.kind.clone(),
        parent: args.parent.clone(),
        point: Point::parse(&args.lat, &args.lon)?,
        aliases: args.aliases.clone(),
    };
    let written = context.write("place add", &args.writing, |batch, _| {
        let added = batch.add_place(&place)?;
        Ok(Stands::of(&batch.snapshot()?, NumberKind::Place, added))
    })?;
    context.print(format_args!("{} ({})", written.value.line(written.batch()), shown(&place.name)))?;
    Ok(Outcome::Fine)
}

fn list(args: &List, context: &mut Context) -> Result<Outcome> {
    let (form, destination) = (args.output.form(Format::ALL)?, args.output.open()?);
    let places = context.open_to_read()?.snapshot()?.places()?;
    let any = !places.is_empty();
    destination.sheet(form, &sheet(places), context)?;
    Ok(Outcome::findings_if(!any))
}

fn sheet(places: Vec<Recorded<Place>>) -> Sheet {
    let columns = ["number", "place", "kind", "lies in", "lat", "lon", "other names"];
    let keys = ["number", "place", "kind", "parent", "lat", "lon", "names"];
    let degrees = |degrees: Option<f64>| Cell::text(degrees.map(|degrees| degrees.to_string()));
    let row = |Recorded { id, value, .. }: Recorded<Place>| {
        vec![
            Cell::Numbers(NumberKind::Place, vec![id]),
            Cell::Text(value.name),
            Cell::text(value.kind),
            Cell::text(value.parent),
            degrees(value.point.map(Point::lat)),
            degrees(value.point.map(Point::lon)),
            Cell::text((!value.aliases.is_empty()).then(|| value.aliases.join(", "))),
        ]
    };
    Sheet {
        name: "places",
        title: "Places".to_owned(),
        columns: keys.into_iter().zip(columns).map(|(key, title)| Column::words(key, title)).collect(),
        rows: places.into_iter().map(row).collect(),
        ..Sheet::default()
    }
}
