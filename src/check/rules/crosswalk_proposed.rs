//! A row that a program has proposed and nobody has judged yet.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Mapping, Project, Standing};

pub static RULE: Rule = Rule {
    name: "crosswalk/proposed",
    severity: Severity::Warning,
    summary: "a proposed mapping that nobody has judged yet",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for crosswalk in project.crosswalks.as_slice() {
        for row in &crosswalk.pending {
            match row.standing {
                Standing::Proposed => {}
                Standing::Refused => continue,
            }
            sink.report(&RULE, row.standing_place)
                .message(format!(
                    "`{} {} {}`{} is proposed and not judged yet",
                    project.slice(row.place),
                    project.slice(row.mapping.verb_place),
                    project.slice(row.mapping.place),
                    how_sure(project, &row.mapping),
                ))
                .label("proposed here")
                .help("take `proposed` out to accept the row, change it, or write `refused` instead");
        }
    }
}

/// The confidence of a proposal, for the message.
fn how_sure(_project: &Project, mapping: &Mapping) -> String {
    mapping
        .confidence
        .map_or_else(String::new, |confidence| format!(" (confidence {confidence})"))
}
