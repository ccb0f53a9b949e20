//! Changes as SARIF 2.1.0 (OASIS), for code scanning: breaking ones as errors, accepted ones as warnings, others as notes.
//!
//! Each result has one place: in the new state, else in the old one where something was removed, else the project file. Entries
//! of `accepted-breaks.yaml` that must go are results too.

use serde::Serialize;

use super::super::super::render::sarif::artifact_uri;
use super::{Report, sentences};
use crate::config;
use crate::diff::{Grade, rules};

/// The rule of an entry of accepted breaks that must go.
const STALE: (&str, &str) = (
    "change/stale-accepted-break",
    "an entry of accepted-breaks.yaml whose last day is over, or that accepts nothing",
);

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
struct Run {
    tool: Tool,
    results: Vec<Found>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Message,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
}

fn location(file: &str, line: u32) -> [Location; 1] {
    [Location {
        physical_location: PhysicalLocation {
            artifact_location: ArtifactLocation {
                uri: artifact_uri(file),
            },
            region: Region {
                start_line: line.max(1),
            },
        },
    }]
}

const fn level(grade: Grade) -> &'static str {
    match grade {
        Grade::Breaking => "error",
        Grade::Compatible | Grade::Editorial => "note",
    }
}

pub(super) fn render(report: &Report<'_>) -> String {
    let mut all: Vec<Rule> = rules::ALL
        .iter()
        .map(|rule| Rule {
            id: rule.name,
            short_description: Message {
                text: rule.why.to_owned(),
            },
            default_configuration: Configuration {
                level: level(rule.grade()),
            },
        })
        .collect();
    all.push(Rule {
        id: STALE.0,
        short_description: Message {
            text: STALE.1.to_owned(),
        },
        default_configuration: Configuration { level: "error" },
    });
    let index = |name: &str| all.iter().position(|rule| rule.id == name).unwrap_or(0);
    let mut results: Vec<Found> = report
        .entries()
        .map(|(change, accepted)| {
            let mut text = sentences(change);
            if let Some(entry) = accepted {
                text.push_str(&format!(
                    "\naccepted by {} until {}: {}",
                    entry.who, entry.until, entry.reason
                ));
            }
            let (file, line) = report
                .location(change)
                .map_or((config::FILE_NAME.to_owned(), 1), |(file, line)| {
                    (report.inside(change, &file).to_owned(), line)
                });
            Found {
                rule_id: change.rule.name,
                rule_index: index(change.rule.name),
                level: match accepted {
                    Some(_) => "warning",
                    None => level(change.rule.grade()),
                },
                message: Message { text },
                locations: location(&file, line),
            }
        })
        .collect();
    results.extend(report.stale().into_iter().map(|(entry, why)| Found {
        rule_id: STALE.0,
        rule_index: index(STALE.0),
        level: "error",
        message: Message { text: why },
        locations: location(report.accepted_file, entry.line),
    }));
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "gradus",
                    version: env!("CARGO_PKG_VERSION"),
                    rules: all,
                },
            },
            results,
        }],
    };
    // These structs hold nothing that JSON cannot say.
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}
