//! Dispatch in, draft claims out: deterministic, offline, explainable. The same text gives the same claims, each with
//! byte spans and the rules that made it.
//!
//! Pure: no SQL, no clock, no terminal. One recogniser a file, in the order they run:
//!
//! | file | what it knows |
//! |---|---|
//! | `language`, `grammar`, `tokens`, `sentences` | the language and its word order; words with their bytes; paragraphs, sentences, quotations |
//! | `clitics`, `spelling` | words written onto others; accents left off |
//! | [`sense`], `lexicon`, `lexicon/<language>/*.toml` | what words can mean; the words, as data |
//! | [`names`], `shortened` | parties in every form of their names; short forms of names told in full |
//! | `scene`, `index` | one sentence with all that was found in it; where its words begin |
//! | `numbers`, `times`, `calendar`, `actors`, `clauses`, `places`, `recurring` | how many, when, who, which clause, where |
//! | `dated_truces` | times of a truce, which are none of what is done in it |
//! | `persons`, `homelands` | people who stand for the party that they were introduced with; states that armed groups only come from |
//! | `speech`, `asides`, `inversion`, `recorded`, `sources`, `quotations`, `message`, `reach` | who says what, whose message it goes on with, and how far it reaches |
//! | `deeds`, `arming`, `endings`, `pronouns`, `responses` | what was done, what was done to "it", and in answer |
//! | `roles`, `joint`, `clefts`, `left_out` | who did it to whom |
//! | `cases`, `embedded` | the same where case endings and nominal clauses tell it, as in Turkish |
//! | `story`, `cast`, `news` | what is known from sentence to sentence; who fights; what is told as fact at all |
//! | `draft`, `claims`, `slots`, `site` | whose words, what stance; every slot of a claim; where it happened |
//! | `denials`, `blame`, `truces` | what is answered; what is laid to whom afterwards; facts of truces |
//! | `gapping` | what is counted once more with its verb left out |
//! | `tolls`, `losses`, `figures` | dead and hurt, and whose; counts |
//! | `unknown`, `merge`, `confidence` | actors that no party bears; repeats become one; how likely each is right |

mod actors;
mod arming;
mod asides;
mod blame;
mod calendar;
mod cases;
mod cast;
pub mod catalogue;
mod claims;
mod clauses;
mod clefts;
mod clitics;
mod confidence;
mod dated_truces;
mod deeds;
mod denials;
mod draft;
mod embedded;
mod endings;
mod figures;
mod gapping;
mod grammar;
mod homelands;
mod index;
mod inversion;
mod joint;
mod language;
mod left_out;
mod lexicon;
#[cfg(test)]
mod lexicon_tests;
mod losses;
mod merge;
mod message;
pub mod names;
mod news;
mod numbers;
mod persons;
mod places;
mod pronouns;
mod quotations;
mod reach;
mod recorded;
mod recurring;
mod responses;
mod roles;
mod scene;
pub mod sense;
mod sentences;
mod shortened;
mod site;
mod slots;
mod sources;
mod speech;
mod spelling;
mod story;
mod times;
mod tokens;
mod tolls;
mod truces;
mod unknown;

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use calendar::Known;
use lexicon::Lexicon;
use names::Names;
use scene::Scene;
use spelling::Spelling;
use story::{Read, Story};

pub use language::Lang;

use crate::error::Result;
use crate::model::edtf::Date;
use crate::model::{ByteSpan, Claim, Dispatch, Edtf, PartyBook, Zone};

/// Name and version of the extractor, kept with every claim it makes.
pub const EXTRACTOR: &str = concat!("trucebook/", env!("CARGO_PKG_VERSION"));

/// What one dispatch gave.
#[derive(Debug, Clone, Default)]
pub struct Extraction {
    /// The claims, in the order of their quotes.
    pub claims: Vec<Claim>,
    /// For each claim the spans its slots were read from.
    pub evidence: Vec<Vec<Evidence>>,
    /// Actors that no party bears, as said, in order of appearance, each time they appear.
    pub unknown: Vec<String>,
    /// Why the text or a part of it was passed over, in words.
    pub notes: Vec<String>,
}

/// Where a slot was read, and by which rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The slot: "claimant", "cue", "act", "accused", "target", "time", "place", "figure", "loss". The cue is the word of
    /// saying, accusing or denying.
    pub slot: &'static str,
    /// Where in the dispatch's text; `None` where no words tell it, but the rule alone. A slot may be read in another
    /// sentence than the claim's quote, and in several places: in "the ministry", and where the party was named before.
    pub span: Option<ByteSpan>,
    /// The rule.
    pub rule: String,
}

/// Lexicons and names, prepared for reading dispatches. A language's are prepared when it is first met.
#[derive(Debug)]
pub struct Extractor {
    parties: PartyBook,
    zone: Zone,
    own: OwnWords,
    names: [OnceLock<Names>; Lang::ALL.len()],
}

/// A user's own words on top of the built-in lexicons, language by language.
#[derive(Debug, Clone, Default)]
pub struct OwnWords(Vec<(Lang, Arc<Lexicon>)>);

impl OwnWords {
    /// Adds the files of a language, given as path and text; they stand with the built-in ones of that language.
    ///
    /// # Errors
    /// What is no lexicon entry, with file, line and entry.
    pub fn add(&mut self, lang: Lang, files: &[(PathBuf, String)]) -> Result<()> {
        if !files.is_empty() {
            self.0.push((lang, Arc::new(Lexicon::with_own(lang, files)?)));
        }
        Ok(())
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Extractor {
    /// An extractor that knows these parties first, then the built-in ones, and reads clock times in this zone.
    ///
    /// # Errors
    /// None today; a damaged lexicon is told when its language is first met.
    pub fn new(parties: &PartyBook, zone: Zone) -> Result<Self> {
        Ok(Self {
            parties: parties.clone(),
            zone,
            own: OwnWords::default(),
            names: [const { OnceLock::new() }; Lang::ALL.len()],
        })
    }

    /// The same with a user's own words.
    #[must_use]
    pub fn with_words(mut self, own: OwnWords) -> Self {
        self.own = own;
        self
    }

    /// The words of a language: the user's with the built-in ones, else the built-in ones.
    fn lexicon(&self, lang: Lang) -> Result<&Lexicon> {
        match self.own.0.iter().find(|(known, _)| *known == lang) {
            Some((_, lexicon)) => Ok(lexicon),
            None => Lexicon::of(lang),
        }
    }

    /// The zone in which clock times are read.
    pub const fn zone(&self) -> Zone {
        self.zone
    }

    /// Reads one dispatch. Claims carry the dispatch's stem as `dispatch`. A text longer than half a mebibyte is read in
    /// sections of at most that, each a story of its own, so that what is held besides the text stays bounded.
    pub fn extract(&self, dispatch: &Dispatch) -> Extraction {
        let mut extraction = Extraction::default();
        let body = dispatch.text.get(dispatch.body..).unwrap_or_default();
        let Some(lang) = Lang::of_text(dispatch.language.as_deref(), body) else {
            extraction.notes.push("no language this program reads".to_owned());
            return extraction;
        };
        let (lexicon, names) = match (self.lexicon(lang), self.names(lang)) {
            (Ok(lexicon), Some(names)) => (lexicon, names),
            (Err(error), _) => {
                extraction.notes.push(error.to_string());
                return extraction;
            }
            (_, None) => return extraction,
        };
        let reading = Reading { dispatch, spelling: Spelling::of(body, lang), lexicon, names, lang };
        let mut passed_over = false;
        for section in sentences::sections(&dispatch.text, dispatch.body) {
            passed_over |= !reading.section(section, &mut extraction);
        }
        if passed_over {
            extraction.notes.push("the text speaks of sport, trade or the like".to_owned());
        }
        extraction
    }

    fn names(&self, lang: Lang) -> Option<&Names> {
        let cell = Lang::ALL.iter().position(|known| *known == lang).and_then(|at| self.names.get(at))?;
        Some(cell.get_or_init(|| Names::new(&self.parties, lang)))
    }
}

/// What all sections of a dispatch are read with.
struct Reading<'r> {
    dispatch: &'r Dispatch,
    spelling: Spelling,
    lexicon: &'r Lexicon,
    names: &'r Names,
    lang: Lang,
}

impl<'r> Reading<'r> {
    fn scenes(&self, text: &str, within: ByteSpan) -> Vec<Scene<'r>> {
        sentences::sentences(text, within, self.lexicon)
            .into_iter()
            .map(|sentence| Scene::read(text, sentence, self.spelling, self.lexicon, self.names, self.lang))
            .collect()
    }

    /// Reads a section as one story and adds what it tells; `false` where it is passed over as no news.
    fn section(&self, section: ByteSpan, extraction: &mut Extraction) -> bool {
        let Self { dispatch, names, .. } = *self;
        let mut scenes = self.scenes(&dispatch.text, section);
        persons::introduce(&mut scenes, names);
        shortened::settle(&mut scenes, names);
        let known_places = recurring::known(scenes.iter());
        for scene in &mut scenes {
            recurring::again(scene, &dispatch.text, &known_places);
        }
        pronouns::remember_truces(&mut scenes);
        let reads: Vec<Read<'_>> = scenes.into_iter().map(Read::new).collect();
        if news::is_no_news(&reads) {
            return false;
        }
        let mut story = Story::new(names, &dispatch.text, known(dispatch.published), &reads);
        story.published_by(dispatch.source.as_deref());
        story.dated_from(dispatch.text.get(..dispatch.body).unwrap_or_default());
        for text in [&dispatch.source, &dispatch.title].into_iter().flatten() {
            for heading in self.scenes(text, ByteSpan { lo: 0, hi: text.len() }) {
                story.headed(&heading);
            }
        }
        for read in reads.iter().take(3).filter(|read| read.scene.headline()) {
            story.headed(&read.scene);
        }
        for at in 0..reads.len() {
            claims::sentence(&mut story, &reads, at);
        }
        merge::merge(&mut story);
        for draft in story.drafts {
            extraction.claims.push(draft.claim(&dispatch.stem, &dispatch.text, names));
            extraction.evidence.push(draft.evidence);
        }
        extraction.unknown.append(&mut story.unknown);
        true
    }
}

/// The sentences of a dispatch in its working text, as reading cuts them; none of a text in a language that is not read.
pub fn sentences_of(dispatch: &Dispatch) -> Vec<ByteSpan> {
    let body = dispatch.text.get(dispatch.body..).unwrap_or_default();
    let lang = Lang::of_text(dispatch.language.as_deref(), body);
    let Some(Ok(lexicon)) = lang.map(Lexicon::of) else { return Vec::new() };
    let sections = sentences::sections(&dispatch.text, dispatch.body);
    let sentences = sections.into_iter().flat_map(|section| sentences::sentences(&dispatch.text, section, lexicon));
    sentences.map(|sentence| sentence.span).collect()
}

/// What the day of publication tells: the day itself, or the last day of a month.
fn known(published: Option<Edtf>) -> Known {
    let point = published.as_ref().and_then(Edtf::first);
    let day = point.and_then(|point| {
        let exact = matches!(point.date, Date::Day(_));
        let (_, end) = point.bounds()?;
        let last = match point.date {
            Date::Day(day) => day,
            _ => end.date().pred_opt()?,
        };
        Some((last, exact))
    });
    Known { published: day, then: None }
}
