//! An area without anything in it is a heading without a chapter: readers look for what is missing.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::model::ItemKind;

pub static RULE: Rule = Rule {
    name: "framework/empty-area",
    severity: Severity::Warning,
    summary: "an area, or a framework, with nothing in it",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for framework in project.frameworks.as_slice() {
        if framework.roots.is_empty() && !framework.declared.incomplete {
            sink.report(&RULE, framework.declared.place)
                .message(format!(
                    "the framework `{}` has nothing in it",
                    project.id(&framework.declared)
                ))
                .label("no item inside")
                .help("add an `area` or a `skill`, or remove the framework");
        }
    }
    for item in project.items.as_slice() {
        if item.kind == ItemKind::Area
            && item.children.is_empty()
            && item.statements.is_empty()
            && !item.declared.incomplete
        {
            sink.report(&RULE, item.declared.place)
                .message(format!(
                    "the area `{}` has nothing in it",
                    project.name(item.full_path)
                ))
                .label("no item inside")
                .help("add what belongs to it, or remove the area");
        }
    }
}
