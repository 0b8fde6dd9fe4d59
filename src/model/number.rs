//! The numbers people quote: claim `C142`, dispatch `D5`, batch `B9`; `KHI/C142` from another office.

use std::fmt;
use std::str::FromStr;

use super::vocabulary::serde_as_text;

/// What a number is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NumberKind {
    /// `B`: a batch.
    Batch,
    /// `C`: a claim.
    Claim,
    /// `D`: a dispatch.
    Dispatch,
    /// `I`: an incident, numbered by its earliest claim.
    Incident,
    /// `L`: a place.
    Place,
    /// `P`: a party.
    Party,
    /// `S`: a source.
    Source,
    /// `T`: a truce.
    Truce,
}

impl NumberKind {
    /// Every kind with its letter.
    pub const ALL: &'static [(Self, char, &'static str)] = &[
        (Self::Batch, 'B', "batch"),
        (Self::Claim, 'C', "claim"),
        (Self::Dispatch, 'D', "dispatch"),
        (Self::Incident, 'I', "incident"),
        (Self::Place, 'L', "place"),
        (Self::Party, 'P', "party"),
        (Self::Source, 'S', "source"),
        (Self::Truce, 'T', "truce"),
    ];

    /// Its letter.
    pub fn letter(self) -> char {
        Self::ALL.iter().find(|(kind, ..)| *kind == self).map_or('?', |(_, letter, _)| *letter)
    }

    /// Its name in sentences: "claim".
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, ..)| *kind == self).map_or("?", |(.., name)| *name)
    }
}

/// A row's identity within a ledger: office slot (0: this ledger's own office) and number, as one integer of 53 bits
/// that spreadsheets and JSON hold exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(pub i64);

impl Id {
    /// Office slots reach from 0 to here, so that an id stays below 2⁵³.
    pub const MAX_SLOT: u32 = (1 << 21) - 1;

    /// The id of a number of an office. `None` if the slot is over [`Id::MAX_SLOT`] or the number is 0.
    pub fn new(slot: u32, number: u32) -> Option<Self> {
        (slot <= Self::MAX_SLOT && number > 0).then(|| Self((i64::from(slot) << 32) | i64::from(number)))
    }

    /// The office's slot.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "ids are positive and below 2⁵³")]
    pub const fn slot(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// The number within its office.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the low half is the number")]
    pub const fn number(self) -> u32 {
        self.0 as u32
    }
}

/// A number as quoted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number {
    /// The office's code, where it is not this ledger's own.
    pub office: Option<String>,
    /// What it is of.
    pub kind: NumberKind,
    /// The number, from 1.
    pub number: u32,
}

impl Number {
    /// A number of this ledger's own office.
    pub const fn own(kind: NumberKind, number: u32) -> Self {
        Self { office: None, kind, number }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match &self.office {
            Some(office) => format!("{office}/{}{}", self.kind.letter(), self.number),
            None => format!("{}{}", self.kind.letter(), self.number),
        };
        f.pad(&text)
    }
}

/// A text that is no number of the kinds quoted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is no number such as C142, D5, B9, I17, T2, P3 or KHI/C142", super::text::shown(&super::text::cut(.0, 60)))]
pub struct BadNumber(pub String);

impl FromStr for Number {
    type Err = BadNumber;

    fn from_str(text: &str) -> Result<Self, BadNumber> {
        let bad = || BadNumber(text.to_owned());
        let (office, rest) = match text.split_once('/') {
            Some((office, rest)) => (Some(office), rest),
            None => (None, text),
        };
        if office.is_some_and(|code| !is_office_code(code)) {
            return Err(bad());
        }
        let letter = rest.chars().next().map(|c| c.to_ascii_uppercase()).ok_or_else(bad)?;
        let (kind, ..) = NumberKind::ALL.iter().find(|(_, l, _)| *l == letter).ok_or_else(bad)?;
        let digits = rest.get(1..).unwrap_or_default();
        if digits.starts_with('0') || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(bad());
        }
        let number = digits.parse().map_err(|_| bad())?;
        Ok(Self { office: office.map(str::to_owned), kind: *kind, number })
    }
}

serde_as_text!(Number);

/// Whether a text can be an office's code: 2 to 12 capital letters and digits, a letter first.
pub fn is_office_code(code: &str) -> bool {
    (2..=12).contains(&code.len())
        && code.starts_with(|c: char| c.is_ascii_uppercase())
        && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_print_as_they_parse(
            kind in 0..NumberKind::ALL.len(), n in 1..=u32::MAX, office in proptest::option::of("[A-Z][A-Z0-9]{1,11}")
        ) {
            let number = Number { office, kind: NumberKind::ALL[kind].0, number: n };
            prop_assert_eq!(number.to_string().parse::<Number>(), Ok(number));
        }

        #[test]
        fn ids_keep_slot_and_number(slot in 0..=Id::MAX_SLOT, n in 1..=u32::MAX) {
            let id = Id::new(slot, n).unwrap();
            prop_assert_eq!((id.slot(), id.number()), (slot, n));
            prop_assert!(id.0 < 1 << 53);
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = text.parse::<Number>();
        }
    }
}
