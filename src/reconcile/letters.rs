//! The sounds of a name's letters: Cyrillic and Arabic romanised, digraphs folded; and which words stand for an area.

/// Beginnings of words for areas larger than a town, lower case and without marks, in the languages that are read.
#[rustfmt::skip]
const AREAS: &[&str] = &[
    "district", "region", "province", "governorate", "county", "oblast", "raion", "rayon", "rajon", "canton", "sector",
    "department", "departement", "distrito", "distretto", "provincia", "departamento", "dipartimento", "municipio",
    "bezirk", "landkreis", "provinz", "gouvernement", "gouvernorat", "район", "област", "провинци", "мухафаз", "губерни",
    "провінці", "ilce", "bolge", "vilayet", "محافظ", "منطق", "قضا", "اقليم",
];

/// Whether a word stands for an area.
pub(super) fn tells_area(word: &[char]) -> bool {
    AREAS.iter().any(|area| {
        let mut letters = word.iter();
        area.chars().all(|c| letters.next() == Some(&c))
    })
}

/// A word's letters as sounds.
pub(super) fn sounds(letters: &[char]) -> Vec<char> {
    let mut latin = Vec::with_capacity(letters.len() * 2);
    for &c in letters {
        romanise(c, &mut latin);
    }
    reduced(&latin)
}

/// Whether a sound is a vowel.
pub(super) const fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Digraphs of transliterations with the one letter they are folded into, longest first.
#[rustfmt::skip]
const FOLDS: &[(&str, char)] = &[
    ("dsch", 'j'), ("tsch", 'x'), ("shch", 's'), ("dzh", 'j'), ("tch", 'x'), ("sch", 's'), ("dj", 'j'), ("zh", 'j'),
    ("kh", 'h'), ("gh", 'g'), ("ph", 'f'), ("th", 't'), ("sh", 's'), ("ch", 'x'), ("ts", 'c'), ("tz", 'c'), ("ck", 'k'),
    ("ou", 'u'), ("oo", 'u'), ("ee", 'i'),
];

/// Letters as sounds: digraphs folded, glides after consonants and doubled letters dropped.
fn reduced(letters: &[char]) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(letters.len());
    let mut rest = letters;
    while let Some((&c, tail)) = rest.split_first() {
        let fold = FOLDS.iter().find(|(from, _)| {
            let mut from = from.chars();
            rest.iter().zip(&mut from).all(|(a, b)| *a == b) && from.next().is_none()
        });
        let sound = if let Some((from, to)) = fold {
            rest = rest.get(from.len()..).unwrap_or_default();
            *to
        } else {
            rest = tail;
            match c {
                'w' => 'v',
                'q' => 'k',
                'c' if !matches!(tail.first(), Some('e' | 'i' | 'y')) => 'k',
                'c' => 's',
                'y' => 'i',
                c => c,
            }
        };
        let glide = sound == 'i'
            && out.last().is_some_and(|c| !is_vowel(*c))
            && matches!(rest.first(), Some('a' | 'e' | 'o' | 'u'));
        if !glide && out.last() != Some(&sound) {
            out.push(sound);
        }
    }
    out
}

/// Writes a letter in Latin: ISO 9 and ISO 233 in spirit, folded to what news writing makes of them.
fn romanise(c: char, out: &mut Vec<char>) {
    match LATIN.iter().find(|(letters, _)| letters.contains(c)) {
        Some((_, latin)) => out.extend(latin.chars()),
        None => out.push(c),
    }
}

/// Letters with what they are written as; those not in it stay as they are.
#[rustfmt::skip]
const LATIN: &[(&str, &str)] = &[
    ("аاأإآعةىءə", "a"), ("бب", "b"), ("в", "v"), ("гґ", "g"), ("дدضđ", "d"), ("еэєё", "e"), ("ж", "zh"), ("зذزظ", "z"),
    ("ийіїыيئı", "i"), ("кقك", "k"), ("лلł", "l"), ("мم", "m"), ("нن", "n"), ("оø", "o"), ("п", "p"), ("рر", "r"),
    ("сسص", "s"), ("тتط", "t"), ("уўوؤ", "u"), ("фف", "f"), ("хخ", "kh"), ("ц", "ts"), ("ч", "ch"), ("шش", "sh"),
    ("щ", "shch"), ("ю", "yu"), ("я", "ya"), ("ث", "th"), ("ج", "j"), ("حه", "h"), ("غ", "gh"), ("ß", "ss"), ("æ", "ae"),
    ("œ", "oe"),
];
