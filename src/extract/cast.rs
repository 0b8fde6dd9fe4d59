//! Who plays in a text: the parties that fight, and the monitor it names.

use std::collections::HashMap;

use super::actors::{Mention, Part, Who};
use super::names::{Bearer, NameForm, Names};
use super::sense::{Prep, Sense};
use super::story::Read;
use crate::model::PartyKind;

/// Who plays in a text.
#[derive(Debug)]
pub(crate) struct Cast {
    /// Who fights: registered parties before those only known, the most prominent first.
    pub(crate) fighting: Vec<Bearer>,
    /// Everybody named, in order.
    pub(crate) everybody: Vec<Bearer>,
    /// The one monitor named, if one only is.
    pub(crate) monitor: Option<Bearer>,
    /// The state that is named more often than any other, its land included: whose government "the government" is.
    pub(crate) home: Option<Bearer>,
}

/// The parties that play in a text.
pub(crate) fn cast(names: &Names, reads: &[Read<'_>]) -> Cast {
    let mut weights: HashMap<Bearer, (u32, usize)> = HashMap::new();
    let mut monitors: Vec<Bearer> = Vec::new();
    let mut everybody: Vec<Bearer> = Vec::new();
    let mut order = 0;
    let mut add = |party: Bearer, weight: u32| {
        order += 1;
        let entry = weights.entry(party).or_insert((0, order));
        entry.0 += weight;
    };
    for read in reads {
        for mention in &read.scene.mentions {
            let Some(party) = mention.party() else { continue };
            if !everybody.contains(&party) {
                everybody.push(party);
            }
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
            let fights = |party: &Bearer| !matches!(names.kind(*party), PartyKind::Organization | PartyKind::Mediator);
            for party in accused.into_iter().chain(speaker.filter(fights).filter(|_| heavy)) {
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
    let strange = |party: Bearer| !names.registered(party);
    fighting.sort_by_key(|&(party, (weight, order))| (strange(party), std::cmp::Reverse(weight), order));
    let monitor = monitors.first().copied().filter(|_| monitors.len() == 1);
    let fighting = fighting.into_iter().map(|(party, _)| party).collect();
    Cast { fighting, everybody, monitor, home: home(names, reads) }
}

/// Whether a party of this kind may be who is called so: no rebels are "the government", no state is "the rebels".
pub(crate) const fn may_be(who: Who, kind: PartyKind) -> bool {
    !matches!((who, kind), (Who::Rebels, PartyKind::State) | (Who::Government, PartyKind::NonState))
}

/// The state named most often, where one is.
fn home(names: &Names, reads: &[Read<'_>]) -> Option<Bearer> {
    let mut counts: HashMap<Bearer, usize> = HashMap::new();
    // A capital may be no more than where others talk.
    let mentions = reads.iter().flat_map(|read| &read.scene.mentions).filter(|m| m.form != Some(NameForm::Capital));
    for party in mentions.filter_map(Mention::party).filter(|&party| names.kind(party) == PartyKind::State) {
        *counts.entry(party).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    let mut first = counts.into_iter().filter(|(_, count)| *count == most).map(|(party, _)| party);
    first.next().filter(|_| first.next().is_none())
}

/// Whether a mention stands for land, or within a word that is not the party's own.
fn is_ground(mention: &Mention) -> bool {
    let within = mention.may_be_place() && matches!(mention.prep, Some(Prep::In | Prep::At));
    // "The talks of Abidjan": a capital that lends its name to something.
    let of = mention.form == Some(NameForm::Capital) && mention.prep == Some(Prep::Of);
    within || of || mention.form == Some(NameForm::Attached) || mention.part == Part::Ground
}
