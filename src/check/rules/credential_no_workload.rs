//! The European approach to micro-credentials asks for the notional workload (Council Recommendation 2022/C 243/02, Annex I):
//! learners plan by it and other institutions recognise by it. Parts carry it for what is stacked from them.

use crate::check::{Context, quality};
use crate::diag::{Rule, Severity, Sink};
use crate::model::CredentialKind;

pub static RULE: Rule = Rule {
    name: "credential/no-workload",
    severity: Severity::Warning,
    summary: "a micro-credential that does not say how much work it takes",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    // A chosen quality framework that asks for it says so itself.
    if quality::asks_workload(project) {
        return;
    }
    for credential in context.credentials() {
        if credential.kind != CredentialKind::MicroCredential
            || credential.workload.is_some()
            || credential.credit.is_some()
            || credential.stacks.is_some()
            || credential.declared.incomplete
        {
            continue;
        }
        sink.report(&RULE, credential.declared.place)
            .message(format!(
                "the micro-credential `{}` does not say how much work it takes",
                project.id(&credential.declared)
            ))
            .label("no workload, no credit")
            .help("add `workload` in hours, for instance `workload 25 hours`");
    }
}
