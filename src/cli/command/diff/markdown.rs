//! Changes as a changelog in plain words, Markdown.

use std::fmt::Write as _;

use super::Report;
use crate::diff::Grade;

pub(super) fn render(report: &Report<'_>) -> String {
    let mut out = String::from("# What has changed\n\n");
    let _ = writeln!(out, "{}.", sentence(&report.summary()));
    if let Some(why) = report.incomplete() {
        let _ = writeln!(out, "\n**{}.**\n", sentence(&message(&why)));
    }
    if let Some(advice) = report.advice() {
        let _ = writeln!(out, "{}.", sentence(&advice));
    }
    for (grade, title, lead) in [
        (
            Grade::Breaking,
            "Breaking",
            "Somebody who is on the way, or holds a badge, may lose what was promised.",
        ),
        (
            Grade::Compatible,
            "Compatible",
            "New or other, and nobody loses by it.",
        ),
        (Grade::Editorial, "Editorial", "Words only."),
    ] {
        let entries: Vec<_> = report
            .entries()
            .filter(|(change, _)| change.rule.grade() == grade)
            .collect();
        if entries.is_empty() {
            continue;
        }
        // Writing to a string cannot fail.
        let _ = writeln!(out, "\n## {title}\n\n{lead}\n");
        for (change, accepted) in entries {
            let name = if change.name == change.id {
                format!("`{}`", change.id)
            } else {
                format!("**{}** (`{}`)", escaped(&change.name), change.id)
            };
            let _ = writeln!(
                out,
                "- {} {name}: {}.",
                sentence(change.thing.word()),
                message(&change.message)
            );
            for example in &change.examples {
                let _ = writeln!(out, "  {}.", sentence(&message(&example.sentence())));
            }
            if let Some(hint) = &change.hint {
                let _ = writeln!(out, "  {}.", sentence(&message(hint)));
            }
            let affected = match (change.rule.learner, change.rule.holder) {
                (Grade::Breaking, Grade::Breaking) => {
                    Some("learners on the way and holders of the badge")
                }
                (Grade::Breaking, _) => Some("learners on the way"),
                (_, Grade::Breaking) => Some("holders of the badge"),
                _ => None,
            };
            if let Some(affected) = affected {
                let _ = writeln!(out, "  Concerns {affected}.");
            }
            if let Some(entry) = accepted {
                let _ = writeln!(
                    out,
                    "  Decided by {}: {}.",
                    escaped(&entry.who),
                    escaped(entry.reason.trim_end_matches('.'))
                );
            }
        }
    }
    out
}

/// With a capital letter.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// A message of ours: what stands in back-ticks stays, the rest is plain already except for the author's words.
fn message(text: &str) -> String {
    let mut out = String::new();
    for (number, part) in text.split('`').enumerate() {
        if number > 0 {
            out.push('`');
        }
        if number % 2 == 0 {
            out.push_str(&escaped(part));
        } else {
            out.push_str(&part.replace(['\n', '\r'], " "));
        }
    }
    out
}

/// The author's words on one line, with the marks of Markdown escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' => out.push(' '),
            '\\' | '*' | '_' | '[' | ']' | '#' | '`' | '|' | '~' => {
                out.push('\\');
                out.push(letter);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}
