//! Actors that no party bears: kept as said, and counted, so that the most frequent can be registered first.

use std::collections::HashMap;

use crate::model::text::key;

/// Unknown actors, counted by the key of their names.
#[derive(Debug, Clone, Default)]
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
    pub fn count(&self) -> usize {
        self.by_key.len()
    }

    /// The first spelling of each and how often it came: the most frequent first, equals by name.
    pub fn ranked(&self) -> Vec<(&str, u64)> {
        let mut ranked: Vec<_> = self.by_key.values().map(|(name, count)| (name.as_str(), *count)).collect();
        ranked.sort_by(|(a, often), (b, more)| more.cmp(often).then(a.cmp(b)));
        ranked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_actor_count_together() {
        let mut unknown = UnknownActors::default();
        unknown.add(["the militia", "Ополчение", "The  Militia"].map(str::to_owned));
        assert_eq!((unknown.count(), unknown.ranked()), (2, vec![("the militia", 2), ("Ополчение", 1)]));
    }
}
