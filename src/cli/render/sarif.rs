//! Findings as SARIF 2.1.0 (OASIS), for code scanning.

use std::collections::BTreeMap;

use super::sarif_log::{
    ArtifactLocation, Change, Fix, Found, Help, Location, Message, Region, Replacement, RuleEntry,
    write,
};
use super::{Shown, file};
use crate::check;
use crate::diag::{Diagnostic, Rule, Severity, early};
use crate::source::{Place, Sources};

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
    write(
        rules.values().map(|rule| entry(rule)).collect(),
        Some("unicodeCodePoints"),
        results.collect(),
    )
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
    let page = check::find(rule.name).map(|entry| entry.page);
    RuleEntry {
        help: page.map(|page| Help {
            text: page,
            markdown: page,
        }),
        ..RuleEntry::new(rule.name, rule.summary, level(rule.severity))
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
        message: Message::new(text),
        locations: location(sources, &found.place, &found.label)
            .into_iter()
            .collect(),
        related_locations: related.collect(),
        fixes: fix(sources, found).into_iter().collect(),
    }
}

fn location<'a>(sources: &Sources, place: &Place, text: &'a str) -> Option<Location<'a>> {
    let file = file(sources, place)?;
    Some(Location::new(file.name(), region(sources, place)?, text))
}

fn region(sources: &Sources, place: &Place) -> Option<Region> {
    let (start, end) = super::ends(file(sources, place)?, place);
    Some(Region {
        start_line: start.line,
        start_column: Some(start.column),
        end_line: Some(end.line),
        end_column: Some(end.column),
    })
}

/// The mend of a finding: its edits, by file.
fn fix<'a>(sources: &Sources, found: &'a Diagnostic) -> Option<Fix<'a>> {
    if found.fix.is_empty() {
        return None;
    }
    let mut changes: Vec<Change<'a>> = Vec::new();
    for edit in &found.fix {
        let at = ArtifactLocation::new(file(sources, &edit.place)?.name());
        let replacement = Replacement {
            deleted_region: region(sources, &edit.place)?,
            inserted_content: Message::new(edit.text.as_str()),
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
        description: found.help.as_deref().map(Message::new),
        artifact_changes: changes,
    })
}
