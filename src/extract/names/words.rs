//! The words of a text that some name is made of, and what stands between them.

use super::fold::{ByNumber, Letter, Letters, WordHash};

/// What may stand between two words of one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Gap {
    /// White space within a paragraph, or a hyphen: writers differ ("Addis-Abeba").
    Loose,
    /// A hyphen or short dash, nothing else.
    Hyphen,
    /// An apostrophe: "l'Arménie", "Ta'ang".
    Apostrophe,
    /// A full stop, also with a blank after it: "U.S.", "EE. UU.".
    Dot,
    /// An apostrophe and a blank: "the Emirates' army".
    Possessive,
    /// A stroke: "SPLM/A".
    Stroke,
    /// Anything else.
    Break,
}

impl Gap {
    /// What the text between two words is.
    pub(super) fn of(between: &str) -> Self {
        let mut chars = between.chars();
        let (first, second) = (chars.next(), chars.next());
        match (first, second) {
            (Some(' '), None) => Self::Loose,
            (Some(c), None) if is_hyphen(c) => Self::Hyphen,
            (Some(c), None) if is_apostrophe(c) => Self::Apostrophe,
            (Some(c), Some(' ' | '\u{a0}')) if is_apostrophe(c) && chars.next().is_none() => Self::Possessive,
            (Some('.'), None) => Self::Dot,
            (Some('.'), Some(c)) if c.is_whitespace() && chars.next().is_none() => Self::Dot,
            (Some('/'), None) => Self::Stroke,
            (Some(_), _) if is_blank(between) => Self::Loose,
            _ => Self::Break,
        }
    }

    /// The gap as names are stored with: a hyphen and a blank are one.
    pub(super) const fn stored(self) -> Self {
        match self {
            Self::Hyphen => Self::Loose,
            gap => gap,
        }
    }
}

/// White space with at most one line feed in it: more ends the paragraph.
fn is_blank(between: &str) -> bool {
    between.chars().all(char::is_whitespace) && between.matches('\n').count() < 2
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' | '′')
}

pub(super) const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–')
}

/// How a word is written, as far as a name can ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Case {
    /// Begins with a small letter. As a demand: any.
    Small,
    /// Begins with a capital, or with a letter that knows no case.
    Capital,
    /// Begins with two capitals, or is a single one.
    Capitals,
}

impl Case {
    /// How a word is written.
    pub(super) fn of(word: &str) -> Self {
        let mut letters = word.chars();
        match (letters.next().is_some_and(|c| !c.is_lowercase()), letters.next()) {
            (false, _) => Self::Small,
            (true, Some(second)) if second.is_lowercase() => Self::Capital,
            (true, _) => Self::Capitals,
        }
    }

    /// What a name written like this asks of a text. Short acronyms must stand in capitals (US, not us); longer ones
    /// are written like words too (Nato, Finul); scripts without case ask nothing.
    pub(super) fn wanted(word: &str) -> Self {
        let mut letters = word.chars();
        match (letters.next().is_some_and(char::is_uppercase), letters.next()) {
            (true, Some(second)) if second.is_lowercase() => Self::Capital,
            (true, Some(_)) if is_acronym(word) && word.chars().count() <= 3 => Self::Capitals,
            (true, _) => Self::Capital,
            (false, Some(_)) if is_acronym(word) => Self::Capitals,
            (false, _) => Self::Small,
        }
    }
}

/// Whether a word is written in two capitals or more and no small letters.
pub(super) fn is_acronym(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| !c.is_ascii_digit());
    letters.clone().nth(1).is_some() && letters.all(char::is_uppercase)
}

/// A word of a text that is also a word of some name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// First byte.
    pub(super) lo: usize,
    /// First byte after.
    pub(super) hi: usize,
    /// The how-manieth word of the text it is.
    pub(super) nth: usize,
    /// Where the word before it ends (any word, known or not); 0 for the first.
    pub(super) after: usize,
    /// What the dictionary says of it.
    pub(super) entry: u32,
    /// How it is written.
    pub(super) case: Case,
}

/// All words of a text that the dictionary knows.
pub(super) fn known_words(text: &str, dictionary: &ByNumber<u64, u32>) -> Vec<Word> {
    let mut known = Vec::new();
    let (mut nth, mut after) = (0, 0);
    each_word(text, |lo, hi, hash| {
        if let Some(&entry) = dictionary.get(&hash.number()) {
            let case = Case::of(text.get(lo..hi).unwrap_or_default());
            known.push(Word { lo, hi, nth, after, entry, case });
        }
        nth += 1;
        after = hi;
    });
    known
}

/// Calls with the span and number of every word of a text.
pub(super) fn each_word(text: &str, mut each: impl FnMut(usize, usize, WordHash)) {
    let letters = Letters::get();
    let mut open: Option<(usize, WordHash)> = None;
    for (at, c) in text.char_indices() {
        match letters.of(c) {
            Letter::Counts(folded) => {
                let (lo, hash) = open.unwrap_or((at, WordHash::EMPTY));
                open = Some((lo, hash.with(folded)));
            }
            Letter::Mark => {}
            Letter::Break => {
                if let Some((lo, hash)) = open.take() {
                    each(lo, at, hash);
                }
            }
        }
    }
    if let Some((lo, hash)) = open {
        each(lo, text.len(), hash);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_letters_end() {
        let mut words = Vec::new();
        let text = "L’Azerbaïdjan: «ДНР», U.S.-led, Об'єднаних";
        each_word(text, |lo, hi, _| words.push(&text[lo..hi]));
        assert_eq!(words, ["L", "Azerbaïdjan", "ДНР", "U", "S", "led", "Об", "єднаних"]);
    }

    #[test]
    fn gaps_are_told_apart() {
        for (between, gap) in [
            (" ", Gap::Loose),
            ("\u{a0}", Gap::Loose),
            (" \n", Gap::Loose),
            ("\n\n", Gap::Break),
            ("-", Gap::Hyphen),
            ("’", Gap::Apostrophe),
            (".", Gap::Dot),
            (". ", Gap::Dot),
            (", ", Gap::Break),
            ("", Gap::Break),
        ] {
            assert_eq!(Gap::of(between), gap, "{between:?}");
        }
    }

    #[test]
    fn short_acronyms_ask_for_capitals() {
        assert_eq!(Case::wanted("US"), Case::Capitals);
        assert_eq!(Case::wanted("NATO"), Case::Capital);
        assert_eq!(Case::wanted("Armenia"), Case::Capital);
        assert_eq!(Case::wanted("rebels"), Case::Small);
        assert!(Case::of("МИДом") >= Case::Capitals);
        assert!(Case::of("us") < Case::Capital);
        assert!(Case::of("الجيش") >= Case::Capital);
    }
}
