//! What the words of a lexicon can mean: the closed list that every language's files choose from.

use crate::model::vocabulary::vocabulary;

vocabulary! {
    /// What an entry's forms mean.
    Sense, "sense" {
        /// Speech that says nothing of its own: "said", "a déclaré", "сообщили".
        Say = "say",
        /// "According to", "selon", "по словам".
        Source = "source",
        /// "Accused", "blamed".
        Accuse = "accuse",
        /// Each accuses the other: "traded accusations", "se renvoient la faute".
        MutualAccuse = "mutual-accuse",
        /// "Denied", "rejected", "dismissed".
        Deny = "deny",
        /// "Admitted", "acknowledged", "claimed responsibility".
        Admit = "admit",
        /// "Recorded", "heard", "saw": of monitors and witnesses.
        Witness = "witness",
        /// "Did not comment".
        Silence = "silence",
        /// "Urged", "called on": what follows is wanted, not told.
        Demand = "demand",
        /// A verb that tells an act.
        ActVerb = "act-verb",
        /// A noun that tells an act.
        ActNoun = "act-noun",
        /// A verb that lends itself to an act noun: "carried out", "lancé", "нанесли".
        Support = "support",
        /// A weapon, which makes an act specific.
        Weapon = "weapon",
        /// Killing as an act of somebody: "killed", "a tué".
        KillVerb = "kill-verb",
        /// Wounding as an act of somebody.
        WoundVerb = "wound-verb",
        /// The dead: "dead", "morts", "погибли".
        Killed = "killed",
        /// The hurt.
        Wounded = "wounded",
        /// A form that tells of one person without any number: "ранен", "погибла".
        OneHit = "one-hit",
        /// The missing.
        Missing = "missing",
        /// The captured.
        Captured = "captured",
        /// "Casualties", "losses", "victimes": dead or hurt.
        Casualties = "casualties",
        /// That nobody was hurt: "unharmed", "indemne", "обошлось без жертв".
        Unhurt = "unhurt",
        /// A ceasefire.
        Truce = "truce",
        /// A word that is a ceasefire only where one was just named: "agreement", "deal".
        Accord = "accord",
        /// "Agreed", "signed", "conclu".
        Agreed = "agreed",
        /// "Took effect".
        Begins = "begins",
        /// "Extended".
        Extended = "extended",
        /// "Expired", "called off".
        Ends = "ends",
        /// "Brokered", "sous l'égide de": a mediator stands beside it.
        Mediated = "mediated",
        /// "Broke", "violated", "нарушили": with a ceasefire, a breach.
        Break = "break",
        /// "Violations", "breaches".
        Breach = "breach",
        /// "Observed", "respected": with a ceasefire, that it was kept.
        Keep = "keep",
        /// "Not", "no", "aucun"; of people with the detail "nobody".
        Negation = "negation",
        /// What makes an act unreal: "if", "would", "ready to", "threatened to".
        Unreal = "unreal",
        /// "In response", "retaliated".
        Response = "response",
        /// A preposition, with its part.
        Preposition = "preposition",
        /// "And", "et", "и".
        And = "and",
        /// "But", "while": between clauses only.
        But = "but",
        /// "However", "for its part": set between commas, it parts no clause.
        Aside = "aside",
        /// "That", "que", "что": what is said follows.
        Clause = "clause",
        /// "Who", "which", "qui", "который": a clause on the noun before follows.
        Relative = "relative",
        /// "This was reported by", "об этом сообщили": whose words stood before.
        BackSay = "back-say",
        /// "Bulletin", "communiqué", "press service": in a heading, the text is that of the body it names.
        Bulletin = "bulletin",
        /// "A lie", "disinformation": answers what was said before.
        Lie = "lie",
        /// "Erupted", "broke out", "начались".
        Outbreak = "outbreak",
        /// "Militants", "saboteurs": the enemy's people, in the mouth of a party.
        Foe = "foe",
        /// "We", "our".
        We = "we",
        /// "It", "he", "they" as subjects.
        Pronoun = "pronoun",
        /// "Its", "his", "ses".
        Possessive = "possessive",
        /// "Each other", "mutuellement".
        EachOther = "each-other",
        /// "Both sides", "the two countries".
        Both = "both",
        /// "Both", "les deux": two of what was told.
        Two = "two",
        /// "The enemy", "the other side".
        Enemy = "enemy",
        /// "Was", "were", "été": makes a participle passive.
        Be = "be",
        /// "Has", "had": a participle after it is active.
        Have = "have",
        /// Armed people: "troops", "artillery", "soldiers".
        Force = "force",
        /// The state's people in a war with rebels: "government", "the army".
        Government = "government",
        /// The other side of such a war: "rebels", "the movement".
        Rebels = "rebels",
        /// Who speaks for a party: "ministry", "spokesman".
        Authority = "authority",
        /// "Residents", "medics", "witnesses".
        Bystander = "bystander",
        /// "Monitors", "observers".
        Monitor = "monitor",
        /// "Gunmen", "unidentified men".
        Unnamed = "unnamed",
        /// Land: "town", "district", "territory".
        Land = "land",
        /// The place told before: "there", "in the village", "sur place".
        There = "there",
        /// Land larger than a town: "district", "region".
        Region = "region",
        /// What joins two places to one line: "axis", "road".
        Axis = "axis",
        /// Who or what can be kept from passing: "patrol", "convoy", "aid".
        Passage = "passage",
        /// What is built for war: "trench", "bunker", "mines".
        Works = "works",
        /// "Airspace", where an act that enters it is a flight over.
        Airspace = "airspace",
        /// Posts and positions.
        Position = "position",
        /// Civilian people and things.
        Civilian = "civilian",
        /// People of any kind, as victims: "people", "man", "soldier".
        Person = "person",
        /// "Accusation", "report", "claim": what can be denied.
        Statement = "statement",
        /// "Stop", "cease": what follows goes on until then.
        Stop = "stop",
        /// What makes a sentence no news of a truce: sport, strikes, exercises, anniversaries.
        Discard = "discard",
        /// "Times", "occasions": counts breaches.
        Times = "times",
        /// What a number before it counts.
        Unit = "unit",
        /// "Kilometres", "per cent": a number before it counts nothing that a claim counts.
        Measure = "measure",
        /// "The number of", "the toll": the number after what it counts is that many.
        Tally = "tally",
        /// "Including", "dont": the number after it is part of one told before.
        Including = "including",
        /// "About".
        About = "about",
        /// "At least".
        AtLeast = "at-least",
        /// "More than".
        MoreThan = "more-than",
        /// "Up to".
        UpTo = "up-to",
        /// "Fewer than".
        LessThan = "less-than",
        /// A numeral; `value`.
        Number = "number",
        /// "Hundred", "thousand": multiplies; `value`.
        Multiplier = "multiplier",
        /// "The", "this": what follows is a noun, whatever else its form may be.
        Determiner = "determiner",
        /// One by its article: "a soldier", "un habitant"; counts only before a person.
        Article = "article",
        /// A month; `value` 1 to 12.
        Month = "month",
        /// A day of the week; `value` 1 Monday to 7 Sunday.
        Weekday = "weekday",
        /// "Today", "yesterday": `value` days from the day of the text.
        Day = "day",
        /// "The day before", "the next day": `value` days from the time told before.
        DayFromThen = "day-from-then",
        /// "That day", "the same night": the time told before.
        SameTime = "same-time",
        /// "Overnight", "in the night".
        Night = "night",
        /// "In the night of": the day named next ends it, or the two named next are its days.
        NightOf = "night-of",
        /// "Last night", "the past 24 hours": the day of the text and the one before.
        PastDay = "past-day",
        /// "Over the past", "за последние": a number of days after it reaches up to the text.
        Past = "past",
        /// "This week", "weekly": the seven days up to the text.
        PastWeek = "past-week",
        /// "The previous week": the seven days before those.
        WeekBefore = "week-before",
        /// "This month".
        ThisMonth = "this-month",
        /// "In the morning", "afternoon".
        DayPart = "day-part",
        /// A clock word: `value` is the hour ("noon" 12, "midnight" 0).
        ClockWord = "clock-word",
        /// "a.m.", "ночи": `value` 0.
        BeforeNoon = "before-noon",
        /// "p.m.", "вечера".
        AfterNoon = "after-noon",
        /// "Hour", "heures": after a number.
        Hour = "hour",
        /// "Minutes".
        Minute = "minute",
        /// "Days".
        Days = "days",
        /// "Later", "after": a length before it counts from the time told before.
        Later = "later",
        /// "Ago".
        Ago = "ago",
        /// "Since", "depuis", "с": a window from then up to the text.
        Since = "since",
        /// "From", "between", "du": a window begins.
        FromTime = "from-time",
        /// "To", "au", "по": a window's end.
        ToTime = "to-time",
        /// "Year" after a number, as in "2020 года".
        Year = "year",
        /// Verb forms of reported speech: "habe", "seien".
        Reported = "reported",
        /// "Zu haben": its clause has no subject of its own, but that of the saying, or the accused.
        Infinitive = "infinitive",
        /// Ordinary words, in languages whose capitals tell no names: no names of places.
        Common = "common",
        /// An ordinal that tells a day of a month: "الثاني من أبريل"; `value`.
        Ordinal = "ordinal",
        /// A word written onto the one after it: "و". The first is "and".
        Proclitic = "proclitic",
        /// A pronoun written onto the word before it: "ها".
        Enclitic = "enclitic",
        /// An article written onto its noun; forms without it match with it: "ال".
        JoinedArticle = "joined-article",
        /// An ending of case; forms without it match with it: "ا" of "خرقا".
        CaseEnding = "case-ending",
        /// Words shortened by a full stop.
        Abbreviation = "abbreviation",
    }
}

vocabulary! {
    /// How the arguments of an act stand.
    Frame, "frame" {
        /// The subject does it, the object receives it.
        Does = "does",
        /// The subject receives it: "came under fire", "repelled an assault".
        Undergoes = "undergoes",
        /// It happens, and nobody is told to do it: "clashes erupted".
        Event = "event",
    }
}

vocabulary! {
    /// What must stand beside a word before it tells an act.
    Need, "need" {
        /// Nothing.
        Nothing = "nothing",
        /// A weapon or armed people in its clause.
        Arms = "arms",
        /// A weapon or armed people in its clause, or a party as the doer and what it can hit.
        Target = "target",
        /// A weapon in its clause.
        Weapon = "weapon",
        /// A ceasefire in its clause.
        Truce = "truce",
        /// Somebody or something on the way: a patrol, a convoy, aid.
        Passage = "passage",
        /// Something built for war: a trench, a post, mines.
        Works = "works",
        /// An aircraft.
        Aircraft = "aircraft",
        /// An act noun that it lends itself to.
        Act = "act",
        /// Airspace in its clause.
        Airspace = "airspace",
        /// A person in its clause, as "captured" does of an arrest.
        Person = "person",
    }
}

vocabulary! {
    /// The part a preposition gives to what follows.
    Prep, "part" {
        /// Who did it: "by", "par", "со стороны".
        By = "by",
        /// Whence: "from", "depuis", "с территории".
        From = "from",
        /// Whom or what it hit: "at", "against", "sur", "по".
        At = "at",
        /// Where: "in", "near", "à", "под".
        In = "in",
        /// Whose or whom: "of", "de".
        Of = "of",
        /// With whom or what: "with", "avec".
        With = "with",
        /// Whom, where objects that are people have a preposition of their own: Spanish "a". Never where.
        To = "to",
        /// Whom or what, in the accusative of languages whose cases tell it.
        Object = "object",
        /// Any other, such as "for" or "to": gives no part.
        Other = "other",
    }
}

impl Frame {
    /// What holds where an entry says nothing.
    pub(crate) const fn usual() -> Self {
        Self::Does
    }
}

impl Need {
    /// What holds where an entry says nothing.
    pub(crate) const fn usual() -> Self {
        Self::Nothing
    }
}
