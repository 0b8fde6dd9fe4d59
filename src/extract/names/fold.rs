//! Letters as names are compared: case, accents and marks folded away, each word one number.
//!
//! Looser than [`crate::model::text::key`]: all accents go, so that "Etats-Unis", "Erythrée" in wires that leave them
//! off capitals, and decomposed text, meet the names as written. Hostile characters break a word, so a forged name
//! never equals a true one.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters below this are looked up; those above are rare in the languages read here and worked out.
const TABLE: usize = 0x700;
/// No part of a word.
const BREAK: u32 = 0;
/// A mark on the letter before it.
const MARK: u32 = 1;

/// For each of the first letters its folded one, and in the upper half a second one (ß is two).
static FOLDED: LazyLock<Vec<u32>> = LazyLock::new(|| {
    (0..TABLE).map(|c| u32::try_from(c).ok().and_then(char::from_u32).map_or(BREAK, work_out)).collect()
});

fn work_out(c: char) -> u32 {
    match c {
        'ß' => return pair('s', 's'),
        'æ' | 'Æ' => return pair('a', 'e'),
        'œ' | 'Œ' => return pair('o', 'e'),
        'أ' | 'إ' | 'آ' | 'ٱ' => return u32::from('ا'),
        'ى' => return u32::from('ي'),
        'ı' => return u32::from('i'),
        'ø' | 'Ø' => return u32::from('o'),
        'ł' | 'Ł' => return u32::from('l'),
        'đ' | 'Đ' => return u32::from('d'),
        'ـ' => return MARK,
        'ʼ' | 'ʻ' | 'ʹ' => return BREAK,
        _ => {}
    }
    if is_combining_mark(c) {
        return MARK;
    }
    if !c.is_alphanumeric() {
        return BREAK;
    }
    let base = std::iter::once(c).nfkd().next().unwrap_or(c);
    let lower = base.to_lowercase().next().unwrap_or(base);
    if lower.is_alphanumeric() { u32::from(lower) } else { BREAK }
}

fn pair(first: char, second: char) -> u32 {
    u32::from(first) | u32::from(second) << 16
}

/// What a character is to a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letter {
    /// Not part of one.
    Break,
    /// A mark that does not count.
    Mark,
    /// A letter or digit, folded; two where it is written as two elsewhere.
    Counts(u32),
}

/// The table of letters, taken once per text.
#[derive(Clone, Copy)]
pub(super) struct Letters(&'static [u32]);

impl Letters {
    pub(super) fn get() -> Self {
        Self(&FOLDED)
    }

    pub(super) fn of(self, c: char) -> Letter {
        let folded = self.0.get(c as usize).copied().unwrap_or_else(|| work_out(c));
        match folded {
            BREAK => Letter::Break,
            MARK => Letter::Mark,
            folded => Letter::Counts(folded),
        }
    }
}

/// The number of a word, letter by letter; a prefix's number goes on into those of the words it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WordHash(u64);

/// The multiplier of `FxHash` (Firefox): spreads small differences over the upper bits.
const SPREAD: u64 = 0x517c_c1b7_2722_0a95;

impl WordHash {
    pub(super) const EMPTY: Self = Self(0x9e37_79b9_7f4a_7c15);

    /// With one folded letter more, or both of a pair.
    #[must_use]
    pub(super) const fn with(self, folded: u32) -> Self {
        // A letter above the basic plane also has upper bits; it is no pair, but its parts tell it apart as well.
        let once = Self((self.0.rotate_left(5) ^ (folded & 0xffff) as u64).wrapping_mul(SPREAD));
        if folded >> 16 == 0 {
            once
        } else {
            Self((once.0.rotate_left(5) ^ (folded >> 16) as u64).wrapping_mul(SPREAD))
        }
    }

    /// With all letters of a text.
    #[must_use]
    pub(super) fn with_text(self, letters: Letters, text: &str) -> Self {
        text.chars().fold(self, |hash, c| match letters.of(c) {
            Letter::Counts(folded) => hash.with(folded),
            Letter::Break | Letter::Mark => hash,
        })
    }

    /// With a whole word.
    #[must_use]
    pub(super) const fn with_word(self, word: Self) -> Self {
        Self((self.0.rotate_left(5) ^ word.number()).wrapping_mul(SPREAD))
    }

    /// The number to keep and look up.
    pub(super) const fn number(self) -> u64 {
        (self.0 ^ (self.0 >> 29)).wrapping_mul(SPREAD)
    }
}

/// A map whose keys are numbers that are spread already.
pub(super) type ByNumber<K, V> = HashMap<K, V, BuildHasherDefault<Spread>>;

/// Mixes the few words a key is made of.
#[derive(Default)]
pub(super) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u8(&mut self, n: u8) {
        self.write_u64(u64::from(n));
    }

    fn write_u32(&mut self, n: u32) {
        self.write_u64(u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(SPREAD);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(word: &str) -> u64 {
        WordHash::EMPTY.with_text(Letters::get(), word).number()
    }

    #[test]
    fn spellings_of_one_word_are_one_number() {
        for (a, b) in [
            ("États", "Etats"),
            ("États", "E\u{301}tats"),
            ("Вооружённые", "вооруженные"),
            ("КИТАЙ", "Кита\u{438}\u{306}"),
            ("İstanbul", "ıstanbul"),
            ("Preußen", "PREUSSEN"),
            ("الإمارات", "الامارات"),
        ] {
            assert_eq!(number(a), number(b), "{a} {b}");
        }
        assert_ne!(number("Armenia"), number("Аrmenia"));
        assert_eq!(Letters::get().of('\u{200b}'), Letter::Break);
    }
}
