//! `list`: claims, one a row.

use std::collections::HashMap;

use crate::ledger::Counted;
use crate::model::Zone;
use crate::model::{Claim, Id, NumberKind};
use crate::reconcile::{Claimant, Fact};
use crate::report::incidents::losses;
use crate::report::input::Names;
use crate::report::sheet::{Cell, Column, Note, Offices, Sheet};
use crate::report::times;

/// What the list is made from besides the claims.
#[derive(Debug)]
pub struct Reading<'a> {
    /// Names of parties.
    pub names: &'a Names<'a>,
    /// Claims in full, where their own words are needed: those whose claimant or accused no party bears.
    pub words: &'a HashMap<Id, Claim>,
    /// The zone times are printed in.
    pub zone: Zone,
    /// Codes of other offices.
    pub offices: &'a Offices,
}

impl Reading<'_> {
    /// Whether a claim's own words are needed.
    pub fn needs_words(fact: &Fact) -> bool {
        fact.claimant == Claimant::Unknown || fact.accused.is_none()
    }

    /// A claimant, in the source's words where no party bears them.
    pub fn claimant(&self, fact: &Fact) -> Cell {
        match fact.claimant {
            Claimant::Party(id) => Cell::Text(self.names.of(id)),
            Claimant::Narration => Cell::Narration,
            Claimant::Unknown => Cell::text(self.said(fact, |claim| claim.claimant_text.as_deref()).map(as_said)),
        }
    }

    /// The accused, likewise.
    pub fn accused(&self, fact: &Fact) -> Cell {
        let party = fact.accused.map(|id| self.names.of(id));
        Cell::text(party.or_else(|| self.said(fact, |claim| claim.accused_text.as_deref()).map(as_said)))
    }

    fn said<'c>(&'c self, fact: &Fact, words: fn(&'c Claim) -> Option<&'c str>) -> Option<&'c str> {
        self.words.get(&fact.id).and_then(words)
    }
}

/// Words that no party bears.
fn as_said(words: &str) -> String {
    format!("“{words}”")
}

/// Makes the list, by claim.
pub fn sheet(claims: &[Counted], reading: &Reading<'_>, filters: &str) -> Sheet {
    let mut claims: Vec<&Counted> = claims.iter().collect();
    claims.sort_unstable_by_key(|counted| counted.fact.id);
    let drafts = claims.iter().filter(|counted| counted.draft).count();
    Sheet {
        name: "claims",
        title: "Claims".to_owned(),
        columns: columns(),
        rows: claims.iter().map(|counted| row(counted, reading)).collect(),
        notes: vec![
            Note::new("filters", filters),
            Note::new("drafts", format!("{drafts} of {} claims are unreviewed drafts", claims.len())),
            Note::new("zone", format!("times are of {}", reading.zone)),
        ],
        offices: reading.offices.clone(),
        side_by_side: false,
    }
}

fn columns() -> Vec<Column> {
    vec![
        Column::words("claim", "claim"),
        Column::words("when", "when"),
        Column::words("claimant", "claimant"),
        Column::words("stance", "stance"),
        Column::words("in_response", "in response").aside(),
        Column::words("act", "act"),
        Column::words("accused", "accused"),
        Column::words("attribution", "attribution").aside(),
        Column::words("target", "target").aside(),
        Column::words("where", "where"),
        Column::words("figures", "figures"),
        Column::words("statement", "statement").aside(),
        Column::words("incident", "incident").aside(),
        Column::words("dispatch", "dispatch").aside(),
        Column::words("batch", "batch").aside(),
        Column::words("draft", "draft").aside(),
    ]
}

fn row(counted: &Counted, reading: &Reading<'_>) -> Vec<Cell> {
    let fact = &counted.fact;
    vec![
        Cell::Number(NumberKind::Claim, fact.id),
        times::printed(fact.when.as_ref(), reading.zone).map_or(Cell::Unknown, Cell::Time),
        reading.claimant(fact),
        Cell::Word(fact.stance.as_str()),
        Cell::Flag(fact.in_response),
        Cell::Text(fact.act.to_string()),
        reading.accused(fact),
        fact.attribution.map_or(Cell::Unknown, |attribution| Cell::Word(attribution.as_str())),
        Cell::text(fact.target.map(|id| reading.names.of(id))),
        Cell::lines(fact.places.iter().map(|place| place.name.clone()).collect()),
        Cell::lines(numbers(fact, reading.names)),
        Cell::Number(NumberKind::Claim, counted.statement),
        Cell::number(NumberKind::Incident, counted.incident),
        Cell::number(NumberKind::Dispatch, fact.dispatch),
        Cell::Number(NumberKind::Batch, counted.batch),
        Cell::Flag(counted.draft),
    ]
}

/// A claim's figures and losses, each in words.
pub fn numbers(fact: &Fact, names: &Names<'_>) -> Vec<String> {
    let figures = fact.figures.iter().map(ToString::to_string);
    figures.chain(fact.tolls.iter().map(|toll| losses(toll, names))).collect()
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::model::{ActBase, Stance};
    use crate::render::{Format, Look};
    use crate::report::fixture::{ARMENIA, AZERBAIJAN, Turned, accusation, claim, input, zone};

    fn list() -> Sheet {
        let claims = vec![
            claim(3, Claimant::Narration, Stance::Observes, ActBase::SmallArmsFire).throughout("2020-10-09/2020-10-10"),
            accusation(1, ARMENIA, AZERBAIJAN).when("2020-10-10T12:05").at("Gyanja", None).killed("9"),
            claim(2, Claimant::Unknown, Stance::Acknowledges, ActBase::Fortification).figure(">230 violation"),
        ];
        let input = input(Vec::new());
        let names = Names::new(&input.parties);
        let mut words = Claim::new(Stance::Acknowledges, ActBase::Fortification);
        words.claimant_text = Some("the \u{1b}[2Jrebels".into());
        let words = HashMap::from([(Id(2), words)]);
        let reading = Reading { names: &names, words: &words, zone: zone(), offices: &input.offices };
        sheet(&claims, &reading, "none")
    }

    #[test]
    fn the_list_as_people_see_it() {
        let mut out = Vec::new();
        Format::Table.form(Look { width: 100, colour: false }).sheet(&list(), &mut out).unwrap();
        assert_snapshot!(String::from_utf8(out).unwrap());
    }

    #[test]
    fn the_list_as_programs_read_it() {
        let mut out = Vec::new();
        Format::Jsonl.form(Look { width: 100, colour: false }).sheet(&list(), &mut out).unwrap();
        assert_snapshot!(String::from_utf8(out).unwrap());
    }
}
