//! Turkish words in all their forms: what may follow the stem of a verb ("ateş aç-") or of a noun ("köy~"). Forms are
//! folded, so that `ı` reads `i`.

use std::sync::LazyLock;

use regex::Regex;

use super::Map;

/// What a stem is, and so what may follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Follows {
    /// The endings of a verb, passive and causative apart, which are verbs of their own.
    Verb,
    /// Those that make a noun of it: "bombalaması", "bombalamaya".
    VerbNoun,
    /// Those that begin with a vowel, after a consonant that softens before one: "ediyor" of "et-".
    VerbVowel,
    /// The present only, which swallows the vowel before it: "bombalıyor" of "bombala-".
    VerbPresent,
    /// The endings of a noun: plural, possessive, case.
    Noun,
    /// Those that begin with a vowel: "çocuğu" of "çocuk~".
    NounVowel,
}

/// The stems of a lexicon with the words they belong to.
#[derive(Debug, Default)]
pub(super) struct Inflected {
    stems: Map<String, Vec<(Follows, u32)>>,
    /// Words by the form that told them, mark included.
    words: Map<String, u32>,
    /// Lengths of stems in bytes.
    lengths: Vec<usize>,
}

impl Inflected {
    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The number of the word that a form with its mark tells, which is `fresh` where it is a new one; `None` where the
    /// form has no such mark. Of a verb of saying the nouns in -ma are left out: "açıklama" says nothing, it is a statement.
    pub(super) fn add(&mut self, form: &str, saying: bool, fresh: u32) -> Option<u32> {
        let stems = match (form.strip_suffix('-'), form.strip_suffix('~')) {
            (Some(stem), _) => verb_stems(stem, saying),
            (_, Some(stem)) => noun_stems(stem),
            _ => return None,
        };
        if form.chars().count() < 3 {
            return None;
        }
        let form = if saying { format!("{form}-") } else { form.to_owned() };
        let form = form.as_str();
        if let Some(id) = self.words.get(form) {
            return Some(*id);
        }
        self.words.insert(form.to_owned(), fresh);
        for (stem, follows) in stems {
            if !self.lengths.contains(&stem.len()) {
                self.lengths.push(stem.len());
            }
            self.stems.entry(stem).or_default().push((follows, fresh));
        }
        Some(fresh)
    }

    /// The words of which this is a form.
    pub(super) fn ids<'s>(&'s self, norm: &'s str) -> impl Iterator<Item = u32> + 's {
        let stems = self.lengths.iter().filter_map(|&len| Some((self.stems.get(norm.get(..len)?)?, norm.get(len..)?)));
        stems.flat_map(|(found, rest)| found.iter().filter(|(follows, _)| follows.admits(rest)).map(|(_, id)| *id))
    }
}

/// A verb's stem as it meets its endings.
fn verb_stems(stem: &str, saying: bool) -> Vec<(String, Follows)> {
    let mut stems = vec![(stem.to_owned(), Follows::Verb)];
    stems.extend((!saying).then(|| (stem.to_owned(), Follows::VerbNoun)));
    stems.extend(stem.strip_suffix("et").map(|start| (format!("{start}ed"), Follows::VerbVowel)));
    stems.extend(stem.strip_suffix(['a', 'e']).map(|start| (start.to_owned(), Follows::VerbPresent)));
    stems
}

/// A noun's stem as it meets its endings.
fn noun_stems(stem: &str) -> Vec<(String, Follows)> {
    let mut stems = vec![(stem.to_owned(), Follows::Noun)];
    for (hard, soft) in [('k', 'ğ'), ('ç', 'c'), ('p', 'b')] {
        stems.extend(stem.strip_suffix(hard).map(|start| (format!("{start}{soft}"), Follows::NounVowel)));
    }
    stems
}

/// What follows the stem of a verb: past, reported past, negation, infinitive, conditional, present, aorist, participles,
/// converbs, future. What follows these is left open.
static VERB: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        "^(?:[dt][iuü](?:$|[^r])|m[iuü]ş|m[ae](?:[dzmk]|y[ae][nrc]|y[iuü][pn])|m[iuü]yor|s[ae]|[iuü]?yor\
         |[aeiuü]?r(?:ken|l[ae]r)|y?[ae]n(?:$|l[ae]r|[iuü]|[ae]$|d[ae])|y?[ae]r[ae]k|y?[iuü]p(?:$|t[iuü])\
         |y?[iuü]nc[ae]|y?[ae]c[ae][kğ]|y?[ae]l[iu]$)",
    )
    .ok()
});

/// What makes a noun of a verb: "-ma" with what stands after it.
static VERB_NOUN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new("^m[ae](?:si|y[ae]$|yi$|n?in|l[ae]ri|n?d[ae]n?$)").ok());

/// What follows the stem of a noun: plural, possessive, case, "-ki", copula.
static NOUN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        "^(?:l[ae]r)?(?:s?[iuü]|[iuü]?m[iuü]z)?(?:n?[dt][ae]n?|[ny]?[iuü]n?|[ny]?[ae]|n?[cç][ae]|y?l[ae])?\
         (?:ki(?:l[ae]r)?(?:n?[iuü]n?|n?[dt][ae]n?|n?[ae])?)?(?:[dt][iuü]r)?$",
    )
    .ok()
});

impl Follows {
    /// Whether the rest of a word is one that may follow.
    fn admits(self, rest: &str) -> bool {
        let vowel = || rest.starts_with(['a', 'e', 'i', 'o', 'u', 'ö', 'ü']);
        let is = |pattern: &Option<Regex>| pattern.as_ref().is_some_and(|pattern| pattern.is_match(rest));
        match self {
            Self::Verb => is(&VERB),
            Self::VerbNoun => is(&VERB_NOUN),
            Self::VerbVowel => vowel() && is(&VERB),
            Self::VerbPresent => rest.strip_prefix(['i', 'u', 'ü']).is_some_and(|rest| rest.starts_with("yor")),
            Self::Noun => is(&NOUN),
            Self::NounVowel => vowel() && is(&NOUN),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(forms: &[&str]) -> Inflected {
        let mut words = Inflected::default();
        for (at, form) in (0..).zip(forms) {
            words.add(form, false, at).unwrap();
        }
        words
    }

    #[test]
    fn a_verb_is_known_in_its_forms_and_no_other_verb_is() {
        let verbs = words(&["vur-", "bombala-", "et-", "bas-"]);
        for (form, verb) in [
            ("vurdu", 0),
            ("vurduğunu", 0),
            ("vurmuştu", 0),
            ("vurmasi", 0),
            ("vurulan", 9),
            ("vuran", 0),
            ("vurarak", 0),
            ("vurma", 9),
            ("bombaliyor", 1),
            ("bombalayan", 1),
            ("bombalanan", 9),
            ("bombalandi", 9),
            ("ediyor", 2),
            ("etti", 2),
            ("ederek", 2),
            ("bastirdi", 9),
            ("basti", 3),
            ("basin", 9),
        ] {
            let found: Vec<u32> = verbs.ids(form).collect();
            let wanted: &[u32] = if verb == 9 { &[] } else { &[verb] };
            assert_eq!(found, wanted, "{form}");
        }
    }

    #[test]
    fn a_noun_is_known_in_its_cases_and_no_longer_noun_is() {
        let nouns = words(&["köy~", "çocuk~", "saldiri~"]);
        for (form, noun) in [
            ("köy", 0),
            ("köyler", 0),
            ("köyünde", 0),
            ("köyündeki", 0),
            ("köylü", 9),
            ("çocuğu", 1),
            ("çocuklarin", 1),
            ("saldirisinin", 2),
            ("saldirilarini", 2),
            ("saldirgan", 9),
        ] {
            let found: Vec<u32> = nouns.ids(form).collect();
            let wanted: &[u32] = if noun == 9 { &[] } else { &[noun] };
            assert_eq!(found, wanted, "{form}");
        }
    }
}
