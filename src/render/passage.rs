//! Passages with words marked in them: each line of the passage, and under it a line for the marked words and their
//! labels, as compilers show where in a source something is.
//!
//! ```text
//! The ministry said on Monday that Azerbaijani forces shelled Kapan.
//! ┬─────────── ┬───    ┬─────      ┬───────────────── ┬────── ┬────
//! claimant     cue     time        accused            act     place
//! ```
//!
//! Right-to-left text is not underlined: terminals set it in an order of their own, and columns would lie.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::fold::folded;
use super::is_right_to_left;
use crate::model::ByteSpan;
use crate::model::text::shown;
use crate::report::sheet::{Mark, Passage};

/// A line of a drawn passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// Of the passage itself.
    Text(String),
    /// Marks or labels under it.
    Under(String),
}

/// Draws a passage over a width.
pub(super) fn drawn(passage: &Passage, width: usize) -> Vec<Line> {
    if passage.text.chars().any(is_right_to_left) {
        let plain = passage.text.split_whitespace().collect::<Vec<_>>().join(" ");
        return folded(&shown(&plain).to_string(), width).into_iter().map(Line::Text).collect();
    }
    let glyphs = glyphs(&passage.text);
    let tiers = tiers(&passage.marks);
    let mut lines = Vec::new();
    for row in rows(&glyphs, width.max(1)) {
        lines.push(Line::Text(row.iter().map(|glyph| glyph.shown.as_str()).collect::<String>().trim_end().to_owned()));
        for tier in &tiers {
            let pieces: Vec<Piece<'_>> = tier.iter().filter_map(|mark| Piece::of(mark, row)).collect();
            lines.extend(under(&pieces).into_iter().map(Line::Under));
        }
    }
    lines
}

/// A grapheme as it is printed.
struct Glyph {
    /// Its first byte in the passage.
    at: usize,
    shown: String,
    width: usize,
}

fn glyphs(text: &str) -> Vec<Glyph> {
    let glyph = |(at, grapheme): (usize, &str)| {
        let blank = grapheme.chars().all(char::is_whitespace);
        let shown = if blank { " ".to_owned() } else { shown(grapheme).to_string() };
        Glyph { at, width: shown.width(), shown }
    };
    text.grapheme_indices(true).map(glyph).collect()
}

/// Cuts a passage into rows that fit, at blanks where there are any.
fn rows(glyphs: &[Glyph], width: usize) -> Vec<&[Glyph]> {
    let mut rows = Vec::new();
    let mut rest = glyphs;
    while !rest.is_empty() {
        let mut taken = 0;
        let fitting = rest.iter().take_while(|glyph| {
            taken += glyph.width;
            taken <= width || glyph.shown == " "
        });
        let fitting = fitting.count().max(1);
        let last_blank = || rest.iter().take(fitting).rposition(|glyph| glyph.shown == " ").map(|at| at + 1);
        let cut = if fitting == rest.len() { fitting } else { last_blank().unwrap_or(fitting) };
        let (row, after) = rest.split_at(cut);
        rows.push(row);
        rest = after;
    }
    rows
}

/// Marks that do not overlap stand in one tier; the wider of two that do comes first. Marks of the same words share one.
fn tiers(marks: &[Mark]) -> Vec<Vec<(ByteSpan, String)>> {
    let mut labelled: Vec<(ByteSpan, String)> = Vec::new();
    for mark in marks.iter().filter(|mark| mark.span.lo < mark.span.hi) {
        match labelled.iter_mut().find(|(span, _)| *span == mark.span) {
            Some((_, labels)) => {
                labels.push_str(", ");
                labels.push_str(mark.label);
            }
            None => labelled.push((mark.span, mark.label.to_owned())),
        }
    }
    labelled.sort_by_key(|(span, _)| (span.lo, std::cmp::Reverse(span.hi)));
    let mut tiers: Vec<Vec<(ByteSpan, String)>> = Vec::new();
    for mark in labelled {
        let free = |tier: &&mut Vec<(ByteSpan, String)>| tier.last().is_none_or(|(last, _)| last.hi <= mark.0.lo);
        match tiers.iter_mut().find(free) {
            Some(tier) => tier.push(mark),
            None => tiers.push(vec![mark]),
        }
    }
    tiers
}

/// What one row shows of marked words: columns, and the label where they begin.
struct Piece<'m> {
    from: usize,
    to: usize,
    label: &'m str,
}

impl<'m> Piece<'m> {
    fn of((span, label): &'m (ByteSpan, String), row: &[Glyph]) -> Option<Self> {
        let (mut column, mut from, mut to) = (0, None, 0);
        for glyph in row {
            if (span.lo..span.hi).contains(&glyph.at) {
                from = from.or(Some(column));
                if glyph.shown != " " {
                    to = column + glyph.width;
                }
            }
            column += glyph.width;
        }
        let begins = row.first().is_some_and(|first| first.at <= span.lo);
        from.filter(|from| *from < to).map(|from| Self { from, to, label: if begins { label } else { "" } })
    }
}

/// The line of marks and the lines of labels under a row. A label that would run into the next stands deeper.
fn under(pieces: &[Piece<'_>]) -> Vec<String> {
    if pieces.is_empty() {
        return Vec::new();
    }
    let mut marks = Vec::new();
    for piece in pieces {
        let begins = if piece.label.is_empty() { '─' } else { '┬' };
        write(
            &mut marks,
            piece.from,
            std::iter::once(begins).chain(std::iter::repeat_n('─', piece.to - piece.from - 1)),
        );
    }
    let mut lines = vec![marks];
    let mut depths: Vec<(usize, usize)> = Vec::new();
    for piece in pieces.iter().rev().filter(|piece| !piece.label.is_empty()) {
        let end = piece.from + piece.label.width();
        let crossed = depths.iter().filter(|(from, _)| *from <= end).map(|(_, depth)| *depth);
        let depth = crossed.max().map_or(1, |deepest| deepest + 1);
        depths.push((piece.from, depth));
        lines.resize_with(lines.len().max(depth + 1), Vec::new);
        for line in lines.iter_mut().take(depth).skip(1) {
            write(line, piece.from, std::iter::once('│'));
        }
        if let Some(line) = lines.get_mut(depth) {
            write(line, piece.from, piece.label.chars());
        }
    }
    lines.into_iter().map(|line| line.into_iter().collect()).collect()
}

/// Writes characters from a column on. Labels and marks are of one column a character.
fn write(line: &mut Vec<char>, from: usize, chars: impl Iterator<Item = char>) {
    for (at, c) in chars.enumerate() {
        let at = from + at;
        line.resize(line.len().max(at + 1), ' ');
        if let Some(place) = line.get_mut(at) {
            *place = c;
        }
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::*;

    fn passage(text: &str, marks: &[(&str, &'static str)]) -> Passage {
        let span = |words: &str| text.find(words).map(|lo| ByteSpan { lo, hi: lo + words.len() }).unwrap();
        let marks = marks.iter().map(|&(words, label)| Mark { span: span(words), label });
        Passage { place: String::new(), text: text.to_owned(), marks: marks.collect() }
    }

    fn draw(passage: &Passage, width: usize) -> String {
        let lines = drawn(passage, width).into_iter().map(|line| match line {
            Line::Text(line) | Line::Under(line) => line,
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn labels_stand_under_the_words() {
        let text = "Минобороны Армении сообщило, что в 12:05 Баку обстрелял Капан.";
        let marks = [
            ("Минобороны Армении", "claimant"),
            ("сообщило", "cue"),
            ("в 12:05", "time"),
            ("Баку", "accused"),
            ("обстрелял", "act"),
            ("Капан", "place"),
        ];
        assert_snapshot!(draw(&passage(text, &marks), 100));
        assert_snapshot!(draw(&passage(text, &marks), 30));
    }

    #[test]
    fn marks_within_marks_stand_deeper_and_equal_ones_share_a_line() {
        let text = "e\u{301}lite troops killed two civilians";
        let marks = [
            ("e\u{301}lite troops", "accused"),
            ("killed", "act"),
            ("killed two civilians", "loss"),
            ("killed", "cue"),
        ];
        assert_snapshot!(draw(&passage(text, &marks), 60));
    }

    #[test]
    fn what_is_written_from_right_to_left_is_not_underlined() {
        let text = "قال الجيش إن القصف\u{202e} مستمر";
        assert_snapshot!(draw(&passage(text, &[("القصف", "act")]), 60));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_no_line_of_text_is_too_wide(
            text in "[a-zа-я停\u{301}\u{200b}\t\n .-]{0,80}",
            width in 12..40_usize,
            from in 0..80_usize,
            length in 0..30_usize,
        ) {
            let lo = text.floor_char_boundary(from.min(text.len()));
            let hi = text.floor_char_boundary((lo + length).min(text.len()));
            let marks = vec![Mark { span: ByteSpan { lo, hi }, label: "act" }];
            let lines = drawn(&Passage { place: String::new(), text: text.clone(), marks }, width);
            let texts = lines.iter().filter_map(|line| match line {
                Line::Text(line) => Some(line.as_str()),
                Line::Under(_) => None,
            });
            let texts: Vec<&str> = texts.collect();
            prop_assert!(texts.iter().all(|line| line.width() <= width), "{texts:?}");
            let dense = |text: &str| text.split_whitespace().collect::<String>();
            let all: String = text.graphemes(true).map(|g| if g.trim().is_empty() { " ".into() } else { shown(g).to_string() }).collect();
            prop_assert_eq!(dense(&texts.concat()), dense(&all));
        }
    }
}
