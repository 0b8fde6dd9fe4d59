//! Which party a name stands for: registered ones first, and the built-in ones that none of them takes in.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::NameForm;
use super::dictionary::{Dictionary, Meaning, Rank, Root, Unit};
use super::fold::{ByNumber, WordHash};
use super::grammar::{Grammar, People, spelt_out};
use super::phrases::{Bending, Builder};
use super::words::{Case, each_word};
use crate::extract::Lang;
use crate::extract::catalogue::{self, Listed, entries};
use crate::model::{self, PartyBook, PartyKind};

/// A party that can be found.
#[derive(Debug)]
pub(super) struct Party {
    pub(super) name: Cow<'static, str>,
    pub(super) kind: PartyKind,
    pub(super) side: Option<String>,
    pub(super) registered: bool,
}

/// All parties, and the dictionary of their names in a language.
pub(super) fn gather(book: &PartyBook, lang: Lang, grammar: &Grammar) -> (Vec<Party>, Dictionary) {
    let registered: usize = book.parties().iter().map(|party| party.names().count()).sum();
    let mut builder = Builder::new(grammar, registered + 4 * catalogue::parties().len());
    add_joints(&mut builder);
    let mut parties: Vec<Party> = book.parties().iter().map(Party::registered).collect();
    let taken_in = taken_in(book);
    let mut bearers = Vec::with_capacity(taken_in.len());
    for (known, by) in catalogue::parties().iter().zip(taken_in) {
        bearers.push(by.unwrap_or(parties.len()));
        if by.is_none() {
            parties.push(Party { name: known.name.into(), kind: known.kind, side: None, registered: false });
        }
    }
    for listed in catalogue::listed(lang) {
        let bearer = bearers.get(listed.party).map_or(u32::MAX, |&at| number(at));
        add_listed(&mut builder, listed, bearer);
    }
    if lang != Lang::En {
        add_english(&mut builder, lang, &bearers);
    }
    for (at, party) in book.parties().iter().enumerate() {
        add_registered(&mut builder, party, number(at), lang);
    }
    let mut dictionary = builder.finish();
    dictionary.registered = number(book.parties().len());
    (parties, dictionary)
}

impl Party {
    fn registered(party: &model::Party) -> Self {
        Self { name: party.name.clone().into(), kind: party.kind, side: party.side.clone(), registered: true }
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn add_joints(builder: &mut Builder<'_>) {
    let grammar = builder.grammar;
    for (form, nouns) in &grammar.heads {
        let Ok(form) = form.parse() else { continue };
        for noun in nouns.iter().flat_map(|noun| spelt_out(noun)) {
            builder.add(Root::Begins, &noun, Bending::Guessed, Meaning::Head(form));
        }
    }
    let plain = [
        (Root::Begins, &grammar.blocks, Meaning::Block),
        (Root::Joins, &grammar.modifiers, Meaning::Modifier),
        (Root::Joins, &grammar.tails, Meaning::Tail),
        (Root::Joins, &grammar.and, Meaning::And),
        (Root::Joins, &grammar.openers, Meaning::Opener),
    ];
    for (root, phrases, meaning) in plain {
        let bends = matches!(meaning, Meaning::Modifier | Meaning::Block);
        let bending = if bends { Bending::Guessed } else { Bending::Stiff };
        for phrase in phrases.iter().flat_map(|phrase| spelt_out(phrase)) {
            builder.add(root, &phrase, bending, meaning);
        }
    }
    let words = grammar.link.iter().flat_map(|link| &link.words);
    for (at, words) in words.enumerate() {
        builder.add(Root::Joins, words, Bending::Stiff, Meaning::Link(at));
    }
}

fn add_listed(builder: &mut Builder<'_>, listed: &Listed, bearer: u32) {
    let columns = [
        (listed.names, NameForm::Name, "name"),
        (listed.adjectives, NameForm::Adjective, "adjective"),
        (listed.people, NameForm::People, "people"),
        (listed.capitals, NameForm::Capital, "name"),
        (listed.bodies, NameForm::Institution, "name"),
    ];
    for (column, form, sort) in columns {
        for entry in entries(column) {
            let unit = Unit { bearer, form: entry.body.unwrap_or(form), rank: Rank::BuiltIn, weak: entry.weak };
            let bending = if entry.forms.contains('|') {
                Bending::Stiff
            } else {
                Bending::Listed(builder.grammar.bends.sort(sort))
            };
            for phrase in entry.forms.split('|') {
                builder.add(Root::Begins, phrase, bending, Meaning::Unit(unit));
            }
            if form == NameForm::Adjective {
                add_people(builder, entry.forms, Unit { form: NameForm::People, ..unit });
            }
        }
    }
}

/// In another language's text English names stand as they are: main names, and what there is of a party that the
/// language's own file has not.
fn add_english(builder: &mut Builder<'_>, lang: Lang, bearers: &[usize]) {
    let own = catalogue::listed(lang);
    for listed in catalogue::listed(Lang::En) {
        let named = own.iter().any(|own| own.party == listed.party);
        for entry in entries(listed.names).take(if named { 1 } else { usize::MAX }) {
            let bearer = bearers.get(listed.party).map_or(u32::MAX, |&at| number(at));
            let unit = Unit { bearer, form: NameForm::Name, rank: Rank::Elsewhere, weak: true };
            builder.add(Root::Begins, entry.forms, Bending::Stiff, Meaning::Unit(unit));
        }
    }
}

/// The people's name that a language makes of the adjective by rule.
fn add_people(builder: &mut Builder<'_>, adjective: &str, unit: Unit) {
    match builder.grammar.people {
        People::Listed => {}
        People::Capital => {
            let mut letters = adjective.chars();
            let capital = letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>());
            let forms = capital.unwrap_or_default();
            builder.add(
                Root::Begins,
                &forms,
                Bending::Listed(builder.grammar.bends.sort("adjective")),
                Meaning::Unit(unit),
            );
        }
        People::Ending => {
            let grammar = builder.grammar;
            let Some(sort) = grammar.bends.sort("people") else { return };
            for form in grammar.bends.forms(sort, adjective) {
                let stem = adjective.get(..adjective.len().saturating_sub(form.cut)).unwrap_or_default();
                builder.add(Root::Begins, &format!("{stem}{}", form.put), Bending::Stiff, Meaning::Unit(unit));
            }
        }
    }
}

fn add_registered(builder: &mut Builder<'_>, party: &model::Party, bearer: u32, lang: Lang) {
    for (of, name) in party.names() {
        let (rank, form, bending) = match of {
            None => (Rank::Main, NameForm::Name, Bending::Guessed),
            Some(of) if of == lang.as_str() || of == "und" => (Rank::Alias, NameForm::Alias, Bending::Guessed),
            Some(_) if is_proper(name) => (Rank::Elsewhere, NameForm::Alias, Bending::Stiff),
            Some(_) => continue,
        };
        let unit = Unit { bearer, form, rank, weak: false };
        let name = without_article(builder.grammar, name);
        builder.add(Root::Begins, name, bending, Meaning::Unit(unit));
        if let Some(adjective) = adjective_of(builder.grammar, name) {
            let unit = Unit { form: NameForm::Adjective, rank: Rank::BuiltIn, weak: true, ..unit };
            builder.add(Root::Begins, adjective, Bending::Stiff, Meaning::Unit(unit));
        }
    }
}

/// The capitalised word before the noun of an alias like "Republican army", where the language sets names first: it
/// says whose soldiers and positions are meant as well.
fn adjective_of<'n>(grammar: &Grammar, name: &'n str) -> Option<&'n str> {
    let (adjective, noun) = name.split_once(' ')?;
    let first = grammar.link.iter().any(|link| link.name_first && link.words.iter().any(String::is_empty));
    let proper = Case::wanted(adjective) == Case::Capital && adjective.chars().count() >= 4;
    let general = || grammar.modifiers.iter().any(|modifier| modifier.eq_ignore_ascii_case(adjective));
    (first && proper && grammar.forces.contains(noun) && !general()).then_some(adjective)
}

/// Whether an alias of another language can be told from that language's common words: an acronym, or words of which
/// the first is a capital one and not short.
fn is_proper(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or_default();
    match Case::wanted(first) {
        Case::Capitals => first.chars().count() >= 3,
        Case::Capital => first.chars().count() >= 5,
        Case::Small => false,
    }
}

fn without_article<'n>(grammar: &Grammar, name: &'n str) -> &'n str {
    let bare = grammar.articles.iter().filter_map(|article| {
        let rest = name.strip_prefix(article.as_str())?;
        let bare = rest.trim_start_matches([' ', '\'', '’']);
        (bare.len() < rest.len() || article.ends_with(['\'', '’'])).then_some(bare)
    });
    bare.filter(|bare| !bare.is_empty()).min_by_key(|bare| bare.len()).unwrap_or(name)
}

/// For each built-in party the registered one that takes it in: the one whose main name is one of its names, else the
/// one with such an alias. A name that several built-in parties bear, or several registered ones claim, decides nothing.
fn taken_in(book: &PartyBook) -> Vec<Option<usize>> {
    let known = &*KNOWN;
    let mut claims: Vec<Vec<(Claim, usize)>> = vec![Vec::new(); catalogue::parties().len()];
    for (at, party) in book.parties().iter().enumerate() {
        for (lang, name) in party.names() {
            let Some((claim, built_in)) = known.claimed(lang, name) else { continue };
            if let Some(claims) = claims.get_mut(built_in).filter(|claims| !claims.contains(&(claim, at))) {
                claims.push((claim, at));
            }
        }
    }
    claims.iter().map(|claims| strongest(claims)).collect()
}

/// By what a registered party takes in a built-in one, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    /// One main name.
    SameName,
    /// Its main name is another name of the built-in one.
    MainName,
    /// An alias is a name of the built-in one.
    Alias,
}

fn strongest(claims: &[(Claim, usize)]) -> Option<usize> {
    let best = claims.iter().map(|(claim, _)| *claim).min()?;
    let mut bearers = claims.iter().filter(|(claim, _)| *claim == best).map(|(_, at)| *at);
    let first = bearers.next()?;
    bearers.all(|other| other == first).then_some(first)
}

/// The names of the built-in parties in all languages.
struct Known {
    main: ByNumber<u64, usize>,
    names: ByNumber<u64, Vec<(Lang, usize)>>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(Known::new);

impl Known {
    fn new() -> Self {
        let parties = catalogue::parties().iter().enumerate();
        let main = parties.map(|(at, known)| (signature(known.name), at)).collect();
        let mut names: ByNumber<u64, Vec<(Lang, usize)>> = ByNumber::default();
        for &lang in Lang::ALL {
            for listed in catalogue::listed(lang) {
                for entry in entries(listed.names) {
                    names.entry(signature(&entry.basic())).or_default().push((lang, listed.party));
                }
            }
        }
        Self { main, names }
    }

    fn claimed(&self, lang: Option<&str>, name: &str) -> Option<(Claim, usize)> {
        let signature = signature(name);
        let same = self.main.get(&signature);
        if let Some(&built_in) = same {
            return Some((if lang.is_none() { Claim::SameName } else { Claim::Alias }, built_in));
        }
        let any = lang.is_none_or(|lang| lang == "und");
        let bearers = self.names.get(&signature).map(Vec::as_slice).unwrap_or_default();
        let mut bearers = bearers.iter().filter(|(of, _)| any || lang == Some(of.as_str())).map(|(_, at)| *at);
        let first = bearers.next()?;
        let claim = if lang.is_none() { Claim::MainName } else { Claim::Alias };
        bearers.all(|other| other == first).then_some((claim, first))
    }
}

/// A number for a name by its words alone; a short small word before it, an article, does not count.
fn signature(name: &str) -> u64 {
    let mut words = Vec::new();
    each_word(name, |lo, hi, hash| words.push((name.get(lo..hi).unwrap_or_default(), hash)));
    let article = words.len() > 1
        && words.first().is_some_and(|(word, _)| Case::of(word) == Case::Small && word.chars().count() <= 3);
    let words = words.iter().skip(usize::from(article));
    words.fold(WordHash::EMPTY, |signature, (_, hash)| signature.with_word(*hash)).number()
}
