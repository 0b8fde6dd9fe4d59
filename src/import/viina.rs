//! VIINA 2, `event_info`: a row is a headline, which is taken as a dispatch; the claims in it are read as in any other.
//! Date and time are of the report. <https://github.com/zhukovyuri/VIINA>

use csv::ByteRecord;

use super::dispatch::Hints;
use super::document::Told;
use super::item::Item;
use super::options::Options;
use super::table::TableForm;
use super::table::cells::Cells;
use super::table::columns::Columns;
use crate::error::{Error, Result, quoted};
use crate::model::Edtf;
use crate::model::vocabulary::vocabulary;

vocabulary! {
    /// The columns that mean something here.
    Column, "column" {
        /// Which VIINA: it tells the table from others.
        Version = "viina_version",
        /// The report, which several rows may repeat.
        Report = "report_id",
        /// Day of the report, `YYYYMMDD`.
        Date = "date",
        /// Time of the report, `HH:MM`.
        Time = "time",
        /// The outlet, in short.
        Source = "source",
        /// Where it can be read.
        Url = "url",
        /// The headline.
        Text = "text",
        /// Its language: `ua` or `ru`.
        Lang = "lang",
    }
}

/// Columns whose values the headline's own words, or the ledger, tell better.
const PASSED_OVER: &[&str] = &[
    "event_id",
    "event_id_1pd",
    "geonameid",
    "feature_code",
    "asciiname",
    "adm1_name",
    "adm1_code",
    "adm2_name",
    "adm2_code",
    "longitude",
    "latitude",
    "geo_precision",
    "geo_api",
    "location",
    "address",
];

/// Reads the rows.
pub(super) struct Viina {
    columns: Columns,
    hints: Hints,
}

impl Viina {
    /// Finds the columns in a header.
    pub(super) fn new(header: &ByteRecord, options: &Options) -> Result<Self> {
        let needed = ["report_id", "date", "text"];
        let columns = Columns::find(Column::WORDS, &needed, PASSED_OVER, header, &options.map)?;
        Ok(Self { columns, hints: options.hints.clone() })
    }
}

impl TableForm for Viina {
    fn item(&mut self, cells: &ByteRecord) -> Result<Item> {
        let row = Cells::new(&self.columns, cells)?;
        let text = |column: Column| -> Result<Option<String>> { Ok(row.text(column as usize)?.map(str::to_owned)) };
        let headline = text(Column::Text)?.unwrap_or_default();
        let report = text(Column::Report)?;
        let told = Told {
            uri: report.clone(),
            url: text(Column::Url)?,
            source: text(Column::Source)?,
            language: text(Column::Lang)?.map(|lang| if lang == "ua" { "uk".to_owned() } else { lang }),
            published: published(text(Column::Date)?.as_deref(), text(Column::Time)?.as_deref())?,
            text: headline.clone(),
            title: None,
        };
        let stem = report.unwrap_or_else(|| "viina".to_owned());
        told.dispatch(stem, headline.into_bytes(), "UTF-8", &self.hints)
            .map(|dispatch| Item::Dispatch(Box::new(dispatch)))
    }

    fn unknown(&self) -> &[String] {
        self.columns.unknown()
    }
}

/// Day and time of the report, Kyiv time, which the ledger's zone stands for.
fn published(day: Option<&str>, time: Option<&str>) -> Result<Option<Edtf>> {
    let Some(day) = day else { return Ok(None) };
    let bad = || {
        Error::data(format!("{} is no day", quoted(day)))
            .in_column(Column::Date.as_str())
            .hint("VIINA writes days as 20220224")
    };
    let parts = day.get(..4).zip(day.get(4..6)).zip(day.get(6..)).filter(|_| day.is_ascii());
    let ((year, month), last) = parts.ok_or_else(bad)?;
    let date = format!("{year}-{month}-{last}");
    let clock = time.filter(|time| time.len() == 5).map(|time| format!("{date}T{time}"));
    let when = clock.and_then(|clock| clock.parse().ok()).or_else(|| date.parse().ok());
    when.map(Some).ok_or_else(bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_and_time_are_those_of_the_report() {
        let read = |day, time| published(Some(day), time).map(|when| when.unwrap().to_string());
        assert_eq!(read("20220224", Some("05:10")).unwrap(), "2022-02-24T05:10");
        assert_eq!(read("20220224", None).unwrap(), "2022-02-24");
        assert_eq!(read("20220224", Some("?")).unwrap(), "2022-02-24");
        assert!(read("24.02.22", None).is_err() && read("2022", None).is_err());
        assert_eq!(published(None, Some("05:10")).unwrap(), None);
    }
}
