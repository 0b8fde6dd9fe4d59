//! Times as reports print them: EDTF in the report's zone.

use chrono::{Datelike, NaiveDateTime, Timelike};

use crate::model::edtf::{Bound, Clock, Date, Point};
use crate::model::{Edtf, Grain, When, Zone};
use crate::reconcile::Moment;

/// A moment in a zone, as finely as it was told. `None` where it has no bounds or lies outside the calendar.
pub fn edtf(moment: &Moment, zone: Zone) -> Option<Edtf> {
    let point = |utc: i64| zone.local(utc).map(|local| point(local, moment.grain));
    let from = moment.lo.map(|lo| point(lo).ok_or(())).transpose().ok()?;
    let to = moment.hi.and_then(|hi| hi.checked_sub(1)).map(|last| point(last).ok_or(())).transpose().ok()?;
    match (from, to) {
        (None, None) => None,
        (Some(from), Some(to)) => Some(Edtf::between(from, to)),
        (from, to) => Some(Edtf::Interval(from.map_or(Bound::Open, Bound::At), to.map_or(Bound::Open, Bound::At))),
    }
}

/// A moment in words, or nothing.
pub fn printed(moment: Option<&Moment>, zone: Zone) -> Option<String> {
    moment.and_then(|moment| edtf(moment, zone)).map(|edtf| edtf.to_string())
}

/// An instant in a zone, to the minute.
pub fn instant(utc: i64, zone: Zone) -> Option<String> {
    zone.local(utc).map(|local| Edtf::Point(point(local, Grain::Minute)).to_string())
}

/// A moment with the comparisons of the model. `None` where it has no bounds.
pub fn when(moment: &Moment, zone: Zone) -> Option<When> {
    let edtf = edtf(moment, zone)?;
    Some(When { edtf, zone, lo: moment.lo, hi: moment.hi, extent: moment.extent })
}

fn point(local: NaiveDateTime, grain: Grain) -> Point {
    let plain = |date| Point { date, clock: None, qualifier: None };
    let clock = |seconds: bool| {
        let time = local.time().with_second(if seconds { local.second() } else { 0 }).unwrap_or_else(|| local.time());
        Point { clock: Some(Clock { time, seconds, offset: None }), ..plain(Date::Day(local.date())) }
    };
    match grain {
        Grain::Second => clock(true),
        Grain::Minute => clock(false),
        Grain::Day => plain(Date::Day(local.date())),
        Grain::Month | Grain::Season => {
            plain(Date::Month(local.year(), u8::try_from(local.month()).unwrap_or_default()))
        }
        Grain::Year | Grain::Decade | Grain::Century => plain(Date::Year(local.year())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Extent;
    use crate::tally::numbers::resolved;

    fn through(text: &str, zone: &str) -> String {
        let zone = zone.parse().unwrap();
        printed(Some(&resolved(text.parse().unwrap(), zone, Extent::Within)), zone).unwrap()
    }

    #[test]
    fn a_date_told_in_the_report_s_zone_prints_as_told() {
        for text in [
            "2020-10-10",
            "2020-10-10T12:05",
            "2020-10-09/2020-10-11",
            "2020-10-10T12:00/2020-10-10T14:30",
            "2020-10",
            "2020",
            "2020-10-10/..",
            "../2020-10-10",
        ] {
            assert_eq!(through(text, "Asia/Yerevan"), text);
        }
    }

    #[test]
    fn an_instant_is_moved_to_the_zone() {
        let moment = resolved("2020-10-10T08:05Z".parse().unwrap(), Zone::UTC, Extent::Within);
        assert_eq!(printed(Some(&moment), "Asia/Yerevan".parse().unwrap()).as_deref(), Some("2020-10-10T12:05"));
    }

    #[test]
    fn nothing_known_prints_nothing() {
        let moment = Moment { lo: None, hi: None, grain: Grain::Day, extent: Extent::Within };
        assert_eq!(printed(Some(&moment), Zone::UTC), None);
        assert_eq!(printed(None, Zone::UTC), None);
        let beyond = Moment { lo: Some(i64::MAX), hi: Some(i64::MIN), grain: Grain::Day, extent: Extent::Within };
        assert_eq!(printed(Some(&beyond), Zone::UTC), None);
    }
}
