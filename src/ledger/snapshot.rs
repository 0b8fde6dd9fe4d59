//! Reading: a view of the ledger in one read transaction.

use rusqlite::{OptionalExtension, named_params};

use crate::error::Result;
use crate::model::{Act, Claim, Dispatch, Id, Number, NumberKind, Party, Place, Source, Truce, When};
use crate::reconcile::{Answer, Contradiction, Explanation, Fact, Incident, ProposedTruce, Registers};
use crate::tally::counts::Counts;
use crate::tally::record::Record;

use super::chain::Logged;
use super::chosen::Chosen;
use super::claim_stream::AsWritten;
use super::dispatch::Listed;
use super::filter::Filter;
use super::history::{History, ReadAt};
use super::names::UnknownActor;
use super::search::Hit;
use super::spoken::Spoken;
use super::{
    Counted, EntryKind, Head, Ledger, LinkDecision, Office, Recorded, around, chain, chosen, claim_read, claim_stream,
    concluded, decision, derive, dispatch, encoding, facts, filter, history, names, party, place, search, source,
    spoken, table_named, tallied, touched, truce,
};

/// The incident of a claim, or the earliest that it answers.
const INCIDENT_OF: &str = "SELECT coalesce(incident, (
  SELECT min(told.incident) FROM attached JOIN membership AS told ON told.claim = attached.accusation
  WHERE attached.reply IN (membership.claim, membership.statement)))
FROM membership WHERE claim = :claim";
const SAME_BYTES: &str = "SELECT id FROM dispatch WHERE raw_sha256 = :sha256
  AND NOT EXISTS (SELECT 1 FROM dead WHERE dead.kind = 'dispatch' AND dead.id = dispatch.id) ORDER BY id";

/// A view of the ledger that stays the same until it is dropped.
#[derive(Debug)]
pub struct Snapshot<'ledger> {
    ledger: &'ledger Ledger,
    /// Whether it is a transaction of its own, rather than a look from inside a batch.
    ends: bool,
}

impl<'ledger> Snapshot<'ledger> {
    pub(super) fn begin(ledger: &'ledger Ledger) -> Result<Self> {
        ledger.begin_reading()?;
        Ok(Self { ledger, ends: true })
    }

    /// A look at what a batch has written so far.
    pub(super) const fn inside(ledger: &'ledger Ledger) -> Self {
        Self { ledger, ends: false }
    }

    /// The office.
    pub const fn office(&self) -> &'ledger Office {
        &self.ledger.office
    }

    /// Heads and versions.
    pub fn head(&self) -> Result<Head> {
        let tip = chain::tip(&self.ledger.conn)?;
        let state = derive::state(&self.ledger.conn)?;
        let number = |id: Id| Number::own(NumberKind::Batch, id.number());
        let current = derive::State::current(tip.batch);
        Ok(Head {
            batch: tip.batch.map(number),
            hash: encoding::hex(&tip.hash),
            recorded_at: tip.batch.map(|_| tip.recorded_at),
            derived_by: format!("engine {}, weights {}, normaliser {}", state.engine, state.weights, state.normaliser),
            derived_as_of: (state != current).then(|| number(state.as_of.unwrap_or(Id(0)))),
        })
    }

    /// The id of a quoted number, if there is such a row (dead or alive). Of an incident, whichever holds that claim.
    pub fn find(&self, number: &Number) -> Result<Option<Id>> {
        if number.office.as_ref().is_some_and(|code| *code != self.ledger.office.code) {
            return Ok(None);
        }
        let Some(id) = Id::new(0, number.number) else { return Ok(None) };
        match number.kind {
            NumberKind::Incident => self.incident_of(id),
            NumberKind::Batch => Ok(chain::is_batch(&self.ledger.conn, id)?.then_some(id)),
            kind => {
                let Some(table) = table_named(kind.name()) else { return Ok(None) };
                let there = self.ledger.conn.prepare_cached(table.of)?.exists(named_params! { ":id": id.0 })?;
                Ok(there.then_some(id))
            }
        }
    }

    /// The number under which people quote an id.
    pub const fn number(&self, kind: NumberKind, id: Id) -> Number {
        Number::own(kind, id.number())
    }

    /// Parties with their names, by name.
    pub fn parties(&self) -> Result<Vec<Recorded<Party>>> {
        let mut parties = party::parties(&self.ledger.conn)?;
        parties.sort_by(|a, b| a.value.name.cmp(&b.value.name));
        Ok(parties)
    }

    /// Places with their names, by name.
    pub fn places(&self) -> Result<Vec<Recorded<Place>>> {
        Ok(place::PlaceIndex::load(&self.ledger.conn)?.told())
    }

    /// Sources, by name.
    pub fn sources(&self) -> Result<Vec<Recorded<Source>>> {
        let mut sources = source::sources(&self.ledger.conn)?;
        sources.sort_by(|a, b| a.value.name.cmp(&b.value.name));
        Ok(sources)
    }

    /// Names of actors as said that lead to no one party, the most used first.
    pub fn unknown_actors(&self) -> Result<Vec<UnknownActor>> {
        names::unknown_actors(&self.ledger.conn)
    }

    /// Confirmed truces, by when they took effect.
    pub fn truces(&self) -> Result<Vec<Recorded<Truce>>> {
        truce::truces(&self.ledger.conn)
    }

    /// A truce, dead or alive.
    pub fn truce(&self, id: Id) -> Result<Option<Recorded<Truce>>> {
        truce::truce(&self.ledger.conn, id)
    }

    /// The claims a truce was read from.
    pub fn truce_rests_on(&self, id: Id) -> Result<Vec<Id>> {
        truce::rests_on(&self.ledger.conn, id)
    }

    /// Truces that dispatches tell of and no confirmed truce rests on.
    pub fn proposed_truces(&self) -> Result<Vec<ProposedTruce>> {
        concluded::proposed_truces(&self.ledger.conn)
    }

    /// Live claims that pass, by id.
    pub fn counted(&self, filter: &Filter) -> Result<Vec<Counted>> {
        filter::counted(&self.ledger.conn, self.ledger.office.zone, filter, self.is_fresh()?)
    }

    /// Live claims that pass, with at least what is read of them, replies by `answers` included.
    pub fn chosen(&self, filter: &Filter, answers: &[Answer]) -> Result<Chosen> {
        if *filter == Filter::default() || !self.is_fresh()? {
            return self.whole(filter);
        }
        chosen::chosen(&self.ledger.conn, self.ledger.office.zone, filter, answers)
    }

    /// All live claims and incidents, and which claims pass.
    pub fn whole(&self, filter: &Filter) -> Result<Chosen> {
        chosen::whole(&self.ledger.conn, self.ledger.office.zone, filter, self.is_fresh()?)
    }

    /// What all live claims come to, without what is of days or with it; nothing where what is derived is not up to date.
    pub fn counts(&self, days: bool) -> Result<Option<Counts>> {
        self.is_fresh()?.then(|| tallied::counts(&self.ledger.conn, days)).transpose()
    }

    /// Gives every record of what live claims add to the counts, with the claim it is kept with.
    pub fn each_record(&self, take: &mut dyn FnMut(Id, &Record)) -> Result<()> {
        tallied::each(&self.ledger.conn, take)
    }

    /// The live claims of the statements whose first claim is wanted, by id, where what is derived is up to date; it is
    /// asked about without its figures, losses and places.
    pub fn statements_that(&self, wanted: &dyn Fn(&Fact) -> bool) -> Result<Vec<Counted>> {
        chosen::statements(&self.ledger.conn, wanted)
    }

    /// Whether what is derived is up to date. What a batch has written so far is not in it.
    fn is_fresh(&self) -> Result<bool> {
        Ok(self.ends && derive::is_fresh(&self.ledger.conn, &chain::tip(&self.ledger.conn)?)?)
    }

    /// A claim in full, dead or alive, names resolved as of today.
    pub fn claim(&self, id: Id) -> Result<Option<Recorded<Claim>>> {
        claim_read::claim(&self.ledger.conn, id)
    }

    /// Gives every live claim of the batches after one (`None`: all), by id, as its writer recorded it.
    pub fn each_claim(&self, after: Option<Id>, take: &mut dyn FnMut(AsWritten) -> Result<()>) -> Result<()> {
        claim_stream::each(&self.ledger.conn, after, take)
    }

    /// When a claim says it happened, as stored. `None` for an undated claim.
    pub fn occurred(&self, claim: Id) -> Result<Option<When>> {
        filter::occurred(&self.ledger.conn, self.ledger.office.zone, claim)
    }

    /// When each live claim was made; those of which nobody tells are left out.
    pub fn spoken(&self) -> Result<Spoken> {
        spoken::spoken(&self.ledger.conn)
    }

    /// What became of a claim: who made it, its versions, retractions and reviews.
    pub fn history(&self, claim: Id) -> Result<Option<History>> {
        history::history(&self.ledger.conn, claim)
    }

    /// Where an extractor read the slots of a claim.
    pub fn evidence(&self, claim: Id) -> Result<Vec<ReadAt>> {
        history::evidence(&self.ledger.conn, claim)
    }

    /// A dispatch in full, dead or alive.
    pub fn dispatch(&self, id: Id) -> Result<Option<Recorded<Dispatch>>> {
        dispatch::dispatch(&self.ledger.conn, id)
    }

    /// The live dispatches, by id.
    pub fn dispatches(&self) -> Result<Vec<Listed>> {
        dispatch::dispatches(&self.ledger.conn)
    }

    /// The live dispatches whose bytes have this SHA-256.
    pub fn dispatches_of_bytes(&self, sha256: &[u8; 32]) -> Result<Vec<Id>> {
        let mut select = self.ledger.conn.prepare_cached(SAME_BYTES)?;
        let ids = select.query_map(named_params! { ":sha256": sha256 }, |row| row.get(0).map(Id))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// The live claims read in a dispatch: all (`None`), unreviewed drafts (`Some(true)`), or the others.
    pub fn claims_of(&self, dispatch: Id, draft: Option<bool>) -> Result<Vec<Id>> {
        let filter = Filter { dispatch: Some(dispatch), draft, ..Filter::default() };
        Ok(self.counted(&filter)?.into_iter().map(|claim| claim.fact.id).collect())
    }

    /// Incidents, by id.
    pub fn incidents(&self) -> Result<Vec<Incident>> {
        concluded::incidents(&self.ledger.conn)
    }

    /// An incident with its claims, without the rest of the ledger being read.
    pub fn incident(&self, id: Id) -> Result<Option<Incident>> {
        around::incident(&self.ledger.conn, id)
    }

    /// The answers that some claims give or get, by reply.
    pub fn answers_around(&self, claims: impl IntoIterator<Item = Id>) -> Result<Vec<Answer>> {
        around::answers(&self.ledger.conn, claims)
    }

    /// Some live claims with those that make the same statements, by id.
    pub fn statements_of(&self, claims: impl IntoIterator<Item = Id>) -> Result<Vec<Counted>> {
        around::statements(&self.ledger.conn, claims)
    }

    /// The incident that holds a claim, or the earliest that it answers.
    pub fn incident_of(&self, claim: Id) -> Result<Option<Id>> {
        let mut select = self.ledger.conn.prepare_cached(INCIDENT_OF)?;
        let incident: Option<Option<i64>> =
            select.query_row(named_params! { ":claim": claim.0 }, |row| row.get(0)).optional()?;
        Ok(incident.flatten().map(Id))
    }

    /// Replies and what they answer, by reply.
    pub fn answers(&self) -> Result<Vec<Answer>> {
        concluded::answers(&self.ledger.conn)
    }

    /// What persons said of pairs of claims, as it holds today, by claims.
    pub fn links(&self) -> Result<Vec<LinkDecision>> {
        decision::links(&self.ledger.conn)
    }

    /// Why the claims of the incident that holds a claim are held together, and why the nearest others are not among them.
    pub fn explain(&self, claim: Id) -> Result<Explanation> {
        touched::explain(&self.ledger.conn, claim)
    }

    /// Decisions that cannot both be followed.
    pub fn contradictions(&self) -> Result<Vec<Contradiction>> {
        concluded::contradictions(&self.ledger.conn)
    }

    /// Kinds, sides and places, as reconciliation sees them.
    pub fn registers(&self) -> Result<Registers> {
        facts::registers(&self.ledger.conn)
    }

    /// Batches, oldest first.
    pub fn log(&self) -> Result<Vec<Logged>> {
        chain::log(&self.ledger.conn)
    }

    /// What a batch wrote, by kind.
    pub fn written_by(&self, batch: Id) -> Result<Vec<(EntryKind, u64)>> {
        let parts = chain::parts(&self.ledger.conn, batch)?;
        Ok(parts.into_iter().map(|(kind, _, entries)| (kind, entries.unsigned_abs())).collect())
    }

    /// Dispatches and live claims that hold all these words (a word's end may be left out with `*`, words in double
    /// quotes stand together), best first, at most `limit`.
    pub fn search(&self, words: &str, limit: usize) -> Result<Vec<Hit>> {
        search::search(&self.ledger.conn, words, limit)
    }

    /// Every act with its detail that live claims use, for completion.
    pub fn acts(&self) -> Result<Vec<Act>> {
        history::acts(&self.ledger.conn)
    }
}

impl Drop for Snapshot<'_> {
    fn drop(&mut self) {
        if self.ends {
            self.ledger.end_reading();
        }
    }
}
