//! Those who stand in one part together: "the army and the militia", "by X, Y and Z".

use super::actors::{self, Mention, Part};
use super::scene::{Run, Scene};
use super::sense::Sense;
use super::tokens::{Kind, Token};

/// The parties that stand in one part with somebody beside a verb: "the army and the militia attacked", "by X, Y and Z".
pub(crate) fn joined<'s>(scene: &'s Scene<'_>, at: &Run, verb: usize) -> Vec<&'s Mention> {
    let Some(head) = scene.mentions.iter().find(|mention| mention.at == *at) else { return Vec::new() };
    let mut joined: Vec<&Mention> = Vec::new();
    let mut end = past_initials(scene, head);
    let left = scene.mentions.iter().rfind(|mention| mention.at.end <= head.at.start);
    if let Some(left) = left.filter(|left| {
        let gap = left.at.end..head.at.start;
        let named = left.party().is_some() && left.can_act() && left.part != Part::Agent;
        named && tied(scene, &gap) && scene.has(gap, Sense::And)
    }) {
        return vec![left];
    }
    for mention in scene.mentions_in(end..scene.whole().end) {
        if mention.at.start < end {
            continue;
        }
        let gap = end..mention.at.start;
        let (and, light) = (scene.has(gap.clone(), Sense::And), tied(scene, &gap));
        let comma = scene.token(end).is_some_and(|token| token.is(","));
        let alike = mention.party().is_some() && mention.can_act() && mention.part != Part::Agent;
        // "by A and B said": what has a verb of its own begins another clause.
        let next = mention.at.end..mention.at.end + 1;
        let apart = mention.at.start > verb && scene.marks_in(next).any(|mark| actors::is_verbal(mark.sense()));
        if !(light && alike && (and || comma)) || apart {
            break;
        }
        joined.push(mention);
        end = past_initials(scene, mention);
        if and {
            // Members of a list stand in one case: "milisler, Rusya ve Türkiye'nin çağrısıyla" is none.
            let alike = !scene.lang.embeds() || mention.prep == head.prep;
            return if alike { joined } else { Vec::new() };
        }
    }
    Vec::new()
}

/// Where a name ends with its initials, which stand in brackets after it: "les Forces de soutien (FSR)".
fn past_initials(scene: &Scene<'_>, mention: &Mention) -> usize {
    let sign = |at: usize, sign: &str| scene.token(at).is_some_and(|token| token.is(sign));
    let close = (mention.at.end + 2..mention.at.end + 6).find(|&at| sign(at, ")"));
    close.filter(|_| sign(mention.at.end, "(")).map_or(mention.at.end, |at| at + 1)
}

/// Whether only small words and commas part two names of a list.
fn tied(scene: &Scene<'_>, gap: &Run) -> bool {
    let small = |token: &Token| token.kind == Kind::Word || matches!(token.norm.as_str(), "," | "-" | "'");
    gap.len() <= 4
        && scene.tokens().get(gap.clone()).unwrap_or_default().iter().all(small)
        && !scene.marks_in(gap.clone()).any(|mark| actors::is_verbal(mark.sense()))
}
