//! Names of places, as written: capitalised words where the sentence tells of a place. No gazetteer is needed, so
//! that hamlets nobody lists are found too.

use super::actors::{Mention, Part, Who, is_verbal};
use super::lexicon::Mark;
use super::names::{NameForm, Names};
use super::scene::{Run, Scene};
use super::sense::{Frame, Prep, Sense};
use super::tokens::Kind;
use crate::model::PartyKind;

/// A name of a place in a sentence.
#[derive(Debug, Clone)]
pub(crate) struct PlaceName {
    pub(crate) at: Run,
    /// As written.
    pub(crate) name: String,
    /// The preposition before it, or before the list it stands in.
    pub(crate) prep: Option<Prep>,
    /// Whether it is a district, region or the like, or a party's land: told only where nothing smaller is.
    pub(crate) large: bool,
}

/// The names of places in a sentence, in order.
pub(crate) fn find(scene: &Scene<'_>, text: &str, names: &Names) -> Vec<PlaceName> {
    let mut places: Vec<PlaceName> = Vec::new();
    for run in names_of(scene) {
        if let Some(place) = place(scene, text, run, places.last()) {
            places.push(place);
        }
    }
    places.extend(grounds(scene, text, names));
    places.extend(zones(scene, text));
    places.sort_by_key(|place| place.at.start);
    // "the Tartar and Aghdam districts": what follows the list holds for all of it.
    for at in (1..places.len()).rev() {
        let joined =
            places.get(at - 1).zip(places.get(at)).is_some_and(|(a, b)| b.large && linked(scene, a.at.end..b.at.start));
        if let Some(place) = places.get_mut(at - 1).filter(|_| joined) {
            place.large = true;
        }
    }
    places
}

/// Lines and zones that are places by what they are: "the buffer zone", "the Line of Control"; told only where nothing
/// smaller is.
fn zones(scene: &Scene<'_>, text: &str) -> Vec<PlaceName> {
    let named = scene.all(scene.whole(), Sense::Land).filter(|mark| is_zone(mark));
    let place = |mark: &Mark<'_>| {
        let name = scene.bytes(&mark.at)?.of(text)?.to_owned();
        let led = governor(scene, mark.at.start).0.filter(|prep| matches!(prep, Prep::In | Prep::At | Prep::From));
        let prep = led.or_else(|| objective(scene, &mark.at).then_some(Prep::At))?;
        Some(PlaceName { at: mark.at.clone(), name, prep: Some(prep), large: true })
    };
    named.filter_map(place).collect()
}

/// Whether a word is of a line or a zone that is a place by what it is.
pub(super) fn is_zone(mark: &Mark<'_>) -> bool {
    mark.entry.detail.as_deref() == Some("zone")
}

/// The runs of words that may be names of places, in order.
pub(super) fn names_of(scene: &Scene<'_>) -> impl Iterator<Item = Run> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let run = (from..scene.tokens().len()).find_map(|at| name(scene, at))?;
        from = run.end;
        Some(run)
    })
}

/// A run of capitalised words that is no mention and no word of the lexicon.
fn name(scene: &Scene<'_>, at: usize) -> Option<Run> {
    let mut end = at;
    while free(scene, end, end == at) {
        end = particle(scene, apostrophe(scene, end + 1));
        let hyphen = scene.token(end).is_some_and(|token| token.is("-") && !token.spaced)
            && scene.token(end + 1).is_some_and(|t| !t.spaced);
        // "Agdere-Terter" are two places of an axis, "Zolote-2" and "Port-Soudan" one.
        if hyphen {
            let number = scene.token(end + 1).is_some_and(|token| token.kind == Kind::Number);
            let axis = scene.token(end + 1).is_some_and(|token| token.capital) && axis(scene, end);
            if number || (!axis && scene.token(end + 1).is_some_and(|token| token.capital)) {
                end += if number { 2 } else { 1 };
            } else {
                break;
            }
        }
    }
    // "al-Durayhimi", "el Geneina".
    let article = end == at
        && scene.token(at).is_some_and(|token| matches!(token.norm.as_str(), "al" | "el" | "ar" | "as" | "ad" | "az"))
        && scene.token(at + 1).is_some_and(|token| token.is("-"))
        && scene.token(at + 2).is_some_and(|token| token.capital && !token.spaced);
    if article {
        return Some(at..at + 3);
    }
    (end > at).then_some(at..end)
}

/// Where a name goes on after an apostrophe within it: "Слов'янськ", "Дар'а"; an English possessive ends it.
fn apostrophe(scene: &Scene<'_>, end: usize) -> usize {
    // A Turkish apostrophe sets off an ending.
    if scene.lang.embeds() {
        return end;
    }
    let tight = |at: usize| scene.token(at).filter(|token| !token.spaced);
    let sign = tight(end).is_some_and(|token| token.is("'"));
    let rest = tight(end + 1).is_some_and(|token| token.kind == Kind::Word && !token.capital && !token.is("s"));
    if sign && rest { end + 2 } else { end }
}

/// Where a name goes on after a particle between hyphens: "Дейр-эз-Зор", "Ростов-на-Дону".
fn particle(scene: &Scene<'_>, end: usize) -> usize {
    let tight = |at: usize| scene.token(at).filter(|token| !token.spaced);
    let hyphen = |at: usize| tight(at).is_some_and(|token| token.is("-"));
    let small = tight(end + 1)
        .is_some_and(|token| token.kind == Kind::Word && !token.capital && token.norm.chars().count() <= 3);
    let name = tight(end + 3).is_some_and(|token| token.capital);
    if hyphen(end) && small && hyphen(end + 2) && name { end + 3 } else { end }
}

/// Whether a hyphen stands in the name of an axis.
fn axis(scene: &Scene<'_>, hyphen: usize) -> bool {
    scene.has(hyphen.saturating_sub(6)..hyphen + 7, Sense::Axis)
}

/// Whether a token can be part of a place's name.
fn free(scene: &Scene<'_>, at: usize, first: bool) -> bool {
    let Some(token) = scene.token(at) else { return false };
    if scene.lang.caseless() {
        return unknown(scene, at, first);
    }
    if !token.capital
        || token.kind != Kind::Word
        || scene.token(at + 1).is_some_and(|next| next.is(".") && token.norm.chars().count() == 1)
        || token.norm.chars().count() < 2
    {
        return false;
    }
    let opens_name = at > 0 && scene.token(at + 1).is_some_and(|next| next.capital && next.kind == Kind::Word);
    let mentioned = scene.mentions.iter().any(|mention| mention.form.is_some() && mention.at.contains(&at));
    let opening = at == 0 || scene.token(at - 1).is_some_and(|before| before.is("\"") || before.is(":"));
    let known = scene.marks_in(at..at + 1).any(|mark| {
        opening
            || is_verbal(mark.sense()) && !opens_name
            || matches!(
                mark.sense(),
                Sense::Month
                    | Sense::Weekday
                    | Sense::Authority
                    | Sense::Preposition
                    | Sense::Truce
                    | Sense::Weapon
                    | Sense::Abbreviation
                    | Sense::Force
                    | Sense::Pronoun
                    | Sense::Bystander
            )
    });
    let phrase = |mark: &&Mark<'_>| mark.at.contains(&at);
    let common = scene.lang.capital_nouns()
        && scene
            .marks
            .iter()
            .filter(phrase)
            .any(|mark| !matches!(mark.sense(), Sense::Land | Sense::Region | Sense::Axis));
    let within = scene.marks.iter().filter(phrase).any(|mark| {
        mark.at.len() > 1 && matches!(mark.sense(), Sense::Weapon | Sense::Authority | Sense::Truce) || is_zone(mark)
    });
    // "Les secteurs": a small word is a capital one only because it opens the sentence.
    let small = opening && token.norm.chars().count() <= 3;
    !mentioned
        && !known
        && !within
        && !common
        && !small
        && !bears_a_name(scene, at)
        && (first && !scene.lang.capital_nouns() || !scene.is(at, Sense::Land) || named_land(scene, at))
}

/// Whether a noun of land is followed by the name of what it is: "Striscia di Gaza", "Franja de Gaza".
fn bears_a_name(scene: &Scene<'_>, at: usize) -> bool {
    let of = |mark: &Mark<'_>| mark.entry.prep == Some(Prep::Of);
    let romance = scene.lang.adjective_follows() && !scene.lang.verb_first();
    romance && scene.is(at, Sense::Land) && scene.all(at + 1..at + 2, Sense::Preposition).any(of)
}

/// Whether a noun of land with a capital is the last word of the name before it: "Ormeau Road".
fn named_land(scene: &Scene<'_>, at: usize) -> bool {
    scene.token(at).is_some_and(|token| token.capital) && !scene.is(at, Sense::Region) && scene.lang.land_last()
}

/// Whether a token of a script without capitals can be part of a place's name: a word that is neither in the lexicon nor
/// a party's, after a first such word only where one of both has the article; or a word like "well of", "hill of", which
/// such names begin with.
fn unknown(scene: &Scene<'_>, at: usize, first: bool) -> bool {
    let Some(token) = scene.token(at).filter(|token| token.kind == Kind::Word && token.norm.chars().count() > 1) else {
        return false;
    };
    let opener =
        |at: usize| scene.all(at..at + 1, Sense::Land).any(|mark| mark.entry.detail.as_deref() == Some("opener"));
    let mentioned = |at: usize| scene.mentions.iter().any(|m| m.form.is_some() && m.at.contains(&at));
    let free = |at: usize| {
        let marked = scene.marks.iter().any(|mark| mark.at.contains(&at));
        scene.token(at).is_some_and(|token| token.kind == Kind::Word) && !marked && !mentioned(at)
    };
    if opener(at) {
        return free(at + 1) && !mentioned(at);
    }
    let definite = |token: &super::tokens::Token| token.norm.starts_with("ال");
    let follows = || {
        let before = at.checked_sub(1).and_then(|at| scene.token(at));
        at > 0 && opener(at - 1) || before.is_some_and(|before| definite(before) != definite(token))
    };
    free(at) && token.spaced >= !first && (first || follows())
}

/// What a capitalised run is, if the sentence tells that it is a place.
fn place(scene: &Scene<'_>, text: &str, run: Run, last: Option<&PlaceName>) -> Option<PlaceName> {
    // "Алибейли Товузского района": the last word is the district's.
    let run = if run.len() > 1 && scene.lang.is_slavic() && large_noun(scene, run.end) {
        run.start..run.end - 1
    } else {
        run
    };
    let (prep, land) = governor(scene, run.start);
    let after = if scene.lang.embeds() { super::cases::after_ending(scene, run.end) } else { run.end };
    let prep = if scene.lang.embeds() { super::cases::of_name(scene, run.end) } else { prep };
    // Arabic lists have "and" before every member.
    let listed = last.filter(|last| linked(scene, last.at.end..run.start));
    let listed = listed.filter(|last| !scene.lang.caseless() || scene.has(last.at.end..run.start, Sense::And));
    let prep = listed.map_or(prep, |last| last.prep);
    let district =
        large_noun(scene, after) || (land.is_some_and(|at| large_noun(scene, at)) && !scene.is(after, Sense::Land));
    let by_land = if scene.lang.caseless() {
        // "بلدة كذا" names a town, "البلدة كذا" does not.
        let noun = run.start.checked_sub(1).filter(|&at| scene.is(at, Sense::Land));
        noun.and_then(|at| scene.token(at)).is_some_and(|noun| !noun.norm.starts_with("ال"))
    } else {
        land.is_some() || scene.is(after, Sense::Land)
    };
    // Where capitals tell no names, a name is what stands without article right after its preposition.
    let led = || run.start == 0 || scene.ends_at(run.start, Sense::Preposition).is_some();
    let bare = (!scene.lang.caseless() || led()) && (!scene.lang.capital_nouns() || is_bare(scene, &run));
    let by_prep = bare && matches!(prep, Some(Prep::In | Prep::At | Prep::From | Prep::Object));
    // A direct object or the subject of a passive may stand without any preposition: the act decides.
    let sign = scene.token(after).is_none_or(|token| token.kind == Kind::Sign);
    // Who speaks has no ending: "Goris'i bombaladığını açıkladı".
    let speaker =
        after == run.end && scene.has(after..after + if sign { 0 } else { 2 }, Sense::Say) || titled(scene, run.start);
    if speaker || !(by_land || by_prep || listed.is_some() || bare && objective(scene, &run)) {
        return None;
    }
    let large = district || listed.is_some_and(|last| last.large && !scene.is(after, Sense::Land));
    let span = scene.bytes(&run)?;
    Some(PlaceName { name: span.of(text)?.to_owned(), at: run, prep, large })
}

/// Whether a capitalised word stands where no article or adjective makes it an ordinary noun: after a preposition, a
/// sign, a verb, or at the beginning. A single ordinary noun may stand so in a passive only.
fn is_bare(scene: &Scene<'_>, run: &Run) -> bool {
    let Some(before) = run.start.checked_sub(1) else { return true };
    let sign = scene.token(before).is_some_and(|token| token.kind == Kind::Sign);
    sign || scene.ends_at(run.start, Sense::Preposition).is_some()
        || scene
            .marks_in(before..run.start)
            .any(|mark| is_verbal(mark.sense()) || matches!(mark.sense(), Sense::And | Sense::Reported))
}

/// Whether a person's title stands before a name.
pub(super) fn titled(scene: &Scene<'_>, at: usize) -> bool {
    at > 0 && (scene.is(at - 1, Sense::Authority) || scene.ends_at(at, Sense::Authority).is_some())
}

/// Whether a run stands right beside a verb of fire as its object, or begins a clause whose verb is one.
fn objective(scene: &Scene<'_>, run: &Run) -> bool {
    let before = run.start.saturating_sub(5)..run.start;
    let article = run.start > 0 && scene.is(run.start - 1, Sense::Determiner);
    let upto = run.start - usize::from(article);
    let object = scene.marks_in(before).any(|mark| mark.sense() == Sense::ActVerb && mark.at.end == upto);
    let undergoes = scene
        .all(run.end..run.end + 8, Sense::ActVerb)
        .any(|mark| mark.entry.frame == Frame::Undergoes || mark.passive);
    let after = (run.end..run.end + 12)
        .find(|&at| scene.is(at, Sense::Be) || scene.token(at).is_some_and(|token| token.is(",")));
    let subject = after.is_some_and(|at| scene.is(at, Sense::Be)) && scene.has(run.end..run.end + 14, Sense::ActVerb);
    object || subject || undergoes || scene.lang.auxiliary_apart() && braced(scene, run)
}

/// The same in German, whose participle closes the clause: "hätten Kapan beschossen", "Kapan sei die ganze Nacht
/// beschossen worden".
fn braced(scene: &Scene<'_>, run: &Run) -> bool {
    let rest = run.end..scene.clause_run(scene.clause(run.start)).end;
    let object = scene.is(run.end, Sense::ActVerb);
    let subject = scene.has_any(run.end..run.end + 1, &[Sense::Be, Sense::Reported]);
    object || subject && scene.has(rest, Sense::ActVerb)
}

/// The preposition before a name and where the noun of land before it stands.
pub(super) fn governor(scene: &Scene<'_>, start: usize) -> (Option<Prep>, Option<usize>) {
    let mut land = None;
    for back in 0..7 {
        let Some(end) = start.checked_sub(back) else { break };
        let prep = scene
            .marks_in(end.saturating_sub(5)..end)
            .find(|mark| mark.at.end == end && mark.sense() == Sense::Preposition);
        let found = prep.and_then(|mark| mark.entry.prep);
        // "the shelling of Terter": where it hit.
        if found == Some(Prep::Of) && prep.is_some_and(|mark| scene.ends_at(mark.at.start, Sense::ActNoun).is_some()) {
            return (Some(Prep::At), land);
        }
        // "der Flughafen von Asmara": German "von" after a noun of land is no "by".
        let after_land = |at: &Run| at.start.checked_sub(1).is_some_and(|before| scene.is(before, Sense::Land));
        let of_land = prep.filter(|mark| scene.lang.capital_nouns() && after_land(&mark.at));
        let found = found.filter(|_| of_land.is_none());
        // "the town of Terter": the land's own preposition tells.
        if let Some(prep) = found.filter(|prep| !matches!(prep, Prep::Of) || back > 3) {
            return (Some(prep), land);
        }
        let Some(before) = end.checked_sub(1) else { break };
        if scene.is(before, Sense::Land) {
            land = land.or(Some(before));
        }
        let Some(token) = scene.token(before) else { break };
        let verbal = scene.marks_in(before..end).any(|mark| is_verbal(mark.sense()) && mark.sense() != Sense::Have);
        if (token.kind == Kind::Sign && !matches!(token.norm.as_str(), "-" | "'" | "\""))
            || verbal
            || scene.has_any(before..before + 1, &[Sense::Clause, Sense::Relative])
        {
            break;
        }
    }
    (None, land)
}

/// Whether a noun of land at a token is larger than a town.
fn large_noun(scene: &Scene<'_>, at: usize) -> bool {
    scene.is(at, Sense::Region)
}

/// Whether only a comma, "and", an article or a noun of land lies between two names.
fn linked(scene: &Scene<'_>, gap: Run) -> bool {
    let mut joints = 0;
    for at in gap.clone() {
        let joint = scene.is(at, Sense::And) || scene.token(at).is_some_and(|token| token.is(",") || token.is("-"));
        joints += usize::from(joint);
        let light = scene.is(at, Sense::Preposition)
            || scene.is(at, Sense::Land)
            || scene.token(at).is_some_and(|token| token.norm.chars().count() <= 3);
        if !joint && !light {
            return false;
        }
    }
    (1..=2).contains(&joints) && gap.len() <= 4
}

/// Names of parties that stand for their land: "in Nagorno-Karabakh", "shelled Stepanakert".
fn grounds(scene: &Scene<'_>, text: &str, names: &Names) -> Vec<PlaceName> {
    let mut places = Vec::new();
    for mention in &scene.mentions {
        let objective = mention.form == Some(NameForm::Capital) && objective(scene, &mention.at);
        let listed = mention.may_be_place() && objective;
        let of_land = (mention.prep == Some(Prep::Of) || mention.prep.is_some() && scene.lang.capital_nouns())
            && scene.has(mention.at.start.saturating_sub(5)..mention.at.start, Sense::Land);
        let of_act = mention.form == Some(NameForm::Capital) && governor(scene, mention.at.start).0 == Some(Prep::At);
        let within = mention.may_be_place() && (of_land || of_act || matches!(mention.prep, Some(Prep::In | Prep::At)));
        // "in Donetsk region", where Donetsk is a party's name too.
        let named_land =
            mention.part == Part::Ground && mention.may_be_place() && scene.is(mention.at.end, Sense::Land);
        let Who::Party(party) = mention.who else { continue };
        if between(scene, mention) {
            continue;
        }
        let small = !scene.lang.caseless() && scene.token(mention.at.start).is_some_and(|token| !token.capital);
        let landed =
            !small && matches!(names.kind(party), PartyKind::State | PartyKind::NonState | PartyKind::Coalition);
        if !landed || !(named_land || mention.part == Part::Itself && (listed || within)) {
            continue;
        }
        let Some(name) = scene.bytes(&mention.at).and_then(|span| span.of(text)) else { continue };
        let large = mention.form == Some(NameForm::Name);
        places.push(PlaceName { at: mention.at.clone(), name: name.to_owned(), prep: mention.prep, large });
    }
    places
}

/// Whether a party's name is one of two between which something is: "the truce between Armenia and Azerbaijan".
fn between(scene: &Scene<'_>, mention: &Mention) -> bool {
    let pairs = |a: &Mention, b: &Mention| {
        let gap = a.at.end..b.at.start;
        a.prep == Some(Prep::In)
            && b.party().is_some_and(|b| Some(b) != a.party())
            && gap.len() <= 3
            && scene.has(gap, Sense::And)
            && matches!(b.prep, None | Some(Prep::In))
    };
    let next = scene.mentions.iter().find(|m| m.at.start >= mention.at.end);
    let last = scene.mentions.iter().rfind(|m| m.at.end <= mention.at.start);
    next.is_some_and(|next| pairs(mention, next)) || last.is_some_and(|last| pairs(last, mention))
}
