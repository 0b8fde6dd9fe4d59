//! Who plays in a text: the parties that fight, and the monitor it names.

use std::collections::HashMap;

use super::actors::{Mention, Part, Who};
use super::names::{Bearer, NameForm, Names};
use super::sense::{Prep, Sense};
use super::story::Read;
use crate::model::PartyKind;

/// Who fights in a text, most prominent first, and the one monitor it names.
pub(crate) fn cast(names: &Names, reads: &[Read<'_>]) -> (Vec<Bearer>, Option<Bearer>) {
    let mut weights: HashMap<Bearer, (u32, usize)> = HashMap::new();
    let mut monitors: Vec<Bearer> = Vec::new();
    let mut order = 0;
    let mut add = |party: Bearer, weight: u32| {
        order += 1;
        let entry = weights.entry(party).or_insert((0, order));
        entry.0 += weight;
    };
    for read in reads {
        for mention in &read.scene.mentions {
            let Some(party) = mention.party() else { continue };
            match names.kind(party) {
                PartyKind::Monitor => {
                    if !monitors.contains(&party) {
                        monitors.push(party);
                    }
                }
                PartyKind::Mediator | PartyKind::Organization => add(party, 0),
                _ => add(party, u32::from(!is_ground(mention))),
            }
        }
        for speech in &read.speeches {
            let accused = speech.accused.and_then(|id| read.scene.mentions.get(id)).and_then(Mention::party);
            let speaker = speech.speaker.first().and_then(|&id| read.scene.mentions.get(id)).and_then(Mention::party);
            let heavy = matches!(speech.sense, Sense::Accuse | Sense::Deny | Sense::MutualAccuse);
            for party in accused.into_iter().chain(speaker.filter(|_| heavy)) {
                add(party, 3);
            }
        }
        for party in read.deeds.iter().filter_map(|(_, agent)| agent.as_ref()).filter_map(|agent| match agent.who {
            Who::Party(party) => Some(party),
            _ => None,
        }) {
            add(party, 3);
        }
    }
    let mut fighting: Vec<(Bearer, (u32, usize))> =
        weights.into_iter().filter(|(_, (weight, _))| *weight > 0).collect();
    fighting.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(a.1.1.cmp(&b.1.1)));
    let monitor = monitors.first().copied().filter(|_| monitors.len() == 1);
    (fighting.into_iter().map(|(party, _)| party).collect(), monitor)
}

/// Whether a mention stands for land, or within a word that is not the party's own.
fn is_ground(mention: &Mention) -> bool {
    let within = mention.may_be_place() && matches!(mention.prep, Some(Prep::In | Prep::At));
    // "The talks of Abidjan": a capital that lends its name to something.
    let of = mention.form == Some(NameForm::Capital) && mention.prep == Some(Prep::Of);
    within || of || mention.form == Some(NameForm::Attached) || mention.part == Part::Ground
}
