//! A badge is a promise: without criteria nobody can tell what was done for it, and Open Badges asks for them.
//!
//! Criteria are assessments, `criteria` in words, or parts: what it `stacks`, or what counts toward it.

use crate::check::Context;
use crate::check::attained::credential_incomplete;
use crate::diag::{Rule, Severity, Sink};

pub static RULE: Rule = Rule {
    name: "credential/no-criteria",
    severity: Severity::Error,
    summary: "a credential that does not say what it is awarded for",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let mut has_parts = vec![false; project.credentials.len()];
    for credential in project.credentials.as_slice() {
        for &(target, _) in credential
            .counts_toward
            .iter()
            .flat_map(|counts| &counts.targets)
        {
            if let Some(flag) = has_parts.get_mut(target.0 as usize) {
                *flag = true;
            }
        }
    }
    for ((_, credential), has_parts) in project.credentials.iter().zip(has_parts) {
        if has_parts
            || !credential.assessments.is_empty()
            || credential.criteria.is_some()
            || credential.stacks.is_some()
            || credential_incomplete(credential)
        {
            continue;
        }
        sink.report(&RULE, credential.declared.place)
            .message(format!(
                "`{}` does not say what it is awarded for",
                project.id(&credential.declared)
            ))
            .label("no assessment, no criteria, no parts")
            .help("add an `assessment`, name its parts with `stacks { … }`, or say it in words: `criteria \"…\"`");
    }
}
