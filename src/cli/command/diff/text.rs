//! Changes for people at a terminal: by thing, the gravest said with those who show it.

use std::fmt::Write as _;

use super::super::super::render::{safe, safe_line};
use super::super::super::terminal::{bold, paint};
use super::{Report, readers};
use crate::diag::Severity;
use crate::diff::{Change, Grade};

pub(super) fn render(report: &Report<'_>, color: bool) -> String {
    let mut out = String::new();
    let mut last: Option<(&str, &str)> = None;
    for (change, accepted) in report.entries() {
        let thing = (change.thing.word(), change.id.as_str());
        if last != Some(thing) {
            if last.is_some() {
                out.push('\n');
            }
            head(&mut out, report, change, color);
            last = Some(thing);
        }
        let grade = change.rule.grade();
        let severity = match grade {
            Grade::Breaking if accepted.is_none() => Severity::Error,
            Grade::Breaking => Severity::Warning,
            Grade::Compatible | Grade::Editorial => Severity::Info,
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "  {}{} {}",
            paint(grade.word(), severity, color),
            " ".repeat(10usize.saturating_sub(grade.word().len())),
            safe_line(&change.message)
        );
        for example in &change.examples {
            let _ = writeln!(out, "             {}", safe_line(&example.sentence()));
        }
        if let Some(hint) = &change.hint {
            let _ = writeln!(out, "             {}", safe_line(hint));
        }
        let _ = writeln!(
            out,
            "             {}, {}",
            change.rule.name,
            readers(change)
        );
        if let Some(entry) = accepted {
            let _ = writeln!(
                out,
                "             accepted by {} until {}: {}",
                safe_line(&entry.who),
                entry.until,
                safe_line(&entry.reason)
            );
        }
    }
    if last.is_some() {
        out.push('\n');
    }
    let _ = writeln!(out, "{}", report.summary());
    if let Some(why) = report.incomplete() {
        let _ = writeln!(out, "{}", safe_line(&why));
    }
    if let Some(advice) = report.advice() {
        let _ = writeln!(out, "{}", safe(&advice));
    }
    out
}

fn head(out: &mut String, report: &Report<'_>, change: &Change, color: bool) {
    let name = if change.name == change.id {
        String::new()
    } else {
        format!(" \"{}\"", safe_line(&change.name))
    };
    let place = report
        .location(change)
        .map_or_else(String::new, |(file, line)| {
            format!("  {}:{line}", safe_line(&file))
        });
    let title = format!("{} `{}`{name}", change.thing.word(), change.id);
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{}{place}", bold(&title, color));
}
