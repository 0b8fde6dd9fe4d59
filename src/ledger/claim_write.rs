//! Recording a claim: names to parties, times to instants, content to keys, then rows.

use rusqlite::{OptionalExtension, named_params};

use crate::error::{Error, Result, quoted};
use crate::model::{Attribution, Claim, Extent, Id, NARRATION, Number, NumberKind, Point, Range, Span, When};

use super::batch::Batch;
use super::body::Content;
use super::claim::{
    CLAIM, CLAIM_ANSWER, CLAIM_PARTY, CLAIM_PLACE, CLAIM_RULE, ClaimPartyRow, ClaimRow, EVIDENCE, EvidenceRow, FIGURE,
    FigureRow, INVOLVED, LOSS, LossRow, MEDIATOR, TRUCE_PARTY,
};
use super::dispatch::length;
use super::encoding::{Children, field, key16};
use super::seen;
use super::table::{Cell, Table};
use super::time::Dated;
use super::{Added, Provenance};

/// Another version of a claim: its content, and the one before it.
const VERSION: &str = "SELECT content_key, replaces FROM claim WHERE id = :id";

/// A name with the party the writer knew.
#[derive(Debug, Clone, Copy, Default)]
struct Named<'a> {
    party: Option<Id>,
    text: Option<&'a str>,
}

/// What a claim says, ready for columns: parties by id, dates beside instants.
#[derive(Debug)]
struct Read<'a> {
    claimant: Named<'a>,
    accused: Named<'a>,
    target: Named<'a>,
    /// Role, party, name as said; in the order of encoding.
    parties: Vec<(&'static str, Option<Id>, &'a str)>,
    sides: Vec<Named<'a>>,
    over: Vec<[Option<String>; 2]>,
    said: Dated,
    occurred: Dated,
    zone: Option<String>,
    published: Dated,
    noted: Dated,
    point: Option<Point>,
    confidence: Option<i64>,
    source: Option<Id>,
    ref_key: Option<[u8; 16]>,
}

impl Batch<'_> {
    /// Records a claim. Party names in it must be known to [`Batch::parties`] (else the error names the nearest); only
    /// lists in an extractor's draft may hold names as said that nobody bears yet.
    ///
    /// The same content at the same span is a duplicate. With a `reference`, the same content under it, now or in an
    /// earlier version, is a duplicate, and other content takes the place of the claim that had it.
    pub fn add_claim(&mut self, claim: &Claim, provenance: &Provenance) -> Result<Added> {
        let read = self.read_claim(claim, provenance)?;
        let id = self.writer.next(&CLAIM)?;
        let mut row = content_row(claim, provenance, &read);
        let mut said = Children::default();
        said_children(&mut said, claim, &read);
        let content_key = self.writer.content_key(&CLAIM, &row.cells(), &said);
        let key = read.ref_key.unwrap_or(content_key);
        let replaced = match self.claim_place_of(id, &key, &content_key, provenance.replaces)? {
            Standing::Duplicate(known) => return Ok(Added::Duplicate(known)),
            Standing::New => None,
            Standing::Replaces(old) => Some(old),
        };
        row.content_key = content_key.as_slice().into();
        row.ref_key = read.ref_key.as_ref().map(<[u8; 16]>::as_slice).into();
        row.replaces = replaced.into();
        let written = self.write_claim(id, row, claim, provenance, &read);
        self.writer.broken |= written.is_err();
        written?;
        if let Some(old) = replaced {
            seen::point(self.writer.conn, &key, CLAIM.name, id)?;
            self.bury(&CLAIM, old, "replaced", id)?;
        }
        self.remember_names(claim, &read)?;
        self.changes.count(id);
        Ok(replaced.map_or(Added::New(id), |old| Added::Replaces(id, old)))
    }

    /// The claim that holds a user's reference within a source, if there is one.
    pub fn claim_of_reference(&mut self, source: &str, reference: &str) -> Result<Option<Id>> {
        let Some(source) = self.known_source(source)? else { return Ok(None) };
        seen::holder(self.writer.conn, &ref_key(Some(source), reference))
    }

    fn write_claim<'a>(
        &mut self,
        id: Id,
        mut row: ClaimRow<'a>,
        claim: &'a Claim,
        provenance: &'a Provenance,
        read: &'a Read<'_>,
    ) -> Result<()> {
        let mut keep = |role, text: &Option<String>| match text {
            Some(text) => self.writer.keep(role, id, Content::Text(text)).map(Some),
            None => Ok(None),
        };
        row.quote = keep("quote", &claim.quote)?.into();
        row.note = keep("note", &claim.note)?.into();
        row.id = id.into();
        row.batch = self.writer.batch.into();
        row.extractor = provenance.extractor.as_deref().into();
        row.confidence = read.confidence.into();
        let mut children = Children::default();
        all_children(&mut children, id, claim, provenance, read);
        self.writer.append(&CLAIM, &row.cells(), &children)
    }

    /// Whether a claim is new, there already, or in the place of another.
    fn claim_place_of(
        &mut self,
        id: Id,
        key: &[u8; 16],
        content_key: &[u8; 16],
        replaces: Option<Id>,
    ) -> Result<Standing> {
        if let Some(old) = replaces {
            self.live(&CLAIM, old)?;
            let same = self.version(old)?.is_some_and(|(content, _)| content == *content_key);
            return Ok(if same { Standing::Duplicate(old) } else { Standing::Replaces(old) });
        }
        let Some(known) = seen::claim_key(self.writer.conn, key, CLAIM.name, id)? else { return Ok(Standing::New) };
        let mut at = Some(known);
        while let Some((content, before)) = at.map(|id| self.version(id)).transpose()?.flatten() {
            if content == *content_key {
                return Ok(Standing::Duplicate(known));
            }
            at = before;
        }
        Ok(Standing::Replaces(known))
    }

    fn version(&self, id: Id) -> Result<Option<([u8; 16], Option<Id>)>> {
        let mut select = self.writer.conn.prepare_cached(VERSION)?;
        let version = select.query_row(named_params! { ":id": id.0 }, |row| Ok((row.get(0)?, row.get(1)?)));
        let version: Option<([u8; 16], Option<i64>)> = version.optional()?;
        Ok(version.map(|(content, before)| (content, before.map(Id))))
    }

    fn read_claim<'a>(&mut self, claim: &'a Claim, provenance: &Provenance) -> Result<Read<'a>> {
        let zone = claim.zone.unwrap_or_else(|| self.zone());
        let published = Dated::read(claim.published, zone);
        let noted = Dated::read(claim.noted_at, zone);
        let dispatch_published = match provenance.dispatch {
            Some(dispatch) => self.dispatch_published(dispatch)?,
            None => None,
        };
        let cap = published.hi.or(dispatch_published).or(noted.hi);
        let occurred = claim.occurred.map(|edtf| When::resolve(edtf, zone, claim.extent(), cap));
        let drafted = provenance.extractor.is_some();
        let sides = claim.losses.iter().map(|loss| self.listed(loss.side.as_deref(), drafted));
        let sides = sides.collect::<Result<_>>()?;
        self.check_answers(claim)?;
        let source = claim.source.as_deref().map(|name| self.source(name)).transpose()?;
        Ok(Read {
            claimant: self.spoken(claim.claimant.as_deref(), claim.claimant_text.as_deref())?,
            accused: self.spoken(claim.accused.as_deref(), claim.accused_text.as_deref())?,
            target: self.spoken(claim.target.as_deref(), claim.target_text.as_deref())?,
            parties: self.listed_parties(claim, drafted)?,
            sides,
            over: overs(claim),
            said: Dated::read(claim.said_at, zone),
            occurred: occurred.as_ref().map(Dated::of).unwrap_or_default(),
            zone: claim.zone.map(|zone| zone.to_string()),
            published,
            noted,
            point: point(claim)?,
            confidence: claim.confidence.map(per_mille).transpose()?,
            source,
            ref_key: claim.reference.as_deref().map(|reference| ref_key(source, reference)),
        })
    }

    /// A party's name with the words used for it. A name other than its main one is itself such words.
    fn spoken<'a>(&mut self, name: Option<&'a str>, text: Option<&'a str>) -> Result<Named<'a>> {
        let Some(name) = name.filter(|name| *name != NARRATION) else { return Ok(Named { party: None, text }) };
        let index = self.party_index()?;
        let id = index.known(name)?;
        let main = index.party(id).is_some_and(|party| party.name == name);
        Ok(Named { party: Some(id), text: text.or((!main).then_some(name)) })
    }

    /// A name in a list, which stays as said; in a draft it may be nobody's.
    fn listed<'a>(&mut self, name: Option<&'a str>, drafted: bool) -> Result<Named<'a>> {
        let Some(text) = name else { return Ok(Named::default()) };
        let index = self.party_index()?;
        let party = match index.known(text) {
            Ok(id) => Some(id),
            Err(_) if drafted => None,
            Err(error) => return Err(error),
        };
        Ok(Named { party, text: Some(text) })
    }

    fn listed_parties<'a>(
        &mut self,
        claim: &'a Claim,
        drafted: bool,
    ) -> Result<Vec<(&'static str, Option<Id>, &'a str)>> {
        let lists = [(INVOLVED, &claim.involved), (MEDIATOR, &claim.mediators), (TRUCE_PARTY, &claim.parties)];
        let names = lists.into_iter().flat_map(|(role, names)| names.iter().map(move |name| (role, name.as_str())));
        names.map(|(role, name)| Ok((role, self.listed(Some(name), drafted)?.party, name))).collect()
    }

    /// Numbers of claims that a claim answers must be there; references may come later, and in a source that has
    /// references of its own what looks like a number may be one.
    fn check_answers(&mut self, claim: &Claim) -> Result<()> {
        for id in claim.answers.iter().filter_map(|answer| own_claim(answer)) {
            if claim.reference.is_none() {
                self.exists(&CLAIM, id)?;
            }
        }
        Ok(())
    }

    fn remember_names(&mut self, claim: &Claim, read: &Read<'_>) -> Result<()> {
        let spoken = [read.claimant, read.accused, read.target];
        let spoken = spoken.into_iter().chain(read.sides.iter().copied());
        let unresolved = spoken.filter(|named| named.party.is_none()).filter_map(|named| named.text);
        let listed = read.parties.iter().filter(|(_, party, _)| party.is_none()).map(|(.., name)| *name);
        for name in unresolved.chain(listed).chain(claim.place.iter().map(String::as_str)) {
            self.remember(name)?;
        }
        Ok(())
    }
}

enum Standing {
    New,
    Duplicate(Id),
    Replaces(Id),
}

/// The claim of this ledger that a text such as `C12` names.
pub(super) fn own_claim(text: &str) -> Option<Id> {
    let number: Number = text.parse().ok()?;
    (number.office.is_none() && number.kind == NumberKind::Claim).then(|| Id::new(0, number.number))?
}

/// The key of a user's reference within a source.
pub(super) fn ref_key(source: Option<Id>, reference: &str) -> [u8; 16] {
    let mut fields = vec![CLAIM.code];
    field(&mut fields, 38, source.into());
    field(&mut fields, 6, reference.into());
    key16(&fields)
}

#[allow(clippy::cast_possible_truncation, reason = "between 0 and 1000")]
fn per_mille(confidence: f64) -> Result<i64> {
    if (0.0..=1.0).contains(&confidence) {
        Ok((confidence * 1000.0).round() as i64)
    } else {
        Err(Error::data(format!("`confidence` is {}, outside 0..1", quoted(&confidence.to_string()))))
    }
}

fn point(claim: &Claim) -> Result<Option<Point>> {
    match (claim.lat, claim.lon) {
        (Some(lat), Some(lon)) => Ok(Some(Point::from_degrees(lat, lon)?)),
        (None, None) => Ok(None),
        _ => Err(crate::model::place::BadCoordinate::Half.into()),
    }
}

/// The windows of figures, then those and the starts of losses.
fn overs(claim: &Claim) -> Vec<[Option<String>; 2]> {
    let figures = claim.figures.iter().map(|figure| match figure.span {
        Span::Window(date) | Span::Since(Some(date)) => [Some(date.to_string()), None],
        Span::Event | Span::Since(None) | Span::PartOf(..) => [None, None],
    });
    let losses = claim.losses.iter().map(|loss| [loss.window, loss.since].map(|date| date.map(|d| d.to_string())));
    figures.chain(losses).collect()
}

/// The row as far as it is content: without ids, bodies and what an extractor says of itself.
fn content_row<'a>(claim: &'a Claim, provenance: &Provenance, read: &'a Read<'_>) -> ClaimRow<'a> {
    let span = claim.span.map(|span| (length(span.lo), length(span.hi))).unwrap_or_default();
    ClaimRow {
        reference: claim.reference.as_deref().into(),
        dispatch: provenance.dispatch.into(),
        dispatch_text: claim.dispatch.as_deref().filter(|_| provenance.dispatch.is_none()).into(),
        span_lo: span.0,
        span_hi: span.1,
        claimant: read.claimant.party.into(),
        narration: claim.is_narration().into(),
        claimant_text: read.claimant.text.into(),
        speaker: claim.speaker.as_deref().into(),
        said_at: read.said.text(),
        said_lo: read.said.lo.into(),
        said_hi: read.said.hi.into(),
        stance: claim.stance.as_str().into(),
        in_response: claim.in_response.into(),
        act: claim.act.base.as_str().into(),
        detail: claim.act.detail.as_deref().into(),
        accused: read.accused.party.into(),
        accused_text: read.accused.text.into(),
        attribution: claim.attribution.map(Attribution::as_str).into(),
        target: read.target.party.into(),
        target_text: read.target.text.into(),
        occurred: read.occurred.text(),
        zone: read.zone.as_deref().into(),
        extent: claim.extent.map(Extent::as_str).into(),
        grain: claim.occurred.map(|occurred| occurred.grain().as_str()).into(),
        lo: read.occurred.lo.into(),
        hi: read.occurred.hi.into(),
        lat_e7: read.point.map(|point| i64::from(point.lat_e7)).into(),
        lon_e7: read.point.map(|point| i64::from(point.lon_e7)).into(),
        civilian: claim.civilian.into(),
        source: read.source.into(),
        url: claim.url.as_deref().into(),
        published: read.published.text(),
        published_lo: read.published.lo.into(),
        published_hi: read.published.hi.into(),
        noted_at: read.noted.text(),
        noted_lo: read.noted.lo.into(),
        noted_hi: read.noted.hi.into(),
        ..ClaimRow::default()
    }
}

/// Children that are content, and the quote and note themselves in place of their ids.
fn said_children<'a>(children: &mut Children<'a>, claim: &'a Claim, read: &'a Read<'_>) {
    let nobody = Id(0);
    party_children(children, nobody, read);
    texts(children, &CLAIM_PLACE, nobody, &claim.place);
    texts(children, &CLAIM_ANSWER, nobody, &claim.answers);
    figure_children(children, nobody, claim, read);
    loss_children(children, nobody, claim, read);
    let bodies = [claim.quote.as_deref(), claim.note.as_deref()];
    children.push(&CLAIM, &[Cell::Null; 10].into_iter().chain(bodies.map(Cell::from)).collect::<Vec<_>>());
}

fn all_children<'a>(
    children: &mut Children<'a>,
    id: Id,
    claim: &'a Claim,
    provenance: &'a Provenance,
    read: &'a Read<'_>,
) {
    party_children(children, id, read);
    texts(children, &CLAIM_PLACE, id, &claim.place);
    texts(children, &CLAIM_ANSWER, id, &claim.answers);
    texts(children, &CLAIM_RULE, id, &claim.rules);
    figure_children(children, id, claim, read);
    loss_children(children, id, claim, read);
    for (ord, evidence) in ordered(&provenance.evidence) {
        let row = EvidenceRow {
            claim: id.into(),
            ord,
            slot: evidence.slot.into(),
            span_lo: evidence.span.map_or(Cell::Null, |span| length(span.lo)),
            span_hi: evidence.span.map_or(Cell::Null, |span| length(span.hi)),
            rule: evidence.rule.as_str().into(),
        };
        children.push(&EVIDENCE, &row.cells());
    }
}

fn ordered<T>(items: &[T]) -> impl Iterator<Item = (Cell<'static>, &T)> {
    (0_i64..).map(Cell::Int).zip(items)
}

fn party_children<'a>(children: &mut Children<'a>, id: Id, read: &Read<'a>) {
    for (ord, (role, party, name)) in ordered(&read.parties) {
        let row =
            ClaimPartyRow { claim: id.into(), role: (*role).into(), ord, party: (*party).into(), name: (*name).into() };
        children.push(&CLAIM_PARTY, &row.cells());
    }
}

fn texts<'a>(children: &mut Children<'a>, table: &'static Table, id: Id, texts: &'a [String]) {
    for (ord, text) in ordered(texts) {
        children.push(table, &[id.into(), ord, text.as_str().into()]);
    }
}

fn figure_children<'a>(children: &mut Children<'a>, id: Id, claim: &Claim, read: &'a Read<'_>) {
    for ((ord, figure), over) in ordered(&claim.figures).zip(&read.over) {
        let whole = match figure.span {
            Span::PartOf(whole, unit) => Some((whole, unit)),
            _ => None,
        };
        let [min, max, hedge] = bounds(Some(figure.amount));
        let [whole_min, whole_max, whole_hedge] = bounds(whole.map(|(whole, _)| whole));
        let row = FigureRow {
            claim: id.into(),
            ord,
            unit: figure.unit.as_str().into(),
            min,
            max,
            hedge,
            kind: figure.span.kind().as_str().into(),
            over: over[0].as_deref().into(),
            whole_min,
            whole_max,
            whole_hedge,
            whole_unit: whole.map(|(_, unit)| unit.as_str()).into(),
        };
        children.push(&FIGURE, &row.cells());
    }
}

fn loss_children<'a>(children: &mut Children<'a>, id: Id, claim: &Claim, read: &'a Read<'_>) {
    let overs = read.over.iter().skip(claim.figures.len());
    for (((ord, loss), side), over) in ordered(&claim.losses).zip(&read.sides).zip(overs) {
        let [killed_min, killed_max, killed_hedge] = bounds(loss.killed);
        let [wounded_min, wounded_max, wounded_hedge] = bounds(loss.wounded);
        let [missing_min, missing_max, missing_hedge] = bounds(loss.missing);
        let [captured_min, captured_max, captured_hedge] = bounds(loss.captured);
        let row = LossRow {
            claim: id.into(),
            ord,
            side: side.party.into(),
            side_text: side.text.into(),
            killed_min,
            killed_max,
            killed_hedge,
            wounded_min,
            wounded_max,
            wounded_hedge,
            missing_min,
            missing_max,
            missing_hedge,
            captured_min,
            captured_max,
            captured_hedge,
            civilian: loss.civilian.into(),
            over: over[0].as_deref().into(),
            since: over[1].as_deref().into(),
        };
        children.push(&LOSS, &row.cells());
    }
}

/// A range as three columns. Bounds are at most [`Range::LIMIT`], which a column holds.
fn bounds(range: Option<Range>) -> [Cell<'static>; 3] {
    let number = |n: Option<u64>| n.and_then(|n| i64::try_from(n).ok()).into();
    range.map_or([Cell::Null; 3], |range| [number(range.min), number(range.max), range.hedge.as_str().into()])
}
