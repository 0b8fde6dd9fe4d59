//! Where it hit, who was killed or hurt, how many times: slots of claims in nine languages, read with built-in parties.

use trucebook::extract::Extractor;
use trucebook::import::{Hints, read_dispatch};
use trucebook::model::{Claim, Loss, PartyBook, Range, Zone};

fn claims(lang: &str, text: &str) -> Vec<Claim> {
    let hints = Hints { language: Some(lang.to_owned()), received: "2020-10-14".parse().ok(), ..Hints::default() };
    let dispatch = read_dispatch("x", text.as_bytes().to_vec(), &hints).unwrap();
    Extractor::new(&PartyBook::default(), Zone::UTC).unwrap().extract(&dispatch).claims
}

/// The claim of the shelling, and that there is none of a toll apart from it.
fn shelling(lang: &str, text: &str) -> Claim {
    let mut claims = claims(lang, text);
    claims.retain(|claim| matches!(claim.act.base.as_str(), "shelling" | "small-arms-fire" | "losses"));
    assert!(claims.len() == 1, "{text}\n{claims:#?}");
    claims.remove(0)
}

/// Killed and wounded: a number, "7+" where it is the least, "?" where nothing is told.
fn toll(claim: &Claim) -> [String; 2] {
    let told = |range: Range| match (range.min, range.max) {
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), None) => format!("{min}+"),
        bounds => format!("{bounds:?}"),
    };
    let part = |of: fn(&Loss) -> Option<Range>| claim.losses.iter().find_map(of).map_or("?".to_owned(), told);
    [part(|loss| loss.killed), part(|loss| loss.wounded)]
}

#[test]
fn nobody_hurt_is_none_killed_and_none_hurt() {
    for (lang, text) in [
        ("en", "Armenia said Azerbaijani forces fired on a bus near Kapan. The passengers were unharmed."),
        ("en", "Armenia said Azerbaijani forces shelled Kapan. Nobody was hurt."),
        ("fr", "L'Arménie a accusé l'Azerbaïdjan d'avoir bombardé Kapan, sans que personne ne soit blessé."),
        ("de", "Armenien warf Aserbaidschan vor, Kapan beschossen zu haben; verletzt wurde niemand."),
        ("es", "Armenia acusó a Azerbaiyán de bombardear Kapan. Nadie resultó herido."),
        ("it", "L'Armenia ha accusato l'Azerbaigian di aver bombardato Kapan. L'equipaggio è illeso."),
        ("ru", "Армения заявила, что азербайджанские войска обстреляли Капан. Пострадавших нет."),
        ("ru", "Армения заявила, что азербайджанские войска обстреляли Капан. Экипаж не пострадал."),
        ("uk", "Вірменія заявила, що азербайджанські війська обстріляли Капан. Нікого не поранено."),
        (
            "tr",
            "Ermenistan, Azerbaycan güçlerinin Kapan'ı bombaladığını açıkladı. Saldırıda ölen ya da yaralanan olmadı.",
        ),
        ("ar", "قالت أرمينيا إن القوات الأذربيجانية قصفت كابان من دون أن يصاب أحد."),
    ] {
        assert_eq!(toll(&shelling(lang, text)), ["0", "0"], "{text}");
    }
}

#[test]
fn what_is_not_reported_is_unknown() {
    for (lang, text) in [
        ("en", "Armenia said Azerbaijani forces shelled Kapan. No casualties were reported."),
        ("ru", "Армения заявила, что азербайджанские войска обстреляли Капан. О потерях не сообщается."),
    ] {
        assert_eq!(toll(&shelling(lang, text)), ["?", "?"], "{text}");
    }
}

#[test]
fn each_toll_goes_to_the_deed_it_followed_from() {
    let text =
        "Armenia said Azerbaijani forces shelled Kapan, killing two people, and fired on Goris, wounding a shepherd.";
    let found = claims("en", text);
    let of = |place: &str| found.iter().find(|claim| claim.place == [place]).map(toll);
    assert_eq!(of("Kapan"), Some(["2".to_owned(), "?".to_owned()]), "{found:#?}");
    assert_eq!(of("Goris"), Some(["?".to_owned(), "1".to_owned()]), "{found:#?}");
}

#[test]
fn tolls_are_counted_as_they_are_told() {
    for (lang, text, killed, wounded) in [
        (
            "en",
            "Armenia said Azerbaijani forces shelled Kapan. The ministry put the number of wounded at three.",
            "?",
            "3",
        ),
        ("en", "Armenia said Azerbaijani forces shelled Kapan. All five guards, four men and a woman, died.", "5", "?"),
        (
            "fr",
            "L'Arménie a accusé l'Azerbaïdjan d'avoir bombardé Kapan. Au moins sept personnes, dont trois enfants, ont été tuées.",
            "7+",
            "?",
        ),
        (
            "es",
            "Armenia acusó a Azerbaiyán de bombardear Kapan, causando la muerte de trece soldados y heridas a otros veinte.",
            "13",
            "20",
        ),
        ("ru", "Армения заявила, что азербайджанский снайпер застрелил в Капане женщину.", "1", "?"),
        ("ar", "قالت أرمينيا إن القوات الأذربيجانية قصفت كابان فاستشهد من المدنيين أربعة.", "4", "?"),
    ] {
        assert_eq!(toll(&shelling(lang, text)), [killed, wounded], "{text}");
    }
}

#[test]
fn a_place_is_where_it_hit() {
    for (lang, text, places) in [
        (
            "en",
            "Armenia said mortars had been fired from the village of Aygepar at posts in the Gazakh and Tovuz districts.",
            &["Gazakh", "Tovuz"][..],
        ),
        ("en", "Armenia said Azerbaijani guns fired across the Line of Contact.", &["Line of Contact"]),
        ("en", "A soldier stood near Goris. Armenia said Azerbaijani forces shelled the village.", &["Goris"]),
        ("en", "A spokesman in Yerevan said Azerbaijani forces shelled the village.", &[]),
        ("de", "Armenien erklärte, aserbaidschanische Truppen hätten Kapan beschossen.", &["Kapan"]),
        ("tr", "Ermenistan, Azerbaycan güçlerinin Goris'i bombaladığını açıkladı.", &["Goris"]),
        ("fr", "L'Arménie a accusé l'Azerbaïdjan d'avoir bombardé les abords de Kapan.", &["Kapan"]),
    ] {
        assert_eq!(shelling(lang, text).place, places, "{text}");
    }
}

#[test]
fn a_name_told_to_be_a_place_is_one_wherever_it_stands() {
    let text = "Die Lage in Kapan ist ruhig. Armenien meldete, Kapan sei in der Nacht mit Mörsern von Aserbaidschan \
                beschossen worden.";
    assert_eq!(shelling("de", text).place, ["Kapan"]);
}

#[test]
fn acts_are_counted_and_years_are_not() {
    for (lang, text, count) in [
        ("de", "Armenien erklärte, Aserbaidschan habe die Waffenruhe im Jahr 2020 insgesamt 133 Mal verletzt.", 133),
        ("en", "Armenia put the number of Azerbaijani violations of the truce since October 10 at 497.", 497),
        ("en", "Armenia counted 25 violations of its airspace by Azerbaijani aircraft.", 25),
        ("es", "Armenia acusó a Azerbaiyán de más de mil violaciones de la tregua.", 1000),
        ("tr", "Ermenistan, ateşkesin Azerbaycan tarafından on günde 47 kez ihlal edildiğini açıkladı.", 47),
    ] {
        let found = claims(lang, text);
        let counted = |claim: &Claim| claim.figures.iter().any(|figure| figure.amount.min == Some(count));
        assert!(found.iter().any(counted), "{text}\n{found:#?}");
    }
}

#[test]
fn rebels_of_a_people_are_not_its_states() {
    for (lang, text) in [
        ("en", "Burundi said Rwandan rebels shelled a village near Cibitoke."),
        ("fr", "Le Burundi accuse les rebelles rwandais d'avoir bombardé Cibitoke."),
        ("de", "Burundi meldete, ruandische Rebellen hätten bei Cibitoke ein Dorf beschossen."),
    ] {
        assert_eq!(shelling(lang, text).accused, None, "{text}");
    }
}

#[test]
fn german_names_its_sources_and_fighters_in_words_of_its_own() {
    let claim =
        shelling("de", "Pakistanische Soldaten haben nach indischen Angaben bei Poonch einen Posten beschossen.");
    assert_eq!(claim.claimant.as_deref(), Some("India"));
    let claim = shelling("de", "Der Sudan warf der RSF-Miliz vor, ein Krankenhaus in Omdurman beschossen zu haben.");
    assert_eq!(claim.accused.as_deref(), Some("RSF"));
}
