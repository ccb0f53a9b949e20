//! A crosswalk is read, and published, as the bridge between two frameworks; a row to a third one is easily overlooked there.

use crate::check::Context;
use crate::check::mappings::{framework_of, target_name};
use crate::diag::{Rule, Severity, Sink};
use crate::model::RowKind;

pub static RULE: Rule = Rule {
    name: "crosswalk/target-not-in-framework",
    severity: Severity::Info,
    summary: "a row that maps to another framework than its crosswalk",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for crosswalk in project.crosswalks.as_slice() {
        for row in &crosswalk.rows {
            let mapping = match &row.kind {
                RowKind::Match(mapping) => mapping,
                RowKind::NoMatch { .. } => continue,
            };
            let Some(framework) = framework_of(project, mapping.target) else {
                continue;
            };
            if framework == crosswalk.to {
                continue;
            }
            let (other, named) = (
                target_name(project, framework),
                project.slice(crosswalk.to_place),
            );
            sink.report(&RULE, mapping.place)
                .message(format!(
                    "`{}` is in `{other}`, and this crosswalk leads to `{named}`",
                    project.slice(mapping.place)
                ))
                .label(format!("not in `{named}`"))
                .also(crosswalk.to_place, "the crosswalk leads here")
                .help(format!(
                    "move the row to a crosswalk to `{other}`, or write the mapping with the item"
                ));
        }
    }
}
