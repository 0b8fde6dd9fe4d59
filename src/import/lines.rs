//! JSON lines: an object a line, told by its keys.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use crate::error::{Error, Result};

/// Longest line in bytes: a long text with its bytes escaped, or about a hundred thousand names.
const LINE_MAX: u64 = 1 << 22;

/// A line that holds something.
pub(super) struct JsonLine<'a> {
    /// Its number, from 1.
    pub(super) number: u64,
    /// Its text, or why it has none.
    pub(super) text: Result<&'a str>,
    /// Its bytes as they came.
    pub(super) bytes: &'a [u8],
}

/// Gives each line that is not blank. An over-long one ends the reading.
pub(super) fn each(source: impl Read, named: &Path, take: &mut dyn FnMut(JsonLine<'_>) -> Result<()>) -> Result<()> {
    let mut source = BufReader::with_capacity(1 << 17, source);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let length = source.by_ref().take(LINE_MAX + 1).read_until(b'\n', &mut line);
        match length.map_err(|error| Error::io("read", named, error))? as u64 {
            0 => break,
            length if length > LINE_MAX => {
                return Err(Error::data("the line is longer than 4 MiB")
                    .at_line(number)
                    .hint("each object has its line"));
            }
            _ => {}
        }
        let bytes = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line).trim_ascii();
        if bytes.is_empty() {
            continue;
        }
        let text = std::str::from_utf8(bytes)
            .map_err(|error| Error::data("the line is not UTF-8").caused_by(error).hint("save the file as UTF-8"));
        take(JsonLine { number, text, bytes })?;
    }
    Ok(())
}
