//! Which language a text is in: told by whoever brought it, else detected.

use whatlang::{Detector, Lang as Guess};

use super::lexicon::Lexicon;
use super::tokens::{Kind, Token, tokenise};
use crate::model::vocabulary::vocabulary;

vocabulary! {
    /// A language this program reads, by its ISO 639-1 code.
    Lang, "language" {
        /// English.
        En = "en",
        /// French.
        Fr = "fr",
        /// Russian.
        Ru = "ru",
        /// Spanish.
        Es = "es",
        /// German.
        De = "de",
        /// Italian.
        It = "it",
        /// Ukrainian.
        Uk = "uk",
        /// Arabic.
        Ar = "ar",
        /// Turkish.
        Tr = "tr",
    }
}

/// So much of a text is looked at: more does not change the answer.
const SAMPLE: usize = 600;

/// A text of at most so many bytes may be too short for the detector.
const SHORT: usize = 200;

/// The detector's names for the languages above.
const READ: &[Guess] =
    &[Guess::Eng, Guess::Fra, Guess::Rus, Guess::Spa, Guess::Deu, Guess::Ita, Guess::Ukr, Guess::Ara, Guess::Tur];

/// Their near kin, told apart so that no text in one of them is read with its neighbour's words.
const KIN: &[Guess] = &[
    Guess::Aze,
    Guess::Bel,
    Guess::Bul,
    Guess::Cat,
    Guess::Nld,
    Guess::Pes,
    Guess::Pol,
    Guess::Por,
    Guess::Ron,
    Guess::Srp,
    Guess::Urd,
];

impl Lang {
    const fn of(guess: Guess) -> Option<Self> {
        Some(match guess {
            Guess::Eng => Self::En,
            Guess::Fra => Self::Fr,
            Guess::Rus => Self::Ru,
            Guess::Spa => Self::Es,
            Guess::Deu => Self::De,
            Guess::Ita => Self::It,
            Guess::Ukr => Self::Uk,
            Guess::Ara => Self::Ar,
            Guess::Tur => Self::Tr,
            _ => return None,
        })
    }

    /// The language of a text; `None` where it is too short or too mixed to tell, or no language of this list.
    pub fn detect(text: &str) -> Option<Self> {
        let end = text.char_indices().map(|(at, _)| at).take_while(|&at| at <= SAMPLE).last()?;
        let sample = text.get(..end).filter(|sample| !sample.is_empty()).unwrap_or(text);
        let kin = Detector::with_allowlist([READ, KIN].concat()).detect(sample)?;
        let is_kin = kin.is_reliable() && Self::of(kin.lang()).is_none();
        // Where the wider look finds a language that is read, the narrower one finds the same.
        let read = match Self::of(kin.lang()) {
            Some(_) => kin,
            None => Detector::with_allowlist(READ.to_vec()).detect(sample)?,
        };
        let told = read.is_reliable() || sample.len() > SHORT;
        let guess = Self::of(read.lang()).filter(|_| told && !is_kin);
        guess.or_else(|| if is_kin || sample.len() > SHORT { None } else { Self::by_words(sample) })
    }

    /// The language of a text too short for its letters to tell: the one whose lexicon knows most of its words, two at
    /// least and more than any other.
    fn by_words(text: &str) -> Option<Self> {
        let tokens = tokenise(text, 0);
        let mut counts: Vec<(usize, Self)> = Self::ALL
            .iter()
            .filter_map(|&lang| {
                let lexicon = Lexicon::of(lang).ok()?;
                let known = |token: &&Token| token.kind == Kind::Word && lexicon.knows(&token.norm);
                Some((tokens.iter().filter(known).count(), lang))
            })
            .collect();
        counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        match counts.as_slice() {
            [(most, lang), (next, _), ..] if *most >= 2 && most > next => Some(*lang),
            _ => None,
        }
    }

    /// The language of a dispatch: as told where this program reads it, else detected.
    pub fn of_text(told: Option<&str>, text: &str) -> Option<Self> {
        match told.and_then(|code| code.split(['-', '_']).next()).map(str::to_ascii_lowercase) {
            Some(code) => code.parse().ok(),
            None => Self::detect(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wires_are_told_apart() {
        for (lang, text) in [
            (Lang::En, "Armenia's defence ministry said its forces had respected the truce since noon on Saturday."),
            (Lang::Fr, "Le ministère de la Défense a dénoncé des bombardements sur les positions du nord-est."),
            (Lang::Ru, "В Степанакерте заявили, что соблюдают режим тишины, сообщили в пресс-службе."),
            (Lang::Uk, "За минулу добу збройні формування порушили режим припинення вогню сім разів."),
            (Lang::De, "Die Beobachter der OSZE zählten in der Nacht zum Montag mehr als hundert Verstöße."),
        ] {
            assert_eq!(Lang::of_text(None, text), Some(lang), "{text}");
        }
        assert_eq!(Lang::of_text(Some("fr-FR"), "x"), Some(Lang::Fr));
        assert_eq!(Lang::of_text(Some("ja"), "the truce"), None);
        assert_eq!(Lang::detect(""), None);
        assert_eq!(Lang::detect("Azerbaijan accused Armenia on Sunday of shelling Terter."), Some(Lang::En));
        assert_eq!(Lang::detect("Armenia shelled Ganja on Saturday."), Some(Lang::En));
        assert_eq!(Lang::detect("Xyzzy plugh."), None);
    }

    #[test]
    fn a_language_it_does_not_read_is_not_taken_for_its_neighbour() {
        for text in [
            "Ermənistan silahlı qüvvələrinin bölmələri oktyabrın 11-də Tərtər rayonunun ərazisini artilleriyadan atəşə \
             tutub. Bu barədə Müdafiə Nazirliyinin mətbuat xidmətindən bildirilib.",
            "O exército acusou os rebeldes de violarem o cessar-fogo no sábado, quando abriram fogo contra uma patrulha \
             perto da fronteira. Os rebeldes negaram a acusação.",
            "Het leger beschuldigde de rebellen ervan het staakt-het-vuren zaterdag te hebben geschonden door het vuur te \
             openen op een patrouille bij de grens.",
            "Армията обвини бунтовниците, че в събота са нарушили примирието, като са открили огън по патрул близо до \
             границата. Бунтовниците отрекоха обвинението.",
            "پاکستانی فوج نے ہفتے کے روز کہا کہ بھارتی فوج نے لائن آف کنٹرول پر جنگ بندی کی خلاف ورزی کی ہے۔",
        ] {
            assert_eq!(Lang::detect(text), None, "{text}");
        }
    }
}
