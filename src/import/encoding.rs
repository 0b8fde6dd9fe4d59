//! Bytes to text: which encoding a file is in, and refusing what is no text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::{Error, Result};

/// Text as read, with the WHATWG label of the encoding it was read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The working text: no byte order mark, lines ended by line feeds alone.
    pub text: String,
    /// The encoding's label: "UTF-8", "windows-1251".
    pub encoding: String,
}

/// Decodes a file. A byte order mark wins, then UTF-16 by its zero bytes, then sound UTF-8, then the single-byte
/// encoding whose letters fit best.
///
/// # Errors
/// An empty file, one that is no text (with the kind of file it is, where its first bytes tell), and one whose bytes
/// fit no encoding.
pub fn decode(bytes: &[u8]) -> Result<Decoded> {
    if bytes.trim_ascii().is_empty() {
        return Err(Error::data("the file is empty").hint("leave it out, or fetch the text again"));
    }
    if let Some(kind) = known_binary(bytes) {
        return Err(
            Error::data(format!("this is {kind}, not text")).hint("save its text as a .txt file and import that")
        );
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, bytes.get(mark..).unwrap_or_default());
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return decode_as(encoding, bytes);
    }
    if let Some(at) = bytes.iter().position(|&b| is_binary(b)) {
        return Err(not_text(at));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => finish(text, UTF_8),
        Err(error) if mostly_utf_8(bytes) => Err(Error::data(format!(
            "the text is UTF-8 up to byte {}, where it is damaged",
            error.valid_up_to().saturating_add(1)
        ))
        .hint("fetch the file again, or mend it there and save it as UTF-8")),
        Err(_) => decode_as(single_byte(bytes), bytes),
    }
}

fn not_text(at: usize) -> Error {
    Error::data(format!("this is a binary file, not text: byte {} is a control code", at.saturating_add(1)))
        .hint("save its text as a .txt file and import that")
}

/// File kinds that desks hand in by mistake, by their first bytes.
fn known_binary(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF file"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"\xd0\xcf\x11\xe0", "an old office document"),
        (b"\x89PNG", "a PNG image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"SQLite format 3\0", "a SQLite database"),
        (b"\x7fELF", "a program"),
        (b"{\\rtf", "an RTF document"),
        (b"\xff\xfe\0\0", "a UTF-32 file"),
        (b"\0\0\xfe\xff", "a UTF-32 file"),
    ];
    KINDS.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| *kind)
}

/// Control codes that no text holds; tab, line feed, form feed, carriage return and escape may stand in one.
const fn is_binary(byte: u8) -> bool {
    matches!(byte, 0..=8 | 0x0b | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f)
}

/// UTF-16 shows in the half of the bytes that says the script: almost all of them are one of a few values (Latin 00,
/// Cyrillic 04, Arabic 06, punctuation 20), and zero bytes are among them.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    const LOOK: usize = 4096;
    const SHARE: usize = 95;
    memchr::memchr(0, bytes.get(..2 * LOOK).unwrap_or(bytes))?;
    let pairs: Vec<[u8; 2]> = bytes.chunks_exact(2).take(LOOK).filter_map(|pair| pair.try_into().ok()).collect();
    if !bytes.len().is_multiple_of(2) || pairs.len() < 2 {
        return None;
    }
    let high = |half: fn(&[u8; 2]) -> u8| {
        let scripts = pairs.iter().filter(|pair| matches!(half(pair), 0 | 4 | 6 | 0x20)).count();
        let zeros = pairs.iter().filter(|pair| half(pair) == 0).count();
        scripts * 100 >= pairs.len() * SHARE && zeros > 0
    };
    match (high(|[first, _]| *first), high(|[_, second]| *second)) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// Whether a text that is not sound UTF-8 was surely meant to be: at least ten sound sequences of several bytes for
/// each fault.
fn mostly_utf_8(bytes: &[u8]) -> bool {
    let (sound, faults) = sequences(bytes);
    sound >= faults.saturating_mul(10)
}

/// The encoding of a table, by its first bytes. `None`: UTF-8, or as a byte order mark says. Single rows of a table may be
/// damaged, so that only where faults far outweigh sound sequences of several bytes is it in a single-byte encoding.
pub(super) fn table_encoding(head: &[u8]) -> Option<&'static Encoding> {
    const FAULTS: usize = 3;
    if Encoding::for_bom(head).is_some() {
        return None;
    }
    if let Some(encoding) = utf_16_without_mark(head.get(..head.len() & !1).unwrap_or(head)) {
        return Some(encoding);
    }
    let (sound, faults) = sequences(head);
    (faults >= sound.saturating_add(1).saturating_mul(FAULTS)).then(|| single_byte(head))
}

/// How many sound sequences of several bytes the bytes hold as UTF-8, and how many faults.
fn sequences(bytes: &[u8]) -> (usize, usize) {
    bytes.utf8_chunks().fold((0, 0), |(sound, faults), chunk| {
        let several = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        (sound + several, faults + usize::from(!chunk.invalid().is_empty()))
    })
}

fn single_byte(bytes: &[u8]) -> &'static Encoding {
    /// So much is enough to tell: the guess costs many times what reading does.
    const LOOK: usize = 1 << 20;
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(..LOOK).unwrap_or(bytes), bytes.len() <= LOOK);
    detector.guess(None, Utf8Detection::Deny)
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Result<Decoded> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or_else(|| {
        Error::data(format!("the text is neither UTF-8 nor sound {}", encoding.name())).hint("save it as UTF-8")
    })?;
    finish(&text, encoding)
}

fn finish(text: &str, encoding: &'static Encoding) -> Result<Decoded> {
    if let Some(at) = text
        .find(|c: char| u8::try_from(c).is_ok_and(is_binary) || matches!(c, '\u{80}'..='\u{84}' | '\u{86}'..='\u{9f}'))
    {
        return Err(not_text(at));
    }
    if text.trim().is_empty() {
        return Err(Error::data("the file holds no text").hint("leave it out, or fetch the text again"));
    }
    Ok(Decoded { text: line_feeds(text), encoding: encoding.name().to_owned() })
}

/// Decodes a file that must be running text.
///
/// # Errors
/// What [`decode`] refuses, and text for machines.
pub(super) fn decode_plain(bytes: &[u8]) -> Result<Decoded> {
    let decoded = decode(bytes)?;
    match markup(&decoded.text) {
        Some(kind) => Err(Error::data(format!("this is {kind}, not a plain text"))
            .hint("`trucebook import` tells the form by what a file holds; leave --as out")),
        None => Ok(decoded),
    }
}

/// Text for machines, whose tags and keys would be read as words of the dispatch.
fn markup(text: &str) -> Option<&'static str> {
    let start = text.trim_start();
    let begins = |with: &str| start.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    if begins("<!doctype") || begins("<html") || begins("<?xml") || begins("<rss") || begins("<feed") {
        Some("a web page or feed")
    } else if begins("{\"") || begins("[{") {
        Some("JSON")
    } else {
        None
    }
}

/// The text with CRLF and lone CR as LF.
fn line_feeds(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{KOI8_U, WINDOWS_1251, WINDOWS_1252, WINDOWS_1256};
    use proptest::prelude::*;

    use super::*;

    const RUSSIAN: &str = "Вооружённые силы Армении нарушили перемирие, заявили в Министерстве обороны Азербайджана. \
        По данным ведомства, огонь вёлся из миномётов по сёлам Тертерского района.";
    const FRENCH: &str = "L'Arménie a accusé l'Azerbaïdjan d'avoir bombardé des villages à l'est, après la trêve. \
        « Pas un tir n'est parti de chez nous », a répondu le ministère de la Défense à Bakou.";
    const ARABIC: &str = "اتهم الجيش اللبناني إسرائيل بخرق اتفاق وقف إطلاق النار مرارا يومي الأربعاء والخميس بالطلعات \
        الجوية وبقصف أراض لبنانية";

    fn utf_16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    #[test]
    fn every_encoding_of_the_field_is_told() {
        for (text, encoding) in
            [(RUSSIAN, WINDOWS_1251), (RUSSIAN, KOI8_U), (FRENCH, WINDOWS_1252), (ARABIC, WINDOWS_1256)]
        {
            let (bytes, _, lossy) = encoding.encode(text);
            assert!(!lossy, "{}", encoding.name());
            let decoded = decode(&bytes).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.encoding.as_str()), (text, encoding.name()));
        }
        assert_eq!(decode(RUSSIAN.as_bytes()).unwrap().encoding, "UTF-8");
    }

    #[test]
    fn utf_16_is_told_with_and_without_a_mark() {
        for text in [RUSSIAN, FRENCH, ARABIC] {
            for little in [true, false] {
                let bytes = utf_16(text, little);
                assert_eq!(decode(&bytes).unwrap().text, text);
                let marked = [utf_16("\u{feff}", little), bytes].concat();
                assert_eq!(decode(&marked).unwrap().text, text);
            }
        }
    }

    #[test]
    fn a_mark_is_no_text_and_lines_end_in_line_feeds() {
        let decoded = decode("\u{feff}one\r\ntwo\rthree".as_bytes()).unwrap();
        assert_eq!(decoded.text, "one\ntwo\nthree");
    }

    #[test]
    fn what_is_no_text_is_refused_with_what_it_is() {
        for (bytes, message) in [
            (&b""[..], "the file is empty"),
            (b" \n\t", "the file is empty"),
            ("\u{feff} \n".as_bytes(), "the file holds no text"),
            (b" <!DOCTYPE html><p>text", "this is a web page or feed, not a plain text"),
            (b"{\"text\": \"text\"}", "this is JSON, not a plain text"),
            (b"%PDF-1.7 text", "this is a PDF file, not text"),
            (b"text\x00\x01text", "this is a binary file, not text: byte 5 is a control code"),
            ("Сообщение о нарушении\u{1}".as_bytes(), "this is a binary file, not text: byte 41 is a control code"),
        ] {
            assert_eq!(decode_plain(bytes).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn damaged_utf_8_is_told_with_the_place() {
        let mut bytes = RUSSIAN.as_bytes().to_vec();
        bytes.pop();
        bytes.push(0xd0);
        let error = decode(&bytes).unwrap_err().to_string();
        assert_eq!(error, format!("the text is UTF-8 up to byte {}, where it is damaged", bytes.len()));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = decode(&bytes);
        }

        #[test]
        fn utf_8_reads_as_it_is(text in "\\PC{1,80}") {
            if let Ok(decoded) = decode(text.as_bytes()) {
                let same = decoded.text == text.trim_start_matches('\u{feff}');
                prop_assert!(decoded.encoding != "UTF-8" || same);
            }
        }
    }
}
