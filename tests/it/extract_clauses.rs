//! Who says what of whom, in sentences whose order of words hides it: read with built-in parties alone.

use trucebook::extract::Extractor;
use trucebook::import::{Hints, read_dispatch};
use trucebook::model::{PartyBook, Zone};

/// The claims of a text, each as `CLAIMANT stance act [ACCUSED]`.
pub(crate) fn told(lang: &str, text: &str) -> Vec<String> {
    let hints = Hints { language: Some(lang.to_owned()), received: "2015-06-10".parse().ok(), ..Hints::default() };
    let dispatch = read_dispatch("x", text.as_bytes().to_vec(), &hints).unwrap();
    let claims = Extractor::new(&PartyBook::default(), Zone::UTC).unwrap().extract(&dispatch).claims;
    let line = |claim: &trucebook::model::Claim| {
        let words = [
            claim.claimant.clone().unwrap_or_default(),
            claim.stance.to_string(),
            claim.act.base.to_string(),
            claim.accused.clone().unwrap_or_default(),
        ];
        words.join(" ").trim().to_owned()
    };
    claims.iter().map(line).collect()
}

/// Each text gives this claim, and no other but facts of a truce.
fn assert_told(texts: &[(&str, &str, &str)]) {
    for (lang, text, claim) in texts {
        let mut told = told(lang, text);
        told.retain(|line| !line.contains(" declares "));
        assert_eq!(told, [*claim], "{text}");
    }
}

#[test]
fn who_is_singled_out_did_it() {
    assert_told(&[
        ("en", "It was India that broke the truce, Pakistan said.", "Pakistan alleges violation India"),
        ("es", "Fue Tailandia quien violó la tregua, dijo Camboya.", "Cambodia alleges violation Thailand"),
        ("it", "È l'Ucraina ad aver violato la tregua, dice Mosca.", "Russia alleges violation Ukraine"),
        ("it", "È stata la Georgia a violare per prima la tregua, ha detto Mosca.", "Russia alleges violation Georgia"),
    ]);
}

#[test]
fn a_truce_may_be_a_pronoun() {
    assert_told(&[
        ("es", "La tregua empezó el lunes. Perú la incumplió, según Quito.", "Ecuador alleges violation Peru"),
        (
            "it",
            "Il cessate il fuoco è iniziato lunedì. Gli Houthi lo hanno violato tre volte, ha detto Riad.",
            "Saudi Arabia alleges violation Houthis",
        ),
        (
            "fr",
            "La trêve est entrée en vigueur lundi. L'armée syrienne l'a violée à dix reprises, selon la Turquie.",
            "Turkey alleges violation Syria",
        ),
    ]);
    assert_eq!(told("es", "Perú firmó una ley. Chile la violó, según Lima."), Vec::<String>::new());
}

#[test]
fn who_speaks_may_stand_behind() {
    assert_told(&[
        (
            "en",
            "Clashes broke out near the border with Uganda, said a spokesman for South Sudan.",
            "South Sudan alleges attack",
        ),
        (
            "en",
            "Sudanese planes bombed a base at Malakal, charged the South Sudanese spokesman.",
            "South Sudan alleges air-strike Sudan",
        ),
        ("en", "Two explosions were recorded by the OSCE monitors near Donetsk.", "OSCE observes explosion"),
        ("fr", "Cinq violations ont été constatées par la Monusco à Goma.", "MONUSCO observes violation"),
        ("it", "Due esplosioni sono state registrate dall'Osce vicino a Donetsk.", "OSCE observes explosion"),
    ]);
}

#[test]
fn whose_soil_it_came_from_is_not_whom_an_accusation_names() {
    assert_told(&[(
        "it",
        "L'Armenia accusa l'Azerbaigian di attacchi partiti dal territorio georgiano.",
        "Armenia alleges attack Azerbaijan",
    )]);
}

#[test]
fn no_rebels_speak_as_the_government() {
    assert_told(&[
        ("en", "Houthi fighters fired missiles at Marib, the government said.", "- observes missile-strike Houthis"),
        (
            "en",
            "Ukraine's army spoke. The separatists accused Kiev's forces of shelling Horlivka.",
            "observes shelling Ukraine",
        ),
    ]);
}

#[test]
fn who_says_what_is_told_without_a_subject_did_it() {
    assert_told(&[
        ("es", "Ecuador aseguró que bombardeó dos bases peruanas.", "Ecuador acknowledges shelling Ecuador"),
        ("it", "L'Eritrea ha detto che ha bombardato le posizioni etiopi.", "Eritrea acknowledges shelling Eritrea"),
        // Of another number: whose act it was is not told.
        ("es", "Ecuador dijo que bombardearon dos aldeas.", "Ecuador alleges shelling"),
    ]);
}

#[test]
fn a_quotation_of_several_sentences_is_its_speakers() {
    let claims = told(
        "fr",
        "« L'armée tchadienne nous a attaqués. Ils ont pilonné nos positions. Nous avons riposté », a dit le \
         porte-parole de l'armée soudanaise.",
    );
    assert_eq!(claims, ["Sudan alleges attack Chad", "Sudan alleges shelling Chad", "Sudan acknowledges attack Sudan"]);
    let claims =
        told("it", "Il portavoce eritreo ha detto: \"Gli etiopi hanno violato la tregua. Noi abbiamo risposto\".");
    assert_eq!(claims, ["Eritrea alleges violation Ethiopia", "Eritrea acknowledges attack Eritrea"]);
}

#[test]
fn an_answer_and_how_it_was_given_are_one_act() {
    assert_told(&[
        ("it", "L'esercito indiano ha reagito bombardando posizioni a Kotli.", "- observes shelling India"),
        ("es", "El Ejército peruano respondió bombardeando Coangos.", "- observes shelling Peru"),
    ]);
}

#[test]
fn a_source_is_whom_its_phrase_names() {
    assert_told(&[
        ("it", "A detta dell'India le forze pakistane hanno bombardato Poonch.", "India alleges shelling Pakistan"),
        (
            "it",
            "Duro il comunicato dell'India, secondo cui il Pakistan ha violato la tregua.",
            "India alleges violation Pakistan",
        ),
    ]);
}

#[test]
fn the_army_of_a_capital_is_its_states() {
    assert_told(&[
        ("it", "Mosca accusa l'esercito di Kiev di aver bombardato Horlivka.", "Russia alleges shelling Ukraine"),
        ("fr", "Moscou accuse l'armée de Kiev d'avoir bombardé Horlivka.", "Russia alleges shelling Ukraine"),
        ("es", "Moscú acusa al ejército de Kiev de bombardear Horlivka.", "Russia alleges shelling Ukraine"),
    ]);
}

#[test]
fn the_day_of_a_truce_is_not_the_day_of_its_breach() {
    let hints = Hints { language: Some("es".to_owned()), received: "2015-06-10".parse().ok(), ..Hints::default() };
    let text = "Ecuador acusó a Perú de violar el alto el fuego firmado en 1995.";
    let dispatch = read_dispatch("x", text.as_bytes().to_vec(), &hints).unwrap();
    let claims = Extractor::new(&PartyBook::default(), Zone::UTC).unwrap().extract(&dispatch).claims;
    let breach = claims.iter().find(|claim| claim.accused.is_some()).unwrap();
    assert_eq!(breach.occurred, None);
}

#[test]
fn who_is_named_after_the_word_and_then_by_his_office_speaks() {
    assert_told(&[
        (
            "fr",
            "L'armée tchadienne a attaqué Tiné, a dit Abdou Sanoussi, porte-parole de l'armée soudanaise.",
            "Sudan alleges attack Chad",
        ),
        ("fr", "L'armée tchadienne a attaqué Tiné, a dit Abdou Sanoussi.", "- observes attack Chad"),
    ]);
}

#[test]
fn what_the_main_clause_tells_is_no_part_of_a_charge_before_it() {
    let claims = told("fr", "Accusant l'Inde d'avoir violé la trêve, le Pakistan a lancé une offensive à Poonch.");
    assert_eq!(claims, ["Pakistan alleges violation India", "- observes attack Pakistan"]);
}

#[test]
fn a_list_goes_on_after_initials() {
    let claims =
        told("fr", "Les Forces de soutien rapide (FSR) et l'armée tchadienne ont violé la trêve, dit Le Caire.");
    assert_eq!(claims, ["Egypt alleges violation RSF", "Egypt alleges violation Chad"]);
}

#[test]
fn a_subject_goes_on_after_its_allies() {
    assert_told(&[(
        "fr",
        "L'Égypte dit que les forces éthiopiennes, aux côtés de l'armée érythréenne et d'autres alliés, avaient lancé \
         des attaques à Adwa.",
        "Egypt alleges attack Ethiopia",
    )]);
}

#[test]
fn strikes_that_an_army_confirms_are_its_own() {
    assert_told(&[
        ("fr", "L'armée israélienne a confirmé des frappes sur Tyr.", "Israel acknowledges attack Israel"),
        ("it", "L'esercito israeliano ha confermato raid su Tiro.", "Israel acknowledges air-strike Israel"),
        (
            "es",
            "El Ejército tailandés confirmó ataques aéreos contra posiciones camboyanas.",
            "Thailand acknowledges air-strike Thailand",
        ),
    ]);
}

#[test]
fn who_broke_it_may_follow_in_romance() {
    assert_told(&[
        ("it", "Il cessate il fuoco è fragile. Lo ha rotto Israele, dice Beirut.", "Lebanon alleges violation Israel"),
        ("it", "La tregua è finita. A spezzarla, ieri, è stata l'India.", "- observes violation India"),
    ]);
}

#[test]
fn a_clause_after_after_has_a_doer_of_its_own() {
    let both = |text: &str| told("en", text);
    assert_eq!(
        both("Turkey said its forces had retaliated after Syrian troops shelled an observation post in Idlib."),
        ["Turkey acknowledges attack Turkey", "Turkey alleges shelling Syria"]
    );
    assert_eq!(
        both("Israel struck Gaza after Hamas fired rockets at Ashkelon, the Israeli military said."),
        ["Israel acknowledges attack Israel", "Israel alleges shelling Hamas"]
    );
}

#[test]
fn accusations_in_the_passive_are_laid_to_their_subject() {
    let claim = "Ethiopia alleges shelling Eritrea";
    assert_told(&[
        ("en", "Eritrea was accused by Ethiopia of shelling Badme.", claim),
        ("fr", "L'Érythrée a été accusée par l'Éthiopie d'avoir bombardé Badmé.", claim),
        ("es", "Eritrea fue acusada por Etiopía de bombardear Badme.", claim),
        ("it", "L'Eritrea è stata accusata dall'Etiopia di aver bombardato Badme.", claim),
        ("de", "Eritrea wurde von Äthiopien beschuldigt, Badme bombardiert zu haben.", claim),
    ]);
}

#[test]
fn whoever_is_unknown_does_not_speak_for_the_doer() {
    let claim = "- observes attack PKK";
    assert_told(&[
        ("en", "PKK fighters attacked a Turkish convoy near Hakkari, Mehmet Yilmaz said.", claim),
        ("en", "PKK fighters attacked a Turkish convoy near Hakkari, the Anatolia Barometer said.", claim),
        (
            "fr",
            "Des combattants du PKK ont attaqué un convoi turc près de Hakkari, a indiqué le bureau provincial.",
            claim,
        ),
        ("it", "Combattenti del PKK hanno attaccato un convoglio turco, ha riferito l'ufficio provinciale.", claim),
        ("de", "Kämpfer der PKK griffen einen türkischen Konvoi an, teilte das Gouverneursamt mit.", claim),
        ("ru", "Боевики РПК напали на турецкий конвой близ Хаккяри, сообщило провинциальное бюро.", claim),
        (
            "uk",
            "Внаслідок удару російських військ по Запоріжжю загинули двоє людей, повідомив очільник області.",
            "- observes attack Russia",
        ),
    ]);
}

#[test]
fn a_source_may_stand_between_the_doer_and_its_verb() {
    let claim = "Ukraine alleges shelling Russia";
    assert_told(&[
        ("de", "Russische Truppen haben nach ukrainischen Angaben ein Krankenhaus in Charkiw beschossen.", claim),
        ("de", "Russische Truppen haben nach Angaben der Ukraine ein Krankenhaus in Charkiw beschossen.", claim),
    ]);
}

#[test]
fn slavic_genitives_and_subjects_left_out() {
    assert_told(&[
        ("ru", "Эфиопия сообщила о нападении эритрейских войск на Бадме.", "Ethiopia alleges attack Eritrea"),
        ("ru", "Пять человек погибли при авиаударе сирийских ВВС по Алеппо.", "- observes air-strike Syria"),
        ("ru", "Израильская армия заявила, что нанесла удары по сектору Газа.", "Israel acknowledges attack Israel"),
        ("uk", "Ізраїльська армія заявила, що завдала ударів по сектору Гази.", "Israel acknowledges attack Israel"),
    ]);
}

#[test]
fn a_party_hits_without_a_weapon_named() {
    let claim = "Lebanon alleges attack Israel";
    assert_told(&[
        ("en", "Israel struck Beirut overnight, Lebanon's health ministry said.", claim),
        ("fr", "Israël a frappé Beyrouth dans la nuit, a indiqué le ministère libanais de la Santé.", claim),
        ("it", "Israele ha colpito Beirut nella notte, ha detto il ministero della Sanità libanese.", claim),
    ]);
    assert_eq!(told("en", "Israel struck a deal with Lebanon, officials said."), Vec::<String>::new());
    assert_eq!(told("en", "A flood destroyed houses in Lebanon, officials said."), Vec::<String>::new());
}

#[test]
fn who_is_responsible_did_it() {
    let claim = "Ethiopia alleges shelling Eritrea";
    assert_told(&[
        ("en", "Ethiopia said Eritrea was responsible for the shelling of Badme.", claim),
        ("en", "Ethiopia said Eritrea was to blame for the shelling of Badme.", claim),
        ("es", "Etiopía afirmó que Eritrea fue responsable del bombardeo de Badme.", claim),
        ("fr", "L'Éthiopie a affirmé que l'Érythrée était responsable du bombardement de Badmé.", claim),
        ("it", "L'Etiopia ha detto che l'Eritrea è responsabile del bombardamento di Badme.", claim),
        ("de", "Äthiopien erklärte, Eritrea sei für den Beschuss von Badme verantwortlich.", claim),
    ]);
}

#[test]
fn a_country_lends_its_name_to_another_party() {
    assert_told(&[("en", "Lebanon's Hezbollah said Israel had shelled Metula.", "Hezbollah alleges shelling Israel")]);
}
