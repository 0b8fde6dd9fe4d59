//! UCDP's Georeferenced Event Dataset. Deaths are those that a side suffered; of state-based and non-state violence both
//! sides are involved and nobody is the accused; of one-sided violence the first side is.

use csv::ByteRecord;

use super::item::Item;
use super::options::Options;
use super::table::TableForm;
use super::table::cells::Cells;
use super::table::columns::{ColumnMap, Columns};
use super::table::days;
use crate::error::{Error, Result, quoted};
use crate::model::party::sound_name;
use crate::model::{ActBase, Attribution, Claim, Edtf, Loss, NARRATION, Point, Range, Stance};

/// The source under which its claims stand.
const UCDP: &str = "UCDP GED";

/// The columns in their order, which files without a header go by.
pub(super) const COLUMNS: &[&str] = &[
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

/// Whether a first line is a row of a file without a header.
pub(super) fn is_headless(cells: &ByteRecord) -> bool {
    let number = |at: usize| cells.get(at).is_some_and(|cell| !cell.is_empty() && cell.iter().all(u8::is_ascii_digit));
    cells.len() == COLUMNS.len() && number(0) && number(2) && matches!(cells.get(5), Some(b"1" | b"2" | b"3"))
}

/// Reads its rows.
pub(super) struct Ged(Columns);

impl Ged {
    pub(super) fn new(header: &ByteRecord, options: &Options) -> Result<Self> {
        let needed = ["id", "type_of_violence", "side_a", "side_b", "date_start", "date_end"];
        Columns::find(COLUMNS, &needed, &["reason"], header, &options.map).map(Self)
    }

    /// Of a file without a header.
    pub(super) fn headless() -> Result<Self> {
        let header: ByteRecord = COLUMNS.iter().collect();
        Columns::find(COLUMNS, &[], &[], &header, &ColumnMap::default()).map(Self)
    }
}

impl TableForm for Ged {
    fn item(&mut self, cells: &ByteRecord) -> Result<Item> {
        GedRow(Cells::new(&self.0, cells)?).claim()
    }

    fn unknown(&self) -> &[String] {
        self.0.unknown()
    }
}

struct GedRow<'a>(Cells<'a>);

impl GedRow<'_> {
    fn at(name: &str) -> usize {
        COLUMNS.iter().position(|column| *column == name).unwrap_or(COLUMNS.len())
    }

    fn text(&self, name: &str) -> Result<Option<&str>> {
        self.0.text(Self::at(name))
    }

    fn name(&self, name: &str) -> Result<Option<String>> {
        self.0.name(Self::at(name), false)
    }

    fn claim(&self) -> Result<Item> {
        let mut claim = Claim::new(Stance::Observes, ActBase::Attack);
        claim.claimant = Some(NARRATION.to_owned());
        let (a, b) = (self.name("side_a")?, self.name("side_b")?);
        match self.text("type_of_violence")? {
            Some("1" | "2") => claim.involved = [a.clone(), b.clone()].into_iter().flatten().collect(),
            Some("3") => {
                claim.accused.clone_from(&a);
                claim.attribution = claim.accused.is_some().then_some(Attribution::Stated);
                claim.civilian = Some(true);
            }
            other => {
                return Err(Error::data(format!("{} is no type of violence", quoted(other.unwrap_or_default())))
                    .hint("1 is state-based, 2 non-state, 3 one-sided")
                    .in_column("type_of_violence"));
            }
        }
        // The words of whoever told it: a party only where one is registered under them.
        claim.claimant_text = self.text("source_original")?.and_then(|text| sound_name(text).ok()).map(str::to_owned);
        claim.occurred = self.occurred()?;
        claim.place = self.place()?;
        let degrees = |name| Ok::<_, Error>(self.text(name)?.unwrap_or_default());
        let point = Point::parse(degrees("latitude")?, degrees("longitude")?)?;
        (claim.lat, claim.lon) = (point.map(Point::lat), point.map(Point::lon));
        claim.losses = self.losses(a, b)?;
        claim.reference = self.text("id")?.map(str::to_owned);
        claim.source = Some(UCDP.to_owned());
        claim.quote = self.text("source_headline")?.map(str::to_owned);
        claim.note = self.text("source_office")?.map(|outlet| format!("compiled from: {outlet}"));
        let speaker = claim.claimant_text.clone().into_iter().collect();
        Ok(Item::Compiled(Box::new(claim), speaker))
    }

    /// Its earliest and latest day.
    fn occurred(&self) -> Result<Option<Edtf>> {
        let day = |name: &str| {
            let text = self.text(name)?;
            text.map(days::day).transpose().map_err(|error| error.in_column(name.to_owned()))
        };
        let (Some(first), Some(last)) = (day("date_start")?, day("date_end")?) else { return Ok(None) };
        days::between(first, last).map(Some).ok_or_else(|| {
            Error::data("the event ends before it begins").hint("swap the two days").in_column("date_end")
        })
    }

    fn place(&self) -> Result<Vec<String>> {
        Ok(self.name("where_coordinates")?.into_iter().collect())
    }

    /// What each side suffered, civilians by themselves. Where nobody is told apart, the estimates are all there is.
    fn losses(&self, a: Option<String>, b: Option<String>) -> Result<Vec<Loss>> {
        let dead = |name: &str| self.0.parsed::<Range>(Self::at(name));
        let counted = |name| Ok::<_, Error>(dead(name)?.filter(|dead| !dead.is_zero()));
        let of = |side, killed: Option<Range>, civilian| {
            killed.map(|killed| Loss { side, killed: Some(killed), civilian, ..Loss::default() })
        };
        let mut losses: Vec<Loss> = Vec::new();
        losses.extend(of(a, counted("deaths_a")?, None));
        losses.extend(of(
            b.filter(|_| self.text("type_of_violence").ok().flatten() != Some("3")),
            counted("deaths_b")?,
            None,
        ));
        losses.extend(of(None, counted("deaths_civilians")?, Some(true)));
        losses.extend(of(None, counted("deaths_unknown")?, None));
        if losses.is_empty() {
            let bounds = (dead("low")?.and_then(|low| low.min), dead("high")?.and_then(|high| high.max));
            losses.extend(of(None, Range::from_bounds(bounds.0, bounds.1).or(dead("best")?), None));
        }
        Ok(losses)
    }
}
