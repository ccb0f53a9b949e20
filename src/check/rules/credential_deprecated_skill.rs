//! A credential that is offered should teach and assess what its framework still keeps.

use crate::check::Context;
use crate::check::attained::assessed;
use crate::diag::{Rule, Severity, Sink};
use crate::model::Status;

pub static RULE: Rule = Rule {
    name: "credential/deprecated-skill",
    severity: Severity::Warning,
    summary: "a credential that teaches or assesses a deprecated skill",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for credential in context.credentials() {
        if credential.status == Status::Deprecated {
            continue;
        }
        let taught = credential.teaches.iter().map(|taught| ("teaches", taught));
        let assessed = assessed(credential).map(|found| ("assesses", found));
        for (verb, attained) in taught.chain(assessed) {
            let item = &project.items[attained.item];
            if item.status != Status::Deprecated {
                continue;
            }
            let successor = item.replaced_by.map(|(next, _)| &project.items[next]);
            sink.report(&RULE, attained.place)
                .message(format!(
                    "`{}` {verb} `{}`, which is deprecated",
                    project.id(&credential.declared),
                    project.slice(attained.place)
                ))
                .label("deprecated")
                .also(item.declared.place, "deprecated here")
                .help_opt(successor.map(|next| {
                    format!("use `{}`, which replaces it", project.name(next.full_path))
                }));
        }
    }
}
