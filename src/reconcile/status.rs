//! The status of an incident: which of seven words hold of it. A set, not a rank; each word has one rule, written here
//! once.
//!
//! | word | holds if |
//! |---|---|
//! | alleged | a member accuses |
//! | denied | a denial answers it, whoever denies, or is all there is of it |
//! | mutual | two members accuse each other's side |
//! | acknowledged | a party says, not in response, that it or one of its side did it |
//! | corroborated | a third party itself observed what somebody else told: see [`corroborates`] |
//! | contradicted | a third party denies it, or observed and counted none |
//! | figures differ | two parties' latest figures for the same thing do not meet |

use std::collections::{BTreeMap, HashSet};

use super::row::{Count, NARRATION, NONE, Row};
use super::rows::Rows;
use super::{Registers, Status};
use crate::model::{Id, Stance, Unit};

/// An incident's claims.
pub(super) struct Case<'a> {
    pub(super) rows: &'a Rows,
    /// Its members, in canonical order.
    pub(super) members: Vec<&'a Row>,
    /// The replies that attach to it, in canonical order.
    pub(super) replies: Vec<&'a Row>,
    /// Claims that repeat an earlier statement.
    pub(super) repeats: &'a HashSet<Id>,
    /// Sources that compile others' reports, by number.
    pub(super) compilers: &'a HashSet<u32>,
}

/// Works out the status.
pub(super) fn status(case: &Case) -> Status {
    let members = || case.members.iter().copied();
    let replies = || case.replies.iter().copied();
    let accusations = || members().filter(|row| row.stance == Stance::Alleges);
    Status {
        alleged: accusations().next().is_some(),
        denied: members().chain(replies()).any(|row| row.stance == Stance::Denies),
        mutual: accusations().enumerate().any(|(n, a)| accusations().take(n).any(|b| counters(case.rows, a, b))),
        acknowledged: members().any(|row| row.stance == Stance::Acknowledges && !row.in_response),
        corroborated: members().any(|row| corroborates(case, row)),
        contradicted: members().any(|row| counted_none(row) && is_third(case, row))
            || replies().any(|row| row.stance == Stance::Denies && is_third(case, row)),
        figures_differ: figures_differ(case),
    }
}

/// Whether two accusations are each other's counter-claim: each accuses a party whose side the other speaks for or names
/// as the target.
pub(super) fn counters(rows: &Rows, a: &Row, b: &Row) -> bool {
    let behind = |row: &Row, accused: u32| rows.allied(row.target, accused) || rows.allied(row.claimant, accused);
    a.stance == Stance::Alleges
        && b.stance == Stance::Alleges
        && rows.opposed(a.accused, b.accused)
        && behind(a, b.accused)
        && behind(b, a.accused)
}

/// Whether a claim corroborates: it **observes**, in the mouth of a party (narration has no eyes of its own), not in a
/// compilation of others' reports, not as a repeat, of a party that is neither claimant, accused nor target of what others
/// tell of the incident, nor on their sides; and somebody else tells it, with no other accused.
fn corroborates(case: &Case, row: &Row) -> bool {
    row.stance == Stance::Observes
        && row.claimant < NARRATION
        && !counted_none(row)
        && !case.compilers.contains(&row.source)
        && !case.repeats.contains(&row.id)
        && is_third(case, row)
        && case.members.iter().any(|told| {
            matches!(told.stance, Stance::Alleges | Stance::Acknowledges)
                && (row.accused == NONE || told.accused == NONE || case.rows.allied(row.accused, told.accused))
        })
}

/// Whether a claim's claimant is no party to the incident: not among those who accuse, acknowledge, are accused or are
/// targets in it, nor on their sides.
fn is_third(case: &Case, row: &Row) -> bool {
    let rows = case.rows;
    let near = |other: u32| rows.allied(other, row.claimant);
    row.claimant < NARRATION
        && !case.members.iter().any(|told| {
            let speaks = matches!(told.stance, Stance::Alleges | Stance::Acknowledges) && near(told.claimant);
            speaks || near(told.accused) || near(told.target)
        })
        && !near(row.accused)
        && !near(row.target)
}

/// An observer who counted none: "recorded no violations".
fn counted_none(row: &Row) -> bool {
    row.stance == Stance::Observes && row.unit.is_some() && row.count.is_known() && row.count.max == 0
}

/// What a figure is of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    Counted(Unit),
    Killed,
    Wounded,
}

/// A figure with when it was told: its publication. Of one time the last in canonical order counts.
type Told = (Option<i64>, Count);

/// Whether two parties' latest figures for the same thing do not meet. A claimant's later figure takes the place of its
/// earlier one; what dispatches tell in their own voice is nobody's figure.
fn figures_differ(case: &Case) -> bool {
    let mut latest: BTreeMap<(Subject, u32), Told> = BTreeMap::new();
    for row in case.members.iter().filter(|row| row.claimant < NARRATION) {
        let counted = row.unit.map(|unit| (Subject::Counted(unit), row.count));
        for (subject, count) in
            [Some((Subject::Killed, row.killed)), Some((Subject::Wounded, row.wounded)), counted].into_iter().flatten()
        {
            let slot = latest.entry((subject, row.claimant)).or_insert((row.published, Count::UNKNOWN));
            if count.is_known() && (row.published >= slot.0 || !slot.1.is_known()) {
                *slot = (row.published, count);
            }
        }
    }
    let known: Vec<_> = latest.iter().filter(|(_, (_, count))| count.is_known()).collect();
    known.iter().enumerate().any(|(n, ((subject, _), (_, a)))| {
        known.iter().take(n).any(|((other, _), (_, b))| other == subject && !a.meets(*b))
    })
}

/// Numbers of the sources that compile.
pub(super) fn compilers(rows: &Rows, registers: &Registers) -> HashSet<u32> {
    registers.compilers.iter().filter_map(|&source| rows.source_number(source)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ActBase, Figure, Range, Span};
    use crate::reconcile::{Claimant, Fact, Toll};

    const ACCUSER: Id = Id(1);
    const ACCUSED: Id = Id(2);
    const WITNESS: Id = Id(3);
    const MONITOR: Id = Id(4);
    /// One of the accuser's side, and one of the accused's.
    const FRIENDS: [Id; 2] = [Id(5), Id(6)];

    fn fact(claimant: Claimant, stance: Stance, accused: Option<Id>, target: Option<Id>) -> Fact {
        Fact { accused, target, ..Fact::bare(Id(0), claimant, stance, ActBase::Shelling) }
    }

    fn by(party: Id, stance: Stance, accused: Option<Id>, target: Option<Id>) -> Fact {
        fact(Claimant::Party(party), stance, accused, target)
    }

    fn counted_killed(claimant: Id, killed: u64) -> Fact {
        let toll = Toll {
            side: None,
            killed: Some(Range::exactly(killed)),
            wounded: None,
            missing: None,
            captured: None,
            civilian: None,
            total: false,
            since: None,
        };
        Fact { tolls: vec![toll], ..by(claimant, Stance::Observes, None, None) }
    }

    /// Claims of which just these words should hold.
    fn claims(words: Status) -> Vec<Fact> {
        // Somebody has to tell of it; narration alone makes no word true.
        let mut claims = vec![fact(Claimant::Narration, Stance::Observes, None, None)];
        if words.alleged {
            claims.push(by(ACCUSER, Stance::Alleges, Some(ACCUSED), Some(ACCUSER)));
        }
        if words.mutual {
            claims.push(by(ACCUSED, Stance::Alleges, Some(ACCUSER), Some(ACCUSED)));
        }
        if words.denied {
            claims.push(by(ACCUSED, Stance::Denies, Some(ACCUSED), None));
        }
        if words.acknowledged {
            claims.push(by(ACCUSED, Stance::Acknowledges, Some(ACCUSED), None));
        }
        if words.corroborated {
            claims.push(by(WITNESS, Stance::Observes, Some(ACCUSED), None));
        }
        if words.contradicted {
            let none = Figure { amount: Range::exactly(0), unit: Unit::Violation, span: Span::Event };
            claims.push(Fact { figures: vec![none], ..by(MONITOR, Stance::Observes, None, None) });
        }
        if words.figures_differ {
            claims.extend([counted_killed(ACCUSED, 1), counted_killed(FRIENDS[1], 9)]);
        }
        (1..).zip(claims).map(|(id, claim)| Fact { id: Id(id), ..claim }).collect()
    }

    fn status_of(claims: &[Fact]) -> Status {
        let side = [(ACCUSER, 1), (FRIENDS[0], 1), (ACCUSED, 2), (FRIENDS[1], 2)];
        let registers = Registers { side: side.into_iter().collect(), ..Registers::default() };
        let mut rows = Rows::default();
        for claim in claims {
            rows.push(claim, &registers, false);
        }
        rows.settle();
        let (members, replies) = rows.rows.iter().partition(|row| row.is_member());
        status(&Case { rows: &rows, members, replies, repeats: &HashSet::new(), compilers: &HashSet::new() })
    }

    #[test]
    fn every_set_of_words_that_can_hold_together() {
        let mut tested = 0;
        for bits in 0_u8..128 {
            let [alleged, denied, mutual, acknowledged, corroborated, contradicted, figures_differ] =
                [1, 2, 4, 8, 16, 32, 64].map(|bit| bits & bit != 0);
            let words = Status { alleged, denied, mutual, acknowledged, corroborated, contradicted, figures_differ };
            // Who accuses each other accuses; what nobody tells can be corroborated by nobody.
            if (mutual && !alleged) || (corroborated && !alleged && !acknowledged) {
                continue;
            }
            assert_eq!(status_of(&claims(words)), words);
            tested += 1;
        }
        assert_eq!(tested, 88);
    }

    #[test]
    fn who_does_not_corroborate() {
        let told = by(ACCUSER, Stance::Alleges, Some(ACCUSED), Some(ACCUSER));
        let seen =
            |claim: Fact| status_of(&[Fact { id: Id(1), ..told.clone() }, Fact { id: Id(2), ..claim }]).corroborated;
        assert!(seen(by(WITNESS, Stance::Observes, Some(ACCUSED), None)));
        assert!(seen(by(WITNESS, Stance::Observes, None, None)), "who did it need not be seen");
        for (why, claim) in [
            ("an accusation is no observation", by(WITNESS, Stance::Alleges, Some(ACCUSED), None)),
            ("narration has no eyes", fact(Claimant::Narration, Stance::Observes, Some(ACCUSED), None)),
            ("nobody knows who speaks", fact(Claimant::Unknown, Stance::Observes, Some(ACCUSED), None)),
            ("the accuser's own side", by(FRIENDS[0], Stance::Observes, Some(ACCUSED), None)),
            ("the accused's own side", by(FRIENDS[1], Stance::Observes, Some(ACCUSED), None)),
            ("another accused", by(WITNESS, Stance::Observes, Some(MONITOR), None)),
        ] {
            assert!(!seen(claim), "{why}");
        }
    }
}
