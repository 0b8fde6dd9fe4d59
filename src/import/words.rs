//! Words, numbers and signs of a header, each with its place.

use crate::model::text::key;

/// What a [`Word`] is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, with the marks on them.
    Letters,
    /// Decimal digits of any script.
    Digits,
    /// One character of another kind.
    Sign,
}

/// A run of letters, a run of digits, or one sign. Blanks are none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'a> {
    /// As written.
    pub(super) text: &'a str,
    /// First byte and first byte after.
    pub(super) span: (usize, usize),
    /// What it is made of.
    pub(super) kind: Kind,
}

impl Word<'_> {
    /// Its value and how many digits it has; `None` for a word, a sign, and more digits than a date can have.
    pub(super) fn number(&self) -> Option<(u32, usize)> {
        if self.kind != Kind::Digits {
            return None;
        }
        let digits = self.text.chars().count();
        let value = |value: u32, c: char| value.checked_mul(10)?.checked_add(digit(c)?);
        self.text.chars().try_fold(0, value).filter(|_| digits <= 8).map(|value| (value, digits))
    }

    /// Its comparison key.
    pub(super) fn key(&self) -> String {
        key(self.text)
    }
}

/// The value of a digit: European, Arabic-Indic (Arabic), extended Arabic-Indic (Persian, Urdu).
fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(u32::from(c) - u32::from('0')),
        '\u{660}'..='\u{669}' => Some(u32::from(c) - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(u32::from(c) - 0x6f0),
        _ => None,
    }
}

fn kind(c: char) -> Kind {
    if digit(c).is_some() {
        Kind::Digits
    } else if c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c) {
        Kind::Letters
    } else {
        Kind::Sign
    }
}

/// The words of a text, in order.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let first = rest.chars().next()?;
        let kind = kind(first);
        let long = match kind {
            Kind::Sign => first.len_utf8(),
            run => rest.find(|c| self::kind(c) != run).unwrap_or(rest.len()),
        };
        let (word, after) = rest.split_at(long);
        let from = text.len() - rest.len();
        rest = after;
        Some(Word { text: word, span: (from, from + long), kind })
    })
}

/// The place after all words that are one of these.
pub(super) fn skip(words: &[Word<'_>], mut at: usize, these: &[&str]) -> usize {
    while words.get(at).is_some_and(|word| these.contains(&word.text)) {
        at += 1;
    }
    at
}

/// The place after one word that is one of these, or the same place.
pub(super) fn skip_one(words: &[Word<'_>], at: usize, these: &[&str]) -> usize {
    at + usize::from(words.get(at).is_some_and(|word| these.contains(&word.text)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn letters_digits_and_signs_part() {
        let texts: Vec<_> = words("Oct. 27 2020, 20:15").map(|word| word.text).collect();
        assert_eq!(texts, ["Oct", ".", "27", "2020", ",", "20", ":", "15"]);
        assert_eq!(words("٢٠٢٤").next().and_then(|word| word.number()), Some((2024, 4)));
        assert_eq!(words("نُشر").count(), 1);
    }

    proptest! {
        #[test]
        fn each_word_stands_where_it_says(text in any::<String>()) {
            for word in words(&text) {
                prop_assert_eq!(text.get(word.span.0..word.span.1), Some(word.text));
            }
        }
    }
}
