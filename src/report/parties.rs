//! `report parties`: what each party claims, what is laid to it, and what became of that.

use std::collections::{BTreeMap, HashMap};

use crate::ledger::Counted;
use crate::model::Id;
use crate::model::text::key;
use crate::model::vocabulary::vocabulary;
use crate::reconcile::{Claimant, Fact};
use crate::report::alleged::{self, Alleged};
use crate::report::answered::Replies;
use crate::report::firsts::{self, Accusation, Term};
use crate::report::input::{ById, Input, Names, Statement};
use crate::report::notes;
use crate::report::sheet::{Cell, Column, Note, Sheet};
use crate::tally::counts::Listed;
use crate::tally::fate::{FATES, Fate, IsFate};
use crate::tally::laid::Laid;
use crate::tally::made::Made;
use crate::tally::numbers::Kind;

vocabulary! {
    /// What a row of `parties` stands for.
    By, "grouping" {
        /// A party.
        Party = "party",
        /// A side; a party without one stands for itself.
        Side = "side",
    }
}

/// Makes the report.
pub fn sheet(input: &Input, by: By) -> Sheet {
    let names = Names::new(&input.parties);
    let replies = Replies::new(input, &names);
    let (terms, untimed) = firsts::terms(input);
    let passing = input.passing();
    let statements = Input::statements(&passing);
    let rows = Making::of(&statements, &names, by).by_name();
    let mut left_out = Vec::new();
    let cells = rows
        .iter()
        .map(|row| row.cells(&Read { input, names: &names, replies: &replies, terms: &terms }, &mut left_out))
        .collect();
    left_out.extend(nobody(&statements));
    let made_from = notes::made_from(input, &passing);
    of_rows(input, by, cells, left_out, (terms, untimed), made_from)
}

/// The sheet of rows, with the notes of what was left out of them.
pub(super) fn of_rows(
    input: &Input,
    by: By,
    rows: Vec<Vec<Cell>>,
    left_out: Vec<Note>,
    (terms, untimed): (Vec<Term>, Vec<String>),
    made_from: Vec<Note>,
) -> Sheet {
    let mut notes = vec![notes::filters(input), Note::new("counts", COUNTS), Note::new("amounts", AMOUNTS)];
    notes.extend(left_out);
    if !untimed.is_empty() {
        notes.push(Note::new("left_out", format!("truces nobody dates: {}", untimed.join(", "))));
    }
    notes.extend(made_from);
    let mut columns = columns(by);
    columns.extend(terms.into_iter().map(|term| term.column));
    let title = match by {
        By::Party => "Claims by party",
        By::Side => "Claims by side",
    };
    Sheet {
        name: "parties",
        title: title.to_owned(),
        columns,
        rows,
        notes,
        offices: input.offices.clone(),
        side_by_side: false,
    }
}

const COUNTS: &str = "counted are parties that make a claim or are named as having done something, in statements: what a \
    claimant said once, however many dispatches repeat it. Answers and observations count wherever they were read, inside the \
    filters or not; one accusation may be denied and countered at once";
const AMOUNTS: &str = "what accusers that name the accused say: violations by their own count, dead and wounded of \
    others than the accused. Versions of one event span a range, their own later numbers replace earlier ones, and \
    nothing is added that another number may hold already. A dash is unknown, not zero. What follows from other \
    signs (inferred), what observers saw and what monitors ruled (findings) is counted apart";

/// The title of the column of claims that do something.
const fn made_title(made: Made) -> &'static str {
    match made {
        Made::Accusation => "accusations",
        Made::Denial => "denials",
        Made::Acknowledgement => "acknowledgements",
        Made::InResponse => "acknowledged as response",
        Made::Observation => "observations",
        Made::Other => "truce facts and tolls",
        Made::NoComment => "no comment given",
    }
}

/// What every row is made from.
struct Read<'a> {
    input: &'a Input,
    names: &'a Names<'a>,
    replies: &'a Replies<'a>,
    terms: &'a [Term],
}

#[derive(Debug, Default)]
struct Row<'a> {
    /// What it is sorted by.
    key: String,
    name: String,
    made: BTreeMap<Made, Vec<Id>>,
    laid: BTreeMap<Laid, Vec<(Id, &'a Statement<'a>)>>,
}

/// Rows in the making.
struct Making<'a> {
    names: &'a Names<'a>,
    by: By,
    rows: Vec<Row<'a>>,
    /// The row of each name, and of each party.
    of_name: HashMap<String, usize>,
    of_party: ById<usize>,
}

impl<'a> Making<'a> {
    fn of(statements: &'a [Statement<'a>], names: &'a Names<'a>, by: By) -> Self {
        let (of_name, of_party) = (HashMap::new(), ById::default());
        let mut making = Self { names, by, rows: Vec::new(), of_name, of_party };
        for statement in statements {
            let fact = statement.fact();
            if let Claimant::Party(party) = fact.claimant
                && let Some(row) = making.row(party)
            {
                row.made.entry(Made::of(fact)).or_default().push(fact.id);
            }
            if let Some((accused, laid)) = fact.accused.zip(Laid::of(fact))
                && let Some(row) = making.row(accused)
            {
                row.laid.entry(laid).or_default().push((accused, statement));
            }
        }
        making
    }

    fn row(&mut self, party: Id) -> Option<&mut Row<'a>> {
        let Self { names, by, rows, of_name, of_party } = self;
        let at = *of_party.entry(party).or_insert_with(|| {
            let side = names.side(party).filter(|_| *by == By::Side);
            let name = side.map_or_else(|| names.of(party), str::to_owned);
            *of_name.entry(name).or_insert_with_key(|name| {
                rows.push(Row { key: key(name), name: name.clone(), ..Row::default() });
                rows.len().saturating_sub(1)
            })
        });
        self.rows.get_mut(at)
    }

    fn by_name(mut self) -> Vec<Row<'a>> {
        self.rows.sort_by(|a, b| (&a.key, &a.name).cmp(&(&b.key, &b.name)));
        self.rows
    }
}

fn columns(by: By) -> Vec<Column> {
    let mut columns =
        vec![Column::words(by.as_str(), by.as_str()), Column::count("claims_made", "claims made").of(MADE)];
    columns.extend(Made::ALL.iter().map(|made| Column::count(made.as_str(), made_title(*made)).of(MADE)));
    columns.push(Column::count("accusations_received", "accusations received").of(RECEIVED));
    columns.extend(FATES.map(|(key, title, _)| Column::count(key, title).of(RECEIVED)));
    columns.extend(alleged::KINDS.map(|(_, key, title)| Column::amount(key, title).of(ALLEGED)));
    columns.extend(APART.map(|(_, key, title)| Column::count(key, title).of(ALLEGED)));
    columns
}

const MADE: &str = "claims made";
const RECEIVED: &str = "accusations received";
const ALLEGED: &str = "alleged against it";

pub(super) const APART: [(Laid, &str, &str); 3] = [
    (Laid::Observed, "observed_against", "observed against it"),
    (Laid::Inferred, "inferred_against", "inferred against it"),
    (Laid::Finding, "findings_against", "findings against it"),
];

impl Row<'_> {
    fn cells(&self, read: &Read<'_>, notes: &mut Vec<Note>) -> Vec<Cell> {
        let mut cells = vec![Cell::Text(self.name.clone())];
        let mut made: Vec<Id> = self.made.values().flatten().copied().collect();
        made.sort_unstable();
        cells.push(Cell::count(made));
        let of = |made: &Made| Cell::count(self.made.get(made).cloned().unwrap_or_default());
        cells.extend(Made::ALL.iter().map(of));
        cells.extend(self.received(read.replies));
        for alleged in self.alleged(read) {
            cells.push(alleged.cell());
            notes.extend(alleged.notes(&self.name));
        }
        cells.extend(APART.map(|(laid, ..)| Cell::count(self.laid_by(laid).map(|(_, s)| s.fact().id).collect())));
        cells.extend(read.terms.iter().map(|term| self.first_after(term, read.input)));
        cells
    }

    fn laid_by(&self, laid: Laid) -> impl Iterator<Item = (Id, &Statement<'_>)> {
        self.laid.get(&laid).into_iter().flatten().copied()
    }

    fn received(&self, replies: &Replies<'_>) -> Vec<Cell> {
        let fates: Vec<(Id, Fate)> = self
            .laid_by(Laid::Accused)
            .map(|(accused, statement)| (statement.fact().id, replies.fate(statement, accused)))
            .collect();
        let of = |is: IsFate| Cell::count(fates.iter().filter(|(_, fate)| is(fate)).map(|(id, _)| *id).collect());
        let mut cells = vec![of(|_| true)];
        cells.extend(FATES.map(|(_, _, is)| of(is)));
        cells
    }

    fn alleged(&self, read: &Read<'_>) -> Vec<Alleged> {
        let accusing: Vec<&Counted> =
            self.laid_by(Laid::Accused).flat_map(|(_, statement)| statement.claims.iter().copied()).collect();
        let mut telling = accusing.clone();
        telling.extend(self.laid_by(Laid::Toll).flat_map(|(_, statement)| statement.claims.iter().copied()));
        alleged::KINDS
            .iter()
            .map(|(kind, _, title)| {
                let claims = if *kind == Kind::Breaches { &accusing } else { &telling };
                Alleged::of(*kind, title, claims, read.input, read.names)
            })
            .collect()
    }

    fn first_after(&self, term: &Term, input: &Input) -> Cell {
        let parties = self.laid.values().flatten().map(|(party, _)| *party);
        let mut bound = parties.filter(|party| term.binds(*party)).peekable();
        if bound.peek().is_none() {
            return Cell::Unknown;
        }
        let accusations = self.laid_by(Laid::Accused);
        let accusations = accusations.map(|(accused, statement)| Accusation::of(accused, statement.fact()));
        Cell::Breaches(term.firsts(accusations, input))
    }
}

/// Statements that stand in no row because nobody registered makes or suffers them.
fn nobody(statements: &[Statement<'_>]) -> Vec<Note> {
    let of = |passes: fn(&Fact) -> bool| -> Listed {
        statements.iter().map(Statement::fact).filter(|fact| passes(fact)).map(|fact| fact.id).collect()
    };
    nobody_listed([
        of(|f| f.claimant == Claimant::Narration),
        of(|f| f.claimant == Claimant::Unknown),
        of(|fact| fact.accused.is_none() && Laid::of(fact) == Some(Laid::Accused)),
    ])
}

/// The same by narration, by the unknown, and against the unknown.
pub(super) fn nobody_listed(listed: [Listed; 3]) -> Vec<Note> {
    let texts = [
        "the dispatches' own words, in no row as claims made",
        "by claimants no party bears, in no row as claims made",
        "accusations of nobody registered, in no row as received",
    ];
    let told = listed.into_iter().zip(texts).filter(|(listed, _)| listed.count > 0);
    told.map(|(listed, text)| Note::listing("not_of_a_party", format!("{} {text}", listed.count), listed)).collect()
}

#[cfg(test)]
#[path = "parties_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "parties_laws.rs"]
mod laws;
