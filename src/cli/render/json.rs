//! Findings as JSON, for programs. The format is described in `docs/diagnostics.md` and `docs/diagnostics.schema.json`.

use serde::Serialize;

use super::{Shown, file};
use crate::diag::{Diagnostic, Severity};
use crate::source::{Place, SourceFile, Sources};

/// Raised when a reader of the format would have to change.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    tool: Tool,
    summary: Summary,
    diagnostics: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    omitted: usize,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fix: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Edit<'a> {
    location: Location<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct Location<'a> {
    file: &'a str,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
    offset: u32,
}

/// The report, with a line end.
#[must_use]
pub fn render(shown: &Shown<'_>) -> String {
    let report = Report {
        version: VERSION,
        tool: Tool {
            name: "gradus",
            version: env!("CARGO_PKG_VERSION"),
        },
        summary: Summary {
            files: shown.files,
            errors: shown.count(Severity::Error),
            warnings: shown.count(Severity::Warning),
            infos: shown.count(Severity::Info),
            omitted: shown.omitted(),
        },
        diagnostics: shown
            .diagnostics
            .iter()
            .map(|found| finding(shown.sources, found))
            .collect(),
    };
    // These structs hold nothing that JSON cannot say.
    let mut text = serde_json::to_string_pretty(&report).unwrap_or_default();
    text.push('\n');
    text
}

fn finding<'a>(sources: &'a Sources, found: &'a Diagnostic) -> Finding<'a> {
    let related = found.also.iter().filter_map(|label| {
        Some(Related {
            message: &label.text,
            location: location(sources, &label.place)?,
        })
    });
    let fix = found.fix.iter().filter_map(|edit| {
        Some(Edit {
            location: location(sources, &edit.place)?,
            text: &edit.text,
        })
    });
    Finding {
        rule: found.rule.name,
        severity: found.severity.word(),
        message: &found.message,
        label: &found.label,
        location: location(sources, &found.place),
        related: related.collect(),
        help: found.help.as_deref(),
        fix: fix.collect(),
    }
}

fn location<'a>(sources: &'a Sources, place: &Place) -> Option<Location<'a>> {
    let source = file(sources, place)?;
    Some(Location {
        file: source.name(),
        start: position(source, place.span.start),
        end: position(source, place.span.end.max(place.span.start)),
    })
}

fn position(source: &SourceFile, offset: u32) -> Position {
    let at = source.line_column(offset);
    Position {
        line: at.line,
        column: at.column,
        offset,
    }
}
