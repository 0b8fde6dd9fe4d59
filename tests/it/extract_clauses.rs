//! Who says what of whom, in sentences whose order of words hides it: read with built-in parties alone.

use trucebook::extract::Extractor;
use trucebook::import::{Hints, read_dispatch};
use trucebook::model::{PartyBook, Zone};

/// The claims of a text, each as `CLAIMANT stance act [ACCUSED]`.
fn told(lang: &str, text: &str) -> Vec<String> {
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
