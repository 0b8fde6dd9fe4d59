//! `report matrix`: who accuses whom, and what became of that.

use std::collections::{BTreeMap, HashMap};

use crate::model::Id;
use crate::model::text::key;
use crate::reconcile::Claimant;
use crate::report::answered::Replies;
use crate::report::input::{Input, Names, Statement};
use crate::report::notes;
use crate::report::sheet::{Cell, Column, Note, Sheet};
use crate::tally::fate::Fate;
use crate::tally::laid::Laid;

/// Makes the report: a row for each accuser with each party it accuses, alphabetical.
pub fn sheet(input: &Input) -> Sheet {
    let names = Names::new(&input.parties);
    let replies = Replies::new(input, &names);
    let passing = input.passing();
    let statements = Input::statements(&passing);
    let pairs = pairs(&statements, &names, &replies);
    let unnamed: Vec<Id> = statements
        .iter()
        .map(Statement::fact)
        .filter(|fact| Laid::of(fact) == Some(Laid::Accused) && fact.accused.is_none())
        .map(|fact| fact.id)
        .collect();
    let own = notes::left_out("accusation", "of nobody registered", unnamed).into_iter().collect();
    of_pairs(input, pairs, own, notes::made_from(input, &passing))
}

/// The sheet of pairs, with the notes of its own.
pub(super) fn of_pairs(input: &Input, pairs: BTreeMap<Ends, Pair>, own: Vec<Note>, made_from: Vec<Note>) -> Sheet {
    let names = Names::new(&input.parties);
    let most = pairs.values().map(|pair| pair.statements.0).max().unwrap_or(0);
    Sheet {
        name: "matrix",
        title: "Who accuses whom".to_owned(),
        columns: columns(),
        rows: pairs.into_iter().map(|((_, by, accused), pair)| pair.row(by, accused, most, &names)).collect(),
        notes: notes::under(input, COUNTS, own, made_from),
        offices: input.offices.clone(),
        side_by_side: false,
    }
}

/// Accuser and accused, each with the key it is sorted by, and who they are.
pub(super) type Ends = ([(String, String); 2], Claimant, Id);

/// The ends of a pair.
pub(super) fn ends(by: Claimant, accused: Id, names: &Names<'_>) -> Ends {
    ([names.claimant(by), names.of(accused)].map(|name| (key(&name), name)), by, accused)
}

fn pairs(statements: &[Statement<'_>], names: &Names<'_>, replies: &Replies<'_>) -> BTreeMap<Ends, Pair> {
    let mut of: HashMap<(Claimant, Id), Gathered> = HashMap::new();
    for statement in statements.iter().filter(|statement| Laid::of(statement.fact()) == Some(Laid::Accused)) {
        let fact = statement.fact();
        let Some(accused) = fact.accused else { continue };
        of.entry((fact.claimant, accused)).or_default().take(statement, replies.fate(statement, accused));
    }
    of.into_iter().map(|((by, accused), gathered)| (ends(by, accused, names), gathered.pair())).collect()
}

const COUNTS: &str = "a row is a claimant with a party that it accuses by name; counts are of statements, however many \
    dispatches repeat them, and of the incidents they are about; shares are of the statements. Mutual: the accused, \
    or its side, lays the same event to the accuser";

fn columns() -> Vec<Column> {
    let mut columns = vec![
        Column::words("accuser", "accuser"),
        Column::words("accused", "accused"),
        Column::count("statements", "statements"),
        Column::bar("bar", "drawn"),
        Column::count("incidents", "incidents"),
    ];
    for (keys, titles, _) in FATES {
        columns.push(Column::count(keys[0], titles[0]).aside());
        columns.push(Column::count(keys[1], titles[1]));
    }
    columns
}

type Fates = ([&'static str; 2], [&'static str; 2], fn(&Fate) -> bool);

pub(super) const FATES: [Fates; 5] = [
    (["denied", "denied_percent"], ["denied", "denied, %"], |fate| fate.denied),
    (["mutual", "mutual_percent"], ["mutual", "mutual, %"], |fate| fate.countered),
    (["acknowledged", "acknowledged_percent"], ["acknowledged", "acknowledged, %"], |fate| fate.acknowledged),
    (["corroborated", "corroborated_percent"], ["corroborated", "corroborated, %"], |fate| fate.corroborated),
    (["unanswered", "unanswered_percent"], ["unanswered", "unanswered, %"], Fate::is_unanswered),
];

/// A count with the claims behind it, where they are at hand.
pub(super) type Behind = (u64, Vec<Id>);

/// What one claimant lays to one party.
#[derive(Debug, Default)]
pub(super) struct Pair {
    pub(super) statements: Behind,
    /// Incidents, with the statements about them.
    pub(super) incidents: Behind,
    /// Statements that something became of, as [`FATES`].
    pub(super) became: [Behind; FATES.len()],
}

impl Pair {
    fn row(self, by: Claimant, accused: Id, most: u64, names: &Names<'_>) -> Vec<Cell> {
        let by = match by {
            Claimant::Narration => Cell::Narration,
            claimant => Cell::Text(names.claimant(claimant)),
        };
        let whole = self.statements.0;
        let count = |(count, claims): Behind| Cell::Count(count, claims);
        let mut row = vec![by, Cell::Text(names.of(accused)), count(self.statements), Cell::Bar(whole, most)];
        row.push(count(self.incidents));
        for part in self.became {
            let share = Cell::share(part.0, whole);
            row.extend([count(part), share]);
        }
        row
    }
}

/// The statements of a pair.
#[derive(Debug, Default)]
struct Gathered {
    statements: Vec<(Id, Fate)>,
    /// Incidents, each with a statement about it.
    incidents: Vec<(Id, Id)>,
}

impl Gathered {
    fn take(&mut self, statement: &Statement<'_>, fate: Fate) {
        self.statements.push((statement.fact().id, fate));
        let incidents = statement.claims.iter().filter_map(|counted| counted.incident);
        self.incidents.extend(incidents.map(|incident| (incident, statement.fact().id)));
    }

    fn pair(mut self) -> Pair {
        let ids = |is: fn(&Fate) -> bool| -> Behind {
            let ids: Vec<Id> = self.statements.iter().filter(|(_, fate)| is(fate)).map(|(id, _)| *id).collect();
            (ids.len() as u64, ids)
        };
        let (statements, became) = (ids(|_| true), FATES.map(|(.., is)| ids(is)));
        let mut about: Vec<Id> = self.incidents.iter().map(|(_, statement)| *statement).collect();
        about.sort_unstable();
        about.dedup();
        self.incidents.sort_unstable();
        let incidents = self.incidents.chunk_by(|a, b| a.0 == b.0).count();
        Pair { statements, incidents: (incidents as u64, about), became }
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::model::{ActBase, Stance};
    use crate::reconcile::Status;
    use crate::render::{Format, Look};
    use crate::report::fixture::{ARMENIA, AZERBAIJAN, KARABAKH, Turned, accusation, answer, claim, incident, input};

    fn karabakh() -> Input {
        let mut input = input(vec![
            accusation(1, ARMENIA, AZERBAIJAN).of_incident(1),
            accusation(2, ARMENIA, AZERBAIJAN).repeats(1),
            accusation(3, ARMENIA, AZERBAIJAN),
            accusation(4, ARMENIA, AZERBAIJAN).of_incident(4),
            accusation(5, AZERBAIJAN, ARMENIA).of_incident(1),
            accusation(6, AZERBAIJAN, KARABAKH),
            claim(7, Claimant::Party(AZERBAIJAN), Stance::Denies, ActBase::Shelling),
            claim(8, Claimant::Party(ARMENIA), Stance::Alleges, ActBase::Shelling),
            claim(9, Claimant::Narration, Stance::Alleges, ActBase::Shelling).against(ARMENIA),
        ]);
        input.answers = vec![answer(7, 3)];
        let status = Status { alleged: true, ..Status::default() };
        input.incidents = vec![
            incident(&[1, 5], Status { mutual: true, ..status }),
            incident(&[4], Status { corroborated: true, ..status }),
        ];
        input
    }

    #[test]
    fn the_table_as_people_see_it() {
        let mut out = Vec::new();
        Format::Table.form(Look { width: 100, colour: false }).sheet(&sheet(&karabakh()), &mut out).unwrap();
        assert_snapshot!(String::from_utf8(out).unwrap());
    }

    #[test]
    fn the_order_of_the_input_changes_nothing() {
        let input = karabakh();
        let mut turned = input.clone();
        turned.claims.reverse();
        turned.answers.reverse();
        turned.incidents.reverse();
        assert_eq!(sheet(&input), sheet(&turned));
    }

    #[test]
    fn statements_of_the_matrix_are_those_of_the_parties() {
        let input = karabakh();
        let of = |sheet: &Sheet, column: &str| -> u64 {
            let at = sheet.columns.iter().position(|c| c.key == column).unwrap();
            let cells = sheet.rows.iter().map(|row| row[at].clone());
            cells.map(|cell| if let Cell::Count(n, _) = cell { n } else { 0 }).sum()
        };
        let parties = crate::report::parties::sheet(&input, crate::report::parties::By::Party);
        assert_eq!(of(&sheet(&input), "statements"), of(&parties, "accusations_received"));
        assert_eq!(of(&sheet(&input), "denied"), of(&parties, "denied"));
    }
}
