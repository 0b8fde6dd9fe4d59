//! Words, numbers and signs with the bytes they stand in.

use std::sync::LazyLock;

use crate::model::ByteSpan;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, with digits among them or without ("h", "8h05").
    Word,
    /// Digits only.
    Number,
    /// One other character that is not white space.
    Sign,
}

/// A word, a number or a sign.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// Its bytes in the dispatch's text.
    pub(crate) span: ByteSpan,
    /// The form that lexicons are matched on: lower case, ё as е, signs unified.
    pub(crate) norm: String,
    /// What it is made of.
    pub(crate) kind: Kind,
    /// Whether it begins with a capital letter.
    pub(crate) capital: bool,
    /// Whether white space stands before it.
    pub(crate) spaced: bool,
    /// Which quotation of its paragraph it stands in, from 1; 0 outside.
    pub(crate) quote: u32,
}

impl Token {
    /// Whether it is this sign or word.
    pub(crate) fn is(&self, norm: &str) -> bool {
        self.norm == norm
    }
}

/// One character as lexicons are matched on: unified signs, folded letters. Lower-casing comes before.
pub(crate) const fn folded(c: char) -> Option<char> {
    Some(match c {
        'ё' => 'е',
        'ı' => 'i',
        '’' | '‘' | 'ʼ' | '`' | '´' | '′' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        '“' | '”' | '„' | '«' | '»' | '‟' => '"',
        '…' | '٫' => '.',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ک' => 'ك',
        '،' | '٬' => ',',
        '؛' => ';',
        '٠' | '۰' => '0',
        '١' | '۱' => '1',
        '٢' | '۲' => '2',
        '٣' | '۳' => '3',
        '٤' | '۴' => '4',
        '٥' | '۵' => '5',
        '٦' | '۶' => '6',
        '٧' | '۷' => '7',
        '٨' | '۸' => '8',
        '٩' | '۹' => '9',
        // Marks that writers put or leave out: accents on Cyrillic, Arabic vowel signs, tatweel, soft hyphen.
        '\u{301}' | '\u{307}' | '\u{ad}' | 'ـ' | '\u{64b}'..='\u{652}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => {
            return None;
        }
        c => c,
    })
}

/// What a character is to words.
#[derive(Clone, Copy)]
struct Shape {
    /// Whether it is a letter or a digit.
    in_word: bool,
    /// In lower case and folded. (Of İ, the one letter that is two in lower case, the second is a mark that is left out.)
    folded: Option<char>,
}

impl Shape {
    fn of(c: char) -> Self {
        Self { in_word: c.is_alphanumeric(), folded: c.to_lowercase().find_map(folded) }
    }
}

/// The shapes of characters: those of nearly all letters that are read are looked up, for asking Unicode is slow.
struct Shapes(Vec<Shape>);

static SHAPES: LazyLock<Shapes> = LazyLock::new(|| Shapes(('\0'..'\u{700}').map(Shape::of).collect()));

impl Shapes {
    fn of(&self, c: char) -> Shape {
        self.0.get(c as usize).copied().unwrap_or_else(|| Shape::of(c))
    }

    fn fold(&self, text: &str) -> String {
        let mut folded = String::with_capacity(text.len());
        folded.extend(text.chars().filter_map(|c| self.of(c).folded));
        folded
    }
}

/// The form of a text that lexicons are matched on.
pub(crate) fn fold(text: &str) -> String {
    SHAPES.fold(text)
}

/// Cuts a run of text into tokens. `from` is its first byte in the dispatch's text. Elisions, clitics and hyphenated
/// words are split, in lexicon entries too, so that `l'armée`, `a-t-il` and `U.S.-brokered` show their parts.
pub(crate) fn tokenise(text: &str, from: usize) -> Vec<Token> {
    let shapes = &*SHAPES;
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut chars = text.char_indices().peekable();
    let mut spaced = true;
    while let Some((lo, first)) = chars.next() {
        if first.is_whitespace() {
            spaced = true;
            continue;
        }
        let mut hi = lo + first.len_utf8();
        let mut digits = is_digit(first);
        let word = shapes.of(first).in_word;
        while let Some(&(at, c)) = chars.peek().filter(|(_, c)| word && (shapes.of(*c).in_word || is_mark(*c))) {
            digits &= is_digit(c);
            hi = at + c.len_utf8();
            chars.next();
        }
        let raw = text.get(lo..hi).unwrap_or_default();
        let norm = shapes.fold(raw);
        if norm.is_empty() {
            continue;
        }
        let kind = match (word, digits) {
            (true, true) => Kind::Number,
            (true, false) => Kind::Word,
            (false, _) => Kind::Sign,
        };
        let span = ByteSpan { lo: from + lo, hi: from + hi };
        tokens.push(Token { span, norm, kind, capital: first.is_uppercase(), spaced, quote: 0 });
        spaced = false;
    }
    tokens
}

/// A digit, as Europe, Arabia or Persia writes it.
const fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '٠'..='٩' | '۰'..='۹')
}

/// A combining mark or an invisible character inside a word.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{640}' | '\u{64b}'..='\u{652}' | '\u{200b}'..='\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn norms(text: &str) -> Vec<String> {
        tokenise(text, 0).into_iter().map(|token| token.norm).collect()
    }

    #[test]
    fn elisions_and_clitics_are_split() {
        assert_eq!(norms("L’armée, a-t-il dit"), ["l", "'", "armée", ",", "a", "-", "t", "-", "il", "dit"]);
        assert_eq!(norms("Артиллерийский обстрёл"), ["артиллерийский", "обстрел"]);
        assert_eq!(norms("at 12:05 p.m."), ["at", "12", ":", "05", "p", ".", "m", "."]);
    }

    #[test]
    fn letters_are_folded_in_lower_case() {
        assert_eq!(fold("İSTANBUL, Ереван Ёлки ÉTAT ﬁ 𝐀"), "istanbul, ереван елки état ﬁ 𝐀");
        for c in '\0'..=char::MAX {
            let all: String = c.to_lowercase().filter_map(folded).collect();
            assert_eq!(Shape::of(c).folded.map(String::from).unwrap_or_default(), all, "{c:?}");
        }
    }

    #[test]
    fn spans_are_of_the_whole_text() {
        let tokens = tokenise("à Bakou", 10);
        assert_eq!(tokens[1].span, ByteSpan { lo: 13, hi: 18 });
        assert!(tokens[1].capital && tokens[1].spaced);
    }
}
