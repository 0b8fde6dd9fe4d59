//! Subjects that are left out, as Spanish, Italian and Slavic languages may: who says "that attacked Kapan" has done so
//! itself.

use super::Lang;
use super::deeds::{Deed, Told};
use super::roles::Role;
use super::scene::Scene;
use super::sense::{Frame, Sense};
use super::speech::Speech;
use super::tokens::Kind;
use crate::model::ActBase;

/// The speaker, where what it says has no subject of its own and its verb is of the same number: "El Frente aseguró que
/// bombardeó cuatro bases", "l'esercito ha detto che ha distrutto il ponte", "армия заявила, что нанесла удар".
pub(crate) fn speaker(scene: &Scene<'_>, deed: &Deed, speech: Option<&Speech>) -> Option<Role> {
    let speech = speech.filter(|speech| matches!(speech.sense, Sense::Say | Sense::Admit) && !speech.recorded)?;
    let told = (scene.lang.drops_subject() || scene.lang.is_slavic())
        && deed.told == Told::Verb
        && deed.frame == Frame::Does
        && !deed.passive
        && deed.act != ActBase::Explosion;
    let run = scene.clause_run(deed.clause);
    let that = scene.all(run.start..run.start + 1, Sense::Clause).next()?.at.end;
    let follows = speech.cue.end <= run.start && scene.clause(speech.cue.start) + 1 == deed.clause;
    let bare = (that..deed.at.start).all(|at| passes(scene, at));
    let flies = scene.has(deed.at.end..deed.at.end + 2, Sense::Weapon) && !launches(scene, deed);
    let agree = agreement(scene, that, deed.at.start)? == agreement(scene, 0, speech.cue.start)?;
    let speaker = scene.mentions.get(*speech.speaker.first()?)?;
    (told && follows && bare && !flies && agree).then(|| Role::of(speaker, "subject left out"))
}

/// Whether a token between "that" and a verb may stand there without being its subject.
fn passes(scene: &Scene<'_>, at: usize) -> bool {
    let word = scene.token(at).map_or("", |token| token.norm.as_str());
    let clitic = matches!(word, "lo" | "la" | "los" | "las" | "li" | "le" | "gli" | "l" | "'" | "vi" | "ci" | "ne");
    let adverb = matches!(word, "ya" | "también" | "tambien" | "già" | "gia" | "anche" | "ayer" | "ieri" | "inoltre");
    clitic
        || adverb
        || word.ends_with("mente")
        || scene.has_any(at..at + 1, &[Sense::Have, Sense::Be, Sense::Negation, Sense::Aside, Sense::Response])
        || scene.times.iter().any(|time| time.at.contains(&at))
}

/// Whether a verb has what is shot for its object rather than its subject: "lanzó cohetes", not "cayó un cohete".
fn launches(scene: &Scene<'_>, deed: &Deed) -> bool {
    const STEMS: &[&str] =
        &["lan", "dispar", "spar", "tir", "sgan", "arroj", "выпу", "запу", "примен", "сбро", "випу", "застос", "скин"];
    let word = scene.token(deed.at.start).map_or("", |token| token.norm.as_str());
    STEMS.iter().any(|stem| word.starts_with(stem))
}

/// What a subject shows of itself in its verb.
#[derive(PartialEq, Eq)]
enum Agreement {
    Several,
    /// One, or one of no told gender.
    One,
    Feminine,
    Neuter,
}

/// What shows in the finite verb that ends at a token, its auxiliary where it has one; `None` where it is not told.
fn agreement(scene: &Scene<'_>, from: usize, verb: usize) -> Option<Agreement> {
    let have = scene.all(verb.saturating_sub(3).max(from)..verb, Sense::Have).next_back().map(|mark| mark.at.start);
    let word = scene.token(have.unwrap_or(verb)).filter(|token| token.kind == Kind::Word)?.norm.as_str();
    if scene.lang.is_slavic() {
        return slavic_past(word);
    }
    let ending = if scene.lang == Lang::Es { "n" } else { "no" };
    let several = || if word.ends_with(ending) { Agreement::Several } else { Agreement::One };
    (!super::endings::is_gerund(scene.lang, word)).then(several)
}

/// What shows in a Russian or Ukrainian verb of the past: "заявили", "заявила", "заявило", "заявил", "заявив", "нанес".
fn slavic_past(word: &str) -> Option<Agreement> {
    let word = word.strip_suffix("ся").or_else(|| word.strip_suffix("сь")).unwrap_or(word);
    let endings = [
        (Agreement::Several, &["ли"][..]),
        (Agreement::Feminine, &["ла"]),
        (Agreement::Neuter, &["ло"]),
        (Agreement::One, &["л", "в", "нес", "вез", "ніс", "віз"]),
    ];
    endings.into_iter().find(|(_, ends)| ends.iter().any(|end| word.ends_with(end))).map(|(agreement, _)| agreement)
}
