//! Cells between separators, line by line. The file may be of any size: a line at a time is held.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use csv::{ByteRecord, ReaderBuilder};
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::Line;
use crate::error::{Error, Kind, Result};
use crate::import::encoding::table_encoding;
use crate::import::source::Source;

/// Longest line, in bytes: sixteen fields of the largest size and a good deal more.
const LINE_MAX: usize = 16 << 20;
/// Stands after the last line. A quote that was never closed takes it in, and thereby shows.
const END: &[u8] = b"\n\0\n";
/// The separators a table may have.
const SEPARATORS: &[u8] = b"\t;,";

/// The separator of a table, by its first bytes: the one that parts its first line into most cells. `None` where none
/// parts it into two.
pub(in crate::import) fn sniff(head: &[u8]) -> Option<u8> {
    let text = decoded(head);
    if let Some((told, _)) = told_separator(&text) {
        return Some(told);
    }
    let cells = |separator: u8| first_record(&text, separator).map_or(0, |record| record.len());
    let (most, best) =
        SEPARATORS.iter().map(|&separator| (cells(separator), separator)).max_by_key(|(cells, _)| *cells)?;
    (most > 1).then_some(best)
}

/// The cells of the first line.
pub(super) fn first_line(head: &[u8], separator: u8) -> Option<ByteRecord> {
    let text = decoded(head);
    first_record(told_separator(&text).map_or(text.as_slice(), |(_, rest)| rest), separator)
}

fn first_record(text: &[u8], separator: u8) -> Option<ByteRecord> {
    // Without a quote, which could take further lines in, the line is split as it stands: to set up a reader takes longer
    // than to read a dispatch.
    let line = text.split(|byte| matches!(byte, b'\n' | b'\r')).find(|line| !line.is_empty())?;
    if !line.contains(&b'"') {
        return Some(line.split(|&byte| byte == separator).collect());
    }
    let mut builder = ReaderBuilder::new();
    let mut reader = builder.delimiter(separator).has_headers(false).flexible(true).from_reader(text);
    let mut record = ByteRecord::new();
    reader.read_byte_record(&mut record).ok().filter(|read| *read).map(|_| record)
}

/// `sep=;` in the first line, as Excel writes it: the separator, and what comes after.
fn told_separator(text: &[u8]) -> Option<(u8, &[u8])> {
    match text.strip_prefix(b"sep=") {
        Some([separator, rest @ ..]) if SEPARATORS.contains(separator) => Some((*separator, rest.trim_ascii_start())),
        _ => None,
    }
}

/// Bytes as UTF-8. What is UTF-8 is passed through unchecked: faults are of single rows.
fn decode<R: Read>(head: &[u8], bytes: R) -> impl Read + use<R> {
    let encoding = table_encoding(head);
    DecodeReaderBytesBuilder::new().encoding(encoding).utf8_passthru(true).strip_bom(true).build(bytes)
}

/// The first bytes of a file as UTF-8.
fn decoded(head: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    // Bytes in memory can be read.
    let _ = decode(head, head).read_to_end(&mut text);
    text
}

/// Reads the lines of a table.
pub(super) fn read(source: Source, separator: u8, each: &mut dyn FnMut(Line<'_>) -> Result<()>) -> Result<()> {
    let named = source.named().to_owned();
    let head = source.head().to_owned();
    let returns = head
        .iter()
        .position(|&byte| byte == b'\n')
        .is_some_and(|at| head.get(..at).is_some_and(|line| line.ends_with(b"\r")));
    let bytes = decode(&head, source.read());
    let since = Rc::new(Cell::new(0));
    let bounded = Bounded { bytes: bytes.chain(END), since: Rc::clone(&since) };
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(1 << 17)
        .from_reader(bounded);
    let mut record = ByteRecord::new();
    let failed = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(error) => unreadable(error, &named),
        other => Error::data(format!("the table cannot be read: {other:?}")),
    };
    let mut first = true;
    while reader.read_byte_record(&mut record).map_err(failed)? {
        since.set(0);
        if record.len() == 1 && record.get(0) == Some(b"\0") {
            break;
        }
        if std::mem::take(&mut first) && record.iter().next().is_some_and(|cell| cell.starts_with(b"sep=")) {
            continue;
        }
        // Where the line ends, less what it spans: where it begins would count blank lines before it to it. Of a carriage
        // return with a line feed the latter is still to come, and a quote that is never closed has no end.
        let ends = u64::from(!returns && !record.as_slice().ends_with(END));
        let feeds = memchr::memchr_iter(b'\n', record.as_slice()).count() as u64;
        let number = reader.position().line().saturating_sub(feeds + ends);
        let fault = unclosed(&mut record);
        each(Line { number, cells: &record, fault })?;
    }
    Ok(())
}

/// Whether the last cell took in the end of the file; if so, it is taken out of it again.
fn unclosed(record: &mut ByteRecord) -> Option<Error> {
    let last = record.get(record.len().checked_sub(1)?)?.strip_suffix(END)?.to_owned();
    record.truncate(record.len() - 1);
    record.push_field(&last);
    Some(
        Error::data("a quote is opened in this row and never closed, so that it takes in the rest of the file")
            .hint("close the quote, or double it where it is meant as such, and import the file again"),
    )
}

fn unreadable(error: io::Error, named: &std::path::Path) -> Error {
    if error.kind() == io::ErrorKind::FileTooLarge {
        return Error::new(Kind::Data, "a row is longer than 16 MiB")
            .hint("a quote that is never closed makes such rows: close it, and import the file again");
    }
    Error::io("read", named, error)
}

/// Stops where a line grows beyond all measure.
struct Bounded<R> {
    bytes: R,
    /// Bytes read since the last line was complete.
    since: Rc<Cell<usize>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(into)?;
        let since = self.since.get().saturating_add(read);
        self.since.set(since);
        if since > LINE_MAX { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(read) }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn lines(bytes: &'static [u8]) -> Vec<(u64, Vec<String>, bool)> {
        let source = Source::of(Path::new("a.csv"), Box::new(bytes), false).unwrap();
        let separator = sniff(source.head()).unwrap();
        let mut lines = Vec::new();
        let mut each = |line: Line<'_>| {
            let cells = line.cells.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
            lines.push((line.number, cells, line.fault.is_some()));
            Ok(())
        };
        read(source, separator, &mut each).unwrap();
        lines
    }

    fn cells(of: &[&str]) -> Vec<String> {
        of.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn a_table_may_be_parted_by_commas_semicolons_or_tabs() {
        for text in [&b"a,b\n1,\"2;3\"\n"[..], b"a;b\n1;2;3\n", b"\xef\xbb\xbfa\tb\n1\t2;3\n", b"sep=;\na;b\n1;\"2;3\""]
        {
            let read = lines(text);
            assert_eq!(read.first().unwrap().1, cells(&["a", "b"]));
            assert_eq!(read.last().unwrap().1.concat(), if text[1] == b';' { "123" } else { "12;3" });
        }
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        for text in [&b"a,b\n\n1,\"x\ny\"\n2,z"[..], b"a,b\r\n\r\n1,\"x\r\ny\"\r\n2,z\r\n"] {
            assert_eq!(lines(text).iter().map(|(number, ..)| *number).collect::<Vec<_>>(), [1, 3, 5]);
        }
    }

    #[test]
    fn a_quote_that_is_never_closed_is_told_and_what_stood_before_it_is_kept() {
        let read = lines(b"a,b\n1,2\n3,\"open\n4,5\n");
        assert_eq!(read[1], (2, cells(&["1", "2"]), false));
        assert_eq!(read[2], (3, cells(&["3", "open\n4,5\n"]), true));
    }

    #[test]
    fn a_table_in_another_encoding_is_read() {
        let utf_16: &[u8] = b"\xff\xfea\0;\0b\0\n\x001\0;\0\x11\x04\n\0";
        let bytes: &'static [u8] = utf_16;
        assert_eq!(lines(bytes).last().unwrap().1, cells(&["1", "Б"]));
    }
}
