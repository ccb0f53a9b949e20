//! Whoever holds or wants a credential that is no longer offered should be told what took its place.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::model::Status;

pub static RULE: Rule = Rule {
    name: "credential/deprecated-without-replacement",
    severity: Severity::Warning,
    summary: "a deprecated credential that names no successor",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for credential in context.credentials() {
        let deprecated = match credential.status {
            Status::Deprecated => true,
            Status::Draft | Status::Active => false,
        };
        if !deprecated || credential.replaced_by.is_some() || credential.declared.incomplete {
            continue;
        }
        sink.report(
            &RULE,
            credential.status_place.unwrap_or(credential.declared.place),
        )
        .message(format!(
            "`{}` is deprecated and names nothing in its place",
            project.id(&credential.declared)
        ))
        .label("no `replaced by` beside this")
        .help("add `replaced by` with the credential to take instead");
    }
}
