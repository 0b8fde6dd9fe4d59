//! Case endings and postpositions of Turkish: what stands behind a noun says what the noun is to its verb. Forms are
//! folded, so that `ı` reads `i`.

use super::actors::{Mention, Part};
use super::names::NameForm;
use super::scene::{Run, Scene};
use super::sense::{Prep, Sense};

/// How a Turkish verb form stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    /// It ends a sentence: "vurdu", "vurmuş", "vuruyor".
    Finite,
    /// It is a noun that a word of saying governs, its subject a genitive: "vurduğunu", "vurması".
    Noun,
    /// Of an accusation: "vurmakla", "vurmak".
    Infinitive,
    /// It stands before the noun that does it: "vuran".
    Participle,
    /// It goes with the verb after it: "vurarak", "vurup".
    Converb,
}

/// How a verb form, folded, stands in its sentence.
pub(crate) fn verb_form(word: &str) -> Verb {
    let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    if has(&[
        "diğ", "duğ", "düğ", "tiğ", "tuğ", "tüğ", "diklari", "dikleri", "tiklari", "tikleri", "duklari", "dükleri",
    ]) || has(&["acağ", "eceğ", "acaklari", "ecekleri", "masi", "mesi"])
    {
        Verb::Noun
    } else if ends(&["makla", "mekle", "mak", "mek", "maktan", "mekten", "maya", "meye", "mayi", "meyi"]) {
        Verb::Infinitive
    } else if ends(&["arak", "erek", "ip", "up", "üp", "ince", "unca", "ünce", "ken"]) {
        Verb::Converb
    } else if ends(&["an", "en", "anlar", "enler"]) {
        Verb::Participle
    } else {
        Verb::Finite
    }
}

/// Whether a verb form, folded, is negated within: "vurmadı", "vurmadığını", "açılmayan".
pub(crate) fn is_negated(word: &str) -> bool {
    let marks = [
        "madi", "medi", "mamiş", "memiş", "mayan", "meyen", "mayacak", "meyecek", "mayip", "meyip", "miyor", "muyor",
        "müyor", "mamakta", "memekte", "mamasi", "memesi", "mamakla", "memekle", "maksizin", "meksizin", "madan",
        "meden",
    ];
    marks.iter().any(|mark| word.contains(mark)) || word.ends_with("maz") || word.ends_with("mez")
}

/// Whether a verb form, folded, tells what is only to come or supposed: "vuracağını", "vurursa".
pub(crate) fn is_unreal(word: &str) -> bool {
    ["acağ", "eceğ", "acak", "ecek"].iter().any(|mark| word.contains(mark))
        || ["rsa", "rse", "saydi", "seydi"].iter().any(|ending| word.ends_with(ending))
}

/// Where the endings set off by an apostrophe end that follow a proper name: "Kapan'da".
pub(crate) fn after_ending(scene: &Scene<'_>, end: usize) -> usize {
    let tight = |at: usize| scene.token(at).is_some_and(|token| !token.spaced);
    let set_off = scene.token(end).is_some_and(|token| token.is("'")) && tight(end) && tight(end + 1);
    if set_off { end + 2 } else { end }
}

/// Whether the noun at a token can be the head of a compound with the name before it: "Taliban saldırısı", but not
/// "Taliban saldırıyı", where the ending after a vowel is that of a case.
pub(crate) fn is_compound(scene: &Scene<'_>, at: usize) -> bool {
    let word = scene.token(at).map_or("", |token| token.norm.as_str());
    !["yi", "yu", "yü", "ya", "ye"].iter().any(|ending| word.ends_with(ending))
}

/// Whether the noun at a token has the ending of a thing owned, a case after it: "güneyinde", but not "sınırda".
pub(crate) fn is_owned(scene: &Scene<'_>, at: usize) -> bool {
    let word = scene.token(at).map_or("", |token| token.norm.as_str());
    let cases = ["na", "ne", "ni", "nu", "nü", "nda", "nde", "ndaki", "ndeki", "ndan", "nden", "nin", "nun", "nün"];
    cases.iter().any(|case| word.ends_with(case))
}

/// Whether the name before a token is that of a backer only: "Rusya yanlısı", "İran destekli".
pub(crate) fn is_backer(scene: &Scene<'_>, at: usize) -> bool {
    let word = scene.token(at).map_or("", |token| token.norm.as_str());
    ["yanlisi", "yanlilari", "destekli", "güdümlü", "karşiti"].contains(&word)
}

/// Of a name in the dative, the word after it that makes what follows its bearer's: "Ermenistan ordusuna bağlı birlikler",
/// "Azerbaycan'a ait mevziler".
fn possessed(scene: &Scene<'_>, end: usize) -> Option<usize> {
    let after = after_ending(scene, end);
    scene.token(after).filter(|token| matches!(token.norm.as_str(), "ait" | "bağli" | "mensup")).map(|_| after)
}

/// What a name is to the noun that the words after it say is its bearer's.
pub(crate) fn possessed_part(scene: &Scene<'_>, end: usize) -> Option<Run> {
    possessed(scene, end).map(|word| end..word + 1)
}

/// Whether a genitive is of the object that follows it, not of the verb: "Ermenistan ordusunun araçlarını imha ettiği".
pub(crate) fn owns_object(scene: &Scene<'_>, mention: &Mention) -> bool {
    let after = after_ending(scene, mention.at.end);
    let object = |at: usize| {
        let word = scene.token(at).map_or("", |token| token.norm.as_str());
        heads(scene, at) && matches!(within(word), Some(Prep::Object | Prep::At))
    };
    mention.prep == Some(Prep::Of) && (after..after + 3).any(object)
}

/// What the ending set off by an apostrophe says, or the postposition after it.
pub(crate) fn of_name(scene: &Scene<'_>, end: usize) -> Option<Prep> {
    let after = after_ending(scene, end);
    let ending = (after > end).then(|| scene.token(end + 1)).flatten();
    postposition(scene, after).or_else(|| set_off(&ending?.norm))
}

/// The part of a mention by its case, that of the noun it modifies where it is an adjective.
pub(crate) fn of_mention(scene: &Scene<'_>, mention: &Mention) -> Option<Prep> {
    let end = mention.at.end;
    if let Some(word) = possessed(scene, end) {
        // The noun is no compound with the name, so that its endings are those of a plural.
        let head = (word + 1..word + 6).find(|&at| heads(scene, at))?;
        let end = phrase_end(scene, head);
        let noun = &scene.token(end - 1)?.norm;
        return postposition(scene, end).or_else(|| plural(noun)).or_else(|| within(noun));
    }
    let named = of_name(scene, end);
    if named.is_some() || after_ending(scene, end) > end {
        return named;
    }
    let head = end.checked_sub(1)?;
    // "Ermenistan tarafından" also reads as a name of the side, with the postposition within it.
    if postposition(scene, head) == Some(Prep::By) {
        return Some(Prep::By);
    }
    let last = scene.token(head)?;
    match mention.form {
        Some(NameForm::Adjective | NameForm::Attached | NameForm::Name | NameForm::Alias | NameForm::People)
            if mention.part != Part::Itself || mention.form == Some(NameForm::Adjective) =>
        {
            let head = phrase_end(scene, (end..end + 4).find(|&at| heads(scene, at))?);
            postposition(scene, head).or_else(|| within(&scene.token(head - 1)?.norm))
        }
        Some(NameForm::People) => plural(&last.norm),
        // A name that is a compound bends like one: "Hızlı Destek Kuvvetlerini".
        Some(NameForm::Alias) if mention.at.len() > 1 => within(&last.norm),
        Some(NameForm::Name | NameForm::Capital | NameForm::Alias | NameForm::Adjective | NameForm::Attached) => None,
        _ => within(&last.norm),
    }
}

/// Whether a noun stands at a token that a name before it can modify.
fn heads(scene: &Scene<'_>, at: usize) -> bool {
    scene.has_any(
        at..at + 1,
        &[
            Sense::Force,
            Sense::Weapon,
            Sense::Authority,
            Sense::Position,
            Sense::Civilian,
            Sense::Person,
            Sense::ActNoun,
            Sense::Land,
        ],
    )
}

/// Where the phrase that a noun begins ends: "silahlı grupların".
fn phrase_end(scene: &Scene<'_>, at: usize) -> usize {
    scene.all(at..at + 1, Sense::Force).map(|mark| mark.at.end).max().unwrap_or(at + 1)
}

fn postposition(scene: &Scene<'_>, at: usize) -> Option<Prep> {
    scene.all(at..at + 1, Sense::Preposition).next().and_then(|mark| mark.entry.prep)
}

/// An ending after an apostrophe.
fn set_off(ending: &str) -> Option<Prep> {
    Some(match ending {
        "de" | "da" | "te" | "ta" | "nde" | "nda" | "deki" | "daki" | "teki" | "taki" | "ndeki" | "ndaki" => Prep::In,
        "den" | "dan" | "ten" | "tan" | "nden" | "ndan" => Prep::From,
        "e" | "a" | "ye" | "ya" | "ne" | "na" => Prep::At,
        "i" | "u" | "ü" | "yi" | "yu" | "yü" | "ni" | "nu" | "nü" => Prep::Object,
        "in" | "un" | "ün" | "nin" | "nun" | "nün" => Prep::Of,
        "le" | "la" | "yle" | "yla" => Prep::With,
        "ce" | "ca" | "nce" | "nca" => Prep::By,
        _ => return None,
    })
}

/// The ending of a noun with the possessive of its compound ("ordusunun"), or of a plural.
fn within(word: &str) -> Option<Prep> {
    const ENDINGS: &[(&[&str], Prep)] = &[
        (&["nca", "nce"], Prep::By),
        (&["nda", "nde", "ndaki", "ndeki"], Prep::In),
        (&["ndan", "nden"], Prep::From),
        (&["nin", "nun", "nün"], Prep::Of),
        (&["ini", "unu", "ünü"], Prep::Object),
        (&["ine", "ina", "una", "üne"], Prep::At),
        (&["yla", "yle"], Prep::With),
    ];
    let found = ENDINGS.iter().find(|(endings, _)| endings.iter().any(|ending| word.ends_with(ending)));
    found.map(|(_, prep)| *prep).or_else(|| plural(word).filter(|prep| *prep != Prep::Object))
}

/// The ending of a plural: "Rumların", "askerlerce".
fn plural(word: &str) -> Option<Prep> {
    const ENDINGS: &[(&[&str], Prep)] = &[
        (&["larca", "lerce"], Prep::By),
        (&["larda", "lerde", "lardaki", "lerdeki"], Prep::In),
        (&["lardan", "lerden"], Prep::From),
        (&["larin", "lerin"], Prep::Of),
        (&["lari", "leri"], Prep::Object),
        (&["lara", "lere"], Prep::At),
        (&["larla", "lerle"], Prep::With),
    ];
    let found = ENDINGS.iter().find(|(endings, _)| endings.iter().any(|ending| word.ends_with(ending)));
    found.map(|(_, prep)| *prep)
}

/// The last word of a run, folded.
pub(crate) fn last_word<'s>(scene: &'s Scene<'_>, run: &Run) -> &'s str {
    run.end.checked_sub(1).and_then(|at| scene.token(at)).map_or("", |token| token.norm.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verb_forms_tell_how_they_stand() {
        assert_eq!(verb_form("vurduğunu"), Verb::Noun);
        assert_eq!(verb_form("saldirmakla"), Verb::Infinitive);
        assert_eq!(verb_form("vurdu"), Verb::Finite);
        assert_eq!(verb_form("atan"), Verb::Participle);
        assert!(is_negated("açilmadiğini") && is_negated("vurmuyor") && !is_negated("vurmasi"));
        assert!(is_unreal("vuracağini") && is_unreal("sürerse") && !is_unreal("vurduğunu"));
    }

    #[test]
    fn endings_are_cases() {
        assert_eq!(within("birliklerini"), Some(Prep::Object));
        assert_eq!(within("ordusunun"), Some(Prep::Of));
        assert_eq!(within("güçleri"), None);
        assert_eq!(plural("rumlarin"), Some(Prep::Of));
        assert_eq!(set_off("nin"), Some(Prep::Of));
    }
}
