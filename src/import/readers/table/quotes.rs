//! Records of a CSV file whose quotes are broken: noticing them, and reading them line by line.
//!
//! A quote too many opens a cell that ends only at the next quote, lines later; a CSV library follows the rules and hands
//! out one record that has swallowed the next. Goes in: the raw text of such a record. Comes out: whether its quotes are
//! sound, and the cells of its lines where each line has as many cells as the table has columns.

/// Whether the quotes of a record are sound: each cell that begins with a quote ends with one, right before the next
/// delimiter or the end of the record.
pub(in super::super) fn sound(raw: &str, delimiter: u8) -> bool {
    let bytes = raw.trim_end_matches(['\r', '\n']).as_bytes();
    let mut at = 0;
    let mut cell_start = true;
    while let Some(&byte) = bytes.get(at) {
        if cell_start && byte == b'"' {
            let Some(end) = closing_quote(bytes, at + 1) else {
                return false;
            };
            match bytes.get(end + 1) {
                None | Some(b'\r' | b'\n') => {}
                Some(&next) if next == delimiter => {}
                Some(_) => return false,
            }
            at = end + 1;
            cell_start = false;
            continue;
        }
        cell_start = byte == delimiter || byte == b'\n';
        at += 1;
    }
    true
}

/// The quote that closes a cell; doubled quotes belong to its text.
fn closing_quote(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let quote = at + memchr::memchr(b'"', bytes.get(at..)?)?;
        if bytes.get(quote + 1) == Some(&b'"') {
            at = quote + 2;
        } else {
            return Some(quote);
        }
    }
}

/// The cells of each line of a record with broken quotes, if every line has as many cells as the table has columns.
pub(in super::super) fn lines(
    raw: &str,
    delimiter: u8,
    columns: usize,
) -> Option<Vec<Vec<String>>> {
    raw.trim_end_matches(['\r', '\n'])
        .split('\n')
        .map(|line| {
            let cells = tolerant(line.trim_end_matches('\r'), delimiter);
            (cells.len() == columns).then_some(cells)
        })
        .collect()
}

/// The cells of one line, a quote being one that closes only before a delimiter or at the end, however many stand there.
fn tolerant(line: &str, delimiter: u8) -> Vec<String> {
    let delimiter = char::from(delimiter);
    let mut cells = Vec::new();
    let mut rest = line;
    loop {
        let (cell, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_cell(quoted, delimiter),
            None => match rest.split_once(delimiter) {
                Some((cell, after)) => (cell.to_owned(), Some(after)),
                None => (rest.to_owned(), None),
            },
        };
        cells.push(cell);
        match after {
            Some(after) => rest = after,
            None => return cells,
        }
    }
}

fn quoted_cell(quoted: &str, delimiter: char) -> (String, Option<&str>) {
    for (at, _) in quoted.match_indices('"') {
        let after = quoted.get(at + 1..).unwrap_or("");
        if after.is_empty() {
            return (unquoted(quoted.get(..at).unwrap_or("")), None);
        }
        if let Some(after) = after.strip_prefix(delimiter) {
            return (unquoted(quoted.get(..at).unwrap_or("")), Some(after));
        }
    }
    (unquoted(quoted), None)
}

/// The text between quotes: doubled quotes are one, and one that is left at the end was too many.
fn unquoted(text: &str) -> String {
    let text = text.replace("\"\"", "\u{0}");
    let text = text.strip_suffix('"').unwrap_or(&text);
    text.replace('\u{0}', "\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sound_quotes_are_left_alone() {
        for raw in [
            "a,b,c\n",
            "\"a, b\",c\r\n",
            "\"say \"\"hello\"\"\",b\n",
            "\"two\nlines, and more\",b\n",
            "\"\",\"\"\n",
            "12\" pipe,b\n",
            "\"\"\"quoted\"\"\",b",
        ] {
            assert!(sound(raw, b','), "{raw:?}");
        }
    }

    #[test]
    fn a_quote_too_many_is_noticed() {
        for raw in [
            "\"pipes (12 inch)\"\",x\n\"next\",y\n",
            "\"never closed,b\n",
            "\"a\" b,c\n",
        ] {
            assert!(!sound(raw, b','), "{raw:?}");
        }
    }

    #[test]
    fn swallowed_lines_come_back() {
        let raw = "1,\"pipes (12 inch)\"\",x\r\n2,\"next, please\",y\r\n";
        let found = lines(raw, b',', 3).expect("two rows");
        assert_eq!(
            found,
            [["1", "pipes (12 inch)", "x"], ["2", "next, please", "y"]]
        );
        assert_eq!(lines("\"a\nb\" c,d\n", b',', 3), None);
    }
}
