//! Russian, Ukrainian and Turkish sentences as wires write them: who speaks, who did it, what was no act at all.

use crate::extract_clauses::told;

/// Each text gives these claims, and no others but facts of a truce.
fn assert_told(texts: &[(&str, &str, &str)]) {
    for (lang, text, claims) in texts {
        let mut told = told(lang, text);
        told.retain(|line| !line.contains(" declares "));
        assert_eq!(told.join("; "), *claims, "{text}");
    }
}

#[test]
fn a_quotation_names_nobody_who_says_it() {
    assert_told(&[(
        "ru",
        "Баку обвинил армянские войска. «Нарушив договоренности, армянская сторона вновь открыла огонь по позициям у \
         Капана», — заявили в ведомстве.",
        "Azerbaijan alleges small-arms-fire Armenia",
    )]);
}

#[test]
fn who_is_told_is_not_who_tells() {
    assert_told(&[(
        "ru",
        "Капан подвергся обстрелу со стороны азербайджанских войск, сообщили корреспонденту газеты в пресс-службе \
         Минобороны Армении.",
        "Armenia alleges shelling Azerbaijan",
    )]);
}

#[test]
fn a_source_after_but_tells_only_what_follows() {
    assert_told(&[(
        "ru",
        "Азербайджан обвинил Армению в обстреле Товуза, а по данным Минобороны Армении, азербайджанские войска обстреляли \
         Капан.",
        "Azerbaijan alleges shelling Armenia; Armenia alleges shelling Azerbaijan",
    )]);
}

#[test]
fn what_was_recorded_is_told_by_whose_report_it_is() {
    assert_told(&[(
        "ru",
        "За сутки в Сирии зафиксировано четыре нарушения перемирия, говорится в бюллетене российского Центра по примирению \
         в Сирии.",
        "Russia observes violation",
    )]);
}

#[test]
fn the_doer_of_a_noun_stands_with_a_preposition_of_its_own() {
    assert_told(&[(
        "ru",
        "Минобороны Армении заявило, что со стороны Азербайджана продолжается обстрел армянских позиций.",
        "Armenia alleges shelling Azerbaijan",
    )]);
}

#[test]
fn whence_a_group_comes_did_nothing() {
    assert_told(&[(
        "ru",
        "Израиль сообщил, что ливанское движение «Хезболла» обстреляло Хайфу.",
        "Israel alleges shelling Hezbollah",
    )]);
}

#[test]
fn what_hits_the_other_side_is_announced() {
    assert_told(&[(
        "ru",
        "«Хезболла» заявила об ударе по позициям Израиля у Хайфы.",
        "Hezbollah acknowledges attack Hezbollah",
    )]);
}

#[test]
fn a_short_name_is_of_the_longer_one() {
    assert_told(&[(
        "ru",
        "Армия обороны Израиля усилила посты. Армия обороны заявила, что «Хезболла» нарушила перемирие.",
        "Israel alleges violation Hezbollah",
    )]);
}

#[test]
fn units_are_of_the_force_they_belong_to() {
    assert_told(&[
        (
            "tr",
            "Azerbaycan Savunma Bakanlığı, Ermenistan ordusuna bağlı birliklerin Tovuz'daki Azerbaycan mevzilerine ateş \
             açtığını duyurdu.",
            "Azerbaijan alleges small-arms-fire Armenia",
        ),
        (
            "tr",
            "Azerbaycan Savunma Bakanlığı'na göre, Ermenistan Silahlı Kuvvetleri'ne ait birlikler Tovuz yakınlarında ateş \
             açtı.",
            "Azerbaijan alleges small-arms-fire Armenia",
        ),
    ]);
}

#[test]
fn a_statement_goes_on_in_the_passive() {
    assert_told(&[(
        "tr",
        "Azerbaycan, Ermenistan'ı ateşkesi ihlal etmekle suçladı.\n\nAçıklamada, köylerin de Ermenistan ordusu tarafından \
         topa tutulduğu kaydedildi.",
        "Azerbaijan alleges violation Armenia; Azerbaijan alleges shelling Armenia",
    )]);
}

#[test]
fn a_converb_of_saying_leaves_its_subject_to_the_verb() {
    assert_told(&[(
        "tr",
        "İsrail ordusu, Hamas'ı ateşkesi ihlal etmekle suçlayarak Gazze'ye hava saldırıları düzenledi.",
        "Israel alleges violation Hamas; - observes air-strike Israel",
    )]);
}

#[test]
fn not_to_keep_is_to_break() {
    assert_told(&[(
        "tr",
        "Suriye ordusu, Türkiye'yi ateşkes anlaşmasındaki taahhütlerine uymamakla suçladı.",
        "Syria alleges violation Turkey",
    )]);
}

#[test]
fn what_is_to_come_was_not_done() {
    assert_told(&[("tr", "İsrail ordusu, her türlü ihlale karşılık vereceğini belirtti.", "")]);
}
