//! The stems of a lexicon as beginnings of words: all that a word begins with are found by one search.

use super::Map;

/// Stems in the order of their bytes, each with the longest other one that it begins with.
#[derive(Debug, Default)]
pub(super) struct Beginnings {
    stems: Vec<(String, u32)>,
    shorter: Vec<Option<usize>>,
}

impl Beginnings {
    /// Of stems with their numbers.
    pub(super) fn of(stems: &Map<String, u32>) -> Self {
        let mut sorted: Vec<(String, u32)> = stems.iter().map(|(stem, id)| (stem.clone(), *id)).collect();
        sorted.sort_unstable();
        let mut all = Self { stems: Vec::with_capacity(sorted.len()), shorter: Vec::with_capacity(sorted.len()) };
        for (stem, id) in sorted {
            let shorter = all.longest(all.stems.len().checked_sub(1), &stem);
            all.shorter.push(shorter);
            all.stems.push((stem, id));
        }
        all
    }

    /// The longest stem that a word begins with, given the last stem that does not stand after it: all that stand between
    /// a beginning of a word and the word begin so too.
    fn longest(&self, mut from: Option<usize>, word: &str) -> Option<usize> {
        while let Some(at) = from {
            if self.stems.get(at).is_some_and(|(stem, _)| word.starts_with(stem.as_str())) {
                return Some(at);
            }
            from = self.shorter.get(at).copied().flatten();
        }
        None
    }

    /// Adds the numbers of the stems that a word begins with, the longest first.
    pub(super) fn find(&self, word: &str, ids: &mut Vec<u32>) {
        let after = self.stems.partition_point(|(stem, _)| stem.as_str() <= word);
        let mut next = self.longest(after.checked_sub(1), word);
        while let Some((at, (_, id))) = next.and_then(|at| Some((at, self.stems.get(at)?))) {
            ids.push(*id);
            next = self.shorter.get(at).copied().flatten();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stem_that_a_word_begins_with_is_found() {
        let stems = ["ab", "abc", "abcd", "abd", "b", "abcde", "ac"];
        let beginnings = Beginnings::of(&stems.iter().zip(0..).map(|(stem, id)| ((*stem).to_owned(), id)).collect());
        let found = |word: &str| {
            let mut ids = Vec::new();
            beginnings.find(word, &mut ids);
            ids.into_iter().filter_map(|id| stems.get(id as usize).copied()).collect::<Vec<_>>()
        };
        assert_eq!(found("abcdx"), ["abcd", "abc", "ab"]);
        assert_eq!(found("abz"), ["ab"]);
        assert_eq!(found("abdz"), ["abd", "ab"]);
        assert_eq!(found("ad"), Vec::<&str>::new());
        assert_eq!(found("zz"), Vec::<&str>::new());
    }
}
