//! A credential that ends on a day for everyone, with neither renewal nor successor, leaves its holders with nothing. The day
//! itself is never compared with the clock: the same text is always judged alike.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::model::Validity;

pub static RULE: Rule = Rule {
    name: "credential/expires-without-replacement",
    severity: Severity::Info,
    summary: "a credential that ends on a day and names neither renewal nor successor",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for credential in context.credentials() {
        let Some(Validity::Until(day)) = credential.validity else {
            continue;
        };
        if credential.renew.is_some()
            || credential.replaced_by.is_some()
            || credential.declared.incomplete
        {
            continue;
        }
        sink.report(&RULE, credential.declared.place)
            .message(format!(
                "`{}` ends for everyone on {day} and names nothing that follows",
                project.id(&credential.declared)
            ))
            .label(format!("valid until {day}"))
            .help("add `replaced by` with its successor, or `renew { … }`");
    }
}
