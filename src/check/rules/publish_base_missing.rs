//! Every id that is published begins with the project's base. Without one they begin with `https://example.org/`, which belongs to
//! nobody, and cannot be changed once badges are issued.
//!
//! Pointed at is the start of the first file, since the project file is not one of the sources.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::source::{Place, Span};

pub static RULE: Rule = Rule {
    name: "publish/base-missing",
    severity: Severity::Warning,
    summary: "a project file that does not say where everything is published",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let settings = &project.settings;
    if !settings.from_file || settings.base_given {
        return;
    }
    let Some((file, _)) = project.sources.iter().next() else {
        return;
    };
    sink.report(&RULE, Place::new(file, Span::at(0)))
        .message(format!(
            "the project file names no `base`, so everything is published under `{}`",
            settings.base
        ))
        .label("about the project file, not this line")
        .help("add `base: https://…/` to the project file");
}
