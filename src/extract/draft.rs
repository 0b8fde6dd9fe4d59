//! A claim in the making.

use super::Evidence;
use super::calendar::Told;
use super::names::{Bearer, Names};
use super::sense::Sense;
use crate::model::edtf::Qualifier;
use crate::model::{Act, ActBase, Attribution, ByteSpan, Claim, Edtf, Extent, Figure, Loss, NARRATION, Stance};

/// In whose mouth a statement is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Voice {
    /// A party's.
    Party(Bearer),
    /// The text's own, or a witness's.
    Nobody,
    /// Somebody's who is no known party, in the words of the source.
    Unknown(String),
}

impl Voice {
    pub(crate) const fn party(&self) -> Option<Bearer> {
        match self {
            Self::Party(party) => Some(*party),
            _ => None,
        }
    }
}

/// Who says something, and how that is known.
#[derive(Debug, Clone)]
pub(crate) struct Speaker {
    pub(crate) voice: Voice,
    pub(crate) rule: &'static str,
    /// The words that name the speaker, here or in the sentence that is gone on with.
    pub(crate) at: Option<ByteSpan>,
    /// Of words that stand for somebody, where the party was named.
    pub(crate) before: Option<ByteSpan>,
    /// As written in this sentence.
    pub(crate) text: Option<String>,
}

impl Speaker {
    /// The text itself, in its own voice or that of the monitor whose text it is.
    pub(crate) const fn itself(voice: Voice) -> Self {
        Self { voice, rule: "the text itself", at: None, before: None, text: None }
    }
}

/// The rule of a name that other words stand for: "the ministry", "its artillery".
pub(crate) const STANDS_FOR: &str = "named there";

/// How the time of a claim is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TimeRule {
    /// Told in the clause.
    Own,
    /// Told in the sentence.
    Sentence,
    /// The time told before.
    Before,
    /// Taken from the accusation that is answered.
    Answered,
    /// The day of the text, for want of any other.
    Published,
}

/// A claim with all that is known of it.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "six facts about a claim, independent of each other")]
pub(crate) struct Draft {
    pub(crate) voice: Voice,
    pub(crate) claimant_text: Option<String>,
    pub(crate) said: Option<Told>,
    pub(crate) stance: Stance,
    pub(crate) response: bool,
    pub(crate) act: ActBase,
    pub(crate) detail: Option<String>,
    pub(crate) accused: Option<Bearer>,
    pub(crate) accused_text: Option<String>,
    pub(crate) inferred: bool,
    pub(crate) target: Option<Bearer>,
    pub(crate) target_text: Option<String>,
    pub(crate) parties: Vec<Bearer>,
    pub(crate) mediators: Vec<Bearer>,
    pub(crate) places: Vec<String>,
    /// Whether only districts, countries or the like are told as places.
    pub(crate) wide: bool,
    pub(crate) time: Option<Told>,
    pub(crate) time_rule: TimeRule,
    pub(crate) extent: Option<Extent>,
    pub(crate) figures: Vec<Figure>,
    pub(crate) losses: Vec<Loss>,
    pub(crate) civilian: bool,
    pub(crate) sentence: usize,
    pub(crate) paragraph: usize,
    pub(crate) span: ByteSpan,
    pub(crate) rules: Vec<&'static str>,
    pub(crate) evidence: Vec<Evidence>,
    /// Whether the act is only named, by a noun without anything of its own.
    pub(crate) definite: bool,
    pub(crate) headline: bool,
    /// Whether it tells of fighting, which is laid to nobody.
    pub(crate) event: bool,
}

impl Draft {
    /// A draft of which only these are known.
    pub(crate) fn new(voice: Voice, stance: Stance, act: ActBase, span: ByteSpan) -> Self {
        Self {
            voice,
            claimant_text: None,
            said: None,
            stance,
            response: false,
            act,
            detail: None,
            accused: None,
            accused_text: None,
            inferred: false,
            target: None,
            target_text: None,
            parties: Vec::new(),
            mediators: Vec::new(),
            places: Vec::new(),
            wide: false,
            time: None,
            time_rule: TimeRule::Published,
            extent: None,
            figures: Vec::new(),
            losses: Vec::new(),
            civilian: false,
            sentence: 0,
            paragraph: 0,
            span,
            rules: Vec::new(),
            evidence: Vec::new(),
            definite: false,
            headline: false,
            event: false,
        }
    }

    /// Notes where a slot was read, and by which rule.
    pub(crate) fn because(&mut self, slot: &'static str, span: Option<ByteSpan>, rule: &'static str) {
        self.read_at(slot, span, rule);
        if !self.rules.contains(&rule) {
            self.rules.push(rule);
        }
    }

    /// Notes words that a slot was read in, once each.
    pub(crate) fn read_at(&mut self, slot: &'static str, span: Option<ByteSpan>, rule: &str) {
        if !self.evidence.iter().any(|known| known.slot == slot && known.span == span) {
            self.evidence.push(Evidence { slot, span, rule: rule.to_owned() });
        }
    }

    /// Notes whose words it is in, and the word of saying, where there is one.
    pub(crate) fn said_by(&mut self, speaker: &Speaker, cue: Option<(Option<ByteSpan>, Sense)>) {
        self.because("claimant", speaker.at, speaker.rule);
        if speaker.before.is_some() {
            self.read_at("claimant", speaker.before, STANDS_FOR);
        }
        if let Some((cue, sense)) = cue {
            self.read_at("cue", cue, sense.as_str());
        }
    }

    /// Forgets where a slot was read: it is taken from elsewhere.
    pub(crate) fn unread(&mut self, slot: &str) {
        self.evidence.retain(|known| known.slot != slot);
    }

    /// Takes over where another draft read a slot, by a rule of inheritance; where it does not tell, it is its clause.
    pub(crate) fn inherits(&mut self, other: &Self, slot: &'static str, rule: &'static str) {
        let read: Vec<_> = other.evidence.iter().filter(|known| known.slot == slot).map(|known| known.span).collect();
        for span in if read.is_empty() { vec![Some(other.span)] } else { read } {
            self.because(slot, span, rule);
        }
    }

    /// The claim, for a dispatch of this stem and text.
    pub(crate) fn claim(&self, stem: &str, text: &str, names: &Names) -> Claim {
        let name = |party: Bearer| names.name(party).to_owned();
        let mut claim = Claim::new(self.stance, Act { base: self.act, detail: self.detail.clone() });
        claim.dispatch = Some(stem.to_owned());
        claim.claimant = match &self.voice {
            Voice::Party(party) => Some(name(*party)),
            Voice::Nobody => Some(NARRATION.to_owned()),
            Voice::Unknown(_) => None,
        };
        claim.claimant_text = match &self.voice {
            Voice::Unknown(text) => Some(text.clone()),
            _ => self.claimant_text.clone(),
        };
        claim.said_at = self.said.map(|said| said.edtf());
        claim.in_response = self.response;
        claim.accused = self.accused.map(name);
        claim.accused_text.clone_from(&self.accused_text);
        let told = self.accused.is_some() || self.accused_text.is_some();
        claim.attribution = told.then_some(if self.inferred { Attribution::Inferred } else { Attribution::Stated });
        claim.target = self.target.map(name);
        claim.target_text.clone_from(&self.target_text);
        claim.parties = self.parties.iter().copied().map(name).collect();
        claim.mediators = self.mediators.iter().copied().map(name).collect();
        claim.place.clone_from(&self.places);
        claim.occurred = self.time.map(|time| self.dated(time));
        claim.extent = self.extent;
        claim.figures.clone_from(&self.figures);
        claim.losses.clone_from(&self.losses);
        claim.civilian = self.civilian.then_some(true);
        claim.quote = self.span.of(text).map(str::to_owned);
        claim.span = Some(self.span);
        claim.rules = self.rules.iter().map(|rule| (*rule).to_owned()).collect();
        claim.confidence = Some(super::confidence::of(self));
        claim
    }

    /// The date as the claim tells it: a day that is only the day of the text is uncertain.
    fn dated(&self, time: Told) -> Edtf {
        match time.edtf() {
            Edtf::Point(mut point) if self.time_rule == TimeRule::Published => {
                point.qualifier = Some(Qualifier::Uncertain);
                Edtf::Point(point)
            }
            told => told,
        }
    }
}
