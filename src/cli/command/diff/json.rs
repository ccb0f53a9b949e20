//! Changes as JSON, for programs. The format is described in `docs/changes.md`.

use serde::Serialize;

use super::Report;
use crate::diff::{Direction, Example, Holding};

/// Raised when a reader of the format would have to change.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    old: &'a str,
    new: &'a str,
    errors: Errors,
    summary: Summary,
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<Advice<'a>>,
    changes: Vec<Change<'a>>,
    stale_accepted_breaks: Vec<Stale<'a>>,
}

/// Errors in the texts of each state: with any, changes may be missing.
#[derive(Serialize)]
struct Errors {
    old: usize,
    new: usize,
}

#[derive(Serialize)]
struct Summary {
    breaking: usize,
    accepted: usize,
    compatible: usize,
    editorial: usize,
}

#[derive(Serialize)]
struct Advice<'a> {
    old: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    given: Option<&'a str>,
    least: &'a str,
    enough: bool,
}

#[derive(Serialize)]
struct Change<'a> {
    rule: &'static str,
    grade: &'static str,
    learner: &'static str,
    holder: &'static str,
    thing: &'static str,
    id: &'a str,
    name: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    examples: Vec<Shown<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Location>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<Accepted<'a>>,
}

#[derive(Serialize)]
struct Shown<'a> {
    direction: &'static str,
    credentials: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    skills: Vec<Skill<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    judgements: Vec<&'a str>,
    sentence: String,
}

#[derive(Serialize)]
struct Skill<'a> {
    item: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'a str>,
}

#[derive(Serialize)]
struct Location {
    /// `old` where the thing is gone.
    state: &'static str,
    file: String,
    line: u32,
}

#[derive(Serialize)]
struct Accepted<'a> {
    reason: &'a str,
    who: &'a str,
    until: &'a str,
}

#[derive(Serialize)]
struct Stale<'a> {
    rule: &'a str,
    item: &'a str,
    until: &'a str,
    why: &'static str,
}

pub(super) fn render(report: &Report<'_>) -> String {
    use crate::diff::Grade;
    let changes: Vec<Change<'_>> = report
        .entries()
        .map(|(change, accepted)| Change {
            rule: change.rule.name,
            grade: change.rule.grade().word(),
            learner: change.rule.learner.word(),
            holder: change.rule.holder.word(),
            thing: change.thing.word(),
            id: &change.id,
            name: &change.name,
            message: &change.message,
            examples: change.examples.iter().map(example).collect(),
            hint: change.hint.as_deref(),
            location: report.location(change).map(|(file, line)| Location {
                state: if change.new_place.is_some() {
                    "new"
                } else {
                    "old"
                },
                file,
                line,
            }),
            accepted: accepted.map(|entry| Accepted {
                reason: &entry.reason,
                who: &entry.who,
                until: &entry.until,
            }),
        })
        .collect();
    let stale = |positions: &[usize], why| -> Vec<Stale<'_>> {
        let entries = positions.iter().filter_map(|&at| report.accepted.get(at));
        entries
            .map(|entry| Stale {
                rule: &entry.rule,
                item: &entry.item,
                until: &entry.until,
                why,
            })
            .collect()
    };
    let mut stale_entries = stale(&report.outcome.expired, "expired");
    stale_entries.extend(stale(&report.outcome.unused, "unused"));
    let document = Document {
        version: VERSION,
        old: report.old,
        new: report.new,
        errors: Errors {
            old: report.errors.0,
            new: report.errors.1,
        },
        summary: Summary {
            breaking: report.changes.count(Grade::Breaking),
            accepted: changes
                .iter()
                .filter(|change| change.accepted.is_some())
                .count(),
            compatible: report.changes.count(Grade::Compatible),
            editorial: report.changes.count(Grade::Editorial),
        },
        advice: report.advice.as_ref().map(|advice| Advice {
            old: &advice.old,
            given: advice.given.as_deref(),
            least: &advice.least,
            enough: advice.enough,
        }),
        changes,
        stale_accepted_breaks: stale_entries,
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn example(example: &Example) -> Shown<'_> {
    let mut shown = Shown {
        direction: match example.direction {
            Direction::Lost => "lost",
            Direction::Gained => "gained",
        },
        credentials: Vec::new(),
        skills: Vec::new(),
        judgements: Vec::new(),
        sentence: example.sentence(),
    };
    for holding in &example.holds {
        match holding {
            Holding::Credential(id) => shown.credentials.push(id),
            Holding::Skill { path, level } => shown.skills.push(Skill {
                item: path,
                level: level.as_deref(),
            }),
            Holding::Judgement(text) => shown.judgements.push(text),
        }
    }
    shown
}
