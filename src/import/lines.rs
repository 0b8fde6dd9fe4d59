//! JSON lines: an object a line, told by its keys.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::rejects::REASON;
use crate::error::{Error, Result};
use crate::model::text::{cut, shown};

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

/// What a line tells, `what` it should be and the hint of its shape standing in the error. A line of a list of refused rows
/// carries a reason, which is none of its fields.
pub(super) fn parsed<T: DeserializeOwned>(line: &str, what: &str, shape: &str) -> Result<T> {
    let bad = |error: serde_json::Error| {
        let error_text = error.to_string();
        Error::data(format!("no {what}: {}", shown(&cut(&error_text, 200)))).hint(shape).caused_by(error)
    };
    match serde_json::from_str(line) {
        Ok(told) => Ok(told),
        Err(error) => {
            let Ok(Value::Object(mut object)) = serde_json::from_str(line) else { return Err(bad(error)) };
            if object.remove(REASON).is_none() {
                return Err(bad(error));
            }
            serde_json::from_value(Value::Object(object)).map_err(bad)
        }
    }
}
