//! Taking files into a ledger: every row becomes new, a duplicate, a replacement or a refusal, and all that is taken
//! stands or falls with the batch.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::{Arc, RwLock};

use csv::ByteRecord;

use super::files::Found;
use super::form::{Form, Layout};
use super::item::{Item, Raw, Row, Sink};
use super::options::Options;
use super::plan::{Fate, FilePlan, Plan};
use super::reader::Reader;
use super::registration::{Registration, register};
use super::source::Source;
use super::{ahead, archive};
use crate::error::{Error, Kind, Result};
use crate::extract::{EXTRACTOR, Extraction, Extractor};
use crate::ledger::{Added, Batch, Known, Provenance};
use crate::model;
use crate::model::{Claim, Dispatch, Id, Number, NumberKind, Party, Place, SourceKind, Truce};

/// Stands for the extractor of drafts that came as claims: their lines do not tell it.
const IMPORTED: &str = "imported";

/// What watches an import.
pub trait Watch {
    /// Opens a file; reading may be watched on the way.
    fn open(&mut self, path: &Path) -> Result<Source>;

    /// Hears of a refused row: as it came, the header of its table, and why.
    fn refused(&mut self, header: &ByteRecord, raw: Raw<'_>, error: &Error) -> Result<()>;

    /// Hears what became of a row. Its errors end the import.
    fn row(&mut self, file: &FilePlan, line: Option<u64>, fate: &Fate) -> Result<()>;
}

/// Takes in files, after registering `parties`. What cannot be read is refused, by rows where a file has them, and the
/// rest goes in; an error of the ledger or of `watch` ends it.
pub fn take_in(
    batch: &mut Batch<'_>,
    found: &Found,
    parties: &[Party],
    options: &Options,
    watch: &mut dyn Watch,
) -> Result<Plan> {
    let plan = Plan { parties: register(batch, parties)?, ..Plan::default() };
    let first_claim = batch.next_claim()?;
    let (registration, known) = (Registration::of(batch)?, batch.known());
    let mut intake = Intake {
        batch,
        options,
        registration,
        known: Arc::new(RwLock::new(known)),
        reader: None,
        read: HashMap::new(),
        plan,
        file: FilePlan::new(Path::new("")),
        header: ByteRecord::new(),
        watch,
        first_claim,
        compilers: HashSet::new(),
        cited: None,
        unread: Vec::new(),
        ended: false,
    };
    for path in &found.texts {
        intake.file(path)?;
    }
    intake.record_waiting()?;
    intake.ask()?;
    let Intake { registration, mut plan, .. } = intake;
    (plan.built_in, plan.added) = (registration.built_in, registration.added);
    Ok(plan)
}

struct Intake<'a, 'ledger> {
    batch: &'a mut Batch<'ledger>,
    options: &'a Options,
    registration: Registration,
    /// Whom names lead to, for the thread that reads.
    known: Arc<RwLock<Known>>,
    /// Made when the first text comes, and anew when parties were registered since.
    reader: Option<Reader>,
    /// How many new claims were read in the dispatches that are files of their own.
    read: HashMap<Id, usize>,
    plan: Plan,
    file: FilePlan,
    /// The header of the table being read.
    header: ByteRecord,
    watch: &'a mut dyn Watch,
    /// The first number this import gives to a claim.
    first_claim: Id,
    /// Compilers that are registered as such.
    compilers: HashSet<String>,
    /// The dispatch that the last claim was read in, and its text.
    cited: Option<(Id, String)>,
    /// New dispatches that another program has still to read.
    unread: Vec<Id>,
    /// Whether an error ended the import, rather than the reading of one file.
    ended: bool,
}

impl Intake<'_, '_> {
    fn file(&mut self, path: &Path) -> Result<()> {
        let mut unpacked = false;
        let opened = self.watch.open(path).and_then(|source| {
            archive::each(source, &mut |source| {
                unpacked = true;
                let named = source.named().to_owned();
                self.unpacked(&named, Ok(source))
            })
        });
        match opened {
            Err(error) if self.ended => Err(error),
            Err(error) => self.unpacked(path, Err(error)),
            Ok(()) if !unpacked => self.unpacked(path, Err(nothing_in_it())),
            Ok(()) => Ok(()),
        }
    }

    /// Reads a file that is packed in no other.
    fn unpacked(&mut self, named: &Path, source: Result<Source>) -> Result<()> {
        self.file = FilePlan::new(named);
        self.header.clear();
        if let Err(error) = source.and_then(|source| {
            let known = Arc::clone(&self.known);
            ahead::read(source, self.options, &known, self)
        }) {
            if self.ended {
                return Err(error);
            }
            self.file.broken = true;
            self.refuse(None, Raw::File, error)?;
        }
        self.plan.files.push(std::mem::replace(&mut self.file, FilePlan::new(named)));
        Ok(())
    }

    /// Lets another program, where one is named, read the new dispatches; tells the files what was read in them.
    fn ask(&mut self) -> Result<()> {
        if let Some(external) = self.options.external.as_ref().filter(|_| !self.unread.is_empty()) {
            let answered = external.read(self.batch, &mut self.registration, &self.unread)?;
            self.read.extend(answered.claims);
            self.plan.refused_claims = answered.rejected;
        }
        for file in &mut self.plan.files {
            file.told_by(&self.read);
        }
        Ok(())
    }

    fn refuse(&mut self, line: Option<u64>, raw: Raw<'_>, error: Error) -> Result<()> {
        let error = error.about(&self.file.path);
        let error = match line {
            Some(line) => error.at_line(line),
            None => error,
        };
        self.watch.refused(&self.header, raw, &error)?;
        self.done(line, Fate::Rejected(error))
    }

    fn done(&mut self, line: Option<u64>, fate: Fate) -> Result<()> {
        self.watch.row(&self.file, line, &fate)?;
        self.file.add(line, fate);
        Ok(())
    }

    fn take(&mut self, row: Row<'_>) -> Result<()> {
        let Row { line, item, raw } = row;
        if !matches!(item, Ok(Item::Dispatch(_))) {
            self.record_waiting()?;
        }
        let taken = match item {
            Ok(Item::Claim(claim)) => self.claim(&claim),
            Ok(Item::Ready(ready)) => self.batch.add_ready(&ready).map(|added| self.fate(added)),
            Ok(Item::Dispatch(dispatch)) => self.dispatch(*dispatch, line),
            Ok(Item::Compiled(claim, tellers)) => self.compiled(*claim, &tellers),
            Ok(Item::Withdrawal(notice)) => self.withdrawal(&notice),
            Ok(Item::Party(party)) => self.party(&party),
            Ok(Item::Place(place)) => self.place(&place),
            Ok(Item::Truce(truce)) => self.truce(&truce),
            Ok(Item::PassedOver(why)) => Ok(Fate::PassedOver(why)),
            Err(error) => return self.refuse(line, raw, error),
        };
        match taken {
            Ok(fate) => self.done(line, fate),
            Err(error) if is_of_the_row(&error) => self.refuse(line, raw, error),
            Err(error) => Err(error),
        }
    }

    fn claim(&mut self, claim: &Claim) -> Result<Fate> {
        // What rules made is a draft, wherever it was made; its lists may name whom nobody bears yet.
        let extractor = (!claim.rules.is_empty()).then(|| IMPORTED.to_owned());
        self.registration.bear_out(self.batch, claim, self.options.add_parties, extractor.is_some())?;
        let dispatch = self.dispatch_of(claim)?;
        let provenance = Provenance { dispatch, extractor, ..Provenance::default() };
        let added = self.batch.add_claim(claim, &provenance)?;
        if let Ok(mut known) = self.known.write()
            && provenance.extractor.is_none()
        {
            self.batch.tell(claim, &mut known)?;
        }
        Ok(self.fate(added))
    }

    /// What became of a claim.
    fn fate(&self, added: Added) -> Fate {
        match added {
            Added::New(id) => Fate::New(NumberKind::Claim, id, None),
            Added::Duplicate(id) if id >= self.first_claim => Fate::EqualTo(NumberKind::Claim, id),
            Added::Duplicate(id) => Fate::DuplicateOf(NumberKind::Claim, id),
            Added::Replaces(new, old) => Fate::Replaces(NumberKind::Claim, new, old),
        }
    }

    /// The dispatch of this ledger that a claim was read in: the one of the number it tells, if its quote stands there at
    /// its span. Another ledger's numbers stay words.
    fn dispatch_of(&mut self, claim: &Claim) -> Result<Option<Id>> {
        let number = claim.dispatch.as_deref().and_then(|told| told.parse::<Number>().ok());
        let (Some(number), Some(span), Some(quote)) = (number, claim.span, &claim.quote) else { return Ok(None) };
        let snapshot = self.batch.snapshot()?;
        let Some(id) = snapshot.find(&number)?.filter(|_| number.kind == NumberKind::Dispatch) else { return Ok(None) };
        if self.cited.as_ref().is_none_or(|(known, _)| *known != id) {
            self.cited = snapshot.dispatch(id)?.map(|dispatch| (id, dispatch.value.text));
        }
        let stands = |text: &String| span.of(text) == Some(quote.as_str());
        Ok(self.cited.as_ref().filter(|(_, text)| stands(text)).map(|(id, _)| *id))
    }

    /// A compiler's row: whoever told it is the claimant where a registered party did, and an older version of a row does
    /// not come in over a newer one.
    fn compiled(&mut self, mut claim: Claim, tellers: &[String]) -> Result<Fate> {
        if let Some(name) = claim.source.clone().filter(|name| !self.compilers.contains(name)) {
            let compiler = model::Source { name: name.clone(), kind: SourceKind::Compiler, reporting_hour: None };
            self.batch.add_source(&compiler)?;
            self.compilers.insert(name);
        }
        if let Some(party) = tellers.iter().find_map(|teller| self.registration.book.find(teller)) {
            claim.claimant = Some(party.name.clone());
        }
        if let Some(known) = self.newer_version(&claim)? {
            return Ok(Fate::DuplicateOf(NumberKind::Claim, known));
        }
        self.claim(&claim)
    }

    /// The claim of the same reference, if its row was changed after this one.
    fn newer_version(&mut self, claim: &Claim) -> Result<Option<Id>> {
        let (Some(source), Some(reference)) = (&claim.source, &claim.reference) else { return Ok(None) };
        let Some(known) = self.batch.claim_of_reference(source, reference)? else { return Ok(None) };
        let published = self.batch.snapshot()?.claim(known)?.and_then(|known| known.value.published);
        let is_newer = published.zip(claim.published).is_some_and(|(known, this)| known.to_string() > this.to_string());
        Ok(is_newer.then_some(known))
    }

    fn place(&mut self, place: &Place) -> Result<Fate> {
        Ok(match self.batch.add_place(place)? {
            Added::New(id) => Fate::New(NumberKind::Place, id, None),
            Added::Duplicate(id) | Added::Replaces(id, _) => Fate::DuplicateOf(NumberKind::Place, id),
        })
    }

    fn truce(&mut self, truce: &Truce) -> Result<Fate> {
        self.registration.bear_out_truce(self.batch, truce, self.options.add_parties)?;
        Ok(match self.batch.add_truce(truce, None, &[])? {
            Added::New(id) => Fate::New(NumberKind::Truce, id, None),
            Added::Duplicate(id) | Added::Replaces(id, _) => Fate::DuplicateOf(NumberKind::Truce, id),
        })
    }

    fn party(&mut self, party: &Party) -> Result<Fate> {
        self.reader = None;
        if let Ok(mut known) = self.known.write() {
            known.clear();
        }
        Ok(match self.registration.party(self.batch, party)? {
            Added::New(id) => Fate::New(NumberKind::Party, id, None),
            Added::Duplicate(id) | Added::Replaces(id, _) => Fate::DuplicateOf(NumberKind::Party, id),
        })
    }

    fn dispatch(&mut self, dispatch: Dispatch, line: Option<u64>) -> Result<Fate> {
        let id = match self.batch.add_dispatch(&dispatch)? {
            Added::Duplicate(id) => return Ok(Fate::DuplicateOf(NumberKind::Dispatch, id)),
            Added::New(id) => id,
            Added::Replaces(id, earlier) => {
                self.record_waiting()?;
                self.take_back_drafts(earlier, "its dispatch has a later version")?;
                id
            }
        };
        self.plan.undated += usize::from(dispatch.published.is_none());
        self.plan.unread += usize::from(dispatch.language.is_none());
        let new = |claims| Fate::New(NumberKind::Dispatch, id, Some(claims));
        if self.options.external.is_some() {
            self.unread.push(id); // The program is asked when all are there.
            return Ok(new(0));
        }
        let one_of_many = line.is_some();
        self.reader()?.give(id, dispatch);
        while let Some((of, read)) = self.reader.as_mut().and_then(|reader| reader.next(one_of_many)) {
            let claims = self.record(of, read)?;
            if of == id && one_of_many {
                return Ok(new(claims));
            }
            self.read.insert(of, claims);
        }
        Ok(new(0)) // The file is told when the text was read.
    }

    /// What reads the texts.
    fn reader(&mut self) -> Result<&mut Reader> {
        match &mut self.reader {
            Some(reader) => Ok(reader),
            none => {
                let zone = self.batch.snapshot()?.office().zone;
                let extractor = Extractor::new(&self.registration.book, zone)?.with_words(self.options.words.clone());
                Ok(none.insert(Reader::new(extractor)))
            }
        }
    }

    /// Records what is read in all dispatches so far.
    fn record_waiting(&mut self) -> Result<()> {
        while let Some((of, read)) = self.reader.as_mut().and_then(|reader| reader.next(true)) {
            let claims = self.record(of, read)?;
            self.read.insert(of, claims);
        }
        Ok(())
    }

    /// Records the claims of a dispatch as drafts; returns how many are new.
    fn record(&mut self, dispatch: Id, read: Extraction) -> Result<usize> {
        self.plan.unknown.add(read.unknown);
        let number = self.batch.snapshot()?.number(NumberKind::Dispatch, dispatch).to_string();
        let mut new = 0;
        for (at, mut claim) in read.claims.into_iter().enumerate() {
            self.registration.of_claim(self.batch, &claim)?;
            claim.dispatch = Some(number.clone());
            let provenance = Provenance {
                dispatch: Some(dispatch),
                extractor: Some(EXTRACTOR.to_owned()),
                evidence: read.evidence.get(at).cloned().unwrap_or_default(),
                ..Provenance::default()
            };
            new += usize::from(!matches!(self.batch.add_claim(&claim, &provenance)?, Added::Duplicate(_)));
        }
        Ok(new)
    }
}

impl Intake<'_, '_> {
    /// Takes in the notice that a dispatch is withdrawn, and takes back the claims read in it.
    fn withdrawal(&mut self, notice: &Dispatch) -> Result<Fate> {
        Ok(match self.batch.withdraw_dispatch(notice)? {
            Added::Replaces(id, withdrawn) => {
                let why = "its outlet withdrew the dispatch";
                self.take_back_drafts(withdrawn, why)?;
                let reviewed = self.batch.snapshot()?.claims_of(withdrawn, None)?;
                reviewed.into_iter().try_for_each(|claim| self.batch.retract(claim, why))?;
                Fate::Replaces(NumberKind::Dispatch, id, withdrawn)
            }
            Added::New(id) | Added::Duplicate(id) => Fate::DuplicateOf(NumberKind::Dispatch, id),
        })
    }

    /// Takes back the drafts read in it.
    fn take_back_drafts(&mut self, dispatch: Id, why: &str) -> Result<()> {
        let drafts = self.batch.snapshot()?.claims_of(dispatch, Some(true))?;
        drafts.into_iter().try_for_each(|claim| self.batch.withdraw_draft(claim, why))
    }
}

fn nothing_in_it() -> Error {
    Error::data("there is nothing in it").hint("leave it out, or fetch it again")
}

impl Sink for Intake<'_, '_> {
    fn is_a(&mut self, form: Form, layout: Layout) {
        self.file.form = Some((form, layout));
    }

    fn header(&mut self, cells: &ByteRecord, unknown: &[String]) -> Result<()> {
        self.header.clone_from(cells);
        self.file.unknown_columns = unknown.to_vec();
        Ok(())
    }

    fn row(&mut self, row: Row<'_>) -> Result<()> {
        self.take(row).inspect_err(|_| self.ended = true)
    }
}

/// Whether an error is about what a row says, rather than about the ledger.
pub(super) const fn is_of_the_row(error: &Error) -> bool {
    matches!(error.kind(), Kind::Data | Kind::NotFound)
}
