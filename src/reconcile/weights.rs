//! What each answer of a comparison is worth: the score table, read from `weights.tsv` when the program is built.
//!
//! Scores are whole hundredths of a doubling: +100 makes it twice as likely that two claims are about one event, −100 half
//! as likely, 0 in sum is even odds. Integers, so that every machine and every order of adding gives the same result.
//!
//! How the numbers were found stands at the head of the table, and beside each of them.

use super::compare::{
    Comparison, DISTANCES, Deed, Figures, GAPS, Numbers, PRECISION_PAIRS, PRECISIONS, Parties, Place, Tellers,
};

/// Version of the table; a ledger reconciled with another is rebuilt.
pub const WEIGHTS: u32 = 1;

/// What a pair counts for in an average when the indexes never brought it up, or it was too unlike to be kept.
pub(super) const STRANGERS: i32 = -900;

const TABLE_TEXT: &str = include_str!("weights.tsv");

/// Questions asked of a pair, each with where its rows begin in the table; the first row is what every pair starts from.
const TIME: usize = 1;
const PLACE: usize = TIME + PRECISION_PAIRS * GAPS.len();
const DEED: usize = PLACE + Place::WORDS.len() * DISTANCES.len();
const PARTIES: usize = DEED + Deed::WORDS.len();
const KILLED: usize = PARTIES + Parties::WORDS.len();
const WOUNDED: usize = KILLED + Numbers::WORDS.len();
const FIGURES: usize = WOUNDED + Numbers::WORDS.len();
const TELLERS: usize = FIGURES + Figures::WORDS.len();
/// Rows of the table.
const ROWS: usize = TELLERS + Tellers::WORDS.len();

static TABLE: [i32; ROWS] = parse(TABLE_TEXT.as_bytes());

/// Reads the third column of every line that is no remark. A table of another length, or a word for a number, does not
/// build.
#[allow(clippy::indexing_slicing, reason = "runs when the program is built")]
const fn parse(text: &[u8]) -> [i32; ROWS] {
    let mut table = [0; ROWS];
    let (mut at, mut row) = (0, 0);
    while at < text.len() {
        if text[at] != b'#' {
            let mut tabs = 0;
            while tabs < 2 {
                tabs += (text[at] == b'\t') as usize;
                at += 1;
            }
            let negative = text[at] == b'-';
            at += negative as usize;
            let mut weight = 0;
            while text[at] != b'\t' {
                assert!(text[at].is_ascii_digit());
                weight = weight * 10 + (text[at] - b'0') as i32;
                at += 1;
            }
            table[row] = if negative { -weight } else { weight };
            row += 1;
        }
        while text[at] != b'\n' {
            at += 1;
        }
        at += 1;
    }
    assert!(row == ROWS);
    table
}

/// How many questions are asked of a pair, the start counted.
pub const QUESTIONS: usize = 9;

/// The rows of the table that apply to a pair, one for each question.
pub type Answers = [u16; QUESTIONS];

#[allow(clippy::cast_possible_truncation, reason = "a few hundred rows")]
pub(super) fn answers(c: &Comparison) -> Answers {
    [
        0,
        TIME + c.time.0 as usize * GAPS.len() + c.time.1 as usize,
        PLACE + c.place.0 as usize * DISTANCES.len() + c.place.1 as usize,
        DEED + c.deed as usize,
        PARTIES + c.parties as usize,
        KILLED + c.killed as usize,
        WOUNDED + c.wounded as usize,
        FIGURES + c.figures as usize,
        TELLERS + c.tellers as usize,
    ]
    .map(|row| row as u16)
}

/// The score of a pair.
pub(super) fn score(c: &Comparison) -> i32 {
    answers(c).iter().map(|&row| weight(row)).sum()
}

/// What an answer is worth.
pub fn weight(row: u16) -> i32 {
    TABLE.get(usize::from(row)).copied().unwrap_or_default()
}

/// Question and answer of every row of the table, in its order.
pub fn rows() -> Vec<(&'static str, String)> {
    let mut rows = vec![("start", "every pair".to_owned())];
    for (n, a) in PRECISIONS.iter().enumerate() {
        for b in PRECISIONS.iter().skip(n) {
            rows.extend(GAPS.iter().map(|(_, gap)| ("time", format!("{a}, {b}: {gap}"))));
        }
    }
    for place in Place::WORDS {
        rows.extend(DISTANCES.iter().map(|(_, distance)| ("place", format!("{place}: {distance}"))));
    }
    for (question, words) in [
        ("act", Deed::WORDS),
        ("parties", Parties::WORDS),
        ("killed", Numbers::WORDS),
        ("wounded", Numbers::WORDS),
        ("figures", Figures::WORDS),
        ("tellers", Tellers::WORDS),
    ] {
        rows.extend(words.iter().map(|word| (question, (*word).to_owned())));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_its_rows_in_order() {
        let table = TABLE_TEXT.lines().filter(|line| !line.starts_with('#'));
        let named: Vec<_> = table.map(|line| line.split('\t').take(2).collect::<Vec<_>>().join("\t")).collect();
        let rows: Vec<_> = rows().into_iter().map(|(question, answer)| format!("{question}\t{answer}")).collect();
        assert_eq!(named, rows);
    }
}
