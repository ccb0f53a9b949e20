//! Nobody can trust, or verify, what no one awards; both Open Badges standards name the issuer in every badge.
//!
//! A project without any issuer is told once.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};

pub static RULE: Rule = Rule {
    name: "credential/no-issuer",
    severity: Severity::Error,
    summary: "a credential that nobody awards",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let mut without = project
        .credentials
        .as_slice()
        .iter()
        .filter(|credential| credential.issuer.is_none() && !credential.declared.incomplete);
    if project.issuers.is_empty() {
        if let Some(credential) = without.next() {
            let more = without.count();
            sink.report(&RULE, credential.declared.place)
                .message(if more == 0 {
                    format!(
                        "nobody awards `{}`: the project declares no issuer",
                        project.id(&credential.declared)
                    )
                } else {
                    format!(
                        "nobody awards `{}` and {more} more: the project declares no issuer",
                        project.id(&credential.declared)
                    )
                })
                .label("awarded by nobody")
                .help("declare an `issuer`, and name it once for all: `defaults { by … }`");
        }
        return;
    }
    for credential in without {
        sink.report(&RULE, credential.declared.place)
            .message(format!(
                "`{}` does not say who awards it",
                project.id(&credential.declared)
            ))
            .label("no `by` inside, and no default")
            .help("add `by` with an issuer, or name it once for all: `defaults { by … }`");
    }
}
