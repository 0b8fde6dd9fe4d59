//! Cutting a sentence into clauses: at signs, at words that open clauses, and at "and" between two predicates.

use super::actors::is_verbal;
use super::scene::{Run, Scene};
use super::sense::Sense;
use super::tokens::Kind;

/// The clauses of a sentence, in order, without gaps.
pub(crate) fn cut(scene: &Scene<'_>) -> Vec<Run> {
    let end = scene.tokens().len();
    let mut cuts = vec![0];
    for at in 1..end {
        let last = cuts.last().copied().unwrap_or(0);
        if at > last && begins(scene, at, last) {
            cuts.push(at);
        }
    }
    cuts.push(end);
    cuts.windows(2).filter_map(|pair| Some(*pair.first()?..*pair.get(1)?)).filter(|run| !run.is_empty()).collect()
}

/// Settles which of two a word is that opens the words of a saying and clauses on a noun alike (Spanish "que", Italian
/// "che"): after a comma the latter; else the former where a word of saying stands before it in the same stretch.
pub(crate) fn settle_openers(scene: &mut Scene<'_>) {
    let both = |at: &Run| {
        let has = |sense| scene.marks.iter().any(|mark| mark.at == *at && mark.sense() == sense);
        has(Sense::Clause) && has(Sense::Relative)
    };
    let openers: Vec<(Run, Sense)> = scene
        .all(scene.whole(), Sense::Clause)
        .map(|mark| mark.at.clone())
        .filter(both)
        .map(|at| (at.clone(), if completes(scene, at.start) { Sense::Relative } else { Sense::Clause }))
        .collect();
    if !openers.is_empty() {
        scene.keep(|mark| !openers.iter().any(|(at, not)| mark.at == *at && mark.sense() == *not));
    }
}

/// Settles that a word that opens clauses and stands before nouns alike ("after", "während") does the former where a
/// predicate follows with room for its subject.
pub(crate) fn settle_conjunctions(scene: &mut Scene<'_>) {
    let opens = |at: &usize| {
        scene.is(*at, Sense::Preposition)
            && !predicate(scene, at + 1..at + 2)
            && predicate(scene, at + 2..next_stop(scene, at + 1))
    };
    let openers: Vec<usize> = scene.all(scene.whole(), Sense::But).map(|mark| mark.at.start).filter(opens).collect();
    if !openers.is_empty() {
        scene.keep(|mark| mark.sense() != Sense::Preposition || !openers.contains(&mark.at.start));
    }
}

/// Whether what a word opens is what is said, wanted or feared in the words before it.
fn completes(scene: &Scene<'_>, at: usize) -> bool {
    let comma = at.checked_sub(1).and_then(|at| scene.token(at)).is_some_and(|token| token.is(","));
    let from = (0..at)
        .rev()
        .find(|&at| {
            scene.token(at).is_some_and(|token| matches!(token.norm.as_str(), "," | ";" | ":" | "(" | ")"))
                || scene.has_any(at..at + 1, &[Sense::Clause, Sense::Relative, Sense::But])
        })
        .map_or(0, |at| at + 1);
    let said = [
        Sense::Say,
        Sense::Accuse,
        Sense::Deny,
        Sense::Admit,
        Sense::Witness,
        Sense::Demand,
        Sense::Statement,
        Sense::Unreal,
    ];
    !comma && scene.has_any(from..at, &said)
}

/// Whether a clause begins at a token. `last` is where the one before begins.
fn begins(scene: &Scene<'_>, at: usize, last: usize) -> bool {
    let Some(before) = scene.token(at - 1) else { return false };
    let Some(token) = scene.token(at) else { return false };
    match before.norm.as_str() {
        ";" | ":" if token.spaced => return true,
        "," if !token.spaced && token.kind == Kind::Number => return false,
        "," if beside_aside(scene, at) => return false,
        "," if scene.lang.verb_first() => {
            return predicate(scene, last..at) && predicate(scene, at..next_stop(scene, at + 1));
        }
        "," => return (predicate(scene, last..at) || inserts(scene, at)) && !in_list(scene, at - 1),
        "-" if before.spaced && token.spaced => return !joins_names(scene, at - 1, last),
        ")" => return !is_gloss(scene, opened(scene, at - 1), at - 1),
        _ => {}
    }
    if token.is("(") {
        let closed = (at..at + GLOSS + 2).find(|&at| scene.token(at).is_some_and(|token| token.is(")")));
        return !closed.is_some_and(|closed| is_gloss(scene, at, closed));
    }
    let opens = |sense| scene.is(at, sense);
    let next = next_stop(scene, at + 1);
    // In sentences that set no comma, a word that opens clauses does so where a predicate follows.
    if opens(Sense::Clause) || opens(Sense::Relative) || opens(Sense::But) {
        // "and that": the clause has begun with "and".
        let begun = scene.lang.verb_first() && at == last + 1 && scene.is(last, Sense::And);
        return !begun && predicate(scene, at + 1..next);
    }
    if scene.lang.verb_first() {
        // Arabic joins clauses and nouns by the same word; a clause has its verb near.
        let near = (at + 1..next.min(at + 6)).find(|&at| scene.is(at, Sense::And)).unwrap_or(next.min(at + 6));
        let that = scene.is(at + 1, Sense::Clause) && predicate(scene, at + 2..next);
        // "and with", "and for" join nouns.
        let preposition =
            scene.is(at + 1, Sense::Preposition) && scene.token(at + 2).is_some_and(|token| !token.spaced);
        return opens(Sense::And)
            && !preposition
            && predicate(scene, last..at)
            && (that || predicate(scene, at + 1..near));
    }
    // "killing two soldiers and a driver and wounding others": the first "and" joins nouns, the second verbs.
    let verb =
        |and: &usize| scene.is(*and, Sense::And) && scene.marks_in(*and + 1..*and + 2).any(|m| is_verbal(m.sense()));
    let next = (at + 1..next).find(verb).unwrap_or(next);
    // "X and its allies who attacked": the predicate is of the relative clause.
    let next = (at + 2..next).find(|&at| scene.is(at, Sense::Relative)).unwrap_or(next);
    opens(Sense::And) && predicate(scene, last..at) && predicate(scene, at + 1..next) && !braced(scene, last..at)
}

/// Whether a German auxiliary waits for its participle, so that "and" joins nouns: "hätten die Stadt mit Artillerie und
/// Raketenwerfern beschossen".
fn braced(scene: &Scene<'_>, run: Run) -> bool {
    let auxiliary = |sense: Sense| matches!(sense, Sense::Be | Sense::Have);
    let verbs = || scene.marks_in(run.clone()).filter(|mark| is_verbal(mark.sense()));
    scene.lang.auxiliary_apart() && verbs().next().is_some() && verbs().all(|mark| auxiliary(mark.sense()))
}

/// Whether the comma before a token opens or closes a word set between commas that parts no clause: "negó, en cambio, el
/// bombardeo".
fn beside_aside(scene: &Scene<'_>, at: usize) -> bool {
    let comma = |at: usize| scene.token(at).is_some_and(|token| token.is(","));
    let opens = scene.all(at..at + 1, Sense::Aside).any(|mark| comma(mark.at.end));
    opens || scene.ends_at(at - 1, Sense::Aside).is_some_and(|mark| mark.at.start > 0 && comma(mark.at.start - 1))
}

/// Whether a saying set between commas begins at a token, its speaker behind it: "войска, утверждает ведомство, не вышли".
fn inserts(scene: &Scene<'_>, at: usize) -> bool {
    if !(scene.lang.is_slavic() && scene.is(at, Sense::Say)) {
        return false;
    }
    let next = next_stop(scene, at + 1);
    let comma = scene.token(next).is_some_and(|token| token.is(","));
    let speaker = scene.has(at + 1..next, Sense::Authority) || scene.mentions_in(at + 1..next).next().is_some();
    comma && speaker && !scene.is(next + 1, Sense::Clause) && predicate(scene, next + 1..scene.tokens().len())
}

/// Brackets hold at most so many words that only give another name.
const GLOSS: usize = 4;

/// Where the bracket opens that closes at a token.
fn opened(scene: &Scene<'_>, close: usize) -> usize {
    let open = |at: &usize| scene.token(*at).is_some_and(|token| token.is("("));
    (0..close).rev().find(open).unwrap_or(0)
}

/// Whether what stands in brackets, given by their tokens, only gives another name: "the Front (FLN) said".
fn is_gloss(scene: &Scene<'_>, open: usize, close: usize) -> bool {
    let small = close.saturating_sub(open + 1) <= GLOSS && !scene.has(open..close, Sense::Preposition);
    small && !predicate(scene, open..close)
}

/// Whether a dash joins the two ends of a road or a line: "на дороге Шали - Ведено".
fn joins_names(scene: &Scene<'_>, dash: usize, last: usize) -> bool {
    let capital = |at: usize| scene.token(at).is_some_and(|token| token.capital);
    let road = dash.saturating_sub(3)..dash;
    let named = dash > 0 && capital(dash - 1) && capital(dash + 1);
    named && scene.has_any(road, &[Sense::Land, Sense::Axis]) && !predicate(scene, last..dash)
}

/// Whether a comma stands between the members of a list: a short run without predicate after it, up to the next comma
/// or "and", and capitals or numbers on both sides.
fn in_list(scene: &Scene<'_>, comma: usize) -> bool {
    let next = (comma + 1..comma + 8)
        .find(|&at| scene.token(at).is_none_or(|token| token.is(",") || token.is(".")) || scene.is(at, Sense::And));
    let Some(next) = next else { return false };
    let named =
        |token: Option<&super::tokens::Token>| token.is_some_and(|token| token.capital || token.kind == Kind::Number);
    let before = named(comma.checked_sub(1).and_then(|at| scene.token(at)));
    let member = comma + 1..next;
    let after = scene.tokens().get(member.clone()).unwrap_or_default().iter().any(|token| token.capital);
    before && after && member.len() <= 4 && !predicate(scene, member)
}

/// Where the next sign or conjunction stands.
fn next_stop(scene: &Scene<'_>, from: usize) -> usize {
    let end = scene.tokens().len();
    (from..end)
        .find(|&at| {
            let sign =
                scene.token(at).is_some_and(|token| matches!(token.norm.as_str(), "," | ";" | ":" | "(" | "." | ")"));
            sign || scene.is(at, Sense::But) && !scene.is(at, Sense::Preposition)
        })
        .unwrap_or(end)
}

/// Whether a run holds a word that says or does something.
fn predicate(scene: &Scene<'_>, run: Run) -> bool {
    scene.has_any(
        run,
        &[
            Sense::Say,
            Sense::Accuse,
            Sense::Deny,
            Sense::Admit,
            Sense::Witness,
            Sense::ActVerb,
            Sense::KillVerb,
            Sense::WoundVerb,
            Sense::Break,
            Sense::Keep,
            Sense::Begins,
            Sense::Agreed,
            Sense::Extended,
            Sense::Ends,
            Sense::Support,
            Sense::Demand,
            Sense::MutualAccuse,
            Sense::Silence,
            Sense::Be,
            Sense::Have,
            Sense::Killed,
            Sense::Wounded,
            Sense::Source,
            Sense::Outbreak,
        ],
    )
}
