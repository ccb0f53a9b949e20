//! Annotations as GitHub's runners read them, one line for each finding.

use std::fmt::Write as _;

use super::{Shown, ends, file, safe};
use crate::diag::Severity;

/// All findings.
#[must_use]
pub fn render(shown: &Shown<'_>) -> String {
    let mut out = String::new();
    for found in &shown.diagnostics {
        let command = match found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info | Severity::Off => "notice",
        };
        let mut properties = Vec::new();
        if let Some(source) = file(shown.sources, &found.place) {
            let (start, end) = ends(source, &found.place);
            properties.push(format!("file={}", property(source.name())));
            properties.push(format!("line={}", start.line));
            properties.push(format!("endLine={}", end.line));
            // Columns of a stretch over several lines would be read as columns of the first.
            if start.line == end.line {
                properties.push(format!("col={}", start.column));
                properties.push(format!("endColumn={}", end.column));
            }
        }
        properties.push(format!("title={}", property(found.rule.name)));
        let mut message = found.message.clone();
        if let Some(help) = &found.help {
            message.push_str("\nhelp: ");
            message.push_str(help);
        }
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "::{command} {}::{}",
            properties.join(","),
            data(&message)
        );
    }
    if let Some(more) = shown.more() {
        let _ = writeln!(out, "::notice::{}", data(&more));
    }
    out
}

pub(in crate::cli) fn data(text: &str) -> String {
    safe(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

pub(in crate::cli) fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_property_is_escaped() {
        assert_eq!(property("a,b:c%d\r\n"), "a%2Cb%3Ac%25d%0D%0A");
        assert_eq!(data("60% of: a, b"), "60%25 of: a, b");
    }
}
