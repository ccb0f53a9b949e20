//! Changes as SARIF 2.1.0 (OASIS), for code scanning: breaking ones as errors, accepted ones as warnings, others as notes.
//!
//! Each result has one place: in the new state, else in the old one where something was removed, else the project file. Entries
//! of `accepted-breaks.yaml` that must go are results too.

use super::super::super::render::sarif_log::{Found, Location, Message, Region, RuleEntry, write};
use super::{Report, sentences};
use crate::config;
use crate::diff::{Grade, rules};

/// The rule of an entry of accepted breaks that must go.
const STALE: (&str, &str) = (
    "change/stale-accepted-break",
    "an entry of accepted-breaks.yaml whose last day is over, or that accepts nothing",
);

fn location(file: &str, line: u32) -> Vec<Location<'static>> {
    vec![Location::new(file, Region::line(line), "")]
}

const fn level(grade: Grade) -> &'static str {
    match grade {
        Grade::Breaking => "error",
        Grade::Compatible | Grade::Editorial => "note",
    }
}

pub(super) fn render(report: &Report<'_>) -> String {
    let mut all: Vec<RuleEntry> = rules::ALL
        .iter()
        .map(|rule| RuleEntry::new(rule.name, rule.why, level(rule.grade())))
        .collect();
    all.push(RuleEntry::new(STALE.0, STALE.1, "error"));
    let index = |name: &str| all.iter().position(|rule| rule.id == name).unwrap_or(0);
    let mut results: Vec<Found<'_>> = report
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
                message: Message::new(text),
                locations: location(&file, line),
                related_locations: Vec::new(),
                fixes: Vec::new(),
            }
        })
        .collect();
    results.extend(report.stale().into_iter().map(|(entry, why)| Found {
        rule_id: STALE.0,
        rule_index: index(STALE.0),
        level: "error",
        message: Message::new(why),
        locations: location(report.accepted_file, entry.line),
        related_locations: Vec::new(),
        fixes: Vec::new(),
    }));
    write(all, None, results)
}
