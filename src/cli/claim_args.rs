//! Every field of a claim as an option, for `add` and `amend`.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::args::{parsed, parsed_name, word};
use super::numbers::{claims, number_of};
use crate::error::{Error, Result};
use crate::model::party::sound_name;
use crate::model::{
    Act, ActBase, Attribution, ByteSpan, Edtf, Extent, Figure, Loss, NARRATION, Number, NumberKind, Range, Stance,
    Unit, Zone,
};

/// Longest text of a field in bytes, as in imported tables.
const TEXT_MAX: usize = 32 * 1024;

const WHO: &str = "Who says so";
const WHAT: &str = "What is said";
const WHEN: &str = "Where and when";
const HOW_MANY: &str = "How many";
const READ: &str = "Where it was read";

/// The fields of a claim as typed. What is left out is unknown.
#[derive(Debug, Clone, Default, PartialEq, clap::Args)]
pub struct ClaimArgs {
    /// The party in whose mouth it is; `-` where the text itself says it and nobody is quoted
    #[arg(long, value_name = "PARTY", value_parser = parsed_claimant, allow_hyphen_values = true, help_heading = WHO)]
    pub claimant: Option<String>,
    /// The claimant in the words of the source
    #[arg(long, value_name = "WORDS", value_parser = parsed_text, help_heading = WHO)]
    pub claimant_text: Option<String>,
    /// Who spoke for it, as written: "Defence Ministry"
    #[arg(long, value_name = "WORDS", value_parser = parsed_text, help_heading = WHO)]
    pub speaker: Option<String>,
    /// When it was said
    #[arg(long, value_name = "DATE", value_parser = parsed::<Edtf>, help_heading = WHO)]
    pub said_at: Option<Edtf>,

    /// What the claimant does with the act
    #[arg(long, value_parser = word::<Stance>(Stance::WORDS), help_heading = WHAT)]
    pub stance: Option<Stance>,
    /// The claimant says it acted in response: "we returned fire"
    #[arg(
        long, value_parser = yes_or_no(), num_args = 0..=1, require_equals = true, default_missing_value = "yes",
        help_heading = WHAT
    )]
    pub in_response: Option<bool>,
    /// The act; a detail of your own may follow: shelling/mortar
    #[arg(long, value_parser = ActParser, help_heading = WHAT)]
    pub act: Option<Act>,
    /// The party said to have done it
    #[arg(long, value_name = "PARTY", value_parser = parsed_name, help_heading = WHAT)]
    pub accused: Option<String>,
    /// The accused in the words of the source
    #[arg(long, value_name = "WORDS", value_parser = parsed_text, help_heading = WHAT)]
    pub accused_text: Option<String>,
    /// How the accused is known: `stated` if not given
    #[arg(long, value_parser = word::<Attribution>(Attribution::WORDS), help_heading = WHAT)]
    pub attribution: Option<Attribution>,
    /// The party on the receiving end
    #[arg(long, value_name = "PARTY", value_parser = parsed_name, help_heading = WHAT)]
    pub target: Option<String>,
    /// The target in the words of the source
    #[arg(long, value_name = "WORDS", value_parser = parsed_text, help_heading = WHAT)]
    pub target_text: Option<String>,
    /// A party that took part without a told direction; may be given again
    #[arg(long, value_name = "PARTY", value_parser = parsed_name, help_heading = WHAT)]
    pub involved: Vec<String>,
    /// A party to the truce, for truce acts; may be given again
    #[arg(long = "party", value_name = "PARTY", value_parser = parsed_name, help_heading = WHAT)]
    pub parties: Vec<String>,
    /// A mediator of the truce; may be given again
    #[arg(long = "mediator", value_name = "PARTY", value_parser = parsed_name, help_heading = WHAT)]
    pub mediators: Vec<String>,
    /// A claim that this one answers, such as C12; may be given again
    #[arg(long, value_name = "CLAIM", value_parser = claims(), help_heading = WHAT)]
    pub answers: Vec<Number>,

    /// Where it hit, as written, the smallest unit named; may be given again
    #[arg(long, value_name = "PLACE", value_parser = parsed_name, help_heading = WHEN)]
    pub place: Vec<String>,
    /// Degrees north
    #[arg(long, value_name = "DEGREES", allow_hyphen_values = true, help_heading = WHEN)]
    pub lat: Option<String>,
    /// Degrees east
    #[arg(long, value_name = "DEGREES", allow_hyphen_values = true, help_heading = WHEN)]
    pub lon: Option<String>,
    /// When it happened: 2020-10-10, 2020-10-10T12:05, 2020-10-09/2020-10-10, 2020-10~
    #[arg(long, value_name = "DATE", value_parser = parsed::<Edtf>, help_heading = WHEN)]
    pub occurred: Option<Edtf>,
    /// Whether it happened at some moment in that time or filled it
    #[arg(long, value_parser = word::<Extent>(Extent::WORDS), help_heading = WHEN)]
    pub extent: Option<Extent>,
    /// The zone of its times, where it is not the ledger's
    #[arg(long, value_parser = parsed::<Zone>, help_heading = WHEN)]
    pub zone: Option<Zone>,

    /// How many, in short: 5, 3-5, 20+, >20, <10, ~40 or 0
    #[arg(long, value_name = "NUMBER", value_parser = parsed::<Range>, allow_negative_numbers = true, help_heading = HOW_MANY)]
    pub count: Option<Range>,
    /// Of what the count is: `violation` if not given
    #[arg(
        long, value_name = "UNIT", value_parser = word::<Unit>(Unit::WORDS), requires = "count",
        help_heading = HOW_MANY
    )]
    pub count_unit: Option<Unit>,
    /// Dead, in short
    #[arg(long, value_name = "NUMBER", value_parser = parsed::<Range>, allow_negative_numbers = true, help_heading = HOW_MANY)]
    pub killed: Option<Range>,
    /// Hurt, in short
    #[arg(long, value_name = "NUMBER", value_parser = parsed::<Range>, allow_negative_numbers = true, help_heading = HOW_MANY)]
    pub wounded: Option<Range>,
    /// Missing, in short
    #[arg(long, value_name = "NUMBER", value_parser = parsed::<Range>, allow_negative_numbers = true, help_heading = HOW_MANY)]
    pub missing: Option<Range>,
    /// Captured, in short
    #[arg(long, value_name = "NUMBER", value_parser = parsed::<Range>, allow_negative_numbers = true, help_heading = HOW_MANY)]
    pub captured: Option<Range>,
    /// Whose losses those are
    #[arg(long, value_name = "PARTY", value_parser = parsed_name, help_heading = HOW_MANY)]
    pub loss_side: Option<String>,
    /// A figure in full: ">230 violation 2018-09-23/2018-09-29", "497 violation since 2025-10-10"; may be given again
    #[arg(long = "figure", value_name = "FIGURE", value_parser = parsed::<Figure>, help_heading = HOW_MANY)]
    pub figures: Vec<Figure>,
    /// One side's losses in full: "Azerbaijan: killed 9 civilian, wounded 30+"; may be given again
    #[arg(long = "loss", value_name = "LOSS", value_parser = parsed::<Loss>, help_heading = HOW_MANY)]
    pub losses: Vec<Loss>,
    /// Whether people or objects hit are said to be civilian
    #[arg(
        long, value_parser = yes_or_no(), num_args = 0..=1, require_equals = true, default_missing_value = "yes",
        help_heading = HOW_MANY
    )]
    pub civilian: Option<bool>,

    /// The sentence or clause it stands in, verbatim
    #[arg(long, value_name = "WORDS", value_parser = parsed_text, help_heading = READ)]
    pub quote: Option<String>,
    /// The dispatch it was read in, such as D5: the quote must stand in it
    #[arg(long, value_parser = number_of(NumberKind::Dispatch), help_heading = READ)]
    pub dispatch: Option<Number>,
    /// Where the quote stands in the dispatch's text, in bytes: 120-180; found by the quote if not given
    #[arg(long, value_name = "FROM-TO", value_parser = parsed_span, requires = "dispatch", help_heading = READ)]
    pub span: Option<ByteSpan>,
    /// The outlet or document series
    #[arg(long, value_name = "NAME", value_parser = parsed_name, help_heading = READ)]
    pub source: Option<String>,
    /// Your own key within the source
    #[arg(long = "ref", value_name = "KEY", value_parser = parsed_name, help_heading = READ)]
    pub reference: Option<String>,
    /// Where it can be read
    #[arg(long, value_name = "URL", value_parser = parsed_text, help_heading = READ)]
    pub url: Option<String>,
    /// When its source was published
    #[arg(long, value_name = "DATE", value_parser = parsed::<Edtf>, help_heading = READ)]
    pub published: Option<Edtf>,
    /// The desk's own date of noting it
    #[arg(long, value_name = "DATE", value_parser = parsed::<Edtf>, help_heading = READ)]
    pub noted_at: Option<Edtf>,
    /// A rule by which a program read it; may be given again
    #[arg(long = "rule", value_name = "RULE", value_parser = parsed_text, help_heading = READ)]
    pub rules: Vec<String>,
    /// How likely it is right by the measure of the program that read it, 0 to 1
    #[arg(long, value_name = "SHARE", value_parser = parsed_confidence, help_heading = READ)]
    pub confidence: Option<f64>,
    /// A remark
    #[arg(long, value_name = "WORDS", value_parser = parsed_text, help_heading = READ)]
    pub note: Option<String>,
}

/// Takes a party's name, or [`NARRATION`].
pub fn parsed_claimant(text: &str) -> Result<String> {
    if text.trim() == NARRATION { Ok(NARRATION.to_owned()) } else { Ok(sound_name(text)?.to_owned()) }
}

/// Words of a source: anything but nothing, of a bounded length.
pub fn parsed_text(text: &str) -> Result<String> {
    match text.trim() {
        "" => Err(Error::usage("the words are missing").hint("leave the option out where nothing is known")),
        text if text.len() > TEXT_MAX => {
            Err(Error::usage(format!("the text is {} bytes long", text.len())).hint("a field holds 32 KiB at most"))
        }
        text => Ok(text.to_owned()),
    }
}

fn parsed_span(text: &str) -> Result<ByteSpan> {
    let ends = text.split_once('-').and_then(|(lo, hi)| Some((lo.parse().ok()?, hi.parse().ok()?)));
    let span = ends.map(ByteSpan::from).filter(|span| span.lo < span.hi);
    span.ok_or_else(|| {
        Error::usage("it is no run of bytes").hint("write the first byte and the one after the last: 120-180")
    })
}

fn parsed_confidence(text: &str) -> Result<f64> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| Error::usage("it is no share").hint("write a number from 0 to 1, such as 0.8"))
}

fn yes_or_no() -> impl TypedValueParser<Value = bool> {
    PossibleValuesParser::new(["yes", "no"]).map(|word| word == "yes")
}

/// Takes a base with or without a detail, and offers the bases to shells.
#[derive(Debug, Clone)]
pub(super) struct ActParser;

impl TypedValueParser for ActParser {
    type Value = Act;

    fn parse_ref(
        &self,
        command: &clap::Command,
        option: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<Act, clap::Error> {
        let parser: fn(&str) -> Result<Act> = parsed::<Act>;
        TypedValueParser::parse_ref(&parser, command, option, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(ActBase::WORDS.iter().map(PossibleValue::new)))
    }
}
