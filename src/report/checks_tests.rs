use super::*;
use crate::ledger::{Filter, Ledger, Office, Provenance, Stamp};
use crate::model::{ActBase, ByteSpan, Figure, Party, PartyKind, Stance};
use crate::report::fixture::{ARMENIA, AZERBAIJAN, Turned, accusation, input, zone};

const STAMP: Stamp = Stamp { now: 1_602_500_000, made_by: None, verb: "test", clock_may_lag: false };

fn on(id: i64, days: &str, figure: &str) -> Counted {
    accusation(id, ARMENIA, AZERBAIJAN).throughout(days).figure(figure).turned(|c| c.fact.published = Some(id * 86_400))
}

/// What the checks of series find: check, number said, number against it.
fn found(claims: Vec<Counted>, check: fn(&Series, &[Reading]) -> Vec<Finding>) -> Vec<(String, String, String)> {
    let input = input(claims);
    let series = arithmetic::series(&input.passing(), &input);
    let findings = series.iter().flat_map(|(of, readings)| check(of, readings));
    findings.map(|f| (f.when.clone(), f.says.0.to_string(), f.against.0.to_string())).collect()
}

fn row(when: &str, says: &str, against: &str) -> (String, String, String) {
    (when.to_owned(), says.to_owned(), against.to_owned())
}

#[test]
fn parts_that_come_to_another_number_than_their_total() {
    let with = |figures: &[&str]| {
        let claim = figures.iter().fold(accusation(1, ARMENIA, AZERBAIJAN), |claim, figure| claim.figure(figure));
        parts(&[&claim]).iter().map(|f| (f.says.0.to_string(), f.against.0.to_string())).collect::<Vec<_>>()
    };
    let gaza = ["142 attack of 497 violation", "21 vehicle of 497 violation", "228 shell of 497 violation"];
    assert_eq!(with(&[gaza[0], gaza[1], gaza[2], "100 building of 497 violation"]), [("497".into(), "491".into())]);
    assert_eq!(with(&["84 explosion of 212 violation"]), []);
    assert_eq!(with(&["230 explosion of 212 violation"]), [("212".into(), "230".into())]);
    assert_eq!(with(&["100 violation of 212 violation", "112 violation of 212 violation"]), []);
    assert_eq!(with(&["100 violation of ~212 violation", "102 violation of ~212 violation"]), []);
}

#[test]
fn a_running_total_that_falls() {
    let claims = vec![
        on(1, "2020-09-27/2020-10-01", "230 violation since 2020-09-27"),
        on(2, "2020-09-27/2020-10-02", "220 violation since 2020-09-27"),
        on(3, "2020-09-27/2020-10-03", "90 violation since 2020-10-01"),
        on(4, "2020-09-27/2020-10-04", "~225 violation since 2020-09-27"),
    ];
    assert_eq!(found(claims, falls), [row("since 2020-09-27", "220", "230")]);
}

#[test]
fn growth_beside_the_days_between() {
    let claims = vec![
        on(1, "2020-09-27/2020-10-01", "100 violation since 2020-09-27"),
        on(2, "2020-10-02", "20 violation 2020-10-02"),
        on(3, "2020-10-03", "25 violation 2020-10-03"),
        on(4, "2020-09-27/2020-10-03", "150 violation since 2020-09-27"),
    ];
    assert_eq!(found(claims.clone(), growth), [row("2020-10-02 to 2020-10-03", "50", "45")]);
    let unheard = claims.into_iter().filter(|counted| counted.fact.id != Id(3)).collect();
    assert_eq!(found(unheard, growth), []);
}

#[test]
fn a_week_beside_its_days() {
    let week = |amount: &str| on(9, "2020-10-05/2020-10-07", &format!("{amount} violation 2020-10-05/2020-10-07"));
    let day = |id: i64, day: &str, n: u64| on(id, day, &format!("{n} violation {day}"));
    let days = || vec![day(1, "2020-10-05", 10), day(2, "2020-10-06", 20), day(3, "2020-10-07", 30)];
    let with = |week: Counted| found(days().into_iter().chain([week]).collect(), weeks);
    assert_eq!(with(week("75")), [row("2020-10-05 to 2020-10-07", "75", "60")]);
    assert_eq!(with(week("60")), []);
    assert_eq!(with(week(">50")), []);
    let gap = |week: Counted| found(days().into_iter().skip(1).chain([week]).collect(), weeks);
    assert_eq!(gap(week("75")), [], "the missing day may make up the rest");
    assert_eq!(gap(week("40")), [row("2020-10-05 to 2020-10-07, 1 of 3 days missing", "40", "50")]);
}

#[test]
fn a_headline_beside_its_text_with_the_quotes() {
    let office = Office { code: "DESK".into(), title: "Desk".into(), zone: zone() };
    let mut ledger = Ledger::create_in_memory(&office, &STAMP).unwrap();
    let mut batch = ledger.begin(&STAMP).unwrap();
    let party = batch.add_party(&Party::new("Armenia", PartyKind::State)).unwrap().id();
    let text = "Baku violated truce 30 times\nYerevan said the truce was violated 43 times on 10 October.\n";
    let dispatch = Dispatch {
        source: None,
        uri: None,
        url: None,
        title: Some("Baku violated truce 30 times".into()),
        language: None,
        published: None,
        stem: "a".into(),
        raw: text.into(),
        encoding: "UTF-8".into(),
        text: text.into(),
        body: 29,
    };
    let dispatch = batch.add_dispatch(&dispatch).unwrap().id();
    for (quote, figure) in [(0..28, "30 violation"), (29..text.len(), "43 violation")] {
        let mut claim = Claim::new(Stance::Alleges, ActBase::Violation);
        claim.claimant = Some("Armenia".into());
        claim.quote = text.get(quote.clone()).map(str::to_owned);
        claim.span = Some(ByteSpan { lo: quote.start, hi: quote.end });
        claim.figures = vec![figure.parse::<Figure>().unwrap()];
        batch.add_claim(&claim, &Provenance { dispatch: Some(dispatch), ..Provenance::default() }).unwrap();
    }
    // Two events to the ledger or one: numbers of no incident are compared all the same.
    batch.commit().unwrap();
    let snapshot = ledger.snapshot().unwrap();
    let mut input = Input::read(&snapshot, &Filter::default(), false, Vec::new()).unwrap();
    for counted in &mut input.claims {
        counted.incident = None;
    }
    let sheet = sheet(&input, &snapshot).unwrap();
    assert_eq!(sheet.rows.len(), 1, "{:?} {party:?}", sheet.rows);
    let row = &sheet.rows[0];
    assert_eq!(row[1], Cell::Word("headline and text"));
    assert_eq!(row[3], Cell::Amount(Range::exactly(30), vec![Id(1)]));
    assert_eq!(row[4], Cell::Amount(Range::exactly(43), vec![Id(2)]));
    assert_eq!(row[6], Cell::Lines(vec!["C1: Baku violated truce 30 times".into(), format!("C2: {}", &text[29..])]));
}

proptest::proptest! {
    #[test]
    fn a_running_total_goes_with_the_latest_published_before_it(
        told in proptest::collection::vec((proptest::option::of(0..4_i64), 0..3_usize, proptest::bool::ANY), 0..20)
    ) {
        let starts = [None, "2020-09-27".parse().ok(), "2020-10-01".parse().ok()];
        let reading = |(claim, (published, start, running)): (i64, (Option<i64>, usize, bool))| Reading {
            claim: Id(claim),
            amount: Range::exactly(1),
            over: if running { Stretch::Since(starts[start], None) } else { Stretch::Event },
            published,
            read: None,
            incident: None,
        };
        let mut readings: Vec<Reading> = (1..).zip(told).map(reading).collect();
        readings.sort_by_key(|reading| (reading.published, reading.claim));
        let running = |reading: &&Reading| matches!(reading.over, Stretch::Since(..));
        let mut pairs = Vec::new();
        for after in readings.iter().filter(running) {
            let mut same = readings.iter().filter(|before| before.over == after.over && before.published.is_some());
            let before = same.rfind(|before| before.published < after.published);
            pairs.extend(before.map(|before| (before, after)));
        }
        proptest::prop_assert_eq!(successive(&readings), pairs);
    }
}
