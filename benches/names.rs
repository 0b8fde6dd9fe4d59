//! Building the names of a language with a thousand registered parties, and finding them in text.
//!
//! `cargo bench --bench names`

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use divan::Bencher;
use divan::counter::BytesCount;
use trucebook::extract::Lang;
use trucebook::extract::names::Names;
use trucebook::model::{Party, PartyBook, PartyKind};

fn main() {
    divan::main();
}

const LANGS: [&str; 3] = ["en", "fr", "ru"];

/// A paragraph of each language, as dense with names as wires are.
fn paragraph(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => {
            "Selon le ministère azerbaïdjanais de la Défense, plusieurs villages des districts de Tartar et d’Aghdam ont \
             été pilonnés, et deux tentatives d’assaut ont été repoussées. Erevan a aussitôt démenti. «L’armée arménienne \
             n’a pas tiré un seul coup de feu depuis midi», a assuré une porte-parole. La trêve avait été négociée à Moscou.\n"
        }
        Lang::Ru => {
            "За минувшие сутки азербайджанская сторона нарушила перемирие на линии соприкосновения около 45 раз, сообщили в \
             пресс-службе Минобороны Нагорного Карабаха. В Баку обвинения отвергли. По позициям карабахских военных \
             произведено порядка 500 выстрелов из стрелкового оружия разного калибра, добавили в ведомстве.\n"
        }
        _ => {
            "Armenia's defence ministry said Azerbaijani forces launched an assault in the direction of the village five \
             minutes after the guns were meant to fall silent. Baku rejected the statement as disinformation and said its \
             troops were strictly observing the agreement brokered by Russia after more than ten hours of talks.\n"
        }
    }
}

/// A thousand parties of five aliases that bend.
fn thousand_parties(lang: Lang) -> PartyBook {
    let aliases = |n: usize| {
        let place = ["Барана", "Корово", "Тулия", "Минец", "Савость"].get(n % 5).copied().unwrap_or_default();
        let kinds = ["Армия", "Народный фронт", "войска", "движение", "Alias"];
        kinds.into_iter().map(|kind| format!("{kind} {place}{n}")).collect()
    };
    PartyBook::new((0..1000).map(|n| {
        let mut party = Party::new(format!("Party {n}"), PartyKind::NonState);
        party.aliases.insert(lang.as_str().to_owned(), aliases(n));
        party
    }))
}

#[divan::bench(args = LANGS)]
fn build_with_a_thousand_parties(bencher: Bencher<'_, '_>, lang: &str) {
    let lang: Lang = lang.parse().unwrap();
    let book = thousand_parties(lang);
    bencher.bench_local(|| Names::new(&book, lang));
}

#[divan::bench(args = LANGS)]
fn find_in_a_megabyte(bencher: Bencher<'_, '_>, lang: &str) {
    let lang: Lang = lang.parse().unwrap();
    let names = Names::new(&thousand_parties(lang), lang);
    let text = paragraph(lang).repeat(1_000_000 / paragraph(lang).len());
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| names.find(&text));
}
