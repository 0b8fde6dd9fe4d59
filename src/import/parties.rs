//! Parties with their names, from JSONL: `{"party", "kind", "side"?, "aliases"?: {"en": ["…"]}}` a line.

use std::io::Read;
use std::path::Path;

use super::item::Item;
use super::lines;
use crate::error::{Error, Result, quoted};
use crate::model::Party;
use crate::model::party::sound_name;

/// The hint that goes with every bad line.
const SHAPE: &str = r#"a line is {"party": NAME, "kind": KIND, "side"?: SIDE, "aliases"?: {LANG: [NAME, …]}}"#;

/// Reads all parties, or fails at the first bad line. `named` stands in the errors.
pub fn read(source: impl Read, named: &Path) -> Result<Vec<Party>> {
    let mut parties = Vec::new();
    let read = lines::each(source, named, &mut |line| {
        parties.push(line.text.and_then(parse).map_err(|error| error.at_line(line.number))?);
        Ok(())
    });
    read.map_err(|error| error.about(named))?;
    if parties.is_empty() {
        return Err(Error::data("there is no party in it").in_file(named).hint(SHAPE));
    }
    Ok(parties)
}

/// The party of a line, as an item.
pub(super) fn item(line: &str) -> Result<Item> {
    parse(line).map(Item::Party)
}

fn parse(line: &str) -> Result<Party> {
    let party: Party = lines::parsed(line, "party", SHAPE)?;
    for (_, name) in party.names() {
        sound_name(name).map_err(|bad| Error::data(format!("{}: {bad}", quoted(name))))?;
    }
    Ok(party)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Vec<Party>> {
        read(text.as_bytes(), Path::new("parties.jsonl"))
    }

    #[test]
    fn a_line_is_a_party() {
        let parties =
            read_text("\u{feff}{\"party\": \"A\", \"kind\": \"state\", \"aliases\": {\"en\": [\"a\"]}}\n\n").unwrap();
        assert_eq!(parties.len(), 1);
        assert_eq!(parties[0].names().count(), 2);
    }

    #[test]
    fn a_bad_line_is_told_by_its_number() {
        let error = read_text("\n{\"party\": \"A\", \"kind\": \"planet\"}").unwrap_err();
        assert!(error.to_string().starts_with("parties.jsonl:2: no party: `planet` is no party kind"), "{error}");
        let error = read_text("{\"party\": \"A\u{202e}\", \"kind\": \"state\"}").unwrap_err();
        assert_eq!(
            error.to_string(),
            "parties.jsonl:1: `A\\u{202e}`: a name cannot hold control, zero-width or bidi characters"
        );
    }
}
