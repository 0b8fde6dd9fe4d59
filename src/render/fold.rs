//! Text folded to a width: at blanks first, then inside words that allow it (after a hyphen or slash, before the clock
//! time of a date), and between graphemes where nothing else is left.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The pieces that a fold keeps whole, each with the blank that follows it.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    line.split_inclusive(' ').flat_map(|word| {
        let mut rest = word;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let at = break_in(rest).unwrap_or(rest.len());
            let (piece, after) = rest.split_at_checked(at)?;
            rest = after;
            Some(piece)
        })
    })
}

/// Where a word may be broken: after a hyphen between letters, after a slash, before the `T` of a date.
fn break_in(word: &str) -> Option<usize> {
    let mut before = None;
    let mut chars = word.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, c)| *c);
        let letters = |test: fn(char) -> bool| before.is_some_and(test) && after.is_some_and(test);
        match c {
            '-' if letters(char::is_alphabetic) => return Some(at + 1),
            '/' if letters(|c| !c.is_whitespace()) => return Some(at + 1),
            'T' if letters(|c| c.is_ascii_digit()) => return Some(at),
            _ => before = Some(c),
        }
    }
    None
}

/// The widest piece of a text that a fold keeps whole.
pub(super) fn widest_piece(text: &str) -> usize {
    text.lines().flat_map(pieces).map(|piece| piece.trim_end_matches(' ').width()).max().unwrap_or(0)
}

/// Folds each line of a text. Every line of the result is at most so wide, a single grapheme apart.
pub(super) fn folded(text: &str, width: usize) -> Vec<String> {
    text.split('\n').flat_map(|line| fold_line(line, width)).collect()
}

fn fold_line(line: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces(line) {
        let fits = |line: &String| format!("{line}{}", piece.trim_end_matches(' ')).width() <= width;
        if lines.last().is_some_and(|last| last.is_empty() || fits(last)) {
            push(&mut lines, piece);
        } else {
            lines.push(piece.to_owned());
        }
        break_long(&mut lines, width);
    }
    for line in &mut lines {
        line.truncate(line.trim_end_matches(' ').len());
    }
    lines
}

fn push(lines: &mut [String], piece: &str) {
    if let Some(last) = lines.last_mut() {
        last.push_str(piece);
    }
}

/// Breaks a last line that is too wide between graphemes.
fn break_long(lines: &mut Vec<String>, width: usize) {
    while let Some(last) = lines.last().filter(|last| last.trim_end_matches(' ').width() > width) {
        let fits = |at: &usize| last.get(..*at).is_some_and(|head| head.width() <= width);
        let ends = last.grapheme_indices(true).map(|(at, grapheme)| at + grapheme.len());
        let first = last.graphemes(true).next().map_or(0, str::len);
        let at = ends.take_while(fits).last().unwrap_or(first);
        if at == 0 || at == last.len() {
            return;
        }
        let rest = last.get(at..).unwrap_or_default().to_owned();
        if let Some(last) = lines.last_mut() {
            last.truncate(at);
        }
        lines.push(rest);
    }
}

/// Folds a line of a note: the lines that follow the first are indented.
pub(super) fn indented(text: &str, width: usize, indent: usize) -> String {
    let lines = folded(text, width.saturating_sub(indent).max(1));
    lines.join(&format!("\n{}", " ".repeat(indent)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_fold_where_they_may() {
        assert_eq!(folded("small-arms-fire by Azerbaijan", 8), ["small-", "arms-", "fire by", "Azerbaij", "an"]);
        assert_eq!(folded("2020-10-10T12:05/2020-10-11", 11), ["2020-10-10", "T12:05/", "2020-10-11"]);
        assert_eq!(folded("a  b", 10), ["a  b"]);
        assert_eq!(folded("C2, C3, C4", 7), ["C2, C3,", "C4"]);
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(folded("停戦違反", 5), ["停戦", "違反"]);
        assert_eq!(folded("停", 1), ["停"]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_no_line_is_too_wide(text in "[a-zа-я停戦\u{627}-\u{63a} /T0-9-]{0,60}", width in 2..40_usize) {
            let lines = folded(&text, width);
            let dense = |text: &str| text.replace(' ', "");
            prop_assert_eq!(dense(&lines.concat()), dense(&text));
            prop_assert!(lines.iter().all(|line| line.width() <= width));
        }
    }
}
