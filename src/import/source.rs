//! A file being read: its first bytes are looked at before it is read as what they tell.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result, quoted};

/// How many bytes are looked at to tell what a file is.
const HEAD: u64 = 1 << 16;
/// Largest workbook that is read from a stream, in bytes: it must be held whole.
const HELD_MAX: u64 = 256 << 20;

/// Bytes that any thread may read.
pub type Stream = Box<dyn Read + Send>;

/// An opened file or standard input.
pub struct Source {
    named: PathBuf,
    head: Vec<u8>,
    rest: Stream,
    /// Whether it can be opened again to jump about in it.
    is_file: bool,
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source").field("named", &self.named).finish_non_exhaustive()
    }
}

/// What can be read and jumped about in.
pub(super) trait Seekable: Read + Seek {}
impl<T: Read + Seek> Seekable for T {}

impl Source {
    /// Opens a file by name; `-` is standard input. `watch` may wrap it, to see how far reading has come.
    pub fn open(named: &Path, watch: impl FnOnce(Stream) -> Stream) -> Result<Self> {
        let failed = |error| Error::io("read", named, error);
        let (read, is_file): (Stream, _) = if named.as_os_str() == "-" {
            (Box::new(std::io::stdin()), false)
        } else {
            let file = File::open(named).map_err(failed)?;
            let about = file.metadata().map_err(failed)?;
            if about.is_dir() {
                return Err(failed(std::io::ErrorKind::IsADirectory.into()));
            }
            (Box::new(file), about.is_file())
        };
        Self::of(named, watch(read), is_file)
    }

    /// A source over any bytes, such as those of an archive's member.
    pub fn of(named: &Path, mut rest: Stream, is_file: bool) -> Result<Self> {
        let mut head = Vec::new();
        rest.by_ref().take(HEAD).read_to_end(&mut head).map_err(|error| Error::io("read", named, error))?;
        Ok(Self { named: named.to_owned(), head, rest, is_file })
    }

    /// The file as the user named it.
    pub fn named(&self) -> &Path {
        &self.named
    }

    /// Its first bytes.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// All its bytes, from the first on.
    pub fn read(self) -> impl Read {
        Cursor::new(self.head).chain(self.rest)
    }

    /// All its bytes, to jump about in: a file is opened again, a stream is held in memory.
    pub(super) fn seekable(self) -> Result<Box<dyn Seekable>> {
        let named = self.named.clone();
        let failed = |error| Error::io("read", &named, error);
        if self.is_file {
            return Ok(Box::new(BufReader::new(File::open(&named).map_err(failed)?)));
        }
        let mut held = Vec::new();
        self.read().take(HELD_MAX + 1).read_to_end(&mut held).map_err(failed)?;
        if held.len() as u64 > HELD_MAX {
            let message = format!("{} is larger than {} MiB", quoted(&named.display().to_string()), HELD_MAX >> 20);
            return Err(Error::data(message).hint("unpack it into a file, and import that"));
        }
        Ok(Box::new(Cursor::new(held)))
    }
}
