//! The readers: one for each format of a download, and the choice among them by what the files hold.
//!
//! Goes in: a [`Bundle`]. Comes out: a [`Release`] for each framework in it, or one plain sentence that says why not. A reader recognizes its format by
//! names of columns, keys or elements, never by the name of the download alone. It keeps everything it reads and puts
//! nothing right that is not peculiar to its format; [`super::assemble`] does that for all of them.
//!
//! A new reader is a file here and a line in [`READERS`].

pub mod apart;
pub mod asn;
pub mod badges;
pub mod case;
pub mod ctdl;
pub mod dcwf;
pub mod digcomp;
mod esco;
mod json;
#[cfg(test)]
mod mutation_tests;
pub mod nice;
mod notes;
mod onet;
#[cfg(test)]
mod real_files;
pub mod rows;
pub mod rsd;
pub mod skos;
pub mod table;
#[cfg(test)]
mod tests_support;

use super::bundle::{Bundle, BundleFile};
use super::release::Release;
use super::tally::Spot;

/// One format.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    /// What reports and pack files call it: `esco`.
    pub name: &'static str,
    /// What it is, in words that read well after "this looks like".
    pub title: &'static str,
    /// Whether the files are of this format. Quick: it looks at headers, not at every record.
    pub recognize: fn(&Bundle) -> bool,
    /// Reads them: one release for each framework in them, in the order in which they are met, and at least one.
    pub read: fn(&Bundle) -> Result<Vec<Release>, ReadFault>,
}

/// All readers, sorted by name. Where several recognize a download, the first one reads it: a general format leaves what
/// is peculiar to a special one alone.
pub static READERS: &[Reader] = &[
    asn::READER,
    case::READER,
    ctdl::READER,
    dcwf::READER,
    digcomp::READER,
    esco::READER,
    nice::READER,
    onet::READER,
    rsd::READER,
    skos::READER,
    table::READER,
];

/// Why a download cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFault {
    /// What is wrong: one line, lower case, no full stop.
    pub message: String,
    /// Where, if it is at one place.
    pub spot: Option<Spot>,
    /// What to do, starting with a verb.
    pub help: Option<String>,
}

impl ReadFault {
    /// A fault of the download as a whole.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            spot: None,
            help: None,
        }
    }

    /// A fault at a place.
    #[must_use]
    pub fn at(spot: Spot, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            spot: Some(spot),
            help: None,
        }
    }

    /// The same with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The reader for a download: the first one that recognizes it.
#[must_use]
pub fn recognize(bundle: &Bundle) -> Option<&'static Reader> {
    READERS.iter().find(|reader| (reader.recognize)(bundle))
}

/// The reader of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Reader> {
    READERS.iter().find(|reader| reader.name == name)
}

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
    fn readers_are_sorted_and_named_once() {
        assert!(READERS.windows(2).all(|two| two[0].name < two[1].name));
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
