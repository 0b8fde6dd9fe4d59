//! What is said to have been done: an act, and the stance its claimant takes to it.

use std::fmt;
use std::str::FromStr;

use super::vocabulary::{UnknownWord, serde_as_text, vocabulary};

vocabulary! {
    /// What kind of deed or truce fact a claim is about.
    ActBase, "act" {
        /// A breach of the truce, its kind unspecified.
        Violation = "violation",
        /// Fire from rifles, machine guns, snipers; "opened fire" without a weapon.
        SmallArmsFire = "small-arms-fire",
        /// Artillery, mortars, tanks, rocket artillery, grenade launchers.
        Shelling = "shelling",
        /// Guided or ballistic missiles.
        MissileStrike = "missile-strike",
        /// Manned aircraft striking.
        AirStrike = "air-strike",
        /// Unmanned aircraft striking.
        DroneStrike = "drone-strike",
        /// Assault, incursion, clash, or an armed act of unstated kind.
        Attack = "attack",
        /// Mine, improvised device, blast.
        Explosion = "explosion",
        /// Aircraft or drones over another's territory or lines.
        Overflight = "overflight",
        /// Troops or weapons where they should not be, or failing to leave.
        Movement = "movement",
        /// Trenches, posts, mine-laying.
        Fortification = "fortification",
        /// Somebody taken or held.
        Detention = "detention",
        /// Closed roads, stopped aid, hindered monitors, jamming.
        Obstruction = "obstruction",
        /// A toll told apart from any act.
        Losses = "losses",
        /// A truce was concluded.
        TruceAgreed = "truce-agreed",
        /// A truce took or takes effect.
        TruceBegins = "truce-begins",
        /// A truce was prolonged.
        TruceExtended = "truce-extended",
        /// A truce ran out or was called off.
        TruceEnds = "truce-ends",
    }
}

vocabulary! {
    /// Acts that different witnesses may give different names to.
    ActFamily, "act family" {
        /// An unspecified breach.
        Violation = "violation",
        /// Anything shot, dropped, launched or blown up, and assaults.
        Fire = "fire",
        /// Where forces are and what they build: movement, works, flights.
        Posture = "posture",
        /// People taken.
        Detention = "detention",
        /// Ways closed.
        Obstruction = "obstruction",
        /// Tolls.
        Losses = "losses",
        /// Facts about a truce itself.
        Truce = "truce",
    }
}

impl ActBase {
    /// The family, as the gold set's scorer groups acts.
    pub const fn family(self) -> ActFamily {
        match self {
            Self::Violation => ActFamily::Violation,
            Self::SmallArmsFire
            | Self::Shelling
            | Self::MissileStrike
            | Self::AirStrike
            | Self::DroneStrike
            | Self::Attack
            | Self::Explosion => ActFamily::Fire,
            Self::Overflight | Self::Movement | Self::Fortification => ActFamily::Posture,
            Self::Detention => ActFamily::Detention,
            Self::Obstruction => ActFamily::Obstruction,
            Self::Losses => ActFamily::Losses,
            Self::TruceAgreed | Self::TruceBegins | Self::TruceExtended | Self::TruceEnds => ActFamily::Truce,
        }
    }

    /// Whether this is a fact about a truce rather than a deed under one.
    pub const fn is_truce_fact(self) -> bool {
        matches!(self.family(), ActFamily::Truce)
    }

    /// Whether an accusation of this act alleges a breach of a truce: every deed does, tolls and truce facts do not.
    pub const fn is_breach(self) -> bool {
        !matches!(self.family(), ActFamily::Truce | ActFamily::Losses)
    }
}

/// An act: a base every desk shares, and a detail of the desk's own (`shelling/mortar`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Act {
    /// The shared word.
    pub base: ActBase,
    /// The desk's refinement: lower-case letters, digits and hyphens, at most 40 bytes.
    pub detail: Option<String>,
}

/// Longest detail in bytes.
const DETAIL_MAX: usize = 40;

impl From<ActBase> for Act {
    fn from(base: ActBase) -> Self {
        Self { base, detail: None }
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.detail {
            Some(detail) => write!(f, "{}/{detail}", self.base),
            None => self.base.fmt(f),
        }
    }
}

impl FromStr for Act {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((base, detail)) = text.split_once('/') else {
            return text.parse().map(|base| Self { base, detail: None });
        };
        let sound = !detail.is_empty()
            && detail.len() <= DETAIL_MAX
            && detail.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !sound {
            return Err(UnknownWord { what: "act", word: text.to_owned(), known: ActBase::WORDS });
        }
        Ok(Self { base: base.parse()?, detail: Some(detail.to_owned()) })
    }
}

serde_as_text!(Act);

vocabulary! {
    /// What the claimant does with the act it speaks of.
    Stance, "stance" {
        /// Says that another did it.
        Alleges = "alleges",
        /// Says that what is laid to it or its ally did not happen so.
        Denies = "denies",
        /// Says that it did it itself.
        Acknowledges = "acknowledges",
        /// A monitor, a witness, a third party or the dispatch itself says that it happened.
        Observes = "observes",
        /// States a fact about a truce.
        Declares = "declares",
        /// Was asked, or named, and said nothing as of a time.
        NoComment = "no-comment",
    }
}

vocabulary! {
    /// How the accused is known. Totals never mix these.
    Attribution, "attribution" {
        /// The claimant names the accused.
        Stated = "stated",
        /// Follows from something else, such as the direction of fire.
        Inferred = "inferred",
        /// A monitor's ruling.
        Finding = "finding",
    }
}
