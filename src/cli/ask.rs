//! A claim asked for field by field on a terminal, with completion of known parties and places.

use std::rc::Rc;

use inquire::validator::Validation;
use inquire::{Confirm, CustomUserError, InquireError, Select, Text};

use super::args::{parsed, parsed_name};
use super::claim_args::{ClaimArgs, parsed_claimant, parsed_text};
use super::context::Context;
use super::names::{bearer, built_in};
use super::numbers::parsed_claim;
use super::writing::Writing;
use crate::error::{Error, Result};
use crate::extract::catalogue;
use crate::model::text::{key, shown};
use crate::model::{ActBase, Attribution, Edtf, NARRATION, PartyBook, Range, Resolution, Stance, Unit};

/// Suggestions shown at a time.
const SUGGESTIONS: usize = 7;

/// Asks for a claim. Stopped with Escape or Control-C it is an error, and nothing is written.
pub fn ask(context: &mut Context, writing: &Writing) -> Result<ClaimArgs> {
    let known = Known::of(context, writing)?;
    context.flush()?;
    let mut fields = ClaimArgs::default();
    ask_who(&mut fields, &known)?;
    let act = required("Which act?", "Tab completes; a detail of your own may follow: shelling/mortar")
        .completed(ActBase::WORDS.iter().map(|&word| word.to_owned()).collect())
        .ask(parsed::<crate::model::Act>)?;
    let truce_fact = act.as_ref().is_some_and(|act| act.base.is_truce_fact());
    fields.act = act;
    if truce_fact {
        ask_truce(&mut fields, &known)?;
    } else {
        ask_deed(&mut fields, &known)?;
    }
    fields.place = optional("Where?", "as written, the smallest unit named; several by ;")
        .completed(known.places.clone())
        .ask(|text| list(text, parsed_name))?
        .unwrap_or_default();
    fields.occurred = optional("When did it happen?", DATES).ask(parsed::<Edtf>)?;
    if !truce_fact {
        ask_how_many(&mut fields, &known)?;
    }
    ask_source(&mut fields)?;
    let record = Confirm::new("Record this claim?").with_default(true).prompt().map_err(stopped)?;
    if record { Ok(fields) } else { Err(nothing_written()) }
}

const DATES: &str = "2020-10-10, 2020-10-10T12:05, 2020-10-09/2020-10-10, 2020-10~; blank: unknown";

fn ask_who(fields: &mut ClaimArgs, known: &Known) -> Result<()> {
    fields.claimant = known.party(required("Who says so?", "a party; - where the text itself says it"))?;
    if fields.claimant.as_deref() != Some(NARRATION) {
        fields.speaker =
            optional("Who spoke for it?", "as written, such as Defence Ministry; blank: unknown").ask(parsed_text)?;
        fields.said_at = optional("When was it said?", DATES).ask(parsed::<Edtf>)?;
    }
    fields.stance = Some(one_of("What does it do with the act?", Stance::ALL.to_vec())?);
    Ok(())
}

fn ask_truce(fields: &mut ClaimArgs, known: &Known) -> Result<()> {
    fields.parties = known.parties("Which parties does the truce bind?")?;
    fields.mediators = known.parties("Who mediated it?")?;
    Ok(())
}

fn ask_deed(fields: &mut ClaimArgs, known: &Known) -> Result<()> {
    fields.accused = known.party(optional("Who is said to have done it?", "a party; blank: not said"))?;
    if fields.accused.is_some() {
        fields.attribution = Some(one_of("How is that known?", Attribution::ALL.to_vec())?);
    }
    fields.target = known.party(optional("Who was on the receiving end?", "a party; blank: not said"))?;
    fields.answers = optional("Which claims does it answer?", "such as C12; several by ;; blank: none")
        .ask(|text| list(text, parsed_claim))?
        .unwrap_or_default();
    Ok(())
}

fn ask_how_many(fields: &mut ClaimArgs, known: &Known) -> Result<()> {
    const NUMBERS: &str = "5, 3-5, 20+, >20, <10, ~40 or 0; blank: not said";
    fields.count = optional("How many?", NUMBERS).ask(parsed::<Range>)?;
    if fields.count.is_some() {
        fields.count_unit = Some(one_of("Of what?", Unit::ALL.to_vec())?);
    }
    fields.killed = optional("How many killed?", NUMBERS).ask(parsed::<Range>)?;
    fields.wounded = optional("How many wounded?", NUMBERS).ask(parsed::<Range>)?;
    if fields.killed.or(fields.wounded).is_some() {
        fields.loss_side = known.party(optional("Whose losses?", "a party; blank: not said"))?;
    }
    let civilian = one_of("Are people or objects hit said to be civilian?", vec!["not said", "yes", "no"])?;
    fields.civilian = (civilian != "not said").then_some(civilian == "yes");
    Ok(())
}

fn ask_source(fields: &mut ClaimArgs) -> Result<()> {
    fields.quote = optional("The words themselves?", "verbatim; blank: none").ask(parsed_text)?;
    fields.source = optional("Which outlet or series?", "blank: none").ask(parsed_name)?;
    fields.url = optional("Where can it be read?", "an address; blank: none").ask(parsed_text)?;
    fields.published = optional("When was it published?", DATES).ask(parsed::<Edtf>)?;
    fields.note = optional("A remark?", "blank: none").ask(parsed_text)?;
    Ok(())
}

/// What is known already, for completion.
struct Known {
    book: Rc<PartyBook>,
    names: Vec<String>,
    places: Vec<String>,
}

impl Known {
    fn of(context: &Context, writing: &Writing) -> Result<Self> {
        let (mut book, mut places) = (PartyBook::default(), Vec::new());
        if context.ledger.path.exists() {
            let ledger = context.open_to_read()?;
            let snapshot = ledger.snapshot()?;
            book = PartyBook::new(snapshot.parties()?.into_iter().map(|party| party.value));
            places = snapshot.places()?.into_iter().map(|place| place.value.name).collect();
        } else {
            context.first_office(writing)?;
        }
        let mut names: Vec<_> = book.parties().iter().map(|party| party.name.clone()).collect();
        let built_in = catalogue::parties().iter().map(|party| party.name.to_owned());
        names.extend(built_in.filter(|name| book.resolve(name) == Resolution::Nobody));
        Ok(Self { book: Rc::new(book), names, places })
    }

    fn party(&self, question: Question) -> Result<Option<String>> {
        let book = Rc::clone(&self.book);
        question.completed(self.names.clone()).ask(move |text| known_party(&book, text))
    }

    fn parties(&self, question: &'static str) -> Result<Vec<String>> {
        let book = Rc::clone(&self.book);
        let question = optional(question, "several by ;; blank: not said").completed(self.names.clone());
        let parties = question.ask(move |text| list(text, |name| known_party(&book, name)))?;
        Ok(parties.unwrap_or_default())
    }
}

fn known_party(book: &PartyBook, text: &str) -> Result<String> {
    let name = parsed_claimant(text)?;
    if name != NARRATION && !(book.resolve(&name) == Resolution::Nobody && built_in(&name).is_some()) {
        bearer(book, &name)?;
    }
    Ok(name)
}

/// Parts of a text by `;`, each parsed.
fn list<T>(text: &str, parse: impl Fn(&str) -> Result<T>) -> Result<Vec<T>> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty()).map(parse).collect()
}

/// A question that is answered by words.
struct Question {
    words: &'static str,
    help: &'static str,
    required: bool,
    completions: Rc<[String]>,
}

fn required(words: &'static str, help: &'static str) -> Question {
    Question { words, help, required: true, completions: Rc::from([]) }
}

fn optional(words: &'static str, help: &'static str) -> Question {
    Question { words, help, required: false, completions: Rc::from([]) }
}

impl Question {
    fn completed(self, completions: Vec<String>) -> Self {
        Self { completions: completions.into(), ..self }
    }

    /// Asks until `parse` takes the answer. `None`: left blank.
    fn ask<T>(self, parse: impl Fn(&str) -> Result<T> + Clone + 'static) -> Result<Option<T>> {
        let (required, taken, completions) = (self.required, parse.clone(), self.completions);
        let answer = Text::new(self.words)
            .with_help_message(self.help)
            .with_autocomplete(move |text: &str| Ok::<_, CustomUserError>(suggestions(text, &completions)))
            .with_validator(move |text: &str| Ok(judge(text, required, &taken)))
            .prompt()
            .map_err(stopped)?;
        let answer = answer.trim();
        if answer.is_empty() { Ok(None) } else { parse(answer).map(Some) }
    }
}

fn judge<T>(text: &str, required: bool, parse: &impl Fn(&str) -> Result<T>) -> Validation {
    let text = text.trim();
    if text.is_empty() {
        return if required { Validation::Invalid("it cannot be left blank".into()) } else { Validation::Valid };
    }
    match parse(text) {
        Ok(_) => Validation::Valid,
        Err(error) => {
            let hint = error.remedy().map(|hint| format!("; {hint}")).unwrap_or_default();
            Validation::Invalid(shown(&format!("{error}{hint}")).to_string().into())
        }
    }
}

/// Known names that hold what was typed after the last `;`, those that begin with it first.
fn suggestions(text: &str, known: &[String]) -> Vec<String> {
    let (before, typed) = match text.rfind(';') {
        Some(at) => text.split_at(at + 1),
        None => ("", text),
    };
    let typed = key(typed.trim());
    if typed.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<_> = known.iter().filter(|name| key(name).contains(&typed)).collect();
    found.sort_by_key(|name| !key(name).starts_with(&typed));
    let space = if before.is_empty() { "" } else { " " };
    found.into_iter().take(SUGGESTIONS).map(|name| format!("{before}{space}{}", shown(name))).collect()
}

fn one_of<T: std::fmt::Display>(question: &str, choices: Vec<T>) -> Result<T> {
    Select::new(question, choices).prompt().map_err(stopped)
}

fn nothing_written() -> Error {
    Error::usage("stopped: nothing was written")
}

fn stopped(error: InquireError) -> Error {
    match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => nothing_written(),
        other => Error::usage(format!("cannot ask on this terminal: {other}"))
            .hint("give the fields as options: see `trucebook add --help`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_with_the_typed_comes_first() {
        let known = ["Nagorno-Karabakh", "Armenia", "Azerbaijan", "a\u{1b}[2J"].map(String::from);
        assert_eq!(suggestions("ar", &known), ["Armenia", "Nagorno-Karabakh"]);
        assert_eq!(suggestions("Armenia; az", &known), ["Armenia; Azerbaijan"]);
        assert_eq!(suggestions("[2", &known), ["a\\u{1b}[2J"]);
        assert!(suggestions("", &known).is_empty());
    }

    #[test]
    fn an_answer_is_judged_before_it_is_taken() {
        assert!(matches!(judge("", false, &parsed::<Edtf>), Validation::Valid));
        assert!(matches!(judge("", true, &parsed::<Edtf>), Validation::Invalid(_)));
        assert!(matches!(judge("2020-13-01", false, &parsed::<Edtf>), Validation::Invalid(_)));
    }
}
