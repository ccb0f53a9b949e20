//! Rows that a command adds to a crosswalk in the files of the project.
//!
//! Goes in: rows as lines of the language. Comes out: one edit, which adds them behind the rows that are there, and touches none of these.

use crate::diag::Edit;
use crate::model::{CrosswalkTarget, FrameworkId};
use crate::source::{Place, Span};
use crate::workspace::Analysis;

/// The edit that adds `rows` (whole lines) to a crosswalk; where there is none yet, `whole` at the end of the framework's file.
pub(super) fn add(
    analysis: &Analysis,
    (from, to): (FrameworkId, CrosswalkTarget),
    rows: &str,
    whole: &str,
) -> Edit {
    let project = &analysis.project;
    let crosswalk = project
        .crosswalks
        .as_slice()
        .iter()
        .find(|one| one.from == from && one.to == to);
    let Some(crosswalk) = crosswalk else {
        let framework = project.frameworks[from].declared.whole;
        let source = analysis.sources.file(framework.file);
        let end = u32::try_from(source.text().len()).unwrap_or(u32::MAX);
        let start = if source.text().ends_with('\n') {
            "\n"
        } else {
            "\n\n"
        };
        return insert(framework, end, format!("{start}{whole}"));
    };
    let place = crosswalk.declared.whole;
    let text = analysis.sources.slice(place);
    let Some(before) = text.strip_suffix('}') else {
        return insert(place, place.span.end, format!(" {{\n{rows}}}"));
    };
    // The brace may share its line with other text.
    let blank = before.len() - before.trim_end_matches([' ', '\t']).len();
    let own_line = before
        .get(..before.len() - blank)
        .is_some_and(|text| text.ends_with('\n'));
    let back = if own_line { blank } else { 0 };
    let at = place.span.end - 1 - u32::try_from(back).unwrap_or(0);
    let start = if own_line { "" } else { "\n" };
    insert(place, at, format!("{start}{rows}"))
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
