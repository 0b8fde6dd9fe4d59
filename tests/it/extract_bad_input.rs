//! `extract` of texts that are damaged, endless or meant to mislead: nothing panics, and what is left out is said.

use serde_json::Value;

use crate::environment::{Ran, World};

const ENGLISH: &str = "Armenia said on Monday that Azerbaijani forces shelled Goris with mortars. ";
const RUSSIAN: &str = "Министерство обороны Азербайджана сообщило, что армянские войска обстреляли Гянджу. ";

/// What reading one file comes to.
fn extract(text: impl AsRef<[u8]>) -> Ran {
    let world = World::new();
    world.file("a.txt", text);
    world.run(&["extract", "a.txt", "--received", "2020-10-13"])
}

/// The claims of a file that reads.
fn claims(text: impl AsRef<[u8]>) -> Vec<Value> {
    let ran = extract(text);
    assert_eq!(ran.status, 0, "{ran}");
    ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn quote(claim: &Value) -> &str {
    claim["quote"].as_str().unwrap()
}

#[test]
fn an_unknown_language_is_told() {
    let ran = extract(
        "O exército acusou os rebeldes de violarem o cessar-fogo no sábado, quando abriram fogo contra uma \
                       patrulha perto da fronteira. Os rebeldes negaram a acusação.",
    );
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{ran}");
    assert_eq!(ran.stderr, "passed over: a: no language this program reads\n");
}

#[test]
fn a_text_of_sport_is_told() {
    let ran = extract(
        "Arsenal attacked from the start of the match. The goalkeeper saved a penalty in the league match. \
                       The striker scored in the final of the tournament, the coach said.",
    );
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{ran}");
    assert_eq!(ran.stderr, "passed over: a: the text speaks of sport, trade or the like\n");
}

#[test]
fn utf_8_cut_within_a_letter_is_refused_with_its_place() {
    let text = RUSSIAN.repeat(2).trim_end().as_bytes().to_vec();
    let letter = text.iter().rposition(|&byte| byte >= 0xc0).unwrap();
    let ran = extract(&text[..=letter]);
    assert_eq!(ran.status, 2, "{ran}");
    let place = format!("error: a.txt: the text is UTF-8 up to byte {}, where it is damaged\n", letter + 1);
    assert!(ran.stderr.starts_with(&place), "{ran}");
}

#[test]
fn a_text_in_two_encodings_is_refused() {
    let mut text = RUSSIAN.repeat(2).into_bytes();
    text.extend(encoding_rs::WINDOWS_1251.encode(RUSSIAN).0.iter());
    let ran = extract(text);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{ran}");
    assert!(ran.stderr.starts_with("error: a.txt: "), "{ran}");
}

#[test]
fn invisible_signs_leave_quotes_as_they_stand() {
    let text = "Armenia said on Mon\u{200d}day that \u{202e}Azerbaijani\u{202c} forces\u{feff} shelled \
                \u{2066}Goris\u{2069} with mor\u{200b}tars.";
    let claims = claims(text);
    assert!(!claims.is_empty() && claims.iter().all(|claim| text.contains(quote(claim))), "{claims:?}");
}

#[test]
fn a_year_that_no_calendar_holds_dates_nothing() {
    let claims = claims("Armenia said that Azerbaijani forces shelled Goris on 12 October 99999. ");
    assert_eq!(claims.len(), 1);
    assert_eq!(claims[0]["occurred"], Value::Null, "{claims:?}");
}

#[test]
fn numbers_of_400_digits_count_nothing() {
    let (many, dead) = ("9".repeat(400), "7".repeat(400));
    let text = format!("Armenia said that Azerbaijani forces fired {many} shells at Goris, killing {dead} soldiers.");
    let claims = claims(text);
    assert_eq!(claims.len(), 1);
    assert_eq!((&claims[0]["figures"], &claims[0]["losses"]), (&Value::Null, &Value::Null), "{claims:?}");
}

#[test]
fn claims_on_both_sides_of_100_000_nested_quotations_are_read() {
    let (open, close) = ("“".repeat(100_000), "”".repeat(100_000));
    let last = "Azerbaijan said that Armenian forces shelled Terter with rockets.";
    let claims = claims(format!("{ENGLISH}\n\n{open}Nobody was hurt{close}, it said.\n\n{last}"));
    let quotes: Vec<&str> = claims.iter().map(quote).collect();
    assert!(
        matches!(quotes[..], [first, second] if first.contains("Goris") && second.contains("Terter")),
        "{quotes:?}"
    );
}

#[test]
fn a_line_longer_than_a_section_is_read_to_its_end() {
    let last = "Azerbaijan said that Armenian forces shelled Terter with rockets.";
    let text = format!("{ENGLISH}{}{last}", "Nothing else was told that day. ".repeat(18_000));
    assert!(text.len() > 1 << 19);
    let claims = claims(&text);
    let quotes: Vec<&str> = claims.iter().map(quote).collect();
    assert!(
        matches!(quotes[..], [first, second] if first.contains("Goris") && second.contains("Terter")),
        "{quotes:?}"
    );
}
