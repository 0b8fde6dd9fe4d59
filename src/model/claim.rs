//! A claim: one statement by one claimant, in the one JSON shape that extraction, import and export share.

use serde::{Deserialize, Serialize};

use super::act::{Act, Attribution, Stance};
use super::dispatch::ByteSpan;
use super::edtf::Edtf;
use super::figure::Figure;
use super::loss::Loss;
use super::when::{Extent, Zone};

/// What stands for "the text itself says so, nobody is quoted" in the claimant's place.
pub const NARRATION: &str = "-";

/// A claim as said. Names are kept as written; a party's name beside them is a resolution that may be missing.
/// Everything but the stance and the act may be unknown, and unknown is `None`, never zero or blank.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The dispatch it was read in: the file's stem in `extract`, `D5` in a ledger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dispatch: Option<String>,
    /// The party in whose mouth it is; [`NARRATION`] where the text itself says it; `None` where the speaker is
    /// no known party.
    #[serde(default)]
    pub claimant: Option<String>,
    /// The claimant in the words of the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimant_text: Option<String>,
    /// Who spoke for it, as written: "Defence Ministry".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// When it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_at: Option<Edtf>,
    /// What the claimant does with the act.
    pub stance: Stance,
    /// Whether the claimant says it acted in response ("we returned fire").
    #[serde(default, skip_serializing_if = "is_false")]
    pub in_response: bool,
    /// The act.
    pub act: Act,
    /// The party said to have done it.
    #[serde(default)]
    pub accused: Option<String>,
    /// The accused in the words of the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accused_text: Option<String>,
    /// How the accused is known; `None` where there is no accused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<Attribution>,
    /// The party on the receiving end.
    #[serde(default)]
    pub target: Option<String>,
    /// The target in the words of the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_text: Option<String>,
    /// The parties to a truce.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<String>,
    /// Its mediators.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mediators: Vec<String>,
    /// Parties that took part without a told direction.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub involved: Vec<String>,
    /// Where it hit: names as written, smallest unit named.
    #[serde(default)]
    pub place: Vec<String>,
    /// Degrees north.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees east.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// When it happened.
    #[serde(default)]
    pub occurred: Option<Edtf>,
    /// How to read that time; `None` leaves it to the figure: a counted window fills it, an event lies in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extent: Option<Extent>,
    /// The zone of clock times and days, where it is not the ledger's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Zone>,
    /// Counted things.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<Figure>,
    /// Dead, hurt, missing and captured, by side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub losses: Vec<Loss>,
    /// Whether people or objects hit are said to be civilian; `None`: not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub civilian: Option<bool>,
    /// What it answers: numbers of claims (`C12`), or `ref`s of the same source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<String>,
    /// The sentence or clause it stands in, verbatim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// Where the quote stands: bytes of the dispatch's text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<ByteSpan>,
    /// The rules that made it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// How likely it is right by the extractor's own measure, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// The user's own key within a source.
    #[serde(default, rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The outlet or document series.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When its source was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Edtf>,
    /// The desk's own date of noting it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noted_at: Option<Edtf>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde wants a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

impl Claim {
    /// A claim of which only stance and act are known.
    pub fn new(stance: Stance, act: impl Into<Act>) -> Self {
        Self {
            dispatch: None,
            claimant: None,
            claimant_text: None,
            speaker: None,
            said_at: None,
            stance,
            in_response: false,
            act: act.into(),
            accused: None,
            accused_text: None,
            attribution: None,
            target: None,
            target_text: None,
            parties: Vec::new(),
            mediators: Vec::new(),
            involved: Vec::new(),
            place: Vec::new(),
            lat: None,
            lon: None,
            occurred: None,
            extent: None,
            zone: None,
            figures: Vec::new(),
            losses: Vec::new(),
            civilian: None,
            answers: Vec::new(),
            quote: None,
            span: None,
            rules: Vec::new(),
            confidence: None,
            reference: None,
            source: None,
            url: None,
            published: None,
            noted_at: None,
            note: None,
        }
    }

    /// Whether the text itself says it, nobody being quoted.
    pub fn is_narration(&self) -> bool {
        self.claimant.as_deref() == Some(NARRATION)
    }

    /// Whether it totals over more than one event, so that it joins no incident.
    pub fn is_total(&self) -> bool {
        self.figures.iter().any(|figure| figure.span.is_total()) || self.losses.iter().any(Loss::is_total)
    }

    /// How to read its time: as told, else throughout for a total, within for an event.
    pub fn extent(&self) -> Extent {
        self.extent.unwrap_or(if self.is_total() { Extent::Throughout } else { Extent::Within })
    }
}
