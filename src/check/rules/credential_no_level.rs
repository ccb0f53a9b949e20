//! The level says how demanding a micro-credential is, in a frame that others know (Council Recommendation 2022/C 243/02,
//! Annex I); without it nobody can place it beside their own.

use crate::check::{Context, quality};
use crate::diag::{Rule, Severity, Sink};
use crate::model::CredentialKind;

pub static RULE: Rule = Rule {
    name: "credential/no-level",
    severity: Severity::Info,
    summary: "a micro-credential without a level",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    // A chosen quality framework that asks for it says so itself.
    if quality::asks_level(project) {
        return;
    }
    for credential in context.credentials() {
        if credential.kind != CredentialKind::MicroCredential
            || !credential.levels.is_empty()
            || credential.declared.incomplete
        {
            continue;
        }
        let eqf = project
            .external_frameworks
            .as_slice()
            .iter()
            .find(|framework| project.name(framework.id) == "eqf");
        let help = match eqf {
            Some(eqf) => format!("add `level`, for instance `level {}:5`", project.name(eqf.alias)),
            None => "add `level`, for instance `level eqf:5` with `use eqf` at the top of the file".to_owned(),
        };
        sink.report(&RULE, credential.declared.place)
            .message(format!(
                "the micro-credential `{}` has no level",
                project.id(&credential.declared)
            ))
            .label("no `level` inside")
            .help(help);
    }
}
