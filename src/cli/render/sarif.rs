//! Findings as SARIF 2.1.0 (OASIS), for code scanning.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Shown, file};
use crate::check;
use crate::diag::{Diagnostic, Rule, Severity, early};
use crate::source::{Place, Sources};

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<RuleEntry>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RuleEntry {
    id: &'static str,
    short_description: Message<'static>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Help>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Help {
    text: &'static str,
    markdown: &'static str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct OwnedMessage {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: OwnedMessage,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize, PartialEq)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Message<'a>>,
    artifact_changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Message<'a>,
}

/// The log, with a line end.
#[must_use]
pub fn render(shown: &Shown<'_>) -> String {
    let rules: BTreeMap<&'static str, &'static Rule> = early::ALL
        .iter()
        .copied()
        .chain(check::RULES.iter().map(|entry| entry.rule))
        .chain(shown.diagnostics.iter().map(|found| found.rule))
        .map(|rule| (rule.name, rule))
        .collect();
    let index: BTreeMap<&str, usize> = rules.keys().copied().zip(0..).collect();
    let results = shown.diagnostics.iter().map(|found| {
        let index = index.get(found.rule.name).copied().unwrap_or(0);
        result(shown.sources, found, index)
    });
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "gradus",
                    version: env!("CARGO_PKG_VERSION"),
                    rules: rules.values().map(|rule| entry(rule)).collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            results: results.collect(),
        }],
    };
    // These structs hold nothing that JSON cannot say.
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
        Severity::Off => "none",
    }
}

fn entry(rule: &'static Rule) -> RuleEntry {
    RuleEntry {
        id: rule.name,
        short_description: Message { text: rule.summary },
        help: check::find(rule.name).map(|entry| Help {
            text: entry.page,
            markdown: entry.page,
        }),
        default_configuration: Configuration {
            level: level(rule.severity),
        },
    }
}

fn result<'a>(sources: &'a Sources, found: &'a Diagnostic, rule_index: usize) -> Found<'a> {
    let mut text = found.message.clone();
    if let Some(help) = &found.help {
        text.push_str("\nhelp: ");
        text.push_str(help);
    }
    let related = found
        .also
        .iter()
        .filter_map(|label| location(sources, &label.place, &label.text));
    Found {
        rule_id: found.rule.name,
        rule_index,
        level: level(found.severity),
        message: OwnedMessage { text },
        locations: location(sources, &found.place, &found.label)
            .into_iter()
            .collect(),
        related_locations: related.collect(),
        fixes: fix(sources, found).into_iter().collect(),
    }
}

fn location<'a>(sources: &Sources, place: &Place, text: &'a str) -> Option<Location<'a>> {
    Some(Location {
        physical_location: PhysicalLocation {
            artifact_location: artifact(file(sources, place)?.name()),
            region: region(sources, place)?,
        },
        message: (!text.is_empty()).then_some(Message { text }),
    })
}

fn artifact(name: &str) -> ArtifactLocation {
    ArtifactLocation {
        uri: artifact_uri(name),
    }
}

/// A path as a relative URI.
pub(in crate::cli) fn artifact_uri(name: &str) -> String {
    let mut uri = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte))
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}

fn region(sources: &Sources, place: &Place) -> Option<Region> {
    let (start, end) = super::ends(file(sources, place)?, place);
    Some(Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
    })
}

/// The mend of a finding: its edits, by file.
fn fix<'a>(sources: &Sources, found: &'a Diagnostic) -> Option<Fix<'a>> {
    if found.fix.is_empty() {
        return None;
    }
    let mut changes: Vec<Change<'a>> = Vec::new();
    for edit in &found.fix {
        let at = artifact(file(sources, &edit.place)?.name());
        let replacement = Replacement {
            deleted_region: region(sources, &edit.place)?,
            inserted_content: Message { text: &edit.text },
        };
        match changes
            .iter_mut()
            .find(|change| change.artifact_location == at)
        {
            Some(change) => change.replacements.push(replacement),
            None => changes.push(Change {
                artifact_location: at,
                replacements: vec![replacement],
            }),
        }
    }
    Some(Fix {
        description: found.help.as_deref().map(|text| Message { text }),
        artifact_changes: changes,
    })
}
