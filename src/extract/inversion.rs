//! Words of saying whose speaker stands behind them: "…, near the border with Uganda, said a spokesman".

use super::Lang;
use super::actors::{Mention, is_verbal};
use super::endings::is_gerund;
use super::scene::{Run, Scene};
use super::sense::{Prep, Sense};
use super::speech::may_speak;
use super::tokens::Kind;

/// A speaker stands at most so many words behind its word of saying.
const NEAR: usize = 8;

/// The mentions behind a word of saying that follows a comma or a quotation and is followed by nothing but who says it.
pub(crate) fn speaker(scene: &Scene<'_>, sense: Sense, cue: &Run, run: &Run) -> Option<Vec<usize>> {
    let sign = cue.start.checked_sub(1).and_then(|at| scene.token(at)).is_some_and(|t| t.is(",") || t.is("\""));
    let gerund = scene.token(cue.start).is_some_and(|token| is_gerund(scene.lang, &token.norm));
    // Of "charged the rebel spokesman" only his office tells that he is not the one charged.
    let charges = sense == Sense::Accuse && scene.has(cue.end..cue.end + NEAR, Sense::Authority);
    if scene.lang != Lang::En || !sign || gerund || !(sense == Sense::Say || charges) {
        return None;
    }
    let open =
        |at: &usize| scene.token(*at).is_some_and(|t| matches!(t.norm.as_str(), "," | "." | ";" | ":" | "(" | "\""));
    let end = (cue.end..run.end).find(open).unwrap_or(run.end);
    let tells = |sense: Sense| is_verbal(sense) || matches!(sense, Sense::Clause | Sense::Relative);
    if scene.marks_in(cue.end..end).any(|mark| tells(mark.sense())) {
        return None;
    }
    // "The minister, speaking in Cairo, said nothing": the phrase behind names nobody.
    let aside = |prep: Option<Prep>| matches!(prep, Some(Prep::At | Prep::To | Prep::From | Prep::With | Prep::In));
    let by = |m: &Mention| m.prep == Some(Prep::By) && !scene.has(cue.end..m.at.start, Sense::Statement);
    let begins = |at: usize| scene.token(at).is_some_and(|t| t.kind == Kind::Word) && !scene.is(at, Sense::Preposition);
    let ids: Vec<usize> = (0..scene.mentions.len())
        .filter(|&id| {
            scene.mentions.get(id).is_some_and(|m| {
                m.at.start >= cue.end
                    && m.at.start < end.min(cue.end + NEAR)
                    && may_speak(m)
                    && !aside(m.prep)
                    && !by(m)
            })
        })
        .collect();
    (begins(cue.end) && !ids.is_empty()).then_some(ids)
}

/// Whether a saying that follows what is said has a subject of its own that is nobody known: "…, a dit Willy Ngoma", "…, teilte
/// das Gouverneursamt mit", "…, the Anatolia Barometer said".
pub(crate) fn names_a_stranger(scene: &Scene<'_>, cue: &Run, run: &Run) -> bool {
    let sign = |at: usize| {
        at.checked_sub(1).and_then(|at| scene.token(at)).is_some_and(|token| token.is(",") || token.is("\""))
    };
    let mentioned = |at: usize| scene.mentions.iter().any(|mention| mention.at.contains(&at));
    let word = |at: usize| scene.token(at).filter(|token| token.kind == Kind::Word && !mentioned(at));
    let timed = |at: usize| scene.times.iter().any(|time| time.at.contains(&at));
    let name = |at: usize| word(at).is_some_and(|token| token.capital) && !timed(at);
    // "L'Onuci, qui avait relevé 47 violations, dit avoir eu …": what stands before is not what is said.
    let before = scene.clause(cue.start).checked_sub(1).map(|clause| scene.clause_run(clause)).unwrap_or_default();
    let set_in = scene.all(before.clone(), Sense::Relative).any(|mark| sign(mark.at.start));
    if set_in || !scene.marks_in(before).any(|mark| is_verbal(mark.sense())) {
        return false;
    }
    // The auxiliary goes with its participle: "a indiqué", "ha riferito".
    let verb =
        scene.all(cue.start.saturating_sub(2)..cue.start, Sense::Have).next().map_or(cue.start, |have| have.at.start);
    if sign(verb) {
        let light = [Sense::Preposition, Sense::Negation, Sense::Aside, Sense::Clause, Sense::Relative, Sense::And];
        let noun = scene.lang.inverts() && word(cue.end).is_some() && !timed(cue.end);
        return name(cue.end) || noun && !scene.has_any(cue.end..cue.end + 1, &light);
    }
    let relative = scene.is(run.start, Sense::Relative) && !scene.lang.verb_final();
    sign(run.start) && !relative && !scene.lang.verb_first() && (run.start..cue.start).any(name)
}

/// The subject of the main clause, whose saying opens the sentence in a form that goes with it: "Accusant l'armée d'avoir
/// rompu la trêve, le Front a quitté Genève".
pub(crate) fn subject_behind(scene: &Scene<'_>, cue: &Run, clause: usize) -> Option<usize> {
    let gerund = cue.start == 0 && scene.token(0).is_some_and(|token| is_gerund(scene.lang, &token.norm));
    let romance = scene.lang.adjective_follows() && !scene.lang.verb_first();
    if !(gerund && romance) {
        return None;
    }
    (clause + 1..scene.clauses.len()).find_map(|at| {
        let run = scene.clause_run(at);
        let first = scene.mentions.iter().position(|m| run.contains(&m.at.start))?;
        let subject = scene.mentions.get(first).filter(|m| m.prep.is_none() && may_speak(m))?;
        let verb = scene.marks_in(subject.at.end..run.end).any(|mark| is_verbal(mark.sense()));
        (verb && subject.at.start <= run.start + 2).then_some(first)
    })
}
