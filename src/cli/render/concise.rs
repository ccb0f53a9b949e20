//! One line for each finding: `path:line:column: severity[rule]: message`.

use std::fmt::Write as _;

use super::{Shown, file, head, safe_line};

/// All findings, one a line.
#[must_use]
pub fn render(shown: &Shown<'_>) -> String {
    let mut out = String::new();
    for found in &shown.diagnostics {
        // Writing to a string cannot fail.
        if let Some(source) = file(shown.sources, &found.place) {
            let at = source.line_column(found.place.span.start);
            let _ = write!(
                out,
                "{}:{}:{}: ",
                safe_line(source.name()),
                at.line,
                at.column
            );
        }
        let _ = writeln!(out, "{}: {}", head(found), safe_line(&found.message));
    }
    if let Some(more) = shown.more() {
        let _ = writeln!(out, "{more}");
    }
    out
}
