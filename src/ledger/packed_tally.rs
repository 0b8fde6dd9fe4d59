//! How records and counts are packed into bytes; see [`super::packed`].

use std::collections::BTreeMap;

use crate::model::{Id, Range};
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
    Once { claims, drafts, claimant, made, accused, laid, fate, incidents, when, day }
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

impl Packed for Of {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Self::Accused(party) => {
                out.push(0);
                party.pack(out);
            }
            Self::Day(claimant, day) => {
                out.push(1);
                (*claimant, *day).pack(out);
            }
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        match byte(from)? {
            0 => Id::unpack(from).map(Self::Accused),
            1 => <(Id, Day)>::unpack(from).map(|(claimant, day)| Self::Day(claimant, day)),
            _ => None,
        }
    }
}

impl Packed for Record {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Self::Statement(once) => {
                out.push(0);
                once.pack(out);
            }
            Self::Number(of, kind, amount) => {
                out.push(1);
                (*of, *kind, *amount).pack(out);
            }
            Self::Window(of, kind) => {
                out.push(2);
                (*of, *kind).pack(out);
            }
            Self::Left { accused, by, kind, why } => {
                out.push(3);
                ((*accused, *by), *kind, *why).pack(out);
            }
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        match byte(from)? {
            0 => Once::unpack(from).map(Self::Statement),
            1 => <(Of, Kind, Range)>::unpack(from).map(|(of, kind, amount)| Self::Number(of, kind, amount)),
            2 => <(Of, Kind)>::unpack(from).map(|(of, kind)| Self::Window(of, kind)),
            3 => {
                let ((accused, by), kind, why) = <((Option<Id>, Option<Id>), Kind, Why)>::unpack(from)?;
                Some(Self::Left { accused, by, kind, why })
            }
            _ => None,
        }
    }
}
