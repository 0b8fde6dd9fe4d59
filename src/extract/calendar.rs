//! What day an expression of time means, given the day of the text and the time told before.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::times::Said;
use crate::model::Edtf;
use crate::model::edtf::{Date, Point};

/// A time that is told: days, and a time of day on the first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) from: NaiveDate,
    pub(crate) to: NaiveDate,
    pub(crate) clock: Option<NaiveTime>,
    /// Told to the month or year only.
    coarse: Option<Date>,
}

impl Told {
    pub(crate) const fn day(day: NaiveDate) -> Self {
        Self { from: day, to: day, clock: None, coarse: None }
    }

    const fn days(from: NaiveDate, to: NaiveDate) -> Self {
        Self { from, to, clock: None, coarse: None }
    }

    /// The surface form.
    pub(crate) fn edtf(&self) -> Edtf {
        let point = |date| Point { date, clock: None, qualifier: None };
        match (self.coarse, self.clock) {
            (Some(date), _) => Edtf::Point(point(date)),
            (None, Some(clock)) => Edtf::Point(Point::minute(self.from, clock)),
            (None, None) => Edtf::between(point(Date::Day(self.from)), point(Date::Day(self.to))),
        }
    }

    /// Whether two share a day.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// Whether it is told to the day or finer.
    pub(crate) const fn fine(&self) -> bool {
        self.coarse.is_none()
    }

    /// The same days without the time of day.
    pub(crate) fn whole_days(self) -> Self {
        Self { clock: None, ..self }
    }

    fn start(&self) -> NaiveDateTime {
        self.from.and_time(self.clock.unwrap_or(NaiveTime::MIN))
    }
}

/// What is known when a time is read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Known {
    /// The last day on which the text can have been written, and whether that very day is known.
    pub(crate) published: Option<(NaiveDate, bool)>,
    /// The time told last.
    pub(crate) then: Option<Told>,
}

impl Known {
    /// The day of the text, where it is known to the day.
    pub(crate) fn today(&self) -> Option<NaiveDate> {
        self.published.and_then(|(day, exact)| exact.then_some(day))
    }

    /// What an expression means; `None` where too little is known.
    pub(crate) fn read(&self, said: &Said) -> Option<Told> {
        let shift = |day: NaiveDate, by: i64| day.checked_add_signed(TimeDelta::try_days(by)?);
        Some(match said {
            Said::Date { year, month, day } => Told::day(self.date(*year, *month, *day)?),
            Said::DayOfMonth(day) => {
                let (last, _) = self.published?;
                let before = last.checked_sub_months(chrono::Months::new(1))?;
                let on = |month: NaiveDate| month.with_day(*day).filter(|on| *on <= last);
                Told::day(on(last).or_else(|| on(before))?)
            }
            Said::Month { year, month } => self.month(*year, *month)?,
            Said::Year(year) => {
                let (from, to) = (NaiveDate::from_ymd_opt(*year, 1, 1)?, NaiveDate::from_ymd_opt(*year, 12, 31)?);
                Told { coarse: Some(Date::Year(*year)), ..Told::days(from, to) }
            }
            Said::Weekday(day) => {
                let today = self.today()?;
                let back = (today.weekday().number_from_monday() + 7 - day) % 7;
                Told::day(shift(today, -i64::from(back))?)
            }
            Said::Day(by) => Told::day(shift(self.today()?, *by)?),
            Said::FromThen(by) => {
                let then = self.then.or(self.today().map(Told::day))?;
                Told::days(shift(then.from, *by)?, shift(then.to, *by)?)
            }
            Said::Same => Told { clock: None, ..self.then? },
            Said::NightTo(end) => {
                let end = self.read(end)?;
                if end.from == end.to { Told::days(shift(end.to, -1)?, end.to) } else { end }
            }
            Said::Night | Said::PastDay => Told::days(shift(self.today()?, -1)?, self.today()?),
            Said::PastDays(days) => Told::days(shift(self.today()?, -days)?, self.today()?),
            Said::PastWeek => Told::days(shift(self.today()?, -6)?, self.today()?),
            Said::WeekBefore => self.week_before()?,
            Said::ThisMonth => {
                let today = self.today()?;
                self.month(Some(today.year()), today.month())?
            }
            Said::Clock { hour, minute } => self.clock(*hour, *minute)?,
            Said::MinutesLater(minutes) => self.later(*minutes)?,
            Said::Since(start) => {
                let start = self.read(start)?;
                let (end, _) = self.published?;
                Told { clock: None, coarse: None, ..Told::days(start.from, end.max(start.to)) }
            }
            Said::Span(from, to) => {
                let (from, to) = (self.read(from)?, self.read(to)?);
                let clock = from.clock.filter(|_| from.from == to.to);
                if from.from > to.to { from } else { Told { clock, ..Told::days(from.from, to.to) } }
            }
        })
    }

    /// A day of the year told, else the last one up to the text.
    fn date(&self, year: Option<i32>, month: u32, day: u32) -> Option<NaiveDate> {
        if let Some(year) = year {
            return NaiveDate::from_ymd_opt(year, month, day);
        }
        let (last, _) = self.published?;
        // A truce may be announced for the days to come.
        let limit = last.checked_add_days(Days::new(45))?;
        let this = NaiveDate::from_ymd_opt(last.year(), month, day);
        this.filter(|&day| day <= limit).or_else(|| NaiveDate::from_ymd_opt(last.year() - 1, month, day))
    }

    fn month(&self, year: Option<i32>, month: u32) -> Option<Told> {
        let first = self.date(year, month, 1)?;
        let next = first.checked_add_months(chrono::Months::new(1))?.pred_opt()?;
        let coarse = Date::Month(first.year(), u8::try_from(month).ok()?);
        Some(Told { coarse: Some(coarse), ..Told::days(first, next) })
    }

    /// The seven days before the window told last, else before the past week.
    fn week_before(&self) -> Option<Told> {
        let from = match self.then {
            Some(then) if (4..=8).contains(&(then.to - then.from).num_days()) => then.from,
            _ => self.today()?.checked_sub_days(Days::new(6))?,
        };
        Some(Told::days(from.checked_sub_days(Days::new(7))?, from.pred_opt()?))
    }

    /// A time of day alone falls on the last day told, else on the day of the text.
    fn clock(&self, hour: u32, minute: u32) -> Option<Told> {
        let day =
            self.then.filter(|then| then.coarse.is_none() && (then.to - then.from).num_days() <= 1).map(|then| then.to);
        let time = NaiveTime::from_hms_opt(hour, minute, 0)?;
        // Midnight after a day was told is the end of that day, if that has come.
        let midnight = day.filter(|_| hour == 0 && minute == 0).and_then(|day| day.succ_opt());
        let midnight = midnight.filter(|next| self.today().is_some_and(|today| *next <= today));
        Some(Told { clock: Some(time), ..Told::day(midnight.or(day).or_else(|| self.today())?) })
    }

    fn later(&self, minutes: i64) -> Option<Told> {
        let then = self.then.filter(|then| then.coarse.is_none())?;
        let moment = then.start().checked_add_signed(TimeDelta::try_minutes(minutes)?)?;
        let clock = then.clock.map(|_| moment.time()).filter(|_| minutes < 1440);
        Some(Told { clock, ..Told::day(moment.date()) })
    }

    /// A day and the time of day that was told beside it. Midnight on a day is the end of that day.
    pub(crate) fn at_clock(day: Told, hour: u32, minute: u32, by_name: bool) -> Option<Told> {
        let time = NaiveTime::from_hms_opt(hour, minute, 0)?;
        let last = if by_name && hour == 0 && minute == 0 { day.to.succ_opt()? } else { day.to };
        Some(Told { clock: Some(time), ..Told::day(last) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(then: Option<&str>) -> Known {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        Known { published: Some((day("2020-10-12"), true)), then: then.map(|text| Told::day(day(text))) }
    }

    fn edtf(said: &Said, then: Option<&str>) -> String {
        known(then).read(said).unwrap().edtf().to_string()
    }

    #[test]
    fn days_resolve_against_the_text() {
        assert_eq!(edtf(&Said::Weekday(6), None), "2020-10-10");
        assert_eq!(edtf(&Said::Weekday(1), None), "2020-10-12");
        assert_eq!(edtf(&Said::NightTo(Box::new(Said::Weekday(7))), None), "2020-10-10/2020-10-11");
        assert_eq!(edtf(&Said::Date { year: None, month: 12, day: 31 }, None), "2019-12-31");
        assert_eq!(edtf(&Said::DayOfMonth(6), None), "2020-10-06");
        assert_eq!(edtf(&Said::DayOfMonth(29), None), "2020-09-29");
        assert_eq!(edtf(&Said::FromThen(1), Some("2020-10-10")), "2020-10-11");
        assert_eq!(edtf(&Said::PastDay, None), "2020-10-11/2020-10-12");
        assert_eq!(edtf(&Said::PastDays(2), None), "2020-10-10/2020-10-12");
        assert_eq!(edtf(&Said::Clock { hour: 12, minute: 5 }, Some("2020-10-10")), "2020-10-10T12:05");
    }

    #[test]
    fn what_cannot_be_told_is_not() {
        assert_eq!(Known::default().read(&Said::Weekday(1)), None);
        assert_eq!(Known::default().read(&Said::Night), None);
    }
}
