//! An item is part of what it stands in: building on it, or on one of its own parts, says the same thing in a second way that
//! contradicts the first.

use crate::check::Context;
use crate::check::attained::covers;
use crate::diag::{Rule, Severity, Sink};
use crate::model::BuildsOn;

pub static RULE: Rule = Rule {
    name: "framework/builds-on-parent",
    severity: Severity::Warning,
    summary: "an item that builds on what it is a part of, or on a part of itself",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for (id, item) in project.items.iter() {
        for (builds_on, place) in &item.builds_on {
            let other = match builds_on {
                BuildsOn::Item(other) if *other != id => *other,
                BuildsOn::Item(_) | BuildsOn::Outside(_) => continue,
            };
            if project.items[other].framework != item.framework {
                continue;
            }
            let (path, other_path) = (
                project.name(item.full_path),
                project.name(project.items[other].full_path),
            );
            let message = if covers(project, other, id) {
                format!("`{path}` builds on `{other_path}`, which it is a part of")
            } else if covers(project, id, other) {
                format!("`{path}` builds on `{other_path}`, which is a part of it")
            } else {
                continue;
            };
            sink.report(&RULE, *place)
                .message(message)
                .label("in the same line of the tree")
                .also(project.items[other].declared.place, "declared here")
                .help("name an item beside it, or remove this");
        }
    }
}
