//! Full-text search over dispatch texts, quotes and notes.

use std::fmt::Write as _;

use rusqlite::{Connection, named_params};

use crate::error::{Error, Result};
use crate::model::{Number, NumberKind};

use super::table::Cell;

const SEARCH: &str = "SELECT body.role, body.owner, snippet(search, 0, char(2), char(3), '…', 24)
FROM search JOIN body ON body.id = search.rowid
WHERE search MATCH :query
  AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.id = body.owner
    AND dead.kind = CASE WHEN body.role IN ('quote', 'note') THEN 'claim' ELSE 'dispatch' END)
ORDER BY search.rank, search.rowid
LIMIT :limit";

/// Marks around a word found; taken out of the snippet again, and so is a text's own use of them.
const MARKS: [char; 2] = ['\u{2}', '\u{3}'];

/// What a search looked in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// A dispatch's working text.
    Text,
    /// A claim's quote.
    Quote,
    /// A claim's note.
    Note,
}

/// A dispatch or claim in which words were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The dispatch or claim.
    pub number: Number,
    /// Where in it.
    pub field: Field,
    /// The words around, in order; `true` marks those searched for. Raw: show them escaped.
    pub snippet: Vec<(bool, String)>,
}

/// Words typed by a person as a query: all must occur, in any order; `word*` finds words that begin so, and words in
/// double quotes stand together. Nothing else in it is read as query syntax.
fn query(words: &str) -> String {
    let mut query = String::new();
    for (at, piece) in words.split('"').enumerate() {
        let together = at % 2 == 1;
        let terms: Vec<_> = if together { vec![piece] } else { piece.split_whitespace().collect() };
        for term in terms {
            let (term, prefix) = term.strip_suffix('*').map_or((term, ""), |stem| (stem, "*"));
            if term.chars().any(char::is_alphanumeric) {
                let term = term.replace('\0', " ");
                let _ = write!(query, "\"{term}\"{prefix} ");
            }
        }
    }
    query
}

/// The best hits first. Dead rows are left out.
pub(super) fn search(conn: &Connection, words: &str, limit: usize) -> Result<Vec<Hit>> {
    let query = query(words);
    if query.is_empty() {
        return Err(
            Error::usage("there is no word in the query").hint("give words to look for; `word*` finds beginnings")
        );
    }
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut select = conn.prepare(SEARCH)?;
    let mut rows = select.query(named_params! { ":query": query, ":limit": limit })?;
    let mut hits = Vec::new();
    while let Some(row) = rows.next()? {
        let cell = |n| row.get_ref(n).map(Cell::from);
        let (kind, field) = match cell(0)?.text()? {
            "quote" => (NumberKind::Claim, Field::Quote),
            "note" => (NumberKind::Claim, Field::Note),
            _ => (NumberKind::Dispatch, Field::Text),
        };
        let number = Number::own(kind, cell(1)?.id()?.number());
        hits.push(Hit { number, field, snippet: pieces(cell(2)?.text()?) });
    }
    Ok(hits)
}

/// A marked text as pieces, those between marks `true`.
fn pieces(marked: &str) -> Vec<(bool, String)> {
    let mut pieces = Vec::new();
    let (mut found, mut piece) = (false, String::new());
    for c in marked.chars() {
        let mark = MARKS.contains(&c);
        if !mark {
            piece.push(c);
        } else if !piece.is_empty() {
            pieces.push((found, std::mem::take(&mut piece)));
        }
        if mark {
            found = c == MARKS[0];
        }
    }
    if !piece.is_empty() {
        pieces.push((found, piece));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_never_syntax() {
        assert_eq!(query("cease* NEAR( AND -"), "\"cease\"* \"NEAR(\" \"AND\" ");
        assert_eq!(query("opened \"small arms\" fire"), "\"opened\" \"small arms\" \"fire\" ");
        assert_eq!(query("* - \""), "");
    }

    #[test]
    fn marks_become_pieces() {
        let expected = [(false, "a "), (true, "bé"), (false, " c")].map(|(found, text)| (found, text.to_owned()));
        assert_eq!(pieces("a \u{2}bé\u{3} c"), expected);
    }
}
