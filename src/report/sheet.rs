//! What every report makes: a table of typed cells with its notes. `render` turns it into any output form.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::model::{ByteSpan, Id, Number, NumberKind, Range, Told};
use crate::tally::counts::Listed;

/// A name that is fixed for most columns and made for some: `t1_first`.
pub type Name = Cow<'static, str>;

/// A typed cell. Renderers decide how each looks; none decides what it says.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nobody says, or it does not apply. Never printed as zero.
    Unknown,
    /// The dispatch's own words, nobody being quoted: `-` in exports.
    Narration,
    /// Words, which may come from outside.
    Text(String),
    /// Several texts, which may come from outside, each on a line of its own.
    Lines(Vec<String>),
    /// A count this program made, with the claims behind it.
    Count(u64, Vec<Id>),
    /// How much more or less than before.
    Change(i64),
    /// A part of a whole that is not zero, printed in whole percent: its heading says so.
    Share(u64, u64),
    /// An amount as claimed, with the claims behind it.
    Amount(Range, Vec<Id>),
    /// How long something took, with the claims it lies between.
    Lapse(Lapse, Vec<Id>),
    /// How many times as much one account says as another.
    Ratio(Ratio),
    /// How far a number reaches towards the largest of its kind: a bar, for eyes only.
    Bar(u64, u64),
    /// A time in the report's zone: EDTF.
    Time(String),
    /// Claims at their times, and whether a truce was in force then.
    Breaches(Vec<Breach>),
    /// A number people quote.
    Number(NumberKind, Id),
    /// Numbers people quote.
    Numbers(NumberKind, Vec<Id>),
    /// One of this program's own words, such as a stance.
    Word(&'static str),
    /// A set of them, such as statuses.
    Words(Vec<&'static str>),
    /// Yes or no.
    Flag(bool),
}

impl Cell {
    /// A text, or unknown.
    pub fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Unknown, |text| Self::Text(text.into()))
    }

    /// Texts on lines of their own, or unknown where there is none.
    pub fn lines(lines: Vec<String>) -> Self {
        if lines.is_empty() { Self::Unknown } else { Self::Lines(lines) }
    }

    /// A number, or unknown.
    pub fn number(kind: NumberKind, id: Option<Id>) -> Self {
        id.map_or(Self::Unknown, |id| Self::Number(kind, id))
    }

    /// How much of a whole this is; unknown of nothing.
    pub const fn share(part: u64, whole: u64) -> Self {
        if whole == 0 { Self::Unknown } else { Self::Share(part, whole) }
    }

    /// How many claims these are.
    pub fn count(claims: Vec<Id>) -> Self {
        Self::Count(u64::try_from(claims.len()).unwrap_or(u64::MAX), claims)
    }

    /// The claims behind it.
    pub fn claims(&self) -> Vec<Id> {
        match self {
            Self::Count(_, claims) | Self::Amount(_, claims) | Self::Lapse(_, claims) => claims.clone(),
            Self::Breaches(breaches) => breaches.iter().map(|breach| breach.claim).collect(),
            _ => Vec::new(),
        }
    }
}

/// How long something took: no less and no more than so many seconds, as far as its two ends are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lapse {
    /// At least, seconds.
    pub least: i64,
    /// At most, seconds; `None`: no bound.
    pub most: Option<i64>,
}

impl Lapse {
    /// From some moment of one pair of instants to some moment of another, never less than nothing. `None` where the
    /// second surely comes first, or where the ends that bound it from below are not told.
    pub fn between(from: (Option<i64>, Option<i64>), to: (Option<i64>, Option<i64>)) -> Option<Self> {
        // Upper ends are the first moments after.
        let most = to.1.zip(from.0).map(|(to, from)| to.saturating_sub(1).saturating_sub(from));
        if most.is_some_and(|most| most < 0) {
            return None;
        }
        let least = to.0?.saturating_sub(from.1?.saturating_sub(1)).max(0);
        Some(Self { least, most })
    }
}

/// How many times as much one account says as another, in hundredths, between two bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    /// At least, hundredths.
    pub least: u64,
    /// At most, hundredths; `None`: no bound.
    pub most: Option<u64>,
}

impl Ratio {
    /// One amount over another. `None` where the other may be nothing and so bounds nothing, or is untold.
    pub fn of(amount: Range, over: Range) -> Option<Self> {
        let part = |n: u64, of: u64| n.checked_mul(100)?.checked_div(of);
        let least = over.max.map_or(Some(0), |most| part(amount.min.unwrap_or(0), most))?;
        let most = over.min.filter(|least| *least > 0).zip(amount.max).and_then(|(least, most)| part(most, least));
        (least > 0 || most.is_some()).then_some(Self { least, most })
    }
}

/// An accusation at its time beside a truce.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// When, in the report's zone: EDTF. `None`: not told.
    pub time: Option<String>,
    /// Whether the truce was in force.
    pub in_force: Told,
    /// The claim.
    pub claim: Id,
}

impl Breach {
    /// Whether the truce was in force, in a word.
    pub const fn word(&self) -> &'static str {
        match self.in_force {
            Told::Yes => "inside",
            Told::No => "outside",
            Told::CannotBeTold => "cannot be told",
        }
    }
}

/// What the cells of a column hold, [`Cell::Unknown`] apart: it decides alignment and how many columns a table file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Anything that reads as words.
    Words,
    /// [`Cell::Count`], [`Cell::Change`] or [`Cell::Share`].
    Count,
    /// [`Cell::Amount`].
    Amount,
    /// [`Cell::Lapse`].
    Lapse,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Key in JSON and CSV: `accusations_received`.
    pub key: Name,
    /// Heading in tables: "accusations received".
    pub title: Name,
    /// What it belongs to; a table too wide for its medium is split between these.
    pub group: Option<Name>,
    /// What its cells hold.
    pub shape: Shape,
    /// Who wants it.
    pub wanted: Wanted,
}

/// Who wants a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Everybody.
    Everywhere,
    /// Files and programs: tables for people leave it out.
    ByPrograms,
    /// Eyes: it draws what another column says.
    ByEyes,
}

impl Column {
    /// A column of words.
    pub fn words(key: impl Into<Name>, title: impl Into<Name>) -> Self {
        Self { key: key.into(), title: title.into(), group: None, shape: Shape::Words, wanted: Wanted::Everywhere }
    }

    /// A column of counts.
    pub fn count(key: impl Into<Name>, title: impl Into<Name>) -> Self {
        Self { shape: Shape::Count, ..Self::words(key, title) }
    }

    /// A column of amounts.
    pub fn amount(key: impl Into<Name>, title: impl Into<Name>) -> Self {
        Self { shape: Shape::Amount, ..Self::words(key, title) }
    }

    /// The same column, for files and programs only.
    #[must_use]
    pub fn aside(mut self) -> Self {
        self.wanted = Wanted::ByPrograms;
        self
    }

    /// A column of durations.
    pub fn lapse(key: impl Into<Name>, title: impl Into<Name>) -> Self {
        Self { shape: Shape::Lapse, ..Self::words(key, title) }
    }

    /// A column of bars, for eyes only.
    pub fn bar(key: impl Into<Name>, title: impl Into<Name>) -> Self {
        Self { wanted: Wanted::ByEyes, ..Self::words(key, title) }
    }

    /// The same column in a group.
    #[must_use]
    pub fn of(mut self, group: impl Into<Name>) -> Self {
        self.group = Some(group.into());
        self
    }
}

/// Codes of other offices by their slot, so that ids print as the numbers people quote.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Offices(pub BTreeMap<u32, String>);

impl Offices {
    /// The number under which an id is quoted. An office nobody named is quoted by its slot.
    pub fn number(&self, kind: NumberKind, id: Id) -> Number {
        let office = match id.slot() {
            0 => None,
            slot => Some(self.0.get(&slot).cloned().unwrap_or_else(|| format!("X{slot}"))),
        };
        Number { office, kind, number: id.number() }
    }

    /// Numbers in a row: `C4, C9`.
    pub fn list(&self, kind: NumberKind, ids: &[Id]) -> String {
        ids.iter().map(|id| self.number(kind, *id).to_string()).collect::<Vec<_>>().join(", ")
    }
}

/// A report.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Its name: `parties`.
    pub name: &'static str,
    /// Its title, which may hold text from outside.
    pub title: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with a cell a column.
    pub rows: Vec<Vec<Cell>>,
    /// What stands under it: filters, what a row counts, what was left out, drafts, heads and versions.
    pub notes: Vec<Note>,
    /// How ids in it are quoted.
    pub offices: Offices,
    /// Whether rows are versions of one thing, to be laid side by side.
    pub side_by_side: bool,
}

impl Sheet {
    /// The sheet as people read it: without what only programs want.
    pub fn for_people(&self) -> Cow<'_, Self> {
        self.without(Wanted::ByPrograms)
    }

    /// The sheet as programs read it, and people who draw it themselves: without what only eyes want.
    pub fn for_programs(&self) -> Cow<'_, Self> {
        self.without(Wanted::ByEyes)
    }

    fn without(&self, unwanted: Wanted) -> Cow<'_, Self> {
        if !self.columns.iter().any(|column| column.wanted == unwanted) {
            return Cow::Borrowed(self);
        }
        let kept = |row: &Vec<Cell>| {
            let cells = self.columns.iter().zip(row).filter(|(column, _)| column.wanted != unwanted);
            cells.map(|(_, cell)| cell.clone()).collect()
        };
        Cow::Owned(Self {
            columns: self.columns.iter().filter(|column| column.wanted != unwanted).cloned().collect(),
            rows: self.rows.iter().map(kept).collect(),
            name: self.name,
            title: self.title.clone(),
            notes: self.notes.clone(),
            offices: self.offices.clone(),
            side_by_side: self.side_by_side,
        })
    }
}

/// A line under a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Key in JSON: `filters`, `counts`, `left_out`, `drafts`, `made_from`.
    pub key: &'static str,
    /// The words, which may hold text from outside.
    pub text: String,
    /// The claims it is about: JSON lists them all, the other forms the first ones.
    pub claims: Vec<Id>,
    /// How many further claims it is about, which are not at hand.
    pub further: u64,
}

/// So many claims of a note are listed where people read it.
const NOTE_CLAIMS: usize = 30;

impl Note {
    /// A note.
    pub fn new(key: &'static str, text: impl Into<String>) -> Self {
        Self { key, text: text.into(), claims: Vec::new(), further: 0 }
    }

    /// A note about claims.
    pub fn about(key: &'static str, text: impl Into<String>, claims: Vec<Id>) -> Self {
        Self { key, text: text.into(), claims, further: 0 }
    }

    /// A note about claims of which the first are listed.
    pub fn listing(key: &'static str, text: impl Into<String>, Listed { count, first }: Listed) -> Self {
        Self { key, text: text.into(), further: count.saturating_sub(first.len() as u64), claims: first }
    }

    /// The line that stands under a table: `left out: …`.
    pub fn line(&self, offices: &Offices) -> String {
        format!("{}: {}", self.key.replace('_', " "), self.in_full(offices))
    }

    /// Its words with the numbers of its claims, as far as a reader wants them.
    fn in_full(&self, offices: &Offices) -> String {
        let listed = self.claims.get(..NOTE_CLAIMS).unwrap_or(&self.claims);
        let more = self.claims.len().saturating_sub(listed.len()) as u64 + self.further;
        match (listed, more) {
            ([], _) => self.text.clone(),
            (_, 0) => format!("{}: {}", self.text, offices.list(NumberKind::Claim, listed)),
            _ => format!(
                "{}: {} and {more} more, which --format json lists",
                self.text,
                offices.list(NumberKind::Claim, listed)
            ),
        }
    }
}

/// One thing shown in full: what `show` makes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Card {
    /// Its number: `C7`.
    pub name: String,
    /// Its heading, which may hold text from outside.
    pub title: String,
    /// Its parts, in order.
    pub sections: Vec<Section>,
    /// How ids in it are quoted.
    pub offices: Offices,
}

/// A part of a card.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Key in JSON: `claim`, `history`.
    pub key: &'static str,
    /// What it holds.
    pub body: Body,
}

/// What a part of a card holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Names and values.
    Fields(Vec<Field>),
    /// A table; its title heads it.
    Table(Sheet),
    /// A text of several lines from outside.
    Prose(String),
    /// Texts from outside with words marked in them.
    Passages(Vec<Passage>),
    /// A record in its lossless JSON shape; only JSON prints it.
    Record(serde_json::Value),
}

/// A passage of a dispatch with words marked in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands, told where there are several: "the sentence before".
    pub place: String,
    /// The passage, from outside.
    pub text: String,
    /// The marked words.
    pub marks: Vec<Mark>,
}

/// Marked words of a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The words, in bytes of the passage.
    pub span: ByteSpan,
    /// What they are: "accused".
    pub label: &'static str,
}

/// A name and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Key in JSON and, with its underscores as spaces, heading in tables.
    pub key: &'static str,
    /// The value.
    pub cell: Cell,
}

impl Field {
    /// A field.
    pub const fn new(key: &'static str, cell: Cell) -> Self {
        Self { key, cell }
    }
}
