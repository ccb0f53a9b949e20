//! Changes as annotations on GitHub: breaking ones as errors, accepted ones as warnings, compatible ones as notices.

use std::fmt::Write as _;

use super::super::super::render::github::{data, property};
use super::{Report, sentences};
use crate::diff::Grade;

pub(super) fn render(report: &Report<'_>) -> String {
    let mut out = String::new();
    for (change, accepted) in report.entries() {
        let command = match (change.rule.grade(), accepted) {
            (Grade::Breaking, None) => "error",
            (Grade::Breaking, Some(_)) => "warning",
            (Grade::Compatible, _) => "notice",
            (Grade::Editorial, _) => continue,
        };
        let mut properties = Vec::new();
        if let (Some(_), Some((file, line))) = (change.new_place, report.location(change)) {
            properties.push(format!("file={}", property(&file)));
            properties.push(format!("line={line}"));
        }
        properties.push(format!("title={}", property(change.rule.name)));
        let message = sentences(change);
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "::{command} {}::{}",
            properties.join(","),
            data(&message)
        );
    }
    let _ = writeln!(out, "::notice::{}", data(&report.summary()));
    if let Some(why) = report.incomplete() {
        let _ = writeln!(out, "::warning::{}", data(&why));
    }
    out
}
