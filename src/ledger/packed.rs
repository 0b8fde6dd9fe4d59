//! How a live claim is packed into bytes: each of its parts after the other, the short numbers in few bytes.
//!
//! What packs a part unpacks it too, from one list of its fields, so that the two cannot disagree. Nothing here is kept
//! for longer than the derived tables: the layout may change with every version of the program, and [`layout`] tells.

use crate::model::{
    Act, ActBase, Attribution, Edtf, Extent, Figure, Grain, Hedge, Id, Point, Range, Span, Stance, Unit,
};
use crate::reconcile::{Claimant, Fact, Moment, PlaceName, Status, Toll};
use crate::tally::counts::{Apart, Role};
use crate::tally::laid::Laid;
use crate::tally::made::Made;
use crate::tally::numbers::{Kind, Why};

/// Raise it with any change of what stands where.
const LAYOUT: u64 = 3;

/// Tells this program's layout, the words of its vocabularies included, from any other.
pub(super) fn layout() -> i64 {
    let words =
        [ActBase::WORDS, Attribution::WORDS, Extent::WORDS, Grain::WORDS, Hedge::WORDS, Stance::WORDS, Unit::WORDS];
    let tallied = [Made::WORDS, Laid::WORDS, Kind::WORDS, Why::WORDS, Role::WORDS, Apart::WORDS];
    let bytes = words.into_iter().chain(tallied).flatten().flat_map(|word| word.bytes().chain([0]));
    // FNV-1a, 64 bits.
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.fold(0xcbf2_9ce4_8422_2325 ^ LAYOUT, mix).cast_signed()
}

/// Something that can be packed into bytes and unpacked again.
pub(super) trait Packed: Sized {
    /// Appends it.
    fn pack(&self, out: &mut Vec<u8>);
    /// Takes it from the front. `None`: these bytes are nothing of the kind.
    fn unpack(from: &mut &[u8]) -> Option<Self>;
}

/// A struct is its fields in this order.
macro_rules! fields {
    ($($type:ident { $($field:ident),+ $(,)? })+) => {$(
        impl Packed for $type {
            fn pack(&self, out: &mut Vec<u8>) {
                $(self.$field.pack(out);)+
            }

            fn unpack(from: &mut &[u8]) -> Option<Self> {
                Some(Self { $($field: Packed::unpack(from)?),+ })
            }
        }
    )+};
}

/// A word is its place in its vocabulary.
macro_rules! words {
    ($($type:ident),+) => {$(
        impl Packed for $type {
            fn pack(&self, out: &mut Vec<u8>) {
                out.push(*self as u8);
            }

            fn unpack(from: &mut &[u8]) -> Option<Self> {
                Self::ALL.get(usize::from(byte(from)?)).copied()
            }
        }
    )+};
}

pub(super) use {fields, words};

words!(ActBase, Attribution, Extent, Grain, Hedge, Stance, Unit);

fields! {
    Act { base, detail }
    Range { min, max, hedge }
    Point { lat_e7, lon_e7 }
    Moment { lo, hi, grain, extent }
    Status { alleged, denied, mutual, acknowledged, corroborated, contradicted, figures_differ }
    PlaceName { name, place }
    Figure { amount, unit, span }
    Toll { side, killed, wounded, missing, captured, civilian, total, since }
}

/// A claim is what there is one of, and then its lists; what only the reconciler asks for is left out.
macro_rules! claim {
    ({ $($field:ident),+ $(,)? } { $($list:ident),+ $(,)? } { $($left:ident: $none:expr),+ $(,)? }) => {
        impl Packed for Fact {
            fn pack(&self, out: &mut Vec<u8>) {
                $(self.$field.pack(out);)+
                $(self.$list.pack(out);)+
            }

            fn unpack(from: &mut &[u8]) -> Option<Self> {
                let plain = plain(from)?;
                Some(Self { $($list: Packed::unpack(from)?,)+ ..plain })
            }
        }

        /// A claim without its lists: most that a filter turns away can be told by that.
        pub(super) fn plain(from: &mut &[u8]) -> Option<Fact> {
            Some(Fact { $($field: Packed::unpack(from)?,)+ $($list: Vec::new(),)+ $($left: $none),+ })
        }
    };
}

claim! {
    {
        id, claimant, stance, in_response, act, accused, attribution, target, when, published, point, total, dispatch,
        source, offset,
    }
    { places, figures, tolls, parties, mediators }
    { wording: 0 }
}

pub(super) fn byte(from: &mut &[u8]) -> Option<u8> {
    let (first, rest) = from.split_first()?;
    *from = rest;
    Some(*first)
}

impl Packed for bool {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        match byte(from)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

/// Seven bits a byte, the low ones first; the high bit says that more follow.
impl Packed for u64 {
    fn pack(&self, out: &mut Vec<u8>) {
        let mut rest = *self;
        loop {
            let [low, ..] = rest.to_le_bytes();
            rest >>= 7;
            if rest == 0 {
                return out.push(low);
            }
            out.push(low | 0x80);
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let mut value = 0;
        for shift in (0..Self::BITS).step_by(7) {
            let next = byte(from)?;
            value |= Self::from(next & 0x7f) << shift;
            if next < 0x80 {
                return Some(value);
            }
        }
        None
    }
}

/// The sign goes last, so that numbers near zero are short.
impl Packed for i64 {
    fn pack(&self, out: &mut Vec<u8>) {
        ((self << 1) ^ (self >> 63)).cast_unsigned().pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let zigzag = u64::unpack(from)?;
        Some((zigzag >> 1).cast_signed() ^ -((zigzag & 1).cast_signed()))
    }
}

/// What fits a wider number is packed as one.
macro_rules! narrow {
    ($($type:ident as $wide:ident),+) => {$(
        impl Packed for $type {
            fn pack(&self, out: &mut Vec<u8>) {
                $wide::try_from(*self).unwrap_or_default().pack(out);
            }

            fn unpack(from: &mut &[u8]) -> Option<Self> {
                Self::try_from($wide::unpack(from)?).ok()
            }
        }
    )+};
}

narrow!(i32 as i64, usize as u64);

/// Ids are positive.
impl Packed for Id {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.cast_unsigned().pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        u64::unpack(from).map(|id| Self(id.cast_signed()))
    }
}

impl<T: Packed> Packed for Option<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.is_some().pack(out);
        if let Some(value) = self {
            value.pack(out);
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        if bool::unpack(from)? { T::unpack(from).map(Some) } else { Some(None) }
    }
}

impl<A: Packed, B: Packed, C: Packed> Packed for (A, B, C) {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
        self.1.pack(out);
        self.2.pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Some((A::unpack(from)?, B::unpack(from)?, C::unpack(from)?))
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
        self.1.pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Some((A::unpack(from)?, B::unpack(from)?))
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.len().pack(out);
        for value in self {
            value.pack(out);
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        // Each takes a byte at least: no more room is made than a damaged number can ask for.
        let length = usize::unpack(from).filter(|length| *length <= from.len())?;
        let mut values = Self::with_capacity(length);
        for _ in 0..length {
            values.push(T::unpack(from)?);
        }
        Some(values)
    }
}

impl Packed for String {
    fn pack(&self, out: &mut Vec<u8>) {
        self.len().pack(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let length = usize::unpack(from)?;
        let (text, rest) = from.split_at_checked(length)?;
        *from = rest;
        std::str::from_utf8(text).ok().map(str::to_owned)
    }
}

/// A date is its words: few claims hold one.
impl Packed for Edtf {
    fn pack(&self, out: &mut Vec<u8>) {
        self.to_string().pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        String::unpack(from)?.parse().ok()
    }
}

impl Packed for Claimant {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Self::Party(id) => {
                out.push(0);
                id.pack(out);
            }
            Self::Narration => out.push(1),
            Self::Unknown => out.push(2),
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        match byte(from)? {
            0 => Id::unpack(from).map(Self::Party),
            1 => Some(Self::Narration),
            2 => Some(Self::Unknown),
            _ => None,
        }
    }
}

impl Packed for Span {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Self::Event => out.push(0),
            Self::Window(window) => {
                out.push(1);
                window.pack(out);
            }
            Self::Since(start) => {
                out.push(2);
                start.pack(out);
            }
            Self::PartOf(whole, unit) => {
                out.push(3);
                whole.pack(out);
                unit.pack(out);
            }
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        match byte(from)? {
            0 => Some(Self::Event),
            1 => Edtf::unpack(from).map(Self::Window),
            2 => Option::unpack(from).map(Self::Since),
            3 => Some(Self::PartOf(Range::unpack(from)?, Unit::unpack(from)?)),
            _ => None,
        }
    }
}

#[cfg(test)]
#[path = "packed_tests.rs"]
mod tests;
