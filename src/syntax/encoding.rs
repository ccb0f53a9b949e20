//! Bytes to text, for the reader of files: what is not UTF-8 is replaced and named with its offset.

use crate::diag::{Diagnostic, Sink, early};
use crate::source::{FileId, Place, Span};

/// How many faults of one file are reported one by one.
const SHOWN: usize = 20;

/// The text of some bytes, and where they were not UTF-8: the offset in the bytes and how many.
///
/// Each faulty stretch becomes one U+FFFD. Text in UTF-16 with a byte-order mark is read as such, and its mark is the fault.
#[must_use]
pub fn decode(bytes: &[u8]) -> (String, Vec<(usize, usize)>) {
    let units = |pair: fn([u8; 2]) -> u16| -> String {
        let units: Vec<u16> = bytes[2..]
            .chunks_exact(2)
            .map(|two| pair([two[0], two[1]]))
            .collect();
        String::from_utf16_lossy(&units)
    };
    if bytes.starts_with(&[0xff, 0xfe]) {
        return (units(u16::from_le_bytes), vec![(0, 2)]);
    }
    if bytes.starts_with(&[0xfe, 0xff]) {
        return (units(u16::from_be_bytes), vec![(0, 2)]);
    }
    let mut text = String::with_capacity(bytes.len());
    let mut faults = Vec::new();
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
            faults.push((at, chunk.invalid().len()));
            at += chunk.invalid().len();
        }
    }
    (text, faults)
}

/// The findings for the faults of [`decode`], placed on the replacement characters in its text.
#[must_use]
pub fn findings(file: FileId, text: &str, faults: &[(usize, usize)]) -> Vec<Diagnostic> {
    let mut sink = Sink::new();
    // Replaced stretches differ in length from their replacement.
    let mut shift = 0isize;
    let width = char::REPLACEMENT_CHARACTER.len_utf8();
    for (index, &(offset, length)) in faults.iter().enumerate().take(SHOWN) {
        let start = offset.saturating_add_signed(shift).min(text.len());
        let end = (start + width).min(text.len());
        let (start, end) = match text.get(start..end) {
            Some(replaced) if replaced.starts_with(char::REPLACEMENT_CHARACTER) => (start, end),
            _ => (0, 0),
        };
        shift += width as isize - length as isize;
        let mut message = match length {
            1 => format!("the byte at offset {offset} is not UTF-8 text"),
            _ => format!("the {length} bytes at offset {offset} are not UTF-8 text"),
        };
        let more = faults.len() - SHOWN.min(faults.len());
        if index + 1 == SHOWN && more > 0 {
            message.push_str(&format!(" (and {more} more places like it)"));
        }
        sink.report(
            &early::SYNTAX_BAD_ENCODING,
            Place::new(file, Span::new(start as u32, end as u32)),
        )
        .message(message)
        .label("cannot be read")
        .help("save the file as UTF-8");
    }
    sink.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_named_with_their_offset_in_the_bytes() {
        let (text, faults) = decode(b"ab\xffcd\xf0\x9f\x98e\xc3");
        assert_eq!(text, "ab\u{fffd}cd\u{fffd}e\u{fffd}");
        assert_eq!(faults, [(2, 1), (5, 3), (9, 1)]);
        let found = findings(FileId(0), &text, &faults);
        assert_eq!(
            found[1].message,
            "the 3 bytes at offset 5 are not UTF-8 text"
        );
        let span = found[2].place.span;
        assert_eq!(&text[span.start as usize..span.end as usize], "\u{fffd}");
    }

    #[test]
    fn utf_16_is_read_and_reported() {
        let (text, faults) = decode(&[0xff, 0xfe, b'u', 0, b's', 0, b'e', 0]);
        assert_eq!((text.as_str(), faults.len()), ("use", 1));
        assert_eq!(findings(FileId(0), &text, &faults).len(), 1);
    }
}
