//! Evidence is what an employer looks at: a badge whose assessments leave none is only as good as the issuer's word.
//!
//! Asked of badges and micro-credentials; one piece of evidence in any assessment is enough.

use crate::check::Context;
use crate::check::attained::credential_incomplete;
use crate::diag::{Rule, Severity, Sink};
use crate::model::CredentialKind;

pub static RULE: Rule = Rule {
    name: "credential/no-evidence",
    severity: Severity::Info,
    summary: "a badge whose assessments leave no evidence",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for credential in context.credentials() {
        let asked = matches!(
            credential.kind,
            CredentialKind::Badge | CredentialKind::MicroCredential
        );
        if !asked
            || credential.assessments.is_empty()
            || credential
                .assessments
                .iter()
                .any(|assessment| !assessment.evidence.is_empty())
            || credential_incomplete(credential)
        {
            continue;
        }
        sink.report(&RULE, credential.declared.place)
            .message(format!(
                "the assessments of `{}` leave no evidence",
                project.id(&credential.declared)
            ))
            .label("no `evidence` in any assessment")
            .help("say what is kept: `evidence artefact \"…\"`, `evidence quantitative \"…\"` or `evidence qualitative \"…\"`");
    }
}
