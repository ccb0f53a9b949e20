//! Findings in words alone, without drawings and colors: for screen readers, logs and tests.

use std::fmt::Write as _;

use super::{Shown, ends, file, head, safe, safe_line};
use crate::source::{Place, Span};

/// Longer lines are cut off.
const LONGEST_LINE: usize = 160;

/// All findings, with the lines that they are about.
#[must_use]
pub fn render(shown: &Shown<'_>) -> String {
    let mut out = String::new();
    for found in &shown.diagnostics {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}: {}", head(found), safe_line(&found.message));
        place(&mut out, shown, "in", &found.place, &found.label);
        for label in &found.also {
            place(&mut out, shown, "also in", &label.place, &label.text);
        }
        if let Some(help) = &found.help {
            let _ = writeln!(out, "  help: {}", safe(help));
        }
        out.push('\n');
    }
    if let Some(more) = shown.more() {
        let _ = writeln!(out, "{more}\n");
    }
    if let Some(hint) = shown.hint() {
        let _ = writeln!(out, "{hint}");
    }
    out
}

fn place(out: &mut String, shown: &Shown<'_>, word: &str, place: &Place, text: &str) {
    let Some(source) = file(shown.sources, place) else {
        return;
    };
    let (start, end) = ends(source, place);
    let _ = write!(
        out,
        "  {word} {}, line {}, column {}",
        safe_line(source.name()),
        start.line,
        start.column
    );
    if end.line != start.line {
        let _ = write!(out, " to line {}", end.line);
    } else if end.column > start.column + 1 {
        let _ = write!(out, " to {}", end.column - 1);
    }
    if !text.is_empty() {
        let _ = write!(out, ": {}", safe_line(text));
    }
    out.push('\n');
    let (from, to) = source.lines().range(start.line as usize - 1);
    let line = source.slice(Span::new(from, to)).trim();
    if line.is_empty() {
        return;
    }
    let _ = match line.char_indices().nth(LONGEST_LINE) {
        Some((cut, _)) => writeln!(out, "    | {}…", safe_line(line.get(..cut).unwrap_or(""))),
        None => writeln!(out, "    | {}", safe_line(line)),
    };
}
