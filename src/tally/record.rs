//! What is added to the counts.

use chrono::{Datelike, NaiveDate};

use crate::model::{Id, Range, Zone};
use crate::reconcile::{Claimant, Moment};
use crate::tally::fate::Fate;
use crate::tally::laid::Laid;
use crate::tally::made::Made;
use crate::tally::numbers::{Kind, Why, days};

/// A day, counted from the first of the common era.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl Day {
    /// The one day of a zone that a moment lies in.
    pub fn of(moment: &Moment, zone: Zone) -> Option<Self> {
        days(moment, zone).filter(|(first, last)| first == last).map(|(day, _)| Self(day.num_days_from_ce()))
    }

    /// In the calendar.
    pub fn date(self) -> Option<NaiveDate> {
        NaiveDate::from_num_days_from_ce_opt(self.0)
    }
}

/// Something that is added to the counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Record {
    /// A statement, kept with its first live claim.
    Statement(Once),
    /// What versions of one number come to, kept with the first of them.
    Number(Of, Kind, Range),
    /// A number over a window: what else it may hold is seen only beside all others.
    Window(Of, Kind),
    /// A claim whose number is left out of what is laid to one party, and of one claimant's days.
    Left {
        /// The party.
        accused: Option<Id>,
        /// The claimant.
        by: Option<Id>,
        /// Which number.
        kind: Kind,
        /// Why.
        why: Why,
    },
}

/// What a number is added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Of {
    /// What is laid to a party.
    Accused(Id),
    /// What a claimant tells of a day.
    Day(Id, Day),
}

/// What one claimant said once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Once {
    /// How many claims tell it.
    pub claims: u64,
    /// How many of them are unreviewed drafts.
    pub drafts: u64,
    /// Who says it.
    pub claimant: Claimant,
    /// What it does.
    pub made: Made,
    /// To whom the act is laid.
    pub accused: Option<Id>,
    /// How it is laid.
    pub laid: Option<Laid>,
    /// What became of it, where it accuses somebody.
    pub fate: Fate,
    /// How many incidents it is about that no earlier statement of its claimant accuses the same party of.
    pub incidents: u64,
    /// When the act is said to have happened.
    pub when: Option<Moment>,
    /// The one day it lies in.
    pub day: Option<Day>,
}

impl Once {
    /// Whether it lays an act to a party as an accusation.
    pub fn accuses(&self) -> bool {
        self.laid == Some(Laid::Accused) && self.accused.is_some()
    }

    /// What its numbers of a kind are added to.
    pub(super) fn adds(&self, kind: Kind) -> [Option<Of>; 2] {
        let accusing = self.laid == Some(Laid::Accused);
        let (laid, daily) = match kind {
            Kind::Breaches => (accusing, accusing),
            Kind::Explosions => (false, accusing),
            Kind::Killed | Kind::Wounded => (accusing || self.laid == Some(Laid::Toll), false),
        };
        let day = self.claimant.party().zip(self.day).filter(|_| daily);
        [self.accused.filter(|_| laid).map(Of::Accused), day.map(|(by, day)| Of::Day(by, day))]
    }
}

impl Record {
    /// A claim whose number is left out of what it would be added to.
    pub(super) const fn left(of: Of, kind: Kind, why: Why) -> Self {
        match of {
            Of::Accused(party) => Self::Left { accused: Some(party), by: None, kind, why },
            Of::Day(claimant, _) => Self::Left { accused: None, by: Some(claimant), kind, why },
        }
    }
}
