//! Proposals as rows of the crosswalk, in the files of the project.

use std::fmt::Write as _;

use super::Job;
use super::side::Items;
use crate::cli::command::crosswalk_rows::add;
use crate::diag::Edit;
use crate::suggest::propose::Proposal;
use crate::workspace::Analysis;

/// The edits that add the proposals: to the crosswalk where there is one, else to a new one at the end of the framework's file.
pub(super) fn edits(analysis: &Analysis, job: &Job<'_>, proposals: &[Proposal]) -> Vec<Edit> {
    let rows = rows(job, proposals);
    let (Some(from), Some(to)) = (job.from, job.to) else {
        return Vec::new();
    };
    let to_name = match &job.target_items {
        Items::Own(_) => job.target.name.as_str(),
        Items::Pack { alias, .. } => alias.as_str(),
    };
    let whole = format!("crosswalk {} to {to_name} {{\n{rows}}}\n", job.source.name);
    vec![add(analysis, (from, to), &rows, &whole)]
}

fn rows(job: &Job<'_>, proposals: &[Proposal]) -> String {
    let mut text = String::new();
    for proposal in proposals {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "  {} {} {} \"{}\" confidence {} because \"{}\" proposed",
            job.source_path(proposal),
            proposal.verb.words(),
            job.reference(proposal),
            escaped(job.target_label(proposal)),
            rounded(proposal.confidence),
            escaped(&proposal.reason.line())
        );
    }
    text
}

/// Two digits are all that a confidence is good for.
pub(super) fn rounded(confidence: f32) -> f32 {
    (confidence * 100.0).round() / 100.0
}

/// A text between quotes of the language.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' | '\r' | '\t' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}
