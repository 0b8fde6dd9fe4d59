//! Where a deed happened: the places of its clause, else of its sentence, else those told before, by stated rules.

use super::actors::{Mention, Who};
use super::deeds::{Deed, Told};
use super::draft::{Draft, TimeRule};
use super::gapping::counts_acts;
use super::lexicon::Mark;
use super::merge::REACH;
use super::places::{PlaceName, is_zone};
use super::scene::{Run, Scene};
use super::sense::{Prep, Sense};
use super::speech::{Speech, governing};
use super::story::{Read, Story};
use super::tokens::Kind;
use crate::model::{ByteSpan, Stance};

/// Finds the places of a deed in its sentence.
pub(crate) fn find(story: &Story<'_>, read: &Read<'_>, deed: &Deed, draft: &mut Draft) {
    let found = told(read, deed);
    let accused = draft.accused;
    let party = |name: &str| accused.is_some_and(|accused| story.names.name(accused) == name);
    let found = smallest(found);
    let zone = |place: &PlaceName| read.scene.all(place.at.clone(), Sense::Land).any(is_zone);
    draft.wide = found.iter().all(|place| place.large && !zone(place));
    for place in found {
        if !draft.places.contains(&place.name) && !party(&place.name) {
            draft.places.push(place.name.clone());
            draft.read_at("place", read.scene.bytes(&place.at), "place of the clause");
        }
    }
}

/// The places of a deed's clause, else of what goes on from it, else told before it in the sentence.
fn told<'s>(read: &'s Read<'_>, deed: &Deed) -> Vec<&'s PlaceName> {
    let run = read.scene.clause_run(deed.clause);
    let own = within(read, deed.from..run.end);
    if !own.is_empty() {
        return own;
    }
    let after = within(read, run.end..goes_on(read, deed, &run));
    if !after.is_empty() {
        return after;
    }
    let seen = governing(&read.speeches, deed.at.start).is_some_and(|speech| saw(read, speech));
    let before = if seen { within(read, run.start..deed.from) } else { Vec::new() };
    if before.is_empty() { fronted(read, deed, &run) } else { before }
}

/// The places of a run, but for those that speak or are accused ("В Баку заявили") and the seats of offices ("the
/// ministry in Baku").
fn within<'s>(read: &'s Read<'_>, run: Run) -> Vec<&'s PlaceName> {
    read.scene.places.iter().filter(|place| run.contains(&place.at.start) && !of_speaker(read, place)).collect()
}

/// Whether a place stands for who speaks or is accused, or tells where the office is that speaks.
fn of_speaker(read: &Read<'_>, place: &PlaceName) -> bool {
    let mention = |id: &usize| read.scene.mentions.get(*id);
    let heads = read.speeches.iter().flat_map(|speech| speech.speaker.first().into_iter().chain(&speech.accused));
    let offices = read.speeches.iter().filter(|speech| !saw(read, speech)).flat_map(|speech| &speech.speaker);
    let gap = |mention: &Mention| {
        let gap = read.scene.tokens().get(mention.at.end..place.at.start);
        gap.is_some_and(|gap| gap.len() <= 2 && gap.iter().all(|token| token.kind == Kind::Word))
    };
    heads.filter_map(mention).any(|mention| mention.at.start == place.at.start)
        || place.prep == Some(Prep::In) && offices.filter_map(mention).any(gap)
}

/// Where what goes on from a deed's clause ends: the next clause where it tells no other deed, else what it adds by
/// "including" before that deed.
fn goes_on(read: &Read<'_>, deed: &Deed, run: &Run) -> usize {
    let next = read.scene.clause_run(deed.clause + 1);
    let other = read.deeds.iter().map(|(other, _)| other).find(|other| other.clause == deed.clause + 1);
    match other {
        None => next.end.max(run.end),
        Some(other) if read.scene.has(next.start..next.start + 1, Sense::Including) => other.at.start,
        Some(_) => run.end,
    }
}

/// Whether who says it saw it: a witness, a monitor, so that where they stood is where it happened.
fn saw(read: &Read<'_>, speech: &Speech) -> bool {
    let speaker = speech.speaker.first().and_then(|&id| read.scene.mentions.get(id));
    speech.sense == Sense::Witness
        || speaker.is_some_and(|mention| matches!(mention.who, Who::Bystander | Who::Monitor))
}

/// The places told before a deed in a clause that tells no other deed, and not where somebody spoke.
fn fronted<'s>(read: &'s Read<'_>, deed: &Deed, run: &Run) -> Vec<&'s PlaceName> {
    let scene = &read.scene;
    let other = |at: usize| read.deeds.iter().any(|(other, _)| other.clause == scene.clause(at) && other.at != deed.at);
    within(read, 0..deed.from.max(run.start))
        .into_iter()
        .filter(|place| matches!(place.prep, Some(Prep::In | Prep::At)))
        .filter(|place| !other(place.at.start) && !spoken(read, place))
        .collect()
}

/// Whether a place is where somebody spoke: "In Tel Aviv the army said …".
fn spoken(read: &Read<'_>, place: &PlaceName) -> bool {
    let at = place.at.start;
    let here = |speech: &Speech| {
        at < speech.cue.end && read.scene.clause_run(read.scene.clause(speech.cue.start)).contains(&at)
    };
    read.speeches.iter().any(|speech| !saw(read, speech) && here(speech))
}

/// Of places told together those that were hit, else whence it came; of these the smallest.
fn smallest(told: Vec<&PlaceName>) -> Vec<&PlaceName> {
    let hit: Vec<&PlaceName> = told.iter().copied().filter(|place| place.prep != Some(Prep::From)).collect();
    let whence = hit.is_empty();
    let told = if whence { told } else { hit };
    let small: Vec<&PlaceName> = told.iter().copied().filter(|place| !place.large).collect();
    if small.is_empty() && !whence { told } else { small }
}

/// Gives a deed without a place of its own the place told before: where it goes on from the deed before it in the
/// sentence, where it says "there", or where it is only named. `unlaid`: nobody is told to have done it.
pub(crate) fn inherit(story: &Story<'_>, read: &Read<'_>, deed: &Deed, unlaid: bool, draft: &mut Draft) {
    if !draft.places.is_empty() {
        return;
    }
    let scene = &read.scene;
    let run = scene.clause_run(deed.clause);
    let part = scene.has(run.start..deed.at.start, Sense::Including);
    let counted = draft.figures.iter().any(|figure| counts_acts(figure.unit));
    let goes_on = part || !counted && !matches!(deed.told, Told::Breach | Told::Kept);
    if let Some(before) = joined(story, draft).filter(|_| goes_on).cloned() {
        take(draft, &before, "place of the deed beside it");
    } else if let Some(site) = reference(scene, &run).and_then(|how| referred(story, read, deed, how)) {
        draft.places = site.names;
        draft.because("place", site.at, "the place told before");
    }
    let named = deed.told == Told::Noun;
    if draft.places.is_empty() && (named && unlaid || draft.stance == Stance::Acknowledges) {
        from_before(story, read, draft);
    }
    if draft.places.is_empty() && named {
        from_same_act(story, draft);
    }
}

/// How a place told before is referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reference {
    /// "There": wherever it was.
    There,
    /// "The village": the one told before.
    Town,
}

/// Places that the next sentences may refer to, and where they are named.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    names: Vec<String>,
    at: Option<ByteSpan>,
}

/// What a reference means: the place named last before it in its sentence, else those told in the sentences before.
fn referred(story: &Story<'_>, read: &Read<'_>, deed: &Deed, reference: Reference) -> Option<Site> {
    let before = within(read, 0..deed.at.start);
    let here = before.iter().rfind(|place| !place.large && !spoken(read, place)).map(|place| Site::of(read, place));
    let told = story.site.as_ref().filter(|site| reference == Reference::There || site.names.len() == 1);
    here.or_else(|| told.cloned())
}

impl Site {
    fn of(read: &Read<'_>, place: &PlaceName) -> Self {
        Self { names: vec![place.name.clone()], at: read.scene.bytes(&place.at) }
    }

    /// The places of a sentence that the next ones may refer to: those of the deed told there that the last small place in
    /// it is of, else that place.
    pub(crate) fn last(read: &Read<'_>, drafts: &[Draft]) -> Option<Self> {
        let named = within(read, read.scene.whole());
        let told = |place: &PlaceName| drafts.iter().rfind(|draft| draft.places.contains(&place.name));
        let able = |place: &&&PlaceName| {
            !place.large && (told(place).is_some() || place.prep.is_some() && !spoken(read, place))
        };
        let last = named.iter().rfind(able)?;
        let site = Self::of(read, last);
        Some(told(last).map_or_else(|| site.clone(), |draft| Self { names: draft.places.clone(), at: site.at }))
    }
}

/// Whether a run refers to a place told before: "there", "the village", "по городу"; not "a village", "the village of".
fn reference(scene: &Scene<'_>, run: &Run) -> Option<Reference> {
    let capital = |at: Option<usize>| at.and_then(|at| scene.token(at)).is_some_and(|token| token.capital);
    let town = |mark: &&Mark<'_>| mark.entry.detail.as_deref() == Some("town");
    let back = |at: &Run| {
        let before = at.start.checked_sub(1);
        let articles = scene.lang.definite();
        let definite = match before.and_then(|at| scene.token(at)) {
            _ if scene.lang.caseless() => scene.token(at.start).is_some_and(|noun| noun.norm.starts_with("ال")),
            Some(word) => articles.is_empty() || articles.contains(&word.norm.as_str()),
            None => articles.is_empty(),
        };
        let named = !scene.lang.capital_nouns() && (capital(before) || capital(Some(at.end)))
            || scene.all(at.end..at.end + 1, Sense::Preposition).any(|mark| mark.entry.prep == Some(Prep::Of));
        definite && !named
    };
    if scene.has(run.clone(), Sense::There) {
        return Some(Reference::There);
    }
    scene.all(run.clone(), Sense::Land).filter(town).any(|mark| back(&mark.at)).then_some(Reference::Town)
}

/// The deed told before in the same sentence by the same speaker and of the same doer.
fn joined<'s>(story: &'s Story<'_>, draft: &Draft) -> Option<&'s Draft> {
    story.drafts.last().filter(|before| {
        before.sentence == draft.sentence
            && before.voice == draft.voice
            && before.stance == draft.stance
            && before.accused == draft.accused
            && !before.act.is_truce_fact()
            && !before.places.is_empty()
    })
}

/// An act that is only named takes the place of the one told before in its paragraph.
pub(crate) fn from_before(story: &Story<'_>, read: &Read<'_>, draft: &mut Draft) {
    let paragraph = read.scene.sentence.paragraph;
    let same = |d: &&Draft| d.act.family() == draft.act.family() && d.paragraph == paragraph && !d.places.is_empty();
    if let Some(before) = story.drafts.iter().rev().take(REACH).find(same) {
        take(draft, &before.clone(), "place of the act told before");
    }
}

/// So many sentences back may an act stand that is named again: "the blast was the work of …".
const BACK: usize = 6;

/// An act that is named again takes the place of the act told last in its paragraph, else of the very act told before,
/// whoever did it where only one tells.
fn from_same_act(story: &Story<'_>, draft: &mut Draft) {
    let own_time = draft.time.filter(|_| draft.time_rule <= TimeRule::Sentence);
    let fits = |other: &&Draft| {
        other.act.family() == draft.act.family()
            && (other.accused == draft.accused || other.accused.is_none() || draft.accused.is_none())
            && own_time.is_none_or(|own| other.time.is_some_and(|time| time.meets(&own)))
    };
    let before = || story.drafts.iter().rev().take(REACH).filter(fits);
    let beside = before().find(|other| other.paragraph == draft.paragraph);
    let same = || before().find(|other| other.act == draft.act && other.sentence + BACK >= draft.sentence);
    if let Some(before) = beside.or_else(same).filter(|before| !before.places.is_empty()).cloned() {
        take(draft, &before, "place of the act told before");
    }
}

fn take(draft: &mut Draft, before: &Draft, rule: &'static str) {
    draft.places.clone_from(&before.places);
    draft.wide = before.wide;
    draft.inherits(before, "place", rule);
}
