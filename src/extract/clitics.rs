//! Words written onto others, as Arabic writes "and", "with" and "his" onto the word they stand with. They become
//! tokens of their own, so that every recogniser sees words: `وبقواتها` is `و`, `ب`, `قوات`, `ها`.
//!
//! A letter is a clitic only where a word that is known is left: one of the lexicon, or a party's name.

use super::lexicon::Lexicon;
use super::names::Names;
use super::tokens::{Kind, Token, folded};
use crate::model::ByteSpan;

/// A word with what is written onto it, all in folded form.
struct Cut {
    before: Vec<String>,
    /// The word as the lexicon has it.
    stem: String,
    after: Option<String>,
}

/// The tokens of a sentence with the clitics apart.
pub(crate) fn split(tokens: Vec<Token>, text: &str, lexicon: &Lexicon, names: &Names) -> Vec<Token> {
    if lexicon.clitics().before.is_empty() {
        return tokens;
    }
    let mut all = Vec::with_capacity(tokens.len() + tokens.len() / 2);
    for token in tokens {
        let cut = if token.kind == Kind::Word { cut(&token.norm, lexicon, names) } else { None };
        match cut {
            Some(cut) => pieces(&token, text, cut, &mut all),
            None => all.push(token),
        }
    }
    all
}

/// How a word comes apart; `None` where it does not.
fn cut(word: &str, lexicon: &Lexicon, names: &Names) -> Option<Cut> {
    if let Some(cut) = number(word) {
        return Some(cut);
    }
    if lexicon.has_word(word) {
        return None;
    }
    let prefixes = prefixes(word, lexicon);
    let known = |stem: &str| lexicon.has_word(stem) || stem.chars().count() > 2 && covers(names, stem);
    for (before, rest) in &prefixes {
        let whole = rest.chars().count() > 1 && !before.is_empty() && known(rest);
        if whole {
            return Some(Cut { before: before.clone(), stem: rest.clone(), after: None });
        }
        if let Some((stem, after)) = suffixed(rest, lexicon) {
            return Some(Cut { before: before.clone(), stem, after: Some(after) });
        }
    }
    // A word that is not known, but whose article shows what stands before it; else "and", which stands before
    // anything.
    let clitics = lexicon.clitics();
    let shows = |rest: &str| clitics.articles.iter().any(|article| rest.starts_with(article.as_str()));
    let joins =
        |before: &[String]| matches!(before, [one] if clitics.before.first() == Some(one)) && !covers(names, word);
    prefixes
        .into_iter()
        .filter(|(before, _)| !before.is_empty())
        .find(|(before, rest)| rest.chars().count() > 3 && (shows(rest) || joins(before)))
        .map(|(before, stem)| Cut { before, stem, after: None })
}

/// Letters before digits: `و80`, `ال24`.
fn number(word: &str) -> Option<Cut> {
    let at = word.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = word.split_at_checked(at)?;
    let plain = (1..=4).contains(&letters.chars().count()) && digits.bytes().all(|b| b.is_ascii_digit());
    let before = letters.split_inclusive(|_| true).map(str::to_owned).collect();
    plain.then(|| Cut { before, stem: digits.to_owned(), after: None })
}

/// What can be taken off the front of a word, at most two clitics, and what is left. Nothing comes first.
fn prefixes(word: &str, lexicon: &Lexicon) -> Vec<(Vec<String>, String)> {
    let mut all = vec![(Vec::new(), word.to_owned())];
    let mut at = 0;
    while let Some((before, rest)) = all.get(at).cloned().filter(|(before, _)| before.len() < 2) {
        for clitic in &lexicon.clitics().before {
            let Some(left) = rest.strip_prefix(clitic.as_str()).filter(|left| left.chars().count() > 1) else {
                continue;
            };
            let before: Vec<String> = before.iter().chain([clitic]).cloned().collect();
            // "For" and the article melt into one: `للجيش`.
            let left = match left.strip_prefix('ل').filter(|_| clitic == "ل") {
                Some(noun) => format!("ال{noun}"),
                None => left.to_owned(),
            };
            all.push((before, left));
        }
        at += 1;
    }
    all
}

/// A known word and the pronoun written onto its end.
fn suffixed(word: &str, lexicon: &Lexicon) -> Option<(String, String)> {
    lexicon.clitics().after.iter().find_map(|pronoun| {
        let stem = word.strip_suffix(pronoun.as_str()).filter(|stem| !stem.is_empty())?;
        let stem = spellings(stem).into_iter().find(|stem| lexicon.has_word(stem))?;
        Some((stem, pronoun.clone()))
    })
}

/// How a word may be spelt that has lost its end to a pronoun: `قواته`, `طائرته` of `طائرة`, `قصفوه` of `قصفوا`,
/// `ابنائه` of `ابناء`, `استدعاه` of `استدعي`.
fn spellings(stem: &str) -> Vec<String> {
    let mut all = vec![stem.to_owned()];
    for (end, whole) in [("ت", "ة"), ("و", "وا"), ("ئ", "ء"), ("ؤ", "ء"), ("ا", "ي")] {
        all.extend(stem.strip_suffix(end).map(|stem| format!("{stem}{whole}")));
    }
    all
}

/// Whether a word is a party's name as it stands.
fn covers(names: &Names, word: &str) -> bool {
    names.find(word).first().is_some_and(|name| name.span == ByteSpan { lo: 0, hi: word.len() })
}

/// The tokens of a word that comes apart, with their bytes in the text.
fn pieces(token: &Token, text: &str, cut: Cut, all: &mut Vec<Token>) {
    let raw = token.span.of(text).unwrap_or_default();
    let starts: Vec<usize> = raw.char_indices().filter(|&(_, c)| folded(c).is_some()).map(|(at, _)| at).collect();
    let start = |letter: usize| token.span.lo + starts.get(letter).copied().unwrap_or(raw.len());
    let end = cut.after.as_ref().map_or(starts.len(), |after| starts.len().saturating_sub(after.chars().count()));
    let mut from = 0;
    let number = cut.stem.bytes().all(|b| b.is_ascii_digit());
    let mut words: Vec<(String, usize)> = Vec::new();
    for clitic in cut.before {
        let upto = from + clitic.chars().count();
        words.push((clitic, upto));
        from = upto;
    }
    words.push((cut.stem, end));
    let stem = words.len() - 1;
    words.extend(cut.after.map(|after| (after, starts.len())));
    let mut from = 0;
    for (at, (norm, upto)) in words.into_iter().enumerate() {
        let lo = if from == 0 { token.span.lo } else { start(from) };
        let hi = if upto >= starts.len() { token.span.hi } else { start(upto) };
        let kind = if at == stem && number { Kind::Number } else { Kind::Word };
        let spaced = token.spaced && from == 0;
        all.push(Token { span: ByteSpan { lo, hi }, norm, kind, capital: false, spaced, quote: token.quote });
        from = upto;
    }
}

#[cfg(test)]
mod tests {
    use super::super::Lang;
    use super::super::tokens::tokenise;
    use super::*;
    use crate::model::PartyBook;

    /// The parts of a text's words, each as written and as read.
    fn parts(text: &str) -> Vec<(String, String)> {
        let names = Names::new(&PartyBook::default(), Lang::Ar);
        let lexicon = Lexicon::of(Lang::Ar).unwrap();
        split(tokenise(text, 0), text, lexicon, &names)
            .into_iter()
            .map(|token| (token.span.of(text).unwrap().to_owned(), token.norm))
            .collect()
    }

    fn read(text: &str) -> Vec<String> {
        parts(text).into_iter().map(|(_, norm)| norm).collect()
    }

    #[test]
    fn clitics_come_off_known_words_only() {
        assert_eq!(read("وبقواتها"), ["و", "ب", "قوات", "ها"]);
        assert_eq!(read("للجيش"), ["ل", "الجيش"]);
        assert_eq!(read("وزارة بلدة"), ["وزارة", "بلدة"]);
        assert_eq!(read("بروسيا"), ["ب", "روسيا"]);
        assert_eq!(read("طائرته وقصفوه"), ["طائرة", "ه", "و", "قصفوا", "ه"]);
        assert_eq!(read("والوزاني"), ["و", "الوزاني"]);
    }

    #[test]
    fn parts_stand_where_they_are_written() {
        let written: Vec<String> = parts("وَقُوّاتُهُ الـ24 و٨٠").into_iter().map(|(raw, _)| raw).collect();
        assert_eq!(written, ["وَ", "قُوّاتُ", "هُ", "ا", "لـ", "24", "و", "٨٠"]);
        assert_eq!(read("الـ24 و٨٠"), ["ا", "ل", "24", "و", "80"]);
    }
}
