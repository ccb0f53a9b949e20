//! Proposals as rows of the crosswalk, in the files of the project.

use std::fmt::Write as _;

use super::Job;
use crate::diag::Edit;
use crate::source::{Place, Span};
use crate::suggest::propose::Proposal;
use crate::workspace::Analysis;

/// The edits that add the proposals: to the crosswalk where there is one, else to a new one at the end of the framework's file.
pub(super) fn edits(analysis: &Analysis, job: &Job<'_>, proposals: &[Proposal]) -> Vec<Edit> {
    let rows = rows(job, proposals);
    let crosswalk = job
        .project
        .crosswalks
        .as_slice()
        .iter()
        .find(|one| one.from == job.from && one.to == job.to);
    let edit = match crosswalk {
        Some(crosswalk) => {
            let whole = crosswalk.declared.whole;
            let text = analysis.sources.slice(whole);
            match text.strip_suffix('}') {
                Some(before) => {
                    // The brace may share its line with other text.
                    let blank = before.len() - before.trim_end_matches([' ', '\t']).len();
                    let own_line = before
                        .get(..before.len() - blank)
                        .is_some_and(|text| text.ends_with('\n'));
                    let back = if own_line { blank } else { 0 };
                    let at = whole.span.end - 1 - u32::try_from(back).unwrap_or(0);
                    let start = if own_line { "" } else { "\n" };
                    insert(whole, at, format!("{start}{rows}"))
                }
                None => insert(whole, whole.span.end, format!(" {{\n{rows}}}")),
            }
        }
        None => {
            let framework = job.project.frameworks[job.from].declared.whole;
            let source = analysis.sources.file(framework.file);
            let end = u32::try_from(source.text().len()).unwrap_or(u32::MAX);
            let start = if source.text().ends_with('\n') {
                "\n"
            } else {
                "\n\n"
            };
            let to = if job.alias.is_empty() {
                job.target.name.as_str()
            } else {
                job.alias.as_str()
            };
            insert(
                framework,
                end,
                format!(
                    "{start}crosswalk {} to {to} {{\n{rows}}}\n",
                    job.source.name
                ),
            )
        }
    };
    vec![edit]
}

fn insert(near: Place, at: u32, text: String) -> Edit {
    Edit {
        place: Place {
            file: near.file,
            span: Span::new(at, at),
        },
        text,
    }
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
