//! What `gradus crosswalk import` would write or has written: a few rows of each kind with their counts, or all of it as JSON.
//!
//! Goes in: the tables of a download as they were read, and what each of them becomes. Comes out: text for people, JSON for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::super::render::counted;
use super::crosswalk_import::Import;
use super::import::report::{
    JsonCounts, JsonReason, json_counts, json_reasons, json_text, printable,
};
use crate::import::bundle::Bundle;
use crate::mapping::read::Reading;
use crate::mapping::table::{Row, State, Table, TermId};
use crate::workspace::shown;

/// How many rows of each kind are shown.
const SHOWN: usize = 3;

/// How many lines of source are shown.
const LINES: usize = 5;

/// For people: what becomes of one table.
pub(super) fn text(import: &Import, reading: &Reading) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = match import {
        Import::Rows(source) => {
            first_lines(&source.rows, &mut out);
            let rows = counted(source.count, "row", "rows");
            writeln!(out, "would add {rows} to the crosswalk `{}`", source.name)
        }
        Import::File(path, bytes, pin) => {
            match pin {
                Some(_) => by_predicate(&reading.table, &mut out),
                None => first_lines(&String::from_utf8_lossy(bytes), &mut out),
            }
            let size = bytes.len().div_ceil(1024);
            let path = path.strip_prefix(".").unwrap_or(path);
            writeln!(out, "would write `{}` ({size} KiB)", shown(path))
        }
    };
    out.push_str("the whole of it is printed with `--report json`\n");
    out
}

fn first_lines(text: &str, out: &mut String) {
    let lines: Vec<&str> = text.lines().collect();
    for line in lines.iter().take(LINES) {
        let _ = writeln!(out, "{line}");
    }
    if let Some(more @ 1..) = lines.len().checked_sub(LINES) {
        let _ = writeln!(out, "  … and {}", counted(more, "more line", "more lines"));
    }
}

/// The rows counted by what they say, each with the first of them.
fn by_predicate(table: &Table, out: &mut String) {
    let mut kinds: BTreeMap<(usize, String), (usize, Vec<&Row>)> = BTreeMap::new();
    for row in &table.rows {
        let not = if row.negated { "not " } else { "" };
        let state = match row.state {
            State::Settled => "",
            State::Proposed => ", proposed",
            State::Refused => ", refused",
        };
        let words = format!("{not}{}{state}", row.predicate.shown());
        let kind = kinds.entry((row.predicate.rank(), words)).or_default();
        kind.0 += 1;
        if kind.1.len() < SHOWN {
            kind.1.push(row);
        }
    }
    for ((_, words), (count, first)) in kinds {
        let _ = writeln!(out, "{count:>9}  {words}");
        for row in &first {
            let subject = end(table, row.subject, row.subject_label.as_deref());
            let object = end(table, row.object, row.object_label.as_deref());
            let _ = writeln!(out, "{:11}{subject} → {object}", "");
        }
        if count > first.len() {
            let _ = writeln!(out, "{:11}…", "");
        }
    }
}

fn end(table: &Table, id: TermId, label: Option<&str>) -> String {
    let address = printable(table.term(id).text());
    match label {
        Some(label) => format!("{address} `{}`", printable(label)),
        None => address,
    }
}

#[derive(Serialize)]
struct JsonImports<'r> {
    schema: &'static str,
    written: bool,
    tables: Vec<JsonImport<'r>>,
}

#[derive(Serialize)]
struct JsonImport<'r> {
    source: &'r str,
    format: &'r str,
    records: Vec<JsonCounts<'r>>,
    reasons: Vec<JsonReason<'r>>,
    /// The crosswalk of the project to which rows are added.
    crosswalk: Option<&'r str>,
    /// The file that is made.
    file: Option<String>,
    /// The rows that are added, or the whole file.
    contents: String,
}

/// For programs: everything.
pub(super) fn json(readings: &[(Bundle, Reading)], imports: &[Import], written: bool) -> String {
    let all = readings.iter().zip(imports);
    let tables = all.map(|((bundle, reading), import)| {
        let (crosswalk, file, contents) = match import {
            Import::Rows(source) => (Some(source.name.as_str()), None, source.rows.clone()),
            Import::File(path, bytes, _) => {
                let contents = String::from_utf8_lossy(bytes).into_owned();
                (None, Some(shown(path).to_string()), contents)
            }
        };
        JsonImport {
            source: &bundle.name,
            format: reading.format,
            records: json_counts(&reading.tally),
            reasons: json_reasons(&reading.tally, bundle),
            crosswalk,
            file,
            contents,
        }
    });
    json_text(&JsonImports {
        schema: "gradus-crosswalk-import-1",
        written,
        tables: tables.collect(),
    })
}
