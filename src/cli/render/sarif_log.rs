//! The form of SARIF 2.1.0 (OASIS): one writer for findings and for changes.
//!
//! Goes in: rules, and results with their places. Comes out: the log as text, with a line end. What a result does not have is left
//! out. Fields stand in the order of the output.

use std::borrow::Cow;

use serde::Serialize;

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
    #[serde(skip_serializing_if = "Option::is_none")]
    column_kind: Option<&'static str>,
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

/// A rule that results name by its place in the list.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::cli) struct RuleEntry {
    pub id: &'static str,
    pub short_description: Message<'static>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<Help>,
    pub default_configuration: Configuration,
}

/// The page of a rule.
#[derive(Serialize)]
pub(in crate::cli) struct Help {
    pub text: &'static str,
    pub markdown: &'static str,
}

/// How grave what a rule finds is, unless a result says otherwise.
#[derive(Serialize)]
pub(in crate::cli) struct Configuration {
    pub level: &'static str,
}

/// A text.
#[derive(Serialize)]
pub(in crate::cli) struct Message<'a> {
    pub text: Cow<'a, str>,
}

/// One result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::cli) struct Found<'a> {
    pub rule_id: &'static str,
    pub rule_index: usize,
    pub level: &'static str,
    pub message: Message<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related_locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<Fix<'a>>,
}

/// A place, perhaps with what is to be seen there.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::cli) struct Location<'a> {
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

/// A file.
#[derive(Serialize, PartialEq)]
pub(in crate::cli) struct ArtifactLocation {
    uri: String,
}

/// A stretch of a file: lines and columns from 1.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::cli) struct Region {
    pub start_line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_column: Option<u32>,
}

/// A mend.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::cli) struct Fix<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Message<'a>>,
    pub artifact_changes: Vec<Change<'a>>,
}

/// The edits of one file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::cli) struct Change<'a> {
    pub artifact_location: ArtifactLocation,
    pub replacements: Vec<Replacement<'a>>,
}

/// One edit.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::cli) struct Replacement<'a> {
    pub deleted_region: Region,
    pub inserted_content: Message<'a>,
}

impl<'a> Message<'a> {
    pub(in crate::cli) fn new(text: impl Into<Cow<'a, str>>) -> Self {
        Self { text: text.into() }
    }
}

impl RuleEntry {
    /// A rule without a page.
    pub(in crate::cli) fn new(
        id: &'static str,
        summary: &'static str,
        level: &'static str,
    ) -> Self {
        Self {
            id,
            short_description: Message::new(summary),
            help: None,
            default_configuration: Configuration { level },
        }
    }
}

impl<'a> Location<'a> {
    pub(in crate::cli) fn new(file: &str, region: Region, text: &'a str) -> Self {
        Self {
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation::new(file),
                region,
            },
            message: (!text.is_empty()).then(|| Message::new(text)),
        }
    }
}

impl Region {
    /// A whole line.
    pub(in crate::cli) fn line(line: u32) -> Self {
        Self {
            start_line: line.max(1),
            start_column: None,
            end_line: None,
            end_column: None,
        }
    }
}

impl ArtifactLocation {
    /// A file by its path, as a relative URI.
    pub(in crate::cli) fn new(path: &str) -> Self {
        let mut uri = String::with_capacity(path.len());
        for byte in path.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                    uri.push(char::from(byte))
                }
                other => uri.push_str(&format!("%{other:02X}")),
            }
        }
        Self { uri }
    }
}

/// The log, with a line end. `column_kind` says how columns are counted, where there are any.
pub(in crate::cli) fn write(
    rules: Vec<RuleEntry>,
    column_kind: Option<&'static str>,
    results: Vec<Found<'_>>,
) -> String {
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "gradus",
                    version: env!("CARGO_PKG_VERSION"),
                    rules,
                },
            },
            column_kind,
            results,
        }],
    };
    // These structs hold nothing that JSON cannot say.
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}
