//! What is said to have been done: the words of acts in a sentence, one deed for each, with their negation and
//! whatever makes them unreal. Who did it to whom is told in [`super::roles`].

use super::Lang;
use super::actors::{Mention, Part, Who};
use super::arming::{self, FELLED};
use super::endings::{is_bare_passive, is_gerund};
use super::lexicon::Mark;
use super::responses::{self, RESPONSE_TO};
use super::roles::is_somebody;
use super::scene::{Run, Scene};
use super::sense::{Frame, Need, Prep, Sense};
use super::speech::{Speech, governing};
use super::tokens::Kind;
use crate::model::{ActBase, ActFamily};

/// Marks verbs whose negation is the act: "çekmedi", did not withdraw.
const FAILURE: &str = "failure";

/// How a deed is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    Verb,
    Noun,
    /// That a ceasefire was broken, or counted breaches of it.
    Breach,
    /// That a ceasefire was kept.
    Kept,
}

/// A deed in a sentence.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "four facts of grammar, independent of each other")]
pub(crate) struct Deed {
    /// The words that tell it.
    pub(crate) at: Run,
    pub(crate) clause: usize,
    /// Where what belongs to it begins: after the last word of saying before it in its clause.
    pub(crate) from: usize,
    pub(crate) act: ActBase,
    pub(crate) detail: Option<String>,
    pub(crate) frame: Frame,
    pub(crate) passive: bool,
    pub(crate) told: Told,
    /// The act noun that a verb was lent to.
    pub(crate) noun: Option<Run>,
    /// The verb lent to an act noun.
    pub(crate) support: Option<Run>,
    pub(crate) negated: bool,
    pub(crate) unreal: bool,
    pub(crate) response: bool,
    /// The rules that read it.
    pub(crate) rules: Vec<&'static str>,
}

/// The deeds of a sentence, in order.
pub(crate) fn find(scene: &Scene<'_>, speeches: &[Speech]) -> Vec<Deed> {
    let mut deeds = Vec::new();
    for clause in 0..scene.clauses.len() {
        in_clause(scene, speeches, clause, &mut deeds);
    }
    deeds.retain(|deed: &Deed| !in_wish(speeches, scene, deed));
    arming::leave_out_means(scene, &mut deeds);
    responses::by_what(scene, &mut deeds);
    deeds
}

fn in_clause(scene: &Scene<'_>, speeches: &[Speech], clause: usize, deeds: &mut Vec<Deed>) {
    let run = scene.clause_run(clause);
    let first = deeds.len();
    let mut marks: Vec<&Mark<'_>> = scene.marks_in(run.clone()).collect();
    // Of two readings of a word the one that needs company goes first, where it has it.
    // "Sabotato l'accordo" is a breach before it is an act.
    marks.sort_by_key(|mark| (mark.at.start, mark.entry.needs == Need::Nothing, mark.sense() != Sense::Break));
    for mark in marks {
        let covered = deeds.get(first..).unwrap_or_default().iter().any(|deed: &Deed| {
            deed.at.start < mark.at.end && mark.at.start < deed.at.end
                || deed.noun.as_ref().is_some_and(|noun| noun.contains(&mark.at.start))
        });
        if covered {
            continue;
        }
        let from = after_saying(scene, speeches, &run, mark.at.start);
        if let Some(deed) = deed(scene, mark, clause, from, deeds.get_mut(first..).unwrap_or_default()) {
            deeds.push(deed);
        }
    }
    undergone(scene, first, deeds);
    let own = deeds.get_mut(first..).unwrap_or_default();
    for deed in own {
        finish(scene, &run, deed);
    }
}

/// Gives a general verb the act noun that stands right before it, in languages that put it there: "обстрелам подверглись
/// села", "topçu atışlarıyla hedef aldı".
fn undergone(scene: &Scene<'_>, first: usize, deeds: &mut Vec<Deed>) {
    let mut at = first + 1;
    while at < deeds.len() {
        let joined = match deeds.get(at - 1..=at) {
            Some([noun, verb]) => {
                let gap = verb.at.start.saturating_sub(noun.at.end);
                // "Ventotto spari sono stati esplosi".
                let romance = scene.lang.adjective_follows() && !scene.lang.verb_first() && verb.passive;
                let near = gap <= if scene.lang.embeds() || romance { 3 } else { 1 };
                let general = verb.told == Told::Verb && verb.act == ActBase::Attack && verb.noun.is_none();
                let takes = verb.frame == Frame::Undergoes || (scene.lang.embeds() || romance) && verb.detail.is_none();
                let free = noun.told == Told::Noun && noun.support.as_ref().is_none_or(|support| *support == verb.at);
                near && general && takes && free && (scene.lang.is_slavic() || scene.lang.embeds() || romance)
            }
            _ => false,
        };
        if joined {
            let noun = deeds.remove(at - 1);
            if let Some(verb) = deeds.get_mut(at - 1) {
                (verb.act, verb.noun) = (noun.act, Some(noun.at));
            }
        } else {
            at += 1;
        }
    }
}

/// Where what belongs to a deed begins.
fn after_saying(scene: &Scene<'_>, speeches: &[Speech], run: &Run, at: usize) -> usize {
    let mut before = speeches.iter().rev().filter(|speech| speech.cue.end <= at && run.contains(&speech.cue.start));
    let (cue, other) = (before.next(), before.next());
    let cue = cue.filter(|source| other.is_some() || !interrupts(scene, source, run));
    cue.map_or(run.start, |speech| {
        // The subject of a saying may stand after its word: "заявили в Минобороны".
        let behind = speech
            .speaker
            .iter()
            .filter_map(|&id| scene.mentions.get(id))
            .map(|m| m.at.end)
            .filter(|&end| end > speech.cue.end && end <= at);
        let end = behind.max().unwrap_or(speech.cue.end);
        // "Ne nie pas être passé à l'offensive": the second half of the saying's own negation.
        let pas = speech.negated && scene.is(end, Sense::Negation) && scene.lang == Lang::Fr;
        end + usize::from(pas)
    })
}

/// Whether a source stands between a subject and what it did: "Russische Truppen haben nach Angaben Kiews Charkiw
/// beschossen".
fn interrupts(scene: &Scene<'_>, source: &Speech, run: &Run) -> bool {
    let subject = |m: &Mention| m.prep.is_none() && m.can_act() && is_somebody(m);
    source.sense == Sense::Source && scene.mentions_in(run.start..source.cue.start).any(subject)
}

/// The deed a word tells, unless it belongs to one found before in its clause.
fn deed(scene: &Scene<'_>, mark: &Mark<'_>, clause: usize, from: usize, before: &mut [Deed]) -> Option<Deed> {
    let run = scene.clause_run(clause);
    let (told, act) = match mark.sense() {
        Sense::ActVerb if is_noun_here(scene, mark) || responses::answers_in_words(scene, mark) => return None,
        Sense::ActVerb => (Told::Verb, mark.entry.act?),
        Sense::ActNoun if is_named(scene, mark) => return None,
        Sense::ActNoun => (Told::Noun, mark.entry.act?),
        Sense::KillVerb | Sense::WoundVerb
            if before.is_empty() && !(clause > 0 && goes_along(scene, mark)) && kills(scene, mark, &run, from) =>
        {
            (Told::Verb, ActBase::Attack)
        }
        Sense::Break
            if (breaks_truce(scene, mark, &run) || counted(scene, mark) || super::pronouns::broke_it(scene, mark))
                && !scene.is(mark.at.start, Sense::Breach) =>
        {
            (Told::Breach, ActBase::Violation)
        }
        Sense::Breach if !is_adjunct(scene, mark, from) => (Told::Breach, ActBase::Violation),
        Sense::Keep if has_truce(scene, &scene.whole()) && super::embedded::is_unkept(scene, mark) => {
            (Told::Breach, ActBase::Violation)
        }
        Sense::Keep if mark.entry.needs == Need::Nothing || has_truce(scene, &scene.whole()) => {
            (Told::Kept, ActBase::Violation)
        }
        _ => return None,
    };
    if told == Told::Noun && lends(scene, mark, act, before) {
        return None;
    }
    if matches!(told, Told::Verb | Told::Noun) && !has_needs(scene, mark, &run) {
        return None;
    }
    let verb = matches!(told, Told::Verb | Told::Kept)
        || scene.lang.embeds() && mark.sense() != Sense::ActNoun && mark.sense() != Sense::Breach;
    let support = (!verb).then(|| support(scene, mark, &run, from)).flatten();
    Some(Deed {
        at: mark.at.clone(),
        clause,
        from,
        act,
        detail: mark.entry.detail.clone().filter(|detail| detail != FELLED || arming::fells(scene, &run)),
        frame: mark.entry.frame,
        passive: mark.passive
            || (told == Told::Verb && mark.entry.frame == Frame::Does && begins_passive(scene, &mark.at))
            || is_passive(scene, support.as_ref().unwrap_or(&mark.at))
            || support.as_ref().is_some_and(|at| lent_passive(scene, at)),
        told,
        noun: None,
        support,
        negated: false,
        unreal: false,
        response: false,
        rules: vec![rule(told)],
    })
}

const fn rule(told: Told) -> &'static str {
    match told {
        Told::Verb => "act verb",
        Told::Noun => "act noun",
        Told::Breach => "breach of a truce",
        Told::Kept => "truce kept",
    }
}

/// Whether a phrase begins with the auxiliary of a passive: "were fired", not "was firing".
fn begins_passive(scene: &Scene<'_>, at: &Run) -> bool {
    let last = at.end.checked_sub(1).and_then(|last| scene.token(last)).map_or("", |token| token.norm.as_str());
    at.len() > 1 && scene.is(at.start, Sense::Be) && !last.ends_with("ing")
}

fn lent_passive(scene: &Scene<'_>, support: &Run) -> bool {
    scene.all(support.clone(), Sense::Support).any(|mark| mark.passive)
}

/// Whether a form that is verb and noun is a noun here: after an article, a number, an adjective, a preposition.
fn is_noun_here(scene: &Scene<'_>, mark: &Mark<'_>) -> bool {
    let both = scene
        .marks_in(mark.at.start..mark.at.start + 1)
        .any(|other| matches!(other.sense(), Sense::ActNoun | Sense::Weapon) && other.at == mark.at);
    if !both {
        return false;
    }
    let before = mark.at.start.checked_sub(1);
    let subject = scene.mentions.iter().any(|mention| mention.at.end == mark.at.start && mention.part == Part::Itself);
    let verbal = before.is_some_and(|at| scene.is(at, Sense::Be) || scene.is(at, Sense::Stop));
    !(subject || verbal)
}

/// Whether a form of killing only tells what came of the act before it: "…, tuant neuf civils".
fn goes_along(scene: &Scene<'_>, mark: &Mark<'_>) -> bool {
    let word = scene.token(mark.at.start).map_or("", |token| token.norm.as_str());
    let comma = mark.at.start.checked_sub(1).and_then(|at| scene.token(at)).is_some_and(|token| token.is(","));
    scene.lang != Lang::En && comma && is_gerund(scene.lang, word)
}

/// Whether killing or wounding is told as somebody's act: in the active, with a subject of its own.
fn kills(scene: &Scene<'_>, mark: &Mark<'_>, run: &Run, from: usize) -> bool {
    if scene.lang.verb_first() && !mark.passive {
        let doer = scene.mentions_in(mark.at.end..run.end.min(mark.at.end + 2));
        let named = |m: &Mention| m.can_act() && m.form.is_some() && m.prep.is_none();
        return doer.into_iter().any(named) || scene.mentions_in(from..mark.at.start).any(named);
    }
    if mark.passive || is_passive(scene, &mark.at) {
        let doer = |m: &Mention| m.prep == Some(Prep::By) || super::roles::is_instrumental(scene, m);
        return scene.mentions_in(mark.at.end..run.end).any(|m| m.is_side() && doer(m));
    }
    // "… e ha ucciso un capo locale": the subject is that of the clause before.
    let joined = scene.is(run.start, Sense::And) && mark.at.start <= run.start + 2 && !scene.lang.is_slavic();
    let before = || scene.clause_run(scene.clause(run.start).saturating_sub(1));
    if joined
        && scene.lang != Lang::En
        && scene.mentions_in(before()).any(|m| m.can_act() && m.prep.is_none() && m.is_side())
    {
        return true;
    }
    if from >= mark.at.start {
        return false;
    }
    let subject = from..mark.at.start;
    let armed = scene.has_any(subject.clone(), &[Sense::Weapon, Sense::Force, Sense::Unnamed]);
    let named = scene.mentions_in(subject.clone()).any(|m| m.can_act() && m.party().is_some() && m.prep.is_none());
    let by = scene.mentions_in(mark.at.end..run.end).any(|m| m.prep == Some(Prep::By));
    let noun = scene.has_any(subject, &[Sense::ActNoun]);
    // "Four people killed": the dead stand before the word without any "was".
    let reduced = scene.has(from..mark.at.start, Sense::Person) && !armed;
    (armed || named || by) && !noun && !reduced
}

/// Whether an act noun is the first word of a name: "opération Sangaris", "Operation 1027".
fn is_named(scene: &Scene<'_>, mark: &Mark<'_>) -> bool {
    let general = mark.entry.act == Some(ActBase::Attack) && mark.at.len() == 1;
    let named = scene.token(mark.at.end).is_some_and(|next| {
        let title = next.is("\"") && scene.token(mark.at.end + 1).is_some_and(|first| first.capital);
        next.spaced && (next.capital && next.kind == Kind::Word || next.kind == Kind::Number || title)
    });
    let party = scene.mentions.iter().any(|mention| mention.at.start == mark.at.end);
    let timed = scene.times.iter().any(|time| time.at.start == mark.at.end);
    let word = scene.marks_in(mark.at.end..mark.at.end + 1).next().is_some();
    general && named && !party && !timed && !word
}

/// Whether a word of breaking has a ceasefire to break: in its clause, or as the subject that a clause set between
/// commas parts from it ("The truce, in force since noon, was violated").
fn breaks_truce(scene: &Scene<'_>, mark: &Mark<'_>, run: &Run) -> bool {
    // German "verletzt" is hurt, too.
    let people = || scene.amounts.iter().any(|amount| run.contains(&amount.at.start) && amount.at.end <= mark.at.start);
    let hurts = scene.has_any(mark.at.clone(), &[Sense::Wounded, Sense::WoundVerb]) && people();
    let parted = || {
        let subject = scene.mentions_in(run.start..mark.at.start).next().is_none();
        run.start > 0 && subject && is_passive(scene, &mark.at) && has_truce(scene, &(0..run.start))
    };
    has_truce(scene, run) || !hurts && parted()
}

/// Whether a ceasefire is named in a clause.
fn has_truce(scene: &Scene<'_>, run: &Run) -> bool {
    scene.has_any(run.clone(), &[Sense::Truce, Sense::Accord])
}

/// Whether a word is told so many times: "verletzte sie 12 Mal".
fn counted(scene: &Scene<'_>, mark: &Mark<'_>) -> bool {
    let before = mark.at.start.saturating_sub(3)..mark.at.start;
    scene.has(before.clone(), Sense::Times)
        && scene.amounts.iter().any(|amount| !amount.article && before.contains(&amount.at.start))
}

/// Whether a breach is told as the manner of another act: "in violation of the ceasefire".
fn is_adjunct(scene: &Scene<'_>, mark: &Mark<'_>, from: usize) -> bool {
    let before = mark.at.start.checked_sub(1);
    let led = before.is_some_and(|at| {
        at >= from && scene.all(at..at + 1, Sense::Preposition).any(|mark| mark.entry.prep == Some(Prep::In))
    });
    led && mark.at.len() == 1
        && !scene.lang.verb_first()
        && !scene.amounts.iter().any(|amount| amount.at.end == mark.at.start)
}

/// Gives an act noun to the general verb before it ("launched" an "assault"); whether it did.
fn lends(scene: &Scene<'_>, mark: &Mark<'_>, act: ActBase, before: &mut [Deed]) -> bool {
    let Some(verb) = before.iter_mut().rev().find(|deed| deed.told == Told::Verb) else { return false };
    let own_agent = scene
        .mentions
        .iter()
        .any(|m| m.part == Part::Agent && m.at.end <= mark.at.start && m.at.end + 3 > mark.at.start);
    let distant = scene.has(verb.at.end..mark.at.start, Sense::Response);
    if verb.detail.as_deref() == Some(RESPONSE_TO) && mark.at.start <= verb.at.end + 3 {
        return false;
    }
    if verb.frame == Frame::Event && own_agent {
        // "Fighting resumed with an advance by X": the noun tells whose deed it was.
        (verb.at, verb.told, verb.frame, verb.act) = (mark.at.clone(), Told::Noun, Frame::Does, act);
        return true;
    }
    if verb.frame == Frame::Undergoes || (verb.act == ActBase::Attack && verb.detail.is_none()) {
        if distant {
            return false;
        }
        if verb.noun.is_none() {
            verb.act = act;
            verb.noun = Some(mark.at.clone());
        }
        return true;
    }
    // "responded to Indian fire" tells two deeds; "shelled in an attack" tells one.
    !own_agent
}

/// The verb that lends itself to a noun in its clause.
fn support(scene: &Scene<'_>, mark: &Mark<'_>, run: &Run, from: usize) -> Option<Run> {
    let before = || scene.all(from..mark.at.start, Sense::Support).next_back();
    let near = if scene.lang.embeds() { None } else { before() };
    near.or_else(|| scene.all(mark.at.end..run.end.min(mark.at.end + 8), Sense::Support).next())
        .or_else(before)
        .map(|mark| mark.at.clone())
}

/// Whether what a general verb needs stands in its clause.
fn has_needs(scene: &Scene<'_>, mark: &Mark<'_>, run: &Run) -> bool {
    let forces = || {
        scene.mentions_in(run.clone()).any(|m| m.form == Some(super::names::NameForm::Forces))
            || scene.has(run.clone(), Sense::Force)
    };
    let arms = || {
        let noun = mark.entry.act == Some(ActBase::Attack) && scene.has(run.clone(), Sense::ActNoun);
        noun || scene.has(run.clone(), Sense::Weapon) || forces()
    };
    match mark.entry.needs {
        Need::Nothing => true,
        Need::Arms => arms(),
        Need::Target => arms() || is_aimed(scene, mark, run),
        Need::Weapon => scene.has(run.clone(), Sense::Weapon),
        Need::Truce => has_truce(scene, run),
        Need::Passage => scene.has(run.clone(), Sense::Passage),
        Need::Works => {
            let noun =
                |mark: &Mark<'_>| mark.sense() == Sense::ActNoun && mark.entry.act == Some(ActBase::Fortification);
            scene.has(run.clone(), Sense::Works) || scene.marks_in(run.clone()).any(noun)
        }
        Need::Aircraft => scene
            .all(run.clone(), Sense::Weapon)
            .any(|m| matches!(m.entry.act, Some(ActBase::AirStrike | ActBase::DroneStrike))),
        Need::Airspace => scene.has(run.clone(), Sense::Airspace),
        Need::Person => {
            let near = mark.at.end..run.end.min(mark.at.end + 5);
            let people = |m: &Mention| m.form == Some(super::names::NameForm::People);
            let held =
                (mark.passive || is_passive(scene, &mark.at)) && scene.has(run.start..mark.at.start, Sense::Person);
            held || scene.has(near.clone(), Sense::Person) || scene.mentions_in(near).any(people)
        }
        Need::Act => scene.has(run.clone(), Sense::ActNoun) || scene.has(run.clone(), Sense::Weapon),
    }
}

/// Whether a clause tells of a party that it hit something: "Israel struck Gaza", "a school was hit by Israel", but neither
/// "a storm hit the coast" nor "Israel struck a deal".
fn is_aimed(scene: &Scene<'_>, mark: &Mark<'_>, run: &Run) -> bool {
    let subject =
        |m: &Mention| m.prep.is_none() && is_somebody(m) && (m.at.end <= mark.at.start || scene.lang.verb_first());
    let doer = scene.mentions_in(run.clone()).any(|mention| mention.prep == Some(Prep::By) || subject(mention));
    let named = !scene.lang.capital_nouns() && scene.token(mark.at.end).is_some_and(|token| token.capital);
    doer && (named || scene.has_any(run.clone(), &[Sense::Position, Sense::Civilian]))
}

/// Whether a participle is passive: after "was", or without any auxiliary before "by"; in languages with "avoir"
/// also where it stands alone.
pub(crate) fn is_passive(scene: &Scene<'_>, at: &Run) -> bool {
    let near = at.start.saturating_sub(4)..at.start;
    let sign = near
        .clone()
        .rev()
        .find(|&at| scene.token(at).is_some_and(|token| token.is(",")))
        .map_or(near.start, |at| at + 1);
    // "It was the army that broke it": the "was" is of the clause before.
    let opener = scene.marks_in(near).rfind(|mark| matches!(mark.sense(), Sense::Clause | Sense::Relative));
    let near = opener.map_or(sign, |mark| mark.at.end.max(sign)).min(at.start)..at.start;
    let word = scene.token(at.start).map_or("", |token| token.norm.as_str());
    if is_gerund(scene.lang, word) {
        return false;
    }
    if scene.lang.auxiliary_apart() {
        let clause = scene.clause_run(scene.clause(at.start));
        let participle = word.ends_with('t') || word.ends_with("en");
        return participle && scene.has(clause, Sense::Be);
    }
    let be = scene.all(near.clone(), Sense::Be).next_back().map(|mark| mark.at.start);
    let have = scene.all(near, Sense::Have).next_back().map(|mark| mark.at.start);
    let have = have.or_else(|| perfect_infinitive(scene, at.start));
    let gerund = be.is_some_and(|be| {
        (be + 1..at.start).any(|at| scene.token(at).is_some_and(|token| is_gerund(scene.lang, &token.norm)))
    });
    if let Some(be) = be.filter(|_| !gerund) {
        return have.is_none_or(|have| have < be);
    }
    if have.is_some() {
        return false;
    }
    let by = (at.end..at.end + 4)
        .any(|at| scene.all(at..at + 1, Sense::Preposition).any(|mark| mark.entry.prep == Some(Prep::By)));
    by && scene.lang == Lang::En || is_bare_passive(scene.lang, word) && !shares_have(scene, at, word)
}

/// Whether a participle goes on with the "have" of the clause before: "ont rompu la trêve et attaqué Kapan".
fn shares_have(scene: &Scene<'_>, at: &Run, word: &str) -> bool {
    let clause = scene.clause(at.start);
    let run = scene.clause_run(clause);
    let Some(before) = clause.checked_sub(1).map(|before| scene.clause_run(before)) else { return false };
    let singular = ["é", "ado", "ido", "ato", "ito", "uto", "tto", "so", "sto", "rto", "it", "is", "ert"];
    let auxiliary = scene.marks_in(before).rfind(|mark| matches!(mark.sense(), Sense::Be | Sense::Have));
    scene.is(run.start, Sense::And)
        && at.start <= run.start + 3
        && singular.iter().any(|ending| word.ends_with(ending))
        && auxiliary.is_some_and(|mark| mark.sense() == Sense::Have)
}

/// Where the infinitive of "have" stands before a participle, even as the last word of a phrase of saying: "se défend
/// d'avoir attaqué", "dijo haber atacado".
pub(crate) fn perfect_infinitive(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let have = |at: &usize| {
        let word = scene.token(*at).map_or("", |token| token.norm.as_str());
        matches!((scene.lang, word), (Lang::Fr, "avoir") | (Lang::Es, "haber") | (Lang::It, "aver" | "avere"))
    };
    (at.saturating_sub(3)..at).rev().take_while(|&at| scene.token(at).is_some_and(|t| t.kind == Kind::Word)).find(have)
}

/// Fills in what the rest of the clause says of a deed: weapons, negation, unreality, response.
fn finish(scene: &Scene<'_>, run: &Run, deed: &mut Deed) {
    arming::specify(scene, run, deed);
    let end = deed.noun.as_ref().map_or(deed.at.end, |noun| noun.end.max(deed.at.end));
    let start = deed.support.as_ref().map_or(deed.at.start, |support| support.start.min(deed.at.start));
    let upto = deed.support.as_ref().map_or(end, |support| support.end.max(end));
    let upto = if scene.is(upto, Sense::Negation) { upto + 1 } else { upto };
    let upto = if scene.lang.verb_final() { run.end } else { upto };
    let negation = scene.all(deed.from..upto, Sense::Negation).next_back().map(|mark| mark.at.start);
    // In Slavic languages the noun comes first: "обстрелов не было".
    let after = deed.told != Told::Verb
        && scene.lang.is_slavic()
        && scene.all(upto..run.end, Sense::Negation).any(|mark| scene.is(mark.at.end, Sense::Be));
    let after = after || (scene.lang.is_slavic() && not_they(scene, upto..run.end));
    let stopped = negation.is_some_and(|at| scene.has(at..start, Sense::Stop));
    let over = || scene.interrupted(deed.clause).is_some_and(|run| scene.has(run, Sense::Negation));
    deed.negated = (negation.is_some() || after || over()) && !stopped;
    let start = if scene.lang.verb_final() { run.end } else { start };
    deed.unreal = scene.has(deed.from..upto, Sense::Unreal) && !scene.has(deed.from..start, Sense::Stop);
    if scene.lang.embeds() {
        let noun = deed.told == Told::Noun || deed.told == Told::Breach && scene.is(deed.at.start, Sense::Breach);
        let verb = deed.support.clone().or_else(|| (!noun).then(|| deed.at.clone()));
        let word = verb.as_ref().map_or("", |verb| super::cases::last_word(scene, verb));
        let unkept = deed.told == Told::Breach && scene.has(deed.at.clone(), Sense::Keep);
        let failed = deed.detail.as_deref() == Some(FAILURE) || unkept;
        deed.negated = (deed.negated || super::cases::is_negated(word) && !failed) && !stopped;
        deed.unreal |=
            super::cases::is_unreal(word) || noun && super::embedded::is_to_come(scene, deed.at.end..run.end);
    }
    let answers = deed.detail.as_deref() == Some(RESPONSE_TO);
    let responds = answers || deed.detail.as_deref() == Some("response");
    deed.response = responds || scene.has(deed.from..run.end, Sense::Response);
    if responds || deed.detail.as_deref() == Some(FAILURE) {
        deed.detail = None;
    }
    if answers {
        deed.rules.push(RESPONSE_TO);
    }
}

/// Whether the subject after a verb is denied: "перемирие нарушили не мы".
fn not_they(scene: &Scene<'_>, after: Run) -> bool {
    let near = after.start..after.end.min(after.start + 3);
    scene.all(near, Sense::Negation).any(|mark| {
        scene
            .mentions_in(mark.at.end..mark.at.end + 1)
            .any(|m| m.prep.is_none() && m.can_act() && (m.who == Who::We || m.party().is_some()))
    })
}

/// Whether an act is one of fire, which a weapon can make specific and a toll can follow from.
pub(crate) const fn is_fire(act: ActBase) -> bool {
    matches!(act.family(), ActFamily::Fire)
}

/// Whether a deed is only wanted: governed by a demand, unless the demand is to stop it.
fn in_wish(speeches: &[Speech], scene: &Scene<'_>, deed: &Deed) -> bool {
    let stop = if scene.lang.verb_final() { scene.clause_run(deed.clause).end } else { deed.at.start };
    governing(speeches, deed.at.start).is_some_and(|speech| {
        speech.sense == Sense::Demand
            && speech.cue.start < deed.at.start
            && !scene.has(speech.cue.end..stop, Sense::Stop)
    })
}
