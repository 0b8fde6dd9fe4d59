//! ACLED's event table. Its two actors carry no direction, so that both are kept as involved and the accused is unknown;
//! its deaths are a least number and belong to no side. ACLED compiles what others report, so that it never corroborates.

use csv::ByteRecord;

use super::item::Item;
use super::options::Options;
use super::table::TableForm;
use super::table::cells::Cells;
use super::table::columns::Columns;
use super::table::days;
use crate::error::{Error, Result, quoted};
use crate::model::vocabulary::vocabulary;
use crate::model::{Act, ActBase, Claim, Edtf, Hedge, Loss, NARRATION, Point, Range, Stance};

/// The source under which its claims stand.
const ACLED: &str = "ACLED";

vocabulary! {
    /// The columns that are read, of the 31 there are.
    Column, "column" {
        /// ACLED's own key of the event.
        EventId = "event_id_cnty",
        /// `2023-01-31` or `31 January 2023`.
        EventDate = "event_date",
        /// 1 the day, 2 the week, 3 the month.
        TimePrecision = "time_precision",
        /// One of six.
        EventType = "event_type",
        /// What it was, more closely.
        SubEventType = "sub_event_type",
        /// One that took part.
        Actor1 = "actor1",
        /// The other.
        Actor2 = "actor2",
        /// Filled where civilians were the main target.
        CivilianTargeting = "civilian_targeting",
        /// The place.
        Location = "location",
        /// Degrees north.
        Latitude = "latitude",
        /// Degrees east.
        Longitude = "longitude",
        /// The outlets it was compiled from.
        Source = "source",
        /// The event in words.
        Notes = "notes",
        /// The least number of dead, of whichever side.
        Fatalities = "fatalities",
        /// Words such as `ceasefire`.
        Tags = "tags",
        /// When ACLED last changed the row: seconds since 1970.
        Timestamp = "timestamp",
    }
}

/// The columns that are not read.
const PASSED_OVER: &[&str] = &[
    "reason",
    "year",
    "disorder_type",
    "assoc_actor_1",
    "inter1",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "geo_precision",
    "source_scale",
    "iso3",
    "event_id_no_cnty",
    "population_best",
];

/// Reads ACLED's rows.
pub(super) struct Acled(Columns);

impl Acled {
    pub(super) fn new(header: &ByteRecord, options: &Options) -> Result<Self> {
        let needed = ["event_id_cnty", "event_date", "event_type", "sub_event_type"];
        Columns::find(Column::WORDS, &needed, PASSED_OVER, header, &options.map).map(Self)
    }
}

impl TableForm for Acled {
    fn item(&mut self, cells: &ByteRecord) -> Result<Item> {
        let row = AcledRow(Cells::new(&self.0, cells)?);
        match row.act()? {
            Some((act, civilian)) => row.claim(act, civilian),
            None => Ok(Item::PassedOver("protests, riots and other events that break no truce")),
        }
    }

    fn unknown(&self) -> &[String] {
        self.0.unknown()
    }
}

struct AcledRow<'a>(Cells<'a>);

impl AcledRow<'_> {
    fn text(&self, column: Column) -> Result<Option<&str>> {
        self.0.text(column as usize)
    }

    /// What the event is here, and whether civilians were its target by its very type; `None` for what breaks no truce.
    fn act(&self) -> Result<Option<(Act, bool)>> {
        let kind = self.text(Column::EventType)?.unwrap_or_default().to_ascii_lowercase();
        let closer = self.text(Column::SubEventType)?.unwrap_or_default().to_ascii_lowercase();
        let plain = |base: ActBase| Some((Act::from(base), false));
        let detailed =
            |base: ActBase, detail: &str, civilian| Some((Act { base, detail: Some(detail.to_owned()) }, civilian));
        Ok(match (kind.as_str(), closer.as_str()) {
            ("battles", _) => detailed(ActBase::Attack, "clash", false),
            (_, "air/drone strike") => plain(ActBase::AirStrike),
            (_, "shelling/artillery/missile attack") => plain(ActBase::Shelling),
            (_, "remote explosive/landmine/ied") => plain(ActBase::Explosion),
            (_, "grenade") => detailed(ActBase::Explosion, "grenade", false),
            (_, "suicide bomb") => detailed(ActBase::Explosion, "suicide", false),
            ("violence against civilians", "abduction/forced disappearance" | "abduction") => {
                detailed(ActBase::Detention, "abduction", true)
            }
            ("violence against civilians", _) => Some((ActBase::Attack.into(), true)),
            ("explosions/remote violence", _) => plain(ActBase::Explosion),
            (_, "agreement") if self.tells_of_a_truce()? => plain(ActBase::TruceAgreed),
            (_, "disrupted weapons use") => detailed(ActBase::Explosion, "disrupted", false),
            (_, "looting/property destruction") => detailed(ActBase::Violation, "looting", false),
            ("protests" | "riots" | "strategic developments", _) => None,
            _ => {
                return Err(Error::data(format!("{} is no event type of ACLED", quoted(&kind)))
                    .hint("the column holds Battles, Explosions/Remote violence, Violence against civilians, …")
                    .in_column(Column::EventType.as_str()));
            }
        })
    }

    fn tells_of_a_truce(&self) -> Result<bool> {
        let texts = [self.text(Column::Notes)?, self.text(Column::Tags)?];
        let tells = |text: &str| ["ceasefire", "cease-fire", "truce"].iter().any(|word| text.contains(word));
        Ok(texts.into_iter().flatten().any(|text| tells(&text.to_lowercase())))
    }

    fn claim(&self, act: Act, civilian: bool) -> Result<Item> {
        let is_truce = act.base == ActBase::TruceAgreed;
        let mut claim = Claim::new(if is_truce { Stance::Declares } else { Stance::Observes }, act);
        claim.claimant = Some(NARRATION.to_owned());
        let actors = [self.0.name(Column::Actor1 as usize, false)?, self.0.name(Column::Actor2 as usize, false)?];
        let actors = actors.into_iter().flatten().collect();
        if is_truce {
            claim.parties = actors;
        } else {
            claim.involved = actors;
        }
        claim.occurred = self.occurred()?;
        claim.place = self.0.names(Column::Location as usize)?;
        let degrees = |column| Ok::<_, Error>(self.text(column)?.unwrap_or_default());
        let point = Point::parse(degrees(Column::Latitude)?, degrees(Column::Longitude)?)?;
        (claim.lat, claim.lon) = (point.map(Point::lat), point.map(Point::lon));
        claim.losses.extend(self.dead()?);
        claim.civilian = (civilian || self.text(Column::CivilianTargeting)?.is_some()).then_some(true);
        claim.reference = self.text(Column::EventId)?.map(str::to_owned);
        claim.source = Some(ACLED.to_owned());
        claim.published = self.text(Column::Timestamp)?.and_then(|stamp| days::instant(stamp.parse().ok()?));
        claim.quote = self.text(Column::Notes)?.map(str::to_owned);
        claim.note = self.text(Column::Source)?.map(|outlets| format!("compiled from: {outlets}"));
        let outlets = self.text(Column::Source)?.unwrap_or_default();
        let outlets = outlets.split(';').map(|outlet| outlet.trim().to_owned()).collect();
        Ok(Item::Compiled(Box::new(claim), outlets))
    }

    /// The day, week or month, as precisely as the row claims to know.
    fn occurred(&self) -> Result<Option<Edtf>> {
        let Some(text) = self.text(Column::EventDate)? else { return Ok(None) };
        let in_column = |error: Error| error.in_column(Column::EventDate.as_str());
        let day = days::day(text).map_err(in_column)?;
        Ok(match self.text(Column::TimePrecision)? {
            Some("2") => days::week_of(day),
            Some("3") => days::month_of(day),
            _ => days::edtf(day),
        })
    }

    /// Its deaths, which are the least there were.
    fn dead(&self) -> Result<Option<Loss>> {
        let dead: Option<Range> = self.0.parsed(Column::Fatalities as usize)?;
        let least = dead.and_then(|dead| dead.min).map(|min| Range::hedged(min, Hedge::AtLeast));
        Ok(least.map(|killed| Loss { killed: Some(killed), ..Loss::default() }))
    }
}
