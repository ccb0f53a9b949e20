//! The table that an import ends with, for people and for programs.
//!
//! Goes in: what was put in order, with its tally. Comes out: text or JSON.

use std::fmt::Write as _;

use serde::Serialize;

use super::super::super::terminal::bold;
use crate::import::assemble::{Assembled, NO_VERSION};
use crate::import::bundle::Bundle;
use crate::import::tally::{Counts, Outcome, Tally};

/// What is said of an import.
pub(super) struct Report<'r> {
    pub bundle: &'r Bundle,
    /// The name of the reader.
    pub format: &'r str,
    pub assembled: &'r Assembled,
    /// The pack, as users see its path.
    pub file: String,
    /// Whether it was written.
    pub written: bool,
    /// What the columns of a table were taken for, where that was guessed.
    pub guess: Option<String>,
}

/// What is said of an import that writes source text.
pub(super) struct SourceReport<'r> {
    pub bundle: &'r Bundle,
    /// The name of the reader.
    pub format: &'r str,
    pub tally: &'r Tally,
    /// The files, as users see their paths.
    pub files: &'r [String],
    /// Whether they were written.
    pub written: bool,
}

#[derive(Serialize)]
struct JsonSourceReport<'r> {
    schema: &'static str,
    source: &'r str,
    format: &'r str,
    files: &'r [String],
    written: bool,
    records: Vec<JsonCounts<'r>>,
    reasons: Vec<JsonReason<'r>>,
}

impl SourceReport<'_> {
    pub fn text(&self) -> String {
        let mut out = String::new();
        table(self.tally, &mut out);
        reasons(self.tally, self.bundle, &mut out);
        out.push('\n');
        for file in self.files {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{} {file}", done(self.written));
        }
        out
    }

    pub fn json(&self) -> String {
        json_text(&JsonSourceReport {
            schema: "gradus-import-source-1",
            source: &self.bundle.name,
            format: self.format,
            files: self.files,
            written: self.written,
            records: json_counts(self.tally),
            reasons: json_reasons(self.tally, self.bundle),
        })
    }
}

fn done(written: bool) -> &'static str {
    if written { "wrote" } else { "would write" }
}

#[derive(Serialize)]
struct JsonReport<'r> {
    schema: &'static str,
    source: &'r str,
    format: &'r str,
    framework: &'r str,
    /// Nothing where the files do not state it.
    version: Option<&'r str>,
    title: &'r str,
    /// Nothing where the files do not state it.
    licence: Option<&'r str>,
    attribution: &'r str,
    file: &'r str,
    written: bool,
    bytes: usize,
    items: usize,
    records: Vec<JsonCounts<'r>>,
    reasons: Vec<JsonReason<'r>>,
}

#[derive(Serialize)]
pub(in super::super) struct JsonCounts<'r> {
    kind: &'r str,
    read: usize,
    kept: usize,
    merged: usize,
    skipped: usize,
}

#[derive(Serialize)]
pub(in super::super) struct JsonReason<'r> {
    outcome: &'static str,
    count: usize,
    reason: &'r str,
    places: Vec<JsonPlace<'r>>,
}

#[derive(Serialize)]
struct JsonPlace<'r> {
    place: String,
    words: &'r str,
}

impl Report<'_> {
    fn text(&self, color: bool) -> String {
        let pack = &self.assembled.pack;
        let mut out = format!("{}\n{}", bold(&pack.title, color), pack.id);
        if pack.version != NO_VERSION {
            let _ = write!(out, " {}", pack.version);
        }
        if let Some(licence) = &pack.licence {
            let _ = write!(out, ", {licence}");
        }
        // What was made of the title alone, or of it and the version, only repeats them.
        let repeats = pack
            .attribution
            .strip_prefix(&pack.title)
            .is_some_and(|rest| rest.trim() == pack.version || rest.is_empty());
        if !repeats {
            let _ = write!(out, "; {}", pack.attribution);
        }
        out.push_str("\n\n");
        if let Some(guess) = &self.guess {
            let _ = writeln!(out, "{guess}\n");
        }
        table(&self.assembled.tally, &mut out);
        reasons(&self.assembled.tally, self.bundle, &mut out);
        let size = self.assembled.file.bytes.len();
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "\n{} {} ({} items, {} KiB)",
            done(self.written),
            self.file,
            pack.items().len(),
            size.div_ceil(1024)
        );
        let _ = if pack.version == NO_VERSION {
            writeln!(
                out,
                "give its version with `--version`, as the publisher writes it"
            )
        } else {
            writeln!(
                out,
                "write `use {} \"{}\"` in a `.gradus` file to use its codes",
                pack.id, pack.version
            )
        };
        out
    }

    fn json(&self) -> JsonReport<'_> {
        let pack = &self.assembled.pack;
        let tally = &self.assembled.tally;
        JsonReport {
            schema: "gradus-import-1",
            source: &self.bundle.name,
            format: self.format,
            framework: &pack.id,
            version: Some(pack.version.as_str()).filter(|version| *version != NO_VERSION),
            title: &pack.title,
            licence: pack.licence.as_deref(),
            attribution: &pack.attribution,
            file: &self.file,
            written: self.written,
            bytes: self.assembled.file.bytes.len(),
            items: pack.items().len(),
            records: json_counts(tally),
            reasons: json_reasons(tally, self.bundle),
        }
    }
}

/// What is said of all frameworks of a download, one after the other.
pub(super) fn text(reports: &[Report<'_>], color: bool) -> String {
    let texts: Vec<String> = reports.iter().map(|report| report.text(color)).collect();
    texts.join("\n")
}

/// The same for programs: the report of the one framework, or a list of reports.
pub(super) fn json(source: &str, reports: &[Report<'_>]) -> String {
    match reports {
        [report] => json_text(&report.json()),
        reports => json_text(&JsonReports {
            schema: "gradus-imports-1",
            source,
            frameworks: reports.iter().map(Report::json).collect(),
        }),
    }
}

#[derive(Serialize)]
struct JsonReports<'r> {
    schema: &'static str,
    source: &'r str,
    frameworks: Vec<JsonReport<'r>>,
}

fn table(tally: &Tally, out: &mut String) {
    let rows: Vec<(&str, Counts)> = tally.kinds().collect();
    let width = rows
        .iter()
        .map(|(kind, _)| kind.chars().count())
        .max()
        .unwrap_or(0);
    let _ = writeln!(
        out,
        "{:width$}  {:>9} {:>9} {:>9} {:>9}",
        "", "read", "kept", "merged", "skipped"
    );
    for (kind, counts) in rows {
        let _ = writeln!(
            out,
            "{kind:width$}  {:>9} {:>9} {:>9} {:>9}",
            counts.read, counts.kept, counts.merged, counts.skipped
        );
    }
}

fn reasons(tally: &Tally, bundle: &Bundle, out: &mut String) {
    let mut last = None;
    for (outcome, reason, finding) in tally.findings() {
        if last != Some(outcome) {
            last = Some(outcome);
            let _ = writeln!(out, "\n{}", word(outcome));
        }
        let _ = writeln!(out, "{:>9}  {reason}", finding.count);
        for (spot, words) in &finding.places {
            let words = if words.is_empty() {
                String::new()
            } else {
                format!("  `{}`", printable(words))
            };
            let _ = writeln!(out, "{:11}{}{words}", "", bundle.shown(*spot));
        }
        if finding.count > finding.places.len() {
            let _ = writeln!(out, "{:11}…", "");
        }
    }
}

pub(in super::super) fn json_counts(tally: &Tally) -> Vec<JsonCounts<'_>> {
    tally
        .kinds()
        .map(|(kind, counts)| JsonCounts {
            kind,
            read: counts.read,
            kept: counts.kept,
            merged: counts.merged,
            skipped: counts.skipped,
        })
        .collect()
}

pub(in super::super) fn json_reasons<'r>(tally: &'r Tally, bundle: &Bundle) -> Vec<JsonReason<'r>> {
    tally
        .findings()
        .map(|(outcome, reason, finding)| JsonReason {
            outcome: word(outcome),
            count: finding.count,
            reason,
            places: finding
                .places
                .iter()
                .map(|(spot, words)| JsonPlace {
                    place: bundle.shown(*spot),
                    words,
                })
                .collect(),
        })
        .collect()
}

/// Texts and numbers can always be written.
pub(in super::super) fn json_text(report: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(report).unwrap_or_default();
    text.push('\n');
    text
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Skipped => "skipped",
        Outcome::Merged => "merged",
        Outcome::Mended => "mended",
        Outcome::Noted => "noted",
    }
}

/// Words of a download as one line without control characters.
pub(in super::super) fn printable(words: &str) -> String {
    words
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}
