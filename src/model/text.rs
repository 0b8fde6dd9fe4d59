//! Text from outside: showing it without letting it act, and keys to compare names by.

use std::borrow::Cow;
use std::fmt;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Version of [`key`]. A ledger whose stored keys have another version is rebuilt.
pub const NORMALISER: u32 = 1;

/// Whether a character could steer a terminal, hide, or reorder what stands around it: C0 and C1 controls, bidi
/// overrides and isolates, zero-width characters, tags, interlinear and other invisible format characters.
/// Sources: Unicode UAX #9 (bidi controls), UTS #39 §5 (default-ignorable characters in identifiers).
pub const fn is_hostile(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// The text with every hostile character written as `\u{…}` (line feeds and tabs as `\n`, `\t`); the rest as it is.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a>(&'a str, bool);

/// Shows text on one line: nothing in it can act on a terminal.
pub const fn shown(text: &str) -> Shown<'_> {
    Shown(text, false)
}

/// Shows text that may run over several lines: as [`shown`], but line feeds stay.
pub const fn shown_lines(text: &str) -> Shown<'_> {
    Shown(text, true)
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut clean = 0;
        for (at, c) in self.0.char_indices() {
            if !is_hostile(c) || (c == '\n' && self.1) {
                continue;
            }
            f.write_str(self.0.get(clean..at).unwrap_or_default())?;
            clean = at + c.len_utf8();
            match c {
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                '\t' => f.write_str("\\t")?,
                _ => write!(f, "\\u{{{:x}}}", u32::from(c))?,
            }
        }
        f.write_str(self.0.get(clean..).unwrap_or_default())
    }
}

/// The first `max` characters of a text, with `…` where it was cut.
pub fn cut(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default().trim_end()),
    }
}

/// Signs at whose sight a spreadsheet takes a text for a formula. The full-width ones count too: some East Asian settings
/// read them (OWASP, *CSV Injection*).
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Text that no spreadsheet takes for a formula: an apostrophe stands before one that looks like it, and before one that
/// would be taken for such a text.
pub fn defused(text: &str) -> Cow<'_, str> {
    if text.trim_start_matches('\'').starts_with(FORMULA) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text that was [`defused`].
pub fn undefused(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA) => rest,
        _ => text,
    }
}

/// The key two spellings of one name share: NFKC, case folded (Turkish dotted and dotless i alike), marks that
/// writers leave out dropped (ё as е, alef forms as one, tatweel, Arabic vowel signs), apostrophes and dashes
/// unified, white space collapsed, hostile characters left as they are so that a forged name never equals a true one.
pub fn key(name: &str) -> String {
    // Nearly every name is in that form already, and to tell is quicker than to bring it there.
    let normal = is_nfkc_quick(name.chars()) == IsNormalized::Yes;
    if normal { folded(name.chars(), name.len()) } else { folded(name.nfkc(), name.len()) }
}

/// The key of a name in NFKC, which has about so many bytes.
fn folded(name: impl Iterator<Item = char>, bytes: usize) -> String {
    let mut key = Key { text: String::with_capacity(bytes), space: false };
    for c in name {
        // Of most letters it is known that they are their own lower case; to ask is slow.
        match c {
            'a'..='z' | 'а'..='џ' | '\u{620}'..='\u{6ff}' => key.push(c),
            c => c.to_lowercase().for_each(|c| key.push(c)),
        }
    }
    key.text
}

/// A key as it is put together.
struct Key {
    text: String,
    /// Whether white space stands before what comes next.
    space: bool,
}

impl Key {
    /// Takes the next letter in lower case.
    fn push(&mut self, c: char) {
        let c = match c {
            'ё' => 'е',
            'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
            'ى' => 'ي',
            'ı' => 'i',
            'ß' => return "ss".chars().for_each(|c| self.push(c)),
            '\u{307}' | 'ـ' | '\u{64b}'..='\u{652}' | '\u{670}' | '\u{301}' => return,
            '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' | '′' => '\'',
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
            c if c.is_whitespace() => {
                self.space = true;
                return;
            }
            c => c,
        };
        if std::mem::take(&mut self.space) && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push(c);
    }
}

/// What a name looks like: its [`key`] with letters of other scripts that pass for Latin ones replaced, marks dropped.
/// Two names with one skeleton and different keys are look-alikes. Pairs from Unicode UTS #39 confusables, the ones
/// that occur in names of the scripts this program reads.
pub fn skeleton(name: &str) -> String {
    key(name)
        .nfd()
        .filter(|&c| !is_combining_mark(c) && !is_hostile(c))
        .map(|c| match c {
            'а' | 'α' => 'a',
            'в' => 'b',
            'с' | 'ϲ' => 'c',
            'е' | 'ε' => 'e',
            'һ' | 'н' => 'h',
            'і' | 'ι' | 'l' | '1' | '|' => 'i',
            'ј' => 'j',
            'к' | 'κ' => 'k',
            'м' => 'm',
            'о' | 'ο' | '0' => 'o',
            'р' | 'ρ' => 'p',
            'ѕ' => 's',
            'т' | 'τ' => 't',
            'у' | 'υ' => 'y',
            'х' | 'χ' => 'x',
            'ԁ' => 'd',
            'ո' => 'n',
            'ս' => 'u',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hostile_characters_are_written_out() {
        assert_eq!(shown("\u{1b}[2Ja\u{202e}b\n").to_string(), "\\u{1b}[2Ja\\u{202e}b\\n");
        assert_eq!(shown_lines("a\nb\r").to_string(), "a\nb\\r");
        assert_eq!(shown("Гянджа, L’Azerbaïdjan").to_string(), "Гянджа, L’Azerbaïdjan");
    }

    #[test]
    fn spellings_of_one_name_share_a_key() {
        for (a, b) in [
            ("Вооружённые  силы", "вооруженные силы"),
            ("L’Arménie", "l'arménie"),
            ("İSTANBUL", "istanbul"),
            ("Sudan–South", "sudan-south"),
            ("الإمارات", "الامارات"),
        ] {
            assert_eq!(key(a), key(b));
        }
        assert_ne!(key("Armenia"), key("\u{202e}Armenia"));
    }

    #[test]
    fn a_cyrillic_letter_in_a_latin_name_is_a_look_alike() {
        assert_ne!(key("Armenia"), key("Аrmenia"));
        assert_eq!(skeleton("Armenia"), skeleton("Аrmenia"));
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(name in "\\PC{0,40}") {
            prop_assert_eq!(key(&key(&name)), key(&name));
        }

        #[test]
        fn a_defused_text_can_be_had_back(text in "['=+@a-]{0,4}\\PC{0,10}") {
            let safe = defused(&text);
            prop_assert!(!safe.starts_with(FORMULA));
            prop_assert_eq!(undefused(&safe), text.as_str());
        }

        #[test]
        fn nothing_shown_is_hostile(text in any::<String>()) {
            prop_assert!(!shown(&text).to_string().chars().any(is_hostile));
        }
    }
}
