//! Reading stored dispatches once more with today's lexicons and parties: drafts that nobody has reviewed are replaced
//! where they read otherwise now, and what a person reviewed stays.

use serde_json::{Map, Value};

use super::registration::Registration;
use super::unknown_actors::UnknownActors;
use crate::error::Result;
use crate::extract::{EXTRACTOR, Evidence, Extractor, OwnWords};
use crate::ledger::{Added, Batch, Filter, Provenance};
use crate::model::{Claim, Dispatch, Id};

/// What became of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It was not read before.
    New(Id),
    /// It reads otherwise now: the first takes the place of the second; these fields differ.
    Replaced(Id, Id, Vec<String>),
    /// It is not read any more.
    Gone(Id),
}

/// What reading again came to.
#[derive(Debug, Default)]
pub struct Again {
    /// Dispatches read.
    pub dispatches: usize,
    /// Claims that read as before.
    pub same: usize,
    /// Claims that a person reviewed, which stay as they are.
    pub reviewed: usize,
    /// The rest, by dispatch.
    pub changes: Vec<(Id, Change)>,
    /// Actors that no party bears.
    pub unknown: UnknownActors,
}

/// A claim as it stands.
struct Standing {
    id: Id,
    draft: bool,
    claim: Claim,
}

/// Reads dispatches again, with a user's own words on top. Stops at the first error of the ledger.
pub fn read_again(batch: &mut Batch<'_>, dispatches: &[Id], words: OwnWords) -> Result<Again> {
    let registration = Registration::of(batch)?;
    let zone = batch.snapshot()?.office().zone;
    let extractor = Extractor::new(&registration.book, zone)?.with_words(words);
    let mut reader = Reader { batch, registration, extractor, again: Again::default() };
    for &dispatch in dispatches {
        reader.dispatch(dispatch)?;
    }
    Ok(reader.again)
}

/// A claim as read now, with the spans it was read from.
type Reading = (Claim, Vec<Evidence>);

struct Reader<'a, 'ledger> {
    batch: &'a mut Batch<'ledger>,
    registration: Registration,
    extractor: Extractor,
    again: Again,
}

impl Reader<'_, '_> {
    fn dispatch(&mut self, id: Id) -> Result<()> {
        let Some((dispatch, mut standing)) = self.standing(id)? else { return Ok(()) };
        let read = self.extractor.extract(&dispatch);
        self.again.dispatches += 1;
        self.again.unknown.add(read.unknown);
        let evidence = read.evidence.into_iter().chain(std::iter::repeat(Vec::new()));
        let mut news: Vec<Reading> = read.claims.into_iter().zip(evidence).collect();
        news.retain(|(new, _)| {
            let same = standing.iter().position(|old| differing(&old.claim, new).is_empty());
            self.again.same += usize::from(same.is_some());
            same.map(|at| standing.swap_remove(at)).is_none()
        });
        for new in news {
            let before = standing.iter().position(|old| same_statement(&old.claim, &new.0));
            self.write(id, new, before.map(|at| standing.swap_remove(at)))?;
        }
        for old in standing {
            self.withdraw(id, &old)?;
        }
        Ok(())
    }

    /// A dispatch and the live claims read in it; `None` where its text was redacted: what was read in it stays.
    fn standing(&self, id: Id) -> Result<Option<(Dispatch, Vec<Standing>)>> {
        let snapshot = self.batch.snapshot()?;
        let Some(dispatch) = snapshot.dispatch(id)?.filter(|found| !found.value.text.is_empty()) else {
            return Ok(None);
        };
        let mut standing = Vec::new();
        for counted in snapshot.counted(&Filter { dispatch: Some(id), ..Filter::default() })? {
            let claim = snapshot.claim(counted.fact.id)?;
            standing.extend(claim.map(|claim| Standing { id: claim.id, draft: counted.draft, claim: claim.value }));
        }
        Ok(Some((dispatch.value, standing)))
    }

    /// Records a reading, in the place of an unreviewed draft of the same statement if there is one.
    fn write(&mut self, dispatch: Id, (claim, evidence): Reading, old: Option<Standing>) -> Result<()> {
        if old.as_ref().is_some_and(|old| !old.draft) {
            self.again.reviewed += 1;
            return Ok(());
        }
        self.registration.of_claim(self.batch, &claim)?;
        let provenance = Provenance {
            dispatch: Some(dispatch),
            replaces: old.as_ref().map(|old| old.id),
            extractor: Some(EXTRACTOR.to_owned()),
            evidence,
        };
        let change = match (self.batch.add_claim(&claim, &provenance)?, old) {
            // A person took it back: it stays taken back.
            (Added::Duplicate(_), _) => return Ok(()),
            (Added::New(new) | Added::Replaces(new, _), Some(old)) => {
                Change::Replaced(new, old.id, differing(&old.claim, &claim))
            }
            (Added::New(new) | Added::Replaces(new, _), None) => Change::New(new),
        };
        self.again.changes.push((dispatch, change));
        Ok(())
    }

    /// Takes out a draft that is not read any more.
    fn withdraw(&mut self, dispatch: Id, old: &Standing) -> Result<()> {
        if !old.draft {
            self.again.reviewed += 1;
            return Ok(());
        }
        self.batch.withdraw_draft(old.id, "not read in the dispatch any more")?;
        self.again.changes.push((dispatch, Change::Gone(old.id)));
        Ok(())
    }
}

/// Whether two readings of a dispatch are of one statement: the same words, the same sort of act.
fn same_statement(old: &Claim, new: &Claim) -> bool {
    old.span == new.span && old.stance == new.stance && old.act.base.family() == new.act.base.family()
}

/// The fields in which two claims differ, those apart that say how they were read or where they stand.
fn differing(old: &Claim, new: &Claim) -> Vec<String> {
    const HOW: [&str; 6] = ["dispatch", "rules", "confidence", "source", "url", "published"];
    let fields = |claim: &Claim| match serde_json::to_value(claim) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    let (old, new) = (fields(old), fields(new));
    let mut names: Vec<_> = old.keys().chain(new.keys().filter(|name| !old.contains_key(*name))).collect();
    names.retain(|name| !HOW.contains(&name.as_str()) && old.get(*name) != new.get(*name));
    names.into_iter().cloned().collect()
}
