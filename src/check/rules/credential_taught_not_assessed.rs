//! What is taught must be assessed, or the credential promises more than it proves.
//!
//! Assessing a part or the whole of what is taught is enough, and so is a part of the credential that assesses it. Quiet
//! where nothing at all is assessed and no criteria are given: another rule says so.

use crate::check::Context;
use crate::check::attained::{assessed, credential_incomplete, on_one_line};
use crate::check::parts;
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Attained, Credential, ItemId, Project};

pub static RULE: Rule = Rule {
    name: "credential/taught-not-assessed",
    severity: Severity::Warning,
    summary: "something taught that no assessment assesses",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for credential in project.credentials.as_slice() {
        if credential.teaches.is_empty()
            || credential_incomplete(credential)
            || (credential.assessments.is_empty()
                && credential.criteria.is_none()
                && credential.stacks.is_none())
        {
            continue;
        }
        let missing: Vec<&Attained> = credential
            .teaches
            .iter()
            .filter(|taught| {
                !assessed(credential).any(|found| on_one_line(project, found.item, taught.item))
            })
            .collect();
        if missing.is_empty() {
            continue;
        }
        let in_parts = assessed_in_parts(project, credential);
        for taught in missing {
            if in_parts
                .iter()
                .any(|&item| on_one_line(project, item, taught.item))
            {
                continue;
            }
            let id = project.id(&credential.declared);
            sink.report(&RULE, taught.place)
                .message(format!(
                    "`{id}` teaches `{}` and never assesses it",
                    project.slice(taught.place)
                ))
                .label("taught here, assessed nowhere")
                .also(credential.declared.place, "in this credential")
                .help(format!(
                    "add `assesses {}` to an assessment, or write `introduces` if it is only a first look",
                    project.name(project.items[taught.item].full_path)
                ));
        }
    }
}

fn assessed_in_parts(project: &Project, credential: &Credential) -> Vec<ItemId> {
    let mut items = Vec::new();
    if let Some(stacks) = &credential.stacks {
        parts::mentioned(project, stacks, &mut |part, _| {
            items.extend(assessed(&project.credentials[part]).map(|found| found.item));
        });
    }
    items
}
