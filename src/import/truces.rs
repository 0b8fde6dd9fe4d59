//! Confirmed truces as JSON lines, as an export writes them.

use super::item::Item;
use super::lines;
use crate::error::{Error, Result, quoted};
use crate::model::Truce;
use crate::model::party::sound_name;

/// The hint that goes with every bad line.
const SHAPE: &str = r#"a line is {"title": TITLE, "parties": [{"party": NAME, "role": ROLE}, …], "agreed"?, "effective"?, "ended"?, …}"#;

/// The truce of a line.
pub(super) fn item(line: &str) -> Result<Item> {
    let truce: Truce = lines::parsed(line, "truce", SHAPE)?;
    for name in truce.parties.iter().map(|party| &party.party).chain([&truce.title]) {
        sound_name(name).map_err(|bad| Error::data(format!("{}: {bad}", quoted(name))).hint(bad.remedy()))?;
    }
    Ok(Item::Truce(truce))
}
