//! What a text becomes in a cell of a table.

use crate::mapping::write::delimited;

/// A text on one line: each run of white space and control characters is one space, none at the ends.
///
/// SSSOM allows line breaks in quoted cells, but much software reads such tables line by line.
pub(in crate::emit) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if word.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// One value of a cell that may hold several: the bar that separates values, and the backslash, are escaped (SSSOM/TSV).
pub(super) fn escaped(text: &str) -> String {
    one_line(text).replace('\\', "\\\\").replace('|', "\\|")
}

/// A text that no spreadsheet takes for a formula: where it starts like one, an apostrophe goes before it.
pub(in crate::emit) fn harmless(text: &str) -> String {
    let line = one_line(text);
    if line.starts_with(['=', '+', '-', '@']) {
        format!("'{line}")
    } else {
        line
    }
}

/// A table for spreadsheets: UTF-8 with a byte order mark, which Excel needs to see accents; commas; `\n` line ends.
pub(in crate::emit) fn spreadsheet(header: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let mut contents = "\u{feff}".as_bytes().to_vec();
    contents.extend(delimited(b',', header, rows));
    contents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_tabs_and_control_characters_become_one_space() {
        assert_eq!(one_line("  a\t\tb\r\n\r\nc\u{0}d \u{2028}e "), "a b c d e");
        assert_eq!(one_line(" \n "), "");
    }

    #[test]
    fn separators_in_values_are_escaped() {
        assert_eq!(escaped(r"Alice|Bob\"), r"Alice\|Bob\\");
    }

    #[test]
    fn formulas_lose_their_force() {
        assert_eq!(harmless("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(harmless("\t+1"), "'+1");
        assert_eq!(harmless("a=b"), "a=b");
    }

    #[test]
    fn cells_are_quoted_where_need_be() {
        let rows = vec![vec!["say \"so\"".to_owned(), "a,b".to_owned()]];
        let text = delimited(b',', &["x", "y"], &rows);
        assert_eq!(
            String::from_utf8_lossy(&text),
            "x,y\n\"say \"\"so\"\"\",\"a,b\"\n"
        );
    }
}
