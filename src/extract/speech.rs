//! Who speaks: the words of saying in a sentence, their speakers, and how far what they say reaches.

use super::Lang;
use super::actors::{Mention, Part, Who};
use super::lexicon::Mark;
use super::names::NameForm;
use super::scene::{Run, Scene};
use super::sense::{Prep, Sense};
use super::{asides, reach, recorded};

/// A word of saying with its speaker.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "four facts of grammar, independent of each other")]
pub(crate) struct Speech {
    /// The word's tokens.
    pub(crate) cue: Run,
    /// What the saying does.
    pub(crate) sense: Sense,
    /// Whose it is: mentions, the first being the head. Empty: not told here.
    pub(crate) speaker: Vec<usize>,
    /// Of an accusation, whom it is laid to: a mention.
    pub(crate) accused: Option<usize>,
    /// Whether it covers what stands before it.
    pub(crate) before: bool,
    /// Whether it covers what stands after it.
    pub(crate) after: bool,
    /// Of a source named within a relative clause, the clause, which is all that it tells.
    pub(crate) within: Option<Run>,
    /// Whether the saying itself is negated ("did not confirm").
    pub(crate) negated: bool,
    /// Whether it tells in the passive what was recorded ("зафиксировано").
    pub(crate) recorded: bool,
}

impl Speech {
    /// A plain saying that covers its whole clause, on both sides of the cue.
    pub(crate) const fn of(cue: Run, sense: Sense, speaker: Vec<usize>) -> Self {
        let (accused, within) = (None, None);
        Self { cue, sense, speaker, accused, before: true, after: true, within, negated: false, recorded: false }
    }
}

/// The words of saying of a sentence, in order.
pub(crate) fn find(scene: &Scene<'_>) -> Vec<Speech> {
    let mut speeches: Vec<Speech> = Vec::new();
    for mark in &scene.marks {
        let saying = matches!(
            mark.sense(),
            Sense::Say
                | Sense::BackSay
                | Sense::Source
                | Sense::Accuse
                | Sense::MutualAccuse
                | Sense::Deny
                | Sense::Admit
                | Sense::Witness
                | Sense::Demand
                | Sense::Silence
        );
        let lie = mark.sense() == Sense::Lie
            && scene.has(scene.clause_run(scene.clause(mark.at.start)).start..mark.at.start, Sense::Statement);
        let sense = if lie { Sense::Deny } else { mark.sense() };
        let mutual = |last: &Speech| {
            // "Haben sich gegenseitig vorgeworfen" is one saying.
            let same = scene.clause(last.cue.start) == scene.clause(mark.at.start);
            last.sense == Sense::MutualAccuse && sense == Sense::Accuse && same
        };
        let twice = speeches.last().is_some_and(|last| last.cue.end > mark.at.start || mutual(last));
        if !(saying || lie) || twice || is_other_word(scene, sense, &mark.at) {
            continue;
        }
        let mut speech = speech(scene, sense, mark, speeches.last());
        if speech
            .speaker
            .first()
            .and_then(|&id| scene.mentions.get(id))
            .is_some_and(|m| matches!(m.who, Who::Pronoun | Who::They))
        {
            let named = |id: &usize| scene.mentions.get(*id).is_some_and(|m| m.party().is_some());
            let before = speeches.iter().rev().find(|before| before.speaker.first().is_some_and(named));
            if let Some(before) = before {
                speech.speaker.clone_from(&before.speaker);
            }
        }
        if let Some(fronted) = on_the_side_of(scene, &speech) {
            speech.speaker = vec![fronted];
        }
        speeches.push(speech);
    }
    speeches.extend(by_adjective(scene));
    speeches.sort_by_key(|speech| speech.cue.start);
    // "The charge is false, according to Baku."
    let source = speeches.iter().find(|speech| speech.sense == Sense::Source).map(|speech| speech.speaker.clone());
    let source = source.or_else(|| recorded::reporter(&speeches));
    let nameless = |speech: &&mut Speech| {
        let seen = speech.sense == Sense::Witness && scene.lang.is_slavic();
        (seen || speech.sense == Sense::Deny) && speech.speaker.is_empty()
    };
    for speech in speeches.iter_mut().filter(nameless) {
        speech.speaker = source.clone().unwrap_or_default();
    }
    speeches
}

/// Whose side is told before a subject that names nobody: "Du côté de Kiev, on dément", "A Bakou, on assure".
fn on_the_side_of(scene: &Scene<'_>, speech: &Speech) -> Option<usize> {
    let subject = speech.speaker.first().and_then(|&id| scene.mentions.get(id)).filter(|m| m.who == Who::Pronoun)?;
    let nobody = scene.lang == Lang::Fr && scene.token(subject.at.end - 1).is_some_and(|token| token.is("on"));
    let fronted = |m: &Mention| m.party().is_some() && m.at.end <= subject.at.start && m.part != Part::Ground;
    scene.mentions.iter().rposition(fronted).filter(|_| nobody)
}

/// German sources named by an adjective within the phrase: "nach indischen Angaben", "nach ukrainischer Darstellung".
fn by_adjective(scene: &Scene<'_>) -> Vec<Speech> {
    if scene.lang != Lang::De {
        return Vec::new();
    }
    let named = |(id, mention): (usize, &Mention)| {
        let before = mention.at.start.checked_sub(1)?;
        let led = scene.token(before).is_some_and(|token| token.is("nach") || token.is("laut"));
        let source = mention.form == Some(NameForm::Adjective) && scene.is(mention.at.end, Sense::Statement);
        (led && source && mention.party().is_some())
            .then(|| Speech::of(before..mention.at.end + 1, Sense::Source, vec![id]))
    };
    scene.mentions.iter().enumerate().filter_map(named).collect()
}

/// Whether a form of a word of saying is something else here: "was announced", "the claims".
fn is_other_word(scene: &Scene<'_>, sense: Sense, at: &Run) -> bool {
    // "Nach indischen Angaben": a German noun, not "they stated".
    let noun = scene.lang.capital_nouns() && at.start > 0 && sense == Sense::Say && at.len() == 1;
    if noun && scene.token(at.start).is_some_and(|token| token.capital) && scene.is(at.start, Sense::Statement) {
        return true;
    }
    // "La tregua chiesta dall'Onu": what the truce is called.
    let by = |mark: &Mark<'_>| mark.entry.prep == Some(Prep::By);
    let called = scene.ends_at(at.start, Sense::Truce).is_some() || scene.ends_at(at.start, Sense::Accord).is_some();
    if sense == Sense::Demand && called && scene.all(at.end..at.end + 1, Sense::Preposition).any(by) {
        return true;
    }
    // "تبادل" is any exchange, "رفض" any refusal: of accusations only where they are named.
    let of_statement = |mark: &Mark<'_>| mark.sense() == sense && mark.entry.detail.as_deref() == Some("of-statement");
    if scene.marks_in(at.start..at.start + 1).any(of_statement) {
        let told = resumes(scene, scene.clause_run(scene.clause(at.start)).start)
            || scene.has_any(at.end..at.end + 2, &[Sense::Infinitive, Sense::Clause])
            || scene.token(at.end).is_some_and(|token| token.is(":"));
        return !told && !scene.has(scene.clause_run(scene.clause(at.start)), Sense::Statement);
    }
    // "Ont répliqué" is an answer in words only beside what was said.
    let response = |mark: &&Mark<'_>| {
        mark.sense() == Sense::ActVerb && mark.at.start < at.end && super::responses::is_response(mark)
    };
    if let Some(mark) = scene.marks_in(at.start..at.end).find(response).filter(|_| sense == Sense::Say) {
        return !super::responses::answers_in_words(scene, mark);
    }
    // "ردت" is any answer: a saying only before "that".
    let of_that = |mark: &Mark<'_>| mark.sense() == sense && mark.entry.detail.as_deref() == Some("of-that");
    if scene.marks_in(at.start..at.start + 1).any(of_that) {
        let end = scene.clause_run(scene.clause(at.start)).end;
        let colon = scene.token(end.saturating_sub(1)).is_some_and(|token| token.is(":"));
        return !colon && !scene.has(at.end..end + 1, Sense::Clause);
    }
    let truce = sense == Sense::Say
        && !scene.lang.verb_first()
        && scene.has(at.clone(), Sense::Agreed)
        && scene.has(scene.clause_run(scene.clause(at.start)), Sense::Truce);
    let before = at.start.saturating_sub(1)..at.start;
    let of = |mark: &super::lexicon::Mark<'_>| mark.entry.prep == Some(Prep::Of) && scene.lang == Lang::En;
    let noun = at.len() == 1
        && (scene.all(before.clone(), Sense::Determiner).any(|mark| mark.entry.detail.is_none())
            || scene.all(before, Sense::Preposition).any(of))
        && scene.token(at.start).is_some_and(|token| !token.norm.ends_with("ed") && !token.norm.ends_with("ing"))
        && !scene
            .marks_in(at.clone())
            .any(|mark| mark.sense() == sense && mark.entry.detail.as_deref() == Some("noun"));
    let idle = scene.marks_in(at.clone()).any(|mark| mark.at == *at && mark.sense() == sense && !opens(scene, mark));
    let passive = truce
        && (scene.is(at.start.saturating_sub(1), Sense::Be) || !scene.is(at.start.saturating_sub(1), Sense::Have));
    truce && passive || (noun && at.start > 0) || idle
}

/// Whether a word that is one of saying only at the head of a sentence, before a party, stands so: "Pour Bakou, …".
fn opens(scene: &Scene<'_>, mark: &super::lexicon::Mark<'_>) -> bool {
    if mark.entry.detail.as_deref() != Some("opening") {
        return true;
    }
    let speaks = |m: &&Mention| (m.party().is_some() || m.who == Who::Pronoun) && m.at.start <= mark.at.end + 3;
    let named = scene.mentions_in(mark.at.end..mark.at.end + 4).find(speaks);
    // "Per Sarajevo si tratta di propaganda": a verb of being may follow without a comma.
    let closed = |m: &Mention| {
        scene.token(m.at.end).is_some_and(|t| matches!(t.norm.as_str(), "," | ":" | "si" | "se"))
            || scene.is(m.at.end, Sense::Be)
    };
    let head = mark.at.start == 0
        || scene.token(mark.at.start - 1).is_some_and(|t| matches!(t.norm.as_str(), ":" | ";" | "\""));
    head && named.is_some_and(closed)
}

fn speech(scene: &Scene<'_>, sense: Sense, mark: &Mark<'_>, last: Option<&Speech>) -> Speech {
    let cue = mark.at.clone();
    let clause = scene.clause(cue.start);
    let run = scene.clause_run(clause);
    if scene.lang.embeds() {
        return embedded_speech(scene, sense, mark, last);
    }
    let impersonal = mark.entry.detail.as_deref() == Some("impersonal");
    let by = recorded::by_whom(scene, mark, &run);
    let charged = by.as_ref().and_then(|_| recorded::charged(scene, &cue, &run));
    let mut speaker = if sense == Sense::Source && scene.is(cue.end, Sense::Relative) {
        super::sources::antecedent(scene, &cue)
    } else if matches!(sense, Sense::Source | Sense::BackSay) {
        let found = source(scene, cue.end, source_end(scene, &cue, run.end));
        // "Eigenen Angaben zufolge": the subject's own.
        if found.is_empty() && scene.lang.verb_final() { source(scene, run.start, cue.start) } else { found }
    } else if let Some(by) = by {
        head_first(scene, by)
    } else if impersonal {
        where_it_is_said(scene, &cue, &run)
    } else if recorded::is_recorded(scene, mark) {
        // A passive has no subject that speaks: "в Сирии зафиксировано".
        Vec::new()
    } else {
        subject(scene, sense, &cue, &run)
    };
    let main = super::inversion::subject_behind(scene, &cue, clause);
    if let Some(main) = main.filter(|_| speaker.is_empty() || cue.start == 0) {
        speaker = vec![main];
    }
    if speaker.is_empty() && !impersonal && !matches!(sense, Sense::Source | Sense::BackSay) {
        speaker = elsewhere(scene, clause, &cue, last);
    }
    let accused = || charged.or_else(|| accused(scene, &cue, &run, &speaker));
    let accused = (sense == Sense::Accuse).then(accused).flatten();
    let (before, after) = reach::reach(scene, sense, &cue, clause, &speaker);
    let aside = sense == Sense::Source && clause > 0 && scene.is(run.start, Sense::Relative);
    let within = (aside && cue.start > run.start + 1).then_some(run.clone());
    let within = within.or_else(|| reach::source_of_part(scene, sense, &cue, &run));
    let of_which = sense == Sense::Source && scene.is(cue.end, Sense::Relative);
    let within = if of_which { Some(cue.start..scene.whole().end) } else { within };
    // What the main clause tells is told by the text.
    let told =
        main.and_then(|main| scene.mentions.get(main)).map(|m| 0..scene.clause_run(scene.clause(m.at.start)).start);
    let within = told.or(within);
    let negated =
        scene.has(cue.start.saturating_sub(3).max(run.start)..cue.start, Sense::Negation) && sense != Sense::Silence;
    let recorded = recorded::is_recorded(scene, mark);
    Speech { cue, sense, speaker, accused, before, after, within, negated, recorded }
}

/// A word of saying that closes what it says: "… bildirdi". Before a colon or a quotation it opens it.
fn embedded_speech(scene: &Scene<'_>, sense: Sense, mark: &Mark<'_>, last: Option<&Speech>) -> Speech {
    let cue = mark.at.clone();
    let speaker = super::embedded::speaker(scene, sense, mark, last);
    let since = last.map_or(0, |last| last.cue.end);
    let accused = (sense == Sense::Accuse).then(|| super::embedded::accused(scene, &cue, since, &speaker)).flatten();
    let source = sense == Sense::Source;
    let opens = scene.token(cue.end).is_some_and(|token| token.is(":") || token.is("\""));
    let negated = sense != Sense::Silence && super::cases::is_negated(super::cases::last_word(scene, &cue));
    Speech { accused, before: !source, after: source || opens, negated, ..Speech::of(cue, sense, speaker) }
}

/// Where the phrase of "according to" ends: where no comma closes it, what follows is the subject of the clause.
fn source_end(scene: &Scene<'_>, cue: &Run, clause_end: usize) -> usize {
    if scene.lang.adjective_follows() && !scene.lang.verb_first() {
        return super::sources::phrase_end(scene, cue.end, clause_end);
    }
    if !scene.lang.subject_after_verb() {
        return clause_end;
    }
    let mut end = cue.end;
    for mention in scene.mentions.iter().filter(|m| m.at.start >= cue.end && m.at.start < clause_end) {
        let near = if end == cue.end { 5 } else { 2 };
        if mention.at.start > end + near
            || scene.marks_in(end..mention.at.start).any(|m| super::actors::is_verbal(m.sense()))
        {
            break;
        }
        if end > cue.end && !matches!(mention.prep, Some(Prep::Of | Prep::In)) {
            break;
        }
        end = mention.at.end;
    }
    end
}

/// Who "according to" names: the mentions right after it.
fn source(scene: &Scene<'_>, from: usize, to: usize) -> Vec<usize> {
    if scene.lang.verb_first() {
        return head_first(scene, phrase_after(scene, from, to));
    }
    let within = |mention: &Mention| mention.at.start >= from && mention.at.start < to.max(from + 1);
    head_first(scene, (0..scene.mentions.len()).filter(|&at| scene.mentions.get(at).is_some_and(within)).collect())
}

/// Whose the text is in which something "is said": "говорится в сообщении МИД", "в заявлении Баку отмечается".
fn where_it_is_said(scene: &Scene<'_>, cue: &Run, run: &Run) -> Vec<usize> {
    let within = |m: &Mention| m.at.start >= cue.end || matches!(m.prep, Some(Prep::In | Prep::From));
    let able = |m: &Mention| run.contains(&m.at.start) && may_speak(m) && within(m);
    head_first(scene, (0..scene.mentions.len()).filter(|&id| scene.mentions.get(id).is_some_and(able)).collect())
}

/// The subject of a word of saying: what stands before it in its clause, else what stands right after it. A relative
/// clause has its subject in the clause before.
fn subject(scene: &Scene<'_>, sense: Sense, cue: &Run, run: &Run) -> Vec<usize> {
    let ids = |range: Run| -> Vec<usize> {
        (0..scene.mentions.len())
            .filter(|&at| scene.mentions.get(at).is_some_and(|m| range.contains(&m.at.start) && may_speak(m)))
            .collect()
    };
    let start = scene.marks_in(run.start..cue.start).rfind(|mark| ends_phrase(mark.sense())).map(|mark| mark.at.end);
    let start = if inserted(scene, cue) { Some(cue.start) } else { start };
    let quoted = asides::quotation_before(scene, cue).unwrap_or(cue.start..cue.start);
    let left: Vec<usize> = ids(start.unwrap_or(run.start)..cue.start)
        .into_iter()
        .filter(|&id| scene.mentions.get(id).is_none_or(|m| !quoted.contains(&m.at.start)))
        .collect();
    let said_before =
        scene.has_any(0..run.start, &[Sense::Say, Sense::Accuse, Sense::Deny, Sense::Admit, Sense::Witness]);
    let relative = scene.is(run.start, Sense::Relative) && !resumes(scene, run.start)
        || (scene.is(run.start, Sense::Clause) && !said_before && run.start > 0);
    if relative && left.iter().all(|&id| scene.mentions.get(id).is_some_and(|m| m.who == Who::Office)) {
        return Vec::new();
    }
    if scene.lang.verb_first() {
        return verb_first(scene, cue, run, left);
    }
    // "In a letter to the UN he accuses": the pronoun beside the verb is its subject.
    let beside = left.last().copied().filter(|&id| {
        let pronoun = |m: &Mention| matches!(m.who, Who::Pronoun | Who::They) && m.prep.is_none();
        scene.mentions.get(id).is_some_and(|m| pronoun(m) && m.at.end + 1 >= cue.start)
    });
    if let Some(beside) = beside.filter(|_| !scene.lang.is_slavic()) {
        return vec![beside];
    }
    let plain = left.iter().any(|&id| scene.mentions.get(id).is_some_and(|m| leads(scene, m)));
    let inverts = scene.lang.subject_after_verb();
    if sense == Sense::Accuse && inverts {
        // Of two who stand on one side of the word the first accuses the second.
        let right = || ids(cue.end..run.end);
        let first =
            if plain { left.first().copied() } else { left.first().copied().or_else(|| right().first().copied()) };
        return first.into_iter().collect();
    }
    // "…, ont accusé les forces du Nord": where nothing stands before it, the subject does behind.
    let first = scene.marks_in(run.start..cue.start).all(|mark| mark.sense() == Sense::Have);
    let behind = left.is_empty()
        && run.start > 0
        && first
        && scene.lang != Lang::En
        && !told(scene, cue.end..run.end)
        && !scene.is(run.start, Sense::Relative);
    if let Some(inverted) = super::inversion::speaker(scene, sense, cue, run) {
        return head_first(scene, inverted);
    }
    if plain || sense == Sense::Accuse && !behind {
        return head_first(scene, left);
    }
    // English inverts only after a quotation: "…," said the minister.
    let sign = cue
        .start
        .checked_sub(1)
        .and_then(|at| scene.token(at))
        .is_none_or(|token| matches!(token.norm.as_str(), "," | "\""));
    if scene.lang == Lang::En && !(sign && left.is_empty() && !told(scene, cue.end..run.end)) {
        return head_first(scene, left);
    }
    let stop = scene
        .marks_in(cue.end..run.end)
        .find(|mark| {
            ends_phrase(mark.sense()) || matches!(mark.sense(), Sense::Clause | Sense::Relative | Sense::ActNoun)
        })
        .map(|mark| mark.at.start);
    let near = cue.end..stop.unwrap_or(run.end).min(cue.end + 9);
    let far = near.start..stop.unwrap_or(run.end).min(near.end + 6);
    let right = if scene.mentions_in(near.clone()).any(|m| asides::is_told(scene, m)) { ids(far) } else { ids(near) };
    let named_right = |id: &usize| {
        scene.mentions.get(*id).is_some_and(|m| {
            // "A déclaré à l'AFP": who is told it.
            let told = m.who == Who::Bystander && m.prep == Some(Prep::In) || asides::is_told(scene, m);
            !told && !matches!(m.prep, Some(Prep::At | Prep::To | Prep::From | Prep::By | Prep::With))
        })
    };
    let right = head_first(scene, right.into_iter().filter(named_right).collect());
    if right.is_empty() { head_first(scene, left) } else { right }
}

/// The subject where the verb stands first: the phrase right after it, else what stands right before it; a place before
/// it tells whose an office is ("وفي باريس نفى ناطق"). A participle has the subject of the saying before it.
fn verb_first(scene: &Scene<'_>, cue: &Run, run: &Run, left: Vec<usize>) -> Vec<usize> {
    if scene.marks_in(cue.start..cue.start + 1).any(|mark| mark.entry.detail.as_deref() == Some("participle")) {
        return Vec::new();
    }
    let mention = |id: &usize| scene.mentions.get(*id);
    let plain = |id: &usize| mention(id).is_some_and(|m| m.prep.is_none() && m.at.end + 5 > cue.start);
    let own: Vec<usize> = left.iter().copied().filter(plain).collect();
    if !own.is_empty() && left.last().is_some_and(plain) {
        return head_first(scene, own);
    }
    let right = phrase_after(scene, cue.end, run.end);
    let party = right.iter().any(|id| mention(id).is_some_and(|m| m.party().is_some() || m.who == Who::Bystander));
    let ground = |id: &usize| mention(id).is_some_and(|m| m.party().is_some() && leads(scene, m));
    let home = left.into_iter().filter(|id| !party && ground(id));
    head_first(scene, home.chain(right).collect())
}

/// The mentions of the phrase that begins at a token: the first, those that belong to it or are joined with it by "and",
/// up to a party.
fn phrase_after(scene: &Scene<'_>, from: usize, to: usize) -> Vec<usize> {
    let mut phrase: Vec<usize> = Vec::new();
    let mut end = from;
    for (id, mention) in scene.mentions.iter().enumerate().filter(|(_, m)| m.at.start >= from && m.at.start < to) {
        let gap = end..mention.at.start.max(end);
        let joined = scene.has(gap.clone(), Sense::And);
        let ended = scene.marks_in(gap.clone()).any(|mark| {
            super::actors::is_verbal(mark.sense())
                || matches!(mark.sense(), Sense::Clause | Sense::Relative | Sense::ActNoun | Sense::Breach)
        });
        let known = phrase.last().and_then(|&id| scene.mentions.get(id)).is_some_and(|m| m.party().is_some());
        let far = gap.len() > if phrase.is_empty() { 6 } else { 3 };
        let other = matches!(mention.prep, Some(Prep::At | Prep::From | Prep::By | Prep::With | Prep::In));
        // "اتهم المصدر التحالف": a noun with the article has no owner, nor an adjective without it.
        let definite = |m: &Mention| scene.token(m.at.start).is_some_and(|token| token.norm.starts_with("ال"));
        let before = phrase.last().and_then(|&id| scene.mentions.get(id));
        let alone = before.is_some_and(|m| m.form.is_none() && definite(m));
        let adjective = mention.form == Some(NameForm::Adjective) && definite(mention);
        let apart = alone && !joined && mention.prep.is_none() && !adjective;
        if ended || far || apart || known && !joined || other && phrase.is_empty() {
            break;
        }
        if may_speak(mention) {
            phrase.push(id);
        }
        end = end.max(mention.at.end);
    }
    phrase
}

/// Whether a saying stands alone between commas, so that what is before it is the subject of what is said: "i guerriglieri,
/// dice, non hanno mai smesso".
fn inserted(scene: &Scene<'_>, cue: &Run) -> bool {
    let comma = |at: usize| scene.token(at).is_some_and(|token| token.is(","));
    scene.lang.adjective_follows() && cue.start > 1 && comma(cue.start - 1) && comma(cue.end)
}

/// Whether a clause begins with a word that resumes all that was said before it: "ce que Moscou nie", "lo que negó Quito",
/// "cosa che Asmara smentisce".
pub(crate) fn resumes(scene: &Scene<'_>, at: usize) -> bool {
    scene.all(at..at + 1, Sense::Relative).any(|mark| mark.entry.detail.as_deref() == Some("resumes"))
}

/// Whether a mention can head the subject that stands before its verb: no preposition before it, or one of place
/// ("officials in Baku", "в Баку"), or of possession within a noun phrase of office.
fn leads(scene: &Scene<'_>, mention: &Mention) -> bool {
    match mention.prep {
        None => true,
        Some(Prep::In) if scene.lang.drops_subject() && mention.form == Some(NameForm::Capital) => {
            // The subject may be left out, so that a capital is only where: "en un comunicado difundido en Quito alegó".
            let office = |at: usize| scene.is(at, Sense::Authority);
            let fronted = scene.token(mention.at.end).is_some_and(|token| token.is(","));
            (mention.at.start.saturating_sub(3)..mention.at.start).any(office)
                || fronted && (mention.at.end..mention.at.end + 4).any(office)
        }
        Some(Prep::In) if mention.form == Some(NameForm::Capital) && seated_elsewhere(scene, mention) => false,
        Some(Prep::In) => {
            matches!(
                mention.form,
                Some(NameForm::Capital | NameForm::Institution | NameForm::Alias | NameForm::Official)
            ) || scene.lang.is_slavic()
        }
        Some(Prep::Of) => {
            let run = scene.clause_run(scene.clause(mention.at.start));
            scene.has_any(run.start..mention.at.start, &[Sense::Authority, Sense::Force, Sense::Monitor])
        }
        Some(_) => matches!(mention.form, Some(NameForm::Institution | NameForm::Official | NameForm::Side)),
    }
}

/// Whether a capital is only where those sit who are named before it by their office and whose it is: "представители
/// повстанцев в Гаване", but not "власти в Коломбо".
fn seated_elsewhere(scene: &Scene<'_>, capital: &Mention) -> bool {
    let Some(led) = scene.ends_at(capital.at.start, Sense::Preposition).map(|mark| mark.at.start) else { return false };
    let near = led.saturating_sub(4)..led;
    let office = scene.all(near.clone(), Sense::Authority).next().map(|mark| mark.at.end);
    office.is_some_and(|office| {
        scene.has_any(office..led, &[Sense::Force, Sense::Rebels])
            || scene.mentions_in(office..led).any(|mention| mention.party().is_some())
    })
}

const fn ends_phrase(sense: Sense) -> bool {
    matches!(
        sense,
        Sense::ActVerb | Sense::Say | Sense::Accuse | Sense::Deny | Sense::Admit | Sense::KillVerb | Sense::Support
    )
}

/// Whether a mention can be a speaker.
pub(crate) fn may_speak(mention: &Mention) -> bool {
    match mention.who {
        Who::Force | Who::Enemy | Who::Unnamed => false,
        Who::Theirs => mention.part == Part::Actor,
        _ => mention.can_act() && mention.part != Part::Agent,
    }
}

/// The mentions of one phrase with the one that heads it first: a party before the words that stand for one.
fn head_first(scene: &Scene<'_>, mut ids: Vec<usize>) -> Vec<usize> {
    let rank = |id: &usize| {
        let Some(mention) = scene.mentions.get(*id) else { return 9 };
        match (mention.who, mention.form) {
            (Who::Bystander, _) => 1,
            (Who::Party(_), Some(NameForm::Institution | NameForm::Official | NameForm::Forces | NameForm::Side)) => 2,
            (Who::Party(_) | Who::Both | Who::Government | Who::Rebels, _) => 3,
            (Who::Monitor, _) => 4,
            (Who::Theirs, _) => 5,
            (Who::Office, _) => 6,
            (Who::Pronoun | Who::They | Who::We, _) => 7,
            _ => 8,
        }
    };
    // "In a note handed to the ambassador of A, the ministry of B says": who is led by such a preposition heads nothing.
    let led = |id: &usize| {
        let aside = |m: &Mention| matches!(m.prep, Some(Prep::At | Prep::To | Prep::From | Prep::By | Prep::With));
        scene.mentions.get(*id).is_some_and(aside)
    };
    let plain = ids.iter().any(|id| !led(id) && rank(id) <= 3);
    // "Kurdish sources in Damascus": who has a name of its own is nobody's of the place.
    let where_only = |id: &usize| {
        let land =
            |m: &Mention| m.form == Some(NameForm::Name) && asides::led_by_in(scene, m) && scene.lang.is_slavic();
        let seat = |m: &Mention| m.prep == Some(Prep::In) && (m.form == Some(NameForm::Capital) || land(m));
        scene.mentions.get(*id).is_some_and(seat)
    };
    let whose = ids.iter().any(|id| {
        let within = |m: &Mention| scene.lang.is_slavic() && m.prep == Some(Prep::In) && !asides::led_by_in(scene, m);
        let named = |m: &Mention| m.party().is_some() && (m.prep.is_none() || within(m));
        !where_only(id) && scene.mentions.get(*id).is_some_and(named)
    });
    ids.sort_by_key(|id| (plain && led(id), whose && where_only(id), rank(id), *id));
    ids
}

/// The speaker where the clause names none: the one before in a coordination, the noun that a relative clause or an
/// apposition belongs to.
fn elsewhere(scene: &Scene<'_>, clause: usize, cue: &Run, last: Option<&Speech>) -> Vec<usize> {
    let run = scene.clause_run(clause);
    let coordinated = scene.is(run.start, Sense::And) || scene.is(run.start, Sense::But);
    let near = |last: &&Speech| last.cue.end + 12 > cue.start && !scene.is(run.start, Sense::Relative);
    if let Some(last) = last.filter(|last| !last.speaker.is_empty() && (coordinated || near(last))) {
        return last.speaker.clone();
    }
    if inserted(scene, cue) {
        return last.map(|last| last.speaker.clone()).unwrap_or_default();
    }
    if super::inversion::names_a_stranger(scene, cue, &run) {
        return Vec::new();
    }
    // "…, a las que acusa de": who accuses is not the noun before, which is accused.
    let object = scene.all(run.start..run.start + 1, Sense::Relative).any(|mark| {
        let word = scene.token(mark.at.start).map_or("", |token| token.norm.as_str());
        mark.at.len() > 1 && matches!(word, "a" | "al" | "ai" | "alle" | "alla" | "agli" | "à")
            || matches!(word, "auquel" | "auxquels" | "auxquelles")
    });
    if let Some(last) = last.filter(|last| object && !last.speaker.is_empty()) {
        return last.speaker.clone();
    }
    // "A and B, which brokered it, said": the relative clause between is passed over.
    let relative = scene.is(run.start, Sense::Relative);
    let quoted = asides::quotation_before(scene, cue).unwrap_or(cue.start..cue.start);
    let mut reached = 0;
    for back in 1..=3 {
        let Some(before) = clause.checked_sub(back).filter(|_| reached < 2) else { break };
        let run = scene.clause_run(before);
        if !relative && back == 1 && scene.is(run.start, Sense::Relative) {
            continue;
        }
        reached += 1;
        let able = |from: usize| -> Vec<usize> {
            let within =
                |m: &Mention| (from..run.end).contains(&m.at.start) && may_speak(m) && !quoted.contains(&m.at.start);
            (0..scene.mentions.len()).filter(|&at| scene.mentions.get(at).is_some_and(within)).collect()
        };
        // "… se tut depuis que le chef du Front, NAME, a annoncé": the subject is of the clause that goes on.
        let opener = scene.all(run.clone(), Sense::Clause).next_back().map_or(run.start, |mark| mark.at.end);
        let mut ids = if relative { able(run.start) } else { able(opener) };
        if ids.is_empty() {
            ids = able(run.start);
        }
        if !ids.is_empty() {
            if scene.is(scene.clause_run(clause).start, Sense::Relative) {
                ids.reverse();
                ids.truncate(1);
            }
            return head_first(scene, ids);
        }
    }
    Vec::new()
}

/// Whom an accusation is laid to: the first party after the word, else one before it that is not the speaker.
fn accused(scene: &Scene<'_>, cue: &Run, run: &Run, speaker: &[usize]) -> Option<usize> {
    let clauses_on = scene.whole().end.min(run.end + 6);
    let able = |id: usize| {
        let mention = scene.mentions.get(id)?;
        let named = matches!(
            mention.who,
            Who::Party(_)
                | Who::Enemy
                | Who::Pronoun
                | Who::They
                | Who::Both
                | Who::Force
                | Who::Government
                | Who::Rebels
        );
        // "المتحدث باسم الجيش": in whose name somebody speaks is not whom he accuses.
        let named_for = mention.at.start.checked_sub(1).and_then(|at| scene.token(at)).is_some_and(|t| t.is("اسم"));
        (named && !named_for && !speaker.contains(&id) && mention.part != Part::Ground).then_some(mention)
    };
    let clauses_on = super::blame::before_the_charge(scene, cue.end, clauses_on);
    let after = (0..scene.mentions.len())
        .find(|&id| able(id).is_some_and(|m| m.at.start >= cue.end && m.at.start < clauses_on));
    // "Al frente Domingo Laín, del ELN": whose men they are is told after them.
    let men = after.and_then(|id| scene.mentions.get(id)).filter(|m| m.who == Who::Force);
    let whose = men.and_then(|men| {
        let near = |m: &Mention| m.prep == Some(Prep::Of) && m.at.start >= men.at.end && m.at.start < men.at.end + 7;
        let id = scene.mentions.iter().position(|m| m.party().is_some() && near(m))?;
        let owner = scene.mentions.get(id)?;
        (!scene.marks_in(men.at.end..owner.at.start).any(|mark| super::actors::is_verbal(mark.sense()))).then_some(id)
    });
    let after = whose.or(after);
    after.or_else(|| {
        // Of a relative clause, the noun before it.
        let from = if scene.is(run.start, Sense::Relative) { run.start.saturating_sub(8) } else { run.start };
        (0..scene.mentions.len())
            .rev()
            .find(|&id| able(id).is_some_and(|m| m.at.end <= cue.start && m.at.start >= from))
    })
}

/// Whether a run tells anything.
pub(crate) fn told(scene: &Scene<'_>, run: Run) -> bool {
    scene.has_any(
        run,
        &[
            Sense::ActVerb,
            Sense::ActNoun,
            Sense::KillVerb,
            Sense::WoundVerb,
            Sense::Killed,
            Sense::Wounded,
            Sense::Break,
            Sense::Breach,
            Sense::Keep,
            Sense::Clause,
            Sense::Casualties,
            Sense::Weapon,
        ],
    )
}

/// The saying that governs what stands at a token: the nearest before it that reaches on, else the nearest after it
/// that reaches back.
pub(crate) fn governing(speeches: &[Speech], at: usize) -> Option<&Speech> {
    let plain = |speech: &&Speech| !matches!(speech.sense, Sense::Source | Sense::BackSay | Sense::Silence);
    let here = |speech: &&Speech| speech.within.as_ref().is_none_or(|run| run.contains(&at));
    let said = || speeches.iter().filter(plain).filter(here);
    let fronted = said().rev().find(|speech| speech.after && speech.cue.start <= at);
    let trailing = said().find(|speech| speech.before && speech.cue.start > at);
    let source = speeches.iter().filter(here).find(|speech| speech.sense == Sense::Source);
    let own = speeches.iter().rfind(|speech| speech.within.as_ref().is_some_and(|run| run.contains(&at)));
    let own = own.filter(|own| fronted.is_some_and(|fronted| fronted.cue.end <= own.cue.start));
    own.or(fronted).or(trailing).or(source)
}
