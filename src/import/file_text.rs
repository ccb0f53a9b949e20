//! The files of a download as text.
//!
//! Goes in: the bytes of a file. Comes out: its text, or which byte is wrong in it and where. Only UTF-8 is read here; tables in other
//! encodings were decoded before ([`super::encoding`]).

use super::bundle::BundleFile;
use super::fault::ReadFault;
use super::tally::Spot;

/// The largest cell or text of one record that is read, in bytes. The longest one known is a list of addresses of 1 MiB.
pub const LARGEST_CELL: usize = 16 << 20;

/// The text of a file: UTF-8, with or without a byte-order mark.
///
/// # Errors
/// Other encodings are named, and the first byte that is no UTF-8 is told by its offset.
pub fn text(number: u32, file: &BundleFile) -> Result<&str, ReadFault> {
    let spot = Spot {
        file: number,
        line: 0,
    };
    let bytes = file.bytes.as_slice();
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(ReadFault::at(
            spot,
            "the text is UTF-16, and only whole tables are read in that",
        )
        .help("save it as UTF-8 and import it again"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let skipped = file.bytes.len() - bytes.len();
    match std::str::from_utf8(bytes) {
        Ok(text) => match memchr::memchr(0, text.as_bytes()) {
            Some(at) => Err(ReadFault::at(
                spot,
                format!("byte {} is zero, so this is not a text", at + skipped),
            )),
            None => Ok(text),
        },
        Err(error) => {
            let at = error.valid_up_to();
            let line = 1 + memchr::memchr_iter(b'\n', bytes.get(..at).unwrap_or_default()).count();
            let byte = bytes.get(at).copied().unwrap_or_default();
            Err(ReadFault::at(
                Spot {
                    file: number,
                    line: u32::try_from(line).unwrap_or(u32::MAX),
                },
                format!(
                    "byte {} (0x{byte:02X}) is not UTF-8; the text may be in another encoding, or be no text",
                    at + skipped
                ),
            )
            .help("save it as UTF-8 and import it again"))
        }
    }
}

/// The start of a file as text, for recognition: at most this many bytes, and what is no UTF-8 is left out.
#[must_use]
pub fn beginning(file: &BundleFile, bytes: usize) -> &str {
    let bytes = file.bytes.get(..bytes).unwrap_or(&file.bytes);
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => bytes
            .get(..error.valid_up_to())
            .and_then(|sound| std::str::from_utf8(sound).ok())
            .unwrap_or(""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(bytes: &[u8]) -> BundleFile {
        BundleFile {
            path: "a.csv".to_owned(),
            bytes: bytes.to_vec(),
        }
    }

    #[test]
    fn wrong_encodings_are_named_with_the_byte() {
        assert_eq!(text(0, &file(b"\xef\xbb\xbfcode")), Ok("code"));
        let latin = text(3, &file(b"code\nZ\xfcrich")).expect_err("Latin-1 is refused");
        assert!(latin.message.starts_with("byte 6 (0xFC)"), "{latin:?}");
        assert_eq!(latin.spot, Some(Spot { file: 3, line: 2 }));
        let wide = text(0, &file(b"\xff\xfec\0o\0")).expect_err("UTF-16 is refused");
        assert!(wide.message.contains("UTF-16"));
        assert!(text(0, &file(b"a\0b")).is_err());
    }

    #[test]
    fn the_beginning_ends_on_a_whole_character() {
        assert_eq!(beginning(&file("aé".as_bytes()), 2), "a");
    }
}
