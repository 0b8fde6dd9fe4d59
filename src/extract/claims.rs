//! From deeds to drafts: whose words they are, what stance the speaker takes, and every slot of the claim.

use super::actors::{Mention, Who};
use super::arming::FELLED;
use super::deeds::{Deed, Told, is_fire};
use super::draft::{Draft, Speaker, TimeRule, Voice};
use super::names::Bearer;
use super::news::{discarded, is_told};
use super::roles::Role;
use super::sense::{Frame, Sense};
use super::speech::{Speech, governing};
use super::story::{Read, Story, said_at};
use super::{blame, denials, gapping, joint, losses, quotations, roles, site, slots, truces};
use crate::model::{ActBase, PartyKind, Stance};

/// Reads one sentence into the story.
pub(crate) fn sentence(story: &mut Story<'_>, reads: &[Read<'_>], at: usize) {
    let Some(read) = reads.get(at) else { return };
    story.enter(read.scene.sentence.paragraph);
    let first = story.drafts.len();
    let quoted = quotations::quoted_by(story, reads, at);
    for (deed, agent) in &read.deeds {
        let speech = governing(&read.speeches, deed.at.start);
        match speech {
            Some(speech) if speech.sense == Sense::MutualAccuse => mutual(story, read, at, speech, Some(deed)),
            _ => told(story, read, at, deed, agent.as_ref(), speech, quoted.clone()),
        }
    }
    for speech in &read.speeches {
        let bare = !read
            .deeds
            .iter()
            .any(|(deed, _)| governing(&read.speeches, deed.at.start).is_some_and(|g| g.cue == speech.cue));
        match speech.sense {
            Sense::MutualAccuse if bare => mutual(story, read, at, speech, None),
            Sense::Accuse if bare => blame::bare(story, read, at, speech),
            Sense::Admit if bare => denials::answer(story, read, at, speech),
            // "Denied that houses were hit": what is denied is told, and was no act.
            Sense::Deny if bare && read.scene.has(speech.cue.end..speech.cue.end + 2, Sense::Clause) => {}
            Sense::Deny if bare && !read.scene.has_any(speech.cue.end..read.scene.whole().end, &[Sense::Ends]) => {
                denials::answer(story, read, at, speech);
            }
            Sense::Silence => denials::silence(story, read, at, speech),
            _ => {}
        }
    }
    let denied = read.speeches.iter().any(|speech| speech.sense == Sense::Deny);
    if read.scene.has(read.scene.whole(), Sense::Lie) && !denied {
        denials::called_a_lie(story, read, at, quoted);
    }
    let back = |speech: &&Speech| {
        let continues = || {
            read.scene
                .marks_in(speech.cue.start..speech.cue.start + 1)
                .any(|mark| mark.entry.detail.as_deref() == Some("continues"))
        };
        speech.sense == Sense::BackSay || (speech.sense == Sense::Say && continues())
    };
    if let Some(speech) = read.speeches.iter().find(back) {
        said_back(story, read, speech);
    }
    truces::find(story, read, at);
    losses::attach_tolls(story, read, at, first);
    remember(story, read, first, at);
}

/// Whose words a deed is told in.
fn speaker(story: &mut Story<'_>, read: &Read<'_>, speech: Option<&Speech>, quoted: Option<Speaker>) -> Speaker {
    match (speech, quoted) {
        (Some(speech), None) => story.voice(&read.scene, speech),
        (_, Some(quoted)) => quoted,
        (None, None) => match story.here.clone().filter(|_| !read.scene.headline() && may_report(read)) {
            Some(voice) => Speaker { voice, rule: INHERITED, at: story.here_at, before: None, text: None },
            None => match of_an_enemy(story, read) {
                Some(party) => {
                    let at = story.named_last(&read.scene, party, read.scene.whole().end);
                    Speaker { voice: Voice::Party(party), rule: "speaks of the enemy", at, before: None, text: None }
                }
                None => Speaker::itself(story.narration()),
            },
        },
    }
}

/// Who spoke last, where a sentence without a saying speaks of "the enemy", as no text of its own does.
fn of_an_enemy(story: &Story<'_>, read: &Read<'_>) -> Option<Bearer> {
    let speaks = read.scene.mentions.iter().any(|mention| mention.who == Who::Enemy);
    let marked = read.scene.lang.is_slavic() || read.scene.lang.embeds();
    let open = marked && story.narration() == Voice::Nobody;
    let last = story.drafts.iter().rev().take(super::merge::REACH).find_map(|draft| draft.voice.party());
    last.filter(|&last| speaks && open && !read.scene.headline() && !story.is_third(last))
}

/// Whether a sentence without a saying may still be somebody's words: where the language marks reported speech, only with
/// such a form, or in a quotation.
fn may_report(read: &Read<'_>) -> bool {
    let scene = &read.scene;
    !scene.lang.reports_marked()
        || scene.has(scene.whole(), Sense::Reported)
        || scene.tokens().first().is_some_and(|token| token.quote > 0)
}

/// A deed that somebody, or the text, tells.
fn told(
    story: &mut Story<'_>,
    read: &Read<'_>,
    at: usize,
    deed: &Deed,
    agent: Option<&Role>,
    speech: Option<&Speech>,
    quoted: Option<Speaker>,
) {
    if !is_told(read, deed, agent, speech)
        || discarded(read)
        || speech.is_some_and(|speech| speech.negated && speech.sense != Sense::Deny)
    {
        return;
    }
    let speaker = speaker(story, read, speech, quoted);
    let answers = |speech: &&Speech| {
        matches!(speech.sense, Sense::Deny | Sense::Admit) && !speech.negated && deed.told != Told::Kept
    };
    let office = speech.filter(answers).is_some_and(|speech| denials::of_office(read, speech));
    let mut speaker = denials::accused_answers(story, at, speaker, office);
    // Of fighting an official of no named party tells as a witness does.
    let witness = deed.frame == Frame::Event && speaker.rule == "speaker named before";
    if witness && speech.is_some_and(|speech| denials::of_office(read, speech)) {
        (speaker.voice, speaker.rule) = (story.narration(), "nobody named");
    }
    let said = Said { deed, agent, speech };
    for speaker in joint(read, speech, speaker) {
        for doer in doers(story, read, &said, speaker.voice.party()) {
            state(story, read, at, &said, &speaker, doer);
        }
    }
}

/// The rule of a sentence without a saying that goes on in the words of the last speaker.
const INHERITED: &str = "speaker of the paragraph";

/// The rule of an official of no named party who tells what a party, by its name, has done.
const OTHER_SIDE: &str = "opponent of the one it names";

/// The rules by which a doer is named as the one who does it.
const NAMED: [&str; 4] = ["subject", "subject of the clause before", "the one singled out", "act of"];

/// Whether an official of whom no party is told tells an act of a party by that party's name: nobody speaks so of its own
/// side, so that the official is no one's of that party.
fn names_the_doer(read: &Read<'_>, said: &Said<'_>, by: &Speaker) -> bool {
    let &Said { deed, agent, speech } = said;
    by.rule == "speaker named before"
        && by.text.is_some()
        && speech.is_some_and(|speech| speech.sense == Sense::Say && denials::of_office(read, speech))
        && agent.is_some_and(|agent| matches!(agent.who, Who::Party(_)) && NAMED.contains(&agent.rule))
        && deed.frame == Frame::Does
        && !deed.response
        && deed.detail.is_none()
}

/// A deed as somebody tells it.
struct Said<'s> {
    deed: &'s Deed,
    agent: Option<&'s Role>,
    speech: Option<&'s Speech>,
}

/// The speaker and those who speak with it: "A and B said in a joint statement".
fn joint(read: &Read<'_>, speech: Option<&Speech>, speaker: Speaker) -> Vec<Speaker> {
    let head = speech.and_then(|speech| Some((speech, read.scene.mentions.get(*speech.speaker.first()?)?)));
    let Some((speech, head)) = head.filter(|_| matches!(speaker.voice, Voice::Party(_))) else { return vec![speaker] };
    let mut speakers = vec![speaker];
    for other in joint::joined(&read.scene, &head.at, speech.cue.start) {
        let Some(voice) = other.party().map(Voice::Party) else { continue };
        if let Some(first) = speakers.first().filter(|_| speakers.iter().all(|known| known.voice != voice)) {
            speakers.push(Speaker { voice, at: read.scene.bytes(&other.at), before: None, ..first.clone() });
        }
    }
    speakers
}

/// Who did a deed in the words of a speaker: one, several who act together, or nobody named. Empty where a third party
/// would have done it itself: then the sentence was not understood.
fn doers(story: &Story<'_>, read: &Read<'_>, said: &Said<'_>, speaker: Option<Bearer>) -> Vec<Option<Bearer>> {
    let &Said { deed, agent, speech, .. } = said;
    if let Some((a, b)) = agent.filter(|agent| agent.who == Who::Both).and_then(|_| story.pair()) {
        return vec![Some(a), Some(b)];
    }
    // "Armenia blamed Azerbaijan, saying its artillery …": the possessive is the blamed one's.
    let blame = read.speeches.iter().rev().find(|other| other.sense == Sense::Accuse && other.cue.end <= deed.at.start);
    let blame = blame
        .filter(|other| !read.scene.lang.verb_first() && speech.is_some_and(|speech| speech.speaker == other.speaker))
        .or(speech);
    let doer = agent.and_then(|agent| story.party(agent.who, speaker, blame.map(|speech| (&read.scene, speech))));
    let others = agent.is_some_and(|agent| quotations::speaks_of_others(&read.scene, agent, deed.at.start));
    let doer = if others { speaker.and_then(|speaker| story.others(speaker)) } else { doer };
    // Who says "they" of keeping a truce speaks of its own.
    let doer =
        if deed.told == Told::Kept && agent.is_some_and(|agent| agent.who == Who::They) { speaker } else { doer };
    // "… accused Azerbaijan: in five weeks it had counted 31 overflights": whose they were was said before.
    let charged = || {
        let earlier = blame.filter(|blame| blame.sense == Sense::Accuse && blame.cue.end <= deed.at.start)?;
        let within = deed.frame == Frame::Does && agent.is_none() && speech.is_some_and(|s| s.cue != earlier.cue);
        earlier.accused.filter(|_| within).and_then(|id| read.scene.mentions.get(id)).and_then(Mention::party)
    };
    let doer = doer.or_else(charged);
    let doer = doer.or_else(|| own_by_default(story, read, said, speaker).then_some(speaker).flatten());
    if doer.is_some_and(|doer| speaker == Some(doer) && story.is_third(doer)) && deed.told != Told::Kept {
        return Vec::new();
    }
    let mut doers = vec![doer];
    let others = agent.map(|agent| joint::joined(&read.scene, &agent.at, deed.at.start)).unwrap_or_default();
    for other in others.into_iter().filter_map(Mention::party).map(Some) {
        if doer.is_some() && !doers.contains(&other) {
            doers.push(other);
        }
    }
    doers
}

/// States a deed as one claim: one speaker's, of one doer.
fn state(story: &mut Story<'_>, read: &Read<'_>, at: usize, said: &Said<'_>, by: &Speaker, doer: Option<Bearer>) {
    let &Said { deed, agent, speech } = said;
    let speaker = by.voice.party();
    let Some(stance) = stance(story, deed, speech, speaker, doer) else { return };
    let other = doer.filter(|_| stance == Stance::Acknowledges && names_the_doer(read, said, by));
    if let Some(named) = other {
        let by = match story.opponent(named) {
            Some(other) => {
                let before = story.named_last(&read.scene, other, read.scene.whole().end);
                Speaker { voice: Voice::Party(other), rule: OTHER_SIDE, before, ..by.clone() }
            }
            None => Speaker::itself(story.narration()),
        };
        state(story, read, at, said, &by, doer);
        return;
    }
    let slavic = read.scene.lang.is_slavic();
    let answers = slavic && stance == Stance::Acknowledges && (deed.response || is_felling(deed));
    if by.rule == INHERITED && matches!(stance, Stance::Acknowledges | Stance::Denies) && !answers {
        // Nobody goes on speaking of its own deeds unasked: the text takes over again.
        if stance == Stance::Acknowledges {
            state(story, read, at, said, &Speaker::itself(story.narration()), doer);
        }
        return;
    }
    let span = read.scene.bytes(&read.scene.clause_run(deed.clause)).unwrap_or(read.scene.sentence.span);
    let mut draft = Draft::new(by.voice.clone(), stance, deed.act, span);
    draft.claimant_text.clone_from(&by.text);
    draft.said_by(by, speech.map(|speech| (read.scene.bytes(&speech.cue), speech.sense)));
    draft.detail = deed.detail.clone().filter(|detail| detail != FELLED);
    draft.response = deed.response && stance == Stance::Acknowledges;
    draft.said = speech.and_then(|speech| said_at(story, read, speech));
    draft.headline = read.scene.headline();
    draft.event = deed.frame == Frame::Event && deed.act != ActBase::Explosion;
    (draft.sentence, draft.paragraph) = (at, read.scene.sentence.paragraph);
    slots::fill(story, read, deed, agent, doer, speech, &mut draft);
    if let Some(name) = draft.accused_text.as_deref().filter(|_| draft.accused.is_none()) {
        story.note_unknown(name);
    }
    if stance == Stance::Denies {
        let own = draft.accused.filter(|&accused| speaker.is_none_or(|s| story.allied(s, accused)));
        if own.is_none() {
            draft.unread("accused");
            draft.read_at("accused", by.before.or(by.at), "the speaker's own act");
        }
        draft.accused = own.or(speaker);
        draft.target = draft.target.filter(|&target| Some(target) != draft.accused);
        denials::complete(story, &mut draft);
    }
    if stance != Stance::Denies && is_resumed(read, deed) {
        denials::resume(story, &mut draft);
    }
    let admitted = stance == Stance::Acknowledges && speech.is_some_and(|speech| speech.sense == Sense::Admit);
    if admitted && draft.definite {
        denials::complete(story, &mut draft);
    }
    let more = gapping::repeated(story, read, deed, &draft);
    // The total is of all the places that its parts tell.
    draft.places.retain(|place| !more.iter().any(|part| part.places == [place.clone()] && part.time == draft.time));
    story.drafts.push(draft);
    story.drafts.extend(more);
}

/// Whether a noun means an act told before: "ces tirs", "este ataque".
fn is_resumed(read: &Read<'_>, deed: &Deed) -> bool {
    let noun = deed.noun.as_ref().unwrap_or(&deed.at);
    let near = noun.start.saturating_sub(2)..noun.start;
    let this = read.scene.all(near, Sense::Determiner).any(|mark| mark.entry.detail.as_deref() == Some("this"));
    deed.told == Told::Noun && is_fire(deed.act) && this
}

/// Whether a deed without a doer is the speaker's own: a response, what is admitted, enemies destroyed.
fn own_by_default(story: &Story<'_>, read: &Read<'_>, said: &Said<'_>, speaker: Option<Bearer>) -> bool {
    let &Said { deed, agent, speech, .. } = said;
    let run = read.scene.clause_run(deed.clause);
    let named = deed.told == Told::Noun;
    let admitted = speech.is_some_and(|speech| {
        speech.sense == Sense::Admit && (named || speech.cue.start < deed.at.start || read.scene.lang.verb_final())
    }) && deed.frame == Frame::Does;
    // "Уничтожены диверсанты", but not "взорван диверсантами".
    let instrumental = |at: usize| {
        let word = read.scene.token(at).map_or("", |token| token.norm.as_str());
        read.scene.lang.instrumental().iter().any(|ending| word.ends_with(ending))
    };
    let foes = deed.passive
        && deed.told == Told::Verb
        && read.scene.all(run, Sense::Foe).any(|mark| !instrumental(mark.at.end.saturating_sub(1)));
    // "Ermenistan'a ait iki tankın imha edildiği": what of the opponent's is destroyed, by nobody named.
    let theirs = || {
        let hit = roles::target(&read.scene, deed, agent).filter(|_| deed.passive && read.scene.lang.embeds());
        let hit = hit.and_then(|hit| story.party(hit.who, speaker, None));
        agent.is_none() && hit.zip(speaker).is_some_and(|(hit, speaker)| story.opponent(speaker) == Some(hit))
    };
    let confirmed = agent.is_none() && speech.is_some_and(|speech| slots::confirms(read, deed, speech));
    let nameless = agent
        .is_none_or(|agent| matches!(agent.who, Who::Force | Who::Office | Who::Government | Who::Pronoun | Who::They));
    let announced = named && (slots::announces(story, read, deed, speech, speaker) || confirmed);
    nameless
        && (is_felling(deed) || deed.response && deed.told != Told::Breach || admitted || foes || theirs() || announced)
}

/// Whether a deed brings down or destroys a weapon.
fn is_felling(deed: &Deed) -> bool {
    matches!(deed.detail.as_deref(), Some("shoot-down" | FELLED))
}

/// What a speaker does with a deed; `None` where it makes no claim.
fn stance(
    story: &Story<'_>,
    deed: &Deed,
    speech: Option<&Speech>,
    speaker: Option<Bearer>,
    doer: Option<Bearer>,
) -> Option<Stance> {
    let own = match (speaker, doer) {
        (Some(speaker), Some(doer)) => story.allied(speaker, doer),
        _ => false,
    };
    let denied = speech.is_some_and(|speech| speech.sense == Sense::Deny && !speech.negated);
    let unlaid = doer.is_none();
    if deed.told == Told::Kept {
        let party = speaker.is_some_and(|speaker| !story.is_third(speaker));
        return (party && (own || unlaid) && !deed.negated && !denied).then_some(Stance::Denies);
    }
    if denied {
        return speaker.map(|_| Stance::Denies);
    }
    if deed.negated && deed.response {
        return None;
    }
    if deed.negated {
        let third = speaker.is_some_and(|speaker| story.is_third(speaker));
        if third && deed.told == Told::Breach {
            return Some(Stance::Observes);
        }
        return (speaker.is_some() && !third && (own || unlaid) && is_fire_or_breach(deed)).then_some(Stance::Denies);
    }
    Some(match speaker {
        None => Stance::Observes,
        Some(_) if own => Stance::Acknowledges,
        Some(speaker) if story.is_third(speaker) || watches(story, speaker, speech) => Stance::Observes,
        // Who counts breaches and lays them to nobody watches: "российской частью комиссии зафиксировано 27 нарушений".
        Some(_) if unlaid && counts(deed, speech) => Stance::Observes,
        Some(_) => Stance::Alleges,
    })
}

/// Whether monitors tell what they saw, however much they are in the text, rather than accuse somebody.
fn watches(story: &Story<'_>, speaker: Bearer, speech: Option<&Speech>) -> bool {
    story.names.kind(speaker) == PartyKind::Monitor && speech.is_none_or(|speech| speech.sense != Sense::Accuse)
}

/// Whether acts are recorded rather than complained of.
fn counts(deed: &Deed, speech: Option<&Speech>) -> bool {
    matches!(deed.told, Told::Noun | Told::Breach) && speech.is_some_and(|speech| speech.recorded)
}

const fn is_fire_or_breach(deed: &Deed) -> bool {
    is_fire(deed.act)
        || matches!(deed.act, ActBase::Violation | ActBase::Movement | ActBase::Overflight | ActBase::Obstruction)
}

/// Gives what the paragraph told in nobody's name to the speaker that is named after it.
fn said_back(story: &mut Story<'_>, read: &Read<'_>, speech: &Speech) {
    let by = story.voice(&read.scene, speech);
    let Some(speaker) = by.voice.party() else { return };
    let paragraph = read.scene.sentence.paragraph;
    for id in story.drafts.len().saturating_sub(super::merge::REACH)..story.drafts.len() {
        let open = |d: &&Draft| d.paragraph == paragraph && d.voice == Voice::Nobody && !d.act.is_truce_fact();
        let Some(draft) = story.drafts.get(id).filter(open) else { continue };
        let own = draft.accused.is_some_and(|accused| story.allied(accused, speaker));
        let stance = match draft.stance {
            Stance::Observes if story.is_third(speaker) => Stance::Observes,
            Stance::Observes if own => Stance::Acknowledges,
            Stance::Observes => Stance::Alleges,
            other => other,
        };
        if let Some(draft) = story.drafts.get_mut(id) {
            draft.stance = stance;
            draft.voice = by.voice.clone();
            draft.unread("claimant");
            let by = Speaker { rule: "speaker named after", ..by.clone() };
            draft.said_by(&by, Some((read.scene.bytes(&speech.cue), speech.sense)));
        }
    }
}

/// Each of two accuses the other.
fn mutual(story: &mut Story<'_>, read: &Read<'_>, at: usize, speech: &Speech, deed: Option<&Deed>) {
    if deed.is_some_and(|deed| deed.unreal) || discarded(read) {
        return;
    }
    let named: Vec<Bearer> = speech.speaker.iter().filter_map(|&id| read.scene.mentions.get(id)?.party()).collect();
    let pair = match named.as_slice() {
        [a, rest @ ..] => {
            rest.iter().find(|b| *b != a).map(|b| (*a, *b)).or_else(|| story.opponent(*a).map(|b| (*a, b)))
        }
        [] => story.pair(),
    };
    let Some((a, b)) = pair else { return };
    let span = read
        .scene
        .bytes(&read.scene.clause_run(read.scene.clause(speech.cue.start)))
        .unwrap_or(read.scene.sentence.span);
    let open = open_act(story, read).filter(|_| deed.is_none());
    for (voice, accused) in [(a, b), (b, a)] {
        let act = deed.map_or(ActBase::Violation, |deed| deed.act);
        let mut draft = Draft::new(Voice::Party(voice), Stance::Alleges, act, span);
        let named = |party| story.named_last(&read.scene, party, read.scene.whole().end);
        draft.because("claimant", named(voice), "each accuses the other");
        draft.read_at("cue", read.scene.bytes(&speech.cue), speech.sense.as_str());
        draft.read_at("accused", named(accused), "each accuses the other");
        if let Some(deed) = deed {
            slots::fill(story, read, deed, None, Some(accused), Some(speech), &mut draft);
        } else {
            let (time, rule, span) = story.time(&read.scene, read.scene.clause(speech.cue.start), 0);
            (draft.time, draft.time_rule) = (time, rule);
            draft.because("time", span, slots::time_rule(rule));
        }
        if deed.is_none() && open.is_none() {
            draft.read_at("act", read.scene.bytes(&speech.cue), "each accuses the other");
        }
        if let Some(act) = &open {
            (draft.act, draft.time, draft.time_rule) = (act.act, act.time, act.time_rule);
            draft.places.clone_from(&act.places);
            draft.unread("time");
            for slot in ["act", "time", "place"] {
                draft.inherits(act, slot, "act told before");
            }
        }
        if deed.is_some() && draft.places.is_empty() && is_fire(draft.act) {
            site::from_before(story, read, &mut draft);
        }
        draft.accused = Some(accused);
        draft.target = None;
        draft.definite = false;
        draft.headline = read.scene.headline();
        (draft.sentence, draft.paragraph) = (at, read.scene.sentence.paragraph);
        story.drafts.push(draft);
    }
}

/// The party that is the subject of a sentence without a saying.
fn topic(read: &Read<'_>) -> Option<Bearer> {
    let subject = read.scene.mentions.iter().find(|m| m.can_act() && m.prep.is_none() && m.party().is_some());
    subject.and_then(Mention::party)
}

/// The act told last in the paragraph, where nobody is told to have done it: what those who accuse each other then mean,
/// unless a truce is the matter of their sentence.
fn open_act(story: &Story<'_>, read: &Read<'_>) -> Option<Draft> {
    let scene = &read.scene;
    let matter = scene.has_any(scene.whole(), &[Sense::Truce, Sense::Accord, Sense::Break, Sense::Breach]);
    let last = story
        .drafts
        .iter()
        .rev()
        .take(super::merge::REACH)
        .find(|draft| draft.paragraph == scene.sentence.paragraph && !matter)?;
    (last.stance == Stance::Observes && last.accused.is_none() && is_fire(last.act)).then(|| last.clone())
}

/// Keeps what the next sentences may refer to.
fn remember(story: &mut Story<'_>, read: &Read<'_>, first: usize, at: usize) {
    story.note_offices(&read.scene);
    story.note_names(&read.scene);
    story.subject = topic(read).or(story.subject);
    if let Some(speech) =
        read.speeches.iter().rev().find(|speech| !speech.speaker.is_empty() && speech.sense != Sense::Demand)
    {
        let mut by = story.voice(&read.scene, speech);
        let answers = |draft: &&Draft| {
            draft.sentence == at && [denials::BY_ACCUSED, OTHER_SIDE].iter().any(|rule| draft.rules.contains(rule))
        };
        if let Some(answer) = story.drafts.iter().rev().take(super::merge::REACH).find(answers) {
            by.voice = answer.voice.clone();
        }
        if let Voice::Party(party) = by.voice {
            story.last = Some(party);
        }
        (story.here, story.here_at) = (Some(by.voice), by.before.or(by.at));
    } else if let Some(topic) = topic(read).filter(|topic| !story.is_third(*topic)) {
        story.last = Some(topic);
    }
    let named = site::Site::last(read, story.drafts.get(first..).unwrap_or_default());
    story.site = named.or_else(|| story.site.take());
    let fresh = story.drafts.get(first..).unwrap_or_default();
    let own = fresh.iter().filter(|draft| matches!(draft.time_rule, TimeRule::Own | TimeRule::Sentence));
    let time = own.filter_map(|draft| Some((draft.time?, draft))).max_by_key(|(time, _)| (time.from, time.clock));
    if let Some((time, draft)) = time.filter(|(time, _)| time.fine()) {
        let at = draft.evidence.iter().find(|read| read.slot == "time").and_then(|read| read.span);
        (story.known.then, story.then_at) = (Some(time), at);
        story.then_in = read.scene.sentence.paragraph;
        if story.lead.is_none() {
            (story.lead, story.lead_at) = (Some(time), at);
        }
    }
}
