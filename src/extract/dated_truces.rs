//! Times that tell when a truce was made, which are no times of what is done while it holds.

use super::lexicon::Mark;
use super::scene::{Run, Scene};
use super::sense::Sense;
use super::times::TimeMark;

/// What is told of a truce beside its name.
const FACTS: [Sense; 3] = [Sense::Agreed, Sense::Begins, Sense::Extended];

/// Whether a time belongs to a truce that is named right before it: "the agreement of October 10".
pub(crate) fn of_truce(scene: &Scene<'_>, mark: &TimeMark) -> bool {
    let before = mark.at.start.saturating_sub(4)..mark.at.start;
    let named = scene.has_any(before.clone(), &[Sense::Truce, Sense::Accord])
        && !scene.has_any(before.clone(), &[Sense::ActVerb, Sense::Break]);
    // "Вступившее в силу накануне соглашение", "27 Kasım'da yürürlüğe giren ateşkes".
    let near = mark.at.start.saturating_sub(4)..mark.at.end + 6;
    let fact =
        scene.marks_in(near).find(|word| matches!(word.sense(), Sense::Begins | Sense::Agreed | Sense::Extended));
    let participle = fact.is_some_and(|fact| {
        let from = fact.at.end.max(mark.at.end);
        let noun = scene.all(from..from + 3, Sense::Truce).next();
        noun.is_some_and(|noun| {
            !scene.has_any(mark.at.end.min(fact.at.end)..noun.at.start, &[Sense::ActVerb, Sense::Break])
        })
    });
    named || participle || follows(scene, mark)
}

/// Whether a time stands in what follows a truce to tell of it: "el alto el fuego acordado en 1991", "la tregua che era
/// stata proclamata domenica".
fn follows(scene: &Scene<'_>, mark: &TimeMark) -> bool {
    let adjectives = scene.lang.adjective_follows() && !scene.lang.verb_first();
    let noun = |at: usize| [Sense::Truce, Sense::Accord].iter().any(|&sense| scene.ends_at(at, sense).is_some());
    let idle = |run: Run| !scene.has_any(run, &[Sense::ActVerb, Sense::Break, Sense::And, Sense::But]);
    let adjective = |at: usize| at > 0 && noun(at - 1) && scene.token(at - 1).is_some_and(|token| !token.capital);
    let beside = |at: usize| (noun(at) || adjective(at)) && idle(at..mark.at.start);
    let near = mark.at.start.saturating_sub(5)..mark.at.start;
    let fact = scene.marks_in(near).rfind(|word| FACTS.contains(&word.sense()) && word.at.end <= mark.at.start);
    let far = mark.at.start.saturating_sub(9)..mark.at.start;
    let opener = scene.marks_in(far).rfind(|word| matches!(word.sense(), Sense::Relative | Sense::Clause));
    // "Pactada para los días 24 y 25": the days on which it should have held.
    let meant = |at: usize| scene.token(at).is_some_and(|t| matches!(t.norm.as_str(), "para" | "per" | "pour"));
    let told = |word: &Mark<'_>| beside(word.at.start) && !(word.at.end..mark.at.start).any(meant);
    adjectives && (fact.is_some_and(told) || opener.is_some_and(told))
}
