//! `report parties`: what each party claims, what is laid to it, and what became of that.

use std::collections::{BTreeMap, HashMap};

use crate::ledger::Counted;
use crate::model::text::key;
use crate::model::vocabulary::vocabulary;
use crate::model::{Id, Stance};
use crate::reconcile::{Claimant, Fact};
use crate::report::alleged::{self, Alleged};
use crate::report::answered::{FATES, Fate, IsFate, Replies};
use crate::report::firsts::{self, Term};
use crate::report::input::{ById, Input, Names, Statement};
use crate::report::laid::Laid;
use crate::report::notes;
use crate::report::sheet::{Cell, Column, Note, Sheet};

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
    let mut notes = vec![notes::filters(input), Note::new("counts", COUNTS), Note::new("amounts", AMOUNTS)];
    let cells = rows
        .iter()
        .map(|row| row.cells(&Read { input, names: &names, replies: &replies, terms: &terms }, &mut notes))
        .collect();
    notes.extend(nobody(&statements));
    if !untimed.is_empty() {
        notes.push(Note::new("left_out", format!("truces nobody dates: {}", untimed.join(", "))));
    }
    notes.extend(notes::made_from(input, &passing));
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
        rows: cells,
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

/// Claims made, by what they do; their order is that of the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Made {
    Accusation,
    Denial,
    Acknowledgement,
    InResponse,
    Observation,
    Other,
    NoComment,
}

impl Made {
    const COLUMNS: [(Self, &'static str, &'static str); 7] = [
        (Self::Accusation, "accusations", "accusations"),
        (Self::Denial, "denials", "denials"),
        (Self::Acknowledgement, "acknowledgements", "acknowledgements"),
        (Self::InResponse, "acknowledged_in_response", "acknowledged as response"),
        (Self::Observation, "observations", "observations"),
        (Self::Other, "truce_facts_and_tolls", "truce facts and tolls"),
        (Self::NoComment, "no_comment", "no comment given"),
    ];

    fn of(fact: &Fact) -> Self {
        match fact.stance {
            Stance::Alleges if fact.act.base.is_breach() => Self::Accusation,
            Stance::Alleges | Stance::Declares => Self::Other,
            Stance::Denies => Self::Denial,
            Stance::Acknowledges if fact.in_response => Self::InResponse,
            Stance::Acknowledges => Self::Acknowledgement,
            Stance::Observes => Self::Observation,
            Stance::NoComment => Self::NoComment,
        }
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
    columns.extend(Made::COLUMNS.map(|(_, key, title)| Column::count(key, title).of(MADE)));
    columns.push(Column::count("accusations_received", "accusations received").of(RECEIVED));
    columns.extend(FATES.map(|(key, title, _)| Column::count(key, title).of(RECEIVED)));
    columns.extend(alleged::KINDS.map(|(_, key, title)| Column::amount(key, title).of(ALLEGED)));
    columns.extend(APART.map(|(_, key, title)| Column::count(key, title).of(ALLEGED)));
    columns
}

const MADE: &str = "claims made";
const RECEIVED: &str = "accusations received";
const ALLEGED: &str = "alleged against it";

const APART: [(Laid, &str, &str); 3] = [
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
        cells.extend(Made::COLUMNS.map(|(made, ..)| Cell::count(self.made.get(&made).cloned().unwrap_or_default())));
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
                let claims = if *kind == alleged::Kind::Breaches { &accusing } else { &telling };
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
        let accusations: Vec<(Id, &Fact)> =
            self.laid_by(Laid::Accused).map(|(accused, statement)| (accused, statement.fact())).collect();
        Cell::Breaches(term.firsts(&accusations, input))
    }
}

/// Statements that stand in no row because nobody registered makes or suffers them.
fn nobody(statements: &[Statement<'_>]) -> Vec<Note> {
    let of = |passes: fn(&Fact) -> bool| -> Vec<Id> {
        statements.iter().map(Statement::fact).filter(|fact| passes(fact)).map(|fact| fact.id).collect()
    };
    let unnamed = of(|fact| fact.accused.is_none() && Laid::of(fact) == Some(Laid::Accused));
    [
        (
            "not_of_a_party",
            "the dispatches' own words, in no row as claims made",
            of(|f| f.claimant == Claimant::Narration),
        ),
        (
            "not_of_a_party",
            "by claimants no party bears, in no row as claims made",
            of(|f| f.claimant == Claimant::Unknown),
        ),
        ("not_of_a_party", "accusations of nobody registered, in no row as received", unnamed),
    ]
    .into_iter()
    .filter(|(.., claims)| !claims.is_empty())
    .map(|(key, text, claims)| Note::about(key, format!("{} {text}", claims.len()), claims))
    .collect()
}

#[cfg(test)]
#[path = "parties_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "parties_laws.rs"]
mod laws;
