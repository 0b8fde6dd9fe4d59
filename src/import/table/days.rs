//! Days as foreign tables write them.

use chrono::{DateTime, Datelike, Days, NaiveDate};

use crate::error::{Error, Result, quoted};
use crate::model::Edtf;

/// A day written `2023-01-31`, `31 January 2023`, `31-Jan-2023`, or with a time of day after it.
pub(in crate::import) fn day(text: &str) -> Result<NaiveDate> {
    const FORMS: &[&str] = &["%Y-%m-%d", "%d %B %Y", "%d-%b-%Y", "%d %b %Y", "%Y/%m/%d"];
    let whole = text.trim();
    let date = whole.split_once(['T', ' ']).filter(|(day, _)| day.len() == 10).map_or(whole, |(day, _)| day);
    FORMS.iter().find_map(|form| NaiveDate::parse_from_str(date, form).ok()).ok_or_else(|| {
        Error::data(format!("{} is no day", quoted(text))).hint("write it as 2023-01-31 or 31 January 2023")
    })
}

/// A day in EDTF.
pub(in crate::import) fn edtf(day: NaiveDate) -> Option<Edtf> {
    day.format("%Y-%m-%d").to_string().parse().ok()
}

/// From one day to another; one day where they are the same. `None` where the second lies before the first.
pub(in crate::import) fn between(first: NaiveDate, last: NaiveDate) -> Option<Edtf> {
    if first == last {
        return edtf(first);
    }
    format!("{}/{}", first.format("%Y-%m-%d"), last.format("%Y-%m-%d")).parse().ok()
}

/// The calendar week of a day, from Monday to Sunday.
pub(in crate::import) fn week_of(day: NaiveDate) -> Option<Edtf> {
    let monday = day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())))?;
    between(monday, monday.checked_add_days(Days::new(6))?)
}

/// The month of a day.
pub(in crate::import) fn month_of(day: NaiveDate) -> Option<Edtf> {
    day.format("%Y-%m").to_string().parse().ok()
}

/// An instant of UTC seconds in EDTF.
pub(in crate::import) fn instant(utc: i64) -> Option<Edtf> {
    DateTime::from_timestamp(utc, 0)?.format("%Y-%m-%dT%H:%M:%SZ").to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_widened() {
        for text in ["2023-01-31", "31 January 2023", "31-Jan-2023", "2023-01-31 00:00:00.000"] {
            assert_eq!(day(text).unwrap(), NaiveDate::from_ymd_opt(2023, 1, 31).unwrap(), "{text}");
        }
        let tuesday = day("2023-01-31").unwrap();
        assert_eq!(week_of(tuesday).unwrap().to_string(), "2023-01-30/2023-02-05");
        assert_eq!(month_of(tuesday).unwrap().to_string(), "2023-01");
        assert_eq!(instant(1_675_795_283).unwrap().to_string(), "2023-02-07T18:41:23Z");
        assert!(day("soon").is_err());
    }
}
