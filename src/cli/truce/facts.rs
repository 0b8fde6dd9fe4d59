//! What claims tell of a truce: whom it binds, who mediated it, when it was agreed, took effect and ended.

use crate::error::{Error, Result};
use crate::ledger::Snapshot;
use crate::model::{ActBase, Claim, Edtf, Id, Number, Role, Truce, TruceParty, Zone, edtf};

/// The truce that these claims tell of. Times that `typed` gives (agreed, effective, ended) are not looked for, so
/// that claims which disagree about them can be settled by typing.
pub(super) fn told(numbers: &[Number], ids: &[Id], typed: [bool; 3], snapshot: &Snapshot<'_>) -> Result<Truce> {
    let mut truce = Truce::default();
    let zone = snapshot.office().zone;
    for (number, &id) in numbers.iter().zip(ids) {
        let claim = snapshot.claim(id)?.ok_or_else(|| Error::not_found(format!("{number} cannot be read")))?.value;
        if !claim.act.base.is_truce_fact() {
            let message = format!("{number} is about {}, which is no truce fact", claim.act);
            return Err(Error::usage(message).hint("name claims about truce-agreed, truce-begins or truce-ends"));
        }
        for party in &claim.parties {
            join(&mut truce, party.clone(), Role::Belligerent);
        }
        for mediator in &claim.mediators {
            join(&mut truce, mediator.clone(), Role::Mediator);
        }
        take_time(&mut truce, &claim, number, typed, zone)?;
    }
    Ok(truce)
}

/// Gives a party a part in the truce; one it has already stays.
pub(super) fn join(truce: &mut Truce, party: String, role: Role) {
    if !truce.parties.iter().any(|member| member.party == party && member.role == role) {
        truce.parties.push(TruceParty { party, role, effective: None, ended: None });
    }
}

fn take_time(truce: &mut Truce, claim: &Claim, number: &Number, typed: [bool; 3], office: Zone) -> Result<()> {
    let [agreed, effective, ended] = typed;
    let (slot, option, typed) = match claim.act.base {
        ActBase::TruceAgreed => (&mut truce.agreed, "--agreed", agreed),
        ActBase::TruceBegins => (&mut truce.effective, "--effective", effective),
        ActBase::TruceEnds => (&mut truce.ended, "--ended", ended),
        _ => return Ok(()),
    };
    let Some(time) = claim.occurred.filter(|_| !typed) else { return Ok(()) };
    if has_bare_clock(&time) && claim.zone.is_some_and(|zone| zone != office) {
        return Err(Error::conflict(format!("{number} tells the time {time} in another zone than the ledger's"))
            .hint(format!("give it in the ledger's zone, {office}, with {option}")));
    }
    match slot {
        Some(other) if *other != time => {
            Err(Error::conflict(format!("the claims differ: {other} and {time} (the latter in {number})"))
                .hint(format!("decide with {option} DATE, or leave a claim out of --from")))
        }
        _ => {
            *slot = Some(time);
            Ok(())
        }
    }
}

/// Whether a clock time stands in it that tells no offset of its own.
fn has_bare_clock(time: &Edtf) -> bool {
    let bare = |point: &edtf::Point| point.clock.is_some_and(|clock| clock.offset.is_none());
    match time {
        Edtf::Point(point) => bare(point),
        Edtf::Interval(from, to) => from.point().is_some_and(bare) || to.point().is_some_and(bare),
    }
}
