//! What of a text is told as a fact of war at all.

use super::deeds::{self, Deed, Told};
use super::roles::Role;
use super::sense::{Frame, Sense};
use super::speech::Speech;
use super::story::Read;

/// Whether a text is about sport, trade or the like, whatever words of war it borrows: such words in every fourth
/// sentence, and three of them at least.
pub(crate) fn is_no_news(reads: &[Read<'_>]) -> bool {
    let words = reads.iter().map(|read| read.scene.all(read.scene.whole(), Sense::Discard).count()).sum::<usize>();
    words >= 3 && words * 4 >= reads.len()
}

/// Whether a sentence is about sport, trade or the like.
pub(crate) fn discarded(read: &Read<'_>) -> bool {
    read.scene.has(read.scene.whole(), Sense::Discard)
}

/// Whether a deed is told as a fact at all, rather than named in passing.
pub(crate) fn is_told(read: &Read<'_>, deed: &Deed, agent: Option<&Role>, governed: Option<&Speech>) -> bool {
    if deed.unreal {
        return false;
    }
    if matches!(deed.told, Told::Verb | Told::Kept) {
        return true;
    }
    let run = read.scene.clause_run(deed.clause);
    let cue = governed.is_some_and(|speech| {
        matches!(
            speech.sense,
            Sense::Accuse | Sense::Deny | Sense::Admit | Sense::Witness | Sense::MutualAccuse | Sense::Say
        ) && read.scene.clause(speech.cue.start) == deed.clause
    });
    let counted = super::numbers::counting(&read.scene, deed.at.start, run.start).is_some_and(|amount| !amount.article);
    let hurt = read.scene.has_any(read.scene.whole(), &[Sense::Killed, Sense::Wounded]);
    let blamed =
        governed.is_some_and(|speech| matches!(speech.sense, Sense::Accuse | Sense::MutualAccuse | Sense::Deny));
    let outbreak = read.scene.has(read.scene.whole(), Sense::Outbreak) && deed.frame == Frame::Event;
    if deed.frame == Frame::Event && !(outbreak || cue || hurt) {
        return false;
    }
    agent.is_some()
        || outbreak
        || cue
        || counted
        || blamed
        || deed.support.is_some()
        || (hurt && deeds::is_fire(deed.act))
        || deed.negated
}
