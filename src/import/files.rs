//! Files and folders as named on the command line → the texts to read, in a steady order.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Largest dispatch in bytes. What is larger is an archive of many, which would all get one date.
pub const DISPATCH_MAX: u64 = 16 << 20;

/// A file of this name registers the parties that the dispatches beside it speak of.
pub const PARTIES_FILE: &str = "parties.jsonl";

/// Endings of texts: what `extract` reads in folders.
pub const TEXTS: &[&str] =
    &["txt", "html", "htm", "xml", "rss", "atom", "eml", "mbox", "json", "jsonl", "ndjson", "gz", "zip"];
/// Endings of files of any form: what `import` reads in folders. A file that is named itself is read whatever its
/// ending.
pub const FORMS: &[&str] = &[
    "txt", "html", "htm", "xml", "rss", "atom", "eml", "mbox", "json", "jsonl", "ndjson", "csv", "tsv", "xlsx", "gz",
    "zip",
];

/// What the named files and folders hold.
#[derive(Debug, Default)]
pub struct Found {
    /// Texts: files that were named themselves, and files of folders that are read, by name.
    pub texts: Vec<PathBuf>,
    /// Every [`PARTIES_FILE`].
    pub parties: Vec<PathBuf>,
    /// Files of folders that are neither.
    pub others: usize,
    /// What could not be looked into.
    pub refused: Vec<Error>,
}

/// Looks into files and folders, folders within folders too. Links to folders are not followed, and names that begin
/// with a dot are passed over.
pub fn find(named: &[PathBuf], endings: &[&str]) -> Found {
    let mut found = Found::default();
    for path in named.iter().flat_map(|path| expanded(path)) {
        let path = &path;
        if path.is_dir() {
            found.folder(path, endings);
        } else if path.file_name().is_some_and(|name| name == PARTIES_FILE) {
            found.parties.push(path.clone());
        } else {
            found.texts.push(path.clone());
        }
    }
    found
}

/// The files that a pattern such as `*.txt` stands for, by name, where no shell has put them in its place; else the
/// path itself.
fn expanded(path: &Path) -> Vec<PathBuf> {
    let pattern = path.to_str().filter(|text| text.contains(['*', '?', '[']) && !path.exists());
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    let files = pattern.and_then(|pattern| glob::glob_with(pattern, options).ok()).into_iter().flatten().flatten();
    let files: Vec<PathBuf> = files.collect();
    if files.is_empty() { vec![path.to_owned()] } else { files }
}

impl Found {
    fn folder(&mut self, folder: &Path, endings: &[&str]) {
        match entries(folder) {
            Ok(entries) => entries.into_iter().for_each(|path| self.entry(path, endings)),
            Err(error) => self.refused.push(error),
        }
    }

    fn entry(&mut self, path: PathBuf, endings: &[&str]) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        let is_text = ending.is_some_and(|ending| endings.contains(&ending.as_str()));
        if name.starts_with('.') {
        } else if path.is_dir() {
            if !path.is_symlink() {
                self.folder(&path, endings);
            }
        } else if name == PARTIES_FILE {
            self.parties.push(path);
        } else if is_text {
            self.texts.push(path);
        } else {
            self.others += 1;
        }
    }
}

/// What lies in a folder, by name.
pub(super) fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let failed = |error| Error::io("look into", folder, error);
    let entries = fs::read_dir(folder).map_err(failed)?;
    let mut paths =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(failed)?;
    paths.sort();
    Ok(paths)
}

pub(super) fn limited(source: impl Read, path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(DISPATCH_MAX + 1).read_to_end(&mut bytes).map_err(|error| Error::io("read", path, error))?;
    if bytes.len() as u64 > DISPATCH_MAX {
        let message = format!("the file is larger than {} MiB", DISPATCH_MAX >> 20);
        return Err(Error::data(message)
            .in_file(path)
            .hint("one file is one dispatch: split it, each text in its own file"));
    }
    Ok(bytes)
}

/// What `extract` calls a dispatch: the file's name without its ending.
pub(super) fn stem(path: &Path) -> String {
    if path.as_os_str() == "-" {
        return "stdin".to_owned();
    }
    path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_walked_by_name_and_only_texts_are_taken() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("b")).unwrap();
        for name in ["c.txt", "a.TXT", "b/d.txt", "parties.jsonl", "readme.md", ".hidden.txt"] {
            fs::write(at(name), "x").unwrap();
        }
        fs::write(at("e.csv"), "x").unwrap();
        let found = find(&[folder.path().to_owned(), at("readme.md")], TEXTS);
        assert_eq!(found.texts, [at("a.TXT"), at("b/d.txt"), at("c.txt"), at("readme.md")]);
        assert_eq!((found.parties, found.others, found.refused.len()), (vec![at("parties.jsonl")], 2, 0));
        assert_eq!(find(&[at("*.txt")], FORMS).texts, [at("c.txt")]);
        assert_eq!(find(&[at("*.nothing")], FORMS).texts, [at("*.nothing")]);
        assert!(find(&[folder.path().to_owned()], FORMS).texts.contains(&at("e.csv")));
    }

    #[test]
    fn an_archive_is_refused() {
        let long = std::io::repeat(b'x');
        let error = limited(long, Path::new("all.txt")).unwrap_err();
        assert_eq!(error.to_string(), "all.txt: the file is larger than 16 MiB");
    }
}
