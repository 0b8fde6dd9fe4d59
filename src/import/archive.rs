//! Files packed into others: gzip holds one, ZIP several. What unpacks to more than its bound is refused.

use std::io::{self, Cursor, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;
use zip::result::ZipError;

use super::source::Source;
use crate::error::{Error, Result, quoted};

/// A gzip file may unpack to so many bytes.
const UNPACKED_MAX: u64 = 4 << 30;
/// A member of a ZIP file may unpack to so many, for it is held in memory.
const MEMBER_MAX: u64 = 256 << 20;
/// A ZIP file may have so many members.
const MEMBERS_MAX: usize = 100_000;

/// How a file is packed, by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packed {
    Gzip,
    Zip,
}

impl Packed {
    fn of(head: &[u8]) -> Option<Self> {
        let office = || ["xl/", "word/", "ppt/", "mimetype"].iter().any(|part| find(head, part.as_bytes()));
        match head {
            [0x1f, 0x8b, ..] => Some(Self::Gzip),
            [b'P', b'K', 3, 4, ..] if !office() => Some(Self::Zip),
            _ => None,
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Gives what is packed in a file, or the file itself where it is not packed.
pub(super) fn each(source: Source, take: &mut dyn FnMut(Source) -> Result<()>) -> Result<()> {
    match Packed::of(source.head()) {
        None => take(source),
        Some(Packed::Gzip) => {
            let named = source.named().with_extension("");
            let unpacked = Bounded { inner: MultiGzDecoder::new(source.read()), left: UNPACKED_MAX };
            let opened = Source::of(&named, Box::new(unpacked), false);
            take(
                opened
                    .map_err(|error| Error::data("the gzip file is damaged").hint("fetch it again").caused_by(error))?,
            )
        }
        Some(Packed::Zip) => members(source, take),
    }
}

fn members(source: Source, take: &mut dyn FnMut(Source) -> Result<()>) -> Result<()> {
    let named = source.named().to_owned();
    let damaged = |error: ZipError| Error::data("the ZIP file is damaged").hint("fetch it again").caused_by(error);
    let mut archive = ZipArchive::new(source.seekable()?).map_err(damaged)?;
    if archive.len() > MEMBERS_MAX {
        return Err(
            Error::data(format!("it has more than {MEMBERS_MAX} members")).hint("unpack it, and import the folder")
        );
    }
    for at in 0..archive.len() {
        let member = archive.by_index(at).map_err(damaged)?;
        let name = member.name().map_err(damaged)?.into_owned();
        let passed_over = Path::new(&name).file_name().is_none_or(|file| file.to_string_lossy().starts_with('.'));
        if member.is_dir() || passed_over || name.starts_with("__MACOSX/") {
            continue;
        }
        let mut held = Vec::new();
        Bounded { inner: member, left: MEMBER_MAX }.read_to_end(&mut held).map_err(|error| {
            Error::data(format!("its member {} cannot be unpacked: {error}", quoted(&name)))
                .hint("unpack it, and import the folder")
                .caused_by(error)
        })?;
        take(Source::of(&named.join(name), Box::new(Cursor::new(held)), false)?)?;
    }
    Ok(())
}

/// A reader that fails once it has given more than it may.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| io::Error::other("it unpacks to too much"))?;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_told_by_its_first_bytes() {
        assert_eq!(Packed::of(b"\x1f\x8b\x08"), Some(Packed::Gzip));
        assert_eq!(Packed::of(b"PK\x03\x04....a.txt"), Some(Packed::Zip));
        assert_eq!(Packed::of(b"PK\x03\x04....xl/workbook.xml"), None);
        assert_eq!(Packed::of(b"PK"), None);
    }

    #[test]
    fn a_bomb_is_refused() {
        let mut bounded = Bounded { inner: io::repeat(0), left: 1 << 20 };
        let error = bounded.read_to_end(&mut Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "it unpacks to too much");
    }
}
