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

    /// A word of saying that follows what is said stands before its subject: "…, a indiqué l'armée".
    pub(crate) const fn inverts(self) -> bool {
        matches!(self, Self::De | Self::Fr | Self::Es | Self::It | Self::Ru | Self::Uk)
    }

    /// Adjectives stand after their nouns ("les forces azerbaïdjanaises", "ataques sandinistas").
    pub(crate) const fn adjective_follows(self) -> bool {
        matches!(self, Self::Fr | Self::Es | Self::It | Self::Ar)
    }

    /// Verbs need no subject: one that is left out is who was spoken of last.
    pub(crate) const fn drops_subject(self) -> bool {
        matches!(self, Self::Es | Self::It)
    }

    /// Wires may leave accents off, or write them as apostrophes.
    pub(crate) const fn drops_accents(self) -> bool {
        matches!(self, Self::Fr | Self::Es | Self::It)
    }

    /// The verb stands first, its subject next to it; clauses and nouns are joined by the same "and", numbers follow
    /// what they count in tolls.
    pub(crate) const fn verb_first(self) -> bool {
        matches!(self, Self::Ar)
    }

    /// Its script has no capitals, so that names are told by what stands around them.
    pub(crate) const fn caseless(self) -> bool {
        matches!(self, Self::Ar)
    }

    /// Numerals are joined by "and": "مئة وستة وثلاثون".
    pub(crate) const fn joins_numerals(self) -> bool {
        matches!(self, Self::Ar)
    }

    /// Case endings and postpositions tell the parts of nouns, and what is said stands as a noun before its word of
    /// saying.
    pub(crate) const fn embeds(self) -> bool {
        matches!(self, Self::Tr)
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
        matches!(self, Self::De | Self::Tr)
    }

    /// The noun of land in a place's name is its last word: "Ormeau Road", "İgman Dağı".
    pub(crate) const fn land_last(self) -> bool {
        matches!(self, Self::En | Self::Tr)
    }

    /// Whether nouns tell their part by their ending and stand where they like, as in Russian and Ukrainian.
    pub(crate) const fn is_slavic(self) -> bool {
        matches!(self, Self::Ru | Self::Uk)
    }

    /// The endings of nouns and names in the case of the doer: "войсками", "військами". Empty where there is none.
    pub(crate) const fn instrumental(self) -> &'static [&'static str] {
        match self {
            Self::Ru => &["ами", "ями", "ьми", "ыми", "ими", "ой", "ей", "ою", "ею", "ом", "ем", "ью"],
            Self::Uk => &["ами", "ями", "ьми", "ими", "іми", "ою", "ею", "єю", "ом", "ем", "єм"],
            _ => &[],
        }
    }

    /// Endings of adjectives that no subject has: "азербайджанской армии", "українського миротворця".
    pub(crate) const fn oblique(self) -> &'static [&'static str] {
        match self {
            Self::Ru => &["ого", "его", "ому", "ему", "ой", "ую", "ых", "их", "ыми", "ими", "ым", "им"],
            Self::Uk => &["ого", "ому", "ої", "ій", "ську", "цьку", "их", "іх", "ими", "іми", "им", "ою"],
            _ => &[],
        }
    }

    /// Endings of adjectives and names that show the case of the subject: "российские", "російські". Empty where
    /// there is none.
    pub(crate) const fn nominative(self) -> &'static [&'static str] {
        match self {
            Self::Ru => &["ие", "ые", "ий", "ый", "ая", "ое", "ия"],
            Self::Uk => &["кі", "ні", "ві", "кий", "ний", "вий", "ка", "на", "ва", "ке", "не", "ве", "ія"],
            _ => &[],
        }
    }

    /// The words that make the noun after them one told before: definite articles, demonstratives, and prepositions that
    /// an article has joined. Empty where nouns have none, or have it written onto them.
    pub(crate) const fn definite(self) -> &'static [&'static str] {
        match self {
            Self::En => &["the", "this", "that", "same"],
            Self::Fr => &["la", "le", "'", "cette", "ce", "du", "au", "même"],
            Self::Es => &["la", "el", "esa", "ese", "esta", "este", "dicha", "dicho", "del", "al", "misma", "mismo"],
            Self::It => &[
                "la", "il", "lo", "'", "quella", "quel", "questa", "questo", "nella", "nel", "sulla", "sul", "della",
                "del", "alla", "al", "dalla", "dal", "stessa", "stesso",
            ],
            Self::De => &[
                "die", "der", "das", "den", "dem", "des", "diese", "dieser", "diesem", "dieses", "diesen", "im", "zum",
                "zur", "am", "ins", "selben",
            ],
            Self::Ru | Self::Uk | Self::Ar | Self::Tr => &[],
        }
    }
}
