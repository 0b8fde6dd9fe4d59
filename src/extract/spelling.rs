//! Letters as wires have them: accents left off capitals ("A Tripoli", "Etat-major"), off a whole text that came by
//! telex, or written as an apostrophe after the vowel, as Italian agencies do ("citta'", "e' stato"). Words take the
//! spelling that the lexicon has, so that every recogniser sees one form; their bytes stay as they are.

use super::Lang;
use super::lexicon::Lexicon;
use super::tokens::{Kind, Token};

/// A text of at least so many bytes without any accent has come without them.
const TELEX: usize = 400;

/// How a text is spelt.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spelling {
    /// Whether accents are left off throughout.
    telex: bool,
}

impl Spelling {
    /// The spelling of the body of a text.
    pub(crate) fn of(body: &str, lang: Lang) -> Self {
        let accented = body.chars().any(|c| unaccented(c).is_some());
        Self { telex: lang.drops_accents() && body.len() >= TELEX && !accented }
    }

    /// The tokens of a sentence as the lexicon spells them.
    pub(crate) fn restore(self, tokens: Vec<Token>, text: &str, lexicon: &Lexicon, lang: Lang) -> Vec<Token> {
        if !lang.drops_accents() {
            return tokens;
        }
        let mut tokens = if lang == Lang::It { apostrophes(&tokens, lexicon) } else { tokens };
        for at in 0..tokens.len() {
            let preposition = lang == Lang::Fr && is_preposition(&tokens, at, text);
            let Some(token) = tokens.get_mut(at).filter(|token| token.kind == Kind::Word) else { continue };
            if preposition {
                "à".clone_into(&mut token.norm);
                continue;
            }
            let raw = token.span.of(text).unwrap_or_default();
            let capitals = raw.chars().count() > 1 && raw.chars().all(char::is_uppercase);
            let opens = token.capital && raw.starts_with(['A', 'E', 'I', 'O', 'U']);
            if !(self.telex || capitals || opens) || lexicon.has_word(&token.norm) {
                continue;
            }
            if let Some(word) = lexicon.accented(&token.norm).filter(|word| self.telex || capitals || first_only(word))
            {
                word.clone_into(&mut token.norm);
            }
        }
        tokens
    }
}

/// Whether a capital "A" before a name is the preposition "à", as its accent is left off where it opens a sentence.
fn is_preposition(tokens: &[Token], at: usize, text: &str) -> bool {
    let raw = |at: usize| tokens.get(at).and_then(|token| token.span.of(text));
    let opens = at == 0 || tokens.get(at - 1).is_some_and(|before| before.kind == Kind::Sign);
    let word = tokens.get(at + 1).is_some_and(|next| next.spaced && next.kind == Kind::Word);
    raw(at) == Some("A") && opens && word
}

/// Whether a word has its only accent on the first letter: "état-major", "élément".
fn first_only(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|first| unaccented(first).is_some()) && letters.all(|c| unaccented(c).is_none())
}

/// Joins a vowel and the apostrophe after it to the accented vowel, where that makes a word and no quotation ends there.
fn apostrophes(tokens: &[Token], lexicon: &Lexicon) -> Vec<Token> {
    let mut all: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut quoted = false;
    for (at, token) in tokens.iter().enumerate() {
        if !token.is("'") {
            all.push(token.clone());
            continue;
        }
        let apart = tokens.get(at + 1).is_none_or(|next| next.spaced || next.kind == Kind::Sign);
        if token.spaced {
            quoted = !apart;
        }
        let ends = !token.spaced && apart;
        if let Some((word, norm)) = all.last_mut().filter(|_| ends && !quoted).and_then(|word| {
            let norm = accent(&word.norm, lexicon)?;
            Some((word, norm))
        }) {
            word.norm = norm;
            word.span = word.span.with(token.span);
        } else {
            quoted &= !ends;
            all.push(token.clone());
        }
    }
    all
}

/// A word with the accent that an apostrophe stands for on its last vowel.
fn accent(word: &str, lexicon: &Lexicon) -> Option<String> {
    let last = word.chars().next_back()?;
    let stem = word.strip_suffix(last)?;
    let endings: &[char] = match last {
        'a' => &['à'],
        'e' => &['é', 'è'],
        'i' => &['ì'],
        'o' => &['ò'],
        'u' => &['ù'],
        _ => return None,
    };
    let spellings = || endings.iter().map(|ending| format!("{stem}{ending}"));
    let known = spellings().find(|word| lexicon.has_word(word));
    // "Po'" and "di'" are words cut short; of others the accent is plain where they end a noun or a future.
    known.or_else(|| (word.chars().count() > 3).then(|| spellings().next()).flatten())
}

/// The letter without its accent; `None` where it has none.
pub(crate) const fn unaccented(c: char) -> Option<char> {
    Some(match c {
        'à' | 'á' | 'â' | 'ä' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        _ => return None,
    })
}

/// A word with its accents left off; `None` where it has none.
pub(crate) fn bare(word: &str) -> Option<String> {
    let bare: String = word.chars().map(|c| unaccented(c).unwrap_or(c)).collect();
    (bare != word).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokenise;
    use super::*;

    fn read(lang: Lang, text: &str) -> Vec<String> {
        let lexicon = Lexicon::of(lang).unwrap();
        let spelling = Spelling::of(text, lang);
        spelling.restore(tokenise(text, 0), text, lexicon, lang).into_iter().map(|token| token.norm).collect()
    }

    #[test]
    fn italian_apostrophes_are_accents() {
        assert_eq!(
            read(Lang::It, "E' stata colpita la citta', giovedi'"),
            ["è", "stata", "colpita", "la", "città", ",", "giovedì"]
        );
        assert_eq!(read(Lang::It, "l'esercito ha 'eliminato' un po'")[4..], ["'", "eliminato", "'", "un", "po", "'"]);
    }

    #[test]
    fn capitals_take_their_accents() {
        assert_eq!(read(Lang::Fr, "A Tripoli, l'Etat-major a dit")[0], "à");
        assert_eq!(read(Lang::Fr, "L'ARMEE a tué"), ["l", "'", "armée", "a", "tué"]);
        assert_eq!(read(Lang::Fr, "« A-t-il dit »")[1], "a");
    }

    #[test]
    fn a_text_without_any_accent_is_a_telex() {
        let text = "Las tropas dispararon segun el ejercito. ".repeat(12);
        assert!(read(Lang::Es, &text).contains(&"según".to_owned()));
        assert!(!read(Lang::Es, "Las tropas dispararon segun el ejercito.").contains(&"según".to_owned()));
    }
}
