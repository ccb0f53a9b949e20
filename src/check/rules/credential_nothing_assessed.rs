//! An assessment that assesses no skill proves nothing that an employer could look up in a framework.
//!
//! Quiet where the credential says its `criteria` in words: what is earned by attendance or service needs no skill.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};

pub static RULE: Rule = Rule {
    name: "credential/nothing-assessed",
    severity: Severity::Warning,
    summary: "an assessment that does not say which skill it assesses",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for credential in context.credentials() {
        if credential.criteria.is_some() || credential.declared.incomplete {
            continue;
        }
        for assessment in &credential.assessments {
            if !assessment.assesses.is_empty() || assessment.incomplete {
                continue;
            }
            sink.report(&RULE, assessment.place)
                .message(format!(
                    "the assessment `{}` of `{}` assesses no skill",
                    project.name(assessment.id),
                    project.id(&credential.declared)
                ))
                .label("no `assesses` inside")
                .help("add `assesses` with a skill of a framework, or say in the credential what it is awarded for: `criteria \"…\"`");
        }
    }
}
