//! Tables in other encodings than UTF-8: what spreadsheets write on some systems.
//!
//! Goes in: a [`Bundle`] as it was opened. Comes out: the same with its tables in UTF-8, and a tally that says which files were
//! decoded from what, and which rows had letters that depend on it. UTF-16 is taken where a mark of it stands first. Where the bytes
//! are no UTF-8 and look like nothing but text, it is what a browser would take them for: Windows-1252 (of which Latin-1 is a part) or,
//! where the letters tell, another one of the old encodings (Windows-1250, Windows-1251, Shift_JIS …). All else stays as it is, for the
//! readers to refuse: what is not called a table, what has bytes that are no letters, and what is UTF-8 in one place and not in
//! another, which was put together from two files or damaged.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::bundle::{Bundle, BundleFile};
use super::tally::{Outcome, Spot, Tally};

/// Endings of the names of tables.
const TABLES: [&str; 4] = ["csv", "tsv", "tab", "txt"];

/// Decodes the tables of a download. Gives what was done to each file.
pub fn settle(bundle: &mut Bundle) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); bundle.files.len()];
    let files = (0..).zip(&mut bundle.files);
    for ((number, file), tally) in files.zip(&mut tallies) {
        // A mark of UTF-16 says what the bytes are, whatever the file is called.
        let is_marked =
            file.bytes.starts_with(&[0xff, 0xfe]) || file.bytes.starts_with(&[0xfe, 0xff]);
        if !is_marked && !is_called_table(file) {
            continue;
        }
        let Some((encoding, text)) = decoded(&file.bytes) else {
            continue;
        };
        note(number, encoding, &text, tally);
        file.bytes = text.into_bytes();
    }
    tallies
}

fn is_called_table(file: &BundleFile) -> bool {
    file.name().rsplit_once('.').is_none_or(|(_, ending)| {
        TABLES
            .iter()
            .any(|table| table.eq_ignore_ascii_case(ending))
    })
}

/// The text of bytes in another encoding than UTF-8, if it is certain enough and the text is no JSON and no XML.
fn decoded(bytes: &[u8]) -> Option<(&'static Encoding, String)> {
    let (encoding, rest) = match bytes {
        [0xff, 0xfe, rest @ ..] => (UTF_16LE, rest),
        [0xfe, 0xff, rest @ ..] => (UTF_16BE, rest),
        _ if is_old_text(bytes) => (guessed(bytes), bytes),
        _ => return None,
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(rest)?;
    let is_text = !text.trim_start().starts_with(['{', '[', '<']) && !text.contains(is_no_text);
    is_text.then(|| (encoding, text.into_owned()))
}

/// How many letters beyond ASCII have to be there for another guess than Windows-1252.
const FEWEST: usize = 6;

/// The encoding that a browser would take bytes for. Few letters prove nothing, and what is most used is taken.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    if bytes.iter().filter(|byte| !byte.is_ascii()).count() < FEWEST {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new();
    detector.feed(bytes, true);
    detector.guess(None, false)
}

/// Whether bytes are no UTF-8 anywhere beyond ASCII, and none is one that files of data have and texts have not. In an encoding with
/// several bytes a letter, some of them look like UTF-8 by chance.
fn is_old_text(bytes: &[u8]) -> bool {
    let (mut sound, mut mixed) = (true, false);
    for chunk in bytes.utf8_chunks() {
        mixed |= !chunk.valid().is_ascii();
        sound &= chunk.invalid().is_empty();
    }
    let no_text = |&byte: &u8| byte < 0x80 && is_no_text(char::from(byte));
    !sound && !bytes.iter().any(no_text) && (!mixed || !guessed(bytes).is_single_byte())
}

/// Whether a character is one that files of data have and texts have not.
fn is_no_text(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\t' | '\n' | '\r' | '\u{c}' | '\u{85}')
}

fn note(file: u32, encoding: &'static Encoding, text: &str, tally: &mut Tally) {
    let name = encoding.name().replace("windows-", "Windows-");
    let reason = format!("files that are not UTF-8 and are read as {name}");
    tally.note(Outcome::Noted, &reason, Spot { file, line: 0 }, "");
    let reason = format!("lines with letters that were read as {name}");
    for (line, words) in (1..).zip(text.lines()) {
        if !words.is_ascii() {
            tally.note(Outcome::Noted, &reason, Spot { file, line }, words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(path: &str, bytes: &[u8]) -> (Vec<u8>, Tally) {
        let mut bundle = Bundle {
            files: vec![BundleFile {
                path: path.to_owned(),
                bytes: bytes.to_vec(),
            }],
            ..Bundle::default()
        };
        let tally = settle(&mut bundle);
        (
            bundle.files.remove(0).bytes,
            tally.into_iter().next().unwrap_or_default(),
        )
    }

    fn wide(text: &str, big: bool) -> Vec<u8> {
        let units = format!("\u{feff}{text}");
        let bytes = units.encode_utf16().map(|unit| match big {
            true => unit.to_be_bytes(),
            false => unit.to_le_bytes(),
        });
        bytes.flatten().collect()
    }

    #[test]
    fn tables_become_utf8_and_it_is_said() {
        let (bytes, tally) = settled(
            "a.CSV",
            b"code,label\n1,Z\xfcrich\n2,Bern\n3,\x80 \x96 \x93x\x94",
        );
        assert_eq!(bytes, "code,label\n1,Zürich\n2,Bern\n3,€ – “x”".as_bytes());
        let count = |reason: &str| tally.count(Outcome::Noted, reason);
        assert_eq!(
            count("files that are not UTF-8 and are read as Windows-1252"),
            1
        );
        assert_eq!(
            count("lines with letters that were read as Windows-1252"),
            2
        );
        for big in [true, false] {
            let (bytes, tally) = settled("a.txt", &wide("code\tlabel\r\n1\tœuvre\r\n", big));
            assert_eq!(bytes, "code\tlabel\r\n1\tœuvre\r\n".as_bytes());
            assert_eq!(tally.findings().count(), 2, "{big}");
        }
    }

    #[test]
    fn letters_tell_which_of_the_old_encodings_it_is() {
        for (encoding, name, text) in [
            (
                encoding_rs::WINDOWS_1250,
                "Windows-1250",
                "kód,název\n1,Řízení výrobních strojů\n2,Údržba a opravy zařízení\n3,Žáci a učitelé ve škole\n",
            ),
            (
                encoding_rs::WINDOWS_1251,
                "Windows-1251",
                "код,навык\n1,Управление станками\n2,Обслуживание оборудования\n",
            ),
            (
                encoding_rs::SHIFT_JIS,
                "Shift_JIS",
                "code,label\n1,データを読む\n2,図表を作成する\n3,機械の保守と修理\n",
            ),
            (
                WINDOWS_1252,
                "Windows-1252",
                "code,libellé\n1,Élaborer des stratégies\n2,Gérer l’équipe\n3,Contrôler les accès\n",
            ),
        ] {
            let (bytes, _, _) = encoding.encode(text);
            let (after, tally) = settled("a.csv", &bytes);
            assert_eq!(String::from_utf8_lossy(&after), text);
            let reason = format!("files that are not UTF-8 and are read as {name}");
            assert_eq!(tally.count(Outcome::Noted, &reason), 1, "{name}");
        }
    }

    #[test]
    fn what_is_no_such_text_stays_for_the_reader_to_refuse() {
        let json = wide("{\"a\": 1}", false);
        let odd = [wide("a,b\n", false), vec![0x41]].concat();
        let lone = [wide("a", false), vec![0x00, 0xd8]].concat();
        for (path, bytes) in [
            ("sound.csv", "Zürich,1\n".as_bytes()),
            ("ascii.csv", b"a,b\n"),
            ("both.csv", b"Z\xc3\xbcrich,Z\xfcrich\n"),
            ("binary.csv", b"\x00\x01\xff\xfe\n"),
            ("control.csv", b"Z\xfcrich\x02,1\n"),
            ("unused.csv", b"Z\x81rich,1\n"),
            ("json.json", b"{\"a\": \"Z\xfcrich\"}"),
            ("json.csv", b"{\"a\": \"Z\xfcrich\"}"),
            ("graph.ttl", b"<a:b> <a:c> \"Z\xfcrich\" ."),
            ("wide.csv", &json),
            ("odd.csv", &odd),
            ("lone.csv", &lone),
        ] {
            let (after, tally) = settled(path, bytes);
            assert_eq!(after, bytes, "{path}");
            assert_eq!(tally.findings().count(), 0, "{path}");
        }
    }
}
