//! Who did a deed, and to whom: subject, object, "by", possessive and adjective, each by a rule with a name.

use super::Lang;
use super::actors::{Mention, Part, Who};
use super::deeds::{Deed, Told};
use super::endings::is_gerund;
use super::lexicon::Mark;
use super::names::NameForm;
use super::responses::RESPONSE_TO;
use super::scene::{Run, Scene};
use super::sense::{Frame, Prep, Sense};
use super::speech::Speech;
use crate::model::ActBase;

/// Somebody in a part of a deed.
#[derive(Debug, Clone)]
pub(crate) struct Role {
    pub(crate) who: Who,
    /// The mention's tokens.
    pub(crate) at: Run,
    pub(crate) rule: &'static str,
    /// Whether it follows from something else than being named, such as where fire came from.
    pub(crate) inferred: bool,
}

impl Role {
    pub(crate) fn of(mention: &Mention, rule: &'static str) -> Self {
        Self { who: mention.who, at: mention.at.clone(), rule, inferred: mention.prep == Some(Prep::From) }
    }
}

/// Who did it, as far as the sentence tells.
pub(crate) fn agent(
    scene: &Scene<'_>,
    deed: &Deed,
    speech: Option<&Speech>,
    earlier: &[(Deed, Option<Role>)],
) -> Option<Role> {
    if scene.lang.embeds() && deed.frame != Frame::Event {
        return super::embedded::agent(scene, deed, speech, earlier);
    }
    let run = scene.clause_run(deed.clause);
    if let Some(one) = super::clefts::singled_out(scene, deed) {
        return Some(whose_men(scene, one));
    }
    if is_infinitive(scene, deed) {
        let by = by(scene, deed, &run, speech).filter(|_| deed.passive);
        return by.or_else(|| blamed(scene, deed, speech)).or_else(|| teller(scene, speech));
    }
    // "Von" after an active verb is no "by": "schossen auf ein Fahrzeug von Beobachtern".
    let active = matches!(deed.told, Told::Verb | Told::Kept) && deed.frame == Frame::Does && !deed.passive;
    let found = match (deed.told, deed.frame, deed.passive) {
        (Told::Verb | Told::Breach | Told::Kept, Frame::Does, false)
            if deed.told == Told::Verb || is_verb(scene, deed) =>
        {
            let own = subject(scene, deed).or_else(|| inverted(scene, deed, &run));
            own.or_else(|| super::left_out::speaker(scene, deed, speech))
        }
        (_, Frame::Event, _) => None,
        // Of "the patrol came under fire" and "the sentry was shot" the subject is who received it.
        (Told::Verb, _, _) if deed.noun.is_none() => by(scene, deed, &run, speech)
            .or_else(|| weapon_owner(scene, deed, &run))
            // "Cayó en una emboscada de la URNG": the phrase has the noun in itself.
            .or_else(|| {
                let phrase = deed.frame == Frame::Undergoes && deed.at.len() > 2;
                let of = phrase.then(|| noun_agent(scene, deed, &run, speech)).flatten();
                of.filter(|role| role.rule == "act of")
            }),
        (Told::Verb, _, _) if on_the_part_of(scene, deed) => by(scene, deed, &run, speech),
        (Told::Verb, _, _) => noun_agent(scene, deed, &run, speech)
            .or_else(|| by(scene, deed, &run, speech))
            .or_else(|| weapon_owner(scene, deed, &run)),
        // "Violations of Lebanese airspace by Israel": the adjective is of the air. "Со стороны" names the doer, whatever
        // adjectives stand by the noun.
        (Told::Noun | Told::Breach, _, _) if deed.act == ActBase::Overflight || on_the_part_of(scene, deed) => {
            by(scene, deed, &run, speech).or_else(|| noun_agent(scene, deed, &run, speech))
        }
        (_, _, passive) if scene.lang.verb_first() => lent(scene, deed, passive)
            .or_else(|| noun_agent(scene, deed, &run, speech))
            .or_else(|| by(scene, deed, &run, speech)),
        (_, _, passive) => noun_agent(scene, deed, &run, speech)
            .or_else(|| by(scene, deed, &run, speech))
            .or_else(|| (deed.support.is_some() && !passive).then(|| subject(scene, deed)).flatten()),
    };
    found
        .map(|role| whose_men(scene, role))
        .map(|role| resumed(scene, role, &run, earlier))
        .or_else(|| {
            by(scene, deed, &run, speech).filter(|_| deed.frame != Frame::Event && !(active && scene.lang.verb_final()))
        })
        .or_else(|| blamed(scene, deed, speech))
        .or_else(|| answered(deed, earlier))
        .or_else(|| coordinated(scene, deed, &run, earlier))
}

/// Who a pronoun of a relative clause resumes: who did the deed before ("infiltrators …, where they fired").
fn resumed(scene: &Scene<'_>, role: Role, run: &Run, earlier: &[(Deed, Option<Role>)]) -> Role {
    let relative = role.who == Who::Pronoun && scene.is(run.start, Sense::Relative);
    let before = earlier.last().and_then(|(_, agent)| agent.as_ref()).filter(|_| relative);
    before.map_or(role, |before| Role { rule: "subject of the clause before", ..before.clone() })
}

/// Whose act was responded to: the other side's.
fn answered(deed: &Deed, earlier: &[(Deed, Option<Role>)]) -> Option<Role> {
    let (before, _) = earlier.last()?;
    let object = before.clause == deed.clause
        && deed.told == Told::Noun
        && before.rules.contains(&RESPONSE_TO)
        && deed.at.start <= before.at.end + 3;
    object.then(|| Role { who: Who::Enemy, at: deed.at.clone(), rule: "whose act was responded to", inferred: true })
}

/// The party whose people armed men without a name are: "soldiers of the Command", "forces loyal to the rebels".
fn whose_men(scene: &Scene<'_>, role: Role) -> Role {
    if !matches!(role.who, Who::Force | Who::Office | Who::Unnamed) {
        return role;
    }
    let near = scene.mentions_in(role.at.end..role.at.end + 6);
    let owner = near
        .filter(|m| m.prep == Some(Prep::Of) && is_somebody(m) && m.part != Part::Ground)
        .find(|m| !scene.marks_in(role.at.end..m.at.start).any(|mark| super::actors::is_verbal(mark.sense())));
    owner.map_or(role, |owner| Role::of(owner, "whose men"))
}

/// Whether a deed is told in an infinitive clause, which has no subject of its own: "…, Kapan beschossen zu haben", "dijo
/// haber bombardeado Kapan".
fn is_infinitive(scene: &Scene<'_>, deed: &Deed) -> bool {
    let verb = deed.support.as_ref().filter(|_| deed.told != Told::Verb).unwrap_or(&deed.at);
    let before = verb.start.saturating_sub(3).max(deed.from)..verb.start;
    // "È stata attaccata e di aver risposto": the next clause's.
    let after = if scene.lang.verb_final() { usize::MAX } else { scene.clause_run(deed.clause).end };
    (deed.told != Told::Noun || deed.support.is_some() && verb.start < deed.at.start)
        && (scene.has(deed.at.start..(deed.at.end + 3).min(after), Sense::Infinitive)
            || deed.frame == Frame::Does
                && !deed.passive
                && (scene.has(before, Sense::Infinitive)
                    || super::deeds::perfect_infinitive(scene, verb.start)
                        .is_some_and(|at| at >= deed.from.saturating_sub(1))))
}

/// Who says what is told without a subject of its own.
fn teller(scene: &Scene<'_>, speech: Option<&Speech>) -> Option<Role> {
    let speaker = speech?.speaker.first().and_then(|&id| scene.mentions.get(id))?;
    Some(Role::of(speaker, "subject of the saying"))
}

/// The subject of the verb lent to a noun where verbs stand first: before it, or between it and the noun.
fn lent(scene: &Scene<'_>, deed: &Deed, passive: bool) -> Option<Role> {
    let support = deed.support.as_ref().filter(|_| !passive)?;
    let noun = deed.noun.as_ref().unwrap_or(&deed.at);
    let between = || subject_within(scene, support.end..noun.start.max(support.end));
    between().or_else(|| subject(scene, deed))
}

/// Whether a breach or a keeping is told by a verb.
fn is_verb(scene: &Scene<'_>, deed: &Deed) -> bool {
    scene.is(deed.at.start, Sense::Break) || deed.told == Told::Kept
}

/// The subject: a mention before the verb that no preposition governs; of a relative clause the noun before it; across
/// a saying set between commas the mention before that.
fn subject(scene: &Scene<'_>, deed: &Deed) -> Option<Role> {
    let end = deed.support.as_ref().map_or(deed.at.start, |support| support.start.min(deed.at.start));
    let found = subject_within(scene, deed.from..end);
    if found.is_some() || deed.from > scene.clause_run(deed.clause).start {
        return found;
    }
    let run = scene.clause_run(deed.clause);
    let relative = scene.is(run.start, Sense::Relative);
    let before = deed.clause.checked_sub(1).map(|clause| scene.clause_run(clause))?;
    if let Some(cleft) = super::clefts::before_that(scene, &before, &run) {
        return Some(cleft);
    }
    if relative || scene.is(run.start, Sense::Clause) {
        // "Fueron los peruanos, indicó, quienes …": the saying between is passed over.
        let told = scene.mentions_in(before.clone()).any(|m| m.can_act() && is_somebody(m));
        let says = scene.has(before.clone(), Sense::Say);
        let further = deed.clause.checked_sub(2).filter(|_| !told && says).map(|clause| scene.clause_run(clause));
        let before = further.unwrap_or(before);
        let mut heads = scene.mentions_in(before).rev().filter(|m| m.can_act() && is_somebody(m));
        let last = heads.next()?;
        // "The army and its militias, which …": its is the army's.
        let owner = heads.next().filter(|owner| last.who == Who::Theirs && owner.party().is_some());
        let antecedent = owner.unwrap_or(last);
        return relative.then(|| Role::of(antecedent, "noun before the relative clause"));
    }
    scene.interrupted(deed.clause).and_then(|run| subject_within(scene, run)).or_else(|| unfinished(scene, deed))
}

/// The subject of a clause whose verb stands behind an aside set between commas: "The rebels, backed by tanks, attacked",
/// "El Ejército, que controla la zona, bombardeó".
fn unfinished(scene: &Scene<'_>, deed: &Deed) -> Option<Role> {
    let comma = |at: usize| at.checked_sub(1).and_then(|at| scene.token(at)).is_some_and(|token| token.is(","));
    let run = scene.clause_run(deed.clause);
    let opens = scene.has_any(run.start..run.start + 1, &[Sense::And, Sense::But, Sense::Clause, Sense::Relative]);
    if !comma(run.start) || opens || scene.lang.verb_final() {
        return None;
    }
    let verbal = |run: Run| scene.marks_in(run).any(|mark| super::actors::is_verbal(mark.sense()));
    for back in 1..=3 {
        let before = scene.clause_run(deed.clause.checked_sub(back)?);
        // "Il dit que les forces du Nord, …": the subject is of what is said.
        let said = scene.all(before.clone(), Sense::Clause).next_back().map_or(before.start, |mark| mark.at.end);
        let before = said..before.end;
        if !verbal(before.clone()) && (back > 1 || comma(before.end)) {
            // "Les forces du Nord, aux côtés de leurs alliés, ont attaqué".
            let goes_back = comma(before.start) || scene.is(before.start, Sense::And);
            match subject_within(scene, before) {
                None if goes_back => continue,
                subject => return subject,
            }
        }
        // "Des appareils français, écrit-il, ont survolé": the saying stands in the clause of the subject.
        let is_have = |sense: Sense| matches!(sense, Sense::Be | Sense::Have);
        let first = scene.marks_in(before.clone()).find(|m| super::actors::is_verbal(m.sense()) && !is_have(m.sense()));
        if let Some(say) = first.filter(|mark| mark.sense() == Sense::Say && comma(mark.at.start)) {
            return subject_within(scene, before.start..say.at.start);
        }
        let aside = scene.is(before.start, Sense::Relative)
            || scene.token(before.start).is_some_and(|t| super::endings::is_bare_passive(scene.lang, &t.norm));
        if !aside || !comma(before.start) {
            return None;
        }
    }
    None
}

/// The first named mention of a run that can be a subject, else the first of any kind.
fn subject_within(scene: &Scene<'_>, run: Run) -> Option<Role> {
    let able = |mention: &&Mention| {
        mention.can_act()
            && (mention.prep.is_none() || mention.part == Part::Actor && mention.prep == Some(Prep::Other))
    };
    let Some(first) = scene.mentions_in(run.clone()).find(able) else { return weapon_of(scene, run) };
    let named = scene.mentions_in(run).filter(able).find(|m| is_somebody(m));
    Some(Role::of(named.unwrap_or(first), "subject"))
}

/// Whose weapon the subject is: "deux avions de l'armée ivoirienne", "un dron del Ejército".
fn weapon_of(scene: &Scene<'_>, run: Run) -> Option<Role> {
    let genitive = scene.lang.adjective_follows() && !scene.lang.verb_first() || scene.lang == Lang::De;
    let weapon = scene.all(run.clone(), Sense::Weapon).next().filter(|_| genitive)?;
    let led = scene.ends_at(weapon.at.start, Sense::Preposition).is_some();
    let owner = scene.mentions_in(weapon.at.end..run.end.min(weapon.at.end + 7)).find(|m| m.prep == Some(Prep::Of))?;
    (!led && owner.can_act() && is_somebody(owner)).then(|| Role::of(owner, "whose weapon"))
}

/// Whether a mention can be resolved to a party.
pub(crate) const fn is_somebody(mention: &Mention) -> bool {
    matches!(
        mention.who,
        Who::Party(_) | Who::We | Who::Enemy | Who::Both | Who::Theirs | Who::Government | Who::Rebels
    )
}

/// A subject that stands after its verb, as Russian and French allow: armed people, sides, states.
fn inverted(scene: &Scene<'_>, deed: &Deed, run: &Run) -> Option<Role> {
    if scene.lang == Lang::En || deed.detail.is_some() {
        return None;
    }
    // "غارة استهدفت …": the act or weapon before an Arabic verb is its subject.
    let led = deed.told == Told::Verb
        && scene.has_any(deed.from..deed.at.start, &[Sense::ActNoun, Sense::Weapon])
        && scene.mentions_in(deed.from..deed.at.start).all(|m| !m.can_act());
    if scene.lang.verb_first() && led {
        return None;
    }
    // After an Arabic verb its subject stands next, whatever it is.
    let next = |m: &Mention| scene.lang.verb_first() && m.form.is_some() && m.at.start <= deed.at.end + 1;
    let forms = |m: &Mention| {
        next(m)
            || matches!(m.form, Some(NameForm::Forces | NameForm::Side | NameForm::People | NameForm::Institution))
            || m.part == Part::Actor
            || matches!(m.who, Who::Enemy | Who::We | Who::Government | Who::Rebels)
            || m.party().is_some() && m.at.start <= deed.at.end + 3 && super::pronouns::has_object(scene, &deed.at)
    };
    let after = scene.mentions_in(deed.at.end..run.end.min(deed.at.end + 8));
    let mention = after
        .filter(|m| m.prep.is_none() && m.can_act() && forms(m) && !ends_in(scene, m, scene.lang.oblique()))
        .find(|m| !matches!(m.who, Who::Pronoun | Who::They | Who::Theirs))?;
    Some(Role::of(mention, "subject after the verb"))
}

/// Whether the first word of a mention has one of these endings.
fn ends_in(scene: &Scene<'_>, mention: &Mention, endings: &[&str]) -> bool {
    let word = scene.token(mention.at.start).map_or("", |token| token.norm.as_str());
    endings.iter().any(|ending| word.ends_with(ending))
}

/// Whose act a noun is: an adjective or a possessive on it, or a name that follows it.
fn noun_agent(scene: &Scene<'_>, deed: &Deed, run: &Run, speech: Option<&Speech>) -> Option<Role> {
    let noun = deed.noun.as_ref().unwrap_or(&deed.at);
    let near = |m: &&Mention| {
        m.at.end + 4 > noun.start && m.at.start < noun.end + 5 && m.at.start >= deed.from.min(noun.start)
    };
    let adjective = scene.mentions_in(run.clone()).filter(near).find(|m| {
        m.form == Some(NameForm::Forces) && m.at.start < noun.end && noun.start <= m.at.end
            || m.part == Part::Agent
            || m.part == Part::Actor
                && m.form.is_some()
                && m.at.end <= noun.start
                && m.prep != Some(Prep::In)
                && weapon_between(scene, m, noun)
    });
    if deed.frame == Frame::Event {
        return None;
    }
    if let Some(mention) = adjective {
        // "The artillery resumed its fire": the possessive is the subject's.
        let owner = (mention.who == Who::Theirs).then(|| subject(scene, deed)).flatten();
        return owner.filter(|role| role.who != Who::Theirs).or_else(|| Some(Role::of(mention, "whose act")));
    }
    // "اتهم … بقصف حزب الله": in an accusation what follows the noun is what was hit.
    let accused = speech.is_some_and(|speech| speech.accused.is_some());
    let of = scene.mentions_in(noun.end..run.end.min(noun.end + 6)).find(|m| {
        let owns = m.prep == Some(Prep::Of) && scene.lang != Lang::En
            || (m.prep.is_none() || goes_on_at(scene, noun, m))
                && scene.lang.is_slavic()
                && m.form == Some(NameForm::Forces)
                && !ends_in(scene, m, scene.lang.nominative())
            || m.prep.is_none() && scene.lang.verb_first() && m.at.start == noun.end && !accused;
        // "Angriffe auf Ziele im Süden des Libanon": whose the ground is.
        let of_ground = scene
            .all(noun.end..m.at.start, Sense::Preposition)
            .any(|mark| matches!(mark.entry.prep, Some(Prep::In | Prep::At | Prep::From)));
        m.can_act()
            && m.part != Part::Ground
            && deed.detail.as_deref() != Some("shoot-down")
            && owns
            && !of_ground
            && matches!(m.who, Who::Party(_) | Who::Enemy)
            && m.form != Some(NameForm::Capital)
    });
    of.map(|mention| Role::of(mention, "act of"))
}

/// Whether a genitive stands between an act and what it aims at, so that it tells whose act it is: "при ударе сирийских ВВС
/// по Алеппо".
fn goes_on_at(scene: &Scene<'_>, noun: &Run, mention: &Mention) -> bool {
    let aims = |mark: &Mark<'_>| mark.entry.prep == Some(Prep::At);
    mention.at.start == noun.end && scene.all(mention.at.end..mention.at.end + 1, Sense::Preposition).any(aims)
}

/// Whose weapon was intercepted.
fn weapon_owner(scene: &Scene<'_>, deed: &Deed, run: &Run) -> Option<Role> {
    let owned = |m: &&Mention| m.part == Part::Actor && m.form.is_some() && m.prep.is_none();
    let weapon = scene.mentions_in(deed.at.end..run.end).find(owned).filter(|_| deed.frame == Frame::Undergoes);
    weapon.map(|mention| Role::of(mention, "whose weapon"))
}

/// "Azerbaijani artillery fire": the adjective belongs to the weapon, the weapon to the act.
fn weapon_between(scene: &Scene<'_>, mention: &Mention, noun: &Run) -> bool {
    mention.at.end <= noun.start
        && noun.start - mention.at.end <= 2
        && !scene.has_any(
            mention.at.end..noun.start,
            &[Sense::And, Sense::Say, Sense::Clause, Sense::Relative, Sense::Preposition],
        )
}

/// "By", "from", "со стороны", and the Slavic instrumental after a passive.
fn by(scene: &Scene<'_>, deed: &Deed, run: &Run, speech: Option<&Speech>) -> Option<Role> {
    let all = || {
        scene.mentions_in(deed.from..run.end).filter(|m| {
            m.form.is_some()
                || matches!(m.who, Who::Enemy | Who::Force | Who::Unnamed | Who::Theirs | Who::Government | Who::Rebels)
        })
    };
    // "Recorded by the mission": who tells it.
    let tells = |m: &&Mention| {
        let said = speech.filter(|speech| matches!(speech.sense, Sense::Say | Sense::Witness));
        let speaker = said.and_then(|said| scene.mentions.get(*said.speaker.first()?));
        m.prep == Some(Prep::By) && speaker.is_some_and(|speaker| speaker.at == m.at)
    };
    // "Despite a truce brokered by Norway": another verb's "by".
    let others = |m: &&Mention| {
        scene.has_any(m.at.start.saturating_sub(4).max(deed.at.end)..m.at.start, &[Sense::Mediated, Sense::Agreed])
    };
    // "Ont frappé un entrepôt utilisé par …": the "by" of a participle that tells another thing.
    let own = [Some(&deed.at), deed.noun.as_ref(), deed.support.as_ref()];
    let participle = |m: &&Mention| {
        let since = deed.at.end.max(m.at.start.saturating_sub(5));
        let led = scene.all(since..m.at.start, Sense::Preposition).find(|mark| mark.entry.prep == Some(Prep::By));
        let word = led.and_then(|mark| mark.at.start.checked_sub(1));
        word.is_some_and(|at| {
            let ours = own.iter().flatten().any(|run| run.contains(&at)) || scene.is(at, Sense::Person);
            let form = scene.token(at).map_or("", |token| token.norm.as_str());
            let irregular = ["ue", "us", "ues", "ise", "ises"].iter().any(|ending| form.ends_with(ending));
            let other = scene.lang == Lang::Fr && irregular || super::endings::is_bare_passive(scene.lang, form);
            !ours && other && scene.token(at).is_some_and(|t| !t.capital)
        })
    };
    let governed = |prep: Prep| {
        all().filter(|m| !(others(m) || tells(m) || prep == Prep::By && participle(m))).find(move |m| {
            m.prep == Some(prep) && m.form != Some(NameForm::Attached) && !matches!(m.part, Part::Victim)
        })
    };
    if let Some(mention) = governed(Prep::By) {
        return Some(Role::of(mention, "by"));
    }
    let instrumental = |m: &&Mention| is_instrumental(scene, m);
    let declined = deed.passive || deed.told == Told::Noun;
    if let Some(mention) = all().filter(|m| declined && m.can_act() && m.form.is_some()).find(instrumental) {
        return Some(Role::of(mention, "instrumental"));
    }
    // "Transferts d'armes … en provenance d'Iran": whence belongs to the noun it follows.
    let near = |m: &&Mention| m.at.start <= deed.noun.as_ref().map_or(deed.at.end, |noun| noun.end) + 9;
    // Whom an accusation names did it, wherever it came from.
    let charged = speech.is_some_and(|speech| speech.accused.is_some() && speech.cue.start < deed.at.start);
    governed(Prep::From)
        .filter(|m| !charged && m.party().is_some() && near(m))
        .map(|mention| Role { inferred: true, ..Role::of(mention, "whence") })
}

/// Whether Slavic words name the doer of an act noun by a preposition of their own: "со стороны", "з боку".
fn on_the_part_of(scene: &Scene<'_>, deed: &Deed) -> bool {
    let named = |m: &Mention| m.prep == Some(Prep::By) && m.party().is_some();
    scene.lang.is_slavic() && scene.mentions_in(deed.from..scene.clause_run(deed.clause).end).any(named)
}

/// Whether a mention stands in the Slavic case of the doer, under no preposition.
pub(crate) fn is_instrumental(scene: &Scene<'_>, mention: &Mention) -> bool {
    let last = scene.token(mention.at.end.saturating_sub(1)).map_or("", |token| token.norm.as_str());
    let led = mention.at.start > 0 && scene.ends_at(mention.at.start, Sense::Preposition).is_some();
    !led && scene.lang.instrumental().iter().any(|ending| last.ends_with(ending))
}

/// Whom the accusation that governs a deed is laid to.
fn blamed(scene: &Scene<'_>, deed: &Deed, speech: Option<&Speech>) -> Option<Role> {
    let speech = speech
        .filter(|speech| matches!(speech.sense, Sense::Accuse | Sense::Demand) && speech.cue.start < deed.at.start)?;
    let id = speech.accused.or_else(|| {
        (speech.sense == Sense::Demand)
            .then(|| scene.mentions.iter().position(|m| m.at.start >= speech.cue.end && m.at.end <= deed.at.start))
            .flatten()
    })?;
    scene.mentions.get(id).map(|mention| Role::of(mention, "accused"))
}

/// The doer of the deed before, where a clause has no subject of its own.
fn coordinated(scene: &Scene<'_>, deed: &Deed, run: &Run, earlier: &[(Deed, Option<Role>)]) -> Option<Role> {
    let (before, agent) = earlier.last()?;
    let adjacent = deed.clause <= before.clause + 1;
    let own_subject =
        scene.mentions_in(run.start..deed.at.start).any(|m| m.prep.is_none() && m.can_act() && m.who != Who::Force);
    let joined = scene.is(run.start, Sense::And)
        || scene.is(run.start, Sense::But)
        || deed.clause == before.clause
        || deed.support.is_some()
        || scene.has(before.at.end..deed.at.start, Sense::Including)
        || participle(scene, deed);
    let role = agent.as_ref().filter(|_| {
        adjacent && !own_subject && joined && deed.frame == Frame::Does && (deed.passive == before.passive)
    })?;
    Some(Role { rule: "subject of the clause before", ..role.clone() })
}

fn participle(scene: &Scene<'_>, deed: &Deed) -> bool {
    scene.token(deed.at.start).is_some_and(|token| is_gerund(scene.lang, &token.norm))
}

/// Whom a deed hit, as far as the sentence tells.
pub(crate) fn target(scene: &Scene<'_>, deed: &Deed, agent: Option<&Role>) -> Option<Role> {
    let run = scene.clause_run(deed.clause);
    let other = |m: &&Mention| agent.is_none_or(|agent| agent.at != m.at && agent.who != m.who);
    let receives = deed.passive || deed.frame == Frame::Undergoes;
    let named = |m: &&Mention| {
        matches!(m.who, Who::Party(_) | Who::Theirs | Who::We | Who::Enemy | Who::Government | Who::Rebels)
            && m.form != Some(NameForm::Attached)
            || receives && matches!(m.who, Who::Pronoun | Who::They)
    };
    let side = match (receives, scene.lang.verb_final()) {
        (_, true) => deed.from..run.end,
        (true, false) => deed.from..deed.at.start,
        (false, false) => deed.at.end..run.end,
    };
    let embeds = scene.lang.embeds();
    // "Бои на границе X и Y": of fighting only those who fell in it received it.
    let event = deed.frame == Frame::Event;
    let able = |m: &&Mention| match m.part {
        Part::Victim => true,
        _ if event => false,
        Part::Itself | Part::Actor if embeds && receives => matches!(m.prep, Some(Prep::Of | Prep::At)),
        Part::Itself | Part::Actor if embeds => {
            matches!(m.prep, Some(Prep::Object | Prep::At)) || super::cases::owns_object(scene, m)
        }
        Part::Ground | Part::Agent => false,
        // "Near the border with Uganda": whose the other side is.
        Part::Itself | Part::Actor if m.prep == Some(Prep::With) && beyond(scene, m) => false,
        Part::Itself | Part::Actor => !matches!(m.prep, Some(Prep::By | Prep::From | Prep::In)),
    };
    let found = scene.mentions_in(side).filter(other).filter(named).find(able);
    let victim = || scene.mentions_in(deed.from..run.end).filter(other).filter(named).find(|m| m.part == Part::Victim);
    found.or_else(victim).map(|mention| Role::of(mention, if receives { "receives" } else { "object" }))
}

/// Whether a party is named only as the one beyond a border: "near the border with Uganda".
fn beyond(scene: &Scene<'_>, mention: &Mention) -> bool {
    scene.has(mention.at.start.saturating_sub(3)..mention.at.start, Sense::Land)
}
