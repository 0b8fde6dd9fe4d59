//! Paragraphs, sentences and quotations.

use super::lexicon::Lexicon;
use super::sense::Sense;
use super::tokens::{Kind, Token, tokenise};
use crate::model::ByteSpan;

/// A sentence with its tokens.
#[derive(Debug, Clone)]
pub(crate) struct Sentence {
    /// Its bytes, without white space around it.
    pub(crate) span: ByteSpan,
    /// Its tokens.
    pub(crate) tokens: Vec<Token>,
    /// Which paragraph it stands in, from 0.
    pub(crate) paragraph: usize,
    /// Whether it is a headline or a bullet of a summary above the story.
    pub(crate) headline: bool,
}

/// A sentence is cut after so many tokens even where no sign ends it: no prose is that long, and it bounds the work.
const LONGEST: usize = 400;

/// Lines of at most this many characters throughout mean that a text is wrapped by hand.
const WRAPPED: usize = 100;

/// A story has at most so many bytes: a longer text is a collection, and reading it in sections bounds what is held.
const SECTION: usize = 1 << 19;

/// The body of a text, which begins at byte `from`, cut into sections: between paragraphs where it can be, else between
/// lines, sentences or words.
pub(crate) fn sections(text: &str, from: usize) -> Vec<ByteSpan> {
    let mut sections = Vec::new();
    let mut lo = from;
    while text.len().saturating_sub(lo) > SECTION {
        let most = text.floor_char_boundary(lo + SECTION);
        let window = text.get(lo..most).unwrap_or_default();
        let cut = ["\n\n", "\n", ". ", " "].iter().find_map(|end| window.rfind(end).map(|at| lo + at + end.len()));
        let hi = cut.unwrap_or(most);
        sections.push(ByteSpan { lo, hi });
        lo = hi;
    }
    sections.push(ByteSpan { lo, hi: text.len() });
    sections
}

/// The sentences of a stretch of a text.
pub(crate) fn sentences(text: &str, within: ByteSpan, lexicon: &Lexicon) -> Vec<Sentence> {
    let mut all = Vec::new();
    let (from, body) = (within.lo, within.of(text).unwrap_or_default());
    for (number, span) in paragraphs(body).into_iter().enumerate() {
        let Some(run) = span.of(body) else { continue };
        let mut tokens = tokenise(run, from + span.lo);
        number_quotes(&mut tokens);
        split(tokens, number, lexicon, &mut all);
    }
    mark_headlines(&mut all);
    all
}

/// Runs of text between blank lines; single line ends part paragraphs too, unless the text is wrapped by hand.
fn paragraphs(body: &str) -> Vec<ByteSpan> {
    let long = body.lines().filter(|line| line.chars().nth(WRAPPED).is_some()).count();
    let wrapped = long == 0 && body.lines().count() > 8;
    let mut runs: Vec<ByteSpan> = Vec::new();
    let (mut at, mut open) = (0, false);
    for line in body.split_inclusive('\n') {
        let span = ByteSpan { lo: at, hi: at + line.len() };
        at = span.hi;
        let text = line.trim();
        if text.is_empty() {
            open = false;
            continue;
        }
        let bullet =
            text.starts_with(['*', '•', '-', '–', '—']) && text.chars().nth(1).is_some_and(char::is_whitespace);
        match runs.last_mut() {
            Some(run) if open && wrapped && !bullet => run.hi = span.hi,
            _ => runs.push(span),
        }
        open = true;
    }
    runs
}

/// Numbers the quotations of a paragraph: marks alternate between opening and closing, and what is left open at the end
/// of the paragraph ends there.
fn number_quotes(tokens: &mut [Token]) {
    let (mut count, mut inside) = (0, false);
    for token in tokens {
        let mark = token.is("\"");
        if mark && !inside {
            count += 1;
        }
        token.quote = if mark || inside { count } else { 0 };
        inside ^= mark;
    }
}

/// Cuts a paragraph's tokens into sentences.
fn split(tokens: Vec<Token>, paragraph: usize, lexicon: &Lexicon, all: &mut Vec<Sentence>) {
    let mut ends = Vec::new();
    let mut since = 0;
    for at in 0..tokens.len() {
        since += 1;
        if since >= LONGEST || ends_sentence(&tokens, at, lexicon) {
            ends.push(at + 1);
            since = 0;
        }
    }
    ends.push(tokens.len());
    let mut rest = tokens.into_iter();
    let mut from = 0;
    for end in ends {
        let tokens: Vec<Token> = rest.by_ref().take(end - from).collect();
        from = end;
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { continue };
        let span = first.span.with(last.span);
        all.push(Sentence { span, tokens, paragraph, headline: false });
    }
}

/// Whether a sentence ends with this token: a full stop, a question or exclamation mark, or the quotation mark or
/// bracket that follows one, if what comes next begins like a sentence.
fn ends_sentence(tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let Some(next) = tokens.get(at + 1) else { return true };
    let stop = |token: &Token| matches!(token.norm.as_str(), "." | "!" | "?" | "؟" | "۔");
    let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
    if matches!(token.norm.as_str(), "\"" | ")") {
        return before(1).is_some_and(stop) && next.spaced && begins_sentence(next) && !opens(tokens, at);
    }
    if !stop(token) || !next.spaced {
        return false;
    }
    let abbreviated = token.is(".") && before(1).is_some_and(|word| is_abbreviation(word, before(2), lexicon));
    // German writes ordinals with a full stop: "am 12. Oktober", "die 3. Armee".
    let ordinal = token.is(".")
        && before(1).is_some_and(|word| word.kind == Kind::Number && word.norm.len() <= 3)
        && (lexicon.means(&next.norm, &[Sense::Month, Sense::Force]) || follows_number(tokens, at, lexicon));
    // French sets a space before the mark that closes a quotation.
    let closes = next.is("\"") && next.quote == token.quote && token.quote > 0;
    !abbreviated && !ordinal && !closes && begins_sentence(next)
}

/// Whether the word after a number with a full stop begins the name of a unit: "5. Kolordu Komutanlığı".
fn follows_number(tokens: &[Token], stop: usize, lexicon: &Lexicon) -> bool {
    let house =
        |at: usize| tokens.get(at).is_some_and(|token| lexicon.means(&token.norm, &[Sense::Authority, Sense::Force]));
    let named = |at: usize| tokens.get(at).is_some_and(|token| token.capital);
    let opening = stop >= 2 && tokens.get(stop - 2).is_some_and(|before| before.kind == Kind::Word);
    opening && named(stop + 1) && named(stop + 2) && house(stop + 2)
}

fn opens(tokens: &[Token], at: usize) -> bool {
    let quote = |at: usize| tokens.get(at).map_or(0, |token| token.quote);
    tokens.get(at).is_some_and(|token| token.is("\""))
        && at.checked_sub(1).is_none_or(|before| quote(before) != quote(at))
}

/// What can begin a sentence: a capital, a number, a quotation mark or bracket, a letter of a script without capitals.
fn begins_sentence(token: &Token) -> bool {
    let first = token.norm.chars().next();
    token.capital
        || token.kind == Kind::Number
        || matches!(token.norm.as_str(), "\"" | "(" | "-" | "*")
        || first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
}

/// A word that is shortened by its full stop: a listed one, or a single capital letter (an initial, `U.S.`).
fn is_abbreviation(word: &Token, before: Option<&Token>, lexicon: &Lexicon) -> bool {
    let initial = word.capital && word.norm.chars().count() == 1 && word.kind == Kind::Word;
    let joined = before.is_some_and(|before| before.is(".") && !word.spaced);
    // "at 7 a.m. The army": small letters with stops are whole words, which may end a sentence.
    if joined && !word.capital {
        return false;
    }
    initial || joined || lexicon.is_abbreviation(&word.norm)
}

/// Marks the lines above the story: the first paragraphs while they do not end like sentences, and bullets.
fn mark_headlines(all: &mut [Sentence]) {
    for sentence in all.iter_mut() {
        let ended =
            sentence.tokens.last().is_some_and(|token| matches!(token.norm.as_str(), "." | "!" | "?" | "\"" | ":"));
        let bullet = sentence.tokens.first().is_some_and(|token| token.is("*"));
        if ended && !bullet {
            break;
        }
        sentence.headline = true;
    }
}

#[cfg(test)]
mod tests {
    use super::super::Lang;
    use super::*;

    fn whole(text: &str) -> ByteSpan {
        ByteSpan { lo: 0, hi: text.len() }
    }

    fn split(lang: Lang, text: &str) -> Vec<&str> {
        let lexicon = Lexicon::of(lang).unwrap();
        sentences(text, whole(text), lexicon).iter().map(|sentence| sentence.span.of(text).unwrap()).collect()
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        let text = "It began at 8 a.m. on Oct. 10, the U.S. State Dept. said. Two died.";
        assert_eq!(split(Lang::En, text).len(), 2, "{:?}", split(Lang::En, text));
        let text = "Приказ 2020 г. Армии. Потерь нет.";
        assert_eq!(split(Lang::Ru, text), ["Приказ 2020 г. Армии.", "Потерь нет."]);
    }

    #[test]
    fn quotations_close_before_the_next_sentence() {
        let text = "\"We did not fire. It is a lie,\" he said. « Non. » Bakou dément.";
        assert_eq!(
            split(Lang::Fr, text),
            ["\"We did not fire.", "It is a lie,\" he said.", "« Non. »", "Bakou dément."]
        );
    }

    #[test]
    fn lines_wrapped_by_hand_are_one_paragraph() {
        let line = "some words that go on\nand on for some time.\n".repeat(5);
        let lexicon = Lexicon::of(Lang::En).unwrap();
        assert!(sentences(&line, whole(&line), lexicon).iter().all(|sentence| sentence.paragraph == 0));
    }

    #[test]
    fn a_text_of_any_length_is_cut_into_sections_that_leave_nothing_out() {
        let paragraph = "Goris was shelled at noon. Nobody was hurt\u{e9}.\n\n";
        let unbroken = "\u{451}".repeat(SECTION);
        for text in [paragraph.repeat(30_000), paragraph.replace('\n', " ").repeat(30_000), unbroken] {
            let sections = sections(&text, 6);
            let lengths = || sections.iter().map(|section| section.hi - section.lo);
            assert!(sections.len() > 1 && lengths().all(|length| length <= SECTION));
            assert_eq!(sections.iter().filter_map(|section| section.of(&text)).collect::<String>(), text[6..]);
        }
        let text = paragraph.repeat(30_000);
        assert!(sections(&text, 0).iter().all(|section| section.of(&text).unwrap().starts_with("Goris")));
        assert_eq!(sections("Goris.", 0), [ByteSpan { lo: 0, hi: 6 }]);
        assert_eq!(sections("", 0), [ByteSpan { lo: 0, hi: 0 }]);
    }
}
