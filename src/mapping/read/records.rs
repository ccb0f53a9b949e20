//! Records of delimited text, and what a lost quote would have swallowed.
//!
//! A quote that is not closed makes a reader take the next lines for a part of the cell. That is noticed: where a record spans
//! lines, and each of these lines alone has just as many cells as the table has columns, the lines are records of their own.
//! A doubled quote before a delimiter then ends the cell.

/// One record and the line where it starts, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    pub line: u32,
    pub cells: Vec<String>,
    /// It was put right: a quote in it was not closed.
    pub mended: bool,
}

/// Reads all records. `columns` says how many cells a full record has, given the first record with the most cells.
pub(super) fn records(text: &str, delimiter: u8) -> Vec<Record> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut found: Vec<Record> = Vec::new();
    let mut widest = 0;
    let mut record = csv::StringRecord::new();
    let (mut start, mut lines_before) = (0_usize, 0_usize);
    // The text is UTF-8, and records may have any number of cells: nothing is left to fail.
    while let Ok(true) = reader.read_record(&mut record) {
        let end = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        let raw = text.get(start..end).unwrap_or("");
        start = end;
        // A record ends before the line feed of its line end, or behind it: what is left of it stands before the next one.
        let breaks = |text: &str| text.bytes().filter(|&byte| byte == b'\n').count();
        let own = raw.trim_start_matches(['\r', '\n']);
        let before = raw.get(..raw.len() - own.len()).unwrap_or("");
        let line = u32::try_from(lines_before + breaks(before) + 1).unwrap_or(u32::MAX);
        lines_before += breaks(raw);
        let spans_lines = record.iter().any(|cell| cell.contains('\n'));
        if spans_lines && let Some(lines) = lines_alone(raw, delimiter, widest) {
            found.extend((line..).zip(lines).map(|(line, (cells, mended))| Record {
                line,
                cells,
                mended,
            }));
            continue;
        }
        widest = widest.max(record.len());
        found.push(Record {
            line,
            cells: record.iter().map(str::to_owned).collect(),
            mended: false,
        });
    }
    found
}

/// The lines of a record as records of their own, if each of them has the full number of cells.
fn lines_alone(raw: &str, delimiter: u8, columns: usize) -> Option<Vec<(Vec<String>, bool)>> {
    let lines: Vec<(Vec<String>, bool)> = raw
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| cells_of_line(line, char::from(delimiter)))
        .collect();
    (columns > 1 && lines.len() > 1 && lines.iter().all(|(cells, _)| cells.len() == columns))
        .then_some(lines)
}

/// The cells of one line. A quoted cell ends at the first quote before a delimiter or at the end, whatever stands before that quote.
fn cells_of_line(line: &str, delimiter: char) -> (Vec<String>, bool) {
    let mut cells = Vec::new();
    let mut mended = false;
    let mut rest = line;
    loop {
        let (cell, after) = match rest.strip_prefix('"') {
            None => match rest.split_once(delimiter) {
                Some((cell, after)) => (cell.to_owned(), Some(after)),
                None => (rest.to_owned(), None),
            },
            Some(inside) => {
                let closing = format!("\"{delimiter}");
                let (cell, after) = match inside.find(&closing) {
                    Some(at) => (
                        inside.get(..at).unwrap_or(""),
                        inside.get(at + closing.len()..),
                    ),
                    None => (inside.strip_suffix('"').unwrap_or(inside), None),
                };
                let quotes = cell.matches('"').count();
                let cell = if quotes % 2 == 1 {
                    mended = true;
                    cell.strip_suffix('"').unwrap_or(cell)
                } else {
                    cell
                };
                (cell.replace("\"\"", "\""), after)
            }
        };
        cells.push(cell);
        match after {
            Some(after) => rest = after,
            None => return (cells, mended),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_quote_costs_no_line() {
        let text = "id,name,verb\n1,\"Saws\"\",close\n2,\"Planes\",exact\n3,\"two\nlines\",exact\n";
        let records = records(text, b',');
        let cells: Vec<Vec<&str>> = records
            .iter()
            .map(|record| record.cells.iter().map(String::as_str).collect())
            .collect();
        assert_eq!(
            cells,
            [
                vec!["id", "name", "verb"],
                vec!["1", "Saws", "close"],
                vec!["2", "Planes", "exact"],
                vec!["3", "two\nlines", "exact"],
            ]
        );
        let marks: Vec<(u32, bool)> = records.iter().map(|one| (one.line, one.mended)).collect();
        assert_eq!(marks, [(1, false), (2, true), (3, false), (4, false)]);
    }

    #[test]
    fn lines_are_counted_whatever_they_end_in() {
        for end in ["\n", "\r\n"] {
            let text = ["id,name", "1,a", "", "2,\"b", "c\"", "3,d"].join(end);
            let lines: Vec<u32> = records(&text, b',').iter().map(|one| one.line).collect();
            assert_eq!(lines, [1, 2, 4, 6], "{end:?}");
        }
    }
}
