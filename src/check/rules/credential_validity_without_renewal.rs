//! A credential that runs out and cannot be renewed sends its holders back to the start; the way to keep it belongs beside it.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::model::Validity;

pub static RULE: Rule = Rule {
    name: "credential/validity-without-renewal",
    severity: Severity::Info,
    summary: "a credential that runs out and does not say how it is renewed",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for credential in context.credentials() {
        let Some(Validity::For(time)) = credential.validity else {
            continue;
        };
        if credential.renew.is_some()
            || credential.replaced_by.is_some()
            || credential.declared.incomplete
        {
            continue;
        }
        sink.report(&RULE, time.place)
            .message(format!(
                "`{}` runs out after {} and does not say how it is renewed",
                project.id(&credential.declared),
                project.quantity(&time)
            ))
            .label("no `renew` beside this")
            .help("add `renew { … }` with what renews it, in words if need be");
    }
}
