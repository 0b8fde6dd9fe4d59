//! Real sentences, and the laws that hold for any text.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::extract::catalogue;

fn registered() -> PartyBook {
    let party = |line: &str| serde_json::from_str::<crate::model::Party>(line).unwrap();
    PartyBook::new([
        party(
            r#"{"party": "Nagorno-Karabakh", "kind": "non-state", "side": "Armenian side", "aliases": {"en": ["the separatists"], "fr": ["les séparatistes", "l'Armée de défense du Karabakh"], "ru": ["Армия обороны Карабаха", "непризнанная республика", "карабахские подразделения"]}}"#,
        ),
        party(
            r#"{"party": "OSCE SMM", "kind": "monitor", "aliases": {"ru": ["миссия ОБСЕ", "наблюдатели"], "en": ["the Mission"]}}"#,
        ),
    ])
}

/// Each mention as "words = party (form)".
fn seen(lang: Lang, text: &str) -> Vec<String> {
    let names = Names::new(&registered(), lang);
    let show = |found: NameSpan| {
        let party = found.party.map_or("?", |party| names.name(party));
        format!("{} = {party} ({})", found.span.of(text).unwrap(), found.form)
    };
    names.find(text).into_iter().map(show).collect()
}

#[test]
fn english_names_are_found_in_all_their_forms() {
    assert_eq!(
        seen(Lang::En, "Armenia's defence ministry said Azerbaijani forces had shelled the separatists near Baku."),
        [
            "Armenia's defence ministry = Armenia (institution)",
            "Azerbaijani forces = Azerbaijan (forces)",
            "separatists = Nagorno-Karabakh (forces)",
            "Baku = Azerbaijan (capital)",
        ]
    );
    assert_eq!(
        seen(Lang::En, "Armenian and Azerbaijani troops; the armed forces of South Sudan; U.S. officials; give us US"),
        [
            "Armenian = Armenia (forces)",
            "Azerbaijani troops = Azerbaijan (forces)",
            "armed forces of South Sudan = South Sudan (forces)",
            "U.S. officials = United States (institution)",
            "US = United States (name)",
        ]
    );
}

#[test]
fn french_names_are_found_in_all_their_forms() {
    assert_eq!(
        seen(
            Lang::Fr,
            "Selon le ministère azerbaïdjanais de la Défense, l’artillerie arménienne a visé les Azerbaïdjanais."
        ),
        [
            "ministère azerbaïdjanais de la Défense = Azerbaijan (institution)",
            "artillerie arménienne = Armenia (forces)",
            "Azerbaïdjanais = Azerbaijan (people)",
        ]
    );
    assert_eq!(
        seen(
            Lang::Fr,
            "les armées arménienne et azerbaïdjanaise, l'armée d'Arménie, la partie arménienne, l’Armée de défense du Karabakh"
        ),
        [
            "armées arménienne = Armenia (forces)",
            "azerbaïdjanaise = Azerbaijan (forces)",
            "armée d'Arménie = Armenia (forces)",
            "partie arménienne = Armenia (side)",
            "Armée de défense du Karabakh = Nagorno-Karabakh (forces)",
        ]
    );
}

#[test]
fn russian_names_are_found_in_all_their_forms() {
    assert_eq!(
        seen(
            Lang::Ru,
            "В армянском военном ведомстве сообщили, что ВС Азербайджана обстреляли позиции Армии обороны Карабаха."
        ),
        [
            "армянском военном ведомстве = Armenia (institution)",
            "ВС Азербайджана = Azerbaijan (forces)",
            "Армии обороны Карабаха = Nagorno-Karabakh (forces)",
        ]
    );
    assert_eq!(
        seen(
            Lang::Ru,
            "Между грузинской и российской сторонами; по данным Минобороны Азербайджан нарушил; миссии ОБСЕ"
        ),
        [
            "грузинской = Georgia (side)",
            "российской сторонами = Russia (side)",
            "Азербайджан = Azerbaijan (name)",
            "миссии ОБСЕ = OSCE SMM (institution)",
        ]
    );
}

#[test]
fn german_names_are_found_in_all_their_forms() {
    assert_eq!(
        seen(
            Lang::De,
            "Der Sprecher des ukrainischen Generalstabs; die Streitkräfte Aserbaidschans; US-Truppen; den Armeniern"
        ),
        [
            "Sprecher des ukrainischen Generalstabs = Ukraine (official)",
            "Streitkräfte Aserbaidschans = Azerbaijan (forces)",
            "US-Truppen = United States (forces)",
            "Armeniern = Armenia (people)",
        ]
    );
}

#[test]
fn spanish_and_italian_names_are_found_in_all_their_forms() {
    assert_eq!(
        seen(
            Lang::Es,
            "El Ministerio de Defensa ruso; guerrilleros del ELN; la paz llegó a La Paz; el presidente de EE. UU."
        ),
        [
            "Ministerio de Defensa ruso = Russia (institution)",
            "guerrilleros del ELN = ELN (forces)",
            "La Paz = Bolivia (capital)",
            "presidente de EE. UU. = United States (official)",
        ]
    );
    assert_eq!(
        seen(Lang::It, "L'esercito azero; il ministro degli Esteri turco; forze Usa; le autorità armene"),
        [
            "esercito azero = Azerbaijan (forces)",
            "ministro degli Esteri turco = Turkey (official)",
            "forze Usa = United States (forces)",
            "autorità armene = Armenia (institution)",
        ]
    );
}

#[test]
fn ukrainian_and_turkish_names_are_found_in_all_their_forms() {
    assert_eq!(
        seen(Lang::Uk, "Бойовики ДНР; російсько-окупаційні війська; речник МЗС Росії; операції Об’єднаних сил"),
        [
            "Бойовики ДНР = DPR (forces)",
            "російсько-окупаційні війська = Russia (forces)",
            "речник МЗС Росії = Russia (official)",
            "операції Об’єднаних сил = Ukraine (forces)",
        ]
    );
    assert_eq!(
        seen(
            Lang::Tr,
            "Ermenistan Savunma Bakanlığı sözcüsü; İsrail ordusunun; Azerbaycan'ın Savunma Bakanlığı; Ermenilerin"
        ),
        [
            "Ermenistan Savunma Bakanlığı sözcüsü = Armenia (official)",
            "İsrail ordusunun = Israel (forces)",
            "Azerbaycan'ın Savunma Bakanlığı = Azerbaijan (institution)",
            "Ermenilerin = Armenia (people)",
        ]
    );
}

#[test]
fn arabic_names_are_found_with_what_is_written_onto_them() {
    assert_eq!(
        seen(
            Lang::Ar,
            "للجيش الإسرائيلي ووزارة الدفاع الأذربيجانية، واتهمت القوات إسرائيل، بوساطة قطرية ومصرية، جيش لبنان"
        ),
        [
            "للجيش الإسرائيلي = Israel (forces)",
            "ووزارة الدفاع الأذربيجانية = Azerbaijan (institution)",
            "إسرائيل = Israel (name)",
            "قطرية = Qatar (adjective)",
            "ومصرية = Egypt (adjective)",
            "جيش لبنان = Lebanon (forces)",
        ]
    );
}

#[test]
fn a_name_within_another_thing_is_none() {
    assert_eq!(seen(Lang::En, "The Washington Post met Michael Jordan on the Minsk agreements."), [""; 0]);
    assert_eq!(
        seen(Lang::En, "In Jordan, Russian-backed men"),
        ["Jordan = Jordan (name)", "Russian = Russia (attached)"]
    );
    assert_eq!(seen(Lang::Ru, "Огонь вели в сторону Азербайджана."), ["Азербайджана = Azerbaijan (name)"]);
}

#[test]
fn a_name_of_several_is_told_but_stands_for_none() {
    assert_eq!(
        seen(Lang::En, "Congolese troops; the Democratic Republic of the Congo"),
        ["Congolese troops = ? (forces)", "Democratic Republic of the Congo = Democratic Republic of the Congo (name)"]
    );
}

/// A book of parties in the JSON shape people register them in.
fn book(lines: &[&str]) -> PartyBook {
    PartyBook::new(lines.iter().map(|line| serde_json::from_str::<crate::model::Party>(line).unwrap()))
}

#[test]
fn a_registered_party_takes_in_the_built_in_one() {
    let book = book(&[
        r#"{"party": "Ansar Allah movement", "kind": "non-state", "aliases": {"en": ["Houthis", "Sanaa"]}}"#,
        r#"{"party": "UN", "kind": "monitor", "aliases": {"en": ["Security Council", "UNIFIL"]}}"#,
    ]);
    let names = Names::new(&book, Lang::Fr);
    let who =
        |text: &str| names.find(text).first().and_then(|found| found.party).map(|party| names.name(party).to_owned());
    assert_eq!(who("les houthis").as_deref(), Some("Ansar Allah movement"), "an alias of one language serves in all");
    assert_eq!(who("l'ONU").as_deref(), Some("UN"));
    assert_eq!(who("la Finul").as_deref(), Some("UN"));
    assert_eq!(who("le Yémen").as_deref(), Some("Yemen"), "a capital takes nobody in");
    let english = Names::new(&book, Lang::En);
    let sanaa = english.find("Sanaa denied it.").first().and_then(|found| found.party).unwrap();
    assert_eq!((english.name(sanaa), english.registered(sanaa)), ("Ansar Allah movement", true));
}

#[test]
fn among_registered_names_the_main_one_wins_and_equals_cancel_out() {
    let names = Names::new(
        &book(&[
            r#"{"party": "North", "kind": "non-state", "aliases": {"en": ["rebels", "South"]}}"#,
            r#"{"party": "South", "kind": "non-state", "side": "southern side", "aliases": {"en": ["the rebels"]}}"#,
        ]),
        Lang::En,
    );
    let found = names.find("South said rebels had fired.");
    assert_eq!(found.iter().map(|f| f.party.map(|p| names.name(p))).collect::<Vec<_>>(), [Some("South"), None]);
    assert_eq!(found[0].party.and_then(|party| names.side(party)), Some("southern side"));
}

#[test]
fn registered_names_bend_by_rule() {
    let names = Names::new(
        &book(&[
            r#"{"party": "Front", "kind": "non-state", "aliases": {"ru": ["Совместный центр по контролю", "местные ополченцы"], "de": ["vereinte Kräfte"], "tr": ["Kuzey milisleri"]}}"#,
        ]),
        Lang::Ru,
    );
    for text in ["В Совместном центре по контролю", "местными ополченцами", "МЕСТНЫХ ОПОЛЧЕНЦЕВ"]
    {
        assert_eq!(names.find(text).len(), 1, "{text}");
    }
    assert!(names.find("Совместные учения").is_empty());
}

#[test]
fn a_long_run_of_joining_words_is_read_in_bounded_depth() {
    let names = Names::new(&PartyBook::default(), Lang::En);
    for text in ["Armenian ".to_owned() + &"armed ".repeat(20_000), "army of ".repeat(20_000), "U.".repeat(20_000)] {
        assert!(names.find(&text).len() < 3);
    }
}

static ALL_NAMES: LazyLock<Vec<Names>> =
    LazyLock::new(|| Lang::ALL.iter().map(|lang| Names::new(&registered(), *lang)).collect());

proptest! {
    #[test]
    fn any_text_is_read_and_spans_lie_within(text in any::<String>(), bits in prop::collection::vec(0_usize..12, 0..30)) {
        let pieces = ["Armenia", "'s ", "army ", "of ", "the ", "-", "U.S.", " Azerbaijani", " and ", "\u{301}", "Минобороны ", "forces"];
        let mixed: String = bits.iter().map(|&at| pieces[at]).chain([text.as_str()]).collect();
        for names in ALL_NAMES.iter() {
            let mut last = 0;
            for found in names.find(&mixed) {
                prop_assert!(found.span.of(&mixed).is_some_and(|words| !words.is_empty()));
                prop_assert!(found.span.lo >= last);
                last = found.span.hi;
            }
        }
    }
}

/// A name of the catalogue in a sentence leads to its party, or to none where several parties bear it.
#[test]
fn every_entry_of_the_catalogue_finds_itself() {
    for &lang in Lang::ALL {
        let names = Names::new(&PartyBook::default(), lang);
        let lost: Vec<String> = catalogue::listed(lang).iter().flat_map(|listed| lost(&names, listed)).collect();
        assert!(lost.is_empty(), "{lang}:\n{}", lost.join("\n"));
    }
}

/// The forms of a party's names that lead elsewhere or are not found as a whole.
fn lost(names: &Names, listed: &catalogue::Listed) -> Vec<String> {
    let party = catalogue::parties()[listed.party].name;
    let columns = [listed.names, listed.adjectives, listed.people, listed.capitals, listed.bodies];
    let forms = columns.into_iter().flat_map(catalogue::entries).flat_map(|entry| entry.forms.split('|'));
    let lost = forms.filter_map(|form| {
        let text = format!("— {} —", form.replace('=', ""));
        let found = names.find(&text);
        let whole = found.iter().find(|found| found.span.lo == 4 && found.span.hi + 4 == text.len());
        let his = whole.is_some_and(|whole| whole.party.is_none_or(|bearer| names.name(bearer) == party));
        let shown =
            || found.iter().map(|f| format!("{:?} = {}", f.span.of(&text), f.party.map_or("?", |p| names.name(p))));
        (!his).then(|| format!("{party}: {text} {:?}", shown().collect::<Vec<_>>()))
    });
    lost.collect()
}
