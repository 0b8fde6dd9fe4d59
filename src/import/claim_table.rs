//! Our own claims in a table, as desks keep them by hand.

use csv::ByteRecord;

use super::item::Item;
use super::options::Options;
use super::rejects::REASON;
use super::table::TableForm;
use super::table::cells::Cells;
use super::table::columns::Columns;
use crate::error::{Error, Result};
use crate::model::{
    Act, ActFamily, Attribution, Claim, ClaimColumn as Column, Figure, Loss, Point, Range, Stance, Unit,
};

/// Columns that an export or a list of refused rows carries beside those of the claim.
const BESIDE: &[&str] = &[REASON, "number", "dispatch", "statement", "incident", "batch"];

/// Reads the rows of a table of claims.
pub(super) struct ClaimTable {
    columns: Columns,
    source: Option<String>,
}

impl ClaimTable {
    /// Finds the columns in a header.
    pub(super) fn new(header: &ByteRecord, options: &Options) -> Result<Self> {
        let needed = ["claimant", "stance", "act"];
        let columns = Columns::find(Column::WORDS, &needed, BESIDE, header, &options.map)?;
        Ok(Self { columns, source: options.hints.source.clone() })
    }
}

impl TableForm for ClaimTable {
    fn item(&mut self, cells: &ByteRecord) -> Result<Item> {
        let row = ClaimRow(Cells::new(&self.columns, cells)?);
        let mut claim = row.claim()?;
        claim.source = claim.source.or_else(|| self.source.clone());
        Ok(Item::Claim(Box::new(claim)))
    }

    fn unknown(&self) -> &[String] {
        self.columns.unknown()
    }
}

/// One row.
struct ClaimRow<'a>(Cells<'a>);

impl ClaimRow<'_> {
    fn claim(&self) -> Result<Claim> {
        let stance = self.0.parsed::<Stance>(Column::Stance as usize)?.ok_or_else(|| self.blank(Column::Stance))?;
        let act = self.0.parsed::<Act>(Column::Act as usize)?.ok_or_else(|| self.blank(Column::Act))?;
        let mut claim = Claim::new(stance, act);
        self.who(&mut claim)?;
        self.when_and_where(&mut claim)?;
        self.how_many(&mut claim)?;
        self.whence(&mut claim)?;
        Ok(claim)
    }

    fn blank(&self, column: Column) -> Error {
        let hint = match column {
            Column::Claimant => "a text that quotes nobody has `-` as its claimant",
            _ => "every claim has one",
        };
        Error::data("the cell is blank").hint(hint).in_column(self.0.column(column as usize))
    }

    fn who(&self, claim: &mut Claim) -> Result<()> {
        let name = |column: Column| self.0.name(column as usize, column == Column::Claimant);
        claim.claimant = Some(name(Column::Claimant)?.ok_or_else(|| self.blank(Column::Claimant))?);
        claim.speaker = name(Column::Speaker)?;
        claim.said_at = self.0.parsed(Column::SaidAt as usize)?;
        claim.in_response = self.0.flag(Column::InResponse as usize)?.unwrap_or(false);
        claim.parties = self.0.names(Column::Parties as usize)?;
        claim.accused = self.accused(claim)?;
        claim.attribution = self.0.parsed(Column::Attribution as usize)?;
        if claim.accused.is_some() {
            claim.attribution.get_or_insert(Attribution::Stated);
        } else if claim.attribution.is_some() {
            return Err(Error::data("it tells how an accused is known, and there is none")
                .hint("name the accused, or leave the attribution blank")
                .in_column(self.0.column(Column::Attribution as usize)));
        }
        claim.target = name(Column::Target)?;
        claim.mediators = self.0.names(Column::Mediators as usize)?;
        claim.answers = self.0.names(Column::Answers as usize)?;
        Ok(())
    }

    /// The accused. Desks write the parties to a truce there, several of them, where they have no column for them.
    fn accused(&self, claim: &mut Claim) -> Result<Option<String>> {
        let column = Column::Accused as usize;
        if claim.act.base.family() != ActFamily::Truce || !self.0.text(column)?.is_some_and(|text| text.contains(';')) {
            return self.0.name(column, false);
        }
        claim.parties.extend(self.0.names(column)?);
        Ok(None)
    }

    fn when_and_where(&self, claim: &mut Claim) -> Result<()> {
        claim.occurred = self.0.parsed(Column::Occurred as usize)?;
        claim.extent = self.0.parsed(Column::Extent as usize)?;
        claim.zone = self.0.parsed(Column::Zone as usize)?;
        claim.place = self.0.names(Column::Place as usize)?;
        let degrees = |column: Column| Ok::<_, Error>(self.0.text(column as usize)?.unwrap_or_default());
        let point = Point::parse(degrees(Column::Lat)?, degrees(Column::Lon)?)?;
        (claim.lat, claim.lon) = (point.map(Point::lat), point.map(Point::lon));
        Ok(())
    }

    fn how_many(&self, claim: &mut Claim) -> Result<()> {
        let range = |column: Column| self.0.parsed::<Range>(column as usize);
        let unit = self.0.parsed(Column::CountUnit as usize)?;
        if let Some(amount) = range(Column::Count)? {
            claim.figures.push(Figure::counted(amount, unit.unwrap_or(Unit::Violation), claim.occurred));
        }
        claim.figures.extend(self.0.list::<Figure>(Column::Figures as usize)?);
        let (killed, wounded) = (range(Column::Killed)?, range(Column::Wounded)?);
        if killed.or(wounded).is_some() {
            claim.losses.push(Loss { killed, wounded, ..Loss::default() });
        }
        claim.losses.extend(self.0.list::<Loss>(Column::Losses as usize)?);
        claim.civilian = self.0.flag(Column::Civilian as usize)?;
        Ok(())
    }

    fn whence(&self, claim: &mut Claim) -> Result<()> {
        let text = |column: Column| self.0.text(column as usize).map(|text| text.map(str::to_owned));
        claim.reference = text(Column::Ref)?;
        claim.noted_at = self.0.parsed(Column::NotedAt as usize)?;
        claim.source = self.0.name(Column::Source as usize, false)?;
        claim.url = text(Column::Url)?;
        claim.published = self.0.parsed(Column::Published as usize)?;
        claim.quote = text(Column::Quote)?;
        claim.note = text(Column::Note)?;
        Ok(())
    }
}
