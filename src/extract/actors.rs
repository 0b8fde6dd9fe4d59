//! Who is mentioned in a sentence, and in what part: names of parties, and the words that stand for somebody named
//! before ("we", "the enemy", "the ministry").

use super::Lang;
use super::homelands;
use super::names::{Bearer, NameForm, Names};
use super::scene::{Run, Scene};
use super::sense::{Prep, Sense};
use super::tokens::{Kind, Token};
use crate::model::PartyKind;

/// Whom a mention means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    /// This party.
    Party(Bearer),
    /// A name that several bear.
    Several,
    /// The speaker: "we", "our troops".
    We,
    /// Somebody named before: "it", "he".
    Pronoun,
    /// Several named before who are not "we": "они".
    They,
    /// Of somebody named before: "its forces".
    Theirs,
    /// The speaker's opponent.
    Enemy,
    /// Both belligerents.
    Both,
    /// Somebody who speaks for a party named before: "the ministry".
    Office,
    /// A witness, a medic: no party.
    Bystander,
    /// Monitors whose mission is not named.
    Monitor,
    /// Gunmen, unidentified men.
    Unnamed,
    /// The state that fights rebels: "the government", "the army".
    Government,
    /// The rebels that fight a state.
    Rebels,
    /// Armed people whose party is not named in the clause: "soldiers", "artillery".
    Force,
}

/// What a mention is to the noun it stands with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// It stands for itself.
    Itself,
    /// It tells whose armed people, weapon or office the noun is.
    Actor,
    /// It tells whose act the noun is.
    Agent,
    /// It tells where: "the Azerbaijani city of Ganja".
    Ground,
    /// It tells whose positions or people were hit.
    Victim,
}

/// A mention of somebody.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    pub(crate) at: Run,
    pub(crate) who: Who,
    /// The form of the name; `None` for words that are no name.
    pub(crate) form: Option<NameForm>,
    pub(crate) part: Part,
    /// The preposition before it.
    pub(crate) prep: Option<Prep>,
}

impl Mention {
    /// The party it names.
    pub(crate) const fn party(&self) -> Option<Bearer> {
        match self.who {
            Who::Party(party) => Some(party),
            _ => None,
        }
    }

    /// Whether it is a party, or people who fight for one or for themselves.
    pub(crate) fn is_side(&self) -> bool {
        let nameless = [Who::Unnamed, Who::Force, Who::Rebels, Who::Government, Who::Enemy];
        self.party().is_some() || nameless.contains(&self.who)
    }

    /// Whether it can be who does something: no ground, no victim, nothing within a hyphenated word.
    pub(crate) fn can_act(&self) -> bool {
        !matches!(self.part, Part::Ground | Part::Victim) && self.form != Some(NameForm::Attached)
    }

    /// Whether the name alone may be just a place.
    pub(crate) fn may_be_place(&self) -> bool {
        matches!(self.form, Some(NameForm::Capital | NameForm::Name | NameForm::Alias))
    }
}

/// The parties whose possessive only says of which country another one is: "Yemen's Houthis", "Colombia's ELN".
fn owners(scene: &Scene<'_>, mentions: &[Mention]) -> Vec<Run> {
    let is = |at: usize, word: &str| scene.token(at).is_some_and(|token| token.is(word));
    let owns = |pair: &[Mention]| match pair {
        [owner, other] if owner.form == Some(NameForm::Name) && other.form == Some(NameForm::Name) => {
            let next = owner.at.end + 2 == other.at.start && is(owner.at.end, "'") && is(owner.at.end + 1, "s");
            (next && owner.party() != other.party() && other.party().is_some()).then(|| owner.at.clone())
        }
        _ => None,
    };
    mentions.windows(2).filter_map(owns).collect()
}

/// The mentions of a sentence, in order.
pub(crate) fn find(scene: &Scene<'_>, text: &str, names: &Names) -> Vec<Mention> {
    let mut mentions = named(scene, text, names);
    let taken: Vec<Run> = mentions.iter().map(|mention| mention.at.clone()).collect();
    let free = |run: &Run| !taken.iter().any(|at| at.start < run.end && run.start < at.end);
    for mark in &scene.marks {
        let Some(who) = stands_for(mark.sense()) else { continue };
        let who = if mark.entry.detail.as_deref() == Some("they") { Who::They } else { who };
        let owner = taken.iter().any(|at| at.end == mark.at.start || modifies(scene, at, &mark.at))
            && !stands_alone(scene, &mark.at, &mentions);
        // "L'aviation fédérale yougoslave": whose it is stands beside the epithet.
        let beside = || scene.lang.adjective_follows() && taken.iter().any(|at| at.start == mark.at.end);
        let owner = owner || who == Who::Government && is_postposed(scene, &mark.at) && beside();
        // "Les deux mouvements rebelles" are one side's.
        let side = who == Who::Both && scene.is(mark.at.end, Sense::Rebels);
        let lent = matches!(who, Who::Office | Who::Force | Who::Monitor | Who::Government | Who::Rebels);
        let epithet = matches!(who, Who::Office | Who::Force)
            && scene.has_any(mark.at.clone(), &[Sense::Government, Sense::Rebels]);
        if !free(&mark.at) || epithet || (owner && lent) || side {
            continue;
        }
        let epithet = matches!(who, Who::Government | Who::Rebels | Who::Enemy) && is_postposed(scene, &mark.at);
        let part = if who == Who::Theirs || epithet { part_of_head(scene, &mark.at) } else { Part::Itself };
        let repeated = mentions.iter().any(|mention| mention.at == mark.at);
        if !repeated {
            mentions.push(Mention { at: mark.at.clone(), who, form: None, part, prep: None });
        }
    }
    mentions.sort_by_key(|mention| (mention.at.start, mention.at.end));
    let owners = owners(scene, &mentions);
    mentions.retain(|mention| !owners.contains(&mention.at));
    for at in 0..mentions.len() {
        let start = mentions.get(at).map_or(0, |mention| mention.at.start);
        let since = at.checked_sub(1).and_then(|before| mentions.get(before)).map_or(0, |mention| mention.at.end);
        let prep = match mentions.get(at).filter(|_| scene.lang.embeds()) {
            Some(mention) => super::cases::of_mention(scene, mention),
            None => preposition(scene, start, since).or_else(|| shared(scene, &mentions, at)),
        };
        if let Some(mention) = mentions.get_mut(at) {
            mention.prep = prep;
        }
    }
    mentions
}

/// The preposition that a name shares with the one it is joined to: "parrainée par Washington et Moscou".
fn shared(scene: &Scene<'_>, mentions: &[Mention], at: usize) -> Option<Prep> {
    let (mention, before) = (mentions.get(at)?, mentions.get(at.checked_sub(1)?)?);
    let gap = before.at.end..mention.at.start;
    let verb = scene.marks_in(mention.at.end..mention.at.end + 1).any(|mark| is_verbal(mark.sense()));
    let joined = gap.len() <= 2 && scene.is(gap.start, Sense::And) && !verb;
    let article = gap.len() < 2 || scene.token(gap.end - 1).is_some_and(|token| token.norm.chars().count() <= 3);
    let romance = scene.lang.adjective_follows() && !scene.lang.verb_first();
    before.prep.filter(|_| romance && joined && article && mention.form.is_some())
}

/// Whether an Arabic noun has the article, so that a name after it is no part of it, unless an adjective with the article.
fn stands_alone(scene: &Scene<'_>, noun: &Run, mentions: &[Mention]) -> bool {
    let definite = |at: usize| scene.token(at).is_some_and(|token| token.norm.starts_with("ال"));
    let near = noun.end..noun.end + 3;
    let adjective =
        |m: &Mention| m.form == Some(NameForm::Adjective) && near.contains(&m.at.start) && definite(m.at.start);
    scene.lang == Lang::Ar && definite(noun.start) && !mentions.iter().any(adjective)
}

const fn stands_for(sense: Sense) -> Option<Who> {
    Some(match sense {
        Sense::We => Who::We,
        Sense::Pronoun => Who::Pronoun,
        Sense::Possessive => Who::Theirs,
        Sense::Enemy => Who::Enemy,
        Sense::Both => Who::Both,
        Sense::Government => Who::Government,
        Sense::Rebels => Who::Rebels,
        Sense::Authority => Who::Office,
        Sense::Bystander => Who::Bystander,
        Sense::Monitor => Who::Monitor,
        Sense::Unnamed => Who::Unnamed,
        Sense::Force => Who::Force,
        _ => return None,
    })
}

/// The names in a sentence.
fn named(scene: &Scene<'_>, text: &str, names: &Names) -> Vec<Mention> {
    let span = scene.sentence.span;
    let found = names.find(span.of(text).unwrap_or_default());
    let tokens = scene.tokens();
    let mut mentions = Vec::new();
    for name in found {
        let mut lo = tokens.partition_point(|token| token.span.hi <= span.lo + name.span.lo);
        let hi = tokens.partition_point(|token| token.span.lo < span.lo + name.span.hi);
        // Names are found with the clitics on them, which stand before the mention.
        while scene.lang == Lang::Ar && lo + 1 < hi && is_clitic(tokens, lo) {
            lo += 1;
        }
        if lo >= hi {
            continue;
        }
        let form = name.form;
        let hyphened = matches!(form, NameForm::Attached | NameForm::Name | NameForm::Alias)
            && scene.lang.capital_nouns()
            && fighters(scene, hi);
        let (hi, form) = if hyphened { (hi + 2, NameForm::Forces) } else { (hi, form) };
        let state = name.party.is_some_and(|party| names.kind(party) == PartyKind::State);
        let who = match name.party {
            // "Ivorian rebels" are not Ivory Coast's.
            Some(_) if state && homelands::rebels(scene, &(lo..hi)) => Who::Rebels,
            party => party.map_or(Who::Several, Who::Party),
        };
        let mut mention = Mention { at: lo..hi, who, form: Some(form), part: Part::Itself, prep: None };
        mention.part = part(scene, &mention);
        mentions.push(mention);
    }
    homelands::settle(scene, names, &mut mentions);
    mentions
}

/// Whether a hyphen at a token ties a name to armed people in one word, as German does: "FARC-Rebellen", "RSF-Miliz".
fn fighters(scene: &Scene<'_>, hyphen: usize) -> bool {
    let tight = |at: usize| scene.token(at).is_some_and(|token| !token.spaced);
    let tied = scene.token(hyphen).is_some_and(|token| token.is("-")) && tight(hyphen) && tight(hyphen + 1);
    tied && scene.has_any(hyphen + 1..hyphen + 2, &[Sense::Force, Sense::Rebels])
}

/// Whether a token is one letter written onto the next word.
fn is_clitic(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.norm.chars().count() == 1)
        && tokens.get(at + 1).is_some_and(|next| !next.spaced)
}

/// What a name is to the noun it modifies.
fn part(scene: &Scene<'_>, mention: &Mention) -> Part {
    let owns = possessive(scene, mention.at.end);
    if scene.lang.embeds() && super::cases::is_backer(scene, mention.at.end) {
        return Part::Ground;
    }
    if let Some(words) = super::cases::possessed_part(scene, mention.at.end).filter(|_| scene.lang.embeds()) {
        return part_of_head(scene, &words);
    }
    match mention.form {
        Some(NameForm::Adjective | NameForm::Attached) => part_of_head(scene, &mention.at),
        Some(NameForm::Alias | NameForm::People | NameForm::Name)
            if (scene.lang == Lang::En || scene.lang.embeds() && super::cases::is_compound(scene, mention.at.end))
                && heads_noun(scene, mention.at.end) =>
        {
            part_of_head(scene, &mention.at)
        }
        Some(NameForm::Alias | NameForm::People) if is_postposed(scene, &mention.at) => {
            part_of_head(scene, &mention.at)
        }
        _ if owns => part_of_head(scene, &mention.at),
        _ => Part::Itself,
    }
}

/// Whether a word in small letters stands right after a noun that it can modify, in a language that sets adjectives so:
/// "ataques sandinistas", "aviazione governativa".
fn is_postposed(scene: &Scene<'_>, at: &Run) -> bool {
    let small = scene.token(at.start).is_some_and(|token| !token.capital);
    let noun = |at: usize| {
        let heads = [Sense::ActNoun, Sense::Breach, Sense::Force, Sense::Weapon, Sense::Position, Sense::Authority];
        heads.iter().any(|sense| scene.ends_at(at, *sense).is_some())
    };
    scene.lang.adjective_follows() && small && noun(at.start)
}

/// Whether a noun that a name can modify stands right after it, and no verb: "Israeli violations".
fn heads_noun(scene: &Scene<'_>, at: usize) -> bool {
    scene.has_any(at..at + 1, &[Sense::ActNoun, Sense::Breach, Sense::Force, Sense::Weapon, Sense::Position])
        && !scene.has_any(at..at + 1, &[Sense::ActVerb, Sense::Say, Sense::KillVerb])
}

/// Whether an English possessive ending stands at a token.
fn possessive(scene: &Scene<'_>, at: usize) -> bool {
    scene.token(at).is_some_and(|token| token.is("'"))
        && scene.token(at + 1).is_none_or(|token| token.is("s") || token.spaced)
}

/// Whether the words of a run modify a noun, by the side on which the language sets adjectives.
fn modifies(scene: &Scene<'_>, adjective: &Run, noun: &Run) -> bool {
    let gap = if adjective.end <= noun.start { adjective.end..noun.start } else { noun.end..adjective.start };
    let after = adjective.start >= noun.end && !scene.lang.adjective_follows();
    if after || scene.marks_in(gap.clone()).any(|mark| is_verbal(mark.sense())) {
        return false;
    }
    let near = gap.len() <= 3
        && !scene
            .tokens()
            .get(gap.clone())
            .unwrap_or_default()
            .iter()
            .any(|token| token.kind == Kind::Sign && !matches!(token.norm.as_str(), "-" | "'" | "\""));
    // "Avions de reconnaissance libyens": what kind of noun it is stands between.
    let kind = scene.lang.adjective_follows()
        && gap.len() == 2
        && scene.all(gap.start..gap.start + 1, Sense::Preposition).any(|mark| mark.entry.prep == Some(Prep::Of))
        && scene.token(gap.start + 1).is_some_and(|token| !token.capital && token.kind == Kind::Word);
    let gap = if kind { gap.start + 1..gap.end } else { gap };
    near && !scene.has_any(
        gap,
        &[Sense::Preposition, Sense::And, Sense::Be, Sense::Have, Sense::Say, Sense::Clause, Sense::Relative],
    )
}

/// The noun classes that can head a phrase, and what they make of a name that modifies them.
const fn head(sense: Sense) -> Option<Part> {
    Some(match sense {
        Sense::Force | Sense::Weapon | Sense::Authority | Sense::Unnamed | Sense::Monitor => Part::Actor,
        Sense::ActNoun | Sense::Breach | Sense::Break => Part::Agent,
        Sense::Land => Part::Ground,
        Sense::Position | Sense::Civilian | Sense::Person => Part::Victim,
        _ => return None,
    })
}

/// What the head of the phrase makes of an adjective or possessive.
fn part_of_head(scene: &Scene<'_>, at: &Run) -> Part {
    // "Su existencia constituye una violación": a possessive is of the noun beside it.
    let reach = if scene.lang.adjective_follows() && scene.is(at.start, Sense::Possessive) { 2 } else { 4 };
    let after = (at.end..at.end + reach).find_map(|next| class_at(scene, at, next));
    let before = || (at.start.saturating_sub(4)..at.start).rev().find_map(|next| class_at(scene, at, next));
    let own = scene.marks_in(at.clone()).rev().find_map(|mark| head(mark.sense()));
    if scene.lang.adjective_follows() {
        own.or_else(before).or_else(|| after.filter(|_| scene.is(at.start, Sense::Possessive)))
    } else {
        own.or(after)
    }
    .or_else(|| scene.is(at.start, Sense::Possessive).then_some(after).flatten())
    .unwrap_or(if scene.is(at.start, Sense::Possessive) { Part::Ground } else { Part::Actor })
}

/// The class of the noun at a token near an adjective, the strongest where it has several.
fn class_at(scene: &Scene<'_>, adjective: &Run, at: usize) -> Option<Part> {
    let marks: Vec<_> = scene.marks_in(at..at + 1).filter(|mark| modifies(scene, adjective, &mark.at)).collect();
    let senses: Vec<Sense> = marks.iter().map(|mark| mark.sense()).collect();
    // "Artillery" and "soldiers" act, whatever else they are; a weapon before an act noun is part of that noun.
    let order = [
        Sense::Force,
        Sense::Authority,
        Sense::ActNoun,
        Sense::Breach,
        Sense::Break,
        Sense::Weapon,
        Sense::Land,
        Sense::Position,
        Sense::Monitor,
        Sense::Unnamed,
        Sense::Civilian,
        Sense::Person,
    ];
    order.iter().find(|sense| senses.contains(sense)).and_then(|sense| head(*sense))
}

/// The preposition that governs what begins at a token, with only articles, adjectives and nouns of land or people
/// between.
pub(crate) fn preposition(scene: &Scene<'_>, start: usize, since: usize) -> Option<Prep> {
    for back in 0..6 {
        let end = start.checked_sub(back).filter(|&end| end >= since)?;
        if scene.times.iter().any(|time| time.at.end == end) {
            return None;
        }
        let found = scene
            .marks_in(end.saturating_sub(5)..end)
            .find(|mark| mark.at.end == end && mark.sense() == Sense::Preposition);
        if let Some(mark) = found.filter(|mark| !is_article(scene, &mark.at, since)) {
            // "سبعة من الجنود": of so many, and not whence.
            let counted = scene.lang == Lang::Ar && scene.amounts.iter().any(|amount| amount.at.end == mark.at.start);
            return mark.entry.prep.filter(|_| !counted && !apart(scene, end, start));
        }
        let before = scene.token(end.checked_sub(1)?)?;
        let marks = scene.marks_in(end - 1..end);
        let verbal = marks.into_iter().any(|mark| {
            is_verbal(mark.sense()) || matches!(mark.sense(), Sense::And | Sense::But | Sense::Clause | Sense::Relative)
        });
        if verbal || (before.kind == Kind::Sign && !matches!(before.norm.as_str(), "-" | "'" | "\"")) {
            return None;
        }
    }
    None
}

/// Whether a noun after a preposition keeps what follows it apart, as its case shows: "у Шуши армянские войска".
fn apart(scene: &Scene<'_>, from: usize, start: usize) -> bool {
    let noun = |at: usize| {
        scene.token(at).is_some_and(|token| token.capital)
            || scene.has_any(at..at + 1, &[Sense::Land, Sense::Position, Sense::Person, Sense::Days, Sense::Works])
    };
    let word = scene.token(start).map_or("", |token| token.norm.as_str());
    // "В Горажде снайпер ранил": a noun after the name of a place.
    let plain = scene.lang.is_slavic() && scene.has(start..start + 1, Sense::Force);
    if plain && (from..start).all(|at| scene.token(at).is_some_and(|token| token.capital)) && from < start {
        return true;
    }
    let nominative = |word: &str| scene.lang.nominative().iter().any(|ending| word.ends_with(ending));
    // "По телефону официальный": an adjective that does not agree with the word before it.
    let before = start.checked_sub(1).filter(|&at| at >= from).and_then(|at| scene.token(at));
    let disagrees = before.is_some_and(|before| before.kind == Kind::Word && !nominative(&before.norm));
    nominative(word) && (disagrees || (from..start).any(noun))
}

/// Whether a French "des", a German "der" is an article only: where no noun stands before it that it could belong to.
/// `since` is where the mention before ends.
fn is_article(scene: &Scene<'_>, at: &Run, since: usize) -> bool {
    if scene.lang.capital_nouns() && scene.all(at.clone(), Sense::Preposition).all(|m| m.entry.prep == Some(Prep::Of)) {
        let noun = |at: usize| scene.token(at).is_some_and(|token| token.capital && token.kind == Kind::Word);
        let timed = scene.times.iter().any(|time| time.at.end == at.start);
        return at.start < 2 || at.start == since || timed || !noun(at.start - 1);
    }
    let word = scene.token(at.start).map_or("", |token| token.norm.as_str());
    let Some(before) = at.start.checked_sub(1) else { return scene.lang == Lang::Fr && word == "des" };
    let opens = scene.marks_in(before..at.start).any(|mark| {
        is_verbal(mark.sense())
            || matches!(mark.sense(), Sense::Clause | Sense::But | Sense::And | Sense::Relative | Sense::Preposition)
    });
    let elided =
        scene.token(before).is_some_and(|token| token.is("'")) && before > 0 && scene.is(before - 1, Sense::Clause);
    let sign = scene.token(before).is_some_and(|token| token.kind == Kind::Sign && !token.is("'") && !token.is("-"));
    scene.lang == Lang::Fr && word == "des" && (opens || elided || sign)
}

/// Whether a sense is that of a word that says or does something, so that phrases end before it.
pub(crate) const fn is_verbal(sense: Sense) -> bool {
    matches!(
        sense,
        Sense::Say
            | Sense::Accuse
            | Sense::Deny
            | Sense::Admit
            | Sense::Witness
            | Sense::Demand
            | Sense::ActVerb
            | Sense::Support
            | Sense::KillVerb
            | Sense::WoundVerb
            | Sense::Be
            | Sense::Have
            | Sense::MutualAccuse
            | Sense::Silence
            | Sense::Source
            | Sense::Keep
            | Sense::Break
            | Sense::Begins
            | Sense::Ends
    )
}
