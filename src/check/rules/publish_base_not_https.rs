//! Badges are verified by fetching their addresses. Over plain http anybody on the way can answer, and many wallets refuse.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::source::{Place, Span};

pub static RULE: Rule = Rule {
    name: "publish/base-not-https",
    severity: Severity::Warning,
    summary: "a base that is not https",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let settings = &project.settings;
    let secure = settings
        .base
        .get(..8)
        .is_some_and(|start| start.eq_ignore_ascii_case("https://"));
    if !settings.from_file || !settings.base_given || secure {
        return;
    }
    let Some((file, _)) = project.sources.iter().next() else {
        return;
    };
    sink.report(&RULE, Place::new(file, Span::at(0)))
        .message(format!("the base `{}` is not https", settings.base))
        .label("about the project file, not this line")
        .help("publish under https, and write `base: https://…/` in the project file");
}
