//! A folder of the user's own lexicon files, `LANGUAGE/*.toml`, read on top of the built-in ones.

use std::fs;
use std::path::{Path, PathBuf};

use super::files::entries;
use crate::error::{Error, Result, quoted};
use crate::extract::{Lang, OwnWords};

/// Reads the files of a folder. Errors name the file, and the line and entry where it has them.
pub fn own_words(folder: &Path) -> Result<OwnWords> {
    let mut words = OwnWords::default();
    for path in entries(folder)? {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with('.') || !path.is_dir() {
            continue;
        }
        let lang: Lang = name.parse().map_err(|_| {
            Error::data(format!("{} is no language this program reads", quoted(&name)))
                .in_file(folder)
                .hint(format!("name each folder of a lexicon by its language: {}", Lang::WORDS.join(", ")))
        })?;
        let files = entries(&path)?.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "toml"));
        words.add(lang, &files.map(read).collect::<Result<Vec<_>>>()?)?;
    }
    if words.is_empty() {
        return Err(Error::not_found("there is no lexicon here")
            .in_file(folder)
            .hint("put your words into files such as en/words.toml; the built-in ones show the form"));
    }
    Ok(words)
}

/// A file's path and text.
fn read(path: PathBuf) -> Result<(PathBuf, String)> {
    match fs::read_to_string(&path) {
        Ok(text) => Ok((path, text)),
        Err(error) => Err(Error::io("read", &path, error)),
    }
}
