//! Rows of cells, from CSV in any of its dialects or from the sheets of an Excel file.
//!
//! Goes in: a file of a bundle. Comes out: its sheets, each a list of rows with the lines where they start. The delimiter is
//! judged by which one divides the lines most evenly. Text is UTF-8; other encodings were decoded when the download was opened
//! ([`crate::import::encoding`]), or are refused with the byte. Records with broken quotes are put right where every line of them fits, and counted ([`super::quotes`]).
//! Invariant: memory is bounded ([`MOST_CELLS`]); rows are in file order; no row is empty.

use std::collections::BTreeMap;

use crate::import::bundle::BundleFile;
use crate::import::tally::{Outcome, Spot, Tally};

use super::sheet::{MOST_CELLS, MOST_COLUMNS, Row, Sheet, too_many_cells};
use super::{excel, quotes};
use crate::import::fault::ReadFault;
use crate::import::file_text::{LARGEST_CELL, text};

/// The delimiters that are known, the likelier first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How many records are looked at to find the delimiter.
const LOOKED_AT: usize = 60;
/// How much of a file is looked at to find the delimiter, in bytes.
const LOOKED_AT_BYTES: usize = 256 << 10;

/// The tables of a file: one for CSV, one for each sheet of Excel.
pub(in super::super) fn sheets(
    number: u32,
    file: &BundleFile,
    tally: &mut Tally,
) -> Result<Vec<Sheet>, ReadFault> {
    if excel::is(file) {
        return excel::sheets(number, file);
    }
    let text = text(number, file)?;
    let delimiter = delimiter(text).unwrap_or(b',');
    let rows = records(number, text, delimiter, tally)?;
    Ok(vec![Sheet {
        file: number,
        name: String::new(),
        delimiter: Some(delimiter),
        rows,
    }])
}

/// The first rows of a text file, for recognition: nothing is counted and nothing refused.
pub(in super::super) fn beginning(file: &BundleFile) -> Option<Sheet> {
    const BYTES: usize = 16 << 10;
    let text = crate::import::file_text::beginning(file, BYTES);
    let first = text.trim_start().chars().next()?;
    if matches!(first, '{' | '[' | '<' | '\0') || text.contains('\0') {
        return None;
    }
    // The last line may be cut.
    let whole = match text.rfind('\n') {
        Some(end) if file.bytes.len() > BYTES => text.get(..end)?,
        Some(_) | None => text,
    };
    let delimiter = delimiter(whole)?;
    let rows = records(0, whole, delimiter, &mut Tally::default()).ok()?;
    Some(Sheet {
        file: 0,
        name: String::new(),
        delimiter: Some(delimiter),
        rows,
    })
}

/// The delimiter that gives most lines the same number of cells, more than one.
fn delimiter(text: &str) -> Option<u8> {
    let mut end = text.len().min(LOOKED_AT_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text.get(..end)?;
    let mut best: Option<(usize, u8)> = None;
    for candidate in DELIMITERS {
        if memchr::memchr(candidate, text.as_bytes()).is_none() {
            continue;
        }
        let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
        let mut seen = 0;
        for record in plain_reader(text, candidate).into_records().take(LOOKED_AT) {
            let Ok(record) = record else { break };
            seen += 1;
            *widths.entry(record.len()).or_default() += 1;
        }
        let common = widths
            .iter()
            .filter(|(width, _)| **width > 1)
            .max_by_key(|(width, count)| (**count, **width));
        if let Some((width, count)) = common {
            // How even it is counts first, how many columns it makes second.
            let score = (count * 100 / seen.max(1)) * 4 + (*width).min(40);
            if best.is_none_or(|(other, _)| score > other) {
                best = Some((score, candidate));
            }
        }
    }
    best.map(|(_, delimiter)| delimiter)
}

fn plain_reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// The records of a CSV text.
fn records(file: u32, text: &str, delimiter: u8, tally: &mut Tally) -> Result<Vec<Row>, ReadFault> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .quoting(delimiter != b'\t' || quotes_are_sound(text, delimiter))
        .from_reader(text.as_bytes());
    let mut rows: Vec<Row> = Vec::new();
    let mut columns = 0;
    let mut cells = 0;
    let mut record = csv::StringRecord::new();
    loop {
        let from = reader.position().byte();
        let line = u32::try_from(reader.position().line()).unwrap_or(u32::MAX);
        let spot = Spot { file, line };
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(rows),
            Err(_) => return Err(ReadFault::at(spot, "the record cannot be read")),
        }
        // Blank lines before a record belong to no record.
        let start = record.position().map_or(from, csv::Position::byte);
        let line = record.position().map_or(line, |position| {
            u32::try_from(position.line()).unwrap_or(u32::MAX)
        });
        let raw = raw(text, start, reader.position().byte());
        let blank = raw.len() - raw.trim_start_matches(['\r', '\n']).len();
        let line = line.saturating_add(line_breaks(raw.get(..blank).unwrap_or("")));
        let raw = raw.get(blank..).unwrap_or("");
        let spot = Spot { file, line };
        cells += record.len();
        check(spot, &record, cells)?;
        columns = columns.max(if rows.len() < LOOKED_AT {
            record.len()
        } else {
            0
        });
        if raw.contains('"') && delimiter != b'\t' && !quotes::sound(raw, delimiter) {
            let shown = raw.lines().next().unwrap_or("");
            if let Some(mended) = quotes::lines(raw, delimiter, columns) {
                tally.note(Outcome::Mended, "records with a broken quote", spot, shown);
                for (later, cells) in (0..).zip(mended) {
                    let line = line.saturating_add(later);
                    rows.extend(plain(line, cells).trimmed());
                }
                continue;
            }
            let reason = if raw.trim_end().contains('\n') {
                "records with a broken quote that may hold several rows"
            } else {
                "records with a quote in the middle of a cell"
            };
            tally.note(Outcome::Noted, reason, spot, shown);
        }
        let cells = record.iter().map(str::to_owned).collect();
        rows.extend(plain(line, cells).trimmed());
    }
}

fn plain(line: u32, cells: Vec<String>) -> Row {
    Row {
        line,
        cells,
        numbers: Vec::new(),
    }
}

fn line_breaks(text: &str) -> u32 {
    u32::try_from(memchr::memchr_iter(b'\n', text.as_bytes()).count()).unwrap_or(u32::MAX)
}

fn raw(text: &str, start: u64, end: u64) -> &str {
    let start = usize::try_from(start).unwrap_or(usize::MAX);
    let end = usize::try_from(end).unwrap_or(usize::MAX);
    text.get(start..end).unwrap_or("")
}

/// Refuses what no honest table has.
fn check(spot: Spot, record: &csv::StringRecord, cells: usize) -> Result<(), ReadFault> {
    if record.len() > MOST_COLUMNS {
        let message = format!("a row has more than {MOST_COLUMNS} cells");
        return Err(ReadFault::at(spot, message));
    }
    if cells > MOST_CELLS {
        return Err(too_many_cells(spot));
    }
    if record.iter().any(|cell| cell.len() > LARGEST_CELL) {
        let message = format!("a cell is larger than {} MiB", LARGEST_CELL >> 20);
        return Err(ReadFault::at(spot, message).help("look for a quote that is never closed"));
    }
    Ok(())
}

/// Whether quotes divide cells in a tab-separated text. Many such texts know no quoting: there a quote is a character like others.
fn quotes_are_sound(text: &str, delimiter: u8) -> bool {
    text.contains('"') && quotes::sound(text, delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (Sheet, Tally) {
        let file = BundleFile {
            path: "a.csv".to_owned(),
            bytes: bytes.to_vec(),
        };
        let mut tally = Tally::default();
        let mut found = sheets(0, &file, &mut tally).unwrap_or_else(|fault| panic!("{fault:?}"));
        (found.remove(0), tally)
    }

    fn cells(sheet: &Sheet) -> Vec<(u32, Vec<&str>)> {
        sheet
            .rows
            .iter()
            .map(|row| (row.line, row.cells.iter().map(String::as_str).collect()))
            .collect()
    }

    #[test]
    fn delimiters_are_found() {
        for (text, delimiter) in [
            ("a,b\n1,\"x;y;z\"\n", b','),
            ("a;b;c\n1,5;2;3\n2,5;3;4\n", b';'),
            ("a\tb\nx, y\tz\n", b'\t'),
            ("a|b|c\n1|2|3\n", b'|'),
        ] {
            assert_eq!(
                read(text.as_bytes()).0.delimiter,
                Some(delimiter),
                "{text:?}"
            );
        }
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let (sheet, _) = read(b"\xef\xbb\xbfa,b\r\n\r\n\"two\r\nlines\",x\r\n,\r\nlast,y\r\n");
        assert_eq!(
            cells(&sheet),
            [
                (1, vec!["a", "b"]),
                (3, vec!["two\r\nlines", "x"]),
                (6, vec!["last", "y"])
            ]
        );
    }

    #[test]
    fn a_broken_quote_loses_no_row() {
        let (sheet, tally) = read(b"a,b,c\n1,\"pipes\"\",x\n2,\"next\",y\n3,z,z\n");
        assert_eq!(sheet.rows.len(), 4);
        assert_eq!(cells(&sheet)[1], (2, vec!["1", "pipes", "x"]));
        assert_eq!(cells(&sheet)[2], (3, vec!["2", "next", "y"]));
        assert_eq!(
            tally.count(Outcome::Mended, "records with a broken quote"),
            1
        );
        let (sheet, tally) = read(b"a,b\n1,\"open\n2,x\n3,y\n");
        assert_eq!(sheet.rows.len(), 4, "{:?}", sheet.rows);
        assert_eq!(
            tally.count(Outcome::Mended, "records with a broken quote"),
            1
        );
    }

    #[test]
    fn quotes_in_tab_separated_text_are_characters_where_they_do_not_pair() {
        let (sheet, _) = read(b"a\tb\n1\t\"Open\" source\n2\t12\" pipe\n");
        assert_eq!(cells(&sheet)[1].1, ["1", "\"Open\" source"]);
        let (sheet, _) = read(b"a\tb\n1\t\"two\nlines\"\n");
        assert_eq!(cells(&sheet)[1].1, ["1", "two\nlines"]);
    }

    #[test]
    fn hostile_tables_are_refused() {
        let wide = BundleFile {
            path: "a.csv".to_owned(),
            bytes: vec![b','; 100_000],
        };
        assert!(sheets(0, &wide, &mut Tally::default()).is_err());
    }
}
