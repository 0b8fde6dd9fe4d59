//! How far what is said reaches: which sides of its word a saying covers, and what a source tells that is named within a
//! sentence.

use super::scene::{Run, Scene};
use super::sense::Sense;
use super::speech;

/// A saying set between commas has at most so many words.
const INSERTED: usize = 8;

/// Which sides of its word a saying covers.
pub(crate) fn reach(scene: &Scene<'_>, sense: Sense, cue: &Run, clause: usize, speaker: &[usize]) -> (bool, bool) {
    if sense == Sense::Source {
        return (true, true);
    }
    let run = scene.clause_run(clause);
    let last_clause = clause + 1 >= scene.clauses.len();
    let content = speech::told(scene, cue.end..run.end);
    let that = scene.is(run.end, Sense::Clause) && !last_clause;
    let colon = scene.token(run.end.saturating_sub(1)).is_some_and(|token| token.is(":"));
    let quote_after = scene.token(cue.end).is_some_and(|token| token.is("\""));
    // Russian sets the words of a denial or an accusation on either side of it.
    let both_sides = matches!(sense, Sense::Deny) || (sense == Sense::Silence);
    let subject_after = speaker.iter().any(|&id| scene.mentions.get(id).is_some_and(|m| m.at.start >= cue.end));
    let begins = clause == 0;
    if sense == Sense::Deny && speech::resumes(scene, run.start) {
        // What is denied was told by somebody else.
        return (false, false);
    }
    if begins {
        let said_before = speech::told(scene, run.start..cue.start) && !content && (last_clause || subject_after);
        return (both_sides || said_before, true);
    }
    let plain = matches!(sense, Sense::Say | Sense::Admit | Sense::Witness);
    if plain && scene.is(run.start, Sense::Relative) {
        // "By the militia, which cited an order": what the relative clause says is not the clause before it.
        return (false, true);
    }
    let aside = !scene.has_any(run.start..run.start + 1, &[Sense::And, Sense::But]) && run.len() <= INSERTED;
    if aside && !content && !colon && !quote_after {
        // "They fired, he said, and that night sent a boat": set between commas, it covers both sides.
        return (true, !last_clause);
    }
    if content || that || colon || quote_after {
        return (both_sides || (subject_after && !that && !colon && !quote_after), true);
    }
    (true, !last_clause)
}

/// What a source named within a sentence tells, where that is only a part of it: what stands in brackets with it, or what
/// it opens after "but": "X обвинил Y, а по данным Y, …".
pub(crate) fn source_of_part(scene: &Scene<'_>, sense: Sense, cue: &Run, run: &Run) -> Option<Run> {
    let sign = |at: usize, sign: &str| scene.token(at).is_some_and(|token| token.is(sign));
    let near = cue.start.saturating_sub(6)..cue.start;
    let open = near.rev().take_while(|&at| !sign(at, ")")).find(|&at| sign(at, "("));
    let closed = open.and_then(|open| (cue.end..scene.whole().end).find(|&at| sign(at, ")")).map(|end| open..end));
    let opens = cue.start <= run.start + 1 && scene.is(run.start, Sense::But) && run.start > 0;
    closed.or_else(|| opens.then_some(run.start..scene.whole().end)).filter(|_| sense == Sense::Source)
}
