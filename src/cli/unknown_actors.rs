//! Actors that no party bears: kept as said, and told with the command that would register them.

use std::collections::HashMap;

use super::Context;
use super::names::shell_word;
use crate::error::Result;
use crate::model::text::key;

/// How many are told.
const TOLD: usize = 20;

/// Unknown actors, counted by the key of their names.
#[derive(Debug, Default)]
pub struct UnknownActors {
    /// By key: the first spelling, and how often any spelling came.
    by_key: HashMap<String, (String, u64)>,
}

impl UnknownActors {
    /// Counts further ones.
    pub fn add(&mut self, names: impl IntoIterator<Item = String>) {
        for name in names {
            self.by_key.entry(key(&name)).or_insert((name, 0)).1 += 1;
        }
    }

    /// How many different ones there are.
    pub fn len(&self) -> usize {
        self.by_key.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }

    /// The most frequent first, equals by name.
    fn ranked(&self) -> Vec<(&str, u64)> {
        let mut ranked: Vec<_> = self.by_key.values().map(|(name, count)| (name.as_str(), *count)).collect();
        ranked.sort_by(|(a, often), (b, more)| more.cmp(often).then(a.cmp(b)));
        ranked
    }

    /// Tells them on standard error.
    pub fn say(&self, context: &mut Context) -> Result<()> {
        let ranked = self.ranked();
        if ranked.is_empty() {
            return Ok(());
        }
        context.say("actors that no party bears, kept as said; how often, and what registers them:")?;
        for (name, count) in ranked.iter().take(TOLD) {
            let name = shell_word(name);
            context.say(format_args!("{count:>6}  trucebook party add {name} --kind KIND"))?;
        }
        match ranked.len().saturating_sub(TOLD) {
            0 => Ok(()),
            more => context.say(format_args!("        and {more} more")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_actor_count_together() {
        let mut unknown = UnknownActors::default();
        unknown.add(["the militia", "Ополчение", "The  Militia"].map(str::to_owned));
        assert_eq!(unknown.ranked(), [("the militia", 2), ("Ополчение", 1)]);
    }
}
