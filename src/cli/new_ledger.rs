//! A ledger being made: it appears under its name only when it is whole, and never in the place of another file.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::context::FileName;
use crate::error::{Error, Result, quoted};
use crate::ledger::{Ledger, Office, Stamp};

/// A ledger under a passing name beside the one it shall have. Dropped before it appeared, it is gone.
#[derive(Debug)]
pub struct NewLedger {
    passing: PathBuf,
    target: FileName,
}

impl NewLedger {
    /// Makes an empty ledger.
    pub fn create(target: &FileName, office: &Office, stamp: &Stamp) -> Result<(Self, Ledger)> {
        let mut passing = target.path.clone().into_os_string();
        passing.push(format!(".{}.part", std::process::id()));
        let new = Self { passing: passing.into(), target: target.clone() };
        let folder = target.path.parent().unwrap_or_else(|| Path::new("/"));
        fs::read_dir(folder).map_err(|error| new.failed(error))?;
        match Ledger::create_unsafe(&new.passing, office, stamp) {
            Ok(ledger) => Ok((new, ledger)),
            Err(error) => Err(new.named(error)),
        }
    }

    /// An error about it, in which it bears the name it shall have.
    pub fn named(&self, error: Error) -> Error {
        error.renaming(&self.passing, &self.target.path)
    }

    /// Gives it its name, once it is closed and safe.
    pub fn appear(self, ledger: Ledger) -> Result<()> {
        ledger.make_safe().map_err(|error| self.named(error))?;
        match fs::hard_link(&self.passing, &self.target.path) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(self.taken()),
            // A file system without hard links: the moment between looking and moving is the price.
            Err(_) if !self.target.path.exists() => {
                fs::rename(&self.passing, &self.target.path).map_err(|error| self.failed(error))
            }
            Err(_) => Err(self.taken()),
        }
    }

    fn taken(&self) -> Error {
        let path = quoted(&self.target.named.display().to_string());
        Error::conflict(format!("another program made {path} in the meantime"))
            .hint("run the command again; what it would have written was not")
    }

    fn failed(&self, error: std::io::Error) -> Error {
        Error::io("make the ledger", &self.target.named, error)
    }
}

impl Drop for NewLedger {
    fn drop(&mut self) {
        for ending in ["", "-wal", "-shm", "-journal"] {
            remove(&self.passing, ending);
        }
    }
}

fn remove(path: &Path, ending: &str) {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    // What failed was told already; a stray part is all that could remain.
    let _ = fs::remove_file(PathBuf::from(name));
}
