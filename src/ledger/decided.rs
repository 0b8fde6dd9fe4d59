//! D: what persons decided about live claims, as reconciliation takes it.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, named_params};

use crate::error::Result;
use crate::model::Id;
use crate::reconcile::{Decisions, Link};

use super::claim_ready::ref_key;
use super::claim_write::own_claim;
use super::table::Cell;
use super::{decision, seen};

const ANSWERS: &str = "SELECT reply, accusation FROM answer
WHERE NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'answer' AND dead.id = answer.id)
ORDER BY reply, accusation";
const SAID_ANSWERS: &str = "SELECT claim_answer.claim, claim_answer.answer, claim.source
FROM claim_answer JOIN claim ON claim.id = claim_answer.claim
WHERE claim_answer.claim BETWEEN :first AND :last
ORDER BY claim_answer.claim, claim_answer.ord";
const REPLACED: &str = "SELECT id, by FROM dead WHERE kind = 'claim' AND cause = 'replaced'";

/// What persons decided about live claims: about all, or only what `replies` say they answer. What was said of a claim
/// that another has replaced is said of that other.
pub(super) fn decisions(
    conn: &Connection,
    is_live: impl Fn(Id) -> Result<bool>,
    replies: Option<&BTreeSet<Id>>,
) -> Result<Decisions> {
    let replaced: HashMap<i64, i64> = conn
        .prepare_cached(REPLACED)?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let newest = |mut id: i64| {
        while let Some(&by) = replaced.get(&id).filter(|&&by| by > id) {
            id = by;
        }
        Id(id)
    };
    let links = decision::links(conn)?;
    let links = links.into_iter().map(|link| Link { a: newest(link.a.0), b: newest(link.b.0), same: link.same });
    let mut select = conn.prepare_cached(ANSWERS)?;
    let decided = select.query_map([], |row| Ok((newest(row.get(0)?), newest(row.get(1)?))))?;
    let mut answers: Vec<(Id, Id)> = decided.collect::<Result<_, _>>()?;
    let said = match replies {
        None => said_answers(conn, (0, i64::MAX))?,
        Some(replies) => {
            let of = replies.iter().map(|reply| said_answers(conn, (reply.0, reply.0)));
            of.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect()
        }
    };
    answers.extend(said.into_iter().map(|(reply, accusation)| (reply, newest(accusation.0))));
    answers.sort_unstable();
    answers.dedup();
    let both = |a: Id, b: Id| Ok::<_, crate::error::Error>(a != b && is_live(a)? && is_live(b)?);
    let mut decisions = Decisions::default();
    for (reply, accusation) in answers {
        if both(reply, accusation)? {
            decisions.answers.push((reply, accusation));
        }
    }
    for link in links {
        if both(link.a, link.b)? {
            decisions.links.push(link);
        }
    }
    Ok(decisions)
}

/// Replies with the claims that their writers said they answer; references that lead to no claim yet are left out.
fn said_answers(conn: &Connection, range: (i64, i64)) -> Result<Vec<(Id, Id)>> {
    let mut answers = Vec::new();
    let mut select = conn.prepare_cached(SAID_ANSWERS)?;
    let mut rows = select.query(named_params! { ":first": range.0, ":last": range.1 })?;
    while let Some(row) = rows.next()? {
        let cell = |n| row.get_ref(n).map(Cell::from);
        let text = cell(1)?.text()?;
        let referred = seen::holder(conn, &ref_key(cell(2)?.maybe_id()?, text))?;
        let accusation = referred.or_else(|| own_claim(text));
        answers.extend(
            accusation.map(|accusation| Ok::<_, crate::error::Error>((cell(0)?.id()?, accusation))).transpose()?,
        );
    }
    Ok(answers)
}
