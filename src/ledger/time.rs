//! Dates as columns hold them: the words, and the pair of instants they stood for when they were written.

use crate::model::{Edtf, Extent, When, Zone};

use super::table::Cell;

/// A date beside its instants.
#[derive(Debug, Clone, Default)]
pub(super) struct Dated {
    text: Option<String>,
    /// Earliest moment.
    pub(super) lo: Option<i64>,
    /// First moment after the latest.
    pub(super) hi: Option<i64>,
}

impl Dated {
    /// Reads a date in a zone.
    pub(super) fn read(date: Option<Edtf>, zone: Zone) -> Self {
        date.map_or_else(Self::default, |edtf| {
            let when = When::resolve(edtf, zone, Extent::Within, None);
            Self::of(&when)
        })
    }

    /// The words and instants of a time.
    pub(super) fn of(when: &When) -> Self {
        Self { text: Some(when.edtf.to_string()), lo: when.lo, hi: when.hi }
    }

    /// The words.
    pub(super) fn text(&self) -> Cell<'_> {
        self.text.as_deref().into()
    }
}
