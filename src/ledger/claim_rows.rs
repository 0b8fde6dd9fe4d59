//! The rows of a claim: its own and those of its children.

use crate::extract::Evidence;
use crate::model::{Attribution, Claim, Extent, Id, NARRATION, Range, Span};

use super::claim::{
    CLAIM, CLAIM_ANSWER, CLAIM_PARTY, CLAIM_PLACE, CLAIM_RULE, ClaimPartyRow, ClaimRow, EVIDENCE, EvidenceRow, FIGURE,
    FigureRow, LOSS, LossRow,
};
use super::claim_ready::{Bearer, Read, listed};
use super::dispatch::length;
use super::encoding::Children;
use super::table::{Cell, Table};

/// The words used for a party. A name other than its main one is itself such words.
fn said<'a>(name: Option<&'a str>, text: Option<&'a str>, bearer: Option<Bearer>) -> Option<&'a str> {
    let name = name.filter(|name| *name != NARRATION && bearer.is_some_and(|bearer| !bearer.is_main));
    text.or(name)
}

/// The names in a claim that lead to no party yet, and those of its places.
pub(super) fn unresolved<'a>(claim: &'a Claim, read: &'a Read) -> impl Iterator<Item = &'a str> {
    let spoken = [
        (&claim.claimant, &claim.claimant_text, read.claimant),
        (&claim.accused, &claim.accused_text, read.accused),
        (&claim.target, &claim.target_text, read.target),
    ];
    let spoken = spoken.into_iter().filter(|(.., bearer)| bearer.is_none());
    let spoken = spoken.filter_map(|(name, text, bearer)| said(name.as_deref(), text.as_deref(), bearer));
    let sides = claim.losses.iter().zip(&read.sides).filter(|(_, side)| side.is_none());
    let sides = sides.filter_map(|(loss, _)| loss.side.as_deref());
    let listed = listed(claim).zip(&read.listed).filter(|(_, party)| party.is_none()).map(|((_, name), _)| name);
    spoken.chain(sides).chain(listed).chain(claim.place.iter().map(String::as_str))
}

/// The row as far as it is content: without ids, bodies and what an extractor says of itself.
pub(super) fn content_row<'a>(claim: &'a Claim, dispatch: Option<Id>, read: &'a Read) -> ClaimRow<'a> {
    let span = claim.span.map(|span| (length(span.lo), length(span.hi))).unwrap_or_default();
    ClaimRow {
        reference: claim.reference.as_deref().into(),
        dispatch: dispatch.into(),
        dispatch_text: claim.dispatch.as_deref().filter(|_| dispatch.is_none()).into(),
        span_lo: span.0,
        span_hi: span.1,
        claimant: read.claimant.map(|bearer| bearer.party).into(),
        narration: claim.is_narration().into(),
        claimant_text: said(claim.claimant.as_deref(), claim.claimant_text.as_deref(), read.claimant).into(),
        speaker: claim.speaker.as_deref().into(),
        said_at: read.said.text(),
        said_lo: read.said.lo.into(),
        said_hi: read.said.hi.into(),
        stance: claim.stance.as_str().into(),
        in_response: claim.in_response.into(),
        act: claim.act.base.as_str().into(),
        detail: claim.act.detail.as_deref().into(),
        accused: read.accused.map(|bearer| bearer.party).into(),
        accused_text: said(claim.accused.as_deref(), claim.accused_text.as_deref(), read.accused).into(),
        attribution: claim.attribution.map(Attribution::as_str).into(),
        target: read.target.map(|bearer| bearer.party).into(),
        target_text: said(claim.target.as_deref(), claim.target_text.as_deref(), read.target).into(),
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
pub(super) fn said_children<'a>(children: &mut Children<'a>, claim: &'a Claim, read: &'a Read) {
    let nobody = Id(0);
    party_children(children, nobody, claim, read);
    texts(children, &CLAIM_PLACE, nobody, &claim.place);
    texts(children, &CLAIM_ANSWER, nobody, &claim.answers);
    figure_children(children, nobody, claim, read);
    loss_children(children, nobody, claim, read);
    let bodies = [claim.quote.as_deref(), claim.note.as_deref()];
    children.push(&CLAIM, &[Cell::Null; 10].into_iter().chain(bodies.map(Cell::from)).collect::<Vec<_>>());
}

pub(super) fn all_children<'a>(
    children: &mut Children<'a>,
    id: Id,
    claim: &'a Claim,
    evidence: &'a [Evidence],
    read: &'a Read,
) {
    party_children(children, id, claim, read);
    texts(children, &CLAIM_PLACE, id, &claim.place);
    texts(children, &CLAIM_ANSWER, id, &claim.answers);
    texts(children, &CLAIM_RULE, id, &claim.rules);
    figure_children(children, id, claim, read);
    loss_children(children, id, claim, read);
    for (ord, evidence) in ordered(evidence) {
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

fn party_children<'a>(children: &mut Children<'a>, id: Id, claim: &'a Claim, read: &Read) {
    for ((ord, party), (role, name)) in ordered(&read.listed).zip(listed(claim)) {
        let row = ClaimPartyRow { claim: id.into(), role: role.into(), ord, party: (*party).into(), name: name.into() };
        children.push(&CLAIM_PARTY, &row.cells());
    }
}

fn texts<'a>(children: &mut Children<'a>, table: &'static Table, id: Id, texts: &'a [String]) {
    for (ord, text) in ordered(texts) {
        children.push(table, &[id.into(), ord, text.as_str().into()]);
    }
}

fn figure_children<'a>(children: &mut Children<'a>, id: Id, claim: &Claim, read: &'a Read) {
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

fn loss_children<'a>(children: &mut Children<'a>, id: Id, claim: &'a Claim, read: &'a Read) {
    let overs = read.over.iter().skip(claim.figures.len());
    for (((ord, loss), side), over) in ordered(&claim.losses).zip(&read.sides).zip(overs) {
        let [killed_min, killed_max, killed_hedge] = bounds(loss.killed);
        let [wounded_min, wounded_max, wounded_hedge] = bounds(loss.wounded);
        let [missing_min, missing_max, missing_hedge] = bounds(loss.missing);
        let [captured_min, captured_max, captured_hedge] = bounds(loss.captured);
        let row = LossRow {
            claim: id.into(),
            ord,
            side: (*side).into(),
            side_text: loss.side.as_deref().into(),
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
