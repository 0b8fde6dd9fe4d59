//! Facts of each language's grammar that the recognisers ask for: word order, and what its forms mark.

use super::Lang;

impl Lang {
    /// The verb may close its clause: objects and agents stand before it, negations and the like on either side.
    pub(crate) const fn verb_final(self) -> bool {
        matches!(self, Self::De | Self::Tr)
    }

    /// An auxiliary may stand far from its participle, on either side of it.
    pub(crate) const fn auxiliary_apart(self) -> bool {
        matches!(self, Self::De)
    }

    /// Where something else opens a clause, the subject of its verb follows it ("Zugleich beschuldigte Kiew Moskau").
    pub(crate) const fn subject_after_verb(self) -> bool {
        matches!(self, Self::De)
    }

    /// Every noun has a capital letter, so that a capital tells no name.
    pub(crate) const fn capital_nouns(self) -> bool {
        matches!(self, Self::De)
    }

    /// Relative pronouns look like articles: they are such only after a comma, with or without a preposition.
    pub(crate) const fn relative_after_comma(self) -> bool {
        matches!(self, Self::De)
    }

    /// Reported speech has verb forms of its own: what stands in others is the text's own word.
    pub(crate) const fn reports_marked(self) -> bool {
        matches!(self, Self::De)
    }

    /// The noun of land in a place's name is its last word: "Ormeau Road".
    pub(crate) const fn land_last(self) -> bool {
        matches!(self, Self::En)
    }
}
