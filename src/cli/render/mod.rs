//! Findings as text: for people, for other programs.
//!
//! Goes in: the sources and findings, sorted. Comes out: the whole text for standard output. Pure: the same findings give the
//! same bytes; colors and width are given.

pub mod concise;
pub mod full;
pub mod github;
pub mod json;
pub mod plain;
pub mod sarif;
pub(in crate::cli) mod sarif_log;

use std::borrow::Cow;

use crate::diag::{Diagnostic, NO_FILE, Severity};
use crate::source::{LineColumn, Place, SourceFile, Sources};

/// How text for people looks.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// With colors.
    pub color: bool,
    /// Columns.
    pub width: usize,
}

/// What is shown: the findings, and how many more there were.
#[derive(Debug)]
pub struct Shown<'a> {
    /// The texts.
    pub sources: &'a Sources,
    /// How many `.gradus` files were read.
    pub files: usize,
    /// The findings that are shown.
    pub diagnostics: Vec<&'a Diagnostic>,
    /// All findings.
    pub all: &'a [Diagnostic],
}

impl<'a> Shown<'a> {
    /// The findings up to a limit. Where the limit cuts, errors go before warnings, and those before the rest; what is shown
    /// stays in the order of the text.
    #[must_use]
    pub fn new(sources: &'a Sources, files: usize, all: &'a [Diagnostic], limit: usize) -> Self {
        let mut order: Vec<usize> = (0..all.len()).collect();
        if all.len() > limit {
            order.sort_by_key(|&index| std::cmp::Reverse(all[index].severity));
            order.truncate(limit);
            order.sort_unstable();
        }
        Self {
            sources,
            files,
            diagnostics: order.into_iter().map(|index| &all[index]).collect(),
            all,
        }
    }

    /// How many findings are not shown.
    #[must_use]
    pub fn omitted(&self) -> usize {
        self.all.len() - self.diagnostics.len()
    }

    /// How many findings of a severity there are, shown or not.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.all
            .iter()
            .filter(|found| found.severity == severity)
            .count()
    }

    /// `3 errors, 1 warning in 12 files`.
    #[must_use]
    pub fn summary(&self) -> String {
        let counts: Vec<String> = [
            (Severity::Error, "error", "errors"),
            (Severity::Warning, "warning", "warnings"),
            (Severity::Info, "note", "notes"),
        ]
        .into_iter()
        .map(|(severity, one, many)| (self.count(severity), one, many))
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
        let found = if counts.is_empty() {
            "no findings".to_owned()
        } else {
            counts.join(", ")
        };
        format!("{found} in {}", counted(self.files, "file", "files"))
    }

    /// `and 212 more …`, where the limit cut something off.
    #[must_use]
    pub fn more(&self) -> Option<String> {
        let omitted = self.omitted();
        (omitted > 0).then(|| format!("and {omitted} more, `--max-diagnostics none` shows all"))
    }

    /// Where to read more about the gravest finding.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        // Of several the last is the greatest: so the search goes backwards.
        let found = self
            .diagnostics
            .iter()
            .rev()
            .max_by_key(|found| found.severity)?;
        Some(format!(
            "for more about a rule: gradus explain {}",
            found.rule.name
        ))
    }
}

/// `1 file`, `2 files`.
#[must_use]
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The file of a place, if it is about one.
pub(in crate::cli) fn file<'a>(sources: &'a Sources, place: &Place) -> Option<&'a SourceFile> {
    (place.file != NO_FILE && (place.file.0 as usize) < sources.len())
        .then(|| sources.file(place.file))
}

/// Where a place starts and ends.
fn ends(source: &SourceFile, place: &Place) -> (LineColumn, LineColumn) {
    (
        source.line_column(place.span.start),
        source.line_column(place.span.end.max(place.span.start)),
    )
}

/// A text of the author as a terminal may get it: characters that command it, or that change the order of what is read,
/// are written out as in `\u{1b}`. Tabs and line ends stay.
pub(in crate::cli) fn safe(text: &str) -> Cow<'_, str> {
    if !text.contains(is_command) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        if is_command(letter) {
            out.extend(letter.escape_unicode());
        } else {
            out.push(letter);
        }
    }
    Cow::Owned(out)
}

/// Whether a character commands a terminal or turns the direction of text.
fn is_command(letter: char) -> bool {
    (letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'))
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The same for what has to stay on one line.
pub(in crate::cli) fn safe_line(text: &str) -> String {
    safe(text).replace('\r', "\\u{d}").replace('\n', "\\u{a}")
}

/// `error[family/rule]`.
fn head(found: &Diagnostic) -> String {
    format!("{}[{}]", found.severity.word(), found.rule.name)
}
