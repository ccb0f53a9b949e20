//! An id that something else had before keeps meaning the old thing to everyone who holds a link or a badge. It must not come to
//! mean another.

use rustc_hash::FxHashMap;

use crate::check::Context;
use crate::check::addresses::{Space, all};
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Declared, Name};

pub static RULE: Rule = Rule {
    name: "publish/id-reused",
    severity: Severity::Error,
    summary: "an id that is the former id of something else",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    if !all(project).any(|(_, declared)| !declared.formerly.is_empty()) {
        return;
    }
    let current: FxHashMap<(Space, Name), &Declared> = all(project)
        .map(|(space, declared)| ((space, declared.id), declared))
        .collect();
    for (space, declared) in all(project) {
        for &(name, place) in &declared.formerly {
            let Some(&other) = current.get(&(space, name)) else {
                continue;
            };
            if std::ptr::eq(other, declared) {
                sink.report(&RULE, place)
                    .message(format!(
                        "`{}` is said to have been `{}` formerly, which is its id today",
                        project.id(declared),
                        project.name(name)
                    ))
                    .label("the id it has")
                    .help("name the id it had before, or remove `formerly`");
            } else {
                sink.report(&RULE, other.place)
                    .message(format!(
                        "`{}` was the id of `{}` before, and links to it are in use",
                        project.name(name),
                        project.id(declared)
                    ))
                    .label("means something else now")
                    .also(place, "the former id")
                    .help("choose another id here");
            }
        }
    }
}
