//! How records and counts are packed into bytes; see [`super::packed`].

use std::collections::BTreeMap;

use crate::model::{Extent, Grain, Hedge, Id, Range};
use crate::reconcile::{Claimant, Moment};
use crate::tally::counts::{Accused, Apart, Listed, OfDay, OfParty, Role, Sum, Whole};
use crate::tally::fate::Fate;
use crate::tally::laid::Laid;
use crate::tally::made::Made;
use crate::tally::numbers::{Kind, Why};
use crate::tally::record::{Day, Of, Once, Record};

use super::packed::{Packed, byte, fields, words};

words!(Made, Laid, Kind, Why, Role, Apart);

fields! {
    Accused { statements, incidents, fates }
    Listed { count, first }
    OfDay { statements, breaches, explosions }
    OfParty { made, laid, accusers, sums, left }
    Whole { claims, drafts, apart }
}

impl<T: Packed, const N: usize> Packed for [T; N] {
    fn pack(&self, out: &mut Vec<u8>) {
        for value in self {
            value.pack(out);
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let values: Vec<T> = (0..N).map_while(|_| T::unpack(from)).collect();
        values.try_into().ok()
    }
}

impl<K: Packed + Ord, V: Packed> Packed for BTreeMap<K, V> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.len().pack(out);
        for (key, value) in self {
            key.pack(out);
            value.pack(out);
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let entries: Vec<(K, V)> = Packed::unpack(from)?;
        Some(entries.into_iter().collect())
    }
}

/// The high half is nothing but where numbers are absurd.
impl Packed for u128 {
    fn pack(&self, out: &mut Vec<u8>) {
        let half = |bits: Self| u64::try_from(bits & Self::from(u64::MAX)).unwrap_or_default();
        (half(*self), half(self >> 64)).pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let (low, high) = <(u64, u64)>::unpack(from)?;
        Some(Self::from(high) << 64 | Self::from(low))
    }
}

/// Most parties and days have nothing in most sums.
impl Packed for Sum {
    fn pack(&self, out: &mut Vec<u8>) {
        let none = *self == Self::default();
        none.pack(out);
        if !none {
            self.hedged.pack(out);
            self.open.pack(out);
            (self.min, self.max).pack(out);
            self.windows.pack(out);
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        if bool::unpack(from)? {
            return Some(Self::default());
        }
        let (hedged, open) = (Packed::unpack(from)?, u64::unpack(from)?);
        let (min, max) = Packed::unpack(from)?;
        Some(Self { hedged, open, min, max, windows: u64::unpack(from)? })
    }
}

impl Packed for Day {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        i32::unpack(from).map(Self)
    }
}

impl Packed for Fate {
    fn pack(&self, out: &mut Vec<u8>) {
        let Self { denied, countered, acknowledged, in_response, corroborated, no_comment, otherwise } = *self;
        let flags = [denied, countered, acknowledged, in_response, corroborated, no_comment, otherwise];
        out.push(flags.into_iter().fold(0, |bits, flag| bits << 1 | u8::from(flag)));
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let bits = byte(from)?;
        let flag = |at: u8| bits >> (6 - at) & 1 == 1;
        Some(Self {
            denied: flag(0),
            countered: flag(1),
            acknowledged: flag(2),
            in_response: flag(3),
            corroborated: flag(4),
            no_comment: flag(5),
            otherwise: flag(6),
        })
    }
}

/// So many low bits of a claim's number tell it from the others whose records are kept with its own.
pub(super) const CHUNK_BITS: u32 = 10;

/// What a record is.
const STATEMENT: u64 = 0;
const NUMBER: u64 = 1;
const WINDOW: u64 = 2;
const LEFT: u64 = 3;

/// Appends a record: its kind with the low bits of its claim, and what is told of it.
pub(super) fn pack_record(claim: Id, record: &Record, out: &mut Vec<u8>) {
    let low = claim.0.cast_unsigned() & ((1 << CHUNK_BITS) - 1);
    let mut begin = |kind: u64| (low << 2 | kind).pack(out);
    match record {
        Record::Statement(once) => {
            begin(STATEMENT);
            pack_once(once, out);
        }
        Record::Number(of, kind, amount) => {
            begin(NUMBER);
            pack_of(*of, *kind, out);
            pack_amount(*amount, out);
        }
        Record::Window(of, kind) => {
            begin(WINDOW);
            pack_of(*of, *kind, out);
        }
        Record::Left { accused, by, kind, why } => {
            begin(LEFT);
            kind.pack(out);
            why.pack(out);
            out.push(u8::from(accused.is_some()) << 1 | u8::from(by.is_some()));
            accused.iter().chain(by).for_each(|id| id.pack(out));
        }
    }
}

/// Takes a record of a chunk from the front.
pub(super) fn unpack_record(chunk: i64, from: &mut &[u8]) -> Option<(Id, Record)> {
    let begin = u64::unpack(from)?;
    let claim = Id(chunk << CHUNK_BITS | (begin >> 2).cast_signed());
    let record = match begin & 3 {
        STATEMENT => Record::Statement(unpack_once(from)?),
        NUMBER => {
            let (of, kind) = unpack_of(from)?;
            Record::Number(of, kind, unpack_amount(from)?)
        }
        WINDOW => {
            let (of, kind) = unpack_of(from)?;
            Record::Window(of, kind)
        }
        _ => {
            let (kind, why, told) = (Kind::unpack(from)?, Why::unpack(from)?, byte(from)?);
            let accused = if told & 2 == 2 { Some(Id::unpack(from)?) } else { None };
            let by = if told & 1 == 1 { Some(Id::unpack(from)?) } else { None };
            Record::Left { accused, by, kind, why }
        }
    };
    Some((claim, record))
}

/// What is the same of most statements is told by bits: that it is one claim and no draft, that its time has two bounds.
fn pack_once(once: &Once, out: &mut Vec<u8>) {
    let single = once.claims == 1 && once.drafts == 0;
    let bounds = once.when.and_then(|when| Some((when.lo?, when.hi?)));
    let bits = [single, once.accused.is_some(), once.when.is_some(), bounds.is_some(), once.day.is_some()];
    let bits = bits.into_iter().fold(0, |bits, bit| bits << 1 | u64::from(bit));
    let who: u64 = match once.claimant {
        Claimant::Narration => 0,
        Claimant::Unknown => 1,
        Claimant::Party(_) => 2,
    };
    let laid = once.laid.map_or(0, |laid| laid as u64 + 1);
    (((bits << 2 | who) << 3 | laid) << 3 | once.made as u64).pack(out);
    if !single {
        (once.claims, once.drafts).pack(out);
    }
    once.claimant.party().iter().chain(&once.accused).for_each(|id| id.pack(out));
    if once.accuses() {
        once.fate.pack(out);
        once.incidents.pack(out);
    }
    if let Some(when) = once.when {
        when.grain.pack(out);
        when.extent.pack(out);
        match bounds {
            Some((lo, hi)) => (lo, hi.wrapping_sub(lo)).pack(out),
            None => (when.lo, when.hi).pack(out),
        }
    }
    if let Some(day) = once.day {
        day.pack(out);
    }
}

fn unpack_once(from: &mut &[u8]) -> Option<Once> {
    let bits = u64::unpack(from)?;
    let bit = |at: u32| bits >> (8 + at) & 1 == 1;
    let made = *Made::ALL.get(usize::try_from(bits & 7).ok()?)?;
    let laid = usize::try_from(bits >> 3 & 7).ok()?.checked_sub(1);
    let laid = laid.map(|at| Laid::ALL.get(at).copied());
    let (claims, drafts) = if bit(4) { (1, 0) } else { Packed::unpack(from)? };
    let claimant = match bits >> 6 & 3 {
        0 => Claimant::Narration,
        1 => Claimant::Unknown,
        _ => Claimant::Party(Id::unpack(from)?),
    };
    let accused = if bit(3) { Some(Id::unpack(from)?) } else { None };
    let laid = match laid {
        Some(laid) => Some(laid?),
        None => None,
    };
    let mut once = Once {
        claims,
        drafts,
        claimant,
        made,
        accused,
        laid,
        fate: Fate::default(),
        incidents: 0,
        when: None,
        day: None,
    };
    if once.accuses() {
        (once.fate, once.incidents) = Packed::unpack(from)?;
    }
    if bit(2) {
        let (grain, extent) = (Grain::unpack(from)?, Extent::unpack(from)?);
        let (lo, hi) = if bit(1) {
            let (lo, length) = <(i64, i64)>::unpack(from)?;
            (Some(lo), Some(lo.wrapping_add(length)))
        } else {
            Packed::unpack(from)?
        };
        once.when = Some(Moment { lo, hi, grain, extent });
    }
    once.day = if bit(0) { Some(Day::unpack(from)?) } else { None };
    Some(once)
}

fn pack_of(of: Of, kind: Kind, out: &mut Vec<u8>) {
    let daily = matches!(of, Of::Day(..));
    out.push((kind as u8) << 1 | u8::from(daily));
    match of {
        Of::Accused(party) => party.pack(out),
        Of::Day(claimant, day) => (claimant, day).pack(out),
    }
}

fn unpack_of(from: &mut &[u8]) -> Option<(Of, Kind)> {
    let bits = byte(from)?;
    let kind = *Kind::ALL.get(usize::from(bits >> 1))?;
    let party = Id::unpack(from)?;
    let of = if bits & 1 == 1 { Of::Day(party, Day::unpack(from)?) } else { Of::Accused(party) };
    Some((of, kind))
}

/// Most amounts are one flat number.
fn pack_amount(amount: Range, out: &mut Vec<u8>) {
    let one = amount.min.filter(|_| amount.min == amount.max);
    out.push((amount.hedge as u8) << 1 | u8::from(one.is_some()));
    match one {
        Some(one) => one.pack(out),
        None => (amount.min, amount.max).pack(out),
    }
}

fn unpack_amount(from: &mut &[u8]) -> Option<Range> {
    let bits = byte(from)?;
    let hedge = *Hedge::ALL.get(usize::from(bits >> 1))?;
    let (min, max) = if bits & 1 == 1 {
        let one = u64::unpack(from)?;
        (Some(one), Some(one))
    } else {
        Packed::unpack(from)?
    };
    Some(Range { min, max, hedge })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tally::numbers::Why;

    #[test]
    fn records_are_unpacked_as_they_were_packed() {
        let once = Once {
            claims: 1,
            drafts: 0,
            claimant: Claimant::Party(Id(7)),
            made: Made::Accusation,
            accused: Some(Id(300)),
            laid: Some(Laid::Accused),
            fate: Fate { denied: true, otherwise: true, ..Fate::default() },
            incidents: 2,
            when: Some(Moment { lo: Some(-5), hi: Some(86_395), grain: Grain::Day, extent: Extent::Within }),
            day: Some(Day(719_163)),
        };
        let open = Some(Moment { lo: None, hi: Some(9), grain: Grain::Year, extent: Extent::Throughout });
        let narrated = Once { claims: 3, drafts: 2, claimant: Claimant::Narration, when: open, day: None, ..once };
        let bare = Once { accused: None, laid: None, fate: Fate::default(), incidents: 0, when: None, ..narrated };
        let other = Once { laid: Some(Laid::Toll), fate: Fate::default(), incidents: 0, made: Made::NoComment, ..once };
        let mut records: Vec<Record> = [once, narrated, bare, other].map(Record::Statement).into();
        for of in [Of::Accused(Id(1 << 33)), Of::Day(Id(2), Day(-4))] {
            records.push(Record::Window(of, Kind::Explosions));
            records
                .extend(["7", "3-9", "~3", "<8", ">2"].map(|n| Record::Number(of, Kind::Killed, n.parse().unwrap())));
        }
        for (accused, by) in [(None, None), (Some(Id(4)), None), (None, Some(Id(5))), (Some(Id(6)), Some(Id(7)))] {
            records.push(Record::Left { accused, by, kind: Kind::Wounded, why: Why::OtherUnits });
        }
        let mut bytes = Vec::new();
        for (record, claim) in records.iter().zip(2_040..) {
            pack_record(Id(claim), record, &mut bytes);
        }
        let mut from = bytes.as_slice();
        for (record, claim) in records.iter().zip(2_040..) {
            let (low, unpacked) = unpack_record(claim >> CHUNK_BITS, &mut from).unwrap();
            assert_eq!((low, &unpacked), (Id(claim), record));
        }
        assert!(from.is_empty());
    }
}
