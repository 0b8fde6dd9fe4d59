//! A claim made ready to be recorded: names to parties, times to instants, content to a key. All it takes of the ledger is
//! whom names lead to, so that any thread can do it.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::error::{Error, Result, quoted};
use crate::model::{Claim, Edtf, Id, NARRATION, Point, Span, When, Zone};

use super::claim::{CLAIM, ClaimRow, INVOLVED, MEDIATOR, TRUCE_PARTY};
use super::claim_rows::{all_children, content_row, said_children, unresolved};
use super::encoding::{Children, Encoder, field, key16};
use super::kept::KeptRows;
use super::seen::Key;
use super::time::Dated;

/// The party that a name leads to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bearer {
    pub(super) party: Id,
    /// Whether it is the party's main name.
    pub(super) is_main: bool,
}

/// Whom names lead to. An error names those that are near.
pub(super) trait Names {
    fn bearer(&mut self, name: &str) -> Result<Bearer>;
    fn source(&mut self, name: &str) -> Result<Id>;
}

/// What a claim says, ready for columns: parties by id, dates beside instants.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) claimant: Option<Bearer>,
    pub(super) accused: Option<Bearer>,
    pub(super) target: Option<Bearer>,
    /// The parties of its lists, in the order of [`listed`].
    pub(super) listed: Vec<Option<Id>>,
    /// The sides of its losses.
    pub(super) sides: Vec<Option<Id>>,
    /// The windows of figures, then those and the starts of losses.
    pub(super) over: Vec<[Option<String>; 2]>,
    pub(super) said: Dated,
    pub(super) occurred: Dated,
    pub(super) zone: Option<String>,
    pub(super) published: Dated,
    pub(super) noted: Dated,
    pub(super) point: Option<Point>,
    pub(super) confidence: Option<i64>,
    pub(super) source: Option<Id>,
    pub(super) ref_key: Option<Key>,
}

/// How a claim is to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    /// The zone of dates without one.
    pub(super) zone: Zone,
    /// The first moment after its dispatch was published.
    pub(super) dispatch_published: Option<i64>,
    /// Whether an extractor made it: names in its lists may be nobody's.
    pub(super) drafted: bool,
}

impl Read {
    pub(super) fn of(claim: &Claim, reading: Reading, names: &mut impl Names) -> Result<Self> {
        let zone = claim.zone.unwrap_or(reading.zone);
        let published = Dated::read(claim.published, zone);
        let noted = Dated::read(claim.noted_at, zone);
        let cap = published.hi.or(reading.dispatch_published).or(noted.hi);
        let source = claim.source.as_deref().map(|name| names.source(name)).transpose()?;
        let mut in_list = |name: &str| match names.bearer(name) {
            Ok(bearer) => Ok(Some(bearer.party)),
            Err(_) if reading.drafted => Ok(None),
            Err(error) => Err(error),
        };
        let sides = claim.losses.iter().map(|loss| loss.side.as_deref().map_or(Ok(None), &mut in_list));
        let sides = sides.collect::<Result<_>>()?;
        let listed = listed(claim).map(|(_, name)| in_list(name)).collect::<Result<_>>()?;
        let mut one = |name: &Option<String>| {
            name.as_deref().filter(|name| *name != NARRATION).map(|name| names.bearer(name)).transpose()
        };
        Ok(Self {
            claimant: one(&claim.claimant)?,
            accused: one(&claim.accused)?,
            target: one(&claim.target)?,
            listed,
            sides,
            over: overs(claim),
            said: Dated::read(claim.said_at, zone),
            occurred: claim.occurred.map(|edtf| dated(edtf, zone, claim, cap)).unwrap_or_default(),
            zone: claim.zone.map(|zone| zone.to_string()),
            published,
            noted,
            point: point(claim)?,
            confidence: claim.confidence.map(per_mille).transpose()?,
            source,
            ref_key: claim.reference.as_deref().map(|reference| ref_key(source, reference)),
        })
    }

    /// The key of all that the claim says.
    pub(super) fn content_key(&self, claim: &Claim, dispatch: Option<Id>, encoder: &mut Encoder) -> Key {
        let mut said = Children::default();
        said_children(&mut said, claim, self);
        encoder.begin(&CLAIM, &content_row(claim, dispatch, self).cells());
        for (child, cells) in said.rows() {
            encoder.child(child, cells);
        }
        key16(encoder.bytes())
    }
}

/// Whom names lead to, as far as a batch has told: what another thread may know of its registers. Such names lead to the
/// same parties until parties are registered that bear them too.
#[derive(Debug, Clone)]
pub struct Known {
    zone: Zone,
    parties: HashMap<String, Bearer, RandomState>,
    sources: HashMap<String, Id, RandomState>,
}

/// A claim of a person that is ready to be recorded.
#[derive(Debug)]
pub struct Ready {
    /// The claim's row as far as it is content, then those of its children, of no claim yet.
    pub(super) rows: KeptRows,
    pub(super) content_key: Key,
    pub(super) ref_key: Option<Key>,
    pub(super) quote: Option<String>,
    pub(super) note: Option<String>,
    /// Names without a party, and those of places.
    pub(super) names: Vec<String>,
    pub(super) answers: Vec<String>,
}

impl Known {
    pub(super) fn none(zone: Zone) -> Self {
        Self { zone, parties: HashMap::default(), sources: HashMap::default() }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        (self.parties, self.sources) = (HashMap::default(), HashMap::default());
    }

    /// Learns the names in a claim.
    pub(super) fn learn(&mut self, claim: &Claim, names: &mut impl Names) -> Result<()> {
        let one = [&claim.claimant, &claim.accused, &claim.target].into_iter().flatten().map(String::as_str);
        let sides = claim.losses.iter().filter_map(|loss| loss.side.as_deref());
        let all = one.chain(listed(claim).map(|(_, name)| name)).chain(sides);
        for name in all.filter(|name| *name != NARRATION) {
            if !self.parties.contains_key(name) {
                self.parties.insert(name.to_owned(), names.bearer(name)?);
            }
        }
        if let Some(name) = claim.source.as_deref().filter(|name| !self.sources.contains_key(*name)) {
            self.sources.insert(name.to_owned(), names.source(name)?);
        }
        Ok(())
    }

    /// A person's claim that was read in no dispatch, made ready.
    ///
    /// # Errors
    /// The claim, where it takes the batch itself: for a name it has not told yet, or to tell what is wrong.
    pub fn ready(&self, claim: Box<Claim>) -> Result<Ready, Box<Claim>> {
        let reading = Reading { zone: self.zone, dispatch_published: None, drafted: false };
        let Ok(read) = Read::of(&claim, reading, &mut &*self) else { return Err(claim) };
        let content_key = read.content_key(&claim, None, &mut Encoder::default());
        let mut rows = KeptRows::default();
        let row = ClaimRow { confidence: read.confidence.into(), ..content_row(&claim, None, &read) };
        rows.push(&CLAIM, &row.cells());
        let mut children = Children::default();
        all_children(&mut children, Id(0), &claim, &[], &read);
        for (table, cells) in children.rows() {
            rows.push(table, cells);
        }
        let names = unresolved(&claim, &read).map(str::to_owned).collect();
        let Claim { quote, note, answers, .. } = *claim;
        Ok(Ready { rows, content_key, ref_key: read.ref_key, quote, note, names, answers })
    }
}

impl Names for &Known {
    fn bearer(&mut self, name: &str) -> Result<Bearer> {
        self.parties.get(name).copied().ok_or_else(untold)
    }

    fn source(&mut self, name: &str) -> Result<Id> {
        self.sources.get(name).copied().ok_or_else(untold)
    }
}

fn untold() -> Error {
    Error::not_found("the batch has not told whom the name leads to")
}

/// The names in a claim's lists with their roles, in the order of encoding.
pub(super) fn listed(claim: &Claim) -> impl Iterator<Item = (&'static str, &str)> {
    let lists = [(INVOLVED, &claim.involved), (MEDIATOR, &claim.mediators), (TRUCE_PARTY, &claim.parties)];
    lists.into_iter().flat_map(|(role, names)| names.iter().map(move |name| (role, name.as_str())))
}

fn dated(edtf: Edtf, zone: Zone, claim: &Claim, cap: Option<i64>) -> Dated {
    Dated::of(&When::resolve(edtf, zone, claim.extent(), cap))
}

/// The key of a user's reference within a source.
pub(super) fn ref_key(source: Option<Id>, reference: &str) -> Key {
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

fn overs(claim: &Claim) -> Vec<[Option<String>; 2]> {
    let figures = claim.figures.iter().map(|figure| match figure.span {
        Span::Window(date) | Span::Since(Some(date)) => [Some(date.to_string()), None],
        Span::Event | Span::Since(None) | Span::PartOf(..) => [None, None],
    });
    let losses = claim.losses.iter().map(|loss| [loss.window, loss.since].map(|date| date.map(|d| d.to_string())));
    figures.chain(losses).collect()
}
